//! The lists of results as pages tell them: what became of every drawn unit, and which
//! penalties there are. Whether lists are whole is for `audit`.

use super::sums::{Hashed, hashed};
use super::words;
use crate::ids::DrawId;
use crate::lang::Said;
use crate::record::{Current, Found, ResultLine, Results};
use crate::said;
use crate::task::{Measure, Outcome};
use std::collections::{BTreeMap, BTreeSet};

/// The lists, as far as they can be read.
#[derive(Debug, Clone, Default)]
pub struct ListsView {
    /// The files of the folder, by name.
    pub hashes: Hashed,
    /// Those that read, in their order.
    pub lists: Vec<Results>,
    /// Names of those that do not.
    pub unreadable: Vec<String>,
    /// What they say by now.
    pub current: Current,
}

impl ListsView {
    /// Reads the files of the folder `results`.
    pub fn read(files: &BTreeMap<String, Vec<u8>>) -> ListsView {
        let (mut lists, mut unreadable) = (BTreeMap::new(), Vec::new());
        for (name, bytes) in files {
            let Some(number) = Results::number_of(name) else { continue };
            match Results::read(bytes) {
                Ok(list) if list.number == number => drop(lists.insert(number, list)),
                _ => unreadable.push(name.clone()),
            }
        }
        let lists: Vec<Results> = lists.into_values().collect();
        ListsView { hashes: hashed(files), current: Current::of(&lists), lists, unreadable }
    }

    /// Whether anything was ever published.
    pub fn is_begun(&self) -> bool {
        !self.lists.is_empty() || !self.unreadable.is_empty()
    }

    /// Units that were penalised.
    pub fn penalised(&self) -> BTreeSet<&str> {
        let penalties = self.current.lines().filter(|(_, line)| line.draw().is_none());
        penalties.filter_map(|(_, line)| line.unit()).collect()
    }

    /// What became of the visits that a draw decided for `units`.
    pub fn of(&self, draw: &DrawId, units: &BTreeSet<&str>) -> Visits<'_> {
        let mut visits = Visits::default();
        for (list, line) in self.current.lines().filter(|(_, line)| line.draw() == Some(draw)) {
            let Some(unit) = line.unit().filter(|unit| units.contains(unit)) else { continue };
            match line {
                ResultLine::Again { found, .. } => visits.0.entry(unit).or_default().again.push(found),
                line => visits.0.entry(unit).or_default().line = Some((list, line)),
            }
        }
        visits.0.retain(|_, visit| visit.line.is_some());
        visits.0.values_mut().for_each(|visit| visit.again.sort_by_key(|found| found.day));
        visits
    }
}

/// What became of the visits of a draw, by unit.
#[derive(Debug, Default)]
pub struct Visits<'a>(pub BTreeMap<&'a str, Visit<'a>>);

/// What became of one visit.
#[derive(Debug, Default)]
pub struct Visit<'a> {
    /// Number of the list, and what it says.
    pub line: Option<(u32, &'a ResultLine)>,
    /// Second looks, in the order of their days.
    pub again: Vec<&'a Found>,
}

/// What became of the visits of a draw, in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Units with a result.
    pub visited: u64,
    /// Units whose visit ended without having been made.
    pub closed: u64,
    /// Units with something wrong.
    pub faulty: u64,
    /// Hazards found, second looks included.
    pub hazards: u64,
    /// Those put right, second looks included.
    pub rectified: u64,
    /// How often each measure was ordered.
    pub measures: BTreeMap<Measure, u64>,
}

impl Visits<'_> {
    /// Counts them.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for visit in self.0.values() {
            match visit.line.and_then(|(_, line)| line.found()) {
                None => tally.closed += 1,
                Some(found) => {
                    tally.visited += 1;
                    tally.faulty += u64::from(found.items.values().any(|outcome| outcome.is_fault()));
                    visit.again.iter().copied().chain([found]).for_each(|found| tally.add(found));
                }
            }
        }
        tally
    }
}

impl Tally {
    fn add(&mut self, found: &Found) {
        self.hazards = self.hazards.saturating_add(u64::from(found.hazards));
        self.rectified = self.rectified.saturating_add(u64::from(found.rectified));
        for (measure, count) in &found.measures {
            let sum = self.measures.entry(*measure).or_default();
            *sum = sum.saturating_add(u64::from(*count));
        }
    }
}

/// The outcomes of the items, each once, in words.
pub fn outcomes(found: &Found) -> Said {
    let all: BTreeSet<Outcome> = found.items.values().copied().collect();
    Said::join(all.into_iter().map(words::outcome))
}

/// The measures in words, with their counts where they are more than one.
pub fn measures(found: &Found) -> Said {
    Said::join(found.measures.iter().map(|(measure, count)| {
        let Said { zh, en } = words::measure(*measure);
        match count {
            1 => said!("{zh}", "{en}"),
            _ => said!("{zh} {count} 份", "{en} ({count})"),
        }
    }))
}
