//! Attacks on late changes: a small draw in which three people were replaced.

use super::district::late::{Office, put, relink};
use super::district::small::{small, unit_id};
use super::district::{Chance, Draw, moment};
use super::{failing, leave, left};
use std::collections::BTreeSet;
use std::sync::OnceLock;
use yaohao::digest::{Digest, Suite};
use yaohao::record::{self, InspectorLine, PriceLine, ReplaceFile, Replacement, Request, Table, TeamLine};
use yaohao::verify::{Folder, Known, Status, Verdict, verify};

/// Room for so few visits that some people are full.
fn tight(policy: &str) -> String {
    policy.replace("{ lead = 60, assistant = 60 }", "{ lead = 16, assistant = 9 }")
}

/// The first draw in which three people can be replaced, open or sealed, and somebody
/// near the first absent person is used up.
fn chance() -> Chance {
    static NUMBER: OnceLock<u64> = OnceLock::new();
    let fits = |number: &u64| {
        let chance = Chance::number(*number);
        let [open, sealed] = [small(tight), small(sealed)];
        let (Some(open), Some(sealed)) = (open.try_draw(&chance), sealed.try_draw(&chance)) else {
            return false;
        };
        let open = try_replaced(&open, &chance, 3);
        open.is_some_and(|open| full(&open.folder).is_some()) && try_replaced(&sealed, &chance, 3).is_some()
    };
    Chance::number(*NUMBER.get_or_init(|| (0..100).find(fits).expect("there is such a draw")))
}

fn sealed(policy: &str) -> String {
    tight(policy).replace("XF01 = \"announced\"", "XF01 = \"until-visit\"")
}

/// A draw in which so many people are replaced, one after the other.
fn replaced<'a>(draw: &Draw<'_>, chance: &'a Chance, changes: usize) -> Office<'a> {
    try_replaced(draw, chance, changes).expect("somebody can be replaced")
}

fn try_replaced<'a>(draw: &Draw<'_>, chance: &'a Chance, changes: usize) -> Option<Office<'a>> {
    let mut office = Office::new(draw.folder.clone(), chance, draw.seed);
    let mut sent_away = BTreeSet::new();
    for number in 0..changes {
        // The first change leaves a choice, so that an attacker has somebody else to send.
        let wanted = if number == 0 { 2 } else { 1 };
        let (unit, absent) = somebody(&office, &sent_away, wanted)?;
        office.replace(&unit, &absent);
        sent_away.insert(absent);
    }
    Some(office)
}

/// A member of a team who was not sent away yet and for whom several may stand in.
fn somebody(office: &Office<'_>, sent_away: &BTreeSet<String>, wanted: usize) -> Option<(String, String)> {
    let members = office.teams.iter().flat_map(|(unit, team)| {
        team.members.iter().enumerate().map(move |(slot, (_, name))| (unit, slot, name))
    });
    let mut fit = members.filter(|(unit, slot, name)| {
        !sent_away.contains(*name) && office.offers(unit, *slot, Digest([0; 32])).len() >= wanted
    });
    let (unit, _, name) = fit.next()?;
    Some((unit.clone(), name.clone()))
}

pub fn victim() -> Folder {
    let (district, chance) = (small(tight), chance());
    replaced(&district.draw(&chance), &chance, 3).folder
}

type Attack = (&'static str, &'static str, fn(&mut Folder));

