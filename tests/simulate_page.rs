//! The page of a simulation: well-formed, whole, harmless, and true to the study.

#[path = "simulate/made.rs"]
mod made;

use made::{DISTRICT, study};
use yaohao::lang::Lang;
use yaohao::simulate::page;

#[test]
fn look() {
    let study = study(DISTRICT);
    std::fs::write("/tmp/look-zh.html", page(&study, Lang::Zh, &[])).expect("written");
    std::fs::write("/tmp/look-en.html", page(&study, Lang::En, &[])).expect("written");
}
