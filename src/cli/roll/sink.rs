//! Where batches go, in order: the tree, the pools, the published files.

use super::maker::{Made, Noticed};
use super::pass::interrupted;
use crate::log::Tile;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::TableLine as _;
use crate::roll::{Disorder, RollUnit};
use crate::said;
use crate::store::{Audience, RollFolder, State, Tiles, read, replace, restrict, unwritable};
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

/// What is written of a roll while it is read.
pub struct Sink<'a> {
    pub state: State,
    pub noticed: Noticed,
    folder: &'a RollFolder,
    /// The units in pools; not where they are known already.
    pool: Option<BufWriter<File>>,
    tiles: Option<Tiles>,
    /// Units when the state was last kept.
    kept: u64,
}

/// Units between two states: what is done again at most after a run was cut short.
const EVERY: u64 = 1 << 24;

impl<'a> Sink<'a> {
    /// Goes on at `state`; tiles are written below `tiles`, if that is named.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] if a file cannot be opened.
    pub fn open(folder: &'a RollFolder, state: State, tiles: Option<&Path>, pools: bool) -> Outcome<Self> {
        let pool = if pools { Some(pool(folder, state.pool)?) } else { None };
        let mut tiles = tiles.map(|tiles| Tiles::new(tiles, RollUnit::LINE));
        if let Some(tiles) = tiles.as_mut().filter(|_| state.tree.size() > 0) {
            tiles.resume(state.tree.size(), read(&rest(folder, state.tree.size()))?);
        }
        let kept = state.tree.size();
        Ok(Sink { state, noticed: Noticed::default(), folder, pool, tiles, kept })
    }

    /// Takes in what the next parts came to.
    ///
    /// # Errors
    /// `Ok(Err)` if lines are not in order; what has been taken in is of no use then.
    pub fn take(&mut self, made: Vec<Made>) -> Outcome<Result<(), Disorder>> {
        for Made { lines, batch, noticed } in made {
            self.noticed.add(noticed);
            let batch = match batch {
                Ok(batch) => batch,
                Err(disorder) => return Ok(Err(disorder)),
            };
            let Some((first, last)) = batch.ends else { continue };
            if let Some(before) = self.state.last.take_if(|before| *before >= first) {
                return Ok(Err(Disorder::NotAfter(before, first)));
            }
            self.state.last = Some(last);
            self.state.counts.iter_mut().zip(&batch.counts).for_each(|(all, n)| *all += n);
            let mut written = Ok(());
            let tiles = &mut self.tiles;
            self.state.tree.push(&batch.leaves, &mut |tile: Tile, hashes| {
                if let (Some(tiles), Ok(())) = (tiles.as_mut(), &written) {
                    written = tiles.tile(tile, hashes);
                }
            });
            written?;
            if let Some(tiles) = &mut self.tiles {
                lines.iter().try_for_each(|lines| tiles.lines(lines))?;
            }
            if let Some(pool) = &mut self.pool {
                let path = self.folder.pool();
                pool.write_all(&batch.pool).map_err(|error| unwritable(&path, &error))?;
                self.state.pool += batch.pool.len() as u64;
            }
        }
        Ok(Ok(()))
    }

    /// Keeps how far it has come, if that is worth it.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] if it cannot be written.
    pub fn keep(&mut self) -> Outcome<()> {
        let is_due = self.state.tree.size() >= self.kept + EVERY;
        if is_due && self.noticed.refused == 0 { self.save() } else { Ok(()) }
    }

    /// Keeps how far it has come.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] if it cannot be written.
    pub fn save(&mut self) -> Outcome<()> {
        let (before, size) = (self.kept, self.state.tree.size());
        self.sync()?;
        if let Some(tiles) = &self.tiles {
            replace(&rest(self.folder, size), tiles.rest(), Audience::Office)?;
        }
        replace(&self.folder.state(), self.state.text().as_bytes(), Audience::Office)?;
        if before != size {
            // Only now does nobody need it; if it stays, no harm is done.
            let _ = std::fs::remove_file(rest(self.folder, before));
        }
        self.kept = size;
        Ok(())
    }

    /// Stops here: keeps how far it has come, unless rows were refused, which have to be told.
    ///
    /// # Errors
    /// [`Kind::Incomplete`] if it is kept.
    pub fn interrupted(mut self) -> Outcome<(State, Noticed)> {
        if self.noticed.refused > 0 {
            return Ok((self.state, self.noticed));
        }
        self.save()?;
        Err(interrupted())
    }

    fn sync(&mut self) -> Outcome<()> {
        let path = self.folder.pool();
        let Some(pool) = &mut self.pool else { return Ok(()) };
        let synced = pool.flush().and_then(|()| pool.get_ref().sync_data());
        synced.map_err(|error| unwritable(&path, &error))
    }

    /// Ends: everything is on disk.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] if something cannot be written.
    pub fn finish(mut self) -> Outcome<(State, Noticed)> {
        self.sync()?;
        if let Some(tiles) = self.tiles {
            tiles.finish(&self.state.tree)?;
        }
        Ok((self.state, self.noticed))
    }
}

/// The entries of the bundle that is not full behind `size` entries, while a commitment is not
/// finished. Each state has its own, so that none is ever taken up with that of another.
fn rest(folder: &RollFolder, size: u64) -> PathBuf {
    folder.unfinished_bundles().join(size.to_string())
}

/// The pool file, with what was whole of it.
fn pool(folder: &RollFolder, whole: u64) -> Outcome<BufWriter<File>> {
    let path = folder.pool();
    let open = || {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        restrict(&mut options, Audience::Office);
        let mut file = options.open(&path)?;
        file.set_len(whole)?;
        file.seek(SeekFrom::Start(whole))?;
        Ok(BufWriter::with_capacity(1 << 20, file))
    };
    open().map_err(|error| unwritable(&path, &error))
}

/// An id that is there twice, or a register that changed while it was read.
pub fn disordered(disorder: &Disorder) -> Problem {
    let (what, remedy) = match disorder {
        Disorder::NotAfter(before, id) if before == id => (
            said!("{id} 在名册里有两行", "{id} has two rows in the register"),
            said!(
                "每家单位只留一行；大名册不收同一单位的几个版本",
                "leave one row a unit: a roll has no versions of one unit"
            ),
        ),
        Disorder::NotAfter(before, id) => (
            said!("{id} 排在 {before} 之后，次序不对", "{id} comes after {before}, out of order"),
            said!("读的时候名册变了；重做一次", "the register changed while it was read; do it again"),
        ),
        Disorder::Standing(line) => (
            said!(
                "这一行的分层不在方案里：{line}",
                "this line has a stratum that the policy has not: {line}"
            ),
            said!("报告这个错误", "report this as an error of the program"),
        ),
    };
    Problem::new(Kind::Register, what, remedy)
}
