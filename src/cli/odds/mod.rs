//! `yaohao odds`: how predictable teams are, measured by dry draws.

mod refusal;
mod unit;
mod view;
mod words;

pub use refusal::obstacle;
pub use words::summary;

use super::args::OddsArgs;
use super::console::{Console, Progress};
use crate::draw::odds::{KindOdds, Odds, Told, odds};
use crate::draw::{Forecast, Plan};
use crate::eligibility::Stratum;
use crate::lang::{Said, counted};
use crate::policy::{Fraction, OddsRule};
use crate::problem::Outcome;
use crate::said;
use crate::store::Case;
use crate::store::Office;
use words::{bits, kind_text, mend_staffing, never_staffed, person, places, why, zone_name};

/// Dry draws where neither the command line nor the policy says how many.
const DRAWS: u32 = 1_000;
/// Kinds of unit shown, if no more break the cap.
const SHOWN: usize = 10;

pub fn run(office: &Office, args: &OddsArgs, console: &Console) -> Outcome<()> {
    let progress = console.progress(1);
    progress.step(said!("判定资格", "judging eligibility"));
    let case = Case::now(office, &args.month.month)?;
    let plan = case.plan();
    let unit = args.unit.as_deref().map(|query| unit::find(&plan, query)).transpose()?;
    if let Some((unit, why)) = unit.and_then(|unit| Some((unit, unit::not_drawn(&plan, unit)?))) {
        drop(progress);
        unit::show_not_drawn(&plan, unit, &why, console);
        return Ok(());
    }
    let draws = args.draws.or(case.policy.odds.map(|rule| rule.dry_draws)).unwrap_or(DRAWS);
    let rule = case.policy.odds.map(|rule| OddsRule { dry_draws: draws, ..rule });
    let cap = rule.map(|rule| rule.largest);
    progress.say(said!("试抽", "dry draws"));
    let odds = odds(&plan, u64::from(draws), cap, &|told| tell(&progress, told));
    drop(progress);
    show(&odds, console);
    match unit {
        Some(unit) => unit::show(&plan, &odds, unit, console),
        None => show_all(&plan, &odds, cap, console),
    }
    console.data(|| view::view(&plan, &odds, unit, console));
    rule.and_then(|rule| obstacle(&plan, &odds, &rule)).map_or(Ok(()), Err)
}

/// The odds that the policy asks for, if it does; not of a plan that cannot be
/// committed anyway.
pub fn measured(plan: &Plan<'_>, forecast: &Forecast, progress: &Progress) -> Option<Odds> {
    let rule = plan.question.policy.odds.filter(|_| plan.total() > 0 && !forecast.is_reckless())?;
    progress.say(said!("试抽", "dry draws"));
    Some(odds(plan, u64::from(rule.dry_draws), Some(rule.largest), &|told| tell(progress, told)))
}

fn tell(progress: &Progress, told: Told) {
    match told {
        Told::More(draws) => progress.grow(draws),
        Told::Done => progress.advance(),
    }
}

fn show(odds: &Odds, console: &Console) {
    let (draws, forced, unstaffed, instance) = (odds.draws, odds.forced, odds.unstaffed, &odds.instance);
    let en_draws = counted(draws, "dry draw");
    console.heading(said!("检查组能不能被猜到", "How predictable teams are"));
    console.say(said!(
        "试抽 {draws} 次，另为少见的单位加抽 {forced} 次，其中 {unstaffed} 次派不足人；同样的名录和方案，谁试抽都一样（{instance}）",
        "{en_draws}, {forced} more for units rarely seen, {unstaffed} of all could not be staffed; the same registers and policy always give the same ({instance})"
    ));
    summary(odds).into_iter().for_each(|said| console.say(said));
}

