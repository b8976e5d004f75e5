//! The slip at the door: one unit's part of a draw, so that a phone without a
//! network sees that this visit, this day and these people come out of the draw.
//! docs/spec/slip.md is the authority.

pub mod base45;
mod check;
mod code;
mod logged;
mod make;
mod notice;
mod page;
mod parts;
mod prove;
mod roll;
mod style;
mod text;

pub use crate::log::Inclusion as Path;
pub use check::{Asked, SlipReport, check};
pub use code::{Code, LARGEST_VERSION, QUIET, ROOM, codes, module_micrometres};
pub use make::Maker;
pub use notice::{Notice, Office, Paragraph, made};
pub use page::html;
pub use parts::{MARK, MOST_PARTS, Parts, cut, is_part, join};
pub use roll::{RollAsked, RollSlipReport, RollTold, check_roll};
pub use text::{Logged, Member, Slip, Team};
