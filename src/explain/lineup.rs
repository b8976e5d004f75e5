//! Who could come to a unit at all, once the seed was known: whether another zone's
//! people visit it, and who of a pair that must not meet was struck.

use super::Proof;
use crate::pairing::lineup::{self, EXCHANGE, strike_ticket};
use crate::seed::Seed;

/// How the seed made a unit's lineup from its committed docket.
#[derive(Debug, Clone)]
pub struct Lineup {
    /// Where some drawn units are visited from other zones.
    pub exchange: Option<Exchange>,
    /// For each pair that must not meet, who was struck.
    pub strikes: Vec<Strike>,
}

/// Where the unit stood among those that could be visited from other zones.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// So many of the drawn units are visited from other zones.
    pub places: u64,
    /// Of so many that could be.
    pub able: usize,
    /// The unit's place by exchange ticket, from 1, and how the ticket is made; `None`
    /// if no team from elsewhere could come to it.
    pub place: Option<(usize, Proof)>,
}

impl Exchange {
    /// Whether the unit is visited from other zones.
    pub fn is_away(&self) -> bool {
        self.place.as_ref().is_some_and(|(place, _)| *place as u64 <= self.places)
    }
}

/// One pair that must not meet.
#[derive(Debug, Clone)]
pub struct Strike {
    /// Both by public name, with the strike tickets: the larger loses.
    pub pair: [(String, Proof); 2],
    /// Who was struck: 0 or 1.
    pub struck: usize,
}

/// What happened to the unit at `visit`, with `names` by rank.
pub(super) fn lineup(
    seed: &Seed,
    lineups: &[lineup::Lineup],
    (visit, places): (usize, u64),
    names: &[&str],
) -> Lineup {
    let unit = lineups[visit].unit.as_str();
    let exchange = (places > 0).then(|| {
        let order = lineup::exchange_order(seed, lineups, usize::MAX);
        let at = order.iter().position(|(index, _)| *index == visit);
        let place = at.map(|at| {
            let (suite, ticket) = (seed.suite, order[at].1);
            (at + 1, Proof::printed(suite, "yaohao/ticket/v1", &[&seed.to_string(), EXCHANGE, unit], ticket))
        });
        Exchange { places, able: order.len(), place }
    });
    let is_away = exchange.as_ref().is_some_and(Exchange::is_away);
    let strikes = lineups[visit].struck(seed, is_away).1;
    let one = |rank: u32| {
        let lines = [seed.to_string(), unit.to_owned(), rank.to_string()];
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let ticket = strike_ticket(seed, unit, rank);
        (names[rank as usize].to_owned(), Proof::printed(seed.suite, "yaohao/strike/v1", &lines, ticket))
    };
    let strike = |strike: &lineup::Strike| Strike {
        pair: [one(strike.pair.0), one(strike.pair.1)],
        struck: usize::from(strike.struck == strike.pair.1),
    };
    Lineup { exchange, strikes: strikes.iter().map(strike).collect() }
}
