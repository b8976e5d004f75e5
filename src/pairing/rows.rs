//! The tickets of one component, laid out densely, and the cheapest team of a
//! visit at tickets and surcharges.

use super::component::Component;
use super::instance::MAX_TEAM;
use super::ticket::Tickets;

/// Stands for "not lawful". Sums of two still fit, and every sum with one is
/// at least [`UNLAWFUL`], because real costs stay within ±2⁵⁸.
pub(super) const FAR: i64 = 1 << 60;
/// Costs from here on mean that there is no such team or exchange.
pub(super) const UNLAWFUL: i64 = 1 << 59;

/// A row a slot, an entry an inspector, by local number.
#[derive(Debug)]
pub(super) struct Rows {
    people: usize,
    tickets: Vec<i64>,
    /// Where each visit's first row starts, and its number of slots.
    visits: Vec<(usize, usize)>,
}

impl Rows {
    pub fn new(tickets: &Tickets, component: &Component) -> Self {
        let mut rows = Rows {
            people: component.ranks.len(),
            tickets: Vec::new(),
            visits: Vec::with_capacity(component.visits.len()),
        };
        for visit in &component.visits {
            let slots = &tickets.instance().visits[*visit].slots;
            rows.visits.push((rows.tickets.len(), slots.len()));
            for (slot, ranks) in slots.iter().enumerate() {
                rows.spread(ranks, tickets.row(*visit, slot), &component.ranks);
            }
        }
        rows
    }

    /// Appends a row: the tickets of `ranks`, which are some of `all`.
    fn spread(&mut self, ranks: &[u32], values: &[u64], all: &[u32]) {
        let start = self.tickets.len();
        self.tickets.resize(start + self.people, FAR);
        let mut local = 0;
        for (rank, value) in ranks.iter().zip(values) {
            while all[local] != *rank {
                local += 1;
            }
            self.tickets[start + local] = *value as i64;
        }
    }

    /// Number of inspectors, the length of a row.
    pub fn people(&self) -> usize {
        self.people
    }

    /// Number of visits.
    pub fn visits(&self) -> usize {
        self.visits.len()
    }

    /// Number of slots of a visit.
    pub fn size(&self, visit: usize) -> usize {
        self.visits[visit].1
    }

    /// The tickets of a slot; [`FAR`] for those who are not eligible.
    pub fn row(&self, visit: usize, slot: usize) -> &[i64] {
        &self.tickets[self.visits[visit].0 + slot * self.people..][..self.people]
    }

    /// Number of lawful (visit, slot, inspector), and of slots.
    pub fn counts(&self) -> (i128, i128) {
        let lawful = self.tickets.iter().filter(|ticket| **ticket < UNLAWFUL).count();
        (lawful as i128, (self.tickets.len() / self.people) as i128)
    }

    /// The lawful team of a visit with the least sum of tickets and surcharges
    /// (below 2⁵⁶ each), by slot; `None` if it has no lawful team.
    ///
    /// It sits among the cheapest people of each slot, as many as slots: of so
    /// many one is not busy in another slot.
    pub fn cheapest_team(&self, visit: usize, surcharges: &[i64]) -> Option<[u32; MAX_TEAM]> {
        let size = self.size(visit);
        let mut few = [[(FAR, 0); MAX_TEAM]; MAX_TEAM];
        for (slot, few) in few[..size].iter_mut().enumerate() {
            for (person, (ticket, surcharge)) in (0..).zip(self.row(visit, slot).iter().zip(surcharges)) {
                let cost = ticket + surcharge;
                if cost < few[size - 1].0 {
                    few[size - 1] = (cost, person);
                    let mut at = size - 1;
                    while at > 0 && few[at - 1].0 > cost {
                        few.swap(at - 1, at);
                        at -= 1;
                    }
                }
            }
        }
        let mut best = (UNLAWFUL, [0; MAX_TEAM]);
        fill(&few[..size], 0, (0, [0; MAX_TEAM]), &mut best);
        (best.0 < UNLAWFUL).then_some(best.1)
    }
}

/// Tries all teams that continue `team`, whose first `slot` slots are filled.
fn fill(
    few: &[[(i64, u32); MAX_TEAM]],
    slot: usize,
    team: (i64, [u32; MAX_TEAM]),
    best: &mut (i64, [u32; MAX_TEAM]),
) {
    if slot == few.len() {
        *best = team.min(*best);
        return;
    }
    for (cost, person) in &few[slot][..few.len()] {
        if *cost < UNLAWFUL && !team.1[..slot].contains(person) {
            let mut longer = (team.0 + cost, team.1);
            longer.1[slot] = *person;
            fill(few, slot + 1, longer, best);
        }
    }
}
