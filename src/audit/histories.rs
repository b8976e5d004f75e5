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
    let mut claimed: BTreeMap<(Fork, String), Claims> = BTreeMap::new();
    let mut documents = 0;
    for (index, case) in ground.cases.iter().enumerate() {
        let Some(number) = &case.number else { continue };
        documents += case.documents.len();
        let mut claim = |fork: Fork, of: String, document: &Linked| {
            let claim = (index, document.file.clone(), document.listed);
            claimed.entry((fork, of)).or_default().insert(claim);
        };
        case.closings().for_each(|closing| claim(Fork::Closing, number.to_string(), closing));
        if let Some(commit) = case.document(crate::record::COMMIT) {
            claim(Fork::Number, number.to_string(), commit);
            claim(Fork::Previous, before(case), commit);
        }
        for document in &case.documents {
            if let Some(link) = &document.link {
                claim(Fork::After, link.after.to_string(), document);
            }
        }
    }
    if documents == 0 {
        return Examined::NotRun(said!("没有文件", "there is no document"));
    }
    let mut findings = Vec::new();
    for ((fork, of), claims) in claimed.iter().filter(|(_, claims)| is_forked(claims)) {
        forked(&mut findings, claims, &fork.said(of, all(claims)));
    }
    Examined::Done(said!("{documents} 份文件", "{documents} documents"), findings)
}

/// Where a history can fork.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fork {
    Number,
    Closing,
    Previous,
    After,
}

impl Fork {
    /// What there is several times, and of what.
    fn said(self, of: &str, all: Said) -> Said {
        let Said { zh, en } = all;
        match self {
            Fork::Number => said!("{of} 有不同的承诺：{zh}", "{of} has several commitments: {en}"),
            Fork::Closing => said!("{of} 有不同的结束文件：{zh}", "{of} has several closing documents: {en}"),
            Fork::Previous => said!("承接 {of} 的有几次抽取：{zh}", "several draws follow {of}: {en}"),
            Fork::After => said!("接在 {of} 之后的有几份文件：{zh}", "several documents follow {of}: {en}"),
        }
    }
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
