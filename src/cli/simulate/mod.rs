//! `yaohao simulate`: years of draws under a policy, before anyone commits to it.

pub mod args;
mod compare;
mod rows;
mod saved;
mod show;
pub mod suggest;
mod view;

pub use view::view;

use super::console::{Console, Progress};
use super::interrupt;
use crate::calendar::Calendar;
use crate::clock;
use crate::lang::{Lang, Said, counted};
use crate::policy::Policy;
use crate::problem::{Kind, Outcome, Problem};
use crate::register::{Inspector, Post};
use crate::said;
use crate::scenario::{Scenario, Variant};
use crate::simulate::{Ending, Person, Request, Study, Watch, study};
use crate::store::{Case, Office, read_text};
use crate::time::Date;
use crate::zoning::Map;
use args::SimulateArgs;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use suggest::{Suggestion, Wish};

pub fn run(office: &Office, args: &SimulateArgs, console: &Console) -> Outcome<()> {
    let asked = Asked::new(office, args)?;
    let map = args.suggest_zones.map(|_| saved::map(office, args)).transpose()?;
    // Whether the towns can be split so is told before years are run.
    map.iter().try_for_each(|map| suggested(&asked, &BTreeMap::new(), args, map, 0).map(drop))?;
    saved::check(args)?;
    warn_of_expired(&asked, console);
    let found = simulated(&asked, args, console)?;
    // One trial says nothing of the error.
    if found.trials < 2 {
        return Err(nothing());
    }
    let minutes = found.towns.iter().zip(&found.runs[0].town_minutes);
    let minutes = minutes.map(|(town, of)| (town.key.clone(), of.mean.unsigned_abs() / 1_000)).collect();
    let suggestion = map.map(|map| suggested(&asked, &minutes, args, &map, suggest::EFFORT)).transpose()?;
    let variant = suggestion.as_ref().and_then(|of| of.variant_toml(&asked.free_id(), "建议的片区划分"));
    let people = labels(&found, args.names, console.lang);
    show::show(&found, &people, console);
    suggestion.iter().for_each(|suggestion| suggest::show(suggestion, variant.as_deref(), console));
    console.data(|| {
        let mut all = view(&found);
        let suggested = suggestion.as_ref().map(|of| suggest::view(of, variant.as_deref(), console));
        all["suggested_zones"] = suggested.unwrap_or_default();
        all
    });
    let suggested = suggestion.as_ref().map(|of| suggest::on_page(of, console.lang));
    saved::save(&found, &people, suggested.as_ref(), args, console)?;
    if found.ending == Ending::Interrupted { Err(partial(&found)) } else { Ok(()) }
}

/// How people are called: zone, number in it and role; with their certificate number if that
/// is asked.
fn labels(study: &Study, names: bool, lang: Lang) -> Vec<String> {
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    let label = |person: &Person| {
        let number = numbers.entry(person.zone).or_default();
        *number += 1;
        let role = if person.lead { said!("主办", "lead") } else { said!("协办", "assistant") };
        let zone = study.zones.get(person.zone);
        let zone = zone
            .map_or(said!("其他", "other"), |zone| Said { zh: zone.name.clone(), en: zone.key.clone() });
        let certificate = if names { format!(" {}", person.certificate) } else { String::new() };
        format!("{}-{number:02} {}{certificate}", zone.to(lang), role.to(lang))
    };
    study.people.iter().map(label).collect()
}

/// Certificates that are over before it begins stay so: what a planner of later years would
/// not expect.
fn warn_of_expired(asked: &Asked, console: &Console) {
    let (first, inspectors) = (asked.case.window.first, &asked.case.register.inspectors);
    let over = |person: &&Inspector| {
        person.post == Post::InPost && person.validity.until.is_some_and(|until| until < first)
    };
    match inspectors.iter().filter(over).count() {
        0 => {}
        count => {
            let people = counted(count as u64, "inspector");
            console.warn(said!(
            "注意：有 {count} 名检查人员的执法证在 {first} 之前到期，模拟里一直不能派；换过证的，先在名录里更新",
            "note: the certificates of {people} end before {first}; nobody can be paired without one. Bring the register up to date if they were renewed"
        ));
        }
    }
}

