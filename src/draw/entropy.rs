//! Entropy in thousandths of a bit, by integers only.

/// Fraction bits of [`log2`].
const FRACTION: u32 = 40;

/// log₂ n in units of 2⁻⁴⁰, rounded down; the error is below 2⁻³⁹ bits.
///
/// The digits come by squaring: the mantissa (1 ≤ m < 2, 63 fraction bits) is
/// squared, and each time it reaches 2 the next digit is 1. A product is cut by
/// less than 2⁻⁶³ of itself, which moves the logarithm by less than 2⁻⁶² at the
/// first digit and by half as much at each one after.
///
/// # Panics
/// If `n` is 0.
pub fn log2(n: u64) -> u64 {
    let whole = n.ilog2();
    let mut mantissa = u128::from(n) << (63 - whole);
    let mut digits = u64::from(whole);
    for _ in 0..FRACTION {
        mantissa = (mantissa * mantissa) >> 63;
        let digit = mantissa >> 64;
        mantissa >>= digit;
        digits = digits << 1 | digit as u64;
    }
    digits
}

/// What is known about the entropy of a distribution from `counts`, in
/// thousandths of a bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entropy {
    /// −Σ p log₂ p of the shares p = count / total, to the nearest, and at most
    /// one thousandth off by rounding.
    pub millibits: u64,
    /// Error of sampling: one standard error √((Σ p log₂² p − H²)/n), plus the
    /// bias of the estimate, which is low by about (outcomes − 1)/(2n ln 2).
    pub error: u64,
}

/// The entropy of who it was, seen `counts` times each; `outcomes` were possible.
pub fn entropy(counts: impl Iterator<Item = u64> + Clone, outcomes: usize) -> Entropy {
    let total: u64 = counts.clone().sum();
    if total == 0 {
        return Entropy { millibits: 0, error: 0 };
    }
    let counts = counts.filter(|count| *count > 0);
    // Surprise of an outcome, log₂(n / count), in units of 2⁻⁴⁰.
    let surprise = |count: u64| u128::from(log2(total) - log2(count));
    let n = u128::from(total);
    let sum: u128 = counts.clone().map(|count| u128::from(count) * surprise(count)).sum();
    let mean = sum / n;
    let millibits = |fixed: u128| u64::try_from((fixed * 1_000 + (1 << (FRACTION - 1))) >> FRACTION);
    // Σ p (surprise − H)², in units of 2⁻⁴⁰ of a square bit.
    let square = |count: u64| {
        let distance = surprise(count).abs_diff(mean);
        u128::from(count) * ((distance * distance) >> FRACTION)
    };
    let variance = counts.map(square).sum::<u128>() / n;
    // √(variance / n) in thousandths: the root of 10⁶ · variance / n.
    let standard = ((variance * 1_000_000 / n) >> FRACTION).isqrt();
    // 1/(2 ln 2) is less than 722 thousandths.
    let bias = (outcomes.saturating_sub(1) as u128 * 722).div_ceil(n);
    Entropy {
        millibits: millibits(mean).unwrap_or(u64::MAX),
        error: u64::try_from(standard + 1 + bias).unwrap_or(u64::MAX),
    }
}
