//! The tickets of one component, as far as they can matter: of each slot the
//! people with the smallest tickets, and what all others hold at least.
//!
//! Who has a large ticket for a slot gets it only if everybody else is dear, so
//! a short list nearly always holds the right team. `audit` proves that it does
//! or makes the list longer: no answer depends on a list being short.

use super::component::{Component, Dockets};
use super::instance::MAX_TEAM;
use super::ticket::{Drawn, PART, Tickets, in_parts};
use std::ops::Range;

/// Stands for "not lawful" or "not listed". Sums of a few still fit, and every
/// sum with one is at least [`UNLAWFUL`], because real costs stay within ±2⁵⁸.
pub(super) const FAR: i64 = 1 << 60;
/// Costs from here on mean that there is no such team or exchange.
pub(super) const UNLAWFUL: i64 = 1 << 59;
/// As [`FAR`], for sums of tickets and prices.
const FARTHEST: i128 = 1 << 126;
/// Length of a list at first; at least [`MAX_TEAM`], so that a visit with a
/// lawful team has one among those listed.
pub(super) const SHORT: usize = 16;

/// A team by slot, as local numbers; entries behind its size mean nothing.
pub(super) type Team = [u32; MAX_TEAM];
/// The cheapest people of a slot.
type Few = [(i128, u32); MAX_TEAM];

/// Somebody who may take a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub ticket: i64,
    /// Local number.
    pub person: u32,
}

/// The list of a slot.
#[derive(Debug, Clone, Copy)]
struct Row {
    start: usize,
    len: usize,
    /// The smallest ticket not listed; [`FAR`] if all are.
    rest: i64,
}

/// A list a slot.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    tickets: &'a Tickets<'a>,
    component: &'a Component,
    dockets: &'a Dockets,
    /// Where each visit's rows start.
    visits: Vec<usize>,
    rows: Vec<Row>,
    /// Lists, each by ticket. A list that grows moves to the end.
    entries: Vec<Entry>,
}

/// What a visit looks like when all its tickets are drawn.
pub(super) struct Look {
    pub visit: usize,
    /// The cheapest lawful team and its sum of tickets and prices.
    pub best: (i128, Team),
    /// A longer list for each slot, with its rest.
    lists: Vec<(Vec<Entry>, i64)>,
}

impl<'a> Rows<'a> {
    /// Lists for each slot the smallest tickets, `length` of them of people who
    /// are `likely` to get a visit at all.
    pub fn new(
        tickets: &'a Tickets<'a>,
        component: &'a Component,
        dockets: &'a Dockets,
        likely: &[bool],
        length: usize,
    ) -> Self {
        let (visits, entries) = (Vec::new(), Vec::new());
        let mut rows = Rows { tickets, component, dockets, visits, rows: Vec::new(), entries };
        let parts = in_parts(component.visits.len(), PART, |part| rows.listed(part, likely, length));
        let slots = (0..component.visits.len()).map(|visit| dockets.of(visit).len());
        rows.visits = slots.scan(0, |start, size| Some(std::mem::replace(start, *start + size))).collect();
        for (part, mut entries) in parts {
            let start = rows.entries.len();
            rows.rows.extend(part.into_iter().map(|row| Row { start: start + row.start, ..row }));
            rows.entries.append(&mut entries);
        }
        rows
    }

    /// The first lists of some visits.
    fn listed(&self, visits: Range<usize>, likely: &[bool], length: usize) -> (Vec<Row>, Vec<Entry>) {
        let (mut rows, mut entries) = (Vec::new(), Vec::new());
        let mut drawn = Drawn::default();
        let mut sorted = Vec::new();
        for visit in visits {
            self.tickets.draw_into(self.component.visits[visit], &mut drawn);
            for (slot, people) in self.dockets.of(visit).iter().enumerate() {
                let row = drawn.row(slot);
                sorted.clear();
                sorted.extend(people.iter().zip(row).filter(|(p, _)| likely[**p as usize]).map(|(_, t)| *t));
                let last =
                    if sorted.len() > length { *sorted.select_nth_unstable(length - 1).1 } else { u64::MAX };
                let (start, mut rest) = (entries.len(), FAR);
                for (person, ticket) in people.iter().zip(row) {
                    if *ticket <= last {
                        entries.push(Entry { ticket: *ticket as i64, person: *person });
                    } else {
                        rest = rest.min(*ticket as i64);
                    }
                }
                entries[start..].sort_unstable();
                rows.push(Row { start, len: entries.len() - start, rest });
            }
        }
        (rows, entries)
    }

