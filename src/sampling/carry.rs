//! Selection where a voided draw has handed units on: they come first.

use super::select::{Drawn, select};
use crate::seed::Seed;

/// How many units of a stratum are drawn: its quota, and never fewer than the
/// `carried` units in its pool.
pub fn raised(quota: u64, carried: u64) -> u64 {
    quota.max(carried)
}

/// The units drawn from one stratum: those of `ids` that are `carried` first, by
/// ticket, and then the smallest tickets of the others, `k` in all. Without carried
/// units it is [`select`]. The order of `ids` does not matter.
pub fn select_carrying(
    seed: &Seed,
    label: &str,
    ids: &[&str],
    carried: impl Fn(&str) -> bool,
    k: usize,
) -> Vec<Drawn> {
    let (first, rest): (Vec<usize>, Vec<usize>) = (0..ids.len()).partition(|index| carried(ids[*index]));
    if first.is_empty() {
        return select(seed, label, ids, k);
    }
    let of = |part: &[usize], k: usize| {
        let named: Vec<&str> = part.iter().map(|index| ids[*index]).collect();
        let drawn = select(seed, label, &named, k).into_iter();
        drawn.map(|drawn| Drawn { index: part[drawn.index], ..drawn }).collect::<Vec<_>>()
    };
    let mut drawn = of(&first, first.len());
    drawn.extend(of(&rest, k.saturating_sub(first.len())));
    drawn
}
