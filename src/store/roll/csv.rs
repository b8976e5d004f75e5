//! A CSV in UTF-8, one line a row, read in parts of some megabytes.

use super::source::{Record, refused};
use crate::problem::Outcome;
use crate::register::import::{cells, trim};
use crate::said;
use crate::store::unreadable;
use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

/// About how many bytes a part has.
const PART: u64 = 16 << 20;
/// What is read at once to find the end of a line.
const MORE: usize = 1 << 16;

/// The file, and where its rows begin.
#[derive(Debug)]
pub struct Csv {
    path: PathBuf,
    headings: Vec<String>,
    /// Cells of the heading row, some of which may have no heading.
    width: usize,
    heading_row: u32,
    body: u64,
    length: u64,
}

impl Csv {
    pub fn open(path: &Path, heading_row: u32) -> Outcome<Csv> {
        let failed = |error| unreadable(path, &error);
        let file = File::open(path).map_err(failed)?;
        let length = file.metadata().map_err(failed)?.len();
        let (mut reader, mut line, mut body) = (BufReader::new(file), Vec::new(), 0);
        for _ in 0..heading_row.max(1) {
            line.clear();
            body += reader.read_until(b'\n', &mut line).map_err(failed)? as u64;
        }
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
        let line = str::from_utf8(line).map_err(|_| not_utf8().at(path.display().to_string()))?;
        let row = cells(ended(line)).unwrap_or_default();
        let width = row.len();
        let named = row.iter().rposition(|heading| !trim(heading).is_empty()).map_or(0, |last| last + 1);
        let headings = row.into_iter().take(named).map(Cow::into_owned).collect();
        Ok(Csv { path: path.to_owned(), headings, width, heading_row: heading_row.max(1), body, length })
    }

    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    pub fn parts(&self) -> usize {
        (self.length - self.body).div_ceil(PART) as usize
    }

    /// The lines that begin within a part.
    fn lines(&self, part: usize) -> Outcome<String> {
        let failed = |error| unreadable(&self.path, &error);
        let start = self.body + part as u64 * PART;
        let end = (start + PART).min(self.length);
        let mut file = File::open(&self.path).map_err(failed)?;
        // From one byte before: a line that begins right here is ours.
        file.seek(SeekFrom::Start(start - 1)).map_err(failed)?;
        let mut bytes = Vec::with_capacity((end - start) as usize + MORE);
        (&file).take(end - start + 1).read_to_end(&mut bytes).map_err(failed)?;
        let skipped = match bytes.iter().position(|byte| *byte == b'\n') {
            Some(at) => at + 1,
            None => return Ok(String::new()),
        };
        while bytes.last() != Some(&b'\n') {
            let before = bytes.len();
            (&file).take(MORE as u64).read_to_end(&mut bytes).map_err(failed)?;
            if bytes.len() == before {
                break;
            }
            if let Some(at) = bytes[before..].iter().position(|byte| *byte == b'\n') {
                bytes.truncate(before + at + 1);
            }
        }
        bytes.drain(..skipped);
        String::from_utf8(bytes).map_err(|_| not_utf8())
    }

    pub fn read(&self, part: usize, each: &mut dyn FnMut(Record<'_>)) -> Outcome<()> {
        for line in self.lines(part)?.lines() {
            let Some(mut row) = cells(line) else {
                each(Record::Broken(line, None));
                continue;
            };
            if row.len() == self.width {
                row.truncate(self.headings.len());
            }
            if row.iter().all(|cell| trim(cell).is_empty()) {
                each(Record::Blank);
                continue;
            }
            let row: Vec<&str> = row.iter().map(AsRef::as_ref).collect();
            match row.len() == self.headings.len() {
                true => each(Record::Cells(&row)),
                false => each(Record::Broken(line, Some(row.len()))),
            }
        }
        Ok(())
    }

    pub fn first_row(&self, part: usize) -> Outcome<u64> {
        let before: Outcome<u64> = (0..part).map(|part| Ok(self.lines(part)?.lines().count() as u64)).sum();
        Ok(u64::from(self.heading_row) + 1 + before?)
    }
}

/// A line without its end.
fn ended(line: &str) -> &str {
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.strip_suffix('\r').unwrap_or(line)
}

fn not_utf8() -> crate::problem::Problem {
    refused(
        said!("文件不是 UTF-8 编码", "the file is not UTF-8"),
        said!(
            "先转成 UTF-8，例如 iconv -f GB18030 -t UTF-8 名册.csv > 新文件.csv（UTF-16 的写 -f UTF-16）",
            "convert it first, such as with iconv -f GB18030 -t UTF-8 register.csv > new.csv (-f UTF-16 if it is that)"
        ),
    )
}
