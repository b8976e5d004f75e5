//! What dry draws showed about one kind of unit.

use super::FEWEST;
use crate::draw::entropy::{Entropy, entropy};
use crate::draw::estimate::Estimate;
use crate::policy::Fraction;

/// Units of one stratum with the same docket: interchangeable, so that what
/// happened to one of them counts for all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindOdds {
    /// Index into the strata of the plan.
    pub stratum: usize,
    /// Indices into the candidates of the plan, in order of id.
    pub members: Vec<usize>,
    /// For each slot, the positions of the eligible inspectors, ascending.
    pub slots: Vec<Vec<u32>>,
    /// How often a unit of this kind was drawn and staffed.
    pub samples: u64,
    /// `hits[slot]` says how often each inspector of `slots[slot]` held the slot.
    pub hits: Vec<Vec<u64>>,
}

/// The least that the largest probability of a kind can be under any method:
/// so many slots are shared by so many people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// Slots.
    pub slots: u64,
    /// People eligible for any of them.
    pub people: u64,
}

impl KindOdds {
    /// The chance of the inspector at `position` to visit a unit of this kind
    /// that is drawn.
    pub fn met(&self, position: u32) -> Estimate {
        let held = |(ranks, hits): (&Vec<u32>, &Vec<u64>)| {
            ranks.binary_search(&position).map_or(0, |place| hits[place])
        };
        Estimate { hits: self.slots.iter().zip(&self.hits).map(held).sum(), of: self.samples }
    }

    /// Everybody eligible for some slot, ascending.
    pub fn people(&self) -> Vec<u32> {
        union(self.slots.iter())
    }

    /// Whether some draw could staff it. What none could has no chances to tell.
    pub fn is_seen(&self) -> bool {
        self.samples > 0
    }

    /// The inspector most often there (of several, the first), and how often.
    pub fn largest(&self) -> Option<(u32, Estimate)> {
        let people = self.people().into_iter().filter(|_| self.is_seen());
        let people = people.map(|position| (position, self.met(position)));
        people.reduce(|best, next| if next.1.exceeds(best.1) { next } else { best })
    }

    /// The entropy of who holds a slot, for the slot where it is least.
    pub fn entropy(&self) -> Entropy {
        let of = |(ranks, hits): (&Vec<u32>, &Vec<u64>)| entropy(hits.iter().copied(), ranks.len());
        let slots = self.slots.iter().zip(&self.hits).map(of);
        slots.min_by_key(|entropy| entropy.millibits).unwrap_or(Entropy { millibits: 0, error: 0 })
    }

    /// The bound of this kind, and the slots that cause it. Somebody of the p
    /// people eligible for any of s slots is there in at least s/p of all visits,
    /// or s visitors would not be there every time.
    pub fn bound(&self) -> (Bound, Vec<usize>) {
        let sets = 1..1_usize << self.slots.len();
        let bounds = sets.map(|set| {
            let slots: Vec<usize> = (0..self.slots.len()).filter(|slot| set >> slot & 1 == 1).collect();
            let people = union(slots.iter().map(|slot| &self.slots[*slot])).len() as u64;
            (Bound { slots: slots.len() as u64, people }, slots)
        });
        let greater = |a: Bound, b: Bound| a.slots * b.people > b.slots * a.people;
        let best = bounds.reduce(|best, next| if greater(next.0, best.0) { next } else { best });
        best.expect("a team has a slot")
    }

    /// Whether no method whatever could keep the cap here.
    pub fn is_impossible(&self, cap: Fraction) -> bool {
        let bound = self.bound().0;
        !cap.admits(bound.slots, bound.people)
    }

    /// Whether the largest chance measured is above the cap.
    pub fn exceeds(&self, cap: Fraction) -> bool {
        self.largest().is_some_and(|(_, met)| !cap.admits(met.hits, met.of))
    }

    /// Whether `cap` is broken here: by what was measured, or by any method.
    pub fn breaks(&self, cap: Fraction) -> bool {
        self.is_seen() && (self.is_impossible(cap) || self.exceeds(cap))
    }

    /// Whether somebody must be there every time.
    pub fn is_certain(&self) -> bool {
        let bound = self.bound().0;
        bound.slots >= bound.people
    }

    /// Too few draws have seen it to say much.
    pub fn is_uncertain(&self) -> bool {
        self.samples < FEWEST
    }

    /// Counts the team of one draw.
    pub(super) fn see(&mut self, team: &[u32]) {
        self.samples += 1;
        for ((slot, hits), rank) in self.slots.iter().zip(&mut self.hits).zip(team) {
            hits[slot.binary_search(rank).expect("a lawful team")] += 1;
        }
    }

    /// Counts what another thread has counted.
    pub(super) fn add(&mut self, other: &KindOdds) {
        self.samples += other.samples;
        let hits = self.hits.iter_mut().flatten().zip(other.hits.iter().flatten());
        hits.for_each(|(mine, theirs)| *mine += theirs);
    }

    /// Counts anew.
    pub(super) fn forget(&mut self) {
        self.samples = 0;
        self.hits.iter_mut().flatten().for_each(|hits| *hits = 0);
    }
}

/// Everybody in any of these lists, ascending.
pub(super) fn union<'a>(slots: impl Iterator<Item = &'a Vec<u32>>) -> Vec<u32> {
    let mut people: Vec<u32> = slots.flatten().copied().collect();
    people.sort_unstable();
    people.dedup();
    people
}
