//! How near hashing comes to what the machine can do. In one run: the bare compression of
//! SHA-256 and a copy of memory, and beside them tickets, selection, Merkle trees and the
//! verification of a whole draw, on one core and on two.
//!
//! `cargo bench --bench hashing` prints tables of ratios; `-- --small` skips the ten million.
#![allow(missing_docs)]
#![allow(clippy::float_arithmetic, reason = "times are shown; nothing is decided by them")]

#[path = "../tests/district/mod.rs"]
mod district;
mod rates;

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use district::Chance;
use rates::{Race, heading, millions, pool, row};
use rayon::prelude::*;
use sha2::Sha256;
use sha2::block_api::compress256;
use std::hint::black_box;
use std::slice;
use yaohao::digest::{Digest, Suite};
use yaohao::merkle;
use yaohao::sampling::{Ticketer, select};
use yaohao::seed::Seed;
use yaohao::verify::{Known, Verdict, verify};

const ROUNDS: usize = 9;
const MILLION: usize = 1_000_000;
const TAG: &str = "yaohao/unit/v1";
const LABEL: &str = "key-crowd/z1";

fn main() {
    let small = std::env::args().any(|argument| argument == "--small");
    tickets(MILLION);
    if !small {
        tickets(10 * MILLION);
    }
    trees(MILLION);
    memory();
    verification();
}

/// `number` compressions of one block each: the blocks are ready, and none waits for another.
fn bare(number: usize) -> u32 {
    let ready: [[u8; 64]; 64] = black_box(std::array::from_fn(|n| [n as u8; 64]));
    let one = |block: &[u8; 64]| {
        let mut state = [0x6a09_e667; 8];
        compress256(&mut state, slice::from_ref(block));
        state[0]
    };
    ready.iter().cycle().take(number).fold(0, |sum, block| sum ^ one(block))
}

/// The same on every thread of the pool it is called in.
fn bare_everywhere(number: usize) -> u32 {
    let threads = rayon::current_num_threads();
    (0..threads).into_par_iter().map(|_| bare(number / threads)).reduce(|| 0, |a, b| a ^ b)
}

