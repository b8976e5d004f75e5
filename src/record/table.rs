//! Tables: a tag, then one line an entry.

use crate::digest::{Digest, Suite};
use crate::ids::is_token;
use crate::merkle;
use crate::text::{Read, Reader, TextError, Writer, broken_rule};
use rayon::prelude::*;

/// One line of a table, and the tags of the table and of a hashed line.
pub trait TableLine: Sized + Send + Sync {
    /// First line of the file.
    const TABLE: &'static str;
    /// Tag of a leaf or commitment made of one line.
    const LINE: &'static str;
    /// The line.
    fn line(&self) -> String;
    /// Reads the line.
    fn read(r: &Reader<'_>, line: &str) -> Read<Self>;
}

/// A table with its text, which is what gets hashed.
#[derive(Debug, Clone)]
pub struct Table<L> {
    /// The entries.
    pub lines: Vec<L>,
    /// The text of the file.
    pub text: String,
}

impl<L: TableLine> Table<L> {
    /// The table of these entries, in this order.
    pub fn new(lines: Vec<L>) -> Self {
        let printed: Vec<String> = lines.par_iter().with_min_len(256).map(L::line).collect();
        let mut text = Writer::new(L::TABLE);
        for line in printed {
            text.line(line);
        }
        Table { lines, text: text.finish() }
    }

    /// Reads a table; printing it gives back the same bytes.
    pub fn read(bytes: &[u8]) -> Read<Self> {
        let mut r = Reader::new(bytes, L::TABLE)?;
        let mut numbered = Vec::new();
        while let Some(line) = r.next_line()? {
            numbered.push((r.clone(), line));
        }
        let parse = |(r, line): (Reader<'_>, &str)| {
            let parsed = L::read(&r, line)?;
            // One form only: what prints differently was not in that form.
            if parsed.line() == line { Ok(parsed) } else { Err(r.error("not in canonical form")) }
        };
        // Collected line by line, so that the error told is the first, on any number of threads.
        let parsed: Vec<Read<L>> = numbered.into_par_iter().with_min_len(256).map(parse).collect();
        let lines: Result<Vec<L>, TextError> = parsed.into_iter().collect();
        let text = String::from_utf8(bytes.to_vec()).expect("checked: the text is UTF-8");
        Ok(Table { lines: lines?, text })
    }

    /// Leaf hashes of all lines: RFC 6962 leaves of tag and line.
    pub fn leaves(&self, suite: Suite) -> Vec<Digest> {
        let lines: Vec<&str> = self.text.lines().skip(1).collect();
        lines.par_chunks(256).flat_map_iter(|lines| merkle::leaves(suite, L::LINE, lines)).collect()
    }

    /// Root of the tree over all lines.
    pub fn root(&self, suite: Suite) -> Digest {
        merkle::root(suite, &self.leaves(suite))
    }
}

/// A table as it is written for a whole register: its text and its tree, without
/// an entry in memory for every line.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The text of the file.
    pub text: String,
    /// Leaf hashes of all lines.
    pub leaves: Vec<Digest>,
    suite: Suite,
}

impl Sheet {
    /// The table with one line for each of `entries`, in their order; `write`
    /// appends the line, without its end, to an empty text.
    pub fn new<L: TableLine, T: Sync>(
        suite: Suite,
        entries: &[T],
        write: impl Fn(&T, &mut String) + Sync,
    ) -> Sheet {
        let parts = entries.par_chunks(256).map(|chunk| {
            let mut text = String::with_capacity(256 * chunk.len());
            let mut line = String::with_capacity(512);
            for entry in chunk {
                line.clear();
                write(entry, &mut line);
                assert_eq!(broken_rule(&line), None, "a line was built wrongly: {line:?}");
                text.push_str(&line);
                text.push('\n');
            }
            let lines: Vec<&str> = text.lines().collect();
            let leaves = merkle::leaves(suite, L::LINE, &lines);
            (text, leaves)
        });
        let parts: Vec<(String, Vec<Digest>)> = parts.collect();
        let mut text = String::with_capacity(parts.iter().map(|part| part.0.len()).sum::<usize>() + 64);
        text.push_str(L::TABLE);
        text.push('\n');
        parts.iter().for_each(|part| text.push_str(&part.0));
        Sheet { text, leaves: parts.into_iter().flat_map(|part| part.1).collect(), suite }
    }

    /// Root of the tree over all lines.
    pub fn root(&self) -> Digest {
        merkle::root(self.suite, &self.leaves)
    }
}

/// The leaf of a table's line.
pub fn leaf<L: TableLine>(suite: Suite, line: &str) -> Digest {
    suite.digest(&[&[0], L::LINE.as_bytes(), b"\n", line.as_bytes(), b"\n"])
}

/// The commitment to a line that is itself published only when it is opened:
/// `H("<tag>⏎<draw>⏎<line>⏎")`. The line carries its own salt.
pub(super) fn line_commitment<L: TableLine>(suite: Suite, draw: &str, line: &[&str]) -> Digest {
    let mut text = String::with_capacity(384);
    for part in [L::LINE, "\n", draw, "\n"].iter().chain(line) {
        text.push_str(part);
    }
    text.push('\n');
    suite.digest(&[text.as_bytes()])
}

/// A name in a list of names: no comma, no `=`, and not the dash of an empty list.
pub(super) fn person(r: &Reader<'_>, name: &str) -> Read<String> {
    let fits = is_token(name) && !name.contains([',', '=']) && name != "-";
    fits.then(|| name.to_owned()).ok_or_else(|| r.error(format!("not a name: {name}")))
}
