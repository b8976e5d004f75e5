//! `yaohao explain`.

use super::args::ExplainArgs;
use super::console::Console;
use crate::explain::{Explanation, Step, explain};
use crate::merkle;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::{Office, folder_of};
use serde_json::json;
use std::path::{Path, PathBuf};

pub fn run(office: &Path, args: &ExplainArgs, console: &Console) -> Outcome<()> {
    let folder = match &args.dir {
        Some(dir) => dir.clone(),
        None => latest(office)?,
    };
    let explanation = explain(&folder_of(&folder)?, &args.unit)?;
    let (unit, name) = (&explanation.unit, explanation.name.as_deref().unwrap_or(""));
    console.line(&format!("{name} {unit}"));
    for (number, step) in (1..).zip(&explanation.steps) {
        console.line(&format!("\n{number}. {}", step.says.to(console.lang)));
        if let Some(proof) = &step.proof {
            console
                .say(said!("   自己算（在公开文件夹里运行）：", "   Do it yourself (in the public folder):"));
            console.line(&format!("   $ {}", proof.command));
            console.line(&format!("   {}  -", proof.prints));
        }
    }
    if args.path {
        show_path(&explanation, console);
    }
    console.data(|| {
        let step = |step: &Step| {
            json!({
                "says": console.text(&step.says),
                "command": step.proof.as_ref().map(|proof| &proof.command),
                "prints": step.proof.as_ref().map(|proof| &proof.prints),
            })
        };
        json!({
            "unit": unit, "name": explanation.name, "outcome": explanation.outcome.key(),
            "folder": folder.display().to_string(),
            "path": explanation.path.iter().map(|step| side_and_hash(step)).map(|(side, hash)| json!({ "side": side, "hash": hash })).collect::<Vec<_>>(),
            "steps": explanation.steps.iter().map(step).collect::<Vec<_>>(),
        })
    });
    Ok(())
}

/// The inclusion proof, as one command that climbs from the leaf to the root.
fn show_path(explanation: &Explanation, console: &Console) {
    console.say(said!(
        "\n从这家单位的叶子到树根（不需要整个名录；每行：方位 兄弟节点）：",
        "\nFrom the unit's leaf to the root, without the whole register (side and neighbour):"
    ));
    for step in &explanation.path {
        let (side, hash) = side_and_hash(step);
        console.line(&format!("   {side} {hash}"));
    }
    console.say(said!(
        "   每步：left 时 SHA-256(01 ‖ 兄弟 ‖ 当前)，right 时 SHA-256(01 ‖ 当前 ‖ 兄弟)；最后得到上面锁定的值。",
        "   Each step: SHA-256(01 ‖ neighbour ‖ current) for left, SHA-256(01 ‖ current ‖ neighbour) for right; the last is the value above."
    ));
}

fn side_and_hash(step: &merkle::Step) -> (&'static str, String) {
    match step {
        merkle::Step::Left(hash) => ("left", hash.to_string()),
        merkle::Step::Right(hash) => ("right", hash.to_string()),
    }
}

fn latest(office: &Path) -> Outcome<PathBuf> {
    let office = Office::open(office)?;
    let (policy, _) = office.policy()?;
    let last = office.draws(&policy.office)?.pop();
    last.map(|draw| draw.public).ok_or_else(|| {
        Problem::new(
            Kind::State,
            said!("还没有抽取", "there is no draw yet"),
            said!("指明公开文件夹，或先承诺", "name a public folder, or commit first"),
        )
    })
}
