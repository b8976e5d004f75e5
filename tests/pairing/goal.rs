//! The goal of a pairing in words, held against everything that is lawful.
//!
//! Nothing here is shared with the program: tickets and turns come from other
//! people's SHA-256 and ChaCha20, no load has a cost and nobody a price. All
//! lawful choices of people are gone through, unit by unit; those that give
//! everybody the same loads are told apart by their tickets only.

use chacha20::ChaCha20Rng;
use chacha20::rand_core::{Rng, SeedableRng};
use sha2::{Digest as _, Sha256};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use yaohao::pairing::instance::{Instance, Visit};

/// The words of the two questions of a draw: of a unit's tickets, and of the turns.
pub const WHO: [&str; 2] = ["pair", "turn"];
pub const LEADS: [&str; 2] = ["lead", "lead-turn"];

/// Word `number` of the stream whose key is the SHA-256 of `text`.
pub fn word(text: &str, number: usize) -> u64 {
    let mut stream = ChaCha20Rng::from_seed(Sha256::digest(text).into());
    stream.set_word_pos(2 * number as u128);
    stream.next_u64()
}

/// The random numbers of an instance.
pub struct Luck {
    /// By visit, slot and rank, for those eligible.
    tickets: Vec<Vec<BTreeMap<u32, u64>>>,
    turns: Vec<u128>,
}

impl Luck {
    pub fn of(instance: &Instance, [pair, turn]: [&str; 2]) -> Luck {
        let (seed, n) = (instance.seed, instance.inspectors.len());
        let visit = |visit: &Visit| {
            let text = format!("yaohao/{pair}/v1\n{seed}\n{}\n", visit.unit);
            let surcharge = |rank: u32| if visit.again.contains(&rank) { 1 << 48 } else { 0 };
            let ticket = |slot: usize, rank: u32| {
                (rank, (word(&text, slot * n + rank as usize) >> 16) + surcharge(rank))
            };
            let row = |(slot, ranks): (usize, &Vec<u32>)| ranks.iter().map(|r| ticket(slot, *r)).collect();
            visit.slots.iter().enumerate().map(row).collect()
        };
        let turns = (0..n).map(|i| u128::from(word(&format!("yaohao/{turn}/v1\n{seed}\n"), i) >> 16) << 12);
        Luck { tickets: instance.visits.iter().map(visit).collect(), turns: turns.collect() }
    }

    /// The tickets of these people on the slots of a visit from `first` on;
    /// `None` if somebody is not eligible.
    pub fn sum(&self, visit: usize, first: usize, people: &[u32]) -> Option<u64> {
        let rows = self.tickets[visit][first..].iter();
        rows.zip(people).map(|(row, rank)| row.get(rank).copied()).sum()
    }
}

/// All lawful teams of a visit, slot by slot.
pub fn teams(visit: &Visit) -> Vec<Vec<u32>> {
    let mut teams: Vec<Vec<u32>> = vec![Vec::new()];
    for ranks in &*visit.slots {
        let longer = teams.iter().flat_map(|team| {
            let free = ranks.iter().filter(|rank| !team.contains(rank));
            free.map(|rank| [team.as_slice(), &[*rank]].concat())
        });
        teams = longer.collect();
    }
    teams
}

/// What the best of some lawful choices costs in tickets, and how many are as good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Best {
    tickets: u64,
    ways: u64,
}

impl Best {
    fn or(self, other: Best) -> Best {
        match self.tickets.cmp(&other.tickets) {
            std::cmp::Ordering::Less => self,
            std::cmp::Ordering::Equal => Best { ways: self.ways + other.ways, ..self },
            std::cmp::Ordering::Greater => other,
        }
    }
}

/// Every way in which the visits can be shared out.
pub struct Outcomes<'a> {
    instance: &'a Instance,
    pub luck: Luck,
    /// For each lawful vector of loads (by account), the choices of people of least tickets.
    reached: Vec<(Vec<u32>, Best)>,
}

/// What is best, and in how many ways it can be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// Visits carried and given, the largest first.
    pub levels: Vec<u32>,
    /// How uneven the bands of duration from 1 are: everybody's first visit of a band
    /// counts one, the second two, and so on.
    pub unevenness: u32,
    /// Sum of the turns of all visits given and of all tickets.
    pub luck: u128,
    /// Choices of people that reach it.
    pub ways: u64,
}

