//! What a commitment demands before there is a seed: the same in every kind of draw.

use super::Mode;
use crate::digest::{Digest, Suite};
use crate::group::Group;
use crate::ids::DrawId;
use crate::seed::{Beacon, Escrow, Nonce, NonceCommitment, point_commitment};
use crate::time::Moment;

/// The events and nonces that a draw waits for.
#[derive(Debug, Clone, Copy)]
pub struct Demand<'a> {
    /// Number of the draw.
    pub draw: &'a DrawId,
    /// The hash of everything in its record.
    pub suite: Suite,
    /// Hash of the commitment.
    pub commit: Digest,
    /// When the commitment was made.
    pub committed: Moment,
    /// Minutes from then to the first public event, at least.
    pub margin: u32,
    /// Whether the office's nonce is revealed with the others.
    pub mode: Mode,
    /// Public events demanded.
    pub beacons: &'a [Beacon],
    /// Parties and their nonce commitments, the office first.
    pub parties: &'a [(String, NonceCommitment)],
    /// Shares of the office's nonce.
    pub escrow: Option<&'a Escrow>,
}

impl<'a> Demand<'a> {
    /// Whether dice or balls are demanded.
    pub fn has_ceremony(&self) -> bool {
        self.beacons.iter().any(|beacon| !beacon.is_external())
    }

    /// Whether an event outside the room is demanded.
    pub fn has_external_beacon(&self) -> bool {
        self.beacons.iter().any(Beacon::is_external)
    }

    /// When the events outside the room are due, in the order of the commitment.
    pub fn external_moments(&self) -> impl Iterator<Item = Moment> + use<'a> {
        self.beacons.iter().filter_map(Beacon::moment)
    }

    /// What the party at `place` would have committed to with `nonce`: the point of
    /// an escrowed nonce, the nonce itself elsewhere. `None` if there is no such
    /// party, or an escrowed nonce is no number of the group.
    pub fn commitment_to(&self, place: usize, nonce: &Nonce) -> Option<NonceCommitment> {
        let (party, _) = self.parties.get(place)?;
        if place > 0 || self.escrow.is_none() {
            return Some(nonce.commitment(self.suite, self.draw, party));
        }
        let point = Group::of(self.suite).point(nonce.bytes());
        point.map(|point| point_commitment(self.suite, self.draw, party, &point))
    }
}
