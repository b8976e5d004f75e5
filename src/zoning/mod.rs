//! A better-balanced split of towns into zones (片区): each zone in one piece, the heaviest
//! as light as can be. Exact, or with a proven gap.
//!
//! A split is better than another if its heaviest load is lighter; with the same heaviest, if
//! its lightest is heavier; then if it moves fewer towns away from where they are now; then
//! fewer minutes (a tolerance lets moves decide earlier); and last by its zones' numbers, town by town, the heaviest town first. So
//! there is one best split, and everybody finds the same. docs/decisions/0031-zones.md says why
//! it is searched for as it is.

mod blocks;
mod ground;
mod impossible;
mod load;
mod map;
mod narrow;
mod search;
mod settle;
mod start;

pub use impossible::Impossible;
pub use load::Load;
pub use map::{Map, MapTown};

use ground::Ground;

/// The most towns and zones.
pub const MOST_TOWNS: usize = 64;
/// The most minutes of all towns together.
pub const MOST_MINUTES: u64 = 1 << 40;
/// The most people of a zone.
pub const MOST_PEOPLE: u64 = 1 << 20;

/// What is to be split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Minutes of work in each town.
    pub minutes: Vec<u64>,
    /// Neighbours of each town, a bit a town; whoever is named by one side only is one too.
    pub neighbours: Vec<u64>,
    /// Inspectors of each zone; there are as many zones. All 1 where only minutes count.
    pub people: Vec<u64>,
    /// The zone that each town is in now; one that is not among `people` is given up, and its
    /// towns move in any case. `None` if nobody asks how many move.
    pub present: Option<Vec<usize>>,
    /// By how many ten-thousandths, up to 10,000, the heaviest load may be above the best one and
    /// the lightest below, for the sake of fewer moves. Nothing if nobody asks how many move.
    pub tolerance: u64,
}

/// Towns in zones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The towns of each zone, rising.
    pub zones: Vec<Vec<usize>>,
    /// The load of each zone.
    pub loads: Vec<Load>,
    /// The heaviest of them.
    pub heaviest: Load,
    /// The lightest of them.
    pub lightest: Load,
    /// No split has a heaviest load lighter than this.
    pub bound: Load,
    /// Whether it is proven that no split is better, ties included.
    pub exact: bool,
    /// Steps of the search; one is a connected set of towns looked at.
    pub nodes: u64,
    /// Towns that are not where they are now; 0 if nothing is said about that.
    pub moved: usize,
}

impl Split {
    /// How far the heaviest load may be from the lightest possible, in ten-thousandths of
    /// [`Split::bound`], rounded up; what a tolerance allows is in it. 0 is proof that none is
    /// lighter.
    pub fn gap(&self) -> u64 {
        self.heaviest.above(self.bound)
    }
}

/// The best split that `effort` steps find; with the same question and effort always the
/// same one. See the top of the module for what is best.
///
/// ```
/// use yaohao::zoning::{Question, split};
/// // Four towns in a row.
/// let neighbours = vec![0b0010, 0b0101, 0b1010, 0b0100];
/// let question = Question { minutes: vec![5, 1, 3, 2], neighbours, people: vec![1, 1], present: None, tolerance: 0 };
/// let split = split(&question, 1000).expect("it can be split");
/// assert_eq!(split.zones, [vec![0, 1], vec![2, 3]]);
/// assert!(split.exact && split.gap() == 0);
/// ```
///
/// # Errors
/// [`Impossible`] if there are more zones than towns, or fewer than parts of the map that do
/// not touch; or if the question is none: lists of different length, a zone without people,
/// more than [`MOST_TOWNS`], [`MOST_MINUTES`] or [`MOST_PEOPLE`].
pub fn split(question: &Question, effort: u64) -> Result<Split, Impossible> {
    let ground = Ground::of(question)?;
    let mut left = effort;
    let mut best = start::start(&ground);
    let bound = narrow::heaviest(&ground, &mut best, &mut left);
    let lightened = bound == ground.heaviest(&best);
    let levelled = lightened && narrow::lightest(&ground, &mut best, &mut left);
    let settled = settle::settle(&ground, &mut best, &mut left);
    Ok(Split {
        loads: ground.loads(&best),
        heaviest: ground.heaviest(&best),
        lightest: ground.lightest(&best),
        bound,
        exact: levelled && settled,
        nodes: effort - left,
        moved: ground.moved(&best),
        zones: best.iter().map(|zone| ground.original(*zone)).collect(),
    })
}
