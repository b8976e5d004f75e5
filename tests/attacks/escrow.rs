//! Attacks on the escrow of the office's nonce: a sealed draw, opened, in which
//! one person was replaced.

use super::district::late::{Office, relink};
use super::district::small::small;
use super::district::{Chance, District, moment};
use super::{Forger, failing};
use std::sync::OnceLock;
use yaohao::digest::{Digest, Suite};
use yaohao::group::Group;
use yaohao::policy::Policy;
use yaohao::record::{self, Commit, Envelope, Opening, Record, ReplaceFile};
use yaohao::seed::{Escrow, Nonce};
use yaohao::verify::{Folder, Known};

/// 8-torsion: adding it to a point leaves the subgroup of prime order.
const SMALL_ORDER: &str = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05";

/// The tables of a result without days.
const RESULT: [&str; 4] = *record::RESULT.first_chunk().expect("there are four");

const GROUP: Group = Group::Edwards25519;

fn district() -> District {
    of_suite(Suite::Sha256)
}

fn of_suite(suite: Suite) -> District {
    small(|policy| {
        let sealed = policy.replace("XF01 = \"announced\"", "XF01 = \"until-visit\"");
        let escrow = "[escrow]\ncustodians = [\"office\", \"discipline\", \"archive\"]\nthreshold = 2\n";
        let sealed = sealed.replace("[[beacon]]", &format!("{escrow}[[beacon]]"));
        let parties = "parties = [\"office\", \"discipline\"]";
        sealed.replace(parties, &format!("{parties}\nsuite = \"{}\"", suite.key()))
    })
}

fn folder(district: &District, chance: &Chance) -> Option<Folder> {
    let draw = district.draw(chance);
    let mut office = Office::new(draw.folder.clone(), chance, draw.seed);
    let members = office.teams.iter().flat_map(|(unit, team)| {
        team.members.iter().enumerate().map(move |(slot, (_, name))| (unit.clone(), slot, name.clone()))
    });
    let fits =
        |(unit, slot, _): &(String, usize, String)| !office.offers(unit, *slot, Digest([0; 32])).is_empty();
    let (unit, _, absent) = members.collect::<Vec<_>>().into_iter().find(fits)?;
    office.replace(&unit, &absent);
    Some(office.folder)
}

fn chance() -> Chance {
    static NUMBER: OnceLock<u64> = OnceLock::new();
    let fits = |number: &u64| folder(&district(), &Chance::number(*number)).is_some();
    Chance::number(*NUMBER.get_or_init(|| (0..100).find(fits).expect("there is such a draw")))
}

/// The office's nonce in these draws.
fn nonce() -> Nonce {
    chance().office(&district().policy)
}

pub fn victim() -> Folder {
    folder(&district(), &chance()).expect("somebody can be replaced")
}

/// The same before its opening, and with the record only.
fn shut(mut folder: Folder) -> Folder {
    for name in [record::OPEN, record::OPEN_SUMS].into_iter().chain(RESULT) {
        folder.0.remove(name);
    }
    for name in [ReplaceFile::Request, ReplaceFile::Result].map(|file| file.name(1)) {
        folder.0.remove(&name);
    }
    folder
}

/// Folders in which nothing is wrong.
pub fn honest() -> Vec<(&'static str, Folder)> {
    let open = small(|policy| {
        let escrow = "[escrow]\ncustodians = [\"office\", \"archive\"]\nthreshold = 2\n";
        policy.replace("[[beacon]]", &format!("{escrow}[[beacon]]"))
    });
    let days = "[schedule]\nday_minutes = { lead = 420, assistant = 420 }\n";
    let mut scheduled = district();
    scheduled.policy_text = scheduled.policy_text.replace("[[beacon]]", &format!("{days}[[beacon]]"));
    scheduled.policy = Policy::read("policy.toml", &scheduled.policy_text).expect("a policy");
    vec![
        ("escrow-with-days", scheduled.draw(&Chance::number(11)).folder),
        ("escrow-none", victim()),
        ("escrow-none-shut", shut(victim())),
        ("escrow-of-an-open-draw", open.draw(&Chance::number(11)).folder),
    ]
}

/// The escrow that the office publishes.
fn escrow(commit: &mut Commit) -> &mut Escrow {
    commit.escrow.as_mut().expect("an escrow")
}

fn dealt(nonce: &Nonce, threshold: usize, commit: &Commit) -> Vec<String> {
    let random: Vec<[u8; 64]> = (1..threshold).map(|n| [n as u8; 64]).collect();
    let custodians = &commit.escrow.as_ref().expect("an escrow").custodians;
    Escrow::deal(commit.suite, nonce, &random, custodians).expect("a number").0.points
}

