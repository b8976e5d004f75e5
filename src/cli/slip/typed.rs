//! What was typed or saved at the door, and what was meant. Width, case and spaces are
//! slips of a finger and no reason to accuse anybody.

use crate::slip::Slip;

/// The text as it was written: without the mark that some editors put before it, and
/// with plain ends of lines.
pub fn as_saved(text: &str) -> String {
    text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n")
}

/// The numbers of the slip that are meant; what is meant by none stays as it was typed.
pub fn certificates(typed: &[String], slip: &Slip) -> Vec<String> {
    let known = || slip.members.iter().map(|member| member.card.certificate.as_str());
    typed.iter().map(|number| meant(number, known())).collect()
}

/// The one of `known` that is meant, if it is exactly one; else `typed` itself.
pub fn meant<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let wanted = plain(typed);
    let mut fitting: Vec<&str> = known.into_iter().filter(|number| plain(number) == wanted).collect();
    fitting.dedup();
    match fitting[..] {
        [one] => one.to_owned(),
        // Two that differ by case alone: only the very letters tell them apart.
        _ => typed.trim().to_owned(),
    }
}

/// Half-width, large, without spaces.
fn plain(text: &str) -> String {
    let half = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(half).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{as_saved, meant};

    #[test]
    fn a_slip_of_the_finger_is_no_other_number() {
        for typed in ["SL0038", " sl0038 ", "ＳＬ００３８", "SL 0038", "sl\u{3000}0038"] {
            assert_eq!(meant(typed, ["SL0038", "SL0040"]), "SL0038", "{typed}");
        }
        for (typed, other) in [("SL0039", "SL0039"), ("SL003", "SL003"), (" x ", "x")] {
            assert_eq!(meant(typed, ["SL0038", "SL0040"]), other);
        }
        // Two that differ by case alone.
        assert_eq!(meant("ab1", ["AB1", "ab1"]), "ab1");
        assert_eq!(meant("Ab1", ["AB1", "ab1"]), "Ab1");
        assert_eq!(as_saved("\u{feff}a\r\nb\r\n"), "a\nb\n");
    }
}
