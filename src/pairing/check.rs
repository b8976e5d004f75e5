//! Whether a pairing is the right one, without a solver.
//!
//! Four checks, each of one screen. The first three prove that no other lawful
//! choice of people is better balanced, or equally balanced at a smaller sum of
//! turns and tickets; the fourth fixes the prices, so that a record has one
//! form. Which of a unit's people leads is proved by the same checks again, see
//! [`leads`](super::leads).
//! They take any teams and prices, also hostile ones, and never panic. Tickets
//! are drawn visit by visit, so that the memory of a check does not grow with
//! their number.

use super::instance::{Pairing, Visit};
use super::offence::Offence;
use super::prices;
use super::ticket::{PART, Tickets, band_cost, in_parts};
use std::ops::RangeInclusive;

/// No right price reaches 2¹²⁴, and sums of a team's prices below it fit.
pub const PRICE_BOUND: i128 = 1 << 124;

/// Check 1: every slot is filled by an eligible inspector, nobody twice in a
/// team, nobody beyond capacity.
pub fn lawful(tickets: &Tickets, pairing: &Pairing) -> Result<(), Offence> {
    let instance = tickets.instance();
    let (found, visits) = (pairing.teams.len(), instance.visits.len());
    if found != visits {
        return Err(Offence::Teams { found, visits });
    }
    let wrong = |index: usize| lawful_team(index, &instance.visits[index], &pairing.teams[index]).err();
    first(visits, wrong)?;
    let loads = instance.loads(&pairing.teams);
    for ((rank, seat), loads) in (0..).zip(&instance.inspectors).zip(loads.chunks(instance.bands)) {
        let (load, capacity) = (loads.iter().sum(), seat.capacity);
        if load > capacity as usize {
            return Err(Offence::OverCapacity { rank, load, capacity });
        }
    }
    Ok(())
}

/// Check 2: no lawful team of any visit has a smaller sum of tickets and prices
/// than the people of the team that holds it, seated at their least sum of
/// tickets. Who of them holds which slot is a question of its own: check 5, in
/// [`leads`](super::leads).
pub fn cheapest(tickets: &Tickets, pairing: &Pairing) -> Result<(), Offence> {
    lawful(tickets, pairing)?;
    known_prices(tickets, pairing)?;
    first(pairing.teams.len(), |visit| cheaper(tickets, pairing, visit))
}

/// The first offence that `wrong` sees in a visit.
fn first(visits: usize, wrong: impl Fn(usize) -> Option<Offence> + Sync) -> Result<(), Offence> {
    let found = in_parts(visits, PART, |mut part| part.find_map(&wrong));
    found.into_iter().flatten().next().map_or(Ok(()), Err)
}

/// A lawful team of the visit that is cheaper than the people who hold it.
fn cheaper(tickets: &Tickets, pairing: &Pairing, visit: usize) -> Option<Offence> {
    let (instance, drawn, team) = (tickets.instance(), tickets.draw(visit), &pairing.teams[visit]);
    let question = &instance.visits[visit];
    let price = |rank: u32| pairing.prices[instance.account(rank, question.band)];
    let seats: Vec<usize> = (0..team.len()).collect();
    let seated = prices::seated(&drawn, &seats, team).expect("the team is lawful");
    let paid = i128::from(seated) + team.iter().map(|rank| price(*rank)).sum::<i128>();
    let slots = question.slots.iter().enumerate();
    let candidates: Vec<_> =
        slots.map(|(slot, ranks)| cheapest_few(ranks, drawn.row(slot), price, team.len())).collect();
    let mut best = (paid, team.clone());
    try_teams(&candidates, &mut Vec::new(), 0, &mut best);
    (best.0 < paid).then(|| Offence::Cheaper { visit, team: best.1, saving: paid - best.0 })
}

/// Check 3: every price of band 0 lies between the cost of the last visit held (or
/// 0) and the cost of one more, where there is room for one more; every other
/// exceeds it by between the cost of the last visit held in its band (if there is
/// one) and the cost of one more.
pub fn prices_fit(tickets: &Tickets, pairing: &Pairing) -> Result<(), Offence> {
    lawful(tickets, pairing)?;
    known_prices(tickets, pairing)?;
    let instance = tickets.instance();
    let loads = instance.loads(&pairing.teams);
    let of_person = loads.chunks(instance.bands).zip(pairing.prices.chunks(instance.bands));
    for ((rank, seat), (loads, prices)) in (0..).zip(&instance.inspectors).zip(of_person) {
        let load = loads.iter().sum();
        let least = if load > 0 { tickets.load_cost(rank, load) } else { 0 };
        let free = load < seat.capacity as usize;
        let most = if free { tickets.load_cost(rank, load + 1) } else { PRICE_BOUND };
        fits((rank, 0), prices[0], load, least..=most)?;
        for (band, (price, load)) in prices.iter().zip(loads).enumerate().skip(1) {
            let least = if *load > 0 { prices[0] + band_cost(*load) } else { 0 };
            fits((rank, band), *price, *load, least..=prices[0] + band_cost(load + 1))?;
        }
    }
    Ok(())
}

