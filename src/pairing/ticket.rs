//! Tickets: one random number for every lawful (unit, slot, inspector), and
//! one turn for every inspector; all from the seed (docs/spec/pairing.md).

use super::instance::{Instance, Malformed};
use crate::digest::{Digest, Prefix};
use crate::seed::Seed;
use crate::stream::Stream;
use rayon::prelude::*;
use std::ops::Range;

/// One step of load within a band of duration. Fewer than 2²⁵ slots with turns below
/// 2⁶⁰ and tickets below 2⁴⁹ sum to less than 2⁸⁶, so one step outweighs them all.
pub const MID: i128 = 1 << 86;

/// One step of load. All steps of all bands sum to less than 2²⁵ times [`MID`], so one
/// step outweighs them and everything below.
pub const BIG: i128 = 1 << 111;

/// What is added to the ticket of somebody who visited the unit last time: as
/// much as the largest ticket and a little more.
pub const SURCHARGE: u64 = 1 << 48;

/// The words that keep the numbers of the two questions of a draw apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tags {
    unit: &'static str,
    turn: &'static str,
}

/// Of the question who goes.
pub const PAIR: Tags = Tags { unit: "yaohao/pair/v1\n", turn: "yaohao/turn/v1\n" };
/// Of the question who leads, see [`leads`](super::leads).
pub const LEAD: Tags = Tags { unit: "yaohao/lead/v1\n", turn: "yaohao/lead-turn/v1\n" };

/// Visits that one processor works on at a time where there are many.
pub(super) const PART: usize = 512;

/// The tickets and turns of a valid instance.
///
/// Tickets are drawn when asked for: a million units of a hundred inspectors have more of
/// them than fit into memory. Those of a small instance are kept, as they are asked for
/// several times.
#[derive(Debug, Clone)]
pub struct Tickets<'a> {
    instance: &'a Instance,
    /// What the keys of all units begin with, hashed.
    keys: Prefix,
    turns: Vec<i128>,
    /// The tickets of each visit, or nothing.
    kept: Vec<Vec<u64>>,
}

/// Instances with as many lawful (slot, inspector) pairs at most keep their tickets: half
/// a megabyte.
const KEPT: usize = 1 << 16;

impl<'a> Tickets<'a> {
    /// The tickets of the question who goes; fails if the instance is not valid.
    pub fn of(instance: &'a Instance) -> Result<Self, Malformed> {
        Self::tagged(PAIR, instance)
    }

    /// The same for the question of these tags.
    pub fn tagged(tags: Tags, instance: &'a Instance) -> Result<Self, Malformed> {
        instance.validate()?;
        let Instance { seed, inspectors, visits, .. } = instance;
        let (keys, turns) = (keys(tags, seed), turns(tags, seed, inspectors.len()));
        let mut tickets = Tickets { instance, keys, turns, kept: Vec::new() };
        if visits.iter().flat_map(|visit| visit.slots.iter()).map(Vec::len).sum::<usize>() <= KEPT {
            tickets.kept = (0..visits.len()).map(|visit| tickets.draw(visit).values).collect();
        }
        Ok(tickets)
    }

