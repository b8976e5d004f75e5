//! The hashes of both suites, salts, and their one textual form: lower-case hex.
//! docs/spec/suites.md says what belongs to a suite and what does not.

mod sha256;

use crate::vocabulary;
use hmac::{Hmac, KeyInit, Mac};
use sha2::digest::Output;
use sha2::{Digest as Hash, Sha256};
use sha256::Begun;
use sm3::Sm3;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

vocabulary! {
    /// The algorithms that a draw and its record are made with. A suite's key stands in
    /// the policy and in the commitment; what it names is never redefined.
    Suite {
        /// SHA-256 (FIPS 180-4), and HMAC with it.
        Sha256 = "yaohao-1-sha256", "SHA-256 算法套件";
        /// SM3 (GB/T 32905-2016), and HMAC with it.
        Sm3 = "yaohao-1-sm3", "国密 SM3 算法套件";
    }
}

impl Default for Suite {
    /// The suite of a policy that names none.
    fn default() -> Self {
        Suite::Sha256
    }
}

impl Suite {
    /// The name of its hash, as people know it.
    pub fn hash_name(self) -> &'static str {
        match self {
            Suite::Sha256 => "SHA-256",
            Suite::Sm3 => "SM3",
        }
    }

    /// The suite's hash of the concatenation of `parts`.
    ///
    /// ```
    /// let abc = yaohao::digest::Suite::Sm3.digest(&[b"ab", b"c"]);
    /// assert_eq!(abc.to_string(), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    /// ```
    pub fn digest(self, parts: &[&[u8]]) -> Digest {
        match self {
            Suite::Sha256 => sha256::whole(parts),
            Suite::Sm3 => continued(Sm3::new(), parts),
        }
    }

    /// The nodes of a tree over `pairs`, `H(0x01 ‖ left ‖ right)` (RFC 6962), given to `take` in
    /// their order. Many at once take half the time of one by one.
    pub(crate) fn nodes(self, pairs: &[[Digest; 2]], mut take: impl FnMut(Digest)) {
        match self {
            Suite::Sha256 => sha256::nodes(pairs, take),
            Suite::Sm3 => {
                pairs.iter().for_each(|[left, right]| take(self.digest(&[&[1], &left.0, &right.0])))
            }
        }
    }

    /// The hash of texts that all begin with `start`, which is hashed once.
    pub fn prefix(self, start: &[u8]) -> Prefix {
        Prefix(match self {
            Suite::Sha256 => State::Sha256(Begun::new(start)),
            Suite::Sm3 => State::Sm3(Sm3::new_with_prefix(start)),
        })
    }
}

/// A hash that has taken in the beginning of many texts.
#[derive(Debug, Clone)]
pub struct Prefix(State);

#[derive(Debug, Clone)]
enum State {
    Sha256(Begun),
    Sm3(Sm3),
}

impl Prefix {
    /// The hash of the beginning and one more line, whose end is added.
    pub fn line(&self, line: &str) -> Digest {
        match &self.0 {
            State::Sha256(begun) => begun.and(&[line.as_bytes(), b"\n"]),
            State::Sm3(hasher) => continued(hasher.clone(), &[line.as_bytes(), b"\n"]),
        }
    }

    /// The hashes of the beginning and each of `lines`, as [`Prefix::line`] gives them, given to
    /// `take` in their order. Many at once take half the time of one by one.
    ///
    /// ```
    /// let prefix = yaohao::digest::Suite::Sha256.prefix(b"a tag\n");
    /// let mut hashes = Vec::new();
    /// prefix.lines(&["one", "two"], |hash| hashes.push(hash));
    /// assert_eq!(hashes, [prefix.line("one"), prefix.line("two")]);
    /// ```
    pub fn lines<L: AsRef<str>>(&self, lines: &[L], mut take: impl FnMut(Digest)) {
        match &self.0 {
            State::Sha256(begun) => begun.lines(lines, take),
            State::Sm3(_) => lines.iter().for_each(|line| take(self.line(line.as_ref()))),
        }
    }
}

/// Takes in `parts` and ends.
fn continued<H: Hash>(mut hasher: H, parts: &[&[u8]]) -> Digest
where
    [u8; 32]: From<Output<H>>,
{
    parts.iter().for_each(|part| hasher.update(part));
    Digest(hasher.finalize().into())
}

/// A hash value of either suite. Its order is byte order, which is also the order of its
/// hex form and the numeric order of the 256-bit big-endian integer.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(pub [u8; 32]);

