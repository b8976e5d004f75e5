//! On which working day is each drawn unit visited? Nobody chooses: the days follow from
//! the seed, the teams, and from what was committed before the seed existed
//! (docs/spec/schedule.md, which is the authority on every rule here).
//!
//! Visits are placed one after the other, the longest first. Each gets the open day on
//! which most of its people are in its town already, then the one that loads its people
//! least. Where no day is open, one other visit may make room.

mod board;
mod lack;
mod measure;

pub use lack::{Lack, lacks};
pub use measure::{Measure, is_near, measure};

use crate::digest::{Digest, Prefix};
use crate::seed::Seed;
use crate::stream::Stream;
use board::Board;
use std::cmp::Reverse;

/// A drawn unit with its team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Id of the unit.
    pub unit: String,
    /// Its town.
    pub town: String,
    /// Slot by slot: rank of the inspector, and the minutes that the visit takes of them.
    pub team: Vec<(u32, u32)>,
}

impl Visit {
    /// The most minutes that it takes of anybody.
    pub fn length(&self) -> u32 {
        self.team.iter().map(|(_, minutes)| *minutes).max().unwrap_or(0)
    }
}

/// What a schedule follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The seed of the draw.
    pub seed: Seed,
    /// The visits, by unit.
    pub visits: Vec<Visit>,
    /// How many working days there are.
    pub days: usize,
    /// By rank: the minutes that the inspector has on each day.
    pub availability: Vec<Vec<u32>>,
}

/// The day of every visit, from 0, in the order of the visits; `None` where no day holds it.
///
/// # Panics
/// If a team names a rank without availability, or one without a number for each day.
pub fn schedule(question: &Question) -> Vec<Option<usize>> {
    let prefix = keys(&question.seed);
    let keys: Vec<Digest> = question.visits.iter().map(|visit| prefix.line(&visit.unit)).collect();
    let mut order: Vec<usize> = (0..question.visits.len()).collect();
    order.sort_by_key(|v| {
        let visit = &question.visits[*v];
        (Reverse(visit.length()), keys[*v], visit.unit.as_str())
    });
    let mut board = Board::new(question, &keys, &order);
    for visit in order.iter().copied() {
        if !board.settle(visit, None) {
            board.make_room(visit);
        }
    }
    board.finish()
}

/// The key of a unit's tickets for days.
pub fn key(seed: &Seed, unit: &str) -> Digest {
    keys(seed).line(unit)
}

/// What the keys of all units begin with.
fn keys(seed: &Seed) -> Prefix {
    seed.suite.prefix(format!("{KEY_TAG}\n{seed}\n").as_bytes())
}

/// First line of what is hashed into the key.
pub const KEY_TAG: &str = "yaohao/day/v1";

/// The tickets of one unit, by day.
fn tickets(key: Digest, days: usize) -> Vec<u64> {
    let mut words = Stream::new(key);
    (0..days).map(|_| words.word()).collect()
}
