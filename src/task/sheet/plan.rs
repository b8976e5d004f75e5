//! A filled-in workbook held against the matters as they stand: which acts it gives, which
//! rows say nothing new, and which rows cannot be entered.

use super::row::{Row, mark};
use super::{DrawnRow, PenaltyRow, WorkRow};
use crate::problem::Outcome;
use crate::register::import::{Fault, Finding, Rule, read_sheet};
use crate::said;
use crate::task::{Act, Entry, Kind, Ledger, Matter, Opened, Penalty, Refusal, Standing, Task, judge};
use std::sync::Arc;

/// A workbook as it was read, before it is held against anything.
#[derive(Debug, Clone)]
pub struct Reading {
    file: Arc<str>,
    drawn: Vec<(u32, DrawnRow)>,
    work: Vec<(u32, WorkRow)>,
    penalties: Vec<(u32, PenaltyRow)>,
    rows: usize,
    blank: usize,
    refused: usize,
    findings: Vec<Finding>,
}

impl Reading {
    /// Reads the three sheets.
    ///
    /// # Errors
    /// If it is no workbook, or a sheet or a column that is needed is not there.
    pub fn read(bytes: &[u8], file: &str) -> Outcome<Reading> {
        let mut reading = Reading {
            file: Arc::from(file),
            drawn: Vec::new(),
            work: Vec::new(),
            penalties: Vec::new(),
            rows: 0,
            blank: 0,
            refused: 0,
            findings: Vec::new(),
        };
        reading.drawn = reading.sheet(bytes)?;
        reading.work = reading.sheet(bytes)?;
        reading.penalties = reading.sheet(bytes)?;
        Ok(reading)
    }

    fn sheet<T: Row>(&mut self, bytes: &[u8]) -> Outcome<Vec<(u32, T)>> {
        let sheet = T::SHEET;
        let place = place(&self.file, sheet);
        let remedy = said!(
            "用 yaohao sheet export 重新导出，填好再导入；不要改工作表名和第一行的标题",
            "export it again with yaohao sheet export and fill that in; leave the names of the sheets and the headings in the first row alone"
        );
        let read = read_sheet::<T>(bytes, &place, sheet);
        let (rows, report) = read.map_err(|problem| crate::problem::Problem { remedy, ..problem })?;
        self.rows += report.read - report.blank;
        self.blank += report.blank;
        self.refused += report.rejected;
        self.findings.extend(report.findings);
        Ok(rows)
    }
}

fn place(file: &str, sheet: &str) -> String {
    format!("{file}[{sheet}]")
}

/// What a workbook comes to; every row with something in it is in exactly one of the counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The acts, in the order in which they are entered.
    pub acts: Vec<Act>,
    /// Rows with something in them.
    pub rows: usize,
    /// Rows with nothing in them.
    pub blank: usize,
    /// Rows that say something new.
    pub new: usize,
    /// Rows that say what is known.
    pub known: usize,
    /// Rows that nobody touched since they were exported, and that have been mended since.
    pub older: usize,
    /// Rows that cannot be entered; the findings say why.
    pub refused: usize,
    /// What is wrong, sheet by sheet and row by row.
    pub findings: Vec<Finding>,
}

/// Holds a workbook against the `ledger`. The acts would be entered as `entry`, whose own
/// acts are not looked at.
pub fn plan(reading: Reading, ledger: Ledger, entry: Entry, standing: &Standing) -> Plan {
    let Reading { file, drawn, work, penalties, rows, blank, refused, findings } = reading;
    let plan = Plan { acts: Vec::new(), rows, blank, new: 0, known: 0, older: 0, refused, findings };
    let mut planner = Planner { file, ledger, entry, standing, plan };
    planner.sheet(drawn);
    planner.sheet(work);
    planner.sheet(penalties);
    let mut plan = planner.plan;
    plan.findings.sort_by(|a, b| (&a.file, a.row).cmp(&(&b.file, b.row)));
    plan
}

struct Planner<'a> {
    file: Arc<str>,
    /// The matters as they would stand after the rows so far.
    ledger: Ledger,
    entry: Entry,
    standing: &'a Standing,
    plan: Plan,
}

