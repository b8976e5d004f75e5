//! Whole bits of entropy, by integers only, never too many.

/// floor(log2(base^exponent)).
pub(super) fn power_bits(base: u32, exponent: u32) -> u32 {
    // A die with one face says nothing, however often it is rolled.
    if base < 2 { 0 } else { product_bits((0..exponent).map(|_| base)) }
}

/// floor(log2(of · (of−1) · … ·(of−count+1))).
pub(super) fn falling_bits(of: u32, count: u32) -> u32 {
    product_bits((0..count).map(|i| of.saturating_sub(i)))
}

/// floor(log2) of a product, kept exact while it fits 128 bits; factors beyond
/// that are counted with their floor, so that the figure is never too high. It
/// stops far above what any rule asks for: a commitment may demand anything.
fn product_bits(factors: impl Iterator<Item = u32>) -> u32 {
    let (mut product, mut bits) = (1u128, 0);
    for factor in factors {
        if bits > 100_000 {
            return bits;
        }
        if factor == 0 {
            return 0;
        }
        let factor = u128::from(factor);
        product = product.checked_mul(factor).unwrap_or_else(|| {
            bits += product.ilog2();
            factor
        });
    }
    bits + product.ilog2()
}
