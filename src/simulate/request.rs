//! What is asked, and how trials are run: side by side, in batches, added up in their order,
//! so that neither the number of threads nor an interruption changes any figure.

use super::book::Book;
use super::chance::Chance;
use super::ground::Ground;
use super::study::{Ending, Named, Person, Study};
use super::totals::{Group, Totals};
use super::trial;
use super::world::World;
use super::yearly::Yearly;
use crate::calendar::{Calendar, UnknownYear};
use crate::eligibility::History;
use crate::policy::{Fraction, Policy};
use crate::register::{Class, Register};
use crate::said;
use crate::scenario::{Change, Scenario, Variant};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Trials that are run before their figures are looked at.
const BATCH: u64 = 32;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The rules of the base.
    pub policy: &'a Policy,
    /// The registers.
    pub register: &'a Register,
    /// Earlier draws of the office, as of the first month.
    pub history: &'a History,
    /// Which days are worked.
    pub calendar: &'a Calendar,
    /// What is assumed.
    pub scenario: &'a Scenario,
    /// The first month: year and month.
    pub first: (i32, u32),
    /// What all chance follows from.
    pub seed: &'a str,
    /// Trials at most; at least 1.
    pub trials: u64,
    /// Trials end once the minutes of every zone are known to this share of them.
    pub precision: Option<Fraction>,
    /// What the base is compared with, each under its own policy where it names one.
    pub variants: &'a [(Variant, Policy)],
    /// Whether to ask what one more lead in each zone changes.
    pub marginal: bool,
}

/// Who watches: told after every trial, and asked whether to go on.
pub struct Watch<'a> {
    /// A trial is done.
    pub done: &'a (dyn Fn() + Sync),
    /// Whether somebody wants it to end.
    pub stop: &'a (dyn Fn() -> bool + Sync),
}

/// Runs the trials.
///
/// # Errors
/// [`UnknownYear`] if the calendar does not have the year that stands for unknown ones.
pub fn study(request: &Request<'_>, watch: &Watch<'_>) -> Result<Study, UnknownYear> {
    let Request { policy, scenario, seed, .. } = *request;
    let registers = (request.register, request.history);
    let ground = Ground::new(policy, registers, scenario, request.calendar, request.first)?;
    let worlds = worlds(request, &ground);
    let (groups, strata) = groups(&worlds[0]);
    let mut totals: Vec<Totals> = worlds.iter().map(|world| Totals::new(world, groups.len())).collect();
    let years = ground.months.len() as i64 / 12;
    let mut trials = 0;
    let ending = loop {
        let batch = trials + 1..=(trials + BATCH).min(request.trials);
        let (wanted, made) = (batch.end() - trials, run_batch(&worlds, seed, batch, watch));
        for books in &made {
            add(&worlds, &groups, &mut totals, books);
        }
        trials += made.len() as u64;
        let precise = || request.precision.is_some_and(|share| totals[0].is_precise(share, years));
        match () {
            () if (made.len() as u64) < wanted => break Ending::Interrupted,
            () if precise() => break Ending::Precise,
            () if trials == request.trials => break Ending::AllTrials,
            () => {}
        }
    };
    Ok(found(request, &ground, &worlds, (&groups, strata), &totals, (trials, ending)))
}

/// The base, the variants, and one world a zone with one more lead, if that is asked.
fn worlds<'a>(request: &Request<'_>, ground: &'a Ground<'a>) -> Vec<World<'a>> {
    let mut worlds = vec![World::new(ground, request.policy.clone(), &Change::default())];
    worlds.extend(
        request.variants.iter().map(|(variant, policy)| World::new(ground, policy.clone(), &variant.change)),
    );
    for (zone, _) in ground.zones.iter().filter(|_| request.marginal) {
        let change = Change { inspectors: BTreeMap::from([(zone.clone(), 1)]), ..Change::default() };
        worlds.push(World::new(ground, request.policy.clone(), &change));
    }
    worlds
}

