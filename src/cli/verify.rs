//! `yaohao verify`.

use super::args::VerifyArgs;
use super::console::Console;
use crate::clock;
use crate::lang::{Lang, Said};
use crate::log::Archive;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{COMMIT, Commit, FILES};
use crate::said;
use crate::store::{LOG, VERIFIER, folder_of, log_files, neighbour, read, unreadable, verifier_files};
use crate::verify::{Check, Known, Opening, Report, Status, Verdict, verify};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Verifies one draw, or every draw in a folder; the exit code is that of the
/// worst verdict.
pub fn run(args: &VerifyArgs, console: &Console) -> Outcome<u8> {
    let folders = draws_in(&args.dir)?;
    // The draws of a folder have one log.
    let log = folders.first().map(|folder| log_beside(folder, args.log.as_deref())).transpose()?.flatten();
    let progress = console.progress(folders.len() as u64);
    let mut reports = Vec::new();
    for folder in &folders {
        progress.step(said!("核验 {}", "verifying {}", folder.display()));
        reports.push((folder, report(folder, args, log.as_ref())?));
    }
    drop(progress);
    for (folder, report) in &reports {
        show(folder, report, console);
    }
    console.data(|| {
        let views: Vec<Value> = reports.iter().map(|(folder, r)| view(folder, r, console)).collect();
        json!({ "draws": views })
    });
    Ok(reports.iter().map(|(_, report)| exit_code(report.verdict)).fold(0, worse))
}

/// A failure outweighs what is merely incomplete.
fn worse(a: u8, b: u8) -> u8 {
    let failed = Kind::Failed.exit_code();
    if a == failed || b == failed { failed } else { a.max(b) }
}

pub fn exit_code(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Verified => 0,
        Verdict::Failed => Kind::Failed.exit_code(),
        Verdict::Incomplete => Kind::Incomplete.exit_code(),
    }
}

/// The folder itself, or the draws in it.
fn draws_in(dir: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = std::fs::read_dir(dir).map_err(|error| unreadable(dir, &error))?;
    let entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    let is_draw = |path: &PathBuf| path.join(COMMIT).exists();
    let mut draws: Vec<PathBuf> = entries.iter().filter(|path| is_draw(path)).cloned().collect();
    draws.sort();
    // A draw without its commitment is still a draw, and fails.
    let remains =
        |path: &PathBuf| path.file_name().is_some_and(|name| FILES.iter().any(|file| name == *file));
    if is_draw(&dir.to_owned()) || (draws.is_empty() && entries.iter().any(remains)) {
        return Ok(vec![dir.to_owned()]);
    }
    if !draws.is_empty() {
        return Ok(draws);
    }
    Err(Problem::new(
        Kind::Unreadable,
        said!("这里没有抽取记录（没有 {COMMIT}）", "there is no draw here (no {COMMIT})"),
        said!(
            "给出一次抽取的公开文件夹，例如 public/2026-001",
            "name a draw's public folder, such as public/2026-001"
        ),
    )
    .at(dir.display().to_string()))
}

fn report(folder: &Path, args: &VerifyArgs, log: Option<&Archive>) -> Outcome<Report> {
    let files = folder_of(folder)?;
    let named = args.previous.as_deref().map(read).transpose()?;
    let commit = files.get(COMMIT).and_then(|bytes| Commit::read(bytes).ok());
    let predecessor = named.or_else(|| neighbour(folder, &commit?));
    let beside = folder.canonicalize().ok().and_then(|folder| Some(folder.parent()?.join(VERIFIER)));
    let verifier = beside.filter(|path| path.is_dir()).map(|path| verifier_files(&path)).transpose()?;
    let known = Known {
        commitment: args.commitment,
        predecessor: predecessor.as_deref(),
        log,
        verifier: verifier.as_ref(),
    };
    Ok(verify(&files, &known))
}

/// The log that is named, else the one beside the draw's folder, if there is one.
fn log_beside(folder: &Path, named: Option<&Path>) -> Outcome<Option<Archive>> {
    let beside = || Some(folder.canonicalize().ok()?.parent()?.join(LOG));
    let Some(place) = named.map(Path::to_owned).or_else(beside) else { return Ok(None) };
    let files = log_files(&place)?;
    match (files.is_empty(), named) {
        (false, _) => Ok(Some(Archive::new(&files))),
        (true, None) => Ok(None),
        (true, Some(_)) => Err(Problem::new(
            Kind::Unreadable,
            said!("这里没有日志", "there is no log here"),
            said!("给出公开文件夹里的 log", "name the folder log of the public folder"),
        )
        .at(place.display().to_string())),
    }
}

