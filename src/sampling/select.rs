//! Selection by tickets: in each stratum the k smallest tickets win.

use crate::digest::{Digest, Prefix};
use crate::seed::Seed;
use rayon::prelude::*;

/// Computes the tickets of one stratum:
/// `H("yaohao/ticket/v1⏎<seed>⏎<label>⏎<id>⏎")`.
///
/// The part before the id is hashed once and copied for every unit.
#[derive(Debug, Clone)]
pub struct Ticketer(Prefix);

impl Ticketer {
    /// The tickets of the stratum `label` under `seed`.
    pub fn new(seed: &Seed, label: &str) -> Self {
        Ticketer(seed.suite.prefix(format!("yaohao/ticket/v1\n{seed}\n{label}\n").as_bytes()))
    }

    /// The ticket of the unit `id`.
    pub fn ticket(&self, id: &str) -> Digest {
        self.0.line(id)
    }
}

/// One drawn unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawn {
    /// Position of the unit in the ids given.
    pub index: usize,
    /// Its ticket.
    pub ticket: Digest,
}

/// The `k` units with the smallest tickets, smallest first; equal tickets go
/// by id. The order of `ids` does not matter.
pub fn select(seed: &Seed, label: &str, ids: &[&str], k: usize) -> Vec<Drawn> {
    let ticketer = Ticketer::new(seed, label);
    let mut tickets: Vec<Drawn> = ids
        .par_iter()
        .enumerate()
        .with_min_len(4096)
        .map(|(index, id)| Drawn { index, ticket: ticketer.ticket(id) })
        .collect();
    let order = |a: &Drawn, b: &Drawn| (a.ticket, ids[a.index]).cmp(&(b.ticket, ids[b.index]));
    if k < tickets.len() {
        tickets.select_nth_unstable_by(k, order);
        tickets.truncate(k);
    }
    tickets.sort_unstable_by(order);
    tickets
}
