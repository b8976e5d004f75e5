//! `yaohao slip` and `yaohao verify-slip`.

pub mod args;
mod ledger;
#[cfg(feature = "pdf")]
mod paper;
mod pdf;
mod print;
#[cfg(feature = "pdf")]
mod typeface;
mod typed;
mod verify;

pub use print::run;
pub use verify::verify;
