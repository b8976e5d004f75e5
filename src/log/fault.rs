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
        self.said_of(&said!("日志", "the log"))
    }

    /// The fault in both languages, of the tiles of `whole`.
    pub fn said_of(&self, whole: &Said) -> Said {
        let Said { zh, en } = whole;
        match self {
            Fault::Missing(path) => said!("{zh}缺少 {path}", "{en} lacks {path}"),
            Fault::Malformed(path) => {
                said!("{zh}的 {path} 长度不对或内容残缺", "{path} of {en} is damaged")
            }
            Fault::Changed(path) => {
                said!("{zh}的 {path} 与树根对不上", "{path} of {en} does not lead to the root")
            }
            Fault::Root => {
                said!("瓦片推不出{zh}的树根", "the tiles do not lead to the root of {en}")
            }
            Fault::Beyond => said!("超出了{zh}的范围", "that is beyond {en}"),
            Fault::TooLong => {
                said!("{zh}有条目超过 65535 字节", "an entry of {en} is longer than 65535 bytes")
            }
        }
    }
}
