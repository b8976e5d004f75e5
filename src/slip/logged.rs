//! S07 to S09: the record in a public log, signed by the log and its witnesses.

use super::check::Asked;
use super::text::{Logged, Slip, Team};
use crate::digest::Digest;
use crate::lang::Said;
use crate::log::{Entry, Inclusion as Path, Subject};
use crate::merkle;
use crate::note::{Checkpoint, Judgement, LogPolicy, Quorum};
use crate::record::{self, ReplaceFile, Sealed};
use crate::said;
use crate::verify::{Stop, Verified, ensure};

/// What the slip says of a log.
fn logged<'a>(slip: &'a Slip, asked: &Asked<'_>) -> Result<&'a Logged, Stop> {
    match (&slip.logged, asked.policy) {
        (Some(logged), _) => Ok(logged),
        // Whoever leaves the proof out must not be better off than whoever forges it.
        (None, Some(_)) => {
            Err(Stop::Fail(said!("告知单没有日志证明", "the slip proves nothing about the log")))
        }
        (None, None) => Err(Stop::NotRun(said!("告知单没有日志证明", "the slip proves nothing about a log"))),
    }
}

/// What the policy makes of the checkpoint.
fn judged(slip: &Slip, asked: &Asked<'_>) -> Result<(Judgement, Checkpoint), Stop> {
    let logged = logged(slip, asked)?;
    let policy = asked.policy.ok_or_else(|| {
        Stop::NotRun(said!("未给出日志规则（--log-policy）", "no log policy was given (--log-policy)"))
    })?;
    Ok((policy.judge(&logged.note), checkpoint(logged)))
}

fn checkpoint(logged: &Logged) -> Checkpoint {
    Checkpoint::read(logged.note.text()).expect("a slip is read with its checkpoint")
}

/// Entries that the log must have for the slip: the record, and the late change. The
/// hash of a file in the log is SHA-256 in both suites.
pub(super) fn entries(slip: &Slip) -> Vec<Entry> {
    let entry = |file: String, hash: Digest| Entry {
        subject: Subject::Draw(slip.record.link.draw.clone()),
        file,
        hash,
    };
    let record = Digest::of(&[slip.record.text().as_bytes()]);
    let mut entries = vec![entry(record::RECORD.to_owned(), record)];
    if let (Team::Replaced(number, _), Some(hash)) = (&slip.team, slip.change()) {
        entries.push(entry(ReplaceFile::Result.name(*number), hash));
    }
    entries
}

/// S07: the entries of the record and of the late change lead to the root of the
/// checkpoint.
pub(super) fn inclusion(slip: &Slip, asked: &Asked<'_>) -> Verified {
    let logged = logged(slip, asked)?;
    let Checkpoint { origin, size, root } = checkpoint(logged);
    let tree = Sealed { root, count: size };
    let mut paths = std::iter::once(&logged.record).chain(&logged.change);
    let mut numbers = Vec::new();
    for entry in entries(slip) {
        let leaf = merkle::leaf(slip.suite, entry.text().as_bytes());
        let path = paths.next().filter(|path| path.leads(slip.suite, leaf, &tree));
        let file = &entry.file;
        let Some(Path { index, .. }) = path else {
            return Err(Stop::Fail(said!("{file} 不在这个日志里", "{file} is not in this log")));
        };
        numbers.push(*index);
    }
    let Said { zh, en } = Said::list(numbers);
    Ok(said!(
        "日志 {origin} 共 {size} 条，第 {zh} 条（从 0 数）",
        "log {origin} of {size} entries, number {en} (from 0)"
    ))
}

/// S08: the log has signed the checkpoint, and there is no signature that says nothing.
pub(super) fn signature(slip: &Slip, asked: &Asked<'_>) -> Verified {
    let (judgement, checkpoint) = judged(slip, asked)?;
    let Said { zh, en } = Said::list(&judgement.forged);
    ensure(judgement.forged.is_empty(), || said!("{zh} 的签名是假的", "a false signature of {en}"))?;
    let origin = checkpoint.origin;
    ensure(judgement.log_signed, || {
        said!(
            "{origin} 不是日志规则所列的日志，或没有签名",
            "{origin} is not a log of the policy, or has not signed"
        )
    })?;
    let unknown =
        slip.logged.as_ref().zip(asked.policy).and_then(|(logged, policy)| stranger(logged, policy));
    if let Some(name) = unknown {
        return Err(Stop::Fail(said!(
            "签名人 {name} 不在日志规则里",
            "the policy knows no signer {name} with this key"
        )));
    }
    Ok(said!("{origin}", "{origin}"))
}

/// A signer that is neither a log nor a witness of the policy. Elsewhere such lines
/// are passed over; a slip has none, so that no byte of it goes unchecked.
fn stranger<'a>(logged: &'a Logged, policy: &LogPolicy) -> Option<&'a str> {
    let keys = || policy.logs().iter().chain(policy.witnesses()).map(|named| &named.key);
    let line = logged.note.signatures().iter().find(|line| !keys().any(|key| key.owns(line)))?;
    Some(&line.name)
}

/// S09: enough witnesses have cosigned.
pub(super) fn witnesses(slip: &Slip, asked: &Asked<'_>) -> Verified {
    let (judgement, _) = judged(slip, asked)?;
    let Said { zh, en } = Said::list(judgement.witnesses.iter().map(|vouched| &vouched.name));
    match judgement.quorum {
        Quorum::Missing => Err(Stop::Fail(said!(
            "见证方不足：只有 {} 方",
            "too few witnesses: only {} have cosigned",
            judgement.witnesses.len()
        ))),
        Quorum::NotAsked => Ok(said!("日志规则不要求见证", "the policy asks for no witness")),
        Quorum::Reached(time) => {
            let time = time.by_clocks_of_china();
            Ok(said!("{zh}，{time} 起足数", "{en}, enough since {time} (UTC+8)"))
        }
    }
}
