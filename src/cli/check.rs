//! `yaohao check`: the draw as it would be, before anything is committed.

use super::args::Month;
use super::certificate;
use super::console::Console;
use super::days;
use super::odds;
use crate::clock;
use crate::draw::odds::Odds;
use crate::draw::{Forecast, Outlook, Plan, Staffing, ZoneLoad, bars_said, forecast, outlook, unmet};
use crate::eligibility::Stratum;
use crate::lang::{Lang, Said};
use crate::pairing::staffing::Rehearsal;
use crate::policy::{Naming, Policy, StratumRule};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::Case;
use crate::store::Office;
use crate::time::Date;
use serde_json::{Value, json};

/// Units listed by name when they cannot be staffed.
const SHOWN: usize = 20;

pub fn run(office: &Office, args: &Month, console: &Console) -> Outcome<()> {
    let progress = console.progress(2);
    progress.step(said!("判定资格", "judging eligibility"));
    let case = Case::now(office, &args.month, args.policy.as_deref())?;
    let plan = case.plan();
    progress.step(said!("检查能否派足人", "checking that every draw can be staffed"));
    let forecast = forecast(&plan);
    let odds = odds::measured(&plan, &forecast, &progress);
    let days = case.working_days(office);
    let ahead = days.as_ref().ok().and_then(|days| outlook(&plan, days));
    drop(progress);
    past(&case, clock::now().date_in_china()).into_iter().for_each(|said| console.say(said));
    show(&plan, &forecast, console);
    ahead.iter().for_each(|ahead| days::show(&plan, ahead, console));
    odds.as_ref().and_then(odds::summary).into_iter().for_each(|said| console.say(said));
    let next = super::steps::next_draw(office, &case)?;
    console.say(said!("\n下一次抽取的编号：{next}", "\nNumber of the next draw: {next}"));
    console.data(|| view(&plan, &forecast, (&next.to_string(), ahead.as_ref()), console));
    obstacle(&plan, &forecast, odds.as_ref()).map_or(Ok(()), Err)?;
    days.map(drop)
}

/// A warning that nothing of the month is left: a visit comes after its draw.
pub fn past(case: &Case, today: Date) -> Option<Said> {
    let (first, last) = (case.window.first, case.window.last);
    (last < today).then(|| {
        said!(
            "注意：检查期 {first} 至 {last} 已经过去：先抽取后检查，结果只能录入今天（{today}）以后的检查，每家都要先改期。请核对 --month",
            "Note: {first} to {last} is past. A visit follows its draw, so results can only be those of visits from today ({today}) on, each of them moved first. See whether --month is right"
        )
    })
}

/// Why no draw may be committed, if so.
pub fn obstacle(plan: &Plan<'_>, forecast: &Forecast, odds: Option<&Odds>) -> Option<Problem> {
    if plan.total() == 0 {
        return Some(Problem::new(
            Kind::Obstacle,
            said!("没有一家单位可抽", "there is nothing to draw"),
            said!(
                "看上面的排除原因和分层，改名录或方案",
                "look at the exclusions and strata, and mend the register or the policy"
            ),
        ));
    }
    let policy = plan.question.policy;
    if policy.naming == Naming::Certificate && !plan.eligibility.apart.is_empty() {
        return Some(Problem::new(
            Kind::Obstacle,
            said!(
                "名录里有不得同组的人员，而方案用执法证号公开：两人的私人关系会被公开",
                "some inspectors must not meet, and the policy names them by certificate: who is close to whom would be public"
            ),
            said!("方案改用 naming = \"pseudonym\"", "use naming = \"pseudonym\" in the policy"),
        ));
    }
    if let Some(unmet) = unmet(plan).first() {
        return Some(unmet.problem(plan));
    }
    if !forecast.is_reckless() {
        let rule = plan.question.policy.odds;
        return odds.zip(rule).and_then(|(odds, rule)| odds::obstacle(plan, odds, &rule));
    }
    Some(Problem::new(
        Kind::Obstacle,
        said!("有的抽取结果派不足人，不能承诺", "some draws cannot be staffed, so none may be committed"),
        said!(
            "给上面列出的单位增加有资格的人员（跨片区、主办资格、工时），减少抽取数量，或处理回避和请假",
            "give the units listed above more eligible inspectors (zones, lead qualification, hours), draw fewer, or settle recusals and leave"
        ),
    ))
}

