//! What becomes of every drawn visit, and of the work that no draw decides: from the
//! assignment to the published result, act by act.
//!
//! A matter exists because a draw decided it or because it came in. Everything after that
//! is an act ([`Act`]), written into the journal ([`Entry`]) before anything else knows of it.
//! A [`Task`] is what the acts so far add up to; it can be made again from record and
//! journal at any time.

mod act;
mod entry;
mod judge;
mod ledger;
mod lines;
mod matter;
mod officer;
mod standing;
mod wording;
mod words;

pub use act::{Act, Opened, Ordered, Penalty, Visit};
pub use entry::Entry;
pub use judge::{Refusal, judge, refused};
pub use ledger::{Ledger, Task, Trace};
pub use matter::Matter;
pub use officer::Officer;
pub use standing::{Delegated, Staff, Standing};
pub use wording::{LONGEST_WORDING, optional_wording, wording};
pub use words::{Applicant, Kind, Measure, Outcome, Procedure, State};
