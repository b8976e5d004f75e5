//! What is wrong with a log's tiles.

use crate::lang::Said;
use crate::said;

/// Why something cannot be read from a log. It names the path of the tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The tile is not there.
    Missing(String),
    /// The tile has not the length that its path tells, or its entries do not fill it.
    Malformed(String),
    /// The tile is not what the root, the tile above or the hashes of its entries say.
    Changed(String),
    /// The tiles of the right edge do not lead to the root.
    Root,
    /// An index or a size beyond the tree, or a tree larger than [`super::LARGEST`].
    Beyond,
    /// An entry of more than 65,535 bytes, which no bundle can hold.
    TooLong,
}

impl Fault {
    /// The fault in both languages.
    pub fn said(&self) -> Said {
        match self {
            Fault::Missing(path) => said!("日志缺少 {path}", "the log lacks {path}"),
            Fault::Malformed(path) => {
                said!("日志的 {path} 长度不对或内容残缺", "{path} of the log is damaged")
            }
            Fault::Changed(path) => {
                said!("日志的 {path} 与树根对不上", "{path} of the log does not lead to the root")
            }
            Fault::Root => {
                said!("日志的瓦片推不出签名的树根", "the tiles of the log do not lead to the root signed")
            }
            Fault::Beyond => said!("超出了日志的范围", "that is beyond the log"),
            Fault::TooLong => {
                said!("日志条目超过 65535 字节", "an entry of the log is longer than 65535 bytes")
            }
        }
    }
}
