//! The report on the terminal and as JSON.

use super::trace;
use crate::cli::console::Console;
use crate::lang::{Lang, Said};
use crate::report::{Check, Figure, Ground, Report, Status};
use crate::said;
use serde_json::{Map, Value, json};

/// Matters of a check that are listed.
const SHOWN: usize = 10;

/// Shows figures, months, zones and checks.
pub fn show(report: &Report, ground: &Ground<'_>, console: &Console) {
    let year = report.year;
    console.heading(said!("{year} 年行政执法总体情况", "The office's year {year}"));
    figures(report, console);
    months(report, console);
    zones(report, ground, console);
    console.heading(said!("核对", "Checks"));
    report.checks.iter().for_each(|check| show_check(check, console));
    console.data(|| view(report, console));
}

fn name(figure: Figure, lang: Lang) -> String {
    if lang == Lang::Zh { figure.zh() } else { figure.key() }.to_owned()
}

fn figures(report: &Report, console: &Console) {
    let row = |figure: &Figure| {
        let unit = figure.unit().to(console.lang).to_owned();
        vec![name(*figure, console.lang), report.total(*figure).to_string(), unit, figure.key().to_owned()]
    };
    let headings =
        [said!("指标", "figure"), said!("数量", "number"), said!("单位", "unit"), said!("代号", "key")];
    console.table(&headings, &[1], Figure::ALL.iter().map(row).collect());
}

/// Figures that are something, and so have parts to show.
fn there(report: &Report) -> impl Iterator<Item = Figure> {
    Figure::ALL.iter().copied().filter(|figure| report.total(*figure) > 0)
}

fn months(report: &Report, console: &Console) {
    console.heading(said!("按月", "By month"));
    let row = |figure: Figure| {
        let months = report.by_month(figure).map(|count| count.to_string());
        std::iter::once(name(figure, console.lang)).chain(months).collect()
    };
    let mut headings = vec![said!("指标", "figure")];
    headings.extend((1..=12).map(|month| said!("{month}月", "{month}")));
    let numbers: Vec<usize> = (1..headings.len()).collect();
    console.table(&headings, &numbers, there(report).map(row).collect());
}

fn zones(report: &Report, ground: &Ground<'_>, console: &Console) {
    console.heading(said!("按片区", "By zone"));
    let named = ground.policy.zones.iter().map(|(key, name)| (Some(key.clone()), said!("{name}", "{key}")));
    let zones: Vec<(Option<String>, Said)> = named.chain([(None, said!("片区不明", "unknown"))]).collect();
    let row = |figure: Figure| {
        let counts = report.by_zone(figure);
        let counts = zones.iter().map(|(key, _)| counts.get(key).copied().unwrap_or_default().to_string());
        std::iter::once(name(figure, console.lang)).chain(counts).collect()
    };
    let mut headings = vec![said!("指标", "figure")];
    headings.extend(zones.iter().map(|(_, name)| name.clone()));
    let numbers: Vec<usize> = (1..headings.len()).collect();
    console.table(&headings, &numbers, there(report).map(row).collect());
}

fn show_check(check: &Check, console: &Console) {
    let mark = match (check.status, console.lang) {
        (Status::Pass, Lang::Zh) => "✓ 相符",
        (Status::Noted, Lang::Zh) => "· 提示",
        (Status::Fail, Lang::Zh) => "✗ 不符",
        (Status::Pass, Lang::En) => "✓ pass ",
        (Status::Noted, Lang::En) => "· noted",
        (Status::Fail, Lang::En) => "✗ FAIL ",
    };
    let (id, title, evidence) = (check.id, &check.title, &check.evidence);
    let (zh, zh_evidence, en, en_evidence) = (&title.zh, &evidence.zh, &title.en, &evidence.en);
    console.say(said!("{mark} {id} {zh}：{zh_evidence}", "{mark} {id} {en}: {en_evidence}"));
    for matter in check.matters.iter().take(SHOWN) {
        console.line(&format!("      {matter}"));
    }
    let more = check.matters.len().saturating_sub(SHOWN);
    if more > 0 {
        console.say(said!(
            "      另有 {more} 个（--json 全部列出）",
            "      and {more} more (--json lists all)"
        ));
    }
}

/// The report for programs.
fn view(report: &Report, console: &Console) -> Value {
    let keyed = |counts: Vec<(String, u64)>| -> Value {
        Value::Object(counts.into_iter().map(|(key, count)| (key, Value::from(count))).collect::<Map<_, _>>())
    };
    let or_unknown = |key: Option<String>| key.unwrap_or_else(|| "unknown".to_owned());
    let figure = |figure: &Figure| {
        let figure = *figure;
        let zones = report.by_zone(figure).into_iter().map(|(key, count)| (or_unknown(key), count));
        let towns = report.by_town(figure).into_iter().map(|(key, count)| (or_unknown(key), count));
        let kinds = report.by_kind(figure).into_iter().map(|(kind, count)| (kind.key().to_owned(), count));
        let classes = report.by_class(figure).into_iter();
        let classes =
            classes.map(|(class, count)| (or_unknown(class.map(|class| class.key().to_owned())), count));
        json!({
            "figure": figure.key(), "name": figure.zh(), "total": report.total(figure),
            "months": report.by_month(figure), "zones": keyed(zones.collect()),
            "towns": keyed(towns.collect()), "kinds": keyed(kinds.collect()), "classes": keyed(classes.collect()),
            "parts": report.of_figure(figure).iter().map(trace::view).collect::<Vec<_>>(),
        })
    };
    let check = |check: &Check| {
        json!({
            "id": check.id, "name": check.name, "status": check.status.key(),
            "title": console.text(&check.title), "evidence": console.text(&check.evidence),
            "matters": check.matters.iter().map(ToString::to_string).collect::<Vec<_>>(),
        })
    };
    json!({
        "year": report.year, "sound": report.is_sound(),
        "figures": Figure::ALL.iter().map(figure).collect::<Vec<_>>(),
        "checks": report.checks.iter().map(check).collect::<Vec<_>>(),
    })
}
