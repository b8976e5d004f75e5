//! `yaohao sheet`: out as xlsx, filled in elsewhere, and in again.

pub mod args;
mod export;
mod import;

use crate::cli::console::Console;
use crate::problem::Outcome;
use crate::store::Office;
use args::SheetStep;

pub fn run(office: &Office, step: &SheetStep, console: &Console) -> Outcome<()> {
    match step {
        SheetStep::Export(args) => export::run(office, args, console),
        SheetStep::Import(args) => import::run(office, args, console),
    }
}
