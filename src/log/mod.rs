//! The append-only log: an RFC 6962 tree over small entries, kept as the tiles
//! of C2SP tlog-tiles, and the proofs that nothing in it was changed.
//!
//! Bytes come from a closure that is given a path below the log's folder, such
//! as `tile/0/x001/x234/067`; nothing in here knows of files. Whatever the
//! closure gives is checked against the root before it is used, so that tiles
//! may come from anybody.

mod documents;
mod entry;
mod fault;
mod grow;
mod growing;
mod hash;
mod proof;
mod published;
mod reading;
mod tile;
mod tree;
mod whole;

pub use documents::{Document, documents};
pub use entry::{Entry, Subject};
pub use fault::Fault;
pub use grow::{Growth, grow};
pub use growing::Growing;
pub use hash::{nothing, suite_of};
pub use proof::{Inclusion, consistency, inclusion, is_consistent, is_included};
pub use published::{
    CHECKPOINT, LOG_POLICY, Published, Signed, Standing, Unsound, checkpoint_of, of_draw, policy_named,
    policy_of, standing,
};
pub use reading::{Archive, Reading};
pub use tile::{Bundle, Tile, WIDTH, is_tile_path};
pub use tree::{Fetch, LARGEST, Tree};
pub use whole::Whole;
