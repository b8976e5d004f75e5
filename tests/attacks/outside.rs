//! Attacks on pulses, drawings and their times. Whoever forges here recomputes
//! everything else: teams and tickets fit the seed that the forged outcome gives.

use super::district::outside::{CHAINED, Events, dice_and_default, pulse, quicknet, quicknet_and_lottery};
use super::district::{Chance, District, date, moment};
use super::{failing, leave, left};
use yaohao::digest::Digest;
use yaohao::record::{self, Beacons, Commit, sums};
use yaohao::seed::{Beacon, DrandChain, Lottery, Outcome, Shown};
use yaohao::verify::{Folder, Known, Status, Verdict, verify};

type Attack = (&'static str, &'static str, fn() -> District, fn(&mut Events));

fn quick(round: u32) -> Beacon {
    Beacon::Drand { chain: DrandChain::Quicknet, round }
}

fn flip(outcome: &mut Outcome, previous: bool) {
    let Shown::Pulse(pulse) = &mut outcome.shown else { panic!("a pulse") };
    let bytes = if previous { pulse.previous.as_mut().expect("chained") } else { &mut pulse.signature };
    bytes[20] ^= 4;
}

fn drawing(issue: u32, day: &str) -> Beacon {
    Beacon::Lottery { game: Lottery::Ssq, issue, date: date(day) }
}

const NUMBERS: &str = "2 9 14 21 30 33 16";

