//! `yaohao roll-prove` and `yaohao roll-check`: what became of one unit of a roll, and the proof.

pub mod args;
mod check;
mod prove;

pub use check::check;
pub use prove::prove;

use super::console::Console;
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::roll::{Illegible, RollDocuments};
use crate::said;
use crate::slip::RollTold;
use std::path::Path;

/// The documents in the folder of a roll.
fn documents(folder: &Path) -> Outcome<RollDocuments> {
    let get = |name: &str| std::fs::read(folder.join(name)).ok();
    RollDocuments::read(&get).map_err(|illegible| match illegible {
        Illegible::Missing => Problem::new(
            Kind::Unreadable,
            said!("这里没有大名册的承诺（commit.txt）", "there is no commitment of a roll here (commit.txt)"),
            said!("给出大名册的公开文件夹", "name the public folder of a roll"),
        )
        .at(folder.display().to_string()),
        Illegible::Text(file, error) => {
            let Said { zh, en } = error.said();
            Problem::new(
                Kind::Unreadable,
                said!("这不是大名册的文件：{zh}", "this is no document of a roll: {en}"),
                said!("重新取得公布的文件", "fetch the published file again"),
            )
            .at(folder.join(file).display().to_string())
        }
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