fn show(plan: &Plan<'_>, forecast: &Forecast, console: &Console) {
    let window = plan.question.window;
    let (first, last) = (window.first, window.last);
    console.heading(said!("检查期 {first} 至 {last}", "Visits from {first} to {last}"));
    let (pool, total) = (plan.eligibility.strata.iter().map(|s| s.pool).sum::<u64>(), plan.total());
    let units = plan.eligibility.candidates.len();
    console.say(said!(
        "名录 {units} 家，参加抽取 {pool} 家，抽 {total} 家",
        "{units} units in the register, {pool} in the pool, {total} to be drawn"
    ));
    carried_over(plan).into_iter().for_each(|said| console.say(said));
    show_strata(plan, console);
    show_exclusions(plan, console);
    show_zones(forecast, console);
    show_conflicts(forecast, console);
    show_staffing(plan, forecast, console);
    guessable(plan.question.policy).into_iter().for_each(|said| console.say(said));
}

/// A warning about public events that can be tried out by few who collude.
pub fn guessable(policy: &Policy) -> Option<Said> {
    let bits = policy.beacon_bits();
    policy.is_guessable().then(|| {
        said!(
            "提醒：公开随机事件共 {bits} 比特，不到 60，而随机数只有本机关和一个监督方的：两方若串通，可以事先试遍所有结果。加一个 [[beacon]]（如 drand），或请第三方也出随机数。",
            "Note: the public events have {bits} bits, fewer than 60, and only the office and one witness bring nonces: together they could try all outcomes beforehand. Add a [[beacon]] (such as drand), or a third party."
        )
    })
}

/// One row a rule, one column a zone: pool → drawn.
fn show_strata(plan: &Plan<'_>, console: &Console) {
    let policy = plan.question.policy;
    console.heading(said!("分层：池中 → 抽取", "Strata: pool → drawn"));
    let strata: Vec<(&Stratum, u64)> =
        plan.eligibility.strata.iter().zip(plan.quotas.iter().copied()).collect();
    let cell = |of: &dyn Fn(&Stratum) -> bool| {
        let found: Vec<_> = strata.iter().filter(|(stratum, _)| of(stratum)).collect();
        let sum = |figure: fn(&(&Stratum, u64)) -> u64| found.iter().map(|s| figure(s)).sum::<u64>();
        if found.is_empty() {
            "–".to_owned()
        } else {
            format!("{} → {}", sum(|s| s.0.pool), sum(|s| s.1))
        }
    };
    let row = |(number, rule): (usize, &StratumRule)| {
        let mut row = vec![rule.name.clone()];
        let zones = policy.zones.keys();
        row.extend(zones.map(|zone| cell(&|s| s.rule == number && s.zone.as_ref() == Some(zone))));
        row.push(cell(&|s| s.rule == number));
        row
    };
    let mut headings = vec![said!("分层", "stratum")];
    headings.extend(policy.zones.values().map(|name| said!("{name}", "{name}")));
    headings.push(said!("合计", "total"));
    let numbers: Vec<usize> = (1..headings.len()).collect();
    console.table(&headings, &numbers, policy.strata.iter().enumerate().map(row).collect());
}

fn show_exclusions(plan: &Plan<'_>, console: &Console) {
    console.heading(said!("不参加抽取", "Excluded"));
    let rows = plan.eligibility.exclusions().into_iter().map(|(reason, count)| {
        let text = if console.lang == Lang::Zh { reason.zh() } else { reason.key() };
        vec![text.to_owned(), count.to_string()]
    });
    console.table(&[said!("原因", "reason"), said!("家数", "units")], &[1], rows.collect());
}

