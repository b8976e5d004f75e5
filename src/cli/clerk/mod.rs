//! The clerk's commands after the draw: tasks, results, reviews, penalties, recusals,
//! deadlines, and the sheets that are filled in elsewhere.

pub mod args;
mod due;
mod english;
mod entering;
mod list;
mod many;
mod meant;
mod month;
mod result;
mod review;
pub mod sheet;
pub(super) mod told;
mod typed;
mod work;

pub use due::run as due;
pub use english::ENGLISH;
pub use list::tasks;
pub use result::run as result;
pub use review::{penalty, recusal, review};
pub use sheet::run as sheet;
pub use typed::short;

use super::console::Console;
use crate::problem::Outcome;
use crate::store::Office;
use args::TaskStep;

/// `yaohao task`.
pub fn task(office: &Office, step: &TaskStep, console: &Console) -> Outcome<()> {
    match step {
        TaskStep::Open(args) => work::open(office, args, console),
        TaskStep::Assign(args) => work::assign(office, args, console),
        TaskStep::Move(args) => work::change_day(office, args, console),
        TaskStep::Close(args) => work::close(office, args, console),
        TaskStep::Show(args) => list::show(office, args, console),
    }
}
