//! Our side of benches/peers: the same work on the same file as theirs.
//!
//! `cargo bench --bench from_file -- select FILE K` draws K of the ids in FILE, one a line;
//! `-- root FILE` makes the tree over its lines. Both print what they found, and their shortest
//! times on one core and on two, reading included, as lines of a name and a value.
#![allow(missing_docs)]
#![allow(clippy::float_arithmetic, reason = "times are shown; nothing is decided by them")]

mod rates;

use rates::{Race, pool};
use rayon::prelude::*;
use std::fs;
use yaohao::digest::{Digest, Suite};
use yaohao::merkle;
use yaohao::sampling::select;
use yaohao::seed::Seed;

const TAG: &str = "yaohao/unit/v1";
const LABEL: &str = "key-crowd/z1";
const ROUNDS: usize = 3;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["select", file, k] => selected(file, k.parse().expect("a number")),
        ["root", file] => rooted(file),
        // What `cargo bench` without arguments runs.
        _ => println!("from_file select FILE K | root FILE"),
    }
}

fn selected(file: &str, k: usize) {
    let seed = Seed::sha256(Digest::of(&[b"bench"]));
    let drawn = || -> Vec<String> {
        let text = fs::read_to_string(file).expect("a text");
        let ids: Vec<&str> = text.lines().collect();
        select(&seed, LABEL, &ids, k).iter().map(|drawn| ids[drawn.index].to_owned()).collect()
    };
    println!("seed {seed}\nlabel {LABEL}");
    print(drawn);
    println!("drawn {}", drawn().join(","));
}

fn rooted(file: &str) {
    let root = || {
        let text = fs::read_to_string(file).expect("a text");
        let lines: Vec<&str> = text.lines().collect();
        let parts = lines.par_chunks(1024);
        let leaves: Vec<Digest> =
            parts.flat_map_iter(|lines| merkle::leaves(Suite::Sha256, TAG, lines)).collect();
        merkle::root(Suite::Sha256, &leaves)
    };
    println!("tag {TAG}\nroot {}", root());
    print(root);
}

/// Seconds on one core and on two.
fn print<R: Send>(work: impl Fn() -> R + Sync) {
    let (one, two) = (pool(1), pool(2));
    let times =
        Race::default().add("one", || one.install(&work)).add("two", || two.install(&work)).run(ROUNDS);
    println!("one {:.6}\ntwo {:.6}", times.seconds("one"), times.seconds("two"));
}
