//! Work that no draw decides: it comes in, and somebody is sent.

use super::{Court, Ruling, ensure, refuse};
use crate::policy::Role;
use crate::said;
use crate::task::act::{Act, Opened};
use crate::task::ledger::Task;
use crate::task::matter::Matter;
use crate::task::words::Kind;
use crate::time::Date;

impl Court<'_> {
    pub(super) fn opened(&self, opened: &Opened) -> Ruling {
        let kind = opened.matter.kind();
        ensure(!matches!(kind, Kind::Drawn | Kind::Penalty), || {
            (
                said!("抽查和处罚不这样立项", "drawn visits and penalties do not come in like this"),
                said!(
                    "抽查由抽取产生；处罚录入处罚决定",
                    "draws decide visits; a penalty is entered with its decision"
                ),
            )
        })?;
        let (received, now) = (opened.received, self.now);
        ensure(received <= now, || {
            (said!("受理时间还没有到", "it came in in the future"), said!("核对时间", "check the time"))
        })?;
        self.is_next(&opened.matter, received.date_in_china())?;
        self.is_new(opened)?;
        self.procedure_of(opened)?;
        ensure(!opened.urgent || kind == Kind::Complaint, || {
            (
                said!("只有举报投诉有紧急的", "only complaints are urgent"),
                said!("去掉紧急", "leave urgent out"),
            )
        })?;
        // A second look comes in when its notice has run out.
        let ran_out = kind == Kind::Reinspection;
        ensure(ran_out || opened.due.is_none_or(|due| due >= received.date_in_china()), || {
            (
                said!("期限早于受理日", "the last day is before it came in"),
                said!("核对日期", "check the date"),
            )
        })?;
        self.second_look(opened)
    }

    /// A fire is investigated by a procedure, and nothing else is.
    fn procedure_of(&self, opened: &Opened) -> Ruling {
        let fire = opened.matter.kind() == Kind::Fire;
        ensure(opened.procedure.is_some() || !fire, || {
            (
                said!("火灾事故调查没有写调查程序", "the procedure of the fire investigation is not given"),
                said!(
                    "写 --procedure general（一般程序）、simplified（简易程序）或 minor（轻微火灾登记）；表里填“调查程序”",
                    "give --procedure general, simplified or minor; in the sheet it has a column"
                ),
            )
        })
        .and(ensure(opened.procedure.is_none() || fire, || {
            (
                said!("只有火灾事故调查写调查程序", "only a fire investigation has a procedure"),
                said!("去掉 --procedure；表里“调查程序”留空", "leave --procedure out; in the sheet its column blank"),
            )
        }))
        .map_err(|why| why.of("procedure"))
    }

    /// One matter is opened once: who types a command again, because nobody knows whether it
    /// came through, makes no second complaint of one.
    fn is_new(&self, opened: &Opened) -> Ruling {
        let kind = opened.matter.kind();
        let same = |task: &&Task| {
            let known = task.opened.as_ref().filter(|_| task.kind() == kind);
            known.is_some_and(|known| known.name == opened.name && known.received == opened.received)
        };
        let Some(known) = self.ledger.tasks.values().find(same) else { return Ok(()) };
        let matter = &known.matter;
        refuse(
            said!(
                "同一类、同一名称、同一受理时间的已登记为 {matter}",
                "the same kind, name and time of receipt is {matter} already"
            ),
            said!(
                "重复的不必再录；确是另一件，写明它自己的受理时间（--received）或名称",
                "nothing is to be done if it is the same; of another one give its own time (--received) or name"
            ),
        )
    }

    /// A re-inspection, and nothing else, goes back to a visit that left a notice.
    fn second_look(&self, opened: &Opened) -> Ruling {
        let second = opened.matter.kind() == Kind::Reinspection;
        let Some(of) = &opened.of else {
            return ensure(!second, || {
                (
                    said!("复查要写明复查哪一次检查", "a re-inspection says which visit it goes back to"),
                    said!("写原事项的编号", "give the number of that matter"),
                )
            });
        };
        let before = self.task(of)?;
        let notice =
            before.result().is_some_and(|visit| visit.measures.iter().any(|o| o.measure.is_notice()));
        ensure(second && notice && of != &opened.matter, || {
            (
                said!("{of} 没有责令改正，不能复查", "{of} left no notice to come back for"),
                said!(
                    "核对编号；只有复查写原事项",
                    "check the number; only a re-inspection names another matter"
                ),
            )
        })?;
        ensure(opened.unit == before.unit, || {
            (
                said!("复查的不是原来的单位", "it is another unit than that of {of}"),
                said!("核对编号", "check the number"),
            )
        })
    }

    /// New matters are numbered from 1 without gaps, by kind, in a year between the one in
    /// which they came up (`since`) and today's.
    pub(super) fn is_next(&self, matter: &Matter, since: Date) -> Ruling {
        let Matter::Numbered { year, kind, number } = matter else {
            return refuse(
                said!("不是事项编号", "this is no number of a matter"),
                said!("核对编号", "check the number"),
            );
        };
        let taken = self.ledger.tasks.contains_key(matter);
        let before = Matter::Numbered { year: *year, kind: *kind, number: number.saturating_sub(1) };
        let follows = *number == 1 || self.ledger.tasks.contains_key(&before);
        let fits = (since.year()..=self.today().year()).contains(&i32::from(*year));
        ensure(!taken && follows && fits, || {
            (
                said!("编号应是这一年这一类的下一个", "the number is not the next of its kind and year"),
                said!("重新取号再录入", "take the next number and enter it again"),
            )
        })
    }

    pub(super) fn assigned(&self, matter: &Matter, seats: &[(Role, String)]) -> Ruling {
        let task = self.to_visit(matter)?;
        ensure(task.window.is_none(), || {
            (said!("抽取的检查不能指派人员", "nobody is assigned to a drawn visit"), self.another(task))
        })?;
        self.is_team(task, seats, self.day_of(task), false)
    }

    /// The day on which people are needed: what the entry itself says further on (the visit,
    /// or another day), what is known before it, or else today.
    fn day_of(&self, task: &Task) -> Date {
        let said = self.acts.iter().rev().find_map(|act| match act {
            Act::Visited(visit) if visit.matter == task.matter => Some(visit.day),
            Act::Moved { matter, day, .. } if *matter == task.matter => Some(*day),
            _ => None,
        });
        said.or(task.day()).unwrap_or_else(|| self.today())
    }

    pub(super) fn moved(&self, matter: &Matter, day: Date) -> Ruling {
        let task: &Task = self.to_visit(matter)?;
        self.is_not_before(task, day)
    }
}