pub const ATTACKS: &[Attack] = &[
    ("late-link-wrong", "V23", |f| answer(f, 1, |a| a.links[0].1 = Digest([7; 32]))),
    ("late-link-skipped", "V23", |f| {
        let chance = chance();
        answer(f, 3, |a| {
            a.links[0].1 = chance.link(Suite::Sha256, &"example/2026/001".parse().expect("a draw"), 4)
        });
    }),
    ("late-link-used-twice", "V23", |f| {
        let first = read_answer(f, 1).links;
        answer(f, 2, |a| a.links = first);
    }),
    ("late-link-of-the-office", "V23", |f| answer(f, 1, |a| a.links[0].0 = "office".to_owned())),
    ("late-link-left-out", "V23", |f| answer(f, 1, |a| a.links.clear())),
    ("late-stand-in-dearer", "V23", |f| stand_in(f, 1, |offers| offers[1].clone())),
    ("late-stand-in-full", "V23", |f| {
        let full = full(f).expect("a tight draw");
        stand_in(f, 1, |_| full);
    }),
    ("late-stand-in-from-another-zone", "V23", |f| {
        let request = read_request(f, 3);
        let mine = zone(f, &request.absent);
        let other = names(f).into_iter().find(|name| !mine.contains(name)).expect("two zones");
        stand_in(f, 3, |_| other);
    }),
    ("late-stand-in-replaced-before", "V23", |f| {
        let before = read_request(f, 1).absent;
        stand_in(f, 3, |_| before);
    }),
    ("late-stand-in-in-the-team", "V23", |f| {
        let Replacement { team, stand_in: right, .. } = read_answer(f, 3);
        let other = team.members.into_iter().find(|(_, name)| *name != right).expect("a team");
        stand_in(f, 3, |_| other.1);
    }),
    ("late-team-not-as-told", "V23", |f| {
        answer(f, 3, |a| {
            let names: Vec<String> = a.team.members.iter().rev().map(|(_, name)| name.clone()).collect();
            a.team.members.iter_mut().zip(names).for_each(|(member, name)| member.1 = name);
        });
    }),
    ("late-request-changed", "V12", |f| {
        let mut request = read_request(f, 3);
        request.unit = other_unit(f, &request.unit);
        put(f, &ReplaceFile::Request.name(3), request.text());
    }),
    ("late-request-changed-and-relinked", "V23", |f| {
        let mut request = read_request(f, 3);
        request.unit = other_unit(f, &request.unit);
        put(f, &ReplaceFile::Request.name(3), request.text());
        relink(f);
    }),
    ("late-other-person-sent-away", "V23", |f| {
        let mut request = read_request(f, 3);
        request.absent = read_answer(f, 3).team.members[0].1.clone();
        put(f, &ReplaceFile::Request.name(3), request.text());
        relink(f);
    }),
    ("late-unit-not-drawn", "V23", |f| {
        let mut request = read_request(f, 3);
        let drawn = teams(f).iter().map(|team| team.unit.clone()).collect::<BTreeSet<_>>();
        request.unit = (0..60).map(unit_id).find(|id| !drawn.contains(id)).expect("somebody is not drawn");
        put(f, &ReplaceFile::Request.name(3), request.text());
        relink(f);
    }),
    ("late-change-dropped", "V23", |f| {
        // The first change never was: the others take its place.
        for number in 1..=2 {
            let (request, result) = (read_request(f, number + 1), read_answer(f, number + 1));
            put(f, &ReplaceFile::Request.name(number), request.text());
            put(f, &ReplaceFile::Result.name(number), result.text());
        }
        remove(f, 3, &["-request.txt", "-request.sha256", ".txt", ".sha256"]);
        relink(f);
    }),
    ("late-change-missing", "V01", |f| remove(f, 2, &["-request.txt", "-request.sha256", ".txt", ".sha256"])),
    ("late-request-missing", "V01", |f| remove(f, 3, &["-request.txt", "-request.sha256"])),
    ("late-answer-missing", "V01", |f| remove(f, 2, &[".txt", ".sha256"])),
    ("late-text-missing", "V01", |f| remove(f, 3, &[".txt"])),
    ("late-list-missing", "V01", |f| remove(f, 3, &[".sha256"])),
    ("late-number-with-zeros", "V01", |f| {
        let bytes = f.0[&ReplaceFile::Request.name(3)].clone();
        f.0.insert("replace-0003-request.txt".to_owned(), bytes);
    }),
    ("late-list-forged", "V03", |f| {
        let name = ReplaceFile::RequestSums.name(2);
        f.0.get_mut(&name).expect("a list")[0] ^= 1;
    }),
    ("late-upper-case", "V02", |f| {
        let text = read_request(f, 3).text().replace("reason absent", "reason Absent");
        put(f, &ReplaceFile::Request.name(3), text);
    }),
    ("late-answer-before-its-request", "V12", |f| {
        answer(f, 3, |a| a.link.at = moment("2026-12-01T23:00:00Z"));
    }),
    ("late-before-the-record", "V12", |f| {
        let mut request = read_request(f, 1);
        request.link.at = moment("2026-11-24T02:00:00Z");
        put(f, &ReplaceFile::Request.name(1), request.text());
        relink(f);
    }),
    ("late-answer-to-another-request", "V12", |f| {
        let before = read_request(f, 2).text();
        let mut result = read_answer(f, 3);
        result.link.after = record::id_of(Suite::Sha256, &before);
        put(f, &ReplaceFile::Result.name(3), result.text());
    }),
];

