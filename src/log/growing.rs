//! The right edge of a tree that grows: what an append goes on with, however large the tree.

use super::hash::{node, nothing};
use super::tile::{Tile, WIDTH};
use super::tree::joined;
use crate::digest::{Digest, Suite};
use crate::merkle;
use rayon::prelude::*;

/// A tree of which only the tiles at its right edge are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Growing {
    suite: Suite,
    size: u64,
    /// The hashes of each level's last tile, fewer than it can hold; lowest level first.
    edges: Vec<Vec<Digest>>,
}

impl Growing {
    /// The tree of no entries.
    pub fn new(suite: Suite) -> Growing {
        Growing { suite, size: 0, edges: Vec::new() }
    }

    /// A tree taken up where it was left: its size, and the hashes of [`Growing::edges`].
    /// `None` if these are not as many as a tree of that size has.
    pub fn resumed(suite: Suite, size: u64, edges: Vec<Vec<Digest>>) -> Option<Growing> {
        let width = |level: usize| (size >> (8 * level).min(63)) % WIDTH;
        let fits = edges.iter().enumerate().all(|(level, edge)| edge.len() as u64 == width(level));
        (fits && (edges.len() >= 8 || size >> (8 * edges.len()) == 0)).then_some(Growing {
            suite,
            size,
            edges,
        })
    }

    /// Whose hash it has.
    pub fn suite(&self) -> Suite {
        self.suite
    }

    /// Its number of entries.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The hashes of each level's last tile, as far as it is not full; lowest level first.
    pub fn edges(&self) -> &[Vec<Digest>] {
        &self.edges
    }

    /// The tiles at the right edge that are not full.
    pub fn partial(&self) -> impl Iterator<Item = (Tile, &[Digest])> {
        let tile = |(level, edge): (usize, &'_ Vec<Digest>)| Tile {
            level: level as u32,
            index: self.size >> (8 * (level + 1)).min(63),
            width: edge.len() as u64,
        };
        let kept = self.edges.iter().enumerate().filter(|(_, edge)| !edge.is_empty());
        kept.map(move |(level, edge)| (tile((level, edge)), &edge[..]))
    }

    /// Appends the hashes of entries; every tile that becomes full is given to `full`, in the
    /// order of its level.
    pub fn push(&mut self, leaves: &[Digest], full: &mut impl FnMut(Tile, &[Digest])) {
        let before = self.size;
        self.size += leaves.len() as u64;
        let (mut fresh, mut level) = (leaves.to_vec(), 0);
        while !fresh.is_empty() {
            if self.edges.len() == level {
                self.edges.push(Vec::new());
            }
            let mut row = std::mem::take(&mut self.edges[level]);
            let first = before >> (8 * (level + 1)).min(63);
            row.append(&mut fresh);
            let (tiles, rest) = row.as_chunks::<{ WIDTH as usize }>();
            for (index, tile) in (first..).zip(tiles) {
                full(Tile { level: level as u32, index, width: WIDTH }, tile);
            }
            fresh = tiles.par_iter().with_min_len(16).map(|tile| merkle::root(self.suite, tile)).collect();
            self.edges[level] = rest.to_vec();
            level += 1;
        }
    }

    /// The root. The hashes at the right edge stand for perfect subtrees whose sizes fall from
    /// left to right, so the tree is joined from the right.
    pub fn root(&self) -> Digest {
        let mut root: Option<Digest> = None;
        for edge in &self.edges {
            let mut right = &edge[..];
            // Of the hashes of a tile the last 2^k form the smallest subtree, by the lowest bit.
            while !right.is_empty() {
                let (left, last) = right.split_at(right.len() & (right.len() - 1));
                let joined = joined(self.suite, last);
                root = Some(root.map_or(joined, |root| node(self.suite, &joined, &root)));
                right = left;
            }
        }
        root.unwrap_or_else(|| nothing(self.suite))
    }
}
