//! The sheet of drawn visits: what the draw decided is there, the result is to be filled in.

use super::found::{FIELDS as FOUND, Found};
use super::row::{self, Row, TURNS, Turns, join, mark, shown, text};
use crate::register::import::{Entry, Fault, Field, Line};
use crate::task::{Act, Kind, Matter, Task};

const KNOWN: [Field; 9] = [
    Field::new("matter", "事项编号").required(),
    Field::new("unit", "单位代码"),
    Field::new("name", "单位名称"),
    Field::new("address", "地址"),
    Field::new("town", "镇街"),
    Field::new("zone", "片区"),
    Field::new("team", "检查组"),
    Field::new("planned", "计划日期"),
    Field::new("state", "状态"),
];

const FIELDS: [Field; 38] = join::<9, 29, 38>(KNOWN, join::<25, 4, 29>(FOUND, TURNS));

/// A drawn visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnRow {
    id: String,
    matter: Matter,
    unit: Option<String>,
    name: Option<String>,
    /// Address, town, zone, team, planned day and state: shown, not read.
    shown: [String; 6],
    found: Found,
    turns: Turns,
}

impl Entry for DrawnRow {
    const TABLE: &'static str = "results";
    const NAME: &'static str = "检查结果";
    const UNIQUE: bool = true;
    const FIELDS: &'static [Field] = &FIELDS;

    fn read(line: &mut Line<'_>) -> Option<Self> {
        let matter = row::matter(line);
        let (unit, name) = (line.unit_id("unit"), line.text("name"));
        let (found, turns) = (Found::read(line), Turns::read(line));
        let matter = matter?;
        if matter.kind() != Kind::Drawn {
            line.report_at("matter", super::elsewhere(matter.kind()));
            return None;
        }
        Some(DrawnRow {
            id: matter.to_string(),
            matter,
            unit,
            name,
            shown: Default::default(),
            found: found?,
            turns,
        })
    }

    fn cells(&self) -> Vec<String> {
        let known = vec![self.id.clone(), text(&self.unit), text(&self.name)];
        let content = self.content();
        let stamp = mark(&content);
        [known, self.shown.to_vec(), content, vec![stamp]].concat()
    }

    fn id(&self) -> &str {
        &self.id
    }
}

impl Row for DrawnRow {
    const SHEET: &'static str = "检查结果";
    const SHOWN: &'static [&'static str] =
        &["matter", "unit", "name", "address", "town", "zone", "team", "planned", "state", "stamp"];

    fn of(task: &Task) -> Self {
        let shown = [
            text(&task.address),
            text(&task.town),
            text(&task.zone),
            row::team(&task.seats),
            shown(task.planned.as_ref()),
            task.standing().zh,
        ];
        DrawnRow {
            id: task.matter.to_string(),
            matter: task.matter.clone(),
            unit: task.unit.clone(),
            name: Some(task.name.clone()).filter(|name| !name.is_empty()),
            shown,
            found: Found::of(task),
            turns: Turns::of(task),
        }
    }

    fn matter(&self) -> Option<&Matter> {
        Some(&self.matter)
    }

    fn is(&self, _: &Task) -> bool {
        false
    }

    fn kind(&self) -> Kind {
        Kind::Drawn
    }

    fn acts(&self, matter: &Matter, task: Option<&Task>) -> Result<Vec<Act>, (&'static str, Fault)> {
        let Some(task) = task else { return Err(("matter", super::not_drawn())) };
        for (column, said, known) in
            [("unit", &self.unit, task.unit.as_deref()), ("name", &self.name, Some(task.name.as_str()))]
        {
            if said.is_some() && said.as_deref() != known {
                return Err((column, row::other_than_known(known.unwrap_or_default())));
            }
        }
        let visit = self.found.visit(matter, &task.seats);
        Ok(self.turns.acts(matter, Some(task), visit))
    }

    fn content(&self) -> Vec<String> {
        [self.found.cells(), self.turns.content()].concat()
    }

    fn stamp(&self) -> Option<&str> {
        self.turns.stamp.as_deref()
    }
}
