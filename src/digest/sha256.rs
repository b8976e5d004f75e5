//! SHA-256 (FIPS 180-4) of short texts without detours: blocks are laid out here and compressed
//! at once. Many texts are laid out before the first of them is compressed: a block that is read
//! in sixteens right after it was written in small pieces holds the processor up, and then it
//! cannot begin one text while it ends another (docs/decisions/0036-hashing.md).

use super::Digest;
use sha2::block_api::compress256;

/// The initial hash value (FIPS 180-4, 5.3.3).
const INITIAL: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];
/// Bytes of a block.
const BLOCK: usize = 64;
/// Bytes that end the last block: a one, and the length in bits.
const END: usize = 9;
/// Blocks of a text that is laid out at once.
const SHORT: usize = 8;
/// Blocks that are laid out before they are compressed: more gain nothing.
const RUN: usize = 64;

type Block = [u8; BLOCK];

/// The hash of `parts`, one after the other.
pub(super) fn whole(parts: &[&[u8]]) -> Digest {
    Begun::NOTHING.and(parts)
}

/// A hash that has taken in the beginning of many texts.
#[derive(Debug, Clone)]
pub(super) struct Begun {
    /// After its whole blocks.
    state: [u32; 8],
    /// What is left of it, and zeros.
    block: Block,
    /// How many bytes are left of it.
    filled: usize,
    /// How many bytes it has.
    length: usize,
}

impl Begun {
    const NOTHING: Begun = Begun { state: INITIAL, block: [0; BLOCK], filled: 0, length: 0 };

    pub(super) fn new(start: &[u8]) -> Begun {
        Begun::NOTHING.longer(&[start])
    }

    /// The beginning and `parts`, as a longer beginning.
    fn longer(&self, parts: &[&[u8]]) -> Begun {
        let mut begun = self.clone();
        for part in parts {
            let (head, tail) = part.split_at(part.len().min(BLOCK - begun.filled));
            begun.block[begun.filled..][..head.len()].copy_from_slice(head);
            begun.filled += head.len();
            begun.length += part.len();
            if begun.filled == BLOCK {
                let (whole, rest) = tail.as_chunks::<BLOCK>();
                compress256(&mut begun.state, &[begun.block]);
                compress256(&mut begun.state, whole);
                begun.block = [0; BLOCK];
                begun.block[..rest.len()].copy_from_slice(rest);
                begun.filled = rest.len();
            }
        }
        begun
    }

    /// The hash of the beginning and `parts`.
    pub(super) fn and(&self, parts: &[&[u8]]) -> Digest {
        match self.blocks(parts) {
            1 => self.compressed(self.laid_out(&mut [[0; BLOCK]; 1], parts)),
            2 => self.compressed(self.laid_out(&mut [[0; BLOCK]; 2], parts)),
            few @ ..=SHORT => self.compressed(self.laid_out(&mut [[0; BLOCK]; SHORT][..few], parts)),
            _ => self.longer(parts).and(&[]),
        }
    }

    /// The hashes of the beginning and each of `lines`, whose ends are added, in their order.
    pub(super) fn lines<L: AsRef<str>>(&self, lines: &[L], mut take: impl FnMut(Digest)) {
        let mut run = Run { blocks: [[0; BLOCK]; RUN], ends: [0; RUN], laid: 0 };
        for line in lines {
            let parts = [line.as_ref().as_bytes(), b"\n"];
            let blocks = self.blocks(&parts);
            if run.end() + blocks > RUN {
                run.compress(self, &mut take);
            }
            match run.next(blocks) {
                Some(blocks) => _ = self.laid_out(blocks, &parts),
                None => take(self.and(&parts)),
            }
        }
        run.compress(self, &mut take);
    }

    /// How many blocks are left with `parts` and the end.
    fn blocks(&self, parts: &[&[u8]]) -> usize {
        let more: usize = parts.iter().map(|part| part.len()).sum();
        (self.filled + more + END).div_ceil(BLOCK)
    }

    /// Fills `blocks`, which are as many as there are.
    #[inline]
    fn laid_out<'a>(&self, blocks: &'a mut [Block], parts: &[&[u8]]) -> &'a [Block] {
        blocks[0] = self.block;
        blocks[1..].fill([0; BLOCK]);
        let (bytes, mut at) = (blocks.as_flattened_mut(), self.filled);
        for part in parts {
            bytes[at..at + part.len()].copy_from_slice(part);
            at += part.len();
        }
        bytes[at] = 0x80;
        let bits = 8 * (self.length - self.filled + at) as u64;
        *bytes.last_chunk_mut().expect("a block has sixty-four") = bits.to_be_bytes();
        blocks
    }

    fn compressed(&self, blocks: &[Block]) -> Digest {
        let mut state = self.state;
        compress256(&mut state, blocks);
        digest(state)
    }
}

/// Texts that are laid out one behind the other.
struct Run {
    blocks: [Block; RUN],
    /// Where each text ends.
    ends: [usize; RUN],
    /// How many there are.
    laid: usize,
}

impl Run {
    fn end(&self) -> usize {
        self.laid.checked_sub(1).map_or(0, |last| self.ends[last])
    }

    /// The next `blocks` blocks, if there is room for them.
    fn next(&mut self, blocks: usize) -> Option<&mut [Block]> {
        let start = self.end();
        let next = self.blocks.get_mut(start..start + blocks)?;
        self.ends[self.laid] = start + blocks;
        self.laid += 1;
        Some(next)
    }

    /// Hashes them all, and is empty.
    fn compress(&mut self, begun: &Begun, take: &mut impl FnMut(Digest)) {
        let mut start = 0;
        for end in &self.ends[..self.laid] {
            take(begun.compressed(&self.blocks[start..*end]));
            start = *end;
        }
        self.laid = 0;
    }
}

/// The nodes of a tree over `pairs`, `H(0x01 ‖ left ‖ right)` (RFC 6962), in their order.
pub(super) fn nodes(pairs: &[[Digest; 2]], mut take: impl FnMut(Digest)) {
    // Two blocks; the second has one byte of the right hash, and the end of 65 bytes.
    let mut empty = [[0; BLOCK]; 2];
    empty[0][0] = 1;
    empty[1][1] = 0x80;
    *empty[1].last_chunk_mut().expect("a block has sixty-four") = (8 * (BLOCK as u64 + 1)).to_be_bytes();
    let mut run = [empty; RUN / 2];
    for pairs in pairs.chunks(run.len()) {
        for (blocks, [left, right]) in run.iter_mut().zip(pairs) {
            blocks[0][1..33].copy_from_slice(&left.0);
            blocks[0][33..].copy_from_slice(&right.0[..31]);
            blocks[1][0] = right.0[31];
        }
        run[..pairs.len()].iter().for_each(|blocks| take(Begun::NOTHING.compressed(blocks)));
    }
}

fn digest(state: [u32; 8]) -> Digest {
    let mut digest = [0; 32];
    digest.as_chunks_mut().0.iter_mut().zip(state).for_each(|(bytes, word)| *bytes = word.to_be_bytes());
    Digest(digest)
}
