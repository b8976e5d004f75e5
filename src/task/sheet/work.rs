//! The sheet of other work: complaints, licences, re-inspections, fires and what else no
//! draw decides. A row without a number opens a matter, and may tell its visit at once.

use super::cell;
use super::found::{FIELDS as FOUND, Found};
use super::row::{self, Row, TURNS, Turns, join, mark, shown, text};
use crate::policy::Role;
use crate::register::import::{Entry, Fault, Field, Line, Words, yes_no, yes_no_words};
use crate::task::{Act, Kind, Matter, Opened, Procedure, Task};
use crate::time::{Date, Moment};

/// What can stand in this sheet.
pub fn kinds() -> Words {
    let kinds = Kind::ALL.iter().filter(|kind| is_work(**kind));
    kinds.map(|kind| (kind.key(), kind.zh())).collect()
}

fn is_work(kind: Kind) -> bool {
    !matches!(kind, Kind::Drawn | Kind::Penalty)
}

fn procedures() -> Words {
    Procedure::ALL.iter().map(|procedure| (procedure.key(), procedure.zh())).collect()
}

const KNOWN: [Field; 15] = [
    Field::new("matter", "事项编号"),
    Field::new("kind", "类型").required().words(kinds),
    Field::new("unit", "单位代码"),
    Field::new("name", "名称").required(),
    Field::new("town", "镇街"),
    Field::new("received", "受理时间").required(),
    Field::new("urgent", "紧急").words(yes_no_words),
    Field::new("due", "期限"),
    Field::new("procedure", "调查程序").words(procedures),
    Field::new("of", "原事项"),
    Field::new("minutes", "每人分钟"),
    Field::new("departments", "联合部门"),
    Field::new("about", "事由"),
    Field::new("seats", "检查组"),
    Field::new("state", "状态"),
];

const FIELDS: [Field; 44] = join::<15, 29, 44>(KNOWN, join::<25, 4, 29>(FOUND, TURNS));

/// Other work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkRow {
    /// The number; of what is new, its row.
    id: String,
    matter: Option<Matter>,
    kind: Kind,
    unit: Option<String>,
    name: String,
    town: Option<String>,
    received: Moment,
    urgent: bool,
    due: Option<Date>,
    procedure: Option<Procedure>,
    of: Option<Matter>,
    minutes: Option<u32>,
    departments: Vec<String>,
    about: Option<String>,
    seats: Vec<(Role, String)>,
    /// How far it has come: shown, not read.
    state: String,
    found: Found,
    turns: Turns,
}

impl Entry for WorkRow {
    const TABLE: &'static str = "work";
    const NAME: &'static str = "其他工作";
    const UNIQUE: bool = true;
    const FIELDS: &'static [Field] = &FIELDS;

    fn read(line: &mut Line<'_>) -> Option<Self> {
        let matter = row::matter(line);
        let kind = line.word("kind", Kind::from_text).filter(|kind| is_work(*kind) || matter.is_some());
        let (unit, name, town) = (line.unit_id("unit"), line.text("name"), line.id("town"));
        let received = line.parsed("received", cell::moment, cell::bad_moment);
        let urgent = line.parsed("urgent", yes_no, super::no_yes_no).unwrap_or(false);
        let (due, procedure) = (line.date("due"), line.word("procedure", Procedure::from_text));
        let of = line.parsed("of", |text| text.parse().ok(), cell::bad_matter);
        let minutes = line.number("minutes");
        let departments = line.parsed("departments", cell::tokens, cell::bad_tokens).unwrap_or_default();
        let about = line.text("about");
        let seats = line.parsed("seats", cell::seats, cell::bad_seats).unwrap_or_default();
        let (found, turns) = (Found::read(line), Turns::read(line));
        let kind = super::of_kind(line, matter.as_ref(), kind?)?;
        if !is_work(kind) {
            line.report_at("kind", super::elsewhere(kind));
            return None;
        }
        Some(WorkRow {
            id: super::id(line, matter.as_ref()),
            matter,
            kind,
            unit,
            name: name?,
            town,
            received: received?,
            urgent,
            due,
            procedure,
            of,
            minutes,
            departments,
            about,
            seats,
            state: String::new(),
            found: found?,
            turns,
        })
    }

    fn cells(&self) -> Vec<String> {
        let stamp = mark(&self.content());
        let head = vec![shown(self.matter.as_ref())];
        [head, self.came_in(), vec![self.state.clone()], self.outcome(), vec![stamp]].concat()
    }

