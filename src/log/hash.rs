//! The hash of a log's tree, in one place.

use crate::digest::Digest;

/// How leaves and nodes of a log's tree are hashed (RFC 6962 section 2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hash;

impl Hash {
    /// The hash of an entry.
    pub fn leaf(self, entry: &[u8]) -> Digest {
        Digest::of(&[&[0], entry])
    }

    /// The hash of two neighbours.
    pub fn node(self, left: &Digest, right: &Digest) -> Digest {
        Digest::of(&[&[1], &left.0, &right.0])
    }

    /// The root of the tree without entries.
    pub fn nothing(self) -> Digest {
        Digest::of(&[])
    }
}
