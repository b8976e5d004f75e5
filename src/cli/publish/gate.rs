//! Nothing is drawn before enough witnesses have seen the commitment: what they
//! vouched for, nobody can take back or replace once the dice have fallen.

use crate::digest::{Digest, Suite};
use crate::lang::Said;
use crate::log::{Fetch, Published, Unsound, documents, of_draw, policy_named};
use crate::note::LogPolicy;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{self, Commit};
use crate::said;
use crate::store::{DrawFolder, LOG, Office, log_files};

/// The log policy in force, with its hash, that a commitment is to name; `None`
/// without a log.
///
/// # Errors
/// [`Kind::State`] if the log has not begun.
pub fn named_policy(office: &Office, suite: Suite) -> Outcome<Option<Digest>> {
    if office.settings.log.is_none() {
        return Ok(None);
    }
    let files = log_files(&office.path("public").join(LOG))?;
    let begun = files.contains_key(crate::log::CHECKPOINT);
    let policy = files.get(crate::log::LOG_POLICY).filter(|_| begun).ok_or_else(|| {
        Problem::new(
            Kind::State,
            said!("日志还没有开始", "the log has not begun"),
            said!("先运行一次 yaohao publish，再承诺", "run yaohao publish once, then commit"),
        )
    })?;
    let hash = suite.digest(&[policy]);
    let fetch = |path: &str| files.get(path).cloned();
    let read = policy_named(&fetch, suite, hash).map_err(|unsound| unreadable(&unsound))?;
    let foreign = read.logs().iter().find(|log| crate::log::suite_of(&log.key) != suite);
    if let Some(log) = foreign {
        let (name, key) = (&log.name, suite.key());
        return Err(Problem::new(
            Kind::Policy,
            said!(
                "日志 {name} 的密钥不属于方案的算法套件 {key}",
                "the key of the log {name} is not of the policy's suite {key}"
            ),
            said!(
                "用 yaohao key new --suite {key} 生成日志的密钥",
                "make the log's key with yaohao key new --suite {key}"
            ),
        ));
    }
    Ok(Some(hash))
}

/// Whether the draw may go beyond its commitment.
///
/// # Errors
/// [`Kind::Obstacle`] as long as a log is kept, witnesses are asked for, and not
/// enough of them have seen the commitment.
pub fn witnessed(office: &Office, folder: &DrawFolder, commit: &Commit) -> Outcome<()> {
    let Some(hash) = commit.log else { return Ok(()) };
    let files = log_files(&office.path("public").join(LOG))?;
    let fetch = |path: &str| files.get(path).cloned();
    let policy = policy_named(&fetch, commit.suite, hash).map_err(|unsound| unreadable(&unsound))?;
    if policy.is_unwitnessed() {
        return Ok(());
    }
    let seen = is_seen(&fetch, &policy, folder).map_err(|unsound| unreadable(&unsound))?;
    if seen { Ok(()) } else { Err(unseen(office, &policy)) }
}

fn is_seen(fetch: Fetch<'_>, policy: &LogPolicy, folder: &DrawFolder) -> Result<bool, Unsound> {
    let published = Published::read(policy, fetch)?;
    let files = folder.files().unwrap_or_default();
    let commitment = documents(|name| files.get(name)).into_iter().find(|d| d.file == record::COMMIT);
    let entries = of_draw(&published.entries, &folder.id);
    let logged = entries.iter().find(|(_, entry)| {
        entry.file == record::COMMIT && commitment.as_ref().is_some_and(|d| d.hash == entry.hash)
    });
    Ok(logged.is_some_and(|(index, _)| published.vouched(policy, *index).is_reached()))
}

fn unreadable(unsound: &Unsound) -> Problem {
    let Said { zh, en } = unsound.said();
    Problem::new(
        Kind::State,
        said!("日志有问题：{zh}", "the log is not sound: {en}"),
        said!(
            "先运行 yaohao publish；还不行就从备份恢复 public/log",
            "run yaohao publish first; if that does not help, restore public/log from a backup"
        ),
    )
}

fn unseen(office: &Office, policy: &LogPolicy) -> Problem {
    let names = Said::list(policy.witnesses().iter().map(|witness| &witness.name));
    let (zh, en, public) = (names.zh, names.en, office.path("public"));
    let public = public.display();
    Problem::new(
        Kind::Obstacle,
        said!(
            "承诺还没有经过足够的见证方（{zh}）签名，不能抽取",
            "not enough witnesses ({en}) have signed for the commitment yet; nothing can be drawn"
        ),
        said!(
            "先运行 yaohao publish；把 {public} 交给见证方，请其运行 yaohao witness；用 yaohao publish --cosignature 录入交来的文件，再抽取",
            "run yaohao publish; hand {public} to the witnesses for yaohao witness; enter what they hand back with yaohao publish --cosignature, then draw"
        ),
    )
}
