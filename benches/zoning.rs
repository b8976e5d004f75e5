//! Towns in zones: the 22 towns of the example map in two to six zones, and a grid of 64.
#![allow(missing_docs)]

#[path = "../tests/zoning/example.rs"]
mod example;

use criterion::{Criterion, criterion_group, criterion_main};
use example::{grid, towns};
use yaohao::zoning::split;

fn zones(c: &mut Criterion) {
    let mut group = c.benchmark_group("zoning");
    group.sample_size(10);
    for zones in 2..=6 {
        let question = towns(zones);
        group.bench_function(format!("22 towns, {zones} zones"), |b| b.iter(|| split(&question, u64::MAX)));
    }
    let grid = grid(4);
    group.bench_function("64 towns, 4 zones, 100,000 steps", |b| b.iter(|| split(&grid, 100_000)));
    group.finish();
}

criterion_group!(benches, zones);
criterion_main!(benches);
