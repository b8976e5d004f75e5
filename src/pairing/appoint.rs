//! Both questions of a pairing, one after the other: who goes to each unit,
//! and who of them leads.

use super::instance::Pairing;
use super::leads::{question, seats};
use super::shortage::Shortage;
use super::solve;
use super::ticket::{LEAD, Tickets};

/// Teams slot by slot, with both proofs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointed {
    /// The teams, and the prices that prove who goes.
    pub pairing: Pairing,
    /// The least prices that prove who leads, by rank.
    pub lead_prices: Vec<i128>,
}

/// The right teams with the right leads; or, exactly when there is no lawful
/// pairing, the proof of that.
pub fn appoint(tickets: &Tickets) -> Result<Appointed, Shortage> {
    let who = solve::pair(tickets)?;
    let question = question(tickets, &who.teams);
    let lead_tickets = Tickets::tagged(LEAD, &question).expect("as well-formed as the first question");
    let leads = solve::pair(&lead_tickets).expect("whoever leads now may lead");
    let seat = |(visit, (team, lead)): (usize, (&Vec<u32>, &Vec<u32>))| {
        seats(tickets, visit, team, lead[0]).expect("without a lead who may lead the others have seats")
    };
    let teams = who.teams.iter().zip(&leads.teams).enumerate().map(seat).collect();
    Ok(Appointed { pairing: Pairing { teams, prices: who.prices }, lead_prices: leads.prices })
}
