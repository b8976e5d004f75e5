//! `yaohao report`: the yearly report, counted from record and journal.

pub mod args;
mod show;
mod trace;

use super::console::Console;
use crate::clock;
use crate::lang::{Said, counted};
use crate::policy::Policy;
use crate::problem::{Kind, Outcome, Problem};
use crate::register::Unit;
use crate::report::{Ground, Letter, Report, Signed, Status, html, workbook};
use crate::said;
use crate::store::{Audience, Desk, Office, is_in_public, replace};
use crate::time::Date;
use args::ReportArgs;
use std::path::Path;

/// Counts, shows and writes; a check that fails is shown, and then told as a problem.
pub fn run(office: &Office, args: &ReportArgs, console: &Console) -> Outcome<()> {
    let today = clock::now().date_in_china();
    let year = year(args, today)?;
    let dated = dated(args, year, today)?;
    wanted(args)?;
    let desk = Desk::open(office)?;
    let (policy, _) = office.policy()?;
    let (units, officers): (Vec<Unit>, _) = (office.table()?, desk.people()?);
    let ground = Ground { policy: &policy, units: &units, officers: &officers };
    let report = Report::of(&desk.ledger()?, year, &ground);
    if report.is_empty() {
        return Err(nothing(year));
    }
    match args.trace {
        Some(figure) => trace::show(&report, figure, &ground, console),
        None => show::show(&report, &ground, console),
    }
    written(args, &report, &ground, dated, &policy, console)
}

fn written(
    args: &ReportArgs,
    report: &Report,
    ground: &Ground<'_>,
    dated: Date,
    policy: &Policy,
    console: &Console,
) -> Outcome<()> {
    if let Some(path) = &args.xlsx {
        let made = workbook(report, ground, dated, console.lang).map_err(|error| {
            let library = error.0.to_string();
            Problem::new(
                Kind::Internal,
                said!("工作簿写不成：{library}", "the workbook cannot be made: {library}"),
                said!("程序有错，请报告", "this is a fault of the program; please report it"),
            )
        })?;
        replace(path, &made, Audience::Office)?;
        said_written(path, console);
    }
    if !report.is_sound() {
        return Err(unsound(report));
    }
    if let Some(path) = &args.text {
        let letter = Letter::of(report, ground, &Signed { office: &policy.office_name, date: dated });
        let text = if has_extension(path, "html") { html(&letter) } else { letter.plain() };
        replace(path, text.as_bytes(), Audience::Public)?;
        said_written(path, console);
    }
    Ok(())
}

fn said_written(path: &Path, console: &Console) {
    let path = path.display();
    console.say(said!("已写 {path}", "{path} is written"));
}

fn year(args: &ReportArgs, today: Date) -> Outcome<i32> {
    let year = i32::try_from(args.year).unwrap_or(i32::MAX);
    if year <= today.year() {
        return Ok(year);
    }
    Err(Problem::new(
        Kind::Usage,
        said!("{year} 年还没有到，没有可统计的", "{year} has not begun; there is nothing to count"),
        said!("--year 写今年或以前的年份", "give --year this year or an earlier one"),
    )
    .at("--year"))
}

/// The date of the text, which nobody can sign before the year.
fn dated(args: &ReportArgs, year: i32, today: Date) -> Outcome<Date> {
    let dated = args.dated.unwrap_or(today);
    if dated.year() >= year {
        return Ok(dated);
    }
    Err(Problem::new(
        Kind::Usage,
        said!("成文日期 {dated} 早于 {year} 年", "the date {dated} is before {year}"),
        said!("--dated 写报告成文的日期", "give --dated the day on which the report is made"),
    )
    .at("--dated"))
}

/// Files that can be written, before anything is counted.
fn wanted(args: &ReportArgs) -> Outcome<()> {
    let wanted = [(&args.xlsx, &["xlsx"][..], "--xlsx"), (&args.text, &["html", "txt"], "--text")];
    for (path, extensions, option) in wanted {
        let Some(path) = path else { continue };
        if !extensions.iter().any(|extension| has_extension(path, extension)) {
            let Said { zh, en } = Said::list(extensions.iter().map(|extension| format!(".{extension}")));
            return Err(Problem::new(
                Kind::Usage,
                said!("文件名要以 {zh} 结尾", "the name of the file has to end with {en}"),
                said!("改文件名的结尾", "name the file so"),
            )
            .at(option));
        }
        if option == "--xlsx" && is_in_public(path) {
            return Err(in_public(path));
        }
    }
    Ok(())
}

fn in_public(path: &Path) -> Problem {
    Problem::new(
        Kind::State,
        said!(
            "工作簿有逐项明细，不能放进 public 文件夹",
            "the workbook lists every matter and must not lie in the public folder"
        ),
        said!("放到别处", "put it elsewhere"),
    )
    .at(path.display().to_string())
}

fn has_extension(path: &Path, wanted: &str) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(wanted))
}

fn nothing(year: i32) -> Problem {
    Problem::new(
        Kind::Incomplete,
        said!("{year} 年没有任何事项", "there is no matter of {year}"),
        said!(
            "核对年份；检查结果、处罚、火灾和举报录入之后才能统计",
            "check the year; results, penalties, fires and complaints count once they are entered"
        ),
    )
}

fn unsound(report: &Report) -> Problem {
    let failed: Vec<&str> =
        report.checks.iter().filter(|check| check.status == Status::Fail).map(|check| check.id).collect();
    let (count, Said { zh, en }) = (failed.len(), Said::list(failed));
    let checks = counted(count, "check");
    Problem::new(
        Kind::Irregular,
        said!(
            "核对不符 {count} 项：{zh}。这些数不能用",
            "{checks} failed: {en}. The figures must not be used"
        ),
        said!(
            "逐个查上面列出的事项，补录或更正之后再出报告；文稿没有写",
            "look at the matters listed above and mend what was entered; the text was not written"
        ),
    )
}
