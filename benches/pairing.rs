//! Tickets, teams, prices and the check: 300 visits and 60 inspectors, all in
//! one pool and in four zones; and three large questions.
#![allow(missing_docs)]

mod districts;

use criterion::{Criterion, criterion_group, criterion_main};
use districts::Size;
use yaohao::digest::Digest;
use yaohao::pairing::appoint::appoint;
use yaohao::pairing::check;
use yaohao::pairing::instance::{Instance, Seat, Visit};
use yaohao::pairing::leads;
use yaohao::pairing::solve::pair;
use yaohao::pairing::ticket::Tickets;
use yaohao::seed::Seed;
use yaohao::stream::Stream;

/// One lead and one assistant a visit, half of the people leads, one pair in
/// ten barred.
fn instance(zones: u32) -> Instance {
    let mut stream = Stream::new(Digest::of(&[b"bench"]));
    let per_zone = 60 / zones;
    let visit = |number: u32| {
        let first = number % zones * per_zone;
        let people: Vec<u32> = (first..first + per_zone).filter(|_| stream.below(10) > 0).collect();
        let leads = people.iter().copied().filter(|rank| rank % 2 == 0).collect();
        Visit::new(format!("unit-{number}"), vec![leads, people])
    };
    Instance {
        bands: 1,
        seed: Seed::sha256(Digest::of(&[b"seed"])),
        inspectors: vec![Seat { capacity: 20, carried: 0 }; 60],
        visits: (0..300).map(visit).collect(),
    }
}

fn pairing(c: &mut Criterion) {
    for (name, zones) in [("one pool", 1), ("four zones", 4)] {
        let instance = instance(zones);
        let tickets = Tickets::of(&instance).expect("well-formed");
        let found = pair(&tickets).expect("can be staffed");
        c.bench_function(&format!("pairing/tickets and teams, {name}"), |b| {
            b.iter(|| pair(&Tickets::of(&instance).expect("well-formed")));
        });
        let appointed = appoint(&tickets).expect("can be staffed");
        c.bench_function(&format!("pairing/who goes and who leads, {name}"), |b| {
            b.iter(|| appoint(&Tickets::of(&instance).expect("well-formed")));
        });
        c.bench_function(&format!("pairing/check of the leads, {name}"), |b| {
            b.iter(|| leads::check(&tickets, &appointed.pairing, &appointed.lead_prices).expect("right"));
        });
        c.bench_function(&format!("pairing/all four checks, {name}"), |b| {
            b.iter(|| {
                let tickets = Tickets::of(&instance).expect("well-formed");
                check::lawful(&tickets, &found).expect("lawful");
                check::cheapest(&tickets, &found).expect("cheapest");
                check::prices_fit(&tickets, &found).expect("fit");
                check::prices_least(&tickets, &found).expect("least");
            });
        });
    }
}

/// Sizes that take tenths of a second.
fn large(c: &mut Criterion) {
    let overlap = Size { overlap: Some([9, 10, 10, 11]), ..Size::new(10_000, 1_000, 4) };
    let sizes = [
        ("10,000 × 1,000, four overlapping zones", overlap),
        ("5,000 × 1,000, one pool", Size::new(5_000, 1_000, 1)),
        ("100,000 × 10,000, a hundred zones", Size::new(100_000, 10_000, 100)),
    ];
    let mut group = c.benchmark_group("pairing/tickets and teams");
    group.sample_size(10);
    for (name, size) in sizes {
        let instance = size.instance();
        group.bench_function(name, |b| b.iter(|| pair(&Tickets::of(&instance).expect("well-formed"))));
    }
}

criterion_group!(benches, pairing, large);
criterion_main!(benches);
