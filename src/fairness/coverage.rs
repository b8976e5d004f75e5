//! Which strata were drawn how often, against their quotas. All of it is in the public record
//! once a draw is open.

use super::Question;
use super::spread::Ratio;
use crate::ids::DrawId;
use crate::time::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What a draw drew from, as its commitment and its public tables say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnFrom {
    /// The draw.
    pub draw: DrawId,
    /// Last day of its visits.
    pub last: Date,
    /// Label of the stratum, units in its pool, quota.
    pub strata: Vec<(String, u64, u64)>,
    /// Units of the pools, each with the label of its stratum.
    pub pool: BTreeMap<String, String>,
    /// The drawn units.
    pub drawn: BTreeSet<String>,
}

/// One stratum over several draws.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Draws that had it.
    pub draws: u64,
    /// Units in its pool, draw by draw, added up.
    pub chances: u64,
    /// Quotas, added up: so many were to be drawn.
    pub quota: u64,
    /// Units drawn, draw by draw, added up.
    pub drawn: u64,
    /// Different units that were in its pool, by how often they were drawn.
    pub times: BTreeMap<u64, u64>,
}

impl Coverage {
    /// Different units that were ever in its pool.
    pub fn units(&self) -> u64 {
        self.times.values().sum()
    }

    /// Of these, drawn at least once.
    pub fn once(&self) -> u64 {
        self.times.iter().filter(|(times, _)| **times > 0).map(|(_, count)| count).sum()
    }

    /// By the quotas, the part of the pool that a draw takes, on the mean.
    pub fn expected(&self) -> Ratio {
        Ratio::new(u128::from(self.quota), u128::from(self.chances))
    }

    /// Draws of a unit, on the mean.
    pub fn mean(&self) -> Ratio {
        Ratio::new(u128::from(self.drawn), u128::from(self.units()))
    }
}

pub(super) fn coverage(question: &Question<'_>) -> BTreeMap<String, Coverage> {
    let (first, until) = question.span;
    let mut strata: BTreeMap<String, Coverage> = BTreeMap::new();
    let mut units: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for draw in question.draws.iter().filter(|draw| first <= draw.last && draw.last <= until) {
        for (label, pool, quota) in &draw.strata {
            let stratum = strata.entry(label.clone()).or_default();
            stratum.draws += 1;
            stratum.chances += pool;
            stratum.quota += quota;
        }
        for (unit, label) in &draw.pool {
            *units.entry((label, unit)).or_default() += u64::from(draw.drawn.contains(unit));
        }
    }
    for ((label, _), times) in units {
        let stratum = strata.entry(label.to_owned()).or_default();
        stratum.drawn += times;
        *stratum.times.entry(times).or_default() += 1;
    }
    strata
}
