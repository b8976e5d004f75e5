//! Attacks on slips: the check that convicts each of them. What is left in the target
//! folder is judged by the second implementation too (reference/agree.py).

use super::case::{Careful, Case, World, entry, failed};
use rayon::prelude::*;
use std::path::{Path as FilePath, PathBuf};
use yaohao::digest::{Digest, Suite};
use yaohao::merkle::{self, Step};
use yaohao::note::{Algorithm, SigningKey};
use yaohao::record::{CardOpening, Record, Table, TeamLine};
use yaohao::slip::{Asked, Logged, Path, Slip, Team, check};
use yaohao::time::Moment;
use yaohao::verify::{Status, Verdict};

/// Name, the first check that fails, and what is done to the slip of a unit.
type Attack = (&'static str, &'static str, fn(&Case, &mut Slip));

const ATTACKS: &[Attack] = &[
    ("slip-of-another-unit", "S01", |case, slip| *slip = case.logged(&other_unit(case, slip))),
    ("unit-not-drawn", "S01", |_, slip| slip.drawn.unit = "91500112000000000X".to_owned()),
    ("line-of-another-place", "S01", |_, slip| slip.path.index ^= 1),
    ("path-cut", "S01", |_, slip| slip.path.neighbours.truncate(1)),
    ("path-of-another-draw", "S01", |_, slip| slip.path.neighbours[0] = Digest([7; 32])),
    ("certificate-exchanged", "S03", |_, slip| slip.members[0].card.certificate = "SL9999".to_owned()),
    ("certificate-with-another-salt", "S03", |_, slip| slip.members[1].card.salt = "0".repeat(32)),
    ("card-of-a-colleague", "S03", |case, slip| {
        let (name, card) = colleague(case, slip);
        assert_ne!(slip.members[0].line.name, name);
        slip.members[0].card = card;
    }),
    ("inspector-swapped-after-the-draw", "S03", |case, slip| swap(case, slip)),
    ("inspector-swapped-with-his-team-line", "S03", |case, slip| {
        swap(case, slip);
        let name = slip.members[0].line.name.clone();
        if let Team::Drawn(line) = &mut slip.team {
            line.members[0].1 = name;
        }
    }),
    ("team-of-another-unit", "S04", |case, slip| {
        let other = case.slip(&other_unit(case, slip));
        slip.team = other.team;
    }),
    ("team-renamed-to-this-unit", "S04", |case, slip| {
        let Team::Drawn(mut line) = case.slip(&other_unit(case, slip)).team else { return };
        line.unit = slip.drawn.unit.clone();
        slip.team = Team::Drawn(line);
    }),
    ("team-salt-changed", "S04", |_, slip| {
        if let Team::Drawn(line) = &mut slip.team {
            line.salt = "0".repeat(32);
        }
    }),
    ("late-change-of-another-unit", "S04", |case, slip| {
        slip.team = case.slip(&case.changed).team;
        logged(slip).change = Some(logged(slip).record.clone());
    }),
    ("inspector-of-no-list", "S05", |_, slip| slip.members[0].line.capacity += 1),
    ("inspector-in-another-place", "S05", |_, slip| slip.members[0].path.index ^= 1),
    ("people-in-another-order", "S05", |_, slip| slip.members.reverse()),
    ("one-person-left-out", "S03", |_, slip| drop(slip.members.pop())),
    ("record-of-another-draw", "S03", |_, slip| slip.record.link.draw.sequence += 1),
    ("window-widened", "S07", |_, slip| slip.record.window.last = super::case::day().plus_days(90)),
    ("record-back-dated", "S07", |_, slip| {
        slip.record.link.at = "2026-11-24T02:11:01Z".parse().expect("a moment");
    }),
    ("log-entry-of-another-place", "S07", |_, slip| logged(slip).record.index ^= 1),
    ("log-path-changed", "S07", |_, slip| logged(slip).record.neighbours[1] = Digest([7; 32])),
    ("record-never-logged", "S07", |_, slip| {
        let other = entry(&slip.record.link.draw, "record.txt", Digest([7; 32]));
        slip.logged = Some(World::new().logged(slip.suite, &[other]));
    }),
    ("log-left-out", "S07", |_, slip| slip.logged = None),
    ("checkpoint-of-another-log", "S08", |case, slip| {
        let mut world = World::new();
        world.log = SigningKey::new("other.example/log", Algorithm::Ed25519, &[9; 32]).expect("a key");
        relog(case, slip, &world);
    }),
    ("log-signature-of-another-key", "S08", |case, slip| {
        let mut world = World::new();
        world.log = SigningKey::new("fire.example/log", Algorithm::Ed25519, &[9; 32]).expect("a key");
        relog(case, slip, &world);
    }),
    ("a-stranger-cosigns", "S08", |case, slip| {
        let mut world = World::new();
        let cosigning = Algorithm::Ed25519Cosignature;
        world.witnesses.push(SigningKey::new("stranger.example", cosigning, &[9; 32]).expect("a key"));
        world.present.push(3);
        relog(case, slip, &world);
    }),
    ("quorum-missing", "S09", |case, slip| {
        let mut world = World::new();
        world.present.pop();
        relog(case, slip, &world);
    }),
    ("quorum-of-one-witness-twice", "S09", |case, slip| {
        let mut world = World::new();
        world.present = vec![0];
        relog(case, slip, &world);
        let note = &mut logged(slip).note;
        let time = Moment::from_unix(1_796_000_500).expect("a moment");
        let line = world.witnesses[0].cosign(note.text(), time).expect("a line");
        note.add(line).expect("room");
    }),
];

