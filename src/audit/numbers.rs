//! A10 and A11: no number is missing, and every draw names the one before it.

use super::case::Case;
use super::{Examined, Finding, Ground, Place, State};
use crate::ids::DrawId;
use crate::log::Subject;
use crate::said;
use std::collections::{BTreeMap, BTreeSet};

/// The closing document that the commitment of `case` names; if it names none, that
/// of any earlier draw of the office, which then should not be there.
pub(super) fn predecessor<'b>(cases: &'b [Case<'_>], case: &Case<'_>) -> Option<&'b [u8]> {
    closed_before(cases, case).and_then(|(before, file)| before.folder.get(file))
}

/// The draw that this document is in, and the name of its file.
pub(super) fn closed_before<'b, 'a>(
    cases: &'b [Case<'a>],
    case: &Case<'_>,
) -> Option<(&'b Case<'a>, &'b str)> {
    let commit = case.commit.as_ref()?;
    let mut closed = cases.iter().flat_map(|other| other.closings().map(move |closing| (other, closing)));
    let found = match commit.previous {
        Some(wanted) => closed.find(|(other, closing)| {
            other.folder.get(&closing.file).is_some_and(|bytes| commit.suite.digest(&[bytes]) == wanted)
        }),
        None => closed.find(|(other, _)| {
            other
                .number
                .as_ref()
                .is_some_and(|number| number.office == commit.draw.office && *number < commit.draw)
        }),
    };
    found.map(|(other, closing)| (other, closing.file.as_str()))
}

/// A10: in every year the numbers that are known, from folders or from the log, begin
/// with 1 and have no gap, and every folder has its commitment. That numbers which only
/// the log knows have no folder, A06 says.
pub(super) fn numbers(ground: &Ground<'_>) -> Examined {
    let mut findings = Vec::new();
    for (index, case) in ground.cases.iter().enumerate().filter(|(_, case)| case.commit.is_none()) {
        let name = case.name;
        let gap = said!("文件夹 {name} 没有可读的承诺", "folder {name} has no commitment that can be read");
        findings.push(Finding::fault(Place::Draw(index), gap).with(State::Gap));
    }
    let logged =
        ground.trail.iter().flat_map(|trail| trail.entries.values()).filter_map(|entry| {
            match &entry.subject {
                Subject::Draw(draw) => Some(draw),
                Subject::Office(_) => None,
            }
        });
    let there: BTreeSet<&DrawId> =
        ground.cases.iter().filter_map(|case| case.number.as_ref()).chain(logged).collect();
    let mut years: BTreeMap<(&str, u16), BTreeSet<u16>> = BTreeMap::new();
    for id in &there {
        years.entry((&id.office, id.year)).or_default().insert(id.sequence);
    }
    for ((office, year), there) in &years {
        let mut next = 1;
        for sequence in there {
            if *sequence > next {
                findings.push(missing(office, *year, next, sequence - 1));
            }
            next = sequence.saturating_add(1);
        }
    }
    let (draws, years) = (there.len(), years.len());
    if ground.cases.is_empty() {
        return Examined::NotRun(said!("没有抽取", "there is no draw"));
    }
    Examined::Done(said!("{years} 个年度的 {draws} 个编号", "{draws} numbers of {years} years"), findings)
}

/// A gap from `first` to `last`.
fn missing(office: &str, year: u16, first: u16, last: u16) -> Finding {
    let id = |sequence| DrawId { office: office.to_owned(), year, sequence };
    let (from, to) = (id(first), id(last));
    let numbers = if first == last { from.to_string() } else { format!("{from}–{last:03}") };
    let evidence = said!("{from} 至 {to} 没有文件夹", "there is no folder of {from} to {to}");
    Finding::fault(Place::Number(numbers), evidence).with(State::Gap)
}

/// A11: every commitment names a closing document that is there, of the number before.
pub(super) fn predecessors(ground: &Ground<'_>) -> Examined {
    let (mut findings, mut firsts, mut count) = (Vec::new(), 0, 0);
    for (index, case) in ground.cases.iter().enumerate() {
        let Some(commit) = &case.commit else { continue };
        count += 1;
        let found = predecessor(&ground.cases, case);
        match (commit.previous, found) {
            (Some(wanted), None) => {
                let gap = said!(
                    "承诺承接的上一次结束文件 {wanted} 不在这里",
                    "the closing document {wanted} that it names is not here"
                );
                findings.push(Finding::fault(Place::Draw(index), gap).with(State::Gap));
            }
            (None, Some(_)) => {
                let fork = said!(
                    "自称首次抽取，但之前已有抽取",
                    "it calls itself the first draw, but there are earlier ones"
                );
                findings.push(Finding::fault(Place::Draw(index), fork).with(State::Fork));
            }
            (None, None) => firsts += 1,
            (Some(_), Some(_)) => {}
        }
    }
    if count == 0 {
        return Examined::NotRun(said!("没有可读的承诺", "there is no commitment that can be read"));
    }
    Examined::Done(
        said!(
            "{count} 份承诺，其中首次抽取 {firsts} 份",
            "{count} commitments, {firsts} of them a first one"
        ),
        findings,
    )
}
