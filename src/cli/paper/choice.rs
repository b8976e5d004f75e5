//! PDF, where the program was built with it (feature `pdf`).

use crate::problem::Outcome;
use std::path::Path;

#[cfg(feature = "pdf")]
pub use super::typeface::Typeface;

/// The fonts, if PDF is asked for; those in `font`, or those that the system has.
#[cfg(feature = "pdf")]
pub fn typeface(is_wanted: bool, font: Option<&Path>) -> Outcome<Option<Typeface>> {
    is_wanted.then(|| Typeface::find(font)).transpose()
}

/// There is none.
#[cfg(not(feature = "pdf"))]
pub enum Typeface {}

/// Refuses to make what this program cannot.
#[cfg(not(feature = "pdf"))]
pub fn typeface(is_wanted: bool, _: Option<&Path>) -> Outcome<Option<Typeface>> {
    use crate::problem::{Kind, Problem};
    use crate::said;
    if !is_wanted {
        return Ok(None);
    }
    Err(Problem::new(
        Kind::Usage,
        said!("这个程序编译时没有带 PDF", "this program was built without PDF"),
        said!(
            "打印 .html（浏览器也能存成 PDF），或用 cargo build --features pdf 重新编译",
            "print the .html (a browser also saves it as PDF), or build with cargo build --features pdf"
        ),
    )
    .at("--pdf"))
}
