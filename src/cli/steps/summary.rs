//! What the office is shown of a finished draw: how the work is shared out.

use crate::cli::console::Console;
use crate::draw::{Committed, Drawing, Plan, Spread, Work, Workload};
use crate::lang::{Said, counted};
use crate::said;
use serde_json::{Value, json};

/// Prints units and hours by zone, and the least and the most a person, in all
/// and by role.
pub fn show(plan: &Plan<'_>, committed: &Committed, drawing: &Drawing, work: &Workload, console: &Console) {
    let (draw, count) = (&committed.commit.draw, drawing.assigned.len());
    let units = counted(count, "unit");
    console.heading(said!("{draw}：抽出 {count} 家", "{draw}: {units} drawn"));
    let name = |zone: &String| plan.question.policy.zones.get(zone).cloned().unwrap_or_default();
    let zones = work.zones.iter().map(|(zone, units, work)| {
        vec![name(zone), units.to_string(), hours(work.minutes.sum), range(work.minutes, hours)]
    });
    let headings = [
        said!("片区", "zone"),
        said!("抽中", "drawn"),
        said!("人时", "hours"),
        said!("每人工时", "hours each"),
    ];
    console.table(&headings, &[1, 2, 3], zones.collect());
    let (people, least, most) = (work.all.people, work.all.visits.least, work.all.visits.most);
    let inspectors = counted(people, "inspector");
    console.say(said!(
        "{people} 名可派人员，每人 {least}–{most} 次",
        "{inspectors}, {least} to {most} visits each"
    ));
    let row = |name: Said, work: &Work| {
        let apart = hours(work.minutes.most - work.minutes.least);
        let (visits, minutes) = (range(work.visits, |n| n.to_string()), range(work.minutes, hours));
        vec![name.to(console.lang).to_owned(), work.people.to_string(), visits, minutes, apart]
    };
    let called = |role| plan.question.policy.team.called(role);
    let roles = work.roles.iter().map(|(role, work)| row(called(role), work));
    let ends = &plan.question.policy.workload.band_minutes;
    let bands = work.bands.iter().enumerate().filter(|_| !ends.is_empty());
    let bands = bands.map(|(band, work)| row(band_text(band, ends), work));
    let rows = std::iter::once(row(said!("合计", "in all"), &work.all)).chain(roles).chain(bands);
    let headings = [
        said!("分类", "part"),
        said!("可派", "people"),
        said!("每人次数", "visits each"),
        said!("每人工时", "hours each"),
        said!("工时相差", "hours apart"),
    ];
    console.table(&headings, &[1, 2, 3, 4], rows.collect());
    let (people, most) = (work.over.0, hours(work.over.1));
    if people > 0 {
        console.say(said!(
            "按各单位的预计时长，{people} 人超出本月剩余工时，最多超 {most} 小时（配对只限次数，见 docs/decisions/0006）",
            "By the units' own estimates {people} exceed the hours they have left, by {most} at most (pairing limits visits, docs/decisions/0006)"
        ));
    }
}

/// How long the visits of a band take.
fn band_text(band: usize, ends: &[u32]) -> Said {
    match (band.checked_sub(1).map(|before| ends[before]), ends.get(band)) {
        (Some(from), Some(to)) => said!("{from}–{to} 分钟", "{from} to {to} min"),
        (Some(from), None) => said!("{from} 分钟以上", "above {from} min"),
        (None, Some(to)) => said!("{to} 分钟以内", "up to {to} min"),
        (None, None) => said!("不分档", "one band"),
    }
}

/// The same for programs, in minutes.
pub fn data(work: &Workload) -> Value {
    let spread = |s: &Spread| json!({ "least": s.least, "most": s.most, "sum": s.sum });
    let of = |work: &Work| json!({ "people": work.people, "visits": spread(&work.visits), "minutes": spread(&work.minutes) });
    let role = |(role, work): &(crate::policy::Role, Work)| json!({ "role": role.key(), "work": of(work) });
    let zone = |(zone, units, work): &(String, usize, Work)| json!({ "zone": zone, "drawn": units, "work": of(work) });
    json!({
        "all": of(&work.all),
        "over_hours": { "people": work.over.0, "minutes_at_most": work.over.1 },
        "bands": work.bands.iter().map(of).collect::<Vec<_>>(),
        "roles": work.roles.iter().map(role).collect::<Vec<_>>(),
        "zones": work.zones.iter().map(zone).collect::<Vec<_>>(),
    })
}

/// Hours to a tenth, rounded down.
fn hours(minutes: u64) -> String {
    let (hours, tenth) = (minutes / 60, minutes % 60 / 6);
    format!("{hours}.{tenth}")
}

/// The least and the most.
fn range(spread: Spread, text: impl Fn(u64) -> String) -> String {
    let (least, most) = (text(spread.least), text(spread.most));
    format!("{least}–{most}")
}
