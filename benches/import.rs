//! From the bytes of a spreadsheet to the register: 6,000 units, and 100,000.
#![allow(missing_docs)]

#[path = "../tests/district/mod.rs"]
mod district;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use yaohao::policy::Policy;
use yaohao::register::import::{Context, TableMapping, read};
use yaohao::register::{Register, Unit};

fn import(c: &mut Criterion) {
    let policy = Policy::read("policy.toml", district::POLICY).expect("a good policy");
    let (gazetteer, register) = (district::gazetteer(&policy), Register::default());
    let context =
        Context { gazetteer: &gazetteer, reference: district::date("2026-11-23"), register: &register };
    let example = std::fs::read_to_string("config/example/units.csv").expect("shipped");
    let mut group = c.benchmark_group("import");
    group.sample_size(10);
    for copies in [1, 16] {
        let csv = copied(&example, copies);
        group.throughput(Throughput::Elements(6_012 * copies));
        group.bench_function(format!("{} rows", 6_012 * copies), |b| {
            b.iter(|| read(csv.as_bytes(), "units.csv", &TableMapping::<Unit>::default(), &context));
        });
    }
    group.finish();
}

/// The rows of a table `copies` times, with ids of the office's own.
fn copied(csv: &str, copies: u64) -> String {
    let (heading, rows) = csv.split_once('\n').expect("a heading");
    let row = |copy: u64, row: &str| match row.split_once(',') {
        Some((id, rest)) if copy > 0 => format!("{id}-{copy},{rest}\n"),
        _ => format!("{row}\n"),
    };
    let copied = (0..copies).flat_map(|copy| rows.lines().map(move |line| row(copy, line)));
    format!("{heading}\n{}", copied.collect::<String>())
}

criterion_group!(benches, import);
criterion_main!(benches);
