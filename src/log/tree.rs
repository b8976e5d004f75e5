//! A tree read back from its tiles.

use super::fault::Fault;
use super::hash::{leaf, node, nothing};
use super::tile::{Bundle, HEIGHT, Tile, WIDTH, hashes};
use crate::digest::{Digest, Suite};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Bytes by path below the log's folder; `None` if they are not there.
pub type Fetch<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

/// Entries that a tree may have at most: what Go's `int64` holds, so that other
/// people's tools can follow.
pub const LARGEST: u64 = i64::MAX as u64;

/// A tree of a known size, whose tiles are fetched when they are needed. Every
/// tile is checked: a full one against the tile above it, and those of the right
/// edge against the root.
pub struct Tree<'a> {
    fetch: Fetch<'a>,
    suite: Suite,
    size: u64,
    root: Digest,
    tiles: RefCell<BTreeMap<Tile, Rc<[Digest]>>>,
}

impl<'a> Tree<'a> {
    /// The tree of `size` entries with the root `root`, as a checkpoint names them.
    ///
    /// # Errors
    /// If the tiles of the right edge are not there or do not lead to the root.
    pub fn open(suite: Suite, size: u64, root: Digest, fetch: Fetch<'a>) -> Result<Self, Fault> {
        let tree = Tree::unchecked(suite, size, fetch)?;
        if tree.root == root { Ok(tree) } else { Err(Fault::Root) }
    }

    /// The tree of `size` entries with whatever root its tiles lead to.
    ///
    /// # Errors
    /// If the tiles of the right edge are not there.
    pub fn unchecked(suite: Suite, size: u64, fetch: Fetch<'a>) -> Result<Self, Fault> {
        if size > LARGEST {
            return Err(Fault::Beyond);
        }
        let tiles = RefCell::default();
        let mut tree = Tree { fetch, suite, size, root: nothing(suite), tiles };
        tree.root = tree.root_of(size)?;
        Ok(tree)
    }

    /// Its number of entries.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Its root.
    pub fn root(&self) -> Digest {
        self.root
    }

    /// Whose hash it has.
    pub fn suite(&self) -> Suite {
        self.suite
    }

    /// The root that the tree had when it had `size` entries.
    ///
    /// # Errors
    /// If it never had as many, or a tile is missing or wrong.
    pub fn root_of(&self, size: u64) -> Result<Digest, Fault> {
        match size {
            0 => Ok(nothing(self.suite)),
            _ if size > self.size => Err(Fault::Beyond),
            _ => self.range(0, size),
        }
    }

    /// The hash of entry `index`.
    ///
    /// # Errors
    /// If there is no such entry, or a tile is missing or wrong.
    pub fn leaf(&self, index: u64) -> Result<Digest, Fault> {
        self.perfect(0, index)
    }

    /// The entries from `from` on, each checked against its hash.
    ///
    /// # Errors
    /// If a bundle is missing, or has an entry that the tree has not.
    pub fn entries(&self, from: u64) -> Result<Vec<Vec<u8>>, Fault> {
        let mut entries = Vec::new();
        for index in from / WIDTH..self.size.div_ceil(WIDTH) {
            let Some(bundle) = Bundle::of(index, self.size) else { break };
            let first = index * WIDTH;
            let full = Bundle { width: WIDTH, ..bundle };
            let found = self.bytes(&bundle.path(), &full.path());
            let (bytes, path) = found.ok_or_else(|| Fault::Missing(bundle.path()))?;
            let read = if path == bundle.path() { bundle.read(&bytes)? } else { full.read(&bytes)? };
            for (at, entry) in (first..).zip(read).take(bundle.width as usize) {
                if leaf(self.suite, entry) != self.leaf(at)? {
                    return Err(Fault::Changed(path));
                }
                if at >= from {
                    entries.push(entry.to_vec());
                }
            }
        }
        Ok(entries)
    }

    /// The hash of the `count` entries from `from`, which begin a subtree (RFC 6962, MTH).
    pub(super) fn range(&self, from: u64, count: u64) -> Result<Digest, Fault> {
        if count.is_power_of_two() {
            let level = count.trailing_zeros();
            return self.perfect(level, from >> level);
        }
        let left = 1 << count.ilog2();
        let right = self.range(from + left, count - left)?;
        Ok(node(self.suite, &self.range(from, left)?, &right))
    }

    /// The hash of the subtree `index` of height `level`, all of whose entries are there.
    fn perfect(&self, level: u32, index: u64) -> Result<Digest, Fault> {
        let above = level % HEIGHT;
        let count = 1 << above;
        let first = index.checked_mul(count).ok_or(Fault::Beyond)?;
        let tile = Tile::of(level / HEIGHT, first / WIDTH, self.size).ok_or(Fault::Beyond)?;
        let at = (first % WIDTH) as usize;
        let tiles = self.tile(tile)?;
        let part = tiles.get(at..at + count as usize).ok_or(Fault::Beyond)?;
        Ok(joined(self.suite, part))
    }

    /// The hashes of `tile`, which is checked once it is first needed.
    fn tile(&self, tile: Tile) -> Result<Rc<[Digest]>, Fault> {
        if let Some(known) = self.tiles.borrow().get(&tile) {
            return Ok(Rc::clone(known));
        }
        let full = Tile { width: WIDTH, ..tile };
        let (bytes, path) =
            self.bytes(&tile.path(), &full.path()).ok_or_else(|| Fault::Missing(tile.path()))?;
        let mut found = if path == tile.path() { tile.read(&bytes)? } else { full.read(&bytes)? };
        found.truncate(tile.width as usize);
        // What is not full is at the right edge: the root answers for it.
        if tile.is_full() {
            let above = Tile::of(tile.level + 1, tile.index / WIDTH, self.size).ok_or(Fault::Beyond)?;
            let said = self.tile(above)?[(tile.index % WIDTH) as usize];
            if joined(self.suite, &found) != said {
                return Err(Fault::Changed(path));
            }
        }
        let found: Rc<[Digest]> = found.into();
        self.tiles.borrow_mut().insert(tile, Rc::clone(&found));
        Ok(found)
    }

    /// The bytes at `path`, else those of the full tile, which may have replaced a partial one.
    fn bytes(&self, path: &str, full: &str) -> Option<(Vec<u8>, String)> {
        let at = |path: &str| (self.fetch)(path).map(|bytes| (bytes, path.to_owned()));
        at(path).or_else(|| at(full))
    }

    /// The last tile of `level`, if it is partial: what an append goes on with.
    pub(super) fn edge(&self, level: u32) -> Result<Vec<Digest>, Fault> {
        let index = hashes(level, self.size) / WIDTH;
        match Tile::of(level, index, self.size) {
            Some(tile) => Ok(self.tile(tile)?.to_vec()),
            None => Ok(Vec::new()),
        }
    }
}

/// The root over hashes whose number is a power of two.
pub(super) fn joined(suite: Suite, hashes: &[Digest]) -> Digest {
    match hashes {
        [one] => *one,
        _ => {
            let (left, right) = hashes.split_at(hashes.len() / 2);
            node(suite, &joined(suite, left), &joined(suite, right))
        }
    }
}
