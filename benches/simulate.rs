//! A simulated year of the example district, whole and by stage: 6,000 units, 60
//! inspectors, twelve draws with pairing and days, and all other work.
//! Trials (of a year) per second are what criterion prints as elements per second.
#![allow(missing_docs)]

#[path = "../tests/district/mod.rs"]
mod district;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use yaohao::calendar::Calendar;
use yaohao::digest::Digest;
use yaohao::draw::{Dry, Plan};
use yaohao::eligibility::{Dockets, Eligibility, Places, Standing, resting, seat_all};
use yaohao::sampling::select;
use yaohao::scenario::{Change, Scenario};
use yaohao::seed::Seed;
use yaohao::simulate::chance::Chance;
use yaohao::simulate::{Ground, Request, Watch, World, run, study};

const SCENARIO: &str = include_str!("../config/scenario.toml");

fn year(works: bool) -> Scenario {
    let mut scenario = Scenario::read("scenario.toml", SCENARIO).expect("the shipped scenario");
    scenario.months = 12;
    if !works {
        scenario.works.clear();
    }
    scenario
}

fn whole(c: &mut Criterion) {
    let district = district::example();
    let calendar = Calendar::read("calendar.toml", district::CALENDAR).expect("the shipped calendar");
    let mut group = c.benchmark_group("simulated year");
    group.throughput(Throughput::Elements(1)).sample_size(20);
    for (name, works) in [("everything", true), ("draws alone", false)] {
        let scenario = year(works);
        let registers = (&district.register, &district.history);
        let ground = Ground::new(&district.policy, registers, &scenario, &calendar, (2026, 12));
        let ground = ground.expect("the calendar has 2026");
        let world = World::new(&ground, district.policy.clone(), &Change::default());
        let mut number = 0;
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
        group.bench_function(name, |b| {
            b.iter(|| {
                number += 1;
                one.install(|| run(&world, &Chance::new("bench", number)))
            });
        });
    }
    group.finish();
    let scenario = year(true);
    let mut group = c.benchmark_group("64 simulated years, added up");
    group.throughput(Throughput::Elements(64)).sample_size(10);
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        group.bench_function(format!("{threads} threads"), |b| {
            b.iter(|| {
                let request = Request {
                    policy: &district.policy,
                    register: &district.register,
                    history: &district.history,
                    calendar: &calendar,
                    scenario: &scenario,
                    first: (2026, 12),
                    seed: "bench",
                    trials: 64,
                    precision: None,
                    variants: &[],
                    marginal: false,
                };
                let watch = Watch { done: &|| {}, stop: &|| false };
                pool.install(|| study(&request, &watch)).expect("the calendar has 2026")
            });
        });
    }
    group.finish();
}

/// The stages of one draw, twelve times each, as they are asked in a simulated year.
fn stages(c: &mut Criterion) {
    let district = district::example();
    let calendar = Calendar::read("calendar.toml", district::CALENDAR).expect("the shipped calendar");
    let plan = district.plan();
    let question = plan.question;
    let places = Places::of(&question);
    let seed = Seed::sha256(Digest::of(&[b"bench"]));
    let drawn = drawn(&plan, &seed);
    let days =
        calendar.working_days(question.window.first, question.window.last).expect("the calendar has 2026");
    let seats = seat_all(&question);
    let narrow = narrowed(&plan, &drawn);
    let mut bare = district.policy.clone();
    bare.schedule = None;
    let without =
        Plan { question: yaohao::eligibility::Question { policy: &bare, ..question }, ..narrow.clone() };
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    let mut group = c.benchmark_group("stages of twelve draws");
    group.throughput(Throughput::Elements(1));
    let twelve = |stage: &(dyn Fn() + Sync)| one.install(|| (0..12).for_each(|_| stage()));
    group.bench_function("eligibility: who rests", |b| {
        let ask = || {
            let rules = places.units.iter().filter_map(|(unit, _, stratum)| Some((unit, (*stratum)?)));
            let rests = rules.filter(|(unit, stratum)| {
                let rule = &question.policy.strata[places.strata[*stratum].rule];
                resting(rule, question.window, unit.last_inspection, unit.visits_this_year).is_some()
            });
            black_box(rests.count());
        };
        b.iter(|| twelve(&ask));
    });
    group.bench_function("sampling", |b| {
        let ask = || {
            black_box(self::drawn(&plan, &seed));
        };
        b.iter(|| twelve(&ask));
    });
    group.bench_function("eligibility: dockets", |b| {
        let ask = || {
            let makers = Dockets::new(&question, &seats);
            for candidate in &narrow.eligibility.candidates {
                black_box(makers.docket(candidate.unit, candidate.zone, &candidate.past));
            }
        };
        b.iter(|| twelve(&ask));
    });
    group.bench_function("pairing", |b| {
        let ask = || drop(black_box(Dry::of_all(&without, &days, &seed)));
        b.iter(|| twelve(&ask));
    });
    group.bench_function("pairing and scheduling", |b| {
        let ask = || drop(black_box(Dry::of_all(&narrow, &days, &seed)));
        b.iter(|| twelve(&ask));
    });
    group.finish();
}

/// The candidates that the seed draws, in their order.
fn drawn(plan: &Plan<'_>, seed: &Seed) -> Vec<usize> {
    let mut pools: Vec<Vec<(usize, &str)>> = vec![Vec::new(); plan.quotas.len()];
    plan.eligibility.pool().for_each(|(stratum, at, of, _)| pools[stratum].push((at, of.unit.id.as_str())));
    let mut drawn = Vec::new();
    for (stratum, pool) in pools.iter().enumerate() {
        let ids: Vec<&str> = pool.iter().map(|(_, id)| *id).collect();
        let label = &plan.eligibility.strata[stratum].label;
        drawn
            .extend(select(seed, label, &ids, plan.quotas[stratum] as usize).iter().map(|d| pool[d.index].0));
    }
    drawn.sort_unstable();
    drawn
}

/// The plan that draws exactly these.
fn narrowed<'a>(plan: &Plan<'a>, drawn: &[usize]) -> Plan<'a> {
    let candidates: Vec<_> = drawn.iter().map(|at| plan.eligibility.candidates[*at].clone()).collect();
    let mut quotas = vec![0; plan.quotas.len()];
    for candidate in &candidates {
        if let Standing::Pool { stratum, .. } = candidate.standing {
            quotas[stratum] += 1;
        }
    }
    let eligibility = Eligibility { candidates, ..plan.eligibility.clone() };
    Plan { eligibility, quotas, ..plan.clone() }
}

criterion_group!(benches, whole, stages);
criterion_main!(benches);
