//! Attacks on draws that are given up, and on the draws after them.

use super::district::small::{small, unit_id};
use super::district::voided::{Last, after, lines, put, voided};
use super::district::{Before, Chance, District, moment};
use super::{Forger, failing, leave, left};
use serde_json::Value;
use std::path::Path;
use std::process::Command;
use yaohao::digest::{Digest, Suite};
use yaohao::record::{self, CarriedLine, Commit, DrawnLine, Table, UnitLine, Void, VoidReason, id_of};
use yaohao::seed::Nonce;
use yaohao::verify::{Folder, Known, Verdict, verify};

fn chance() -> Chance {
    Chance::number(11)
}

fn sealed() -> District {
    small(|policy| policy.replace("XF01 = \"announced\"", "XF01 = \"until-visit\""))
}

/// An open draw that is given up once everybody can compute it.
fn victim() -> Folder {
    voided(&small(str::to_owned).draw(&chance()), &chance(), Last::Reveal, VoidReason::Staffing)
}

fn sealed_victim() -> Folder {
    voided(&sealed().draw(&chance()), &chance(), Last::Reveal, VoidReason::Register)
}

fn at_ceremony(reason: VoidReason) -> Folder {
    voided(&small(str::to_owned).draw(&chance()), &chance(), Last::Ceremony, reason)
}

fn void_of(folder: &Folder) -> Void {
    Void::read(&folder.0[record::VOID]).expect("a void")
}

/// Rewrites the void, with its units as they are.
fn change(folder: &mut Folder, change: impl FnOnce(&mut Void, &mut Option<Vec<CarriedLine>>)) {
    let (mut void, mut units) = (void_of(folder), lines(folder));
    change(&mut void, &mut units);
    put(folder, void, units);
}

type Attack = (&'static str, &'static str, fn() -> Folder);

/// A folder changed by `how`.
fn forged(mut folder: Folder, how: impl FnOnce(&mut Folder)) -> Folder {
    how(&mut folder);
    folder
}

const ATTACKS: &[Attack] = &[
    ("void-without-carrying", "V12", || forged(victim(), |f| change(f, |_, units| *units = None))),
    ("void-list-shortened", "V15", || {
        forged(victim(), |f| change(f, |_, units| drop(units.as_mut().expect("units").remove(3))))
    }),
    ("void-list-changed", "V15", || {
        forged(victim(), |f| {
            change(f, |_, units| {
                let units = units.as_mut().expect("units");
                let spared = (0..60).map(unit_id).find(|id| !units.iter().any(|line| line.unit == *id));
                units[3].unit = spared.expect("somebody is not drawn");
                units.sort_by(|a, b| a.unit.cmp(&b.unit));
            });
        })
    }),
    ("void-list-of-a-better-ticket", "V15", || {
        forged(victim(), |f| change(f, |_, units| units.as_mut().expect("units")[0].ticket = Digest([0; 32])))
    }),
    ("void-list-of-another-draw", "V15", || {
        forged(victim(), |f| {
            let earlier = "example/2025/004".parse().expect("a draw");
            change(f, |_, units| units.as_mut().expect("units")[0].draw = earlier);
        })
    }),
    ("void-list-not-bound", "V15", || {
        forged(victim(), |f| {
            let mut void = void_of(f);
            let bound = void.drawn.as_mut().expect("units");
            bound.count += 1;
            f.0.insert(record::VOID.to_owned(), void.text().into_bytes());
            super::district::voided::resum(f);
        })
    }),
    ("void-list-missing", "V01", || {
        forged(victim(), |f| {
            f.0.remove(record::VOIDED);
        })
    }),
    ("void-list-unasked", "V01", || {
        forged(at_ceremony(VoidReason::Party), |f| {
            let table = Table::new(lines(&victim()).expect("units"));
            f.0.insert(record::VOIDED.to_owned(), table.text.into_bytes());
            super::district::voided::resum(f);
        })
    }),
    ("void-of-units-before-the-dice", "V12", || {
        let draw = small(str::to_owned);
        let draw = draw.draw(&chance());
        forged(voided(&draw, &chance(), Last::Commit, VoidReason::Policy), |f| {
            change(f, |_, units| *units = lines(&victim()));
        })
    }),
    ("void-after-the-dice-for-the-register", "V12", || at_ceremony(VoidReason::Register)),
    ("void-after-the-dice-for-staffing", "V12", || at_ceremony(VoidReason::Staffing)),
    ("void-late", "V12", || {
        forged(victim(), |f| change(f, |void, _| void.link.at = moment("2026-12-03T00:00:00Z")))
    }),
    ("void-back-dated", "V12", || {
        forged(victim(), |f| change(f, |void, _| void.link.at = moment("2026-11-24T01:00:00Z")))
    }),
    ("void-before-the-nonces", "V12", || {
        forged(victim(), |f| {
            let mut void = void_of(f);
            let dice = String::from_utf8(f.0[record::CEREMONY].clone()).expect("a text");
            void.link.after = id_of(Suite::Sha256, &dice);
            f.0.insert(record::VOID.to_owned(), void.text().into_bytes());
            super::district::voided::resum(f);
        })
    }),
    ("void-of-a-recorded-draw", "V01", || {
        let draw = small(str::to_owned);
        let recorded = draw.draw(&chance()).folder;
        forged(victim(), |f| f.0.extend(recorded.0))
    }),
    ("void-keeps-the-nonce", "V12", || forged(sealed_victim(), |f| change(f, |void, _| void.nonce = None))),
    ("void-opens-another-nonce", "V14", || {
        forged(sealed_victim(), |f| {
            change(f, |void, _| void.nonce.as_mut().expect("a nonce").1 = Nonce::new([7; 32]));
        })
    }),
    ("void-opens-a-nonce-too-early", "V12", || {
        let district = sealed();
        let draw = district.draw(&chance());
        forged(voided(&draw, &chance(), Last::Ceremony, VoidReason::Party), |f| {
            change(f, |void, _| void.nonce = Some(("office".to_owned(), chance().office)));
        })
    }),
];