fn nothing() -> Problem {
    Problem::new(
        Kind::Incomplete,
        said!(
            "还没有做完两遍就停了，没有结果",
            "it was stopped before two trials were done; there is nothing to show"
        ),
        said!("再运行一次，多等一会儿", "run it again and wait longer"),
    )
}

/// What was reached is shown and saved, each part marked; a script is told by the exit code.
fn partial(found: &Study) -> Problem {
    let (trials, asked) = (found.trials, found.asked);
    Problem::new(
        Kind::Incomplete,
        said!(
            "中途停止，只有部分结果：模拟了 {trials} 次，要求 {asked} 次",
            "stopped before the end, the results are partial: {trials} trials of {asked}"
        ),
        said!(
            "这些结果可以用，只是误差大些；要全部结果就再运行一次",
            "they may be used, with larger errors; run it again for all of them"
        ),
    )
}

/// The towns split anew by the minutes of each.
fn suggested(
    asked: &Asked,
    minutes: &BTreeMap<String, u64>,
    args: &SimulateArgs,
    map: &Map,
    effort: u64,
) -> Outcome<Suggestion> {
    let policy = &asked.case.policy;
    let mut people: BTreeMap<String, u64> = BTreeMap::new();
    for person in &asked.case.register.inspectors {
        if person.post == Post::InPost && policy.team.department(&person.department).is_none() {
            *people.entry(person.zone.clone()).or_default() += 1;
        }
    }
    suggest::suggest(&Wish {
        policy,
        day: asked.case.window.first,
        minutes,
        map,
        zones: args.suggest_zones.unwrap_or(1) as usize,
        people: &people,
        tolerance: suggest::TOLERANCE,
        effort,
    })
}

/// What is asked, loaded.
struct Asked {
    case: Case,
    calendar: Calendar,
    scenario: Scenario,
    variants: Vec<(Variant, Policy)>,
}

impl Asked {
    fn new(office: &Office, args: &SimulateArgs) -> Outcome<Asked> {
        let month = args.month.clone().unwrap_or_else(next_month);
        let case = Case::now(office, &month, args.policy.as_deref())?;
        let path = args.scenario.clone().unwrap_or_else(|| office.path(Path::new("scenario.toml")));
        let (name, text) = (path.display().to_string(), read_text(&path)?);
        let scenario = Scenario::read(&name, &text)?;
        last_month(&case, &scenario)?;
        let wanted = wanted(&scenario, args)?;
        let beside = path.parent().unwrap_or(Path::new(""));
        let others = others(&wanted, beside, office)?;
        let ids: BTreeSet<&str> = wanted.iter().map(|variant| variant.id.as_str()).collect();
        Scenario::check_against(&name, &text, &case.policy, &others, &ids)?;
        let calendar = office.calendar()?;
        if calendar.source(scenario.calendar_year).is_none() {
            return Err(unlike(scenario.calendar_year).at(name));
        }
        let with_policy = |variant: &Variant| {
            let own = variant.change.policy.as_ref().and_then(|file| others.get(file));
            (variant.clone(), own.unwrap_or(&case.policy).clone())
        };
        let variants = wanted.into_iter().map(with_policy).collect();
        Ok(Asked { case, calendar, scenario, variants })
    }

    /// A name for a variant that no other of the scenario has.
    fn free_id(&self) -> String {
        let ids: Vec<&str> = self.scenario.variants.iter().map(|variant| variant.id.as_str()).collect();
        let mut names = (1..).map(|number| format!("suggested-{number}"));
        names.find(|name| !ids.contains(&name.as_str())).expect("there are more numbers than variants")
    }
}

