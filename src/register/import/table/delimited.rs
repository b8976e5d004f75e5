//! CSV (RFC 4180), strictly, row by row.
//!
//! Not the csv crate: it mends a stray quote without a word, and a quote that
//! is never closed swallows all rows after it. Here such a row is one finding,
//! and reading goes on with the next line.

use super::{Broken, Cell, CellKind, Row, Table};
use crate::register::import::values::trim;
use std::borrow::Cow;

/// A record, or the line that is none.
type Record<'a> = Result<Vec<Cow<'a, str>>, &'a str>;

/// Reads the table whose headings stand in row `heading_row`, if there is one.
pub(super) fn read(text: &str, heading_row: u32) -> Option<Table<'_>> {
    let mut records = Records { rest: text };
    let skipped = usize::try_from(heading_row.checked_sub(1)?).ok()?;
    let headings = records.nth(skipped)?.ok()?;
    let width = Width {
        headings: headings.iter().rposition(|heading| !trim(heading).is_empty())? + 1,
        cells: headings.len(),
    };
    let headings: Vec<String> = headings.into_iter().take(width.headings).map(Cow::into_owned).collect();
    let mut table = Table { headings, rows: Vec::new(), blank: 0 };
    for (number, record) in (heading_row + 1..).zip(records) {
        let row = match record {
            Ok(cells) if cells.iter().all(|cell| trim(cell).is_empty()) => {
                table.blank += 1;
                continue;
            }
            Ok(cells) => row(number, cells, width),
            Err(line) => broken(number, Cow::Borrowed(line), Broken::Quote),
        };
        table.rows.push(row);
    }
    Some(table)
}

/// How wide a row may be: the columns up to the last heading, and all those of
/// the heading row, among which may be some without a heading.
#[derive(Clone, Copy)]
struct Width {
    headings: usize,
    cells: usize,
}

fn row(number: u32, mut cells: Vec<Cow<'_, str>>, width: Width) -> Row<'_> {
    if cells.len() == width.cells {
        cells.truncate(width.headings);
    }
    // Empty cells behind the last heading say nothing; Excel writes them.
    while cells.len() > width.headings && cells.last().is_some_and(|cell| trim(cell).is_empty()) {
        cells.pop();
    }
    if cells.len() != width.headings {
        let line = cells.join(",");
        return broken(number, Cow::Owned(line), Broken::Width(cells.len()));
    }
    let cells = cells.into_iter().map(|text| Cell { text, kind: CellKind::Text }).collect();
    Row { number, cells, broken: None }
}

fn broken(number: u32, line: Cow<'_, str>, why: Broken) -> Row<'_> {
    Row { number, cells: vec![Cell { text: line, kind: CellKind::Text }], broken: Some(why) }
}

/// The records of a text, one after the other.
struct Records<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        if let Some((cells, rest)) = record(self.rest) {
            self.rest = rest;
            return Some(Ok(cells));
        }
        // Going on behind the first line costs no more than reading twice: a
        // quote left open on one line is closed by the next line that could
        // leave one open itself.
        let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
        self.rest = rest;
        Some(Err(line.strip_suffix('\r').unwrap_or(line)))
    }
}

/// The first record of `text` and what follows it, or `None` if its quotes are
/// not in order.
fn record(text: &str) -> Option<(Vec<Cow<'_, str>>, &str)> {
    let mut cells = Vec::new();
    let mut rest = text;
    loop {
        let (cell, after) = if rest.starts_with('"') { quoted(rest)? } else { plain(rest)? };
        cells.push(cell);
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None => {
                let next = after.strip_prefix("\r\n").or_else(|| after.strip_prefix('\n'));
                return next.or_else(|| after.is_empty().then_some("")).map(|next| (cells, next));
            }
        }
    }
}

/// The cells of one line without its end.
pub(in crate::register::import) fn one(line: &str) -> Option<Vec<Cow<'_, str>>> {
    let (cells, rest) = record(line)?;
    rest.is_empty().then_some(cells)
}

fn plain(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let end = text.bytes().position(|b| matches!(b, b',' | b'\n' | b'"')).unwrap_or(text.len());
    if text[end..].starts_with('"') {
        return None;
    }
    // A return before the line feed ends the line with it.
    let end = if text[end..].starts_with('\n') && text[..end].ends_with('\r') { end - 1 } else { end };
    Some((Cow::Borrowed(&text[..end]), &text[end..]))
}

fn quoted(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let inner = &text[1..];
    let mut from = 0;
    let mut doubled = false;
    loop {
        let end = from + inner[from..].find('"')?;
        if inner[end + 1..].starts_with('"') {
            doubled = true;
            from = end + 2;
            continue;
        }
        let cell = &inner[..end];
        let cell = if doubled { Cow::Owned(cell.replace("\"\"", "\"")) } else { Cow::Borrowed(cell) };
        return Some((cell, &inner[end + 1..]));
    }
}
