//! Decimal numbers as they are written, in one form: `106.50`, `1.065e2` and `106.5` are the
//! same. Nothing is rounded, so that two borders meet only where the file says so.

/// A decimal number: ± digits · 10^power, digits without zeros at either end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Decimal {
    negative: bool,
    digits: String,
    power: i64,
}

impl Decimal {
    /// Reads a number of JSON (RFC 8259 §6); `None` if it is none, or its exponent is beyond
    /// all sense.
    pub fn read(text: &str) -> Option<Decimal> {
        let (negative, plain) = text.strip_prefix('-').map_or((false, text), |plain| (true, plain));
        let (mantissa, exponent) = plain.split_once(['e', 'E']).unwrap_or((plain, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        if whole.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let exponent: i32 = exponent.parse().ok()?;
        let power = i64::from(exponent) - i64::try_from(fraction.len()).ok()?;
        let kept = digits.trim_end_matches('0');
        let power = power + i64::try_from(digits.len() - kept.len()).ok()?;
        let kept = kept.trim_start_matches('0');
        if kept.is_empty() {
            return Some(Decimal { negative: false, digits: String::new(), power: 0 });
        }
        Some(Decimal { negative, digits: kept.to_owned(), power })
    }
}
