//! Keys and notes to test with.

use yaohao::note::{Algorithm, Note, SigningKey};
use yaohao::time::Moment;

pub fn key(name: &str, algorithm: Algorithm, seed: u8) -> SigningKey {
    SigningKey::new(name, algorithm, &[seed; 32]).expect("a key")
}

pub fn moment(seconds: u64) -> Moment {
    Moment::from_unix(seconds).expect("a moment")
}

pub fn note(text: &str) -> Note {
    Note::new(text).expect("a text")
}

/// `text` signed by each key at its time.
pub fn signed(text: &str, by: &[(&SigningKey, u64)]) -> Note {
    let mut note = note(text);
    for (key, seconds) in by {
        note.add(key.sign_at(text, moment(*seconds)).expect("a line")).expect("room");
    }
    note
}

pub fn unhex(hex: &str) -> Vec<u8> {
    let digit = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex");
    (0..hex.len()).step_by(2).map(digit).collect()
}
