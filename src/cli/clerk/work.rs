//! `yaohao task open|assign|move|close`: work that no draw decides, and what happens to a
//! matter besides its visit.

use super::args::{AssignArgs, CloseArgs, MoveArgs, OpenArgs};
use super::entering::{Clerk, reason};
use super::meant;
use super::typed::SeatSaid;
use crate::cli::console::Console;
use crate::lang::Said;
use crate::policy::Role;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::{Office, Query};
use crate::task::clocks::{self, Until};
use crate::task::{Act, Ledger, Opened, Task, optional_wording, wording};
use crate::time::Date;

/// Something came in.
pub fn open(office: &Office, args: &OpenArgs, console: &Console) -> Outcome<()> {
    let mut clerk = Clerk::open(office, console)?;
    let of = args.of.as_deref().map(|of| clerk.task(of)).transpose().map_err(|p: Problem| p.at("--of"))?;
    let received = args.received.unwrap_or(clerk.now);
    let unit = args.unit.as_deref().map(|unit| meant::unit(office, unit)).transpose()?;
    let from_of = |field: fn(&Task) -> Option<String>| of.as_ref().and_then(field);
    let name = match (&args.name, &unit) {
        (Some(name), _) => {
            wording(&said!("名称", "the name"), name).map_err(|problem| problem.at("--name"))?
        }
        (None, Some(unit)) => unit.name.clone(),
        (None, None) => from_of(|task| Some(task.name.clone())).unwrap_or_default(),
    };
    let town = match (&args.town, &unit) {
        (Some(town), _) => Some(meant::town(office, town, "--town")?),
        (None, Some(unit)) => unit.town.clone(),
        (None, None) => from_of(|task| task.town.clone()),
    };
    let year = clerk.now.date_in_china().year();
    let matter = clerk.desk.next_matter(args.kind, u16::try_from(year).unwrap_or_default())?;
    let opened = Opened {
        matter: matter.clone(),
        unit: unit.map(|unit| unit.id).or_else(|| from_of(|task| task.unit.clone())),
        name,
        town,
        received,
        urgent: args.urgent,
        due: args.due.or_else(|| of.as_ref().and_then(|of| of.notice_day(None))),
        procedure: args.procedure,
        of: of.as_ref().map(|task| task.matter.clone()),
        minutes: args.minutes,
        departments: args.department.clone(),
        remark: optional_wording(&said!("事由", "the remark"), args.remark.as_deref().unwrap_or_default())
            .map_err(|problem| problem.at("--remark"))?,
    };
    if args.received.is_none() {
        is_no_repetition(&clerk, &opened)?;
    }
    let due = by_when(office, &opened, of);
    clerk.enter_then(&args.by.by, vec![Act::Opened(opened)], |_| due.into_iter().collect())
}

/// Whoever types the command again without a time of receipt, because nobody knows whether it
/// came through, gets another time: the same in all else on the same day is the same matter.
fn is_no_repetition(clerk: &Clerk<'_>, opened: &Opened) -> Outcome<()> {
    let today = opened.received.date_in_china();
    let same = |task: &&Task| {
        task.opened.as_ref().is_some_and(|known| {
            let (matter, received) = (opened.matter.clone(), opened.received);
            known.received.date_in_china() == today
                && task.kind() == opened.matter.kind()
                && Opened { matter, received, ..known.clone() } == *opened
        })
    };
    let tasks = clerk.desk.tasks(&Query { kind: Some(opened.matter.kind()), ..Query::default() })?;
    let Some(known) = tasks.iter().find(same) else { return Ok(()) };
    let matter = &known.matter;
    Err(Problem::new(
        Kind::State,
        said!("今天已登记过完全相同的一件：{matter}", "the very same came in today already: {matter}"),
        said!(
            "重复的不必再录；确是另一件，写明受理时间（--received）或事由（--remark）",
            "nothing is to be done if it is the same; of another one give its time (--received) or say what it is about (--remark)"
        ),
    ))
}

