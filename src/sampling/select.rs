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

    /// The tickets of the units `ids`, given to `take` in their order. Many at once take half the
    /// time of one by one.
    pub fn tickets<I: AsRef<str>>(&self, ids: &[I], take: impl FnMut(Digest)) {
        self.0.lines(ids, take);
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

/// Units whose tickets one thread computes before it looks for more work.
const PART: usize = 4096;

/// The `k` units with the smallest tickets, smallest first; equal tickets go
/// by id. The order of `ids` does not matter.
pub fn select(seed: &Seed, label: &str, ids: &[&str], k: usize) -> Vec<Drawn> {
    let ticketer = Ticketer::new(seed, label);
    let mut drawn = up_to(&ticketer, ids, likely_last(k, ids.len()));
    if drawn.len() < k.min(ids.len()) {
        drawn = up_to(&ticketer, ids, u64::MAX);
    }
    let order = |a: &Drawn, b: &Drawn| (a.ticket, ids[a.index]).cmp(&(b.ticket, ids[b.index]));
    drawn.par_sort_unstable_by(order);
    drawn.truncate(k);
    drawn
}

/// All units whose tickets begin with at most `last`, in the order of `ids`.
fn up_to(ticketer: &Ticketer, ids: &[&str], last: u64) -> Vec<Drawn> {
    let part = |(number, ids): (usize, &[&str])| {
        let (mut index, mut within) = (number * PART, Vec::new());
        ticketer.tickets(ids, |ticket| {
            if ticket.leading() <= last {
                within.push(Drawn { index, ticket });
            }
            index += 1;
        });
        within
    };
    ids.par_chunks(PART).enumerate().flat_map_iter(part).collect()
}

/// How the `k`-th smallest of `n` tickets begins, or a little more: tickets are spread evenly, and
/// in a thousand million draws one has fewer up to there. So only those few are kept, not all.
fn likely_last(k: usize, n: usize) -> u64 {
    let (k, n) = (k.min(n) as u128, n.max(1) as u128);
    // Six standard deviations, and some more for a small k.
    let enough = k + 6 * k.isqrt() + 40;
    u64::try_from((enough << 64) / n).unwrap_or(u64::MAX)
}
