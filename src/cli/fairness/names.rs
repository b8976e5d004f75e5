//! The work of each inspector by name, for the office's own eyes; never written to a file.

use crate::cli::console::Console;
use crate::fairness::{Fairness, Load, Person, came, met};
use crate::policy::Policy;
use crate::said;
use serde_json::{Value, json};
use std::cmp::Reverse;

/// Pairs and returns that are listed.
const LISTED: usize = 20;

/// Shows people from the most hours to the least, then who met most, and who came again.
pub fn show(fairness: &Fairness, policy: &Policy, console: &Console) {
    let (first, last) = fairness.span;
    console.heading(said!(
        "每人任务 {first} 至 {last}（本机关内部，不可外传）",
        "The work of each, {first} to {last} (for the office only)"
    ));
    let mut people: Vec<(&String, &(Person, Load))> = fairness.people.iter().collect();
    people.sort_by_key(|(who, (_, load))| (Reverse(load.minutes), (*who).clone()));
    let row = |(who, (person, load)): &(&String, &(Person, Load))| {
        let zone = policy.zones.get(&person.zone).cloned().unwrap_or_else(|| person.zone.clone());
        let share = (load.minutes * 1000).checked_div(fairness.capacity(person));
        let share = share.map_or_else(|| "–".to_owned(), |share| share.to_string());
        let numbers =
            [load.visits, load.leads, load.visits - load.leads, load.drawn, load.visits - load.drawn];
        let mut row = vec![(*who).clone(), person.name.clone(), zone, time(load.minutes), share];
        row.extend(numbers.map(|number| number.to_string()));
        row
    };
    let headings = [
        said!("执法证号", "certificate"),
        said!("姓名", "name"),
        said!("片区", "zone"),
        said!("工时", "hours"),
        said!("千分比", "per mille"),
        said!("次数", "visits"),
        said!("主办", "lead"),
        said!("协办", "assistant"),
        said!("抽取", "drawn"),
        said!("非抽取", "not drawn"),
    ];
    console.table(&headings, &[3, 4, 5, 6, 7, 8, 9], people.iter().map(row).collect());
    pairs(fairness, console);
    returns(fairness, console);
    console.data(|| view(fairness));
}

/// Hours and minutes.
fn time(minutes: u64) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

fn called(fairness: &Fairness, who: &str) -> String {
    let name = fairness.people.get(who).map(|(person, _)| person.name.as_str()).unwrap_or_default();
    format!("{who} {name}").trim_end().to_owned()
}

fn pairs(fairness: &Fairness, console: &Console) {
    console.heading(said!("同组最多的", "Who met most"));
    let mut pairs: Vec<((&str, &str), u64)> = met(&fairness.duties).into_iter().collect();
    pairs.sort_by_key(|(pair, count)| (Reverse(*count), *pair));
    let row = |((one, other), count): &((&str, &str), u64)| {
        vec![called(fairness, one), called(fairness, other), count.to_string()]
    };
    let headings = [said!("一人", "one"), said!("另一人", "other"), said!("次数", "times")];
    console.table(&headings, &[2], pairs.iter().take(LISTED).map(row).collect());
}

fn returns(fairness: &Fairness, console: &Console) {
    let mut again: Vec<((&str, &str), u64)> =
        came(&fairness.duties).into_iter().filter(|(_, count)| *count > 1).collect();
    if again.is_empty() {
        return;
    }
    console.heading(said!(
        "同一人到同一家单位最多的（复查除外）",
        "Who came to the same unit most (second looks apart)"
    ));
    again.sort_by_key(|(who, count)| (Reverse(*count), *who));
    let row = |((who, unit), count): &((&str, &str), u64)| {
        vec![called(fairness, who), (*unit).to_owned(), count.to_string()]
    };
    let headings = [said!("人员", "who"), said!("单位", "unit"), said!("次数", "times")];
    console.table(&headings, &[2], again.iter().take(LISTED).map(row).collect());
}

fn view(fairness: &Fairness) -> Value {
    let person = |(who, (person, load)): (&String, &(Person, Load))| {
        let months = load.months.iter().map(|((year, month), (visits, minutes))| {
            json!({ "month": format!("{year:04}-{month:02}"), "visits": visits, "minutes": minutes })
        });
        json!({
            "certificate": who, "name": person.name, "zone": person.zone, "may_lead": person.lead,
            "capacity_minutes": fairness.capacity(person), "minutes": load.minutes, "visits": load.visits,
            "leads": load.leads, "drawn": load.drawn, "minutes_not_drawn": load.other_minutes,
            "months": months.collect::<Vec<_>>(),
        })
    };
    let pair = |((one, other), count): ((&str, &str), u64)| json!({ "pair": [one, other], "times": count });
    let again =
        |((who, unit), count): ((&str, &str), u64)| json!({ "who": who, "unit": unit, "times": count });
    json!({
        "from": fairness.span.0.to_string(), "until": fairness.span.1.to_string(),
        "people": fairness.people.iter().map(person).collect::<Vec<_>>(),
        "pairs": met(&fairness.duties).into_iter().map(pair).collect::<Vec<_>>(),
        "same_unit": came(&fairness.duties).into_iter().filter(|(_, count)| *count > 1).map(again).collect::<Vec<_>>(),
    })
}
