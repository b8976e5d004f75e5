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

/// The hashes of leaves whose texts are a line `tag` and one of `lines`, in their order. On one
/// thread; many at once take little more than half the time of one by one.
pub fn leaves<L: AsRef<str>>(suite: Suite, tag: &str, lines: &[L]) -> Vec<Digest> {
    let mut leaves = Vec::with_capacity(lines.len());
    suite.prefix(format!("\0{tag}\n").as_bytes()).lines(lines, |leaf| leaves.push(leaf));
    leaves
}

fn node(suite: Suite, left: &Digest, right: &Digest) -> Digest {
    suite.digest(&[&[1], &left.0, &right.0])
}

/// Leaves of a tree that one thread joins: they stay in its cache, and the hand-over to another
/// thread costs little beside them. A power of two, so that the trees over them are subtrees.
const SUBTREE: usize = 1024;

/// The level above `level`: the node over each pair, and a last one without a right neighbour
/// unchanged. On one thread.
///
/// ```
/// use yaohao::{digest::Suite, merkle::{leaf, parents, root}};
/// let leaves: Vec<_> = (0..7_u8).map(|n| leaf(Suite::Sha256, &[n])).collect();
/// let above = parents(Suite::Sha256, &leaves);
/// assert_eq!((above.len(), above[3]), (4, leaves[6]));
/// assert_eq!(root(Suite::Sha256, &above), root(Suite::Sha256, &leaves));
/// ```
pub fn parents(suite: Suite, level: &[Digest]) -> Vec<Digest> {
    let (pairs, single) = level.as_chunks::<2>();
    let mut above = Vec::with_capacity(pairs.len() + single.len());
    suite.nodes(pairs, |node| above.push(node));
    above.extend_from_slice(single);
    above
}

/// The root over `leaves`; of no leaves, the hash of nothing. The root over the roots of parts is
/// that of the whole, if all parts have the same number of leaves, a power of two, and the last
/// at most as many: so a tree can be built from a stream.
pub fn root(suite: Suite, leaves: &[Digest]) -> Digest {
    if leaves.is_empty() {
        return suite.digest(&[]);
    }
    let mut level = subtrees(suite, leaves);
    while level.len() > SUBTREE {
        level = subtrees(suite, &level);
    }
    joined(suite, &level)
}

/// The roots over every [`SUBTREE`] leaves.
fn subtrees(suite: Suite, leaves: &[Digest]) -> Vec<Digest> {
    leaves.par_chunks(SUBTREE).map(|leaves| joined(suite, leaves)).collect()
}

/// The root over at least one leaf.
fn joined(suite: Suite, leaves: &[Digest]) -> Digest {
    let mut level = parents(suite, leaves);
    while level.len() > 1 {
        level = parents(suite, &level);
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
    let own = leaves.chunks(SUBTREE).nth(index / SUBTREE).expect("a part of the leaves");
    let mut steps = path_within(suite, own, index % SUBTREE);
    if leaves.len() > SUBTREE {
        steps.extend(path(suite, &subtrees(suite, leaves), index / SUBTREE));
    }
    steps
}

/// The same on one thread.
fn path_within(suite: Suite, leaves: &[Digest], index: usize) -> Vec<Step> {
    let (mut level, mut at, mut steps) = (leaves.to_vec(), index, Vec::new());
    while level.len() > 1 {
        if at % 2 == 1 {
            steps.push(Step::Left(level[at - 1]));
        } else if let Some(right) = level.get(at + 1) {
            steps.push(Step::Right(*right));
        }
        level = parents(suite, &level);
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
