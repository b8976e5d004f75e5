//! Rolls (大名册): registers too large for memory, of a province or the nation, line by line.
//! A roll's draw draws units only. docs/spec/roll.md is the authority.
//!
//! Nothing in here holds a roll: lines come in batches, in order of id, and what stays is the
//! right edge of a tree, the pools' sizes, and the smallest tickets.

mod batch;
mod check;
mod choose;
mod commit;
mod enrol;
mod labels;
mod line;
mod lines;
mod order;
mod papers;
mod policy;
mod prove;
mod record;
mod shelf;
mod slip;
mod sources;
mod tiles;

pub use batch::{Batch, Disorder, pooled, whole};
pub use choose::{Chooser, Found};
pub use commit::{RollCommit, RollStratum};
pub use enrol::{Enroller, Memory};
pub use labels::{Labels, Pools};
pub use line::{RollDrawn, RollUnit};
pub use lines::{Counted, LineReader, Part};
pub use order::may_void;
pub use papers::Papers;
pub use prove::{Prover, Unprovable};
pub use record::RollRecord;
pub use shelf::Placed;
pub use slip::{Listed, RollAnswer, RollPlace, RollResult, RollSlip};
