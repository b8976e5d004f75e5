//! A tree read back from its tiles.

use super::fault::Fault;
use super::hash::{leaf, node, nothing};
use super::tile::{Bundle, HEIGHT, Tile, WIDTH, hashes};
use crate::digest::{Digest, Suite};
use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

/// Bytes by path below the log's folder; `None` if they are not there.
pub type Fetch<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

/// Entries that a tree may have at most: what Go's `int64` holds, so that other
/// people's tools can follow.
pub const LARGEST: u64 = i64::MAX as u64;

/// A tree of a known size, whose tiles are fetched when they are needed. Every
/// tile is checked: a full one against the tile above it, and those of the right
/// edge against the root.
///
/// What it keeps does not grow with the entries read: of the tiles of level 0 only those read
/// last, and of all others, one for 65,536 entries.
pub struct Tree<'a> {
    fetch: Fetch<'a>,
    suite: Suite,
    size: u64,
    root: Digest,
    tiles: RefCell<Kept>,
}

/// Tiles that have been checked. One of level 0 has 16 KiB.
#[derive(Default)]
struct Kept {
    tiles: BTreeMap<Tile, Rc<Nodes>>,
    /// Those of level 0, the oldest first.
    lowest: VecDeque<Tile>,
}

/// Tiles of level 0 that are kept.
const LOWEST: usize = 64;

/// The hashes of a tile, and above them those of every perfect subtree within it.
type Nodes = Vec<Vec<Digest>>;

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
            let (bundle, path) = self.unchecked_bundle(index)?;
            for (at, entry) in (index * WIDTH..).zip(bundle) {
                if leaf(self.suite, &entry) != self.leaf(at)? {
                    return Err(Fault::Changed(path));
                }
                if at >= from {
                    entries.push(entry);
                }
            }
        }
        Ok(entries)
    }

    /// The entries of bundle `index` as they were given, and the path they came from. Whoever
    /// uses one compares it with [`Tree::leaf`].
    pub(crate) fn unchecked_bundle(&self, index: u64) -> Result<(Vec<Vec<u8>>, String), Fault> {
        let bundle = Bundle::of(index, self.size).ok_or(Fault::Beyond)?;
        let full = Bundle { width: WIDTH, ..bundle };
        let found = self.bytes(&bundle.path(), &full.path());
        let (bytes, path) = found.ok_or_else(|| Fault::Missing(bundle.path()))?;
        let read = if path == bundle.path() { bundle.read(&bytes)? } else { full.read(&bytes)? };
        let entries = read.into_iter().take(bundle.width as usize).map(<[u8]>::to_vec).collect();
        Ok((entries, path))
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
        let first = index.checked_mul(1 << above).ok_or(Fault::Beyond)?;
        let tile = Tile::of(level / HEIGHT, first / WIDTH, self.size).ok_or(Fault::Beyond)?;
        let nodes = self.tile(tile)?;
        let row = nodes.get(above as usize).ok_or(Fault::Beyond)?;
        row.get((first % WIDTH) as usize >> above).copied().ok_or(Fault::Beyond)
    }

    /// The hashes of `tile` and above, which are checked when they are fetched.
    fn tile(&self, tile: Tile) -> Result<Rc<Nodes>, Fault> {
        if let Some(known) = self.tiles.borrow().tiles.get(&tile) {
            return Ok(Rc::clone(known));
        }
        let full = Tile { width: WIDTH, ..tile };
        let (bytes, path) =
            self.bytes(&tile.path(), &full.path()).ok_or_else(|| Fault::Missing(tile.path()))?;
        let mut found = if path == tile.path() { tile.read(&bytes)? } else { full.read(&bytes)? };
        found.truncate(tile.width as usize);
        let nodes = Rc::new(nodes(self.suite, found));
        // What is not full is at the right edge: the root answers for it.
        if tile.is_full() {
            let above = Tile::of(tile.level + 1, tile.index / WIDTH, self.size).ok_or(Fault::Beyond)?;
            let said = self.tile(above)?[0][(tile.index % WIDTH) as usize];
            if nodes[HEIGHT as usize] != [said] {
                return Err(Fault::Changed(path));
            }
        }
        self.tiles.borrow_mut().keep(tile, Rc::clone(&nodes));
        Ok(nodes)
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
            Some(tile) => Ok(self.tile(tile)?[0].clone()),
            None => Ok(Vec::new()),
        }
    }
}

impl Kept {
    fn keep(&mut self, tile: Tile, nodes: Rc<Nodes>) {
        self.tiles.insert(tile, nodes);
        if tile.level == 0 {
            self.lowest.push_back(tile);
        }
        if self.lowest.len() > LOWEST
            && let Some(oldest) = self.lowest.pop_front()
        {
            self.tiles.remove(&oldest);
        }
    }
}

/// The rows of a tile: its hashes, their pairs, the pairs of these, up to the root of a full one.
fn nodes(suite: Suite, hashes: Vec<Digest>) -> Nodes {
    let mut rows = vec![hashes];
    while let Some((pairs, _)) = rows.last().map(|row| row.as_chunks::<2>())
        && !pairs.is_empty()
    {
        rows.push(pairs.iter().map(|[left, right]| node(suite, left, right)).collect());
    }
    rows
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
