//! The draws whose results are public, as far as lists are held against them; and how
//! many of their units have a result.

use crate::audit::case::Case;
use crate::audit::{Finding, Ground, Place};
use crate::eligibility::Window;
use crate::ids::DrawId;
use crate::record::{self, Current, DrawnLine, Mode, Opening, Record, ResultLine, Table};
use crate::said;
use crate::time::{Date, Moment};
use std::collections::{BTreeMap, BTreeSet};

/// So many days after the last day of the window every visit should have its result.
const DAYS: i64 = 60;

/// A draw of which a list may speak.
pub(super) struct Drawn {
    /// Its place among the cases.
    pub index: usize,
    pub window: Window,
    /// The civil day of its record.
    pub recorded: Date,
    /// When its result became public, by the document that made it so.
    pub since: Moment,
    pub units: BTreeSet<String>,
    /// Codes of its items, if items.txt reads.
    pub items: Option<BTreeSet<String>>,
}

/// What is known of the draws with a commitment that reads; `None` of those whose result
/// is not public.
pub(super) type Draws = BTreeMap<DrawId, Option<Drawn>>;

pub(super) fn public(ground: &Ground<'_>) -> Draws {
    let mut draws = Draws::new();
    for (index, case) in ground.cases.iter().enumerate() {
        let Some(commit) = &case.commit else { continue };
        draws.entry(commit.draw.clone()).or_insert_with(|| drawn(index, case));
    }
    draws
}

fn drawn(index: usize, case: &Case<'_>) -> Option<Drawn> {
    let (commit, folder) = (case.commit.as_ref()?, case.folder);
    let record = Record::read(folder.get(record::RECORD)?).ok()?;
    let since = match commit.mode {
        Mode::Open => record.link.at,
        Mode::Sealed => Opening::read(folder.get(record::OPEN)?).ok()?.link.at,
    };
    let table: Table<DrawnLine> = Table::read(folder.get(record::DRAWN)?).ok()?;
    Some(Drawn {
        index,
        window: commit.window,
        recorded: record.link.at.date_in_china(),
        since,
        units: table.lines.into_iter().map(|line| line.unit).collect(),
        items: folder.get(record::ITEMS).and_then(|bytes| record::item_codes(bytes).ok()),
    })
}

/// How many drawn units of each draw have a result, and whether some have waited long.
pub(super) fn progress(ground: &Ground<'_>, draws: &Draws, sound: &Current) -> Vec<Finding> {
    let today = ground.now.date_in_china();
    let one = |(id, drawn): (&DrawId, &Option<Drawn>)| {
        let drawn = drawn.as_ref()?;
        if ground.cases[drawn.index].folder.get(record::VOID).is_some() {
            return None;
        }
        let (mut visited, mut closed) = (0, 0);
        for unit in &drawn.units {
            match sound.visit(id, unit) {
                Some((_, ResultLine::Closed { .. })) => closed += 1,
                Some(_) => visited += 1,
                None => {}
            }
        }
        let (all, last) = (drawn.units.len(), drawn.window.last);
        let left = all - visited - closed;
        let said = if left > 0 && last.plus_days(DAYS) < today {
            said!(
                "中签 {all} 家，已公示结果 {visited} 家，终结 {closed} 家；检查期 {last} 已结束超过 {DAYS} 天，还有 {left} 家没有结果",
                "{visited} of {all} drawn units have a published result, {closed} ended without a visit; the window ended on {last}, more than {DAYS} days ago, and {left} have neither"
            )
        } else {
            said!(
                "中签 {all} 家，已公示结果 {visited} 家，终结 {closed} 家",
                "{visited} of {all} drawn units have a published result, {closed} ended without a visit"
            )
        };
        Some(Finding::note(Place::Draw(drawn.index), said))
    };
    let mut findings: Vec<(usize, Finding)> = Vec::new();
    for (id, drawn) in draws {
        if let (Some(finding), Some(drawn)) = (one((id, drawn)), drawn) {
            findings.push((drawn.index, finding));
        }
    }
    findings.sort_by_key(|(index, _)| *index);
    findings.into_iter().map(|(_, finding)| finding).collect()
}
