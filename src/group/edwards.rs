//! edwards25519 (RFC 7748, RFC 8032), without its points of small order.

use super::feldman::PrimeOrder;
use crate::digest::{hex, unhex};
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::IsIdentity as _;

/// The subgroup of prime order ℓ = 2²⁵² + 27742317777372353535851937790883648493.
pub(super) struct Edwards25519;

impl PrimeOrder for Edwards25519 {
    type Number = Scalar;
    type Point = EdwardsPoint;

    /// 32 bytes, little-endian, below ℓ: nonce and nonce + ℓ would have the same
    /// point and give different seeds.
    fn read_number(bytes: &[u8; 32]) -> Option<Scalar> {
        Scalar::from_canonical_bytes(*bytes).into_option()
    }

    fn write_number(number: Scalar) -> [u8; 32] {
        number.to_bytes()
    }

    fn reduce(bytes: &[u8; 64]) -> Scalar {
        Scalar::from_bytes_mod_order_wide(bytes)
    }

    fn invert(number: Scalar) -> Scalar {
        number.invert()
    }

    fn base(number: Scalar) -> EdwardsPoint {
        EdwardsPoint::mul_base(&number)
    }

    fn read_point(text: &str) -> Option<EdwardsPoint> {
        let bytes: [u8; 32] = unhex(text).ok()?;
        let point = CompressedEdwardsY(bytes).decompress()?;
        // Decompressing takes a y of p or more, and a sign of x = 0: not their one form.
        let one_form = point.compress().0 == bytes;
        (one_form && point.is_torsion_free() && !point.is_identity()).then_some(point)
    }

    fn write_point(point: EdwardsPoint) -> String {
        hex(&point.compress().0)
    }
}
