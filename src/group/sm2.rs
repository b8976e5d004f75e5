//! The curve of SM2 (GB/T 32918.5-2017), whose order is prime.

use super::feldman::PrimeOrder;
use crate::digest::{hex, unhex};
use sm2::elliptic_curve::PrimeField as _;
use sm2::elliptic_curve::group::{Group as _, GroupEncoding as _};
use sm2::elliptic_curve::ops::Reduce as _;
use sm2::{CompressedPoint, FieldBytes, ProjectivePoint, Scalar};

pub(super) struct Sm2;

impl PrimeOrder for Sm2 {
    type Number = Scalar;
    type Point = ProjectivePoint;

    /// 32 bytes, big-endian, below the order.
    fn read_number(bytes: &[u8; 32]) -> Option<Scalar> {
        Scalar::from_repr(FieldBytes::from(*bytes)).into_option()
    }

    fn write_number(number: Scalar) -> [u8; 32] {
        number.to_repr().into()
    }

    fn reduce(bytes: &[u8; 64]) -> Scalar {
        // 2³² eight times is 2²⁵⁶.
        let shift = (0..8).fold(Scalar::ONE, |shift, _| shift * Scalar::from(1u64 << 32));
        let half = |half: &[u8]| {
            let mut bytes = FieldBytes::default();
            bytes.copy_from_slice(half);
            Scalar::reduce(&bytes)
        };
        half(&bytes[..32]) * shift + half(&bytes[32..])
    }

    fn invert(number: Scalar) -> Scalar {
        Option::from(number.invert()).expect("never 0")
    }

    fn base(number: Scalar) -> ProjectivePoint {
        ProjectivePoint::mul_by_generator(&number)
    }

    fn read_point(text: &str) -> Option<ProjectivePoint> {
        let bytes: [u8; 33] = unhex(text).ok()?;
        let point: ProjectivePoint =
            ProjectivePoint::from_bytes(&CompressedPoint::from(bytes)).into_option()?;
        let identity = bool::from(point.is_identity());
        (!identity && Self::write_point(point) == text).then_some(point)
    }

    fn write_point(point: ProjectivePoint) -> String {
        hex(&point.to_bytes())
    }
}
