//! The lines of a roll and their tree, as files that anybody can be sent.

use crate::digest::Digest;
use crate::log::{Bundle, Fault, Growing, Tile, WIDTH};
use crate::problem::Outcome;
use crate::store::durable::unwritable;
use crate::store::unreadable;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Writes tiles and bundles below a folder, as they become full.
#[derive(Debug)]
pub struct Tiles {
    folder: PathBuf,
    tag: &'static str,
    /// The number of the bundle that is being filled, and its entries so far.
    bundle: u64,
    entries: Vec<u8>,
    width: u64,
    /// Folders that are there.
    made: PathBuf,
}

impl Tiles {
    /// Below `folder`, with entries that begin with the line tag `tag`.
    pub fn new(folder: &Path, tag: &'static str) -> Tiles {
        let (folder, made) = (folder.to_owned(), PathBuf::new());
        Tiles { folder, tag, bundle: 0, entries: Vec::new(), width: 0, made }
    }

    /// The bytes of the bundle that is not full yet.
    pub fn rest(&self) -> &[u8] {
        &self.entries
    }

    /// Goes on behind `size` entries, the last of which are in `rest`.
    pub fn resume(&mut self, size: u64, rest: Vec<u8>) {
        (self.bundle, self.width, self.entries) = (size / WIDTH, size % WIDTH, rest);
    }

    /// One full tile.
    ///
    /// # Errors
    /// [`crate::problem::Kind::Unreadable`] if it cannot be written.
    pub fn tile(&mut self, tile: Tile, hashes: &[Digest]) -> Outcome<()> {
        let bytes: Vec<u8> = hashes.iter().flat_map(|hash| hash.0).collect();
        self.write(&tile.path(), &bytes)
    }

    /// The entries of these lines.
    ///
    /// # Errors
    /// [`crate::problem::Kind::Unreadable`] if a bundle cannot be written.
    pub fn lines(&mut self, lines: &str) -> Outcome<()> {
        for line in lines.lines() {
            let length = self.tag.len() + line.len() + 2;
            let length = u16::try_from(length).expect("a line of a roll is far below 64 KiB");
            self.entries.extend(length.to_be_bytes());
            for part in [self.tag, "\n", line, "\n"] {
                self.entries.extend(part.as_bytes());
            }
            self.width += 1;
            if self.width == WIDTH {
                let bundle = Bundle { index: self.bundle, width: WIDTH };
                let entries = std::mem::take(&mut self.entries);
                self.write(&bundle.path(), &entries)?;
                self.entries = entries;
                self.entries.clear();
                (self.bundle, self.width) = (self.bundle + 1, 0);
            }
        }
        Ok(())
    }

    /// What is left at the right edge.
    ///
    /// # Errors
    /// [`crate::problem::Kind::Unreadable`] if it cannot be written.
    pub fn finish(mut self, tree: &Growing) -> Outcome<()> {
        tree.partial().try_for_each(|(tile, hashes)| self.tile(tile, hashes))?;
        if self.width > 0 {
            let bundle = Bundle { index: self.bundle, width: self.width };
            let entries = std::mem::take(&mut self.entries);
            self.write(&bundle.path(), &entries)?;
        }
        Ok(())
    }

    /// Not synced one by one: what a crash loses is made again, and each is checked against the
    /// root when it is read.
    fn write(&mut self, path: &str, bytes: &[u8]) -> Outcome<()> {
        let path = self.folder.join(path);
        let folder = path.parent().unwrap_or(&self.folder);
        let mut write = || {
            if folder != self.made {
                fs::create_dir_all(folder)?;
                self.made = folder.to_owned();
            }
            fs::write(&path, bytes)
        };
        write().map_err(|error| unwritable(&path, &error))
    }
}

/// Reads tiles and bundles below `folder`.
pub fn fetch(folder: &Path) -> impl Fn(&str) -> Option<Vec<u8>> {
    let folder = folder.to_owned();
    move |path: &str| fs::read(folder.join(path)).ok()
}

/// The lines of a published roll, bundle by bundle, without their tags.
#[derive(Debug)]
pub struct Lines {
    folder: PathBuf,
    tag: &'static str,
    size: u64,
}

impl Lines {
    /// Of the `size` entries below `folder`.
    pub fn new(folder: &Path, tag: &'static str, size: u64) -> Lines {
        Lines { folder: folder.to_owned(), tag, size }
    }

    /// How many bundles there are.
    pub fn bundles(&self) -> u64 {
        self.size.div_ceil(WIDTH)
    }

    /// The lines of the bundle `index`, each with its end. `Ok(Err)` says what is wrong with the
    /// bundle, or that it is missing.
    ///
    /// # Errors
    /// [`crate::problem::Kind::Unreadable`] if it is there and cannot be read.
    pub fn read(&self, index: u64) -> Outcome<Result<String, Fault>> {
        let Some(bundle) = Bundle::of(index, self.size) else { return Ok(Ok(String::new())) };
        let path = self.folder.join(bundle.path());
        match fs::read(&path) {
            Ok(bytes) => Ok(self.lines(&bundle, &bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Err(Fault::Missing(bundle.path()))),
            Err(error) => Err(unreadable(&path, &error)),
        }
    }

    fn lines(&self, bundle: &Bundle, bytes: &[u8]) -> Result<String, Fault> {
        let malformed = || Fault::Malformed(bundle.path());
        let mut lines = String::with_capacity(bytes.len());
        for entry in bundle.read(bytes)? {
            let text = str::from_utf8(entry).map_err(|_| malformed())?;
            let line = text.strip_prefix(self.tag).and_then(|rest| rest.strip_prefix('\n'));
            let line = line.filter(|line| line.ends_with('\n') && line.matches('\n').count() == 1);
            lines.push_str(line.ok_or_else(malformed)?);
        }
        Ok(lines)
    }
}
