//! Sorting a register that no memory holds: sorted runs on disk, merged again.

use crate::problem::Outcome;
use crate::store::durable::unwritable;
use crate::store::unreadable;
use rayon::slice::ParallelSliceMut as _;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};

/// Bytes that each run is read in while they are merged.
const BUFFER: usize = 1 << 18;

/// Sorts the lines of `texts` and keeps them as run `number`.
///
/// # Errors
/// [`crate::problem::Kind::Unreadable`] if it cannot be written.
pub fn keep_run(folder: &Path, number: usize, texts: &[String]) -> Outcome<()> {
    let mut lines: Vec<&str> = texts.iter().flat_map(|text| text.lines()).collect();
    lines.par_sort_unstable();
    let path = path(folder, number);
    let write = || {
        std::fs::create_dir_all(folder)?;
        let mut file = BufWriter::with_capacity(BUFFER, File::create(&path)?);
        for line in &lines {
            file.write_all(line.as_bytes())?;
            file.write_all(b"\n")?;
        }
        file.into_inner()?.sync_all()
    };
    write().map_err(|error| unwritable(&path, &error))
}

fn path(folder: &Path, number: usize) -> PathBuf {
    folder.join(format!("{number:06}"))
}

/// The lines of all runs, in order.
#[derive(Debug)]
pub struct Merge {
    runs: Vec<(PathBuf, BufReader<File>)>,
    next: BinaryHeap<Reverse<(String, usize)>>,
}

impl Merge {
    /// Of the runs 0 to `count` − 1.
    ///
    /// # Errors
    /// [`crate::problem::Kind::Unreadable`] if one is missing.
    pub fn open(folder: &Path, count: usize) -> Outcome<Merge> {
        let run = |number| {
            let path = path(folder, number);
            let file = File::open(&path).map_err(|error| unreadable(&path, &error))?;
            Ok((path, BufReader::with_capacity(BUFFER, file)))
        };
        let runs = (0..count).map(run).collect::<Outcome<Vec<_>>>()?;
        let mut merge = Merge { runs, next: BinaryHeap::new() };
        (0..count).try_for_each(|run| merge.pull(run, String::new()))?;
        Ok(merge)
    }

    fn pull(&mut self, run: usize, mut line: String) -> Outcome<()> {
        line.clear();
        let (path, reader) = &mut self.runs[run];
        if reader.read_line(&mut line).map_err(|error| unreadable(path, &error))? > 0 {
            self.next.push(Reverse((line, run)));
        }
        Ok(())
    }

    /// The next lines, some `size` bytes of them; empty at the end.
    ///
    /// # Errors
    /// [`crate::problem::Kind::Unreadable`] if a run cannot be read.
    pub fn lines(&mut self, size: usize) -> Outcome<String> {
        let mut text = String::with_capacity(size + 1024);
        while text.len() < size {
            let Some(Reverse((line, run))) = self.next.pop() else { break };
            text.push_str(&line);
            self.pull(run, line)?;
        }
        Ok(text)
    }
}
