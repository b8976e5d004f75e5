//! The sheet of penalties: a row without a number enters a decision.

use super::cell;
use super::row::{self, Row, mark, shown, text};
use crate::register::import::{Entry, Fault, Field, Line};
use crate::task::{Act, Kind, Matter, Penalty, Task};
use crate::time::Date;

const FIELDS: [Field; 11] = [
    Field::new("matter", "事项编号"),
    Field::new("of", "原事项"),
    Field::new("unit", "单位代码"),
    Field::new("name", "当事人").required(),
    Field::new("number", "决定书文号").required(),
    Field::new("day", "决定日期").required(),
    Field::new("yuan", "罚款金额（元）").required(),
    Field::new("delegated", "赋权镇街"),
    Field::new("contested", "申请复议日期"),
    Field::new("state", "状态"),
    Field::new("stamp", "校对码"),
];

/// A penalty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PenaltyRow {
    /// The number; of what is new, its row.
    id: String,
    matter: Option<Matter>,
    of: Option<Matter>,
    unit: Option<String>,
    name: String,
    number: String,
    day: Date,
    yuan: u64,
    delegated: Option<String>,
    contested: Option<Date>,
    /// How far it has come: shown, not read.
    state: String,
    stamp: Option<String>,
}

impl Entry for PenaltyRow {
    const TABLE: &'static str = "penalties";
    const NAME: &'static str = "行政处罚";
    const UNIQUE: bool = true;
    const FIELDS: &'static [Field] = &FIELDS;

    fn read(line: &mut Line<'_>) -> Option<Self> {
        let matter = row::matter(line);
        let of = line.parsed("of", |text| text.parse().ok(), cell::bad_matter);
        let (unit, name, number) = (line.unit_id("unit"), line.text("name"), line.serial("number"));
        let (day, yuan) = (line.date("day"), line.parsed("yuan", cell::yuan, cell::bad_yuan));
        let (delegated, contested) = (line.id("delegated"), line.date("contested"));
        let stamp = line.text("stamp");
        super::of_kind(line, matter.as_ref(), Kind::Penalty)?;
        let id = super::id(line, matter.as_ref());
        let (name, number, day, yuan) = (name?, number?, day?, yuan?);
        let state = String::new();
        Some(PenaltyRow { id, matter, of, unit, name, number, day, yuan, delegated, contested, state, stamp })
    }

    fn cells(&self) -> Vec<String> {
        let stamp = mark(&self.content());
        [vec![shown(self.matter.as_ref())], self.content(), vec![self.state.clone(), stamp]].concat()
    }

    fn id(&self) -> &str {
        &self.id
    }
}

impl PenaltyRow {
    fn penalty(&self, matter: &Matter) -> Penalty {
        Penalty {
            matter: matter.clone(),
            of: self.of.clone(),
            unit: self.unit.clone(),
            name: self.name.clone(),
            number: self.number.clone(),
            day: self.day,
            yuan: self.yuan,
            delegated: self.delegated.clone(),
        }
    }
}

impl Row for PenaltyRow {
    const SHEET: &'static str = "行政处罚";
    const SHOWN: &'static [&'static str] = &["matter", "state", "stamp"];

    fn of(task: &Task) -> Self {
        let penalty = task.penalty.as_ref();
        PenaltyRow {
            id: task.matter.to_string(),
            matter: Some(task.matter.clone()),
            of: penalty.and_then(|penalty| penalty.of.clone()),
            unit: task.unit.clone(),
            name: task.name.clone(),
            number: penalty.map(|penalty| penalty.number.clone()).unwrap_or_default(),
            day: penalty.map_or(Date::LAST, |penalty| penalty.day),
            yuan: penalty.map_or(0, |penalty| penalty.yuan),
            delegated: penalty.and_then(|penalty| penalty.delegated.clone()),
            contested: task.contested,
            state: task.standing().zh,
            stamp: None,
        }
    }

    fn matter(&self) -> Option<&Matter> {
        self.matter.as_ref()
    }

    /// The very same decision: another one of the same number (文号) is no correction of it,
    /// but a mistake.
    fn is(&self, task: &Task) -> bool {
        task.penalty.as_ref() == Some(&self.penalty(&task.matter))
    }

    fn kind(&self) -> Kind {
        Kind::Penalty
    }

    fn acts(&self, matter: &Matter, task: Option<&Task>) -> Result<Vec<Act>, (&'static str, Fault)> {
        let mut acts = Vec::new();
        let penalty = self.penalty(matter);
        if task.and_then(|task| task.penalty.as_ref()) != Some(&penalty) {
            acts.push(Act::Penalised(penalty));
        }
        let known = task.and_then(|task| task.contested);
        if let Some(day) = self.contested.filter(|day| known != Some(*day)) {
            acts.push(Act::Contested { matter: matter.clone(), day });
        }
        Ok(acts)
    }

    fn content(&self) -> Vec<String> {
        vec![
            shown(self.of.as_ref()),
            text(&self.unit),
            self.name.clone(),
            self.number.clone(),
            self.day.to_string(),
            self.yuan.to_string(),
            text(&self.delegated),
            shown(self.contested.as_ref()),
        ]
    }

    fn stamp(&self) -> Option<&str> {
        self.stamp.as_deref()
    }
}
