//! A probability told by counting, with the error that counting has.

/// So many hits in so many trials. All figures are integers in ten-thousandths,
/// rounded to the nearest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Estimate {
    /// Trials in which it happened.
    pub hits: u64,
    /// Trials, below 2³².
    pub of: u64,
}

impl Estimate {
    /// hits / trials in ten-thousandths; 0 if there was no trial.
    pub fn ten_thousandths(self) -> u64 {
        (self.hits * 10_000 + self.of / 2).checked_div(self.of).unwrap_or(0)
    }

    /// The standard error in ten-thousandths: √((h+1)(n−h+1) / ((n+2)²(n+3))),
    /// the standard deviation of what h hits in n trials say about the
    /// probability. Unlike √(p(1−p)/n) it is not 0 where p was never, or always, seen.
    pub fn error(self) -> u64 {
        let (h, n) = (u128::from(self.hits), u128::from(self.of));
        let variance = 100_000_000 * (h + 1) * (n - h + 1) * 4 / ((n + 2) * (n + 2) * (n + 3));
        u64::try_from(variance.isqrt().div_ceil(2)).unwrap_or(u64::MAX)
    }

    /// `12.34% ± 0.56%`: the share and its standard error.
    pub fn percent(self) -> String {
        format!("{} ± {}", percent(self.ten_thousandths()), percent(self.error()))
    }

    /// Whether this share is greater than that of `other`, exactly.
    pub fn exceeds(self, other: Estimate) -> bool {
        u128::from(self.hits) * u128::from(other.of) > u128::from(other.hits) * u128::from(self.of)
    }
}

/// Ten-thousandths as a percentage with two decimals.
pub fn percent(ten_thousandths: u64) -> String {
    format!("{}.{:02}%", ten_thousandths / 100, ten_thousandths % 100)
}
