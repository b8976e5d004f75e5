//! drand, the public randomness of the League of Entropy: a threshold BLS
//! signature every few seconds, whose round and time are known long before.
//!
//! Chains, keys and times are pinned here; nothing of them is ever read from a
//! pulse. Sources: the `info` of both chains (`<api>/<chain hash>/info`), whose
//! hash over key, period, genesis and group is the chain hash; the schemes in
//! drand's documentation ("pedersen-bls-chained", "bls-unchained-g1-rfc9380").

use crate::digest::{Digest, hex};
use crate::time::Moment;
use crate::vocabulary;
use std::fmt;

vocabulary! {
    /// The chains of drand that a commitment may name.
    DrandChain {
        /// The first chain: a pulse every 30 seconds, each signing the one before.
        Default = "default", "drand default 链（每 30 秒）";
        /// The quick chain: a pulse every 3 seconds, each by itself.
        Quicknet = "quicknet", "drand quicknet 链（每 3 秒）";
    }
}

/// What is pinned of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainFacts {
    /// SHA-256 that names the chain in addresses, in hex.
    pub hash: &'static str,
    /// The collective public key, compressed, in hex: in G1 for `default`, in G2 for `quicknet`.
    pub key: &'static str,
    /// When round 1 was due, in seconds since 1970-01-01T00:00:00Z.
    pub genesis: i64,
    /// Seconds from one round to the next.
    pub period: u32,
    /// Bytes of a compressed signature.
    pub signature: usize,
}

const DEFAULT: ChainFacts = ChainFacts {
    hash: "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce",
    key: concat!(
        "868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5c",
        "ce96366b5d7a569937c529eeda66c7293784a9402801af31"
    ),
    genesis: 1595431050,
    period: 30,
    signature: 96,
};

const QUICKNET: ChainFacts = ChainFacts {
    hash: "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
    key: concat!(
        "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c",
        "8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb",
        "5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
    ),
    genesis: 1692803367,
    period: 3,
    signature: 48,
};

/// The first round that a commitment may name: round 1 of `default` signs no
/// signature before it, and both lie years back.
pub const FIRST_ROUND: u32 = 2;

impl DrandChain {
    /// Entropy of a pulse in bits, for whoever does not control the network: what
    /// it takes to forge a signature over BLS12-381 by today's knowledge, not the
    /// 256 bits of its hash (docs/decisions/0018).
    pub const BITS: u32 = 117;

    /// What is pinned of it.
    pub fn facts(self) -> &'static ChainFacts {
        match self {
            DrandChain::Default => &DEFAULT,
            DrandChain::Quicknet => &QUICKNET,
        }
    }

    /// When `round` is due: genesis + (round − 1) · period. `None` beyond the
    /// calendar, and for round 0, which is none.
    pub fn time(self, round: u32) -> Option<Moment> {
        let facts = self.facts();
        let before = i64::from(round.checked_sub(1)?);
        Moment::from_seconds(facts.genesis + before * i64::from(facts.period))
    }

    /// The latest round due at `at`: 1 + ⌊(at − genesis) / period⌋. `None` before
    /// genesis, and after round 2³² − 1 (in four centuries).
    pub fn round_at(self, at: Moment) -> Option<u32> {
        let facts = self.facts();
        let since = at.seconds() - facts.genesis;
        u32::try_from(1 + since.div_euclid(i64::from(facts.period))).ok().filter(|round| *round > 0)
    }

    /// The first round due at or after `at` that a commitment may name; `None`
    /// where there is none.
    pub fn first_round_from(self, at: Moment) -> Option<u32> {
        let facts = self.facts();
        let (since, period) = (at.seconds() - facts.genesis, i64::from(facts.period));
        let after = -(-since).div_euclid(period);
        u32::try_from((1 + after).max(i64::from(FIRST_ROUND))).ok()
    }
}

/// One pulse as the network signed it. Which round it is of stands nowhere in
/// it: only the signature tells, for whoever names the round.
#[derive(Clone, PartialEq, Eq)]
pub struct Pulse {
    /// The pulse before, which the chained scheme signs; none in `quicknet`.
    pub previous: Option<Vec<u8>>,
    /// The signature, compressed.
    pub signature: Vec<u8>,
}

impl Pulse {
    /// Whether the signatures have the lengths that `chain` has.
    pub fn has_form_of(&self, chain: DrandChain) -> bool {
        let length = chain.facts().signature;
        let previous = match chain {
            DrandChain::Default => self.previous.as_ref().is_some_and(|previous| previous.len() == length),
            DrandChain::Quicknet => self.previous.is_none(),
        };
        self.signature.len() == length && previous
    }

    /// What drand publishes as `randomness`: SHA-256 of the signature.
    pub fn randomness(&self) -> Digest {
        Digest::of(&[&self.signature])
    }
}

impl fmt::Display for Pulse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(previous) = &self.previous {
            write!(f, "{} ", hex(previous))?;
        }
        f.write_str(&hex(&self.signature))
    }
}

impl fmt::Debug for Pulse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pulse({self})")
    }
}
