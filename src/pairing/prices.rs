//! The least prices of a pairing, from the pairing alone.
//!
//! They are the least vector p ≥ 0, one price for each inspector and band of
//! duration, such that
//! - a loaded inspector's price of band 0 is at least what the last visit cost;
//! - the price of a band with visits exceeds it by at least what the last of these
//!   cost, and that of any band by at most what one more would cost;
//! - where j could replace i in a visit, p(j) ≥ p(i) − (w(T − i + j) − w(T)) in its
//!   band, w(S) being the least sum of tickets over all lawful ways to seat S.
//!
//! Starting from the first rule, prices are raised by the others until nothing
//! moves. If something still moves after as many rounds as there are prices, there
//! are none: the pairing is not a cheapest one.

use super::instance::Instance;
use super::ticket::{Drawn, PART, Tickets, band_cost, in_parts};

/// The least prices of `teams`, by account; `None` if a team is not lawful or no
/// prices exist. They may still not fit the loads: that is `check`'s question.
pub fn least(tickets: &Tickets, teams: &[Vec<u32>]) -> Option<Vec<i128>> {
    let instance = tickets.instance();
    let mut held = vec![Vec::new(); instance.accounts()];
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
        let band = instance.visits[visit].band;
        team.iter().for_each(|rank| held[instance.account(*rank, band)].push(visit));
    }
    let loads: Vec<usize> = held.iter().map(Vec::len).collect();
    let mut arcs = replacements(tickets, teams, &held);
    for (from, to, cost) in between_bands(instance, &loads) {
        arcs[from].push((to as u32, cost));
    }
    raise(floors(tickets, &loads), &arcs)
}

/// The first rule: the least that the price of each account can be.
fn floors(tickets: &Tickets, loads: &[usize]) -> Vec<i128> {
    let bands = tickets.instance().bands;
    let mut floors = vec![0; loads.len()];
    for (rank, loads) in (0..).zip(loads.chunks(bands)) {
        let load = loads.iter().sum();
        if load > 0 {
            floors[rank as usize * bands] = tickets.load_cost(rank, load);
        }
    }
    floors
}

/// The second rule as (i, j, cost) with p(j) ≥ p(i) − cost, between the accounts of
/// each inspector.
fn between_bands(instance: &Instance, loads: &[usize]) -> impl Iterator<Item = (usize, usize, i128)> {
    let banded = (0..loads.len()).filter(|account| !account.is_multiple_of(instance.bands));
    banded.flat_map(|account| {
        let (main, load) = (account - account % instance.bands, loads[account]);
        let last = (load > 0).then(|| (main, account, -band_cost(load)));
        last.into_iter().chain([(account, main, band_cost(load + 1))])
    })
}

