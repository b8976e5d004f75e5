//! A suggested split on the terminal, for the page, and as JSON.

use super::Suggestion;
use crate::cli::console::Console;
use crate::cli::simulate::rows::say;
use crate::lang::{Lang, Said, counted};
use crate::said;
use crate::simulate::{Suggested, Table};
use crate::zoning::Load;
use serde_json::{Value, json};

/// Hours of a load for each of its people, rounded.
fn hours(load: Load) -> String {
    (load.each().saturating_add(30) / 60).to_string()
}

/// A share in ten-thousandths as per cent.
fn per_cent(share: u64) -> String {
    format!("{}.{:02}%", share / 100, share % 100)
}

/// Shows the zones, how good the split is, and which towns move; and the variant, if there
/// is one, for the scenario.
pub fn show(suggestion: &Suggestion, variant: Option<&str>, console: &Console) {
    let zones = suggestion.split.zones.len();
    let zones_en = counted(zones as u64, "zone");
    console.heading(said!("片区划分建议：{zones} 个片区", "A split into {zones_en}"));
    let Table { headings, rows, .. } = zone_table(suggestion, console.lang);
    console.table(&headings, &[1, 2, 3], rows);
    sentences(suggestion).iter().for_each(|said| say(console, said, "• "));
    if let Some(Table { caption, headings, rows, .. }) = mover_table(suggestion, console.lang) {
        console.heading(caption);
        console.table(&headings, &[1], rows);
    }
    if let Some(variant) = variant {
        console.heading(said!(
            "要与现在的划分比较，把下面几行加到情景文件末尾，再用 --compare",
            "To compare it with the present split put these lines at the end of the scenario, and use --compare"
        ));
        console.line(variant.trim_end());
    }
}

/// The same for the page.
pub fn on_page(suggestion: &Suggestion, lang: Lang) -> Suggested {
    Suggested {
        zones: zone_table(suggestion, lang),
        sentences: sentences(suggestion),
        movers: mover_table(suggestion, lang),
    }
}

/// What the figures are.
fn unit(suggestion: &Suggestion) -> Said {
    match suggestion.by_people {
        true => said!("每人小时", "hours a person"),
        false => said!("小时", "hours"),
    }
}

fn zone_table(suggestion: &Suggestion, lang: Lang) -> Table {
    let Said { zh, en } = unit(suggestion);
    let headings = vec![
        said!("片区", "zone"),
        said!("人数", "people"),
        said!("现在{zh}", "{en} now"),
        said!("建议{zh}", "{en} then"),
    ];
    let row = |(at, zone): (usize, &super::Zone)| {
        let people = if suggestion.by_people { zone.people.to_string() } else { "-".to_owned() };
        vec![
            zone.name.to(lang).to_owned(),
            people,
            zone.before.map_or("-".to_owned(), hours),
            hours(suggestion.split.loads[at]),
        ]
    };
    let rows = suggestion.zones.iter().enumerate().map(row).collect();
    Table { caption: said!("一年{zh}", "{en} a year"), headings, names: 1, rows }
}

/// Which towns are where, how even that is, and what is proven of it.
fn sentences(suggestion: &Suggestion) -> Vec<Said> {
    let towns = |towns: &[usize]| Said::list(towns.iter().map(|town| suggestion.towns[*town].name.as_str()));
    let zones = suggestion.zones.iter().zip(&suggestion.split.zones).map(|(zone, of)| {
        let (Said { zh: name_zh, en: name_en }, Said { zh, en }) = (&zone.name, towns(of));
        said!("{name_zh}：{zh}", "{name_en}: {en}")
    });
    let mut all: Vec<Said> = zones.collect();
    if !suggestion.given_up.is_empty() {
        let Said { zh, en } = Said::join(suggestion.given_up.iter().map(|zone| zone.name.clone()));
        all.push(said!("不再保留：{zh}", "given up: {en}"));
    }
    all.extend(loads(suggestion));
    if suggestion.pieces.len() > 1 {
        let parts = suggestion.pieces.len();
        let Said { zh, en } = Said::join(suggestion.pieces[1..].iter().map(|part| towns(part)));
        all.push(said!(
            "地图分成互不相邻的 {parts} 块，一个片区只能在一块里。与其余镇街不相邻的：{zh}。是不是漏了相邻关系？",
            "the map is in {parts} pieces that do not touch, and a zone can be in one only. Apart from the rest lie: {en}. Are neighbours missing?"
        ));
    }
    all.push(proof(suggestion));
    if suggestion.movers().is_empty() {
        all.push(said!("没有镇街换片区", "no town moves"));
    }
    if !suggestion.source.is_empty() {
        all.push(said!("相邻关系依据：{0}", "neighbours as in: {0}", suggestion.source));
    }
    all
}

