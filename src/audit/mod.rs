//! Is the whole history right? Bytes of an office's public folder and a moment go in,
//! a report of numbered checks comes out: numbers without gaps, one history and no
//! other, deadlines kept, the log and its witnesses, and what `verify` says of each
//! draw. Numbers and names are permanent, as in docs/spec/audit.md.

mod case;
mod checkpoints;
mod deadlines;
mod entries;
mod histories;
mod keys;
mod names;
mod numbers;
mod report;
mod results;
mod roster;
mod state;
mod trail;
mod voids;

pub use report::{Check, Finding, Place, Report, Row};
pub use state::State;

use crate::lang::Said;
use crate::log::{Archive, Signed};
use crate::note::LogPolicy;
use crate::said;
use crate::time::Moment;
use crate::verify::{Folder, Known, Status, Verdict, verify};
use case::Case;
use rayon::prelude::*;
use results::Shelf;
use std::collections::BTreeMap;
use trail::Trail;

/// What an office has published, read into memory.
#[derive(Debug, Clone, Default)]
pub struct Public {
    /// The folders of draws, by name: those for which [`is_draw`] holds.
    pub draws: BTreeMap<String, Folder>,
    /// The files of the log, by their paths below its folder; empty if there is none.
    pub log: BTreeMap<String, Vec<u8>>,
    /// The files of the folder `results`, by name; a folder in it as `<name>/`.
    pub results: BTreeMap<String, Vec<u8>>,
    /// The files of the folder `verifier`, if there is one.
    pub verifier: Option<BTreeMap<String, Vec<u8>>>,
}

/// What the auditor brings.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// When it is: deadlines before it have passed.
    pub now: Moment,
    /// The log policy that the auditor trusts, instead of the one published.
    pub policy: Option<&'a LogPolicy>,
    /// Checkpoints of the log that were seen elsewhere, by the names of their files.
    pub seen: &'a [(String, Signed)],
}

/// Whether a folder holds a draw, even one that has lost its commitment.
pub fn is_draw(folder: &Folder) -> bool {
    folder.0.keys().any(|name| crate::record::FILES.contains(&name.as_str()))
}

/// What all checks look at.
struct Ground<'a> {
    given: &'a Given<'a>,
    /// The latest moment known: the auditor's, or a later one that witnesses signed.
    now: Moment,
    /// The draws, in the order of their numbers.
    cases: Vec<Case<'a>>,
    /// The published lists of results.
    shelf: Shelf<'a>,
    /// The log, if there is one.
    trail: Option<Trail<'a>>,
}

/// What a check returns.
enum Examined {
    /// There is nothing to look at.
    NotRun(Said),
    /// What was looked at, and what was found.
    Done(Said, Vec<Finding>),
}

