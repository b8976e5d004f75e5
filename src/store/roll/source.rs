//! A register file that is read part by part.

use super::csv::Csv;
#[cfg(feature = "parquet")]
use super::parquet::Parquet;
use crate::digest::Digest;
use crate::problem::{Kind, Outcome, Problem};
use crate::store::unreadable;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

/// One row.
#[derive(Debug, Clone, Copy)]
pub enum Record<'a> {
    /// Its cells, one a heading; those of columns that are not read are empty.
    Cells(&'a [&'a str]),
    /// A row with nothing in it.
    Blank,
    /// A line whose cells cannot be told apart: its quotes are not in order, or it has this many.
    Broken(&'a str, Option<usize>),
}

/// A register in CSV or Parquet.
#[derive(Debug)]
pub struct Source {
    path: PathBuf,
    kind: Kinds,
}

#[derive(Debug)]
enum Kinds {
    Csv(Csv),
    #[cfg(feature = "parquet")]
    Parquet(Parquet),
}

impl Source {
    /// Opens a register; headings of CSV stand in row `heading_row`.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] if it is neither, or this program reads no Parquet.
    pub fn open(path: &Path, heading_row: u32) -> Outcome<Source> {
        let mut start = [0; 4];
        let file = File::open(path).map_err(|error| unreadable(path, &error))?;
        let is_whole = (&file).read_exact(&mut start).is_ok();
        let kind = if is_whole && &start == b"PAR1" {
            parquet(path)?
        } else {
            Kinds::Csv(Csv::open(path, heading_row)?)
        };
        Ok(Source { path: path.to_owned(), kind })
    }

    /// The headings.
    pub fn headings(&self) -> &[String] {
        match &self.kind {
            Kinds::Csv(csv) => csv.headings(),
            #[cfg(feature = "parquet")]
            Kinds::Parquet(parquet) => parquet.headings(),
        }
    }

    /// How many parts it has.
    pub fn parts(&self) -> usize {
        match &self.kind {
            Kinds::Csv(csv) => csv.parts(),
            #[cfg(feature = "parquet")]
            Kinds::Parquet(parquet) => parquet.parts(),
        }
    }

    /// Reads the rows of a part, in their order, with the cells of `columns`.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] if it cannot be read.
    #[cfg_attr(not(feature = "parquet"), expect(unused_variables, reason = "a line of CSV is read whole"))]
    pub fn read(&self, part: usize, columns: &[usize], each: &mut dyn FnMut(Record<'_>)) -> Outcome<()> {
        match &self.kind {
            Kinds::Csv(csv) => csv.read(part, each),
            #[cfg(feature = "parquet")]
            Kinds::Parquet(parquet) => parquet.read(part, columns, each),
        }
        .map_err(|problem| problem.at(self.path.display().to_string()))
    }

    /// The number of the first row of a part, as a table counts its rows, headings included.
    /// Asked only to tell of a row: a CSV is read for it up to there.
    ///
    /// # Errors
    /// As [`Source::read`].
    pub fn first_row(&self, part: usize) -> Outcome<u64> {
        match &self.kind {
            Kinds::Csv(csv) => csv.first_row(part),
            #[cfg(feature = "parquet")]
            Kinds::Parquet(parquet) => Ok(parquet.first_row(part)),
        }
    }

    /// What tells this file from one that was changed meanwhile: a hash of its length, its
    /// beginning and its end.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] if it cannot be read.
    pub fn mark(&self) -> Outcome<Digest> {
        const ENDS: u64 = 1 << 16;
        let unreadable = |error| unreadable(&self.path, &error);
        let mut file = File::open(&self.path).map_err(unreadable)?;
        let length = file.metadata().map_err(unreadable)?.len();
        let (mut start, mut end) = (Vec::new(), Vec::new());
        (&file).take(ENDS).read_to_end(&mut start).map_err(unreadable)?;
        file.seek(SeekFrom::Start(length.saturating_sub(ENDS))).map_err(unreadable)?;
        file.read_to_end(&mut end).map_err(unreadable)?;
        Ok(Digest::of(&[&length.to_be_bytes(), &start, &end]))
    }
}

#[cfg(feature = "parquet")]
fn parquet(path: &Path) -> Outcome<Kinds> {
    Parquet::open(path).map(Kinds::Parquet).map_err(|problem| problem.at(path.display().to_string()))
}

#[cfg(not(feature = "parquet"))]
fn parquet(path: &Path) -> Outcome<Kinds> {
    use crate::said;
    Err(Problem::new(
        Kind::Unreadable,
        said!(
            "这是 Parquet 文件，本程序编译时没有带上读它的部分",
            "this is a Parquet file, and this program was built without the part that reads it"
        ),
        said!(
            "换用 CSV，或用 cargo build --release --features parquet 重新编译",
            "bring a CSV, or build the program with cargo build --release --features parquet"
        ),
    )
    .at(path.display().to_string()))
}

/// A register that cannot be read, and why.
pub(super) fn refused(what: crate::lang::Said, remedy: crate::lang::Said) -> Problem {
    Problem::new(Kind::Unreadable, what, remedy)
}
