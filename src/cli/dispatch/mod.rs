//! `yaohao dispatch`: orders for those who go, for the zones and for the section.

pub mod args;
mod facts;
mod folder;
#[cfg(feature = "pdf")]
mod paper;
mod run;
mod wanted;
mod workbook;

#[cfg(feature = "pdf")]
use paper::page;
pub use run::run;
pub use workbook::workbook;

/// Never called: there is no typeface to call it with.
#[cfg(not(feature = "pdf"))]
fn page(_: &crate::dispatch::Paper, typeface: &super::paper::Typeface) -> crate::problem::Outcome<Vec<u8>> {
    match *typeface {}
}
