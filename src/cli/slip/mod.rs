//! `yaohao slip` and `yaohao verify-slip`.

pub mod args;
mod ledger;
#[cfg(feature = "pdf")]
mod paper;
mod print;
pub mod typed;
mod verify;

#[cfg(feature = "pdf")]
use paper::page;
pub use print::run;
pub use verify::verify;

/// Never called: there is no typeface to call it with.
#[cfg(not(feature = "pdf"))]
fn page(
    _: &crate::slip::Notice,
    _: &[crate::slip::Code],
    typeface: &super::paper::Typeface,
) -> crate::problem::Outcome<Vec<u8>> {
    match *typeface {}
}
