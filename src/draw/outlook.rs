//! Can the working days of a month hold the visits? Told before the commitment by dry
//! draws, which get days by the very rule of the draw. A tight month is no reason to
//! refuse: visits without a day are told after the draw, and the office finds days for them.

use super::days::{minutes_by_rank, town};
use super::result::select_all;
use super::{Dry, Plan, Roster};
use crate::digest::Digest;
use crate::scheduling::lacks;
use crate::seed::Seed;
use crate::time::Date;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Dry draws that are given days.
const DRY_DRAWS: u32 = 20;

/// What dry draws showed of the days of a month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outlook {
    /// The working days.
    pub days: usize,
    /// Dry draws that could be staffed.
    pub draws: usize,
    /// Those of them in which some visit got no day.
    pub tight: usize,
    /// Visits without a day in all of them, and in the worst.
    pub unplaced: (usize, usize),
    /// Zone by zone, in the order of the policy.
    pub zones: Vec<ZoneDays>,
    /// Positions of those for want of whose time visits got no day, and of how many
    /// visits; the scarcest first.
    pub people: Vec<(usize, usize)>,
    /// Codes of the towns of these visits, and how many; most first.
    pub towns: Vec<(String, usize)>,
}

/// The days of one zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneDays {
    /// Key of the zone.
    pub zone: String,
    /// Minutes that its inspectors have on the working days together.
    pub available: u64,
    /// Minutes that its inspectors spend on visits, in the mean over the dry draws.
    pub taken: u64,
    /// Visits to its units without a day, in all dry draws.
    pub unplaced: usize,
}

/// One visit that got no day: its candidate, and the position of who lacks time on most days.
type Unplaced = (usize, usize);

/// What one dry draw tells.
struct Looked {
    unplaced: Vec<Unplaced>,
    /// Minutes by position.
    taken: Vec<u64>,
}

/// Looks ahead at `days`; `None` if the policy gives visits no days.
pub fn outlook(plan: &Plan<'_>, days: &[Date]) -> Option<Outlook> {
    let roster = Roster::by_position(&plan.eligibility.seats);
    let availability = minutes_by_rank(plan, &roster, days)?;
    let dry = (1..=DRY_DRAWS).into_par_iter().map(|number| dry_draw(plan, &roster, &availability, number));
    let dry: Vec<Option<Looked>> = dry.collect();
    let dry: Vec<Looked> = dry.into_iter().flatten().collect();
    let unplaced: Vec<Unplaced> = dry.iter().flat_map(|dry| dry.unplaced.iter().copied()).collect();
    let unit = |candidate: usize| plan.eligibility.candidates[candidate].unit;
    let zone = |zone: &String| {
        let ours = |position: &usize| plan.eligibility.seats[*position].inspector.zone == *zone;
        let people: Vec<usize> = (0..availability.len()).filter(ours).collect();
        let minutes = |position: &usize| availability[*position].iter().map(|m| u64::from(*m)).sum::<u64>();
        let taken: u64 = dry.iter().flat_map(|dry| people.iter().map(|position| dry.taken[*position])).sum();
        let there =
            |(candidate, _): &&Unplaced| plan.eligibility.candidates[*candidate].zone == Some(zone.as_str());
        ZoneDays {
            zone: zone.clone(),
            available: people.iter().map(minutes).sum(),
            taken: taken.checked_div(dry.len() as u64).unwrap_or(0),
            unplaced: unplaced.iter().filter(there).count(),
        }
    };
    Some(Outlook {
        days: days.len(),
        draws: dry.len(),
        tight: dry.iter().filter(|dry| !dry.unplaced.is_empty()).count(),
        unplaced: (unplaced.len(), dry.iter().map(|dry| dry.unplaced.len()).max().unwrap_or(0)),
        zones: plan.question.policy.zones.keys().map(zone).collect(),
        people: most_first(unplaced.iter().map(|(_, position)| *position)),
        towns: most_first(unplaced.iter().map(|(candidate, _)| town(unit(*candidate)).to_owned())),
    })
}

/// How often each value comes, most first.
fn most_first<T: Ord + Clone>(values: impl Iterator<Item = T>) -> Vec<(T, usize)> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    values.for_each(|value| *counts.entry(value).or_default() += 1);
    let mut counts: Vec<(T, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

/// Dry draw `number` with its days; nothing where it cannot be staffed.
fn dry_draw(plan: &Plan<'_>, roster: &Roster, availability: &[Vec<u32>], number: u32) -> Option<Looked> {
    let seed = Seed::sha256(Digest::of(&[format!("yaohao/outlook/v1\n{number}\n").as_bytes()]));
    let selected = select_all(plan, &seed);
    let dry = Dry::of(plan, roster, Some(availability.to_vec()), &seed, selected.iter().collect()).ok()?;
    let (question, schedule) = dry.days?;
    let mut taken = vec![0; availability.len()];
    let members = question.visits.iter().flat_map(|visit| &visit.team);
    members.for_each(|(position, minutes)| taken[*position as usize] += u64::from(*minutes));
    let without = (0..schedule.len()).filter(|visit| schedule[*visit].is_none());
    let scarcest = |visit: usize| {
        let lacking = most_first(lacks(&question, &schedule, visit).into_iter().map(|lack| lack.rank));
        lacking.first().map(|(rank, _)| (dry.drawn[visit], *rank as usize))
    };
    Some(Looked { unplaced: without.filter_map(scarcest).collect(), taken })
}
