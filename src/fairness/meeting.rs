//! Who met whom in a team, and who came to the same unit again.

use super::duty::Duty;
use super::spread::Ratio;
use crate::task::{Kind, Matter};
use std::collections::{BTreeMap, BTreeSet};

/// How often the same two met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairs {
    /// Pairs of people that there are.
    pub pairs: u64,
    /// Times that two of them were in a team.
    pub meetings: u64,
    /// Pairs by how often they met, from 0.
    pub times: BTreeMap<u64, u64>,
    /// Meetings a pair, on the mean; so often would each pair meet if all met alike.
    pub mean: Ratio,
    /// Two meetings of the same two people: Σ m(m−1)/2 over all pairs.
    pub repeats: u64,
    /// How many of these there would be on the mean, if each meeting were of two people drawn
    /// from all pairs alike: M(M−1)/2P.
    pub expected: Ratio,
}

/// Every two of the office in each team, with how often: the smaller number first.
pub fn met(duties: &[Duty]) -> BTreeMap<(&str, &str), u64> {
    let mut teams: BTreeMap<&Matter, BTreeSet<&str>> = BTreeMap::new();
    for duty in duties {
        teams.entry(&duty.matter).or_default().insert(&duty.who);
    }
    let mut met: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for team in teams.values() {
        for one in team {
            for other in team.range(*one..).skip(1) {
                *met.entry((one, other)).or_default() += 1;
            }
        }
    }
    met
}

impl Pairs {
    /// Over the pairs that `people` can make.
    pub fn of(met: &BTreeMap<(&str, &str), u64>, people: &BTreeSet<&str>) -> Pairs {
        let n = people.len() as u64;
        let pairs = n * n.saturating_sub(1) / 2;
        let inside = met.iter().filter(|((one, other), _)| people.contains(one) && people.contains(other));
        let counts: Vec<u64> = inside.map(|(_, count)| *count).collect();
        let meetings: u64 = counts.iter().sum();
        let mut times: BTreeMap<u64, u64> = BTreeMap::new();
        counts.iter().for_each(|count| *times.entry(*count).or_default() += 1);
        let never = pairs - counts.len() as u64;
        if never > 0 {
            times.insert(0, never);
        }
        let wide = u128::from(meetings);
        Pairs {
            pairs,
            meetings,
            times,
            mean: Ratio::new(wide, u128::from(pairs)),
            repeats: counts.iter().map(|count| count * (count - 1) / 2).sum(),
            expected: Ratio::new(wide * wide.saturating_sub(1), 2 * u128::from(pairs)),
        }
    }

    /// How often the two met who met most.
    pub fn most(&self) -> u64 {
        self.times.keys().last().copied().unwrap_or_default()
    }
}

/// How often the same person came to the same unit. A second look at what had to be put right
/// is no new visit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Returns {
    /// Person and unit: how many by how often.
    pub times: BTreeMap<u64, u64>,
}

/// Who came to which unit how often: certificate number, unit.
pub fn came(duties: &[Duty]) -> BTreeMap<(&str, &str), u64> {
    let mut came: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for duty in duties.iter().filter(|duty| duty.matter.kind() != Kind::Reinspection) {
        if let Some(unit) = &duty.unit {
            *came.entry((&duty.who, unit)).or_default() += 1;
        }
    }
    came
}

impl Returns {
    /// Over all visits.
    pub fn of(duties: &[Duty]) -> Returns {
        let mut times: BTreeMap<u64, u64> = BTreeMap::new();
        came(duties).into_values().for_each(|count| *times.entry(count).or_default() += 1);
        Returns { times }
    }

    /// How many came to a unit more than once.
    pub fn again(&self) -> u64 {
        self.times.iter().filter(|(times, _)| **times > 1).map(|(_, count)| count).sum()
    }
}
