//! Bytes to text. The rule can be explained to a clerk: a byte-order mark says
//! UTF-8; text that is UTF-8 without a fault is UTF-8; the rest is GB18030.

use std::borrow::Cow;

/// The text and the name of its encoding. What cannot be read becomes U+FFFD,
/// which the import finds in its row.
pub(super) fn decode(bytes: &[u8]) -> (Cow<'_, str>, &'static str) {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return (String::from_utf8_lossy(rest), "UTF-8 BOM");
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), "UTF-8"),
        Err(_) if is_damaged_utf8(bytes) => (String::from_utf8_lossy(bytes), "UTF-8"),
        Err(_) => (encoding_rs::GB18030.decode_without_bom_handling(bytes).0, "GB18030"),
    }
}

/// Whether nine in ten of the sequences beyond ASCII are UTF-8. Taken for
/// GB18030, a file with one broken byte would be imported as gibberish; real
/// GB18030 is nowhere near (a pair of its bytes is UTF-8 one time in five).
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= bad.saturating_mul(9)
}
