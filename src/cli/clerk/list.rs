//! `yaohao tasks` and `yaohao task show`.

use super::args::{ShowArgs, TasksArgs};
use super::{due, entering, meant, told};
use crate::cli::console::Console;
use crate::cli::journal;
use crate::lang::{Lang, Said};
use crate::policy::Policy;
use crate::problem::Outcome;
use crate::said;
use crate::store::{Office, Query};
use crate::task::{Act, State, Task, Visit};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Lists the matters that fit, and counts them.
pub fn tasks(office: &Office, args: &TasksArgs, console: &Console) -> Outcome<()> {
    let desk = journal::open(office, console)?;
    let query = Query {
        draw: args.draw.clone(),
        kind: args.which.kind,
        state: args.which.state,
        zone: args.zone.as_deref().map(|zone| meant::zone(office, zone)).transpose()?,
        officer: args.inspector.as_deref().map(|who| meant::officer(&desk, who)).transpose()?,
        from: args.from,
        until: args.until,
        ..Query::default()
    };
    let tasks = desk.tasks(&query)?;
    let ends = due::ends(office, &desk.ledger()?);
    let end = |task: &Task| ends.get(&task.matter).map(|said| said.to(console.lang).to_owned());
    if tasks.is_empty() {
        console.say(said!("没有符合的事项", "no matter fits"));
    }
    let row = |task: &Task| {
        let kind = match console.lang {
            Lang::Zh => task.kind().zh(),
            Lang::En => task.kind().key(),
        };
        vec![
            task.matter.to_string(),
            kind.to_owned(),
            task.standing().to(console.lang).to_owned(),
            task.day().map(|day| day.to_string()).unwrap_or_default(),
            end(task).unwrap_or_default(),
            task.seats.iter().map(|(_, who)| who.as_str()).collect::<Vec<_>>().join(" + "),
            task.name.clone(),
        ]
    };
    let headings = [
        said!("事项", "matter"),
        said!("类型", "kind"),
        said!("状态", "state"),
        said!("日期", "day"),
        said!("期限", "due"),
        said!("检查组", "team"),
        said!("名称", "name"),
    ];
    console.table(&headings, &[], tasks.iter().map(row).collect());
    let counts = counted(&tasks, console);
    let total = tasks.len();
    console.data(|| {
        let counts: BTreeMap<&str, usize> =
            counts.iter().map(|((_, said), count)| (said.en.as_str(), *count)).collect();
        let with_end = |task: &Task| {
            let mut all = view(task);
            all["due"] = json!(end(task));
            all
        };
        json!({ "tasks": tasks.iter().map(with_end).collect::<Vec<_>>(), "counts": counts, "total": total })
    });
    Ok(())
}

/// Says how many matters there are, state by state.
fn counted(tasks: &[Task], console: &Console) -> BTreeMap<(State, Said), usize> {
    let mut counts: BTreeMap<(State, Said), usize> = BTreeMap::new();
    tasks.iter().for_each(|task| *counts.entry((task.state, task.standing())).or_default() += 1);
    let Said { zh, en } =
        Said::join(counts.iter().map(|((_, Said { zh, en }), count)| said!("{zh} {count}", "{en} {count}")));
    let total = tasks.len();
    if total > 0 {
        console.say(said!("共 {total} 项：{zh}", "{total} in all: {en}"));
    }
    counts
}

/// All of one matter, with its trail.
pub fn show(office: &Office, args: &ShowArgs, console: &Console) -> Outcome<()> {
    let desk = journal::open(office, console)?;
    let task = meant::task(&desk, &args.matter)?;
    for (label, value) in facts(&task, &office.policy()?.0) {
        let (zh, en) = (&label.zh, &label.en);
        let (zh_value, en_value) = (&value.zh, &value.en);
        if !value.zh.is_empty() {
            console.say(said!("{zh}：{zh_value}", "{en}: {en_value}"));
        }
    }
    if !task.trail.is_empty() {
        console.heading(said!("经过", "What happened"));
    }
    for trace in &task.trail {
        let (entry, at, by) = (trace.entry, trace.at.by_clocks_of_china(), &trace.by);
        let act = told::act(&trace.act);
        let (zh, en) = (act.zh, act.en);
        console.say(said!("  {at}  第 {entry} 条，{by}：{zh}", "  {at}  entry {entry}, {by}: {en}"));
    }
    let Said { zh, en } = entering::next(&task, false);
    console.say(said!("\n下一步：{zh}", "\nNext: {en}"));
    console.data(|| {
        let mut all = view(&task);
        let trail = task.trail.iter().map(|trace| {
            json!({
                "entry": trace.entry, "at": trace.at.to_string(), "by": trace.by, "act": trace.act.key(),
                "says": console.text(&told::act(&trace.act)),
            })
        });
        all["trail"] = Value::from(trail.collect::<Vec<_>>());
        all
    });
    Ok(())
}

