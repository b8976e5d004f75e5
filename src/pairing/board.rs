//! One component laid out for the solver: the team of every visit, and what
//! it costs to exchange one inspector for another.
//!
//! Inspectors and visits have local numbers here, their positions in the
//! [`Component`](super::component::Component).

use super::instance::MAX_TEAM;
use super::rows::{FAR, Rows};

/// `grid[slot][person]`: the tickets of a few people for the slots of a visit.
type Grid = [[i64; MAX_TEAM]; MAX_TEAM];

/// The teams of a component and their exchange costs.
#[derive(Debug)]
pub(super) struct Board {
    rows: Rows,
    standings: Vec<Standing>,
    /// The visits of each inspector.
    held: Vec<Vec<u32>>,
    /// `arcs[i·people + j]`: the least cost of j replacing i in a visit of i.
    arcs: Vec<i64>,
}

/// A visit and its present team.
#[derive(Debug, Clone, Copy)]
struct Standing {
    size: usize,
    /// By slot; only the first `size` count.
    team: [u32; MAX_TEAM],
    /// Sum of the team's tickets, the least for these people.
    cost: i64,
    /// `without[a][q]`: the least sum when a leaves and slot q stays open.
    without: Grid,
}

/// One inspector for another in one visit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Exchange {
    pub visit: usize,
    pub leaves: usize,
    pub enters: usize,
}

impl Board {
    /// Gives every visit the lawful team stated.
    pub fn new(rows: Rows, teams: Vec<[u32; MAX_TEAM]>) -> Self {
        let people = rows.people();
        let standing = |(visit, team): (usize, [u32; MAX_TEAM])| Standing {
            size: rows.size(visit),
            team,
            cost: 0,
            without: [[FAR; MAX_TEAM]; MAX_TEAM],
        };
        let standings: Vec<Standing> = teams.into_iter().enumerate().map(standing).collect();
        let mut held = vec![Vec::new(); people];
        for (visit, standing) in standings.iter().enumerate() {
            standing.team[..standing.size].iter().for_each(|p| held[*p as usize].push(visit as u32));
        }
        let mut board = Board { rows, standings, held, arcs: vec![FAR; people * people] };
        (0..board.standings.len()).for_each(|visit| board.seat(visit));
        (0..people).for_each(|person| board.renew(person));
        board
    }

    /// Number of inspectors.
    pub fn people(&self) -> usize {
        self.rows.people()
    }

    /// Number of visits that `person` has.
    pub fn load(&self, person: usize) -> usize {
        self.held[person].len()
    }

    /// The team of a visit by slot, as local numbers.
    pub fn team(&self, visit: usize) -> &[u32] {
        &self.standings[visit].team[..self.standings[visit].size]
    }

    /// The least cost of each inspector replacing `person` in some visit;
    /// [`UNLAWFUL`](super::rows::UNLAWFUL) or more where nobody would let them.
    pub fn arcs(&self, person: usize) -> &[i64] {
        &self.arcs[person * self.people()..][..self.people()]
    }

    /// The visit where `enters` replaces `leaves` at the cost that
    /// [`Board::arcs`] states.
    pub fn cheapest_exchange(&self, leaves: usize, enters: usize) -> Exchange {
        let cost = self.arcs(leaves)[enters];
        let same = |visit: &&u32| self.exchange_cost(**visit as usize, leaves, enters) == cost;
        let visit = self.held[leaves].iter().find(same).expect("an arc comes from a visit held");
        Exchange { visit: *visit as usize, leaves, enters }
    }

    /// w(T − leaves + enters) − w(T), where w(S) is the least sum of tickets
    /// of the people S over all ways to seat them.
    fn exchange_cost(&self, visit: usize, leaves: usize, enters: usize) -> i64 {
        let standing = &self.standings[visit];
        let team = self.team(visit);
        if team.contains(&(enters as u32)) {
            return FAR;
        }
        let place = team.iter().position(|p| *p as usize == leaves).expect("a visit held");
        let ticket = |slot: usize| self.rows.row(visit, slot)[enters];
        let seated = |slot: usize| standing.without[place][slot] + ticket(slot);
        (0..standing.size).map(seated).min().unwrap_or(FAR) - standing.cost
    }

