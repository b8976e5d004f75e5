//! What would make every draw staffable: small changes, each tried on the pool
//! and judged again.

use super::Plan;
use super::certificate::{hours, list};
use crate::lang::{Lang, Said};
use crate::pairing::shortage::Shortage;
use crate::pairing::staffing::{Counterexample, Pool, Verdict, rehearse, verdict};
use crate::policy::Role;
use crate::said;

/// Changes of one repair at most.
const STEPS: usize = 12;
/// Dry draws that test a repair where no proof is found.
const DRY_DRAWS: u32 = 1_000;

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Each of these people (positions) makes so many more visits.
    Visits {
        /// Who.
        people: Vec<usize>,
        /// How many more.
        each: u32,
    },
    /// So many more people, with the standard hours and all skills.
    People {
        /// Key of their zone; `None` if they may come from anywhere.
        zone: Option<String>,
        /// What they can be; a lead may also assist.
        role: Role,
        /// How many.
        count: u32,
    },
    /// So many units fewer are drawn.
    Fewer {
        /// Index into the strata.
        stratum: usize,
        /// How many.
        units: u32,
    },
}

/// Changes after which draws can be staffed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// What to change, all of it.
    pub steps: Vec<Step>,
    /// Minutes of work to be found, or of visits given up.
    pub minutes: u64,
    /// `None`: proved for every possible draw. Else so many dry draws could all
    /// be staffed.
    pub rehearsed: Option<u32>,
}

/// The repairs found, one of each kind at most, cheapest (in minutes) first.
/// `members` are the candidates of each kind of `pool`.
pub fn repairs(
    plan: &Plan<'_>,
    (pool, members): (&Pool, &[Vec<usize>]),
    failing: &Counterexample,
) -> Vec<Repair> {
    // Where dry draws do not fail anyway, only a proof shows that a repair helps.
    let rehearsable = rehearse(pool, DRY_DRAWS).failures > 0;
    let mender = Mender { plan, members, rehearsable };
    let ways: [Way<'_>; 3] = [Mender::visits, Mender::people, Mender::fewer];
    let found = ways.iter().filter_map(|way| mender.repair(pool, failing, *way));
    let mut found: Vec<Repair> = found.collect();
    found.sort_by_key(|repair| repair.minutes);
    found
}

/// The next step of one kind against a shortage of the pool; `None` if it has none.
type Way<'a> = fn(&Mender<'a>, &Pool, &Counterexample, &Shortage) -> Option<Step>;

struct Mender<'a> {
    plan: &'a Plan<'a>,
    members: &'a [Vec<usize>],
    /// Whether dry draws fail without a repair.
    rehearsable: bool,
}

impl<'a> Mender<'a> {
    /// Takes steps of one kind until all draws, or at least all dry draws, can be staffed.
    fn repair(&self, pool: &Pool, failing: &Counterexample, way: Way<'a>) -> Option<Repair> {
        let (mut pool, mut failing) = (pool.clone(), failing.clone());
        let mut steps: Vec<Step> = Vec::new();
        for _ in 0..STEPS {
            let shortage = failing.shortage.shrunk(&pool.draw(&failing.selection), |_| "");
            let step = way(self, &pool, &failing, &shortage)?;
            self.apply(&mut pool, &step);
            join(&mut steps, step);
            let done =
                |rehearsed| Some(Repair { minutes: self.minutes(&steps), steps: steps.clone(), rehearsed });
            match verdict(&pool) {
                Verdict::Proved { .. } => return done(None),
                Verdict::Undecided { draws } if self.rehearsable => return done(Some(draws)),
                Verdict::Undecided { .. } => return None,
                Verdict::Fails(next) => {
                    // A single unit that cannot be staffed is refused however rare it is.
                    let single = next.shortage.units.len() == 1;
                    if self.rehearsable && !single && rehearse(&pool, DRY_DRAWS).failures == 0 {
                        return done(Some(DRY_DRAWS));
                    }
                    failing = next;
                }
            }
        }
        None
    }

    fn visits(&self, _: &Pool, _: &Counterexample, shortage: &Shortage) -> Option<Step> {
        let people: Vec<usize> = shortage.inspectors.iter().map(|rank| *rank as usize).collect();
        let known = people.iter().all(|position| *position < self.plan.eligibility.seats.len());
        (known && !people.is_empty()).then_some(Step::Visits { people, each: 1 })
    }

    fn people(&self, pool: &Pool, failing: &Counterexample, shortage: &Shortage) -> Option<Step> {
        let policy = self.plan.question.policy;
        let mut roles = shortage.units.iter().flat_map(|unit| {
            let roles = self.roles(pool.kind_of(&failing.selection, unit.visit));
            unit.slots.iter().filter_map(|slot| roles.get(*slot))
        });
        let first = roles.next()?;
        let role = if roles.all(|role| role == first) { first.clone() } else { Role::Assistant };
        let zone = if policy.team.home_zone_only && role.is_own() {
            let first = pool.kind_of(&failing.selection, shortage.units.first()?.visit);
            Some(self.zone(first)?.to_owned())
        } else {
            None
        };
        Some(Step::People { zone, role, count: 1 })
    }

    fn fewer(&self, pool: &Pool, failing: &Counterexample, shortage: &Shortage) -> Option<Step> {
        let mut forced = vec![0_usize; pool.quotas.len()];
        for unit in &shortage.units {
            forced[pool.kinds[pool.kind_of(&failing.selection, unit.visit)].stratum] +=
                unit.slots.len() - unit.others;
        }
        let stratum =
            (0..forced.len()).max_by_key(|stratum| (forced[*stratum], std::cmp::Reverse(*stratum)))?;
        // Leaving a stratum out is no repair.
        (pool.quotas[stratum] > 1).then_some(Step::Fewer { stratum, units: 1 })
    }

