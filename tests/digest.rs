//! The hash of many texts with one beginning is the hash of each text.

use yaohao::digest::{Digest, Suite};

#[test]
fn what_is_hashed_from_a_shared_beginning_is_what_is_hashed_whole() {
    // Every length of beginning and line around the ends of blocks, in both suites.
    let text: String = ('!'..='~').cycle().take(400).collect();
    for suite in Suite::ALL {
        for start in (0..200).map(|length| &text[..length]) {
            let prefix = suite.prefix(start.as_bytes());
            for line in (0..150).map(|length| &text[200..200 + length]) {
                let whole = suite.digest(&[start.as_bytes(), line.as_bytes(), b"\n"]);
                assert_eq!(prefix.line(line), whole, "{}: {} and {}", suite.key(), start.len(), line.len());
            }
        }
    }
}

#[test]
fn hashes_are_in_byte_order() {
    let text = |number: u32| Suite::Sha256.digest(&[&number.to_be_bytes()]);
    let mut hashes: Vec<Digest> = (0..500).map(text).collect();
    // Some that differ behind the first eight bytes only, in both directions.
    for place in [7, 8, 9, 31] {
        let mut like = hashes[0];
        like.0[place] ^= 0x80;
        hashes.push(like);
    }
    hashes.sort();
    assert!(hashes.is_sorted_by(|a, b| a.0 < b.0));
    assert!(hashes.is_sorted_by(|a, b| a.to_string() < b.to_string()));
}