fn show_all(plan: &Plan<'_>, odds: &Odds, cap: Option<Fraction>, console: &Console) {
    show_never_staffed(plan, odds, console);
    show_strata(plan, odds, console);
    let ranked = odds.ranked(cap);
    let over = cap.map_or(0, |cap| ranked.iter().filter(|kind| kind.breaks(cap)).count());
    let shown = &ranked[..ranked.len().min(SHOWN.max(over))];
    if shown.is_empty() {
        return;
    }
    let Said { zh, en } = if over > 0 {
        said!("，超过上限的在前", "; those above the cap first")
    } else {
        said!("", "")
    };
    console.heading(said!(
        "最容易猜中的配对（单位已中签时{zh}）",
        "Most predictable pairs (given that the unit is drawn{en})"
    ));
    show_pairs(plan, shown, console);
    console.heading(said!("为什么", "Why"));
    for kind in shown {
        let (Said { zh, en }, Said { zh: zh_why, en: en_why }) = (kind_text(plan, kind), why(plan, kind));
        console.say(said!("  {zh}：{zh_why}", "  {en}: {en_why}"));
    }
}

/// Units that no dry draw could staff: how many, and of which zones and strata.
fn show_never_staffed(plan: &Plan<'_>, odds: &Odds, console: &Console) {
    let kinds = odds.never_staffed();
    if kinds.is_empty() {
        return;
    }
    console.heading(said!("派不足人的单位", "Units that cannot be staffed"));
    console.say(never_staffed(plan, &kinds));
    console.say(mend_staffing(plan));
    let row = |((zone, stratum), units): ((&str, &str), usize)| {
        vec![zone_name(plan, zone).to_owned(), stratum.to_owned(), units.to_string()]
    };
    let headings = [said!("片区", "zone"), said!("分层", "stratum"), said!("单位", "units")];
    console.table(&headings, &[2], places(plan, &kinds).into_iter().map(row).collect());
}

fn show_strata(plan: &Plan<'_>, odds: &Odds, console: &Console) {
    let strata = plan.eligibility.strata.iter().enumerate();
    let row = |(number, stratum): (usize, &Stratum)| {
        let kinds: Vec<&KindOdds> = odds.seen().filter(|kind| kind.stratum == number).collect();
        let met = kinds.iter().filter_map(|kind| Some(kind.largest()?.1));
        let largest = met.reduce(|best, next| if next.exceeds(best) { next } else { best })?;
        let least = kinds.iter().map(|kind| kind.entropy().millibits).min()?;
        let units: usize = kinds.iter().map(|kind| kind.members.len()).sum();
        Some(vec![
            stratum.label.clone(),
            kinds.len().to_string(),
            units.to_string(),
            largest.percent(),
            bits(least),
        ])
    };
    let rows: Vec<Vec<String>> = strata.filter_map(row).collect();
    if rows.is_empty() {
        return;
    }
    console.heading(said!("各层", "Strata"));
    let headings = [
        said!("分层", "stratum"),
        said!("类", "kinds"),
        said!("单位", "units"),
        said!("最大概率", "largest chance"),
        said!("最小不确定度（比特）", "least entropy (bits)"),
    ];
    console.table(&headings, &[1, 2, 4], rows);
}

fn show_pairs(plan: &Plan<'_>, kinds: &[&KindOdds], console: &Console) {
    let row = |kind: &&KindOdds| {
        let (who, met) = kind.largest().expect("it was seen");
        let (bound, entropy) = (kind.bound().0, kind.entropy());
        let uncertain = if kind.is_uncertain() { "?" } else { "" };
        vec![
            kind_text(plan, kind).to(console.lang).to_owned(),
            person(plan, who).to_owned(),
            format!("{}{uncertain}", met.percent()),
            format!("{}/{}", bound.slots, bound.people),
            format!("{} ± {}", bits(entropy.millibits), bits(entropy.error)),
            kind.samples.to_string(),
        ]
    };
    let headings = [
        said!("单位", "unit"),
        said!("人员", "inspector"),
        said!("概率", "chance"),
        said!("任何办法不低于", "no method below"),
        said!("不确定度（比特）", "entropy (bits)"),
        said!("样本", "samples"),
    ];
    console.table(&headings, &[5], kinds.iter().map(row).collect());
}