/// What is known of a matter: label and value.
fn facts(task: &Task, policy: &Policy) -> Vec<(Said, Said)> {
    let same = |text: String| Said { zh: text.clone(), en: text };
    let text = |text: &Option<String>| same(text.clone().unwrap_or_default());
    let day = |day: Option<crate::time::Date>| same(day.map(|day| day.to_string()).unwrap_or_default());
    let window = task.window.map(|window| said!("{} 至 {}", "{} to {}", window.first, window.last));
    let recusals = task.recusals.iter().map(|(who, granted)| match granted {
        None => said!("{who} 待决定", "{who} not decided"),
        Some(true) => said!("{who} 回避", "{who} stands back"),
        Some(false) => said!("{who} 不回避", "{who} need not"),
    });
    let result = task.result().map(|visit| told::act(&Act::Visited(visit.clone())));
    let remark = task.result().and_then(|visit| visit.remark.clone());
    let penalty = task.penalty.clone().map(|penalty| told::act(&Act::Penalised(penalty)));
    let kind = (task.kind().zh().to_owned(), task.kind().key().to_owned());
    let items = Said::list(&task.items);
    let town = task.town.as_deref().map(|code| policy.town_called(code));
    let zone = task.zone.as_ref().map(|key| policy.zones.get(key).unwrap_or(key).clone());
    vec![
        (said!("事项", "matter"), same(task.matter.to_string())),
        (said!("类型", "kind"), Said { zh: kind.0, en: kind.1 }),
        (said!("名称", "name"), same(task.name.clone())),
        (said!("单位代码", "unit"), text(&task.unit)),
        (said!("地址", "address"), text(&task.address)),
        (said!("镇街", "town"), same(town.unwrap_or_default())),
        (said!("片区", "zone"), same(zone.unwrap_or_default())),
        (said!("抽查事项", "items"), items),
        (said!("检查组", "team"), told::seats(&task.seats)),
        (said!("检查期", "window"), window.unwrap_or_else(|| same(String::new()))),
        (said!("计划日期", "planned"), day(task.planned)),
        (said!("状态", "state"), task.standing()),
        (said!("结果", "result"), result.unwrap_or_else(|| same(String::new()))),
        (said!("备注", "remark"), text(&remark)),
        (said!("处罚", "penalty"), penalty.unwrap_or_else(|| same(String::new()))),
        (said!("回避", "recusals"), Said::join(recusals)),
        (said!("复议", "contested"), day(task.contested)),
        (said!("公示清单", "lists"), Said::list(&task.published)),
    ]
}

/// The matter for programs.
pub fn view(task: &Task) -> Value {
    let seat =
        |(role, who): &(crate::policy::Role, String)| json!({ "role": role.key(), "certificate": who });
    json!({
        "matter": task.matter.to_string(), "kind": task.kind().key(), "state": task.state.key(),
        "settled": task.is_settled(), "unit": task.unit, "name": task.name, "town": task.town, "zone": task.zone, "items": task.items,
        "team": task.seats.iter().map(seat).collect::<Vec<_>>(),
        "scheduled": task.scheduled.map(|day| day.to_string()),
        "planned": task.planned.map(|day| day.to_string()),
        "day": task.day().map(|day| day.to_string()),
        "window": task.window.map(|window| [window.first.to_string(), window.last.to_string()]),
        "result": task.result().map(result),
        "penalty": task.penalty.as_ref().map(|penalty| json!({
            "number": penalty.number, "day": penalty.day.to_string(), "yuan": penalty.yuan,
            "of": penalty.of.as_ref().map(ToString::to_string), "delegated": penalty.delegated,
        })),
        "contested": task.contested.map(|day| day.to_string()),
        "published": task.published,
    })
}

fn result(visit: &Visit) -> Value {
    let measure = |ordered: &crate::task::Ordered| {
        json!({
            "measure": ordered.measure.key(), "number": ordered.number,
            "by": ordered.by.map(|day| day.to_string()),
        })
    };
    let present =
        |(role, who): &(crate::policy::Role, String)| json!({ "role": role.key(), "certificate": who });
    json!({
        "day": visit.day.to_string(), "code": visit.code, "delegated": visit.delegated,
        "present": visit.present.iter().map(present).collect::<Vec<_>>(), "helpers": visit.helpers,
        "items": visit.items.iter().map(|(item, found)| json!({ "item": item, "outcome": found.key() })).collect::<Vec<_>>(),
        "hazards": visit.hazards, "rectified": visit.rectified,
        "measures": visit.measures.iter().map(measure).collect::<Vec<_>>(),
        "evidence": visit.evidence, "remark": visit.remark,
    })
}
