//! Penalties (行政处罚法): from the decision to a review by the authority above.

use super::{Court, Ruling, ensure};
use crate::lang::Said;
use crate::said;
use crate::task::act::Penalty;
use crate::task::ledger::Task;
use crate::task::matter::Matter;
use crate::task::words::{Kind, State};
use crate::time::Date;

impl Court<'_> {
    pub(super) fn penalised(&self, penalty: &Penalty) -> Ruling {
        self.is_not_future(penalty.day)?;
        ensure(penalty.matter.kind() == Kind::Penalty, || {
            (
                said!("这不是处罚的编号", "this is no number of a penalty"),
                said!("核对编号", "check the number"),
            )
        })?;
        match self.ledger.tasks.get(&penalty.matter) {
            None => self.is_next(&penalty.matter, penalty.day)?,
            Some(task) => self.may_be_mended(task)?,
        }
        self.is_only_one(penalty)?;
        if let Some(town) = &penalty.delegated {
            self.has_power(town, penalty.day)?;
        }
        self.comes_from(penalty)
    }

    fn may_be_mended(&self, task: &Task) -> Ruling {
        let Said { zh, en } = task.standing();
        ensure(matches!(task.state, State::Visited | State::Returned), || {
            (
                said!("现在是“{zh}”，不能再改", "it is \"{en}\" and stands"),
                said!("先由法制员退回", "let the legal reviewer send it back"),
            )
        })
    }

    /// One decision is entered once.
    fn is_only_one(&self, penalty: &Penalty) -> Ruling {
        let same = |task: &&Task| {
            let number = task.penalty.as_ref().map(|known| &known.number);
            task.matter != penalty.matter && number == Some(&penalty.number)
        };
        match self.ledger.tasks.values().find(same) {
            None => Ok(()),
            Some(task) => {
                let matter = &task.matter;
                let since = task.trail.first().map_or(self.now, |trace| trace.at).date_in_china();
                super::refuse(
                    said!(
                        "这个文号已录入为 {matter}（{since} 录入）",
                        "the decision of this number is {matter} already, entered on {since}"
                    ),
                    said!(
                        "核对文号；要改正已录入的，写明它的编号 {matter}（表里填事项编号，命令用 --mend）",
                        "check the number of the decision; to mend what was entered, give its number {matter} (in the sheet's first column, or with --mend)"
                    ),
                )
                .map_err(|why| why.of("number"))
            }
        }
    }

    fn comes_from(&self, penalty: &Penalty) -> Ruling {
        let Some(of) = &penalty.of else { return Ok(()) };
        let visit = self.task(of)?;
        let earlier = visit.result().is_some_and(|visit| visit.day <= penalty.day);
        ensure(earlier, || {
            (
                said!("{of} 到 {} 还没有检查结果", "{of} had no result by {}", penalty.day),
                said!("先录入检查结果，或核对编号和日期", "enter the result first, or check number and day"),
            )
        })?;
        let other = penalty.unit.is_some() && visit.unit.is_some() && penalty.unit != visit.unit;
        ensure(!other, || {
            (
                said!("处罚的不是 {of} 的单位", "it is another unit than that of {of}"),
                said!("核对编号", "check the number"),
            )
        })
    }

    pub(super) fn contested(&self, matter: &Matter, day: Date) -> Ruling {
        self.is_not_future(day)?;
        let task = self.task(matter)?;
        let decided = task.penalty.as_ref().filter(|penalty| penalty.day <= day);
        ensure(decided.is_some() && task.contested.is_none(), || {
            (
                said!(
                    "这不是那天以前决定的处罚，或已登记过复议",
                    "this is no penalty decided by then, or it is contested already"
                ),
                said!("核对编号和日期", "check number and day"),
            )
        })
    }
}
