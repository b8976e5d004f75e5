//! The committed list of inspectors: their public names, and their ranks.

use crate::digest::SaltKey;
use crate::eligibility::Seating;
use crate::policy::Naming;

/// Maps positions (order of certificate numbers, known to the office) to ranks
/// (order of the committed list) and public names.
#[derive(Debug, Clone)]
pub struct Roster {
    /// Position of each rank.
    pub positions: Vec<usize>,
    /// Rank of each position.
    pub ranks: Vec<u32>,
    /// Public name of each rank.
    pub names: Vec<String>,
}

impl Roster {
    /// With pseudonyms, the order is that of a keyed hash, fresh in every draw,
    /// so that neither rank nor name tells who somebody is; else the order and
    /// the names are the certificate numbers.
    pub fn new(naming: Naming, seats: &[Seating<'_>], salts: &SaltKey) -> Roster {
        let certificate = |i: usize| seats[i].inspector.certificate.as_str();
        let mut positions: Vec<usize> = (0..seats.len()).collect();
        if naming == Naming::Pseudonym {
            positions.sort_by_cached_key(|i| salts.of(certificate(*i)).tag("pseudonym"));
        }
        let mut ranks = vec![0; positions.len()];
        for (rank, position) in positions.iter().enumerate() {
            ranks[*position] = rank as u32;
        }
        let width = seats.len().to_string().len().max(2);
        let name = |(rank, position): (usize, &usize)| match naming {
            Naming::Pseudonym => format!("P{:0width$}", rank + 1),
            Naming::Certificate => certificate(*position).to_owned(),
        };
        let names = positions.iter().enumerate().map(name).collect();
        Roster { positions, ranks, names }
    }

    /// Ranks that are positions: before a commitment there is no other order.
    pub fn by_position(seats: &[Seating<'_>]) -> Roster {
        Roster {
            positions: (0..seats.len()).collect(),
            ranks: (0..seats.len() as u32).collect(),
            names: seats.iter().map(|seat| seat.inspector.certificate.clone()).collect(),
        }
    }

    /// Ranks of these positions, ascending.
    pub fn ranks_of(&self, positions: &[u32]) -> Vec<u32> {
        let mut ranks: Vec<u32> = positions.iter().map(|p| self.ranks[*p as usize]).collect();
        ranks.sort_unstable();
        ranks
    }

    /// Names of these ranks, in their order.
    pub fn names_of(&self, ranks: &[u32]) -> Vec<String> {
        ranks.iter().map(|rank| self.names[*rank as usize].clone()).collect()
    }
}
