//! The words of the odds: units alike, how few people are left for them, and units
//! that have no odds.

use crate::draw::odds::{Cause, KindOdds, Odds};
use crate::draw::{Plan, bars_said};
use crate::eligibility::Candidate;
use crate::lang::{Said, counted};
use crate::said;
use std::collections::BTreeMap;

/// One line about what was measured, for `check` and `commit`.
pub fn summary(odds: &Odds) -> Option<Said> {
    let (_, _, met) = odds.largest()?;
    let (draws, chance) = (odds.draws, met.percent());
    let (least, mean) = odds.entropy();
    let (least, mean, en_draws) = (bits(least), bits(mean), counted(draws, "dry draw"));
    Some(said!(
        "试抽 {draws} 次：某人被派到某中签单位的概率最大 {chance}；每家的不确定度最小 {least} 比特，平均 {mean} 比特",
        "{en_draws}: the largest chance of an inspector at a drawn unit is {chance}; entropy {least} bits at least, {mean} on average"
    ))
}

/// Thousandths of a bit as bits.
pub fn bits(millibits: u64) -> String {
    format!("{}.{:03}", millibits / 1_000, millibits % 1_000)
}

/// The name of the inspector at `position`.
pub fn person<'a>(plan: &'a Plan<'_>, position: u32) -> &'a str {
    &plan.eligibility.seats[position as usize].inspector.name
}

/// The first unit of a kind.
pub fn first<'a>(plan: &'a Plan<'_>, kind: &KindOdds) -> &'a Candidate<'a> {
    &plan.eligibility.candidates[kind.members[0]]
}

/// The first unit of a kind, and how many are like it.
pub fn kind_text(plan: &Plan<'_>, kind: &KindOdds) -> Said {
    let unit = first(plan, kind).unit;
    let (id, name, like) = (&unit.id, &unit.name, kind.members.len());
    match like {
        1 => said!("{id} {name}", "{id} {name}"),
        _ => said!("{id} {name} 等 {like} 家", "{id} {name} and others, {like} in all"),
    }
}

/// How few people are left for how many slots, and which rules take the others away.
pub fn why(plan: &Plan<'_>, kind: &KindOdds) -> Said {
    let Cause { bound, roles, bars } = Cause::of(plan, kind);
    let team = &plan.question.policy.team;
    let Said { zh: zh_roles, en: en_roles } = Said::join(roles.iter().map(|role| team.called(role)));
    let (slots, people) = (bound.slots, bound.people);
    let (en_slots, en_people) = (counted(slots, "slot"), counted(people, "inspector"));
    let none = || said!("", "");
    let exchange = team.exchange.map_or_else(none, |_| said!("，含跨片区互查，", ", exchanges included"));
    let Said { zh: zh_exchange, en: en_exchange } = exchange;
    let Said { zh, en } = bars_said(&bars);
    let others = said!("（其余人员：{zh}）", "; the others: {en}");
    let Said { zh: zh_others, en: en_others } = if bars.is_empty() { none() } else { others };
    said!(
        "{zh_roles} {slots} 个岗位{zh_exchange}只有 {people} 人可任{zh_others}",
        "{en_people} for {en_slots} ({en_roles}){en_exchange}{en_others}"
    )
}

/// How many units no dry draw could staff, by zone.
pub fn never_staffed(plan: &Plan<'_>, kinds: &[&KindOdds]) -> Said {
    let mut zones: BTreeMap<&str, usize> = BTreeMap::new();
    for ((zone, _), units) in places(plan, kinds) {
        *zones.entry(zone).or_default() += units;
    }
    let units: usize = zones.values().sum();
    let en_units = counted(units, "unit");
    let of_zone = |(zone, units): (&str, usize)| {
        let zone = zone_name(plan, zone);
        said!("{zone} {units} 家", "{zone} {units}")
    };
    let Said { zh, en } = Said::join(zones.into_iter().map(of_zone));
    said!(
        "{units} 家单位没有一次试抽派得足人，说不出概率：{zh}",
        "no dry draw could staff {en_units}, so that there is no chance to tell: {en}"
    )
}

/// What to do about them.
pub fn mend_staffing(plan: &Plan<'_>) -> Said {
    let month = month(plan);
    said!(
        "先补足有资格的人员和工时，或少抽，再看概率；缺什么、怎样补：yaohao check --month {month}",
        "mend staffing first, by more eligible inspectors, more hours or fewer units; yaohao check --month {month} tells what is missing and what would help"
    )
}

/// Units of these kinds by zone and label of stratum.
pub fn places<'a>(plan: &'a Plan<'_>, kinds: &[&KindOdds]) -> BTreeMap<(&'a str, &'a str), usize> {
    let mut places = BTreeMap::new();
    for kind in kinds {
        let stratum = plan.eligibility.strata[kind.stratum].label.as_str();
        for member in &kind.members {
            let zone = plan.eligibility.candidates[*member].zone.unwrap_or_default();
            *places.entry((zone, stratum)).or_default() += 1;
        }
    }
    places
}

/// What the policy calls a zone.
pub fn zone_name<'a>(plan: &'a Plan<'_>, zone: &'a str) -> &'a str {
    plan.question.policy.zones.get(zone).map_or(zone, String::as_str)
}

/// The month of the visits, as `--month` takes it.
pub fn month(plan: &Plan<'_>) -> String {
    plan.question.window.first.to_string()[.."2026-12".len()].to_owned()
}