impl Ord for Digest {
    /// Byte order. The first eight bytes are compared as one number, and nearly always decide:
    /// a draw sorts by tickets.
    fn cmp(&self, other: &Digest) -> Ordering {
        self.leading().cmp(&other.leading()).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Digest {
    fn partial_cmp(&self, other: &Digest) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Digest {
    /// SHA-256 of the concatenation of `parts`, whatever the suite of a draw: for what
    /// is no part of one. Everything in a record is hashed by [`Suite::digest`].
    ///
    /// ```
    /// let abc = yaohao::digest::Digest::of(&[b"ab", b"c"]);
    /// assert_eq!(abc.to_string(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    /// ```
    pub fn of(parts: &[&[u8]]) -> Self {
        Suite::Sha256.digest(parts)
    }

    /// Its first eight bytes as a number: what is smaller there is smaller.
    pub fn leading(&self) -> u64 {
        u64::from_be_bytes(self.0.as_chunks().0[0])
    }
}

impl Digest {
    /// Appends the hex form to `text`: what `write!` does, without its detours.
    pub fn push_to(&self, text: &mut String) {
        text.push_str(std::str::from_utf8(&hex_of(&self.0)).expect("hex is ASCII"));
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&hex_of(&self.0)).expect("hex is ASCII"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why a text is not hex of the length wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotHex;

impl FromStr for Digest {
    type Err = NotHex;

    /// Accepts exactly 64 lower-case hex digits.
    fn from_str(text: &str) -> Result<Self, NotHex> {
        unhex(text).map(Digest)
    }
}

/// Both digits of every byte: a record is mostly hex.
const PAIRS: [[u8; 2]; 256] = {
    let mut pairs = [[0; 2]; 256];
    let mut byte = 0;
    while byte < 256 {
        pairs[byte] = [HEX[byte >> 4], HEX[byte & 15]];
        byte += 1;
    }
    pairs
};

const HEX: &[u8; 16] = b"0123456789abcdef";

fn hex_of(bytes: &[u8; 32]) -> [u8; 64] {
    let mut out = [0; 64];
    for (pair, byte) in out.chunks_exact_mut(2).zip(bytes) {
        pair.copy_from_slice(&PAIRS[usize::from(*byte)]);
    }
    out
}

/// Lower-case hex of any bytes.
pub fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| PAIRS[usize::from(*byte)]);
    let mut text = Vec::with_capacity(2 * bytes.len());
    text.extend(digits);
    String::from_utf8(text).expect("hex is ASCII")
}

/// Reads exactly `2 * N` lower-case hex digits; upper case is refused, because
/// a value has one form only.
pub fn unhex<const N: usize>(text: &str) -> Result<[u8; N], NotHex> {
    let text = text.as_bytes();
    if text.len() != 2 * N {
        return Err(NotHex);
    }
    let mut out = [0; N];
    let mut bad = 0;
    for (byte, pair) in out.iter_mut().zip(text.chunks_exact(2)) {
        let (high, low) = (VALUES[usize::from(pair[0])], VALUES[usize::from(pair[1])]);
        bad |= high | low;
        *byte = high << 4 | low;
    }
    // Every digit is below 16; everything else is marked by the highest bit.
    if bad < 16 { Ok(out) } else { Err(NotHex) }
}

/// Reads lower-case hex digits of any even number.
pub fn unhex_any(text: &str) -> Result<Vec<u8>, NotHex> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let byte = |[high, low]: &[u8; 2]| {
        let (high, low) = (VALUES[usize::from(*high)], VALUES[usize::from(*low)]);
        if high | low < 16 { Ok(high << 4 | low) } else { Err(NotHex) }
    };
    if rest.is_empty() { pairs.iter().map(byte).collect() } else { Err(NotHex) }
}

/// The value of each hex digit, 128 for every other byte.
const VALUES: [u8; 256] = {
    let mut values = [128; 256];
    let mut value = 0;
    while value < 16 {
        values[HEX[value] as usize] = value as u8;
        value += 1;
    }
    values
};

/// The secret of a draw from which all its salts come, known to the office only.
#[derive(Clone)]
pub struct SaltKey(Keyed);

#[derive(Clone)]
enum Keyed {
    Sha256(Hmac<Sha256>),
    Sm3(Hmac<Sm3>),
}

impl SaltKey {
    /// The key from a draw's 32 secret bytes.
    pub fn new(suite: Suite, secret: &[u8; 32]) -> Self {
        SaltKey(match suite {
            Suite::Sha256 => Keyed::Sha256(keyed(secret)),
            Suite::Sm3 => Keyed::Sm3(keyed(secret)),
        })
    }

    /// The salts of `id`: U = HMAC (RFC 2104, with the suite's hash) of the id under the key.
    pub fn of(&self, id: &str) -> Salts {
        match &self.0 {
            Keyed::Sha256(mac) => Salts(Suite::Sha256, tagged(mac, id)),
            Keyed::Sm3(mac) => Salts(Suite::Sm3, tagged(mac, id)),
        }
    }
}

fn keyed<M: KeyInit>(secret: &[u8]) -> M {
    M::new_from_slice(secret).expect("HMAC takes keys of any length")
}

fn tagged<M: Mac + Clone>(mac: &M, id: &str) -> [u8; 32]
where
    [u8; 32]: From<Output<M>>,
{
    let mut mac = mac.clone();
    mac.update(id.as_bytes());
    mac.finalize().into_bytes().into()
}

/// The salts of one id, one a field: to know one tells nothing of the others.
#[derive(Clone)]
pub struct Salts(Suite, [u8; 32]);

impl fmt::Debug for Salts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salts(secret)")
    }
}

impl Salts {
    /// The suite they are of.
    pub fn suite(&self) -> Suite {
        self.0
    }

    /// The salt of `field`: the first 128 bits of H(U ‖ field), as hex.
    pub fn salt(&self, field: &str) -> String {
        hex(&self.tag(field).0[..16])
    }

    /// All 256 bits of it; these also order pseudonyms.
    pub fn tag(&self, field: &str) -> Digest {
        self.0.digest(&[&self.1, field.as_bytes()])
    }
}