/// Whether `prices`, one an account, are the least prices of `teams`, which must be
/// lawful.
///
/// They are if they keep all rules and each of them is held up: by the first
/// rule, or by an equality in the others from a price that is itself held up.
/// A visit is looked at once, and only equalities are remembered, of which
/// there are hardly more than inspectors.
pub(super) fn are_least(tickets: &Tickets, teams: &[Vec<u32>], prices: &[i128]) -> bool {
    let instance = tickets.instance();
    let loads = instance.loads(teams);
    let floors = floors(tickets, &loads);
    let kept = |(from, to, cost): (usize, usize, i128)| prices[to] >= prices[from] - cost;
    if prices.iter().zip(&floors).any(|(price, floor)| price < floor)
        || !between_bands(instance, &loads).all(kept)
    {
        return false;
    }
    let found = in_parts(teams.len(), PART, |mut part| {
        let mut equal = Vec::new();
        let kept = |visit: usize| equalities(tickets, visit, &teams[visit], prices, &mut equal);
        part.all(kept).then_some(equal)
    });
    let Some(found) = found.into_iter().collect::<Option<Vec<_>>>() else { return false };
    let mut equal = found.concat();
    let equals = |(from, to, cost): &(usize, usize, i128)| prices[*to] == prices[*from] - cost;
    let within = between_bands(instance, &loads).filter(equals);
    equal.extend(within.map(|(from, to, _)| (from as u32, to as u32)));
    equal.sort_unstable();
    let mut held: Vec<bool> = prices.iter().zip(&floors).map(|(price, floor)| price == floor).collect();
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

/// Adds the pairs (i, j) for which the third rule is an equality in this visit;
/// false where it is broken.
fn equalities(
    tickets: &Tickets,
    visit: usize,
    team: &[u32],
    prices: &[i128],
    equal: &mut Vec<(u32, u32)>,
) -> bool {
    let (instance, drawn) = (tickets.instance(), &tickets.draw(visit));
    let account = |rank: u32| instance.account(rank, instance.visits[visit].band);
    let all: Vec<usize> = (0..team.len()).collect();
    let Some(whole) = seated(drawn, &all, team) else { return false };
    for leaver in team {
        let rest: Vec<u32> = team.iter().copied().filter(|rank| rank != leaver).collect();
        for slot in &all {
            let others: Vec<usize> = all.iter().copied().filter(|q| q != slot).collect();
            let Some(due) = seated(drawn, &others, &rest) else { continue };
            let most = prices[account(*leaver)] - i128::from(due - whole);
            for (rank, ticket) in drawn.slot(*slot) {
                let price = prices[account(*rank)];
                let least = most - i128::from(*ticket);
                if price <= least && !team.contains(rank) {
                    if price < least {
                        return false;
                    }
                    equal.push((account(*leaver) as u32, account(*rank) as u32));
                }
            }
        }
    }
    true
}

/// Raises `prices` along `arcs[i] = [(j, cost), …]` until all are content.
fn raise(mut prices: Vec<i128>, arcs: &[Vec<(u32, i128)>]) -> Option<Vec<i128>> {
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
                let least = price - cost;
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

/// For each account i, everybody j who could replace i in some visit, with the
/// least w(T − i + j) − w(T) over those visits.
fn replacements(tickets: &Tickets, teams: &[Vec<u32>], held: &[Vec<usize>]) -> Vec<Vec<(u32, i128)>> {
    let instance = tickets.instance();
    let mut least = vec![i64::MAX; held.len()];
    let mut found = Vec::new();
    let mut arcs = Vec::with_capacity(held.len());
    for (account, visits) in held.iter().enumerate() {
        let (leaver, band) = ((account / instance.bands) as u32, account % instance.bands);
        for visit in visits {
            let (team, slots) = (&teams[*visit], &instance.visits[*visit].slots);
            let all: Vec<usize> = (0..slots.len()).collect();
            let rest: Vec<u32> = team.iter().copied().filter(|rank| *rank != leaver).collect();
            let drawn = tickets.draw(*visit);
            let whole = seated(&drawn, &all, team).expect("the team is lawful");
            for (slot, ranks) in slots.iter().enumerate() {
                let others: Vec<usize> = all.iter().copied().filter(|q| *q != slot).collect();
                let Some(due) = seated(&drawn, &others, &rest) else { continue };
                for (rank, ticket) in ranks.iter().zip(drawn.row(slot)) {
                    let other = instance.account(*rank, band);
                    let entry = &mut least[other];
                    if *entry == i64::MAX {
                        found.push(other as u32);
                    }
                    // A member of the team cannot enter it.
                    if !team.contains(rank) {
                        *entry = (*entry).min(due - whole + *ticket as i64);
                    }
                }
            }
        }
        let take = |other: u32| (other, std::mem::replace(&mut least[other as usize], i64::MAX));
        let taken = found.drain(..).map(take).filter(|(_, cost)| *cost != i64::MAX);
        arcs.push(taken.map(|(other, cost)| (other, i128::from(cost))).collect());
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
