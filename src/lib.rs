//! yaohao (摇号): draws for "double random, one public" inspections that
//! anyone can check.
//!
//! The folders are the path of the data; docs/architecture.md is the map.

// The foundation.
pub mod calendar;
pub mod config;
pub mod digest;
pub mod group;
pub mod ids;
pub mod lang;
pub mod markup;
pub mod merkle;
pub mod problem;
pub mod stream;
pub mod text;
pub mod time;
pub mod vocabulary;

// The stages, in the order of the data.
pub mod note;
pub mod seed;
pub mod register;
pub mod policy;
pub mod eligibility;
pub mod sampling;
pub mod pairing;
pub mod scheduling;
pub mod task;
pub mod record;
pub mod log;
pub mod draw;
pub mod verify;
pub mod roll;
pub mod sql;
pub mod audit;
pub mod explain;
pub mod slip;
pub mod site;
pub mod dispatch;
pub mod report;
pub mod fairness;
pub mod zoning;
pub mod scenario;
pub mod simulate;

// The shells.
pub mod clock;
pub mod store;
pub mod example;
pub mod cli;
