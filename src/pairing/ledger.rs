//! The inspectors' side of the solver: how many visits each should have, and
//! at what price.

use super::component::Component;
use super::ticket::Tickets;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Wishes and prices of a component's inspectors, by local number.
///
/// A price always fits the wish: it is at least the cost of the last visit
/// wished for and at most the cost of one more.
#[derive(Debug)]
pub(super) struct Ledger<'a> {
    tickets: &'a Tickets<'a>,
    ranks: &'a [u32],
    /// The most visits that each can have: capacity, or all visits open to them.
    room: Vec<usize>,
    wishes: Vec<usize>,
    prices: Vec<i128>,
}

impl<'a> Ledger<'a> {
    /// Deals out all slots of the component as evenly as capacities allow,
    /// as if everybody were eligible: each goes to whom it costs least. The
    /// cost of the last one dealt is everybody's first price. Where capacity
    /// runs out the wishes stay below the number of slots.
    pub fn new(tickets: &'a Tickets<'a>, component: &'a Component) -> Self {
        let mut ledger = Ledger {
            tickets,
            ranks: &component.ranks,
            room: room(tickets, component),
            wishes: vec![0; component.ranks.len()],
            prices: Vec::new(),
        };
        let slots = component.visits.iter().map(|v| tickets.instance().visits[*v].slots.len()).sum();
        let people = 0..component.ranks.len();
        let mut next: BinaryHeap<_> = people.filter_map(|p| Some((Reverse(ledger.growth(p)?), p))).collect();
        let mut price = 0;
        for _ in 0..slots {
            let Some((Reverse(cost), person)) = next.pop() else { break };
            price = cost;
            ledger.wishes[person] += 1;
            next.extend(ledger.growth(person).map(|cost| (Reverse(cost), person)));
        }
        ledger.prices = vec![price; component.ranks.len()];
        ledger
    }

    /// How many visits `person` should have.
    pub fn wish(&self, person: usize) -> usize {
        self.wishes[person]
    }

    /// The price of `person`.
    pub fn price(&self, person: usize) -> i128 {
        self.prices[person]
    }

    /// What it costs to wish one more visit for `person`, if there is room.
    pub fn growth(&self, person: usize) -> Option<i128> {
        let nth = self.wishes[person] + 1;
        (nth <= self.room[person]).then(|| self.tickets.load_cost(self.ranks[person], nth))
    }

    /// What is saved by wishing one visit less for `person`, if any is wished.
    pub fn saving(&self, person: usize) -> Option<i128> {
        let nth = self.wishes[person];
        (nth > 0).then(|| self.tickets.load_cost(self.ranks[person], nth))
    }

    /// The value next to `surcharge` by which the price of `person` may change
    /// and still fit the wish; within ±2⁵².
    pub fn fitting(&self, person: usize, surcharge: i128) -> i64 {
        const MOST: i128 = 1 << 52;
        let above = self.growth(person).map_or(MOST, |cost| (cost - self.prices[person]).min(MOST));
        let below = self.saving(person).map_or(-MOST, |cost| (cost - self.prices[person]).max(-MOST));
        surcharge.clamp(below, above) as i64
    }

    /// Moves one wish from `loser` to `winner`.
    pub fn move_wish(&mut self, loser: usize, winner: usize) {
        self.wishes[loser] -= 1;
        self.wishes[winner] += 1;
    }

    /// Adds `change` to the price of `person`.
    pub fn reprice(&mut self, person: usize, change: i128) {
        self.prices[person] += change;
    }
}

/// For each inspector the smaller of capacity and the number of visits that
/// have them on the docket.
fn room(tickets: &Tickets, component: &Component) -> Vec<usize> {
    let mut reach = vec![0; component.ranks.len()];
    let mut last = vec![usize::MAX; component.ranks.len()];
    for visit in &component.visits {
        for slot in &*tickets.instance().visits[*visit].slots {
            let mut person = 0;
            for rank in slot {
                while component.ranks[person] != *rank {
                    person += 1;
                }
                if last[person] != *visit {
                    last[person] = *visit;
                    reach[person] += 1;
                }
            }
        }
    }
    for (reach, rank) in reach.iter_mut().zip(&component.ranks) {
        *reach = (*reach).min(tickets.instance().inspectors[*rank as usize].capacity as usize);
    }
    reach
}
