//! `yaohao explain`.

use super::args::ExplainArgs;
use super::console::Console;
use super::row::{self, Names};
use crate::explain::{Explanation, Step, explain, row};
use crate::merkle;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::{DrawFolder, Office, folder_of};
use crate::store::{opened, people};
use crate::verify::Folder;
use serde_json::json;
use std::path::{Path, PathBuf};

pub fn run(office: &Path, args: &ExplainArgs, console: &Console) -> Outcome<()> {
    let (folder, files, names) = seen(office, args)?;
    let explanation = explain(&files, &args.unit)?;
    let (unit, name) = (&explanation.unit, explanation.name.as_deref().unwrap_or(""));
    console.line(&format!("{name} {unit}"));
    for (number, step) in (1..).zip(&explanation.steps) {
        console.line(&format!("\n{number}. {}", step.says.to(console.lang)));
        if let Some(proof) = &step.proof {
            console
                .say(said!("   自己算（在公开文件夹里运行）：", "   Do it yourself (in the public folder):"));
            console.line(&format!("   $ {}", proof.command));
            console.line(&format!("   {}", proof.output()));
        }
    }
    if args.path {
        show_path(&explanation, console);
    }
    let row = args.pairing.then(|| row(&files, &explanation.unit));
    match &row {
        Some(Ok(row)) => row::show(row, &names, console),
        Some(Err(said)) => console.heading(said.clone()),
        None => {}
    }
    console.data(|| {
        let step = |step: &Step| {
            json!({
                "says": console.text(&step.says),
                "command": step.proof.as_ref().map(|proof| &proof.command),
                "prints": step.proof.as_ref().map(|proof| proof.prints.to_string()),
            })
        };
        json!({
            "unit": unit, "name": explanation.name, "outcome": explanation.outcome.key(),
            "folder": folder.display().to_string(),
            "path": explanation.path.iter().map(|step| side_and_hash(step)).map(|(side, hash)| json!({ "side": side, "hash": hash })).collect::<Vec<_>>(),
            "steps": explanation.steps.iter().map(step).collect::<Vec<_>>(),
            "pairing": row.as_ref().map(|row| match row {
                Ok(row) => row::view(row, &names),
                Err(said) => json!({ "unknown": console.text(said) }),
            }),
        })
    });
    Ok(())
}

/// The folder, its files, and the names that may be shown beside pseudonyms: for
/// the office itself what it keeps back too, for everybody else what is public.
fn seen(office: &Path, args: &ExplainArgs) -> Outcome<(PathBuf, Folder, Names)> {
    if let Some(dir) = &args.dir {
        return Ok((dir.clone(), folder_of(dir)?, Names::new()));
    }
    let draw = latest(office)?;
    if !args.names {
        return Ok((draw.public.clone(), draw.files()?, Names::new()));
    }
    let commit = draw.commit()?;
    let people = people(&draw, &commit)?.into_iter();
    let names = people.map(|p| (p.public, format!("{} {}", p.name, p.certificate))).collect();
    Ok((draw.public.clone(), opened(&draw, &commit)?, names))
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
    let hash = explanation.suite.hash_name();
    console.say(said!(
        "   每步：left 时 {hash}(01 ‖ 兄弟 ‖ 当前)，right 时 {hash}(01 ‖ 当前 ‖ 兄弟)；最后得到上面锁定的值。",
        "   Each step: {hash}(01 ‖ neighbour ‖ current) for left, {hash}(01 ‖ current ‖ neighbour) for right; the last is the value above."
    ));
}

fn side_and_hash(step: &merkle::Step) -> (&'static str, String) {
    match step {
        merkle::Step::Left(hash) => ("left", hash.to_string()),
        merkle::Step::Right(hash) => ("right", hash.to_string()),
    }
}

fn latest(office: &Path) -> Outcome<DrawFolder> {
    let office = Office::open(office)?;
    let (policy, _) = office.policy()?;
    let last = office.draws(&policy.office)?.pop();
    last.ok_or_else(|| {
        Problem::new(
            Kind::State,
            said!("还没有抽取", "there is no draw yet"),
            said!("指明公开文件夹，或先承诺", "name a public folder, or commit first"),
        )
    })
}
