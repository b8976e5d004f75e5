//! A draw that nobody publishes: teams and days of a plan's units, without commitment and
//! record. For looking ahead, by the very rules of the draw.

use super::days::{Team, minutes_by_rank, question};
use super::result::{Selected, Unstaffed, instance, pools};
use super::{Plan, Roster};
use crate::pairing::appoint::appoint;
use crate::pairing::ticket::Tickets;
use crate::scheduling::{Question, schedule};
use crate::seed::Seed;
use crate::time::Date;

/// Teams, and days if the policy gives visits days. Ranks are positions in order of
/// certificate number: before a commitment there is no other order.
#[derive(Debug, Clone)]
pub struct Dry {
    /// The candidates that were drawn, by unit.
    pub drawn: Vec<usize>,
    /// Their teams, slot by slot.
    pub teams: Vec<Vec<u32>>,
    /// Question and answer of scheduling.
    pub days: Option<(Question, Vec<Option<usize>>)>,
}

impl Dry {
    /// Draws all units of the pool: of a plan that holds those only that were selected.
    ///
    /// # Errors
    /// [`Unstaffed`] when they cannot be staffed.
    pub fn of_all(plan: &Plan<'_>, days: &[Date], seed: &Seed) -> Result<Dry, Unstaffed> {
        let roster = Roster::by_position(&plan.eligibility.seats);
        let availability = minutes_by_rank(plan, &roster, days);
        let all = pools(plan);
        Dry::of(plan, &roster, availability, seed, all.iter().flatten().collect())
    }

    /// The same of the units `selected`; `availability` is by rank.
    pub(super) fn of(
        plan: &Plan<'_>,
        roster: &Roster,
        availability: Option<Vec<Vec<u32>>>,
        seed: &Seed,
        mut selected: Vec<&Selected<'_>>,
    ) -> Result<Dry, Unstaffed> {
        selected.sort_by_key(|unit| unit.id);
        let instance = instance(plan, roster, seed, &selected);
        let tickets = Tickets::of(&instance).expect("a plan makes well-formed instances");
        let teams = match appoint(&tickets) {
            Ok(appointed) => appointed.pairing.teams,
            Err(shortage) => return Err(Unstaffed { shortage, instance }),
        };
        let days = availability.map(|availability| {
            let visited = selected.iter().zip(&teams).map(|(s, team)| {
                let unit = plan.eligibility.candidates[s.candidate].unit;
                (unit, s.docket, team.as_slice())
            });
            let visited: Vec<Team<'_>> = visited.collect();
            let days = availability.first().map_or(0, Vec::len);
            let question = question(plan, seed, &visited, availability, days);
            let found = schedule(&question);
            (question, found)
        });
        Ok(Dry { drawn: selected.iter().map(|unit| unit.candidate).collect(), teams, days })
    }
}
