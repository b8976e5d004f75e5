//! The seed of a draw: a hash of the commitment, of public events that nobody
//! controls, and of secrets of parties that do not trust each other.

mod beacon;
mod chain;
mod escrow;
mod nonce;

pub use beacon::{
    Beacon, ChainFacts, DrandChain, FIRST_ROUND, Lottery, Outcome, Pulse, Refusal, Shown, is_signed,
    is_signed_by,
};
pub use chain::{Chain, ChainSecret, LONGEST, link_before};
pub use escrow::{CUSTODIANS, Escrow, Share, point_commitment};
pub use nonce::{Nonce, NonceCommitment};

use crate::digest::{Digest, Suite};
use crate::text::Writer;
use std::fmt;

/// What decides a draw, and the suite that hashes whatever follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seed {
    /// The suite of the draw.
    pub suite: Suite,
    /// The hash of the ingredients.
    pub value: Digest,
}

impl Seed {
    /// A seed of suite [`Suite::Sha256`]: of dry draws, which nobody but the office
    /// sees, whatever suite the draw itself will have.
    pub const fn sha256(value: Digest) -> Seed {
        Seed { suite: Suite::Sha256, value }
    }

    /// The hash, by the seed's suite, of the concatenation of `parts`.
    pub fn digest(&self, parts: &[&[u8]]) -> Digest {
        self.suite.digest(parts)
    }
}

/// The hash, as it stands in texts.
impl fmt::Display for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

/// Everything the seed is made of, in the order of the commitment.
#[derive(Debug, Clone)]
pub struct Ingredients<'a> {
    /// The suite that the commitment names.
    pub suite: Suite,
    /// Hash of commit.txt.
    pub commit: Digest,
    /// Outcome of every beacon that the commitment names.
    pub outcomes: &'a [Outcome],
    /// Opened nonce of every party that the commitment names.
    pub nonces: &'a [(String, Nonce)],
}

impl Ingredients<'_> {
    /// The text whose hash is the seed.
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
    pub fn seed(&self) -> Seed {
        Seed { suite: self.suite, value: self.suite.digest(&[self.text().as_bytes()]) }
    }
}
