//! One component laid out for the solver: the team of every visit, and what
//! it costs to exchange one inspector for another.
//!
//! People stand here as the accounts they have in the band of each visit, see
//! [`Dockets`](super::component::Dockets).

use super::instance::MAX_TEAM;
use super::rows::{Entry, FAR, Rows, Team, UNLAWFUL};

/// `grid[slot][person]`: the tickets of a few people for the slots of a visit.
type Grid = [[i64; MAX_TEAM]; MAX_TEAM];

/// The teams of a component and their exchange costs.
#[derive(Debug)]
pub(super) struct Board<'a> {
    pub rows: Rows<'a>,
    standings: Vec<Standing>,
    /// The visits of each inspector.
    held: Vec<Vec<u32>>,
}

/// A visit and its present team.
#[derive(Debug, Clone, Copy)]
struct Standing {
    size: usize,
    /// By slot; only the first `size` count.
    team: Team,
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

/// A place in a team that its holder could leave to others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opening<'a> {
    pub visit: usize,
    pub slot: usize,
    pub team: &'a [u32],
    /// What the exchange costs, but for the ticket of who enters.
    pub due: i64,
    /// Who may enter, by ticket; members of the team may not.
    pub list: &'a [Entry],
}

impl<'a> Board<'a> {
    /// Gives every visit the lawful team stated.
    pub fn new(rows: Rows<'a>, teams: Vec<Team>) -> Self {
        let standing = |(visit, team): (usize, Team)| Standing {
            size: rows.size(visit),
            team,
            cost: 0,
            without: [[FAR; MAX_TEAM]; MAX_TEAM],
        };
        let standings: Vec<Standing> = teams.into_iter().enumerate().map(standing).collect();
        let mut held = vec![Vec::new(); rows.accounts()];
        for (visit, standing) in standings.iter().enumerate() {
            standing.team[..standing.size].iter().for_each(|p| held[*p as usize].push(visit as u32));
        }
        let mut board = Board { rows, standings, held };
        (0..board.standings.len()).for_each(|visit| board.seat(visit));
        board
    }

    /// Number of visits that `account` has.
    pub fn load(&self, account: usize) -> isize {
        self.held[account].len() as isize
    }

    /// The team of a visit by slot, as local numbers.
    pub fn team(&self, visit: usize) -> &[u32] {
        &self.standings[visit].team[..self.standings[visit].size]
    }

    /// Sum of the tickets of a visit's team.
    pub fn cost(&self, visit: usize) -> i64 {
        self.standings[visit].cost
    }

    /// Where others could replace `person`: w(T − person + j) − w(T) is the
    /// least `due` + ticket of j, where w(S) is the least sum of tickets of the
    /// people S over all ways to seat them.
    pub fn openings(&self, person: usize) -> impl Iterator<Item = Opening<'_>> {
        self.held[person].iter().flat_map(move |visit| self.openings_in(*visit as usize, person as u32))
    }

    /// The openings in one visit that `person` has.
    pub fn openings_in(&self, visit: usize, person: u32) -> impl Iterator<Item = Opening<'_>> {
        let (standing, team) = (&self.standings[visit], self.team(visit));
        let place = team.iter().position(|p| *p == person).expect("a visit held");
        let opening = move |slot| Opening {
            visit,
            slot,
            team,
            due: standing.without[place][slot] - standing.cost,
            list: self.rows.list(visit, slot),
        };
        (0..standing.size).map(opening).filter(|opening| opening.due < UNLAWFUL)
    }

    /// Carries out exchanges that lie on one shortest path of fewest arcs, so
    /// that their costs add up even where several touch the same visit.
    pub fn exchange(&mut self, exchanges: &[Exchange]) {
        for Exchange { visit, leaves, enters } in exchanges {
            let standing = &mut self.standings[*visit];
            let place = standing.team[..standing.size].iter().position(|p| *p as usize == *leaves);
            standing.team[place.expect("leaves from the team")] = *enters as u32;
            self.held[*leaves].retain(|v| *v as usize != *visit);
            self.held[*enters].push(*visit as u32);
        }
        for exchange in exchanges {
            self.seat(exchange.visit);
        }
    }

    /// Gives a visit another team.
    pub fn replace(&mut self, visit: usize, team: Team) {
        for person in &self.standings[visit].team[..self.standings[visit].size] {
            self.held[*person as usize].retain(|v| *v as usize != visit);
        }
        self.standings[visit].team = team;
        for person in &team[..self.standings[visit].size] {
            self.held[*person as usize].push(visit as u32);
        }
        self.seat(visit);
    }

    /// Seats the people of a visit at the least sum of tickets.
    pub fn seat(&mut self, visit: usize) {
        let standing = &mut self.standings[visit];
        let (size, people) = (standing.size, standing.team);
        let mut grid = [[FAR; MAX_TEAM]; MAX_TEAM];
        for (slot, row) in grid[..size].iter_mut().enumerate() {
            for (entry, person) in row.iter_mut().zip(&people[..size]) {
                *entry = self.rows.ticket(visit, slot, *person);
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
