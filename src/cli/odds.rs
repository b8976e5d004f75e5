//! `yaohao odds`: how predictable teams are, measured by dry draws.

use super::args::OddsArgs;
use super::case::Case;
use super::check::bars_text;
use super::console::{Console, Progress};
use crate::draw::odds::{KindOdds, Odds, Told, odds};
use crate::draw::{Forecast, Plan, bars_at, percent};
use crate::eligibility::{Bar, Candidate};
use crate::lang::Said;
use crate::policy::{OddsRule, Role};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::Office;
use serde_json::{Value, json};

/// Dry draws where neither the command line nor the policy says how many.
const DRAWS: u32 = 1_000;
/// Pairs shown.
const SHOWN: usize = 10;

pub fn run(office: &Office, args: &OddsArgs, console: &Console) -> Outcome<()> {
    let progress = console.progress(1);
    progress.step(said!("判定资格", "judging eligibility"));
    let case = Case::now(office, &args.month.month)?;
    let plan = Plan::new(case.question());
    let draws = args.draws.or(case.policy.odds.map(|rule| rule.dry_draws)).unwrap_or(DRAWS);
    let rule = case.policy.odds.map(|rule| OddsRule { dry_draws: draws, ..rule });
    let cap = rule.map(|rule| rule.largest);
    progress.say(said!("试抽", "dry draws"));
    let odds = odds(&plan, u64::from(draws), cap, &|told| tell(&progress, told));
    drop(progress);
    show(&plan, &odds, args.unit.as_deref(), console);
    console.data(|| view(&plan, &odds, args.unit.as_deref(), console));
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

/// Why the odds keep a draw from being committed, if so.
pub fn obstacle(plan: &Plan<'_>, odds: &Odds, rule: &OddsRule) -> Option<Problem> {
    let cap = rule.largest;
    let breaches = odds.breaches(cap);
    let first = breaches.first()?;
    let impossible: Vec<&KindOdds> =
        breaches.iter().copied().filter(|kind| kind.is_impossible(cap)).collect();
    let units: usize = breaches.iter().map(|kind| kind.members.len()).sum();
    if let Some(first) = impossible.first() {
        let (bound, Said { zh, en }) = (first.bound().0, kind_text(plan, first));
        let (slots, people, count) =
            (bound.slots, bound.people, impossible.iter().map(|k| k.members.len()).sum::<usize>());
        return Some(Problem::new(
            Kind::Obstacle,
            said!(
                "方案要求任何人被派到中签单位的概率不超过 {cap}，对 {count} 家单位任何办法都做不到，例如{zh}：{slots} 个岗位只有 {people} 人可任，至少 {slots}/{people}",
                "no inspector may be paired with more than {cap}, which no method can keep for {count} units, such as {en}: {people} people for {slots} slots make at least {slots}/{people}"
            ),
            said!(
                "给这些单位增加有资格的人员（看原因：yaohao odds），或放宽 odds.largest_pair_probability",
                "give these units more eligible inspectors (yaohao odds shows why), or raise odds.largest_pair_probability"
            ),
        ));
    }
    let (Said { zh, en }, met) =
        (kind_text(plan, first), first.largest().map(|(_, met)| met).unwrap_or_default());
    let (hits, of) = (met.hits, met.of);
    Some(Problem::new(
        Kind::Obstacle,
        said!(
            "方案要求任何人被派到中签单位的概率不超过 {cap}，{units} 家单位超过，例如{zh}：{hits}/{of}",
            "no inspector may be paired with more than {cap}; {units} units exceed it, such as {en}: {hits}/{of}"
        ),
        said!(
            "给这些单位增加有资格的人员（看原因：yaohao odds），或放宽 odds.largest_pair_probability",
            "give these units more eligible inspectors (yaohao odds shows why), or raise odds.largest_pair_probability"
        ),
    ))
}

/// The first unit of a kind, and how many are like it.
fn kind_text(plan: &Plan<'_>, kind: &KindOdds) -> Said {
    let unit = first(plan, kind).unit;
    let (id, name, like) = (&unit.id, &unit.name, kind.members.len());
    match like {
        1 => said!("{id} {name}", "{id} {name}"),
        _ => said!("{id} {name} 等 {like} 家", "{id} {name} and others, {like} in all"),
    }
}

fn first<'a>(plan: &'a Plan<'_>, kind: &KindOdds) -> &'a Candidate<'a> {
    &plan.eligibility.candidates[kind.members[0]]
}

