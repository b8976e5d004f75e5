//! Dispatch orders: every reader gets what this reader may see, in every form, and the
//! forms say the same.

#[path = "dispatch/calendars.rs"]
mod calendars;
#[path = "dispatch/case.rs"]
mod case;
#[path = "dispatch/command.rs"]
mod command;
#[path = "dispatch/papers.rs"]
mod papers;
#[path = "dispatch/readers.rs"]
mod readers;
mod terminal;
#[path = "dispatch/workbooks.rs"]
mod workbooks;