/// A name, and what is changed in the commitment.
type Lie = (&'static str, fn(&mut Commit));

/// What an office may publish from the start, and draw honestly after.
const LIES: &[Lie] = &[
    ("escrow-of-another-nonce", |commit| {
        let other = Nonce::new(GROUP.number(&[9; 64]));
        escrow(commit).points = dealt(&other, 2, commit);
    }),
    ("escrow-of-threshold-3", |commit| {
        escrow(commit).points = dealt(&nonce(), 3, commit);
    }),
    ("escrow-custodian-missing", |commit| drop(escrow(commit).custodians.pop())),
    ("escrow-custodians-exchanged", |commit| escrow(commit).custodians.swap(1, 2)),
    ("escrow-custodian-of-its-own", |commit| escrow(commit).custodians[2] = "friend".to_owned()),
    ("escrow-point-of-small-order", |commit| escrow(commit).points[1] = SMALL_ORDER.to_owned()),
    ("escrow-point-the-identity", |commit| escrow(commit).points[1] = format!("01{}", "0".repeat(62))),
    ("escrow-point-in-a-second-form", |commit| {
        // y = p + 1 is the identity again, and its sign may be written in two ways.
        escrow(commit).points[1] = format!("ee{}7f", "f".repeat(60));
    }),
    ("escrow-point-none", |commit| escrow(commit).points[1] = format!("02{}", "0".repeat(62))),
    ("escrow-left-out", |commit| {
        let (draw, party) = (commit.draw.clone(), commit.parties[0].0.clone());
        commit.parties[0].1 = nonce().commitment(commit.suite, &draw, &party);
        commit.escrow = None;
    }),
    ("escrow-over-the-nonce", |commit| {
        let (draw, party) = (commit.draw.clone(), commit.parties[0].0.clone());
        commit.parties[0].1 = nonce().commitment(commit.suite, &draw, &party);
    }),
];

pub fn lies() -> Vec<(&'static str, Folder)> {
    let lie = |(name, forge): &(&'static str, fn(&mut Commit))| {
        let mut district = district();
        district.forge = Some(*forge);
        let folder = district.draw(&chance()).folder;
        // Whoever commits to the nonce itself opens what fits nothing: seen before the opening.
        (*name, if *name == "escrow-over-the-nonce" { shut(folder) } else { folder })
    };
    LIES.iter().map(lie).collect()
}

fn rerecord(f: &mut Forger, sealed: Option<Vec<u8>>) {
    let mut record = Record::read(&f.folder.0[record::RECORD]).expect("a record");
    record.sealed = sealed.as_ref().map(|bytes| Digest::of(&[bytes]));
    f.put(record::RECORD, record.text());
    if let Some(bytes) = sealed {
        f.put(record::SEALED_RESULT, bytes);
    }
    relink(&mut f.folder);
}

fn reopen(f: &mut Forger, change: impl Fn(&mut Opening)) {
    let mut opening = Opening::read(&f.folder.0[record::OPEN]).expect("an opening");
    change(&mut opening);
    f.put(record::OPEN, opening.text());
    let names: Vec<&str> = [record::OPEN].into_iter().chain(RESULT).collect();
    let list = record::sums(names.iter().map(|name| (*name, f.folder.0[*name].as_slice())));
    f.put(record::OPEN_SUMS, list);
}

fn flipped(f: &Forger, name: &str) -> Vec<u8> {
    let mut bytes = f.folder.0[name].clone();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    bytes
}

/// Replaces a sealed text and makes its list fit.
fn reseal(f: &mut Forger, request: bool, bytes: Vec<u8>) {
    let [text, list, sealed] = ReplaceFile::DOCUMENTS[usize::from(!request)].map(|file| file.name(1));
    let listed = record::sums([(text.as_str(), f.folder.0[&text].as_slice()), (sealed.as_str(), &bytes)]);
    f.put(&list, listed);
    f.put(&sealed, bytes);
}

/// The number behind `nonce` in a second form: ℓ more.
fn second_form(nonce: &Nonce) -> Nonce {
    let order = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let (mut sum, mut carry) = ([0; 32], 0);
    for (at, byte) in sum.iter_mut().enumerate() {
        let total = u16::from(nonce.bytes()[at]) + order[at] + carry;
        (*byte, carry) = (total as u8, total >> 8);
    }
    Nonce::new(sum)
}

type Attack = (&'static str, &'static str, fn(&mut Forger));

pub const ATTACKS: &[Attack] = &[
    ("sealed-result-flipped", "V25", |f| f.put(record::SEALED_RESULT, flipped(f, record::SEALED_RESULT))),
    ("sealed-result-flipped-and-recorded", "V25", |f| {
        let bytes = flipped(f, record::SEALED_RESULT);
        rerecord(f, Some(bytes));
    }),
    ("sealed-result-truncated-and-recorded", "V25", |f| {
        let bytes = f.folder.0[record::SEALED_RESULT].clone();
        rerecord(f, Some(bytes[..bytes.len() - 1].to_vec()));
    }),
    ("sealed-result-of-other-teams", "V25", |f| {
        let commit = Commit::read(&f.folder.0[record::COMMIT]).expect("a commitment");
        let envelope = Envelope::new(commit.suite, &commit.id(), record::SEALED_RESULT, &nonce());
        let room = commit.escrow.expect("an escrow").room;
        let swapped = f.text(record::TEAMS).replacen("lead=", "lead=P", 1);
        let file = |name: &'static str| match name {
            record::TEAMS => (name, swapped.as_bytes()),
            _ => (name, f.folder.0[name].as_slice()),
        };
        let bytes = envelope.seal(room, &RESULT.map(file)).expect("room");
        rerecord(f, Some(bytes));
    }),
    ("sealed-result-of-another-length", "V25", |f| {
        let commit = Commit::read(&f.folder.0[record::COMMIT]).expect("a commitment");
        let envelope = Envelope::new(commit.suite, &commit.id(), record::SEALED_RESULT, &nonce());
        let room = commit.escrow.expect("an escrow").room;
        let files = RESULT.map(|name| (name, f.folder.0[name].as_slice()));
        let bytes = envelope.seal(room + 1, &files).expect("room");
        rerecord(f, Some(bytes));
    }),
    ("sealed-result-not-recorded", "V25", |f| rerecord(f, None)),
    ("sealed-result-missing", "V01", |f| {
        f.folder.0.remove(record::SEALED_RESULT);
    }),
    ("sealed-request-flipped", "V25", |f| {
        let bytes = flipped(f, &ReplaceFile::RequestSealed.name(1));
        reseal(f, true, bytes);
    }),
    ("sealed-answer-truncated", "V25", |f| {
        let bytes = f.folder.0[&ReplaceFile::ResultSealed.name(1)].clone();
        reseal(f, false, bytes[1..].to_vec());
    }),
    ("sealed-answer-not-listed", "V03", |f| {
        let text = ReplaceFile::Result.name(1);
        let list = record::sums([(text.as_str(), f.folder.0[&text].as_slice())]);
        f.put(&ReplaceFile::ResultSums.name(1), list);
    }),
    ("sealed-answer-missing", "V01", |f| {
        f.folder.0.remove(&ReplaceFile::ResultSealed.name(1));
    }),
    ("opened-nonce-not-the-one-in-escrow", "V14", |f| {
        reopen(f, |opening| opening.nonces[0].1 = Nonce::new(GROUP.number(&[9; 64])));
    }),
    ("opened-nonce-in-a-second-form", "V14", |f| {
        reopen(f, |opening| opening.nonces[0].1 = second_form(&opening.nonces[0].1));
    }),
    ("opened-late", "V12", |f| reopen(f, |opening| opening.link.at = moment("2027-01-20T16:00:00Z"))),
];

