//! `yaohao slip` and `yaohao verify-slip`.

mod pdf;
mod print;
mod verify;

pub use print::run;
pub use verify::verify;
