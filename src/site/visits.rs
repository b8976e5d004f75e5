//! What became of the drawn visits, on the page of their draw.

use super::facts::Case;
use super::frame::{At, Spot};
use super::link;
use super::part::{self, Cell, Section, cell, fixed, linked, numbers, words};
use super::published::{Tally, Visit, measures, outcomes};
use super::result::named;
use crate::lang::Said;
use crate::policy::PublicField;
use crate::record::{Found, ResultLine};
use crate::said;
use std::collections::BTreeMap;

/// The section; there is none before the office has published a list, or while the
/// result of the draw is not public.
pub fn section<'a>(at: &'a At<'_>, case: &'a Case<'_>) -> Option<Section<'a>> {
    let tally = case.known.visits.as_ref()?;
    part::section("results", said!("检查结果", "Results of the visits"), move |m| {
        at.paragraph(m, progress(tally, case.drawn.len() as u64));
        m.element("p", &[], |m| {
            at.say(
                m,
                said!(
                    "审核通过的结果按批公示，公示后不改，有更正的另行公示；原文见",
                    "Results are published in lists once they are reviewed. A list never changes; what is mended stands in a later one. See the lists under "
                ),
            );
            at.link(m, &at.page(Spot::Results), said!("历次公示", "published results"));
            at.say(m, said!("。", "."));
        });
        let visits = case.lists.of(&case.commit.draw, &case.ids());
        if visits.0.is_empty() {
            return;
        }
        let names: BTreeMap<&str, Option<&str>> =
            case.units.iter().map(|unit| (unit.id.as_str(), unit.field(PublicField::Name))).collect();
        let columns = [
            words(said!("单位", "Unit")),
            fixed(said!("检查日期", "Visited")),
            words(said!("结果", "Result")),
            numbers(said!("隐患", "Hazards")),
            numbers(said!("已整改", "Put right")),
            words(said!("处置措施", "Ordered")),
            fixed(said!("公示", "List")),
        ];
        let rows = visits
            .0
            .iter()
            .filter_map(|(unit, visit)| row(at, unit, names.get(unit).copied().flatten(), visit));
        let (count, Tally { visited, closed, .. }) = (visits.0.len(), tally);
        let caption = said!(
            "已公示 {count} 家：有结果 {visited} 家，终结而未检查 {closed} 家",
            "{count} units: {visited} with a result, {closed} ended without a visit"
        );
        part::table(at, m, caption, &columns, rows, None);
    })
}

/// How many of the drawn units have a result.
pub fn progress(tally: &Tally, drawn: u64) -> Said {
    let Tally { visited, closed, faulty, .. } = tally;
    let left = drawn.saturating_sub(visited + closed);
    said!(
        "抽中 {drawn} 家：已公示结果 {visited} 家（其中 {faulty} 家发现问题），终结而未检查 {closed} 家，还没有公示 {left} 家。",
        "Of {drawn} drawn units, {visited} have a published result ({faulty} of them with something wrong), {closed} ended without a visit, {left} have nothing published yet."
    )
}

fn row<'a>(at: &At<'a>, unit: &'a str, name: Option<&'a str>, visit: &Visit<'a>) -> Option<Vec<Cell<'a>>> {
    let (list, line) = visit.line?;
    let of = linked(at.to(&link::list(list)), at.t(said!("第 {list} 份", "list {list}")));
    let first = named(at, unit, name);
    let ResultLine::Result { found, .. } = line else {
        let ended = at.t(said!("已终结，没有检查", "ended without a visit"));
        return Some(vec![first, cell("–"), cell(ended), cell("–"), cell("–"), cell("–"), of]);
    };
    let Said { zh, en } = outcomes(found);
    let again = visit.again.iter().map(|found| looked_again(found));
    let (zh_again, en_again): (Vec<String>, Vec<String>) = again.map(|said| (said.zh, said.en)).unzip();
    let (zh_again, en_again) = (zh_again.concat(), en_again.concat());
    Some(vec![
        first,
        cell(found.day.to_string()),
        cell(at.t(said!("{zh}{zh_again}", "{en}{en_again}"))),
        cell(found.hazards.to_string()),
        cell(found.rectified.to_string()),
        cell(or_none(at.t(measures(found)))),
        of,
    ])
}

fn looked_again(found: &Found) -> Said {
    let (day, rectified, Said { zh, en }) = (found.day, found.rectified, outcomes(found));
    let (zh, en) = match found.items.is_empty() {
        true => (String::new(), String::new()),
        false => (format!("，{zh}"), format!(", {en}")),
    };
    said!("；{day} 复查：整改 {rectified} 处{zh}", "; second look on {day}: {rectified} put right{en}")
}

/// The text, or a dash where there is none.
pub fn or_none(text: String) -> String {
    if text.is_empty() { "–".to_owned() } else { text }
}
