//! How time and memory grow with the number of units, from a thousand to ten million in memory;
//! every point in a process of its own, so that the peak of resident memory is its own too.
//!
//! `cargo bench --bench growth` prints `series,n,seconds,bytes`; `-- --plot CSV…` draws
//! docs/growth-time.svg and docs/growth-memory.svg of such files. benches/growth.sh does both, and
//! adds registers of up to a hundred million units on disk.
#![allow(missing_docs)]
#![allow(clippy::float_arithmetic, reason = "times are shown; nothing is decided by them")]

mod curve;
#[path = "../tests/district/mod.rs"]
mod district;
mod districts;
mod rates;

use district::{Chance, District};
use districts::Size;
use rates::Race;
use rayon::prelude::*;
use std::fs;
use std::process::Command;
use yaohao::digest::{Digest, Suite};
use yaohao::merkle;
use yaohao::pairing::solve::pair;
use yaohao::pairing::ticket::Tickets;
use yaohao::register::Unit;
use yaohao::sampling::select;
use yaohao::seed::Seed;
use yaohao::verify::{Known, Verdict, verify};

/// A series, its sizes, and what is timed at one of them.
type Series = (&'static str, &'static [usize], fn(usize) -> f64);

const SERIES: &[Series] = &[
    ("tickets and selection", &[1_000, 10_000, 100_000, 1_000_000, 10_000_000], selection),
    ("Merkle tree", &[1_000, 10_000, 100_000, 1_000_000, 10_000_000], tree),
    ("verification of a draw", &[6_000, 60_000, 600_000], verification),
    ("pairing of drawn units", &[1_000, 10_000, 100_000, 1_000_000], pairing),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["--one", series, units] => one(series, units.parse().expect("a number")),
        ["--plot", ref files @ ..] => plot(files),
        _ => all(),
    }
}

fn all() {
    let program = std::env::current_exe().expect("a program");
    println!("series,n,seconds,bytes");
    for (name, sizes, _) in SERIES {
        for units in *sizes {
            let status = Command::new(&program).args(["--one", name, &units.to_string()]).status();
            assert!(status.expect("it runs again").success(), "{name} of {units}");
        }
    }
}

fn one(series: &str, units: usize) {
    let work = SERIES.iter().find(|(name, ..)| *name == series).expect("a series").2;
    let seconds = work(units);
    println!("{series},{units},{seconds:.9},{}", rates::peak());
}

fn plot(files: &[&str]) {
    let read = |file: &&str| curve::read(&fs::read_to_string(file).expect("a file of points"));
    let points: Vec<curve::Point> = files.iter().flat_map(read).collect();
    let time = curve::svg("Time, two cores", &points, |point| point.seconds, curve::seconds);
    let memory = curve::svg("Memory resident at most", &points, |point| point.bytes, curve::bytes);
    fs::write("docs/growth-time.svg", time).expect("written");
    fs::write("docs/growth-memory.svg", memory).expect("written");
}

/// Seconds of the shortest of a few runs.
fn shortest<R>(work: impl FnMut() -> R) -> f64 {
    Race::default().add("it", work).run(3).seconds("it")
}

/// A thousandth, and ten at least.
fn selection(units: usize) -> f64 {
    let seed = Seed::sha256(Digest::of(&[b"growth"]));
    let ids: Vec<String> = (0..units).map(|n| format!("91500112{n:09}X")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    shortest(|| select(&seed, "key-crowd/z1", &ids, (units / 1_000).max(10)))
}

fn lines(units: usize) -> Vec<String> {
    (0..units)
        .map(|n| format!("91500112{n:09}X key-crowd/z1 1 {}", Digest::of(&[&n.to_be_bytes()])))
        .collect()
}

fn leaves(lines: &[String]) -> Vec<Digest> {
    let parts = lines.par_chunks(1024);
    parts.flat_map_iter(|lines| merkle::leaves(Suite::Sha256, "yaohao/unit/v1", lines)).collect()
}

/// Leaves and root.
fn tree(units: usize) -> f64 {
    let lines = lines(units);
    shortest(|| merkle::root(Suite::Sha256, &leaves(&lines)))
}

/// The example's units as often as it takes, of which about as many are drawn.
fn verification(units: usize) -> f64 {
    let folder = repeated(units / 6_000).draw(&Chance::number(1)).folder;
    let report = verify(&folder, &Known::default());
    assert_eq!(report.verdict, Verdict::Verified, "{report:?}");
    shortest(|| verify(&folder, &Known::default()))
}

fn repeated(times: usize) -> District {
    let fewer = |line: &str| match line.strip_prefix("quota = \"1/").and_then(|rest| rest.split_once('"')) {
        Some((whole, rest)) => {
            let whole = times * whole.parse::<usize>().expect("a number");
            format!("quota = \"1/{whole}\"{rest}\n")
        }
        None => format!("{line}\n"),
    };
    let policy: String = district::POLICY.lines().map(fewer).collect();
    let table = |table: &str| fs::read(format!("config/example/{table}.csv")).expect("shipped");
    let mut district = district::district(&policy, table);
    let units = std::mem::take(&mut district.register.units);
    let copies =
        |unit: Unit| (0..times).map(move |n| Unit { id: format!("{}-{n:03}", unit.id), ..unit.clone() });
    district.register.units = units.into_iter().flat_map(copies).collect();
    district.register.units.sort_by(|a, b| a.id.cmp(&b.id));
    district
}

/// Zones of 1,000 units and 100 people.
fn pairing(units: usize) -> f64 {
    let count = u32::try_from(units).expect("not so many");
    let instance = Size::new(count, count / 10, count / 1_000).instance();
    shortest(|| pair(&Tickets::of(&instance).expect("well-formed")).expect("can be staffed"))
}
