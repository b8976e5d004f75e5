//! The office's nonce of a sealed draw, shared among custodians: any few of them
//! open the draw without the office, fewer know nothing (docs/spec/escrow.md).

use super::nonce::{Nonce, NonceCommitment};
use crate::digest::{Suite, hex};
use crate::group::Group;
use crate::ids::DrawId;
use crate::text::Writer;
use std::fmt;
use std::ops::RangeInclusive;

/// How many custodians there can be, and how many of them it can take.
pub const CUSTODIANS: RangeInclusive<usize> = 2..=9;

/// What the commitment says of the shares. It takes as many custodians as there
/// are points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Escrow {
    /// The coefficients of the polynomial times the base point, in hex, from the
    /// constant one, which is that of the nonce.
    pub points: Vec<String>,
    /// Who holds share 1, 2, 3, …
    pub custodians: Vec<String>,
    /// Bytes of sealed.bin without its 16 last ones: fixed before the outcome, so
    /// that it tells nothing of it.
    pub room: u64,
}

/// One custodian's share. Its debug form shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Share([u8; 32]);

impl Share {
    /// A share from its 32 bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Share(bytes)
    }

    /// The share in hex, for the custodian's own file.
    pub fn reveal(&self) -> String {
        hex(&self.0)
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Share(secret)")
    }
}

impl Escrow {
    /// Shares `nonce`, a number of the group, among `custodians`; `random` has 64
    /// secret bytes for every custodian after the first that it takes. The room
    /// is not known yet. `None` if the nonce is no number of the group, or 0.
    pub fn deal(
        suite: Suite,
        nonce: &Nonce,
        random: &[[u8; 64]],
        custodians: &[String],
    ) -> Option<(Escrow, Vec<Share>)> {
        let group = Group::of(suite);
        let more = random.iter().map(|bytes| group.number(bytes));
        let coefficients: Vec<[u8; 32]> = std::iter::once(*nonce.bytes()).chain(more).collect();
        let points = coefficients.iter().map(|number| group.point(number)).collect::<Option<_>>()?;
        let shares = (1..).zip(custodians).map(|(x, _)| group.share(&coefficients, x).map(Share));
        let shares = shares.collect::<Option<_>>()?;
        Some((Escrow { points, custodians: custodians.to_vec(), room: 0 }, shares))
    }

    /// How many custodians it takes.
    pub fn threshold(&self) -> usize {
        self.points.len()
    }

    /// Whether all points are points of the group in their one form.
    pub fn is_sound(&self, suite: Suite) -> bool {
        self.points.iter().all(|point| Group::of(suite).is_point(point))
    }

    /// Whether `share` is share `number` (from 1) of the nonce behind the points.
    pub fn holds(&self, suite: Suite, number: u32, share: &Share) -> bool {
        Group::of(suite).is_share(&self.points, number, &share.0)
    }

    /// The nonce, from as many different shares as it takes, each of which
    /// [`Escrow::holds`]. `None` if they are fewer, or do not give it.
    pub fn recover(&self, suite: Suite, shares: &[(u32, Share)]) -> Option<Nonce> {
        let group = Group::of(suite);
        let used = shares.get(..self.threshold())?;
        let used: Vec<(u32, [u8; 32])> = used.iter().map(|(number, share)| (*number, share.0)).collect();
        let nonce = group.combine(&used)?;
        (group.point(&nonce).as_ref() == self.points.first()).then(|| Nonce::new(nonce))
    }
}

/// The commitment to an escrowed nonce: the suite's hash of tag, draw, party and the
/// nonce's point. It is over the point, and not over the nonce, so that what was
/// shared and what is opened cannot be two different numbers.
pub fn point_commitment(suite: Suite, draw: &DrawId, party: &str, point: &str) -> NonceCommitment {
    let mut text = Writer::new("yaohao/nonce-point/v1");
    let text = text.line(draw.to_string()).line(party).line(point).finish();
    suite.digest(&[text.as_bytes()])
}
