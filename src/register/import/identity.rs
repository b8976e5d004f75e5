//! What can be told from an id alone. Nothing is ever inferred from the region
//! digits of a 统一社会信用代码: one in seven real firms carries another region's.

use super::values::date;
use crate::ids;

/// What an 18-character id is, as 统一社会信用代码.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CreditCode {
    /// All in order, or not 18 characters long.
    Fine,
    /// A character outside the alphabet.
    BadAlphabet(char),
    /// The last character should be this one.
    BadCheck(char),
}

/// Checks an id as 统一社会信用代码, if it has the length of one.
pub(super) fn credit_code(id: &str) -> CreditCode {
    if id.len() != 18 || !id.is_ascii() {
        return CreditCode::Fine;
    }
    match id.chars().find(|c| !ids::is_of_credit_code(*c)) {
        Some(c) => CreditCode::BadAlphabet(c),
        None => match ids::credit_code_check(&id[..17]) {
            Some(check) if !id.ends_with(check) => CreditCode::BadCheck(check),
            _ => CreditCode::Fine,
        },
    }
}

/// Whether `id` is a 统一社会信用代码 with the right check character.
pub(super) fn is_credit_code(id: &str) -> bool {
    id.len() == 18 && credit_code(id) == CreditCode::Fine
}

/// Whether an id has a character more or less than a code that people copy:
/// 16, 17, 19 or 20 characters of a code's alphabet.
pub(super) fn is_almost_a_code(id: &str) -> bool {
    matches!(id.len(), 16 | 17 | 19 | 20) && id.chars().all(ids::is_of_credit_code)
}

/// What Excel makes of a long number: `9.15E+17`.
pub(super) fn is_scientific(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let (sign, exponent) = match exponent.strip_prefix('+') {
        Some(exponent) => (true, exponent),
        None => (false, exponent),
    };
    // An office's own number may be 1E5; only Excel writes a point or a plus.
    let excel = sign || mantissa.contains('.');
    excel && whole.len() == 1 && digits(whole) && digits(decimals) && digits(exponent)
}

/// Whether `text` is the number of an identity card (GB 11643): 17 digits with
/// a date of birth and the check character of ISO 7064 MOD 11-2.
pub(super) fn is_identity_card(text: &str) -> bool {
    let (Some(body), Some(last)) = (text.get(..17), text.get(17..)) else { return false };
    if !body.bytes().all(|b| b.is_ascii_digit()) || !plausible_birth(&body[6..14]) {
        return false;
    }
    let sum = body.bytes().fold(0, |sum, digit| (sum + u32::from(digit - b'0')) * 2 % 11);
    let check = match (12 - sum) % 11 {
        10 => "X".to_owned(),
        digit => digit.to_string(),
    };
    last.eq_ignore_ascii_case(&check)
}

/// The number of an identity card as it may be shown: its region only.
pub(super) fn masked(number: &str) -> String {
    format!("{}************", number.get(..6).unwrap_or_default())
}

fn plausible_birth(day: &str) -> bool {
    (day.starts_with("19") || day.starts_with("20")) && date(day).is_some()
}

/// The id with case, separators and letters that look like digits taken away;
/// different ids with one skeleton are easily taken for each other.
pub(super) fn skeleton(id: &str) -> String {
    let alike = |c: char| match c.to_ascii_uppercase() {
        'O' | 'Q' => '0',
        'I' | 'L' => '1',
        'Z' => '2',
        'S' => '5',
        'G' => '6',
        'B' => '8',
        c => c,
    };
    id.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).map(alike).collect()
}