/// Name, the check that convicts (the first that fails), the draw, and what is changed.
const ATTACKS: &[Attack] = &[
    ("pulse-of-an-earlier-round-replayed", "V13", quicknet, |e| {
        // The committed round is written over a signature that was known long before.
        e.shown[0].shown =
            quick(10_000_000).read(&pulse(DrandChain::Quicknet, 10_000_000)).expect("good").shown;
    }),
    ("pulse-of-another-key", "V13", quicknet, |e| {
        // Whoever has a key of the same kind signs the committed round with it.
        let Beacon::Drand { round, .. } = e.shown[0].beacon else { panic!("a pulse") };
        let key = blst::min_sig::SecretKey::key_gen(&[7; 32], &[]).expect("32 bytes");
        let message = Digest::of(&[&u64::from(round).to_be_bytes()]);
        let signature = key.sign(&message.0, b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_", &[]);
        let Shown::Pulse(pulse) = &mut e.shown[0].shown else { panic!("a pulse") };
        pulse.signature = signature.to_bytes().to_vec();
    }),
    ("pulse-of-another-round", "V13", quicknet, |e| {
        e.shown[0] = quick(8193).read(&pulse(DrandChain::Quicknet, 8193)).expect("good");
    }),
    ("pulse-of-another-chain", "V13", quicknet, |e| {
        // “The quick chain was down”: the other one instead.
        let other = Beacon::Drand { chain: DrandChain::Default, round: CHAINED };
        e.shown[0] = other.read(&pulse(DrandChain::Default, CHAINED)).expect("good");
    }),
    ("drawing-instead-of-the-pulse", "V13", quicknet, |e| {
        e.shown[0] = drawing(2_026_101, "2026-09-03").read(NUMBERS).expect("good");
    }),
    ("pulse-with-a-flipped-bit", "V13", quicknet, |e| flip(&mut e.shown[0], false)),
    ("chained-pulse-with-a-flipped-bit", "V13", dice_and_default, |e| flip(&mut e.shown[0], false)),
    ("pulse-before-with-a-flipped-bit", "V13", dice_and_default, |e| flip(&mut e.shown[0], true)),
    ("committed-just-before-the-pulse", "V27", quicknet, |e| {
        e.committed = moment("2026-08-31T18:15:16Z");
        e.reveal = moment("2026-08-31T18:20:00Z");
    }),
    ("committed-after-the-pulse", "V27", quicknet, |e| {
        e.committed = moment("2026-08-31T18:46:00Z");
        (e.reveal, e.beacon, e.record) = (e.committed, e.committed, e.committed);
    }),
    ("pulse-after-the-deadline", "V27", quicknet, |e| {
        // The record is back-dated to its deadline.
        e.committed = moment("2026-08-24T18:45:14Z");
        (e.beacon, e.record) = (moment("2026-08-31T18:45:14Z"), moment("2026-08-31T18:45:14Z"));
    }),
    ("nonces-after-the-pulse", "V27", quicknet, |e| e.reveal = moment("2026-08-31T18:45:15Z")),
    ("pulse-written-down-too-early", "V27", quicknet, |e| e.beacon = moment("2026-08-31T18:45:14Z")),
    ("dice-within-the-margin", "V27", dice_and_default, |e| e.ceremony = moment("2023-01-22T10:29:59Z")),
    ("nonces-after-the-first-of-two-events", "V27", quicknet_and_lottery, |e| {
        e.reveal = moment("2026-08-31T18:45:16Z");
    }),
    ("written-down-before-the-second-of-two-events", "V27", quicknet_and_lottery, |e| {
        e.beacon = moment("2026-09-03T13:14:59Z");
    }),
    ("drawing-on-a-wrong-weekday", "V13", quicknet_and_lottery, |e| {
        e.replace(0, drawing(2_026_101, "2026-09-02"), NUMBERS);
    }),
    ("drawing-of-another-year", "V13", quicknet_and_lottery, |e| {
        e.replace(0, drawing(2_025_101, "2026-09-03"), NUMBERS);
    }),
    ("drawing-the-year-cannot-have-had", "V13", quicknet_and_lottery, |e| {
        e.replace(0, drawing(2_026_107, "2026-09-03"), NUMBERS);
    }),
    ("drawing-number-zero", "V13", quicknet_and_lottery, |e| {
        e.replace(0, drawing(2_026_000, "2026-09-03"), NUMBERS);
    }),
];

/// The folder that the attack of that name leaves, and the check that convicts it.
pub fn forged(name: &str) -> Option<(&'static str, Folder)> {
    if let Some((_, id, district, attack)) = ATTACKS.iter().find(|(known, ..)| *known == name) {
        let mut district = district();
        attack(district.events.as_mut().expect("events"));
        return Some((id, drawn(&district)));
    }
    on_paper().into_iter().find(|(known, ..)| *known == name).map(|(_, id, folder)| (id, folder))
}

fn drawn(district: &District) -> Folder {
    district.draw(&Chance::number(11)).folder
}

#[test]
fn pulses_and_drawings_make_good_draws() {
    let left = left("outside");
    for (name, district) in [
        ("pulse", quicknet()),
        ("dice-and-chained-pulse", dice_and_default()),
        ("pulse-and-drawing", quicknet_and_lottery()),
    ] {
        let folder = drawn(&district);
        leave(&left.join(name), &folder);
        let report = verify(&folder, &Known::default());
        let optional = ["V04", "V05", "V28", "V29"];
        let unmet = report.checks.iter().filter(|c| c.status != Status::Pass && !optional.contains(&c.id));
        let unmet: Vec<_> = unmet.collect();
        assert!(unmet.is_empty() && report.verdict == Verdict::Verified, "{name}: {unmet:#?}");
    }
}

#[test]
fn every_attack_on_events_outside_is_convicted_by_its_check() {
    let left = left("outside-attacks");
    for (name, expected, district, attack) in ATTACKS {
        let mut district = district();
        attack(district.events.as_mut().expect("events"));
        let folder = drawn(&district);
        leave(&left.join(name), &folder);
        let failed = failing(&folder, &Known::default());
        assert_eq!(failed.first(), Some(expected), "{name}: {failed:?}");
        if *expected == "V27" {
            assert_eq!(failed, ["V27"], "{name}");
        }
    }
    for (name, expected, folder) in on_paper() {
        leave(&left.join(name), &folder);
        let failed = failing(&folder, &Known::default());
        assert_eq!(failed.first(), Some(&expected), "{name}: {failed:?}");
    }
}

/// Attacks on the documents as they stand.
fn on_paper() -> Vec<(&'static str, &'static str, Folder)> {
    let good = drawn(&quicknet_and_lottery());
    let mut left_out = good.clone();
    edit_beacon(&mut left_out, |outcomes| drop(outcomes.remove(0)));
    let mut swapped = good.clone();
    edit_beacon(&mut swapped, |outcomes| outcomes.swap(0, 1));
    let mut more = good.clone();
    edit_beacon(&mut more, |outcomes| outcomes.push(outcomes[1].clone()));
    let mut no_margin = good.clone();
    let mut commit = Commit::read(&no_margin.0[record::COMMIT]).expect("a commitment");
    commit.margin = 0;
    put(&mut no_margin, record::COMMIT, commit.text());
    vec![
        ("one-of-two-events-left-out", "V12", left_out),
        ("two-events-exchanged", "V12", swapped),
        ("one-event-twice", "V12", more),
        ("margin-struck-out", "V06", no_margin),
    ]
}

fn edit_beacon(folder: &mut Folder, edit: impl Fn(&mut Vec<Outcome>)) {
    let mut beacons = Beacons::read(&folder.0[record::BEACON], true).expect("outcomes");
    edit(&mut beacons.outcomes);
    put(folder, record::BEACON, beacons.text(true));
    let failed = failing(folder, &Known::default());
    assert!(failed.contains(&"V13"), "{failed:?}");
}

/// Writes a text and makes the lists of hashes fit.
fn put(folder: &mut Folder, name: &str, text: String) {
    folder.0.insert(name.to_owned(), text.into_bytes());
    for list in [record::COMMIT_SUMS, record::RECORD_SUMS] {
        let old = String::from_utf8(folder.0[list].clone()).expect("a list");
        let names: Vec<&str> = old.lines().filter_map(|line| line.split("  ").nth(1)).collect();
        let new = sums(names.iter().filter_map(|name| Some((*name, folder.get(name)?))));
        folder.0.insert(list.to_owned(), new.into_bytes());
    }
}

/// What is wrong shows while the event is still to come; what is right waits.
#[test]
fn a_late_reveal_shows_before_the_pulse_is_written_down() {
    let left = left("outside-steps");
    let late = |district: &mut District| {
        let reveal = moment("2026-08-31T18:45:15Z");
        district.events.as_mut().expect("events").reveal = reveal;
    };
    for (name, is_late) in [("waiting", false), ("waiting-too-late", true)] {
        let mut district = quicknet();
        if is_late {
            late(&mut district);
        }
        let mut folder = drawn(&district);
        let later = [record::BEACON, record::RECORD, record::RECORD_SUMS];
        let results = record::RESULT;
        later.iter().chain(&results).for_each(|file| drop(folder.0.remove(*file)));
        leave(&left.join(name), &folder);
        let report = verify(&folder, &Known::default());
        let status = report.checks.iter().find(|check| check.id == "V27").expect("a check").status;
        let expected =
            if is_late { (Status::Fail, Verdict::Failed) } else { (Status::NotRun, Verdict::Incomplete) };
        assert_eq!((status, report.verdict), expected, "{name}");
    }
}

/// Every byte of the documents of a draw with pulses, lists made to fit.
#[test]
fn one_changed_byte_of_a_draw_with_a_pulse_fails() {
    let good = drawn(&quicknet());
    for name in [record::REVEAL, record::BEACON] {
        let bytes = good.0[name].clone();
        for at in 0..bytes.len() {
            let mut folder = good.clone();
            folder.0.get_mut(name).expect("the file")[at] ^= 1 << (at % 8);
            let text = folder.0[name].clone();
            if let Ok(text) = String::from_utf8(text) {
                put(&mut folder, name, text);
            }
            assert!(!failing(&folder, &Known::default()).is_empty(), "{name}: byte {at} unnoticed");
        }
    }
}
