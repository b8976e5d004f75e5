//! Inclusion and consistency proofs (RFC 6962 sections 2.1.1 and 2.1.2), made
//! from a tree and verified without one (RFC 9162 sections 2.1.3.2 and 2.1.4.2).

use super::fault::Fault;
use super::hash::{node, nothing};
use super::tree::Tree;
use crate::digest::{Digest, Suite};
use crate::record::Sealed;
use crate::text::{Read, Reader};

/// The proof that entry `index` is in the tree of the first `size` entries:
/// neighbours from the leaf upwards.
///
/// # Errors
/// If the entry or the size is beyond the tree, or a tile is missing or wrong.
pub fn inclusion(tree: &Tree<'_>, index: u64, size: u64) -> Result<Vec<Digest>, Fault> {
    if index >= size || size > tree.size() {
        return Err(Fault::Beyond);
    }
    let (mut from, mut count, mut path) = (0, size, Vec::new());
    while count > 1 {
        let left = split(count);
        if index - from < left {
            path.push(tree.range(from + left, count - left)?);
            count = left;
        } else {
            path.push(tree.range(from, left)?);
            (from, count) = (from + left, count - left);
        }
    }
    path.reverse();
    Ok(path)
}

/// The proof that the tree of the first `old` entries begins that of the first
/// `new`; empty if `old` is 0 or the same.
///
/// # Errors
/// If the sizes are out of order or beyond the tree, or a tile is missing or wrong.
pub fn consistency(tree: &Tree<'_>, old: u64, new: u64) -> Result<Vec<Digest>, Fault> {
    if old > new || new > tree.size() {
        return Err(Fault::Beyond);
    }
    if old == 0 || old == new {
        return Ok(Vec::new());
    }
    let (mut from, mut count, mut path) = (0, new, Vec::new());
    // Down to the subtree in which the old tree ends; the verifier has its root
    // by itself only if that is the whole old tree.
    while old - from != count {
        let left = split(count);
        if old - from <= left {
            path.push(tree.range(from + left, count - left)?);
            count = left;
        } else {
            path.push(tree.range(from, left)?);
            (from, count) = (from + left, count - left);
        }
    }
    if from > 0 {
        path.push(tree.range(from, count)?);
    }
    path.reverse();
    Ok(path)
}

/// Whether `path` leads from `leaf`, the hash of entry `index`, to the `root` of a
/// tree of `size` entries.
pub fn is_included(suite: Suite, leaf: Digest, index: u64, size: u64, path: &[Digest], root: Digest) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last, mut found) = (index, size - 1, leaf);
    for neighbour in path {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            found = node(suite, neighbour, &found);
            // A node without a right neighbour has moved up unchanged.
            let up = if at % 2 == 1 { 0 } else { at.trailing_zeros() };
            (at, last) = (at >> up, last >> up);
        } else {
            found = node(suite, &found, neighbour);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && found == root
}

/// Whether `path` shows that the tree of `old` entries with `old_root` begins the
/// tree of `new` entries with `new_root`. The empty tree begins every tree.
pub fn is_consistent(
    suite: Suite,
    (old, old_root): (u64, Digest),
    (new, new_root): (u64, Digest),
    path: &[Digest],
) -> bool {
    if old == 0 || old == new {
        let same = old_root == if old == 0 { nothing(suite) } else { new_root };
        return path.is_empty() && same && (new > 0 || new_root == nothing(suite));
    }
    if old > new {
        return false;
    }
    // A perfect old tree is a node of the new one, and the verifier has its hash.
    let (start, path) = match path {
        _ if old.is_power_of_two() => (old_root, path),
        [first, rest @ ..] => (*first, rest),
        [] => return false,
    };
    let up = (old - 1).trailing_ones();
    let (mut at, mut last) = ((old - 1) >> up, (new - 1) >> up);
    let (mut before, mut after) = (start, start);
    for neighbour in path {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            before = node(suite, neighbour, &before);
            after = node(suite, neighbour, &after);
            let up = if at % 2 == 1 { 0 } else { at.trailing_zeros() };
            (at, last) = (at >> up, last >> up);
        } else {
            after = node(suite, &after, neighbour);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    last == 0 && before == old_root && after == new_root
}

/// An inclusion proof as texts have it: which leaf, and its neighbours from the leaf upwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inclusion {
    /// Number of the leaf, from 0.
    pub index: u64,
    /// The neighbours; their sides follow from the number and the size of the tree.
    pub neighbours: Vec<Digest>,
}

impl Inclusion {
    /// Most neighbours: a tree has below 2^64 leaves.
    const DEEPEST: usize = 64;

    /// Whether it leads from `leaf` to the root of a tree.
    pub fn leads(&self, suite: Suite, leaf: Digest, to: &Sealed) -> bool {
        is_included(suite, leaf, self.index, to.count, &self.neighbours, to.root)
    }

    /// `<index> <neighbour> …`
    pub fn words(&self) -> String {
        let mut words = self.index.to_string();
        for neighbour in &self.neighbours {
            words.push(' ');
            neighbour.push_to(&mut words);
        }
        words
    }

    /// Reads the rest of the line `key …`.
    pub(crate) fn read(r: &mut Reader<'_>, key: &str) -> Read<Inclusion> {
        let text = r.field(key)?;
        Inclusion::parse(r, text)
    }

    pub(crate) fn parse(r: &Reader<'_>, text: &str) -> Read<Inclusion> {
        let mut words = text.split(' ');
        let index = r.number(words.next().unwrap_or_default())?;
        let neighbours = words.map(|word| r.parse(word, "a hash")).collect::<Read<Vec<Digest>>>()?;
        if neighbours.len() > Self::DEEPEST {
            return Err(r.error("a proof is too long"));
        }
        Ok(Inclusion { index, neighbours })
    }
}

/// The largest power of two below `count`, which is at least 2.
fn split(count: u64) -> u64 {
    1 << (count - 1).ilog2()
}