fn read_request(f: &Folder, number: u32) -> Request {
    Request::read(&f.0[&ReplaceFile::Request.name(number)]).expect("a request")
}

fn read_answer(f: &Folder, number: u32) -> Replacement {
    Replacement::read(&f.0[&ReplaceFile::Result.name(number)]).expect("an answer")
}

/// Changes an answer and makes what follows name it again.
fn answer(f: &mut Folder, number: u32, change: impl FnOnce(&mut Replacement)) {
    let mut result = read_answer(f, number);
    change(&mut result);
    put(f, &ReplaceFile::Result.name(number), result.text());
    relink(f);
}

/// Lets somebody else stand in, of those whom the rule allows or not.
fn stand_in(f: &mut Folder, number: u32, choose: impl FnOnce(&[String]) -> String) {
    let (request, old) = (read_request(f, number), read_answer(f, number).stand_in);
    let (district, chance) = (small(tight), chance());
    let draw = district.draw(&chance);
    let before = replaced(&draw, &chance, number as usize - 1);
    let link = chance.link(Suite::Sha256, &"example/2026/001".parse().expect("a draw"), number);
    let slot = before.slot(&request.unit, &request.absent);
    let offers: Vec<String> =
        before.offers(&request.unit, slot, link).into_iter().map(|(_, _, name)| name).collect();
    let new = choose(&offers);
    assert_ne!(new, old, "not an attack");
    answer(f, number, |a| {
        a.team.members[slot].1.clone_from(&new);
        a.stand_in = new;
    });
}

fn teams(f: &Folder) -> Vec<TeamLine> {
    Table::read(&f.0[record::TEAMS]).expect("teams").lines
}

fn names(f: &Folder) -> Vec<String> {
    let inspectors: Table<InspectorLine> = Table::read(&f.0[record::INSPECTORS]).expect("inspectors");
    inspectors.lines.into_iter().map(|line| line.name).collect()
}

/// Everybody who is in a team with somebody who is in a team with `name`, and so on.
fn zone(f: &Folder, name: &str) -> BTreeSet<String> {
    let teams = teams(f);
    let at = teams.iter().position(|t| t.members.iter().any(|m| m.1 == name)).expect("in a team");
    super::near(&teams, at)
}

/// Somebody of the docket of request 1 whose visits are used up.
fn full(f: &Folder) -> Option<String> {
    let request = read_request(f, 1);
    let inspectors: Table<InspectorLine> = Table::read(&f.0[record::INSPECTORS]).expect("inspectors");
    let prices: Table<PriceLine> = Table::read(&f.0[record::PRICES]).expect("prices");
    let mine = zone(f, &request.absent);
    let team = read_answer(f, 1).team;
    let full = inspectors.lines.iter().zip(&prices.lines).find(|(line, price)| {
        let free = !team.members.iter().any(|(_, name)| *name == line.name) && line.name != request.absent;
        free && mine.contains(&line.name) && price.load == line.capacity
    });
    Some(full?.0.name.clone())
}

fn other_unit(f: &Folder, unit: &str) -> String {
    let absent = read_request(f, 3).absent;
    let fits = |team: &&TeamLine| team.unit != unit && team.members.iter().any(|(_, name)| *name == absent);
    teams(f).iter().find(fits).expect("another visit of the same person").unit.clone()
}

fn remove(f: &mut Folder, number: u32, endings: &[&str]) {
    for ending in endings {
        f.0.remove(&format!("replace-{number:03}{ending}")).expect("the file");
    }
}

