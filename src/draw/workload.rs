//! How a finished draw shares out the work: visits and hours, least and most a
//! person. For the office only; nothing of it is published.
//!
//! Pairing balances numbers of visits, in all and in each band of duration. Hours
//! it cannot balance exactly (docs/decisions/0006), so they are shown as they came
//! out, with each unit's own estimate where the register has one.

use super::{Drawing, Plan};
use crate::policy::Role;
use std::collections::BTreeMap;

/// One quantity over several people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Spread {
    /// What whoever has least has; 0 if there is nobody.
    pub least: u64,
    /// What whoever has most has.
    pub most: u64,
    /// What all have together.
    pub sum: u64,
}

/// The work of several people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Work {
    /// How many people could have had some of it.
    pub people: usize,
    /// Visits.
    pub visits: Spread,
    /// Minutes.
    pub minutes: Spread,
}

/// The work of a draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workload {
    /// Of everybody who can be paired.
    pub all: Work,
    /// In each role of the team, of those eligible for it in some drawn unit.
    pub roles: Vec<(Role, Work)>,
    /// In each band of duration, of those eligible for some drawn unit in it.
    pub bands: Vec<Work>,
    /// People whose minutes, by each unit's own estimate, exceed what they have left of
    /// the month, and by how many at most: pairing limits visits.
    pub over: (usize, u64),
    /// In each zone with drawn units, by key: the units, and the work in them of
    /// those eligible for some of them.
    pub zones: Vec<(String, usize, Work)>,
}

/// Visits and minutes of each person, by position; who is eligible and gets
/// nothing is there with zeros.
#[derive(Debug, Default)]
struct Tally(BTreeMap<usize, (u64, u64)>);

impl Tally {
    fn eligible(&mut self, position: usize) {
        self.0.entry(position).or_default();
    }

    fn add(&mut self, position: usize, minutes: u64) {
        let entry = self.0.entry(position).or_default();
        entry.0 += 1;
        entry.1 += minutes;
    }

    fn work(&self) -> Work {
        let spread = |part: fn(&(u64, u64)) -> u64| Spread {
            least: self.0.values().map(part).min().unwrap_or(0),
            most: self.0.values().map(part).max().unwrap_or(0),
            sum: self.0.values().map(part).sum(),
        };
        Work { people: self.0.len(), visits: spread(|work| work.0), minutes: spread(|work| work.1) }
    }
}

/// Adds up the work of a drawing.
pub fn workload(plan: &Plan<'_>, drawing: &Drawing) -> Workload {
    let (eligibility, policy) = (&plan.eligibility, plan.question.policy);
    let mut all = Tally::default();
    let able = |position: &usize| eligibility.seats[*position].capacity > 0;
    (0..eligibility.seats.len()).filter(able).for_each(|position| all.eligible(position));
    let mut by_role: BTreeMap<Role, Tally> = BTreeMap::new();
    let mut by_band: Vec<Tally> = Vec::new();
    by_band.resize_with(policy.workload.bands(), Tally::default);
    let mut by_zone: BTreeMap<&str, (usize, Tally)> = BTreeMap::new();
    for assigned in &drawing.assigned {
        let candidate = &eligibility.candidates[assigned.candidate];
        let (units, zone) = by_zone.entry(candidate.zone.unwrap_or_default()).or_default();
        *units += 1;
        let docket = eligibility.docket(candidate).expect("a drawn unit has a docket");
        let (roles, band) = (plan.roles(docket), &mut by_band[docket.band]);
        for (slot, role) in roles.iter().enumerate() {
            for position in docket.slots[slot].iter().chain(docket.away.get(slot).into_iter().flatten()) {
                by_role.entry(role.clone()).or_default().eligible(*position as usize);
                zone.eligible(*position as usize);
                band.eligible(*position as usize);
            }
        }
        for (role, position) in roles.iter().zip(&assigned.team) {
            let standard = || policy.workload.visit_minutes.of(role);
            let minutes = u64::from(candidate.unit.minutes.unwrap_or_else(standard));
            all.add(*position, minutes);
            by_role.entry(role.clone()).or_default().add(*position, minutes);
            zone.add(*position, minutes);
            band.add(*position, minutes);
        }
    }
    let zones = by_zone.into_iter().map(|(zone, (units, tally))| (zone.to_owned(), units, tally.work()));
    Workload {
        all: all.work(),
        roles: by_role.into_iter().map(|(role, tally)| (role, tally.work())).collect(),
        bands: by_band.iter().map(Tally::work).collect(),
        zones: zones.collect(),
        over: over(plan, &all),
    }
}

/// See [`Workload::over`].
fn over(plan: &Plan<'_>, all: &Tally) -> (usize, u64) {
    let left = |position: &usize| u64::from(plan.eligibility.seats[*position].minutes_left);
    let beyond = all.0.iter().map(|(position, (_, minutes))| minutes.saturating_sub(left(position)));
    let beyond: Vec<u64> = beyond.filter(|minutes| *minutes > 0).collect();
    (beyond.len(), beyond.into_iter().max().unwrap_or(0))
}
