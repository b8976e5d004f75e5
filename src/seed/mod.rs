//! The seed of a draw: a hash of the commitment, of public events that nobody
//! controls, and of secrets of parties that do not trust each other.

mod beacon;
mod chain;
mod escrow;
mod nonce;

pub use beacon::{Beacon, Lottery, Outcome, Refusal};
pub use chain::{Chain, ChainSecret, LONGEST, link_before};
pub use escrow::{CUSTODIANS, Escrow, GROUP, Share, point_commitment};
pub use nonce::{Nonce, NonceCommitment};

use crate::digest::Digest;
use crate::text::Writer;

/// Everything the seed is made of, in the order of the commitment.
#[derive(Debug, Clone)]
pub struct Ingredients<'a> {
    /// SHA-256 of commit.txt.
    pub commit: Digest,
    /// Outcome of every beacon that the commitment names.
    pub outcomes: &'a [Outcome],
    /// Opened nonce of every party that the commitment names.
    pub nonces: &'a [(String, Nonce)],
}

impl Ingredients<'_> {
    /// The text whose SHA-256 is the seed.
    pub fn text(&self) -> String {
        let mut text = Writer::new("yaohao/seed/v1");
        text.line(self.commit.to_string());
        for outcome in self.outcomes {
            text.field("beacon", outcome);
        }
        for (party, nonce) in self.nonces {
            text.line(format!("nonce {party} {}", nonce.reveal()));
        }
        text.finish()
    }

    /// The seed.
    pub fn seed(&self) -> Digest {
        Digest::of(&[self.text().as_bytes()])
    }
}
