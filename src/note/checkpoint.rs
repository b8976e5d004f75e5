//! Checkpoints: how large a log is, and the root of its tree (c2sp.org/tlog-checkpoint).

use super::key::is_name;
use super::{base64, unbase64};
use crate::digest::Digest;
use crate::said;
use crate::text::{Read, TextError};

/// The text of a checkpoint: three lines. Lines beyond them, which C2SP allows and
/// advises against, are refused: no witness would vouch for what they say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log: the name of its key.
    pub origin: String,
    /// Number of entries, below 2^63, as other people's tools count.
    pub size: u64,
    /// Root of the tree over them (RFC 6962).
    pub root: Digest,
}

impl Checkpoint {
    /// The text of the note, its last LF included.
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, base64(&self.root.0))
    }

    /// Reads the text of a note.
    pub fn read(text: &str) -> Read<Checkpoint> {
        let error = |line: usize, rule: crate::lang::Said| TextError { line, rule: rule.into() };
        let lines: Vec<&str> = text.splitn(5, '\n').collect();
        let [origin, size, root, ""] = lines[..] else {
            return Err(error(
                0,
                said!(
                    "检查点应为三行：来源、条数、树根",
                    "a checkpoint has three lines: origin, size and root"
                ),
            ));
        };
        if !is_name(origin) {
            return Err(error(1, said!("来源不是日志密钥的名称", "the origin is not a name of a log's key")));
        }
        let number = size.parse::<u64>().ok().filter(|number| number.to_string() == size);
        let number = number.filter(|number| *number < 1 << 63);
        let size = number.ok_or_else(|| error(2, said!("条数不是数", "the size is not a number")))?;
        let bytes = unbase64(root).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        let bytes = bytes.ok_or_else(|| {
            error(3, said!("树根不是 32 字节的 Base64", "the root is not base64 of 32 bytes"))
        })?;
        Ok(Checkpoint { origin: origin.to_owned(), size, root: Digest(bytes) })
    }
}