fn show_zones(forecast: &Forecast, console: &Console) {
    console.heading(said!("各片区预计工作量", "Expected work by zone"));
    let row = |zone: &ZoneLoad| {
        vec![
            zone.name.clone(),
            zone.pool.to_string(),
            format!("{}.{:02}", zone.visits_hundredths / 100, zone.visits_hundredths % 100),
            (zone.minutes / 60).to_string(),
            (zone.capacity_minutes / 60).to_string(),
            zone.inspectors.0.to_string(),
            zone.inspectors.1.to_string(),
        ]
    };
    let headings = [
        said!("片区", "zone"),
        said!("池中", "pool"),
        said!("预计次数", "visits"),
        said!("预计小时", "hours"),
        said!("可用小时", "capacity"),
        said!("可派人员", "inspectors"),
        said!("其中主办", "leads"),
    ];
    console.table(&headings, &[1, 2, 3, 4, 5, 6], forecast.zones.iter().map(row).collect());
}

fn show_conflicts(forecast: &Forecast, console: &Console) {
    if forecast.conflicts.is_empty() {
        return;
    }
    console.heading(said!(
        "规则之间的矛盾（不阻止抽取，请知悉）",
        "Rules that contradict each other (for your attention)"
    ));
    for conflict in &forecast.conflicts {
        let (name, Said { zh, en }) = (&conflict.name, &conflict.what);
        console.say(said!("  {name}：{zh}", "  {name}: {en}"));
    }
}

fn show_staffing(plan: &Plan<'_>, forecast: &Forecast, console: &Console) {
    console.heading(said!("能否派足人", "Staffing"));
    verdict(plan, forecast).into_iter().for_each(|said| console.say(said));
    certificate::show(plan, forecast, console);
    let count = forecast.unstaffable.len();
    if count == 0 {
        return;
    }
    console.say(said!("以下 {count} 家单位本身就缺人：", "These {count} units lack people by themselves:"));
    let more = count.saturating_sub(SHOWN);
    for unit in forecast.unstaffable.iter().take(SHOWN) {
        let role = plan.question.policy.team.called(&unit.role);
        let (id, name, eligible) = (&unit.unit, &unit.name, unit.eligible);
        let Said { zh, en } = bars_said(&unit.bars);
        let bars = match unit.apart {
            true => said!("{zh}；其余的人不得同组", "{en}; the others must not meet"),
            false => Said { zh, en },
        };
        let bars = bars.to(console.lang);
        console.say(said!(
            "  {id} {name}：可任{}的 {eligible} 人（{bars}）",
            "  {id} {name}: {eligible} can be {} ({bars})",
            role.to(console.lang)
        ));
    }
    if more > 0 {
        console.say(said!("  另有 {more} 家（--json 全部列出）", "  and {more} more (--json lists all)"));
    }
}

fn often(dry: &Rehearsal) -> Said {
    let (draws, failures, chance) = (dry.draws, dry.failures, certificate::chance(dry));
    said!(
        "试抽 {draws} 次，{failures} 次派不足人：概率 {chance}。",
        "Of {draws} dry draws, {failures} could not be staffed: {chance}."
    )
}

/// What a voided draw hands on to this one, in words.
pub fn carried_over(plan: &Plan<'_>) -> Option<Said> {
    let lines = plan.carried.lines.as_ref()?;
    let draw = lines.last().map(|line| line.draw.to_string()).unwrap_or_default();
    let (count, lapsed) = (lines.len(), plan.carried.lapsed(&plan.eligibility));
    let reasons = lapsed.iter().map(|(reason, count)| {
        let (zh, en) = (reason.zh(), reason.key());
        said!("{zh} {count} 家", "{en} {count}")
    });
    let Said { zh, en } = Said::join(reasons);
    let out: u64 = lapsed.values().sum();
    Some(match (count, out) {
        (0, _) => {
            said!("上一次抽取作废，没有单位要带入。", "The draw before was voided; no unit is carried over.")
        }
        (_, 0) => said!(
            "作废的 {draw} 抽中的 {count} 家带入本次，首先抽中，占本层名额。",
            "{count} units drawn by {draw}, which was voided, are carried over and drawn first, within the quotas."
        ),
        _ => said!(
            "作废的 {draw} 抽中的 {count} 家带入本次，首先抽中，占本层名额；其中 {out} 家已不在池中，公示原因后失效（{zh}）。",
            "{count} units drawn by {draw}, which was voided, are carried over and drawn first, within the quotas; {out} of them are no longer in the pool and lapse, with the reason published ({en})."
        ),
    })
}

