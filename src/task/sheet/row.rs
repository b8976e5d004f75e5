//! What the rows of all three sheets have in common.

use super::cell;
use crate::digest::Digest;
use crate::policy::Role;
use crate::register::import::{Entry, Fault, Field, Line, Rule};
use crate::said;
use crate::task::{Act, Kind, Matter, State, Task, Visit};
use crate::time::Date;

/// A row of a sheet.
pub trait Row: Entry + Clone {
    /// The sheet's name in the workbook.
    const SHEET: &'static str;

    /// Keys of the columns that are shown and not to be filled in.
    const SHOWN: &'static [&'static str];

    /// The row of a matter as it stands, with everything known filled in.
    fn of(task: &Task) -> Self;

    /// The number that the row gives; `None` for what is new.
    fn matter(&self) -> Option<&Matter>;

    /// Whether `task`, which has a number, is what this row without one is about.
    fn is(&self, task: &Task) -> bool;

    /// What kind of matter it is.
    fn kind(&self) -> Kind;

    /// The order in which rows are entered: what others refer to comes first.
    fn rank(&self) -> (bool, Option<&Matter>) {
        (self.kind() == Kind::Reinspection, self.matter())
    }

    /// What the row gives to be entered, beyond what is known of `task`; `None` is what
    /// has to be opened as `matter`.
    ///
    /// # Errors
    /// With the key of the column, if the row says otherwise than what cannot be changed.
    fn acts(&self, matter: &Matter, task: Option<&Task>) -> Result<Vec<Act>, (&'static str, Fault)>;

    /// The columns that a person fills in.
    fn content(&self) -> Vec<String>;

    /// The mark that the row was exported with.
    fn stamp(&self) -> Option<&str>;
}

/// Joins two lists of columns.
pub const fn join<const A: usize, const B: usize, const N: usize>(
    a: [Field; A],
    b: [Field; B],
) -> [Field; N] {
    assert!(A + B == N, "as many columns as the two have");
    let mut all = [Field::new("", ""); N];
    let mut at = 0;
    while at < N {
        all[at] = if at < A { a[at] } else { b[at - A] };
        at += 1;
    }
    all
}

/// A short mark of what a row says: by it a row that nobody touched since it was exported
/// is known, and never enters again what has been mended since.
pub fn mark(content: &[String]) -> String {
    let digest = Digest::of(&[content.join("\u{1f}").as_bytes()]).to_string();
    digest.chars().take(8).collect()
}

/// The last columns of sheets with visits.
pub const TURNS: [Field; 4] = [
    Field::new("moved", "改期到"),
    Field::new("moved_why", "改期原因"),
    Field::new("closed", "终结原因"),
    Field::new("stamp", "校对码"),
];

/// What happens to a matter besides its visit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Turns {
    moved: Option<(Date, String)>,
    closed: Option<String>,
    pub stamp: Option<String>,
}

impl Turns {
    /// As far as the matter went.
    pub fn of(task: &Task) -> Turns {
        let moved = task.trail.iter().rev().find_map(|trace| match &trace.act {
            Act::Moved { day, reason, .. } => Some((*day, reason.clone())),
            _ => None,
        });
        // Whoever moved it back to its day has not moved it.
        let moved = moved.filter(|_| task.planned != task.scheduled);
        let closed = task.trail.iter().rev().find_map(|trace| match &trace.act {
            Act::Closed { reason, .. } => Some(reason.clone()),
            _ => None,
        });
        Turns { moved, closed: closed.filter(|_| task.state == State::Closed), stamp: None }
    }

    pub fn read(line: &mut Line<'_>) -> Turns {
        let (day, why) = (line.date("moved"), line.text("moved_why"));
        let closed = line.text("closed");
        let moved = match (day, why) {
            (Some(day), Some(why)) => Some((day, why)),
            (None, None) => None,
            (Some(_), None) => {
                line.report_missing("moved_why", unreasoned());
                None
            }
            (None, Some(_)) => {
                line.report_missing("moved", no_new_day());
                None
            }
        };
        Turns { moved, closed, stamp: line.text("stamp") }
    }

    /// The columns but for the mark.
    pub fn content(&self) -> Vec<String> {
        let (day, why) = self.moved.clone().map(|(day, why)| (day.to_string(), why)).unwrap_or_default();
        vec![day, why, self.closed.clone().unwrap_or_default()]
    }

    /// The acts around a visit: before it the new day, after it the end.
    pub fn acts(&self, matter: &Matter, task: Option<&Task>, visit: Option<Visit>) -> Vec<Act> {
        let mut acts = Vec::new();
        let planned = task.and_then(|task| task.planned);
        if let Some((day, reason)) = self.moved.clone().filter(|(day, _)| planned != Some(*day)) {
            acts.push(Act::Moved { matter: matter.clone(), day, reason });
        }
        let known = task.and_then(Task::result).map(in_order);
        if let Some(visit) = visit.filter(|visit| known.as_ref() != Some(visit)) {
            acts.push(Act::Visited(visit));
        }
        let closed = task.is_some_and(|task| task.state == State::Closed);
        if let Some(reason) = self.closed.clone().filter(|_| !closed) {
            acts.push(Act::Closed { matter: matter.clone(), reason });
        }
        acts
    }
}

/// A visit with its measures in the order of the sheet's columns.
fn in_order(visit: &Visit) -> Visit {
    let mut visit = visit.clone();
    visit.measures.sort_by_key(|ordered| ordered.measure);
    visit
}

/// The columns of a text that is there or not.
pub fn text(text: &Option<String>) -> String {
    text.clone().unwrap_or_default()
}

/// The cell of anything that is there or not.
pub fn shown<T: std::fmt::Display>(value: Option<&T>) -> String {
    value.map(T::to_string).unwrap_or_default()
}

/// Who goes, for people.
pub fn team(seats: &[(Role, String)]) -> String {
    cell::print_seats(seats)
}

/// The number in the first column; blank for what is new.
pub fn matter(line: &mut Line<'_>) -> Option<Matter> {
    line.parsed("matter", |text| text.parse().ok(), cell::bad_matter)
}

/// A cell that says otherwise than what is known, and cannot be changed by a sheet.
pub fn other_than_known(known: &str) -> Fault {
    Fault {
        rule: Rule::OtherThanKnown,
        what: said!(
            "与已登记的不符，已登记的是“{known}”",
            "otherwise than what is known, which is \"{known}\""
        ),
        remedy: said!(
            "多半是行错了位：只排序整行，不要只排一列；重新导出后再填",
            "most likely cells have slipped: sort whole rows, not one column; export the sheet again and fill it in"
        ),
    }
}

fn unreasoned() -> Fault {
    Fault {
        rule: Rule::MissingValue,
        what: said!("改了期，没有写原因", "moved to another day without a reason"),
        remedy: said!("写上改期原因，如“单位当日停业”", "write why, such as: closed on that day"),
    }
}

fn no_new_day() -> Fault {
    Fault {
        rule: Rule::MissingValue,
        what: said!("写了改期原因，没有写改到哪天", "a reason for another day, but not the day"),
        remedy: said!("写上改期到哪天，或删去原因", "write the new day, or remove the reason"),
    }
}