    /// Number of accounts.
    pub fn accounts(&self) -> usize {
        self.component.ranks.len() * self.dockets.bands
    }

    /// Number of visits.
    pub fn visits(&self) -> usize {
        self.visits.len()
    }

    /// Number of slots of a visit.
    pub fn size(&self, visit: usize) -> usize {
        let end = self.visits.get(visit + 1).map_or(self.rows.len(), |next| *next);
        end - self.visits[visit]
    }

    /// The list of a slot, by ticket.
    pub fn list(&self, visit: usize, slot: usize) -> &[Entry] {
        let row = &self.rows[self.visits[visit] + slot];
        &self.entries[row.start..][..row.len]
    }

    /// The smallest ticket of a slot that is not listed; [`FAR`] if all are.
    pub fn rest(&self, visit: usize, slot: usize) -> i64 {
        self.rows[self.visits[visit] + slot].rest
    }

    /// The ticket of somebody who is listed for the slot, or [`FAR`].
    pub fn ticket(&self, visit: usize, slot: usize, person: u32) -> i64 {
        self.list(visit, slot).iter().find(|entry| entry.person == person).map_or(FAR, |entry| entry.ticket)
    }

    /// Everybody who may take the slots of a visit, listed or not.
    pub fn docket(&self, visit: usize) -> &'a [Vec<u32>] {
        self.dockets.of(visit)
    }

    /// The lawful team of a visit with the least sum of tickets and prices
    /// among those listed, and that sum; `None` if there is no lawful team.
    ///
    /// It sits among the cheapest people of each slot, as many as slots: of so
    /// many one is not busy in another slot.
    pub fn cheapest_team(&self, visit: usize, prices: &[i128], least_price: i128) -> Option<(i128, Team)> {
        let size = self.size(visit);
        let mut few = [[(FARTHEST, 0); MAX_TEAM]; MAX_TEAM];
        for (slot, few) in few[..size].iter_mut().enumerate() {
            for Entry { ticket, person } in self.list(visit, slot) {
                // Nobody further down can be cheaper.
                if i128::from(*ticket) + least_price > few[size - 1].0 {
                    break;
                }
                enter(&mut few[..size], i128::from(*ticket) + prices[*person as usize], *person);
            }
        }
        cheapest(&few[..size])
    }

    /// Draws the tickets of a visit again, looks at all of them, and makes
    /// lists of twice the length that hold the cheapest team.
    pub fn look(&self, visit: usize, prices: &[i128]) -> Look {
        let drawn = self.tickets.draw(self.component.visits[visit]);
        let size = self.size(visit);
        let mut few = [[(FARTHEST, u32::MAX); MAX_TEAM]; MAX_TEAM];
        let mut lists = Vec::with_capacity(size);
        for (slot, (people, few)) in self.docket(visit).iter().zip(&mut few[..size]).enumerate() {
            let entry = |(person, ticket): (&u32, &u64)| Entry { ticket: *ticket as i64, person: *person };
            let mut all: Vec<Entry> = people.iter().zip(drawn.row(slot)).map(entry).collect();
            for Entry { ticket, person } in &all {
                enter(&mut few[..size], i128::from(*ticket) + prices[*person as usize], *person);
            }
            all.sort_unstable();
            let unlisted = all.split_off((2 * self.list(visit, slot).len()).min(all.len()));
            let (chosen, rest): (Vec<Entry>, Vec<Entry>) =
                unlisted.into_iter().partition(|entry| few[..size].iter().any(|(_, p)| *p == entry.person));
            all.extend(chosen);
            lists.push((all, rest.first().map_or(FAR, |entry| entry.ticket)));
        }
        Look { visit, best: cheapest(&few[..size]).expect("a lawful team is listed"), lists }
    }

    /// Whoever is worth more for a slot than their price: `most` less the ticket
    /// is above it; with that worth. Members of the `team` do not count.
    pub fn wanted(&self, visit: usize, prices: &[i128], most: &[i128], team: &[u32]) -> Vec<(usize, i128)> {
        let drawn = self.tickets.draw(self.component.visits[visit]);
        let mut wanted = Vec::new();
        for (slot, people) in self.docket(visit).iter().enumerate() {
            for (person, ticket) in people.iter().zip(drawn.row(slot)) {
                let worth = most[slot] - i128::from(*ticket);
                if worth > prices[*person as usize] && !team.contains(person) {
                    wanted.push((*person as usize, worth));
                }
            }
        }
        wanted
    }

    /// How many lists each inspector could be on.
    pub fn seen(&self) -> Vec<i128> {
        let mut seen = vec![0; self.accounts()];
        for (docket, count) in self.dockets.counted() {
            docket.iter().flatten().for_each(|person| seen[*person as usize] += count as i128);
        }
        seen
    }

    /// The least price among those eligible for each slot.
    pub fn least_prices(&self, prices: &[i128]) -> LeastPrices<'a> {
        let least = |people: &Vec<u32>| people.iter().map(|p| prices[*p as usize]).min().unwrap_or(0);
        let all = self.dockets.all.iter().map(|docket| docket.iter().map(least).collect()).collect();
        LeastPrices { dockets: self.dockets, all }
    }

    /// Takes the lists of `look` over.
    pub fn extend(&mut self, look: Look) {
        for (slot, (list, rest)) in look.lists.into_iter().enumerate() {
            let row = Row { start: self.entries.len(), len: list.len(), rest };
            self.rows[self.visits[look.visit] + slot] = row;
            self.entries.extend(list);
        }
    }
}