/// Tickets alone, and the selection of 1,000 and of a tenth.
fn tickets(number: usize) {
    let seed = Seed::sha256(Digest::of(&[b"bench"]));
    let ids: Vec<String> = (0..number).map(|n| format!("91500112{n:09}X")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let ticketer = Ticketer::new(&seed, LABEL);
    let (one, two) = (pool(1), pool(2));
    let drawn = |k: usize| select(&seed, LABEL, &ids, k);
    let times = Race::default()
        .add("bare 1", || bare(number))
        .add("one by one", || ids.iter().fold(0, |sum, id| sum ^ ticketer.ticket(id).0[0]))
        .add("tickets", || {
            let mut sum = 0;
            ticketer.tickets(&ids, |ticket| sum ^= ticket.0[0]);
            sum
        })
        .add("thousand 1", || one.install(|| drawn(1_000)))
        .add("tenth 1", || one.install(|| drawn(number / 10)))
        .add("bare 2", || two.install(|| bare_everywhere(number)))
        .add("thousand 2", || two.install(|| drawn(1_000)))
        .add("tenth 2", || two.install(|| drawn(number / 10)))
        .run(ROUNDS);
    let second = |name: &str| times.seconds(name);
    let rate = |name: &str| millions(number as f64, second(name));
    heading(&format!("Tickets of {number} units, one block each"));
    row("bare compressions, one core", &rate("bare 1"), "itself", 1.0);
    row("bare compressions, two cores", &rate("bare 2"), "one core", second("bare 1") / second("bare 2"));
    row(
        "tickets one by one, one core",
        &rate("one by one"),
        "bare, one core",
        second("bare 1") / second("one by one"),
    );
    row("tickets alone, one core", &rate("tickets"), "bare, one core", second("bare 1") / second("tickets"));
    for (name, what) in [("thousand", "select 1,000"), ("tenth", "select a tenth")] {
        let (alone, both) = (format!("{name} 1"), format!("{name} 2"));
        row(&format!("{what}, one core"), &rate(&alone), "bare, one core", second("bare 1") / second(&alone));
        row(&format!("{what}, two cores"), &rate(&both), "bare, two cores", second("bare 2") / second(&both));
        row(&format!("{what}, two cores"), &rate(&both), "itself, one core", second(&alone) / second(&both));
    }
}

/// Leaves of lines as a register has them, their tree, and the same tree by others.
fn trees(number: usize) {
    let line = |n: usize| {
        let salt = Digest::of(&[&n.to_be_bytes()]);
        format!("91500112{n:09}X key-crowd/z1 1 {salt}")
    };
    let lines: Vec<String> = (0..number).into_par_iter().map(line).collect();
    let texts: Vec<String> = lines.iter().map(|line| format!("{TAG}\n{line}\n")).collect();
    let (one, two) = (pool(1), pool(2));
    let all = || -> Vec<Digest> {
        let parts = lines.par_chunks(1024);
        parts.flat_map_iter(|lines| merkle::leaves(Suite::Sha256, TAG, lines)).collect()
    };
    let leaves = all();
    let root = || merkle::root(Suite::Sha256, &leaves);
    let theirs = || {
        let mut tree = MemoryBackedTree::<Sha256, &[u8]>::new();
        texts.iter().for_each(|text| tree.push(text.as_bytes()));
        tree.root()
    };
    assert_eq!(theirs().as_bytes()[..], merkle::root(Suite::Sha256, &leaves).0, "one root");
    let times = Race::default()
        .add("bare 1", || bare(number))
        .add("leaves 1", || one.install(all))
        .add("root 1", || one.install(root))
        .add("both 1", || one.install(|| merkle::root(Suite::Sha256, &all())))
        .add("bare 2", || two.install(|| bare_everywhere(number)))
        .add("leaves 2", || two.install(all))
        .add("root 2", || two.install(root))
        .add("both 2", || two.install(|| merkle::root(Suite::Sha256, &all())))
        .add("theirs", theirs)
        .run(ROUNDS);
    let second = |name: &str| times.seconds(name);
    // One byte before the text, and nine behind it.
    let blocks = (1 + texts[0].len() + 9).div_ceil(64);
    let limit = |blocks: usize, threads: usize| blocks as f64 * second(&format!("bare {threads}"));
    heading(&format!("A tree of {number} leaves of {} bytes", texts[0].len()));
    for (name, what, blocks) in [
        ("leaves", format!("leaves, {blocks} blocks each"), blocks),
        ("root", "root, 2 blocks a node".to_owned(), 2),
        ("both", "both".to_owned(), blocks + 2),
    ] {
        for threads in [1, 2] {
            let second = second(&format!("{name} {threads}"));
            let rate = millions(number as f64, second);
            row(
                &format!("{what}, cores: {threads}"),
                &rate,
                "bare, as many cores",
                limit(blocks, threads) / second,
            );
        }
        let gain = second(&format!("{name} 1")) / second(&format!("{name} 2"));
        row(&format!("{what}, cores: 2"), "", "itself, one core", gain);
    }
    let rate = millions(number as f64, second("theirs"));
    row("ct-merkle, the same root, one core", &rate, "ours, one core", second("both 1") / second("theirs"));
}

/// A copy of a gibibyte, and what bytes of tickets are beside it.
fn memory() {
    const GIBIBYTE: usize = 1 << 30;
    let from = vec![1_u8; GIBIBYTE];
    let mut to = vec![0_u8; GIBIBYTE];
    let blocks = GIBIBYTE / 64;
    let times = Race::default()
        .add("copy", || {
            to.copy_from_slice(black_box(&from));
            black_box(&mut to);
        })
        .add("bare", || bare(blocks / 16))
        .run(5);
    let compressing = 16.0 * times.seconds("bare");
    heading("Memory");
    let rate = |seconds: f64| format!("{:.1} GiB/s", 1.0 / seconds);
    row("copy of 1 GiB, one core", &rate(times.seconds("copy")), "itself", 1.0);
    row(
        "bare compressions of 1 GiB, one core",
        &rate(compressing),
        "the copy",
        times.seconds("copy") / compressing,
    );
}

/// Making and verifying the example draw; benches/verify.rs has more of it.
fn verification() {
    let district = district::example();
    let chance = Chance::number(1);
    let folder = district.draw(&chance).folder;
    let verdict = || verify(&folder, &Known::default()).verdict;
    assert_eq!(verdict(), Verdict::Verified);
    let (one, two) = (pool(1), pool(2));
    let times = Race::default()
        .add("make 1", || one.install(|| district.draw(&chance).seed))
        .add("verify 1", || one.install(verdict))
        .add("verify 2", || two.install(verdict))
        .run(ROUNDS);
    let second = |name: &str| times.seconds(name);
    let figure = |name: &str| format!("{:.1} ms", 1e3 * second(name));
    heading("The example draw: 6,001 units, 306 drawn, 60 inspectors");
    row("make it, one core", &figure("make 1"), "itself", 1.0);
    row("verify it, one core", &figure("verify 1"), "making it", second("make 1") / second("verify 1"));
    row(
        "verify it, two cores",
        &figure("verify 2"),
        "itself, one core",
        second("verify 1") / second("verify 2"),
    );
}
