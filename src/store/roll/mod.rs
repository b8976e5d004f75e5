//! Rolls on disk: the register they come from, part by part, and their folders.

mod csv;
mod folder;
#[cfg(feature = "parquet")]
mod parquet;
mod run;
mod source;
mod state;
mod tiles;

pub use folder::{RollFolder, rolls};
pub use run::{Merge, keep_run};
pub use source::{Record, Source};
pub use state::{State, Step};
pub use tiles::{Lines, Tiles, fetch};
