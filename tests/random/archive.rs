//! The draws and their lines, where other implementations find them. The format is told
//! in tests/random.rs.

use super::make::Made;
use std::collections::BTreeMap;
use std::path::Path;

fn number(out: &mut Vec<u8>, number: usize) {
    out.extend(u32::try_from(number).expect("small").to_le_bytes());
}

fn bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    number(out, bytes.len());
    out.extend(bytes);
}

fn files(out: &mut Vec<u8>, files: &BTreeMap<String, Vec<u8>>) {
    number(out, files.len());
    for (name, content) in files {
        bytes(out, name.as_bytes());
        bytes(out, content);
    }
}

fn given(out: &mut Vec<u8>, is_given: bool) {
    number(out, usize::from(is_given));
}

fn put(out: &mut Vec<u8>, made: &Made) {
    files(out, &made.folder.0);
    given(out, made.commitment.is_some());
    made.commitment.iter().for_each(|commitment| bytes(out, commitment.to_string().as_bytes()));
    given(out, made.predecessor.is_some());
    made.predecessor.iter().for_each(|document| bytes(out, document));
    given(out, made.verifier.is_some());
    made.verifier.iter().for_each(|folder| files(out, folder));
}

/// Writes draws.bin and lines.txt.
pub fn leave(folder: &Path, draws: &[Made], lines: &str) {
    std::fs::create_dir_all(folder).expect("the target folder");
    let mut out = Vec::new();
    number(&mut out, draws.len());
    draws.iter().for_each(|made| put(&mut out, made));
    std::fs::write(folder.join("draws.bin"), out).expect("the target folder");
    std::fs::write(folder.join("lines.txt"), lines).expect("the target folder");
}
