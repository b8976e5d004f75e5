//! The site of ten years: 120 monthly draws of the example register.
#![allow(missing_docs)]

#[path = "../tests/district/mod.rs"]
mod district;

use criterion::{Criterion, criterion_group, criterion_main};
use district::{Chance, moment};
use std::collections::BTreeMap;
use yaohao::audit::Public;
use yaohao::site::{Presentation, site};
use yaohao::verify::Folder;

/// Copies of one draw under other numbers; pages do not ask whether they verify.
fn years(folder: &Folder, draws: u32) -> Public {
    let copy = |n: u32| {
        let (year, month) = (2026 + n / 12, 1 + n % 12);
        let numbered = |bytes: &Vec<u8>| match std::str::from_utf8(bytes) {
            Ok(text) => text.replace("example/2026/001", &format!("example/{year}/{month:03}")).into_bytes(),
            Err(_) => bytes.clone(),
        };
        let files = folder.0.iter().map(|(name, bytes)| (name.clone(), numbered(bytes)));
        (format!("{year}-{month:03}"), Folder(files.collect()))
    };
    Public { draws: (0..draws).map(copy).collect::<BTreeMap<_, _>>(), ..Public::default() }
}

fn sites(c: &mut Criterion) {
    let district = district::example();
    let folder = district.draw(&Chance::number(1)).folder;
    let now = moment("2036-01-01T00:00:00Z");
    let mut group = c.benchmark_group("site");
    group.sample_size(10);
    for draws in [1, 12, 120] {
        let public = years(&folder, draws);
        group.bench_function(format!("{draws} draws"), |b| {
            b.iter(|| site(&public, None, &Presentation::default(), now));
        });
    }
    group.finish();
}

criterion_group!(benches, sites);
criterion_main!(benches);
