//! The slip of a unit of a roll: the text that shows a citizen why this unit was drawn, or not.
//! docs/spec/roll.md is the authority.

mod answer;
mod check;

pub use answer::RollTold;
pub use check::{RollAsked, RollSlipReport, check_roll};
