//! Figures year by year; every number leads to the draw it comes from.

use super::facts::{Facts, Known};
use super::frame::{At, Site, Spot, page as framed};
use super::part::{self, Cell, Column, cell, fixed, linked, numbers};
use super::published::Tally;
use super::words as vocabulary;
use super::zones::{Count, percent};
use crate::eligibility::Exclusion;
use crate::lang::{Said, counted};
use crate::markup::Markup;
use crate::said;
use crate::task::Measure;
use std::collections::{BTreeMap, BTreeSet};

/// A draw that can be read.
type Told<'a> = (&'a Facts, &'a Known);

/// The page; `facts` come latest first.
pub fn page(site: &Site<'_>, facts: &[Facts]) -> String {
    let at = At { site, spot: Spot::Figures };
    let mut years: BTreeMap<u16, Vec<Told<'_>>> = BTreeMap::new();
    for facts in facts {
        if let Ok(known) = &facts.known {
            years.entry(known.commit.draw.year).or_default().push((facts, known));
        }
    }
    let title = site.t(said!("历年数据", "Figures by year"));
    framed(&at, &title, |m| {
        m.leaf("h1", &[], &title);
        if years.is_empty() {
            at.paragraph(m, said!("还没有可以统计的抽取。", "There is no draw to count yet."));
            return;
        }
        at.paragraph(
            m,
            said!(
                "每个数都来自公开的文件；点数字看它出自哪次抽取。作废的抽取不计入抽中。",
                "Every number comes from published files; follow it to its draw. Units of voided draws do not count as drawn."
            ),
        );
        for (year, draws) in years.iter().rev() {
            m.element("section", &[("id", &format!("y{year}"))], |m| {
                m.leaf("h2", &[], site.t(said!("{year} 年", "{year}")));
                counts(&at, m, draws);
                visits(&at, m, draws);
                reasons(&at, m, draws);
                zones(&at, m, draws);
            });
        }
    })
}

fn first_column() -> Column {
    fixed(said!("抽取", "Draw"))
}

/// The row of a draw: its number, then what `of` counts, each leading to its part of
/// the page.
fn row<'a>(
    at: &At<'_>,
    (facts, known): Told<'_>,
    of: impl IntoIterator<Item = (String, &'a str)>,
) -> Vec<Cell<'a>> {
    let first = linked(at.draw(&facts.stem, ""), known.commit.draw.to_string());
    let rest = of.into_iter().map(|(number, part)| linked(at.draw(&facts.stem, part), number));
    std::iter::once(first).chain(rest).collect()
}

fn total<'a>(at: &At<'_>, numbers: impl IntoIterator<Item = String>) -> Vec<Cell<'a>> {
    let first = cell(at.t(said!("合计", "Total")));
    std::iter::once(first).chain(numbers.into_iter().map(cell)).collect()
}

/// What is drawn, and not void; 0 if that is not known yet.
fn drawn(known: &Known) -> u64 {
    known.drawn.filter(|_| known.void.is_none()).unwrap_or_default()
}

/// Whether the number of the drawn is one: what is not drawn yet, or sealed, has none.
fn has_drawn(known: &Known) -> bool {
    known.drawn.is_some() && known.void.is_none()
}

fn sum<'a>(draws: &[Told<'a>], of: impl Fn(&'a Known) -> u64) -> u64 {
    draws.iter().fold(0, |sum: u64, (_, known)| sum.saturating_add(of(known)))
}

