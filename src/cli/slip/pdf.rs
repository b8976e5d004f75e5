//! The page as PDF, where the program was built with it.

use crate::cli::args::SlipArgs;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::slip::{Code, Notice};

/// The fonts of the page.
pub struct Typeface;

/// The fonts, if PDF is asked for.
pub fn typeface(args: &SlipArgs) -> Outcome<Option<Typeface>> {
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

impl Typeface {
    /// The page.
    pub fn page(&self, _: &Notice, _: &[Code]) -> Outcome<Vec<u8>> {
        Ok(Vec::new())
    }
}