    /// The instance whose tickets these are.
    pub fn instance(&self) -> &'a Instance {
        self.instance
    }

    /// Draws the tickets of a visit: for each slot, in the order of its
    /// eligible ranks, each below 2⁴⁹.
    ///
    /// # Panics
    /// If there is no such visit.
    pub fn draw(&self, visit: usize) -> Drawn<'a> {
        let mut drawn = Drawn::default();
        self.draw_into(visit, &mut drawn);
        drawn
    }

    /// As [`Tickets::draw`], in memory that is already there.
    pub(super) fn draw_into(&self, visit: usize, drawn: &mut Drawn<'a>) {
        let number = visit;
        let visit = &self.instance.visits[number];
        drawn.slots = &visit.slots;
        drawn.values.clear();
        if let Some(kept) = self.kept.get(number) {
            drawn.values.extend_from_slice(kept);
            return;
        }
        drawn.values.reserve(visit.slots.iter().map(Vec::len).sum());
        let mut words = Stream::new(self.keys.line(&visit.unit));
        let mut next = 0;
        for (slot, ranks) in visit.slots.iter().enumerate() {
            let first = slot as u64 * self.instance.inspectors.len() as u64;
            for rank in ranks {
                let number = first + u64::from(*rank);
                if next != number {
                    words.seek(number);
                }
                let again = visit.again.binary_search(rank).is_ok();
                drawn.values.push((words.word() >> 16) + if again { SURCHARGE } else { 0 });
                next = number + 1;
            }
        }
    }

    /// The tickets of a slot, in the order of its eligible ranks.
    ///
    /// # Panics
    /// If there is no such visit or slot.
    pub fn row(&self, visit: usize, slot: usize) -> Vec<u64> {
        self.draw(visit).row(slot).to_vec()
    }

    /// The ticket of an inspector for a slot; `None` where the pair is not
    /// lawful or does not exist.
    pub fn ticket(&self, visit: usize, slot: usize, rank: u32) -> Option<u64> {
        self.instance.visits.get(visit)?.slots.get(slot)?.binary_search(&rank).ok()?;
        self.draw(visit).ticket(slot, rank)
    }

    /// What the inspector's `nth` visit of this draw costs, `nth` from 1:
    /// BIG·(carried + nth) + turn. For `nth` = 0 it is one step less than the
    /// first visit. Visits of bands from 1 cost [`band_cost`] besides.
    ///
    /// # Panics
    /// If there is no such rank.
    pub fn load_cost(&self, rank: u32, nth: usize) -> i128 {
        let level = i128::from(self.instance.inspectors[rank as usize].carried) + nth as i128;
        BIG * level + self.turns[rank as usize]
    }
}

/// The tickets of one visit.
#[derive(Debug, Clone, Default)]
pub struct Drawn<'a> {
    slots: &'a [Vec<u32>],
    /// Slot after slot.
    values: Vec<u64>,
}

impl Drawn<'_> {
    /// The tickets of a slot, in the order of its eligible ranks.
    ///
    /// # Panics
    /// If there is no such slot.
    pub fn row(&self, slot: usize) -> &[u64] {
        let start: usize = self.slots[..slot].iter().map(Vec::len).sum();
        &self.values[start..][..self.slots[slot].len()]
    }

    /// Everybody eligible for a slot, with the ticket.
    ///
    /// # Panics
    /// If there is no such slot.
    pub fn slot(&self, slot: usize) -> impl Iterator<Item = (&u32, &u64)> {
        self.slots[slot].iter().zip(self.row(slot))
    }

    /// The ticket of an inspector for a slot; `None` where that is not lawful.
    pub fn ticket(&self, slot: usize, rank: u32) -> Option<u64> {
        let place = self.slots.get(slot)?.binary_search(&rank).ok()?;
        Some(self.row(slot)[place])
    }
}

/// What `work` makes of 0, …, `count` − 1, in parts of `size` on all processors;
/// the results are in order. A single part stays on this processor.
pub(super) fn in_parts<R: Send>(
    count: usize,
    size: usize,
    work: impl Fn(Range<usize>) -> R + Sync,
) -> Vec<R> {
    let part = |number: usize| work(number * size..count.min((number + 1) * size));
    match count.div_ceil(size) {
        1 => vec![part(0)],
        parts => (0..parts).into_par_iter().map(part).collect(),
    }
}

/// The key of a unit's ticket stream.
pub fn key(tags: Tags, seed: &Seed, unit: &str) -> Digest {
    keys(tags, seed).line(unit)
}

/// What the keys of all units begin with.
fn keys(tags: Tags, seed: &Seed) -> Prefix {
    seed.suite.prefix(format!("{}{seed}\n", tags.unit).as_bytes())
}

/// What an inspector's `nth` visit within a band from 1 costs besides, `nth` from 1.
pub fn band_cost(nth: usize) -> i128 {
    MID * nth as i128
}

/// The turns of `count` inspectors, below 2⁶⁰ and multiples of 2¹²: among
/// equally loaded inspectors the one with the smaller turn takes a visit that
/// does not divide evenly, and turns come from the seed alone.
pub fn turns(tags: Tags, seed: &Seed, count: usize) -> Vec<i128> {
    let mut words = Stream::new(seed.digest(&[tags.turn.as_bytes(), seed.to_string().as_bytes(), b"\n"]));
    (0..count).map(|_| i128::from(words.word() >> 16) << 12).collect()
}
