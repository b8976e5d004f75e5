//! The office folder: where things lie, and how they are written.
//!
//! ```text
//! office.toml  policy.toml
//! tables/                     the spreadsheets as received
//! register/                   what import made of them; register/rejects/ what it refused
//! private/2026-001/           secrets, register and history as committed, result with names
//! public/2026-001/            what is published
//! ```

mod draws;
mod durable;
mod links;
mod nonces;
mod office;
mod party;
mod shares;
mod snapshot;
mod system;

pub use draws::{DrawFolder, Stage, folder_of, history, neighbour};
pub use durable::{Audience, publish_folder, read, read_text, replace, unreadable, write_new};
pub use links::{ChainFile, LinkFile, Released};
pub use nonces::{CommitmentFile, NonceFile};
pub use office::{Office, REJECTS, Settings};
pub use shares::ShareFile;
pub use snapshot::{Secrets, Snapshot};
pub use system::system_error;
