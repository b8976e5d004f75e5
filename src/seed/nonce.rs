//! Secret nonces of the parties, and the commitments that bind them.

use crate::digest::{Digest, NotHex, Suite, hex, unhex};
use crate::ids::DrawId;
use crate::text::Writer;
use std::fmt;
use std::str::FromStr;

/// A commitment to a nonce.
pub type NonceCommitment = Digest;

/// 256 secret bits of one party for one draw. Its debug form shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Nonce([u8; 32]);

impl Nonce {
    /// A nonce from 32 bytes of the operating system's entropy.
    pub fn new(bytes: [u8; 32]) -> Self {
        Nonce(bytes)
    }

    /// The nonce in hex: call it only where the nonce is meant to be opened.
    pub fn reveal(&self) -> String {
        hex(&self.0)
    }

    /// The 32 bytes themselves, for arithmetic and for keys; never for a text.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The commitment: the suite's hash of tag, draw, party and nonce. The draw and the
    /// party stand in it so that a commitment cannot be used twice or by another.
    pub fn commitment(&self, suite: Suite, draw: &DrawId, party: &str) -> NonceCommitment {
        let mut text = Writer::new("yaohao/nonce/v1");
        let text = text.line(draw.to_string()).line(party).line(self.reveal()).finish();
        suite.digest(&[text.as_bytes()])
    }
}

impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nonce(secret)")
    }
}

impl FromStr for Nonce {
    type Err = NotHex;

    fn from_str(text: &str) -> Result<Self, NotHex> {
        unhex(text).map(Nonce)
    }
}
