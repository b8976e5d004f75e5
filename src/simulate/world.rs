//! One scenario of a study: a policy, its people and its work, prepared for however many
//! trials.

use super::chance::{Ends, Poisson};
use super::ground::{Ground, inspectors};
use crate::eligibility::{History, Places, Question, Stratum, Window};
use crate::policy::Policy;
use crate::register::{Class, Inspector, Post, Register};
use crate::scenario::{Change, Season, Work};
use crate::time::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Kinds of work before those of the scenario: drawn visits, and second looks.
pub const DRAWN: usize = 0;
/// See [`DRAWN`].
pub const AGAIN: usize = 1;
/// Number of the first kind of the scenario.
pub const FIRST: usize = 2;

/// A unit in a month, by the register alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Its version: an index into the units of the ground.
    pub version: usize,
    /// Index of its zone.
    pub zone: usize,
    /// Index of its stratum, if it has one.
    pub stratum: Option<usize>,
}

/// A month by the register alone.
#[derive(Debug, PartialEq, Eq)]
pub struct Frame {
    /// Every unit, by id.
    pub spots: Vec<Spot>,
    /// The strata, in byte order of their labels.
    pub strata: Vec<Stratum>,
}

/// How work of one kind comes in one month.
#[derive(Debug, Clone)]
pub struct Arrivals {
    /// How many.
    pub count: Arc<Poisson>,
    /// On which days, all alike.
    pub days: Vec<usize>,
}

/// An inspector, as far as work asks.
#[derive(Debug, Clone, Copy)]
pub struct Hand {
    /// Index of the zone; none for people of other places.
    pub zone: Option<usize>,
    /// Whether the person may lead.
    pub lead: bool,
    /// Whether the person does work that is not drawn: in post, and of the office itself.
    pub own: bool,
}

/// One scenario of a study.
#[derive(Debug)]
pub struct World<'a> {
    /// What all scenarios share.
    pub ground: &'a Ground<'a>,
    /// The rules.
    pub policy: Policy,
    /// Everything of the registers but units.
    pub register: Register,
    /// The same people, as far as work asks.
    pub hands: Vec<Hand>,
    /// Whether everybody works everywhere.
    pub pooled: bool,
    /// The months by the register alone; equal ones are kept once.
    pub frames: Vec<Arc<Frame>>,
    /// By month and town: index of the zone, if the town belongs to the office.
    pub zones: Vec<Vec<Option<usize>>>,
    /// By kind of the scenario's work and month.
    pub arrivals: Vec<Vec<Arrivals>>,
    /// By class of the ground: when units close.
    pub closing: BTreeMap<Class, Ends>,
    /// By class: how many open in a month.
    pub opening: BTreeMap<Class, Poisson>,
    /// How many sick leaves a person has in a trial.
    pub sick: Poisson,
    /// Minutes there and back by zone, and on top for people of others.
    way: Vec<i64>,
    /// See `way`.
    elsewhere: i64,
}

impl<'a> World<'a> {
    /// The scenario with `change`, under `policy`: the office's, or the one that the change
    /// names.
    pub fn new(ground: &'a Ground<'a>, policy: Policy, change: &Change) -> World<'a> {
        let policy = changed(policy, change);
        let people = inspectors(&ground.register, &change.inspectors);
        let hands = people.iter().map(|person| hand(ground, &policy, person)).collect();
        let (register, scenario) = (&ground.register, ground.scenario);
        let churn = &scenario.churn;
        let months = ground.months.len();
        let way =
            |(zone, _): &(String, String)| i64::from(scenario.travel.zones.get(zone).copied().unwrap_or(0));
        let sick = u64::from(scenario.leave.sick_yearly) * u64::from(scenario.months / 12);
        World {
            sick: Poisson::new(sick, 100),
            way: ground.zones.iter().map(way).collect(),
            elsewhere: i64::from(scenario.travel.elsewhere),
            frames: frames(ground, &policy),
            zones: ground.months.iter().map(|month| zones(ground, &policy, month.first)).collect(),
            arrivals: scenario.works.iter().map(|work| arrivals(ground, work, change)).collect(),
            closing: churn.closing.iter().map(|(class, share)| (*class, Ends::new(*share, months))).collect(),
            opening: churn
                .opening
                .iter()
                .map(|(class, yearly)| (*class, Poisson::new(u64::from(*yearly), 12)))
                .collect(),
            register: Register {
                units: Vec::new(),
                inspectors: people,
                items: register.items.clone(),
                recusals: register.recusals.clone(),
            },
            pooled: !policy.team.home_zone_only,
            hands,
            policy,
            ground,
        }
    }

    /// Minutes there and back to a zone for somebody.
    pub fn travel(&self, position: usize, zone: usize) -> i64 {
        let elsewhere = if self.hands[position].zone == Some(zone) { 0 } else { self.elsewhere };
        self.way[zone] + elsewhere
    }

    /// What eligibility is judged on in a month, with the people of `register`.
    pub fn question<'b>(&'b self, register: &'b Register, month: usize) -> Question<'b> {
        static NOTHING: History = History(BTreeMap::new());
        let month = &self.ground.months[month];
        let window = Window { first: month.first, last: month.last };
        Question { policy: &self.policy, register, history: &NOTHING, window }
    }
}

