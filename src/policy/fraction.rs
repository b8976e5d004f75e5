//! Exact fractions, written `1/10`.

use super::Rounding;
use std::fmt;
use std::str::FromStr;

/// A fraction between 0 and 1, both included, as written (not reduced).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    numerator: u64,
    denominator: u64,
}

/// Why a text is not a fraction between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAFraction;

impl Fraction {
    /// Whether `hits / of` is at most this fraction, exactly; so is 0 of 0.
    pub fn admits(self, hits: u64, of: u64) -> bool {
        u128::from(hits) * u128::from(self.denominator) <= u128::from(self.numerator) * u128::from(of)
    }

    /// The whole number next to `self · n`, exactly.
    ///
    /// ```
    /// # use yaohao::policy::{Fraction, Rounding};
    /// let tenth: Fraction = "1/10".parse().unwrap();
    /// assert_eq!(tenth.of(101, Rounding::Up), 11);
    /// assert_eq!(tenth.of(101, Rounding::Down), 10);
    /// assert_eq!(tenth.of(100, Rounding::Up), 10);
    /// ```
    pub fn of(self, n: u64, rounding: Rounding) -> u64 {
        let product = u128::from(n) * u128::from(self.numerator);
        let divisor = u128::from(self.denominator);
        let whole = match rounding {
            Rounding::Up => product.div_ceil(divisor),
            Rounding::Down => product / divisor,
        };
        u64::try_from(whole).expect("a fraction of n is at most n")
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

impl FromStr for Fraction {
    type Err = NotAFraction;

    fn from_str(text: &str) -> Result<Self, NotAFraction> {
        let (numerator, denominator) = text.split_once('/').ok_or(NotAFraction)?;
        let number = |digits: &str| digits.parse::<u64>().map_err(|_| NotAFraction);
        let fraction = Fraction { numerator: number(numerator)?, denominator: number(denominator)? };
        let proper = fraction.denominator > 0 && fraction.numerator <= fraction.denominator;
        if proper && fraction.to_string() == text { Ok(fraction) } else { Err(NotAFraction) }
    }
}
