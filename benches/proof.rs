//! Proofs of single units out of the tiles of rolls of 10^3 to 10^7 lines, on disk.
//!
//! `cargo bench --bench proof [-- EXPONENT]` goes up to 10^EXPONENT, 7 if left out: that takes
//! 2 GB below target/, which are removed. Behind the table stand points of growth curves.
#![allow(missing_docs)]

#[path = "../tests/rolled/mod.rs"]
mod rolled;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;
use yaohao::digest::Suite;
use yaohao::roll::{Papers, Prover, RollSlip};
use yaohao::slip::{RollAsked, check_roll};
use yaohao::verify::{Folder as Documents, Verdict};

/// Units proved before, and while, time is taken.
const WARM: u64 = 4_000;
const MEASURED: u64 = 20_000;

fn main() {
    let largest = std::env::args().filter_map(|word| word.parse().ok()).next().unwrap_or(7);
    println!(
        "{:>10} {:>10} {:>10} {:>10} {:>10} {:>10} {:>8}",
        "lines", "first", "mean", "p99", "in order", "check", "bytes"
    );
    let mut points = Vec::new();
    for exponent in 3..=largest {
        let size = 10u64.pow(exponent);
        let folder = Folder::new();
        let documents = folder.roll(size);
        measure(&folder.0, &documents, size, &mut points);
    }
    println!("\nseries,n,seconds,bytes");
    points.iter().for_each(|point| println!("{point}"));
}

/// A folder that is removed at the end, also of a bench that fails.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("proof-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        Folder(folder)
    }

    fn roll(&self, size: u64) -> Documents {
        let mut put = |path: &str, bytes: &[u8]| {
            let whole = self.0.join(path);
            fs::create_dir_all(whole.parent().expect("a folder")).expect("a folder");
            fs::write(whole, bytes).expect("room on the disk");
        };
        let commit = rolled::committed(Suite::Sha256, 1, size, &mut put);
        rolled::drawn(&commit, &mut put);
        let read = |name: &str| (name.to_owned(), fs::read(self.0.join(name)).expect("written"));
        Documents(rolled::DOCUMENTS.map(read).into())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Ids of lines, and of units between them, as good as at random.
fn ids(size: u64, count: u64, start: u64) -> Vec<String> {
    let mut state = start;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    (0..count)
        .map(|at| if at % 8 == 0 { rolled::stranger(next() % size) } else { rolled::id(next() % size) })
        .collect()
}

fn measure(folder: &Path, documents: &Documents, size: u64, points: &mut Vec<String>) {
    let drawn = folder.join("drawn");
    let fetch = |path: &str| fs::read(folder.join(path)).ok();
    let fetch_drawn = |path: &str| fs::read(drawn.join(path)).ok();
    let papers = Papers::new(documents, None, None);
    let open = || Prover::open(&papers, &fetch, &fetch_drawn).expect("sound");
    let prove = |prover: &Prover<'_>, id: &str| prover.prove(id).expect("a proof");

    let firsts = ids(size, 50, 5);
    let start = Instant::now();
    firsts.iter().for_each(|id| drop(prove(&open(), id)));
    let first = start.elapsed().as_secs_f64() / firsts.len() as f64;

    let prover = open();
    ids(size, WARM, 7).iter().for_each(|id| drop(prove(&prover, id)));
    let (mut times, mut slips) = (Vec::new(), Vec::new());
    for id in ids(size, MEASURED, 11) {
        let start = Instant::now();
        let slip = prove(&prover, &id);
        times.push(start.elapsed().as_secs_f64());
        slips.push(slip.text());
    }
    let mean = times.iter().sum::<f64>() / times.len() as f64;
    times.sort_by(f64::total_cmp);
    let p99 = times[times.len() * 99 / 100];

    let run = MEASURED.min(size);
    let start = Instant::now();
    (size / 2..size / 2 + run / 2).for_each(|number| drop(prove(&prover, &rolled::id(number % size))));
    let in_order = start.elapsed().as_secs_f64() / (run / 2) as f64;

    let asked = RollAsked { commit: papers.commit().map(|commit| commit.id()), ..RollAsked::default() };
    let start = Instant::now();
    for text in &slips {
        let slip = RollSlip::read(text.as_bytes()).expect("a slip");
        assert_eq!(check_roll(&slip, &papers, &asked).map(|report| report.verdict), Some(Verdict::Verified));
    }
    let check = start.elapsed().as_secs_f64() / slips.len() as f64;
    let bytes = slips.iter().map(String::len).sum::<usize>() / slips.len();

    let shown = [first, mean, p99, in_order, check].map(|seconds| format!("{:.1} us", seconds * 1e6));
    let [a, b, c, d, e] = &shown;
    println!("{size:>10} {a:>10} {b:>10} {c:>10} {d:>10} {e:>10} {bytes:>8}");
    let series = [
        ("proof-first", first),
        ("proof", mean),
        ("proof-p99", p99),
        ("proof-in-order", in_order),
        ("proof-check", check),
    ];
    points.extend(series.map(|(name, seconds)| format!("{name},{size},{seconds:.9},{bytes}")));
}
