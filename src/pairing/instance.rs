//! The question that pairing answers, and nothing else: both the solver and
//! the check read it, and they share nothing but it and the tickets.

use crate::eligibility::MAX_VISITS;
use crate::ids::is_token;
use crate::lang::Said;
use crate::policy::MAX_BANDS;
use crate::said;
use crate::seed::Seed;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The largest team: all ways to seat one are tried one by one.
pub const MAX_TEAM: usize = 4;
/// Fewer slots than this in one draw, so that no sum of tickets and turns
/// reaches one step of a band (docs/spec/pairing.md, "Bounds").
pub const SLOT_BOUND: usize = 1 << 25;
/// What bands may add up to, so that no sum of their steps reaches one step of load.
const BAND_BOUND: u64 = 1 << 25;

/// Who can be paired with whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    /// The draw's seed.
    pub seed: Seed,
    /// The committed list of inspectors; a rank is a position in it.
    pub inspectors: Vec<Seat>,
    /// The drawn units.
    pub visits: Vec<Visit>,
    /// Bands of duration (时长档), at least one. Visits are balanced in all, and
    /// behind that those of every band from 1.
    pub bands: usize,
}

/// What pairing needs to know of one inspector, in visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    /// Visits the inspector can still take.
    pub capacity: u32,
    /// Visits (or their equal in other work) already carried; balance counts them.
    pub carried: u32,
}

/// For each slot of a team, the ranks of the eligible inspectors, ascending.
/// Thousands of units have equal ones: [`Interner`] keeps these once.
pub type Slots = Arc<[Vec<u32>]>;

/// One drawn unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The unit's id, part of its ticket key.
    pub unit: String,
    /// Who is eligible.
    pub slots: Slots,
    /// Ranks, ascending, whose tickets carry the surcharge of a second visit running.
    pub again: Vec<u32>,
    /// How long it takes: a band of the instance, the shortest visits in band 0.
    pub band: usize,
}

/// Gives equal slots one place in memory.
#[derive(Debug, Default)]
pub struct Interner(BTreeSet<Slots>);

impl Interner {
    /// The place of `slots`: that of the first equal ones, if any came before.
    pub fn share(&mut self, slots: &[Vec<u32>]) -> Slots {
        if let Some(known) = self.0.get(slots) {
            return known.clone();
        }
        let new: Slots = slots.into();
        self.0.insert(new.clone());
        new
    }
}

/// An answer: a team for every visit, and the prices that prove it right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairing {
    /// `teams[visit][slot]` is a rank.
    pub teams: Vec<Vec<u32>>,
    /// The least price of each inspector in each band, by [`Instance::account`].
    pub prices: Vec<i128>,
}

/// Why an instance is not a question at all. Indices are positions in
/// [`Instance::visits`] and ranks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malformed {
    /// There is no band of duration, or more than [`MAX_BANDS`].
    Bands,
    /// This inspector carries, or may be given, more than [`MAX_VISITS`].
    Carried(u32),
    /// This visit's unit has an id that is not one printable word.
    UnitId(usize),
    /// This visit's unit is the unit of an earlier visit too.
    UnitTwice(usize),
    /// This visit is in a band that there is not.
    Band(usize),
    /// This visit wants no inspector, or more than [`MAX_TEAM`].
    TeamSize(usize),
    /// The eligible ranks of this (visit, slot) do not ascend, or leave the list;
    /// behind the last slot: the surcharged ranks.
    Ranks(usize, usize),
    /// The slots of all visits reach [`SLOT_BOUND`].
    TooManySlots,
    /// Too many visits beyond band 0 for so many people.
    TooManyBanded,
}

impl Instance {
    /// The number of slots of all visits.
    pub fn slots(&self) -> usize {
        self.visits.iter().map(|v| v.slots.len()).sum()
    }

    /// The same question for these visits only. Inspectors keep their ranks, so
    /// that tickets and turns stay the same.
    ///
    /// # Panics
    /// If there is no such visit.
    pub fn only(&self, visits: &[usize]) -> Instance {
        let visits = visits.iter().map(|visit| self.visits[*visit].clone()).collect();
        Instance { inspectors: self.inspectors.clone(), visits, ..*self }
    }

    /// Where the price of an inspector in a band stands: rank after rank, and for
    /// each its bands.
    pub fn account(&self, rank: u32, band: usize) -> usize {
        rank as usize * self.bands + band
    }

    /// How many accounts there are.
    pub fn accounts(&self) -> usize {
        self.inspectors.len() * self.bands
    }

    /// Visits that `teams`, one a visit, give to each account.
    ///
    /// # Panics
    /// If a rank is not in the list, or there are more teams than visits.
    pub fn loads(&self, teams: &[Vec<u32>]) -> Vec<usize> {
        let mut loads = vec![0; self.accounts()];
        for (visit, team) in self.visits[..teams.len()].iter().zip(teams) {
            team.iter().for_each(|rank| loads[self.account(*rank, visit.band)] += 1);
        }
        loads
    }

