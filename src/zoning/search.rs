//! Is there a split whose zones' minutes lie in these windows? Searched zone by zone: the
//! zone of the first town that is still free, then that of the next.

use super::blocks::{Blocks, Step};
use super::ground::{Ground, first, towns};
use std::collections::BTreeSet;

/// Least and most minutes by zone.
#[derive(Debug, Clone)]
pub(super) struct Windows {
    least: Vec<u64>,
    most: Vec<u64>,
    /// Of each zone, the zones before it that could be exchanged with it.
    twins: Vec<u64>,
}

impl Windows {
    /// Windows of zones; those that are `alike` can be exchanged.
    pub fn new(bounds: Vec<(u64, u64)>, alike: impl Fn(usize, usize) -> bool) -> Windows {
        let twins = |zone: usize| {
            (0..zone).filter(|before| alike(*before, zone)).fold(0, |set, twin| set | 1 << twin)
        };
        let twins = (0..bounds.len()).map(twins).collect();
        let (least, most) = bounds.into_iter().unzip();
        Windows { least, most, twins }
    }

    /// The zones among `labels` worth trying: of those that can be exchanged, the first.
    pub fn candidates(&self, labels: u64) -> impl Iterator<Item = usize> {
        towns(labels).filter(move |zone| self.twins[*zone] & labels == 0)
    }

    /// Least and most minutes of `zone` if `labels` share `rest` and the others keep to their
    /// windows; `None` if they cannot.
    pub fn of(&self, ground: &Ground, zone: usize, rest: u64, labels: u64) -> Option<(u64, u64)> {
        let (minutes, others) = (ground.minutes(rest), labels & !(1 << zone));
        let (least, most) = (self.sum(&self.least, others), self.sum(&self.most, others));
        let low = self.least[zone].max(minutes.saturating_sub(most));
        let high = self.most[zone].min(minutes.checked_sub(least)?);
        (low <= high).then_some((low, high))
    }

    /// The least minutes that any zone of `labels` has to get when they share `rest`: what
    /// its window says, and what the others cannot hold.
    pub fn least(&self, ground: &Ground, rest: u64, labels: u64) -> u64 {
        let slack = self.sum(&self.most, labels).saturating_sub(ground.minutes(rest));
        let least = |zone: usize| self.least[zone].max(self.most[zone].saturating_sub(slack));
        towns(labels).map(least).min().unwrap_or(0)
    }

    fn sum(&self, of: &[u64], labels: u64) -> u64 {
        towns(labels).fold(0, |sum, zone| sum.saturating_add(of[zone]))
    }

    /// Whether `labels` might share `rest`, by the minutes of its parts: no proof that they can.
    pub fn could_share(&self, ground: &Ground, rest: u64, labels: u64) -> bool {
        if labels == 0 || rest == 0 {
            return labels == 0 && rest == 0;
        }
        let most = towns(labels).map(|zone| self.most[zone]).max().unwrap_or(0);
        let least = self.least(ground, rest, labels);
        let zones = u64::from(labels.count_ones());
        let (mut fewest, mut greatest) = (0_u64, 0_u64);
        for part in ground.parts(rest) {
            let (minutes, size) = (ground.minutes(part), u64::from(part.count_ones()));
            let at_least = minutes.div_ceil(most.max(1)).max(1);
            let at_most = minutes.checked_div(least).map_or(size, |zones| size.min(zones));
            if at_least > at_most || minutes > 0 && most == 0 {
                return false;
            }
            fewest = fewest.saturating_add(at_least);
            greatest += at_most;
        }
        fewest <= zones && zones <= greatest
    }
}

/// The answer of a search.
pub(super) enum Verdict {
    /// This split, towns by zone.
    Found(Vec<u64>),
    /// There is none.
    Impossible,
    /// The effort is used up before that was known.
    Exhausted,
}

/// A split with the minutes of every zone in its window.
pub(super) fn find(ground: &Ground, windows: &Windows, left: &mut u64) -> Verdict {
    let zones = vec![0; ground.zones()];
    let mut search = Search { ground, windows, dead: BTreeSet::new(), zones, left };
    match search.share(ground.all(), first(ground.zones())) {
        Some(true) => Verdict::Found(search.zones),
        Some(false) => Verdict::Impossible,
        None => Verdict::Exhausted,
    }
}

struct Search<'a> {
    ground: &'a Ground,
    windows: &'a Windows,
    /// Rests that these zones cannot share.
    dead: BTreeSet<(u64, u64)>,
    zones: Vec<u64>,
    left: &'a mut u64,
}

impl Search<'_> {
    /// Whether `labels` can share `rest`; they have shared it then. `None` if exhausted.
    fn share(&mut self, rest: u64, labels: u64) -> Option<bool> {
        if labels.is_power_of_two() {
            let zone = labels.trailing_zeros() as usize;
            self.zones[zone] = rest;
            let fits = self
                .windows
                .of(self.ground, zone, rest, labels)
                .is_some_and(|(low, high)| (low..=high).contains(&self.ground.minutes(rest)));
            return Some(fits && self.ground.in_one_piece(rest));
        }
        if !self.windows.could_share(self.ground, rest, labels) || self.dead.contains(&(rest, labels)) {
            return Some(false);
        }
        let mut blocks = Blocks::new(self.ground, self.windows, rest, labels);
        loop {
            match blocks.next(self.left) {
                Step::Block(block) => {
                    if self.with(block, rest, labels)? {
                        return Some(true);
                    }
                }
                Step::Done => break,
                Step::Exhausted => return None,
            }
        }
        self.dead.insert((rest, labels));
        Some(false)
    }

    /// The same with `block` as one of the zones.
    fn with(&mut self, block: u64, rest: u64, labels: u64) -> Option<bool> {
        let minutes = self.ground.minutes(block);
        for zone in self.windows.candidates(labels) {
            let window = self.windows.of(self.ground, zone, rest, labels);
            if window.is_some_and(|(low, high)| (low..=high).contains(&minutes)) {
                self.zones[zone] = block;
                if self.share(rest & !block, labels & !(1 << zone))? {
                    return Some(true);
                }
            }
        }
        Some(false)
    }
}
