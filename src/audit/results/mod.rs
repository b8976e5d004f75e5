//! A18: the published lists of results (docs/spec/results.md): one chain without gaps,
//! and every line about a unit that its draw has drawn, once that was public.

mod draws;
mod lines;
mod logged;

pub(super) use logged::{gone, turned, unlogged};

use super::trail::Trail;
use super::{Examined, Finding, Ground, Place};
use crate::digest::Digest;
use crate::lang::Said;
use crate::log::Subject;
use crate::record::Results;
use crate::said;
use crate::text::Read;
use std::collections::{BTreeMap, BTreeSet};

/// The files of the folder.
pub(super) struct Shelf<'a> {
    /// Files by number whose name is that of a list.
    pub lists: BTreeMap<u32, Listed>,
    /// Names of everything else.
    strangers: Vec<&'a str>,
}

/// A file with the name of a list.
pub(super) struct Listed {
    pub hash: Digest,
    /// What it says, if it reads.
    pub read: Read<Results>,
}

impl<'a> Shelf<'a> {
    pub fn new(files: &'a BTreeMap<String, Vec<u8>>) -> Shelf<'a> {
        let (mut lists, mut strangers) = (BTreeMap::new(), Vec::new());
        for (name, bytes) in files {
            match Results::number_of(name) {
                Some(number) => {
                    let listed = Listed { hash: Digest::of(&[bytes]), read: Results::read(bytes) };
                    lists.insert(number, listed);
                }
                None => strangers.push(name.as_str()),
            }
        }
        Shelf { lists, strangers }
    }

    /// The lists that count: that read, and are of the number of their name.
    pub fn counting(&self) -> impl Iterator<Item = &Results> {
        let counts = |(number, listed): (&u32, &'_ Listed)| {
            listed.read.as_ref().is_ok_and(|list| list.number == *number)
        };
        self.lists
            .iter()
            .filter(move |(number, listed)| counts((number, listed)))
            .filter_map(|(_, listed)| listed.read.as_ref().ok())
    }
}

/// The numbers of the lists that the log knows.
fn known_to(trail: Option<&Trail<'_>>) -> BTreeSet<u32> {
    let entries = trail.into_iter().flat_map(|trail| trail.entries.values());
    let own = entries.filter(|entry| matches!(entry.subject, Subject::Office(_)));
    own.filter_map(|entry| Results::number_of(&entry.file)).collect()
}

fn at(number: u32) -> Place {
    Place::Results(Results::file(number))
}

/// A18.
pub(super) fn results(ground: &Ground<'_>) -> Examined {
    let shelf = &ground.shelf;
    let logged = known_to(ground.trail.as_ref());
    if shelf.lists.is_empty() && shelf.strangers.is_empty() && logged.is_empty() {
        return Examined::NotRun(said!("没有公示检查结果", "no results are published"));
    }
    let stranger = |name: &&str| {
        let other = said!("不是结果清单的文件名", "this is no name of a list");
        Finding::fault(Place::Results((*name).to_owned()), other)
    };
    let mut findings: Vec<Finding> = shelf.strangers.iter().map(stranger).collect();
    findings.extend(unread(shelf));
    findings.extend(gaps(shelf, &logged));
    findings.extend(chain(shelf));
    let draws = draws::public(ground);
    let (judged, sound) = lines::lines(ground, &draws);
    findings.extend(judged);
    findings.extend(draws::progress(ground, &draws, &sound));
    let (lists, lines) = (shelf.lists.len(), sound.lines().count());
    Examined::Done(
        said!("{lists} 份清单，现有 {lines} 项结果", "{lists} lists, {lines} results as they stand"),
        findings,
    )
}

fn unread(shelf: &Shelf<'_>) -> Vec<Finding> {
    let wrong = |(number, listed): (&u32, &Listed)| {
        let said = match &listed.read {
            Ok(list) if list.number == *number => return None,
            Ok(list) => {
                let written = list.number;
                said!("里面写的是第 {written} 份", "it says it is list {written}")
            }
            Err(error) => {
                let Said { zh, en } = error.said();
                said!("读不懂：{zh}", "it cannot be read: {en}")
            }
        };
        Some(Finding::fault(at(*number), said))
    };
    shelf.lists.iter().filter_map(wrong).collect()
}

/// Numbers of which there is no file, several in a row as one.
fn gaps(shelf: &Shelf<'_>, logged: &BTreeSet<u32>) -> Vec<Finding> {
    let last = shelf.lists.keys().chain(logged).max().copied().unwrap_or_default();
    let (mut findings, mut next) = (Vec::new(), 1_u64);
    let end = u64::from(last) + 1;
    for there in shelf.lists.keys().map(|number| u64::from(*number)).chain([end]) {
        if there > next {
            let (first, before) = (next, there - 1);
            let gone = said!("缺第 {first} 份至第 {before} 份", "lists {first} to {before} are missing");
            findings.extend(u32::try_from(first).ok().map(|first| Finding::fault(at(first), gone)));
        }
        next = there + 1;
    }
    findings
}

/// Each list names the one before it and is not older; all are of one office.
fn chain(shelf: &Shelf<'_>) -> Vec<Finding> {
    let (mut findings, mut before): (Vec<Finding>, Option<&Results>) = (Vec::new(), None);
    let office = shelf.counting().next().map(|list| &list.office);
    for list in shelf.counting() {
        let mut fault = |said| findings.push(Finding::fault(at(list.number), said));
        let previous = list.number.checked_sub(1).and_then(|number| shelf.lists.get(&number));
        if previous.is_some_and(|previous| list.after != Some(previous.hash)) {
            fault(said!("承接的不是前一份清单", "it names another list than the one before it"));
        }
        if let Some(before) = before {
            let (was, is) = (before.at, list.at);
            if is < was {
                fault(said!("时间 {is} 早于前一份的 {was}", "it is of {is}, the list before of {was}"));
            }
            let (was, is) = (before.journal.entries, list.journal.entries);
            if is < was {
                fault(said!(
                    "台账只有 {is} 条，前一份时已有 {was} 条",
                    "the journal has {is} entries and had {was} before"
                ));
            }
        }
        if Some(&list.office) != office {
            let other = &list.office;
            fault(said!("是另一个机关 {other} 的", "it is of another office, {other}"));
        }
        before = Some(list);
    }
    findings
}
