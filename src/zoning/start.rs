//! A good split to begin with: zones grown around distant towns, and the present one if it
//! is whole; then towns moved or exchanged one by one as long as that helps. No proof of
//! anything, but the search has the less to look at.

use super::Load;
use super::ground::{Ground, towns};
use std::cmp::Ordering;

/// How many splits are grown, from as many first towns.
const GROWN: usize = 8;

/// The best of several splits: towns by zone.
pub(super) fn start(ground: &Ground) -> Vec<u64> {
    let count = ground.all().count_ones() as usize;
    let step = count.div_ceil(GROWN);
    let mut splits: Vec<Vec<u64>> = (0..count).step_by(step).map(|seed| grown(ground, seed)).collect();
    let present: Vec<u64> = (0..ground.zones()).map(|zone| ground.present(zone)).collect();
    let whole = present.iter().fold(0, |all, zone| all | zone) == ground.all();
    if whole && present.iter().all(|zone| ground.in_one_piece(*zone)) {
        splits.insert(0, present);
    }
    for split in &mut splits {
        improve(ground, split);
    }
    splits.into_iter().min_by(|a, b| compare(ground, a, b)).expect("one at least is grown")
}

/// By heaviest load, lightest load, and cost of moving.
fn compare(ground: &Ground, a: &[u64], b: &[u64]) -> Ordering {
    let cost = |zones: &[u64]| ground.cost(ground.movers(zones));
    let heaviest = ground.heaviest(a).cmp(&ground.heaviest(b));
    let lightest = || ground.lightest(b).cmp(&ground.lightest(a));
    heaviest.then_with(lightest).then_with(|| cost(a).cmp(&cost(b)))
}

/// Zones grown around `seed` and towns far from it, the lightest zone next.
fn grown(ground: &Ground, seed: usize) -> Vec<u64> {
    let mut zones = vec![1 << seed];
    while zones.len() < ground.zones() {
        let taken = zones.iter().fold(0, |all, zone| all | zone);
        zones.push(1 << furthest(ground, taken));
    }
    loop {
        let free = ground.all() & !zones.iter().fold(0, |all, zone| all | zone);
        let growing = |zone: &usize| ground.around(zones[*zone]) & free != 0;
        let load = |zone: &usize| ground.load(*zone, zones[*zone]);
        let Some(zone) = (0..zones.len()).filter(growing).min_by_key(load) else { return zones };
        let next = ground.around(zones[zone]) & free;
        zones[zone] |= next & next.wrapping_neg();
    }
}

/// The first of the towns that are the most steps away from `from`; those that cannot be
/// reached are the furthest.
fn furthest(ground: &Ground, from: u64) -> usize {
    let mut near = from;
    loop {
        let next = ground.around(near);
        let far = if next == 0 { ground.all() & !near } else { next };
        if next == 0 || near | next == ground.all() {
            return far.trailing_zeros() as usize;
        }
        near |= next;
    }
}

/// Moves and exchanges single towns until none of that helps.
pub(super) fn improve(ground: &Ground, zones: &mut [u64]) {
    while let Some((a, b, out, back)) = first_gain(ground, zones) {
        zones[a] = zones[a] & !out | back;
        zones[b] = zones[b] & !back | out;
    }
}

/// The first gain: of zone a, `out` goes to b, and `back` comes from there.
fn first_gain(ground: &Ground, zones: &[u64]) -> Option<(usize, usize, u64, u64)> {
    for a in 0..zones.len() {
        for b in (0..zones.len()).filter(|b| *b != a) {
            // Whoever goes touches b, or touches it once somebody has come from there.
            for out in towns(zones[a] & ground.around(zones[b])).map(|town| 1 << town) {
                let no_back = std::iter::once(0);
                let backs = towns(zones[b] & ground.around(zones[a])).map(|town| 1 << town);
                let gain = no_back.chain(backs).find(|back| gains(ground, zones, (a, b), out, *back));
                if let Some(back) = gain {
                    return Some((a, b, out, back));
                }
            }
        }
    }
    None
}

/// Whether both zones stay whole and the heavier of them gets lighter; or stays, and the
/// other gets lighter; or both stay, and fewer towns move. Other zones' loads stay, so the
/// loads of all, heaviest first, fall too, and there is an end to it.
fn gains(ground: &Ground, zones: &[u64], (a, b): (usize, usize), out: u64, back: u64) -> bool {
    let new = (zones[a] & !out | back, zones[b] & !back | out);
    let pair = |x: u64, y: u64| -> (Load, Load) {
        let (x, y) = (ground.load(a, x), ground.load(b, y));
        (x.max(y), x.min(y))
    };
    let cost = |x: u64, y: u64| ground.cost(x & !ground.present(a)) + ground.cost(y & !ground.present(b));
    let better = match pair(new.0, new.1).cmp(&pair(zones[a], zones[b])) {
        Ordering::Less => true,
        Ordering::Equal => cost(new.0, new.1) < cost(zones[a], zones[b]),
        Ordering::Greater => false,
    };
    better && ground.in_one_piece(new.0) && ground.in_one_piece(new.1)
}
