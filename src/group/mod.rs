//! Groups of prime order, in which a secret number is shared so that every share
//! can be checked in public (P. Feldman, "A practical scheme for non-interactive
//! verifiable secret sharing", 1987), and any few of them give the number back.
//!
//! Outside this module numbers and points are what stands in files: 32 bytes,
//! and lower-case hex. Each has one form only; everything else is refused.

mod edwards;
mod feldman;
mod sm2;

use crate::digest::Suite;
use edwards::Edwards25519;
use sm2::Sm2;

/// A group; each suite has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The subgroup of prime order of edwards25519 (RFC 7748, RFC 8032): numbers
    /// little-endian, points as RFC 8032 encodes them.
    Edwards25519,
    /// The curve of SM2 (GB/T 32918.5-2017): numbers big-endian, points as SEC 1
    /// compresses them.
    Sm2,
}

/// Calls the same function of the group's own arithmetic.
macro_rules! in_group {
    ($group:expr, $function:ident($($argument:expr),*)) => {
        match $group {
            Group::Edwards25519 => feldman::$function::<Edwards25519>($($argument),*),
            Group::Sm2 => feldman::$function::<Sm2>($($argument),*),
        }
    };
}

impl Group {
    /// The group of a suite.
    pub fn of(suite: Suite) -> Group {
        match suite {
            Suite::Sha256 => Group::Edwards25519,
            Suite::Sm3 => Group::Sm2,
        }
    }

    /// Hex digits of a point.
    pub fn point_digits(self) -> usize {
        match self {
            Group::Edwards25519 => 64,
            Group::Sm2 => 66,
        }
    }

    /// A number from 64 random bytes: uniform but for a part below 2⁻²⁵⁰; never 0.
    pub fn number(self, random: &[u8; 64]) -> [u8; 32] {
        in_group!(self, number(random))
    }

    /// `number` times the base point; `None` if the bytes are no number of the
    /// group in its one form, or 0.
    pub fn point(self, number: &[u8; 32]) -> Option<String> {
        in_group!(self, point(number))
    }

    /// Whether `text` is a point of the group in its one form, not the identity.
    /// On edwards25519 that leaves out whatever is not in the subgroup of prime
    /// order: a point with a part of order 8 would let one share have two values.
    pub fn is_point(self, text: &str) -> bool {
        in_group!(self, is_point(text))
    }

    /// Share number `x` of `coefficients[0]`: f(x), f being the polynomial of the
    /// coefficients. `None` if one of them is no number of the group.
    pub fn share(self, coefficients: &[[u8; 32]], x: u32) -> Option<[u8; 32]> {
        in_group!(self, share(coefficients, x))
    }

    /// Whether `share` is share number `x` of what `points` (the coefficients
    /// times the base point) commit to: f(x)·G = Σ xʲ·Cⱼ.
    pub fn is_share(self, points: &[String], x: u32, share: &[u8; 32]) -> bool {
        in_group!(self, is_share(points, x, share))
    }

    /// What the shares give together, each with its number: f(0) by Lagrange's
    /// formula. `None` if a number is 0 or there twice, or a share is no number
    /// of the group. With fewer shares than the threshold it is any number.
    pub fn combine(self, shares: &[(u32, [u8; 32])]) -> Option<[u8; 32]> {
        in_group!(self, combine(shares))
    }
}