/// The honest draw after the void.
fn next() -> Folder {
    after(&small(str::to_owned), &victim(), "example/2026/002").draw(&Chance::number(12)).folder
}

/// The draw after the void that takes over other units than it should.
fn taking_over(carried: Option<Vec<CarriedLine>>, policy: impl Fn(&str) -> String) -> Folder {
    let mut district = after(&small(policy), &victim(), "example/2026/002");
    district.before.as_mut().expect("a draw before").carried = carried;
    district.draw(&Chance::number(12)).folder
}

fn commit_of(folder: &Folder) -> Commit {
    Commit::read(&folder.0[record::COMMIT]).expect("a commitment")
}

/// Changes the commitment and all that follows from it.
fn recommit(folder: &mut Folder, change: impl FnOnce(&mut Commit)) {
    let mut commit = commit_of(folder);
    change(&mut commit);
    let mut forger = Forger { folder: std::mem::take(folder) };
    forger.put(record::COMMIT, commit.text());
    forger.relink();
    forger.resum();
    *folder = forger.folder;
}

const NEXT: &[Attack] = &[
    ("carry-forgotten", "V05", || taking_over(None, str::to_owned)),
    ("carry-shortened", "V05", || {
        let mut units = lines(&victim()).expect("units");
        units.remove(2);
        taking_over(Some(units), str::to_owned)
    }),
    ("carry-lengthened", "V05", || {
        let mut units = lines(&victim()).expect("units");
        let spared = (0..60).map(unit_id).find(|id| !units.iter().any(|line| line.unit == *id));
        let more = CarriedLine { unit: spared.expect("somebody is not drawn"), ..units[0].clone() };
        units.push(more);
        units.sort_by(|a, b| a.unit.cmp(&b.unit));
        taking_over(Some(units), str::to_owned)
    }),
    ("carry-list-edited", "V15", || {
        forged(next(), |f| {
            let mut units: Table<CarriedLine> = Table::read(&f.0[record::CARRIED]).expect("a table");
            units.lines.remove(2);
            f.0.insert(record::CARRIED.to_owned(), Table::new(units.lines).text.into_bytes());
            recommit(f, |_| ());
        })
    }),
    ("carry-list-missing", "V01", || {
        forged(next(), |f| {
            f.0.remove(record::CARRIED);
        })
    }),
    ("carried-unit-gone-from-the-register", "V26", || {
        let units = lines(&victim()).expect("units");
        let mut district = after(&small(str::to_owned), &victim(), "example/2026/002");
        district.register.units.retain(|unit| unit.id != units[2].unit);
        district.draw(&Chance::number(12)).folder
    }),
    ("carried-unit-not-drawn", "V15", || {
        forged(next(), |f| {
            let mut drawn: Table<DrawnLine> = Table::read(&f.0[record::DRAWN]).expect("drawn units");
            let spared = (0..60).map(unit_id).find(|id| !drawn.lines.iter().any(|line| line.unit == *id));
            drawn.lines[0].unit = spared.expect("somebody is not drawn");
            let mut forger = Forger { folder: std::mem::take(f) };
            forger.put(record::DRAWN, Table::new(drawn.lines).text);
            forger.rerecord();
            forger.resum();
            *f = forger.folder;
        })
    }),
    ("carried-unit-moved-to-another-stratum", "V10", || {
        forged(next(), |f| {
            let units = String::from_utf8(f.0[record::UNITS].clone()).expect("a text");
            let carried = lines(&victim()).expect("units");
            let moved = carried.iter().find(|line| line.stratum == "key/z1").expect("a unit");
            let (from, to) = (format!("{} key/z1", moved.unit), format!("{} key/z2", moved.unit));
            f.0.insert(record::UNITS.to_owned(), units.replace(&from, &to).into_bytes());
            let units: Table<UnitLine> = Table::read(&f.0[record::UNITS]).expect("units");
            recommit(f, |commit| commit.units.root = units.root(Suite::Sha256));
        })
    }),
    ("quota-not-raised", "V11", || {
        let carried = lines(&victim());
        let few = |policy: &str| policy.replace("quota = 6", "quota = 2");
        forged(taking_over(carried, few), |f| {
            recommit(f, |commit| {
                let general = commit.strata.iter_mut().find(|stratum| stratum.label == "general");
                general.expect("a stratum").quota = 2;
            });
        })
    }),
    ("quota-raised-for-nothing", "V11", || {
        forged(next(), |f| {
            recommit(f, |commit| {
                let general = commit.strata.iter_mut().find(|stratum| stratum.label == "general");
                general.expect("a stratum").quota += 1;
            });
        })
    }),
    ("carried-after-a-record", "V05", || {
        let recorded = small(str::to_owned);
        let recorded = recorded.draw(&chance()).folder;
        let mut district = after(&small(str::to_owned), &recorded, "example/2026/002");
        district.before.as_mut().expect("a draw before").carried = lines(&victim());
        district.draw(&Chance::number(12)).folder
    }),
    ("carried-from-later", "V05", || {
        let mut units = lines(&victim()).expect("units");
        units[0].draw = "example/2026/003".parse().expect("a draw");
        taking_over(Some(units), str::to_owned)
    }),
];

