//! What may happen to a published folder: by accident, and by somebody who knows it.

use super::chance::Random;
use super::make::Made;
use super::mend::{Care, mend, put, text};
use super::text as texts;
use yaohao::record::{
    self, AvailabilityLine, CarriedLine, DocketLine, PriceLine, Replacement, ScheduleLine, Table, TableLine,
    TeamLine,
};
use yaohao::verify::Folder;

/// Damages `made`; `other` is another draw, from which files may come.
pub fn damage(random: &mut Random, made: &mut Made, other: &Made) {
    let care =
        [Care::None, Care::Lists, Care::Lists, Care::Links, Care::Record, Care::Record, Care::Commitment];
    let care = care[random.below(7)];
    let before = made.folder.clone();
    let kind = match random.below(12) {
        0 => by_accident(random, &mut made.folder),
        1 => files(random, &mut made.folder, &other.folder),
        2 | 3 => documents(random, &mut made.folder),
        4..=6 => result(random, &mut made.folder),
        7 => late(random, &mut made.folder),
        8 => known(random, made, other),
        _ => one_text(random, &mut made.folder),
    };
    mend(&mut made.folder, care);
    if before != made.folder || kind == "what is known" {
        made.features.insert(kind);
        made.features.insert("damaged");
    }
}

fn name(random: &mut Random, folder: &Folder) -> String {
    let names: Vec<&String> = folder.0.keys().collect();
    names[random.below(names.len())].clone()
}

/// Bits and cuts.
fn by_accident(random: &mut Random, folder: &mut Folder) -> &'static str {
    let name = name(random, folder);
    let bytes = folder.0.get_mut(&name).expect("the file");
    if bytes.is_empty() {
        return "a bit or a cut";
    }
    let at = random.below(bytes.len());
    if random.one_in(4) {
        bytes.truncate(at)
    } else {
        bytes[at] ^= 1 << random.below(8)
    }
    "a bit or a cut"
}

/// Files lost, added, or of another draw.
fn files(random: &mut Random, folder: &mut Folder, other: &Folder) -> &'static str {
    let name = name(random, folder);
    let strange = [
        "README",
        "drawn-2.txt",
        "replace-001.txt",
        "replace-0001.txt",
        "replace-10000.sha256",
        "open.txt",
        "void.txt",
        "sealed.bin",
        "beacon.txt",
        "ceremony.txt",
        "carried.txt",
        "odds.txt",
        "void.sha256",
        "replace-002-request.sha256",
        "replace-001.sealed",
        "voided.txt",
        "record.sha256",
        "availability.txt",
        "schedule.txt",
    ];
    match random.below(4) {
        0 => drop(folder.0.remove(&name)),
        1 => put(folder, random.pick(&strange), folder.0[&name].clone()),
        2 => put(folder, random.pick(&strange), ""),
        _ => match other.get(&name) {
            Some(bytes) => put(folder, &name, bytes),
            None => drop(folder.0.remove(&name)),
        },
    }
    "files lost, added or exchanged"
}

/// Any text of the folder.
fn one_text(random: &mut Random, folder: &mut Folder) -> &'static str {
    let name = name(random, folder);
    if let Some(text) = text(folder, &name) {
        put(folder, &name, texts::change(random, &text));
    }
    "a text"
}

/// The short documents, where every word matters.
fn documents(random: &mut Random, folder: &mut Folder) -> &'static str {
    let documents = [
        record::COMMIT,
        record::CEREMONY,
        record::REVEAL,
        record::BEACON,
        record::RECORD,
        record::OPEN,
        record::VOID,
    ];
    let there: Vec<&str> = documents.into_iter().filter(|name| folder.get(name).is_some()).collect();
    if there.is_empty() {
        return "a document";
    }
    let name = random.pick(&there);
    let Some(text) = text(folder, name) else { return "a document" };
    let changed = match random.below(3) {
        0 => times(random, &text),
        1 => texts::digit(random, &text),
        _ => texts::change(random, &text),
    };
    put(folder, name, changed);
    "a document"
}

