//! A13 and A14: closed by `close-by`, opened by `open-by`. A document says itself when it
//! was made; what witnesses saw without it after the deadline says otherwise.

use super::case::{Case, Linked};
use super::{Examined, Finding, Ground, Place, State};
use crate::ids::DrawId;
use crate::lang::Said;
use crate::record::{self, Mode};
use crate::said;
use crate::time::Moment;

/// A13: a record or a void by `close-by`.
pub(super) fn closings(ground: &Ground<'_>) -> Examined {
    let (mut findings, mut closed, mut open, mut count) = (Vec::new(), 0, 0, 0);
    for (index, case) in ground.cases.iter().enumerate() {
        let Some(commit) = &case.commit else { continue };
        count += 1;
        let due = commit.close_by;
        let closing = case.closings().next();
        let said = match closing {
            Some(closing) => dated(closing, |at| at > due).map(|at| {
                let file = &closing.file;
                said!("{file} 的时间 {at}，期限 {due}", "{file} is of {at}, due by {due}")
            }),
            None => (ground.now > due).then(|| {
                let now = ground.now;
                said!(
                    "期限 {due} 已过（现在 {now}），没有结束文件",
                    "due by {due}, it is {now}, and nothing closes it"
                )
            }),
        };
        let file = closing.map(|closing| closing.file.as_str());
        let seen = witnessed_without(ground, &commit.draw, file, |at| at > due);
        closed += usize::from(closing.is_some());
        open += usize::from(closing.is_none() && said.is_none() && seen.is_none());
        let late = said.into_iter().chain(seen);
        findings.extend(late.map(|said| Finding::fault(Place::Draw(index), said).with(State::Overdue)));
    }
    if count == 0 {
        return Examined::NotRun(said!("没有可读的承诺", "there is no commitment that can be read"));
    }
    Examined::Done(
        said!("{closed} 次已办结，{open} 次未到期限", "{closed} closed, {open} not yet due"),
        findings,
    )
}

/// A14: the result of a sealed draw by the end of `open-by` (UTC+8).
pub(super) fn openings(ground: &Ground<'_>) -> Examined {
    let (mut findings, mut opened, mut awaited) = (Vec::new(), 0, 0);
    let sealed = |case: &&Case<'_>| {
        let mode = case.commit.as_ref().map(|commit| commit.mode);
        let has = |file| case.document(file).is_some();
        mode == Some(Mode::Sealed) && has(record::RECORD) && !has(record::VOID)
    };
    for (index, case) in ground.cases.iter().enumerate().filter(|(_, case)| sealed(case)) {
        let Some(commit) = &case.commit else { continue };
        let due = commit.open_by;
        let opening = case.document(record::OPEN);
        let said = match opening {
            Some(opening) => dated(opening, |at| at.date_in_china() > due).map(|at| {
                let day = at.date_in_china();
                said!("{due} 之前应公开，{day} 才公开", "due to be opened by {due}, opened on {day}")
            }),
            None => (ground.now.date_in_china() > due).then(|| {
                let day = ground.now.date_in_china();
                said!("{due} 之前应公开，{day} 仍未公开", "due to be opened by {due}, still sealed on {day}")
            }),
        };
        let file = opening.map(|_| record::OPEN);
        let seen = witnessed_without(ground, &commit.draw, file, |at| at.date_in_china() > due);
        opened += usize::from(opening.is_some());
        awaited += usize::from(opening.is_none() && said.is_none());
        let late = said.into_iter().chain(seen);
        findings.extend(late.map(|said| Finding::fault(Place::Draw(index), said).with(State::LateOpen)));
    }
    Examined::Done(
        said!("{opened} 次已公开，{awaited} 次未到期限", "{opened} opened, {awaited} not yet due"),
        findings,
    )
}

/// When a document says it was made, if that is late.
fn dated(document: &Linked, late: impl Fn(Moment) -> bool) -> Option<Moment> {
    document.link.as_ref().map(|link| link.at).filter(|at| late(*at))
}

/// That witnesses saw the log without the document when it was late.
fn witnessed_without(
    ground: &Ground<'_>,
    draw: &DrawId,
    file: Option<&str>,
    is_late: impl Fn(Moment) -> bool,
) -> Option<Said> {
    let trail = ground.trail.as_ref()?;
    // A draw that the log knows nothing of cannot be late in it.
    trail.place(draw, record::COMMIT)?;
    let place = file.and_then(|file| trail.place(draw, file));
    let (seen, time) = trail.late(place, is_late)?;
    let size = seen.signed.checkpoint.size;
    Some(said!(
        "见证方在 {time} 看到的日志（{size} 条）里还没有它",
        "witnesses saw the log without it at {time} ({size} entries)"
    ))
}
