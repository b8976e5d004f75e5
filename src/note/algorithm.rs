//! The kinds of signatures: C2SP's Ed25519, and SM2 for suite yaohao-1-sm3.

/// How a key signs. The first two are assigned by c2sp.org/signed-note; the other
/// two stand under its byte for types without an assigned one, 0xff, each behind
/// a name that nobody else uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Algorithm {
    /// 0x01: Ed25519 (RFC 8032) over the text.
    Ed25519,
    /// 0x04: Ed25519 over the text and a time, of a witness (cosignature/v1).
    Ed25519Cosignature,
    /// SM2 with SM3 (GB/T 32918.2-2016) over the text.
    Sm2,
    /// SM2 over the text and a time, laid out like cosignature/v1.
    Sm2Cosignature,
}

impl Algorithm {
    /// All of them.
    pub const ALL: [Algorithm; 4] =
        [Algorithm::Ed25519, Algorithm::Ed25519Cosignature, Algorithm::Sm2, Algorithm::Sm2Cosignature];

    /// What stands before the public key in a vkey, and in what a key id hashes.
    /// None is the beginning of another.
    pub fn prefix(self) -> &'static [u8] {
        match self {
            Algorithm::Ed25519 => &[0x01],
            Algorithm::Ed25519Cosignature => &[0x04],
            Algorithm::Sm2 => b"\xffyaohao-1-sm3/sm2\n",
            Algorithm::Sm2Cosignature => b"\xffyaohao-1-sm3/sm2-cosignature/v1\n",
        }
    }

    /// Whether its signatures carry a time: the keys of witnesses.
    pub fn is_cosignature(self) -> bool {
        matches!(self, Algorithm::Ed25519Cosignature | Algorithm::Sm2Cosignature)
    }

    /// Its word in key files.
    pub fn key(self) -> &'static str {
        match self {
            Algorithm::Ed25519 => "ed25519",
            Algorithm::Ed25519Cosignature => "ed25519-cosignature",
            Algorithm::Sm2 => "sm2",
            Algorithm::Sm2Cosignature => "sm2-cosignature",
        }
    }

    /// The algorithm with that word.
    pub fn from_key(key: &str) -> Option<Algorithm> {
        Algorithm::ALL.into_iter().find(|algorithm| algorithm.key() == key)
    }
}
