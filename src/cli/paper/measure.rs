//! Lengths, in whole micrometres until they are drawn; measures of GB/T 9704-2012.

/// A millimetre.
pub const MM: i64 = 1000;
/// A point, in hundredths of micrometres.
const PT: i64 = 35_278;
/// Left edge of the text.
pub const LEFT: i64 = 28 * MM;
/// Width of the text (版心).
pub const WIDTH: i64 = 156 * MM;
/// Upper edge of the text.
pub const TOP: i64 = 37 * MM;
/// Lower edge of the text: 225 mm below the upper one.
pub const BOTTOM: i64 = 262 * MM;
/// Height of A4.
pub const HEIGHT: i64 = 297 * MM;
/// Width of A4.
pub(super) const BREADTH: i64 = 210 * MM;
/// The red of a name of an office.
pub const RED: (u8, u8, u8) = (230, 0, 18);

/// Points.
pub fn pt(points: i64) -> i64 {
    points * PT / 100
}

/// Half points, for sizes such as 10.5 and 7.5.
pub fn half(points: i64) -> i64 {
    points * PT / 200
}
