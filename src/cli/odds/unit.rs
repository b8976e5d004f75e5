//! The odds of one unit.

use super::words::{bits, mend_staffing, person, why};
use crate::cli::console::Console;
use crate::draw::odds::{KindOdds, Odds};
use crate::draw::{Estimate, Plan};
use crate::eligibility::Candidate;
use crate::lang::counted;
use crate::said;

/// Units shown.
const SHOWN: usize = 10;

/// Everybody's chance at the units whose id or name holds `wanted`.
pub fn show(plan: &Plan<'_>, odds: &Odds, wanted: &str, console: &Console) {
    for (kind, candidate) in asked(plan, odds, wanted).into_iter().take(SHOWN) {
        console.heading(said!("{} {}", "{} {}", candidate.unit.id, candidate.unit.name));
        if kind.is_seen() {
            show_chances(plan, kind, console);
            continue;
        }
        console.say(said!(
            "含有它的试抽没有一次派得足人，说不出概率",
            "No dry draw with it could be staffed, so that there is no chance to tell"
        ));
        console.say(mend_staffing(plan));
    }
}

fn asked<'a>(plan: &'a Plan<'_>, odds: &'a Odds, wanted: &str) -> Vec<(&'a KindOdds, &'a Candidate<'a>)> {
    let mut found = Vec::new();
    for kind in &odds.kinds {
        let members = kind.members.iter().map(|member| &plan.eligibility.candidates[*member]);
        let asked = members.filter(|c| c.unit.id == wanted || c.unit.name.contains(wanted));
        found.extend(asked.map(|candidate| (kind, candidate)));
    }
    found.sort_by_key(|(_, candidate)| &candidate.unit.id);
    found
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
