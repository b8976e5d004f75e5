//! Tickets and selection, beside a bare SHA-256 loop over the same number of
//! tickets: the ratio is the price of everything that is not hashing.
#![allow(missing_docs)]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use sha2::{Digest as _, Sha256};
use std::hint::black_box;
use yaohao::digest::Digest;
use yaohao::sampling::select;
use yaohao::seed::Seed;

const UNITS: u64 = 1_000_000;

fn sampling(c: &mut Criterion) {
    let seed = Seed::sha256(Digest::of(&[b"bench"]));
    let ids: Vec<String> = (0..UNITS).map(|n| format!("91500112{n:09}X")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    let mut group = c.benchmark_group("sampling");
    group.sample_size(10).throughput(Throughput::Elements(UNITS));
    group.bench_function("bare SHA-256, one block a ticket, one core", |b| {
        b.iter(|| {
            for n in 0..UNITS {
                let mut block = [0; 32];
                block[..8].copy_from_slice(&n.to_be_bytes());
                black_box(Sha256::digest(block));
            }
        });
    });
    group.bench_function("select 1,000 of 1,000,000, one core", |b| {
        b.iter(|| one.install(|| select(&seed, "key-crowd/z1", &ids, 1_000)));
    });
    group.bench_function("select 1,000 of 1,000,000, all cores", |b| {
        b.iter(|| select(&seed, "key-crowd/z1", &ids, 1_000));
    });
    group.finish();
}

criterion_group!(benches, sampling);
criterion_main!(benches);