/// Another moment or day.
fn times(random: &mut Random, text: &str) -> String {
    let keys = ["at ", "committed ", "close-by ", "open-by ", "window ", "reason ", "mode "];
    let values = [
        "2026-11-23T06:00:00Z",
        "2026-11-30T16:00:00Z",
        "2027-01-20T16:00:00Z",
        "2026-02-29T00:00:00Z",
        "2026-11-24T02:02:59Z",
        "2026-11-24T02:13:00Z",
        "2026-11-25T13:24:59Z",
        "2026-11-25T13:25:00Z",
        "2026-11-25T13:30:00Z",
        "2026-11-26T13:15:00Z",
        "2026-11-23T06:01:00Z",
        "2026-11-24T06:00:00Z",
        "2026-11-24T24:00:00Z",
        "2026-11-24T02:00:60Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "2026-12-01",
        "2026-12-01 2026-12-31",
        "2026-12-31 2026-12-01",
        "staffing",
        "party",
        "beacon",
        "open",
        "sealed",
    ];
    let line = |line: &str, random: &mut Random| match keys.iter().find(|key| line.starts_with(**key)) {
        Some(key) if random.one_in(2) => format!("{key}{}\n", random.pick(&values)),
        _ => line.to_owned(),
    };
    text.split_inclusive('\n').map(|l| line(l, random)).collect()
}

fn edit<L: TableLine>(folder: &mut Folder, name: &str, edit: impl FnOnce(&mut Vec<L>)) {
    let Some(Ok(mut table)) = folder.get(name).map(Table::<L>::read) else { return };
    if !table.lines.is_empty() {
        edit(&mut table.lines);
        put(folder, name, Table::new(table.lines).text);
    }
}

/// Teams, prices, dockets and carried units that could be meant.
fn result(random: &mut Random, folder: &mut Folder) -> &'static str {
    if folder.get(record::CARRIED).is_some() && random.one_in(2) {
        edit::<CarriedLine>(folder, record::CARRIED, |lines| carried(random, lines));
        return "carried units";
    }
    if folder.get(record::SCHEDULE).is_some() && random.one_in(2) {
        match random.one_in(4) {
            true => edit::<AvailabilityLine>(folder, record::AVAILABILITY, |lines| available(random, lines)),
            false => edit::<ScheduleLine>(folder, record::SCHEDULE, |lines| day(random, lines)),
        }
        return "days";
    }
    match random.below(3) {
        0 => {
            edit::<TeamLine>(folder, record::TEAMS, |teams| people(random, teams));
            "teams"
        }
        1 => {
            edit::<PriceLine>(folder, record::PRICES, |lines| price(random, lines));
            "prices"
        }
        _ => {
            edit::<DocketLine>(folder, record::DOCKETS, |lines| docket(random, lines));
            "dockets"
        }
    }
}

fn carried(random: &mut Random, lines: &mut Vec<CarriedLine>) {
    let at = random.below(lines.len());
    match random.below(6) {
        0 => lines[at].draw = "example/2026/002".parse().expect("a draw"),
        1 => lines[at].draw = "example/2025/117".parse().expect("a draw"),
        2 => lines[at].draw = "other/2026/001".parse().expect("a draw"),
        3 => lines[at].unit += "0",
        4 => lines.reverse(),
        _ => drop(lines.remove(at)),
    }
}

fn day(random: &mut Random, lines: &mut Vec<ScheduleLine>) {
    let (a, b) = (random.below(lines.len()), random.below(lines.len()));
    match random.below(6) {
        0 => lines[a].day = None,
        1 => lines[a].day = Some("2026-12-05".parse().expect("a date")),
        2 => lines[a].day = lines[b].day,
        3 => lines.swap(a, b),
        4 => drop(lines.remove(a)),
        _ => lines[a].salt = lines[b].salt.clone(),
    }
}

fn available(random: &mut Random, lines: &mut [AvailabilityLine]) {
    let (a, b) = (random.below(lines.len()), random.below(lines.len()));
    match random.below(5) {
        0 => lines[a].minutes[0] = 0,
        1 => lines[a].minutes[0] = u32::MAX,
        2 => lines[a].minutes.push(240),
        3 => lines.swap(a, b),
        _ => lines[a].salt = lines[b].salt.clone(),
    }
}

