//! V01 to V03: the files as files.

use super::{Loaded, Stop, Verified, ensure, replacement};
use crate::lang::Said;
use crate::record::{self, Commit, Mode, ReplaceFile, sums};
use crate::said;
use crate::text::TextError;
use std::collections::BTreeMap;

/// The files of a draw's public folder, by name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folder(pub BTreeMap<String, Vec<u8>>);

impl Folder {
    /// The bytes of a file.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.0.get(name).map(Vec::as_slice)
    }
}

/// Files that a commitment publishes.
const COMMITTED: &[&str] =
    &[record::COMMIT, record::POLICY, record::ITEMS, record::UNITS, record::INSPECTORS, record::COMMIT_SUMS];

/// V01: no unknown file, and nothing missing for the state the draw is in.
pub(super) fn files(loaded: &Loaded<'_>) -> Verified {
    let folder = loaded.folder;
    let known = |name: &&str| record::FILES.contains(name) || ReplaceFile::of(name).is_some();
    let unknown: Vec<&str> = folder.0.keys().map(String::as_str).filter(|name| !known(name)).collect();
    let names = unknown.join(", ");
    ensure(unknown.is_empty(), || said!("有不认识的文件：{names}", "unknown files: {names}"))?;
    let has = |name: &str| folder.get(name).is_some();
    let (wanted, unwanted) = (wanted(loaded), unwanted(loaded));
    if let Some(name) = wanted.iter().find(|name| !has(name)) {
        return Err(Stop::Fail(said!("缺少文件 {name}", "{name} is missing")));
    }
    if let Some(name) = unwanted.iter().find(|name| has(name)) {
        return Err(Stop::Fail(said!("此时不应有文件 {name}", "{name} must not be here")));
    }
    replacement::files(loaded)?;
    // Without it nobody knows what else should be there.
    loaded.commit()?;
    let count = folder.0.len();
    Ok(said!("{count} 个文件", "{count} files"))
}

