//! The inspectors' side of the solver: how many visits each should have, and
//! at what price.
//!
//! Places are the accounts of a component's people, person after person and for
//! each the bands of duration. A visit of a band from 1 costs by the number of
//! visits that its account has, and then, like one of band 0, by the number that
//! the person has in all: so the account of band 0, the person's *main* account,
//! stands above the others of that person, and the sink above all main accounts.

use super::component::{Component, Dockets};
use super::ticket::{Tickets, band_cost};

/// Wishes and prices of a component's people, by account.
///
/// A price always fits the wishes: beyond that of the account above (0 for the
/// sink) it is at least the cost of the last visit wished for and at most the
/// cost of one more.
#[derive(Debug)]
pub(super) struct Ledger<'a> {
    tickets: &'a Tickets<'a>,
    ranks: &'a [u32],
    bands: usize,
    /// The most visits that each person can have: capacity, or all visits open to them.
    room: Vec<usize>,
    /// Visits wished for, by account; in main accounts those of all bands.
    wishes: Vec<usize>,
    prices: Vec<i128>,
}

impl<'a> Ledger<'a> {
    /// Nothing is wished for yet.
    pub fn new(tickets: &'a Tickets<'a>, component: &'a Component, dockets: &Dockets) -> Self {
        let accounts = component.ranks.len() * dockets.bands;
        Ledger {
            tickets,
            ranks: &component.ranks,
            bands: dockets.bands,
            room: room(tickets, component, dockets),
            wishes: vec![0; accounts],
            prices: vec![0; accounts],
        }
    }

    /// Number of accounts.
    pub fn accounts(&self) -> usize {
        self.wishes.len()
    }

    /// Whether this is the account of a person's visits of band 0.
    pub fn is_main(&self, account: usize) -> bool {
        self.bands == 1 || account.is_multiple_of(self.bands)
    }

    /// All main accounts.
    pub fn mains(&self) -> impl Iterator<Item = usize> + use<> {
        (0..self.accounts()).step_by(self.bands)
    }

    /// The main account of the person who has `account`.
    pub fn main(&self, account: usize) -> usize {
        if self.bands == 1 { account } else { account - account % self.bands }
    }

    fn person(&self, account: usize) -> usize {
        if self.bands == 1 { account } else { account / self.bands }
    }

    /// The accounts of a person behind the `main` one.
    pub fn behind(&self, main: usize) -> std::ops::Range<usize> {
        main + 1..main + self.bands
    }

    /// How many visits of its band `account` should have. Where routes lead through
    /// a main account with too many visits, this may be less than none.
    pub fn wish(&self, account: usize) -> isize {
        let all = self.wishes[account] as isize;
        if self.bands == 1 || !self.is_main(account) {
            return all;
        }
        all - self.behind(account).map(|other| self.wishes[other] as isize).sum::<isize>()
    }

    /// How many visits are wished for through `account`: its own, and through a main
    /// account all.
    pub fn through(&self, account: usize) -> usize {
        self.wishes[account]
    }

    /// Wishes for nothing any more.
    pub fn clear(&mut self) {
        self.wishes.fill(0);
    }

    /// The price of a visit of `account`.
    pub fn price(&self, account: usize) -> i128 {
        self.prices[account]
    }

    /// All prices.
    pub fn prices(&self) -> &[i128] {
        &self.prices
    }

    /// The smallest price of all; 0 if there is nobody.
    pub fn least_price(&self) -> i128 {
        self.prices.iter().copied().min().unwrap_or(0)
    }

    /// What it costs to wish one visit more through `account`, if there is room.
    pub fn growth(&self, account: usize) -> Option<i128> {
        let nth = self.wishes[account] + 1;
        if !self.is_main(account) {
            return Some(band_cost(nth));
        }
        let person = self.person(account);
        (nth <= self.room[person]).then(|| self.tickets.load_cost(self.ranks[person], nth))
    }