impl Planner<'_> {
    /// Rows with a number first, in the order of their numbers: what has none yet is
    /// numbered behind them.
    fn sheet<T: Row>(&mut self, mut rows: Vec<(u32, T)>) {
        rows.sort_by(|(a_row, a), (b_row, b)| {
            let key = |row: &T| row.matter().is_none();
            key(a).cmp(&key(b)).then_with(|| a.rank().cmp(&b.rank())).then(a_row.cmp(b_row))
        });
        for (number, row) in rows {
            if let Err((column, fault)) = self.row(&row) {
                let Fault { rule, what, remedy } = fault;
                let at = T::FIELDS.iter().position(|field| field.key == column).unwrap_or(0);
                let value = row.cells().swap_remove(at);
                let (file, column) = (place(&self.file, T::SHEET).into(), T::FIELDS[at].heading.to_owned());
                self.plan.findings.push(Finding { file, row: number, column, value, rule, what, remedy });
                self.plan.refused += 1;
            }
        }
    }

    fn row<T: Row>(&mut self, row: &T) -> Result<(), (&'static str, Fault)> {
        let (matter, task) = self.meant(row)?;
        let acts = row.acts(&matter, task.as_ref())?;
        if acts.is_empty() {
            self.plan.known += 1;
            return Ok(());
        }
        let untouched = row.stamp() == Some(mark(&row.content()).as_str());
        if untouched && task.as_ref().is_some_and(|task| !task.trail.is_empty()) {
            self.plan.older += 1;
            return Ok(());
        }
        if let Some(entry) = task.as_ref().and_then(|task| overtaken(row, task, &acts)) {
            return Err(("matter", moved_on(entry)));
        }
        self.entry.acts = acts;
        if let Err(refusals) = judge(&self.entry, self.around(&self.entry.acts), self.standing) {
            let Some(Refusal { act, part, what, remedy, .. }) = refusals.into_iter().next() else {
                return Ok(());
            };
            return Err((
                part.filter(|part| has::<T>(part)).unwrap_or(column(act)),
                Fault { rule: Rule::NotNow, what, remedy },
            ));
        }
        self.ledger.enter(&self.entry);
        self.plan.new += 1;
        self.plan.acts.append(&mut self.entry.acts);
        Ok(())
    }

    /// The matters that a judgement of these acts looks at, and no others: a copy of all of
    /// them for every row would take long.
    fn around(&self, acts: &[Act]) -> Ledger {
        let mut around = Ledger::default();
        for act in acts {
            let matter = act.matter();
            self.copy(matter, &mut around);
            if let Matter::Numbered { year, kind, number } = matter {
                let before = Matter::Numbered { year: *year, kind: *kind, number: number.saturating_sub(1) };
                self.copy(&before, &mut around);
            }
            if let Act::Opened(Opened { of: Some(of), .. }) | Act::Penalised(Penalty { of: Some(of), .. }) =
                act
            {
                self.copy(of, &mut around);
            }
            if let Act::Penalised(penalty) = act {
                let same = |task: &&Task| task.penalty.as_ref().is_some_and(|p| p.number == penalty.number);
                self.ledger.tasks.values().filter(same).for_each(|task| around.add(task.clone()));
            }
        }
        around
    }

    /// Copies a matter, and those that it goes back to.
    fn copy(&self, matter: &Matter, around: &mut Ledger) {
        let Some(task) = self.ledger.tasks.get(matter).filter(|_| !around.tasks.contains_key(matter)) else {
            return;
        };
        around.add(task.clone());
        let opened = task.opened.as_ref().and_then(|opened| opened.of.as_ref());
        let penalty = task.penalty.as_ref().and_then(|penalty| penalty.of.as_ref());
        opened.or(penalty).into_iter().for_each(|of| self.copy(of, around));
    }

    /// What a row is about; no task if it is to be opened under this number.
    fn meant<T: Row>(&self, row: &T) -> Result<(Matter, Option<Task>), (&'static str, Fault)> {
        let tasks = &self.ledger.tasks;
        let Some(matter) = row.matter() else {
            if let Some(task) = tasks.values().find(|task| row.is(task)) {
                return Ok((task.matter.clone(), Some(task.clone())));
            }
            let year = u16::try_from(self.entry.at.date_in_china().year()).unwrap_or_default();
            let kind = row.kind();
            return Ok((self.next(year, kind), None));
        };
        match (tasks.get(matter), matter) {
            (Some(task), _) => Ok((matter.clone(), Some(task.clone()))),
            (None, Matter::Numbered { year, kind, .. }) => {
                let next = self.next(*year, *kind);
                if next == *matter { Ok((next, None)) } else { Err(("matter", out_of_turn(&next))) }
            }
            (None, Matter::Drawn { .. }) => Ok((matter.clone(), None)),
        }
    }

    /// The number that the next matter gets.
    fn next(&self, year: u16, kind: Kind) -> Matter {
        let first = Matter::Numbered { year, kind, number: 0 };
        let last = Matter::Numbered { year, kind, number: u32::MAX };
        let before = self.ledger.tasks.range(first..=last).next_back();
        let number = before.map_or(0, |(matter, _)| match matter {
            Matter::Numbered { number, .. } => *number,
            Matter::Drawn { .. } => 0,
        });
        Matter::Numbered { year, kind, number: number + 1 }
    }
}

/// The entry of the journal that has gone beyond what a row was filled in on: what the row
/// says of it would undo what was mended since. A row that was not exported as it stands may
/// add, and replaces nothing.
fn overtaken<T: Row>(row: &T, task: &Task, acts: &[Act]) -> Option<u32> {
    let overtakes = |act: &Act| match row.stamp() {
        Some(_) => !COURSE.contains(&act.key()),
        None => acts.iter().any(|said| said.key() == act.key()),
    };
    let as_exported = row.stamp() == Some(mark(&T::of(task).content()).as_str());
    let last = task.trail.iter().rev().find(|trace| overtakes(&trace.act)).filter(|_| !as_exported);
    last.map(|trace| trace.entry)
}

/// Acts that no sheet shows.
const COURSE: [&str; 6] = ["submitted", "approved", "returned", "published", "applied", "decided"];

fn moved_on(entry: u32) -> Fault {
    Fault {
        rule: Rule::NotNow,
        what: said!(
            "导出之后台账已有更新（第 {entry} 条），本行未录入",
            "the journal has gone on since it was exported (entry {entry}), so this row was not entered"
        ),
        remedy: said!(
            "用 yaohao sheet export 重新导出再填",
            "export it again with yaohao sheet export and fill that in"
        ),
    }
}

/// Whether the sheet has a column of this key.
fn has<T: Row>(column: &str) -> bool {
    T::FIELDS.iter().any(|field| field.key == column)
}

/// The column that an act of this word comes from, for the message.
fn column(act: &str) -> &'static str {
    match act {
        "moved" => "moved",
        "closed" => "closed",
        "assigned" => "seats",
        "contested" => "contested",
        "visited" | "penalised" => "day",
        _ => "matter",
    }
}

fn out_of_turn(next: &Matter) -> Fault {
    Fault {
        rule: Rule::UnknownMatter,
        what: said!(
            "没有这个事项，新的编号该是 {next}",
            "there is no such matter; the next number is {next}"
        ),
        remedy: said!("新的事项把编号留空，由程序编号", "leave the number of what is new blank"),
    }
}
