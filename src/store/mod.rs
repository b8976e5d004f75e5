//! The office folder: where things lie, and how they are written.
//!
//! ```text
//! office.toml  policy.toml  calendar.toml  scenario.toml  map.toml
//! tables/                     the spreadsheets as received
//! register/                   what import made of them; register/rejects/ what it refused
//! keys/                       secret keys of the office, and changes of keys until they are signed
//! private/journal/000001.txt  what became of every matter, entry by entry; never overwritten
//! private/store.sqlite        the same, ready to be asked; made again from record and journal
//! private/2026-001/           secrets, register and history as committed, result with names
//! private/results/            salts that bind each list of results to the journal
//! public/2026-001/            what is published
//! public/results/             what became of the visits, list by list; never changed
//! public/verifier/            files with which anybody may verify
//! public/log/                 the log; its keys/ has the changes of keys
//! rolls/2026-001/             what is published of a roll; private/rolls/2026-001/ what is not
//! public/index.html  feed.xml  site/   the site: views of the rest, made again by every publish
//! ```

mod case;
mod desk;
mod draws;
mod durable;
mod keys;
#[cfg(feature = "fetch")]
mod fetch;
mod links;
mod log;
mod nonces;
mod office;
mod opened;
mod party;
mod results;
mod roles;
mod roll;
mod shares;
mod site;
mod snapshot;
mod system;
mod workbook;

pub use case::{Case, check_items, month_window, policy_of};
pub use desk::{Desk, Head, JOURNAL, Query, STORE};
pub use draws::{DrawFolder, Stage, VERIFIER, draw_folders, folder_of, history, neighbour, verifier_files};
pub use durable::{
    Audience, publish_folder, read, read_text, replace, restrict, unreadable, unwritable, write_new,
    write_view,
};
#[cfg(feature = "fetch")]
pub use fetch::fetch_pulse;
pub use keys::{
    are_keys_exposed, is_in_public, load_change, load_key, load_log_policy, load_public, public_file,
    store_key, trusted_log_policy,
};
pub use links::{ChainFile, LinkFile, Released};
pub use log::{Appended, LOG, Ledger, LogSettings, LogState, WitnessState, log_files};
pub use nonces::{CommitmentFile, NonceFile};
pub use office::{DispatchSettings, DrandSource, Office, REJECTS, Settings, SlipSettings};
pub(crate) use opened::unsound;
pub use opened::{Person, SEALED, last_document, opened, people, sealed};
pub use results::{ResultLists, result_files};
pub use roles::{DelegatedTown, PeopleSettings};
pub use roll::{
    Lines, Merge, Record, RollFolder, Source, State, Step, Tiles, fetch as fetch_tiles, keep_run, rolls,
};
pub use shares::ShareFile;
pub use site::SiteFolder;
pub use snapshot::{Secrets, Snapshot};
pub use system::system_error;
pub use workbook::workbook;
