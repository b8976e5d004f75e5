//! From the registers to strata, exclusions and dockets; and whether every
//! possible draw can be staffed.
#![allow(missing_docs)]

#[path = "../tests/district/mod.rs"]
mod district;

use criterion::{Criterion, criterion_group, criterion_main};
use yaohao::draw::{Plan, forecast};

fn eligibility(c: &mut Criterion) {
    let district = district::example();
    c.bench_function("eligibility/judge 6,001 units, 60 inspectors", |b| {
        b.iter(|| Plan::new(district.question()));
    });
    let plan = district.plan();
    c.bench_function("eligibility/forecast with staffing of every possible draw", |b| {
        b.iter(|| forecast(&plan));
    });
}

criterion_group!(benches, eligibility);
criterion_main!(benches);
