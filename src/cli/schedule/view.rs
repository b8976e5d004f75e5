//! How the days of a draw are shown: day by day, by person and zone, and what has no day.

use super::agenda::{Agenda, Share, Stopover, Want};
use crate::cli::console::Console;
use crate::lang::Said;
use crate::said;
use crate::time::Date;
use serde_json::{Value, json};

/// Shows all of it.
pub fn show(agenda: &Agenda<'_>, console: &Console) {
    let (draw, days, count) = (&agenda.draw, agenda.drawn_days.len(), agenda.stops.len());
    console
        .heading(said!("{draw}：{count} 家，{days} 个工作日", "{draw}: {count} visits, {days} working days"));
    for (number, day) in agenda.days.iter().enumerate() {
        let count = agenda.on(number).count();
        let Said { zh, en } = weekday(*day);
        console.heading(said!("{day}（{zh}）{count} 家", "{day} ({en}): {count}"));
        show_stops(agenda.on(number), console);
    }
    show_shares(agenda, console);
    let (placed, near) = (agenda.measure.placed, agenda.measure.near);
    let (least, most) =
        (agenda.measure.by_day.iter().min().unwrap_or(&0), agenda.measure.by_day.iter().max().unwrap_or(&0));
    console.say(said!(
        "每天 {least}–{most} 家；排定的 {placed} 家里，{near} 家当天有同组人员在同一镇街另查一家（镇街后标 ＋）",
        "{least} to {most} visits a day; of {placed} with a day, {near} have somebody of the team in the same town once more (＋ behind the town)"
    ));
    show_wants(agenda, console);
}

fn weekday(day: Date) -> Said {
    let zh = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    let en = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let at = day.weekday() as usize;
    Said { zh: zh[at].to_owned(), en: en[at].to_owned() }
}

fn show_stops<'a>(stops: impl Iterator<Item = &'a Stopover<'a>>, console: &Console) {
    let row = |stop: &Stopover<'_>| {
        let near = if stop.is_near { "＋" } else { "" };
        vec![
            format!("{}{}", stop.unit.name, moved(stop).to(console.lang)),
            format!("{}{near}", stop.town),
            hours(u64::from(stop.length)),
            team(stop).to(console.lang).to_owned(),
        ]
    };
    let headings =
        [said!("单位", "unit"), said!("镇街", "town"), said!("小时", "hours"), said!("检查组", "team")];
    console.table(&headings, &[2], stops.map(row).collect());
}

/// That the day is another one than the draw gave, in words; empty if it is not.
fn moved(stop: &Stopover<'_>) -> Said {
    match stop.moved_from {
        None => said!("", ""),
        Some(None) => said!("（日期另定）", " (day set by the office)"),
        Some(Some(day)) => {
            let zh = day.month_and_day();
            Said { zh: format!("（改期，原定{zh}）"), en: format!(" (moved from {day})") }
        }
    }
}

fn team(stop: &Stopover<'_>) -> Said {
    let member = |(role, person): &(Said, &crate::register::Inspector)| {
        let (Said { zh, en }, name) = (role, &person.name);
        said!("{zh} {name}", "{en} {name}")
    };
    let Said { zh, en } = Said::join(stop.team.iter().map(member));
    match stop.changed {
        true => said!("{zh}（换人后）", "{en} (after a late change)"),
        false => said!("{zh}", "{en}"),
    }
}

fn show_shares(agenda: &Agenda<'_>, console: &Console) {
    console.heading(said!("各片区", "By zone"));
    let rows = agenda
        .zones
        .iter()
        .map(|(zone, visits, minutes)| vec![zone.clone(), visits.to_string(), hours(*minutes)]);
    console.table(
        &[said!("片区", "zone"), said!("家数", "visits"), said!("人时", "hours")],
        &[1, 2],
        rows.collect(),
    );
    console.heading(said!("每人（按抽定的检查组）", "By person (of the teams as drawn)"));
    let row = |share: &Share<'_>| {
        vec![
            share.person.name.clone(),
            share.visits.to_string(),
            hours(share.minutes),
            share.days.to_string(),
            hours(share.most),
        ]
    };
    let headings = [
        said!("人员", "person"),
        said!("次数", "visits"),
        said!("小时", "hours"),
        said!("出动天数", "days out"),
        said!("最多一天", "most on a day"),
    ];
    console.table(&headings, &[1, 2, 3, 4], agenda.people.iter().map(row).collect());
}