#[test]
fn attacks_on_voids_are_convicted_by_their_check() {
    let left = left("voids");
    for (name, folder) in [("void-none", victim()), ("void-sealed-none", sealed_victim())] {
        leave(&left.join(name), &folder);
        let report = verify(&folder, &Known::default());
        assert_eq!((report.verdict, report.void), (Verdict::Verified, true), "{name}: {report:?}");
    }
    for (name, expected, attack) in ATTACKS {
        let folder = attack();
        leave(&left.join(name), &folder);
        let failed = failing(&folder, &Known::default());
        assert_eq!(failed.first(), Some(expected), "{name}: {failed:?}");
    }
}

#[test]
fn attacks_on_the_draw_after_a_void_are_convicted_by_their_check() {
    let left = left("carried");
    let recorded = small(str::to_owned).draw(&chance()).folder;
    leave(&left.join("before"), &victim());
    leave(&left.join("before-recorded"), &recorded);
    leave(&left.join("carry-none"), &next());
    let known = |folder: &Folder| {
        let closing =
            [&victim(), &recorded].map(|f| f.get(record::VOID).or(f.get(record::RECORD)).map(<[u8]>::to_vec));
        closing.into_iter().flatten().find(|bytes| Some(Digest::of(&[bytes])) == commit_of(folder).previous)
    };
    let of = |folder: &Folder| {
        let before = known(folder);
        failing(folder, &Known { predecessor: before.as_deref(), ..Known::default() })
    };
    assert_eq!(of(&next()), [""; 0]);
    for (name, expected, attack) in NEXT {
        let folder = attack();
        leave(&left.join(name), &folder);
        let failed = of(&folder);
        assert_eq!(failed.first(), Some(expected), "{name}: {failed:?}");
    }
}

