//! Checks of what lies behind the figures: the days, the steps and the journal.

use super::check::{Bench, Found, repeated};
use super::figure::Figure;
use crate::said;
use crate::task::{Act, Kind, Matter, Measure, Penalty, State, Task};
use crate::time::Date;
use std::collections::BTreeSet;

/// The penalties of the year, also those of delegated towns.
fn decided<'a>(bench: Bench<'a>) -> impl Iterator<Item = (&'a Task, &'a Penalty)> {
    let year = bench.report.year;
    let penalties = bench.ledger.tasks.values().filter_map(|task| Some((task, task.penalty.as_ref()?)));
    penalties.filter(move |(_, penalty)| penalty.day.year() == year)
}

/// What counts in the year: visits and penalties.
fn counted<'a>(bench: Bench<'a>) -> impl Iterator<Item = &'a Task> {
    bench.visits().map(|(task, _)| task).chain(decided(bench).map(|(task, _)| task))
}

pub(super) fn penalties(bench: Bench<'_>) -> Found<'_> {
    let mut faults = repeated(decided(bench).map(|(task, penalty)| (penalty.number.as_str(), &task.matter)));
    let visit = |matter: &Matter| bench.ledger.tasks.get(matter).and_then(Task::result);
    let lost = |penalty: &Penalty| {
        penalty.of.as_ref().is_some_and(|of| visit(of).is_none_or(|visit| visit.day > penalty.day))
    };
    faults.extend(decided(bench).filter(|(_, penalty)| lost(penalty)).map(|(task, _)| &task.matter));
    let unpublished = decided(bench).filter(|(task, _)| task.published.is_empty());
    let notes: Vec<_> = unpublished.map(|(task, _)| &task.matter).collect();
    let (all, towns) =
        (bench.report.total(Figure::Penalties), bench.report.total(Figure::DelegatedPenalties));
    let open = notes.len();
    let evidence = said!(
        "本机关 {all} 件，赋权镇街 {towns} 件，其中未公示 {open} 件",
        "{all} of the office, {towns} of delegated towns; {open} of them not published"
    );
    Found { evidence, holds: true, faults, notes }
}

/// No visit before the matter came in, none that was entered before it was made, no
/// complaint against a penalty that did not exist.
pub(super) fn days(bench: Bench<'_>) -> Found<'_> {
    let received = |task: &Task| task.opened.as_ref().map(|opened| opened.received.date_in_china());
    let entered_early = |task: &Task| {
        task.trail.iter().any(|trace| {
            let day = match &trace.act {
                Act::Visited(visit) => visit.day,
                Act::Penalised(penalty) => penalty.day,
                Act::Contested { day, .. } => *day,
                Act::Opened(opened) => opened.received.date_in_china(),
                _ => return false,
            };
            day > trace.at.date_in_china()
        })
    };
    let wrong = |task: &Task| {
        let before = |day: Date| received(task).is_some_and(|received| day < received);
        let visited = task.visits.iter().any(|visit| before(visit.day));
        let decided = task.penalty.as_ref().map(|penalty| penalty.day);
        let contested = task.contested.is_some_and(|day| decided.is_none_or(|decided| day < decided));
        visited || contested || entered_early(task)
    };
    let concerned = bench.concerned();
    let faults: Vec<_> = concerned.iter().filter(|task| wrong(task)).map(|task| &task.matter).collect();
    let (count, all) = (faults.len(), concerned.len());
    let evidence = said!("{all} 个事项里先后颠倒的 {count} 个", "{count} of {all} matters are out of order");
    Found { evidence, holds: true, faults, notes: Vec::new() }
}

/// What must have happened before a step.
fn is_in_order(task: &Task) -> bool {
    let mut state = State::Pending;
    let mut is_open = matches!(task.matter, Matter::Drawn { .. }) || task.kind() == Kind::Penalty;
    for trace in &task.trail {
        let (is_due, next) = match &trace.act {
            Act::Opened(_) => {
                let first = !is_open;
                is_open = true;
                (first, State::Pending)
            }
            Act::Visited(_) | Act::Penalised(_) => {
                (matches!(state, State::Pending | State::Visited | State::Returned), State::Visited)
            }
            Act::Submitted { .. } => (state == State::Visited, State::InReview),
            Act::Approved { .. } => (state == State::InReview, State::Approved),
            Act::Returned { .. } => {
                (matches!(state, State::InReview | State::Approved | State::Published), State::Returned)
            }
            Act::Published { .. } => (state == State::Approved, State::Published),
            Act::Closed { .. } => (state == State::Pending, State::Closed),
            Act::Contested { .. } => (task.penalty.is_some(), state),
            Act::Assigned { .. } | Act::Moved { .. } | Act::Applied { .. } | Act::Decided { .. } => {
                (true, state)
            }
        };
        if !is_due || !is_open {
            return false;
        }
        state = next;
    }
    is_open
}

/// Whether exactly those were there who were to go; of a matter that no list of a draw
/// in the folder assigns, nobody can say.
fn is_as_assigned(task: &Task) -> bool {
    let set = |seats: &[(crate::policy::Role, String)]| -> BTreeSet<String> {
        seats.iter().map(|(_, who)| who.clone()).collect()
    };
    let is_known = !task.seats.is_empty() || matches!(task.matter, Matter::Numbered { .. });
    !is_known
        || task
            .result()
            .is_none_or(|visit| visit.delegated.is_some() || set(&visit.present) == set(&task.seats))
}

pub(super) fn steps(bench: Bench<'_>) -> Found<'_> {
    let concerned = bench.concerned();
    let faults: Vec<_> =
        concerned.iter().filter(|task| !is_in_order(task)).map(|task| &task.matter).collect();
    let others = bench.visits().filter(|(task, _)| !is_as_assigned(task));
    let notes: Vec<_> = others.map(|(task, _)| &task.matter).collect();
    let (wrong, other, all) = (faults.len(), notes.len(), concerned.len());
    let evidence = said!(
        "{all} 个事项里步骤不相接的 {wrong} 个；到场的人与指派不一致的 {other} 次",
        "{wrong} of {all} matters miss a step; at {other} visits others were there than assigned"
    );
    Found { evidence, holds: true, faults, notes }
}

pub(super) fn journal(bench: Bench<'_>) -> Found<'_> {
    let numbers: BTreeSet<u32> =
        bench.ledger.tasks.values().flat_map(|task| &task.trail).map(|trace| trace.entry).collect();
    let (count, last) = (numbers.len(), numbers.last().copied().unwrap_or_default());
    let evidence = said!("{count} 条，最后一条第 {last} 条", "{count} entries, the last is number {last}");
    Found { evidence, holds: count == last as usize, faults: Vec::new(), notes: Vec::new() }
}

pub(super) fn reviewed(bench: Bench<'_>) -> Found<'_> {
    let is_open = |task: &&Task| !matches!(task.state, State::Approved | State::Published);
    let notes: Vec<_> = counted(bench).filter(is_open).map(|task| &task.matter).collect();
    let (open, all) = (notes.len(), counted(bench).count());
    let evidence =
        said!("{all} 个结果里未通过审核的 {open} 个", "{open} of {all} results have not passed review");
    Found { evidence, holds: true, faults: Vec::new(), notes }
}

/// Notices whose day lies in the year, or before, and that nobody looked at again.
pub(super) fn looked_again(bench: Bench<'_>) -> Found<'_> {
    let end = Date::new(bench.report.year, 12, 31).unwrap_or(Date::LAST);
    let again = |task: &&Task| task.kind() == Kind::Reinspection && task.result().is_some();
    let seen: BTreeSet<&Matter> = bench
        .ledger
        .tasks
        .values()
        .filter(again)
        .filter_map(|task| task.opened.as_ref()?.of.as_ref())
        .collect();
    let is_due = |visit: &crate::task::Visit| {
        let by_date = visit.measures.iter().filter(|ordered| ordered.measure == Measure::ByDate);
        by_date.filter_map(|ordered| ordered.by).any(|by| by <= end)
    };
    let due: Vec<_> =
        bench.inspections().filter(|(_, visit)| is_due(visit)).map(|(task, _)| &task.matter).collect();
    let all = due.len();
    let notes: Vec<_> = due.into_iter().filter(|matter| !seen.contains(matter)).collect();
    let open = notes.len();
    let evidence =
        said!("本年到期 {all} 份，没有复查的 {open} 份", "{all} fell due, {open} were not looked at again");
    Found { evidence, holds: true, faults: Vec::new(), notes }
}

/// Matters that came in during the year and that nobody has looked into or ended.
pub(super) fn pending(bench: Bench<'_>) -> Found<'_> {
    let is_open = |task: &&Task| task.kind().is_inspection() && task.state == State::Pending;
    let notes: Vec<_> = bench.concerned().into_iter().filter(is_open).map(|task| &task.matter).collect();
    let (open, complaints) = (notes.len(), bench.report.total(Figure::ComplaintsReceived));
    let evidence = said!(
        "受理举报投诉 {complaints} 件；受理后还没有检查也没有终结的事项 {open} 个",
        "{complaints} complaints came in; {open} matters of the year are neither visited nor closed"
    );
    Found { evidence, holds: true, faults: Vec::new(), notes }
}
