//! The published lists of results (公示; docs/spec/results.md): what became of drawn
//! visits, and penalties, without a name. A list is never changed; a later one says
//! what turned out otherwise.

mod current;
mod due;
mod line;
mod list;

pub use current::Current;
pub use due::{Due, due};
pub use line::{Found, Key, ResultLine};
pub use list::{Journalled, RESULTS, Results};
