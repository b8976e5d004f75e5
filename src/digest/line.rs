//! SHA-256 (FIPS 180-4) of texts that differ in their last line only. A draw asks it once a
//! unit: what they share is hashed once, and mostly one block is left, which is laid out here
//! and compressed without detours.

use super::Digest;
use sha2::block_api::compress256;

/// The initial hash value (FIPS 180-4, 5.3.3).
const INITIAL: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];
/// Bytes of a block.
const BLOCK: usize = 64;
/// Bytes that end the last block: a one, and the length in bits.
const END: usize = 9;

/// A hash that has taken in the beginning of many texts.
#[derive(Debug, Clone)]
pub(super) struct Begun {
    /// After its whole blocks.
    state: [u32; 8],
    /// What is left of it, and zeros.
    block: [u8; BLOCK],
    /// How many bytes are left of it.
    filled: usize,
    /// How many bytes it has.
    length: usize,
}

impl Begun {
    pub(super) fn new(start: &[u8]) -> Begun {
        let (whole, rest) = start.as_chunks::<BLOCK>();
        let (mut state, mut block) = (INITIAL, [0; BLOCK]);
        compress256(&mut state, whole);
        block[..rest.len()].copy_from_slice(rest);
        Begun { state, block, filled: rest.len(), length: start.len() }
    }

    /// The hash of the beginning and one more line, whose end is added.
    pub(super) fn line(&self, line: &str) -> Digest {
        let (mut state, end) = (self.state, self.filled + line.len() + 1);
        let bits = 8 * (self.length + line.len() + 1) as u64;
        if end + END <= BLOCK {
            let mut block = self.block;
            block[self.filled..end - 1].copy_from_slice(line.as_bytes());
            block[end - 1] = b'\n';
            block[end] = 0x80;
            block[BLOCK - 8..].copy_from_slice(&bits.to_be_bytes());
            compress256(&mut state, &[block]);
        } else {
            let mut blocks = self.block[..self.filled].to_vec();
            blocks.extend_from_slice(line.as_bytes());
            blocks.extend_from_slice(b"\n\x80");
            blocks.resize((end + END).next_multiple_of(BLOCK) - 8, 0);
            blocks.extend_from_slice(&bits.to_be_bytes());
            compress256(&mut state, blocks.as_chunks().0);
        }
        let mut digest = [0; 32];
        digest.as_chunks_mut().0.iter_mut().zip(state).for_each(|(bytes, word)| *bytes = word.to_be_bytes());
        Digest(digest)
    }
}
