//! `yaohao roll`: draws from registers too large for memory.

pub mod args;
mod commit;
mod draw;
mod english;
mod lines;
mod maker;
mod pass;
mod refused;
mod sink;
mod verify;
mod void;

pub use english::ENGLISH;

use super::console::Console;
use super::roll_slip;
use crate::lang::Lang;
use crate::problem::{Kind, Outcome, Problem};
use crate::record;
use crate::roll::RollCommit;
use crate::said;
use crate::store::{Office, RollFolder, rolls};
use args::{RollArgs, RollStep};
use serde_json::{Value, json};
use std::path::Path;

/// Runs a step; the exit code is that of the verdict, where there is one.
pub fn run(root: &Path, args: &RollArgs, console: &Console) -> Outcome<u8> {
    match &args.step {
        RollStep::Commit(args) => commit::run(&Office::open(root)?, args, console)?,
        RollStep::Publish(args) => commit::publish(&Office::open(root)?, args, console)?,
        RollStep::Void(args) => void::run(&Office::open(root)?, args, console)?,
        RollStep::Draw(args) => draw::run(&Office::open(root)?, args, console)?,
        RollStep::Lines(args) => lines::run(args)?,
        RollStep::Verify(args) => return verify::run(args, console),
        RollStep::Prove(args) => roll_slip::prove(args, console)?,
        RollStep::Check(args) => return roll_slip::check(args, console),
    }
    Ok(0)
}

/// The roll that is under way, or the last that was.
fn last(office: &Office) -> Outcome<RollFolder> {
    let (policy, _) = office.policy()?;
    rolls(office, &format!("{}{}", policy.office, RollCommit::OFFICE))?.pop().ok_or_else(|| {
        Problem::new(
            Kind::State,
            said!("还没有大名册的承诺", "there is no commitment of a roll yet"),
            said!("先运行 yaohao roll commit", "run yaohao roll commit first"),
        )
    })
}

/// How far each roll has come: a row of the table of all draws, and the same for a program.
pub fn statuses(office: &Office, key: &str, lang: Lang) -> Outcome<Vec<(Vec<String>, Value)>> {
    let status = |folder: RollFolder| {
        let (commit, has) = (draw::committed(&folder)?, |file: &str| folder.public.join(file).exists());
        let (key, said) = match () {
            () if has(record::VOID) => ("voided", said!("大名册，已作废", "roll, voided")),
            () if has(record::RECORD) => ("recorded", said!("大名册，已抽取", "roll, drawn")),
            () => ("committed", said!("大名册，已承诺，待抽取", "roll, committed")),
        };
        let window = format!("{}..{}", commit.window.first, commit.window.last);
        let due = commit.close_by.by_clocks_of_china();
        let view = json!({
            "draw": commit.draw.to_string(), "stage": key, "roll": true,
            "close_by": commit.close_by.to_string(), "commitment": commit.id().to_string(),
        });
        Ok((vec![commit.draw.to_string(), window, said.to(lang).to_owned(), due], view))
    };
    rolls(office, &format!("{key}{}", RollCommit::OFFICE))?.into_iter().map(status).collect()
}
