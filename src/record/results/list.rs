//! One list: its name, its text, and what it binds.

use super::line::ResultLine;
use crate::digest::{Digest, hex};
use crate::ids::is_key;
use crate::said;
use crate::text::{Read, Reader, Writer};
use crate::time::Moment;
use std::collections::BTreeSet;

/// The folder of the lists, beside the draws.
pub const RESULTS: &str = "results";

const TAG: &str = "yaohao/results/v1";

/// A list of results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Results {
    /// Key of the office.
    pub office: String,
    /// Number from 1, without gaps.
    pub number: u32,
    /// SHA-256 of the file of the list before; `None` exactly in the first.
    pub after: Option<Digest>,
    /// When it was made, by the office's clock.
    pub at: Moment,
    /// The journal as it stood then.
    pub journal: Journalled,
    /// At least one; they rise.
    pub lines: Vec<ResultLine>,
}

/// What a list says of the office's private journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Journalled {
    /// How many entries it had, at least one.
    pub entries: u32,
    /// Commitment to the last of them.
    pub commitment: Digest,
}

impl Journalled {
    /// Binds the journal whose last entry, number `entries`, has the hash `last`. The salt
    /// keeps what stands in that entry from being guessed.
    pub fn new(entries: u32, last: Digest, salt: &[u8; 32]) -> Journalled {
        let text = Writer::new("yaohao/journal/v1").line(hex(salt)).line(last.to_string()).finish();
        Journalled { entries, commitment: Digest::of(&[text.as_bytes()]) }
    }
}

impl Results {
    /// The same with its lines in their order.
    ///
    /// # Panics
    /// If there is no line, or two of them have one key: what is published was gathered
    /// by key.
    pub fn in_order(mut self) -> Results {
        self.lines.sort_by_cached_key(ResultLine::line);
        assert!(!self.lines.is_empty() && keys_differ(&self.lines), "a list was gathered wrongly");
        self
    }

    /// The name of the file of list `number`.
    pub fn file(number: u32) -> String {
        format!("results-{number:04}.txt")
    }

    /// The number of the list in the file called `name`, if it is the name of one.
    pub fn number_of(name: &str) -> Option<u32> {
        let number = name.strip_prefix("results-")?.strip_suffix(".txt")?.parse().ok()?;
        (number > 0 && Results::file(number) == name).then_some(number)
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let mut text = Writer::new(TAG);
        let after = self.after.map_or_else(|| "none".to_owned(), |digest| digest.to_string());
        let Journalled { entries, commitment } = self.journal;
        text.field("office", &self.office)
            .field("number", self.number)
            .field("after", after)
            .field("at", self.at)
            .field("journal", format!("{entries} {commitment}"));
        self.lines.iter().for_each(|line| {
            text.line(line.line());
        });
        text.finish()
    }

    /// SHA-256 of the file: what the next list and the log name.
    pub fn hash(&self) -> Digest {
        Digest::of(&[self.text().as_bytes()])
    }

    /// Reads the text; refuses every other form of the same content.
    pub fn read(bytes: &[u8]) -> Read<Results> {
        let mut r = Reader::new(bytes, TAG)?;
        let office = r.field("office")?;
        if !is_key(office) {
            return Err(r.error("not a key"));
        }
        let number = r.field("number")?;
        let number = r.number(number)?;
        let after = match r.field("after")? {
            "none" => None,
            text => Some(r.parse(text, "a hash")?),
        };
        if number == 0 || after.is_none() != (number == 1) {
            return Err(r.error(said!(
                "从第 1 份数起，只有第 1 份前面没有",
                "lists are counted from 1, and exactly the first has none before it"
            )));
        }
        let at = r.parsed("at", "a moment")?;
        let text = r.field("journal")?;
        let [entries, commitment] = r.split(text)?;
        let journal = Journalled { entries: r.number(entries)?, commitment: r.parse(commitment, "a hash")? };
        if journal.entries == 0 {
            return Err(r.error(said!("台账是空的", "a journal without an entry")));
        }
        let lines = lines(&mut r, office)?;
        Ok(Results { office: office.to_owned(), number, after, at, journal, lines })
    }
}

fn lines(r: &mut Reader<'_>, office: &str) -> Read<Vec<ResultLine>> {
    let (mut lines, mut last) = (Vec::new(), "");
    while let Some(text) = r.next_line()? {
        let line = ResultLine::read(r, text)?;
        if line.line() != text {
            return Err(r.error("not in canonical form"));
        }
        if line.draw().is_some_and(|draw| draw.office != office) {
            return Err(r.error(said!("是另一个机关的抽取", "a draw of another office")));
        }
        if text <= last {
            return Err(r.error(said!("各行没有按字节次序递增", "the lines do not rise")));
        }
        last = text;
        lines.push(line);
    }
    if lines.is_empty() {
        return Err(r.error(said!("一行结果也没有", "a list without a line")));
    }
    if keys_differ(&lines) {
        Ok(lines)
    } else {
        Err(r.error(said!("同一件事写了两次", "a key is there twice")))
    }
}

fn keys_differ(lines: &[ResultLine]) -> bool {
    lines.iter().map(ResultLine::key).collect::<BTreeSet<_>>().len() == lines.len()
}
