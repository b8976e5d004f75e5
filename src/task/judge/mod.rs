//! Whether an act may be entered, as matters stand. Pure: what the shell knows comes in
//! as [`Standing`], who and when as parts of the entry.
//!
//! ```text
//! 待检查 → 已检查 → 待审核 → 审核通过 → 已公示
//!             ↑        ↓ 退回，说明理由
//!             └────────┘ 改正后的结果
//! ```
//!
//! Whoever reads the journal back judges nothing: rules change, what was entered stays.

mod course;
mod findings;
mod form;
mod intake;
mod penalty;
mod recusal;
mod team;
mod visit;

use super::act::Act;
use super::entry::Entry;
use super::ledger::{Ledger, Task};
use super::matter::Matter;
use super::standing::Standing;
use crate::ids::is_token;
use crate::lang::Said;
use crate::problem::{Kind, Problem};
use crate::said;
use crate::time::{Date, Moment};
use std::collections::BTreeSet;

/// One act that must not be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Its matter.
    pub matter: Matter,
    /// The word of the act.
    pub act: &'static str,
    /// The part of the act that is wrong, by its key in sheets; `None` where it is all of it.
    pub part: Option<&'static str>,
    /// Why.
    pub what: Said,
    /// What to do.
    pub remedy: Said,
}

/// Judges the acts of `entry` one after the other, each on `ledger` with those before it
/// added. `ledger` has to know the matters of the acts and those that they name, the one
/// numbered before each new one, matters of the same kind and name, and penalties with the
/// same document numbers.
///
/// # Errors
/// Every act that must not be entered; of a matter only the first.
pub fn judge(entry: &Entry, ledger: Ledger, standing: &Standing) -> Result<(), Vec<Refusal>> {
    let mut court = Court { ledger, standing, acts: &entry.acts, by: &entry.by, now: entry.at };
    let mut refused: Vec<Refusal> = Vec::new();
    let mut stopped: BTreeSet<&Matter> = BTreeSet::new();
    for act in &entry.acts {
        if stopped.contains(act.matter()) {
            continue;
        }
        match court.hear(act) {
            Ok(()) => court.ledger.enter(&Entry { acts: vec![act.clone()], ..entry.clone() }),
            Err(Why { part, what, remedy }) => {
                stopped.insert(act.matter());
                let matter = act.matter().clone();
                refused.push(Refusal { matter, act: act.key(), part, what, remedy });
            }
        }
    }
    if refused.is_empty() { Ok(()) } else { Err(refused) }
}

/// All refusals as one problem: nothing was entered.
pub fn refused(refusals: &[Refusal]) -> Problem {
    let each = |refusal: &Refusal| {
        let (matter, Said { zh, en }) = (&refusal.matter, &refusal.what);
        said!("{matter}：{zh}", "{matter}: {en}")
    };
    let Said { zh, en } = lines(refusals.iter().map(each));
    let count = refusals.len();
    let what = match count {
        1 => said!("不能录入，{zh}", "this cannot be entered: {en}"),
        _ => said!(
            "{count} 项不能录入，全部都没有录入：\n{zh}",
            "{count} acts cannot be entered, so none was:\n{en}"
        ),
    };
    let mut remedies: Vec<Said> = refusals.iter().map(|refusal| refusal.remedy.clone()).collect();
    remedies.sort();
    remedies.dedup();
    Problem::new(Kind::State, what, lines(remedies))
}

fn lines(said: impl IntoIterator<Item = Said>) -> Said {
    let (zh, en): (Vec<String>, Vec<String>) = said.into_iter().map(|said| (said.zh, said.en)).unzip();
    Said { zh: zh.join("\n"), en: en.join("\n") }
}

/// Why an act is refused, and what to do.
struct Why {
    part: Option<&'static str>,
    what: Said,
    remedy: Said,
}

impl Why {
    /// The same, told of one part of the act.
    fn of(self, part: &'static str) -> Why {
        Why { part: self.part.or(Some(part)), ..self }
    }
}

type Ruling = Result<(), Why>;

fn refuse(what: Said, remedy: Said) -> Ruling {
    Err(Why { part: None, what, remedy })
}

fn ensure(holds: bool, why: impl FnOnce() -> (Said, Said)) -> Ruling {
    if holds {
        return Ok(());
    }
    let (what, remedy) = why();
    refuse(what, remedy)
}

/// What is known while an act is heard.
struct Court<'a> {
    ledger: Ledger,
    standing: &'a Standing,
    /// All acts of the entry, those behind the one that is heard too.
    acts: &'a [Act],
    by: &'a str,
    now: Moment,
}

impl Court<'_> {
    fn hear(&self, act: &Act) -> Ruling {
        self.is_known(self.by)?;
        form::check(act)?;
        match act {
            Act::Opened(opened) => self.opened(opened),
            Act::Assigned { matter, seats } => self.assigned(matter, seats),
            Act::Moved { matter, day, .. } => self.moved(matter, *day),
            Act::Visited(visit) => self.visited(visit),
            Act::Penalised(penalty) => self.penalised(penalty),
            Act::Submitted { matter } => self.submitted(matter),
            Act::Approved { matter } => self.approved(matter),
            Act::Returned { matter, .. } => self.returned(matter),
            Act::Published { matter, list } => self.published(matter, *list),
            Act::Closed { matter, .. } => self.closed(matter),
            Act::Applied { matter, about, .. } => self.applied(matter, about),
            Act::Decided { matter, about, .. } => self.decided(matter, about),
            Act::Contested { matter, day } => self.contested(matter, *day),
        }
    }

    /// By the clocks of China.
    fn today(&self) -> Date {
        self.now.date_in_china()
    }

    fn task(&self, matter: &Matter) -> Result<&Task, Why> {
        self.ledger.tasks.get(matter).ok_or_else(|| Why {
            part: None,
            what: said!("没有这个事项", "there is no such matter"),
            remedy: said!(
                "核对编号；抽查结果出来之后才有检查任务",
                "check its number; drawn visits are there once the draw has its result"
            ),
        })
    }

    /// Whoever enters something is somebody whom the office knows.
    fn is_known(&self, who: &str) -> Ruling {
        // office.toml may hold anything; what is no number cannot stand in an entry.
        let listed = is_token(who) && self.standing.staff.knows(who);
        let known = self.standing.officers.contains_key(who) || listed;
        ensure(known, || {
            (
                said!("不认识录入人 {who}", "nobody knows {who}, who enters this"),
                said!(
                    "写检查人员名录里的执法证号；没有执法证的，先写进 office.toml 的 [people]",
                    "give a certificate number of the register; people without one stand in [people] of office.toml"
                ),
            )
        })
    }

    fn is_not_future(&self, day: Date) -> Ruling {
        let today = self.today();
        ensure(day <= today, || {
            (
                said!("{day} 还没有到，今天是 {today}", "{day} is in the future, today is {today}"),
                said!("核对日期", "check the date"),
            )
        })
    }
}
