//! A05 to A07: the entries of the log beside the documents in the folders.

use super::case::{Case, Linked};
use super::checkpoints::{at, with_entries};
use super::trail::Trail;
use super::{Examined, Finding, Ground, Place, State, results};
use crate::digest::Digest;
use crate::ids::DrawId;
use crate::lang::Said;
use crate::log::{Entry, LOG_POLICY, Subject};
use crate::record::{COMMIT, Results};
use crate::said;
use crate::time::Moment;
use std::collections::{BTreeMap, BTreeSet};

/// A document that is older than so many days is in the log.
const DAYS: u32 = 1;

/// A05: every entry reads, all are of one office, and no document is there twice.
pub(super) fn entries(ground: &Ground<'_>) -> Examined {
    with_entries(ground, |trail| {
        let entry = |index: u64| at(&format!("#{index}"));
        let mut findings: Vec<Finding> = trail
            .odd
            .iter()
            .map(|(index, error)| {
                let Said { zh, en } = error.said();
                Finding::fault(entry(*index), said!("读不懂：{zh}", "it cannot be read: {en}"))
            })
            .collect();
        let offices: BTreeSet<&str> = trail.entries.values().map(|entry| office(&entry.subject)).collect();
        if offices.len() > 1 {
            let Said { zh, en } = Said::list(&offices);
            findings.push(Finding::fault(
                at("tile/entries"),
                said!("有几个机关的条目：{zh}", "entries of several offices: {en}"),
            ));
        }
        let mut there: BTreeMap<(&Subject, &str), (u64, Digest)> = BTreeMap::new();
        // Policies follow each other under one name.
        for (index, found) in trail.entries.iter().filter(|(_, found)| found.file != LOG_POLICY) {
            let (first, hash) = *there.entry((&found.subject, &found.file)).or_insert((*index, found.hash));
            if first == *index {
                continue;
            }
            let (file, of) = (&found.file, subject(&found.subject));
            let twice = said!(
                "{of} 的 {file} 在第 {first} 条已有",
                "{file} of {of} is there as entry {first} already"
            );
            let finding = Finding::fault(entry(*index), twice);
            findings.push(if hash == found.hash { finding } else { finding.with(State::Fork) });
        }
        let count = trail.entries.len();
        Examined::Done(said!("{count} 条", "{count} entries"), findings)
    })
}

fn office(subject: &Subject) -> &str {
    match subject {
        Subject::Draw(draw) => &draw.office,
        Subject::Office(office) => office,
    }
}

fn subject(subject: &Subject) -> String {
    match subject {
        Subject::Draw(draw) => draw.to_string(),
        Subject::Office(office) => office.clone(),
    }
}

/// A06: every document is an entry with its hash, and every entry's document is there.
pub(super) fn logged(ground: &Ground<'_>) -> Examined {
    with_entries(ground, |trail| {
        let (mut findings, mut whole, mut documents) = (Vec::new(), 0, 0);
        let mut draws: BTreeMap<&DrawId, Vec<&Entry>> = BTreeMap::new();
        for entry in trail.entries.values() {
            match &entry.subject {
                Subject::Draw(draw) => draws.entry(draw).or_default().push(entry),
                Subject::Office(_) => findings.extend(own(ground, trail, entry)),
            }
        }
        for (index, case) in ground.cases.iter().enumerate() {
            let Some(number) = &case.number else { continue };
            let logged = draws.get(number).map_or(&[][..], |entries| entries);
            documents += case.documents.len();
            let before = findings.len();
            for document in &case.documents {
                findings.extend(unlogged(ground, case, document, logged).map(|f| f(Place::Draw(index))));
            }
            for entry in logged.iter().filter(|entry| case.document(&entry.file).is_none()) {
                let (file, hash) = (&entry.file, entry.hash);
                let gone = said!(
                    "日志里有 {file}（{hash}），文件夹里没有",
                    "the log has {file} ({hash}), the folder has not"
                );
                findings.push(Finding::fault(Place::Draw(index), gone).with(State::Gap));
            }
            whole += usize::from(before == findings.len());
        }
        for (draw, entries) in draws {
            if !ground.cases.iter().any(|case| case.number.as_ref() == Some(draw)) {
                let count = entries.len();
                let gone = said!(
                    "日志里有它的 {count} 份文件，却没有它的文件夹",
                    "the log has {count} documents of it, and there is no folder"
                );
                findings.push(Finding::fault(Place::Number(draw.to_string()), gone).with(State::Gap));
            }
        }
        findings.extend(results::unlogged(ground, trail, DAYS));
        let draws = ground.cases.len();
        let evidence = said!(
            "{draws} 次抽取的 {documents} 份文件，{whole} 次完全相符",
            "{documents} documents of {draws} draws, {whole} of them agree in full"
        );
        Examined::Done(evidence, findings)
    })
}

