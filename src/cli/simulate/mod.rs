//! `yaohao simulate`: years of draws under a policy, before anyone commits to it.

pub mod args;
pub mod suggest;

use super::console::{Console, Progress};
use crate::clock;
use crate::lang::Said;
use crate::policy::Policy;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::scenario::{Scenario, Variant};
use crate::simulate::{Request, Study, Watch, study};
use crate::store::{Case, Office, read_text};
use args::SimulateArgs;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// Set by Ctrl-C.
static STOPPED: AtomicBool = AtomicBool::new(false);

pub fn run(office: &Office, args: &SimulateArgs, console: &Console) -> Outcome<()> {
    let asked = Asked::new(office, args)?;
    let found = simulated(office, &asked, args, console)?;
    let _ = found;
    Ok(())
}

/// What is asked, loaded.
struct Asked {
    case: Case,
    scenario: Scenario,
    variants: Vec<(Variant, Policy)>,
}

impl Asked {
    fn new(office: &Office, args: &SimulateArgs) -> Outcome<Asked> {
        let month = args.month.clone().unwrap_or_else(next_month);
        let case = Case::now(office, &month, None)?;
        let path = args.scenario.clone().unwrap_or_else(|| office.path(Path::new("scenario.toml")));
        let (name, text) = (path.display().to_string(), read_text(&path)?);
        let scenario = Scenario::read(&name, &text)?;
        let beside = path.parent().unwrap_or(Path::new("")).to_owned();
        let others = others(&scenario, &beside)?;
        Scenario::check_against(&name, &text, &case.policy, &others)?;
        let variants = variants(&case.policy, &scenario, &others, args)?;
        Ok(Asked { case, scenario, variants })
    }
}

/// The policies that variants name, beside the scenario, by the names of their files.
fn others(scenario: &Scenario, beside: &Path) -> Outcome<BTreeMap<String, Policy>> {
    let files = scenario.variants.iter().filter_map(|variant| variant.change.policy.as_ref());
    let policy = |file: &String| {
        let path = beside.join(file);
        Ok((file.clone(), Policy::read(&path.display().to_string(), &read_text(&path)?)?))
    };
    files.map(policy).collect()
}

/// The month after this one.
fn next_month() -> String {
    let next = clock::now().date_in_china().plus_months(1);
    format!("{:04}-{:02}", next.year(), next.month())
}

/// The variants asked for, each with its policy.
fn variants(
    policy: &Policy,
    scenario: &Scenario,
    others: &BTreeMap<String, Policy>,
    args: &SimulateArgs,
) -> Outcome<Vec<(Variant, Policy)>> {
    let known = |id: &str| scenario.variants.iter().find(|variant| variant.id == id);
    let wanted: Vec<&Variant> = match args.compare.as_slice() {
        [all] if all == "all" => scenario.variants.iter().collect(),
        ids => ids.iter().map(|id| known(id).ok_or_else(|| unknown(scenario, id))).collect::<Outcome<_>>()?,
    };
    let with_policy = |variant: &Variant| {
        let own = variant.change.policy.as_ref().and_then(|file| others.get(file));
        (variant.clone(), own.unwrap_or(policy).clone())
    };
    Ok(wanted.into_iter().map(with_policy).collect())
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
fn simulated(office: &Office, asked: &Asked, args: &SimulateArgs, console: &Console) -> Outcome<Study> {
    let Asked { case, scenario, variants } = asked;
    let calendar = office.calendar()?;
    // Without a handler Ctrl-C ends the program: nothing is lost but what was reached.
    let _ = ctrlc::set_handler(|| STOPPED.store(true, Ordering::SeqCst));
    let progress: Progress = console.trials(u64::from(args.trials));
    progress
        .say(said!("模拟（Ctrl-C 停在已做到的地方）", "simulating (Ctrl-C ends it with what was reached)"));
    let first = case.window.first;
    let request = Request {
        policy: &case.policy,
        register: &case.register,
        history: &case.history,
        calendar: &calendar,
        scenario,
        first: (first.year(), first.month()),
        seed: &args.seed,
        trials: u64::from(args.trials),
        precision: args.precision,
        variants,
        marginal: args.marginal,
    };
    let watch = Watch { done: &|| progress.advance(), stop: &|| STOPPED.load(Ordering::SeqCst) };
    study(&request, &watch).map_err(|unknown| unknown.problem())
}
