//! The towns as the search sees them: sets of towns are bits of a word, the heaviest town is
//! bit 0.

use super::{Impossible, Load, MOST_MINUTES, MOST_PEOPLE, MOST_TOWNS, Question};
use std::cmp::Reverse;

/// A question, checked and put in order.
pub(super) struct Ground {
    /// Minutes by town, falling.
    minutes: Vec<u64>,
    /// Neighbours by town.
    neighbours: Vec<u64>,
    /// People by zone.
    pub people: Vec<u64>,
    /// Towns that are in each zone now; all 0 if nobody asks.
    present: Vec<u64>,
    /// Whether somebody asks.
    placed: bool,
    /// Number of each town in the question.
    order: Vec<usize>,
    /// What loads may be worse by so that fewer towns move, in ten-thousandths.
    pub tolerance: u64,
}

/// The bits of a set, rising.
pub(super) fn towns(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let town = (set != 0).then(|| set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(town)
    })
}

/// The first `count` bits.
pub(super) fn first(count: usize) -> u64 {
    if count >= 64 { u64::MAX } else { (1 << count) - 1 }
}

impl Ground {
    /// The question's ground.
    pub fn of(question: &Question) -> Result<Ground, Impossible> {
        check(question)?;
        let count = question.minutes.len();
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by_key(|town| (Reverse(question.minutes[*town]), *town));
        let named = |a: usize, b: usize| question.neighbours[a] >> b & 1 == 1;
        let neighbours = (0..count).map(|at| {
            let touches = |other: &usize| named(order[at], order[*other]) || named(order[*other], order[at]);
            (0..count).filter(|other| *other != at && touches(other)).fold(0, |set, other| set | 1 << other)
        });
        let zones = question.people.len();
        let mut present = vec![0; zones];
        for (at, town) in order.iter().enumerate() {
            let zone = question.present.as_ref().map(|present| present[*town]);
            if let Some(zone) = zone.filter(|zone| *zone < zones) {
                present[zone] |= 1 << at;
            }
        }
        let ground = Ground {
            minutes: order.iter().map(|town| question.minutes[*town]).collect(),
            neighbours: neighbours.collect(),
            people: question.people.clone(),
            present,
            placed: question.present.is_some(),
            order,
            tolerance: if question.present.is_some() { question.tolerance } else { 0 },
        };
        let mut parts: Vec<_> = ground.parts(ground.all()).map(|part| ground.original(part)).collect();
        parts.sort();
        if parts.len() > zones { Err(Impossible::Apart { zones, parts }) } else { Ok(ground) }
    }

    /// All towns.
    pub fn all(&self) -> u64 {
        first(self.minutes.len())
    }

    /// Number of zones.
    pub fn zones(&self) -> usize {
        self.people.len()
    }

    /// Minutes of a set.
    pub fn minutes(&self, set: u64) -> u64 {
        towns(set).map(|town| self.minutes[town]).sum()
    }

    /// Towns that touch the set, without it.
    pub fn around(&self, set: u64) -> u64 {
        towns(set).fold(0, |around, town| around | self.neighbours[town]) & !set
    }

    /// What can be reached from `from` without leaving `within`, with `from`.
    pub fn reach(&self, from: u64, within: u64) -> u64 {
        let (mut reached, mut edge) = (from, from);
        while edge != 0 {
            edge = towns(edge).fold(0, |around, town| around | self.neighbours[town]) & within & !reached;
            reached |= edge;
        }
        reached
    }

    /// Whether the set is one piece; nothing is none.
    pub fn in_one_piece(&self, set: u64) -> bool {
        set != 0 && self.reach(set & set.wrapping_neg(), set) == set
    }

    /// The pieces of a set.
    pub fn parts(&self, set: u64) -> impl Iterator<Item = u64> {
        let mut left = set;
        std::iter::from_fn(move || {
            let part = (left != 0).then(|| self.reach(left & left.wrapping_neg(), left))?;
            left &= !part;
            Some(part)
        })
    }

    /// Towns of a set by their numbers in the question, rising.
    pub fn original(&self, set: u64) -> Vec<usize> {
        let mut numbers: Vec<usize> = towns(set).map(|town| self.order[town]).collect();
        numbers.sort_unstable();
        numbers
    }

    /// The towns that are in `zone` now.
    pub fn present(&self, zone: usize) -> u64 {
        self.present[zone]
    }

    /// What it costs to have the towns of `set` move: towns first, then minutes; costs of
    /// sets without a common town add up. Nothing if nobody asks.
    pub fn cost(&self, set: u64) -> u128 {
        if !self.placed {
            return 0;
        }
        u128::from(set.count_ones()) << 64 | u128::from(self.minutes(set))
    }

    /// The towns that move, of zones as these.
    pub fn movers(&self, zones: &[u64]) -> u64 {
        let stay = zones.iter().zip(&self.present).fold(0, |stay, (new, old)| stay | new & old);
        self.all() & !stay
    }

    /// How many move; 0 if nobody asks.
    pub fn moved(&self, zones: &[u64]) -> usize {
        (self.cost(self.movers(zones)) >> 64) as usize
    }

    /// The load of a zone with these towns.
    pub fn load(&self, zone: usize, set: u64) -> Load {
        Load { minutes: self.minutes(set), people: self.people[zone] }
    }

    /// The loads of all zones.
    pub fn loads(&self, zones: &[u64]) -> Vec<Load> {
        zones.iter().enumerate().map(|(zone, set)| self.load(zone, *set)).collect()
    }

    /// The heaviest of them.
    pub fn heaviest(&self, zones: &[u64]) -> Load {
        self.loads(zones).into_iter().max().expect("there is a zone")
    }

    /// The lightest of them.
    pub fn lightest(&self, zones: &[u64]) -> Load {
        self.loads(zones).into_iter().min().expect("there is a zone")
    }
}

/// Whether the lists go together and the numbers are small enough.
fn check(question: &Question) -> Result<(), Impossible> {
    let (towns, zones) = (question.minutes.len(), question.people.len());
    let placed = question.present.as_ref().is_none_or(|present| present.len() == towns);
    if question.neighbours.len() != towns || !placed || question.tolerance > 10_000 {
        return Err(Impossible::Malformed);
    }
    let total = question.minutes.iter().try_fold(0_u64, |sum, minutes| sum.checked_add(*minutes));
    if towns > MOST_TOWNS || total.is_none_or(|total| total > MOST_MINUTES) {
        return Err(Impossible::TooLarge);
    }
    if question.neighbours.iter().any(|set| set & !first(towns) != 0) {
        return Err(Impossible::Malformed);
    }
    if zones == 0 || zones > towns {
        return Err(Impossible::Zones { zones, towns });
    }
    match question.people.iter().position(|people| !(1..=MOST_PEOPLE).contains(people)) {
        Some(zone) => Err(Impossible::People { zone }),
        None => Ok(()),
    }
}
