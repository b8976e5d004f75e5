//! What of the office's tasks is to be published now.

use super::current::Current;
use super::line::{Found, ResultLine};
use crate::ids::DrawId;
use crate::task::{Kind, Ledger, Matter, State, Task, Visit};
use std::collections::{BTreeMap, BTreeSet};

/// What is to be published.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Due {
    /// Lines for the next list.
    pub lines: Vec<ResultLine>,
    /// The matters of these lines that have to be entered as published with it.
    pub matters: Vec<Matter>,
    /// Matters whose line stands in a list already, with its number, and that nobody has
    /// entered as published: a publication was cut short.
    pub unentered: Vec<(Matter, u32)>,
    /// Matters that passed the review and wait: the result of their draw is not public, or
    /// a second look comes before the result that it belongs to.
    pub held: Vec<Matter>,
}

/// What is to be published of `ledger` when the results of the draws `public` are public,
/// and the lists say what `current` says.
pub fn due(ledger: &Ledger, public: &BTreeSet<DrawId>, current: &Current) -> Due {
    let mut due = Due::default();
    let mut told = current.clone();
    // Drawn visits come first in the order of matters only by chance: what a second look
    // belongs to has to be told before it.
    let (visits, others): (Vec<&Task>, Vec<&Task>) =
        ledger.tasks.values().partition(|task| task.kind() == Kind::Drawn);
    for task in visits.into_iter().chain(others) {
        let Some(line) = line(task, ledger) else { continue };
        let open = line.draw().is_none_or(|draw| public.contains(draw));
        if !open || !follows(&line, &told) {
            due.held.push(task.matter.clone());
            continue;
        }
        match current.get(&line.key()) {
            // Nothing is entered for a matter that ended without a visit: it is over.
            Some((_, known)) if *known == line && task.state == State::Closed => continue,
            Some((list, known)) if *known == line && !task.published.contains(&list) => {
                due.unentered.push((task.matter.clone(), list));
                continue;
            }
            _ => {}
        }
        told.put(u32::MAX, &line);
        if task.state == State::Approved {
            due.matters.push(task.matter.clone());
        }
        due.lines.push(line);
    }
    due
}

/// Whether what the line belongs to has been told.
fn follows(line: &ResultLine, told: &Current) -> bool {
    match line {
        ResultLine::Again { draw, unit, .. } => {
            matches!(told.visit(draw, unit), Some((_, ResultLine::Result { .. })))
        }
        _ => true,
    }
}

/// What everybody may know of a task that is ready to be published; `None` of all others,
/// and of kinds that are not published.
fn line(task: &Task, ledger: &Ledger) -> Option<ResultLine> {
    match (&task.matter, task.state) {
        (Matter::Drawn { draw, unit }, State::Closed) => {
            Some(ResultLine::Closed { draw: draw.clone(), unit: unit.clone() })
        }
        (Matter::Drawn { draw, unit }, State::Approved) => {
            let found = found(task.result()?);
            Some(ResultLine::Result { draw: draw.clone(), unit: unit.clone(), found })
        }
        (Matter::Numbered { kind: Kind::Reinspection, .. }, State::Approved) => {
            let (draw, unit) = looked_at(task, ledger)?;
            let found = found(task.result()?);
            Some(ResultLine::Again { number: task.matter.clone(), draw, unit, found })
        }
        (Matter::Numbered { kind: Kind::Penalty, .. }, State::Approved) => {
            let penalty = task.penalty.as_ref()?;
            Some(ResultLine::Penalty {
                number: task.matter.clone(),
                day: penalty.day,
                unit: penalty.unit.clone(),
                yuan: penalty.yuan,
                decision: penalty.number.clone(),
            })
        }
        _ => None,
    }
}

/// The drawn visit that a re-inspection goes back to, also over re-inspections before it.
fn looked_at(task: &Task, ledger: &Ledger) -> Option<(DrawId, String)> {
    let (mut of, mut passed) = (task.opened.as_ref()?.of.as_ref()?, BTreeSet::new());
    loop {
        match of {
            Matter::Drawn { draw, unit } => return Some((draw.clone(), unit.clone())),
            // Nothing is its own second look.
            _ if !passed.insert(of) => return None,
            _ => of = ledger.tasks.get(of)?.opened.as_ref()?.of.as_ref()?,
        }
    }
}

fn found(visit: &Visit) -> Found {
    let mut measures = BTreeMap::new();
    for ordered in &visit.measures {
        *measures.entry(ordered.measure).or_default() += 1;
    }
    Found {
        day: visit.day,
        hazards: visit.hazards,
        rectified: visit.rectified,
        measures,
        items: visit.items.iter().cloned().collect(),
    }
}

impl Due {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.unentered.is_empty()
    }

    /// How many lines there are of each word: results, closings, second looks, penalties.
    pub fn counts(&self) -> [usize; 4] {
        let of = |wanted: fn(&ResultLine) -> bool| self.lines.iter().filter(|line| wanted(line)).count();
        [
            of(|line| matches!(line, ResultLine::Result { .. })),
            of(|line| matches!(line, ResultLine::Closed { .. })),
            of(|line| matches!(line, ResultLine::Again { .. })),
            of(|line| matches!(line, ResultLine::Penalty { .. })),
        ]
    }
}