/// The least price of each slot of each docket.
pub(super) struct LeastPrices<'a> {
    dockets: &'a Dockets,
    all: Vec<Vec<i128>>,
}

impl LeastPrices<'_> {
    /// Those of a visit.
    pub fn of(&self, visit: usize) -> &[i128] {
        &self.all[self.dockets.of[visit] as usize]
    }
}

/// Puts somebody among the cheapest few, dearest last, if cheap enough.
fn enter(few: &mut [(i128, u32)], cost: i128, person: u32) {
    let mut at = few.len() - 1;
    if cost < few[at].0 {
        few[at] = (cost, person);
        while at > 0 && few[at - 1].0 > cost {
            few.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// The cheapest team of different people, one of `few` a slot.
fn cheapest(few: &[Few]) -> Option<(i128, Team)> {
    // Mostly the cheapest of all slots are different people.
    let mut first = (0, [0; MAX_TEAM]);
    for (slot, [(cost, person), ..]) in few.iter().enumerate() {
        if *cost == FARTHEST || first.1[..slot].contains(person) {
            return cheapest_of_all(few);
        }
        first.0 += cost;
        first.1[slot] = *person;
    }
    Some(first)
}

fn cheapest_of_all(few: &[Few]) -> Option<(i128, Team)> {
    let mut best = (FARTHEST, [0; MAX_TEAM]);
    fill(few, 0, (0, [0; MAX_TEAM]), &mut best);
    (best.0 < FARTHEST).then_some(best)
}

/// Tries all teams that continue `team`, whose first `slot` slots are filled.
fn fill(few: &[Few], slot: usize, team: (i128, Team), best: &mut (i128, Team)) {
    if slot == few.len() {
        *best = team.min(*best);
        return;
    }
    for (cost, person) in &few[slot][..few.len()] {
        if *cost < FARTHEST && !team.1[..slot].contains(person) {
            let mut longer = (team.0 + cost, team.1);
            longer.1[slot] = *person;
            fill(few, slot + 1, longer, best);
        }
    }
}
