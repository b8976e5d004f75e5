//! Files of keys: the secret one, the public one beside it, and the documents
//! that change them.

use super::durable::{Audience, read, replace, unreadable};
use super::party::{PartyFile, loaded, secret_in_place_of};
use crate::lang::Said;
use crate::note::{KeyChange, KeyError, KeyFile, LogPolicy, Note, VerifierKey};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use std::fs;
use std::path::{Path, PathBuf};

/// The public file that belongs to a secret one: `FILE.pub`.
pub fn public_file(secret: &Path) -> PathBuf {
    let mut name = secret.file_name().unwrap_or_default().to_owned();
    name.push(".pub");
    secret.with_file_name(name)
}

/// Writes a new key: first the public file, then the secret one, which makes it
/// final. A secret file that is there is never replaced.
pub fn store_key(path: &Path, file: &KeyFile) -> Outcome<()> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(Problem::new(
            Kind::State,
            said!("文件已存在，私钥绝不覆盖", "the file exists, and a secret key is never overwritten"),
            said!("用 --out 换一个文件名", "choose another name with --out"),
        )
        .at(path.display().to_string()));
    }
    if is_in_public(path) {
        return Err(Problem::new(
            Kind::State,
            said!("私钥不能放进 public 文件夹", "a secret key must not lie in the public folder"),
            said!(
                "放到本机关的 keys 文件夹，或别的介质",
                "put it into the office's keys folder or elsewhere"
            ),
        )
        .at(path.display().to_string()));
    }
    replace(&public_file(path), format!("{}\n", file.verifier()).as_bytes(), Audience::Public)?;
    replace(path, file.text().as_bytes(), Audience::Office)
}

/// Whether a path lies in the public folder of an office.
pub fn is_in_public(path: &Path) -> bool {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // A folder that is still to be made has no canonical path.
    let folder = fs::canonicalize(folder).or_else(|_| std::path::absolute(folder));
    let folder = folder.unwrap_or_default();
    let public = |folder: &Path| {
        let named = folder.file_name().is_some_and(|name| name == "public");
        named && folder.parent().is_some_and(|office| office.join("office.toml").exists())
    };
    folder.ancestors().any(public)
}

/// Reads the file of a secret key; the secret may still be under its passphrase.
pub fn load_key(path: &Path) -> Outcome<KeyFile> {
    loaded(path, PartyFile::SecretKey, KeyFile::read)
}

/// Whether others on this machine may read the file (where the system has modes).
#[cfg(unix)]
pub fn are_keys_exposed(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o077 != 0)
}

/// Whether others on this machine may read the file (where the system has modes).
#[cfg(not(unix))]
pub fn are_keys_exposed(_path: &Path) -> bool {
    false
}

/// Reads a public key: a file with one line, the vkey.
pub fn load_public(path: &Path) -> Outcome<VerifierKey> {
    let bytes = read(path)?;
    let here = |problem: Problem| problem.at(path.display().to_string());
    if let Some(problem) =
        secret_in_place_of(&said!("公钥（.pub 文件）", "a public key (a .pub file)"), &bytes)
    {
        return Err(here(problem));
    }
    let line = std::str::from_utf8(&bytes).ok().map(|text| text.trim_end_matches(['\r', '\n']));
    line.ok_or(KeyError::Form).and_then(str::parse).map_err(|error: KeyError| {
        let remedy = said!(
            "请对方重新交来 yaohao key new 写出的 .pub 文件",
            "ask for the .pub file again, as yaohao key new wrote it"
        );
        here(Problem::new(Kind::Unreadable, error.said(), remedy))
    })
}

/// Reads a change of keys, signed or not.
pub fn load_change(path: &Path) -> Outcome<(Note, KeyChange)> {
    loaded(path, PartyFile::KeyChange, |bytes| {
        let is_signed = bytes.windows(2).any(|pair| pair == b"\n\n");
        let note = if is_signed { Note::read(bytes)? } else { Note::new(String::from_utf8_lossy(bytes))? };
        let change = KeyChange::read(note.text().as_bytes())?;
        Ok((note, change))
    })
}

/// Reads a log-policy.txt, and keeps its bytes, which are what is hashed.
pub fn load_log_policy(path: &Path) -> Outcome<(LogPolicy, Vec<u8>)> {
    if !path.exists() {
        let missing = unreadable(path, &std::io::ErrorKind::NotFound.into());
        let remedy = said!(
            "本机关还没有公开日志；先写好 public/log/log-policy.txt（docs/spec/notes.md）",
            "the office keeps no log yet; first write public/log/log-policy.txt (docs/spec/notes.md)"
        );
        return Err(Problem { remedy, ..missing });
    }
    let bytes = read(path)?;
    let policy = LogPolicy::read(&bytes).map_err(|error| {
        let Said { zh, en } = error.said();
        Problem::new(
            Kind::Policy,
            said!("日志规则写得不对（{zh}）", "the log policy is wrong ({en})"),
            said!("按 docs/spec/notes.md 改正这一行", "mend that line as docs/spec/notes.md says"),
        )
        .at(path.display().to_string())
    })?;
    Ok((policy, bytes))
}

/// A log policy that somebody brings to hold published files against.
///
/// # Errors
/// [`Kind::Unreadable`] if it is no log policy: it is not the caller's to mend.
pub fn trusted_log_policy(path: &Path) -> Outcome<LogPolicy> {
    LogPolicy::read(&read(path)?).map_err(|error| {
        let Said { zh, en } = error.said();
        Problem::new(
            Kind::Unreadable,
            said!("日志规则读不懂：{zh}", "the log policy cannot be read: {en}"),
            said!("用抽查机关公布的 log-policy.txt", "use log-policy.txt as the office published it"),
        )
        .at(path.display().to_string())
    })
}
