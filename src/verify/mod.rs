//! Is a published draw right? Bytes of a public folder go in, a report of
//! numbered checks comes out. The numbers and names are permanent and the same
//! in docs/spec/verify.md and in every other implementation.

mod agreement;
mod binding;
mod escrow;
mod fit;
mod folder;
mod loaded;
mod logged;
mod margins;
mod odds;
mod order;
mod pairing;
mod replacement;
mod schedule;
mod selection;
mod void;
mod verifier;

pub(crate) use agreement::disagreement;
pub(crate) use binding::is_announced;
pub(crate) use fit::Fit;
pub use folder::Folder;
pub(crate) use folder::mismatch;
pub(crate) use loaded::Loaded;
pub(crate) use pairing::lineups;
pub(crate) use replacement::{Change, Ground, Replay, listed};
pub(crate) use schedule::question as schedule_question;
pub(crate) use void::{demanded, handed_on, is_computable};

use crate::digest::Digest;
use crate::ids::DrawId;
use crate::lang::Said;
use crate::log::Archive;
use crate::record::{Commit, Void};
use crate::said;
use crate::time::Date;
use crate::vocabulary;
use std::collections::BTreeMap;

vocabulary! {
    /// How a check ended.
    Status {
        /// The check holds.
        Pass = "pass", "通过";
        /// The check does not hold.
        Fail = "fail", "不通过";
        /// What the check needs is not there, or not readable.
        NotRun = "not-run", "未执行";
    }
}

vocabulary! {
    /// The verdict on a draw.
    Verdict {
        /// Closed, opened, and every check that applies holds.
        Verified = "verified", "核验通过";
        /// Some check does not hold.
        Failed = "failed", "核验不通过";
        /// Nothing is wrong so far, but not everything has been published.
        Incomplete = "incomplete", "尚不完整";
    }
}

/// One check with its result and evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Permanent number, such as `V15`.
    pub id: &'static str,
    /// Permanent name, such as `selection`.
    pub name: &'static str,
    /// What it asks, for people.
    pub title: Said,
    /// How it ended.
    pub status: Status,
    /// What was found.
    pub evidence: Said,
}

/// Everything that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The draw, as far as its commitment can be read.
    pub draw: Option<DrawId>,
    /// Hash of the commitment, to compare with what was announced.
    pub commitment: Option<Digest>,
    /// All checks, in order.
    pub checks: Vec<Check>,
    /// The verdict.
    pub verdict: Verdict,
    /// Whether the draw was given up, so that there is no result.
    pub void: bool,
    /// Whether and when a sealed result was opened.
    pub opening: Opening,
}

/// Whether and when the result of a sealed draw was opened. Days are of the
/// civil calendar of China (UTC+8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// Nothing is sealed: the draw is open, void, or has no record.
    None,
    /// It is sealed; after `due` it is overdue, which only a clock can tell.
    Awaited {
        /// Last day to open it.
        due: Date,
    },
    /// Opened by the last day.
    InTime {
        /// When.
        day: Date,
    },
    /// Opened after the last day: LATE-OPEN (V12).
    Late {
        /// Last day to open it.
        due: Date,
        /// When it was opened.
        day: Date,
    },
}

/// What the verifier knows from elsewhere.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// The commitment's hash as announced before the draw.
    pub commitment: Option<Digest>,
    /// Closing document of the draw before, record.txt or void.txt.
    pub predecessor: Option<&'a [u8]>,
    /// The office's log.
    pub log: Option<&'a Archive>,
    /// The files of the office's folder `verifier`, by name.
    pub verifier: Option<&'a BTreeMap<String, Vec<u8>>>,
}

/// Why a check did not pass.
#[derive(Clone)]
pub(crate) enum Stop {
    Fail(Said),
    NotRun(Said),
}

/// What a check returns: evidence, or why it did not pass.
pub(crate) type Verified = Result<Said, Stop>;

/// Fails the check unless `holds`.
pub(crate) fn ensure(holds: bool, evidence: impl FnOnce() -> Said) -> Result<(), Stop> {
    if holds { Ok(()) } else { Err(Stop::Fail(evidence())) }
}

