//! The office's log on its disk: what is published of it, and what the office
//! remembers to have signed.

mod folder;
mod settings;
mod state;
mod witness;
mod writer;

pub use folder::{LOG, log_files};
pub use settings::LogSettings;
pub use state::LogState;
pub use witness::WitnessState;
pub use writer::{Appended, Ledger};
