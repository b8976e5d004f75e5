//! Papers to print as PDF: fonts, lines of Chinese text, pages. What a paper says is made
//! by the stages; slips and dispatch orders are laid out with what is here.

mod choice;
#[cfg(feature = "pdf")]
mod leaf;
#[cfg(feature = "pdf")]
mod letters;
#[cfg(feature = "pdf")]
mod measure;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "pdf")]
mod typeface;

pub use choice::{Typeface, typeface};
#[cfg(feature = "pdf")]
pub use leaf::Leaves;
#[cfg(feature = "pdf")]
pub use letters::{Letter, Setting, Weight, broken};
#[cfg(feature = "pdf")]
pub use measure::{BOTTOM, HEIGHT, LEFT, MM, RED, TOP, WIDTH, half, pt};
#[cfg(feature = "pdf")]
pub use pdf::pdf;
