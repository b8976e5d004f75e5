//! `yaohao review`, `yaohao penalty`, `yaohao recusal`.

use super::args::{
    ApplyArgs, ContestArgs, DecideArgs, DecisionArgs, PenaltyStep, RecusalStep, ReviewStep, Reviewed,
};
use super::entering::{Clerk, reason};
use super::many::Chosen;
use super::meant;
use crate::cli::console::Console;
use crate::problem::{Outcome, Problem};
use crate::said;
use crate::store::Office;
use crate::task::{Act, Kind, Matter, Penalty, State, wording};

/// A result or a penalty goes to the reviewer, and passes or comes back.
pub fn review(office: &Office, step: &ReviewStep, console: &Console) -> Outcome<()> {
    match step {
        ReviewStep::Submit(args) => {
            each(office, args, State::Visited, console, |matter| Act::Submitted { matter })
        }
        ReviewStep::Approve(args) => {
            each(office, args, State::InReview, console, |matter| Act::Approved { matter })
        }
        ReviewStep::Return(args) => {
            let reason = reason(&args.reason)?;
            let back = |matter| Act::Returned { matter, reason: reason.clone() };
            each(office, &args.reviewed, State::InReview, console, back)
        }
    }
}

/// Enters one act for every matter that was named, or that is ready in `state`.
fn each(
    office: &Office,
    args: &Reviewed,
    state: State,
    console: &Console,
    act: impl Fn(Matter) -> Act,
) -> Outcome<()> {
    let mut clerk = Clerk::open(office, console)?;
    let mut chosen = Chosen::new(&clerk, args, state, &act)?;
    let matters = std::mem::take(&mut chosen.named).into_iter().chain(std::mem::take(&mut chosen.ready));
    let acts = matters.map(act).collect();
    clerk.leave(&chosen);
    clerk.enter(&args.by.by, acts)
}

/// A penalty is decided, or contested.
pub fn penalty(office: &Office, step: &PenaltyStep, console: &Console) -> Outcome<()> {
    match step {
        PenaltyStep::Open(args) => decision(office, args, console),
        PenaltyStep::Contest(args) => contest(office, args, console),
    }
}

fn decision(office: &Office, args: &DecisionArgs, console: &Console) -> Outcome<()> {
    let mut clerk = Clerk::open(office, console)?;
    let of = args.of.as_deref().map(|of| clerk.task(of)).transpose().map_err(|p: Problem| p.at("--of"))?;
    let unit = args.unit.as_deref().map(|unit| meant::unit(office, unit)).transpose()?;
    let name = match (&args.name, &unit, &of) {
        (Some(name), ..) => name.clone(),
        (None, Some(unit), _) => unit.name.clone(),
        (None, None, of) => of.as_ref().map(|task| task.name.clone()).unwrap_or_default(),
    };
    // Whoever is named beside the matter is not its unit but a person of it.
    let of_unit = of.as_ref().filter(|_| args.name.is_none()).and_then(|task| task.unit.clone());
    let year = clerk.now.date_in_china().year();
    let matter = match &args.mend {
        Some(matter) => matter.clone(),
        None => clerk.desk.next_matter(Kind::Penalty, u16::try_from(year).unwrap_or_default())?,
    };
    let penalty = Penalty {
        matter,
        of: of.map(|task| task.matter),
        unit: unit.map(|unit| unit.id).or(of_unit),
        name: wording(&said!("当事人", "the party"), &name).map_err(|problem| problem.at("--name"))?,
        number: wording(&said!("文号", "the number of the decision"), &args.number)
            .map_err(|problem| problem.at("--number"))?,
        day: args.on,
        yuan: args.yuan,
        delegated: args
            .delegated
            .as_deref()
            .map(|town| meant::town(office, town, "--delegated"))
            .transpose()?,
    };
    clerk.enter(&args.by.by, vec![Act::Penalised(penalty)])
}

fn contest(office: &Office, args: &ContestArgs, console: &Console) -> Outcome<()> {
    let mut clerk = Clerk::open(office, console)?;
    let task = clerk.task(&args.matter)?;
    clerk.enter(&args.by.by, vec![Act::Contested { matter: task.matter, day: args.on }])
}

/// Somebody should stand back, and the head decides.
pub fn recusal(office: &Office, step: &RecusalStep, console: &Console) -> Outcome<()> {
    match step {
        RecusalStep::Apply(args) => apply(office, args, console),
        RecusalStep::Decide(args) => decide(office, args, console),
    }
}

fn apply(office: &Office, args: &ApplyArgs, console: &Console) -> Outcome<()> {
    let mut clerk = Clerk::open(office, console)?;
    let matter = clerk.task(&args.matter)?.matter;
    let about = meant::person(&clerk.desk, &args.about, "--about")?;
    let (applicant, reason) = (args.applicant, reason(&args.reason)?);
    let act = Act::Applied { matter: matter.clone(), about: about.clone(), applicant, reason };
    clerk.enter_then(&args.by.by, vec![act], |_| {
        vec![said!(
            "负责人决定：yaohao recusal decide {matter} --about {about} --granted（或 --refused）--reason … --by …；决定之前工作不停",
            "The head decides: yaohao recusal decide {matter} --about {about} --granted (or --refused) --reason … --by …; work goes on until then"
        )]
    })
}

fn decide(office: &Office, args: &DecideArgs, console: &Console) -> Outcome<()> {
    let mut clerk = Clerk::open(office, console)?;
    let matter = clerk.task(&args.matter)?.matter;
    let about = meant::person(&clerk.desk, &args.about, "--about")?;
    let act = Act::Decided { matter, about, granted: args.granted, reason: reason(&args.reason)? };
    clerk.enter(&args.by.by, vec![act])
}
