//! A13 and A14: closed by `close-by`, opened by `open-by`.

use super::case::Case;
use super::{Examined, Finding, Ground, Place, State};
use crate::record::{self, Mode};
use crate::said;

/// A13: a record or a void by `close-by`.
pub(super) fn closings(ground: &Ground<'_>) -> Examined {
    let (mut findings, mut closed, mut open) = (Vec::new(), 0, 0);
    for (index, case) in ground.cases.iter().enumerate() {
        let Some(commit) = &case.commit else { continue };
        let due = commit.close_by;
        let mut late = |evidence| findings.push(Finding::fault(Place::Draw(index), evidence).with(State::Overdue));
        if let Some(closing) = case.closings().next() {
            closed += 1;
            let at = closing.link.as_ref().map(|link| link.at);
            if let Some(at) = at.filter(|at| *at > due) {
                let file = &closing.file;
                late(said!("{file} 的时间 {at}，期限 {due}", "{file} is of {at}, due by {due}"));
            }
        } else if ground.now > due {
            let now = ground.now;
            late(said!("期限 {due} 已过（现在 {now}），没有结束文件", "due by {due}, it is {now}, and nothing closes it"));
        } else {
            open += 1;
        }
    }
    if closed + open + findings.len() == 0 {
        return Examined::NotRun(said!("没有可读的承诺", "there is no commitment that can be read"));
    }
    Examined::Done(said!("{closed} 次已结，{open} 次未到期限", "{closed} closed, {open} not yet due"), findings)
}

/// A14: the result of a sealed draw by the end of `open-by` (UTC+8).
pub(super) fn openings(ground: &Ground<'_>) -> Examined {
    let (mut findings, mut opened, mut awaited) = (Vec::new(), 0, 0);
    let sealed = |case: &&Case<'_>| {
        let mode = case.commit.as_ref().map(|commit| commit.mode);
        mode == Some(Mode::Sealed) && case.document(record::RECORD).is_some() && case.document(record::VOID).is_none()
    };
    for (index, case) in ground.cases.iter().enumerate().filter(|(_, case)| sealed(case)) {
        let Some(commit) = &case.commit else { continue };
        let due = commit.open_by;
        let mut late = |evidence| findings.push(Finding::fault(Place::Draw(index), evidence).with(State::LateOpen));
        if let Some(opening) = case.document(record::OPEN) {
            opened += 1;
            let day = opening.link.as_ref().map(|link| link.at.date_in_china());
            if let Some(day) = day.filter(|day| *day > due) {
                late(said!("{due} 之前应公开，{day} 才公开", "due to be opened by {due}, opened on {day}"));
            }
        } else if ground.now.date_in_china() > due {
            let day = ground.now.date_in_china();
            late(said!("{due} 之前应公开，{day} 仍未公开", "due to be opened by {due}, still sealed on {day}"));
        } else {
            awaited += 1;
        }
    }
    Examined::Done(said!("{opened} 次已公开，{awaited} 次未到期限", "{opened} opened, {awaited} not yet due"), findings)
}
