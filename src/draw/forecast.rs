//! What a draw would look like, before anything is committed.

use super::Plan;
use super::certificate::Certificate;
use super::repair::{Repair, repairs};
use super::staffing::{Failing, Staffing, rehearsal, staffing};
use crate::eligibility::{Bar, Candidate, Docket, Dockets, Reach, Standing, Stratum};
use crate::lang::Said;
use crate::pairing::lineup::seatable;
use crate::pairing::staffing::{Kind, Pool, Rehearsal};
use crate::policy::Role;
use crate::register::Item;
use crate::said;
use crate::sampling::{quotas, total};
use std::collections::BTreeMap;

/// Everything that `check` shows.
#[derive(Debug, Clone)]
pub struct Forecast {
    /// Expected work and capacity by zone.
    pub zones: Vec<ZoneLoad>,
    /// Rules that contradict each other or the register; none is fatal.
    pub conflicts: Vec<Conflict>,
    /// Units of the pool that could not be staffed even alone, with the reason.
    pub unstaffable: Vec<Unstaffable>,
    /// Whether every possible draw can be staffed.
    pub staffing: Staffing,
    /// If that is not proved: how often it does not happen, told by dry draws.
    pub rehearsal: Option<Rehearsal>,
    /// If not: why.
    pub certificate: Option<Certificate>,
    /// If not: what would help.
    pub repairs: Vec<Repair>,
}

impl Forecast {
    /// Whether a commitment would be reckless: a unit of the pool cannot be
    /// staffed at all, or some dry draw could not.
    pub fn is_reckless(&self) -> bool {
        !self.unstaffable.is_empty() || self.rehearsal.as_ref().is_some_and(|dry| dry.failures > 0)
    }
}

/// Expected work of one zone against what its inspectors can take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneLoad {
    /// Key of the zone.
    pub zone: String,
    /// Its name.
    pub name: String,
    /// Units in the pool.
    pub pool: u64,
    /// Expected number of visits, in hundredths.
    pub visits_hundredths: u64,
    /// Expected minutes of work, all roles together.
    pub minutes: u64,
    /// Inspectors who can be paired, and those of them who can lead.
    pub inspectors: (u64, u64),
    /// Minutes these inspectors have.
    pub capacity_minutes: u64,
}

/// A contradiction worth knowing before the commitment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Key of the rule or zone, or label of the stratum.
    pub place: String,
    /// The same in the words of the policy.
    pub name: String,
    /// What contradicts what.
    pub what: Said,
}

/// A unit that nobody, or too few, may visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unstaffable {
    /// Id of the unit.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// The role that cannot be filled.
    pub role: Role,
    /// Inspectors eligible for it.
    pub eligible: usize,
    /// Whether there would be a team if everybody might meet everybody.
    pub apart: bool,
    /// How many inspectors each rule takes away.
    pub bars: Vec<(Bar, usize)>,
}

/// Looks ahead.
pub fn forecast(plan: &Plan<'_>) -> Forecast {
    let zones = zones(plan);
    let mut conflicts = rule_conflicts(plan);
    conflicts.extend(hopeless_strata(plan));
    conflicts.extend(strangers(plan));
    conflicts.extend(short_teams(plan));
    conflicts.extend(crowded(plan));
    conflicts.extend(zones.iter().filter(|zone| zone.minutes > zone.capacity_minutes).map(overload));
    let staffing = staffing(plan);
    let failing = staffing.failing();
    let rehearsal = match staffing {
        Staffing::Proved => None,
        Staffing::Undecided { draws } => Some(Rehearsal { draws, failures: 0, first: None }),
        Staffing::Fails(_) => Some(rehearsal(plan)),
    };
    // Where dry draws do not fail anyway, only a proof shows that a repair helps.
    let rehearsable = rehearsal.as_ref().is_some_and(|dry| dry.failures > 0);
    Forecast {
        certificate: failing.map(|failing| certificate(plan, failing)),
        repairs: failing.map_or_else(Vec::new, |failing| repairs(plan, failing, rehearsable)),
        rehearsal,
        unstaffable: unstaffable(plan),
        conflicts,
        staffing,
        zones,
    }
}

fn zones(plan: &Plan<'_>) -> Vec<ZoneLoad> {
    let policy = plan.question.policy;
    // Of each zone and stratum, carried units apart, which are certain: units, and
    // minutes of a whole team at each.
    let mut sums: BTreeMap<(&str, usize, bool), (u64, u64)> = BTreeMap::new();
    for (stratum, index, candidate, docket) in plan.eligibility.pool() {
        let team = plan.team_minutes(candidate.unit, docket);
        let held = plan.carried.holds(index);
        let sum = sums.entry((candidate.zone.unwrap_or_default(), stratum, held)).or_default();
        sum.0 += 1;
        sum.1 += team;
    }
    let load = |(zone, name): (&String, &String)| {
        let mut load = ZoneLoad {
            zone: zone.clone(),
            name: name.clone(),
            pool: 0,
            visits_hundredths: 0,
            minutes: 0,
            inspectors: (0, 0),
            capacity_minutes: 0,
        };
        for ((_, stratum, held), (units, minutes)) in sums.iter().filter(|((z, ..), _)| z == zone) {
            let (carried, pool) = (plan.carried.of(*stratum), plan.eligibility.strata[*stratum].pool);
            let (quota, pool) = if *held { (1, 1) } else { (plan.free(*stratum), pool - carried) };
            load.pool += units;
            load.visits_hundredths += 100 * quota * units / pool;
            load.minutes += quota * minutes / pool;
        }
        let fit = plan.eligibility.seats.iter().filter(|s| s.unfit.is_none() && s.inspector.zone == *zone);
        for seat in fit {
            load.inspectors.0 += 1;
            load.inspectors.1 += u64::from(seat.inspector.lead);
            load.capacity_minutes += u64::from(seat.minutes_left);
        }
        load
    };
    policy.zones.iter().map(load).collect()
}

