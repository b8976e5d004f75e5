//! Which tile holds which hashes, and what its path is (C2SP tlog-tiles,
//! "Merkle Tree" and "Log entries").

use super::fault::Fault;
use super::tree::Fetch;
use crate::digest::Digest;

/// Hashes in a full tile, entries in a full bundle.
pub const WIDTH: u64 = 256;

/// Levels of a tree over the hashes of one tile: 2^8 = 256.
pub(super) const HEIGHT: u32 = 8;

/// A tile: up to 256 consecutive hashes of one level. Level 0 has the hashes of
/// entries, each level above the roots of full tiles of the level below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tile {
    /// 0 for the hashes of entries; at most 63.
    pub level: u32,
    /// Number of the tile within its level, from 0.
    pub index: u64,
    /// Hashes in it, 1 to 256; below 256 only at the right edge of a tree.
    pub width: u64,
}

/// A bundle of up to 256 entries: those whose hashes stand in the tile of level 0
/// with the same index and width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bundle {
    /// Number of the bundle, from 0.
    pub index: u64,
    /// Entries in it, 1 to 256.
    pub width: u64,
}

impl Tile {
    /// The tile `index` of `level` in a tree of `size` entries; `None` if it is empty.
    pub fn of(level: u32, index: u64, size: u64) -> Option<Tile> {
        let hashes = hashes(level, size);
        let width = hashes.saturating_sub(index.checked_mul(WIDTH)?).min(WIDTH);
        (width > 0).then_some(Tile { level, index, width })
    }

    /// Whether it has all its 256 hashes.
    pub fn is_full(&self) -> bool {
        self.width == WIDTH
    }

    /// `tile/<level>/<index>`, with `.p/<width>` if it is partial.
    pub fn path(&self) -> String {
        format!("tile/{}/{}", self.level, place(self.index, self.width))
    }

    /// The hashes of the tile, read from its bytes.
    ///
    /// # Errors
    /// If there are not exactly as many bytes as the width demands.
    pub fn read(&self, bytes: &[u8]) -> Result<Vec<Digest>, Fault> {
        let (hashes, rest) = bytes.as_chunks::<32>();
        if !rest.is_empty() || hashes.len() as u64 != self.width {
            return Err(Fault::Malformed(self.path()));
        }
        Ok(hashes.iter().map(|hash| Digest(*hash)).collect())
    }

    /// Whether the tile that `fetch` gives has just these hashes.
    ///
    /// # Errors
    /// If it is not there, or another.
    pub fn compare(&self, hashes: &[Digest], fetch: Fetch<'_>) -> Result<(), Fault> {
        let path = self.path();
        match fetch(&path) {
            None => Err(Fault::Missing(path)),
            Some(bytes) if bytes.iter().eq(hashes.iter().flat_map(|hash| &hash.0)) => Ok(()),
            Some(_) => Err(Fault::Changed(path)),
        }
    }
}

impl Bundle {
    /// The bundle `index` in a tree of `size` entries; `None` if it is empty.
    pub fn of(index: u64, size: u64) -> Option<Bundle> {
        Tile::of(0, index, size).map(|tile| Bundle { index, width: tile.width })
    }

    /// `tile/entries/<index>`, with `.p/<width>` if it is partial.
    pub fn path(&self) -> String {
        format!("tile/entries/{}", place(self.index, self.width))
    }

    /// The entries, read from the bundle's bytes: each has its length in two
    /// bytes, big-endian, before it.
    ///
    /// # Errors
    /// If there are not exactly as many entries as the width demands.
    pub fn read<'a>(&self, bytes: &'a [u8]) -> Result<Vec<&'a [u8]>, Fault> {
        let damaged = || Fault::Malformed(self.path());
        let (mut rest, mut entries) = (bytes, Vec::new());
        while !rest.is_empty() && (entries.len() as u64) < self.width {
            let (length, after) = rest.split_first_chunk::<2>().ok_or_else(damaged)?;
            let length = usize::from(u16::from_be_bytes(*length));
            let (entry, after) = after.split_at_checked(length).ok_or_else(damaged)?;
            entries.push(entry);
            rest = after;
        }
        let whole = rest.is_empty() && entries.len() as u64 == self.width;
        whole.then_some(entries).ok_or_else(damaged)
    }

    /// The bytes of the bundle of these entries.
    ///
    /// # Errors
    /// If one is too long.
    pub fn bytes<E: AsRef<[u8]>>(entries: impl IntoIterator<Item = E>) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        entries.into_iter().try_for_each(|entry| Bundle::push(&mut bytes, entry.as_ref()))?;
        Ok(bytes)
    }

    /// Appends `entry` as it stands in a bundle.
    ///
    /// # Errors
    /// If it is too long.
    fn push(bytes: &mut Vec<u8>, entry: &[u8]) -> Result<(), Fault> {
        let length = u16::try_from(entry.len()).map_err(|_| Fault::TooLong)?;
        bytes.extend(length.to_be_bytes());
        bytes.extend(entry);
        Ok(())
    }
}

/// How many hashes `level` of tiles has in a tree of `size` entries.
pub(super) fn hashes(level: u32, size: u64) -> u64 {
    // Above level 7 there is nothing for any size below 2^64.
    level.checked_mul(HEIGHT).and_then(|bits| size.checked_shr(bits)).unwrap_or(0)
}

/// Whether a tile or a bundle of some tree has this path: level 0 to 63 or `entries`, an
/// index below 2^55 as `place` writes it, a width of 1 to 255 if it is partial.
pub fn is_tile_path(path: &str) -> bool {
    let Some((level, named)) = path.strip_prefix("tile/").and_then(|rest| rest.split_once('/')) else {
        return false;
    };
    let is_level = level == "entries" || (0..64).any(|known: u32| known.to_string() == level);
    let (index, width) = match named.split_once(".p/") {
        Some((index, width)) => (index, width.parse().unwrap_or(0)),
        None => (named, WIDTH),
    };
    let digits: String = index.chars().filter(char::is_ascii_digit).collect();
    let index = digits.parse::<u64>().ok().filter(|index| *index < 1 << 55);
    is_level && width > 0 && index.is_some_and(|index| place(index, width) == named)
}

/// The index in groups of three digits, all but the last with an `x` before it.
fn place(index: u64, width: u64) -> String {
    let mut path = format!("{:03}", index % 1000);
    let mut above = index / 1000;
    while above > 0 {
        path = format!("x{:03}/{path}", above % 1000);
        above /= 1000;
    }
    if width < WIDTH { format!("{path}.p/{width}") } else { path }
}