/// Which rules take people away from the slots where fewest are left.
fn causes(plan: &Plan<'_>, kind: &KindOdds) -> (Role, Vec<(Bar, usize)>) {
    let unit = first(plan, kind);
    let roles = plan.roles_at(unit);
    let tight = kind.bound().1;
    let same = tight.iter().all(|slot| roles[*slot] == roles[tight[0]]);
    let role = if same { roles[tight[0]].clone() } else { Role::Assistant };
    let bars = bars_at(plan, unit, &role);
    (role, bars)
}

fn person<'a>(plan: &'a Plan<'_>, position: u32) -> &'a str {
    &plan.eligibility.seats[position as usize].inspector.name
}

/// One line about what was measured, for `check` and `commit`.
pub fn summary(odds: &Odds) -> Option<Said> {
    let (_, _, met) = odds.largest()?;
    let (draws, chance) = (odds.draws, met.percent());
    let (least, mean) = odds.entropy();
    let (least, mean) = (bits(least), bits(mean));
    Some(said!(
        "试抽 {draws} 次：某人被派到某中签单位的概率最大 {chance}；每家的不确定度最小 {least} 比特，平均 {mean} 比特",
        "{draws} dry draws: the largest chance of an inspector at a drawn unit is {chance}; entropy {least} bits at least, {mean} on average"
    ))
}

fn bits(millibits: u64) -> String {
    format!("{}.{:03}", millibits / 1_000, millibits % 1_000)
}

/// Kinds by their largest chance, greatest first.
fn ranked(odds: &Odds) -> Vec<&KindOdds> {
    let mut ranked: Vec<&KindOdds> = odds.kinds.iter().filter(|kind| kind.samples > 0).collect();
    ranked.sort_by(|a, b| {
        let (a, b) =
            (a.largest().map(|l| l.1).unwrap_or_default(), b.largest().map(|l| l.1).unwrap_or_default());
        b.exceeds(a).cmp(&a.exceeds(b))
    });
    ranked
}

fn show(plan: &Plan<'_>, odds: &Odds, unit: Option<&str>, console: &Console) {
    let (draws, forced, unstaffed) = (odds.draws, odds.forced, odds.unstaffed);
    console.heading(said!("检查组能不能被猜到", "How predictable teams are"));
    console.say(said!(
        "试抽 {draws} 次，另为少见的单位加抽 {forced} 次，其中 {unstaffed} 次派不足人；同样的名录和方案，谁试抽都一样（{}）",
        "{draws} dry draws, {forced} more for units rarely seen, {unstaffed} of all could not be staffed; the same registers and policy always give the same ({})",
        odds.instance
    ));
    summary(odds).into_iter().for_each(|said| console.say(said));
    if let Some(unit) = unit {
        show_units(plan, odds, unit, console);
        return;
    }
    show_strata(plan, odds, console);
    console.heading(said!(
        "最容易猜中的配对（单位已中签时）",
        "Most predictable pairs (given that the unit is drawn)"
    ));
    let ranked = ranked(odds);
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
    console.table(&headings, &[5], ranked.iter().take(SHOWN).map(row).collect());
    console.heading(said!("为什么", "Why"));
    for kind in ranked.iter().take(SHOWN) {
        let ((role, bars), Said { zh, en }) = (causes(plan, kind), kind_text(plan, kind));
        let role = plan.question.policy.team.called(&role);
        let (people, bars) = (kind.bound().0.people, bars_text(&bars, console.lang));
        console.say(said!(
            "  {zh}：可任{}的只剩 {people} 人（{bars}）",
            "  {en}: {people} left who can be {} ({bars})",
            role.to(console.lang)
        ));
    }
}

