//! PDF, where the program was built with it (feature `pdf`).

use super::args::SlipArgs;
use crate::problem::Outcome;

#[cfg(feature = "pdf")]
pub use super::typeface::Typeface;

/// The fonts, if PDF is asked for.
#[cfg(feature = "pdf")]
pub fn typeface(args: &SlipArgs) -> Outcome<Option<Typeface>> {
    args.pdf.then(|| Typeface::find(args.font.as_deref())).transpose()
}

#[cfg(feature = "pdf")]
pub use super::paper::page;

/// There is none.
#[cfg(not(feature = "pdf"))]
pub enum Typeface {}

/// Refuses to make what this program cannot.
#[cfg(not(feature = "pdf"))]
pub fn typeface(args: &SlipArgs) -> Outcome<Option<Typeface>> {
    use crate::problem::{Kind, Problem};
    use crate::said;
    if !args.pdf {
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

/// Never called: there is no typeface to call it with.
#[cfg(not(feature = "pdf"))]
pub fn page(_: &crate::slip::Notice, _: &[crate::slip::Code], typeface: &Typeface) -> Outcome<Vec<u8>> {
    match *typeface {}
}
