//! Draws that are given up, made by the specification and with none of the program's
//! own selection; and the draws after them.

use super::{Before, Chance, District, Draw, moment};
use std::collections::BTreeMap;
use yaohao::digest::Digest;
use yaohao::record::{
    self, Beacons, CarriedLine, Commit, Link, Mode, Reveal, Sealed, Table, UnitLine, UnitStanding, Void,
    VoidReason, id_of, sums,
};
use yaohao::seed::Seed;
use yaohao::verify::Folder;

/// The last document before the void.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Last {
    Commit,
    Ceremony,
    Reveal,
}

/// The public folder of `draw`, given up after `last` for `reason`, with everything
/// that it has to hand on.
pub fn voided(draw: &Draw<'_>, chance: &Chance, last: Last, reason: VoidReason) -> Folder {
    let mut folder = draw.folder.clone();
    let later = [record::CEREMONY, record::REVEAL];
    let kept = later.len().min(last as usize);
    let result = record::RESULT;
    let closing = [record::RECORD, record::RECORD_SUMS, record::OPEN, record::OPEN_SUMS];
    for file in later[kept..].iter().chain(&result).chain(&closing) {
        folder.0.remove(*file);
    }
    let commit = &draw.committed.commit;
    let computable = last == Last::Reveal;
    let lines = handed_on(&folder, computable.then_some(&draw.seed));
    let office = commit.parties[0].0.clone();
    let opens = computable && commit.mode == Mode::Sealed;
    let link = Link { draw: commit.draw.clone(), after: Digest([0; 32]), at: moment("2026-11-24T03:00:00Z") };
    let due = computable || commit.carried.is_some();
    let nonce = opens.then(|| (office, chance.office.clone()));
    put(&mut folder, Void { link, reason, nonce, drawn: None }, due.then_some(lines));
    folder
}

/// Writes the void and its list, after the last document there is; with these units.
pub fn put(folder: &mut Folder, mut void: Void, lines: Option<Vec<CarriedLine>>) {
    let suite = commit_of(folder).suite;
    void.link.after = last(folder);
    void.drawn = None;
    folder.0.remove(record::VOIDED);
    if let Some(lines) = lines {
        let table = Table::new(lines);
        void.drawn = Some(Sealed { root: table.root(suite), count: table.lines.len() as u64 });
        folder.0.insert(record::VOIDED.to_owned(), table.text.into_bytes());
    }
    folder.0.insert(record::VOID.to_owned(), void.text().into_bytes());
    resum(folder);
}

/// Makes void.sha256 fit.
pub fn resum(folder: &mut Folder) {
    let names = [record::CEREMONY, record::REVEAL, record::BEACON, record::VOID, record::VOIDED];
    let list = sums(names.iter().filter_map(|name| Some((*name, folder.get(name)?))));
    folder.0.insert(record::VOID_SUMS.to_owned(), list.into_bytes());
}

fn commit_of(folder: &Folder) -> Commit {
    Commit::read(&folder.0[record::COMMIT]).expect("a commitment")
}

/// Hash of the last document before a void.
pub fn last(folder: &Folder) -> Digest {
    let ceremony = folder.get(record::CEREMONY).map(|b| Beacons::read(b, false).expect("dice").text(false));
    let reveal = folder.get(record::REVEAL).map(|b| Reveal::read(b).expect("nonces").text());
    let commit = commit_of(folder);
    id_of(commit.suite, &reveal.or(ceremony).unwrap_or(commit.text()))
}

/// What a void hands on: the lines of carried.txt, and what `seed` draws, if it is known.
fn handed_on(folder: &Folder, seed: Option<&Seed>) -> Vec<CarriedLine> {
    let commit = commit_of(folder);
    let carried = folder.get(record::CARRIED).map(|b| Table::<CarriedLine>::read(b).expect("a table").lines);
    let mut lines: BTreeMap<String, CarriedLine> =
        carried.unwrap_or_default().into_iter().map(|line| (line.unit.clone(), line)).collect();
    let Some(seed) = seed else { return lines.into_values().collect() };
    let units: Table<UnitLine> = Table::read(&folder.0[record::UNITS]).expect("units");
    let before = lines.clone();
    for stratum in &commit.strata {
        let standing = UnitStanding::Stratum(stratum.label.clone());
        let pool = units.lines.iter().filter(|unit| unit.standing == standing);
        let ticket = |id: &str| {
            seed.suite.digest(&[format!("yaohao/ticket/v1\n{seed}\n{}\n{id}\n", stratum.label).as_bytes()])
        };
        let mut order: Vec<(bool, Digest, &str)> =
            pool.map(|u| (!before.contains_key(&u.id), ticket(&u.id), u.id.as_str())).collect();
        order.sort();
        for (rank, (_, ticket, unit)) in (1..).zip(order).take(stratum.quota as usize) {
            lines.entry(unit.to_owned()).or_insert_with(|| CarriedLine {
                unit: unit.to_owned(),
                draw: commit.draw.clone(),
                stratum: stratum.label.clone(),
                rank,
                ticket,
            });
        }
    }
    lines.into_values().collect()
}

/// The lines that a void hands on.
pub fn lines(folder: &Folder) -> Option<Vec<CarriedLine>> {
    folder.get(record::VOIDED).map(|bytes| Table::read(bytes).expect("a table").lines)
}

/// The same district, of any suite, after the closed draw of `folder`, as draw `next`.
pub fn after(district: &District, folder: &Folder, next: &'static str) -> District {
    let closing = folder.get(record::VOID).or_else(|| folder.get(record::RECORD)).expect("a closed draw");
    let before = Before { next, closing: district.policy.suite.digest(&[closing]), carried: lines(folder) };
    District { before: Some(before), ..district.clone() }
}
