//! What an append adds: the tiles of the new size, and its root.

use super::fault::Fault;
use super::growing::Growing;
use super::hash::leaf;
use super::tile::{Bundle, HEIGHT, Tile, WIDTH, hashes};
use super::tree::{LARGEST, Tree};
use crate::digest::Digest;
use std::collections::BTreeMap;

/// A tree after an append.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Growth {
    /// Entries after the append.
    pub size: u64,
    /// The root over all of them.
    pub root: Digest,
    /// What is to be written, by path: every new full tile and bundle, and the
    /// partial ones of the new size. Nothing that a smaller size needs is changed.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// Appends `entries` to `tree`.
///
/// # Errors
/// If the last tiles of the tree cannot be read, an entry is too long, or the
/// tree would be larger than [`LARGEST`].
pub fn grow(tree: &Tree<'_>, entries: &[Vec<u8>]) -> Result<Growth, Fault> {
    let size = tree.size().checked_add(entries.len() as u64).filter(|size| *size <= LARGEST);
    let size = size.ok_or(Fault::Beyond)?;
    let mut files = bundles(tree, entries, size)?;
    let suite = tree.suite();
    let levels = (0..u64::BITS / HEIGHT).take_while(|level| hashes(*level, tree.size()) > 0);
    let edges = levels.map(|level| tree.edge(level)).collect::<Result<Vec<_>, _>>()?;
    let mut growing = Growing::resumed(suite, tree.size(), edges).ok_or(Fault::Beyond)?;
    let mut insert = |tile: Tile, hashes: &[Digest]| {
        files.insert(tile.path(), hashes.iter().flat_map(|digest| digest.0).collect());
    };
    let leaves: Vec<Digest> = entries.iter().map(|entry| leaf(suite, entry)).collect();
    growing.push(&leaves, &mut insert);
    // What a smaller size needed already is there.
    let changed = |tile: &Tile| hashes(tile.level, tree.size()) != hashes(tile.level, size);
    growing.partial().filter(|(tile, _)| changed(tile)).for_each(|(tile, hashes)| insert(tile, hashes));
    Ok(Growth { size, root: growing.root(), files })
}

/// Bundles with the new entries behind those that share the first of them.
fn bundles(tree: &Tree<'_>, entries: &[Vec<u8>], size: u64) -> Result<BTreeMap<String, Vec<u8>>, Fault> {
    let first = tree.size() / WIDTH;
    let kept = if tree.size().is_multiple_of(WIDTH) { Vec::new() } else { tree.entries(first * WIDTH)? };
    let all: Vec<&Vec<u8>> = kept.iter().chain(entries).collect();
    let mut files = BTreeMap::new();
    for (index, part) in (first..).zip(all.chunks(WIDTH as usize)) {
        let bundle = Bundle::of(index, size).ok_or(Fault::Beyond)?;
        files.insert(bundle.path(), Bundle::bytes(part)?);
    }
    Ok(files)
}
