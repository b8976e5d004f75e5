//! `yaohao roll verify`.

use super::args::RollVerifyArgs;
use crate::cli::console::{Console, Progress};
use crate::cli::verify::{exit_code, show_checks, view_check};
use crate::problem::Outcome;
use crate::record::TableLine as _;
use crate::roll::{Chooser, Counted, Papers, Part, RollCommit, RollDrawn, RollUnit};
use crate::said;
use crate::store::{Lines, fetch_tiles, folder_of, read};
use rayon::prelude::*;
use serde_json::json;
use std::path::Path;

/// Bundles that are read at once by each thread.
const PART: u64 = 128;

/// Verifies a roll; the exit code is that of the verdict.
pub fn run(args: &RollVerifyArgs, console: &Console) -> Outcome<u8> {
    let files = folder_of(&args.dir)?;
    let previous = args.previous.as_deref().map(read).transpose()?;
    let papers = Papers::new(&files, args.commitment, previous.as_deref());
    let (mut counted, mut chooser) = (None, papers.chooser());
    let is_there = |commit: &&RollCommit| commit.units.count == 0 || args.dir.join("tile").is_dir();
    if let Some(commit) = papers.commit().filter(is_there) {
        let progress = console.trials(commit.units.count.div_ceil(256 * PART));
        progress.say(said!("核验名册", "verifying the roll"));
        counted = Some(lines(&args.dir, commit, &papers, chooser.as_mut(), &progress)?);
    }
    let chosen: Option<Vec<RollDrawn>> = chooser.map(Chooser::lines);
    let (checks, verdict) =
        papers.checks(counted.as_ref(), chosen.as_deref(), &fetch_tiles(&args.dir.join("drawn")));
    let shown = args.dir.display();
    let draw = papers.commit().map_or_else(String::new, |commit| format!("{} · ", commit.draw));
    console.heading(said!("核验大名册 {draw}{shown}", "Verifying the roll {draw}{shown}"));
    show_checks(&checks, verdict, console);
    console.data(|| {
        json!({
            "folder": shown.to_string(), "draw": papers.commit().map(|commit| commit.draw.to_string()),
            "commitment": papers.commit().map(|commit| commit.id().to_string()), "verdict": verdict.key(),
            "checks": checks.iter().map(|check| view_check(check, console)).collect::<Vec<_>>(),
        })
    });
    Ok(exit_code(verdict))
}

/// Reads all lines, counts them, and sifts the pools.
fn lines(
    dir: &Path,
    commit: &RollCommit,
    papers: &Papers<'_>,
    mut chooser: Option<&mut Chooser>,
    progress: &Progress,
) -> Outcome<Counted> {
    let (reader, tiles) = (papers.line_reader(commit), fetch_tiles(dir));
    let source = Lines::new(dir, RollUnit::LINE, commit.units.count);
    let mut counted = Counted::new(commit, &papers.labels());
    let (mut from, wave) = (0, PART * 2 * rayon::current_num_threads() as u64);
    while from < source.bundles() && !counted.is_stopped() {
        let until = (from + wave).min(source.bundles());
        let starts: Vec<u64> = (from..until).step_by(PART as usize).collect();
        let part = |start: u64| -> Outcome<Part> {
            let mut text = String::new();
            for bundle in start..(start + PART).min(until) {
                match source.read(bundle)? {
                    Ok(lines) => text.push_str(&lines),
                    Err(fault) => return Ok(Part::unread(&fault)),
                }
            }
            Ok(reader.read(&text))
        };
        let parts: Vec<Outcome<Part>> = starts.into_par_iter().map(part).collect();
        let mut pools = Vec::new();
        for part in parts {
            pools.extend(counted.take(part?, &tiles));
            progress.advance();
        }
        if let Some(chooser) = chooser.as_deref_mut() {
            let found: Vec<_> = pools.par_iter().map(|pool| chooser.sift(pool)).collect();
            found.into_iter().for_each(|(_, found)| chooser.take(found));
        }
        from = until;
    }
    counted.end(&tiles);
    Ok(counted)
}
