//! Verifier keys: a name and a public key, and what they make of a note.

use super::algorithm::Algorithm;
use super::curve;
use super::signed::{Note, SignatureLine};
use super::{base64, unbase64};
use crate::digest::Digest;
use crate::lang::Said;
use crate::said;
use crate::time::Moment;
use std::fmt;
use std::str::FromStr;

/// The longest name of a key, in bytes: what cosignatures of any type can name.
pub const LONGEST_NAME: usize = 255;

/// Whether `name` can be the name of a key: not empty, at most 255 bytes, without
/// spaces of any script, `+`, or control characters (c2sp.org/signed-note); nor U+FEFF
/// or U+FFFD, which no text here holds.
pub fn is_name(name: &str) -> bool {
    let odd = |c: char| c.is_whitespace() || c.is_control() || "+\u{feff}\u{fffd}".contains(c);
    !name.is_empty() && name.len() <= LONGEST_NAME && !name.chars().any(odd)
}

/// What is wrong with a vkey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyError {
    /// It has not the form `name+id+key`.
    Form,
    /// Its signature type is none of [`Algorithm::ALL`].
    Unknown,
    /// The key is no point that can be a public key, or not in its one form.
    Point,
    /// The id is not the one of this name and key: a letter was changed.
    Id,
}

impl KeyError {
    /// In words.
    pub fn said(self) -> Said {
        match self {
            KeyError::Form => said!(
                "公钥应写成“名称+8 位十六进制+Base64”一串，中间没有空格",
                "a public key is written as name+8 hex digits+base64, without spaces"
            ),
            KeyError::Unknown => said!("不认识这种签名算法的公钥", "a public key of an unknown algorithm"),
            KeyError::Point => {
                said!("公钥的数值无效，抄错或被改动", "the public key is no valid one: miscopied or changed")
            }
            KeyError::Id => said!(
                "公钥中的编号与名称、数值对不上，抄错或被改动",
                "the id in the public key does not fit its name and value: miscopied or changed"
            ),
        }
    }
}

/// A public key with its name, written as a *vkey*: `name+id+base64(type ‖ key)`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct VerifierKey {
    name: String,
    algorithm: Algorithm,
    public: Vec<u8>,
    id: u32,
}

/// What a valid signature says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// When it was made, by the witness's clock; `None` of a plain signature.
    pub time: Option<Moment>,
}

/// What a note has of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// No line with the key's name and id.
    Nothing,
    /// Every line of the key verifies.
    Signed(Verified),
    /// A line of the key does not verify: the note was changed, or somebody forges.
    Forged,
}

impl VerifierKey {
    /// The key of a name and the bytes of a public key: 32 of Ed25519, or the 65 of
    /// `04 ‖ x ‖ y` of SM2.
    pub fn new(name: &str, algorithm: Algorithm, public: &[u8]) -> Result<VerifierKey, KeyError> {
        if !is_name(name) {
            return Err(KeyError::Form);
        }
        if !curve::is_public(algorithm, public) {
            return Err(KeyError::Point);
        }
        let [a, b, c, d, ..] = Digest::of(&[name.as_bytes(), b"\n", algorithm.prefix(), public]).0;
        let id = u32::from_be_bytes([a, b, c, d]);
        Ok(VerifierKey { name: name.to_owned(), algorithm, public: public.to_vec(), id })
    }

    /// The name, which stands in signature lines; of a log, the origin of its checkpoints.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first 32 bits of SHA-256(name ‖ LF ‖ type ‖ key).
    pub fn id(&self) -> u32 {
        self.id
    }

    /// How it signs.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The bytes of the public key.
    pub fn public(&self) -> &[u8] {
        &self.public
    }

    /// Whether `line` claims to be by this key.
    pub fn owns(&self, line: &SignatureLine) -> bool {
        line.key_id == self.id && line.name == self.name
    }

    /// What `note` has of this key. Of several lines all must verify, and the
    /// earliest time counts.
    pub fn find(&self, note: &Note) -> Found {
        let mut found = Found::Nothing;
        for line in note.signatures().iter().filter(|line| self.owns(line)) {
            let Some(this) = self.verify_line(note.text(), line) else { return Found::Forged };
            found = match found {
                Found::Signed(before) => Found::Signed(Verified { time: before.time.min(this.time) }),
                _ => Found::Signed(this),
            };
        }
        found
    }

    /// What the key's signature under `note` says, if there is one and all of them are valid.
    pub fn verify(&self, note: &Note) -> Option<Verified> {
        match self.find(note) {
            Found::Signed(verified) => Some(verified),
            Found::Nothing | Found::Forged => None,
        }
    }

    /// Verifies one line over `text`.
    pub fn verify_line(&self, text: &str, line: &SignatureLine) -> Option<Verified> {
        if !self.owns(line) {
            return None;
        }
        let by_key = |message: &[u8], signature: &[u8]| {
            curve::verifies(self.algorithm, &self.public, message, signature)
        };
        if !self.algorithm.is_cosignature() {
            return by_key(text.as_bytes(), &line.bytes).then_some(Verified { time: None });
        }
        let (seconds, signature) = line.bytes.split_first_chunk::<8>()?;
        let time = Moment::from_unix(u64::from_be_bytes(*seconds))?;
        by_key(cosigned(text, time).as_bytes(), signature).then_some(Verified { time: Some(time) })
    }
}

/// What a witness signs: a header, the time, and the whole text (c2sp.org/tlog-cosignature).
pub(super) fn cosigned(text: &str, time: Moment) -> String {
    format!("cosignature/v1\ntime {}\n{text}", time.unix())
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = base64(&[self.algorithm.prefix(), &self.public].concat());
        write!(f, "{}+{:08x}+{key}", self.name, self.id)
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    /// Accepts what [`VerifierKey`] prints, and nothing else.
    fn from_str(text: &str) -> Result<Self, KeyError> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyError::Form);
        };
        let key = unbase64(key).ok_or(KeyError::Form)?;
        let read = |algorithm: Algorithm| Some((algorithm, key.strip_prefix(algorithm.prefix())?));
        let (algorithm, public) = Algorithm::ALL.into_iter().find_map(read).ok_or(KeyError::Unknown)?;
        let key = VerifierKey::new(name, algorithm, public)?;
        if format!("{:08x}", key.id) == id { Ok(key) } else { Err(KeyError::Id) }
    }
}
