//! A15: draws that were given up.

use super::case::Case;
use super::{Examined, Finding, Ground, Place, State};
use crate::digest::Suite;
use crate::lang::Said;
use crate::record::{self, Commit, Sealed};
use crate::said;

/// A15: where and why a draw was given up, and whether what it had drawn went on to
/// the draw after it.
pub(super) fn voids(ground: &Ground<'_>) -> Examined {
    let (mut findings, mut count) = (Vec::new(), 0);
    for (index, case) in ground.cases.iter().enumerate() {
        let Some(void) = case.void() else { continue };
        count += 1;
        let before = case.documents.iter().take_while(|document| document.file != record::VOID);
        let step = before.last().map_or_else(|| "-".to_owned(), |document| document.file.clone());
        let (zh, key, at) = (void.reason.zh(), void.reason.key(), void.link.at);
        let said =
            said!("{at} 作废，停在 {step} 之后；原因：{zh}", "voided at {at}, after {step}; reason: {key}");
        findings.push(Finding::note(Place::Draw(index), said).with(State::Void));
        findings.extend(handed_on(ground, index, case, void.drawn));
    }
    Examined::Done(said!("{count} 次作废", "{count} voids"), findings)
}

/// Whether the draw after a void takes over exactly what the void hands on.
fn handed_on(ground: &Ground<'_>, index: usize, case: &Case<'_>, drawn: Option<Sealed>) -> Vec<Finding> {
    let Some(bytes) = case.folder.get(record::VOID) else { return Vec::new() };
    let committed = ground.cases.iter().filter_map(|other| Some((other, other.commit.as_ref()?)));
    let next: Vec<(&Case<'_>, &Commit)> =
        committed.filter(|(_, commit)| commit.previous == Some(commit.suite.digest(&[bytes]))).collect();
    let count = |sealed: Option<Sealed>| sealed.map_or(0, |sealed| sealed.count);
    let handed = count(drawn);
    if next.is_empty() && drawn.is_some() {
        let waiting =
            said!("带走的 {handed} 家还没有下一次抽取带入", "no draw has taken over its {handed} units yet");
        return vec![Finding::note(Place::Draw(index), waiting)];
    }
    let judge = |(other, commit): (&Case<'_>, &Commit)| {
        let (to, taken) = (&commit.draw, count(commit.carried));
        if commit.carried != drawn && !is_same_table(other, commit, drawn) {
            let lost: Said = said!(
                "带走 {handed} 家，{to} 带入的不是这些（{taken} 家）",
                "it hands on {handed} units, {to} takes over others ({taken})"
            );
            return Some(Finding::fault(Place::Draw(index), lost));
        }
        let on = said!("带走的 {handed} 家已由 {to} 带入", "its {handed} units were taken over by {to}");
        drawn.map(|_| Finding::note(Place::Draw(index), on))
    };
    next.into_iter().filter_map(judge).collect()
}

/// Whether carried.txt has that root by another suite than this commitment's: a void
/// binds its units by the suite of its own draw.
fn is_same_table(case: &Case<'_>, commit: &Commit, drawn: Option<Sealed>) -> bool {
    let (Some(_), Some(bound), Some(table)) = (commit.carried, drawn, case.carried()) else { return false };
    Suite::ALL.iter().filter(|suite| **suite != commit.suite).any(|suite| table.sealed(*suite) == bound)
}