fn overload(zone: &ZoneLoad) -> Conflict {
    let (need, have) = (zone.minutes.div_ceil(60), zone.capacity_minutes / 60);
    Conflict {
        place: zone.zone.clone(),
        name: zone.name.clone(),
        what: said!(
            "预计需要 {need} 小时，只有 {have} 小时",
            "about {need} hours are needed, only {have} are there"
        ),
    }
}

/// Strata whose pool gets no place at all: largest remainders leave the same
/// zones out month after month, so their units would never have a chance.
fn hopeless_strata(plan: &Plan<'_>) -> Vec<Conflict> {
    let policy = plan.question.policy;
    let strata = plan.eligibility.strata.iter().zip(&plan.quotas);
    let hopeless = strata.filter(|(stratum, quota)| {
        let whole: u64 =
            plan.eligibility.strata.iter().filter(|s| s.rule == stratum.rule).map(|s| s.pool).sum();
        **quota == 0 && total(&policy.strata[stratum.rule].quota, whole) > 0
    });
    let conflict = |(stratum, _): (&Stratum, &u64)| {
        let pool = stratum.pool;
        Conflict {
            place: stratum.label.clone(),
            name: match stratum.zone.as_ref().and_then(|zone| policy.zones.get(zone)) {
                Some(zone) => format!("{} {zone}", policy.strata[stratum.rule].name),
                None => policy.strata[stratum.rule].name.clone(),
            },
            what: said!(
                "{pool} 家单位分不到名额，本月没有机会；写 by_zone = false 合为一层则机会相等",
                "{pool} units get no place and have no chance this month; by_zone = false gives all the same chance"
            ),
        }
    };
    hopeless.map(conflict).collect()
}

/// Units that the policy leaves out by name but the register does not have.
fn strangers(plan: &Plan<'_>) -> Vec<Conflict> {
    let candidates = &plan.eligibility.candidates;
    let known = |id: &String| candidates.binary_search_by(|c| c.unit.id.cmp(id)).is_ok();
    let strangers = plan.question.policy.excluded.keys().filter(|id| !known(id));
    let conflict = |id: &String| Conflict {
        place: id.clone(),
        name: id.clone(),
        what: said!(
            "方案列明不参加抽取，名录里却没有这家单位",
            "the policy leaves it out, but the register has no such unit"
        ),
    };
    strangers.map(conflict).collect()
}

/// Items that need more people than a team has.
fn short_teams(plan: &Plan<'_>) -> Vec<Conflict> {
    let policy = plan.question.policy;
    let team_of = |item: &Item| {
        let shape = policy.team.shape_for(std::iter::once(item.code.as_str()));
        policy.team.shapes[shape].slots.len()
    };
    let drawn = plan.question.register.items.iter().filter(|item| policy.items.contains(&item.code));
    let short = drawn.filter(|item| item.staff as usize > team_of(item));
    let conflict = |item: &Item| {
        let (staff, team) = (item.staff, team_of(item));
        Conflict {
            place: item.code.clone(),
            name: item.name.clone(),
            what: said!(
                "事项要求 {staff} 人，检查组只有 {team} 人",
                "the item needs {staff} people, a team has {team}"
            ),
        }
    };
    short.map(conflict).collect()
}

/// Strata in which more units are carried over than the quota would draw.
fn crowded(plan: &Plan<'_>) -> Vec<Conflict> {
    let by_rule = quotas(plan.question.policy, &plan.eligibility.strata);
    let strata = plan.eligibility.strata.iter().enumerate().zip(by_rule);
    let crowded = strata.filter(|((number, _), quota)| plan.carried.of(*number) > *quota);
    let conflict = |((number, stratum), quota): ((usize, &Stratum), u64)| {
        let carried = plan.carried.of(number);
        Conflict {
            place: stratum.label.clone(),
            name: plan.question.policy.strata[stratum.rule].name.clone(),
            what: said!(
                "作废的抽取带入 {carried} 家，多于应抽的 {quota} 家；带入的全部要查，没有余下的名额",
                "{carried} units are carried over, more than the {quota} to draw; all of them are drawn, and no other"
            ),
        }
    };
    crowded.map(conflict).collect()
}

