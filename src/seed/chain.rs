//! A witness's hash chain: one fresh random value for each late change, fixed
//! before the draw and known to nobody in the office before it is asked for.

use crate::digest::{Digest, NotHex, Suite, hex, unhex};
use crate::ids::DrawId;
use crate::text::Writer;
use std::fmt;
use std::str::FromStr;

/// The longest chain, and so the most late changes of one draw.
pub const LONGEST: u32 = 9_999;

/// A party's chain as the commitment names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Whose it is; never the office.
    pub party: String,
    /// Link 0, from which every released link is checked.
    pub end: Digest,
    /// Number of links that can be released, 1 to [`LONGEST`].
    pub length: u32,
}

/// The link before `next`: whoever holds a link can go back to the committed
/// end, nobody can go forward.
pub fn link_before(suite: Suite, draw: &DrawId, party: &str, next: &Digest) -> Digest {
    let mut text = Writer::new("yaohao/link/v1");
    let text = text.line(draw.to_string()).line(party).line(next.to_string()).finish();
    suite.digest(&[text.as_bytes()])
}

/// The last link of a chain, from which all others come. Its debug form shows
/// nothing. It is never brought to the office, unlike a nonce.
#[derive(Clone, PartialEq, Eq)]
pub struct ChainSecret([u8; 32]);

impl ChainSecret {
    /// A secret from 32 bytes of the operating system's entropy.
    pub fn new(bytes: [u8; 32]) -> Self {
        ChainSecret(bytes)
    }

    /// The secret in hex, for the witness's own file.
    pub fn reveal(&self) -> String {
        hex(&self.0)
    }

    /// Link `number` of a chain of `length` links; number 0 is its public end.
    pub fn link(&self, suite: Suite, draw: &DrawId, party: &str, length: u32, number: u32) -> Digest {
        (number..length).fold(Digest(self.0), |next, _| link_before(suite, draw, party, &next))
    }
}

impl fmt::Debug for ChainSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ChainSecret(secret)")
    }
}

impl FromStr for ChainSecret {
    type Err = NotHex;

    fn from_str(text: &str) -> Result<Self, NotHex> {
        unhex(text).map(ChainSecret)
    }
}
