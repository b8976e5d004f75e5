//! The least prices of a pairing, from the pairing alone.
//!
//! They are the least vector p ≥ 0 such that
//! - a loaded inspector's price is at least what the last visit cost, and
//! - where j could replace i in a visit, p(j) ≥ p(i) − (w(T − i + j) − w(T)),
//!   w(S) being the least sum of tickets over all lawful ways to seat S.
//!
//! Starting from the first rule, prices are raised by the second until nothing
//! moves. If something still moves after as many rounds as there are
//! inspectors, no prices exist: the pairing is not a cheapest one.

use super::ticket::Tickets;

/// The least prices of `teams`, by rank; `None` if a team is not lawful or no
/// prices exist. They may still not fit the loads: that is `check`'s question.
pub fn least(tickets: &Tickets, teams: &[Vec<u32>]) -> Option<Vec<i128>> {
    let instance = tickets.instance();
    let mut held = vec![Vec::new(); instance.inspectors.len()];
    if teams.len() != instance.visits.len() {
        return None;
    }
    for (visit, team) in teams.iter().enumerate() {
        let slots = &instance.visits[visit].slots;
        let lawful = |slot: usize| {
            instance.visits[visit].allows(slot, team[slot]) && !team[..slot].contains(&team[slot])
        };
        if team.len() != slots.len() || !(0..slots.len()).all(lawful) {
            return None;
        }
        team.iter().for_each(|rank| held[*rank as usize].push(visit));
    }
    let floor = |(rank, held): (u32, &Vec<usize>)| {
        if held.is_empty() { 0 } else { tickets.load_cost(rank, held.len()) }
    };
    let prices = (0..).zip(&held).map(floor).collect();
    raise(prices, &replacements(tickets, teams, &held))
}

/// Raises `prices` along `arcs[i] = [(j, cost), …]` until all are content.
fn raise(mut prices: Vec<i128>, arcs: &[Vec<(u32, i64)>]) -> Option<Vec<i128>> {
    let mut moved: Vec<u32> = (0..prices.len() as u32).collect();
    let mut listed = vec![false; prices.len()];
    for _ in 0..=prices.len() {
        if moved.is_empty() {
            return Some(prices);
        }
        let mut next = Vec::new();
        for rank in moved {
            listed[rank as usize] = false;
            let price = prices[rank as usize];
            for (other, cost) in &arcs[rank as usize] {
                let least = price - i128::from(*cost);
                let other_price = &mut prices[*other as usize];
                if *other_price < least {
                    *other_price = least;
                    if !std::mem::replace(&mut listed[*other as usize], true) {
                        next.push(*other);
                    }
                }
            }
        }
        moved = next;
    }
    None
}

/// For each inspector i, everybody j who could replace i in some visit, with
/// the least w(T − i + j) − w(T) over those visits.
fn replacements(tickets: &Tickets, teams: &[Vec<u32>], held: &[Vec<usize>]) -> Vec<Vec<(u32, i64)>> {
    let mut least = vec![i64::MAX; held.len()];
    let mut found = Vec::new();
    let mut arcs = Vec::with_capacity(held.len());
    for (leaver, visits) in (0u32..).zip(held) {
        for visit in visits {
            let (team, slots) = (&teams[*visit], &tickets.instance().visits[*visit].slots);
            let all: Vec<usize> = (0..slots.len()).collect();
            let rest: Vec<u32> = team.iter().copied().filter(|rank| *rank != leaver).collect();
            let whole = seated(tickets, *visit, &all, team).expect("the team is lawful");
            for (slot, ranks) in slots.iter().enumerate() {
                let others: Vec<usize> = all.iter().copied().filter(|q| *q != slot).collect();
                let Some(due) = seated(tickets, *visit, &others, &rest) else { continue };
                for (rank, ticket) in ranks.iter().zip(tickets.row(*visit, slot)) {
                    let entry = &mut least[*rank as usize];
                    if *entry == i64::MAX {
                        found.push(*rank);
                    }
                    // A member of the team cannot enter it.
                    if !team.contains(rank) {
                        *entry = (*entry).min(due - whole + *ticket as i64);
                    }
                }
            }
        }
        let take = |rank: u32| (rank, std::mem::replace(&mut least[rank as usize], i64::MAX));
        arcs.push(found.drain(..).map(take).filter(|(_, cost)| *cost != i64::MAX).collect());
    }
    arcs
}

/// w: the least sum of tickets that seats `people` on `slots`, equally many of
/// both; `None` if there is no lawful way.
pub(super) fn seated(tickets: &Tickets, visit: usize, slots: &[usize], people: &[u32]) -> Option<i64> {
    let Some((slot, slots)) = slots.split_first() else { return Some(0) };
    let with = |rank: &u32| {
        let ticket = tickets.ticket(visit, *slot, *rank)? as i64;
        let rest: Vec<u32> = people.iter().copied().filter(|other| other != rank).collect();
        Some(ticket + seated(tickets, visit, slots, &rest)?)
    };
    people.iter().filter_map(with).min()
}
