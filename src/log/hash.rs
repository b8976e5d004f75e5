//! Which hash a log's tree has, and how leaves and nodes are hashed (RFC 6962 section 2.1).

use crate::digest::{Digest, Suite};
use crate::note::{Algorithm, VerifierKey};

/// The suite of a log: that of its key, so that nothing has to say it twice.
pub fn suite_of(key: &VerifierKey) -> Suite {
    match key.algorithm() {
        Algorithm::Ed25519 | Algorithm::Ed25519Cosignature => Suite::Sha256,
        Algorithm::Sm2 | Algorithm::Sm2Cosignature => Suite::Sm3,
    }
}

/// The hash of an entry.
pub(super) fn leaf(suite: Suite, entry: &[u8]) -> Digest {
    suite.digest(&[&[0], entry])
}

/// The hash of two neighbours.
pub(super) fn node(suite: Suite, left: &Digest, right: &Digest) -> Digest {
    suite.digest(&[&[1], &left.0, &right.0])
}

/// The root of the tree without entries.
pub fn nothing(suite: Suite) -> Digest {
    suite.digest(&[])
}
