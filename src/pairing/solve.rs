//! The solver: successive shortest paths with prices.
//!
//! Every visit starts with its cheapest team at some prices, and the prices fit
//! the loads *wished for*, which are as even as capacities allow. What is wrong
//! is only that loads differ from wishes. Each shortest path moves one visit's
//! worth of load from somebody with too many to somebody with too few and keeps
//! everything else right; when no path is left, all is right, or capacity cannot
//! suffice.
//!
//! All this sees only the smallest tickets of each slot; `audit` then looks for
//! visits that somebody else would make cheaper, and where there are any, it
//! goes on from there. Components are solved side by side.
//!
//! Nobody has to believe this file: `check` proves its answers without it.

use super::audit::reseat;
use super::board::Board;
use super::component::{Component, Dockets, components};
use super::deal::deal;
use super::instance::Pairing;
use super::ledger::Ledger;
use super::lowest::least_prices;
use super::path::Search;
use super::rows::{Rows, SHORT};
use super::shortage::Shortage;
use super::start::start;
use super::ticket::{Tickets, in_parts};

/// The pairing of least cost, with its least prices; or, exactly when there is
/// no lawful pairing, the proof of that.
pub fn pair(tickets: &Tickets) -> Result<Pairing, Shortage> {
    let instance = tickets.instance();
    let dockets = instance.visits.iter().map(|v| &*v.slots);
    if dockets.clone().flatten().any(Vec::is_empty) {
        return Err(proven(tickets, &[]));
    }
    let components = components(instance.inspectors.len(), dockets);
    let settled = in_parts(components.len(), 1, |part| settle(tickets, &components[part.start]));
    let mut teams = vec![Vec::new(); instance.visits.len()];
    let mut prices = vec![0; instance.accounts()];
    for (component, settled) in components.iter().zip(settled) {
        // The first shortage in the order of components, whoever found it first.
        let settled = settled.map_err(|ranks| proven(tickets, &ranks))?;
        let mut people = settled.people.into_iter();
        for visit in &component.visits {
            teams[*visit] = people.by_ref().take(instance.visits[*visit].slots.len()).collect();
        }
        for (rank, own) in component.ranks.iter().zip(settled.prices.chunks(instance.bands)) {
            let first = instance.account(*rank, 0);
            prices[first..first + own.len()].copy_from_slice(own);
        }
    }
    Ok(Pairing { teams, prices })
}

/// The answer for one component.
struct Settled {
    /// Ranks, slot after slot of visit after visit.
    people: Vec<u32>,
    /// Of its inspectors, for each of them by band.
    prices: Vec<i128>,
}

/// Solves one component; if it cannot be staffed, ranks that prove it.
fn settle(tickets: &Tickets, component: &Component) -> Result<Settled, Vec<u32>> {
    let dockets = Dockets::new(tickets.instance(), component);
    let everybody = component.ranks.len();
    let mut length = SHORT;
    loop {
        let mut ledger = Ledger::new(tickets, component, &dockets);
        deal(&mut ledger, &dockets);
        let likely: Vec<bool> = (0..ledger.accounts()).map(|account| ledger.wish(account) > 0).collect();
        let rows = Rows::new(tickets, component, &dockets, &likely, length);
        let teams = start(&rows, &mut ledger).ok_or_else(Vec::new)?;
        let mut board = Board::new(rows, teams);
        let mut search = Search::new(ledger.accounts());
        let stuck = loop {
            if !repair(&mut board, &mut ledger, &mut search) {
                break reached(&board, &ledger);
            }
            if !reseat(&mut board, &ledger) {
                let accounts = (0..component.visits.len()).flat_map(|visit| board.team(visit));
                return Ok(Settled {
                    people: accounts.map(|account| component.ranks[dockets.person(*account)]).collect(),
                    prices: least_prices(&board, &ledger),
                });
            }
        };
        // Only complete lists prove a shortage.
        if length >= everybody {
            let rank = |main: usize| component.ranks[dockets.person(main as u32)];
            return Err(stuck.into_iter().map(rank).collect());
        }
        length *= 8;
    }
}

/// Moves load from one account after the other until all have what is wished
/// for; false if some cannot be relieved. All others are then.
fn repair(board: &mut Board, ledger: &mut Ledger, search: &mut Search) -> bool {
    let mut relieved = true;
    for account in 0..ledger.accounts() {
        while board.load(account) > ledger.wish(account) {
            let Some(route) = search.shortest(account, board, ledger) else {
                relieved = false;
                break;
            };
            board.exchange(&route.exchanges);
            route.more.into_iter().for_each(|account| ledger.grow(account));
            route.less.into_iter().for_each(|account| ledger.shrink(account));
        }
    }
    relieved
}

/// The main accounts of people who prove the shortage when no path is left: all
/// whom the people with too many visits reach by exchanges.
///
/// Everybody in this set has as many visits as capacity, some have more, and no
/// visit can lawfully do with fewer of them than it has. The excess is the least
/// possible, so this is the smallest set that shows how many slots stay empty.
fn reached(board: &Board, ledger: &Ledger) -> Vec<usize> {
    let overloaded = |account: &usize| board.load(*account) > ledger.wish(*account);
    let mut seen = vec![false; ledger.accounts()];
    let mut queue = Vec::new();
    let mut reach = |queue: &mut Vec<usize>, account: usize| {
        if !std::mem::replace(&mut seen[ledger.main(account)], true) {
            queue.push(ledger.main(account));
        }
    };
    (0..ledger.accounts()).filter(overloaded).for_each(|account| reach(&mut queue, account));
    let mut next = 0;
    while let Some(main) = queue.get(next).copied() {
        next += 1;
        let accounts = std::iter::once(main).chain(ledger.behind(main));
        for opening in accounts.flat_map(|account| board.openings(account)) {
            for entry in opening.list.iter().filter(|entry| !opening.team.contains(&entry.person)) {
                reach(&mut queue, entry.person as usize);
            }
        }
    }
    queue
}

fn proven(tickets: &Tickets, ranks: &[u32]) -> Shortage {
    Shortage::within(tickets.instance(), ranks).expect("a stuck search proves a shortage")
}
