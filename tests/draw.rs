//! One draw of the example district, whole: what it promises to everybody.

mod district;

use district::{Chance, District, example};
use std::collections::{BTreeMap, BTreeSet};
use yaohao::draw::{Spread, workload};
use yaohao::eligibility::Standing;
use yaohao::register::Subject;
use yaohao::stream::Stream;
use yaohao::verify::{Known, Status, Verdict, verify};

#[test]
fn the_example_draw_verifies_with_every_check_run() {
    let district = example();
    let draw = district.draw(&Chance::number(1));
    let known = Known { commitment: Some(draw.committed.commit.id()), ..Known::default() };
    let report = verify(&draw.folder, &known);
    // V28 needs a log, see tests/logged.rs; V29 the files for verifying, see tests/audit.rs.
    let not_passed: Vec<_> = report
        .checks
        .iter()
        .filter(|c| c.status != Status::Pass && !["V28", "V29"].contains(&c.id))
        .collect();
    assert!(not_passed.is_empty(), "{not_passed:#?}");
    assert_eq!(report.verdict, Verdict::Verified);
    assert_eq!(report.checks.len(), 30);
}

#[test]
fn neither_the_order_of_rows_nor_threads_change_a_byte() {
    let district = example();
    let expected = district.draw(&Chance::number(2)).folder;
    let shuffled = district::district(district::POLICY, shuffled);
    assert_eq!(shuffled.register, district.register);
    for threads in [1, 2, 7] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        let folder = pool.install(|| shuffled.draw(&Chance::number(2)).folder);
        assert_eq!(folder, expected, "{threads} threads");
    }
}

/// A shipped table with its rows in another order.
fn shuffled(table: &str) -> Vec<u8> {
    let text = std::fs::read_to_string(format!("config/example/{table}.csv")).expect("shipped");
    let mut lines: Vec<&str> = text.lines().collect();
    Stream::new(yaohao::digest::Digest::of(&[b"rows"])).shuffle(&mut lines[1..]);
    (lines.join("\n") + "\n").into_bytes()
}

#[test]
fn gb18030_and_xlsx_registers_give_the_same_bytes() {
    let district = example();
    let expected = district.draw(&Chance::number(3)).folder;
    let read = |table: &str| std::fs::read_to_string(format!("config/example/{table}.csv")).expect("shipped");
    let gb18030 = |table: &str| {
        let text = read(table).trim_start_matches('\u{feff}').to_owned();
        encoding_rs::GB18030.encode(&text).0.into_owned()
    };
    assert_eq!(district::district(district::POLICY, gb18030).draw(&Chance::number(3)).folder, expected);
    let xlsx = |table: &str| workbook(read(table).trim_start_matches('\u{feff}'));
    assert_eq!(district::district(district::POLICY, xlsx).draw(&Chance::number(3)).folder, expected);
}