    /// Carries out exchanges that lie on one shortest path of fewest arcs, so
    /// that their costs add up even where several touch the same visit.
    pub fn exchange(&mut self, exchanges: &[Exchange]) {
        let mut stale = Vec::new();
        for Exchange { visit, leaves, enters } in exchanges {
            stale.extend_from_slice(self.team(*visit));
            stale.push(*enters as u32);
            let standing = &mut self.standings[*visit];
            let place = standing.team[..standing.size].iter().position(|p| *p as usize == *leaves);
            standing.team[place.expect("leaves from the team")] = *enters as u32;
            self.held[*leaves].retain(|v| *v as usize != *visit);
            self.held[*enters].push(*visit as u32);
        }
        for exchange in exchanges {
            self.seat(exchange.visit);
        }
        stale.sort_unstable();
        stale.dedup();
        for person in stale {
            self.renew(person as usize);
        }
    }

    /// Seats the people of a visit at the least sum of tickets.
    fn seat(&mut self, visit: usize) {
        let standing = &mut self.standings[visit];
        let (size, people) = (standing.size, standing.team);
        let mut grid = [[FAR; MAX_TEAM]; MAX_TEAM];
        for (slot, row) in grid[..size].iter_mut().enumerate() {
            for (entry, person) in row.iter_mut().zip(&people[..size]) {
                *entry = self.rows.row(visit, slot)[*person as usize];
            }
        }
        let all = (1 << size) - 1;
        standing.cost = cheapest(&grid, all, all);
        let (mut open, mut free) = (all, all);
        for slot in 0..size {
            open &= !(1 << slot);
            let due = cheapest(&grid, open | 1 << slot, free);
            let fits = |p: &usize| {
                free >> p & 1 == 1 && grid[slot][*p] + cheapest(&grid, open, free & !(1 << p)) == due
            };
            let person = (0..size).find(fits).expect("the least sum is reached by somebody");
            free &= !(1 << person);
            standing.team[slot] = people[person];
            for slot_left in 0..size {
                standing.without[slot][slot_left] =
                    cheapest(&grid, all & !(1 << slot_left), all & !(1 << person));
            }
        }
    }

    /// Computes the arcs of `person` anew.
    fn renew(&mut self, person: usize) {
        let people = self.people();
        let row = &mut self.arcs[person * people..][..people];
        row.fill(FAR);
        for visit in &self.held[person] {
            let Standing { size, team, cost, without } = &self.standings[*visit as usize];
            let team = &team[..*size];
            let place = team.iter().position(|p| *p as usize == person).expect("a visit held");
            // Members of the team cannot enter it: their entries stay as they are.
            let kept: [i64; MAX_TEAM] =
                std::array::from_fn(|q| team.get(q).map_or(FAR, |p| row[*p as usize]));
            for (slot, due) in without[place][..*size].iter().enumerate() {
                let tickets = self.rows.row(*visit as usize, slot);
                for (arc, ticket) in row.iter_mut().zip(tickets) {
                    *arc = (*arc).min(due - cost + ticket);
                }
            }
            for (member, arc) in team.iter().zip(kept) {
                row[*member as usize] = arc;
            }
        }
    }
}

/// The least sum of tickets that seats `people` on `slots`, two bit sets of
/// one size; [`FAR`] if there is no lawful way.
fn cheapest(grid: &Grid, slots: u8, people: u8) -> i64 {
    if slots == 0 {
        return 0;
    }
    let row = &grid[slots.trailing_zeros() as usize];
    let free = (0..MAX_TEAM).filter(|p| people >> p & 1 == 1);
    let seated = free.map(|p| row[p].saturating_add(cheapest(grid, slots & (slots - 1), people & !(1 << p))));
    seated.min().unwrap_or(FAR).min(FAR)
}
