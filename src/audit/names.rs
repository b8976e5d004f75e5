//! Which names the files of a log have (docs/spec/log.md, Files).

use crate::digest::Digest;
use crate::log::{CHECKPOINT, LOG_POLICY, is_tile_path};
use crate::note::KeyChange;

/// Whether a log can have a file of that name.
pub(super) fn is_known(file: &str) -> bool {
    match file.split_once('/') {
        None => [CHECKPOINT, LOG_POLICY].contains(&file),
        Some(("checkpoints", name)) => is_size(name),
        Some(("policies", name)) => is_policy(name),
        Some(("keys", name)) => is_key_file(name),
        Some(_) => is_tile_path(file),
    }
}

/// A number of entries: below 2^63, without leading zeros.
fn is_size(text: &str) -> bool {
    text.parse::<i64>().is_ok_and(|size| size >= 0 && size.to_string() == text)
}

fn is_policy(name: &str) -> bool {
    name.strip_suffix(".txt").is_some_and(|hash| hash.parse::<Digest>().is_ok())
}

/// `key-<n>.txt`, n from 001, or `key-<n>-policy.txt`, n from 000; below 2^32.
fn is_key_file(name: &str) -> bool {
    let Some(rest) = name.strip_prefix("key-") else { return false };
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let number = digits.parse::<u32>().ok();
    number.is_some_and(|number| {
        name == KeyChange::policy_file(number) || (number > 0 && name == KeyChange::file(number))
    })
}