fn rule_conflicts(plan: &Plan<'_>) -> Vec<Conflict> {
    let mut conflicts = Vec::new();
    for (number, rule) in plan.question.policy.strata.iter().enumerate() {
        let members = plan.eligibility.strata.iter().filter(|stratum| stratum.rule == number);
        let pool: u64 = members.map(|stratum| stratum.pool).sum();
        let mut add =
            |what: Said| conflicts.push(Conflict { place: rule.id.clone(), name: rule.name.clone(), what });
        let floor = rule.quota.floor;
        if pool == 0 {
            add(said!("没有一家单位属于这一层", "no unit belongs to this stratum"));
            continue;
        }
        if floor > pool {
            add(said!(
                "下限 {floor} 家，池中只有 {pool} 家",
                "the floor is {floor}, the pool has only {pool}"
            ));
        }
        let uncapped = total(&crate::policy::QuotaRule { cap: None, ..rule.quota }, pool);
        let k = total(&rule.quota, pool);
        if k < uncapped.min(pool) {
            add(said!(
                "按比例应抽 {uncapped} 家，上限只许 {k} 家",
                "the share asks for {uncapped}, the cap allows {k}"
            ));
        }
        let (least, a_year) = (u64::from(rule.yearly_at_least), 12 * k);
        let need = least * pool;
        if need > a_year {
            add(said!(
                "每家每年至少 {least} 次共需 {need} 次，按本月数量一年只有 {a_year} 次",
                "at least {least} a year for each unit makes {need} visits, this month's quota makes {a_year} a year"
            ));
        }
        let months = rule.cooldown_months;
        if rule.yearly_at_least * months > 12 {
            add(said!(
                "每年至少 {least} 次与间隔 {months} 个月不能同时满足",
                "at least {least} a year and {months} months between visits cannot both hold"
            ));
        }
    }
    conflicts
}

/// The slot that cannot be filled at a unit, whatever else is drawn.
fn hopeless_slot(plan: &Plan<'_>, docket: &Docket) -> Option<usize> {
    if seatable(&docket.slots, &plan.eligibility.apart) {
        return None;
    }
    let empty = docket.slots.iter().position(Vec::is_empty);
    Some(empty.unwrap_or(docket.slots.len() - 1))
}

/// How many inspectors each rule keeps from `role` at a unit.
fn bars_by(dockets: &Dockets<'_>, candidate: &Candidate<'_>, role: &Role) -> Vec<(Bar, usize)> {
    let mut bars: BTreeMap<Bar, usize> = BTreeMap::new();
    let of_all = dockets.bars(candidate.unit, candidate.zone, &candidate.past, (role, Reach::Home));
    of_all.into_iter().flatten().for_each(|bar| *bars.entry(bar).or_default() += 1);
    bars.into_iter().collect()
}

fn unstaffable(plan: &Plan<'_>) -> Vec<Unstaffable> {
    let dockets = Dockets::new(&plan.question, &plan.eligibility.seats);
    let mut list = Vec::new();
    for (_, _, candidate, docket) in plan.eligibility.pool() {
        let Some(slot) = hopeless_slot(plan, docket) else { continue };
        let (role, eligible) = (plan.roles(docket)[slot].clone(), docket.slots[slot].len());
        list.push(Unstaffable {
            unit: candidate.unit.id.clone(),
            name: candidate.unit.name.clone(),
            bars: bars_by(&dockets, candidate, &role),
            role,
            eligible,
            apart: seatable(&docket.slots, &[]),
        });
    }
    list
}

/// The pool by kinds, and the candidates of each kind. Carried units are kinds of their
/// own, in a stratum of their own that is drawn whole: it has the number of theirs
/// plus the number of all strata.
pub(super) fn kinds(plan: &Plan<'_>) -> (Pool, Vec<Vec<usize>>) {
    let strata = plan.quotas.len();
    let mut members: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (index, candidate) in plan.eligibility.candidates.iter().enumerate() {
        if let Standing::Pool { stratum, docket } = candidate.standing {
            let stratum = if plan.carried.holds(index) { stratum + strata } else { stratum };
            members.entry((stratum, docket)).or_default().push(index);
        }
    }
    let kind = |((stratum, docket), members): (&(usize, usize), &Vec<usize>)| Kind {
        stratum: *stratum,
        count: clamped(members.len() as u64),
        slots: plan.eligibility.dockets[*docket].slots.as_slice().into(),
    };
    let pool = Pool {
        capacities: plan.eligibility.seats.iter().map(|seat| seat.capacity).collect(),
        quotas: (0..strata)
            .map(|stratum| plan.free(stratum))
            .chain((0..strata).map(|stratum| plan.carried.of(stratum)))
            .map(clamped)
            .collect(),
        kinds: members.iter().map(kind).collect(),
    };
    (pool, members.into_values().collect())
}

fn clamped(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A possible draw that cannot be staffed, in words of the office.
fn certificate(plan: &Plan<'_>, failing: &Failing) -> Certificate {
    let candidate = |visit: usize| failing.candidates[visit];
    Certificate::new(plan, (&failing.instance, &failing.shortage), candidate, |rank| rank as usize)
}
