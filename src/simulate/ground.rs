//! What all scenarios of a study share: the days, the towns, the units and the people, and
//! where they stand when it begins.

use crate::calendar::{Calendar, UnknownYear};
use crate::eligibility::History;
use crate::policy::Policy;
use crate::register::{Class, Inspector, Post, Register, Status, Unit};
use crate::scenario::Scenario;
use crate::time::{Date, Period};
use std::collections::{BTreeMap, BTreeSet};

/// One month of a trial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// Year and month.
    pub name: (i32, u32),
    /// Its first and last day.
    pub first: Date,
    /// See `first`.
    pub last: Date,
    /// Numbers of its days, from the first of the study.
    pub days: std::ops::Range<usize>,
    /// Its working days.
    pub working: Vec<usize>,
}

/// A town with its weight for work that comes at random.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Town {
    /// Its code.
    pub code: String,
    /// Units there.
    pub units: u64,
}

/// A unit at the start: what was done to it before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// The last inspection.
    pub last: Option<Date>,
    /// Drawn inspections in the calendar year of the first month.
    pub visits: u32,
    /// Certificate numbers of the last team.
    pub team: BTreeSet<String>,
}

/// What all scenarios of a study share.
#[derive(Debug)]
pub struct Ground<'a> {
    /// What is assumed.
    pub scenario: &'a Scenario,
    /// The registers: of units the versions of the register, then those that may open.
    pub register: Register,
    /// The months.
    pub months: Vec<Month>,
    /// Of every day, whether it is worked.
    pub working: Vec<bool>,
    /// The date of every day.
    pub dates: Vec<Date>,
    /// Keys of the zones, and their names.
    pub zones: Vec<(String, String)>,
    /// Every town of the policy, by code.
    pub towns: Vec<Town>,
    /// Where each unit stands at the start, by id; unborn units too.
    pub starts: Vec<Start>,
    /// How many units there are at the start.
    pub present: usize,
    /// Class of every unit at the start, by id.
    pub classes: Vec<Class>,
}

impl<'a> Ground<'a> {
    /// Of the office from the month `first` (year and month) on.
    ///
    /// # Errors
    /// [`UnknownYear`] if the calendar does not even have the year that stands for others.
    pub fn new(
        policy: &Policy,
        (register, history): (&Register, &History),
        scenario: &'a Scenario,
        calendar: &Calendar,
        first: (i32, u32),
    ) -> Result<Ground<'a>, UnknownYear> {
        let months = months(scenario, calendar, first)?;
        let last = months.last().expect("a scenario has months").days.end;
        let day = |n: usize| months[0].first.plus_days(n as i64);
        let mut working = vec![false; last];
        months.iter().flat_map(|month| &month.working).for_each(|day| working[*day] = true);
        let present = register.units.chunk_by(|a, b| a.id == b.id).count();
        let towns = towns(policy, register);
        let mut register = register.clone();
        register.units.extend(openings(&register, scenario));
        let by_id = || register.units.chunk_by(|a, b| a.id == b.id);
        let latest = |versions: &'_ [Unit]| versions.len() - 1;
        let start = |unit: &Unit| {
            let past = history.of(unit);
            Start { last: past.last, visits: past.visits_this_year, team: past.team }
        };
        Ok(Ground {
            zones: policy.zones.iter().map(|(key, name)| (key.clone(), name.clone())).collect(),
            starts: by_id().map(|versions| start(&versions[latest(versions)])).collect(),
            classes: by_id().map(|versions| versions[latest(versions)].class).collect(),
            dates: (0..last).map(day).collect(),
            scenario,
            months,
            towns,
            working,
            present,
            register,
        })
    }

    /// Index of a zone.
    pub fn zone(&self, key: &str) -> Option<usize> {
        self.zones.iter().position(|(zone, _)| zone == key)
    }

    /// Index of a town.
    pub fn town(&self, code: &str) -> Option<usize> {
        self.towns.binary_search_by(|town| town.code.as_str().cmp(code)).ok()
    }
}

