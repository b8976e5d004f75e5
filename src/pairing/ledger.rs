//! The inspectors' side of the solver: how many visits each should have, and
//! at what price.

use super::component::{Component, Dockets};
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
    pub fn new(tickets: &'a Tickets<'a>, component: &'a Component, dockets: &Dockets) -> Self {
        let mut ledger = Ledger {
            tickets,
            ranks: &component.ranks,
            room: room(tickets, component, dockets),
            wishes: vec![0; component.ranks.len()],
            prices: Vec::new(),
        };
        let slots = dockets.slots();
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

    /// All prices.
    pub fn prices(&self) -> &[i128] {
        &self.prices
    }

    /// The smallest price of all; 0 if there is nobody.
    pub fn least_price(&self) -> i128 {
        self.prices.iter().copied().min().unwrap_or(0)
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

    /// Moves the price of `person` by `step`, as far as it still fits the wish.
    pub fn nudge(&mut self, person: usize, step: i128) {
        let price = self.prices[person] + step;
        let above = self.growth(person).unwrap_or(i128::MAX);
        let below = self.saving(person).unwrap_or(i128::MIN);
        self.prices[person] = price.clamp(below, above);
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
fn room(tickets: &Tickets, component: &Component, dockets: &Dockets) -> Vec<usize> {
    let mut reach = vec![0; component.ranks.len()];
    let mut last = vec![usize::MAX; component.ranks.len()];
    for (number, (docket, count)) in dockets.counted().enumerate() {
        for person in docket.iter().flatten() {
            if std::mem::replace(&mut last[*person as usize], number) != number {
                reach[*person as usize] += count;
            }
        }
    }
    for (reach, rank) in reach.iter_mut().zip(&component.ranks) {
        *reach = (*reach).min(tickets.instance().inspectors[*rank as usize].capacity as usize);
    }
    reach
}
