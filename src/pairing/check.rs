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
use super::ticket::{PART, Tickets, in_parts};

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
    let mut loads = vec![0; instance.inspectors.len()];
    let wrong = |index: usize| lawful_team(index, &instance.visits[index], &pairing.teams[index]).err();
    first(visits, wrong)?;
    pairing.teams.iter().flatten().for_each(|rank| loads[*rank as usize] += 1);
    for ((rank, seat), load) in (0..).zip(&instance.inspectors).zip(loads) {
        if load > seat.capacity as usize {
            return Err(Offence::OverCapacity { rank, load, capacity: seat.capacity });
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
    let (drawn, team) = (tickets.draw(visit), &pairing.teams[visit]);
    let seats: Vec<usize> = (0..team.len()).collect();
    let seated = prices::seated(&drawn, &seats, team).expect("the team is lawful");
    let paid = i128::from(seated) + team.iter().map(|rank| pairing.prices[*rank as usize]).sum::<i128>();
    let slots = tickets.instance().visits[visit].slots.iter().enumerate();
    let candidates: Vec<_> = slots
        .map(|(slot, ranks)| cheapest_few(ranks, drawn.row(slot), &pairing.prices, team.len()))
        .collect();
    let mut best = (paid, team.clone());
    try_teams(&candidates, &mut Vec::new(), 0, &mut best);
    (best.0 < paid).then(|| Offence::Cheaper { visit, team: best.1, saving: paid - best.0 })
}

/// Check 3: every price lies between the cost of the last visit held (or 0) and
/// the cost of one more, where there is room for one more.
pub fn prices_fit(tickets: &Tickets, pairing: &Pairing) -> Result<(), Offence> {
    lawful(tickets, pairing)?;
    known_prices(tickets, pairing)?;
    let mut loads = vec![0; pairing.prices.len()];
    pairing.teams.iter().flatten().for_each(|rank| loads[*rank as usize] += 1);
    for ((rank, price), load) in (0..).zip(&pairing.prices).zip(loads) {
        let least = if load > 0 { tickets.load_cost(rank, load) } else { 0 };
        if *price < least {
            return Err(Offence::PriceTooLow { rank, load, least });
        }
        let most = tickets.load_cost(rank, load + 1);
        if load < tickets.instance().inspectors[rank as usize].capacity as usize && *price > most {
            return Err(Offence::PriceTooHigh { rank, load, most });
        }
    }
    Ok(())
}

/// Check 4: the prices are the least ones of these teams.
pub fn prices_least(tickets: &Tickets, pairing: &Pairing) -> Result<(), Offence> {
    lawful(tickets, pairing)?;
    known_prices(tickets, pairing)?;
    if prices::are_least(tickets, &pairing.teams, &pairing.prices) {
        return Ok(());
    }
    let least = prices::least(tickets, &pairing.teams).ok_or(Offence::NoPrices)?;
    match (0..).zip(pairing.prices.iter().zip(least)).find(|(_, (price, least))| *price != least) {
        Some((rank, (_, least))) => Err(Offence::NotLeast { rank, least }),
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

/// One price an inspector, and none so large that a sum could overflow.
fn known_prices(tickets: &Tickets, pairing: &Pairing) -> Result<(), Offence> {
    let (found, inspectors) = (pairing.prices.len(), tickets.instance().inspectors.len());
    if found != inspectors {
        return Err(Offence::Prices { found, inspectors });
    }
    match (0..).zip(&pairing.prices).find(|(_, price)| !(0..PRICE_BOUND).contains(*price)) {
        Some((rank, price)) => Err(Offence::PriceRange { rank, price: *price }),
        None => Ok(()),
    }
}

/// The `few` candidates of a slot with the least ticket + price, as many as the
/// team has people: a cheapest team needs no others, because of so many at least
/// one is not busy in another slot.
fn cheapest_few(ranks: &[u32], row: &[u64], prices: &[i128], few: usize) -> Vec<(i128, u32)> {
    let mut cheapest: Vec<(i128, u32)> = Vec::with_capacity(few + 1);
    for (rank, ticket) in ranks.iter().zip(row) {
        let cost = i128::from(*ticket) + prices[*rank as usize];
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
