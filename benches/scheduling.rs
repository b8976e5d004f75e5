//! Days for the visits of a draw: the example, 306 visits of 60 people, and 10,000 visits
//! of 700 people in 22 towns, with little time to spare.
#![allow(missing_docs)]

#[path = "../tests/district/mod.rs"]
mod district;

use criterion::{Criterion, criterion_group, criterion_main};
use district::Chance;
use yaohao::digest::Digest;
use yaohao::scheduling::{Question, Visit, schedule};
use yaohao::seed::Seed;
use yaohao::stream::Stream;

fn large() -> Question {
    let (people, seed) = (700, Digest([1; 32]));
    let mut words = Stream::new(seed);
    let visit = |number: usize| {
        let lead = words.below(people) as u32;
        let assistant = (lead + 1 + words.below(people - 1) as u32) % people as u32;
        let town = format!("T{}", words.below(22));
        Visit { unit: format!("U{number:05}"), town, team: vec![(lead, 240), (assistant, 180)] }
    };
    Question {
        seed: Seed::sha256(seed),
        visits: (0..10_000).map(visit).collect(),
        days: 22,
        availability: vec![vec![420; 22]; people as usize],
    }
}

fn days(c: &mut Criterion) {
    let example = district::example().draw(&Chance::number(1)).scheduling();
    let large = large();
    let mut group = c.benchmark_group("scheduling");
    group.bench_function("306 visits", |b| b.iter(|| schedule(&example)));
    group.sample_size(10);
    group.bench_function("10,000 visits", |b| b.iter(|| schedule(&large)));
    group.finish();
}

criterion_group!(benches, days);
criterion_main!(benches);
