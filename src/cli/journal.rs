//! `yaohao journal`: what was entered, by whom and when (执法全过程记录).

use super::clerk::told;
use super::console::Console;
use super::usage::Refused;
use crate::lang::{Lang, Said};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::{Desk, Head, Office};
use crate::task::{Act, Entry, Matter, Task, Trace};
use clap::Args;
use serde_json::{Value, json};

#[derive(Debug, Args)]
pub struct JournalArgs {
    /// 只看这个事项的全过程，例如 2026/complaint/0001；不写则列出台账
    #[arg(value_parser = matter)]
    pub matter: Option<Matter>,
    /// 从第一条走到最后一条，逐条核对
    #[arg(long, conflicts_with = "matter")]
    pub check: bool,
    /// 从记录和台账重建任务库
    #[arg(long, conflicts_with = "matter")]
    pub rebuild: bool,
}

fn matter(text: &str) -> Result<Matter, Refused> {
    let wanted = || {
        said!(
            "写成 2026/complaint/0001，或抽取编号加单位编号，例如 example/2026/001/91500112450533912J",
            "write it like 2026/complaint/0001, or draw and unit, such as example/2026/001/91500112450533912J"
        )
    };
    text.parse().map_err(|_| Refused(wanted()))
}

pub fn run(office: &Office, args: &JournalArgs, console: &Console) -> Outcome<()> {
    if args.rebuild {
        let _lock = office.lock()?;
        let desk = Desk::rebuild(office)?;
        say_rebuilt(&desk, console);
        return show_head(&desk.check()?, "rebuilt", console);
    }
    let desk = open(office, console)?;
    match &args.matter {
        Some(matter) => show_trail(&desk, matter, console),
        None if args.check => show_head(&desk.check()?, "checked", console),
        None => show_entries(&desk, console),
    }
}

/// Opens the desk, and says so if its store had to be made again.
pub fn open(office: &Office, console: &Console) -> Outcome<Desk> {
    let desk = Desk::open(office)?;
    say_rebuilt(&desk, console);
    Ok(desk)
}

fn say_rebuilt(desk: &Desk, console: &Console) {
    if let Some(Said { zh, en }) = desk.rebuilt() {
        console.warn(said!("{zh}；已从记录和台账重建", "{en}; it was made again from record and journal"));
    }
}

fn show_head(head: &Head, done: &str, console: &Console) -> Outcome<()> {
    let Head { number, hash, .. } = head;
    let hash = hash.map_or_else(|| "-".to_owned(), |hash| hash.to_string());
    console.say(said!(
        "台账 {number} 条，条条相接，任务库与它一致；末条的值：{hash}",
        "Entries in the journal: {number}, each behind the one before; the store agrees. Value of the last: {hash}"
    ));
    console.data(|| json!({ "done": done, "entries": number, "head": hash }));
    Ok(())
}

fn show_entries(desk: &Desk, console: &Console) -> Outcome<()> {
    let head = desk.head()?;
    let entries = (1..=head.number).map(|number| desk.entry(number)).collect::<Outcome<Vec<Entry>>>()?;
    let row = |entry: &Entry| {
        vec![
            entry.number.to_string(),
            entry.at.by_clocks_of_china(),
            entry.by.clone(),
            summary(&entry.acts).to(console.lang).to_owned(),
        ]
    };
    let headings = [said!("条", "entry"), said!("时间", "at"), said!("录入人", "by"), said!("内容", "what")];
    console.table(&headings, &[0], entries.iter().map(row).collect());
    let hash = head.hash.map(|hash| hash.to_string());
    match &hash {
        Some(hash) => console.say(said!("末条的值：{hash}", "Value of the last entry: {hash}")),
        None => console.say(said!("台账还是空的", "the journal is empty")),
    }
    console.data(|| {
        let act = |act: &Act| json!({ "act": act.key(), "matter": act.matter().to_string() });
        let entry = |entry: &Entry| {
            json!({
                "number": entry.number, "at": entry.at.to_string(), "by": entry.by,
                "acts": entry.acts.iter().map(act).collect::<Vec<Value>>(), "hash": entry.id().to_string(),
            })
        };
        json!({ "entries": entries.iter().map(entry).collect::<Vec<Value>>(), "head": hash })
    });
    Ok(())
}

/// The acts of an entry in a line: the first with its matter, and how many there are.
fn summary(acts: &[Act]) -> Said {
    let Some(first) = acts.first() else { return said!("", "") };
    let (zh, en, matter, count) = (first.zh(), first.key(), first.matter(), acts.len());
    match count {
        1 => said!("{zh} {matter}", "{en} {matter}"),
        _ => said!("{zh} {matter} 等 {count} 项", "{en} {matter} and so on, {count} acts"),
    }
}

fn show_trail(desk: &Desk, matter: &Matter, console: &Console) -> Outcome<()> {
    let task = desk.task(matter)?.ok_or_else(|| unknown(matter))?;
    let (Said { zh, en }, name) = (task.standing(), &task.name);
    console.say(said!("{matter} {name}：{zh}", "{matter} {name}: {en}"));
    if let Some(at) = task.decided {
        let at = at.by_clocks_of_china();
        console.say(said!("{at}  抽中", "{at}  drawn"));
    }
    for Trace { entry, at, by, act } in &task.trail {
        let (at, zh, en) = (at.by_clocks_of_china(), act.zh(), act.key());
        console.say(said!("{at}  第 {entry} 条  {by}  {zh}", "{at}  entry {entry}  {by}  {en}"));
        console.line(&format!("    {}", told::act(act).to(console.lang)));
    }
    console.data(|| trail_data(&task, console.lang));
    Ok(())
}

/// What an act says, line by line as the journal has it, without what is said already.
fn details(act: &Act) -> Vec<String> {
    let text = act.text();
    let said = ["yaohao/", "act ", "matter "];
    let lines = text.lines().filter(|line| !said.iter().any(|start| line.starts_with(start)));
    lines.map(str::to_owned).collect()
}

fn trail_data(task: &Task, lang: Lang) -> Value {
    let trace = |trace: &Trace| {
        json!({
            "entry": trace.entry, "at": trace.at.to_string(), "by": trace.by,
            "act": trace.act.key(), "lines": details(&trace.act),
        })
    };
    let state = task.standing().to(lang).to_owned();
    json!({
        "matter": task.matter.to_string(), "name": task.name, "state": task.state.key(), "shown": state,
        "decided": task.decided.map(|at| at.to_string()),
        "trail": task.trail.iter().map(trace).collect::<Vec<Value>>(),
    })
}

fn unknown(matter: &Matter) -> Problem {
    Problem::new(
        Kind::Usage,
        said!("没有事项 {matter}", "there is no matter {matter}"),
        said!("核对编号；yaohao journal 列出台账", "check the number; yaohao journal lists what was entered"),
    )
    .at(matter.to_string())
}
