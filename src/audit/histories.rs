//! A12: one history. Whatever follows something follows it alone.

use super::case::{Case, Linked};
use super::{Examined, Finding, Ground, Place, State};
use crate::digest::Digest;
use crate::lang::Said;
use crate::said;
use std::collections::{BTreeMap, BTreeSet};

/// Draws, by their places, with what each has there.
type Claims = BTreeSet<(usize, String, Digest)>;

/// A12: no number has two commitments or two closing documents, no draw has two draws
/// after it, and no document two documents.
pub(super) fn histories(ground: &Ground<'_>) -> Examined {
    let mut findings = Vec::new();
    let cases = || ground.cases.iter().enumerate();
    let mut numbers: BTreeMap<String, Claims> = BTreeMap::new();
    let mut closings: BTreeMap<String, Claims> = BTreeMap::new();
    let mut previous: BTreeMap<String, Claims> = BTreeMap::new();
    let mut after: BTreeMap<Digest, Claims> = BTreeMap::new();
    let mut documents = 0;
    for (index, case) in cases() {
        let claim = |document: &Linked| (index, document.file.clone(), document.listed);
        let Some(number) = &case.number else { continue };
        documents += case.documents.len();
        for closing in case.closings() {
            closings.entry(number.to_string()).or_default().insert(claim(closing));
        }
        if let Some(commit) = case.document(crate::record::COMMIT) {
            numbers.entry(number.to_string()).or_default().insert(claim(commit));
            previous.entry(before(case)).or_default().insert(claim(commit));
        }
        for document in &case.documents {
            if let Some(link) = &document.link {
                after.entry(link.after).or_default().insert(claim(document));
            }
        }
    }
    for (number, claims) in numbers.into_iter().filter(|(_, claims)| is_forked(claims)) {
        let all = all(&claims);
        let Said { zh, en } = all;
        forked(
            &mut findings,
            &claims,
            &said!("{number} 有不同的承诺：{zh}", "{number} has several commitments: {en}"),
        );
    }
    for (number, claims) in closings.into_iter().filter(|(_, claims)| is_forked(claims)) {
        let Said { zh, en } = all(&claims);
        forked(
            &mut findings,
            &claims,
            &said!("{number} 有不同的结束文件：{zh}", "{number} has several closing documents: {en}"),
        );
    }
    for (before, claims) in previous.into_iter().filter(|(_, claims)| is_forked(claims)) {
        let Said { zh, en } = all(&claims);
        forked(
            &mut findings,
            &claims,
            &said!("承接 {before} 的有几次抽取：{zh}", "several draws follow {before}: {en}"),
        );
    }
    for (before, claims) in after.into_iter().filter(|(_, claims)| is_forked(claims)) {
        let Said { zh, en } = all(&claims);
        forked(
            &mut findings,
            &claims,
            &said!("接在 {before} 之后的有几份文件：{zh}", "several documents follow {before}: {en}"),
        );
    }
    if documents == 0 {
        return Examined::NotRun(said!("没有文件", "there is no document"));
    }
    Examined::Done(said!("{documents} 份文件", "{documents} documents"), findings)
}

/// What a commitment follows; an office's first follows its beginning.
fn before(case: &Case<'_>) -> String {
    match &case.commit {
        Some(commit) => match commit.previous {
            Some(hash) => hash.to_string(),
            None => format!("{} none", commit.draw.office),
        },
        None => format!("{}/", case.name),
    }
}

fn is_forked(claims: &Claims) -> bool {
    claims.iter().map(|(_, _, hash)| hash).collect::<BTreeSet<_>>().len() > 1
}

fn all(claims: &Claims) -> Said {
    Said::list(claims.iter().map(|(_, file, hash)| format!("{file} {hash}")).collect::<BTreeSet<_>>())
}

/// Every draw that takes part in a fork is told so.
fn forked(findings: &mut Vec<Finding>, claims: &Claims, evidence: &Said) {
    for index in claims.iter().map(|(index, _, _)| *index).collect::<BTreeSet<_>>() {
        findings.push(Finding::fault(Place::Draw(index), evidence.clone()).with(State::Fork));
    }
}
