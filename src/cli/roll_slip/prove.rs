//! `yaohao roll prove`: slips of units, out of the published folder of a roll.

use super::args::RollProveArgs;
use super::{committed, documents};
use crate::cli::console::Console;
use crate::lang::{Said, counted};
use crate::problem::{Kind, Outcome, Problem};
use crate::roll::{Papers, Prover, RollAnswer, RollSlip};
use crate::said;
use crate::slip::RollTold;
use crate::store::{fetch_tiles, read_text, write_view};
use crate::verify::Folder;
use rayon::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;

pub fn prove(args: &RollProveArgs, console: &Console) -> Outcome<()> {
    let documents = documents(&args.dir);
    committed(&Papers::new(&documents, None, None), &args.dir)?;
    let units = wanted(args)?;
    match &args.out {
        Some(out) => write_all(&documents, &args.dir, &units, out, console),
        None => print_all(&documents, &args.dir, &units, console),
    }
}

/// The units that slips are asked for.
fn wanted(args: &RollProveArgs) -> Outcome<Vec<String>> {
    let mut units = args.units.clone();
    if let Some(file) = &args.ids {
        let text = read_text(file)?;
        let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
        units.extend(lines.filter(|line| !line.is_empty()).map(str::to_owned));
    }
    match units.iter().find(|unit| !crate::ids::is_token(unit)) {
        None => Ok(units),
        Some(unit) => Err(Problem::new(
            Kind::Usage,
            said!("这不是单位代码：{unit}", "this is no id of a unit: {unit}"),
            said!("写统一社会信用代码或名册里的代码", "write the id as it stands in the roll"),
        )),
    }
}

/// Gives the slip of every one of `units` to `each`.
fn slips(
    documents: &Folder,
    dir: &Path,
    units: &[String],
    mut each: impl FnMut(RollSlip, RollTold) -> Outcome<()>,
) -> Outcome<()> {
    let papers = Papers::new(documents, None, None);
    let (commit, seed) = (committed(&papers, dir)?, papers.seed());
    let drawn = dir.join("drawn");
    let (units_at, drawn_at) = (fetch_tiles(dir), fetch_tiles(&drawn));
    let prover =
        Prover::open(&papers, &units_at, &drawn_at).map_err(|error| unprovable(&error.said(), dir))?;
    for unit in units {
        let slip = prover.prove(unit).map_err(|error| unprovable(&error.said(), dir))?;
        let told = RollTold::new(&slip, commit, seed.as_ref());
        each(slip, told)?;
    }
    Ok(())
}

fn unprovable(said: &Said, dir: &Path) -> Problem {
    let Said { zh, en } = said;
    Problem::new(
        Kind::Unreadable,
        said!("{zh}", "{en}"),
        said!(
            "重新取得公布的文件夹，再核验它；不要相信有出入的文件",
            "fetch the published folder again and verify it; do not trust files that disagree"
        ),
    )
    .at(dir.display().to_string())
}

/// Slips on standard output, and what they say beside it.
fn print_all(documents: &Folder, dir: &Path, units: &[String], console: &Console) -> Outcome<()> {
    let mut views = Vec::new();
    slips(documents, dir, units, |slip, told| {
        let text = slip.text();
        if console.json {
            views.push(json!({
                "unit": slip.unit(), "answer": told.answer.key(), "says": console.text(&told.says),
                "command": told.ticket.as_ref().map(|proof| &proof.command),
                "prints": told.ticket.as_ref().map(|proof| proof.prints.to_string()),
                "slip": text,
            }));
        } else {
            console.line(text.trim_end());
            console.warn(told.says);
            if let Some(proof) = told.ticket {
                let command = proof.command;
                console.warn(said!("自己算票号：{command}", "Compute the ticket yourself: {command}"));
            }
        }
        Ok(())
    })?;
    console.data(|| json!({ "slips": views }));
    Ok(())
}

/// One file a unit, by as many threads as there are.
fn write_all(documents: &Folder, dir: &Path, units: &[String], out: &Path, console: &Console) -> Outcome<()> {
    // In their order, neighbours come out of the same files.
    let mut units = units.to_vec();
    units.sort_unstable();
    units.dedup();
    let part = units.len().div_ceil(rayon::current_num_threads()).max(1);
    let counts = units.par_chunks(part).map(|units| {
        let mut counts = BTreeMap::<RollAnswer, u64>::new();
        slips(documents, dir, units, |slip, told| {
            *counts.entry(told.answer).or_default() += 1;
            let name = format!("{}.txt", slip.unit().replace('/', "+"));
            write_view(&out.join(name), slip.text().as_bytes())
        })?;
        Ok(counts)
    });
    let mut totals = BTreeMap::<RollAnswer, u64>::new();
    for counts in counts.collect::<Outcome<Vec<_>>>()? {
        counts.into_iter().for_each(|(answer, count)| *totals.entry(answer).or_default() += count);
    }
    for (answer, count) in &totals {
        let (zh, en) = (answer.zh(), answer.key());
        console.say(said!("{zh}：{count} 家", "{en}: {count}"));
    }
    let (count, folder) = (units.len() as u64, out.display().to_string());
    let slips = counted(count, "slip");
    console.say(said!("共 {count} 份证明，在 {folder}", "{slips} in {folder}"));
    console.data(|| {
        let totals: BTreeMap<&str, u64> = totals.iter().map(|(answer, n)| (answer.key(), *n)).collect();
        json!({ "folder": folder, "slips": count, "answers": totals })
    });
    Ok(())
}