    fn id(&self) -> &str {
        &self.id
    }
}

impl WorkRow {
    /// How it came in, and who goes.
    fn came_in(&self) -> Vec<String> {
        vec![
            self.kind.zh().to_owned(),
            text(&self.unit),
            self.name.clone(),
            text(&self.town),
            cell::print_moment(self.received),
            if self.urgent { "是" } else { "否" }.to_owned(),
            shown(self.due.as_ref()),
            self.procedure.map(|procedure| procedure.zh().to_owned()).unwrap_or_default(),
            shown(self.of.as_ref()),
            shown(self.minutes.as_ref()),
            self.departments.join("、"),
            text(&self.about),
            cell::print_seats(&self.seats),
        ]
    }

    /// What became of it.
    fn outcome(&self) -> Vec<String> {
        [self.found.cells(), self.turns.content()].concat()
    }

    fn opened(&self, matter: &Matter) -> Opened {
        Opened {
            matter: matter.clone(),
            unit: self.unit.clone(),
            name: self.name.clone(),
            town: self.town.clone(),
            received: self.received,
            urgent: self.urgent,
            due: self.due,
            procedure: self.procedure,
            of: self.of.clone(),
            minutes: self.minutes,
            departments: self.departments.clone(),
            remark: self.about.clone(),
        }
    }

    /// The first column that says otherwise than how the matter came in, and what is known.
    fn difference(&self, known: &WorkRow) -> Option<(&'static str, String)> {
        let (said, known) = (self.came_in(), known.came_in());
        let columns = KNOWN[1..].iter().zip(said.iter().zip(known));
        // Who goes may change.
        let mut fixed = columns.filter(|(field, _)| field.key != "seats");
        fixed.find(|(_, (said, known))| *said != known).map(|(field, (_, known))| (field.key, known))
    }
}

impl Row for WorkRow {
    const SHEET: &'static str = "其他工作";
    const SHOWN: &'static [&'static str] = &["matter", "state", "stamp"];

    fn of(task: &Task) -> Self {
        let opened = task.opened.clone();
        let opened = opened.as_ref();
        WorkRow {
            id: task.matter.to_string(),
            matter: Some(task.matter.clone()),
            kind: task.kind(),
            unit: task.unit.clone(),
            name: task.name.clone(),
            town: task.town.clone(),
            received: opened.map_or(Moment::from_unix(0).expect("a moment"), |opened| opened.received),
            urgent: opened.is_some_and(|opened| opened.urgent),
            due: opened.and_then(|opened| opened.due),
            procedure: opened.and_then(|opened| opened.procedure),
            of: opened.and_then(|opened| opened.of.clone()),
            minutes: opened.and_then(|opened| opened.minutes),
            departments: opened.map(|opened| opened.departments.clone()).unwrap_or_default(),
            about: opened.and_then(|opened| opened.remark.clone()),
            seats: task.seats.clone(),
            state: task.standing().zh,
            found: Found::of(task),
            turns: Turns::of(task),
        }
    }

    fn matter(&self) -> Option<&Matter> {
        self.matter.as_ref()
    }

    fn is(&self, task: &Task) -> bool {
        let came_in = task.opened.as_ref().map(|opened| opened.received) == Some(self.received);
        task.kind() == self.kind && task.name == self.name && came_in
    }

    fn kind(&self) -> Kind {
        self.kind
    }

    fn acts(&self, matter: &Matter, task: Option<&Task>) -> Result<Vec<Act>, (&'static str, Fault)> {
        let mut acts = Vec::new();
        match task {
            None => acts.push(Act::Opened(self.opened(matter))),
            Some(task) => {
                if let Some((column, known)) = self.difference(&WorkRow::of(task)) {
                    return Err((column, row::other_than_known(&known)));
                }
            }
        }
        let seats: &[_] = task.map_or(&[], |task| &task.seats);
        if !self.seats.is_empty() && self.seats != seats {
            acts.push(Act::Assigned { matter: matter.clone(), seats: self.seats.clone() });
        }
        let goes = if self.seats.is_empty() { seats } else { &self.seats };
        let visit = self.found.visit(matter, goes);
        acts.extend(self.turns.acts(matter, task, visit));
        Ok(acts)
    }

    fn content(&self) -> Vec<String> {
        [self.came_in(), self.outcome()].concat()
    }

    fn stamp(&self) -> Option<&str> {
        self.turns.stamp.as_deref()
    }
}
