//! `yaohao audit`: the whole history of an office, from its public folder alone.

mod show;

use super::args::AuditArgs;
use super::console::Console;
use crate::audit::{Given, Public, audit, is_draw};
use crate::clock;
use crate::lang::Said;
use crate::log::Signed;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::RESULTS;
use crate::said;
use crate::store::{
    LOG, VERIFIER, draw_folders, folder_of, log_files, read, result_files, trusted_log_policy, verifier_files,
};
use std::path::Path;

/// Audits the folder; the exit code says whether something is wrong.
pub fn run(args: &AuditArgs, console: &Console) -> Outcome<u8> {
    let public = public(&args.dir)?;
    let policy = args.log_policy.as_deref().map(trusted_log_policy).transpose()?;
    let seen = args.checkpoint.iter().map(|path| Ok((path.display().to_string(), checkpoint(path)?)));
    let seen = seen.collect::<Outcome<Vec<_>>>()?;
    let given = Given { now: args.at.unwrap_or_else(clock::now), policy: policy.as_ref(), seen: &seen };
    let report = audit(&public, &given);
    show::show(&report, console);
    console.data(|| show::view(&report, console));
    Ok(if report.is_clean() { 0 } else { Kind::Irregular.exit_code() })
}

/// What is published: the folders of draws and the log.
fn public(dir: &Path) -> Outcome<Public> {
    let verifier = dir.join(VERIFIER);
    let verifier = if verifier.is_dir() { Some(verifier_files(&verifier)?) } else { None };
    let (log, results) = (log_files(&dir.join(LOG))?, result_files(&dir.join(RESULTS))?);
    let mut public = Public { log, results, verifier, ..Public::default() };
    for name in draw_folders(dir)? {
        let folder = folder_of(&dir.join(&name))?;
        if is_draw(&folder) {
            public.draws.insert(name, folder);
        }
    }
    if !public.draws.is_empty() || !public.log.is_empty() {
        return Ok(public);
    }
    Err(Problem::new(
        Kind::Unreadable,
        said!("这里没有抽取，也没有日志", "there is neither a draw nor a log here"),
        said!(
            "给出抽查机关的公开文件夹，例如 office/public",
            "name an office's public folder, such as office/public"
        ),
    )
    .at(dir.display().to_string()))
}

/// A checkpoint that was seen elsewhere.
fn checkpoint(path: &Path) -> Outcome<Signed> {
    Signed::read(&read(path)?).map_err(|error| {
        let Said { zh, en } = error.said();
        Problem::new(
            Kind::Unreadable,
            said!("这不是签了名的检查点：{zh}", "this is no signed checkpoint: {en}"),
            said!(
                "给出别处保存的 checkpoint 或 .cosigned 文件",
                "name a checkpoint or .cosigned file kept elsewhere"
            ),
        )
        .at(path.display().to_string())
    })
}
