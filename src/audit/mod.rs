//! Is the whole history right? Bytes of an office's public folder and a moment go in,
//! a report of numbered checks comes out: numbers without gaps, one history and no
//! other, deadlines kept, the log and its witnesses, and what `verify` says of each
//! draw. Numbers and names are permanent, as in docs/spec/audit.md.

mod case;
mod deadlines;
mod histories;
mod numbers;
mod report;
mod roster;
mod state;
mod voids;

pub use report::{Check, Finding, Place, Report, Row};
pub use state::State;

use crate::lang::Said;
use crate::log::Signed;
use crate::note::LogPolicy;
use crate::said;
use crate::time::Moment;
use crate::verify::{Folder, Known, Status, Verdict, verify};
use case::Case;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What an office has published, read into memory.
#[derive(Debug, Clone, Default)]
pub struct Public {
    /// The folders of draws, by name: those for which [`is_draw`] holds.
    pub draws: BTreeMap<String, Folder>,
    /// The files of the log, by their paths below its folder; empty if there is none.
    pub log: BTreeMap<String, Vec<u8>>,
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
    ("A10", "numbers", "编号没有空缺", "the numbers have no gaps", numbers::numbers),
    ("A11", "predecessors", "每次抽取承接上一次", "every draw names the one before", numbers::predecessors),
    ("A12", "histories", "只有一段历史", "there is one history and no other", histories::histories),
    ("A13", "closings", "都按期办结", "every draw was closed in time", deadlines::closings),
    ("A14", "openings", "密封的都按期公开", "every sealed draw was opened in time", deadlines::openings),
    ("A15", "voids", "作废的有交代、有移交", "voids are accounted for", voids::voids),
    ("A16", "roster", "名录变动", "how the register changed", roster::roster),
    ("A17", "verified", "每次抽取核验无误", "no check of a draw fails", verified),
];

/// Audits everything.
pub fn audit(public: &Public, given: &Given<'_>) -> Report {
    let mut cases: Vec<Case<'_>> =
        public.draws.iter().map(|(name, folder)| Case::new(name, folder)).collect();
    cases.sort_by(|a, b| (&a.number, a.name).cmp(&(&b.number, b.name)));
    let mut ground = Ground { given, now: given.now, cases };
    let reports: Vec<_> = ground.cases.par_iter().map(|case| known(&ground, case)).collect();
    ground.cases.iter_mut().zip(reports).for_each(|(case, report)| case.report = Some(report));
    let checks: Vec<Check> = CHECKS.iter().map(|check| run(check, &ground)).collect();
    Report { now: ground.now, rows: report::rows(&ground, &checks), checks }
}

fn run((id, name, zh, en, examine): &(&'static str, &'static str, &str, &str, Examine), ground: &Ground<'_>) -> Check {
    let (status, evidence, findings) = match examine(ground) {
        Examined::NotRun(evidence) => (Status::NotRun, evidence, Vec::new()),
        Examined::Done(evidence, findings) => {
            let fails = findings.iter().any(|finding| finding.fault);
            (if fails { Status::Fail } else { Status::Pass }, evidence, findings)
        }
    };
    Check { id, name, title: said!("{zh}", "{en}"), status, evidence, findings }
}

/// What `verify` says of a draw, with its predecessor.
fn known(ground: &Ground<'_>, case: &Case<'_>) -> crate::verify::Report {
    let predecessor = numbers::predecessor(ground, case);
    verify(case.folder, &Known { commitment: None, predecessor, log: None })
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
            findings.push(Finding::fault(Place::Draw(index), said!("{id} {name}：{zh}", "{id} {name}: {en}")));
        }
    }
    let count = ground.cases.len();
    let evidence = said!("{count} 次中 {whole} 次已完整核验通过", "{whole} of {count} draws are verified in full");
    if count == 0 { Examined::NotRun(said!("没有抽取", "there is no draw")) } else { Examined::Done(evidence, findings) }
}
