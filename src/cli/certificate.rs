//! How `check` shows a draw that cannot be staffed, and what would mend it.

use super::console::Console;
use crate::draw::{Certificate, Estimate, Failing, Forecast, Plan, Repair, Step, hours_for, percent};
use crate::lang::Said;
use crate::pairing::staffing::{Rehearsal, missing};
use crate::said;
use serde_json::{Value, json};

/// Shows the certificate, the repairs and how often draws fail.
pub fn show(plan: &Plan<'_>, forecast: &Forecast, console: &Console) {
    if forecast.repairs.is_empty() {
        if forecast.certificate.is_some() {
            console.say(said!(
                "没有找到能验证的补救办法（已试过增加次数、增加人员、少抽单位）。",
                "No repair was found that could be verified (more visits, more people and fewer units were tried)."
            ));
        }
        return;
    }
    console.say(said!(
        "可行的补救（从省到费，每一条都重新验证过）：",
        "Repairs, cheapest first, each verified:"
    ));
    for (number, repair) in (1..).zip(&forecast.repairs) {
        let (zh, en) = {
            let said = repair.said(plan);
            (said.zh, said.en)
        };
        console.say(said!("  {number}. {zh}", "  {number}. {en}"));
    }
}

/// Which draw cannot be staffed, and why.
pub fn why(plan: &Plan<'_>, failing: &Failing, certificate: &Certificate) -> Said {
    let Said { zh, en } = certificate.said(plan);
    let missing = missing(&failing.instance);
    let Said { zh, en } = match missing == certificate.short {
        true => said!("{zh}", "{en}"),
        false => said!(
            "共缺 {missing} 个岗位，其中最小的一处：{zh}",
            "{missing} slots stay empty in all, for the smallest part because of {en}"
        ),
    };
    let Some(number) = failing.dry_draw else {
        return said!("最不利的抽取结果派不足人：{zh}", "The worst possible draw cannot be staffed: {en}");
    };
    let with: Vec<Said> = lineups(plan).into_iter().map(|(_, said)| said).collect();
    let with_zh = with.iter().map(|said| said.zh.as_str()).collect::<Vec<_>>().join("、");
    let with_en = with.iter().map(|said| said.en.as_str()).collect::<Vec<_>>().join(" and ");
    said!(
        "第 {number} 次试抽（按{with_zh}的规定）派不足人：{zh}",
        "Dry draw {number}, with {with_en}, cannot be staffed: {en}"
    )
}

/// By which rules the seed also decides who may come, by key.
fn lineups(plan: &Plan<'_>) -> Vec<(&'static str, Said)> {
    let exchange = plan.question.policy.team.exchange.is_some();
    let exchange = exchange.then(|| ("exchange", said!("跨片区互查", "visits from other zones")));
    let apart = !plan.eligibility.apart.is_empty();
    let apart = apart.then(|| ("apart", said!("不得同组", "people who must not meet")));
    exchange.into_iter().chain(apart).collect()
}

/// How often draws fail, in words.
pub fn chance(dry: &Rehearsal) -> String {
    estimate(dry).percent()
}

fn estimate(dry: &Rehearsal) -> Estimate {
    Estimate { hits: u64::from(dry.failures), of: u64::from(dry.draws) }
}

/// The same for programs.
pub fn view(plan: &Plan<'_>, forecast: &Forecast, console: &Console) -> Value {
    let (Some(certificate), Some(failing)) = (&forecast.certificate, forecast.staffing.failing()) else {
        return Value::Null;
    };
    let with: Vec<&str> = lineups(plan).into_iter().map(|(key, _)| key).collect();
    let unit = |unit: &usize| {
        let exchanged = certificate.exchanged.contains(unit);
        let unit = plan.eligibility.candidates[*unit].unit;
        json!({ "unit": unit.id, "name": unit.name, "exchanged": exchanged })
    };
    json!({
        "said": console.text(&certificate.said(plan)),
        "dry_draw": failing.dry_draw, "with": failing.dry_draw.map_or(Vec::new(), |_| with),
        "place": certificate.place, "role": certificate.role.as_ref().map(|role| role.key()),
        "units": certificate.units.iter().map(unit).collect::<Vec<_>>(),
        "slots": certificate.slots, "inspectors": names(plan, &certificate.people),
        "minutes_left": certificate.minutes_left, "visits_left": certificate.capacity,
        "others": certificate.others, "short": certificate.short, "short_in_all": missing(&failing.instance),
        "barred": certificate.bars.iter().map(|(bar, n)| json!({ "rule": bar.key(), "inspectors": n })).collect::<Vec<_>>(),
    })
}

/// How often draws fail, for programs.
pub fn failure_view(dry: &Rehearsal) -> Value {
    let estimate = estimate(dry);
    json!({
        "draws": dry.draws, "failures": dry.failures,
        "chance": percent(estimate.ten_thousandths()), "error": percent(estimate.error()),
    })
}

/// The repairs for programs.
pub fn repairs_view(plan: &Plan<'_>, forecast: &Forecast, console: &Console) -> Value {
    let repair = |repair: &Repair| {
        json!({
            "said": console.text(&repair.said(plan)), "minutes": repair.minutes,
            "verified": if repair.rehearsed.is_none() { "proved" } else { "rehearsed" },
            "dry_draws": repair.rehearsed,
            "steps": repair.steps.iter().map(|step| step_view(plan, step)).collect::<Vec<_>>(),
        })
    };
    forecast.repairs.iter().map(repair).collect()
}

fn step_view(plan: &Plan<'_>, step: &Step) -> Value {
    match step {
        Step::Visits { people, each } => {
            let hours: Vec<u64> = people.iter().map(|position| hours_for(plan, *position, *each)).collect();
            json!({ "kind": "visits", "inspectors": names(plan, people), "each": each, "hours": hours })
        }
        Step::People { zone, role, count } => {
            let minutes = plan.question.policy.workload.capacity_minutes.of(role);
            json!({ "kind": "people", "zone": zone, "role": role.key(), "count": count, "minutes_each": minutes })
        }
        Step::Fewer { rule, from, to } => {
            json!({ "kind": "fewer", "rule": plan.question.policy.strata[*rule].id, "from": from, "to": to })
        }
    }
}

fn names(plan: &Plan<'_>, people: &[usize]) -> Value {
    let person = |position: &usize| {
        let inspector = plan.eligibility.seats[*position].inspector;
        json!({ "inspector": inspector.certificate, "name": inspector.name })
    };
    people.iter().map(person).collect()
}