/// The heaviest and the lightest zone, then and now.
fn loads(suggestion: &Suggestion) -> Vec<Said> {
    let (heaviest, lightest) = (hours(suggestion.split.heaviest), hours(suggestion.split.lightest));
    let Said { zh, en } = unit(suggestion);
    let mut all = vec![said!(
        "一年{zh}：最重 {heaviest}，最轻 {lightest}",
        "{en} a year: {heaviest} the heaviest, {lightest} the lightest"
    )];
    let before = || suggestion.zones.iter().filter_map(|zone| zone.before);
    if let (true, Some(most), Some(least)) = (suggestion.by_people, before().max(), before().min()) {
        let (most, least) = (hours(most), hours(least));
        all.push(said!("现在：最重 {most}，最轻 {least}", "now: {most} the heaviest, {least} the lightest"));
    }
    if suggestion.is_worse() {
        all.push(said!(
            "建议的划分不如现在的均匀：现在的片区不都连成一片，或者为了少动镇街而放宽；不必照改",
            "this split is less even than the present one, whose zones are not all in one piece, or fewer towns move for it: there is no need to change"
        ));
    }
    all
}

/// What is proven of the split.
fn proof(suggestion: &Suggestion) -> Said {
    let split = &suggestion.split;
    let (nodes, gap) = (split.nodes, per_cent(split.gap()));
    let tolerance = per_cent(suggestion.tolerance);
    match (split.exact, split.gap()) {
        (true, _) if suggestion.tolerance > 0 => said!(
            "已证明：轻重与最均衡的划分相差 {tolerance} 以内，换片区的镇街没有更少的；最重的片区比最均衡时重 {gap}（每个片区连成一片）",
            "within {tolerance} of the most even split fewer towns cannot move, every zone in one piece: proven; the heaviest zone is {gap} heavier than there"
        ),
        (true, _) => said!(
            "已证明没有更均衡的划分（每个片区连成一片）",
            "no split is more even, every zone in one piece: proven"
        ),
        (false, 0) => said!(
            "最重的片区已证明不能再轻；其余是否最好，{nodes} 步内没有证完",
            "the heaviest cannot be lighter, proven; whether the rest is best is not, within {nodes} steps"
        ),
        _ => said!(
            "{nodes} 步内没有证完：最重的片区至多还能轻 {gap}",
            "not proven within {nodes} steps: the heaviest might be lighter by {gap} at most"
        ),
    }
}

/// Towns that move; `None` if none does.
fn mover_table(suggestion: &Suggestion, lang: Lang) -> Option<Table> {
    let movers = suggestion.movers();
    let count = movers.len();
    let name = |key: &str| {
        let mut zones = suggestion.zones.iter().chain(&suggestion.given_up);
        let zone = zones.find(|zone| zone.key.as_deref() == Some(key));
        zone.map_or(key, |zone| zone.name.to(lang)).to_owned()
    };
    let row = |(town, zone): &(usize, usize)| {
        let (town, zone) = (&suggestion.towns[*town], &suggestion.zones[*zone]);
        let load = Load { minutes: town.minutes, people: 1 };
        vec![town.name.clone(), hours(load), name(&town.zone), zone.name.to(lang).to_owned()]
    };
    let headings =
        vec![said!("镇街", "town"), said!("小时", "hours"), said!("现在", "now"), said!("建议", "then")];
    let caption = said!("换片区的镇街：{count} 个", "Towns that move: {count}");
    let rows: Vec<_> = movers.iter().map(row).collect();
    (count > 0).then_some(Table { caption, headings, names: 1, rows })
}

/// The suggestion as JSON.
pub fn view(suggestion: &Suggestion, variant: Option<&str>, console: &Console) -> Value {
    let split = &suggestion.split;
    let load = |load: Load| json!({ "minutes": load.minutes, "people": load.people });
    let codes = |towns: &[usize]| -> Vec<&str> {
        towns.iter().map(|town| suggestion.towns[*town].code.as_str()).collect()
    };
    let zone = |(at, zone): (usize, &super::Zone)| {
        json!({
            "zone": zone.key, "name": console.text(&zone.name),
            "towns": codes(&split.zones[at]),
            "before": zone.before.map(load), "after": load(split.loads[at]),
        })
    };
    let mover = |(town, zone): (usize, usize)| {
        let (town, zone) = (&suggestion.towns[town], &suggestion.zones[zone]);
        json!({ "town": town.code, "minutes": town.minutes, "from": town.zone, "to": zone.key })
    };
    json!({
        "zones": suggestion.zones.iter().enumerate().map(zone).collect::<Vec<_>>(),
        "moved": suggestion.movers().into_iter().map(mover).collect::<Vec<_>>(),
        "by_people": suggestion.by_people, "heaviest": load(split.heaviest), "lightest": load(split.lightest),
        "bound": load(split.bound), "gap_ten_thousandths": split.gap(), "tolerance_ten_thousandths": suggestion.tolerance, "exact": split.exact,
        "nodes": split.nodes, "map_source": suggestion.source, "variant": variant,
        "given_up": suggestion.given_up.iter().map(|zone| &zone.key).collect::<Vec<_>>(),
        "pieces": suggestion.pieces.iter().map(|piece| codes(piece)).collect::<Vec<_>>(),
        "is_worse": suggestion.is_worse(),
    })
}
