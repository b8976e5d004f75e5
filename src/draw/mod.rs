//! The pipeline: in which order the stages run for one draw. Pure; the shell
//! brings bytes, secrets and the time, and writes what comes back.

mod carry;
mod certificate;
mod commit;
mod days;
mod dry;
mod entropy;
mod estimate;
mod forecast;
mod hidden;
mod merge;
pub mod odds;
mod outlook;
mod repair;
mod result;
mod room;
mod roster;
mod staffing;
mod workload;

pub use carry::Carried;
pub use certificate::{Certificate, bars_said};
pub use commit::{Committed, Setting, cards, commit};
pub use days::Timetable;
pub use dry::Dry;
pub use entropy::{Entropy, entropy, log2};
pub use estimate::{Estimate, percent};
pub use forecast::{Conflict, Forecast, Unstaffable, ZoneLoad, forecast};
pub(crate) use hidden::public_value;
pub use merge::{Unmet, unmet};
pub use outlook::{Outlook, ZoneDays, outlook};
pub use repair::{Repair, Step, hours_for, repairs};
pub use result::{Assigned, Drawing, Unstaffed, draw};
pub use roster::Roster;
pub use staffing::{Failing, Staffing};
pub use workload::{Spread, Work, Workload, workload};

use crate::eligibility::{Candidate, Docket, Eligibility, Question, Standing, judge};
use crate::policy::Role;
use crate::record::CarriedLine;
use crate::register::Unit;
use crate::sampling::{quotas, raised};

/// A draw as it would be made: everything before the randomness.
#[derive(Debug, Clone)]
pub struct Plan<'a> {
    /// What it was judged on.
    pub question: Question<'a>,
    /// Every unit's standing and every docket.
    pub eligibility: Eligibility<'a>,
    /// How many units each stratum draws, in the order of the strata: its quota, or
    /// the carried units in it, if these are more.
    pub quotas: Vec<u64>,
    /// Units that a voided draw hands on.
    pub carried: Carried,
}

impl<'a> Plan<'a> {
    /// Judges the registers and allots the quotas.
    pub fn new(question: Question<'a>) -> Self {
        Plan::carrying(question, None)
    }

    /// The same for a draw that follows a void: `carried` are the units it hands on,
    /// if it does. They are drawn before all others, and count within the quotas.
    pub fn carrying(question: Question<'a>, carried: Option<&[CarriedLine]>) -> Self {
        let eligibility = judge(&question);
        let carried = Carried::new(&eligibility, carried);
        let quotas = quotas(question.policy, &eligibility.strata).into_iter().enumerate();
        let quotas = quotas.map(|(stratum, quota)| raised(quota, carried.of(stratum))).collect();
        Plan { question, eligibility, quotas, carried }
    }

    /// Whether the candidate at this index can come out of the draw at all.
    pub fn may_be_drawn(&self, candidate: usize) -> bool {
        match self.eligibility.candidates[candidate].standing {
            Standing::Pool { stratum, .. } => self.carried.holds(candidate) || self.free(stratum) > 0,
            Standing::Excluded(_) => false,
        }
    }

    /// Places of a stratum that no carried unit takes.
    pub fn free(&self, stratum: usize) -> u64 {
        self.quotas[stratum].saturating_sub(self.carried.of(stratum))
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

    /// Slot by slot, the minutes that a visit to `unit` takes: its own estimate a head,
    /// else the standard of each role.
    pub fn minutes(&self, unit: &Unit, docket: &Docket) -> impl Iterator<Item = u32> {
        let (standard, own) = (self.question.policy.workload.visit_minutes, unit.minutes);
        self.roles(docket).iter().map(move |role| own.unwrap_or_else(|| standard.of(role)))
    }

    /// Minutes that a whole team spends at `unit`.
    pub fn team_minutes(&self, unit: &Unit, docket: &Docket) -> u64 {
        self.minutes(unit, docket).map(u64::from).sum()
    }

    /// Units that will be drawn in all.
    pub fn total(&self) -> u64 {
        self.quotas.iter().sum()
    }
}
