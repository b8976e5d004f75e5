//! How many units of each stratum, and which.

mod carry;
mod quota;
mod select;

pub use carry::{raised, select_carrying};
pub use quota::{allocate, quotas, total};
pub use select::{Drawn, Ticketer, select};
