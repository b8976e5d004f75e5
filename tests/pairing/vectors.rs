//! Small questions, answers, and the check that refuses each: the file that
//! every checker of a pairing, in any language, has to agree with.

use crate::checking::neighbours;
use crate::{cases, refused, tickets, up_to_six};
use serde_json::{Value, json};
use std::path::Path;
use yaohao::digest::Digest;
use yaohao::pairing::appoint::{Appointed, appoint};
use yaohao::pairing::instance::{Instance, Pairing, Seat, Visit};
use yaohao::seed::Seed;

const FILE: &str = "reference/pairing-vectors.json";
/// As many answers of a question at most for each verdict.
const EACH: usize = 2;

/// Everything tried on a right answer: other teams, other prices, nonsense.
fn attempts(instance: &Instance, answer: &Appointed) -> Vec<Appointed> {
    let changed = |change: &dyn Fn(&mut Appointed)| {
        let mut other = answer.clone();
        change(&mut other);
        other
    };
    let mut tried = vec![answer.clone()];
    tried.extend(
        neighbours(instance, &answer.pairing.teams)
            .into_iter()
            .map(|teams| changed(&|a| a.pairing.teams.clone_from(&teams))),
    );
    tried.push(changed(&|a| {
        a.pairing.teams[0].pop();
    }));
    tried.push(changed(&|a| a.pairing.teams[0].push(0)));
    tried.push(changed(&|a| a.pairing.teams[0][0] = 99));
    for account in 0..answer.lead_prices.len() {
        for size in [1, 1 << 48, 1 << 86, 1 << 111, 1 << 124] {
            tried.push(changed(&|a| a.pairing.prices[account] += size));
            tried.push(changed(&|a| a.pairing.prices[account] -= size));
            tried.push(changed(&|a| a.lead_prices[account] += size));
            tried.push(changed(&|a| a.lead_prices[account] -= size));
        }
    }
    for size in [1, -1, 1 << 111] {
        tried.push(changed(&|a| a.pairing.prices.iter_mut().for_each(|price| *price += size)));
    }
    tried.push(changed(&|a| a.pairing.prices.push(0)));
    tried.push(changed(&|a| a.lead_prices.truncate(1)));
    tried
}

fn vectors() -> String {
    let mut stream = cases::stream("vectors");
    let mut questions = Vec::new();
    let mut round = 0;
    while questions.len() < 14 {
        round += 1;
        let instance = up_to_six(&mut stream, round);
        let tickets = tickets(&instance);
        let Ok(answer) = appoint(&tickets) else { continue };
        if instance.visits.len() < 2 || instance.inspectors.len() < 3 {
            continue;
        }
        let mut tried: Vec<(u32, Appointed)> = attempts(&instance, &answer)
            .into_iter()
            .map(|attempt| (refused(&tickets, &attempt).map_or(0, |(number, _)| number), attempt))
            .collect();
        // A few of each verdict, not always of the first slots.
        stream.shuffle(&mut tried);
        let answers: Vec<Value> = (0..=5)
            .flat_map(|verdict| tried.iter().filter(move |(number, _)| *number == verdict).take(EACH))
            .map(|(number, attempt)| written(*number, attempt))
            .collect();
        let people: Vec<_> = instance.inspectors.iter().map(|seat| (seat.capacity, seat.carried)).collect();
        let units: Vec<_> = instance.visits.iter().map(|v| (&v.unit, &*v.slots, &v.again, v.band)).collect();
        let question = json!({ "bands": instance.bands, "seed": instance.seed.to_string(), "people": people, "units": units, "answers": answers });
        questions.push(question.to_string().replace("{\"lead_prices\"", "\n {\"lead_prices\""));
    }
    format!("[\n{}\n]\n", questions.join(",\n"))
}

fn written(verdict: u32, answer: &Appointed) -> Value {
    // Beyond 2^53 a JSON number is not the same number everywhere.
    let texts = |prices: &[i128]| prices.iter().map(i128::to_string).collect::<Vec<_>>();
    let Appointed { pairing, lead_prices } = answer;
    json!({
        "verdict": verdict, "teams": pairing.teams,
        "prices": texts(&pairing.prices), "lead_prices": texts(lead_prices),
    })
}

fn number<T: TryFrom<u64>>(value: &Value) -> T {
    value.as_u64().and_then(|n| T::try_from(n).ok()).expect("a number")
}

fn list<T>(value: &Value, entry: impl Fn(&Value) -> T) -> Vec<T> {
    value.as_array().expect("a list").iter().map(entry).collect()
}

#[test]
fn the_checks_agree_with_the_shared_vectors() {
    let text = std::fs::read_to_string(FILE).unwrap_or_default();
    let due = vectors();
    if text != due {
        let left = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pairing-vectors.json");
        std::fs::write(&left, due).expect("the target folder");
        panic!("{FILE} is not what the program makes; if that is meant, copy {} there", left.display());
    }
    assert!(text.len() < 100_000, "{} bytes", text.len());
    let questions: Value = serde_json::from_str(&text).expect("JSON");
    let mut verdicts = [0; 6];
    for question in questions.as_array().expect("a list") {
        let visit = |unit: &Value| Visit {
            unit: unit[0].as_str().expect("a name").to_owned(),
            slots: list(&unit[1], |slot| list(slot, number)).into(),
            again: list(&unit[2], number),
            band: number(&unit[3]),
        };
        let instance = Instance {
            seed: question["seed"]
                .as_str()
                .and_then(|seed| seed.parse::<Digest>().ok())
                .map(Seed::sha256)
                .expect("a seed"),
            inspectors: list(&question["people"], |p| Seat {
                capacity: number(&p[0]),
                carried: number(&p[1]),
            }),
            visits: list(&question["units"], visit),
            bands: number(&question["bands"]),
        };
        for answer in question["answers"].as_array().expect("a list") {
            let prices = |name: &str| {
                list(&answer[name], |p| p.as_str().and_then(|p| p.parse().ok()).expect("a price"))
            };
            let teams = list(&answer["teams"], |team| list(team, number));
            let found = Appointed {
                pairing: Pairing { teams, prices: prices("prices") },
                lead_prices: prices("lead_prices"),
            };
            let verdict: usize = number(&answer["verdict"]);
            let refused = refused(&tickets(&instance), &found);
            assert_eq!(refused.as_ref().map_or(0, |(number, _)| *number as usize), verdict, "{refused:?}");
            verdicts[verdict] += 1;
        }
    }
    assert!(verdicts.iter().all(|count| *count >= 10), "{verdicts:?}");
}