fn show_wants(agenda: &Agenda<'_>, console: &Console) {
    let count = agenda.without_day().count();
    if count == 0 {
        return;
    }
    console.heading(said!(
        "排不进的 {count} 家：日期由本机关另定",
        "{count} visits without a day: the office sets it"
    ));
    for stop in agenda.without_day() {
        let (id, name, Said { zh, en }) = (&stop.unit.id, &stop.unit.name, team(stop));
        console.say(said!("  {id} {name}：{zh}", "  {id} {name}: {en}"));
        for want in &stop.want {
            let Said { zh, en } = lacking(want, agenda.drawn_days.len());
            console.say(said!("    {zh}", "    {en}"));
        }
    }
}

/// Why somebody has no time, summed up over the days.
fn lacking(want: &Want<'_>, days: usize) -> Said {
    let name = &want.person.name;
    let away = want.days.iter().filter(|(_, _, away)| *away).count();
    let full = want.days.len() - away;
    let least =
        want.days.iter().filter(|(_, _, away)| !away).map(|(_, missing, _)| *missing).min().unwrap_or(0);
    let of_days = want.days.len();
    match (away, full) {
        (_, 0) => said!("{name}：{days} 天里 {away} 天请假", "{name}: on leave on {away} of {days} days"),
        (0, _) => said!(
            "{name}：{days} 天里 {full} 天已排满，至少差 {least} 分钟",
            "{name}: full on {full} of {days} days, {least} minutes short at least"
        ),
        _ => said!(
            "{name}：{days} 天里 {of_days} 天没有时间，其中请假 {away} 天，已排满 {full} 天（至少差 {least} 分钟）",
            "{name}: no time on {of_days} of {days} days: on leave on {away}, full on {full} ({least} minutes short at least)"
        ),
    }
}

/// Hours to a tenth, rounded down.
fn hours(minutes: u64) -> String {
    format!("{}.{}", minutes / 60, minutes % 60 / 6)
}

/// The same for programs, in minutes.
pub fn data(agenda: &Agenda<'_>) -> Value {
    let want = |want: &Want<'_>| {
        let day = |(day, missing, away): &(usize, u64, bool)| json!({ "day": agenda.drawn_days[*day].to_string(), "missing_minutes": missing, "away": away });
        json!({ "certificate": want.person.certificate, "name": want.person.name, "days": want.days.iter().map(day).collect::<Vec<_>>() })
    };
    let stop = |stop: &Stopover<'_>| {
        let member = |(role, person): &(Said, &crate::register::Inspector)| json!({ "role": role.en, "name": person.name, "certificate": person.certificate });
        json!({
            "unit": stop.unit.id, "name": stop.unit.name, "town": stop.town, "minutes": stop.length,
            "day": stop.day.map(|day| agenda.days[day].to_string()),
            "moved": stop.moved_from.is_some(), "moved_from": stop.moved_from.flatten().map(|day| day.to_string()), "near": stop.is_near,
            "changed": stop.changed, "team": stop.team.iter().map(member).collect::<Vec<_>>(),
            "lacks": stop.want.iter().map(want).collect::<Vec<_>>(),
        })
    };
    let share = |s: &Share<'_>| {
        json!({
            "name": s.person.name, "certificate": s.person.certificate, "visits": s.visits,
            "minutes": s.minutes, "days": s.days, "most_minutes_a_day": s.most,
        })
    };
    let zone = |(zone, visits, minutes): &(String, usize, u64)| json!({ "zone": zone, "visits": visits, "minutes": minutes });
    let days = agenda.days.iter().zip(&agenda.measure.by_day);
    json!({
        "draw": agenda.draw,
        "days": days.map(|(day, visits)| json!({ "day": day.to_string(), "visits": visits })).collect::<Vec<_>>(),
        "visits": agenda.stops.iter().map(stop).collect::<Vec<_>>(),
        "people": agenda.people.iter().map(share).collect::<Vec<_>>(),
        "zones": agenda.zones.iter().map(zone).collect::<Vec<_>>(),
        "near": agenda.measure.near, "without_day": agenda.without_day().count(),
    })
}
