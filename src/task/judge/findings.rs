//! Whether what a visit found hangs together: outcomes, hazards, measures.

use super::{Court, Ruling, ensure};
use crate::lang::Said;
use crate::said;
use crate::task::act::{Ordered, Visit};
use crate::task::ledger::Task;
use crate::task::matter::Matter;
use crate::task::words::{Kind, Measure, Outcome};
use std::collections::BTreeSet;

impl Court<'_> {
    pub(super) fn found(&self, task: &Task, visit: &Visit) -> Ruling {
        self.are_items(task, visit)?;
        let still_open = self.open_before(task);
        let faulty = |outcome: Outcome| visit.items.iter().any(|(_, found)| *found == outcome);
        let (corrected, open) = (faulty(Outcome::Corrected), faulty(Outcome::Open));
        let hazards = u64::from(visit.hazards) + still_open;
        let (found, rectified) = (visit.hazards, u64::from(visit.rectified));
        ensure(rectified <= hazards, || {
            (
                said!(
                    "整改的（{rectified}）多于隐患（{hazards}）",
                    "more was put right ({rectified}) than is wrong ({hazards})"
                ),
                count_again(),
            )
        })
        .map_err(|why| why.of("rectified"))?;
        ensure(!corrected || rectified > 0, || {
            (
                said!("有“已改正”的事项，整改的隐患却是 0", "an item was put right, but no hazard was"),
                count_again(),
            )
        })
        .map_err(|why| why.of("rectified"))?;
        ensure(!open || hazards > rectified || !visit.measures.is_empty(), || {
            (
                said!(
                    "有“待后续处理”的事项，却没有未整改的隐患，也没有处置措施",
                    "an item is open, but no hazard is, and nothing was ordered"
                ),
                count_again(),
            )
        })
        .map_err(|why| why.of("hazards"))?;
        ensure(open || hazards == rectified || task.kind() == Kind::Fire, || {
            (
                said!("还有未整改的隐患，却没有“待后续处理”的事项", "hazards are left, but no item is open"),
                count_again(),
            )
        })
        .map_err(|why| why.of("hazards"))?;
        ensure(corrected || open || found == 0, || {
            (
                said!(
                    "没有发现问题的事项，却写了 {found} 处隐患",
                    "no item is at fault, but there are {found} hazards"
                ),
                count_again(),
            )
        })
        .map_err(|why| why.of("hazards"))?;
        self.are_measures(visit, corrected || open)
    }

    /// Every item of the task once, each with an outcome that somebody chose.
    fn are_items(&self, task: &Task, visit: &Visit) -> Ruling {
        let codes: BTreeSet<&String> = visit.items.iter().map(|(code, _)| code).collect();
        ensure(codes.len() == visit.items.len(), || {
            (
                said!("同一事项写了两次", "an item is there twice"),
                said!("每个事项只写一次", "name every item once"),
            )
        })?;
        if let Matter::Drawn { .. } = task.matter {
            let wanted: BTreeSet<&String> = task.items.iter().collect();
            let missing: Vec<&&String> = wanted.difference(&codes).collect();
            let foreign: Vec<&&String> = codes.difference(&wanted).collect();
            let (without, beside) = (listed(&missing), listed(&foreign));
            ensure(missing.is_empty(), || {
                (
                    said!("事项 {without} 没有结果", "there is no outcome of {without}"),
                    said!("逐项选定结果，没有默认", "choose an outcome of every item, there is no default"),
                )
            })?;
            return ensure(foreign.is_empty(), || {
                (
                    said!("事项 {beside} 不在这次检查里", "{beside} is no item of this visit"),
                    said!("另立即时检查或线索核查", "open an immediate check or a referral for it"),
                )
            });
        }
        let inspection = task.kind().is_inspection();
        ensure(inspection != codes.is_empty(), || {
            (
                said!(
                    "监督检查至少有一个事项的结果，火灾事故调查没有",
                    "an inspection has an outcome of an item at least, a fire investigation none"
                ),
                said!("写明查了哪些事项、结果各是什么", "say which items were checked, and what was found"),
            )
        })?;
        let known = |code: &&&String| self.standing.items.is_empty() || self.standing.items.contains(**code);
        let unknown: Vec<&&String> = codes.iter().filter(|code| !known(code)).collect();
        let list = listed(&unknown);
        ensure(unknown.is_empty(), || {
            (
                said!("抽查事项清单里没有 {list}", "{list} is not in the list of items"),
                said!("核对事项编码；清单过时的先更新", "check the code; bring the list up to date"),
            )
        })
    }

    /// Hazards that the visit before a second look left open.
    fn open_before(&self, task: &Task) -> u64 {
        let before = task.opened.as_ref().and_then(|opened| opened.of.as_ref());
        let before = before.and_then(|of| self.ledger.tasks.get(of)).and_then(Task::result);
        before.map_or(0, |visit| u64::from(visit.hazards.saturating_sub(visit.rectified)))
    }

    fn are_measures(&self, visit: &Visit, fault: bool) -> Ruling {
        let refused = visit.items.iter().any(|(_, outcome)| *outcome == Outcome::Uncooperative);
        let on_refusal =
            |ordered: &Ordered| refused && matches!(ordered.measure, Measure::Fine | Measure::Transfer);
        ensure(fault || visit.measures.iter().all(on_refusal), || {
            (
                said!("没有发现问题，却有处置措施", "nothing is at fault, but something was ordered"),
                said!("核对各事项的结果和处置措施", "check the outcomes and the measures"),
            )
        })
        .map_err(|why| why.of(visit.measures.first().map_or("day", |o| column(o.measure))))?;
        visit.measures.iter().try_for_each(|ordered| {
            let wanted = ordered.measure == Measure::ByDate;
            ensure(ordered.by.is_some() == wanted, || {
                (
                    said!(
                        "责令限期改正要有期限，别的措施没有",
                        "a notice by date has a last day, other measures have none"
                    ),
                    said!("写明限期到哪一天", "say by which day"),
                )
            })?;
            ensure(ordered.by.is_none_or(|by| by >= visit.day), || {
                (
                    said!("改正期限早于检查日", "the last day is before the visit"),
                    said!("核对日期", "check the date"),
                )
            })
            .map_err(|why| why.of("by_day"))
        })
    }
}

/// The column of a measure in the sheet.
fn column(measure: Measure) -> &'static str {
    match measure {
        Measure::AtOnce => "at_once",
        Measure::ByDate => "by_date",
        Measure::Seal => "seal",
        Measure::Stop => "stop",
        Measure::Fine => "fine",
        Measure::Transfer => "transfer",
    }
}

fn listed(codes: &[&&String]) -> String {
    codes.iter().map(|code| code.as_str()).collect::<Vec<_>>().join(", ")
}

fn count_again() -> Said {
    said!("核对各事项的结果、隐患数和整改数", "check the outcomes, and the numbers of hazards")
}