/// Files that must be there, because of those that are.
fn wanted(loaded: &Loaded<'_>) -> Vec<&'static str> {
    let has = |name: &str| loaded.folder.get(name).is_some();
    let demands = |of: fn(&Commit) -> bool| loaded.commit().is_ok_and(of);
    let mut wanted = COMMITTED.to_vec();
    let measured = demands(|commit| commit.odds.is_some());
    let carries = demands(|commit| commit.carried.is_some());
    let escrowed = demands(|commit| commit.escrow.is_some());
    let mut because = |there: bool, files: &[&'static str]| {
        if there {
            wanted.extend(files);
        }
    };
    let recorded = has(record::RECORD) || has(record::RECORD_SUMS);
    let opened = has(record::OPEN) || has(record::OPEN_SUMS);
    because(has(record::VOID) || has(record::VOID_SUMS), &[record::VOID, record::VOID_SUMS]);
    because(loaded.void().is_ok_and(|void| void.drawn.is_some()), &[record::VOIDED]);
    because(recorded, &[record::RECORD, record::RECORD_SUMS, record::REVEAL]);
    because(recorded && demands(Commit::has_external_beacon), &[record::BEACON]);
    // A document is not there without those that come before it.
    because((recorded || has(record::REVEAL)) && demands(Commit::has_ceremony), &[record::CEREMONY]);
    because(has(record::BEACON), &[record::REVEAL]);
    because(opened, &[record::OPEN, record::OPEN_SUMS, record::RECORD]);
    because(is_due(loaded), loaded.commit().map_or(&[], Commit::result));
    because(measured, &[record::ODDS]);
    because(carries, &[record::CARRIED]);
    because(recorded && escrowed, &[record::SEALED_RESULT]);
    wanted
}

/// Files that must not be there, because of those that are.
fn unwanted(loaded: &Loaded<'_>) -> Vec<&'static str> {
    let has = |name: &str| loaded.folder.get(name).is_some();
    let void = has(record::VOID) || has(record::VOID_SUMS);
    let mut unwanted = Vec::new();
    let due = if is_due(loaded) { loaded.commit().map_or(&[][..], Commit::result) } else { &[] };
    if void || loaded.commit().is_ok() {
        unwanted.extend(record::RESULT.iter().filter(|file| void || !due.contains(file)));
    }
    if loaded.commit().is_ok_and(|commit| commit.odds.is_none()) {
        unwanted.push(record::ODDS);
    }
    let recorded = has(record::RECORD) || has(record::RECORD_SUMS);
    if loaded.commit().is_ok_and(|commit| commit.escrow.is_none() || !recorded) {
        unwanted.push(record::SEALED_RESULT);
    }
    if loaded.commit().is_ok_and(|commit| commit.carried.is_none()) {
        unwanted.push(record::CARRIED);
    }
    if void {
        unwanted.extend([
            record::SEALED_RESULT,
            record::RECORD,
            record::RECORD_SUMS,
            record::OPEN,
            record::OPEN_SUMS,
        ]);
    }
    if !void || loaded.void().is_ok_and(|void| void.drawn.is_none()) {
        unwanted.push(record::VOIDED);
    }
    unwanted
}

/// Whether the result is due: with the record of an open draw, with the opening of a sealed one.
fn is_due(loaded: &Loaded<'_>) -> bool {
    let Ok(commit) = loaded.commit() else { return false };
    let with = if commit.mode == Mode::Open { record::RECORD } else { record::OPEN };
    loaded.folder.get(with).is_some()
}

/// V02: every text reads, and prints back to the same bytes.
pub(super) fn texts(loaded: &Loaded<'_>) -> Verified {
    let wrong = |file: &str, error: &TextError| {
        let Said { zh, en } = error.said();
        Err(Stop::Fail(said!("{file}：{zh}", "{file}: {en}")))
    };
    if let Some((file, error)) = loaded.unreadable().first() {
        return wrong(file, error);
    }
    if let Some((file, error)) = replacement::unreadable(loaded) {
        return wrong(&file, error);
    }
    let count = loaded.folder.0.keys().filter(|name| name.ends_with(".txt")).count();
    if count == 0 {
        return Err(Stop::NotRun(said!("没有文本", "there is no text")));
    }
    Ok(said!("{count} 份文本", "{count} texts"))
}

/// V03: the lists for `sha256sum -c` are what they should be, to the byte.
pub(super) fn sums_agree(loaded: &Loaded<'_>) -> Verified {
    let folder = loaded.folder;
    let there = |name: &&str| folder.get(name).is_some();
    let sometimes = [record::ODDS, record::CARRIED].into_iter().filter(there);
    let committed = COMMITTED.iter().copied().chain(sometimes);
    let committed = committed.filter(|name| *name != record::COMMIT_SUMS).collect();
    let mut count = list_agrees(loaded, record::COMMIT_SUMS, committed)?;
    let before = [record::CEREMONY, record::REVEAL, record::BEACON, record::VOIDED].into_iter().filter(there);
    count += list_agrees(loaded, record::VOID_SUMS, before.chain([record::VOID]).collect())?;
    count += replacement::sums_agree(loaded)?;
    if folder.get(record::OPEN_SUMS).is_some() {
        let opened = [&[record::OPEN], loaded.commit()?.result()].concat();
        count += list_agrees(loaded, record::OPEN_SUMS, opened)?;
    }
    if folder.get(record::RECORD_SUMS).is_some() {
        let mut names = vec![record::CEREMONY, record::REVEAL, record::BEACON, record::RECORD];
        names.retain(|name| folder.get(name).is_some());
        names.extend(if loaded.commit()?.mode == Mode::Open { loaded.commit()?.result() } else { &[] });
        names.extend(loaded.commit()?.escrow.as_ref().map(|_| record::SEALED_RESULT));
        count += list_agrees(loaded, record::RECORD_SUMS, names)?;
    }
    if count == 0 {
        return Err(Stop::NotRun(said!("没有校验值列表", "there is no SHA-256 list")));
    }
    Ok(said!("{count} 个文件的 SHA-256 一致", "SHA-256 of {count} files agree"))
}

/// Why the files are not those that their lists name, if they are not: V03, with the
/// first list demanded, as nothing is published without it.
pub(crate) fn mismatch(loaded: &Loaded<'_>) -> Option<Said> {
    if loaded.folder.get(record::COMMIT).is_some() && loaded.folder.get(record::COMMIT_SUMS).is_none() {
        let list = record::COMMIT_SUMS;
        return Some(said!("缺少文件 {list}", "{list} is missing"));
    }
    match sums_agree(loaded) {
        Err(Stop::Fail(why)) => Some(why),
        _ => None,
    }
}

/// Whether `list`, if it is there, lists exactly `names`; how many these are.
fn list_agrees(loaded: &Loaded<'_>, list: &str, names: Vec<&str>) -> Result<usize, Stop> {
    let Some(found) = loaded.folder.get(list) else { return Ok(0) };
    let file = |name: &&'_ str| {
        let missing = || {
            Stop::Fail(said!(
                "{list} 应列出 {name}，但没有这个文件",
                "{list} should list {name}, which is not there"
            ))
        };
        loaded.folder.get(name).ok_or_else(missing)
    };
    let files: Result<Vec<&[u8]>, Stop> = names.iter().map(file).collect();
    let expected = sums(names.iter().copied().zip(files?));
    let found = String::from_utf8_lossy(found);
    let differs = expected.lines().find(|line| !found.lines().any(|l| l == *line));
    let file = differs.and_then(|line| line.split("  ").nth(1)).unwrap_or(list);
    ensure(expected == found, || said!("{list} 与 {file} 不符", "{list} does not agree with {file}"))?;
    Ok(names.len())
}
