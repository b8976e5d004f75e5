//! On which day each drawn unit is visited: from plan and committed list to the question
//! of scheduling, and to the tables that publish it.

use super::{Committed, Plan, Roster};
use crate::digest::{Digest, SaltKey, Suite};
use crate::eligibility::{Docket, Seating};
use crate::policy::{PerRole, Role};
use crate::record::{AvailabilityLine, ScheduleLine, Table, id_of};
use crate::register::Unit;
use crate::scheduling::{Question, Visit, schedule};
use crate::seed::Seed;
use crate::time::Date;

/// The tables of a schedule.
#[derive(Debug, Clone)]
pub struct Timetable {
    /// availability.txt, by rank.
    pub availability: Table<AvailabilityLine>,
    /// schedule.txt, by unit.
    pub schedule: Table<ScheduleLine>,
}

impl Timetable {
    /// What the record of a draw of `suite` binds.
    pub fn bound(&self, suite: Suite) -> Digest {
        id_of(suite, &self.schedule.text)
    }
}

/// Minutes that everybody of the list has on each of `days`, if the policy has a schedule.
pub(super) fn availability(
    plan: &Plan<'_>,
    roster: &Roster,
    days: &[Date],
    salts: &SaltKey,
) -> Option<Table<AvailabilityLine>> {
    let line = |(name, minutes): (&String, Vec<u32>)| AvailabilityLine {
        name: name.clone(),
        salt: salts.of(name).salt("availability"),
        minutes,
    };
    let minutes = minutes_by_rank(plan, roster, days)?;
    Some(Table::new(roster.names.iter().zip(minutes).map(line).collect()))
}

/// The same as numbers, by rank and day.
pub(super) fn minutes_by_rank(plan: &Plan<'_>, roster: &Roster, days: &[Date]) -> Option<Vec<Vec<u32>>> {
    let rule = plan.question.policy.schedule?;
    let seat = |position: &usize| &plan.eligibility.seats[*position];
    let minutes =
        |seat: &Seating<'_>| days.iter().map(|day| minutes_on(seat, &rule.day_minutes, *day)).collect();
    Some(roster.positions.iter().map(seat).map(minutes).collect())
}

/// Minutes of one day: nothing on leave, without a valid certificate, or for somebody who
/// cannot be paired at all, whose capacity says so already.
fn minutes_on(seat: &Seating<'_>, day_minutes: &PerRole, day: Date) -> u32 {
    let inspector = seat.inspector;
    let away = inspector.leave.iter().any(|leave| leave.contains(day));
    let role = if inspector.lead { Role::Lead } else { Role::Assistant };
    match seat.unfit.is_some() || away || !inspector.validity.contains(day) {
        true => 0,
        false => day_minutes.of(&role),
    }
}

/// A unit to be visited, and its team by slot, in ranks.
pub(super) type Team<'a> = (&'a Unit, &'a Docket, &'a [u32]);

/// The question of scheduling for these teams; `availability` is by rank.
pub(super) fn question(
    plan: &Plan<'_>,
    seed: &Seed,
    teams: &[Team<'_>],
    availability: Vec<Vec<u32>>,
    days: usize,
) -> Question {
    let visit = |(unit, docket, team): &Team<'_>| Visit {
        unit: unit.id.clone(),
        town: town(unit).to_owned(),
        team: team.iter().copied().zip(plan.minutes(unit, docket)).collect(),
    };
    Question { seed: *seed, visits: teams.iter().map(visit).collect(), days, availability }
}

/// The tables of the draw with these teams, by unit, if the commitment has days.
pub(super) fn timetable(
    plan: &Plan<'_>,
    committed: &Committed,
    (seed, salts): (&Seed, &SaltKey),
    teams: &[Team<'_>],
) -> Option<Timetable> {
    let (basis, availability) = (committed.commit.schedule.as_ref()?, committed.availability.clone()?);
    let minutes = availability.lines.iter().map(|line| line.minutes.clone()).collect();
    let found = schedule(&question(plan, seed, teams, minutes, basis.days.len()));
    let line = |((unit, ..), day): (&Team<'_>, Option<usize>)| ScheduleLine {
        unit: unit.id.clone(),
        salt: salts.of(&unit.id).salt("day"),
        day: day.map(|day| basis.days[day]),
    };
    let schedule = Table::new(teams.iter().zip(found).map(line).collect());
    Some(Timetable { availability, schedule })
}

/// The town of a unit of the pool, which all have one.
pub(super) fn town(unit: &Unit) -> &str {
    unit.town.as_deref().expect("a unit without a town is not in the pool")
}
