//! What a witness sees of the new entries, beside the files that are there.

use crate::cli::console::Console;
use crate::digest::Digest;
use crate::ids::DrawId;
use crate::log::{Entry, LOG_POLICY, Subject, documents};
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{RESULTS, Results};
use crate::said;
use crate::store::folder_of;
use crate::verify::Folder;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Checks the entries from `before` on and says what they are; how many there are.
///
/// # Errors
/// [`Kind::WrongEntry`] if one names a file that is there with another hash, a
/// document of a draw or a list a second time, or another office.
pub fn checked(
    public: &Path,
    log: &BTreeMap<String, Vec<u8>>,
    entries: &[Entry],
    before: u64,
    console: &Console,
) -> Outcome<usize> {
    let (known, new) = entries.split_at(usize::try_from(before).unwrap_or(usize::MAX).min(entries.len()));
    let mut seen: BTreeSet<(&Subject, &str)> = known.iter().filter_map(named_once).collect();
    let office = entries.first().map(office_of);
    let mut folders: BTreeMap<&DrawId, Option<Folder>> = BTreeMap::new();
    for (number, entry) in (before..).zip(new) {
        let wrong = |zh: &str, en: &str| Err(refused(number, entry, zh, en));
        if Some(office_of(entry)) != office {
            return wrong("不是同一个机关的", "it is of another office");
        }
        if named_once(entry).is_some_and(|named| !seen.insert(named)) {
            return wrong("这份文件记了两次", "the file is there twice");
        }
        let hash = match &entry.subject {
            Subject::Office(_) if Results::number_of(&entry.file).is_some() => {
                let list = std::fs::read(public.join(RESULTS).join(&entry.file)).ok();
                list.map(|bytes| Digest::of(&[&bytes]))
            }
            Subject::Office(_) => own_file(log, &entry.file, is_last(entries, entry)),
            Subject::Draw(draw) => {
                let folder =
                    folders.entry(draw).or_insert_with(|| folder_of(&public.join(draw.folder())).ok());
                folder.as_ref().and_then(|folder| listed(folder, &entry.file))
            }
        };
        if hash.is_some_and(|hash| hash != entry.hash) {
            return wrong("与文件夹里的文件不符", "the file in the folder is another one");
        }
        say(number, entry, hash.is_some(), console);
    }
    Ok(new.len())
}

/// What there is only one entry of: a document of a draw, or a list of results. Policies
/// follow each other under one name.
fn named_once(entry: &Entry) -> Option<(&Subject, &str)> {
    let once = match &entry.subject {
        Subject::Draw(_) => true,
        Subject::Office(_) => Results::number_of(&entry.file).is_some(),
    };
    once.then_some((&entry.subject, entry.file.as_str()))
}

fn office_of(entry: &Entry) -> &str {
    match &entry.subject {
        Subject::Draw(draw) => &draw.office,
        Subject::Office(office) => office,
    }
}

/// The hash of a document of a draw, as its folder has it.
fn listed(folder: &Folder, file: &str) -> Option<Digest> {
    let documents = documents(|name| folder.get(name));
    documents.into_iter().find(|document| document.file == file).map(|document| document.hash)
}

/// The hash of a file of the office itself. Policies follow each other under one
/// name: only the last one is there.
fn own_file(log: &BTreeMap<String, Vec<u8>>, file: &str, is_last: bool) -> Option<Digest> {
    let bytes = match file {
        LOG_POLICY if !is_last => None,
        LOG_POLICY => log.get(LOG_POLICY),
        _ => log.get(&format!("keys/{file}")),
    };
    bytes.map(|bytes| Digest::of(&[bytes]))
}

fn is_last(entries: &[Entry], entry: &Entry) -> bool {
    let same = |other: &&Entry| other.subject == entry.subject && other.file == entry.file;
    entries.iter().rev().find(same).is_some_and(|last| std::ptr::eq(last, entry))
}

fn say(number: u64, entry: &Entry, is_there: bool, console: &Console) {
    let (file, hash) = (&entry.file, entry.hash);
    let of = match &entry.subject {
        Subject::Draw(draw) => draw.to_string(),
        Subject::Office(office) => office.clone(),
    };
    console.say(if is_there {
        said!(
            "  第 {number} 条：{of} {file}，与文件夹里的文件一致",
            "  entry {number}: {of} {file}, as in the folder"
        )
    } else {
        said!(
            "  第 {number} 条：{of} {file} {hash}，文件夹里没有",
            "  entry {number}: {of} {file} {hash}, not in the folder"
        )
    });
}

fn refused(number: u64, entry: &Entry, zh: &str, en: &str) -> Problem {
    let (file, hash) = (&entry.file, entry.hash);
    Problem::new(
        Kind::WrongEntry,
        said!(
            "没有签名。日志第 {number} 条（{file}，{hash}）不对：{zh}",
            "Nothing was signed. Entry {number} of the log ({file}, {hash}) is wrong: {en}"
        ),
        said!(
            "重新取得公开文件夹；仍是这样，就留存这份文件夹并告知上级",
            "get the public folder again; if it stays so, keep this one and tell the superior office"
        ),
    )
}
