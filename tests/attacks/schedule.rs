//! Days of visits, changed by somebody who chooses one; and what an office may commit to
//! and draw honestly after.

use super::{Attack, Forger};
use crate::district::small::small;
use crate::district::{Chance, date};
use yaohao::digest::Digest;
use yaohao::record::{self, AvailabilityLine, Commit, Record, ScheduleLine, Table, id_of};
use yaohao::verify::Folder;

/// The small district with days.
fn district() -> crate::district::District {
    let days = "[schedule]\nday_minutes = { lead = 420, assistant = 420 }\n";
    small(|policy| policy.replace("[[beacon]]", &format!("{days}[[beacon]]")))
}

pub fn victim() -> Folder {
    district().draw(&Chance::number(11)).folder
}

fn lines(f: &Forger) -> Vec<ScheduleLine> {
    Table::read(&f.folder.0[record::SCHEDULE]).expect("days").lines
}

/// Publishes these days, and makes the record fit them.
fn publish(f: &mut Forger, lines: Vec<ScheduleLine>) {
    f.put(record::SCHEDULE, Table::new(lines).text);
    let mut record = Record::read(&f.folder.0[record::RECORD]).expect("a record");
    record.schedule = Some(id_of(f.suite(), &f.text(record::SCHEDULE)));
    f.put(record::RECORD, record.text());
}

fn change(f: &mut Forger, change: impl Fn(&mut Vec<ScheduleLine>)) {
    let mut lines = lines(f);
    change(&mut lines);
    publish(f, lines);
}

/// Takes a leave back, or gives one: no minutes for the first inspector on the first day.
fn unavailable(f: &mut Forger) {
    let mut table: Table<AvailabilityLine> = Table::read(&f.folder.0[record::AVAILABILITY]).expect("a table");
    table.lines[0].minutes[0] = 0;
    f.put(record::AVAILABILITY, Table::new(table.lines).text);
}

fn recommit(f: &mut Forger, change: impl Fn(&mut Commit)) {
    let mut commit = Commit::read(&f.folder.0[record::COMMIT]).expect("a commitment");
    change(&mut commit);
    f.put(record::COMMIT, commit.text());
    f.relink();
}

pub const ATTACKS: &[Attack] = &[
    ("day-moved", "V30", |f| {
        change(f, |lines| {
            let other = lines.iter().map(|line| line.day).find(|day| *day != lines[0].day);
            lines[0].day = other.expect("visits on several days");
        });
    }),
    ("day-moved-and-not-bound", "V30", |f| {
        let first = lines(f)[0].day.expect("a day").to_string();
        let to = if first == "2026-12-01" { "2026-12-02" } else { "2026-12-01" };
        f.edit(record::SCHEDULE, &first, to);
    }),
    ("day-on-a-saturday", "V30", |f| change(f, |lines| lines[0].day = Some(date("2026-12-05")))),
    ("day-taken-away", "V30", |f| change(f, |lines| lines[0].day = None)),
    ("days-of-two-units-exchanged", "V30", |f| {
        change(f, |lines| {
            let b = (1..lines.len()).find(|b| lines[*b].day != lines[0].day).expect("another day");
            (lines[0].day, lines[b].day) = (lines[b].day, lines[0].day);
        });
    }),
    ("day-left-out", "V30", |f| change(f, |lines| drop(lines.pop()))),
    ("day-salt-changed", "V30", |f| {
        let salt = lines(f)[0].salt.clone();
        f.edit(record::SCHEDULE, &salt, &"0".repeat(32));
    }),
    ("availability-changed", "V30", unavailable),
    ("availability-changed-and-recommitted", "V15", |f| {
        unavailable(f);
        let hash = id_of(f.suite(), &f.text(record::AVAILABILITY));
        recommit(f, |commit| commit.schedule.iter_mut().for_each(|basis| basis.availability = hash));
    }),
    ("visit-made-shorter", "V16", |f| f.edit(record::DOCKETS, "minutes=240,", "minutes=24,")),
    ("visit-put-into-another-town", "V16", |f| f.edit(record::DOCKETS, "town=500112011", "town=500112133")),
    ("day-added-and-relinked", "V15", |f| {
        recommit(f, |commit| {
            let days = &mut commit.schedule.as_mut().expect("days").days;
            days.push(date("2026-12-26"));
            days.sort();
        });
    }),
    ("day-added", "V12", |f| f.edit(record::COMMIT, "days 2026-12-01 ", "days ")),
    ("day-outside-the-window", "V02", |f| f.edit(record::COMMIT, "days 2026-12-01", "days 2026-11-30")),
    ("days-out-of-order", "V02", |f| {
        f.edit(record::COMMIT, "days 2026-12-01 2026-12-02", "days 2026-12-02 2026-12-01");
    }),
    ("days-not-asked-for", "V01", |f| recommit(f, |commit| commit.schedule = None)),
    ("record-without-its-days", "V30", |f| {
        let mut record = Record::read(&f.folder.0[record::RECORD]).expect("a record");
        record.schedule = None;
        f.put(record::RECORD, record.text());
    }),
    ("days-missing", "V01", |f| {
        f.folder.0.remove(record::SCHEDULE);
    }),
    ("availability-missing", "V01", |f| {
        f.folder.0.remove(record::AVAILABILITY);
    }),
];

/// A name, the check that convicts, and what is changed in the commitment before an honest draw.
type Lie = (&'static str, &'static str, fn(&mut Commit));

const LIES: &[Lie] = &[
    ("days-left-out", "V06", |commit| commit.schedule = None),
    ("availability-of-something-else", "V30", |commit| {
        commit.schedule.as_mut().expect("days").availability = Digest([1; 32]);
    }),
    ("availability-of-more-days", "V30", |commit| commit.schedule.as_mut().expect("days").days.truncate(9)),
];

/// The folders of honest draws on such commitments, with the check that convicts first.
pub fn lies() -> Vec<(&'static str, &'static str, Folder)> {
    let lie = |(name, id, forge): &Lie| {
        let mut district = district();
        district.forge = Some(*forge);
        (*name, *id, district.draw(&Chance::number(11)).folder)
    };
    let mut lies: Vec<_> = LIES.iter().map(lie).collect();
    // Days that the policy does not ask for; its dockets know none.
    let mut unasked = small(str::to_owned);
    unasked.forge = Some(|commit| {
        let days = vec![date("2026-12-01")];
        commit.schedule = Some(record::ScheduleBasis { availability: Digest([1; 32]), days });
    });
    lies.push(("days-never-asked-for", "V01", unasked.draw(&Chance::number(11)).folder));
    let mut told = Forger { folder: small(str::to_owned).draw(&Chance::number(11)).folder };
    let mut record = Record::read(&told.folder.0[record::RECORD]).expect("a record");
    record.schedule = Some(Digest([2; 32]));
    told.put(record::RECORD, record.text());
    told.resum();
    lies.push(("days-in-the-record-alone", "V30", told.folder));
    lies
}
