//! The office folder: where things lie, and how they are written.
//!
//! ```text
//! office.toml  policy.toml  calendar.toml
//! tables/                     the spreadsheets as received
//! register/                   what import made of them; register/rejects/ what it refused
//! keys/                       secret keys of the office, and changes of keys until they are signed
//! private/2026-001/           secrets, register and history as committed, result with names
//! public/2026-001/            what is published
//! public/verifier/            files with which anybody may verify
//! public/log/                 the log; its keys/ has the changes of keys
//! public/index.html  feed.xml  site/   the site: views of the rest, made again by every publish
//! ```

mod draws;
mod durable;
mod keys;
#[cfg(feature = "fetch")]
mod fetch;
mod links;
mod log;
mod nonces;
mod office;
mod party;
mod shares;
mod site;
mod snapshot;
mod system;

pub use draws::{DrawFolder, Stage, VERIFIER, draw_folders, folder_of, history, neighbour, verifier_files};
pub use durable::{Audience, publish_folder, read, read_text, replace, unreadable, write_new};
#[cfg(feature = "fetch")]
pub use fetch::fetch_pulse;
pub use keys::{
    are_keys_exposed, is_in_public, load_change, load_key, load_log_policy, load_public, public_file,
    store_key, trusted_log_policy,
};
pub use links::{ChainFile, LinkFile, Released};
pub use log::{Appended, LOG, Ledger, LogSettings, LogState, WitnessState, log_files};
pub use nonces::{CommitmentFile, NonceFile};
pub use office::{DrandSource, Office, REJECTS, Settings, SlipSettings};
pub use shares::ShareFile;
pub use site::SiteFolder;
pub use snapshot::{Secrets, Snapshot};
pub use system::system_error;