fn fits(
    (rank, band): (u32, usize),
    price: i128,
    load: usize,
    range: RangeInclusive<i128>,
) -> Result<(), Offence> {
    let (least, most) = range.into_inner();
    if price < least {
        return Err(Offence::PriceTooLow { rank, band, load, least });
    }
    if price > most { Err(Offence::PriceTooHigh { rank, band, load, most }) } else { Ok(()) }
}

/// Check 4: the prices are the least ones of these teams.
pub fn prices_least(tickets: &Tickets, pairing: &Pairing) -> Result<(), Offence> {
    lawful(tickets, pairing)?;
    known_prices(tickets, pairing)?;
    if prices::are_least(tickets, &pairing.teams, &pairing.prices) {
        return Ok(());
    }
    let least = prices::least(tickets, &pairing.teams).ok_or(Offence::NoPrices)?;
    match pairing.prices.iter().zip(&least).position(|(price, least)| price != least) {
        Some(account) => {
            let (rank, band) = place(tickets, account);
            Err(Offence::NotLeast { rank, band, least: least[account] })
        }
        None => Ok(()),
    }
}

fn lawful_team(index: usize, visit: &Visit, team: &[u32]) -> Result<(), Offence> {
    let (found, slots) = (team.len(), visit.slots.len());
    if found != slots {
        return Err(Offence::TeamSize { visit: index, found, slots });
    }
    for (slot, rank) in team.iter().enumerate() {
        if !visit.allows(slot, *rank) {
            return Err(Offence::NotEligible { visit: index, slot, rank: *rank });
        }
        if team[..slot].contains(rank) {
            return Err(Offence::Twice { visit: index, rank: *rank });
        }
    }
    Ok(())
}

/// One price an account, and none so large that a sum could overflow.
fn known_prices(tickets: &Tickets, pairing: &Pairing) -> Result<(), Offence> {
    let (found, accounts) = (pairing.prices.len(), tickets.instance().accounts());
    if found != accounts {
        return Err(Offence::Prices { found, accounts });
    }
    match pairing.prices.iter().position(|price| !(0..PRICE_BOUND).contains(price)) {
        Some(account) => {
            let (rank, band) = place(tickets, account);
            Err(Offence::PriceRange { rank, band, price: pairing.prices[account] })
        }
        None => Ok(()),
    }
}

/// Rank and band of an account.
fn place(tickets: &Tickets, account: usize) -> (u32, usize) {
    let bands = tickets.instance().bands;
    ((account / bands) as u32, account % bands)
}

/// The `few` candidates of a slot with the least ticket + price, as many as the
/// team has people: a cheapest team needs no others, because of so many at least
/// one is not busy in another slot.
fn cheapest_few(ranks: &[u32], row: &[u64], price: impl Fn(u32) -> i128, few: usize) -> Vec<(i128, u32)> {
    let mut cheapest: Vec<(i128, u32)> = Vec::with_capacity(few + 1);
    for (rank, ticket) in ranks.iter().zip(row) {
        let cost = i128::from(*ticket) + price(*rank);
        if cheapest.len() < few || cost < cheapest[cheapest.len() - 1].0 {
            cheapest.insert(cheapest.partition_point(|(other, _)| *other <= cost), (cost, *rank));
            cheapest.truncate(few);
        }
    }
    cheapest
}

/// Tries every team of different people from `candidates` that starts with
/// `team`, whose sum is `sum`.
fn try_teams(candidates: &[Vec<(i128, u32)>], team: &mut Vec<u32>, sum: i128, best: &mut (i128, Vec<u32>)) {
    let Some(row) = candidates.get(team.len()) else {
        if sum < best.0 {
            *best = (sum, team.clone());
        }
        return;
    };
    for (cost, rank) in row {
        if !team.contains(rank) {
            team.push(*rank);
            try_teams(candidates, team, sum + cost, best);
            team.pop();
        }
    }
}
