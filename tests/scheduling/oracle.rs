//! The rule as docs/spec/schedule.md writes it, told from the list of placed visits alone.

use std::cmp::Reverse;
use yaohao::digest::Digest;
use yaohao::scheduling::{Question, Visit};
use yaohao::stream::Stream;

/// A visit with its key, and where it is.
struct Row<'a> {
    visit: &'a Visit,
    key: Digest,
    day: Option<usize>,
}

fn ticket(row: &Row<'_>, day: usize) -> u64 {
    let mut stream = Stream::new(row.key);
    (0..=day).map(|_| stream.word()).last().expect("one word a day")
}

fn minutes_of(visit: &Visit, rank: u32) -> Option<u64> {
    visit.team.iter().find(|(other, _)| *other == rank).map(|(_, minutes)| u64::from(*minutes))
}

fn load(rows: &[Row<'_>], rank: u32, day: usize) -> u64 {
    rows.iter().filter(|row| row.day == Some(day)).filter_map(|row| minutes_of(row.visit, rank)).sum()
}

fn open(question: &Question, rows: &[Row<'_>], visit: &Visit, day: usize) -> bool {
    let fits = |(rank, minutes): &(u32, u32)| {
        u64::from(question.availability[*rank as usize][day]) >= load(rows, *rank, day) + u64::from(*minutes)
    };
    visit.team.iter().all(fits)
}

fn best(
    question: &Question,
    rows: &[Row<'_>],
    at: usize,
    (except, rule): (Option<usize>, Rule),
) -> Option<usize> {
    let row = &rows[at];
    let open: Vec<usize> = (0..question.days)
        .filter(|day| Some(*day) != except && open(question, rows, row.visit, *day))
        .collect();
    open.into_iter().min_by_key(|day| {
        let there = |other: &&Row<'_>| other.day == Some(*day);
        let near = |(rank, _): &&(u32, u32)| {
            let same = |other: &Row<'_>| {
                other.visit.town == row.visit.town && minutes_of(other.visit, *rank).is_some()
            };
            rows.iter().filter(there).any(same)
        };
        let companions = row.visit.team.iter().filter(near).count();
        let most = row.visit.team.iter().map(|(rank, _)| load(rows, *rank, *day)).max();
        let crowd = rows.iter().filter(there).count();
        let (near, even) = (rule == Rule::AsWritten, rule != Rule::AtRandom);
        let nearness = Reverse(if near { companions } else { 0 });
        (nearness, most.filter(|_| even), if even { crowd } else { 0 }, ticket(row, *day), *day)
    })
}

fn make_room(question: &Question, rows: &mut [Row<'_>], at: usize, rule: Rule) {
    let mut days: Vec<usize> = (0..question.days).collect();
    days.sort_by_key(|day| (ticket(&rows[at], *day), *day));
    for day in days {
        for other in 0..rows.len() {
            let shares =
                rows[at].visit.team.iter().any(|(rank, _)| minutes_of(rows[other].visit, *rank).is_some());
            if rows[other].day != Some(day) || !shares {
                continue;
            }
            rows[other].day = None;
            if open(question, rows, rows[at].visit, day) {
                rows[at].day = Some(day);
                if let Some(elsewhere) = best(question, rows, other, (Some(day), rule)) {
                    rows[other].day = Some(elsewhere);
                    return;
                }
                rows[at].day = None;
            }
            rows[other].day = Some(day);
        }
    }
}

/// The day of every visit, in the order of the question.
pub fn schedule(question: &Question) -> Vec<Option<usize>> {
    schedule_by(question, Rule::AsWritten)
}

/// What the best of the open days is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    AsWritten,
    /// Without the first of its four parts.
    WithoutNearness,
    /// By ticket alone.
    AtRandom,
}

/// The same by another rule, to see what the parts of it are for.
pub fn schedule_by(question: &Question, rule: Rule) -> Vec<Option<usize>> {
    let seed = question.seed;
    let mut rows: Vec<Row<'_>> = Vec::new();
    for visit in &question.visits {
        let key = Digest::of(&[format!("yaohao/day/v1\n{seed}\n{}\n", visit.unit).as_bytes()]);
        rows.push(Row { visit, key, day: None });
    }
    let longest = |visit: &Visit| visit.team.iter().map(|(_, minutes)| *minutes).max();
    rows.sort_by_key(|row| (Reverse(longest(row.visit)), row.key, row.visit.unit.clone()));
    for at in 0..rows.len() {
        match best(question, &rows, at, (None, rule)) {
            Some(day) => rows[at].day = Some(day),
            None => make_room(question, &mut rows, at, rule),
        }
    }
    let of = |visit: &Visit| rows.iter().find(|row| row.visit == visit).and_then(|row| row.day);
    question.visits.iter().map(of).collect()
}
