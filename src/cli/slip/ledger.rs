//! The office's log, as slips need it.

use crate::log::{LOG_POLICY, Published, Unsound, policy_named};
use crate::note::LogPolicy;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::Commit;
use crate::said;
use crate::slip::Slip;
use crate::store::{LOG, Office, log_files};
use std::collections::BTreeMap;

/// The files of the log, and the policies under which the draw may be proved: the one
/// it was committed under, and the one in force.
pub struct Log {
    files: BTreeMap<String, Vec<u8>>,
    policies: Vec<LogPolicy>,
}

impl Log {
    /// The log that the commitment names, if it names one.
    pub fn of(office: &Office, commit: &Commit) -> Outcome<Option<Log>> {
        let Some(hash) = commit.log else { return Ok(None) };
        let files = log_files(&office.path("public").join(LOG))?;
        let fetch = |path: &str| files.get(path).cloned();
        let committed = policy_named(&fetch, commit.suite, hash).map_err(|unsound| broken(&unsound))?;
        let current = files.get(LOG_POLICY).and_then(|bytes| LogPolicy::read(bytes).ok());
        let policies = [Some(committed), current].into_iter().flatten().collect();
        Ok(Some(Log { files, policies }))
    }

    /// Calls `work` with what proves a slip and gives the policy under which it holds.
    pub fn read<T>(&self, work: impl FnOnce(&dyn Fn(Slip) -> Outcome<(Slip, LogPolicy)>) -> T) -> Outcome<T> {
        let fetch = |path: &str| self.files.get(path).cloned();
        let read = |policy: &LogPolicy| Published::read(policy, &fetch).map(|log| (log, policy.clone()));
        let logs: Vec<Result<(Published<'_>, LogPolicy), Unsound>> = self.policies.iter().map(read).collect();
        if let Some(Err(unsound)) =
            logs.iter().find(|log| log.is_err()).filter(|_| logs.iter().all(Result::is_err))
        {
            return Err(broken(unsound));
        }
        let prove = |slip: Slip| {
            let mut refused = None;
            for (log, policy) in logs.iter().flatten() {
                match slip.clone().in_log(log, policy) {
                    Ok(slip) => return Ok((slip, policy.clone())),
                    Err(problem) => refused = refused.or(Some(problem)),
                }
            }
            Err(refused.unwrap_or_else(|| broken(&Unsound::Unsigned)))
        };
        Ok(work(&prove))
    }
}

fn broken(unsound: &Unsound) -> Problem {
    let crate::lang::Said { zh, en } = unsound.said();
    Problem::new(
        Kind::Unreadable,
        said!("公开的日志有问题：{zh}", "the published log is not sound: {en}"),
        said!(
            "先运行 yaohao verify；从备份恢复 public/log",
            "run yaohao verify; restore public/log from a backup"
        ),
    )
    .at("public/log")
}
