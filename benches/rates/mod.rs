//! Times of several things measured in turn, so that whatever else the machine does falls on
//! all of them alike: of each the shortest run counts. Tables show ratios, because only those
//! mean something on another machine.
#![allow(dead_code, reason = "every bench uses its own part")]
#![allow(clippy::float_arithmetic, reason = "times are shown; nothing is decided by them")]

use rayon::{ThreadPool, ThreadPoolBuilder};
use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// What is timed, under a name.
type Runner<'a> = (&'a str, Box<dyn FnMut() + 'a>);

/// Things to be timed beside each other.
#[derive(Default)]
pub struct Race<'a>(Vec<Runner<'a>>);

impl<'a> Race<'a> {
    /// One more, whose result is really made.
    pub fn add<R>(mut self, name: &'a str, mut runner: impl FnMut() -> R + 'a) -> Self {
        self.0.push((name, Box::new(move || _ = black_box(runner()))));
        self
    }

    /// The shortest of `rounds` runs of each.
    pub fn run(mut self, rounds: usize) -> Times {
        let mut best = vec![Duration::MAX; self.0.len()];
        for _ in 0..rounds {
            for ((_, runner), best) in self.0.iter_mut().zip(&mut best) {
                let start = Instant::now();
                runner();
                *best = start.elapsed().min(*best);
            }
        }
        Times(self.0.iter().map(|(name, _)| (*name).to_owned()).zip(best).collect())
    }
}

/// The shortest time of each.
pub struct Times(Vec<(String, Duration)>);

impl Times {
    /// Seconds of the one named so.
    pub fn seconds(&self, name: &str) -> f64 {
        let found = self.0.iter().find(|(n, _)| n == name);
        found.unwrap_or_else(|| panic!("nothing is called {name}")).1.as_secs_f64()
    }
}

/// A pool of `threads`.
pub fn pool(threads: usize) -> ThreadPool {
    ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool")
}

/// Begins a table of figures, their yardsticks and how near they come.
pub fn heading(title: &str) {
    println!("\n{title}\n\n| what | figure | yardstick | reached |\n|---|---|---|---|");
}

/// One line of it; `reached` of 1 is the yardstick itself.
pub fn row(what: &str, figure: &str, yardstick: &str, reached: f64) {
    println!("| {what} | {figure} | {yardstick} | {reached:.2} |");
}

/// Millions a second.
pub fn millions(number: f64, seconds: f64) -> String {
    format!("{:.1} M/s", number / seconds / 1e6)
}

/// The most bytes resident so far; 0 where the system does not tell.
pub fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok()).map_or(0, |kb| kb * 1024)
}
