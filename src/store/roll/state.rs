//! How far a commitment has come, so that a run cut short is taken up where it stopped.

use crate::digest::{Digest, Suite};
use crate::log::Growing;
use crate::text::{Read, Reader, Writer};

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The register is in order: lines go into the tree as they come.
    Ordered,
    /// It is not: parts are sorted and kept.
    Sorting,
}

/// What has been done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// What tells the same commitment from another: register, policy, window.
    pub subject: Digest,
    /// What is being done.
    pub step: Step,
    /// Parts of the register that are done.
    pub parts: usize,
    /// Sorted runs that are kept.
    pub runs: usize,
    /// Units of the pool file that are whole, in bytes.
    pub pool: u64,
    /// Units with each standing.
    pub counts: Vec<u64>,
    /// The last id, if there is one.
    pub last: Option<String>,
    /// The tree so far.
    pub tree: Growing,
}

const TAG: &str = "yaohao/roll-state/v1";

impl State {
    /// Nothing done yet.
    pub fn new(suite: Suite, subject: Digest, standings: usize) -> State {
        let (step, counts, tree) = (Step::Ordered, vec![0; standings], Growing::new(suite));
        State { subject, step, parts: 0, runs: 0, pool: 0, counts, last: None, tree }
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let mut text = Writer::new(TAG);
        let step = match self.step {
            Step::Ordered => "ordered",
            Step::Sorting => "sorting",
        };
        text.field("subject", self.subject)
            .field("step", step)
            .field("parts", self.parts)
            .field("runs", self.runs)
            .field("pool", self.pool)
            .field("last", self.last.as_deref().unwrap_or("-"))
            .field("size", self.tree.size());
        for count in &self.counts {
            text.field("count", count);
        }
        for edge in self.tree.edges() {
            let hashes: String = edge.iter().map(ToString::to_string).collect();
            text.field("edge", if hashes.is_empty() { "-" } else { &hashes });
        }
        text.finish()
    }

    /// Reads it.
    ///
    /// # Errors
    /// If it is not what was written.
    pub fn read(suite: Suite, bytes: &[u8]) -> Read<State> {
        let mut r = Reader::new(bytes, TAG)?;
        let subject = r.parsed("subject", "a hash")?;
        let step = r.word("step", |word| match word {
            "ordered" => Some(Step::Ordered),
            "sorting" => Some(Step::Sorting),
            _ => None,
        })?;
        let mut number = |key: &str| -> Read<u64> {
            let text = r.field(key)?;
            r.number(text)
        };
        let (parts, runs, pool) = (number("parts")?, number("runs")?, number("pool")?);
        let last = Some(r.field("last")?).filter(|last| *last != "-").map(str::to_owned);
        let text = r.field("size")?;
        let size = r.number(text)?;
        let counts = r.each("count", |r, text| r.number(text))?;
        let edges = r.each("edge", read_edge)?;
        let tree = Growing::resumed(suite, size, edges).ok_or_else(|| r.error("not the edge of a tree"))?;
        r.end()?;
        Ok(State { subject, step, parts: parts as usize, runs: runs as usize, pool, counts, last, tree })
    }
}

fn read_edge<'a>(r: &Reader<'a>, text: &'a str) -> Read<Vec<Digest>> {
    if text == "-" {
        return Ok(Vec::new());
    }
    let hashes = text.as_bytes().chunks(64).map(|hash| str::from_utf8(hash).unwrap_or_default());
    hashes.map(|hash| r.parse(hash, "a hash")).collect()
}
