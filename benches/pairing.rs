//! Tickets, teams, prices and the check: 300 visits and 60 inspectors, all in
//! one pool and in four zones.
#![allow(missing_docs)]

use criterion::{Criterion, criterion_group, criterion_main};
use yaohao::digest::Digest;
use yaohao::pairing::check;
use yaohao::pairing::instance::{Instance, Seat, Visit};
use yaohao::pairing::solve::pair;
use yaohao::pairing::ticket::Tickets;
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
        Visit { unit: format!("unit-{number}"), slots: vec![leads, people].into() }
    };
    Instance {
        seed: Digest::of(&[b"seed"]),
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

criterion_group!(benches, pairing);
criterion_main!(benches);