/// The scenario wants unknown years to be like one that is unknown itself.
fn unlike(year: i32) -> Problem {
    Problem::new(
        Kind::Policy,
        said!(
            "要按 {year} 年的放假安排推算，工作日历里却没有 {year} 年",
            "years are to be like {year}, which the working calendar does not have"
        ),
        said!(
            "like_year 写 calendar.toml 里有的年份，或在 calendar.toml 里补上 {year} 年",
            "set like_year to a year of calendar.toml, or add {year} to it"
        ),
    )
}

/// The policies that variants name, by the names of their files: beside the scenario, or else in
/// the office's folder.
fn others(wanted: &[&Variant], beside: &Path, office: &Office) -> Outcome<BTreeMap<String, Policy>> {
    let files = wanted.iter().filter_map(|variant| variant.change.policy.as_ref());
    let place = |file: &String| {
        let places = [beside.join(file), office.path(Path::new(file))];
        places.into_iter().find(|path| path.exists()).map(|path| (file.clone(), path))
    };
    // Of one that is nowhere the scenario's own check tells where it is named.
    let policy = |(file, path): (String, PathBuf)| {
        Ok((file, Policy::read(&path.display().to_string(), &read_text(&path)?)?))
    };
    files.filter_map(place).map(policy).collect()
}

/// A trial has to end before dates do.
fn last_month(case: &Case, scenario: &Scenario) -> Outcome<()> {
    let first = case.window.first;
    if first.plus_months(scenario.months + 1) < Date::LAST {
        return Ok(());
    }
    let months = scenario.months;
    Err(Problem::new(
        Kind::Usage,
        said!(
            "从 {first} 起 {months} 个月，超出了能写的日期",
            "{months} months from {first} on end behind the last date that can be written"
        ),
        said!("从早一些的月份开始", "begin with an earlier month"),
    )
    .at("--month"))
}

/// The month after this one.
fn next_month() -> String {
    let next = clock::now().date_in_china().plus_months(1);
    format!("{:04}-{:02}", next.year(), next.month())
}

/// The variants asked for.
fn wanted<'s>(scenario: &'s Scenario, args: &SimulateArgs) -> Outcome<Vec<&'s Variant>> {
    let known = |id: &str| scenario.variants.iter().find(|variant| variant.id == id);
    match args.compare.as_slice() {
        [all] if all == "all" => Ok(scenario.variants.iter().collect()),
        ids => ids.iter().map(|id| known(id).ok_or_else(|| unknown(scenario, id))).collect(),
    }
}

fn unknown(scenario: &Scenario, id: &str) -> Problem {
    let Said { zh, en } = Said::list(scenario.variants.iter().map(|variant| variant.id.as_str()));
    Problem::new(
        Kind::Usage,
        said!("情景文件里没有“{id}”这种做法", "the scenario has no variant \"{id}\""),
        said!("可用：{zh}，或 all", "use one of: {en}, or all"),
    )
    .at("--compare")
}

/// Runs it, with a bar on the terminal; Ctrl-C ends it with what was reached.
fn simulated(asked: &Asked, args: &SimulateArgs, console: &Console) -> Outcome<Study> {
    let Asked { case, calendar, scenario, variants } = asked;
    interrupt::heed();
    let progress: Progress = console.trials(u64::from(args.trials));
    progress
        .say(said!("模拟（Ctrl-C 停在已做到的地方）", "simulating (Ctrl-C ends it with what was reached)"));
    let first = case.window.first;
    let request = Request {
        policy: &case.policy,
        register: &case.register,
        history: &case.history,
        calendar,
        scenario,
        first: (first.year(), first.month()),
        seed: &args.seed,
        trials: u64::from(args.trials),
        precision: args.precision,
        variants,
        marginal: args.marginal,
    };
    let watch = Watch { done: &|| progress.advance(), stop: &interrupt::is_asked };
    study(&request, &watch).map_err(|unknown| unknown.problem())
}
