//! From the people committed to for each unit to the question of pairing: which
//! drawn units are visited from other zones, and who of a pair that must not
//! meet is struck. Both follow from the seed (docs/spec/pairing.md, "Lineups").

use super::instance::{Interner, Visit};
use crate::digest::Digest;
use crate::sampling::select;
use crate::seed::Seed;

/// The label under which exchanged units are selected; no stratum has it.
pub const EXCHANGE: &str = "@exchange";

/// A drawn unit and everybody who could come to it, by rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lineup {
    /// The unit.
    pub unit: String,
    /// For each slot, who may take it, ascending.
    pub slots: Vec<Vec<u32>>,
    /// The same if the unit is visited from other zones; empty if that is ruled out.
    pub away: Vec<Vec<u32>>,
    /// Who made the last visit and comes only at a surcharge, ascending.
    pub again: Vec<u32>,
    /// Pairs that must not meet in the team, the smaller rank first, ascending.
    pub apart: Vec<(u32, u32)>,
    /// How long a visit takes, see [`Visit::band`].
    pub band: usize,
}

/// One pair that must not meet, of whom one stays away from the unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strike {
    /// The smaller rank first.
    pub pair: (u32, u32),
    /// The one who stays away.
    pub struck: u32,
}

impl Lineup {
    /// Who may come once the pairs are struck, at home or `away`, and the strikes in
    /// their order.
    pub fn struck(&self, seed: &Seed, away: bool) -> (Vec<Vec<u32>>, Vec<Strike>) {
        let mut slots = if away { self.away.clone() } else { self.slots.clone() };
        let strikes = strike(&mut slots, &self.apart, seed, &self.unit);
        (slots, strikes)
    }
}

/// The visits of the drawn units, in their order; `exchange` of them (as far as
/// there are units with a team from elsewhere) are made from other zones.
pub fn visits(seed: &Seed, lineups: &[Lineup], exchange: u64) -> Vec<Visit> {
    let exchanged = exchanged(seed, lineups, exchange);
    let mut interner = Interner::default();
    let visit = |(lineup, away): (&Lineup, bool)| {
        let (slots, _) = lineup.struck(seed, away);
        let comes = |rank: &u32| slots.iter().any(|slot| slot.binary_search(rank).is_ok());
        let again = lineup.again.iter().copied().filter(comes).collect();
        Visit { unit: lineup.unit.clone(), again, slots: interner.share(&slots), band: lineup.band }
    };
    lineups.iter().zip(exchanged).map(visit).collect()
}

/// Which units are visited from other zones: those with the smallest tickets
/// among the units that have a team elsewhere.
fn exchanged(seed: &Seed, lineups: &[Lineup], exchange: u64) -> Vec<bool> {
    let mut exchanged = vec![false; lineups.len()];
    if exchange > 0 {
        let first = exchange_order(seed, lineups, exchange as usize);
        first.into_iter().for_each(|(index, _)| exchanged[index] = true);
    }
    exchanged
}

/// The units that have a team elsewhere, by exchange ticket, the first `most` of them:
/// positions in `lineups`, and tickets.
pub fn exchange_order(seed: &Seed, lineups: &[Lineup], most: usize) -> Vec<(usize, Digest)> {
    let able: Vec<usize> =
        (0..lineups.len()).filter(|i| seatable(&lineups[*i].away, &lineups[*i].apart)).collect();
    let ids: Vec<&str> = able.iter().map(|i| lineups[*i].unit.as_str()).collect();
    let drawn = select(seed, EXCHANGE, &ids, most.min(ids.len()));
    drawn.into_iter().map(|drawn| (able[drawn.index], drawn.ticket)).collect()
}

/// For every pair that must not meet, in order, where both are still there:
/// strikes the one whose strike ticket is larger; but the other one, if only
/// that leaves the unit a lawful team.
fn strike(slots: &mut [Vec<u32>], apart: &[(u32, u32)], seed: &Seed, unit: &str) -> Vec<Strike> {
    let mut strikes = Vec::new();
    for (a, b) in apart {
        let there = |rank: &u32| slots.iter().any(|slot| slot.binary_search(rank).is_ok());
        if !there(a) || !there(b) {
            continue;
        }
        let ticket = |rank: &u32| (strike_ticket(seed, unit, *rank), *rank);
        let loser = if ticket(a) > ticket(b) { *a } else { *b };
        let other = a + b - loser;
        let struck = if seatable(&without(slots, loser), apart) || !seatable(&without(slots, other), apart) {
            loser
        } else {
            other
        };
        slots.iter_mut().for_each(|slot| slot.retain(|rank| *rank != struck));
        strikes.push(Strike { pair: (*a, *b), struck });
    }
    strikes
}

/// Every lot that `slots` may come down to, whoever of each pair is struck;
/// `None` if they are more than `most`.
pub fn outcomes(slots: &[Vec<u32>], apart: &[(u32, u32)], most: usize) -> Option<Vec<Vec<Vec<u32>>>> {
    let mut outcomes = vec![slots.to_vec()];
    for (a, b) in apart {
        let mut next = Vec::new();
        for slots in outcomes {
            let there = |rank: &u32| slots.iter().any(|slot| slot.binary_search(rank).is_ok());
            if there(a) && there(b) {
                next.extend([*a, *b].map(|rank| without(&slots, rank)));
            } else {
                next.push(slots);
            }
        }
        if next.len() > most {
            return None;
        }
        outcomes = next;
    }
    Some(outcomes)
}

fn without(slots: &[Vec<u32>], rank: u32) -> Vec<Vec<u32>> {
    slots.iter().map(|slot| slot.iter().copied().filter(|r| *r != rank).collect()).collect()
}

/// The ticket that decides who of a pair stays away from `unit`.
pub fn strike_ticket(seed: &Seed, unit: &str, rank: u32) -> Digest {
    seed.digest(&[format!("yaohao/strike/v1\n{seed}\n{unit}\n{rank}\n").as_bytes()])
}

/// Whether every slot can be held by somebody of its own, with no pair of
/// `apart` among them; false without slots.
pub fn seatable(slots: &[Vec<u32>], apart: &[(u32, u32)]) -> bool {
    fn seat(slots: &[Vec<u32>], apart: &[(u32, u32)], team: &mut Vec<u32>) -> bool {
        let Some((slot, rest)) = slots.split_first() else { return true };
        slot.iter().any(|rank| {
            let meets = |with: &u32| apart.binary_search(&(*rank.min(with), *rank.max(with))).is_ok();
            if team.iter().any(|with| with == rank || meets(with)) {
                return false;
            }
            team.push(*rank);
            let seated = seat(rest, apart, team);
            team.pop();
            seated
        })
    }
    !slots.is_empty() && seat(slots, apart, &mut Vec::new())
}