/// The staffing verdict in words.
pub fn verdict(plan: &Plan<'_>, forecast: &Forecast) -> Vec<Said> {
    match &forecast.staffing {
        Staffing::Proved => {
            vec![said!("已证明：无论抽出哪些单位，都能派足人。", "Proved: whatever is drawn can be staffed.")]
        }
        Staffing::Undecided { draws } => vec![said!(
            "未能证明；试抽 {draws} 次都派得足人。",
            "Not proved; all of {draws} dry draws could be staffed."
        )],
        Staffing::Fails(failing) => {
            let certificate = forecast.certificate.as_ref();
            let why = certificate.map(|certificate| certificate::why(plan, failing, certificate));
            let often = forecast.rehearsal.as_ref().map(often);
            why.into_iter().chain(often).collect()
        }
    }
}

fn view(
    plan: &Plan<'_>,
    forecast: &Forecast,
    (next, ahead): (&str, Option<&Outlook>),
    console: &Console,
) -> Value {
    let strata = plan.eligibility.strata.iter().zip(&plan.quotas);
    let staffing = match &forecast.staffing {
        Staffing::Proved => "proved",
        Staffing::Fails(_) => "fails",
        Staffing::Undecided { .. } => "undecided",
    };
    json!({
        "draw": next,
        "window": { "first": plan.question.window.first.to_string(), "last": plan.question.window.last.to_string() },
        "units": plan.eligibility.candidates.len(),
        "drawn": plan.total(),
        "carried": plan.carried.lines.as_ref().map(|lines| json!({
            "units": lines.len(), "in_pool": plan.carried.in_pool(),
            "lapsed": plan.carried.lapsed(&plan.eligibility).iter().map(|(r, n)| json!({ "reason": r.key(), "count": n })).collect::<Vec<_>>(),
        })),
        "strata": strata.map(|(s, k)| json!({ "label": s.label, "pool": s.pool, "quota": k })).collect::<Vec<_>>(),
        "excluded": plan.eligibility.exclusions().iter().map(|(r, n)| json!({ "reason": r.key(), "count": n })).collect::<Vec<_>>(),
        "zones": forecast.zones.iter().map(|z| json!({
            "zone": z.zone, "name": z.name, "pool": z.pool, "expected_visits_hundredths": z.visits_hundredths,
            "expected_minutes": z.minutes, "capacity_minutes": z.capacity_minutes,
            "inspectors": z.inspectors.0, "leads": z.inspectors.1,
        })).collect::<Vec<_>>(),
        "conflicts": forecast.conflicts.iter().map(|c| json!({ "place": c.place, "what": console.text(&c.what) })).collect::<Vec<_>>(),
        "staffing": staffing,
        "schedule": ahead.map(|ahead| days::view(plan, ahead)),
        "dry_draws": forecast.rehearsal.as_ref().map(certificate::failure_view),
        "certificate": certificate::view(plan, forecast, console),
        "repairs": certificate::repairs_view(plan, forecast, console),
        "unstaffable": forecast.unstaffable.iter().map(|u| json!({
            "unit": u.unit, "name": u.name, "role": u.role.key(), "eligible": u.eligible, "apart": u.apart,
            "barred": u.bars.iter().map(|(bar, n)| json!({ "rule": bar.key(), "inspectors": n })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}
