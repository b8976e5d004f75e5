//! `yaohao result`: what a visit found. Nothing of it has a default; what is missing is
//! listed with the choices, all at once.

use super::args::ResultArgs;
use super::entering::Clerk;
use super::meant;
use super::typed::{ByDate, Item, SeatSaid, outcomes};
use crate::cli::console::Console;
use crate::lang::Said;
use crate::policy::Role;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::Office;
use crate::task::{Act, Measure, Ordered, Task, Visit, optional_wording, sheet, wording};

pub fn run(office: &Office, args: &ResultArgs, console: &Console) -> Outcome<()> {
    let mut clerk = Clerk::open(office, console)?;
    let task = clerk.task(&args.matter)?;
    let present = present(&clerk, &task, args)?;
    let missing = missing(&task, args, present.is_empty());
    let Some(day) = args.on.filter(|_| missing.is_empty()) else { return Err(incomplete(&task, &missing)) };
    let visit = Visit {
        matter: task.matter.clone(),
        day,
        code: text(said!("执法码", "the code of the check"), args.code.as_deref(), "--code")?,
        present,
        helpers: parts(said!("协助人员", "a helper"), &args.helper, "--helper")?,
        delegated: args
            .delegated
            .as_deref()
            .map(|town| meant::town(office, town, "--delegated"))
            .transpose()?,
        items: args.item.iter().map(|Item(item, outcome)| (item.clone(), *outcome)).collect(),
        hazards: args.hazards.unwrap_or(0),
        rectified: args.rectified.unwrap_or(0),
        measures: measures(args)?,
        evidence: parts(said!("存放处", "where it is kept"), &args.evidence, "--evidence")?,
        remark: text(said!("备注", "the remark"), args.remark.as_deref(), "--remark")?,
    };
    clerk.enter(&args.by.by, vec![Act::Visited(visit)])
}

/// Who was there: as it is said, with the part of the team where none is said; else the team.
fn present(clerk: &Clerk<'_>, task: &Task, args: &ResultArgs) -> Outcome<Vec<(Role, String)>> {
    if args.present.is_empty() {
        return Ok(task.seats.clone());
    }
    let seat = |SeatSaid(role, who): &SeatSaid| {
        let certificate = meant::person(&clerk.desk, who, "--present")?;
        let known = task.seats.iter().find(|(_, seated)| *seated == certificate);
        let role = role.clone().or_else(|| known.map(|(role, _)| role.clone()));
        Ok((role.ok_or_else(|| no_part(&certificate))?, certificate))
    };
    args.present.iter().map(seat).collect()
}

fn no_part(certificate: &str) -> Problem {
    Problem::new(
        Kind::Usage,
        said!(
            "{certificate} 不在检查组里，没有写担任什么",
            "{certificate} is not of the team, and it does not say as what"
        ),
        said!(
            "写成 lead={certificate} 或 assistant={certificate}",
            "write lead={certificate} or assistant={certificate}"
        ),
    )
    .at("--present")
}

/// What the command does not say but has to.
fn missing(task: &Task, args: &ResultArgs, nobody: bool) -> Vec<Said> {
    let mut missing = Vec::new();
    if args.on.is_none() {
        missing.push(said!("--on 检查日期，如 2026-06-08", "--on: the day of the visit, such as 2026-06-08"));
    }
    if nobody {
        missing.push(said!(
            "--present 到场的执法人员，如 lead=SL0001（没有派过人）",
            "--present: who was there, such as lead=SL0001 (nobody was assigned)"
        ));
    }
    let said = |code: &&String| args.item.iter().any(|Item(item, _)| item == *code);
    for item in task.items.iter().filter(|code| !said(code)) {
        missing.push(said!("--item {item}=结果", "--item {item}=RESULT"));
    }
    if task.items.is_empty() && args.item.is_empty() && task.kind().is_inspection() {
        missing.push(said!("--item 事项编码=结果，至少一个", "--item ITEM=RESULT, one at least"));
    }
    let fault = args.item.iter().any(|Item(_, outcome)| outcome.is_fault());
    if fault && args.hazards.is_none() {
        missing.push(said!(
            "--hazards 火灾隐患数，--rectified 其中已整改数",
            "--hazards: how many hazards, --rectified: how many of them were put right"
        ));
    }
    missing
}

fn incomplete(task: &Task, missing: &[Said]) -> Problem {
    let matter = &task.matter;
    let zh = missing.iter().map(|said| said.zh.as_str()).collect::<Vec<_>>().join("；");
    let en = missing.iter().map(|said| said.en.as_str()).collect::<Vec<_>>().join("; ");
    let Said { zh: zh_choices, en: en_choices } = outcomes();
    Problem::new(
        Kind::Usage,
        said!("{matter} 的结果还缺：{zh}", "the result of {matter} lacks: {en}"),
        said!(
            "补上再录入；没有默认结果，结果{zh_choices}",
            "add it and enter it again; no result is a default, {en_choices}"
        ),
    )
}

fn measures(args: &ResultArgs) -> Outcome<Vec<Ordered>> {
    let mut measures = Vec::new();
    let mut add = |measure, number: Option<&str>, by, place: &str| -> Outcome<()> {
        let number = number.filter(|number| !number.is_empty());
        let number = number.map(|number| document(number, place)).transpose()?;
        measures.push(Ordered { measure, number, by });
        Ok(())
    };
    for number in &args.at_once {
        add(Measure::AtOnce, Some(number), None, "--at-once")?;
    }
    for ByDate(number, day) in &args.by_date {
        add(Measure::ByDate, number.as_deref(), Some(*day), "--by-date")?;
    }
    let others = [
        (Measure::Seal, &args.seal, "--seal"),
        (Measure::Stop, &args.stop, "--stop"),
        (Measure::Fine, &args.fine, "--fine"),
        (Measure::Transfer, &args.transfer, "--transfer"),
    ];
    for (measure, said, place) in others {
        if let Some(number) = said {
            add(measure, number.as_deref(), None, place)?;
        }
    }
    Ok(measures)
}

/// The number of a document, which must come back from a sheet as it was.
fn document(number: &str, place: &str) -> Outcome<String> {
    let number = part(said!("文号", "the number of a document"), number, place)?;
    if sheet::is_document(&number) {
        return Ok(number);
    }
    Err(Problem::new(
        Kind::Usage,
        said!("“{number}”不是文号", "\"{number}\" is not the number of a document"),
        said!("写文号，没有文号就不写", "write its number, or none"),
    )
    .at(place))
}

fn text(field: Said, given: Option<&str>, place: &str) -> Outcome<Option<String>> {
    optional_wording(&field, given.unwrap_or_default()).map_err(|problem| problem.at(place))
}

fn parts(field: Said, given: &[String], place: &str) -> Outcome<Vec<String>> {
    given.iter().map(|part_| part(field.clone(), part_, place)).collect()
}

/// One of several texts; in the sheet they stand in one cell.
fn part(field: Said, given: &str, place: &str) -> Outcome<String> {
    let text = wording(&field, given).map_err(|problem| problem.at(place))?;
    if sheet::is_part(&text) {
        return Ok(text);
    }
    Err(Problem::new(
        Kind::Usage,
        said!("里面有分号", "there is a semicolon in it"),
        said!("分号用来隔开几项：分开写几次", "semicolons stand between several: name each by itself"),
    )
    .at(place))
}
