//! `yaohao roll prove` and `yaohao roll check`: what became of one unit of a roll, and the proof.

pub mod args;
mod check;
mod prove;

pub use check::check;
pub use prove::prove;

use super::console::Console;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{BEACON, CEREMONY, COMMIT, RECORD, REVEAL};
use crate::roll::{Papers, RollCommit};
use crate::said;
use crate::slip::RollTold;
use crate::verify::Folder;
use std::path::Path;

/// The documents of a roll that are in a folder: nothing that grows with the roll is read.
fn documents(dir: &Path) -> Folder {
    let read = |name: &str| Some((name.to_owned(), std::fs::read(dir.join(name)).ok()?));
    Folder([COMMIT, CEREMONY, REVEAL, BEACON, RECORD].into_iter().filter_map(read).collect())
}

/// Refuses documents that name no roll.
fn committed<'a>(papers: &'a Papers<'_>, dir: &Path) -> Outcome<&'a RollCommit> {
    papers.commit().ok_or_else(|| {
        Problem::new(
            Kind::Unreadable,
            said!("这里没有大名册的承诺（{COMMIT}）", "there is no commitment of a roll here ({COMMIT})"),
            said!(
                "给出大名册的公开文件夹，例如 rolls/2026-001",
                "name the public folder of a roll, such as rolls/2026-001"
            ),
        )
        .at(dir.display().to_string())
    })
}

/// The sentence, and the command by which anybody computes the ticket.
fn say(told: &RollTold, console: &Console) {
    console.say(told.says.clone());
    if let Some(proof) = &told.ticket {
        console.say(said!("自己算票号：", "Compute the ticket yourself:"));
        console.line(&format!("$ {}", proof.command));
        console.line(&proof.output());
    }
}
