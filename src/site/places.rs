//! Where every unit stands in the order of tickets of its stratum: those that a voided
//! draw handed on first, by ticket, then all others, by ticket.

use crate::digest::Digest;
use crate::record::{UnitLine, UnitStanding};
use crate::sampling::Ticketer;
use crate::seed::Seed;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A unit's ticket, and its place from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// 1 for the first.
    pub rank: u64,
    /// The ticket.
    pub ticket: Digest,
}

/// The place of each of `units` that is in a pool.
pub fn places(seed: &Seed, units: &[UnitLine], carried: &BTreeSet<&str>) -> Vec<Option<Place>> {
    let mut pools: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate() {
        if let UnitStanding::Stratum(label) = &unit.standing {
            pools.entry(label).or_default().push(at);
        }
    }
    let pools: Vec<(&str, Vec<usize>)> = pools.into_iter().collect();
    let ordered = pools.par_iter().map(|(label, members)| {
        let ticketer = Ticketer::new(seed, label);
        let mut order: Vec<(bool, Digest, &str, usize)> = members
            .iter()
            .map(|at| {
                let id = units[*at].id.as_str();
                (!carried.contains(id), ticketer.ticket(id), id, *at)
            })
            .collect();
        order.sort_unstable();
        order
    });
    let ordered: Vec<Vec<(bool, Digest, &str, usize)>> = ordered.collect();
    let mut places = vec![None; units.len()];
    for order in ordered {
        for (rank, (_, ticket, _, at)) in (1..).zip(order) {
            places[at] = Some(Place { rank, ticket });
        }
    }
    places
}