fn months(scenario: &Scenario, calendar: &Calendar, first: (i32, u32)) -> Result<Vec<Month>, UnknownYear> {
    let first = Date::new(first.0, first.1, 1).unwrap_or(Date::LAST);
    let mut months = Vec::new();
    let mut day = 0;
    for n in 0..scenario.months {
        let (from, next) = (first.plus_months(n), first.plus_months(n + 1));
        let days = from.days_through(next) as usize - 1;
        let working = (0..days).filter_map(|n| {
            is_working(calendar, scenario.calendar_year, from.plus_days(n as i64))
                .map(|works| works.then_some(day + n))
                .transpose()
        });
        let working = working.collect::<Result<_, _>>()?;
        let last = next.plus_days(-1);
        months.push(Month {
            name: (from.year(), from.month()),
            first: from,
            last,
            days: day..day + days,
            working,
        });
        day += days;
    }
    Ok(months)
}

/// As announced, or else as on the same day of the year `like`.
fn is_working(calendar: &Calendar, like: i32, day: Date) -> Result<bool, UnknownYear> {
    calendar.is_working(day).or_else(|_| {
        let same = Date::new(like, day.month(), day.day());
        calendar.is_working(same.or(Date::new(like, 2, 28)).unwrap_or(day))
    })
}

/// Every town of the policy with the units of the register there.
fn towns(policy: &Policy, register: &Register) -> Vec<Town> {
    let mut units: BTreeMap<&str, u64> = policy.towns.iter().map(|town| (town.code.as_str(), 0)).collect();
    for unit in &register.units {
        let town = unit.town.as_deref().and_then(|town| units.get_mut(town));
        town.into_iter().for_each(|units| *units += 1);
    }
    units.into_iter().map(|(code, units)| Town { code: code.to_owned(), units }).collect()
}

/// Units that may open: of each class in which units open, one like each that is there, as
/// often as so many may ever open in a trial; without a past. Which of them open a trial
/// decides, so that new units are like the old ones whatever the seed.
fn openings(register: &Register, scenario: &Scenario) -> Vec<Unit> {
    let years = u64::from(scenario.months / 12);
    let mut opened = Vec::new();
    for (class, yearly) in scenario.churn.opening.iter().filter(|(_, yearly)| **yearly > 0) {
        let like: Vec<&Unit> = register.units.iter().filter(|unit| unit.class == *class).collect();
        let mean = u64::from(*yearly) * years;
        // Six standard deviations above the mean.
        let most = mean + 6 * mean.isqrt() + 10;
        let times = if like.is_empty() { 0 } else { most.div_ceil(like.len() as u64) };
        for (number, model) in (1..).zip((0..times).flat_map(|_| like.iter())) {
            opened.push(Unit {
                id: format!("NEW-{}-{number:06}", class.key()),
                group: None,
                status: Status::Active,
                period: Period::default(),
                last_inspection: None,
                last_team: BTreeSet::new(),
                visits_this_year: 0,
                penalties: 0,
                ..(*model).clone()
            });
        }
    }
    opened
}

/// The inspectors of a scenario: those of the register, and `more` leads by zone, who come
/// last in the order of certificate numbers and can do what somebody in the zone can.
pub fn inspectors(register: &Register, more: &BTreeMap<String, u32>) -> Vec<Inspector> {
    let mut all = register.inspectors.clone();
    for (zone, count) in more {
        let here = |person: &&Inspector| person.zone == *zone;
        let leads = || register.inspectors.iter().filter(|person| person.lead && person.post == Post::InPost);
        let Some(model) = leads().find(here).or_else(|| leads().next()) else { continue };
        let skills = leads().flat_map(|person| person.skills.iter().cloned()).collect();
        for number in 1..=*count {
            all.push(Inspector {
                // Behind every number that people write.
                certificate: format!("~{zone}-{number:03}"),
                name: String::new(),
                zone: zone.clone(),
                leave: Vec::new(),
                validity: Period::default(),
                capacity_minutes: None,
                carried_minutes: 0,
                skills: BTreeSet::clone(&skills),
                expert: false,
                ..model.clone()
            });
        }
    }
    all.sort_by(|a, b| a.certificate.cmp(&b.certificate));
    all
}
