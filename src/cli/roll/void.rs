//! `yaohao roll void`: gives up a roll whose outcome nobody can know yet.

use super::args::RollVoidArgs;
use super::draw::{committed, late};
use super::last;
use crate::cli::console::Console;
use crate::cli::steps::{Ceremony, unknown_reason};
use crate::clock;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{self, Void, VoidReason};
use crate::roll::{RollCommit, may_void};
use crate::said;
use crate::store::{Office, RollFolder, Secrets, folder_of};
use serde_json::json;

pub fn run(office: &Office, args: &RollVoidArgs, console: &Console) -> Outcome<()> {
    let _lock = office.lock()?;
    // A roll has no inspectors that could be too few.
    let reason = VoidReason::from_text(&args.reason).filter(|reason| *reason != VoidReason::Staffing);
    let reason = reason.ok_or_else(|| unknown_reason(&args.reason, &[VoidReason::Staffing]))?;
    let folder = last(office)?;
    let (commit, draw, files) = (committed(&folder)?, folder.draw(), folder_of(&folder.public)?);
    if files.get(record::VOID).is_some() {
        return Err(given_up(&folder));
    }
    may_void(&commit.demand(), &files, reason).map_err(|what| refused(&commit, what))?;
    if clock::now() > commit.close_by {
        console.warn(late(&commit));
    }
    let mut ceremony = Ceremony::new(&draw, commit.demand(), Secrets::load(&draw)?, "yaohao roll");
    ceremony.catch_up()?;
    let void = Void { link: ceremony.link()?, reason, nonce: None, drawn: None };
    draw.add(record::VOID, &void.text())?;
    let (id, zh, key) = (&commit.draw, reason.zh(), reason.key());
    console.say(said!(
        "{id} 已作废（{zh}）；重新承诺：yaohao roll commit",
        "{id} is void ({key}); commit again with yaohao roll commit"
    ));
    console.data(|| json!({ "draw": id.to_string(), "reason": key }));
    Ok(())
}

pub fn given_up(folder: &RollFolder) -> Problem {
    let id = &folder.id;
    Problem::new(
        Kind::State,
        said!("{id} 已经作废", "{id} is void"),
        said!("重新承诺：yaohao roll commit", "commit again with yaohao roll commit"),
    )
}

fn refused(commit: &RollCommit, what: crate::lang::Said) -> Problem {
    let id = &commit.draw;
    let (zh, en) = (what.zh, what.en);
    Problem::new(
        Kind::State,
        said!("{id} 不能这样作废：{zh}", "{id} cannot be voided so: {en}"),
        said!(
            "结果可以算出的，用 yaohao roll draw 完成它",
            "what can be computed is to be finished with yaohao roll draw"
        ),
    )
}
