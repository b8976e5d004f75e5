//! Which matters and which entries of the journal make up a figure.

use crate::cli::console::Console;
use crate::report::{Figure, Ground, Part, Report};
use crate::said;
use serde_json::{Value, json};

/// Lists the parts of the figure.
pub fn show(report: &Report, figure: Figure, ground: &Ground<'_>, console: &Console) {
    let (year, total, parts) = (report.year, report.total(figure), report.of_figure(figure));
    let (zh, en, unit, definition) = (figure.zh(), figure.key(), figure.unit(), figure.definition());
    let (unit_zh, unit_en) = (unit.zh, unit.en);
    console.heading(said!("{year} 年 {zh}：{total} {unit_zh}", "{en} of {year}: {total} {unit_en}"));
    console.say(definition);
    let headings = [
        said!("编号", "matter"),
        said!("日期", "day"),
        said!("计入", "adds"),
        said!("镇街", "town"),
        said!("片区", "zone"),
        said!("台账条目", "journal entries"),
    ];
    console.table(&headings, &[2], parts.iter().map(|part| cells(part, ground)).collect());
    let count = parts.len();
    console.say(said!("共 {count} 个事项，合计 {total}", "{count} matters, {total} in all"));
    console.data(|| {
        json!({
            "year": year, "figure": en, "total": total,
            "parts": parts.iter().map(view).collect::<Vec<_>>(),
        })
    });
}

fn cells(part: &Part, ground: &Ground<'_>) -> Vec<String> {
    let town = part.place.town.clone().unwrap_or_default();
    let town =
        ground.policy.towns.iter().find(|known| known.code == town).map_or(town, |known| known.name.clone());
    let zone = part.place.zone.clone().unwrap_or_default();
    let zone = ground.policy.zones.get(&zone).cloned().unwrap_or(zone);
    vec![part.matter.to_string(), part.day.to_string(), part.amount.to_string(), town, zone, entries(part)]
}

fn entries(part: &Part) -> String {
    part.entries.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// A part for programs.
pub fn view(part: &Part) -> Value {
    json!({
        "matter": part.matter.to_string(), "day": part.day.to_string(), "amount": part.amount,
        "town": part.place.town, "zone": part.place.zone,
        "class": part.place.class.map(|class| class.key()), "entries": part.entries,
    })
}