/// The books of these trials, world by world; fewer trials if somebody wants it to end.
fn run_batch(
    worlds: &[World<'_>],
    seed: &str,
    batch: std::ops::RangeInclusive<u64>,
    watch: &Watch<'_>,
) -> Vec<Vec<Book>> {
    let trial = |number: u64| {
        let chance = Chance::new(seed, number);
        let mut books = Vec::with_capacity(worlds.len());
        for world in worlds {
            if (watch.stop)() {
                return None;
            }
            books.push(trial::run(world, &chance));
        }
        (watch.done)();
        Some(books)
    };
    let made: Vec<Option<Vec<Book>>> = batch.into_par_iter().map(trial).collect();
    // The first so many trials: what an interruption leaves is what fewer trials give.
    made.into_iter().map_while(|books| books).collect()
}

fn add(worlds: &[World<'_>], groups: &[Group], totals: &mut [Totals], books: &[Book]) {
    let yearly: Vec<Yearly> = worlds.iter().zip(books).map(|(world, book)| Yearly::of(world, book)).collect();
    for (at, world) in worlds.iter().enumerate() {
        let base = (at > 0).then_some(&yearly[0]);
        totals[at].add(world, groups, &books[at], &yearly[at], base);
    }
}

/// The units at the start by stratum of the policy, and then by class; and how many strata.
fn groups(base: &World<'_>) -> (Vec<Group>, usize) {
    let (ground, frame) = (base.ground, &base.frames[0]);
    let rule = |unit: usize| Some(frame.strata[frame.spots[unit].stratum?].rule);
    let floor = |unit: usize| base.policy.strata[rule(unit).unwrap_or(0)].yearly_at_least;
    let group = |fits: &dyn Fn(usize) -> bool| {
        let units: Vec<usize> =
            (0..ground.present).filter(|unit| rule(*unit).is_some() && fits(*unit)).collect();
        Group { floors: units.iter().map(|unit| floor(*unit)).collect(), units }
    };
    let strata = base.policy.strata.len();
    let mut groups: Vec<Group> =
        (0..strata).map(|stratum| group(&|unit| rule(unit) == Some(stratum))).collect();
    groups.extend(classes(ground).into_iter().map(|class| group(&|unit| ground.classes[unit] == class)));
    (groups, strata)
}

fn classes(ground: &Ground<'_>) -> Vec<Class> {
    ground.classes[..ground.present].iter().copied().collect::<BTreeSet<_>>().into_iter().collect()
}

/// Writes everything down.
fn found(
    request: &Request<'_>,
    ground: &Ground<'_>,
    worlds: &[World<'_>],
    groups: (&[Group], usize),
    totals: &[Totals],
    (trials, ending): (u64, Ending),
) -> Study {
    let named = |key: &str, name: &str| Named { key: key.to_owned(), name: name.to_owned() };
    let base = named("base", &said!("基准", "base").zh);
    let variants = request.variants.iter().map(|(variant, _)| named(&variant.id, &variant.name));
    let names: Vec<Named> = std::iter::once(base).chain(variants).collect();
    let of = |(at, name): (usize, &Named)| {
        totals[at].run(&worlds[at], name.clone(), groups, &order(&worlds[0], &worlds[at]))
    };
    let (rules, scenario) = (&worlds[0].policy.strata, request.scenario);
    let person = |position: usize| {
        let inspector = &worlds[0].register.inspectors[position];
        let zone = worlds[0].hands[position].zone.unwrap_or(ground.zones.len());
        Person { certificate: inspector.certificate.clone(), zone, lead: inspector.lead }
    };
    let kinds = [("drawn", said!("抽查", "drawn visits")), ("reinspection", said!("复查", "second looks"))];
    let kinds = kinds.map(|(key, name)| named(key, &name.zh));
    let works = scenario.works.iter().map(|work| named(&work.id, &work.name));
    let works_yearly = scenario.works.iter().map(|work| Some(work.yearly));
    let years = ground.months.len() as i64 / 12;
    Study {
        office: request.policy.office_name.clone(),
        scenario: scenario.name.clone(),
        seed: request.seed.to_owned(),
        trials,
        asked: request.trials,
        precision: request.precision,
        ending,
        months: ground.months.iter().map(|month| month.name).collect(),
        zones: ground.zones.iter().map(|(key, name)| named(key, name)).collect(),
        towns: ground
            .towns
            .iter()
            .map(|town| named(&town.code, &request.policy.town_called(&town.code)))
            .collect(),
        people: (0..worlds[0].hands.len())
            .filter(|position| worlds[0].hands[*position].own)
            .map(person)
            .collect(),
        kinds: kinds.into_iter().chain(works).collect(),
        yearly: [None, None].into_iter().chain(works_yearly).collect(),
        strata: rules.iter().map(|rule| named(&rule.id, &rule.name)).collect(),
        floors: rules.iter().map(|rule| rule.yearly_at_least).collect(),
        classes: classes(ground).into_iter().map(|class| named(class.key(), class.zh())).collect(),
        assumptions: scenario.assumptions.clone(),
        runs: names.iter().enumerate().map(of).collect(),
        marginal: totals[names.len()..].iter().map(|totals| totals.differences(years)).collect(),
    }
}

/// Positions in `world` of the people of `base` in their order, and then of its own; those
/// only who do the office's work.
fn order(base: &World<'_>, world: &World<'_>) -> Vec<usize> {
    let people = &world.register.inspectors;
    let at = |certificate: &str| people.iter().position(|person| person.certificate == certificate);
    let known: Vec<usize> =
        base.register.inspectors.iter().filter_map(|person| at(&person.certificate)).collect();
    let added: Vec<usize> = (0..people.len()).filter(|position| !known.contains(position)).collect();
    known.into_iter().chain(added).filter(|position| world.hands[*position].own).collect()
}
