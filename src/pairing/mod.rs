//! Pairing inspectors with drawn units by tickets and prices.
//!
//! Every lawful (unit, slot, inspector) has a random ticket from the seed, and
//! every inspector a price that rises with load. A pairing is right when every
//! unit holds its cheapest lawful team at (ticket + price) and every price fits
//! that inspector's load; docs/spec/pairing.md says why, with a worked example.
//!
//! It is asked twice: first who goes to each unit, then, with the people of
//! every unit fixed, who of them leads ([`leads`]).
//!
//! [`lineup`] says who may come to each unit once the seed is known, [`ticket`]
//! draws the tickets, [`solve`] finds teams, [`appoint`] asks both questions,
//! [`prices`] gives the least prices of teams, [`check`] proves or refutes an
//! answer without a solver, [`shortage`] proves that there is none, and
//! [`staffing`] asks before any draw whether every possible draw can be staffed;
//! [`stand_in`] fills a slot anew when somebody cannot go.

pub mod appoint;
mod audit;
mod board;
pub mod check;
mod component;
mod deal;
mod flow;
mod hall;
pub mod instance;
pub mod leads;
mod ledger;
pub mod lineup;
mod lowest;
pub mod offence;
mod path;
pub mod prices;
mod rows;
pub mod shortage;
pub mod solve;
pub mod staffing;
pub mod stand_in;
mod start;
pub mod ticket;

pub use component::connected;
