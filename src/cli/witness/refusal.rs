//! Why a witness does not sign, and the evidence it leaves.

use super::plain;
use crate::lang::Said;
use crate::log::{Signed, Unsound};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::{Audience, WitnessState, replace};
use crate::text::TextError;
use std::path::{Path, PathBuf};

/// The two checkpoints that convict a log: the one remembered and the one shown.
pub struct Evidence<'a> {
    pub remembered: Option<&'a WitnessState>,
    pub shown: &'a Signed,
    pub out: &'a Path,
}

impl Evidence<'_> {
    /// Writes both checkpoints, each a signed note that anybody can verify.
    fn keep(&self) -> Outcome<Said> {
        let Some(state) = self.remembered else { return Ok(said!("", "")) };
        let origin = plain(state.log.name());
        let remembered = state.note().map_err(|error| wrong_policy(&error))?;
        let mut files: Vec<PathBuf> = Vec::new();
        for (which, signed) in [("remembered", &remembered), ("shown", self.shown)] {
            let size = signed.checkpoint.size;
            let file = self.out.join(format!("evidence-{origin}-{which}-{size}.note"));
            replace(&file, signed.note.to_string().as_bytes(), Audience::Public)?;
            files.push(file);
        }
        let Said { zh, en } = Said::list(files.iter().map(|file| file.display()));
        Ok(said!("证据已写入 {zh}", "the evidence is in {en}"))
    }

    /// The log is smaller than what was vouched for.
    pub fn rolled_back(&self, size: u64, now: u64) -> Outcome<Problem> {
        let what = said!(
            "日志倒退：上次见证时有 {size} 条，现在只有 {now} 条",
            "the log went back: it had {size} entries when it was last witnessed, now it has {now}"
        );
        self.convict(Kind::RolledBack, &what)
    }

    /// The entries vouched for are no longer those of the log.
    pub fn forked(&self, size: u64) -> Outcome<Problem> {
        let what = said!(
            "日志分叉：上次见证过的 {size} 条已不是现在日志的前 {size} 条",
            "the log has forked: the {size} entries vouched for are not the first {size} of it any more"
        );
        self.convict(Kind::Forked, &what)
    }

    fn convict(&self, kind: Kind, what: &Said) -> Outcome<Problem> {
        let (kept, Said { zh, en }) = (self.keep()?, what);
        let (zh_kept, en_kept) = (kept.zh, kept.en);
        Ok(Problem::new(
            kind,
            said!("没有签名。{zh}；{zh_kept}", "Nothing was signed. {en}; {en_kept}"),
            said!(
                "向抽查机关索取最新的公开文件夹再试一次；仍是这样，就把证据交给上级和其他见证方",
                "ask the office for the latest public folder and try again; if it stays so, give the evidence to the superior office and the other witnesses"
            ),
        ))
    }

    /// What is published does not hold together.
    pub fn unsound(&self, unsound: &Unsound) -> Problem {
        match (unsound, self.keep()) {
            (Unsound::Forked(_), Ok(kept)) => {
                let problem = damaged(unsound);
                let (Said { zh, en }, zh_kept, en_kept) = (problem.what.clone(), kept.zh, kept.en);
                Problem { what: said!("{zh}；{zh_kept}", "{en}; {en_kept}"), ..problem }
            }
            _ => damaged(unsound),
        }
    }
}

/// A log that cannot be vouched for.
pub fn damaged(unsound: &Unsound) -> Problem {
    let Said { zh, en } = unsound.said();
    let kind = match unsound {
        Unsound::Unsigned | Unsound::Forged(..) => Kind::Unsigned,
        Unsound::Forked(_) => Kind::Forked,
        Unsound::Entry(..) => Kind::WrongEntry,
        _ => Kind::Unreadable,
    };
    Problem::new(
        kind,
        said!("没有签名。{zh}", "Nothing was signed. {en}"),
        said!(
            "重新取得公开文件夹；日志换了密钥时，用 --log-policy 指明核对过的新日志规则",
            "get the public folder again; if the log's key was changed, name the new log policy, once compared, with --log-policy"
        ),
    )
}

pub fn wrong_policy(error: &TextError) -> Problem {
    let Said { zh, en } = error.said();
    Problem::new(
        Kind::Policy,
        said!("日志规则读不懂：{zh}", "the log policy cannot be read: {en}"),
        said!("重新取得公开文件夹", "get the public folder again"),
    )
}

pub fn no_log(place: &Path) -> Problem {
    Problem::new(
        Kind::Unreadable,
        said!("这里没有日志", "there is no log here"),
        said!(
            "给出抽查机关的公开文件夹，其中有 log 文件夹",
            "name the office's public folder, which holds the folder log"
        ),
    )
    .at(place.display().to_string())
}

/// The policy names no log of that name.
pub fn unnamed(origin: &str) -> Problem {
    Problem::new(
        Kind::Unsigned,
        said!(
            "没有签名。日志规则里没有叫 {origin} 的日志",
            "Nothing was signed. The log policy names no log {origin}"
        ),
        said!(
            "核对日志规则和登记文件是不是这个日志的",
            "check that log policy and state file are of this log"
        ),
    )
}