fn logged(slip: &mut Slip) -> &mut Logged {
    slip.logged.as_mut().expect("a logged slip")
}

fn relog(_: &Case, slip: &mut Slip, world: &World) {
    let hash = Digest::of(&[slip.record.text().as_bytes()]);
    slip.logged = Some(world.logged(slip.suite, &[entry(&slip.record.link.draw, "record.txt", hash)]));
}

fn other_unit(case: &Case, slip: &Slip) -> String {
    let mut others =
        case.units().into_iter().filter(|unit| *unit != slip.drawn.unit && *unit != case.changed);
    others.next_back().expect("several units")
}

/// Somebody of the list who is not in the team.
fn colleague(case: &Case, slip: &Slip) -> (String, CardOpening) {
    let team: Vec<&String> = slip.members.iter().map(|member| &member.line.name).collect();
    let (name, card) = case.cards.iter().find(|(name, _)| !team.contains(name)).expect("somebody else");
    (name.clone(), card.clone())
}

/// Puts a colleague in the place of the lead, with everything that is his.
fn swap(case: &Case, slip: &mut Slip) {
    let (name, card) = colleague(case, slip);
    let list = case.inspectors();
    let at = list.lines.iter().position(|line| line.name == name).expect("on the list");
    let steps = merkle::path(slip.suite, &list.leaves(slip.suite), at).into_iter();
    let neighbours = steps.map(Step::neighbour).collect();
    let member = &mut slip.members[0];
    member.line = list.lines[at].clone();
    member.path = Path { index: at as u64, neighbours };
    member.card = card;
}

#[test]
fn every_attack_is_convicted_by_its_check() {
    let case = Case::new(Suite::Sha256);
    let honest = case.logged(&case.unchanged());
    let careful = Careful::of(&honest);
    assert_eq!(careful.check(&honest).verdict, Verdict::Verified);
    let left = left("slips");
    leave(&left.join("none"), &honest, &careful);
    leave(
        &left.join("none-after-a-change"),
        &case.logged(&case.changed),
        &Careful::of(&case.logged(&case.changed)),
    );
    for (name, expected, attack) in ATTACKS {
        let mut slip = honest.clone();
        attack(&case, &mut slip);
        leave(&left.join(name), &slip, &careful);
        let report = careful.check(&slip);
        assert_eq!(failed(&report).first(), Some(expected), "{name}: {:?}", failed(&report));
        assert_eq!(report.verdict, Verdict::Failed, "{name}");
        // What was made up also reads back: no check but those named stands in the way.
        assert_eq!(Slip::read(slip.text().as_bytes()), Ok(slip), "{name}");
    }
}

