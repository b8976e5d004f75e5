//! The forms that dates, numbers and lists take in office tables.

use super::field::Words;
use crate::time::{Date, Period};

/// Characters that separate the parts of a list inside a cell.
pub(super) const SEPARATORS: [char; 6] = ['、', '，', ',', ';', '；', '|'];

/// What stands between the two days of a stretch of leave.
const THROUGH: [char; 3] = ['~', '～', '至'];

/// Cuts ordinary and ideographic spaces off both ends.
pub fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\u{3000}'])
}

/// The parts of a list, trimmed, without empty ones.
pub fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(SEPARATORS).map(trim).filter(|part| !part.is_empty())
}

/// The text with full-width ASCII made half-width, if it had any.
pub fn half_width(text: &str) -> Option<String> {
    let wide = |c: char| ('\u{ff01}'..='\u{ff5e}').contains(&c) || c == '\u{3000}';
    let half = |c: char| match c {
        '\u{3000}' => ' ',
        c if wide(c) => char::from_u32(u32::from(c) - 0xfee0).expect("the block mirrors ASCII"),
        c => c,
    };
    text.contains(wide).then(|| text.chars().map(half).collect())
}

/// A control character, or one that cannot be seen but tells texts apart
/// (zero-width, direction marks, soft hyphen, byte-order mark).
pub fn is_invisible(c: char) -> bool {
    let format = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    c.is_control() || format
}

/// A date: `2026-01-05`, `2026/1/5`, `2026.1.5`, `20260105` or `2026年1月5日`,
/// also with a time of midnight behind it, as databases write it.
pub fn date(text: &str) -> Option<Date> {
    let midnight = [" 00:00:00", " 0:00:00", " 00:00", " 0:00", "T00:00:00"];
    let text = midnight.iter().find_map(|time| text.strip_suffix(time)).unwrap_or(text);
    let (year, month, day) = match text.strip_suffix('日') {
        Some(text) => {
            let (year, rest) = text.split_once('年')?;
            let (month, day) = rest.split_once('月')?;
            (year, month, day)
        }
        None if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) => {
            (&text[..4], &text[4..6], &text[6..])
        }
        None => {
            let mark = ['-', '/', '.'].into_iter().find(|mark| text.contains(*mark))?;
            let (year, rest) = text.split_once(mark)?;
            let (month, day) = rest.split_once(mark)?;
            (year, month, day)
        }
    };
    let part = |text: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&text.len()).then(|| whole(text)).flatten()
    };
    let year = i32::try_from(part(year, 4..=4)?).ok()?;
    Date::new(year, part(month, 1..=2)?, part(day, 1..=2)?).filter(|_| year > 0)
}

/// The day that Excel means by a number, where it counts days from 1900. Never taken as
/// read: other workbooks count from 1904, and the cell no longer says which.
pub(super) fn serial_day(text: &str) -> Option<Date> {
    // Before 1 March 1900 Excel counts a day that there never was.
    let number = whole(text).filter(|number| (61..2_958_466).contains(number))?;
    Some(Date::new(1899, 12, 30)?.plus_days(i64::from(number)))
}

/// Days and stretches of days: `2026-12-05~2026-12-09、2026-12-20`. The error
/// is the part that is none.
pub(super) fn periods(text: &str) -> Result<Vec<Period>, &str> {
    let day = |text: &str| date(trim(text));
    let period = |part| {
        let (from, until) = str::split_once(part, THROUGH).unwrap_or((part, part));
        match (day(from), day(until)) {
            (Some(from), Some(until)) => Ok(Period { from: Some(from), until: Some(until) }),
            _ => Err(part),
        }
    };
    list(text).map(period).collect()
}

/// The canonical form of a list of days; see [`periods`].
pub(super) fn print_periods(periods: &[Period]) -> String {
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let print = |period: &Period| match (day(period.from), day(period.until)) {
        (from, until) if from == until => from,
        (from, until) => format!("{from}~{until}"),
    };
    periods.iter().map(print).collect::<Vec<_>>().join("、")
}

/// A whole number in digits.
pub fn whole(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// Minutes, exactly, from hours: `72`, `72.5` with at most two decimals, or
/// `72:30`, the canonical form.
pub(super) fn minutes(text: &str) -> Option<u32> {
    if let Some((hours, minutes)) = text.split_once(':') {
        let minutes = whole(minutes).filter(|m| minutes.len() == 2 && *m < 60)?;
        return whole(hours)?.checked_mul(60)?.checked_add(minutes);
    }
    let (hours, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let hundredths = match decimals.len() {
        1 => whole(decimals)? * 10,
        2 => whole(decimals)?,
        _ => return None,
    };
    let exact = (hundredths * 60).is_multiple_of(100);
    exact.then(|| whole(hours)?.checked_mul(60)?.checked_add(hundredths * 60 / 100)).flatten()
}

/// The canonical form of minutes; see [`minutes`].
pub(super) fn print_minutes(minutes: u32) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// `yes`, `是`, `no`, `否`.
pub fn yes_no_words() -> Words {
    vec![("yes", "是"), ("no", "否")]
}

/// The truth of a word of [`yes_no_words`], or of a ticked Excel cell.
pub fn yes_no(text: &str) -> Option<bool> {
    match text {
        "yes" | "是" | "TRUE" => Some(true),
        "no" | "否" | "FALSE" => Some(false),
        _ => None,
    }
}

/// The word of [`yes_no_words`] for a truth.
pub(super) fn print_yes_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}
