//! What the office has signed last. It is written before a signature leaves the
//! office, so that no other root of the same size can ever be signed.

use crate::digest::Digest;
use crate::lang::Said;
use crate::note::Checkpoint;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::durable::{Audience, read, replace};
use crate::text::{Read, Reader, Writer};
use std::path::Path;

/// private/log-state.txt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogState(pub Checkpoint);

impl LogState {
    const TAG: &str = "yaohao/log-state/v1";

    fn text(&self) -> String {
        let Checkpoint { origin, size, root } = &self.0;
        Writer::new(Self::TAG).field("origin", origin).field("size", size).field("root", root).finish()
    }

    fn parse(bytes: &[u8]) -> Read<LogState> {
        let mut r = Reader::new(bytes, Self::TAG)?;
        let (origin, size) = (r.field("origin")?.to_owned(), r.field("size")?);
        let size = r.number(size)?;
        let root: Digest = r.parsed("root", "a SHA-256")?;
        r.end()?;
        Ok(LogState(Checkpoint { origin, size, root }))
    }

    /// What the office remembers; `None` if it never signed.
    pub fn load(path: &Path) -> Outcome<Option<LogState>> {
        if !path.exists() {
            return Ok(None);
        }
        let state = LogState::parse(&read(path)?).map_err(|error| {
            let Said { zh, en } = error.said();
            Problem::new(
                Kind::Unreadable,
                said!("日志的签名登记读不懂：{zh}", "what the log has signed cannot be read: {en}"),
                said!(
                    "从备份恢复这份文件；没有它，不能再签名",
                    "restore the file from a backup; nothing is signed without it"
                ),
            )
            .at(path.display().to_string())
        })?;
        Ok(Some(state))
    }

    /// Remembers it durably.
    pub fn keep(&self, path: &Path) -> Outcome<()> {
        replace(path, self.text().as_bytes(), Audience::Office)
    }
}
