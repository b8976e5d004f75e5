//! What is there, and is it whole? One list of all public records with their hashes, for
//! one command of the system, and for a page that wants to know what it may ask for. It
//! is a view as the rest of the site: nothing that verifies believes it.

use super::frame::At;
use super::{Facts, Ground, link, part};
use crate::digest::Digest;
use crate::markup::Markup;
use crate::record::RESULTS;
use crate::said;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The list, below the public folder.
pub const PATH: &str = "site/SHA256SUMS";

/// Files by their names, with their SHA-256.
pub type Hashed = BTreeMap<String, Digest>;

/// The hashes of a folder's files. What counts as a file and is a folder has none.
pub fn hashed(files: &BTreeMap<String, Vec<u8>>) -> Hashed {
    let files = files.iter().filter(|(name, _)| !name.ends_with('/'));
    files.map(|(name, bytes)| (name.clone(), Digest::of(&[bytes]))).collect()
}

/// The list as `sha256sum` writes and reads it, by path.
pub fn list(facts: &[Facts], ground: &Ground) -> String {
    let draws = facts.iter().map(|facts| (facts.folder.as_str(), &facts.hashes));
    let beside =
        [("log", &ground.log_files), (RESULTS, &ground.lists.hashes), (link::VERIFIER, &ground.verifier)];
    let files = draws.chain(beside).flat_map(|(folder, hashes)| {
        hashes.iter().map(move |(name, hash)| (format!("{folder}/{name}"), hash))
    });
    let sorted: BTreeMap<String, &Digest> = files.collect();
    sorted.iter().map(|(path, hash)| line(path, hash)).collect()
}

/// A line; where a path needs it, in the form with escapes that `sha256sum` knows.
fn line(path: &str, hash: &Digest) -> String {
    let needs = path.contains(['\\', '\n', '\r']);
    let (mark, path) = match needs {
        false => ("", Cow::Borrowed(path)),
        true => ("\\", path.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r").into()),
    };
    format!("{mark}{hash}  {path}\n")
}

/// Where the list is, and what it is good for.
pub fn told(at: &At<'_>, m: &mut Markup) {
    m.element("p", &[], |m| {
        at.link(m, &at.to(PATH), said!("下载与校验：SHA256SUMS", "Downloads and their hashes: SHA256SUMS"));
        at.say(
            m,
            said!(
                "列出公开文件夹里全部记录（历次抽取、检查结果、日志、核验文件）和各自的 SHA-256 值；下载整个文件夹之后，下面一条命令就能查出缺了哪份、坏了哪份：",
                " lists every record of the public folder (draws, results, log, files for verifying) with its SHA-256. Once the whole folder is downloaded, one command tells what is missing or damaged:"
            ),
        );
    });
    part::command(m, "sha256sum -c site/SHA256SUMS");
}