#[test]
fn a_first_draw_carries_nothing_over() {
    let mut district = small(str::to_owned);
    district.before =
        Some(Before { next: "example/2026/001", closing: Digest([0; 32]), carried: Some(Vec::new()) });
    let mut folder = district.draw(&chance()).folder;
    recommit(&mut folder, |commit| commit.previous = None);
    assert!(failing(&folder, &Known::default()).contains(&"V05"));
}

/// The office may change its suite between the void and the next draw: the root in the
/// commitment is by the new one, the table is the same.
#[test]
fn a_void_is_taken_over_by_a_draw_of_another_suite() {
    let void = victim();
    let sm3 = |policy: &str| policy.replace("[office]\n", "[office]\nsuite = \"yaohao-1-sm3\"\n");
    let mut district = after(&small(sm3), &void, "example/2026/002");
    let closing = void.get(record::VOID).expect("a void");
    let known = Known { predecessor: Some(closing), ..Known::default() };
    let folder = district.draw(&Chance::number(12)).folder;
    assert_eq!(failing(&folder, &known), [""; 0]);
    assert_eq!(verify(&folder, &known).verdict, Verdict::Verified);
    let left = left("carried-sm3");
    leave(&left.join("before"), &void);
    leave(&left.join("carry-none"), &folder);
    district.before.as_mut().expect("a draw before").carried.as_mut().expect("units").pop();
    let folder = district.draw(&Chance::number(12)).folder;
    assert_eq!(failing(&folder, &known), ["V05"]);
}

/// A closing document that lies in the draw's own folder is not that of the draw before.
#[test]
fn the_draw_before_is_looked_for_in_other_folders_only() {
    let left = left("attacks-own-folder");
    let mut folder = next();
    let closing = victim().get(record::VOID).expect("a void").to_vec();
    folder.0.insert(record::VOID.to_owned(), closing);
    leave(&left.join("002"), &folder);
    assert_eq!(of_program(&left.join("002"), "V05"), "not-run");
    leave(&left.join("001"), &victim());
    assert_eq!(of_program(&left.join("002"), "V05"), "pass");
    // What is looked at above stays for the others without the folder beside it.
    std::fs::remove_dir_all(left.join("001")).expect("a folder");
}

/// The status that the program gives a check of the draw in `folder`.
fn of_program(folder: &Path, id: &str) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_yaohao")).arg("verify").arg(folder).arg("--json").output();
    let report: Value = serde_json::from_slice(&run.expect("the program").stdout).expect("a report");
    let checks = report["draws"][0]["checks"].as_array().expect("checks");
    let check = checks.iter().find(|check| check["id"] == id).expect("the check");
    check["status"].as_str().expect("a status").to_owned()
}

/// The hash tells already that it is another draw: whether carried.txt is there does not matter.
#[test]
fn another_draw_before_fails_before_carried_txt_is_asked_for() {
    let mut folder = next();
    folder.0.remove(record::CARRIED);
    let other = sealed_victim();
    let known = Known { predecessor: other.get(record::VOID), ..Known::default() };
    assert!(failing(&folder, &known).contains(&"V05"));
}
