//! The seeded generator: ChaCha20 words, and the project's own rules for
//! bounded integers and shuffles.
//!
//! Library samplers change between versions; these rules are part of the
//! specification (docs/spec/stream.md) and never change under one name.

use crate::digest::Digest;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// 64-bit words of the ChaCha20 key stream (RFC 8439 block function) with key
/// `key`, block counter from 0 and an all-zero nonce, read as little-endian.
///
/// ```
/// # use yaohao::{digest::Digest, stream::Stream};
/// let mut stream = Stream::new(Digest([0; 32]));
/// assert_eq!(stream.word(), u64::from_le_bytes([0x76, 0xb8, 0xe0, 0xad, 0xa0, 0xf1, 0x3d, 0x90]));
/// ```
#[derive(Debug, Clone)]
pub struct Stream(ChaCha20Rng);

impl Stream {
    /// The stream of `key`.
    pub fn new(key: Digest) -> Self {
        Stream(ChaCha20Rng::from_seed(key.0))
    }

    /// The next 64-bit word.
    pub fn word(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Makes `number` (from 0) the number of the next word, before or after
    /// where the stream stands. The way does not depend on the distance.
    pub fn seek(&mut self, number: u64) {
        // A word is two of the generator's. Within the blocks it has at hand
        // reading on is quicker than making new ones.
        const AT_HAND: u64 = 32;
        let next = (self.0.get_word_pos() / 2) as u64;
        match number.checked_sub(next) {
            Some(ahead) if ahead < AT_HAND => {
                (0..ahead).for_each(|_| {
                    self.word();
                });
            }
            _ => self.0.set_word_pos(u128::from(number) * 2),
        }
    }

    /// An unbiased integer in `0..n`: words above the largest multiple of `n`
    /// are skipped, the rest is reduced modulo `n`.
    ///
    /// # Panics
    /// If `n` is 0.
    pub fn below(&mut self, n: u64) -> u64 {
        let last = u64::MAX - (u64::MAX % n + 1) % n;
        loop {
            let word = self.word();
            if word <= last {
                return word % n;
            }
        }
    }

    /// Fisher–Yates from the end: for i = len−1 … 1, swap i with `below(i + 1)`.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            let j = self.below(i as u64 + 1) as usize;
            items.swap(i, j);
        }
    }
}
