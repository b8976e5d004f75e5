//! Signed notes: who said which text, in the formats of the C2SP.
//!
//! A note is a text with signature lines behind it ([c2sp.org/signed-note]). A
//! checkpoint is a note whose text says how large a log is and what its root is
//! ([c2sp.org/tlog-checkpoint]); a witness adds a line with the time at which it
//! saw that nothing was taken away ([c2sp.org/tlog-cosignature]); a log policy
//! says which witnesses are enough ([c2sp.org/tlog-policy]). docs/spec/notes.md
//! has the bytes, and what is refused here that those pages leave open.
//!
//! Everything that reads is total: it takes any bytes and never panics.
//!
//! [c2sp.org/signed-note]: https://c2sp.org/signed-note
//! [c2sp.org/tlog-checkpoint]: https://c2sp.org/tlog-checkpoint
//! [c2sp.org/tlog-cosignature]: https://c2sp.org/tlog-cosignature
//! [c2sp.org/tlog-policy]: https://c2sp.org/tlog-policy

mod algorithm;
mod change;
mod checkpoint;
mod curve;
mod judge;
mod key;
mod key_file;
mod policy;
mod signed;
mod signer;

pub use algorithm::Algorithm;
pub use change::{ChangeKind, KeyChange};
pub use checkpoint::Checkpoint;
pub use judge::{Judgement, Quorum, Vouched};
pub use key::{Found, KeyError, LONGEST_NAME, Verified, VerifierKey, is_name};
pub use key_file::{KeyFile, Locked, Work};
pub use policy::{Group, LogPolicy, MAX_LINES, MAX_POLICY, Named};
pub use signed::{MAX_NOTE, MAX_SIGNATURES, Note, SignatureLine};
pub use signer::SigningKey;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Standard base64 with padding (RFC 4648 section 4).
fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Reads it in its one form: padded, and no bit set that carries nothing.
fn unbase64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}
