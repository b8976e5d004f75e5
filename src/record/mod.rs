//! What is published, byte by byte, and how it is read back.
//!
//! Two kinds of text: *documents*, which say what happened in which order and
//! name the document before them by its hash; and *tables*, one line an
//! entry. A leaf of a tree, and a commitment to a line, is always the hash of a
//! tag and the line as it stands in the file, so that a citizen can redo it
//! with `grep` and `sha256sum` or `openssl`. docs/spec/ is the authority.

mod carried;
mod commit;
mod demand;
mod envelope;
mod escrow_lines;
mod field;
mod folder;
mod items;
mod odds;
mod register_lines;
mod replace;
mod result_lines;
mod results;
mod rules;
mod schedule_lines;
mod steps;
mod table;

pub use carried::CarriedLine;
pub use commit::{Commit, Mode, PublishedQuota, Sealed, StratumCount, is_verifier};
pub(crate) use commit::{
    quota_line, read_excluded, read_party, read_quota, read_sealed, read_window, rising,
};
pub use demand::Demand;
pub use envelope::{Envelope, SEAL, room_of_change};
pub use escrow_lines::room_for;
pub use field::{Attributes, CardOpening};
pub use folder::{
    AVAILABILITY, BEACON, CARRIED, CEREMONY, COMMIT, COMMIT_SUMS, DOCKETS, DRAWN, FILES, INSPECTORS, ITEMS,
    ODDS, OPEN, OPEN_SUMS, POLICY, PRICES, RECORD, RECORD_SUMS, RESULT, REVEAL, SCHEDULE, SEALED_RESULT,
    TEAMS, UNITS, VOID, VOID_SUMS, VOIDED, sums,
};
pub use items::{PublicItem, item_codes, items_text, read_items};
pub use odds::{PublicOdds, StratumOdds};
pub use register_lines::{InspectorLine, UnitLine, UnitStanding, write_unit};
pub(crate) use register_lines::{read_shown, read_standing, write_shown, write_standing};
pub use replace::{ReplaceFile, ReplaceReason, Replacement, Request};
pub use result_lines::{DocketLine, DocketPeople, DrawnLine, PriceLine, TeamLine};
pub use results::{Current, Due, Found, Journalled, Key, RESULTS, ResultLine, Results, due};
pub use rules::{RuledTown, Rules};
pub use schedule_lines::{AvailabilityLine, ScheduleBasis, ScheduleLine};
pub use steps::{Beacons, Link, Opening, Record, Reveal, Void, VoidReason};
pub use table::{Sheet, Table, TableLine, leaf};

use crate::digest::{Digest, Suite};

/// The pairing rule of both suites.
pub const PAIRING: &str = "tickets-and-prices/v1";

/// The hash by which the documents of a draw of `suite` name a text.
pub fn id_of(suite: Suite, text: &str) -> Digest {
    suite.digest(&[text.as_bytes()])
}
