//! `yaohao due`: what is due and overdue, by its end.

use super::args::DueArgs;
use crate::cli::console::Console;
use crate::cli::journal;
use crate::clock;
use crate::ids::DrawId;
use crate::lang::{Lang, Said};
use crate::problem::Outcome;
use crate::said;
use crate::store::{Office, Stage};
use crate::task::clocks::{About, Due, Until, running};
use crate::task::{Kind, Ledger, Matter};
use crate::time::{Date, Moment};
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub fn run(office: &Office, args: &DueArgs, console: &Console) -> Outcome<()> {
    let now = match args.on {
        // The day as it begins: what ends with it can still be done.
        Some(day) => Moment::in_china_at(day, (0, 0, 0)).unwrap_or_else(clock::now),
        None => clock::now(),
    };
    let calendar = office.calendar()?;
    let ledger = journal::open(office, console)?.ledger()?;
    let all = running(&ledger, &sealed(office)?, &calendar, &office.settings.deadlines);
    let last = now.date_in_china().plus_days(i64::from(args.ahead));
    // What ends nobody knows when is shown, and what should be done soon.
    let near = |due: &Due| due.last_day().is_none_or(|day| day <= last);
    let wanted = |due: &&Due| args.kind.is_none_or(|kind| is_of(due, kind));
    let all: Vec<&Due> = all.iter().filter(wanted).collect();
    let mut shown: Vec<&Due> = all.iter().copied().filter(|due| near(due)).collect();
    shown.retain(|due| !args.overdue || due.is_over(now));
    // Hours come before days; the rest stays by its end.
    shown.sort_by_key(|due| !matches!(due.until, Until::Moment(_)));
    console.table(&headings(), &[], shown.iter().map(|due| row(due, now, console.lang)).collect());
    let over = shown.iter().filter(|due| due.is_over(now)).count();
    let (count, ahead) = (all.iter().filter(|due| near(due)).count() - over, args.ahead);
    let later = all.len() - over - count;
    console.say(said!(
        "逾期 {over} 项，{ahead} 天内到期 {count} 项，以后 {later} 项",
        "{over} overdue, {count} due within {ahead} days, {later} later"
    ));
    console.data(|| {
        json!({
            "at": now.to_string(), "overdue": over, "soon": count, "later": later,
            "due": shown.iter().map(|due| view(due, now)).collect::<Vec<_>>(),
        })
    });
    Ok(())
}

/// Whether a period runs for a matter of this kind. Of a draw it is one of drawn work.
fn is_of(due: &Due, kind: Kind) -> bool {
    match &due.about {
        About::Matter(matter) => matter.kind() == kind,
        About::Draw(_) => kind == Kind::Drawn,
    }
}

/// The draws that are still sealed: the last day of the visits, and by when to open.
fn sealed(office: &Office) -> Outcome<Vec<(DrawId, Date, Date)>> {
    let (policy, _) = office.policy()?;
    let mut sealed = Vec::new();
    for folder in office.draws(&policy.office)? {
        if folder.stage()? == Stage::Sealed {
            let commit = folder.commit()?;
            sealed.push((folder.id.clone(), commit.window.last, commit.open_by));
        }
    }
    Ok(sealed)
}

fn headings() -> [Said; 6] {
    [
        said!("到期", "due"),
        said!("", ""),
        said!("要做的", "what"),
        said!("起算", "since"),
        said!("事项", "matter"),
        said!("名称，谁", "name, who"),
    ]
}

/// When a period ends, for people.
fn when(until: Until) -> Said {
    match until {
        Until::Moment(end) => Said { zh: end.by_clocks_of_china(), en: end.by_clocks_of_china() },
        Until::Day(day) => Said { zh: day.to_string(), en: day.to_string() },
        Until::UnknownYear(year) => said!("缺 {year} 年日历", "the calendar lacks {year}"),
        Until::Soon => said!("尽快", "soon"),
    }
}

/// The first end of a period of every matter; none where the office has no calendar, which
/// only `yaohao due` insists on.
pub fn ends(office: &Office, ledger: &Ledger) -> BTreeMap<Matter, Said> {
    let Ok(calendar) = office.calendar() else { return BTreeMap::new() };
    let mut ends = BTreeMap::new();
    for due in running(ledger, &[], &calendar, &office.settings.deadlines) {
        if let About::Matter(matter) = due.about {
            ends.entry(matter).or_insert_with(|| when(due.until));
        }
    }
    ends
}

fn row(due: &Due, now: Moment, lang: Lang) -> Vec<String> {
    let until = when(due.until);
    let state = match (due.is_over(now), due.last_day()) {
        (true, _) => said!("逾期", "overdue"),
        (false, Some(day)) if day == now.date_in_china() => said!("今天", "today"),
        _ => said!("", ""),
    };
    let clock = match lang {
        Lang::Zh => due.clock.zh(),
        Lang::En => due.clock.key(),
    };
    let who = due.who.join(" + ");
    vec![
        until.to(lang).to_owned(),
        state.to(lang).to_owned(),
        clock.to_owned(),
        due.since.to_string(),
        about(due),
        format!("{} {who}", due.name).trim().to_owned(),
    ]
}

fn about(due: &Due) -> String {
    match &due.about {
        About::Matter(matter) => matter.to_string(),
        About::Draw(draw) => draw.to_string(),
    }
}

fn view(due: &Due, now: Moment) -> Value {
    let (day, moment, year) = match due.until {
        Until::Moment(end) => (Some(end.date_in_china().to_string()), Some(end.to_string()), None),
        Until::Day(day) => (Some(day.to_string()), None, None),
        Until::UnknownYear(year) => (None, None, Some(year)),
        Until::Soon => (None, None, None),
    };
    json!({
        "clock": due.clock.key(), "about": about(due), "name": due.name, "who": due.who,
        "since": due.since.to_string(), "day": day, "moment": moment, "calendar_lacks": year,
        "overdue": due.is_over(now),
    })
}