#[test]
fn the_other_suite_has_its_escrow_too() {
    let (district, known) = (of_suite(Suite::Sm3), Known::default());
    let fits = |number: &u64| folder(&district, &Chance::number(*number));
    let opened = (0..100).find_map(|number| fits(&number)).expect("somebody can be replaced");
    for folder in [opened.clone(), shut(opened.clone())] {
        assert!(failing(&folder, &known).is_empty());
    }
    let commit = Commit::read(&opened.0[record::COMMIT]).expect("a commitment");
    let points = &commit.escrow.expect("an escrow").points;
    assert!(commit.suite == Suite::Sm3 && points.iter().all(|point| point.len() == 66), "{points:?}");
    let mut forger = Forger { folder: opened };
    reopen(&mut forger, |opening| opening.nonces[0].1 = Nonce::new(GROUP.number(&[9; 64])));
    assert_eq!(failing(&forger.folder, &known).first(), Some(&"V14"));
}

/// Whoever changes a byte of what is sealed, or of what commits to it, and makes
/// the list of its own step fit.
#[test]
fn one_changed_byte_of_what_is_sealed_fails() {
    for folder in [victim(), shut(victim())] {
        let sealed = |name: &String| name.ends_with(".sealed") || name == record::SEALED_RESULT;
        let names: Vec<String> = folder.0.keys().filter(|name| sealed(name)).cloned().collect();
        assert_eq!(names.len(), 3);
        for name in names.iter().map(String::as_str).chain([record::COMMIT, record::RECORD]) {
            let step = if name.ends_with(".txt") { 7 } else { 211 };
            for at in (0..folder.0[name].len()).step_by(step) {
                let mut forger = Forger { folder: folder.clone() };
                forger.folder.0.get_mut(name).expect("the file")[at] ^= 1 << (at % 8);
                let plain = failing(&forger.folder, &Known::default());
                assert!(!plain.is_empty(), "{name}: byte {at} changed unnoticed");
                forger.resum();
                let careful = failing(&forger.folder, &Known::default());
                // Nothing names the record yet: its own time may be changed with its list.
                let last_word = name == record::RECORD && plain == ["V03"];
                assert!(
                    !careful.is_empty() || last_word,
                    "{name}: byte {at} changed with its list, unnoticed"
                );
            }
        }
    }
}
