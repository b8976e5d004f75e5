//! How `check` and `commit` say whether the working days of a month hold the visits.

use super::console::Console;
use crate::draw::{Outlook, Plan, ZoneDays};
use crate::lang::Said;
use crate::said;
use serde_json::{Value, json};

/// People and towns named where time is short.
const SHOWN: usize = 5;

/// Shows what dry draws told of the days.
pub fn show(plan: &Plan<'_>, ahead: &Outlook, console: &Console) {
    let days = ahead.days;
    console.heading(said!("检查日期：{days} 个工作日排不排得下", "Days of the visits: {days} working days"));
    let name = |zone: &String| plan.question.policy.zones.get(zone).cloned().unwrap_or_default();
    let row = |zone: &ZoneDays| {
        let hours = |minutes: u64| (minutes / 60).to_string();
        vec![name(&zone.zone), hours(zone.taken), hours(zone.available), zone.unplaced.to_string()]
    };
    let headings = [
        said!("片区", "zone"),
        said!("检查占用小时", "hours of visits"),
        said!("工作日可用小时", "hours on these days"),
        said!("排不进的家次", "visits without a day"),
    ];
    console.table(&headings, &[1, 2, 3], ahead.zones.iter().map(row).collect());
    let draws = ahead.draws;
    match tight(plan, ahead) {
        Some(said) => console.say(said),
        None => console
            .say(said!("试排 {draws} 次，每家都排得进。", "In all {draws} dry draws every visit got a day.")),
    }
}

/// That time is short, and whose; it keeps nobody from committing.
pub fn tight(plan: &Plan<'_>, ahead: &Outlook) -> Option<Said> {
    let (draws, tight, (all, worst)) = (ahead.draws, ahead.tight, ahead.unplaced);
    if all == 0 {
        return None;
    }
    let person = |position: usize| &plan.eligibility.seats[position].inspector.name;
    let people = ahead.people.iter().take(SHOWN).map(|(position, visits)| {
        let name = person(*position);
        said!("{name}（{visits} 家次）", "{name} ({visits})")
    });
    let town = |code: &String| {
        let town = plan.question.policy.town_on(code, plan.question.window.first);
        town.map_or(code.clone(), |town| town.name.clone())
    };
    let towns = ahead.towns.iter().take(SHOWN).map(|(code, visits)| {
        let name = town(code);
        said!("{name}（{visits} 家次）", "{name} ({visits})")
    });
    let (people, towns) = (Said::join(people), Said::join(towns));
    let (zh_people, zh_towns, en_people, en_towns) = (people.zh, towns.zh, people.en, towns.en);
    Some(said!(
        "提醒：工作日排不下全部检查。试排 {draws} 次，{tight} 次有排不进的，最多一次 {worst} 家。\
         最缺时间的人员：{zh_people}；所在镇街：{zh_towns}。不妨碍承诺：排不进的，抽取后日期由本机关另定。\
         要排得下：增加人员或每天的可用分钟，少抽，或调整请假。",
        "Note: the working days do not hold all visits. Of {draws} dry draws {tight} left some without a day, \
         {worst} at most. Shortest of time: {en_people}; in the towns: {en_towns}. It may be committed all the \
         same: the office sets the days that are missing after the draw. More people, more minutes a day, \
         fewer units or other leave would help."
    ))
}

/// The same for programs.
pub fn view(plan: &Plan<'_>, ahead: &Outlook) -> Value {
    let zone = |zone: &ZoneDays| {
        json!({
            "zone": zone.zone, "available_minutes": zone.available, "taken_minutes": zone.taken,
            "without_day": zone.unplaced,
        })
    };
    let certificate = |position: usize| &plan.eligibility.seats[position].inspector.certificate;
    json!({
        "working_days": ahead.days, "dry_draws": ahead.draws, "tight": ahead.tight,
        "without_day": { "sum": ahead.unplaced.0, "most": ahead.unplaced.1 },
        "zones": ahead.zones.iter().map(zone).collect::<Vec<_>>(),
        "people": ahead.people.iter().map(|(p, n)| json!({ "inspector": certificate(*p), "visits": n })).collect::<Vec<_>>(),
        "towns": ahead.towns.iter().map(|(code, n)| json!({ "town": code, "visits": n })).collect::<Vec<_>>(),
    })
}
