//! How values spread over people, exactly: no floating point, no rounding but the last.

/// A fraction in lowest terms; 0/1 where there is nothing to divide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    /// Above the line.
    pub numerator: u128,
    /// Below it; never 0.
    pub denominator: u128,
}

impl Ratio {
    /// `numerator / denominator`; 0 of nothing.
    pub fn new(numerator: u128, denominator: u128) -> Ratio {
        if denominator == 0 {
            return Ratio { numerator: 0, denominator: 1 };
        }
        let divisor = gcd(numerator, denominator);
        Ratio { numerator: numerator / divisor, denominator: denominator / divisor }
    }

    /// In thousandths, rounded to the nearest, halves up.
    pub fn per_mille(self) -> u64 {
        let (whole, rest) = (self.numerator / self.denominator, self.numerator % self.denominator);
        let part =
            rest.saturating_mul(2000).saturating_add(self.denominator) / self.denominator.saturating_mul(2);
        u64::try_from(whole.saturating_mul(1000).saturating_add(part)).unwrap_or(u64::MAX)
    }

    /// `1.250`, three places, for people.
    pub fn places(self) -> String {
        let thousandths = self.per_mille();
        format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

/// One quantity over several people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    /// How many people.
    pub people: u64,
    /// What whoever has least has.
    pub least: u64,
    /// A quarter of the people has at most this (the value of rank ⌈n/4⌉).
    pub lower: u64,
    /// Half of them has at most this (rank ⌈n/2⌉).
    pub median: u64,
    /// Three quarters have at most this (rank ⌈3n/4⌉).
    pub upper: u64,
    /// What whoever has most has.
    pub most: u64,
    /// What all have together.
    pub sum: u64,
    /// The Gini coefficient: 0 if all have the same, towards 1 if one has everything.
    pub gini: Ratio,
}

impl Spread {
    /// The spread of these values; `None` of nobody's.
    pub fn of(values: impl IntoIterator<Item = u64>) -> Option<Spread> {
        let mut values: Vec<u64> = values.into_iter().collect();
        values.sort_unstable();
        let n = values.len();
        let (least, most) = (*values.first()?, *values.last()?);
        let rank = |quarters: usize| values[(quarters * n).div_ceil(4) - 1];
        let sum: u128 = values.iter().map(|value| u128::from(*value)).sum();
        // With values in order: Σᵢ(2i − n − 1)xᵢ / nΣx, i from 1; what is taken is never more.
        let weighted = |factor: &dyn Fn(u128) -> u128| -> u128 {
            (1..).zip(&values).map(|(i, value)| factor(i) * u128::from(*value)).sum()
        };
        let above = weighted(&|i| 2 * i) - weighted(&|_| n as u128 + 1);
        Some(Spread {
            people: n as u64,
            least,
            lower: rank(1),
            median: rank(2),
            upper: rank(3),
            most,
            sum: u64::try_from(sum).unwrap_or(u64::MAX),
            gini: Ratio::new(above, n as u128 * sum),
        })
    }

    /// From least to most.
    pub fn range(&self) -> u64 {
        self.most - self.least
    }
}
