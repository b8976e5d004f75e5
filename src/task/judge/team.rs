//! Who may make a visit (行政处罚法 Art 42, 43; 消防监督检查规定 Art 14; 重庆市政府令375号
//! Art 15).

use super::{Court, Ruling, ensure, refuse};
use crate::lang::Said;
use crate::policy::Role;
use crate::register::{Post, Recusal, Subject};
use crate::said;
use crate::task::ledger::Task;
use crate::time::Date;
use std::collections::BTreeSet;

impl Court<'_> {
    /// At least two different people, one of them the lead, all of whom count on `day`.
    /// `theirs`: of a delegated town, whose people the office's register need not know.
    pub(super) fn is_team(&self, task: &Task, seats: &[(Role, String)], day: Date, theirs: bool) -> Ruling {
        let different: BTreeSet<&String> = seats.iter().map(|(_, certificate)| certificate).collect();
        ensure(different.len() == seats.len(), || {
            (
                said!("同一个人写了两次", "somebody is there twice"),
                said!("每人只写一次", "name everybody once"),
            )
        })?;
        ensure(seats.len() >= 2, || {
            (
                said!("不足两名执法人员", "there are fewer than two officers"),
                said!(
                    "检查须由两名以上执法人员进行；镇街协助人员和合同制文员写进协助人员，不算在内",
                    "a check takes two officers at least; helpers and clerks are named as helpers and do not count"
                ),
            )
        })?;
        let leads = seats.iter().filter(|(role, _)| *role == Role::Lead).count();
        ensure(leads == 1, || {
            (
                said!("主办应恰好一人，写了 {leads} 人", "there is exactly one lead, not {leads}"),
                said!("写明谁是主办", "say who leads"),
            )
        })?;
        seats.iter().try_for_each(|(_, who)| self.counts(who, day, theirs))?;
        seats.iter().try_for_each(|(_, who)| self.is_not_recused(task, who, day))?;
        self.may_meet(&different, day)
    }

    fn counts(&self, who: &str, day: Date, theirs: bool) -> Ruling {
        let Some(officer) = self.standing.officers.get(who) else {
            return ensure(theirs, || {
                (
                    said!("名录里没有执法证号 {who}", "no certificate {who} is in the register"),
                    said!(
                        "核对执法证号，或先更新检查人员名录",
                        "check the number, or bring the register up to date"
                    ),
                )
            });
        };
        if officer.post != Post::InPost {
            let (zh, en) = (officer.post.zh(), officer.post.key());
            return refuse(
                said!("{who} 是{zh}人员，不能作为执法人员", "{who} is no officer ({en})"),
                said!("写进协助人员；另写两名以上执法人员", "name the person as a helper, and two officers"),
            );
        }
        ensure(officer.validity.contains(day), || {
            (
                said!("{who} 的执法证在 {day} 无效", "the certificate {who} is not valid on {day}"),
                said!(
                    "换一名证件有效的执法人员；名录过时的先更新",
                    "send somebody with a valid one; bring the register up to date"
                ),
            )
        })
    }

    fn is_not_recused(&self, task: &Task, who: &str, day: Date) -> Ruling {
        let granted = task.recusals.iter().any(|(about, granted)| about == who && *granted == Some(true));
        let listed = |recusal: &&Recusal| {
            recusal.certificate == who && recusal.period.contains(day) && self.names(&recusal.subject, task)
        };
        ensure(!granted && !self.standing.recusals.iter().any(|recusal| listed(&recusal)), || {
            (said!("{who} 对这个事项须回避", "{who} must stand back from this matter"), self.another(task))
        })
    }

    /// Whether a recusal is from the unit of the matter, or from the group that owns it.
    fn names(&self, subject: &Subject, task: &Task) -> bool {
        let Some(id) = &task.unit else { return false };
        match subject {
            Subject::Unit(unit) => unit == id,
            Subject::Group(group) => self.standing.groups.get(id) == Some(group),
            Subject::Inspector(_) => false,
        }
    }

    /// Nobody of the team must keep away from another of it.
    fn may_meet(&self, team: &BTreeSet<&String>, day: Date) -> Ruling {
        let apart = |recusal: &&Recusal| {
            let Subject::Inspector(other) = &recusal.subject else { return false };
            let both = team.contains(&recusal.certificate) && team.contains(other);
            both && recusal.period.contains(day)
        };
        match self.standing.recusals.iter().find(apart) {
            None => Ok(()),
            Some(recusal) => {
                let who = &recusal.certificate;
                refuse(
                    said!("{who} 与同组另一人不能编在一起", "{who} must not meet somebody else of this team"),
                    said!("换一人", "send somebody else"),
                )
            }
        }
    }

    pub(super) fn another(&self, task: &Task) -> Said {
        match task.window {
            Some(_) => said!(
                "抽取的检查用 yaohao replace 换人，不能自行指定",
                "people of a drawn visit are replaced with yaohao replace, never chosen"
            ),
            None => said!("另派一人", "assign somebody else"),
        }
    }
}
