//! The course of a result: laid before the reviewer, let pass or sent back, published;
//! or the matter ends without one.

use super::{Court, Ruling, ensure};
use crate::lang::Said;
use crate::said;
use crate::task::act::Act;
use crate::task::ledger::Task;
use crate::task::matter::Matter;
use crate::task::words::{Kind, State};

impl Court<'_> {
    pub(super) fn submitted(&self, matter: &Matter) -> Ruling {
        self.is_in(self.task(matter)?, &[State::Visited])
    }

    pub(super) fn approved(&self, matter: &Matter) -> Ruling {
        let task = self.task(matter)?;
        self.is_in(task, &[State::InReview])?;
        self.reviews(task)?;
        self.is_independent(task)
    }

    /// Also after it passed, and after it was published: what turns out wrong then is
    /// mended, reviewed and published again, and the first list stays.
    pub(super) fn returned(&self, matter: &Matter) -> Ruling {
        let task = self.task(matter)?;
        self.is_in(task, &[State::InReview, State::Approved, State::Published])?;
        self.reviews(task)
    }

    pub(super) fn published(&self, matter: &Matter, list: u32) -> Ruling {
        let task = self.task(matter)?;
        self.is_in(task, &[State::Approved])?;
        ensure(task.is_public, || {
            (
                said!("这类事项不公示", "matters like this are not published"),
                said!(
                    "公示的是抽查、对抽查的复查和行政处罚",
                    "drawn visits, second looks at them and penalties are"
                ),
            )
        })?;
        ensure(list > 0 && task.published.iter().all(|earlier| *earlier < list), || {
            (
                said!("公示清单的号应大于以前的", "the list's number is not above earlier ones"),
                said!("核对清单的号", "check the list's number"),
            )
        })
    }

    /// A drawn visit is dropped by the head only: who can drop one, can choose.
    pub(super) fn closed(&self, matter: &Matter) -> Ruling {
        let task = self.task(matter)?;
        self.is_in(task, &[State::Pending])?;
        let (staff, by) = (&self.standing.staff, self.by);
        let reviewer = staff.reviewers.contains(by) || staff.legal_reviewers.contains(by);
        let may = staff.heads.contains(by) || (reviewer && task.kind() != Kind::Drawn);
        ensure(may, || {
            (
                said!("{by} 不能终结这个事项", "{by} cannot end this matter"),
                said!(
                    "抽取的检查由负责人终结，别的由负责人或审核人；名单在 office.toml 的 [people]",
                    "a head ends drawn visits, a head or a reviewer other matters; they stand in [people] of office.toml"
                ),
            )
        })
    }

    fn is_in(&self, task: &Task, states: &[State]) -> Ruling {
        let Said { zh, en } = task.standing();
        ensure(states.contains(&task.state), || {
            let zh_wanted = Said::list(states.iter().map(|state| state.zh())).zh;
            let en_wanted = Said::list(states.iter().map(|state| state.key())).en;
            (
                said!("现在是“{zh}”", "it is \"{en}\" now"),
                said!("要先到“{zh_wanted}”这一步", "it has to come to \"{en_wanted}\" first"),
            )
        })
    }

    /// Results are reviewed by a reviewer, penalties by a legal reviewer (法制员).
    fn reviews(&self, task: &Task) -> Ruling {
        let (staff, by) = (&self.standing.staff, self.by);
        if task.kind() == Kind::Penalty {
            return ensure(staff.legal_reviewers.contains(by), || {
                (
                    said!(
                        "{by} 不是法制员，处罚由法制员审核",
                        "{by} is no legal reviewer, and this is a penalty"
                    ),
                    said!(
                        "由 office.toml 里 [people] legal_reviewers 的人审核",
                        "let somebody of legal_reviewers in [people] of office.toml review it"
                    ),
                )
            });
        }
        ensure(staff.reviewers.contains(by), || {
            (
                said!("{by} 不是审核人", "{by} is no reviewer"),
                said!(
                    "由 office.toml 里 [people] reviewers 的人审核",
                    "let somebody of reviewers in [people] of office.toml review it"
                ),
            )
        })
    }

    /// Nobody lets their own work pass: not who was there, not who entered it or laid it
    /// before the reviewer; of a penalty neither who was at the visit that it comes from.
    fn is_independent(&self, task: &Task) -> Ruling {
        let visit = task.penalty.as_ref().and_then(|penalty| penalty.of.as_ref());
        let visit = visit.and_then(|of| self.ledger.tasks.get(of));
        let by = self.by;
        let own = |task: &Task| {
            let entered = |act: &Act| matches!(act, Act::Visited(_) | Act::Penalised(_));
            let helped = task.visits.iter().flat_map(|visit| &visit.helpers).any(|who| who == by);
            let there = task.people().any(|who| who == by) || helped;
            there || task.trail.iter().any(|trace| trace.by == by && entered(&trace.act))
        };
        let submitted = |act: &Act| matches!(act, Act::Submitted { .. });
        let laid = task.trail.iter().any(|trace| trace.by == by && submitted(&trace.act));
        ensure(!own(task) && !laid && !visit.is_some_and(own), || {
            (
                said!(
                    "{by} 去检查过、录入过或送审过，不能自己审核",
                    "{by} was there, entered it or submitted it, and cannot let it pass"
                ),
                said!("由另一名审核人审核", "let another reviewer do it"),
            )
        })
    }
}
