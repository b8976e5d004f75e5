//! Strata that exist in this draw: their labels and pools.

use super::exclusion::Label;
use crate::policy::Policy;
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
