//! Tickets: one random number for every lawful (unit, slot, inspector), and
//! one turn for every inspector; all from the seed (docs/spec/pairing.md).

use super::instance::{Instance, Malformed};
use crate::digest::Digest;
use crate::stream::Stream;

/// One step of load, 2⁹⁶. Fewer than 2²⁷ slots with turns below 2⁶⁸ and
/// tickets below 2⁴⁸ sum to less than 2⁹⁶, so one step outweighs them all.
pub const BIG: i128 = 1 << 96;

/// The tickets and turns of a valid instance.
#[derive(Debug, Clone)]
pub struct Tickets<'a> {
    instance: &'a Instance,
    turns: Vec<i128>,
    values: Vec<u64>,
    /// `rows[visit]` is where the tickets of the visit's first slot start.
    rows: Vec<usize>,
}

impl<'a> Tickets<'a> {
    /// Draws every ticket; fails if the instance is not valid.
    pub fn of(instance: &'a Instance) -> Result<Self, Malformed> {
        instance.validate()?;
        let mut tickets = Tickets {
            instance,
            turns: turns(&instance.seed, instance.inspectors.len()),
            values: Vec::with_capacity(instance.visits.iter().flat_map(|v| &*v.slots).map(Vec::len).sum()),
            rows: Vec::with_capacity(instance.visits.len()),
        };
        for visit in &instance.visits {
            tickets.rows.push(tickets.values.len());
            let mut words = Stream::new(key(&instance.seed, &visit.unit));
            let mut next = 0;
            for (slot, ranks) in visit.slots.iter().enumerate() {
                for rank in ranks {
                    let number = slot * instance.inspectors.len() + *rank as usize;
                    // Ranks ascend within a slot, so the numbers ascend.
                    while next < number {
                        words.word();
                        next += 1;
                    }
                    tickets.values.push(words.word() >> 16);
                    next += 1;
                }
            }
        }
        Ok(tickets)
    }

    /// The instance whose tickets these are.
    pub fn instance(&self) -> &'a Instance {
        self.instance
    }

    /// The tickets of a slot, each below 2⁴⁸, in the order of its eligible
    /// ranks.
    ///
    /// # Panics
    /// If there is no such visit or slot.
    pub fn row(&self, visit: usize, slot: usize) -> &[u64] {
        let slots = &self.instance.visits[visit].slots;
        let start = self.rows[visit] + slots[..slot].iter().map(Vec::len).sum::<usize>();
        &self.values[start..start + slots[slot].len()]
    }

    /// The ticket of an inspector for a slot; `None` where the pair is not
    /// lawful or does not exist.
    pub fn ticket(&self, visit: usize, slot: usize, rank: u32) -> Option<u64> {
        let place = self.instance.visits.get(visit)?.slots.get(slot)?.binary_search(&rank).ok()?;
        Some(self.row(visit, slot)[place])
    }

    /// What the inspector's `nth` visit of this draw costs, `nth` from 1:
    /// BIG·(carried + nth) + turn. For `nth` = 0 it is one step less than the
    /// first visit.
    ///
    /// # Panics
    /// If there is no such rank.
    pub fn load_cost(&self, rank: u32, nth: usize) -> i128 {
        let level = i128::from(self.instance.inspectors[rank as usize].carried) + nth as i128;
        BIG * level + self.turns[rank as usize]
    }
}

/// The key of a unit's ticket stream.
pub fn key(seed: &Digest, unit: &str) -> Digest {
    Digest::of(&[b"yaohao/pair/v1\n", seed.to_string().as_bytes(), b"\n", unit.as_bytes(), b"\n"])
}

/// The turns of `count` inspectors, below 2⁶⁸ and multiples of 2²⁰: among
/// equally loaded inspectors the one with the smaller turn takes a visit that
/// does not divide evenly, and turns come from the seed alone.
pub fn turns(seed: &Digest, count: usize) -> Vec<i128> {
    let mut words = Stream::new(Digest::of(&[b"yaohao/turn/v1\n", seed.to_string().as_bytes(), b"\n"]));
    (0..count).map(|_| i128::from(words.word() >> 16) << 20).collect()
}
