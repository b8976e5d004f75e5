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
mod room;
mod roster;
mod staffing;
mod workload;

pub use certificate::{Certificate, bars_said};
pub use commit::{Committed, Setting, cards, commit};
pub use entropy::{Entropy, entropy, log2};
pub use estimate::{Estimate, percent};
pub use forecast::{Conflict, Forecast, Unstaffable, ZoneLoad, forecast};
pub use repair::{Repair, Step, hours_for, repairs};
pub use result::{Assigned, Drawing, Unstaffed, draw};
pub use roster::Roster;
pub use staffing::{Failing, Staffing};
pub use workload::{Spread, Work, Workload, workload};

use crate::eligibility::{Candidate, Docket, Eligibility, Question, judge};
use crate::policy::Role;
use crate::register::Unit;
use crate::sampling::quotas;

/// A draw as it would be made: everything before the randomness.
#[derive(Debug, Clone)]
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

    /// The roles of the slots of a docket's team.
    pub fn roles(&self, docket: &Docket) -> &[Role] {
        &self.question.policy.team.shapes[docket.shape].slots
    }

    /// The roles of the slots of a unit's team; of the usual team where the unit
    /// is not in the pool.
    pub fn roles_at(&self, candidate: &Candidate<'_>) -> &[Role] {
        let usual = &self.question.policy.team.shapes[0].slots;
        self.eligibility.docket(candidate).map_or(usual, |docket| self.roles(docket))
    }

    /// Minutes that a whole team spends at `unit`: its own estimate a head, else
    /// the standard of each role.
    pub fn team_minutes(&self, unit: &Unit, docket: &Docket) -> u64 {
        let standard = &self.question.policy.workload.visit_minutes;
        let minutes = |role: &Role| u64::from(unit.minutes.unwrap_or_else(|| standard.of(role)));
        self.roles(docket).iter().map(minutes).sum()
    }

    /// Units that will be drawn in all.
    pub fn total(&self) -> u64 {
        self.quotas.iter().sum()
    }
}