fn people(random: &mut Random, teams: &mut [TeamLine]) {
    let (a, b) = (random.below(teams.len()), random.below(teams.len()));
    let slot = random.below(teams[a].members.len());
    let other = teams[b].members[random.below(teams[b].members.len())].1.clone();
    match random.below(4) {
        0 => {
            let first = teams[a].members[0].1.clone();
            teams[a].members[0].1 = std::mem::replace(&mut teams[a].members[1].1, first);
        }
        1 => teams[a].members[slot].1 = other,
        2 if teams[a].members.len() == teams[b].members.len() => {
            let members = teams[a].members.clone();
            teams[a].members = std::mem::replace(&mut teams[b].members, members);
        }
        2 => drop(teams[a].members.pop()),
        _ => teams[a].salt = teams[b].salt.clone(),
    }
}

fn price(random: &mut Random, lines: &mut [PriceLine]) {
    let (a, b) = (random.below(lines.len()), random.below(lines.len()));
    let steps = [1, -1, 1 << 12, 1 << 48, 1 << 86, 1 << 111, (1 << 124) - 1, 1 << 124, (1 << 126) - 1];
    let step: i128 = steps[random.below(steps.len())];
    let line = &mut lines[a];
    let band = random.below(line.prices.len());
    match random.below(7) {
        0 | 1 => line.prices[band] = (line.prices[band] + step).max(0),
        2 | 3 => line.lead_prices[band] = (line.lead_prices[band] + step).max(0),
        4 => line.load = line.load.saturating_add_signed(if random.one_in(2) { 1 } else { -1 }),
        5 => line.leads += 1,
        _ => lines.swap(a, b),
    }
}

fn docket(random: &mut Random, lines: &mut [DocketLine]) {
    let (a, b) = (random.below(lines.len()), random.below(lines.len()));
    let other = lines[b].clone();
    let people = &mut lines[a].people;
    let slot = random.below(people.slots.len());
    match random.below(12) {
        8 => people.minutes = if people.minutes.is_empty() { vec![240] } else { Vec::new() },
        9 => people.town = if people.town.is_none() { Some("T1".to_owned()) } else { None },
        10 => people.town = other.people.town,
        11 => people.minutes.iter_mut().for_each(|minutes| *minutes = 1),
        0 => drop(people.slots[slot].1.pop()),
        1 => people.slots[slot].1.reverse(),
        2 => people.slots[slot].1 = other.people.slots[0].1.clone(),
        3 => people.band += 1,
        4 => people.again = other.people.slots[0].1.clone(),
        5 if people.slots[slot].1.len() > 1 => {
            let names = &people.slots[slot].1;
            people.apart = vec![(names[0].clone(), names[1].clone())];
        }
        5 => people.apart.clear(),
        6 => people.away = if people.away.is_empty() { other.people.slots } else { Vec::new() },
        _ => lines[a].salt = other.salt,
    }
}

/// Requests and answers of late changes, or the void's list.
fn late(random: &mut Random, folder: &mut Folder) -> &'static str {
    let late = |name: &&String| name.starts_with("replace") || name.as_str() == record::VOIDED;
    let names: Vec<String> = folder.0.keys().filter(late).cloned().collect();
    if names.is_empty() {
        return one_text(random, folder);
    }
    let name = names[random.below(names.len())].clone();
    let names: Vec<String> = match folder.get(record::INSPECTORS).map(Table::<record::InspectorLine>::read) {
        Some(Ok(table)) => table.lines.into_iter().map(|line| line.name).collect(),
        _ => Vec::new(),
    };
    match folder.get(&name).map(Replacement::read) {
        Some(Ok(mut answer)) if !names.is_empty() => {
            let stand_in = names[random.below(names.len())].clone();
            let old = std::mem::replace(&mut answer.stand_in, stand_in.clone());
            let seat = answer.team.members.iter_mut().filter(|member| member.1 == old);
            seat.for_each(|member| member.1.clone_from(&stand_in));
            put(folder, &name, answer.text());
        }
        _ => {
            let changed = text(folder, &name).map(|text| texts::change(random, &text));
            changed.into_iter().for_each(|text| put(folder, &name, text));
        }
    }
    "a late change or a void's list"
}

/// What the verifier was told from elsewhere.
fn known(random: &mut Random, made: &mut Made, other: &Made) -> &'static str {
    match random.below(3) {
        0 => made.predecessor = other.folder.get(record::RECORD).map(<[u8]>::to_vec),
        1 => made.predecessor = made.predecessor.take().map(|bytes| bytes[..bytes.len() / 2].to_vec()),
        _ => made.commitment = other.commitment,
    }
    "what is known"
}
