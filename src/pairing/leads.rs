//! Who leads: the second question of a pairing.
//!
//! The first question balances visits in all and settles *who* goes to each
//! unit. With the people of every unit fixed, who of them *leads* is the same
//! question once more, with one slot a unit, for those of its people who may
//! lead and without whom the others can still be seated; nobody carries
//! anything, and everybody may lead every visit they have. So it has the same kind
//! of proof, with
//! tickets, turns and prices of its own. The other slots follow: the rest of a
//! team sits where its tickets of the first question sum to the least.
//!
//! Slot 0 is the lead, whatever the slots behind it are.

use super::check;
use super::instance::{Instance, Pairing, Seat, Visit};
use super::offence::Offence;
use super::prices::seated;
use super::ticket::{Drawn, LEAD, Tickets};

/// The question who leads, for lawful `teams` of the instance of `tickets`.
/// Its tickets are [`Tickets::tagged`] with [`LEAD`].
///
/// # Panics
/// If there are more teams than visits, or a rank is not in the list.
pub fn question(tickets: &Tickets, teams: &[Vec<u32>]) -> Instance {
    let instance = tickets.instance();
    let visits = teams.iter().enumerate().map(|(visit, team)| {
        let drawn = tickets.draw(visit);
        let mut ranks: Vec<u32> = team.iter().copied().filter(|rank| may_lead(&drawn, team, *rank)).collect();
        ranks.sort_unstable();
        let Visit { unit, band, .. } = &instance.visits[visit];
        Visit { band: *band, ..Visit::new(unit, [ranks]) }
    });
    let mut inspectors = vec![Seat { capacity: 0, carried: 0 }; instance.inspectors.len()];
    teams.iter().flatten().for_each(|rank| inspectors[*rank as usize].capacity += 1);
    Instance { inspectors, visits: visits.collect(), ..*instance }
}

fn may_lead(drawn: &Drawn<'_>, team: &[u32], rank: u32) -> bool {
    let (slots, rest) = behind(team, rank);
    drawn.ticket(0, rank).is_some() && seated(drawn, &slots, &rest).is_some()
}

/// The slots behind the lead's, and the people of `team` without `lead`, by rank.
fn behind(team: &[u32], lead: u32) -> (Vec<usize>, Vec<u32>) {
    let mut rest: Vec<u32> = team.iter().copied().filter(|rank| *rank != lead).collect();
    rest.sort_unstable();
    ((1..team.len()).collect(), rest)
}

/// The people of `team` on the slots of a visit, `lead` on slot 0: the others
/// at the least sum of tickets, and of several such ways the first by rank.
/// `None` if there is no lawful way.
pub fn seats(tickets: &Tickets, visit: usize, team: &[u32], lead: u32) -> Option<Vec<u32>> {
    let drawn = tickets.draw(visit);
    drawn.ticket(0, lead)?;
    let (slots, mut rest) = behind(team, lead);
    let mut due = seated(&drawn, &slots, &rest)?;
    let mut seats = vec![lead];
    for (nth, slot) in slots.iter().enumerate() {
        let after = |rank: u32| {
            let others: Vec<u32> = rest.iter().copied().filter(|other| *other != rank).collect();
            let cost = seated(&drawn, &slots[nth + 1..], &others)?;
            let ticket = drawn.ticket(*slot, rank)? as i64;
            (ticket + cost == due).then_some((rank, cost))
        };
        let (rank, cost) = rest.iter().find_map(|rank| after(*rank))?;
        seats.push(rank);
        rest.retain(|other| *other != rank);
        due = cost;
    }
    Some(seats)
}

/// Check 5: leads are as even, and then as random, as the people of the teams
/// allow, `lead_prices` are the least prices that prove it, and the others sit
/// where their tickets say. It proves nothing about who goes.
pub fn check(tickets: &Tickets, pairing: &Pairing, lead_prices: &[i128]) -> Result<(), Offence> {
    check::lawful(tickets, pairing)?;
    let question = question(tickets, &pairing.teams);
    let lead_tickets = Tickets::tagged(LEAD, &question).expect("as well-formed as the first question");
    let leads = pairing.teams.iter().map(|team| vec![team[0]]).collect();
    let leads = Pairing { teams: leads, prices: lead_prices.to_vec() };
    for check in [check::cheapest, check::prices_fit, check::prices_least] {
        check(&lead_tickets, &leads).map_err(|offence| Offence::Leads(Box::new(offence)))?;
    }
    for (visit, team) in pairing.teams.iter().enumerate() {
        let due = seats(tickets, visit, team, team[0]).expect("the team is lawful");
        if due != *team {
            return Err(Offence::Seats { visit, team: due });
        }
    }
    Ok(())
}
