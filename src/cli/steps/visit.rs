//! What the office knows of the visit in which somebody is to be replaced: whether it was
//! made already, and whether the stand-in has time on its day.

use crate::cli::console::Console;
use crate::cli::journal;
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::Commit;
use crate::said;
use crate::store::{Desk, JOURNAL, Office, Query};
use crate::task::{Matter, State, Task};
use crate::verify::{Loaded, Stop};

/// Refuses a late change of a visit that was made or ended: who was there cannot change.
///
/// # Errors
/// [`Kind::State`] if there is a result that nobody sent back, or the matter is over.
pub fn is_to_be_made(office: &Office, matter: &Matter, console: &Console) -> Outcome<()> {
    if !office.path(JOURNAL).exists() {
        return Ok(());
    }
    let Some(task) = journal::open(office, console)?.task(matter)? else { return Ok(()) };
    let Said { zh, en } = task.standing();
    match (task.state, task.result()) {
        (State::Pending | State::Returned, _) => Ok(()),
        (_, Some(visit)) => {
            let day = visit.day;
            Err(Problem::new(
                Kind::State,
                said!(
                    "{matter} 已在 {day} 检查过（{zh}），去过的人不能再换",
                    "{matter} was visited on {day} ({en}): who was there cannot be replaced"
                ),
                said!(
                    "结果录错了，由审核人退回：yaohao review return {matter} --reason … --by …，再申请换人",
                    "if the result is wrong, let the reviewer send it back: yaohao review return {matter} --reason … --by …, then ask again"
                ),
            ))
        }
        _ => Err(Problem::new(
            Kind::State,
            said!("{matter} {zh}，没有人要去", "{matter} is {en}: nobody goes"),
            said!("核对单位；yaohao task show {matter}", "check the unit: yaohao task show {matter}"),
        )),
    }
}

/// Says so if the stand-in, of `rank` in the committed list, has no time on the day of the
/// visit; the days of a draw were made for the drawn teams. The change stands whatever
/// happens here.
pub fn say_day(
    office: &Office,
    loaded: &Loaded<'_>,
    commit: &Commit,
    (matter, certificate, rank): (&Matter, &str, usize),
    console: &Console,
) {
    let Some(basis) = &commit.schedule else { return };
    let looked = Desk::open(office).and_then(|desk| {
        let query = Query { officer: Some(certificate.to_owned()), ..Query::default() };
        Ok((desk.task(matter)?, desk.tasks(&query)?))
    });
    let (task, theirs) = match looked {
        Ok((Some(task), theirs)) => (task, theirs),
        Ok((None, _)) => return,
        Err(Problem { what: Said { zh, en }, .. }) => {
            return console.say(said!(
                "接替人那天有没有空看不到（{zh}）",
                "Whether the stand-in has time on the day cannot be seen ({en})"
            ));
        }
    };
    let Some(day) = task.planned else { return };
    let at = basis.days.iter().position(|known| *known == day);
    let available = at.and_then(|at| minutes_of(loaded, rank, at).ok().flatten());
    let Some(available) = available.map(u64::from) else { return };
    let on_day = |other: &&Task| other.day() == Some(day) && other.state != State::Closed;
    let needed: u64 = theirs.iter().filter(on_day).map(|other| minutes(other, certificate)).sum();
    let why = match available {
        0 => said!(
            "没有可用时间（请假或证件无效）",
            "has none that day (on leave, or without a valid certificate)"
        ),
        _ if needed > available => {
            said!("有 {available} 分钟可用，要用 {needed} 分钟", "has {available} minutes and needs {needed}")
        }
        _ => return,
    };
    let Said { zh, en } = why;
    console.say(said!(
        "注意：这家计划 {day} 检查，接替人那天{zh}。须改期时：yaohao task move {matter} --to … --reason … --by …",
        "Note: the visit is planned for {day}, and the stand-in {en}. If it has to be another day: yaohao task move {matter} --to … --reason … --by …"
    ));
}

/// The committed minutes of an inspector on one of the days.
fn minutes_of(loaded: &Loaded<'_>, rank: usize, day: usize) -> Result<Option<u32>, Stop> {
    let line = loaded.availability()?.lines.get(rank);
    Ok(line.and_then(|line| line.minutes.get(day).copied()))
}

/// The minutes that a matter takes of somebody.
fn minutes(task: &Task, certificate: &str) -> u64 {
    let seats = task.seats.iter().zip(&task.minutes);
    seats.filter(|((_, who), _)| who == certificate).map(|(_, minutes)| u64::from(*minutes)).sum()
}
