//! RFC 6962 Merkle trees: `leaf = H(0x00 ‖ text)`, `node = H(0x01 ‖ left ‖ right)`,
//! with the hash H of a suite.
//!
//! The tree over n leaves is built level by level; a node without a right
//! neighbour moves up unchanged, which gives the tree of RFC 6962 section 2.1.

use crate::digest::{Digest, Suite};
use rayon::prelude::*;

/// The hash of one leaf's text.
pub fn leaf(suite: Suite, text: &[u8]) -> Digest {
    suite.digest(&[&[0], text])
}

fn node(suite: Suite, left: &Digest, right: &Digest) -> Digest {
    suite.digest(&[&[1], &left.0, &right.0])
}

fn level_above(suite: Suite, level: &[Digest]) -> Vec<Digest> {
    let join = |pair: &[Digest]| match pair {
        [left, right] => node(suite, left, right),
        single => single[0],
    };
    // Below a few thousand pairs the hand-over to other threads costs more than the hashing.
    level.par_chunks(2).with_min_len(1024).map(join).collect()
}

/// The root over `leaves`; of no leaves, the hash of nothing.
pub fn root(suite: Suite, leaves: &[Digest]) -> Digest {
    if leaves.is_empty() {
        return suite.digest(&[]);
    }
    let mut level = leaves.to_vec();
    while level.len() > 1 {
        level = level_above(suite, &level);
    }
    level[0]
}

/// One step of an inclusion proof: the neighbour and the side it stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The neighbour is hashed before what has been computed so far.
    Left(Digest),
    /// The neighbour is hashed after it.
    Right(Digest),
}

impl Step {
    /// The neighbour, whichever side it stands on: that follows from the leaf's number.
    pub fn neighbour(self) -> Digest {
        match self {
            Step::Left(digest) | Step::Right(digest) => digest,
        }
    }
}

/// The inclusion proof of leaf `index`, from the leaf upwards.
///
/// # Panics
/// If `index` is not below the number of leaves.
pub fn path(suite: Suite, leaves: &[Digest], index: usize) -> Vec<Step> {
    assert!(index < leaves.len(), "leaf {index} of {}", leaves.len());
    let (mut level, mut at, mut steps) = (leaves.to_vec(), index, Vec::new());
    while level.len() > 1 {
        if at % 2 == 1 {
            steps.push(Step::Left(level[at - 1]));
        } else if let Some(right) = level.get(at + 1) {
            steps.push(Step::Right(*right));
        }
        level = level_above(suite, &level);
        at /= 2;
    }
    steps
}

/// The root that `steps` lead to from `leaf`.
pub fn climb(suite: Suite, leaf: Digest, steps: &[Step]) -> Digest {
    steps.iter().fold(leaf, |below, step| match step {
        Step::Left(left) => node(suite, left, &below),
        Step::Right(right) => node(suite, &below, right),
    })
}
