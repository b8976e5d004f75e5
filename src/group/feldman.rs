//! Sharing, checking and combining, over any group of prime order.

use std::ops::{Add, Mul, Sub};

/// The arithmetic of one group. Reading refuses what is not in its one form.
pub(super) trait PrimeOrder {
    /// Integers modulo the order.
    type Number: Copy
        + PartialEq
        + From<u32>
        + Add<Output = Self::Number>
        + Sub<Output = Self::Number>
        + Mul<Output = Self::Number>;
    /// Elements of the group.
    type Point: Copy + PartialEq + Add<Output = Self::Point> + Mul<Self::Number, Output = Self::Point>;

    fn read_number(bytes: &[u8; 32]) -> Option<Self::Number>;
    fn write_number(number: Self::Number) -> [u8; 32];
    /// 512 bits modulo the order.
    fn reduce(bytes: &[u8; 64]) -> Self::Number;
    /// The inverse of what is not 0.
    fn invert(number: Self::Number) -> Self::Number;
    fn base(number: Self::Number) -> Self::Point;
    /// A point of the subgroup of prime order; not the identity.
    fn read_point(text: &str) -> Option<Self::Point>;
    fn write_point(point: Self::Point) -> String;
}

pub(super) fn number<G: PrimeOrder>(random: &[u8; 64]) -> [u8; 32] {
    let number = G::reduce(random);
    // One in 2²⁵² times: then it is 1.
    G::write_number(if number == G::Number::from(0) { G::Number::from(1) } else { number })
}

pub(super) fn point<G: PrimeOrder>(number: &[u8; 32]) -> Option<String> {
    let number = G::read_number(number).filter(|number| *number != G::Number::from(0))?;
    Some(G::write_point(G::base(number)))
}

pub(super) fn is_point<G: PrimeOrder>(text: &str) -> bool {
    G::read_point(text).is_some()
}

pub(super) fn share<G: PrimeOrder>(coefficients: &[[u8; 32]], x: u32) -> Option<[u8; 32]> {
    let coefficients: Option<Vec<G::Number>> = coefficients.iter().map(G::read_number).collect();
    let x = G::Number::from(x);
    // Horner's rule, from the highest power.
    let value = coefficients?.into_iter().rev().reduce(|value, next| value * x + next)?;
    Some(G::write_number(value))
}

pub(super) fn is_share<G: PrimeOrder>(points: &[String], x: u32, share: &[u8; 32]) -> bool {
    let points: Option<Vec<G::Point>> = points.iter().map(|point| G::read_point(point)).collect();
    let (Some(points), Some(share)) = (points, G::read_number(share)) else { return false };
    let x = G::Number::from(x);
    let due = points.into_iter().rev().reduce(|value, next| value * x + next);
    due == Some(G::base(share))
}

pub(super) fn combine<G: PrimeOrder>(shares: &[(u32, [u8; 32])]) -> Option<[u8; 32]> {
    let mut sum = G::Number::from(0);
    for (i, (x, share)) in shares.iter().enumerate() {
        let others = shares.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, (other, _))| *other);
        // Π xⱼ / (xⱼ − xᵢ): what the polynomial that is 1 at xᵢ and 0 at all others is at 0.
        let (mut above, mut below) = (G::Number::from(1), G::Number::from(1));
        for other in others {
            above = above * G::Number::from(other);
            below = below * (G::Number::from(other) - G::Number::from(*x));
        }
        if *x == 0 || below == G::Number::from(0) {
            return None;
        }
        sum = sum + G::read_number(share)? * above * G::invert(below);
    }
    (!shares.is_empty()).then(|| G::write_number(sum))
}
