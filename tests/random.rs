//! Ten thousand random small draws, one hash over what is found in all of them.
//!
//! Half of them are damaged afterwards. The draws are left in `target/tmp/random`, so that
//! `node web/dist/random.mjs` and `reference/agree_random.py` find the same lines and the
//! same hash:
//!
//! `lines.txt` has one line a draw: `<index> V01=pass V02=fail … V29=not-run verdict=failed`.
//! The accumulated hash is the SHA-256 of that file.
//!
//! `draws.bin` holds the draws. Numbers are u32, little-endian; *bytes* are their number
//! and themselves; *files* are their number and, for each, name and content as bytes. First
//! the number of draws; then for each: the files of its folder; 0, or 1 and the commitment
//! announced as 64 hex digits (bytes); 0, or 1 and the closing document of the draw before
//! (bytes); 0, or 1 and the files of the folder `verifier`.

mod district;
#[path = "random/archive.rs"]
mod archive;
#[path = "random/chance.rs"]
mod chance;
#[path = "random/damage.rs"]
mod damage;
#[path = "random/events.rs"]
mod events;
#[path = "random/features.rs"]
mod features;
#[path = "random/lies.rs"]
mod lies;
#[path = "random/make.rs"]
mod make;
#[path = "random/mend.rs"]
mod mend;
#[path = "random/register.rs"]
mod register;
#[path = "random/rules.rs"]
mod rules;
#[path = "random/text.rs"]
mod text;

use chance::Random;
use make::{Made, make};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use yaohao::digest::Digest;
use yaohao::verify::{Known, Report, verify};

const DRAWS: u64 = 10_000;

/// Features of draws and kinds of damage that are counted.
const FEATURES: usize = 50;

/// SHA-256 of the lines; it changes whenever the draws or the verdict on one of them do.
const ACCUMULATED: &str = include_str!("random/accumulated.txt");

fn report(made: &Made) -> Report {
    let known = Known {
        commitment: made.commitment,
        predecessor: made.predecessor.as_deref(),
        verifier: made.verifier.as_ref(),
        log: None,
    };
    verify(&made.folder, &known)
}

fn line(index: usize, report: &Report) -> String {
    let mut checks: Vec<String> =
        report.checks.iter().map(|check| format!("{}={}", check.id, check.status.key())).collect();
    checks.sort();
    format!("{index} {} verdict={}\n", checks.join(" "), report.verdict.key())
}

/// Half of the draws, damaged; files may come from the draw after.
fn damaged(draws: &[Made]) -> Vec<Made> {
    let one = |(index, made): (usize, &Made)| {
        let (mut made, mut random) = (made.clone(), Random::new("damage", index as u64));
        if index % 2 == 1 {
            damage::damage(&mut random, &mut made, &draws[(index + 1) % draws.len()]);
        }
        made
    };
    draws.par_iter().enumerate().map(one).collect()
}

fn tally<'a>(of: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    of.for_each(|name| *counts.entry(name).or_default() += 1);
    counts
}

#[test]
fn every_verifier_finds_the_same_in_ten_thousand_draws() {
    let draws: Vec<Made> = (0..DRAWS).into_par_iter().map(make).collect();
    let draws = damaged(&draws);
    let reports: Vec<Report> = draws.par_iter().map(report).collect();
    let lines: String = reports.iter().enumerate().map(|(index, report)| line(index, report)).collect();
    archive::leave(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("random"), &draws, &lines);

    let features = tally(draws.iter().flat_map(|made| made.features.iter().copied()));
    println!("{features:#?}");
    assert_eq!(features.len(), FEATURES, "a feature is in no draw, or is not counted");
    let verdicts = tally(reports.iter().map(|report| report.verdict.key()));
    println!("{verdicts:?}");
    let found: Vec<String> = reports
        .iter()
        .flat_map(|report| report.checks.iter().map(|check| format!("{} {}", check.id, check.status.key())))
        .collect();
    let found = tally(found.iter().map(String::as_str));
    println!("{found:#?}");
    for check in &reports[0].checks {
        for status in ["pass", "fail"] {
            let unseen = check.id == "V28" || found.contains_key(format!("{} {status}", check.id).as_str());
            assert!(unseen, "no draw in which {} ends with {status}", check.id);
        }
    }
    assert_eq!(Digest::of(&[lines.as_bytes()]).to_string(), ACCUMULATED.trim(), "see lines.txt");
}
