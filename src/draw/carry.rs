//! Units that an earlier draw had drawn before it was voided: they are drawn again,
//! before all others, so that a void is no second try.

use crate::eligibility::{Eligibility, Exclusion, Standing};
use crate::record::CarriedLine;
use std::collections::BTreeMap;

/// What the voided draw before hands on, held against the pool of this one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Carried {
    /// The lines of carried.txt; `None` if the draw before hands nothing on.
    pub lines: Option<Vec<CarriedLine>>,
    /// Whether each candidate is carried and in the pool; empty where nothing is carried.
    held: Vec<bool>,
    /// Carried units in the pool of each stratum.
    counts: Vec<u64>,
}

impl Carried {
    /// Finds the carried units among those that were judged.
    pub(super) fn new(eligibility: &Eligibility<'_>, lines: Option<&[CarriedLine]>) -> Carried {
        let mut counts = vec![0; eligibility.strata.len()];
        let mut held = vec![false; eligibility.candidates.len()];
        for line in lines.unwrap_or_default() {
            let at = eligibility.candidates.binary_search_by(|c| c.unit.id.cmp(&line.unit));
            if let Some((at, stratum)) =
                at.ok().and_then(|at| Some((at, stratum_of(&eligibility.candidates[at].standing)?)))
            {
                counts[stratum] += 1;
                held[at] = true;
            }
        }
        Carried { lines: lines.map(<[CarriedLine]>::to_vec), held, counts }
    }

    /// Whether the candidate at this index is carried over, and in the pool.
    pub fn holds(&self, candidate: usize) -> bool {
        self.held.get(candidate).copied().unwrap_or(false)
    }

    /// Carried units in the pool of a stratum.
    pub fn of(&self, stratum: usize) -> u64 {
        self.counts.get(stratum).copied().unwrap_or(0)
    }

    /// Carried units in all pools.
    pub fn in_pool(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Carried units that are no longer in the pool, by reason; they lapse.
    pub fn lapsed(&self, eligibility: &Eligibility<'_>) -> BTreeMap<Exclusion, u64> {
        let mut lapsed = BTreeMap::new();
        for line in self.lines.iter().flatten() {
            let at = eligibility.candidates.binary_search_by(|c| c.unit.id.cmp(&line.unit));
            if let Some(Standing::Excluded(reason)) = at.ok().map(|at| &eligibility.candidates[at].standing) {
                *lapsed.entry(*reason).or_default() += 1;
            }
        }
        lapsed
    }
}

fn stratum_of(standing: &Standing) -> Option<usize> {
    match standing {
        Standing::Pool { stratum, .. } => Some(*stratum),
        Standing::Excluded(_) => None,
    }
}
