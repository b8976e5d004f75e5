//! Strata that exist in this draw: their labels and pools.

use super::exclusion::Label;
use super::{Question, placed};
use crate::policy::Policy;
use crate::register::Unit;
use std::collections::BTreeMap;

/// One stratum with its pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stratum {
    /// `<rule>` or `<rule>/<zone>`.
    pub label: String,
    /// Index of the rule in the policy.
    pub rule: usize,
    /// Zone, where every zone is a stratum of its own.
    pub zone: Option<String>,
    /// N: units in the pool.
    pub pool: u64,
}

/// Counts the pool of every stratum; also the index of every label.
pub(super) fn gather<'a>(
    policy: &Policy,
    labels: impl Iterator<Item = Label<'a>>,
) -> (Vec<Stratum>, BTreeMap<Label<'a>, usize>) {
    let mut pools: BTreeMap<Label<'a>, u64> = BTreeMap::new();
    for label in labels {
        *pools.entry(label).or_default() += 1;
    }
    let named = pools.into_iter().map(|((rule, zone), pool)| {
        let id = &policy.strata[rule].id;
        let label = zone.map_or_else(|| id.clone(), |zone| format!("{id}/{zone}"));
        ((rule, zone), Stratum { label, rule, zone: zone.map(str::to_owned), pool })
    });
    let mut strata: Vec<(Label<'a>, Stratum)> = named.collect();
    strata.sort_by(|a, b| a.1.label.cmp(&b.1.label));
    let index = strata.iter().enumerate().map(|(i, (label, _))| (*label, i)).collect();
    (strata.into_iter().map(|(_, stratum)| stratum).collect(), index)
}

/// Where every unit stands before anybody asks what was done before: what stays the same in
/// however many histories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places<'a> {
    /// Every unit once, in the order of the register: its version in effect, its zone, and
    /// its stratum if it has one.
    pub units: Vec<(&'a Unit, Option<&'a str>, Option<usize>)>,
    /// The strata in byte order of their labels, each with all its units as its pool.
    pub strata: Vec<Stratum>,
}

impl<'a> Places<'a> {
    /// Asks the register alone: [`super::resting`] asks the rest.
    pub fn of(question: &Question<'a>) -> Places<'a> {
        let placed = placed(question);
        let (strata, index) =
            gather(question.policy, placed.iter().filter_map(|unit| unit.stratum.as_ref().ok().copied()));
        let stratum = |label: Label<'a>| index[&label];
        let units = placed.into_iter().map(|unit| (unit.unit, unit.zone, unit.stratum.ok().map(stratum)));
        Places { units: units.collect(), strata }
    }
}