#[test]
fn changes_made_by_the_rule_verify() {
    for policy in [tight, sealed] {
        let (district, chance) = (small(policy), chance());
        let draw = district.draw(&chance);
        for changes in 0..=3 {
            let report = verify(&replaced(&draw, &chance, changes).folder, &Known::default());
            assert_eq!(report.verdict, Verdict::Verified, "{:#?}", report.checks);
        }
    }
}

#[test]
fn an_unanswered_request_leaves_a_draw_incomplete() {
    let left = left("late");
    for (name, policy) in [("waiting", tight as fn(&str) -> String), ("waiting-sealed", sealed)] {
        let (district, chance) = (small(policy), chance());
        let draw = district.draw(&chance);
        let mut office = Office::new(draw.folder.clone(), &chance, draw.seed);
        let (unit, absent) = somebody(&office, &BTreeSet::new(), 2).expect("somebody");
        office.replace(&unit, &absent);
        let (unit, absent) = somebody(&office, &BTreeSet::from([absent]), 1).expect("somebody");
        let request = office.ask(&unit, &absent);
        let report = verify(&office.folder, &Known::default());
        assert_eq!(report.verdict, Verdict::Incomplete, "{request:?}\n{:#?}", report.checks);
        leave(&left.join(name), &office.folder);
    }
}

#[test]
fn before_the_opening_only_hashes_are_public() {
    let left = left("late-sealed");
    let (district, chance) = (small(sealed), chance());
    let whole = replaced(&district.draw(&chance), &chance, 3).folder;
    leave(&left.join("opened"), &whole);
    let mut folder = whole.clone();
    for file in ["open.txt", "open.sha256", "drawn.txt", "dockets.txt", "teams.txt", "prices.txt"] {
        folder.0.remove(file).expect("the file");
    }
    let mut shown = folder.clone();
    shown.0.retain(|name, _| !(name.starts_with("replace-") && name.ends_with(".txt")));
    leave(&left.join("before"), &shown);
    let report = verify(&shown, &Known::default());
    assert_eq!(report.verdict, Verdict::Incomplete, "{:#?}", report.checks);
    let status = |id: &str| report.checks.iter().find(|c| c.id == id).expect("a check").status;
    assert_eq!([status("V01"), status("V03"), status("V23")], [Status::Pass, Status::Pass, Status::NotRun]);
    // A text too early, and a list that is none.
    leave(&left.join("too-early"), &folder);
    assert_eq!(failing(&folder, &Known::default()), ["V01"]);
    let list = ReplaceFile::RequestSums.name(2);
    shown.0.insert(list, b"0123  replace-002-request.txt\n".to_vec());
    leave(&left.join("no-list"), &shown);
    assert_eq!(failing(&shown, &Known::default()), ["V03"]);
}

#[test]
fn one_changed_byte_of_a_late_change_fails() {
    let folder = victim();
    let left = left("late-flips");
    let mut number = 0;
    for (name, bytes) in folder.0.iter().filter(|(name, _)| name.starts_with("replace-")) {
        for at in 0..bytes.len() {
            let mut flipped = folder.clone();
            flipped.0.get_mut(name).expect("the file")[at] ^= 1 << (at % 8);
            assert!(!failing(&flipped, &Known::default()).is_empty(), "{name}: byte {at} unnoticed");
            number += 1;
            if number % 40 == 0 {
                leave(&left.join(format!("{name}-{at}")), &flipped);
            }
            if !name.ends_with(".txt") {
                continue;
            }
            let text = flipped.0[name].clone();
            let list = name.replace(".txt", ".sha256");
            flipped.0.insert(list, record::sums([(name.as_str(), &text[..])]).into_bytes());
            // Time and salt of the last document bind nothing until something names it.
            let last = *name == ReplaceFile::Result.name(3);
            let free = last && failing(&flipped, &Known::default()).is_empty();
            let line = String::from_utf8_lossy(&bytes[..at]).lines().last().unwrap_or_default().to_owned();
            let unbound = free && (line.starts_with("at ") || line.starts_with("team "));
            assert!(unbound || !free, "{name}: byte {at} changed with its list, unnoticed");
            assert!(last || !failing(&flipped, &Known::default()).is_empty(), "{name}: byte {at}");
        }
    }
}
