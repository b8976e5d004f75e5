//! The solver: successive shortest paths with prices.
//!
//! Every visit starts with its cheapest team at some prices, and the prices fit
//! the loads *wished for*, which are as even as capacities allow. What is wrong
//! is only that loads differ from wishes. Each shortest path moves one visit's
//! worth of load from somebody with too many to somebody with too few and keeps
//! everything else right; when no path is left, all is right, or capacity cannot
//! suffice.
//!
//! Nobody has to believe this file: `check` proves its answers without it.

use super::board::{Board, Exchange};
use super::component::{Component, components};
use super::instance::Pairing;
use super::ledger::Ledger;
use super::path::shortest;
use super::prices;
use super::rows::{Rows, UNLAWFUL};
use super::shortage::Shortage;
use super::start::start;
use super::ticket::Tickets;

/// The pairing of least cost, with its least prices; or, exactly when there is
/// no lawful pairing, the proof of that.
pub fn pair(tickets: &Tickets) -> Result<Pairing, Shortage> {
    let instance = tickets.instance();
    let dockets = instance.visits.iter().map(|v| &*v.slots);
    if dockets.clone().flatten().any(Vec::is_empty) {
        return Err(proven(tickets, &[]));
    }
    let mut teams = vec![Vec::new(); instance.visits.len()];
    for component in components(instance.inspectors.len(), dockets) {
        let board = settle(tickets, &component)?;
        for (local, visit) in component.visits.iter().enumerate() {
            teams[*visit] = board.team(local).iter().map(|p| component.ranks[*p as usize]).collect();
        }
    }
    let prices = prices::least(tickets, &teams).expect("a cheapest pairing has prices");
    Ok(Pairing { teams, prices })
}

/// Solves one component.
fn settle(tickets: &Tickets, component: &Component) -> Result<Board, Shortage> {
    let rows = Rows::new(tickets, component);
    let mut ledger = Ledger::new(tickets, component);
    let teams = start(&rows, &mut ledger).ok_or_else(|| proven(tickets, &[]))?;
    let mut board = Board::new(rows, teams);
    while (0..board.people()).any(|person| board.load(person) != ledger.wish(person)) {
        match shortest(&board, &mut ledger) {
            Some(places) => follow(&mut board, &mut ledger, &places),
            None => return Err(proven(tickets, &reached(&board, &ledger, component))),
        }
    }
    Ok(board)
}

/// Moves one visit's worth of load along `places`.
fn follow(board: &mut Board, ledger: &mut Ledger, places: &[usize]) {
    let sink = board.people();
    let steps = places.windows(2).filter(|step| step[0] != sink && step[1] != sink);
    let exchanges: Vec<Exchange> = steps.map(|step| board.cheapest_exchange(step[0], step[1])).collect();
    board.exchange(&exchanges);
    if let Some(at) = places.iter().position(|place| *place == sink) {
        ledger.move_wish(places[at + 1], places[at - 1]);
    }
}

/// Ranks that prove the shortage when no path is left: all whom the overloaded
/// inspectors reach by exchanges.
///
/// Everybody in this set has as many visits as capacity, some have more, and no
/// visit can lawfully do with fewer of them than it has. The excess is the least
/// possible, so this is the smallest set that shows how many slots stay empty.
fn reached(board: &Board, ledger: &Ledger, component: &Component) -> Vec<u32> {
    let overloaded = |person: &usize| board.load(*person) > ledger.wish(*person);
    let mut queue: Vec<usize> = (0..board.people()).filter(overloaded).collect();
    let mut seen: Vec<bool> = (0..board.people()).map(|person| overloaded(&person)).collect();
    let mut next = 0;
    while let Some(person) = queue.get(next).copied() {
        next += 1;
        for (other, arc) in board.arcs(person).iter().enumerate() {
            if *arc < UNLAWFUL && !std::mem::replace(&mut seen[other], true) {
                queue.push(other);
            }
        }
    }
    queue.into_iter().map(|person| component.ranks[person]).collect()
}

fn proven(tickets: &Tickets, ranks: &[u32]) -> Shortage {
    Shortage::within(tickets.instance(), ranks).expect("a stuck search proves a shortage")
}
