//! What would make every draw staffable: small changes, each made to a copy of the
//! plan, of which the same is asked again.

use super::Plan;
use super::certificate::{hours, reach};
use super::staffing::{Failing, Staffing, rehearsal, staffing_after};
use crate::eligibility::{Candidate, Docket, MAX_VISITS, Reach, Seating, Standing};
use crate::lang::{Said, counted};
use crate::pairing::shortage::Shortage;
use crate::policy::{QuotaRule, QuotaSize, Role};
use crate::register::{Inspector, Post, Scope};
use crate::said;
use crate::sampling::{allocate, raised};
use crate::time::Period;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Changes of one repair at most.
const STEPS: usize = 12;

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
    /// Fewer units are drawn by one rule of the policy, in all its strata together.
    Fewer {
        /// Index into the rules of the policy.
        rule: usize,
        /// How many are drawn now.
        from: u64,
        /// How many should be.
        to: u64,
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

/// The repairs found, one of each kind at most, cheapest (in minutes) first. Without
/// `rehearsable` only a proof shows that a repair helps.
pub fn repairs(plan: &Plan<'_>, failing: &Failing, rehearsable: bool) -> Vec<Repair> {
    let newcomer = newcomer();
    let mender = Mender { plan, newcomer: &newcomer, rehearsable };
    let ways: [Way<'_>; 3] = [Mender::visits, Mender::people, Mender::fewer];
    let mut found: Vec<Repair> = ways.iter().filter_map(|way| mender.repair(failing, *way)).collect();
    found.sort_by_key(|repair| repair.minutes);
    found
}

/// The next step of one kind against the shortage of a draw of the plan; `None` if
/// it has none.
type Way<'a> = fn(&Mender<'a>, &Plan<'a>, &Failing, &Shortage) -> Option<Step>;

struct Mender<'a> {
    plan: &'a Plan<'a>,
    /// Stands for everybody who is added.
    newcomer: &'a Inspector,
    rehearsable: bool,
}

/// Somebody of whom nothing need be known: what newcomers may do is written into
/// the dockets, and how much into their seats.
fn newcomer() -> Inspector {
    Inspector {
        certificate: String::new(),
        name: String::new(),
        department: String::new(),
        zone: String::new(),
        lead: false,
        post: Post::InPost,
        scope: Scope::All,
        skills: BTreeSet::new(),
        expert: false,
        validity: Period::default(),
        leave: Vec::new(),
        capacity_minutes: None,
        carried_minutes: 0,
    }
}

impl<'a> Mender<'a> {
    /// Takes steps of one kind until all draws, or at least all dry draws, can be staffed.
    fn repair(&self, failing: &Failing, way: Way<'a>) -> Option<Repair> {
        let (mut plan, mut failing) = (self.plan.clone(), failing.clone());
        let mut steps: Vec<Step> = Vec::new();
        for _ in 0..STEPS {
            let shortage = failing.shortage.shrunk(&failing.instance, |_| "");
            let step = way(self, &plan, &failing, &shortage)?;
            self.apply(&mut plan, &step);
            join(&mut steps, step);
            let done = |rehearsed| {
                Some(Repair { minutes: self.minutes(&steps), steps: gathered(&steps), rehearsed })
            };
            match staffing_after(&plan, &failing) {
                Staffing::Proved => return done(None),
                Staffing::Undecided { draws } if self.rehearsable => return done(Some(draws)),
                Staffing::Undecided { .. } => return None,
                Staffing::Fails(next) => {
                    if let Some(draws) = self.rehearsed(&plan, &next) {
                        return done(Some(draws));
                    }
                    failing = *next;
                }
            }
        }
        None
    }

    /// Dry draws that could all be staffed although `failing` cannot, if that is
    /// enough.
    fn rehearsed(&self, plan: &Plan<'_>, failing: &Failing) -> Option<u32> {
        // A single unit that cannot be staffed is refused however rare it is.
        let single = failing.shortage.units.len() == 1;
        if !self.rehearsable || single || failing.dry_draw.is_some() {
            return None;
        }
        let dry = rehearsal(plan);
        (dry.failures == 0).then_some(dry.draws)
    }

    fn visits(&self, _: &Plan<'a>, _: &Failing, shortage: &Shortage) -> Option<Step> {
        let people: Vec<usize> = shortage.inspectors.iter().map(|rank| *rank as usize).collect();
        let known = people.iter().all(|position| *position < self.plan.eligibility.seats.len());
        (known && !people.is_empty()).then_some(Step::Visits { people, each: 1 })
    }

    fn people(&self, plan: &Plan<'a>, failing: &Failing, shortage: &Shortage) -> Option<Step> {
        let team = &plan.question.policy.team;
        let mut roles = shortage.units.iter().flat_map(|unit| {
            let roles = plan.roles_at(failing.candidate(plan, unit.visit));
            unit.slots.iter().filter_map(|slot| roles.get(*slot))
        });
        let first = roles.next()?;
        let role = if roles.all(|role| role == first) { first.clone() } else { Role::Assistant };
        let bound = team.home_zone_only && role.is_own();
        let zone = if bound { Some(nearest(plan, failing, shortage)?) } else { None };
        Some(Step::People { zone, role, count: 1 })
    }

    fn fewer(&self, plan: &Plan<'a>, failing: &Failing, shortage: &Shortage) -> Option<Step> {
        let mut forced = vec![0_usize; plan.quotas.len()];
        for unit in &shortage.units {
            if let Standing::Pool { stratum, .. } = failing.candidate(plan, unit.visit).standing {
                forced[stratum] += unit.slots.len() - unit.others;
            }
        }
        let stratum = (0..forced.len()).max_by_key(|stratum| (forced[*stratum], Reverse(*stratum)))?;
        let rule = plan.eligibility.strata[stratum].rule;
        let quota = &plan.question.policy.strata[rule].quota;
        let from: u64 = allotted(plan, rule).iter().map(|(_, quota)| *quota).sum();
        // The office can only change the rule: as little as takes a unit from the stratum.
        let shrinks = |to: &u64| {
            reduced(plan, rule, *to).iter().any(|(s, k)| *s == stratum && *k < plan.quotas[stratum])
        };
        let to = (quota.floor..from).rev().find(shrinks)?;
        // Leaving a stratum out is no repair.
        (plan.quotas[stratum] > 1).then_some(Step::Fewer { rule, from, to })
    }

    fn apply(&self, plan: &mut Plan<'a>, step: &Step) {
        match step {
            Step::Visits { people, each } => {
                for position in people {
                    let capacity = &mut plan.eligibility.seats[*position].capacity;
                    *capacity = (*capacity + each).min(MAX_VISITS);
                }
            }
            Step::Fewer { rule, to, .. } => {
                reduced(plan, *rule, *to).into_iter().for_each(|(stratum, k)| plan.quotas[stratum] = k);
            }
            Step::People { zone, role, count } => {
                (0..*count).for_each(|_| self.employ(plan, zone.as_deref(), role));
            }
        }
    }

    /// Gives somebody new a seat, and a place in the docket of every unit of the pool
    /// that they may visit.
    fn employ(&self, plan: &mut Plan<'a>, zone: Option<&str>, role: &Role) {
        let rank = plan.eligibility.seats.len() as u32;
        let (minutes_left, visit_minutes) =
            (plan.question.policy.workload.capacity_minutes.of(role), self.visit_minutes(role));
        plan.eligibility.seats.push(Seating {
            inspector: self.newcomer,
            unfit: None,
            capacity: (minutes_left / visit_minutes).min(MAX_VISITS),
            carried: 0,
            minutes_left,
            visit_minutes,
        });
        // Units that shared a docket no longer do where they are of several zones.
        let at_home = |unit: &Candidate<'_>| zone.is_none() || unit.zone == zone;
        let split = |unit: &Candidate<'_>| match unit.standing {
            Standing::Pool { docket, .. } => Some((docket, at_home(unit))),
            Standing::Excluded(_) => None,
        };
        let split_all: BTreeSet<(usize, bool)> =
            plan.eligibility.candidates.iter().filter_map(split).collect();
        let new = split_all.iter().map(|(docket, home)| {
            let docket = &plan.eligibility.dockets[*docket];
            with(docket, plan.roles(docket), (rank, role), (*home, zone.is_none() || !home))
        });
        plan.eligibility.dockets = new.collect();
        let numbers: BTreeMap<(usize, bool), usize> = split_all.into_iter().zip(0..).collect();
        for unit in &mut plan.eligibility.candidates {
            let number = split(unit).map(|split| numbers[&split]);
            if let (Standing::Pool { docket, .. }, Some(number)) = (&mut unit.standing, number) {
                *docket = number;
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
            Step::Fewer { from, to, .. } => {
                let team =
                    policy.team.shapes[0].slots.iter().map(|role| policy.workload.visit_minutes.of(role));
                u64::from(team.sum::<u32>()) * (from - to)
            }
        };
        steps.iter().map(of).sum()
    }
}

/// The strata of a rule with their quotas.
fn allotted(plan: &Plan<'_>, rule: usize) -> Vec<(usize, u64)> {
    let strata = plan.eligibility.strata.iter().zip(&plan.quotas).enumerate();
    strata.filter(|(_, (stratum, _))| stratum.rule == rule).map(|(at, (_, quota))| (at, *quota)).collect()
}

/// The same if the rule drew `to` units in all.
fn reduced(plan: &Plan<'_>, rule: usize, to: u64) -> Vec<(usize, u64)> {
    let strata: Vec<usize> = allotted(plan, rule).into_iter().map(|(stratum, _)| stratum).collect();
    let pools: Vec<u64> = strata.iter().map(|stratum| plan.eligibility.strata[*stratum].pool).collect();
    let quota = QuotaRule { size: QuotaSize::Count(to), floor: 0, cap: None };
    let raised = |(stratum, quota)| (stratum, raised(quota, plan.carried.of(stratum)));
    strata.into_iter().zip(allocate(&quota, &pools)).map(raised).collect()
}

/// The zone from which somebody new could take most slots of the shortage.
fn nearest(plan: &Plan<'_>, failing: &Failing, shortage: &Shortage) -> Option<String> {
    let serves = |zone: &String, visit: usize| {
        let unit = failing.candidate(plan, visit);
        let away = reach(plan, unit, &failing.instance.visits[visit], |rank| rank as usize) == Reach::Away;
        (unit.zone == Some(zone)) != away
    };
    let slots = |zone: &String| -> usize {
        let served = shortage.units.iter().filter(|unit| serves(zone, unit.visit));
        served.map(|unit| unit.slots.len()).sum()
    };
    let zones = plan.question.policy.zones.keys();
    zones.rev().max_by_key(|zone| slots(zone)).filter(|zone| slots(zone) > 0).cloned()
}

/// A docket in which `rank` has joined the slots of `role`: of the visits from the
/// unit's own zone and of those from other zones, as `home` and `away` say. A lead
/// may also assist.
fn with(docket: &Docket, roles: &[Role], (rank, role): (u32, &Role), (home, away): (bool, bool)) -> Docket {
    let mut docket = docket.clone();
    let join = |slots: &mut Vec<Vec<u32>>| {
        for (ranks, slot) in slots.iter_mut().zip(roles) {
            if slot == role || (*role == Role::Lead && *slot == Role::Assistant) {
                ranks.push(rank);
            }
        }
    };
    if home {
        join(&mut docket.slots);
    }
    if away {
        join(&mut docket.away);
    }
    docket
}

/// The same steps with everybody named once: those who make most more visits first.
fn gathered(steps: &[Step]) -> Vec<Step> {
    let mut more: BTreeMap<usize, u32> = BTreeMap::new();
    for step in steps {
        if let Step::Visits { people, each } = step {
            people.iter().for_each(|position| *more.entry(*position).or_default() += each);
        }
    }
    let mut by_number: BTreeMap<Reverse<u32>, Vec<usize>> = BTreeMap::new();
    for (position, each) in more {
        by_number.entry(Reverse(each)).or_default().push(position);
    }
    let visits = by_number.into_iter().map(|(Reverse(each), people)| Step::Visits { people, each });
    let others = steps.iter().filter(|step| !matches!(step, Step::Visits { .. })).cloned();
    visits.chain(others).collect()
}

/// Adds a step, as more of the same where it is.
fn join(steps: &mut Vec<Step>, step: Step) {
    for old in steps.iter_mut() {
        match (old, &step) {
            (Step::People { zone, role, count }, Step::People { zone: same, role: part, count: more })
                if zone == same && role == part =>
            {
                *count += more;
                return;
            }
            (Step::Fewer { rule, to, .. }, Step::Fewer { rule: same, to: less, .. }) if rule == same => {
                *to = *less;
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

/// Hours a month with which somebody can make so many visits more.
pub fn hours_for(plan: &Plan<'_>, position: usize, more: u32) -> u64 {
    let seat = &plan.eligibility.seats[position];
    seat.hours_for(seat.capacity + more, plan.question.window)
}

/// Whether some item of the draw asks its lead for a skill.
fn asks_for_skills(plan: &Plan<'_>) -> bool {
    let items = &plan.question.policy.items;
    plan.question.register.items.iter().any(|item| item.skill.is_some() && items.contains(&item.code))
}

impl Step {
    fn said(&self, plan: &Plan<'_>) -> Said {
        let policy = plan.question.policy;
        match self {
            Step::Visits { people, each } => {
                let hours = |position: &usize| {
                    let seat = &plan.eligibility.seats[*position];
                    format!("{} {}", seat.inspector.name, hours_for(plan, *position, *each))
                };
                // All of them: the office has to write these hours into its table.
                let Said { zh, en } = Said::list(people.iter().map(hours));
                let (people, en_visits) = (people.len(), counted(*each, "more visit"));
                said!(
                    "{people} 人每人多承担 {each} 次（月可用工时改为：{zh}）",
                    "{en_visits} for each of {people} (hours a month to be set to: {en})"
                )
            }
            Step::People { zone, role, count } => {
                let place = zone.as_ref().and_then(|zone| policy.zones.get(zone));
                let place = place.map_or("", String::as_str);
                let Said { zh, en } = policy.team.called(role);
                let hours = policy.workload.capacity_minutes.of(role) / 60;
                let (zh_skills, en_skills) = if *role == Role::Lead && asks_for_skills(plan) {
                    ("，具备事项要求的全部专业技能", ", with all skills that the items ask for")
                } else {
                    ("", "")
                };
                let (at, zh_place) = if place.is_empty() { ("", "") } else { (" in ", place) };
                said!(
                    "{zh_place}增加 {count} 名{zh}人员（每人 {hours} 小时{zh_skills}）",
                    "{count} more of role {en}{at}{place} ({hours} hours each{en_skills})"
                )
            }
            Step::Fewer { rule, from, to } => {
                let (rule, fewer) = (&policy.strata[*rule], from - to);
                let (name, key) = (&rule.name, &rule.id);
                said!(
                    "“{name}”从 {from} 家改抽 {to} 家（方案里写 quota = {to}，少抽 {fewer} 家）",
                    "draw {to} instead of {from} in {key} (quota = {to} in the policy, {fewer} fewer)"
                )
            }
        }
    }
}
