//! V29: the files for verifying are those that were there before the draw.

use super::{Loaded, Stop, Verified, ensure};
use crate::digest::Digest;
use crate::said;

/// V29: every file that the commitment names is there with its hash. Others may have
/// come later, for later draws; nothing that was published is ever exchanged.
pub(super) fn verifier(loaded: &Loaded<'_>) -> Verified {
    let commit = loaded.commit()?;
    let wanted = &commit.verifiers;
    if wanted.is_empty() {
        return Err(Stop::NotRun(said!(
            "承诺没有写明核验程序",
            "the commitment names no files for verifying"
        )));
    }
    let files = loaded
        .known
        .verifier
        .ok_or_else(|| Stop::NotRun(said!("未给出核验程序", "the files for verifying were not given")))?;
    for (name, hash) in wanted {
        let bytes = files.get(name).ok_or_else(|| {
            Stop::Fail(said!("承诺写明的 {name} 不在", "{name}, which the commitment names, is not there"))
        })?;
        let found = Digest::of(&[bytes]);
        ensure(found == *hash, || {
            said!(
                "{name} 的 SHA-256 是 {found}，承诺的是 {hash}",
                "the SHA-256 of {name} is {found}, committed was {hash}"
            )
        })?;
    }
    let count = wanted.len();
    let others = files.keys().filter(|name| !wanted.iter().any(|(wanted, _)| wanted == *name)).count();
    Ok(said!(
        "{count} 个文件与承诺一致；另有 {others} 个不是本次承诺的",
        "{count} files are those committed; {others} others are not of this commitment"
    ))
}
