//! Where things are, from the public folder on: paths and the parts of addresses.

use super::{FOLDER, Ground};
use crate::digest::Digest;
use crate::lang::Lang;
use crate::record::{Commit, RESULTS, Results};
use std::fmt::Write as _;

/// What the pages of a draw are called: as its folder, unless that could not be the
/// name of a page or is the name of another.
pub fn stem(folder: &str) -> String {
    let plain = folder.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    if plain && folder.bytes().any(|b| b.is_ascii_digit()) && folder.len() <= 64 {
        return folder.to_owned();
    }
    let hash = Digest::of(&[folder.as_bytes()]).to_string();
    format!("folder-{}", &hash[..8])
}

/// A segment of an address: whatever means something in one is escaped.
pub fn segment(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// A file of a draw.
pub fn file(folder: &str, name: &str) -> String {
    format!("{}/{}", segment(folder), segment(name))
}

/// The file of a list of results.
pub fn list(number: u32) -> String {
    format!("{RESULTS}/{}", Results::file(number))
}

/// The index of a draw for the search.
pub fn units(stem: &str) -> String {
    format!("{FOLDER}/units/{stem}.js")
}

/// The folder of a language.
pub fn lang(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    }
}

/// The page with which a draw is verified in a browser: the one that its commitment
/// names last, else the program's own, else the last by name.
pub fn verifier(commit: Option<&Commit>, ground: &Ground) -> Option<String> {
    let is_page = |name: &str| name.ends_with(".html");
    let named = commit.into_iter().flat_map(|commit| commit.verifiers.iter().rev());
    let named = named.map(|(name, _)| name).find(|name| is_page(name) && ground.verifier.contains_key(*name));
    let pages = ground.verifier.iter().filter(|(name, _)| is_page(name)).rev();
    let own = || pages.clone().find(|(_, hash)| Some(**hash) == ground.own_page);
    let found = named.or_else(|| own().or_else(|| pages.clone().next()).map(|(name, _)| name));
    found.map(|name| format!("{}/{}", VERIFIER, segment(name)))
}

/// The folder with files for verifying, beside the draws.
pub const VERIFIER: &str = "verifier";

/// What the verifier reads behind `#`: the draw's folder as seen from the verifier, and
/// the unit that is asked for.
pub fn question(folder: &str, unit: Option<&str>) -> String {
    let unit = unit.map(|unit| format!("&unit={}", segment(unit))).unwrap_or_default();
    format!("#draw=../{}{unit}", segment(folder))
}

/// A name of a folder as one word of a shell.
pub fn shell(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    match !name.is_empty() && !name.starts_with('-') && name.chars().all(plain) {
        true => name.to_owned(),
        false => format!("'./{}'", name.replace('\'', "'\\''")),
    }
}