/// The rows of a CSV as text cells of a workbook; the row with too few cells
/// stays too short, as an empty cell counts for none.
fn workbook(csv: &str) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(csv.lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            sheet.write_string(row, column, cell).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn quotas_are_drawn_to_the_unit() {
    let district = example();
    let draw = district.draw(&Chance::number(4));
    let mut drawn: BTreeMap<&str, u64> = BTreeMap::new();
    for line in &draw.drawing.drawn.lines {
        *drawn.entry(&line.stratum).or_default() += 1;
    }
    for (stratum, quota) in draw.plan.eligibility.strata.iter().zip(&draw.plan.quotas) {
        assert_eq!(drawn.get(stratum.label.as_str()).copied().unwrap_or(0), *quota, "{}", stratum.label);
    }
    assert_eq!(draw.drawing.assigned.len() as u64, draw.plan.total());
}

#[test]
fn every_team_is_lawful_and_every_recusal_honoured() {
    let mut district = example();
    district.register.recusals.extend(broad_recusals(&district));
    for number in 0..10 {
        let draw = district.draw(&Chance::number(number));
        assert_lawful(&district, &draw);
    }
}

/// Recusals of one lead and one assistant a zone from every third owner group and unit.
fn broad_recusals(district: &District) -> Vec<yaohao::register::Recusal> {
    let units = district.register.units.iter().step_by(3);
    let recusal = |(n, unit): (usize, &yaohao::register::Unit)| yaohao::register::Recusal {
        certificate: format!("SL{:04}", 1 + n % 60),
        subject: unit.group.clone().map_or(Subject::Unit(unit.id.clone()), Subject::Group),
        period: Default::default(),
        reason: "示例".to_owned(),
    };
    units.enumerate().map(recusal).collect()
}

fn assert_lawful(district: &District, draw: &district::Draw<'_>) {
    let recused: BTreeSet<(&str, &Subject)> =
        district.register.recusals.iter().map(|r| (r.certificate.as_str(), &r.subject)).collect();
    let mut minutes: BTreeMap<usize, u32> = BTreeMap::new();
    for assigned in &draw.drawing.assigned {
        let candidate = &draw.plan.eligibility.candidates[assigned.candidate];
        assert!(matches!(candidate.standing, Standing::Pool { stratum, .. } if stratum == assigned.stratum));
        let people: BTreeSet<usize> = assigned.team.iter().copied().collect();
        assert_eq!(people.len(), 2, "two different people");
        for (slot, position) in assigned.team.iter().enumerate() {
            let seat = &draw.plan.eligibility.seats[*position];
            let who = seat.inspector;
            assert!(slot == 1 || who.lead, "the first is a lead");
            assert_eq!(Some(who.zone.as_str()), candidate.zone, "of the zone");
            assert_eq!(seat.unfit, None);
            let by_unit = Subject::Unit(candidate.unit.id.clone());
            assert!(!recused.contains(&(who.certificate.as_str(), &by_unit)));
            if let Some(group) = &candidate.unit.group {
                assert!(!recused.contains(&(who.certificate.as_str(), &Subject::Group(group.clone()))));
            }
            *minutes.entry(*position).or_default() += seat.visit_minutes;
        }
    }
    for (position, minutes) in minutes {
        assert!(minutes <= draw.plan.eligibility.seats[position].minutes_left, "hours are kept");
    }
}

/// What the office is told of visits and hours, added up another way.
#[test]
fn the_workload_is_that_of_the_teams() {
    let mut district = example();
    for unit in district.register.units.iter_mut().step_by(3) {
        unit.minutes = Some(95);
    }
    let draw = district.draw(&Chance::number(6));
    let work = workload(&draw.plan, &draw.drawing);
    let (seats, candidates) = (&draw.plan.eligibility.seats, &draw.plan.eligibility.candidates);
    let standard = [240, 180];
    // By role: visits and minutes of each position.
    let mut held = [vec![(0, 0); seats.len()], vec![(0, 0); seats.len()]];
    let mut hours: BTreeMap<&str, u64> = BTreeMap::new();
    for assigned in &draw.drawing.assigned {
        let candidate = &candidates[assigned.candidate];
        for (slot, position) in assigned.team.iter().enumerate() {
            let minutes = u64::from(candidate.unit.minutes.unwrap_or(standard[slot]));
            held[slot][*position].0 += 1;
            held[slot][*position].1 += minutes;
            *hours.entry(candidate.zone.expect("a zone")).or_default() += minutes;
        }
    }
    let able = |position: &usize| seats[*position].capacity > 0;
    let able: Vec<usize> = (0..seats.len()).filter(able).collect();
    let both = |p: usize| (held[0][p].0 + held[1][p].0, held[0][p].1 + held[1][p].1);
    let spread = |values: Vec<u64>| Spread {
        least: *values.iter().min().expect("people"),
        most: *values.iter().max().expect("people"),
        sum: values.iter().sum(),
    };
    assert_eq!(work.all.people, able.len());
    assert_eq!(work.all.visits, spread(able.iter().map(|p| both(*p).0).collect()));
    assert_eq!(work.all.minutes, spread(able.iter().map(|p| both(*p).1).collect()));
    for (slot, (role, work)) in work.roles.iter().enumerate() {
        assert_eq!(*role, district.policy.team.shapes[0].slots[slot]);
        // In the example everybody who may lead, or assist, may do so somewhere.
        let may = |p: &&usize| slot == 1 || seats[**p].inspector.lead;
        let people: Vec<usize> = able.iter().filter(may).copied().collect();
        assert_eq!(work.people, people.len());
        assert_eq!(work.visits, spread(people.iter().map(|p| held[slot][*p].0).collect()));
        assert_eq!(work.minutes, spread(people.iter().map(|p| held[slot][*p].1).collect()));
    }
    let zones = work.zones.iter().map(|(zone, _, work)| (zone.as_str(), work.minutes.sum));
    assert_eq!(zones.collect::<BTreeMap<_, _>>(), hours);
    assert_eq!(work.zones.iter().map(|(_, units, _)| units).sum::<usize>(), draw.drawing.assigned.len());
}

#[test]
fn the_next_draw_rests_units_and_rotates_inspectors() {
    let mut district = example();
    let first = district.draw(&Chance::number(5));
    let mut history = district.history.clone();
    let mut visited = BTreeMap::new();
    for assigned in &first.drawing.assigned {
        let unit = first.plan.eligibility.candidates[assigned.candidate].unit.id.clone();
        let person = |p: &usize| first.plan.eligibility.seats[*p].inspector.certificate.clone();
        let team: BTreeSet<String> = assigned.team.iter().map(person).collect();
        history.add(&unit, district.window.last, team.clone(), true);
        visited.insert(unit, team);
    }
    drop(first);
    district.history = history;
    // The month after: everything drawn in December rests.
    district.window = yaohao::eligibility::Window {
        first: district::date("2027-01-01"),
        last: district::date("2027-01-31"),
    };
    let january = district.draw(&Chance::number(6));
    let again = january.drawing.drawn.lines.iter().filter(|line| visited.contains_key(&line.unit));
    assert_eq!(again.count(), 0, "no unit is drawn within its cooldown");
    // After the cooldown they may come again, but not with the same people.
    district.window = yaohao::eligibility::Window {
        first: district::date("2027-05-01"),
        last: district::date("2027-05-31"),
    };
    let may = district.draw(&Chance::number(7));
    let mut met = 0;
    for assigned in &may.drawing.assigned {
        let unit = &may.plan.eligibility.candidates[assigned.candidate].unit.id;
        let Some(before) = visited.get(unit) else { continue };
        met += 1;
        for position in &assigned.team {
            assert!(!before.contains(&may.plan.eligibility.seats[*position].inspector.certificate));
        }
    }
    assert!(met > 0, "the test saw units again");
}

#[test]
fn a_sealed_draw_verifies_once_it_is_opened() {
    let policy = district::POLICY.replace("XF03 = \"announced\"", "XF03 = \"until-visit\"");
    let read = |table: &str| std::fs::read(format!("config/example/{table}.csv")).expect("shipped");
    let district = district::district(&policy, read);
    let mut folder = district.draw(&Chance::number(8)).folder;
    assert_eq!(verify(&folder, &Known::default()).verdict, Verdict::Verified);
    for file in ["open.txt", "open.sha256"].iter().chain(&yaohao::record::RESULT) {
        folder.0.remove(*file);
    }
    assert_eq!(verify(&folder, &Known::default()).verdict, Verdict::Incomplete);
    let office = Chance::number(8).office.reveal();
    let leaked = folder.0.values().any(|bytes| String::from_utf8_lossy(bytes).contains(&office));
    assert!(!leaked, "the office's nonce stays secret until the opening");
}
