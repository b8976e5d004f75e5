//! Standings by number: the strata that there can be, then the reasons for an exclusion.

use crate::eligibility::Exclusion;

/// The labels that a unit of a roll can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels(Vec<String>);

/// Labels of strata with the number of units in their pool, in byte order.
pub type Pools<'a> = Vec<(&'a str, u64)>;

impl Labels {
    /// These labels, in byte order.
    pub fn new(mut labels: Vec<String>) -> Labels {
        labels.sort_unstable();
        Labels(labels)
    }

    /// How many standings there are.
    pub fn standings(&self) -> usize {
        self.0.len() + Exclusion::ALL.len()
    }

    /// The labels, in byte order.
    pub fn labels(&self) -> &[String] {
        &self.0
    }

    /// The number of a standing, as a line of a roll says it.
    pub fn number(&self, standing: &str) -> Option<usize> {
        match standing.strip_prefix("excluded:") {
            None => self.0.binary_search_by(|label| label.as_str().cmp(standing)).ok(),
            Some(reason) => {
                let reason = Exclusion::from_key(reason)?;
                Some(self.0.len() + Exclusion::ALL.iter().position(|known| *known == reason)?)
            }
        }
    }

    /// The strata with units in their pool, and the exclusions that there are, from how many
    /// units each standing has.
    pub fn counted(&self, counts: &[u64]) -> (Pools<'_>, Vec<(Exclusion, u64)>) {
        let (pools, excluded) = counts.split_at(self.0.len());
        let pools = self.0.iter().map(String::as_str).zip(pools.iter().copied());
        let excluded = Exclusion::ALL.iter().copied().zip(excluded.iter().copied());
        (pools.filter(|(_, n)| *n > 0).collect(), excluded.filter(|(_, n)| *n > 0).collect())
    }
}