fn counts(at: &At<'_>, m: &mut Markup, draws: &[Told<'_>]) {
    let columns = [
        first_column(),
        numbers(said!("名录", "Register")),
        numbers(said!("参加抽取", "Pool")),
        numbers(said!("不参加", "Excluded")),
        numbers(said!("抽中", "Drawn")),
        numbers(said!("换人", "Late changes")),
        numbers(said!("作废", "Voids")),
    ];
    type Of = (fn(&Known) -> u64, &'static str);
    let of: [Of; 6] = [
        (|known| known.register, "#files"),
        (|known| known.pool, "#strata"),
        (|known| known.register - known.pool, "#excluded"),
        (drawn, "#summary"),
        (|known| known.late, "#ceremony"),
        (|known| u64::from(known.void.is_some()), "#ceremony"),
    ];
    let shown = |known: &Known, (of, part): &Of| match *part == "#summary" && !has_drawn(known) {
        true => ("–".to_owned(), *part),
        false => (of(known).to_string(), *part),
    };
    let rows = draws.iter().map(|told| row(at, *told, of.iter().map(|column| shown(told.1, column))));
    // Registers are mostly the same units again: there is no sum of them.
    let sums = of.iter().skip(1).map(|(of, _)| sum(draws, of).to_string());
    let all = total(at, std::iter::once("–".to_owned()).chain(sums));
    let (count, counted) = (draws.len(), counted(draws.len() as u64, "draw"));
    part::table(at, m, said!("{count} 次抽取", "{counted}"), &columns, rows, Some(all));
}

/// What became of the visits, and the penalties of the year.
fn visits(at: &At<'_>, m: &mut Markup, draws: &[Told<'_>]) {
    let made: Vec<(Told<'_>, &Tally)> =
        draws.iter().filter_map(|told| Some((*told, told.1.visits.as_ref()?))).collect();
    if made.is_empty() {
        return;
    }
    type Of = Box<dyn Fn(&Tally) -> u64>;
    let mut of: Vec<(Said, Of)> = Vec::new();
    type Count = fn(&Tally) -> u64;
    let fixed: [(Said, Count); 5] = [
        (said!("已公示结果", "Results"), |tally| tally.visited),
        (said!("终结", "Ended"), |tally| tally.closed),
        (said!("发现问题", "With faults"), |tally| tally.faulty),
        (said!("隐患", "Hazards"), |tally| tally.hazards),
        (said!("已整改", "Put right"), |tally| tally.rectified),
    ];
    of.extend(fixed.map(|(heading, count)| (heading, Box::new(count) as Of)));
    let ordered: BTreeSet<Measure> =
        made.iter().flat_map(|(_, tally)| tally.measures.keys().copied()).collect();
    for measure in ordered {
        let count = move |tally: &Tally| tally.measures.get(&measure).copied().unwrap_or_default();
        of.push((vocabulary::measure(measure), Box::new(count)));
    }
    let headings = of.iter().map(|(heading, _)| numbers(heading.clone()));
    let columns: Vec<Column> = std::iter::once(first_column()).chain(headings).collect();
    let rows = made.iter().map(|(told, tally)| {
        row(at, *told, of.iter().map(|(_, count)| (count(tally).to_string(), "#results")))
    });
    let sums = of.iter().map(|(_, count)| {
        made.iter().fold(0, |sum: u64, (_, tally)| sum.saturating_add(count(tally))).to_string()
    });
    let all = total(at, sums);
    let caption =
        said!("检查结果（复查计入，处罚另见检查结果页）", "Results of the visits, second looks included");
    part::table(at, m, caption, &columns, rows, Some(all));
}

fn reasons(at: &At<'_>, m: &mut Markup, draws: &[Told<'_>]) {
    let listed = draws.iter().flat_map(|(_, known)| known.commit.excluded.iter().map(|(reason, _)| *reason));
    let there: BTreeSet<Exclusion> = listed.collect();
    if there.is_empty() {
        return;
    }
    let of = |known: &Known, reason: Exclusion| {
        let found = known.commit.excluded.iter().find(|(listed, _)| *listed == reason);
        found.map_or(0, |(_, count)| *count)
    };
    let headings = there.iter().map(|reason| numbers(vocabulary::exclusion(*reason)));
    let columns: Vec<Column> = std::iter::once(first_column()).chain(headings).collect();
    let rows = draws.iter().map(|told| {
        row(at, *told, there.iter().map(|reason| (of(told.1, *reason).to_string(), "#excluded")))
    });
    let all = total(at, there.iter().map(|reason| sum(draws, |known| of(known, *reason)).to_string()));
    part::table(
        at,
        m,
        said!("不参加抽取的原因", "Why units were not in the pool"),
        &columns,
        rows,
        Some(all),
    );
}

fn zones(at: &At<'_>, m: &mut Markup, draws: &[Told<'_>]) {
    type Key<'a> = (bool, Option<&'a str>);
    let key = |zone: &'_ super::zones::Zone| (zone.key.is_none(), zone.key.clone());
    let mut named: BTreeMap<(bool, Option<String>), String> = BTreeMap::new();
    for zone in draws.iter().flat_map(|(_, known)| &known.zones) {
        // The latest name, as draws come latest first.
        let none = || at.t(said!("未公布片区", "zone not public"));
        named.entry(key(zone)).or_insert_with(|| zone.name.clone().unwrap_or_else(none));
    }
    if named.is_empty() {
        return;
    }
    let of = |known: &Known, wanted: Key<'_>| {
        let found = known.zones.iter().find(|zone| (zone.key.is_none(), zone.key.as_deref()) == wanted);
        found.map_or(Count::default(), |zone| zone.count)
    };
    let headings = named.values().map(|name| numbers(said!("{name}", "{name}")));
    let columns: Vec<Column> = std::iter::once(first_column()).chain(headings).collect();
    let shown = |count: Count, is_drawn: bool| match is_drawn {
        true => {
            let (drawn, pool, share) = (count.drawn, count.pool, percent(count.share()));
            at.t(said!("{drawn}/{pool}（{share}）", "{drawn}/{pool} ({share})"))
        }
        false => format!("–/{}", count.pool),
    };
    let rows = draws.iter().map(|told| {
        let cells = named
            .keys()
            .map(|(none, key)| (shown(of(told.1, (*none, key.as_deref())), has_drawn(told.1)), "#zones"));
        row(at, *told, cells)
    });
    let made: Vec<Told<'_>> = draws.iter().copied().filter(|(_, known)| has_drawn(known)).collect();
    let all = named.keys().map(|(none, key)| {
        let wanted = (*none, key.as_deref());
        let pool = sum(&made, |known| of(known, wanted).pool);
        shown(Count { pool, drawn: sum(&made, |known| of(known, wanted).drawn) }, true)
    });
    let caption = said!(
        "各片区抽中和参加抽取的单位（合计只算结果已公开的抽取）",
        "Units drawn and in the pool of each zone (the total counts draws whose result is public)"
    );
    part::table(at, m, caption, &columns, rows, Some(total(at, all)));
}
