//! How many units of each stratum, and which.

mod quota;
mod select;

pub use quota::{allocate, quotas, total};
pub use select::{Drawn, Ticketer, select};