fn show(folder: &Path, report: &Report, console: &Console) {
    let shown = folder.display();
    let draw = report.draw.as_ref().map_or_else(String::new, |draw| format!("{draw} · "));
    console.heading(said!("核验 {draw}{shown}", "Verifying {draw}{shown}"));
    show_rows(&report.checks, console);
    opening(report).into_iter().for_each(|said| console.say(said));
    show_verdict(&report.checks, report.verdict, report.void, console);
}

/// The checks, one a line, and the verdict.
pub fn show_checks(checks: &[Check], verdict: Verdict, console: &Console) {
    show_rows(checks, console);
    show_verdict(checks, verdict, false, console);
}

/// One line a check.
pub fn show_rows(checks: &[Check], console: &Console) {
    for check in checks {
        let mark = match (check.status, console.lang) {
            (Status::Pass, Lang::Zh) => "✓ 通过　",
            (Status::Fail, Lang::Zh) => "✗ 不通过",
            (Status::NotRun, Lang::Zh) => "– 未执行",
            (Status::Pass, Lang::En) => "✓ pass   ",
            (Status::Fail, Lang::En) => "✗ FAIL   ",
            (Status::NotRun, Lang::En) => "– not run",
        };
        let (title, evidence) = (&check.title, &check.evidence);
        let (zh, zh_evidence, en, en_evidence) = (&title.zh, &evidence.zh, &title.en, &evidence.en);
        let (id, name) = (check.id, check.name);
        console.say(said!(
            "{mark} {id} {name:<14} {zh}：{zh_evidence}",
            "{mark} {id} {name:<14} {en}: {en_evidence}"
        ));
    }
}

fn show_verdict(checks: &[Check], verdict: Verdict, void: bool, console: &Console) {
    let count = |status: Status| checks.iter().filter(|check| check.status == status).count();
    let (pass, fail, not_run) = (count(Status::Pass), count(Status::Fail), count(Status::NotRun));
    let verdict = match verdict {
        Verdict::Verified if void => {
            said!("核验通过，本次已作废，没有抽取", "VERIFIED as void, nothing was drawn")
        }
        Verdict::Verified => said!("核验通过", "VERIFIED"),
        Verdict::Failed => said!("核验不通过", "FAILED"),
        Verdict::Incomplete => said!("到目前为止无误，但尚不完整", "INCOMPLETE, nothing wrong so far"),
    };
    let said = verdict.to(console.lang);
    console.say(said!(
        "结论：{said}（通过 {pass}，不通过 {fail}，未执行 {not_run}）",
        "Verdict: {said} ({pass} passed, {fail} failed, {not_run} not run)"
    ));
}

/// Whether the days of its opening have passed by the clock of this machine.
fn is_overdue(report: &Report) -> bool {
    matches!(report.opening, Opening::Awaited { due } if clock::now().date_in_china() > due)
}

/// What is late about the opening of a sealed draw.
fn opening(report: &Report) -> Option<Said> {
    match report.opening {
        Opening::Late { due, day } => Some(said!(
            "逾期公开（LATE-OPEN）：结果应在 {due} 之前公开，{day} 才公开",
            "LATE-OPEN: the result was due by {due} and was opened on {day}"
        )),
        Opening::Awaited { due } if is_overdue(report) => Some(said!(
            "逾期未公开：结果应在 {due} 之前公开，至今没有；有托管的，保管人可用 yaohao recover 打开",
            "NOT OPENED: the result was due by {due} and is still sealed; with an escrow its custodians can open it: yaohao recover"
        )),
        Opening::Awaited { due } => {
            Some(said!("结果密封，{due} 之前公开", "The result is sealed; it is due by {due}"))
        }
        Opening::None | Opening::InTime { .. } => None,
    }
}

fn view(folder: &Path, report: &Report, console: &Console) -> Value {
    let checks = report.checks.iter().map(|check| view_check(check, console));
    json!({
        "folder": folder.display().to_string(),
        "draw": report.draw.as_ref().map(ToString::to_string),
        "commitment": report.commitment.map(|digest| digest.to_string()),
        "verdict": report.verdict.key(),
        "void": report.void,
        "opened_late": matches!(report.opening, Opening::Late { .. }),
        "opening_overdue": is_overdue(report),
        "checks": checks.collect::<Vec<_>>(),
    })
}

/// A check as a program reads it.
pub fn view_check(check: &Check, console: &Console) -> Value {
    json!({
        "id": check.id, "name": check.name, "status": check.status.key(),
        "title": console.text(&check.title), "evidence": console.text(&check.evidence),
    })
}