fn show_strata(plan: &Plan<'_>, odds: &Odds, console: &Console) {
    let strata = plan.eligibility.strata.iter().enumerate();
    let row = |(number, stratum): (usize, &crate::eligibility::Stratum)| {
        let kinds: Vec<&KindOdds> =
            odds.kinds.iter().filter(|kind| kind.stratum == number && kind.samples > 0).collect();
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
    console.heading(said!("各层", "Strata"));
    let headings = [
        said!("分层", "stratum"),
        said!("类", "kinds"),
        said!("单位", "units"),
        said!("最大概率", "largest chance"),
        said!("最小不确定度（比特）", "least entropy (bits)"),
    ];
    console.table(&headings, &[1, 2, 4], strata.filter_map(row).collect());
}

/// Everybody's chance at the units whose id or name holds `wanted`.
fn show_units(plan: &Plan<'_>, odds: &Odds, wanted: &str, console: &Console) {
    for (kind, candidate) in asked(plan, odds, wanted).into_iter().take(SHOWN) {
        let (id, name, entropy) = (&candidate.unit.id, &candidate.unit.name, kind.entropy());
        let (bits, error, samples) = (bits(entropy.millibits), bits(entropy.error), kind.samples);
        console.heading(said!("{id} {name}", "{id} {name}"));
        console.say(said!(
            "不确定度 {bits} ± {error} 比特，样本 {samples}",
            "entropy {bits} ± {error} bits, {samples} samples"
        ));
        let mut people: Vec<_> = kind.people().into_iter().map(|who| (who, kind.met(who))).collect();
        people.sort_by_key(|(_, met)| std::cmp::Reverse(met.hits));
        let row =
            |(who, met): &(u32, crate::draw::Estimate)| vec![person(plan, *who).to_owned(), met.percent()];
        console.table(
            &[said!("人员", "inspector"), said!("概率", "chance")],
            &[],
            people.iter().map(row).collect(),
        );
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

fn view(plan: &Plan<'_>, odds: &Odds, wanted: Option<&str>, console: &Console) -> Value {
    let asked = |kind: &&KindOdds| {
        let named = |member: &usize| {
            let unit = plan.eligibility.candidates[*member].unit;
            wanted.is_none_or(|wanted| unit.id == wanted || unit.name.contains(wanted))
        };
        kind.members.iter().any(named)
    };
    let (least, mean) = odds.entropy();
    json!({
        "instance": odds.instance.to_string(), "dry_draws": odds.draws, "forced_draws": odds.forced,
        "unstaffed": odds.unstaffed, "summary": summary(odds).map(|said| console.text(&said)),
        "largest": odds.largest().map(|(_, _, met)| json!({ "hits": met.hits, "samples": met.of })),
        "least_millibits": least, "mean_millibits": mean,
        "kinds": odds.kinds.iter().filter(asked).map(|kind| kind_view(plan, kind)).collect::<Vec<_>>(),
    })
}

fn kind_view(plan: &Plan<'_>, kind: &KindOdds) -> Value {
    let (bound, entropy) = (kind.bound().0, kind.entropy());
    let (role, bars) = causes(plan, kind);
    let id = |member: &usize| plan.eligibility.candidates[*member].unit.id.clone();
    let pair = |who: u32| {
        let (met, seat) = (kind.met(who), &plan.eligibility.seats[who as usize]);
        json!({
            "inspector": seat.inspector.certificate, "name": seat.inspector.name, "hits": met.hits,
            "chance": percent(met.ten_thousandths()), "error": percent(met.error()),
        })
    };
    json!({
        "stratum": plan.eligibility.strata[kind.stratum].label,
        "units": kind.members.iter().map(id).collect::<Vec<_>>(),
        "samples": kind.samples, "uncertain": kind.is_uncertain(),
        "inspectors": kind.people().into_iter().map(pair).collect::<Vec<_>>(),
        "bound": format!("{}/{}", bound.slots, bound.people),
        "millibits": entropy.millibits, "millibits_error": entropy.error,
        "tight_role": role.key(),
        "barred": bars.iter().map(|(bar, n)| json!({ "rule": bar.key(), "inspectors": n })).collect::<Vec<_>>(),
    })
}
