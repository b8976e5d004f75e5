//! The odds of one unit: which one is meant, and what can be said of it.

use super::words::{bits, mend_staffing, person, why};
use crate::cli::console::Console;
use crate::draw::odds::{KindOdds, Odds};
use crate::draw::{Estimate, Plan};
use crate::eligibility::{Exclusion, Standing};
use crate::explain;
use crate::lang::{Said, counted};
use crate::policy::ListedExclusion;
use crate::problem::Outcome;
use crate::said;
use serde_json::{Value, json};

/// The index among the candidates of the one unit that `query` means.
pub fn find(plan: &Plan<'_>, query: &str) -> Outcome<usize> {
    let units = plan.eligibility.candidates.iter().map(|candidate| candidate.unit);
    explain::find(units.map(|unit| (unit.id.as_str(), Some(unit.name.as_str()))), query)
}

/// Why a unit cannot be drawn this month, if so.
pub fn not_drawn(plan: &Plan<'_>, unit: usize) -> Option<Said> {
    let candidate = &plan.eligibility.candidates[unit];
    match candidate.standing {
        Standing::Excluded(reason) => {
            // A unit that the policy lists may be left out for an earlier reason.
            let listed = plan.question.policy.excluded.get(&candidate.unit.id);
            let listed = listed.filter(|_| reason == Exclusion::Listed);
            let (zh, en) = (reason.zh(), reason.key());
            Some(match listed {
                Some(ListedExclusion { reason }) => said!(
                    "不参加抽取，原因：{zh}（{reason}）",
                    "It is not in the pool; reason: {en} ({reason})"
                ),
                None => said!("不参加抽取，原因：{zh}", "It is not in the pool; reason: {en}"),
            })
        }
        Standing::Pool { stratum, .. } if !plan.may_be_drawn(unit) => {
            let label = &plan.eligibility.strata[stratum].label;
            Some(match plan.quotas[stratum] {
                0 => said!(
                    "参加抽取，但所在分层 {label} 本月一家也不抽",
                    "It is in the pool, but its stratum {label} draws no unit this month"
                ),
                _ => said!(
                    "参加抽取，但所在分层 {label} 的名额都由作废的抽取带入的单位占满",
                    "It is in the pool, but units carried over from a voided draw take every place of its stratum {label}"
                ),
            })
        }
        Standing::Pool { .. } => None,
    }
}

/// Says of a unit that it cannot be drawn.
pub fn show_not_drawn(plan: &Plan<'_>, unit: usize, why: &Said, console: &Console) {
    heading(plan, unit, console);
    console.say(why.clone());
    console.data(|| not_drawn_view(plan, unit, why, console));
}

fn not_drawn_view(plan: &Plan<'_>, unit: usize, why: &Said, console: &Console) -> Value {
    let candidate = &plan.eligibility.candidates[unit];
    let excluded = match candidate.standing {
        Standing::Excluded(reason) => Some(reason.key()),
        Standing::Pool { .. } => None,
    };
    json!({
        "unit": candidate.unit.id, "name": candidate.unit.name,
        "excluded": excluded, "not_drawn": console.text(why),
    })
}

/// Everybody's chance at a unit that can be drawn.
pub fn show(plan: &Plan<'_>, odds: &Odds, unit: usize, console: &Console) {
    heading(plan, unit, console);
    let kind = odds.kinds.iter().find(|kind| kind.members.contains(&unit));
    match kind {
        Some(kind) if kind.is_seen() => show_chances(plan, kind, console),
        _ => {
            console.say(said!(
                "含有它的试抽没有一次派得足人，说不出概率",
                "No dry draw with it could be staffed, so that there is no chance to tell"
            ));
            console.say(mend_staffing(plan));
        }
    }
}

fn heading(plan: &Plan<'_>, unit: usize, console: &Console) {
    let unit = plan.eligibility.candidates[unit].unit;
    console.heading(said!("{} {}", "{} {}", unit.id, unit.name));
}

fn show_chances(plan: &Plan<'_>, kind: &KindOdds, console: &Console) {
    let entropy = kind.entropy();
    let (bits, error, samples) = (bits(entropy.millibits), bits(entropy.error), kind.samples);
    let en_samples = counted(samples, "sample");
    console.say(said!(
        "不确定度 {bits} ± {error} 比特，样本 {samples}",
        "entropy {bits} ± {error} bits, {en_samples}"
    ));
    console.say(why(plan, kind));
    let mut people: Vec<_> = kind.people().into_iter().map(|who| (who, kind.met(who))).collect();
    people.sort_by_key(|(_, met)| std::cmp::Reverse(met.hits));
    let row = |(who, met): &(u32, Estimate)| vec![person(plan, *who).to_owned(), met.percent()];
    let headings = [said!("人员", "inspector"), said!("概率", "chance")];
    console.table(&headings, &[], people.iter().map(row).collect());
}
