//! Late changes: who stands in when an inspector cannot go. The cheapest lawful
//! candidate at (fresh ticket + published price); no solver, nothing else moves.

use super::instance::{Instance, Pairing};
use crate::digest::Digest;
use crate::seed::Seed;
use crate::stream::Stream;
use std::collections::BTreeSet;

/// The teams as they stand after the late changes so far.
#[derive(Debug, Clone)]
pub struct Bench<'a> {
    instance: &'a Instance,
    prices: &'a [i128],
    teams: Vec<Vec<u32>>,
    loads: Vec<u32>,
    gone: BTreeSet<u32>,
}

/// One open slot, and who could take it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vacancy {
    /// Index of the visit.
    pub visit: usize,
    /// The slot that the absent person held.
    pub slot: usize,
    /// Lawful candidates, ranks ascending; never empty.
    pub candidates: Vec<u32>,
}

/// What one candidate costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Offer {
    /// Ticket + price; the order of offers is by it, then by rank.
    pub total: u128,
    /// Rank of the candidate.
    pub rank: u32,
    /// Below 2⁴⁸.
    pub ticket: u64,
    /// The published price in the band of the visit.
    pub price: i128,
}

/// Why a slot cannot be filled anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfilled {
    /// The unit has no team.
    NotDrawn,
    /// The absent person is not in the unit's team.
    NotInTeam,
    /// Of `docket` people eligible for the slot, `busy` are in the unit's team,
    /// `gone` were replaced in this draw, and `full` have no visit left.
    Nobody {
        /// Everybody eligible for the slot.
        docket: usize,
        /// In the unit's team, the absent person included.
        busy: usize,
        /// Replaced before in this draw.
        gone: usize,
        /// At capacity.
        full: usize,
    },
}

impl<'a> Bench<'a> {
    /// The bench of a lawful pairing with one price an account.
    pub fn new(instance: &'a Instance, pairing: &'a Pairing) -> Self {
        let mut loads = vec![0; instance.inspectors.len()];
        pairing.teams.iter().flatten().for_each(|rank| loads[*rank as usize] += 1);
        let (prices, teams) = (&pairing.prices[..], pairing.teams.clone());
        Bench { instance, prices, teams, loads, gone: BTreeSet::new() }
    }

    /// The team of a visit as it stands.
    pub fn team(&self, visit: usize) -> &[u32] {
        &self.teams[visit]
    }

    /// The open slot if `absent` does not go to `unit`. Nothing in it depends on
    /// what is not yet known: it can be told before a link is asked for.
    ///
    /// # Errors
    /// [`Unfilled`] if there is no such slot, or nobody who may take it.
    pub fn vacancy(&self, unit: &str, absent: u32) -> Result<Vacancy, Unfilled> {
        let visit = self.instance.visits.iter().position(|visit| visit.unit == unit);
        let visit = visit.ok_or(Unfilled::NotDrawn)?;
        let team = &self.teams[visit];
        let slot = team.iter().position(|rank| *rank == absent).ok_or(Unfilled::NotInTeam)?;
        let docket = &self.instance.visits[visit].slots[slot];
        let full = |rank: u32| self.loads[rank as usize] >= self.instance.inspectors[rank as usize].capacity;
        let (busy, free): (Vec<u32>, Vec<u32>) = docket.iter().partition(|rank| team.contains(rank));
        let (gone, here): (Vec<u32>, Vec<u32>) = free.iter().partition(|rank| self.gone.contains(rank));
        let (full, candidates): (Vec<u32>, Vec<u32>) = here.iter().partition(|rank| full(**rank));
        if candidates.is_empty() {
            let (docket, busy, gone, full) = (docket.len(), busy.len(), gone.len(), full.len());
            return Err(Unfilled::Nobody { docket, busy, gone, full });
        }
        Ok(Vacancy { visit, slot, candidates })
    }

    /// What every candidate costs under `key`, cheapest first: the first stands in.
    pub fn offers(&self, vacancy: &Vacancy, key: Digest) -> Vec<Offer> {
        let first = vacancy.slot * self.instance.inspectors.len();
        let band = self.instance.visits[vacancy.visit].band;
        let mut words = Stream::new(key);
        let mut offers = Vec::with_capacity(vacancy.candidates.len());
        for rank in &vacancy.candidates {
            words.seek((first + *rank as usize) as u64);
            let (ticket, price) = (words.word() >> 16, self.prices[self.instance.account(*rank, band)]);
            // A text's price is below 2¹²⁷ and not negative.
            offers.push(Offer {
                total: price.unsigned_abs() + u128::from(ticket),
                rank: *rank,
                ticket,
                price,
            });
        }
        offers.sort_unstable();
        offers
    }

    /// Puts `stand_in` on the open slot. Whoever is replaced once stands in for
    /// nobody in this draw any more.
    pub fn fill(&mut self, vacancy: &Vacancy, stand_in: u32) {
        let absent = std::mem::replace(&mut self.teams[vacancy.visit][vacancy.slot], stand_in);
        self.loads[absent as usize] -= 1;
        self.loads[stand_in as usize] += 1;
        self.gone.insert(absent);
    }
}

/// The lines whose hash is the key of a late change's tickets, behind the tag
/// [`KEY_TAG`]: seed, a link of every chain in the order of the commitment, unit.
pub fn key_lines(seed: &Seed, links: &[Digest], unit: &str) -> Vec<String> {
    let hashes = std::iter::once(&seed.value).chain(links).map(ToString::to_string);
    hashes.chain([unit.to_owned()]).collect()
}

/// Tag of the text behind the key.
pub const KEY_TAG: &str = "yaohao/replace/v1";

/// The key of a late change's tickets.
pub fn key(seed: &Seed, links: &[Digest], unit: &str) -> Digest {
    let lines = key_lines(seed, links, unit).join("\n");
    seed.digest(&[KEY_TAG.as_bytes(), b"\n", lines.as_bytes(), b"\n"])
}
