//! Names that never change: units, draws, and the words used as keys.

use std::fmt;
use std::str::FromStr;

/// Why a text cannot be an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnId;

/// The alphabet of 统一社会信用代码 (GB 32100-2015): no I, O, S, V, Z.
pub const CREDIT_CODE_ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The check character that the first 17 characters of a 统一社会信用代码 call
/// for (GB 32100-2015: 31 − Σ cᵢ·3ⁱ mod 31), or `None` if one of them is
/// outside the alphabet.
///
/// ```
/// assert_eq!(yaohao::ids::credit_code_check("91500112450533912"), Some('J'));
/// ```
pub fn credit_code_check(first17: &str) -> Option<char> {
    let mut sum = 0;
    let mut weight = 1;
    for byte in first17.bytes() {
        let value = CREDIT_CODE_VALUES[usize::from(byte)];
        sum += (value < 31).then_some(usize::from(value))? * weight;
        weight = weight * 3 % 31;
    }
    CREDIT_CODE_ALPHABET.chars().nth((31 - sum % 31) % 31)
}

/// The value of each character of the alphabet, 31 for all others.
const CREDIT_CODE_VALUES: [u8; 256] = {
    let mut values = [31; 256];
    let mut value = 0;
    while value < CREDIT_CODE_ALPHABET.len() {
        values[CREDIT_CODE_ALPHABET.as_bytes()[value] as usize] = value as u8;
        value += 1;
    }
    values
};

/// Whether a character can stand in a 统一社会信用代码.
pub fn is_of_credit_code(c: char) -> bool {
    u8::try_from(c).is_ok_and(|byte| CREDIT_CODE_VALUES[usize::from(byte)] < 31)
}

/// Whether `text` can be an id: up to 64 of `A-Z a-z 0-9 - _ . /`, a letter or
/// digit first. Nothing in it means anything to a shell, a spreadsheet or a list.
pub fn is_token(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_./".contains(&b);
    text.len() <= 64 && text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.bytes().all(plain)
}

/// Whether `text` is a key of the policy: `a-z 0-9 -`, starting with a letter.
pub fn is_key(text: &str) -> bool {
    text.len() <= 32
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Whether `text` is the label of a stratum: `<rule key>` or `<rule key>/<zone key>`.
pub fn is_label(text: &str) -> bool {
    match text.split_once('/') {
        Some((rule, zone)) => is_key(rule) && is_key(zone),
        None => is_key(text),
    }
}

/// The number of a draw: office, year and a sequence without gaps from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DrawId {
    /// The office's key.
    pub office: String,
    /// The year of the commitment.
    pub year: u16,
    /// 1 for the first draw of the year.
    pub sequence: u16,
}

impl DrawId {
    /// The name of the draw's folder, such as `2026-001`.
    pub fn folder(&self) -> String {
        format!("{:04}-{:03}", self.year, self.sequence)
    }
}

impl fmt::Display for DrawId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{:04}/{:03}", self.office, self.year, self.sequence)
    }
}

impl FromStr for DrawId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let mut parts = text.split('/');
        let mut next = || parts.next().ok_or(NotAnId);
        let (office, year, sequence) = (next()?, next()?, next()?);
        let id = DrawId {
            office: office.to_owned(),
            year: year.parse().map_err(|_| NotAnId)?,
            sequence: sequence.parse().map_err(|_| NotAnId)?,
        };
        // One form only: printing must give back what was read.
        let exact = id.to_string() == text && is_key(office);
        let counted = (1..=9999).contains(&id.year) && id.sequence > 0;
        (exact && counted).then_some(id).ok_or(NotAnId)
    }
}
