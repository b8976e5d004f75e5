//! One entry of the journal: what one command entered, by whom and when, behind the hash
//! of the entry before. The journal is a chain: whoever changes, drops or reorders an
//! entry changes the hash of every later one.

use super::act::Act;
use crate::digest::Digest;
use crate::text::{Read, Reader, Writer};
use crate::time::Moment;

/// An entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Number from 1, without gaps.
    pub number: u32,
    /// SHA-256 of the entry before; `None` for the first.
    pub after: Option<Digest>,
    /// When it was entered, by the office's clock; not before the entry before.
    pub at: Moment,
    /// Who entered it: a certificate or staff number, as the office knows its people.
    pub by: String,
    /// What happened, in order; at least one act.
    pub acts: Vec<Act>,
}

const TAG: &str = "yaohao/acts/v1";

impl Entry {
    /// The text of the file.
    pub fn text(&self) -> String {
        let mut text = Writer::new(TAG);
        let after = self.after.map_or_else(|| "none".to_owned(), |digest| digest.to_string());
        text.field("number", self.number).field("after", after).field("at", self.at).field("by", &self.by);
        self.acts.iter().for_each(|act| act.write(&mut text));
        text.finish()
    }

    /// SHA-256 of the text: what the next entry names.
    pub fn id(&self) -> Digest {
        Digest::of(&[self.text().as_bytes()])
    }

    /// Reads the text; refuses every other form of the same content.
    pub fn read(bytes: &[u8]) -> Read<Entry> {
        let mut r = Reader::new(bytes, TAG)?;
        let text = r.field("number")?;
        let number = r.number(text)?;
        let after = match r.field("after")? {
            "none" => None,
            text => Some(r.parse(text, "a hash")?),
        };
        let (at, by) = (r.parsed("at", "a moment")?, r.field("by")?.to_owned());
        let mut acts = Vec::new();
        while let Some(word) = r.optional("act")? {
            acts.push(Act::read(word, &mut r)?);
        }
        if acts.is_empty() || number == 0 {
            return Err(r.error("an entry without an act or a number"));
        }
        r.end()?;
        Ok(Entry { number, after, at, by, acts })
    }
}
