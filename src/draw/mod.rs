//! The pipeline: in which order the stages run for one draw. Pure; the shell
//! brings bytes, secrets and the time, and writes what comes back.

mod certificate;
mod commit;
mod entropy;
mod estimate;
mod forecast;
mod hidden;
pub mod odds;
mod repair;
mod result;
mod roster;

pub use certificate::Certificate;
pub use commit::{Committed, Setting, commit};
pub use entropy::{Entropy, entropy, log2};
pub use estimate::{Estimate, percent};
pub use forecast::{Conflict, Forecast, Unstaffable, ZoneLoad, bars_at, forecast};
pub use repair::{Repair, Step, repairs};
pub use result::{Assigned, Drawing, Unstaffed, draw};
pub use roster::Roster;

use crate::eligibility::{Eligibility, Question, judge};
use crate::sampling::quotas;

/// A draw as it would be made: everything before the randomness.
#[derive(Debug)]
pub struct Plan<'a> {
    /// What it was judged on.
    pub question: Question<'a>,
    /// Every unit's standing and every docket.
    pub eligibility: Eligibility<'a>,
    /// The quota of each stratum, in the order of the strata.
    pub quotas: Vec<u64>,
}

impl<'a> Plan<'a> {
    /// Judges the registers and allots the quotas.
    pub fn new(question: Question<'a>) -> Self {
        let eligibility = judge(&question);
        let quotas = quotas(question.policy, &eligibility.strata);
        Plan { question, eligibility, quotas }
    }

    /// Units that will be drawn in all.
    pub fn total(&self) -> u64 {
        self.quotas.iter().sum()
    }
}
