//! Adding up trials without keeping them: sums, squares, and histograms of bounded size.
//! Whole numbers only, so that no order of adding changes anything.

use super::study::{Figure, Mean, Quantile};
use std::collections::BTreeMap;

/// Student's t at 97.5 % for 1 to 30 degrees of freedom, in thousandths; beyond, 1.960
/// widened by 2.5 / n, which is within 0.3 %.
const STUDENT: [u64; 30] = [
    12_706, 4_303, 3_182, 2_776, 2_571, 2_447, 2_365, 2_306, 2_262, 2_228, 2_201, 2_179, 2_160, 2_145, 2_131,
    2_120, 2_110, 2_101, 2_093, 2_086, 2_080, 2_074, 2_069, 2_064, 2_060, 2_056, 2_052, 2_048, 2_045, 2_042,
];

/// The factor of the standard error for a 95 % interval of `n` trials, in thousandths.
fn student(n: u64) -> u64 {
    match n {
        0 | 1 => 0,
        2..=31 => STUDENT[n as usize - 2],
        n => 1_960 + 2_500 / n,
    }
}

/// Sum and sum of squares of one number a trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moments {
    n: u64,
    sum: i128,
    squares: i128,
}

impl Moments {
    /// Adds the number of a trial.
    pub fn add(&mut self, value: i64) {
        self.n += 1;
        self.sum += i128::from(value);
        self.squares += i128::from(value) * i128::from(value);
    }

    /// How many were added.
    pub fn count(&self) -> u64 {
        self.n
    }

    /// The mean of the number divided by `by`, with its error, in thousandths. Without a
    /// second trial there is no error to tell, and 0 stands for it.
    pub fn mean(&self, by: i64) -> Mean {
        let (n, by) = (i128::from(self.n), i128::from(by.max(1)));
        if n == 0 {
            return Mean::default();
        }
        let mean = rounded(self.sum * 1_000, n * by);
        // Variance of the mean: (n·Σx² − (Σx)²) / (n²·(n−1)); its root in thousandths.
        let spread = n * self.squares - self.sum * self.sum;
        let error = match n {
            1 => 0,
            n => (spread as u128 * 1_000_000 / (n * n * (n - 1)) as u128).isqrt() as i128,
        };
        let error = (error * i128::from(student(self.n))).unsigned_abs().div_ceil(1_000 * by as u128);
        Mean { mean: mean as i64, error: error as i64 }
    }
}

/// `a / b` to the nearest, halves away from 0; `b` > 0.
pub fn rounded(a: i128, b: i128) -> i128 {
    (2 * a.abs() + b) / (2 * b) * a.signum()
}

/// Below this, every value has a bin of its own.
const EXACT: i64 = 1 << 10;

/// How often each value was seen: exact below 1,024, in bins 1/512 wide above. However many
/// values come, there are never more than some thousand bins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Histogram {
    bins: BTreeMap<i64, u64>,
    count: u64,
    most: i64,
    least: i64,
}

impl Histogram {
    /// Adds a value, which is not negative.
    pub fn add(&mut self, value: i64) {
        self.most = if self.count == 0 { value } else { self.most.max(value) };
        self.least = if self.count == 0 { value } else { self.least.min(value) };
        *self.bins.entry(bin(value)).or_default() += 1;
        self.count += 1;
    }

    /// The least value of which at least `share` thousandths of all are at most.
    fn at(&self, thousandths: u64) -> i64 {
        let wanted = (self.count * thousandths).div_ceil(1_000).max(1);
        let mut seen = 0;
        for (bin, count) in &self.bins {
            seen += count;
            if seen >= wanted {
                return (*bin).clamp(self.least, self.most);
            }
        }
        self.most
    }

    /// The quantile at `thousandths`, with the interval that order statistics give for
    /// `independent` values: ranks p ± 1.96·√(p(1−p)/n).
    pub fn quantile(&self, thousandths: u64, independent: u64) -> Quantile {
        let n = independent.max(1);
        let half = (1_960 * 1_960 * thousandths * (1_000 - thousandths) / 1_000_000 / n).isqrt() + 1;
        Quantile {
            at: self.at(thousandths),
            low: self.at(thousandths.saturating_sub(half)),
            high: self.at((thousandths + half).min(1_000)),
        }
    }
}

/// The bin of a value: its lower end.
fn bin(value: i64) -> i64 {
    if value < EXACT {
        return value;
    }
    let drop = value.ilog2() - 9;
    value >> drop << drop
}

/// A quantity with several values a trial, such as one a year.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    moments: Moments,
    histogram: Histogram,
    /// Values a trial.
    values: i64,
}

impl Tally {
    /// Adds the values of a trial, always as many. They may depend on each other: errors
    /// come from their sum, of which trials are independent.
    pub fn add(&mut self, values: &[i64]) {
        self.moments.add(values.iter().sum());
        values.iter().for_each(|value| self.histogram.add(*value));
        self.values = values.len() as i64;
    }

    /// Sums of trials.
    pub fn moments(&self) -> &Moments {
        &self.moments
    }

    /// What was seen.
    pub fn figure(&self) -> Figure {
        let quantile = |thousandths| self.histogram.quantile(thousandths, self.moments.n);
        Figure {
            mean: self.moments.mean(self.values),
            p5: quantile(50),
            p50: quantile(500),
            p95: quantile(950),
            least: self.histogram.least,
            most: self.histogram.most,
        }
    }
}
