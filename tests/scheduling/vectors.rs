//! `vectors.txt`: questions with their answers, for every implementation
//! (docs/spec/schedule.md, "Example first", says how to read them).

use yaohao::scheduling::{Question, Visit, schedule};
use yaohao::seed::Seed;

/// One question with its name and the days that the file gives.
struct Case {
    name: String,
    question: Question,
    days: Vec<Option<usize>>,
}

fn numbers(text: &str) -> Vec<u32> {
    text.split(',').map(|number| number.parse().expect("a number")).collect()
}

fn read(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let words: Vec<&str> = line.split(' ').collect();
        if words[0] == "case" {
            let question = Question {
                seed: Seed::sha256(words[2].parse().expect("a seed")),
                days: words[3].parse().expect("a number"),
                visits: Vec::new(),
                availability: Vec::new(),
            };
            cases.push(Case { name: words[1].to_owned(), question, days: Vec::new() });
            continue;
        }
        let case = cases.last_mut().expect("a case first");
        match words[0] {
            "person" => case.question.availability.push(numbers(words[1])),
            "visit" => {
                let member = |word: &str| {
                    let (rank, minutes) = word.split_once('=').expect("rank=minutes");
                    (rank.parse().expect("a rank"), minutes.parse().expect("minutes"))
                };
                let (unit, town) = (words[1].to_owned(), words[2].to_owned());
                let team = words[3..words.len() - 1].iter().map(|word| member(word)).collect();
                case.question.visits.push(Visit { unit, town, team });
                let day = words[words.len() - 1];
                case.days.push((day != "-").then(|| day.parse().expect("a day")));
            }
            other => panic!("an unknown line: {other}"),
        }
    }
    cases
}

#[test]
fn the_vectors_are_answered() {
    let cases = read(include_str!("vectors.txt"));
    assert!(cases.len() >= 8);
    for case in &cases {
        let days: Vec<String> =
            schedule(&case.question).iter().map(|d| d.map_or("-".to_owned(), |d| d.to_string())).collect();
        let wanted: Vec<String> =
            case.days.iter().map(|d| d.map_or("-".to_owned(), |d| d.to_string())).collect();
        assert_eq!(days, wanted, "{}", case.name);
        assert_eq!(super::oracle::schedule(&case.question), case.days, "{}", case.name);
    }
}