impl<'a> Outcomes<'a> {
    /// Goes through everything. Loads are kept as the digits of one number.
    pub fn of(instance: &'a Instance, words: [&str; 2]) -> Outcomes<'a> {
        let luck = Luck::of(instance, words);
        let in_band = |band| instance.visits.iter().filter(|visit| visit.band == band).count();
        // The digit of an account never exceeds the visits of its band.
        let radix: Vec<u64> =
            (0..instance.accounts()).map(|account| in_band(account % instance.bands) as u64 + 1).collect();
        let mut unit = vec![1];
        radix.iter().for_each(|radix| unit.push(unit[unit.len() - 1] * radix));
        let digit = |code: u64, account: usize| code / unit[account] % radix[account];
        let accounts = |rank: u32| instance.account(rank, 0)..instance.account(rank, instance.bands);
        let load = |code: u64, rank: u32| accounts(rank).map(|a| digit(code, a)).sum::<u64>();
        let mut best = vec![(0, Best { tickets: 0, ways: 1 })];
        for (visit, question) in instance.visits.iter().enumerate() {
            let mut sets: BTreeMap<Vec<u32>, u64> = BTreeMap::new();
            for team in teams(question) {
                let sum = luck.sum(visit, 0, &team).expect("lawful");
                let mut people = team;
                people.sort_unstable();
                sets.entry(people).and_modify(|least| *least = sum.min(*least)).or_insert(sum);
            }
            let mut next: Vec<(u64, Best)> = Vec::new();
            for (code, so_far) in best {
                let seats = (0..).zip(&instance.inspectors);
                let free: Vec<bool> =
                    seats.map(|(r, seat)| load(code, r) < u64::from(seat.capacity)).collect();
                let all_free = |(people, _): &(&Vec<u32>, &u64)| people.iter().all(|r| free[*r as usize]);
                for (people, sum) in sets.iter().filter(all_free) {
                    let step = |rank: &u32| unit[instance.account(*rank, question.band)];
                    let after = code + people.iter().map(step).sum::<u64>();
                    let with = Best { tickets: so_far.tickets + sum, ..so_far };
                    next.push((after, with));
                }
            }
            next.sort_unstable_by_key(|(code, _)| *code);
            next.dedup_by(|(code, other), (first, best)| {
                let same = code == first;
                if same {
                    *best = best.or(*other);
                }
                same
            });
            best = next;
        }
        let digits = |code: u64| (0..radix.len()).map(|account| digit(code, account) as u32).collect();
        let reached = best.into_iter().map(|(code, best)| (digits(code), best)).collect();
        Outcomes { instance, luck, reached }
    }

    /// Everybody's visits of all bands together.
    pub fn all(&self, loads: &[u32]) -> Vec<u32> {
        loads.chunks(self.instance.bands).map(|loads| loads.iter().sum()).collect()
    }

    /// How uneven the bands are, see [`Goal`].
    fn unevenness(&self, loads: &[u32]) -> u32 {
        let banded = loads.chunks(self.instance.bands).flat_map(|loads| &loads[1..]);
        banded.map(|load| load * (load + 1) / 2).sum()
    }

    /// Everybody's visits, carried and given; also of those who get none.
    pub fn levels(&self, loads: &[u32]) -> Vec<u32> {
        let carried = self.instance.inspectors.iter().map(|i| i.carried);
        let all = self.all(loads);
        let mut levels: Vec<u32> = carried.zip(all).map(|(carried, load)| carried + load).collect();
        levels.sort_unstable_by(|a, b| b.cmp(a));
        levels
    }

    /// Each visit given, as the level it brings its inspector to; the largest first.
    pub fn steps(&self, loads: &[u32]) -> Vec<u32> {
        let carried = self.instance.inspectors.iter().map(|i| i.carried);
        let each = carried.zip(self.all(loads)).flat_map(|(carried, load)| carried + 1..=carried + load);
        let mut steps: Vec<u32> = each.collect();
        steps.sort_unstable_by(|a, b| b.cmp(a));
        steps
    }

    /// All lawful vectors of loads.
    pub fn loads(&self) -> impl Iterator<Item = &Vec<u32>> {
        self.reached.iter().map(|(loads, _)| loads)
    }

    /// The goal: first the fewest visits for whoever has most, then for whoever
    /// has second most, and so on; then the most even bands; then the least sum of
    /// turns and tickets. `None` if nothing is lawful.
    pub fn goal(&self) -> Option<Goal> {
        let mut goal: Option<Goal> = None;
        for (loads, best) in &self.reached {
            let luck = self.turns(loads) + u128::from(best.tickets);
            let unevenness = self.unevenness(loads);
            let this = Goal { levels: self.levels(loads), unevenness, luck, ways: best.ways };
            let order = |goal: &Goal| {
                goal.levels
                    .cmp(&this.levels)
                    .then((goal.unevenness, goal.luck).cmp(&(this.unevenness, this.luck)))
            };
            goal = match goal.as_ref().map(order) {
                Some(Ordering::Less) => goal,
                Some(Ordering::Equal) => goal.map(|goal| Goal { ways: goal.ways + this.ways, ..this }),
                _ => Some(this),
            };
        }
        goal
    }

    /// The least sum of turns among the most even loads, by itself.
    pub fn least_turns(&self) -> Option<u128> {
        let Goal { levels, unevenness, .. } = self.goal()?;
        let even = |loads: &&Vec<u32>| self.levels(loads) == levels && self.unevenness(loads) == unevenness;
        self.loads().filter(even).map(|loads| self.turns(loads)).min()
    }

    pub fn turns(&self, loads: &[u32]) -> u128 {
        self.luck.turns.iter().zip(self.all(loads)).map(|(turn, load)| turn * u128::from(load)).sum()
    }

    /// What these teams reach, as one way; `None` if they are not lawful.
    pub fn reached_by(&self, teams: &[Vec<u32>]) -> Option<Goal> {
        let mut loads = vec![0; self.instance.accounts()];
        let mut luck = 0;
        for (visit, team) in teams.iter().enumerate() {
            luck += u128::from(self.luck.sum(visit, 0, team)?);
            for (slot, rank) in team.iter().enumerate() {
                loads[self.instance.account(*rank, self.instance.visits[visit].band)] += 1;
                if team[..slot].contains(rank) {
                    return None;
                }
            }
        }
        let all = self.all(&loads);
        let fits = all.iter().zip(&self.instance.inspectors).all(|(load, i)| *load <= i.capacity);
        let (levels, unevenness) = (self.levels(&loads), self.unevenness(&loads));
        fits.then(|| Goal { levels, unevenness, luck: luck + self.turns(&loads), ways: 1 })
    }
}