#[test]
fn a_visitor_is_convicted_by_his_card_and_the_day() {
    let case = Case::new(Suite::Sha256);
    let slip = case.logged(&case.unchanged());
    let mut careful = Careful::of(&slip);
    careful.certificates[0] = "SL9999".to_owned();
    assert_eq!(failed(&careful.check(&slip)), ["S03"]);
    // One of them is right, and there are not two.
    careful.certificates.remove(0);
    let report = careful.check(&slip);
    assert_eq!((report.checks[2].status, report.verdict), (Status::NotRun, Verdict::Incomplete));
    // The same card twice is one person.
    careful.certificates.push(careful.certificates[0].clone());
    assert_eq!(careful.check(&slip).checks[2].status, Status::NotRun);
    let careful = Careful::of(&slip);
    for (on, fails) in
        [("2026-11-30", true), ("2026-12-01", false), ("2026-12-31", false), ("2027-01-01", true)]
    {
        let asked = Asked { on: on.parse().expect("a day"), ..careful.asked() };
        let failed = failed(&check(&slip, &asked));
        assert_eq!(failed, if fails { vec!["S02"] } else { vec![] }, "{on}");
    }
    // Who was replaced shows the slip from before.
    let mut old = case.slip(&case.changed);
    assert!(matches!(old.team, Team::Replaced(1, _)));
    let teams = Table::<TeamLine>::read(&case.folder.0["teams.txt"]).expect("teams");
    let before = teams.lines.into_iter().find(|line| line.unit == case.changed).expect("drawn");
    let sent_away = case.cards[&before.members[1].1].certificate.clone();
    let careful = Careful {
        certificates: vec![sent_away, old.members[0].card.certificate.clone()],
        ..Careful::of(&old)
    };
    old.logged = case.logged(&case.changed).logged;
    assert_eq!(failed(&careful.check(&old)), ["S03"]);
}

#[test]
fn one_changed_byte_anywhere_fails() {
    let case = Case::new(Suite::Sha256);
    let left = left("slip-flips");
    for unit in [case.unchanged(), case.changed.clone()] {
        let slip = case.logged(&unit);
        let careful = Careful::of(&slip);
        let text = slip.text().into_bytes();
        assert!(text.len() > 2_000);
        let read = (0..text.len()).into_par_iter().filter(|at| {
            let mut flipped = text.clone();
            flipped[*at] ^= 1 << (at % 7);
            let Ok(slip) = Slip::read(&flipped) else { return false };
            let report = careful.check(&slip);
            assert_eq!(report.verdict, Verdict::Failed, "byte {at}: {:?}", String::from_utf8_lossy(&flipped));
            if at % 60 == 0 {
                leave(&left.join(format!("{unit}-{at}")), &slip, &careful);
            }
            true
        });
        assert!(read.count() > 1_000, "most bytes are hashes, which read whatever they are");
    }
}

/// The announced hash does for an office without a log.
#[test]
fn an_announced_hash_convicts_whatever_the_paths_leave_free() {
    let case = Case::new(Suite::Sha256);
    let slip = case.slip(&case.changed);
    let careful = Careful::of(&slip);
    let (record, change) = (Some(slip.record_id()), slip.change());
    let asked = Asked { policy: None, record, change, ..careful.asked() };
    assert_eq!(check(&slip, &asked).verdict, Verdict::Verified);
    let without = Asked { change: None, ..asked };
    assert_eq!(check(&slip, &without).verdict, Verdict::Incomplete);
    let without = Asked { record: None, ..asked };
    assert_eq!(check(&slip, &without).verdict, Verdict::Incomplete);
    for other in
        [Asked { change: Some(Digest([1; 32])), ..asked }, Asked { record: Some(Digest([1; 32])), ..asked }]
    {
        assert_eq!(failed(&check(&slip, &other)), ["S06"]);
    }
    let mut other = slip.clone();
    other.record = Record { prices: Digest([1; 32]), ..other.record };
    assert_eq!(failed(&check(&other, &asked)), ["S06"]);
}

fn left(name: &str) -> PathBuf {
    let left = FilePath::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&left);
    left
}

/// Writes a slip, the policy and what was asked where other implementations find them.
fn leave(folder: &FilePath, slip: &Slip, careful: &Careful) {
    std::fs::create_dir_all(folder).expect("the target folder");
    let asked = format!("--unit\n{}\n--on\n{}\n", careful.unit, super::case::day());
    let cards: String =
        careful.certificates.iter().map(|number| format!("--certificate\n{number}\n")).collect();
    for (name, text) in [
        ("slip.txt", slip.text()),
        ("log-policy.txt", World::new().policy_text()),
        ("asked.txt", asked + &cards),
    ] {
        std::fs::write(folder.join(name), text).expect("the target folder");
    }
}