type Run = fn(&Loaded<'_>) -> Verified;

/// Number, name, question in Chinese, question in English, and the check itself.
const CHECKS: &[(&str, &str, &str, &str, Run)] = &[
    ("V01", "files", "文件齐全，没有多余", "the files are those of a draw", folder::files),
    ("V02", "texts", "文本格式唯一", "every text is in its one form", folder::texts),
    ("V03", "sums", "文件校验值一致", "the SHA-256 lists agree", folder::sums_agree),
    ("V04", "commitment", "与事先公布的承诺一致", "it is the commitment announced", binding::commitment),
    ("V05", "predecessor", "承接上一次抽取", "it follows the draw before", binding::predecessor),
    ("V06", "policy", "抽查方案未改动", "the policy is the one committed", binding::policy),
    ("V07", "items", "抽查事项未改动", "the items are those committed", binding::items),
    ("V08", "units", "检查对象名录未改动", "the units are those committed", binding::units),
    ("V09", "inspectors", "检查人员名录未改动", "the inspectors are those committed", binding::inspectors),
    ("V10", "strata", "分层与排除计数一致", "strata and exclusions are counted right", selection::strata),
    ("V11", "quotas", "抽取数量计算无误", "quotas follow from the pools", selection::quotas),
    ("V12", "order", "各文件先后相接、未逾期", "the documents follow each other in time", order::order),
    ("V13", "beacons", "公开随机事件符合承诺", "the public events are those demanded", order::beacons),
    ("V14", "nonces", "各方随机数与承诺相符", "the nonces open their commitments", order::nonces),
    ("V15", "selection", "中签单位重算一致", "the drawn units follow from the seed", selection::selection),
    ("V16", "dockets", "可选人员名单与承诺相符", "the dockets open their commitments", pairing::dockets),
    ("V17", "teams", "检查组与抽取结果相符", "the teams open their commitments", pairing::teams),
    ("V18", "teams-lawful", "每组人员合规、不超次数", "every team is lawful", pairing::lawful),
    (
        "V19",
        "teams-cheapest",
        "按公布的价格，每组都是代价最小的一组",
        "every team is the cheapest",
        pairing::cheapest,
    ),
    (
        "V20",
        "prices",
        "价格与工作量相符且最小",
        "the prices fit the loads and are the least",
        pairing::prices,
    ),
    ("V21", "record", "记录绑定以上结果", "the record binds these results", order::record),
    ("V22", "odds", "可预测程度符合方案", "teams are no more predictable than allowed", odds::odds),
    (
        "V23",
        "replacements",
        "抽取后换人符合规则",
        "whoever was replaced was replaced by the rule",
        replacement::replacements,
    ),
    ("V24", "leads", "主办次数尽量均衡", "leads are as even as the teams allow", pairing::leads),
    (
        "V25",
        "escrow",
        "随机数托管可核验",
        "the office's nonce is in escrow as the policy says",
        escrow::escrow,
    ),
    (
        "V26",
        "carried",
        "作废的抽取抽中的单位都已带入",
        "what a voided draw drew is carried over",
        void::carried,
    ),
    ("V27", "margins", "公开随机事件的时间合规", "the public events come at their times", margins::margins),
    (
        "V28",
        "logged",
        "各文件已入日志、经见证",
        "the documents are in the log, and witnessed",
        logged::logged,
    ),
    (
        "V29",
        "verifier",
        "核验程序与承诺一致",
        "the files for verifying are those committed",
        verifier::verifier,
    ),
    (
        "V30",
        "schedule",
        "检查日期重算一致",
        "the days of the visits follow from the seed",
        schedule::schedule,
    ),
];

/// Runs every check on a draw's public folder.
pub fn verify(folder: &Folder, known: &Known<'_>) -> Report {
    let loaded = Loaded::new(folder, known);
    let checks: Vec<Check> = CHECKS
        .iter()
        .map(|(id, name, zh, en, run)| {
            let (status, evidence) = match run(&loaded) {
                Ok(evidence) => (Status::Pass, evidence),
                Err(Stop::Fail(evidence)) => (Status::Fail, evidence),
                Err(Stop::NotRun(evidence)) => (Status::NotRun, evidence),
            };
            Check { id, name, title: said!("{zh}", "{en}"), status, evidence }
        })
        .collect();
    let verdict = verdict(&checks, loaded.void().ok());
    let commit = loaded.commit().ok();
    Report {
        draw: commit.map(|commit| commit.draw.clone()),
        commitment: commit.map(Commit::id),
        checks,
        verdict,
        void: loaded.is_void(),
        opening: order::opening(&loaded),
    }
}

/// What a verifier may not have been given, so that it is not held against a draw.
const OPTIONAL: &[&str] = &["V04", "V05", "V28", "V29"];
/// What a voided draw has nothing of; V15 only where it hands no units on.
const OF_A_RESULT: &[&str] =
    &["V13", "V14", "V15", "V16", "V17", "V18", "V19", "V20", "V21", "V24", "V27", "V30"];

fn verdict(checks: &[Check], void: Option<&Void>) -> Verdict {
    if checks.iter().any(|check| check.status == Status::Fail) {
        return Verdict::Failed;
    }
    let hands_on = void.is_some_and(|void| void.drawn.is_some());
    let excused = |id: &str| {
        OPTIONAL.contains(&id) || (void.is_some() && OF_A_RESULT.contains(&id) && !(hands_on && id == "V15"))
    };
    let complete = checks.iter().all(|check| check.status == Status::Pass || excused(check.id));
    if complete { Verdict::Verified } else { Verdict::Incomplete }
}
