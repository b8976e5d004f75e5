//! Of all splits with the same heaviest and lightest load, or within the tolerance, the one
//! that moves the fewest towns; and of these the first.

use super::blocks::{Blocks, Step};
use super::ground::{Ground, first, towns};
use super::narrow::between;
use super::search::Windows;
use std::collections::BTreeMap;

/// Makes `best` the best of the splits whose loads lie between its lightest and its heaviest,
/// give or take the tolerance.
/// Whether it is proven to be that.
pub(super) fn settle(ground: &Ground, best: &mut Vec<u64>, left: &mut u64) -> bool {
    let (lightest, heaviest, tolerance) = (ground.lightest(best), ground.heaviest(best), ground.tolerance);
    let (least, most) = (lightest.times(10_000 - tolerance), heaviest.times(10_000 + tolerance));
    let alike = |a: usize, b: usize| {
        ground.people[a] == ground.people[b] && ground.present(a) | ground.present(b) == 0
    };
    let windows = between(ground, least, most, alike);
    let limit = ground.cost(ground.movers(best));
    let mut settling = Settling { ground, windows: &windows, known: BTreeMap::new(), left };
    let (found, whole) = settling.share(ground.all(), first(ground.zones()), limit);
    if let Some(found) = found {
        *best = found.zones;
    }
    whole
}

/// A part of a split.
#[derive(Clone)]
struct Part {
    /// What its moves cost.
    cost: u128,
    /// Towns by zone; nothing for zones that are not in the part.
    zones: Vec<u64>,
}

impl Part {
    /// Whether it is better than another part of the same towns.
    fn beats(&self, other: &Part) -> bool {
        if self.cost != other.cost {
            return self.cost < other.cost;
        }
        let differing =
            self.zones.iter().zip(&other.zones).fold(0, |set, (ours, theirs)| set | ours & !theirs);
        let zone = |part: &Part, town: u64| part.zones.iter().position(|zone| zone & town != 0);
        let town = differing & differing.wrapping_neg();
        zone(self, town) < zone(other, town)
    }
}

/// What is known of a rest and the zones that share it.
enum Known {
    /// The best part.
    Best(Part),
    /// All parts cost more than this.
    Above(u128),
}

struct Settling<'a> {
    ground: &'a Ground,
    windows: &'a Windows,
    known: BTreeMap<(u64, u64), Known>,
    left: &'a mut u64,
}

impl Settling<'_> {
    /// The best way for `labels` to share `rest` that costs at most `limit`, and whether all
    /// ways were looked at.
    fn share(&mut self, rest: u64, labels: u64, limit: u128) -> (Option<Part>, bool) {
        if labels.is_power_of_two() {
            return (self.alone(rest, labels).filter(|part| part.cost <= limit), true);
        }
        match self.known.get(&(rest, labels)) {
            Some(Known::Best(part)) => return (Some(part.clone()).filter(|part| part.cost <= limit), true),
            Some(Known::Above(cost)) if *cost >= limit => return (None, true),
            _ => {}
        }
        if self.orphans(rest, labels) > limit || !self.windows.could_share(self.ground, rest, labels) {
            return (None, true);
        }
        let mut best: Option<Part> = None;
        let mut blocks = Blocks::new(self.ground, self.windows, rest, labels);
        loop {
            let whole = match blocks.next(self.left) {
                Step::Block(block) => self.with(block, rest, labels, limit, &mut best),
                Step::Done => break,
                Step::Exhausted => false,
            };
            if !whole {
                return (best, false);
            }
        }
        let known = best.clone().map_or(Known::Above(limit), Known::Best);
        self.known.insert((rest, labels), known);
        (best, true)
    }

    /// Betters `best` by ways that have `block` as one of the zones; whether all were looked at.
    fn with(&mut self, block: u64, rest: u64, labels: u64, limit: u128, best: &mut Option<Part>) -> bool {
        let (windows, minutes) = (self.windows, self.ground.minutes(block));
        for zone in windows.candidates(labels) {
            let window = windows.of(self.ground, zone, rest, labels);
            if !window.is_some_and(|(low, high)| (low..=high).contains(&minutes)) {
                continue;
            }
            let cost = self.ground.cost(block & !self.ground.present(zone));
            let limit = best.as_ref().map_or(limit, |best| best.cost);
            let Some(limit) = limit.checked_sub(cost) else { continue };
            let (part, whole) = self.share(rest & !block, labels & !(1 << zone), limit);
            if let Some(mut part) = part {
                part.cost += cost;
                part.zones[zone] = block;
                if best.as_ref().is_none_or(|best| part.beats(best)) {
                    *best = Some(part);
                }
            }
            if !whole {
                return false;
            }
        }
        true
    }

    /// `rest` as the only zone left.
    fn alone(&self, rest: u64, labels: u64) -> Option<Part> {
        let zone = labels.trailing_zeros() as usize;
        let (low, high) = self.windows.of(self.ground, zone, rest, labels)?;
        let fits = (low..=high).contains(&self.ground.minutes(rest)) && self.ground.in_one_piece(rest);
        let mut zones = vec![0; self.ground.zones()];
        zones[zone] = rest;
        fits.then(|| Part { cost: self.ground.cost(rest & !self.ground.present(zone)), zones })
    }

    /// What towns of `rest` cost that cannot stay, because their zone is not among `labels`.
    fn orphans(&self, rest: u64, labels: u64) -> u128 {
        let stay = towns(labels).fold(0, |stay, zone| stay | self.ground.present(zone));
        self.ground.cost(rest & !stay)
    }
}
