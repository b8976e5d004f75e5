//! Chance in a simulation: all of it follows from the seed, the number of the trial, and
//! the name of what happens, never from the order in which anybody asks. So scenarios that
//! share something share its chance too (common random numbers).

use crate::digest::Digest;
use crate::policy::{Fraction, Rounding};
use crate::scenario::Triangle;
use crate::stream::Stream;

/// The chance of one trial.
#[derive(Debug, Clone)]
pub struct Chance {
    prefix: String,
}

impl Chance {
    /// That of trial `number` under `seed`.
    pub fn new(seed: &str, number: u64) -> Chance {
        Chance { prefix: format!("yaohao/simulate/v1\n{seed}\n{number}\n") }
    }

    /// The key of what is called `name`.
    pub fn key(&self, name: &str) -> Digest {
        Digest::of(&[self.prefix.as_bytes(), name.as_bytes(), b"\n"])
    }

    /// Eight words, of which the upper halves are chance, for what needs no more.
    pub fn words(&self, name: &str) -> [u64; 8] {
        let Digest(bytes) = self.key(name);
        let word = |four: &[u8; 4]| u64::from(u32::from_be_bytes(*four)) << 32;
        std::array::from_fn(|n| word(&bytes.as_chunks().0[n]))
    }

    /// The words of what is called `name`.
    pub fn stream(&self, name: &str) -> Stream {
        Stream::new(self.key(name))
    }
}

/// A value of the triangular distribution, to the nearest whole number: the inverse of its
/// distribution function at `word` / 2⁶⁴.
pub fn triangular(triangle: Triangle, word: u64) -> u32 {
    let [least, likely, most] = [triangle.least, triangle.likely, triangle.most].map(u128::from);
    let (width, rise, fall) = (most - least, likely - least, most - likely);
    if width == 0 {
        return triangle.least;
    }
    // u = word / 2⁶⁴. Left of the peak x = least + √(u·width·rise), right of it
    // x = most − √((1−u)·width·fall); roots in 2⁻¹⁶.
    let u = u128::from(word);
    let root = |part: u128, side: u128| ((part * width * side) >> 32).isqrt();
    let x = match u * width < rise << 64 {
        true => (least << 16) + root(u, rise),
        false => (most << 16) - root((1 << 64) - u, fall),
    };
    ((x + (1 << 15)) >> 16) as u32
}

/// Whether something that happens in so many of all cases happens now.
pub fn happens(share: Fraction, word: u64) -> bool {
    // The half of the word keeps the product within what a fraction takes.
    (word >> 1) < share.of(1 << 63, Rounding::Down)
}

/// A Poisson distribution: how many of something come in a stretch of time.
///
/// Cut off where less than 2⁻⁶⁰ is left. Made of whole numbers only, so that every machine
/// makes the same one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poisson {
    /// The first number that has a chance.
    first: u64,
    /// Its distribution function from there, in 2⁻⁶⁴.
    below: Vec<u64>,
}

impl Poisson {
    /// With the mean `of` / `per`.
    ///
    /// # Panics
    /// If `per` is 0.
    pub fn new(of: u64, per: u64) -> Poisson {
        let (of, per) = (u128::from(of), u128::from(per));
        let peak = of / per;
        let mut weights = vec![1u128 << 80];
        // pₖ₊₁ = pₖ · λ / (k+1) upwards, pₖ₋₁ = pₖ · k / λ downwards.
        for k in peak.. {
            let next = weights[weights.len() - 1] / (k + 1) * of / per;
            if next < 1 << 20 {
                break;
            }
            weights.push(next);
        }
        let mut first = peak;
        let mut lower = Vec::new();
        while first > 0 {
            let next = lower.last().copied().unwrap_or(weights[0]) / of * (first * per);
            if next < 1 << 20 {
                break;
            }
            lower.push(next);
            first -= 1;
        }
        lower.reverse();
        lower.extend(weights);
        let all: u128 = lower.iter().sum();
        let mut sum = 0u128;
        let below = lower.iter().map(|weight| {
            sum += weight;
            ((sum << 24) / (all >> 40)).min(u128::from(u64::MAX)) as u64
        });
        Poisson { first: first as u64, below: below.collect() }
    }

    /// The number at `word` / 2⁶⁴.
    pub fn at(&self, word: u64) -> u64 {
        let last = self.below.len() - 1;
        self.first + self.below.partition_point(|below| *below <= word).min(last) as u64
    }
}

/// In which month each of many things with the same yearly share ends: the first month, from
/// 0, of a geometric distribution, or none within `months`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ends {
    /// Chance of having ended by the end of each month, in 2⁻⁶⁴.
    by: Vec<u64>,
}

impl Ends {
    /// With the share `yearly` of those that are there ending in a year, as evenly over its
    /// twelve months as whole numbers can say.
    pub fn new(yearly: Fraction, months: usize) -> Ends {
        // Within a year linear, from year to year geometric: 1 − (1−s)ʸ·(1 − s·m/12).
        let one = 1u128 << 63;
        let share = u128::from(yearly.of(1 << 63, Rounding::Down));
        let mut left = one;
        let mut by = Vec::with_capacity(months);
        for month in 0..months as u128 {
            let gone = left * share / one * (month % 12 + 1) / 12;
            by.push((((one - left + gone) << 1).min(u128::from(u64::MAX))) as u64);
            if month % 12 == 11 {
                left -= left * share / one;
            }
        }
        Ends { by }
    }

    /// The month at `word` / 2⁶⁴.
    pub fn at(&self, word: u64) -> Option<usize> {
        let month = self.by.partition_point(|by| *by <= word);
        (month < self.by.len()).then_some(month)
    }
}
