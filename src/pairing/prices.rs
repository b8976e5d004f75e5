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

use super::ticket::{Drawn, PART, Tickets, in_parts};

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

/// Whether `prices`, one an inspector, are the least prices of `teams`, which
/// must be lawful.
///
/// They are if they keep both rules and each of them is held up: by the first
/// rule, or by an equality in the second from a price that is itself held up.
/// A visit is looked at once, and only equalities are remembered, of which
/// there are hardly more than inspectors.
pub(super) fn are_least(tickets: &Tickets, teams: &[Vec<u32>], prices: &[i128]) -> bool {
    let mut loads = vec![0; prices.len()];
    teams.iter().flatten().for_each(|rank| loads[*rank as usize] += 1);
    let floor = |rank: usize| if loads[rank] == 0 { 0 } else { tickets.load_cost(rank as u32, loads[rank]) };
    if (0..prices.len()).any(|rank| prices[rank] < floor(rank)) {
        return false;
    }
    let found = in_parts(teams.len(), PART, |mut part| {
        let mut equal = Vec::new();
        let kept = |visit: usize| equalities(&tickets.draw(visit), &teams[visit], prices, &mut equal);
        part.all(kept).then_some(equal)
    });
    let Some(found) = found.into_iter().collect::<Option<Vec<_>>>() else { return false };
    let mut equal = found.concat();
    equal.sort_unstable();
    let mut held: Vec<bool> = (0..prices.len()).map(|rank| prices[rank] == floor(rank)).collect();
    let mut open: Vec<u32> = (0..prices.len() as u32).filter(|rank| held[*rank as usize]).collect();
    while let Some(rank) = open.pop() {
        let from = equal.partition_point(|(other, _)| *other < rank);
        for (_, next) in equal[from..].iter().take_while(|(other, _)| *other == rank) {
            if !std::mem::replace(&mut held[*next as usize], true) {
                open.push(*next);
            }
        }
    }
    held.into_iter().all(|held| held)
}

/// Adds the pairs (i, j) for which the second rule is an equality in this visit;
/// false where it is broken.
fn equalities(drawn: &Drawn, team: &[u32], prices: &[i128], equal: &mut Vec<(u32, u32)>) -> bool {
    let all: Vec<usize> = (0..team.len()).collect();
    let Some(whole) = seated(drawn, &all, team) else { return false };
    for leaver in team {
        let rest: Vec<u32> = team.iter().copied().filter(|rank| rank != leaver).collect();
        for slot in &all {
            let others: Vec<usize> = all.iter().copied().filter(|q| q != slot).collect();
            let Some(due) = seated(drawn, &others, &rest) else { continue };
            let most = prices[*leaver as usize] - i128::from(due - whole);
            for (rank, ticket) in drawn.slot(*slot) {
                let price = prices[*rank as usize];
                let least = most - i128::from(*ticket);
                if price <= least && !team.contains(rank) {
                    if price < least {
                        return false;
                    }
                    equal.push((*leaver, *rank));
                }
            }
        }
    }
    true
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
            let drawn = tickets.draw(*visit);
            let whole = seated(&drawn, &all, team).expect("the team is lawful");
            for (slot, ranks) in slots.iter().enumerate() {
                let others: Vec<usize> = all.iter().copied().filter(|q| *q != slot).collect();
                let Some(due) = seated(&drawn, &others, &rest) else { continue };
                for (rank, ticket) in ranks.iter().zip(drawn.row(slot)) {
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
pub(super) fn seated(drawn: &Drawn, slots: &[usize], people: &[u32]) -> Option<i64> {
    let Some((slot, slots)) = slots.split_first() else { return Some(0) };
    let with = |rank: &u32| {
        let ticket = drawn.ticket(*slot, *rank)? as i64;
        let rest: Vec<u32> = people.iter().copied().filter(|other| other != rank).collect();
        Some(ticket + seated(drawn, slots, &rest)?)
    };
    people.iter().filter_map(with).min()
}
