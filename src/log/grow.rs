//! What an append adds: the tiles of the new size, and its root.

use super::fault::Fault;
use super::hash::{leaf, node, nothing};
use super::tile::{Bundle, Tile, WIDTH, hashes};
use super::tree::{LARGEST, Tree, joined};
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
    let mut fresh: Vec<Digest> = entries.iter().map(|entry| leaf(suite, entry)).collect();
    let mut level = 0;
    // Hashes from the left edge of the last tile of each level on; from them comes the root.
    let mut edges = Vec::new();
    while !fresh.is_empty() || hashes(level, size) > 0 {
        let mut row = tree.edge(level)?;
        let first = hashes(level, tree.size()) / WIDTH;
        let changed = !fresh.is_empty();
        row.append(&mut fresh);
        let (full, rest) = row.as_chunks::<{ WIDTH as usize }>();
        for (index, part) in (first..).zip(full.iter().map(|part| &part[..]).chain([rest])) {
            if !part.is_empty() && changed {
                let tile = Tile { level, index, width: part.len() as u64 };
                files.insert(tile.path(), part.iter().flat_map(|digest| digest.0).collect());
            }
        }
        fresh = full.iter().map(|part| joined(suite, part)).collect();
        edges.push(rest.to_vec());
        level += 1;
    }
    let root = root(tree, edges);
    Ok(Growth { size, root, files })
}

/// Bundles with the new entries behind those that share the first of them.
fn bundles(tree: &Tree<'_>, entries: &[Vec<u8>], size: u64) -> Result<BTreeMap<String, Vec<u8>>, Fault> {
    let first = tree.size() / WIDTH;
    let kept = if tree.size().is_multiple_of(WIDTH) { Vec::new() } else { tree.entries(first * WIDTH)? };
    let all: Vec<&Vec<u8>> = kept.iter().chain(entries).collect();
    let mut files = BTreeMap::new();
    for (index, part) in (first..).zip(all.chunks(WIDTH as usize)) {
        let mut bytes = Vec::new();
        part.iter().try_for_each(|entry| Bundle::push(&mut bytes, entry))?;
        let bundle = Bundle::of(index, size).ok_or(Fault::Beyond)?;
        files.insert(bundle.path(), bytes);
    }
    Ok(files)
}

/// The root from the partial tiles of the right edge, lowest level first: they
/// stand for perfect subtrees whose sizes fall from left to right, so the tree
/// is joined from the right.
fn root(tree: &Tree<'_>, edges: Vec<Vec<Digest>>) -> Digest {
    let suite = tree.suite();
    let mut root: Option<Digest> = None;
    for edge in edges {
        let mut right = &edge[..];
        // Of the hashes of a tile the last 2^k form the smallest subtree, by the lowest bit.
        while !right.is_empty() {
            let (left, last) = right.split_at(right.len() & (right.len() - 1));
            let joined = joined(suite, last);
            root = Some(root.map_or(joined, |root| node(suite, &joined, &root)));
            right = left;
        }
    }
    root.unwrap_or_else(|| nothing(suite))
}
