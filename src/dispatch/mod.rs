//! Dispatch orders (派单、任务单): what each reader has to know before the visits, and
//! nothing else.
//!
//! An [`Order`] holds the visits that are still to be made, as they stand at one moment: an
//! inspector's and a team's only those they go to, a zone's only its own. No order has a
//! recusal, a reason, a leave or a secret in it, because no function here is given one
//! to write. The renderers of this stage make words, tables, HTML and iCalendar of an
//! order; spreadsheets and PDF are made of the same words and tables by the shell.

mod book;
mod bring;
mod due;
mod ics;
mod order;
mod page;
mod paper;
mod reader;
mod sheet;
mod style;
mod visit;

pub use book::Book;
pub use bring::bring;
pub use due::Due;
pub use ics::calendar;
pub use order::{Load, Order, orders};
pub use page::html;
pub use paper::{Cell, Column, Line, Paper, Part, Table};
pub use reader::{Audience, Reader};
pub use sheet::{Sheet, Value, sheets};
pub use visit::{CheckItem, Person, Visit};
