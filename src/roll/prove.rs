//! The proof for one unit, out of the tiles of a roll, reading only what it needs.

use super::shelf::{Found, Placed, Shelf};
use super::{Listed, Papers, RollCommit, RollDrawn, RollPlace, RollRecord, RollResult, RollSlip, RollUnit};
use crate::digest::Digest;
use crate::lang::Said;
use crate::log::{Fault, Fetch};
use crate::record::id_of;
use crate::said;
use crate::sampling::Ticketer;
use crate::seed::Seed;
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;

/// Proves what became of units, one after another. What it keeps does not grow with their number.
pub struct Prover<'a> {
    commit: &'a RollCommit,
    id: Digest,
    units: Shelf<'a, RollUnit>,
    drawn: Option<Drawn<'a>>,
}

/// The closed draw.
struct Drawn<'a> {
    record: Digest,
    seed: Seed,
    lines: Shelf<'a, RollDrawn>,
    /// The last line of each stratum, which most units need.
    lasts: RefCell<BTreeMap<String, Placed<RollDrawn>>>,
}

/// Why a unit's proof cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unprovable {
    /// The tiles of the roll are not what is committed.
    Roll(Fault),
    /// The tiles of drawn.txt are not what is recorded.
    Drawn(Fault),
    /// What was found contradicts the documents, or itself.
    Contradiction(Said),
}

impl Unprovable {
    /// Why, in both languages.
    pub fn said(&self) -> Said {
        match self {
            Unprovable::Roll(fault) => fault.said_of(&said!("名册", "the roll")),
            Unprovable::Drawn(fault) => fault.said_of(&said!("抽取结果", "drawn.txt")),
            Unprovable::Contradiction(said) => said.clone(),
        }
    }
}

impl<'a> Prover<'a> {
    /// A prover for the roll of these documents. `units` fetches what lies below the roll's
    /// folder, such as `tile/0/000`, and `drawn` what lies below `drawn` there.
    ///
    /// # Errors
    /// If there is no commitment, the tiles at the right edge are not there or not what the
    /// documents name, or a record is there without what its seed is made of.
    pub fn open(
        papers: &'a Papers<'_>,
        units: Fetch<'a>,
        drawn: Fetch<'a>,
    ) -> Result<Prover<'a>, Unprovable> {
        let none = || contradiction(said!("没有大名册的承诺", "there is no commitment of a roll"));
        let commit = papers.commit().ok_or_else(none)?;
        let shelf = Shelf::open(commit.suite, &commit.units, units).map_err(Unprovable::Roll)?;
        let record = papers.recorded().map_err(contradiction)?;
        let drawn = record.map(|record| Drawn::open(papers, commit, &record, drawn)).transpose()?;
        Ok(Prover { commit, id: commit.id(), units: shelf, drawn })
    }

    /// The proof of what became of `unit`.
    ///
    /// # Errors
    /// If a tile or a bundle that it needs is missing or was changed, or lines are not in order.
    pub fn prove(&self, unit: &str) -> Result<RollSlip, Unprovable> {
        let order = |line: &str| Some(line.split(' ').next()?.cmp(unit));
        let found = self.units.search(0..self.units.count(), order).map_err(Unprovable::Roll)?;
        let place = self.place(unit, found)?;
        let slip = RollSlip { draw: self.commit.draw.clone(), commit: self.id, place, result: None };
        let result = match (slip.stratum(), &self.drawn) {
            (Some(label), Some(drawn)) => Some(drawn.result(self.commit, unit, label)?),
            _ => None,
        };
        Ok(RollSlip { result, ..slip })
    }

    fn place(&self, unit: &str, found: Found) -> Result<RollPlace, Unprovable> {
        let line = |index: u64| self.units.line(index).map_err(Unprovable::Roll);
        match found {
            Ok(index) => Ok(RollPlace::There(line(index)?)),
            Err(index) => {
                let before = index.checked_sub(1).map(line).transpose()?;
                let after = (index < self.units.count()).then(|| line(index)).transpose()?;
                let rises = before.iter().all(|placed| placed.line.id.as_str() < unit)
                    && after.iter().all(|placed| unit < placed.line.id.as_str());
                if !rises {
                    return Err(contradiction(said!(
                        "查找 {unit} 时名册的顺序有误，文件可能已被改动",
                        "the roll is out of order around {unit}; a file may have been changed"
                    )));
                }
                Ok(RollPlace::Absent { unit: unit.to_owned(), before, after })
            }
        }
    }
}

impl<'a> Drawn<'a> {
    fn open(
        papers: &Papers<'_>,
        commit: &RollCommit,
        record: &RollRecord,
        fetch: Fetch<'a>,
    ) -> Result<Drawn<'a>, Unprovable> {
        let none = || {
            contradiction(said!(
                "有记录，却得不出种子：先核验这次抽取",
                "there is a record, but no seed: verify the draw first"
            ))
        };
        let seed = papers.seed().ok_or_else(none)?;
        let lines = Shelf::open(seed.suite, &record.drawn, fetch).map_err(Unprovable::Drawn)?;
        let (count, listed) = (record.drawn.count, commit.listed());
        if count != listed {
            return Err(contradiction(said!(
                "应列出 {listed} 家，记录里有 {count} 家",
                "{listed} should be listed, the record has {count}"
            )));
        }
        let record = id_of(commit.suite, &record.text());
        Ok(Drawn { record, seed, lines, lasts: RefCell::default() })
    }

    /// What the record says of `unit` in the pool of `label`.
    fn result(&self, commit: &RollCommit, unit: &str, label: &str) -> Result<RollResult, Unprovable> {
        let within = commit.lines_of(label).ok_or_else(|| {
            contradiction(said!("承诺里没有分层 {label}", "the commitment has no stratum {label}"))
        })?;
        let ticket = Ticketer::new(&self.seed, label).ticket(unit).to_string();
        let order = |line: &str| standing(line, &ticket, unit);
        let found = self.lines.search(within.clone(), order).map_err(Unprovable::Drawn)?;
        let line = match found {
            Ok(index) => Listed::Own(self.lines.line(index).map_err(Unprovable::Drawn)?),
            // Whoever is not listed stands behind all that are.
            Err(index) if index == within.end => self.last(label, within)?,
            Err(_) => {
                return Err(contradiction(said!(
                    "按票号 {unit} 应当列出，抽取结果里却没有它",
                    "{unit} should be listed by its ticket, but is not"
                )));
            }
        };
        Ok(RollResult { record: self.record, line })
    }

    /// The last line of the stratum `label`.
    fn last(&self, label: &str, within: Range<u64>) -> Result<Listed, Unprovable> {
        if let Some(known) = self.lasts.borrow().get(label) {
            return Ok(Listed::Last(known.clone()));
        }
        if within.is_empty() {
            return Ok(Listed::Nobody);
        }
        let last = self.lines.line(within.end - 1).map_err(Unprovable::Drawn)?;
        self.lasts.borrow_mut().insert(label.to_owned(), last.clone());
        Ok(Listed::Last(last))
    }
}

/// How a line of drawn.txt stands to a ticket in the order of selection.md.
fn standing(line: &str, ticket: &str, unit: &str) -> Option<Ordering> {
    let (id, rest) = line.split_once(' ')?;
    let (_, found) = rest.rsplit_once(' ')?;
    // The order of hashes is that of their hex.
    Some(found.cmp(ticket).then_with(|| id.cmp(unit)))
}

fn contradiction(said: Said) -> Unprovable {
    Unprovable::Contradiction(said)
}
