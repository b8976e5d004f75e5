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
fn many_lines_at_once_are_hashed_as_one_by_one() {
    // Lengths come in no order, and some fill all that is laid out at once, or more.
    let text = "x".repeat(9_000);
    let lines: Vec<&str> = (0..700).map(|n: usize| &text[..(n * n * 37) % 400]).collect();
    let long: Vec<&str> = [0, 4_000, 4_085, 4_087, 4_088, 9_000, 3, 4_200].map(|n| &text[..n]).to_vec();
    for suite in Suite::ALL {
        for start in ["", "tag\n", &text[..63], &text[..100]] {
            let prefix = suite.prefix(start.as_bytes());
            for lines in [&lines[..], &long, &lines[..1], &[]] {
                let mut hashes = Vec::new();
                prefix.lines(lines, |hash| hashes.push(hash));
                let each: Vec<Digest> = lines.iter().map(|line| prefix.line(line)).collect();
                assert_eq!(hashes, each, "{} behind {}", suite.key(), start.len());
            }
        }
    }
}

#[test]
fn a_text_has_one_hash_however_it_is_cut() {
    use sha2::Digest as _;
    let text: Vec<u8> = (0..2_000_u32).map(|n| (n * n % 251) as u8).collect();
    for length in (0..300).chain([503, 504, 511, 512, 513, 1_000, 2_000]) {
        let known = Digest(sha2::Sha256::digest(&text[..length]).into());
        for cut in [0, 1, 31, 64, 65, length] {
            let (first, second) = text[..length].split_at(cut.min(length));
            assert_eq!(Suite::Sha256.digest(&[first, second]), known, "{length} at {cut}");
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