    /// The roles of the slots of a kind.
    fn roles(&self, kind: usize) -> &[Role] {
        let member = self.members[kind].first();
        member.map_or(&[], |member| self.plan.roles_at(&self.plan.eligibility.candidates[*member]))
    }

    /// The zone of the units of a kind.
    fn zone(&self, kind: usize) -> Option<&str> {
        self.plan.eligibility.candidates[*self.members[kind].first()?].zone
    }

    fn apply(&self, pool: &mut Pool, step: &Step) {
        match step {
            Step::Visits { people, each } => {
                people.iter().for_each(|position| pool.capacities[*position] += each);
            }
            Step::Fewer { stratum, units } => pool.quotas[*stratum] -= units,
            Step::People { zone, role, count } => {
                for _ in 0..*count {
                    let rank = pool.capacities.len() as u32;
                    let visit = self.visit_minutes(role);
                    pool.capacities
                        .push(self.plan.question.policy.workload.capacity_minutes.of(role) / visit);
                    for (number, kind) in pool.kinds.iter_mut().enumerate() {
                        if zone.as_deref().is_none_or(|zone| self.zone(number) == Some(zone)) {
                            let mut slots = kind.slots.to_vec();
                            for (ranks, slot) in slots.iter_mut().zip(self.roles(number)) {
                                if slot == role || (*role == Role::Lead && *slot == Role::Assistant) {
                                    ranks.push(rank);
                                }
                            }
                            kind.slots = slots.into();
                        }
                    }
                }
            }
        }
    }

    /// Minutes by which a visit of somebody new is counted.
    fn visit_minutes(&self, role: &Role) -> u32 {
        let minutes = self.plan.question.policy.workload.visit_minutes;
        if *role == Role::Lead { minutes.lead.max(minutes.assistant) } else { minutes.assistant }
    }

    fn minutes(&self, steps: &[Step]) -> u64 {
        let policy = self.plan.question.policy;
        let of = |step: &Step| match step {
            Step::Visits { people, each } => {
                let seats = people.iter().map(|p| u64::from(self.plan.eligibility.seats[*p].visit_minutes));
                seats.sum::<u64>() * u64::from(*each)
            }
            Step::People { role, count, .. } => {
                u64::from(policy.workload.capacity_minutes.of(role)) * u64::from(*count)
            }
            Step::Fewer { units, .. } => {
                let team =
                    policy.team.shapes[0].slots.iter().map(|role| policy.workload.visit_minutes.of(role));
                u64::from(team.sum::<u32>()) * u64::from(*units)
            }
        };
        steps.iter().map(of).sum()
    }
}

/// Adds a step, as more of the same where it is.
fn join(steps: &mut Vec<Step>, step: Step) {
    for old in steps.iter_mut() {
        match (old, &step) {
            (Step::Visits { people, each }, Step::Visits { people: same, each: more }) if people == same => {
                *each += more;
                return;
            }
            (Step::People { zone, role, count }, Step::People { zone: same, role: part, count: more })
                if zone == same && role == part =>
            {
                *count += more;
                return;
            }
            (Step::Fewer { stratum, units }, Step::Fewer { stratum: same, units: more })
                if stratum == same =>
            {
                *units += more;
                return;
            }
            _ => {}
        }
    }
    steps.push(step);
}

impl Repair {
    /// What to do, at what cost, and how it was verified.
    pub fn said(&self, plan: &Plan<'_>) -> Said {
        let steps: Vec<Said> = self.steps.iter().map(|step| step.said(plan)).collect();
        let zh = steps.iter().map(|step| step.zh.as_str()).collect::<Vec<_>>().join("，");
        let en = steps.iter().map(|step| step.en.as_str()).collect::<Vec<_>>().join(", ");
        let (zh_hours, en_hours) = hours(self.minutes);
        match self.rehearsed {
            None => said!(
                "{zh}（{zh_hours}；已重新验证：无论抽出哪些单位都派得足）",
                "{en} ({en_hours}; judged again: whatever is drawn can be staffed)"
            ),
            Some(draws) => said!(
                "{zh}（{zh_hours}；已重新试抽 {draws} 次，都派得足）",
                "{en} ({en_hours}; tried again: all of {draws} dry draws could be staffed)"
            ),
        }
    }
}

impl Step {
    fn said(&self, plan: &Plan<'_>) -> Said {
        let policy = plan.question.policy;
        match self {
            Step::Visits { people, each } => {
                let name = |position: &usize| plan.eligibility.seats[*position].inspector.name.clone();
                let names: Vec<String> = people.iter().map(name).collect();
                let (zh, en) = (list(&names, Lang::Zh), list(&names, Lang::En));
                let people = names.len();
                said!(
                    "{zh}共 {people} 人每人多承担 {each} 次",
                    "{each} more visits for each of {people}: {en}"
                )
            }
            Step::People { zone, role, count } => {
                let place = zone.as_ref().and_then(|zone| policy.zones.get(zone));
                let place = place.map_or("", String::as_str);
                let Said { zh, en } = policy.team.called(role);
                said!("{place}增加 {count} 名{zh}人员", "{count} more of role {en} in {place}")
            }
            Step::Fewer { stratum, units } => {
                let label = &plan.eligibility.strata[*stratum].label;
                said!("分层 {label} 少抽 {units} 家", "{units} fewer units in {label}")
            }
        }
    }
}
