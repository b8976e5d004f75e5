//! The closing document of a roll.

use crate::record::{Link, Sealed, read_sealed};
use crate::text::Read;

/// The text record.txt of a roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollRecord {
    /// Draw, predecessor, time.
    pub link: Link,
    /// Tree over drawn.txt.
    pub drawn: Sealed,
}

impl RollRecord {
    const TAG: &str = "yaohao/roll-record/v1";

    /// The text.
    pub fn text(&self) -> String {
        self.link.start(Self::TAG).field("drawn", self.drawn).finish()
    }

    /// Reads the text.
    pub fn read(bytes: &[u8]) -> Read<Self> {
        let (link, mut r) = Link::read(bytes, Self::TAG)?;
        let drawn = read_sealed(&mut r, "drawn")?;
        r.end()?;
        Ok(RollRecord { link, drawn })
    }
}
