//! Proofs of single units out of the tiles of rolls of 10^3 to 10^7 lines, on disk.
//!
//! `cargo bench --bench proof [-- EXPONENT]` goes up to 10^EXPONENT, 7 if left out: that takes
//! 2 GB below target/, which are removed. Behind the table stand points of growth curves.
#![allow(missing_docs)]

#[path = "../tests/rolled/mod.rs"]
mod rolled;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
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

    let first = each(&ids(size, 50, 5), |id| drop(open().prove(id).expect("a proof"))).0;
    let prover = open();
    let prove = |id: &String| drop(prover.prove(id).expect("a proof"));
    each(&ids(size, WARM, 7), prove);
    let random = ids(size, MEASURED, 11);
    let (mean, p99) = each(&random, prove);
    let half = MEASURED.min(size) / 2;
    let row: Vec<String> = (size / 2..size / 2 + half).map(|number| rolled::id(number % size)).collect();
    let in_order = each(&row, prove).0;

    let slips: Vec<String> = random.iter().map(|id| prover.prove(id).expect("a proof").text()).collect();
    let asked = RollAsked { commit: papers.commit().map(|commit| commit.id()), ..RollAsked::default() };
    let check = each(&slips, |text| {
        let slip = RollSlip::read(text.as_bytes()).expect("a slip");
        let verdict = check_roll(&slip, &papers, &asked).map(|report| report.verdict);
        assert_eq!(verdict, Some(Verdict::Verified));
    });
    let bytes = slips.iter().map(String::len).sum::<usize>() / slips.len();

    let times = [first, mean, p99, in_order, check.0];
    let [a, b, c, d, e] = times.map(|time| format!("{} us", time.as_micros()));
    println!("{size:>10} {a:>10} {b:>10} {c:>10} {d:>10} {e:>10} {bytes:>8}");
    let names = ["proof-first", "proof", "proof-p99", "proof-in-order", "proof-check"];
    let seconds = |time: Duration| format!("{}.{:09}", time.as_secs(), time.subsec_nanos());
    points.extend(
        names.into_iter().zip(times).map(|(name, time)| format!("{name},{size},{},{bytes}", seconds(time))),
    );
}

/// The mean time of one, and the time that one in a hundred is above.
fn each(what: &[String], mut run: impl FnMut(&String)) -> (Duration, Duration) {
    let mut times: Vec<Duration> = what
        .iter()
        .map(|one| {
            let start = Instant::now();
            run(one);
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    (times.iter().sum::<Duration>() / times.len() as u32, times[times.len() * 99 / 100])
}
