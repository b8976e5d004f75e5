//! A12: one history. Whatever follows something follows it alone.

use super::case::{Case, Linked};
use super::{Examined, Finding, Ground, Place, State};
use crate::digest::Digest;
use crate::lang::Said;
use crate::record;
use crate::said;
use std::collections::{BTreeMap, BTreeSet};

/// Draws, by their places, with what each has there.
type Claims = BTreeSet<(usize, String, Digest)>;

/// What there may be one of only.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Only {
    Commitment,
    Closing,
    NextDraw,
    NextDocument,
}

impl Only {
    /// That there are several: of the number, or after the hash, `of`.
    fn several(self, of: &str, claims: &Claims) -> Said {
        let claims = claims.iter().map(|(_, file, hash)| format!("{file} {hash}")).collect::<BTreeSet<_>>();
        let Said { zh, en } = Said::list(claims);
        match self {
            Only::Commitment => said!("{of} 有不同的承诺：{zh}", "{of} has several commitments: {en}"),
            Only::Closing => said!("{of} 有不同的结束文件：{zh}", "{of} has several closing documents: {en}"),
            Only::NextDraw => said!("承接 {of} 的有几次抽取：{zh}", "several draws follow {of}: {en}"),
            Only::NextDocument => {
                said!("接在 {of} 之后的有几份文件：{zh}", "several documents follow {of}: {en}")
            }
        }
    }
}

/// A12: no number has two commitments or two closing documents, no draw has two draws
/// after it, and no document two documents.
pub(super) fn histories(ground: &Ground<'_>) -> Examined {
    let mut all: BTreeMap<(Only, String), Claims> = BTreeMap::new();
    let mut count = 0;
    for (index, case) in ground.cases.iter().enumerate() {
        let Some(number) = &case.number else { continue };
        count += case.documents.len();
        let mut claim = |only: Only, of: String, document: &Linked| {
            let claim = (index, document.file.clone(), document.listed);
            all.entry((only, of)).or_default().insert(claim);
        };
        for closing in case.closings() {
            claim(Only::Closing, number.to_string(), closing);
        }
        if let Some(commit) = case.document(record::COMMIT) {
            claim(Only::Commitment, number.to_string(), commit);
            claim(Only::NextDraw, before(case), commit);
        }
        for document in &case.documents {
            if let Some(link) = &document.link {
                claim(Only::NextDocument, link.after.to_string(), document);
            }
        }
    }
    let mut findings = Vec::new();
    for ((only, of), claims) in all.into_iter().filter(|(_, claims)| is_forked(claims)) {
        let several = only.several(&of, &claims);
        // Every draw that takes part in a fork is told so.
        for index in claims.iter().map(|(index, _, _)| *index).collect::<BTreeSet<_>>() {
            findings.push(Finding::fault(Place::Draw(index), several.clone()).with(State::Fork));
        }
    }
    match count {
        0 => Examined::NotRun(said!("没有文件", "there is no document")),
        _ => Examined::Done(said!("{count} 份文件", "{count} documents"), findings),
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
