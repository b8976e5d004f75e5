//! Cosignatures that witnesses hand in: whose they are, and where they go.

use crate::cli::console::Console;
use crate::lang::Said;
use crate::log::Signed;
use crate::note::{LogPolicy, SignatureLine};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::{Ledger, read};
use std::path::PathBuf;

/// A file that a witness handed in.
pub struct Handed {
    shown: String,
    signed: Signed,
}

/// Reads the files.
pub fn load(paths: &[PathBuf]) -> Outcome<Vec<Handed>> {
    let one = |path: &PathBuf| {
        let shown = path.display().to_string();
        let signed = Signed::read(&read(path)?).map_err(|error| {
            let Said { zh, en } = error.said();
            Problem::new(
                Kind::Unreadable,
                said!("这不是签了名的检查点：{zh}", "this is no signed checkpoint: {en}"),
                said!(
                    "请见证方重新交来 .cosigned 文件，不要改动",
                    "ask the witness for the .cosigned file again, unchanged"
                ),
            )
            .at(shown.clone())
        })?;
        Ok(Handed { shown, signed })
    };
    paths.iter().map(one).collect()
}

/// Whether all of them are of checkpoints that this log has signed and still knows.
///
/// # Errors
/// [`Kind::State`] if one is larger than the log, or of another root: then this
/// office was restored from an old backup, or the key has signed two histories.
pub fn are_of(ledger: &Ledger, handed: &[Handed]) -> Outcome<()> {
    for Handed { shown, signed } in handed {
        let theirs = &signed.checkpoint;
        if theirs.origin != ledger.head.origin {
            let (origin, ours) = (&theirs.origin, &ledger.head.origin);
            return Err(Problem::new(
                Kind::State,
                said!(
                    "这是日志 {origin} 的检查点，不是 {ours} 的",
                    "this is a checkpoint of {origin}, not of {ours}"
                ),
                said!("核对文件", "check the file"),
            )
            .at(shown.clone()));
        }
        let known = ledger.checkpoints.iter().any(|ours| ours.checkpoint == *theirs);
        // Signed, cut short and about to be published again.
        if !known && *theirs != ledger.head {
            let (size, ours) = (theirs.size, ledger.head.size);
            return Err(Problem::new(
                Kind::State,
                said!(
                    "见证方签的检查点有 {size} 条，本机关的日志（{ours} 条）里没有它：日志是从旧备份恢复的，或被改动过",
                    "the witness signed for {size} entries, and this log of {ours} has no such checkpoint: it was restored from an old backup, or changed"
                ),
                said!(
                    "从最近的备份恢复 public/log 和 private/log-state.txt；保存好这份文件",
                    "restore public/log and private/log-state.txt from the latest backup, and keep this file"
                ),
            )
            .at(shown.clone()));
        }
    }
    Ok(())
}

/// Adds every line of a witness of the policy that verifies; how many were new.
pub fn add(ledger: &mut Ledger, policy: &LogPolicy, handed: &[Handed], console: &Console) -> Outcome<usize> {
    let mut added = 0;
    for Handed { shown, signed } in handed {
        let (size, text) = (signed.checkpoint.size, signed.note.text());
        let mut lines: Vec<SignatureLine> = Vec::new();
        for line in signed.note.signatures() {
            let Some(witness) = policy.witnesses().iter().find(|witness| witness.key.owns(line)) else {
                continue;
            };
            if witness.key.verify_line(text, line).is_none() {
                return Err(false_one(&witness.name).at(shown.clone()));
            }
            lines.push(line.clone());
        }
        if lines.is_empty() {
            console.say(said!(
                "{shown}：没有日志规则所列见证方的签名，未采用",
                "{shown}: no signature of a witness of the log policy, not used"
            ));
        }
        let new = ledger.cosign(size, &lines)?;
        added += new;
        let Said { zh, en } = Said::list(lines.iter().map(|line| &line.name));
        if new > 0 {
            console.say(said!(
                "见证：{zh} 对 {size} 条的签名已加上",
                "Witnesses: added {en} for {size} entries"
            ));
        }
    }
    Ok(added)
}

fn false_one(name: &str) -> Problem {
    Problem::new(
        Kind::Unsigned,
        said!(
            "{name} 的签名是假的，或文件被改动过",
            "the signature of {name} is false, or the file was changed"
        ),
        said!(
            "请见证方重新交来原文件；什么都没有加上",
            "ask the witness for the original file; nothing was added"
        ),
    )
}
