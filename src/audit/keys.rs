//! A02 and A09: the log policies, and how each came to follow the one before it.

use super::checkpoints::{at, with_entries, with_log};
use super::trail::{Era, Trail};
use super::{Examined, Finding, Ground, Place};
use crate::digest::Digest;
use crate::lang::Said;
use crate::log::{LOG_POLICY, policy_of};
use crate::note::{KeyChange, LogPolicy, Note};
use crate::said;

/// A02: the policies that the log put into force are there; the last one is in force;
/// each is kept under its hash; commitments name one of them, and so does the auditor.
pub(super) fn policies(ground: &Ground<'_>) -> Examined {
    with_log(ground, |trail| {
        let mut findings = Vec::new();
        for era in trail.eras.iter().filter(|era| era.policy.is_none()) {
            let (from, hash) = (era.from, era.hash);
            let gone = said!(
                "第 {from} 条启用的日志规则 {hash} 不在，或读不懂",
                "the policy {hash} put into force by entry {from} is not there or cannot be read"
            );
            findings.push(Finding::fault(at(LOG_POLICY), gone));
        }
        let published = trail.files.get(LOG_POLICY).map(|bytes| Digest::of(&[bytes]));
        if let (Some(last), Some(published)) = (trail.eras.last(), published)
            && last.hash != published
        {
            let (from, hash) = (last.from, last.hash);
            let other = said!(
                "它是 {published}，第 {from} 条启用的是 {hash}",
                "it is {published}, entry {from} put {hash} into force"
            );
            findings.push(Finding::fault(at(LOG_POLICY), other));
        }
        let kept: Vec<&Vec<u8>> =
            trail.files.iter().filter(|(file, _)| is_kept(file)).map(|(_, bytes)| bytes).collect();
        for (file, bytes) in trail.files.iter().filter(|(file, _)| file.starts_with("policies/")) {
            if *file != policy_of(&trail.suite.digest(&[bytes])) {
                findings.push(Finding::fault(
                    at(file),
                    said!("内容与文件名的校验值不符", "it has not the hash that its name tells"),
                ));
            }
        }
        for (index, case) in ground.cases.iter().enumerate() {
            let Some((commit, named)) = case.commit.as_ref().and_then(|commit| Some((commit, commit.log?)))
            else {
                continue;
            };
            if !kept.iter().any(|bytes| commit.suite.digest(&[bytes]) == named) {
                let gone = said!(
                    "承诺写明的日志规则 {named} 不在",
                    "the log policy {named} that it names is not there"
                );
                findings.push(Finding::fault(Place::Draw(index), gone));
            }
        }
        findings.extend(ground.given.policy.and_then(|pinned| is_pinned(trail, pinned)));
        let count = trail.eras.len();
        Examined::Done(said!("{count} 份日志规则", "{count} log policies"), findings)
    })
}

fn is_kept(file: &str) -> bool {
    file == LOG_POLICY
        || file.starts_with("policies/")
        || (file.starts_with("keys/") && file.ends_with("-policy.txt"))
}

/// Whether the auditor's policy is one of those of the log.
fn is_pinned(trail: &Trail<'_>, pinned: &LogPolicy) -> Option<Finding> {
    let known = |era: &Era| era.policy.as_ref().is_some_and(|(_, policy)| policy == pinned);
    let other = || {
        said!("公布的日志规则里没有你给出的那一份", "none of the published log policies is the one you gave")
    };
    (!trail.eras.iter().any(known)).then(|| Finding::fault(at(LOG_POLICY), other()))
}

/// A09: between each two policies in a row lies a change of keys, signed by whom it takes.
pub(super) fn changes(ground: &Ground<'_>) -> Examined {
    with_entries(ground, |trail| {
        let mut findings = Vec::new();
        for (number, pair) in (1..).zip(trail.eras.windows(2)) {
            let file = format!("keys/{}", KeyChange::file(number));
            findings.extend(
                change(trail, number, &pair[0], &pair[1]).err().map(|why| Finding::fault(at(&file), why)),
            );
        }
        let count = trail.eras.len().saturating_sub(1);
        let stray = |file: &&String| file.starts_with("keys/") && !file.ends_with("-policy.txt");
        let files = trail.files.keys().filter(stray).count();
        if files > count {
            let waiting = said!(
                "{files} 份换钥文件，只有 {count} 份已启用",
                "{files} changes of keys, {count} of them in force"
            );
            findings.push(Finding::note(at("keys"), waiting));
        }
        Examined::Done(said!("{count} 次换钥或换见证方", "{count} changes of keys or witnesses"), findings)
    })
}

fn change(trail: &Trail<'_>, number: u32, old: &Era, new: &Era) -> Result<(), Said> {
    let file = format!("keys/{}", KeyChange::file(number));
    let bytes = trail.files.get(&file).ok_or_else(|| said!("不在", "it is not there"))?;
    let note = Note::read(bytes).map_err(|error| error.said())?;
    let gone = || said!("前后的日志规则不全", "a policy before or after it is missing");
    let (before, after) = (old.policy.as_ref().ok_or_else(gone)?, new.policy.as_ref().ok_or_else(gone)?);
    let change = KeyChange::check(&note, &before.0, &after.0).map_err(Said::join)?;
    let logged = trail
        .entries
        .get(&(new.from.saturating_sub(1)))
        .is_some_and(|entry| entry.file == KeyChange::file(number));
    match change.number == number && change.suite == trail.suite && logged {
        true => Ok(()),
        false => Err(said!(
            "编号、套件或它在日志里的位置不对",
            "its number, its suite or its place in the log is wrong"
        )),
    }
}
