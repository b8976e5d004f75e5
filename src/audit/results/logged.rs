//! Lists beside the log: the parts of A06 and A07 that are about them.

use super::{Listed, at};
use crate::audit::trail::Trail;
use crate::audit::{Finding, Ground, State};
use crate::ids::DrawId;
use crate::log::{Entry, Subject};
use crate::record::{self, Mode, Results};
use crate::said;
use std::collections::{BTreeMap, BTreeSet};

/// The entries of lists, by number, with their places.
fn entries<'b>(trail: &'b Trail<'_>) -> BTreeMap<u32, Vec<(u64, &'b Entry)>> {
    let mut all: BTreeMap<u32, Vec<(u64, &Entry)>> = BTreeMap::new();
    for (index, entry) in trail.of(|subject| matches!(subject, Subject::Office(_))) {
        if let Some(number) = Results::number_of(&entry.file) {
            all.entry(number).or_default().push((index, entry));
        }
    }
    all
}

/// A06: lists that the log lacks, or has otherwise.
pub(in crate::audit) fn unlogged(ground: &Ground<'_>, trail: &Trail<'_>, days: u32) -> Vec<Finding> {
    let logged = entries(trail);
    let judge = |(number, listed): (&u32, &Listed)| {
        let same = logged.get(number).map_or(&[][..], |entries| entries);
        if same.iter().any(|(_, entry)| entry.hash == listed.hash) {
            return None;
        }
        let hash = listed.hash;
        let overdue = listed.read.as_ref().map_or(true, |list| list.at.plus_days(days) < ground.now);
        Some(match same.first() {
            Some((_, entry)) => {
                let other = entry.hash;
                let forked =
                    said!("文件是 {hash}，日志里的是 {other}", "the file is {hash}, the log has {other}");
                Finding::fault(at(*number), forked).with(State::Fork)
            }
            None if overdue => {
                Finding::fault(at(*number), said!("（{hash}）不在日志里", "({hash}) is not in the log"))
            }
            None => Finding::note(at(*number), said!("还没有记入日志", "it is not in the log yet")),
        })
    };
    ground.shelf.lists.iter().filter_map(judge).collect()
}

/// A06: an entry whose list is not there.
pub(in crate::audit) fn gone(ground: &Ground<'_>, entry: &Entry) -> Option<Finding> {
    let number = Results::number_of(&entry.file)?;
    let hash = entry.hash;
    let lost = said!("日志里有（{hash}），文件没有", "the log has it ({hash}), the file is not there");
    (!ground.shelf.lists.contains_key(&number)).then(|| Finding::fault(at(number), lost))
}

/// A07: lists before the list before them, or before what made the result of a draw in
/// them public; and how many pairs were compared.
pub(in crate::audit) fn turned(ground: &Ground<'_>, trail: &Trail<'_>) -> (Vec<Finding>, usize) {
    let (mut findings, mut compared) = (Vec::new(), 0);
    let places = entries(trail).into_iter().filter_map(|(number, all)| Some((number, all.first()?.0)));
    let mut before: Option<(u32, u64)> = None;
    for (number, place) in places {
        if let Some((earlier, first)) = before {
            compared += 1;
            if first >= place {
                let turned = said!(
                    "日志里它（第 {place} 条）在第 {earlier} 份（第 {first} 条）之前",
                    "in the log it (entry {place}) stands before list {earlier} (entry {first})"
                );
                findings.push(Finding::fault(at(number), turned));
            }
        }
        before = Some((number, place));
        let Some(Ok(list)) = ground.shelf.lists.get(&number).map(|listed| &listed.read) else { continue };
        let draws: BTreeSet<&DrawId> = list.lines.iter().filter_map(|line| line.draw()).collect();
        for draw in draws {
            let Some(opened) = opened(ground, trail, draw) else { continue };
            compared += 1;
            if opened >= place {
                let early = said!(
                    "日志里它（第 {place} 条）在公开 {draw} 结果的文件（第 {opened} 条）之前",
                    "in the log it (entry {place}) stands before what made the result of {draw} public (entry {opened})"
                );
                findings.push(Finding::fault(at(number), early));
            }
        }
    }
    (findings, compared)
}

/// The place of the document that made the result of a draw public.
fn opened(ground: &Ground<'_>, trail: &Trail<'_>, draw: &DrawId) -> Option<u64> {
    let commits = ground.cases.iter().filter_map(|case| case.commit.as_ref());
    let mode = commits.filter(|commit| commit.draw == *draw).map(|commit| commit.mode).next()?;
    trail.place(draw, if mode == Mode::Sealed { record::OPEN } else { record::RECORD })
}