/// What the log lacks of a document, to be said of its draw.
fn unlogged(
    ground: &Ground<'_>,
    case: &Case<'_>,
    document: &Linked,
    logged: &[&Entry],
) -> Option<impl Fn(Place) -> Finding> {
    let Linked { file, listed, .. } = document;
    let same: Vec<&&Entry> = logged.iter().filter(|entry| entry.file == *file).collect();
    if same.iter().any(|entry| entry.hash == *listed) {
        return None;
    }
    let other = same.first().map(|entry| entry.hash);
    let dated = dated(case, document);
    let overdue = dated.is_none_or(|at| at.plus_days(DAYS) < ground.now);
    let (file, listed) = (file.clone(), *listed);
    Some(move |place| match (other, overdue) {
        (Some(other), _) => {
            let forked =
                said!("{file} 是 {listed}，日志里的是 {other}", "{file} is {listed}, the log has {other}");
            Finding::fault(place, forked).with(State::Fork)
        }
        (None, true) => Finding::fault(
            place,
            said!("{file}（{listed}）不在日志里", "{file} ({listed}) is not in the log"),
        ),
        (None, false) => Finding::note(place, said!("{file} 还没有记入日志", "{file} is not in the log yet")),
    })
}

/// When a document says it was made; a text kept back is of its draw's closing or later.
fn dated(case: &Case<'_>, document: &Linked) -> Option<Moment> {
    match (&document.link, &case.commit) {
        (Some(link), _) => Some(link.at),
        (None, Some(commit)) if document.file == COMMIT => Some(commit.committed),
        _ => case.closings().next().and_then(|closing| closing.link.as_ref()).map(|link| link.at),
    }
}

/// A document of the office itself.
fn own(ground: &Ground<'_>, trail: &Trail<'_>, entry: &Entry) -> Option<Finding> {
    let (file, hash) = (&entry.file, entry.hash);
    if Results::number_of(file).is_some() {
        return results::gone(ground, entry);
    }
    // Policies follow each other under one name: A02 looks for them.
    if file == LOG_POLICY {
        return None;
    }
    let place = format!("keys/{file}");
    let found = trail.files.get(&place).map(|bytes| Digest::of(&[bytes]));
    match found {
        Some(found) if found == hash => None,
        Some(found) => {
            let forked =
                said!("文件是 {found}，日志里的是 {hash}", "the file is {found}, the log has {hash}");
            Some(Finding::fault(at(&place), forked).with(State::Fork))
        }
        None => Some(Finding::fault(
            at(&place),
            said!("日志里有（{hash}），文件没有", "the log has it ({hash}), the file is not there"),
        )),
    }
}

/// A07: the entries stand in the order of the documents: within a draw, and every
/// commitment behind what closed the draw before it.
pub(super) fn order(ground: &Ground<'_>) -> Examined {
    with_entries(ground, |trail| {
        let (mut findings, mut compared) = (Vec::new(), 0);
        for (index, case) in ground.cases.iter().enumerate() {
            let Some(number) = &case.number else { continue };
            let before = super::numbers::closed_before(&ground.cases, case);
            let closing = before.and_then(|(other, file)| trail.place(other.number.as_ref()?, file));
            let first =
                closing.map(|place| (place, said!("上一次的结束文件", "what closed the draw before")));
            let places = case.documents.iter().filter_map(|d| {
                let file = &d.file;
                Some((trail.place(number, file)?, said!("{file}", "{file}")))
            });
            let places: Vec<(u64, Said)> = first.into_iter().chain(places).collect();
            for pair in places.windows(2) {
                compared += 1;
                let ((a, earlier), (b, later)) = (&pair[0], &pair[1]);
                if a >= b {
                    let (Said { zh, en }, Said { zh: zh_later, en: en_later }) = (earlier, later);
                    let turned = said!(
                        "日志里 {zh_later}（第 {b} 条）在{zh}（第 {a} 条）之前",
                        "in the log {en_later} (entry {b}) stands before {en} (entry {a})"
                    );
                    findings.push(Finding::fault(Place::Draw(index), turned));
                }
            }
        }
        let (turned, more) = results::turned(ground, trail);
        findings.extend(turned);
        let compared = compared + more;
        Examined::Done(said!("比对 {compared} 对", "{compared} pairs compared"), findings)
    })
}