type Examine = fn(&Ground<'_>) -> Examined;

/// Number, name, question in Chinese, question in English, and the check itself.
const CHECKS: &[(&str, &str, &str, &str, Examine)] = &[
    ("A01", "log-files", "日志文件齐全", "the files are those of a log", checkpoints::files),
    ("A02", "log-policies", "日志规则前后有据", "the log policies are those put into force", keys::policies),
    (
        "A03",
        "checkpoints",
        "检查点都已签名、前后一致",
        "the checkpoints are signed and consistent",
        checkpoints::checkpoints,
    ),
    ("A04", "tiles", "瓦片由条目算出", "the tiles are what the entries make them", checkpoints::tiles),
    ("A05", "entries", "条目可读、不重复", "every entry reads and is there once", entries::entries),
    ("A06", "logged", "文件与条目一一相符", "documents and entries agree", entries::logged),
    (
        "A07",
        "log-order",
        "条目的次序就是文件的次序",
        "entries stand in the order of documents",
        entries::order,
    ),
    ("A08", "witnesses", "见证方的签名", "the cosignatures of the witnesses", checkpoints::witnesses),
    (
        "A09",
        "key-changes",
        "换钥经过应有的签名",
        "changes of keys are signed by whom it takes",
        keys::changes,
    ),
    ("A10", "numbers", "编号没有空缺", "the numbers have no gaps", numbers::numbers),
    ("A11", "predecessors", "每次抽取承接上一次", "every draw names the one before", numbers::predecessors),
    ("A12", "histories", "只有一段历史", "there is one history and no other", histories::histories),
    ("A13", "closings", "都按期办结", "every draw was closed in time", deadlines::closings),
    ("A14", "openings", "密封的都按期公开", "every sealed draw was opened in time", deadlines::openings),
    ("A15", "voids", "作废的有交代、有移交", "voids are accounted for", voids::voids),
    ("A16", "roster", "名录变动", "how the register changed", roster::roster),
    ("A17", "verified", "每次抽取核验无误", "no check of a draw fails", verified),
    ("A18", "results", "公示的检查结果", "the published results", results::results),
];

/// Audits everything.
pub fn audit(public: &Public, given: &Given<'_>) -> Report {
    let mut cases: Vec<Case<'_>> =
        public.draws.iter().map(|(name, folder)| Case::new(name, folder)).collect();
    cases.sort_by(|a, b| (&a.number, a.name).cmp(&(&b.number, b.name)));
    let trail = Trail::read(public, given);
    let archive = trail.as_ref().map(|trail| Archive::new(trail.files));
    let seen = trail.as_ref().and_then(Trail::latest);
    let now = seen.map_or(given.now, |seen| seen.max(given.now));
    let shelf = Shelf::new(&public.results);
    let mut ground = Ground { given, now, cases, shelf, trail };
    let judge = |case| {
        let predecessor = numbers::predecessor(&ground.cases, case);
        let verifier = public.verifier.as_ref();
        verify(case.folder, &Known { commitment: None, predecessor, log: archive.as_ref(), verifier })
    };
    let reports: Vec<crate::verify::Report> = ground.cases.par_iter().map(judge).collect();
    ground.cases.iter_mut().zip(reports).for_each(|(case, report)| case.report = Some(report));
    let checks: Vec<Check> = CHECKS.iter().map(|check| run(check, &ground)).collect();
    let folders = ground.cases.iter().map(|case| case.name.to_owned()).collect();
    Report { now: ground.now, folders, rows: report::rows(&ground, &checks), checks }
}

fn run(
    (id, name, zh, en, examine): &(&'static str, &'static str, &str, &str, Examine),
    ground: &Ground<'_>,
) -> Check {
    let (status, evidence, findings) = match examine(ground) {
        Examined::NotRun(evidence) => (Status::NotRun, evidence, Vec::new()),
        Examined::Done(evidence, findings) => {
            let fails = findings.iter().any(|finding| finding.fault);
            (if fails { Status::Fail } else { Status::Pass }, evidence, findings)
        }
    };
    Check { id, name, title: said!("{zh}", "{en}"), status, evidence, findings }
}

/// A17: the verdict of `verify` on every draw.
fn verified(ground: &Ground<'_>) -> Examined {
    let (mut findings, mut whole) = (Vec::new(), 0);
    for (index, case) in ground.cases.iter().enumerate() {
        let Some(report) = &case.report else { continue };
        whole += usize::from(report.verdict == Verdict::Verified);
        if report.verdict != Verdict::Failed {
            continue;
        }
        for check in report.checks.iter().filter(|check| check.status == Status::Fail) {
            let (id, name, Said { zh, en }) = (check.id, check.name, &check.evidence);
            findings
                .push(Finding::fault(Place::Draw(index), said!("{id} {name}：{zh}", "{id} {name}: {en}")));
        }
    }
    let count = ground.cases.len();
    let evidence =
        said!("{count} 次中 {whole} 次已完整核验通过", "{whole} of {count} draws are verified in full");
    if count == 0 {
        Examined::NotRun(said!("没有抽取", "there is no draw"))
    } else {
        Examined::Done(evidence, findings)
    }
}
