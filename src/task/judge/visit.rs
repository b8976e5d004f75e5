//! When a result may be entered, and for which visit.

use super::{Court, Ruling, Why, ensure, refuse};
use crate::lang::Said;
use crate::policy::Role;
use crate::said;
use crate::task::act::Visit;
use crate::task::ledger::Task;
use crate::task::matter::Matter;
use crate::task::words::{Kind, State};
use crate::time::Date;
use std::collections::BTreeSet;

impl Court<'_> {
    pub(super) fn visited(&self, visit: &Visit) -> Ruling {
        let task = self.to_visit(&visit.matter)?;
        self.is_day(task, visit.day)?;
        self.is_who_goes(task, visit)?;
        self.is_team(task, &visit.present, visit.day, visit.delegated.is_some())?;
        self.is_delegated(task, visit)?;
        self.found(task, visit)
    }

    /// A matter of which a result, another day or other people may still be entered.
    pub(super) fn to_visit(&self, matter: &Matter) -> Result<&Task, Why> {
        let task = self.task(matter)?;
        let open = matches!(task.state, State::Pending | State::Visited | State::Returned);
        let Said { zh, en } = task.standing();
        ensure(task.kind() != Kind::Penalty, || {
            (
                said!("行政处罚没有检查", "there is no visit of a penalty"),
                said!("核对编号", "check the number"),
            )
        })?;
        ensure(open, || {
            (
                said!("现在是“{zh}”，结果不能再改", "it is \"{en}\", its result stands"),
                said!(
                    "先由审核人退回，再录入改正后的结果",
                    "let the reviewer send it back, then enter the mended result"
                ),
            )
        })?;
        Ok(task)
    }

    /// On a day that has come, after the matter came up, and the right one: what the draw's
    /// schedule says, else a day of the window. Another day is possible, because a real one
    /// must never be dated back to fit; but then the move and its reason come first.
    fn is_day(&self, task: &Task, day: Date) -> Ruling {
        self.is_not_future(day)?;
        self.is_not_before(task, day)?;
        let window = task.window.is_none_or(|window| window.first <= day && day <= window.last);
        let right = match (&task.matter, task.planned) {
            (Matter::Drawn { .. }, Some(planned)) => planned == day,
            _ => window,
        };
        ensure(right, || {
            let when = match (task.planned, task.window) {
                (Some(planned), _) => said!("{planned}", "{planned}"),
                (None, Some(w)) => said!("{} 至 {}", "{} to {}", w.first, w.last),
                (None, None) => said!("", ""),
            };
            let Said { zh, en } = when;
            (
                said!("检查日应为 {zh}，写的是 {day}", "the visit is due on {en}, not on {day}"),
                said!(
                    "日期写错了就改正；确实改了期的，先录入改期和理由",
                    "mend the date; if it was really another day, enter the move with its reason first"
                ),
            )
        })
    }

    /// Nothing happens in a matter before there is one.
    pub(super) fn is_not_before(&self, task: &Task, day: Date) -> Ruling {
        let came = task.decided.or(task.opened.as_ref().map(|opened| opened.received));
        let Some(came) = came.map(|at| at.date_in_china()).filter(|came| day < *came) else { return Ok(()) };
        let remedy = match task.matter {
            Matter::Drawn { .. } => said!(
                "先抽取后检查，结果只能录入 {came} 起的检查：日期写错了就改正；还没有查的先改期：yaohao task move 事项 --to 日期 --reason 原因；不再查的终结：yaohao task close 事项 --reason 原因",
                "a visit follows its draw, so only one from {came} on has a result: mend the date; if it is still to be made, move it first: yaohao task move MATTER --to DAY --reason WHY; if it never will be, close it: yaohao task close MATTER --reason WHY"
            ),
            Matter::Numbered { .. } => said!("核对日期", "check the date"),
        };
        refuse(
            said!("{day} 早于事项产生的 {came}", "{day} is before {came}, when the matter came up"),
            remedy,
        )
    }

    /// Whom the draw sent, and nobody else.
    fn is_who_goes(&self, task: &Task, visit: &Visit) -> Ruling {
        let Matter::Drawn { .. } = task.matter else { return Ok(()) };
        let set = |seats: &[(Role, String)]| -> BTreeSet<(String, String)> {
            seats.iter().map(|(role, who)| (role.key().to_owned(), who.clone())).collect()
        };
        let (drawn, present) = (set(&task.seats), set(&visit.present));
        let zh = |key: &str| Role::from_key(key).map_or_else(|| key.to_owned(), |role| role.zh().to_string());
        let names = |set: &BTreeSet<(String, String)>| Said {
            zh: Said::list(set.iter().map(|(role, who)| format!("{who}（{}）", zh(role)))).zh,
            en: Said::list(set.iter().map(|(role, who)| format!("{who} ({role})"))).en,
        };
        ensure(drawn == present && visit.present.len() == present.len(), || {
            let (zh, en) = (names(&drawn).zh, names(&drawn).en);
            (
                said!("到场的应恰好是抽出的检查组：{zh}", "exactly the drawn team goes: {en}"),
                self.another(task),
            )
        })
        .map_err(|why| why.of("present"))?;
        ensure(visit.delegated.is_none(), || {
            (
                said!(
                    "抽取的检查由抽出的检查组做，不是赋权镇街做",
                    "a drawn visit is made by the drawn team, not by a town"
                ),
                said!("不写赋权镇街", "leave the town out"),
            )
        })
        .map_err(|why| why.of("delegated"))
    }

    /// A town that says it enforces by itself does so on that day, and there.
    fn is_delegated(&self, task: &Task, visit: &Visit) -> Ruling {
        let Some(town) = &visit.delegated else { return Ok(()) };
        self.has_power(town, visit.day)?;
        ensure(task.town.as_ref().is_none_or(|known| known == town), || {
            (
                said!("这个事项不在 {town}", "this matter is not in {town}"),
                said!("核对镇街代码", "check the town's code"),
            )
        })
    }

    pub(super) fn has_power(&self, town: &str, day: Date) -> Ruling {
        ensure(self.standing.is_delegated(town, day), || {
            (
                said!("{town} 在 {day} 没有赋权执法", "{town} does not enforce by itself on {day}"),
                said!(
                    "核对日期；赋权的镇街和起始日期写在 office.toml 的 [[delegated]]",
                    "check the date; delegated towns and their first days stand in [[delegated]] of office.toml"
                ),
            )
        })
    }
}