    /// Whether the instance keeps the bounds of the specification. It does not
    /// ask whether a lawful pairing exists.
    pub fn validate(&self) -> Result<(), Malformed> {
        if !(1..=MAX_BANDS).contains(&self.bands) {
            return Err(Malformed::Bands);
        }
        if let Some(rank) = self.inspectors.iter().position(|s| s.carried.max(s.capacity) > MAX_VISITS) {
            return Err(Malformed::Carried(rank as u32));
        }
        let twice = self.unit_twice();
        let mut known = BTreeSet::new();
        for (index, visit) in self.visits.iter().enumerate() {
            if !is_token(&visit.unit) {
                return Err(Malformed::UnitId(index));
            }
            if twice == Some(index) {
                return Err(Malformed::UnitTwice(index));
            }
            if visit.band >= self.bands {
                return Err(Malformed::Band(index));
            }
            if visit.slots.is_empty() || visit.slots.len() > MAX_TEAM {
                return Err(Malformed::TeamSize(index));
            }
            let wrong = |ranks: &Vec<u32>| {
                let inside = ranks.last().is_none_or(|last| (*last as usize) < self.inspectors.len());
                !inside || ranks.windows(2).any(|pair| pair[0] >= pair[1])
            };
            if wrong(&visit.again) {
                return Err(Malformed::Ranks(index, visit.slots.len()));
            }
            // Slots that were right for one visit are right for all that share them.
            let new = known.insert(visit.slots.as_ptr());
            if let Some(slot) = if new { visit.slots.iter().position(wrong) } else { None } {
                return Err(Malformed::Ranks(index, slot));
            }
        }
        if self.slots() >= SLOT_BOUND {
            return Err(Malformed::TooManySlots);
        }
        if self.most_in_bands() >= BAND_BOUND { Err(Malformed::TooManyBanded) } else { Ok(()) }
    }

    /// More than the steps of all bands from 1 can sum to in a lawful pairing.
    fn most_in_bands(&self) -> u64 {
        let banded = self.visits.iter().filter(|visit| visit.band > 0).count() as u64;
        let most = |seat: &Seat| {
            let visits = banded.min(u64::from(seat.capacity));
            visits * (visits + 1) / 2
        };
        self.inspectors.iter().map(most).sum()
    }

    /// The first visit whose unit an earlier visit has too.
    fn unit_twice(&self) -> Option<usize> {
        if self.visits.is_sorted_by(|a, b| a.unit < b.unit) {
            return None;
        }
        let mut units = BTreeSet::new();
        self.visits.iter().position(|visit| !units.insert(visit.unit.as_str()))
    }
}

impl Visit {
    /// A visit of band 0 to which nobody comes at a surcharge.
    pub fn new(unit: impl Into<String>, slots: impl Into<Slots>) -> Self {
        Visit { unit: unit.into(), slots: slots.into(), again: Vec::new(), band: 0 }
    }

    /// Whether the inspector of `rank` may take `slot`; false for a slot that
    /// does not exist.
    pub fn allows(&self, slot: usize, rank: u32) -> bool {
        self.slots.get(slot).is_some_and(|ranks| ranks.binary_search(&rank).is_ok())
    }

    /// Everybody who may take some slot, ascending.
    pub fn docket(&self) -> Vec<u32> {
        let mut docket = self.slots.concat();
        docket.sort_unstable();
        docket.dedup();
        docket
    }
}

impl Malformed {
    /// The fault in words; visits, slots and ranks are counted from 1.
    pub fn said(&self) -> Said {
        match *self {
            Malformed::Carried(rank) => {
                let (rank, most) = (u64::from(rank) + 1, MAX_VISITS);
                said!(
                    "第 {rank} 名检查人员已承担或可承担的任务数超过 {most}",
                    "inspector {rank} carries or can take more than {most} visits"
                )
            }
            Malformed::Bands => {
                said!("时长档应为 1 至 {MAX_BANDS} 档", "there must be 1 to {MAX_BANDS} bands of duration")
            }
            Malformed::Band(visit) => {
                let visit = visit + 1;
                said!("第 {visit} 次检查的时长档不存在", "visit {visit} is in an unknown band of duration")
            }
            Malformed::TooManyBanded => {
                said!(
                    "长时检查太多，无法保证均衡的先后次序",
                    "too many long visits for so many people: evenness could not come strictly first"
                )
            }
            Malformed::UnitId(visit) => {
                let visit = visit + 1;
                said!("第 {visit} 次检查的单位编号不合规", "the unit id of visit {visit} is not a plain word")
            }
            Malformed::UnitTwice(visit) => {
                let visit = visit + 1;
                said!("第 {visit} 次检查的单位重复出现", "the unit of visit {visit} occurs twice")
            }
            Malformed::TeamSize(visit) => {
                let (visit, most) = (visit + 1, MAX_TEAM);
                said!(
                    "第 {visit} 次检查的岗位数不在 1 至 {most} 之间",
                    "visit {visit} wants a team outside 1 to {most} people"
                )
            }
            Malformed::Ranks(visit, slot) => {
                let (visit, slot) = (visit + 1, slot + 1);
                said!(
                    "第 {visit} 次检查第 {slot} 个岗位的人员序号未按升序排列或超出名录",
                    "the eligible ranks of visit {visit}, slot {slot} do not ascend or leave the list"
                )
            }
            Malformed::TooManySlots => {
                let most = SLOT_BOUND - 1;
                said!("岗位总数超过 {most}", "more than {most} slots in one draw")
            }
        }
    }
}
