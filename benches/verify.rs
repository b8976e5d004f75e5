//! Verification of the example draw, beside making it.
#![allow(missing_docs)]

#[path = "../tests/district/mod.rs"]
mod district;

use criterion::{Criterion, criterion_group, criterion_main};
use district::Chance;
use yaohao::explain::explain;
use yaohao::verify::{Known, Verdict, verify};

fn verification(c: &mut Criterion) {
    let district = district::example();
    let chance = Chance::number(1);
    let folder = district.draw(&chance).folder;
    assert_eq!(verify(&folder, &Known::default()).verdict, Verdict::Verified);
    let mut group = c.benchmark_group("verify");
    group.bench_function("make the draw", |b| b.iter(|| district.draw(&chance).seed));
    group.bench_function("verify the draw", |b| b.iter(|| verify(&folder, &Known::default())));
    let unit = district.register.units[17].id.clone();
    group.bench_function("explain one unit", |b| b.iter(|| explain(&folder, &unit)));
    group.finish();
}

criterion_group!(benches, verification);
criterion_main!(benches);
