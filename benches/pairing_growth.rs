//! How time and memory of the pairing grow with the question: each size in a
//! process of its own, so that the peak of resident memory is its own too.
//!
//! `cargo bench --bench pairing_growth` prints a table, `-- NAME…` only these
//! sizes, `-- --export DIR NAME…` writes the questions (and our answers) for
//! other solvers, see benches/peers.
#![allow(missing_docs)]

mod districts;
mod rates;

use districts::Size;
use rates::peak;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;
use yaohao::pairing::check;
use yaohao::pairing::instance::{Instance, Pairing};
use yaohao::pairing::solve::pair;
use yaohao::pairing::ticket::Tickets;

fn sizes() -> Vec<(&'static str, Size)> {
    let zones = Size::new;
    let overlap = |units, inspectors| Size { overlap: Some([9, 10, 10, 11]), ..zones(units, inspectors, 4) };
    let unequal = |units, inspectors| Size { overlap: Some([4, 8, 12, 16]), ..zones(units, inspectors, 4) };
    let banded = |size: Size| Size { banded: true, ..size };
    let own = |size: Size| Size { dockets: 0, ..size };
    vec![
        ("district-300x60", zones(300, 60, 1)),
        ("district-300x60-banded", banded(zones(300, 60, 1))),
        ("district-300x60-4-zones", zones(300, 60, 4)),
        ("city-1000x100", zones(1_000, 100, 1)),
        ("city-3000x300-overlap", overlap(3_000, 300)),
        ("city-10000x1000-overlap", overlap(10_000, 1_000)),
        ("city-10000x1000-overlap-own", own(overlap(10_000, 1_000))),
        ("city-10000x1000-overlap-banded", banded(overlap(10_000, 1_000))),
        ("city-3000x300-unequal", unequal(3_000, 300)),
        ("city-10000x1000-unequal", unequal(10_000, 1_000)),
        ("pool-5000x1000", zones(5_000, 1_000, 1)),
        ("pool-10000x1000", zones(10_000, 1_000, 1)),
        ("pool-10000x2000", zones(10_000, 2_000, 1)),
        ("province-10000x1000", zones(10_000, 1_000, 10)),
        ("province-30000x3000", zones(30_000, 3_000, 30)),
        ("province-100000x10000", zones(100_000, 10_000, 100)),
        ("province-100000x10000-banded", banded(zones(100_000, 10_000, 100))),
        ("country-300000x30000", zones(300_000, 30_000, 300)),
        ("country-1000000x100000", zones(1_000_000, 100_000, 1_000)),
    ]
}

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let one = arguments.iter().position(|a| a == "--one");
    if let Some(at) = one {
        return measure(&arguments[at + 1]);
    }
    let export = arguments.iter().position(|a| a == "--export").map(|at| {
        arguments.remove(at);
        arguments.remove(at)
    });
    let wanted = |name: &str| arguments.is_empty() || arguments.iter().any(|a| a == name);
    let sizes: Vec<_> = sizes().into_iter().filter(|(name, _)| wanted(name)).collect();
    if let Some(folder) = export {
        sizes.iter().for_each(|(name, size)| write(&Path::new(&folder).join(name), &size.instance()));
        return;
    }
    println!(
        "{:30} {:>12} {:>10} {:>10} {:>9} {:>9}",
        "size", "tickets", "pair ms", "check ms", "pair MB", "check MB"
    );
    let program = std::env::current_exe().expect("a program");
    for (name, _) in sizes {
        let status = Command::new(&program).args(["--one", name]).status().expect("it runs again");
        assert!(status.success(), "{name}");
    }
}

/// Solves and checks one size; the best of a few runs if it is small.
fn measure(name: &str) {
    let size = sizes().into_iter().find(|(n, _)| *n == name).expect("a size").1;
    let instance = size.instance();
    let lawful: usize = instance.visits.iter().flat_map(|v| v.slots.iter()).map(Vec::len).sum();
    let runs = if size.units <= 1_000 {
        20
    } else if size.units <= 20_000 {
        3
    } else {
        1
    };
    let (mut paired, mut checked) = (u128::MAX, u128::MAX);
    let mut answer = None;
    for _ in 0..runs {
        answer = None;
        let start = Instant::now();
        answer.replace(pair(&Tickets::of(&instance).expect("well-formed")).expect("can be staffed"));
        paired = paired.min(start.elapsed().as_micros());
    }
    let pair_memory = peak() / 1_048_576;
    let answer = answer.expect("an answer");
    for _ in 0..runs {
        let start = Instant::now();
        prove(&instance, &answer);
        checked = checked.min(start.elapsed().as_micros());
    }
    let thousandths = |micros: u128| format!("{}.{:03}", micros / 1000, micros % 1000);
    println!(
        "{name:30} {lawful:12} {:>10} {:>10} {pair_memory:9} {:9}",
        thousandths(paired),
        thousandths(checked),
        peak() / 1_048_576
    );
}

/// All four checks.
fn prove(instance: &Instance, answer: &Pairing) {
    let tickets = Tickets::of(instance).expect("well-formed");
    check::lawful(&tickets, answer).expect("lawful");
    check::cheapest(&tickets, answer).expect("cheapest");
    check::prices_fit(&tickets, answer).expect("fit");
    check::prices_least(&tickets, answer).expect("least");
}

/// Writes the question as arrays of little-endian numbers, and our answer.
fn write(folder: &Path, instance: &Instance) {
    let tickets = Tickets::of(instance).expect("well-formed");
    let start = Instant::now();
    let answer = pair(&tickets).expect("can be staffed");
    let micros = start.elapsed().as_micros();
    fs::create_dir_all(folder).expect("a folder");
    let put = |name: &str, bytes: Vec<u8>| fs::write(folder.join(name), bytes).expect("written");
    let words =
        |numbers: &mut dyn Iterator<Item = u64>| -> Vec<u8> { numbers.flat_map(u64::to_le_bytes).collect() };
    put("capacity", words(&mut instance.inspectors.iter().map(|s| u64::from(s.capacity))));
    put("carried", words(&mut instance.inspectors.iter().map(|s| u64::from(s.carried))));
    let turn = |rank: usize| ((tickets.load_cost(rank as u32, 1) % (1 << 111)) >> 12) as u64;
    put("turn48", words(&mut (0..instance.inspectors.len()).map(turn)));
    let (mut lawful, mut values) = (Vec::new(), Vec::new());
    for (index, visit) in instance.visits.iter().enumerate() {
        let drawn = tickets.draw(index);
        for (slot, ranks) in visit.slots.iter().enumerate() {
            for (rank, ticket) in ranks.iter().zip(drawn.row(slot)) {
                lawful.extend([index as u32, slot as u32, *rank].iter().flat_map(|n| n.to_le_bytes()));
                values.push(*ticket);
            }
        }
    }
    put("lawful", lawful);
    put("ticket", words(&mut values.into_iter()));
    let team = |team: &Vec<u32>| team.iter().flat_map(|rank| rank.to_le_bytes()).collect::<Vec<u8>>();
    put("teams", answer.teams.iter().flat_map(team).collect());
    put("micros", micros.to_string().into_bytes());
}
