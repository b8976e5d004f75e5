//! Random choices from one stream a draw, so that draw 5,000 can be made alone.

use yaohao::digest::Digest;
use yaohao::stream::Stream;

/// The one seed of all draws; another one makes other draws and another hash.
const SEED: &str = "yaohao/random/v1";

/// A stream of choices.
pub struct Random(Stream);

impl Random {
    /// The choices about `what` of draw `number`.
    pub fn new(what: &str, number: u64) -> Random {
        Random(Stream::new(Digest::of(&[format!("{SEED}\n{what}\n{number}\n").as_bytes()])))
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        self.0.below(n as u64) as usize
    }

    /// A number from `from` to `to`, both included.
    pub fn within(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to - from + 1)
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }

    /// Some of these, in their order.
    pub fn some<T: Clone>(&mut self, from: &[T]) -> Vec<T> {
        from.iter().filter(|_| self.one_in(2)).cloned().collect()
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        self.0.shuffle(items);
    }
}
