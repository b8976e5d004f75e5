//! The entries of the log: which file of which draw has which hash.

use crate::digest::Digest;
use crate::ids::{DrawId, is_key, is_token};
use crate::text::{Read, Reader, Writer};

/// What a logged file belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A draw.
    Draw(DrawId),
    /// The office itself, by its key.
    Office(String),
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// What the file belongs to.
    pub subject: Subject,
    /// The file's name in that folder, never a path.
    pub file: String,
    /// The hash of the file.
    pub hash: Digest,
}

impl Entry {
    const TAG: &str = "yaohao/entry/v1";

    /// The text that the log keeps.
    pub fn text(&self) -> String {
        let mut text = Writer::new(Self::TAG);
        match &self.subject {
            Subject::Draw(draw) => text.field("draw", draw),
            Subject::Office(office) => text.field("office", office),
        };
        text.field("file", &self.file).field("hash", self.hash).finish()
    }

    /// Reads the text; a file name with a path in it is refused.
    pub fn read(bytes: &[u8]) -> Read<Entry> {
        let mut r = Reader::new(bytes, Self::TAG)?;
        let subject = match r.optional("draw")? {
            Some(draw) => Subject::Draw(r.parse(draw, "a draw number")?),
            None => {
                let office = r.field("office")?;
                if !is_key(office) {
                    return Err(r.error("not a key"));
                }
                Subject::Office(office.to_owned())
            }
        };
        let file = r.field("file")?;
        if !is_token(file) || file.contains('/') {
            return Err(r.error("not the name of a file"));
        }
        let hash = r.parsed("hash", "a SHA-256")?;
        r.end()?;
        Ok(Entry { subject, file: file.to_owned(), hash })
    }
}
