//! `yaohao fairness`: how work was shared over time, for everybody or with names.

pub mod args;
mod names;
mod show;

use super::console::Console;
use crate::clock;
use crate::fairness::{DrawnFrom, Fairness, Person, Question, Shown, page};
use crate::ids::DrawId;
use crate::lang::Said;
use crate::policy::Policy;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{self, Table, UnitLine, UnitStanding};
use crate::register::{Inspector, Post};
use crate::said;
use crate::store::{Audience, Desk, DrawFolder, Office, Stage, read, replace};
use crate::task::{Ledger, Matter};
use crate::time::Date;
use args::FairnessArgs;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

pub fn run(office: &Office, args: &FairnessArgs, console: &Console) -> Outcome<()> {
    let today = clock::now().date_in_china();
    let span = span(args, today)?;
    for (path, extension, option) in [(&args.out, "json", "--out"), (&args.html, "html", "--html")] {
        ends_with(path.as_deref(), extension, option)?;
    }
    let desk = Desk::open(office)?;
    let (policy, _) = office.policy()?;
    let (ledger, people) = (desk.ledger()?, people(office, &policy)?);
    let (draws, sealed) = draws(office, &policy, &ledger, args.names)?;
    let question = Question {
        ledger: &ledger,
        people: &people,
        draws: &draws,
        sealed: &sealed,
        standard: policy.workload.visit_minutes,
        span,
    };
    let fairness = Fairness::of(&question);
    if fairness.is_empty() {
        return Err(nothing(span));
    }
    if args.names {
        names::show(&fairness, &policy, console);
        return Ok(());
    }
    let mut shown = Shown::of(&fairness);
    // Months without work, and months to come, say nothing of how it was shared.
    shown.months.retain(|month| month.sum > 0 && month.month <= (today.year(), today.month()));
    show::show(&shown, &policy, console);
    if let Some(path) = &args.out {
        let text = serde_json::to_string_pretty(&show::view(&shown)).unwrap_or_default() + "\n";
        written(path, &text, console)?;
    }
    if let Some(path) = &args.html {
        let strata = shown.coverage.iter().map(|(label, of)| (policy.stratum_called(label), of.clone()));
        let named = Shown { coverage: strata.collect(), ..shown };
        written(path, &page(&named, &policy.office_name, &policy.zones, console.lang), console)?;
    }
    Ok(())
}

fn written(path: &Path, text: &str, console: &Console) -> Outcome<()> {
    replace(path, text.as_bytes(), Audience::Public)?;
    let path = path.display();
    console.say(said!("已写 {path}", "{path} is written"));
    Ok(())
}

/// The days that are asked about, none of them to come.
fn span(args: &FairnessArgs, today: Date) -> Outcome<(Date, Date)> {
    let of_year = |year: i32| Date::new(year, 1, 1).zip(Date::new(year, 12, 31));
    let asked = match (args.from, args.until) {
        (Some(from), Some(until)) => Some((from, until)),
        _ => of_year(args.year.and_then(|year| i32::try_from(year).ok()).unwrap_or(today.year())),
    };
    let (first, last) = asked.unwrap_or((today, today));
    if first > today {
        return Err(Problem::new(
            Kind::Usage,
            said!("{first} 还没有到，没有可统计的", "{first} is still to come; there is nothing to count"),
            said!("写今天或以前开始的时间", "name a time that has begun"),
        )
        .at("--from"));
    }
    if last < first {
        return Err(Problem::new(
            Kind::Usage,
            said!("最后一天 {last} 早于第一天 {first}", "the last day {last} is before the first, {first}"),
            said!("调换 --from 和 --until", "exchange --from and --until"),
        )
        .at("--until"));
    }
    Ok((first, last))
}

fn ends_with(path: Option<&Path>, extension: &str, option: &str) -> Outcome<()> {
    let fits = |path: &Path| path.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension));
    if path.is_none_or(fits) {
        return Ok(());
    }
    Err(Problem::new(
        Kind::Usage,
        said!("文件名要以 .{extension} 结尾", "the name of the file has to end with .{extension}"),
        said!("改文件名的结尾", "name the file so"),
    )
    .at(option))
}

/// Inspectors in post, by the newest register, with the minutes they have.
fn people(office: &Office, policy: &Policy) -> Outcome<BTreeMap<String, Person>> {
    let inspectors: Vec<Inspector> = office.table()?;
    let capacity = policy.workload.capacity_minutes;
    let in_post = inspectors.into_iter().filter(|who| who.post == Post::InPost);
    let person = |who: Inspector| {
        let usual = if who.lead { capacity.lead } else { capacity.assistant };
        let capacity_minutes = u64::from(who.capacity_minutes.unwrap_or(usual));
        (who.certificate, Person { name: who.name, zone: who.zone, lead: who.lead, capacity_minutes })
    };
    Ok(in_post.map(person).collect())
}

/// The draws with a result, and those of which nobody may know yet. What is shown to
/// everybody leaves these out.
fn draws(
    office: &Office,
    policy: &Policy,
    ledger: &Ledger,
    with_sealed: bool,
) -> Outcome<(Vec<DrawnFrom>, BTreeSet<DrawId>)> {
    let (mut draws, mut sealed) = (Vec::new(), BTreeSet::new());
    for folder in office.draws(&policy.office)? {
        match folder.stage()? {
            Stage::Sealed if !with_sealed => {
                sealed.insert(folder.id.clone());
            }
            Stage::Recorded | Stage::Sealed => draws.push(drawn_from(&folder, ledger)?),
            _ => {}
        }
    }
    Ok((draws, sealed))
}

fn drawn_from(folder: &DrawFolder, ledger: &Ledger) -> Outcome<DrawnFrom> {
    let commit = folder.commit()?;
    let path = folder.public.join(record::UNITS);
    let units: Table<UnitLine> = Table::read(&read(&path)?).map_err(|error| {
        let Said { zh, en } = error.said();
        Problem::new(
            Kind::Unreadable,
            said!("已公布的检查对象名录读不懂：{zh}", "the published register of units cannot be read: {en}"),
            said!("从备份恢复公开文件夹", "restore the public folder from a backup"),
        )
        .at(path.display().to_string())
    })?;
    let pool = units.lines.into_iter().filter_map(|line| match line.standing {
        UnitStanding::Stratum(label) => Some((line.id, label)),
        UnitStanding::Excluded(_) => None,
    });
    let drawn = ledger.tasks.keys().filter_map(|matter| match matter {
        Matter::Drawn { draw, unit } if *draw == folder.id => Some(unit.clone()),
        _ => None,
    });
    let strata = commit.strata.iter().map(|stratum| (stratum.label.clone(), stratum.pool, stratum.quota));
    Ok(DrawnFrom {
        draw: folder.id.clone(),
        last: commit.window.last,
        strata: strata.collect(),
        pool: pool.collect(),
        drawn: drawn.collect(),
    })
}

fn nothing((first, last): (Date, Date)) -> Problem {
    Problem::new(
        Kind::Incomplete,
        said!("{first} 至 {last} 没有任何检查任务", "there is no visit from {first} to {last}"),
        said!(
            "核对时间；抽取出结果、录入检查之后才能统计",
            "check the dates; draws count once they have a result, other work once it is entered"
        ),
    )
}