    /// What is saved by wishing one visit less through `account`, if any is wished.
    pub fn saving(&self, account: usize) -> Option<i128> {
        let nth = self.wishes[account];
        let cost = |nth| match self.is_main(account) {
            true => self.tickets.load_cost(self.ranks[self.person(account)], nth),
            false => band_cost(nth),
        };
        (nth > 0).then(|| cost(nth))
    }

    /// Wishes for one visit more through `account` alone.
    pub fn grow(&mut self, account: usize) {
        self.wishes[account] += 1;
    }

    /// Wishes for one visit less through `account` alone.
    pub fn shrink(&mut self, account: usize) {
        self.wishes[account] -= 1;
    }

    /// What one visit more of `account` costs in all, if there is room.
    pub fn offer(&self, account: usize) -> Option<i128> {
        let main = self.growth(self.main(account))?;
        if self.is_main(account) { Some(main) } else { Some(main + self.growth(account)?) }
    }

    /// Wishes for one visit more of `account`, all the way up.
    pub fn deal(&mut self, account: usize) {
        self.grow(account);
        if !self.is_main(account) {
            self.grow(self.main(account));
        }
    }

    /// Takes back what [`Ledger::deal`] did.
    pub fn take_back(&mut self, account: usize) {
        self.shrink(account);
        if !self.is_main(account) {
            self.shrink(self.main(account));
        }
    }

    /// Visits carried and wished for by the person who has `account`.
    pub fn level(&self, account: usize) -> usize {
        let rank = self.ranks[self.person(account)];
        self.tickets.instance().inspectors[rank as usize].carried as usize + self.wishes[self.main(account)]
    }

    /// Sets the price of `account`, as near to `price` as fits the wishes.
    pub fn set_price(&mut self, account: usize, price: i128) {
        let above = if self.is_main(account) { 0 } else { self.prices[self.main(account)] };
        let most = self.growth(account).map_or(i128::MAX, |cost| above + cost);
        let least = self.saving(account).map_or(i128::MIN, |cost| above + cost);
        self.prices[account] = price.clamp(least, most);
    }

    /// Moves the price of `account` by `step`, as far as it still fits the wishes, and
    /// with a main account all that stand on it.
    pub fn nudge(&mut self, account: usize, step: i128) {
        let before = self.prices[account];
        self.set_price(account, before + step);
        if self.is_main(account) {
            let moved = self.prices[account] - before;
            self.behind(account).for_each(|other| self.prices[other] += moved);
        }
    }

    /// Wishes `account` so many visits, as far as its price fits; those of the main
    /// account make up for it. For main accounts nothing changes.
    pub fn adopt(&mut self, account: usize, visits: usize) {
        let main = self.main(account);
        if account == main {
            return;
        }
        let above = self.prices[account] - self.prices[main];
        if above <= band_cost(visits + 1) && (visits == 0 || above >= band_cost(visits)) {
            self.wishes[account] = visits;
        }
    }

    /// Adds `change` to the price of `account`.
    pub fn reprice(&mut self, account: usize, change: i128) {
        self.prices[account] += change;
    }
}

/// For each person the smaller of capacity and the number of visits that have
/// them on the docket.
fn room(tickets: &Tickets, component: &Component, dockets: &Dockets) -> Vec<usize> {
    let mut reach = vec![0; component.ranks.len()];
    let mut last = vec![usize::MAX; component.ranks.len()];
    for (number, (docket, count)) in dockets.counted().enumerate() {
        for account in docket.iter().flatten() {
            let person = *account as usize / dockets.bands;
            if std::mem::replace(&mut last[person], number) != number {
                reach[person] += count;
            }
        }
    }
    for (reach, rank) in reach.iter_mut().zip(&component.ranks) {
        *reach = (*reach).min(tickets.instance().inspectors[*rank as usize].capacity as usize);
    }
    reach
}
