//! All tiles of a log, computed anew from its entries.

use super::fault::Fault;
use super::hash::leaf;
use super::tile::{Bundle, Tile, WIDTH, hashes};
use super::tree::joined;
use crate::digest::{Digest, Suite};
use std::collections::BTreeMap;

/// A log's entries with the hashes of every level of tiles above them.
#[derive(Debug, Clone)]
pub struct Whole<'a> {
    entries: &'a [Vec<u8>],
    levels: Vec<Vec<Digest>>,
}

impl<'a> Whole<'a> {
    /// Hashes all entries.
    pub fn new(suite: Suite, entries: &'a [Vec<u8>]) -> Whole<'a> {
        let mut levels = vec![entries.iter().map(|entry| leaf(suite, entry)).collect::<Vec<Digest>>()];
        while let Some(below) = levels.last().filter(|level| level.len() as u64 >= WIDTH) {
            let (full, _) = below.as_chunks::<{ WIDTH as usize }>();
            let above = full.iter().map(|part| joined(suite, part)).collect();
            levels.push(above);
        }
        Whole { entries, levels }
    }

    /// Every tile and bundle of the tree of the first `size` entries, by path.
    ///
    /// # Errors
    /// If there are fewer entries, or one is too long.
    pub fn files(&self, size: u64) -> Result<BTreeMap<String, Vec<u8>>, Fault> {
        self.from(size, |_| 0)
    }

    /// Those of them at the right edge.
    ///
    /// # Errors
    /// As [`Whole::files`].
    pub fn edge(&self, size: u64) -> Result<BTreeMap<String, Vec<u8>>, Fault> {
        self.from(size, |level| hashes(level, size) / WIDTH)
    }

    fn from(&self, size: u64, first: impl Fn(u32) -> u64) -> Result<BTreeMap<String, Vec<u8>>, Fault> {
        let mut files = BTreeMap::new();
        for (level, hashes) in (0..).zip(&self.levels) {
            for index in first(level).. {
                let Some(tile) = Tile::of(level, index, size) else { break };
                let part = part(hashes, index, tile.width)?;
                files.insert(tile.path(), part.iter().flat_map(|digest| digest.0).collect());
            }
        }
        for index in first(0).. {
            let Some(bundle) = Bundle::of(index, size) else { break };
            let part = part(self.entries, index, bundle.width)?;
            files.insert(bundle.path(), Bundle::bytes(part)?);
        }
        Ok(files)
    }
}

fn part<T>(all: &[T], index: u64, width: u64) -> Result<&[T], Fault> {
    let from = index.checked_mul(WIDTH).and_then(|from| usize::try_from(from).ok()).ok_or(Fault::Beyond)?;
    from.checked_add(width as usize).and_then(|to| all.get(from..to)).ok_or(Fault::Beyond)
}