/// The policy with the changes of a variant.
fn changed(mut policy: Policy, change: &Change) -> Policy {
    if let Some(pooled) = change.pooled {
        policy.team.home_zone_only = !pooled;
        // Where everybody works everywhere there is nothing to exchange.
        policy.team.exchange = policy.team.exchange.filter(|_| !pooled);
    }
    if change.exchange.is_some() {
        policy.team.exchange = change.exchange;
    }
    for town in &mut policy.towns {
        change.towns.get(&town.code).into_iter().for_each(|zone| town.zone.clone_from(zone));
    }
    policy.strata.iter_mut().for_each(|rule| rule.quota.size = change.quota(rule));
    policy
}

fn hand(ground: &Ground<'_>, policy: &Policy, person: &Inspector) -> Hand {
    let own = person.post == Post::InPost && policy.team.department(&person.department).is_none();
    Hand { zone: ground.zone(&person.zone), lead: person.lead, own }
}

/// The zone of every town on `day`.
fn zones(ground: &Ground<'_>, policy: &Policy, day: Date) -> Vec<Option<usize>> {
    let zone = |code: &str| policy.town_on(code, day).and_then(|town| ground.zone(&town.zone));
    ground.towns.iter().map(|town| zone(&town.code)).collect()
}

fn frames(ground: &Ground<'_>, policy: &Policy) -> Vec<Arc<Frame>> {
    let history = History::default();
    let mut frames: Vec<Arc<Frame>> = Vec::new();
    for month in &ground.months {
        let window = Window { first: month.first, last: month.last };
        let places = Places::of(&Question { policy, register: &ground.register, history: &history, window });
        let frame = frame(ground, places);
        let same = frames.last().filter(|last| ***last == frame).cloned();
        frames.push(same.unwrap_or_else(|| Arc::new(frame)));
    }
    frames
}

fn frame(ground: &Ground<'_>, places: Places<'_>) -> Frame {
    let mut version = 0;
    let mut spots = Vec::with_capacity(places.units.len());
    let versions = ground.register.units.chunk_by(|a, b| a.id == b.id);
    for (versions, (unit, zone, stratum)) in versions.zip(&places.units) {
        let at = versions.iter().position(|of| std::ptr::eq(of, *unit)).unwrap_or(0);
        let zone = zone.and_then(|zone| ground.zone(zone)).unwrap_or(0);
        spots.push(Spot { version: version + at, zone, stratum: *stratum });
        version += versions.len();
    }
    Frame { spots, strata: places.strata }
}

/// How `work` comes, month by month.
fn arrivals(ground: &Ground<'_>, work: &Work, change: &Change) -> Vec<Arrivals> {
    let yearly = u64::from(change.yearly.get(&work.id).copied().unwrap_or(work.yearly));
    let mut tables: BTreeMap<(u64, u64), Arc<Poisson>> = BTreeMap::new();
    let mut table = |of: u64, per: u64| {
        tables.entry((of, per)).or_insert_with(|| Arc::new(Poisson::new(of, per.max(1)))).clone()
    };
    let comes = |day: &usize| work.on_rest_days || ground.working[*day];
    let month = |month: &super::ground::Month| {
        let days: Vec<usize> = month.days.clone().filter(comes).collect();
        match &work.season {
            Season::Months(weights) => {
                let weight = u64::from(weights[month.name.1 as usize - 1]);
                let all: u64 = weights.iter().map(|weight| u64::from(*weight)).sum();
                // Nothing comes in a month without a day on which it could.
                let weight = if days.is_empty() { 0 } else { weight };
                Arrivals { count: table(yearly * weight, all), days }
            }
            Season::Days(periods) => {
                let within = |date: Date| {
                    let day = (date.month(), date.day());
                    periods.iter().any(|(first, last)| *first <= day && day <= *last)
                };
                let days: Vec<usize> = days.into_iter().filter(|day| within(ground.dates[*day])).collect();
                Arrivals {
                    count: table(yearly * days.len() as u64, season_days(ground, month, comes, within)),
                    days,
                }
            }
        }
    };
    ground.months.iter().map(month).collect()
}

/// Days of the season in the twelve months of the study that hold `month`.
fn season_days(
    ground: &Ground<'_>,
    month: &super::ground::Month,
    comes: impl Fn(&usize) -> bool,
    within: impl Fn(Date) -> bool,
) -> u64 {
    let at = ground.months.iter().position(|other| other.name == month.name).unwrap_or(0) / 12 * 12;
    let year = &ground.months[at..(at + 12).min(ground.months.len())];
    let days = year.iter().flat_map(|month| month.days.clone());
    days.filter(|day| comes(day) && within(ground.dates[*day])).count() as u64
}