/// By when it has to be looked into, where a rule says so.
fn by_when(office: &Office, opened: &Opened, of: Option<Task>) -> Option<Said> {
    let Ok(calendar) = office.calendar() else {
        return Some(said!("期限算不出：没有工作日历", "When it is due is not known: there is no calendar"));
    };
    let mut ledger = Ledger::default();
    let mut task = Task::new(opened.matter.clone());
    task.opened = Some(opened.clone());
    ledger.add(task);
    of.into_iter().for_each(|of| ledger.add(of));
    let due = clocks::running(&ledger, &[], &calendar, &office.settings.deadlines);
    let about = clocks::About::Matter(opened.matter.clone());
    due.iter().find(|due| due.about == about).map(|due| match due.until {
        Until::Moment(end) => {
            let end = end.by_clocks_of_china();
            said!("应在北京时间 {end} 之前", "It is due at {end} (UTC+8)")
        }
        Until::Day(day) => said!("应不晚于 {day}", "It is due on {day}"),
        Until::UnknownYear(year) => {
            said!("期限算不出：缺 {year} 年日历", "When it is due is not known: the calendar lacks {year}")
        }
        Until::Soon => said!("应尽快", "It is due soon"),
    })
}

/// Somebody is sent.
pub fn assign(office: &Office, args: &AssignArgs, console: &Console) -> Outcome<()> {
    let mut clerk = Clerk::open(office, console)?;
    let task = clerk.task(&args.matter)?;
    let mut said = vec![(Role::Lead, args.lead.as_str(), "--lead")];
    said.extend(args.assistant.iter().map(|who| (Role::Assistant, who.as_str(), "--assistant")));
    said.extend(args.expert.iter().map(|who| (Role::Expert, who.as_str(), "--expert")));
    for SeatSaid(role, who) in &args.department {
        let role = role.clone().filter(|role| matches!(role, Role::Department(_)));
        said.push((role.ok_or_else(no_department)?, who, "--department"));
    }
    let mut seats = Vec::new();
    for (role, who, place) in said {
        seats.push((role, meant::person(&clerk.desk, who, place)?));
    }
    clerk.enter(&args.by.by, vec![Act::Assigned { matter: task.matter, seats }])
}

fn no_department() -> Problem {
    Problem::new(
        Kind::Usage,
        said!("没有写是哪个部门", "it does not say which department"),
        said!("写成 部门代号=执法证号，例如 market=SL0101", "write it like market=SL0101"),
    )
    .at("--department")
}

/// Another day.
pub fn change_day(office: &Office, args: &MoveArgs, console: &Console) -> Outcome<()> {
    let mut clerk = Clerk::open(office, console)?;
    let task = clerk.task(&args.matter)?;
    let outside = task.window.filter(|w| args.to < w.first || args.to > w.last);
    let odd = odd_day(office, args.to, clerk.now.date_in_china());
    let act = Act::Moved { matter: task.matter, day: args.to, reason: reason(&args.reason)? };
    clerk.enter_then(&args.by.by, vec![act], |_| {
        let said = outside.map(|window| {
            said!(
                "注意：不在检查期 {} 至 {} 之内",
                "Note: this is outside the window of {} to {}",
                window.first,
                window.last
            )
        });
        said.into_iter().chain(odd).collect()
    })
}

/// What is unusual about a day to which a visit is moved: it is possible, and may be a slip.
fn odd_day(office: &Office, day: Date, today: Date) -> Vec<Said> {
    let past = (day < today).then(|| {
        said!(
            "注意：{day} 早于今天 {today}；只有已经在那天查过的才这样改期",
            "Note: {day} is before today, {today}; move it there only if the visit was made that day"
        )
    });
    let is_rest = office.calendar().is_ok_and(|calendar| calendar.is_working(day) == Ok(false));
    let rest = is_rest.then(|| {
        let weekday = day.weekday_zh();
        Said {
            zh: format!("注意：{day}（{weekday}）不是工作日"),
            en: format!("Note: {day} is no working day"),
        }
    });
    past.into_iter().chain(rest).collect()
}

/// The end without a visit.
pub fn close(office: &Office, args: &CloseArgs, console: &Console) -> Outcome<()> {
    let mut clerk = Clerk::open(office, console)?;
    let task = clerk.task(&args.matter)?;
    let act = Act::Closed { matter: task.matter, reason: reason(&args.reason)? };
    clerk.enter(&args.by.by, vec![act])
}
