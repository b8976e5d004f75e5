//! Standing back (回避; 行政处罚法 Art 43): anybody may ask, the head decides, and until
//! then work goes on.

use super::{Court, Ruling, ensure};
use crate::said;
use crate::task::ledger::Task;
use crate::task::matter::Matter;

impl Court<'_> {
    pub(super) fn applied(&self, matter: &Matter, about: &str) -> Ruling {
        let task = self.task(matter)?;
        ensure(task.people().any(|who| who == about), || {
            (
                said!("{about} 不在这个事项里", "{about} has no part in this matter"),
                said!("核对执法证号", "check the certificate number"),
            )
        })?;
        ensure(!task.is_settled() && !awaits(task, about), || {
            (
                said!(
                    "事项已了结，或这个人的回避正等决定",
                    "the matter is over, or a decision on this person is awaited"
                ),
                said!("先由负责人作出决定", "let the head decide first"),
            )
        })
    }

    pub(super) fn decided(&self, matter: &Matter, about: &str) -> Ruling {
        let (task, by) = (self.task(matter)?, self.by);
        ensure(self.standing.staff.heads.contains(by) && by != about, || {
            (
                said!("{by} 不能决定这个人的回避", "{by} cannot decide whether this person stands back"),
                said!(
                    "由 office.toml 里 [people] heads 的人决定，不能决定自己",
                    "somebody of heads in [people] of office.toml decides, never on themselves"
                ),
            )
        })?;
        ensure(awaits(task, about), || {
            (
                said!("没有等决定的回避申请", "no application awaits a decision"),
                said!("先录入申请", "enter the application first"),
            )
        })
    }
}

fn awaits(task: &Task, about: &str) -> bool {
    task.recusals.iter().any(|(who, granted)| who == about && granted.is_none())
}
