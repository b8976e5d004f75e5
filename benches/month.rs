//! A district month from the loaded register to the finished record: 6,001
//! units, 306 drawn, 60 inspectors; judge, commit, draw, pair and print.
#![allow(missing_docs)]

#[path = "../tests/district/mod.rs"]
mod district;

use criterion::{Criterion, criterion_group, criterion_main};
use district::Chance;

fn month(c: &mut Criterion) {
    let district = district::example();
    let chance = Chance::number(1);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    let mut group = c.benchmark_group("month");
    group.bench_function("register to record, all cores", |b| b.iter(|| district.draw(&chance).seed));
    group.bench_function("register to record, one core", |b| {
        b.iter(|| one.install(|| district.draw(&chance).seed));
    });
    let plan = district.plan();
    group.bench_function("commitment alone", |b| b.iter(|| district.commit(&plan, &chance)));
    group.finish();
}

criterion_group!(benches, month);
criterion_main!(benches);
