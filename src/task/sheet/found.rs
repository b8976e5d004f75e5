//! The columns of a result: what inspectors fill in, or the clerk for them. There is no
//! default result; a cell that is blank says nothing.

use super::cell;
use crate::policy::Role;
use crate::register::import::{Fault, Field, Line, Rule, Words};
use crate::said;
use crate::task::{Matter, Measure, Ordered, Outcome, Task, Visit};
use crate::time::Date;

/// Items that have columns of their own; more stand together in one.
pub const SLOTS: usize = 4;

/// Keys of the columns of an item and of what was found.
const ITEMS: [(&str, &str); SLOTS] =
    [("item_1", "outcome_1"), ("item_2", "outcome_2"), ("item_3", "outcome_3"), ("item_4", "outcome_4")];

/// The measures that take a number and nothing else, each with its column.
const PLAIN: [(Measure, &str); 5] = [
    (Measure::AtOnce, "at_once"),
    (Measure::Seal, "seal"),
    (Measure::Stop, "stop"),
    (Measure::Fine, "fine"),
    (Measure::Transfer, "transfer"),
];

fn outcome_words() -> Words {
    Outcome::ALL.iter().map(|outcome| (outcome.key(), outcome.zh())).collect()
}

/// The columns, in their order.
pub const FIELDS: [Field; 25] = [
    Field::new("day", "检查日期"),
    Field::new("code", "执法码"),
    Field::new("present", "到场人员"),
    Field::new("helpers", "辅助人员"),
    Field::new("delegated", "赋权镇街"),
    Field::new("item_1", "事项1"),
    Field::new("outcome_1", "结果1").words(outcome_words),
    Field::new("item_2", "事项2"),
    Field::new("outcome_2", "结果2").words(outcome_words),
    Field::new("item_3", "事项3"),
    Field::new("outcome_3", "结果3").words(outcome_words),
    Field::new("item_4", "事项4"),
    Field::new("outcome_4", "结果4").words(outcome_words),
    Field::new("items_more", "其余事项结果"),
    Field::new("hazards", "火灾隐患数"),
    Field::new("rectified", "已整改数"),
    Field::new("at_once", "责令立即改正"),
    Field::new("by_date", "责令限期改正"),
    Field::new("by_day", "改正期限"),
    Field::new("seal", "临时查封"),
    Field::new("stop", "责令三停"),
    Field::new("fine", "罚款"),
    Field::new("transfer", "移送"),
    Field::new("evidence", "证据存放"),
    Field::new("remark", "检查备注"),
];

/// What a row says of a visit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    day: Option<Date>,
    code: Option<String>,
    present: Vec<(Role, String)>,
    helpers: Vec<String>,
    delegated: Option<String>,
    items: Vec<(String, Option<Outcome>)>,
    hazards: Option<u32>,
    rectified: Option<u32>,
    measures: Vec<Ordered>,
    evidence: Vec<String>,
    remark: Option<String>,
}

impl Found {
    /// What the result that counts would stand like; of a task without one, the items
    /// that are to be checked.
    pub fn of(task: &Task) -> Found {
        let Some(visit) = task.result() else {
            let items = task.items.iter().map(|item| (item.clone(), None)).collect();
            return Found { items, ..Found::default() };
        };
        let mut measures = visit.measures.clone();
        measures.sort_by_key(|ordered| ordered.measure);
        Found {
            day: Some(visit.day),
            code: visit.code.clone(),
            present: visit.present.clone(),
            helpers: visit.helpers.clone(),
            delegated: visit.delegated.clone(),
            items: visit.items.iter().map(|(item, outcome)| (item.clone(), Some(*outcome))).collect(),
            hazards: Some(visit.hazards),
            rectified: Some(visit.rectified),
            measures,
            evidence: visit.evidence.clone(),
            remark: visit.remark.clone(),
        }
    }

    /// Whether nobody has filled in anything.
    pub fn is_blank(&self) -> bool {
        let unsaid = Found { items: self.items.clone(), ..Found::default() };
        *self == unsaid && self.items.iter().all(|(_, outcome)| outcome.is_none())
    }

    /// The visit, if the row says one. The team of `task` was there unless the row says
    /// who was.
    pub fn visit(&self, matter: &Matter, seats: &[(Role, String)]) -> Option<Visit> {
        let items = self.items.iter().filter_map(|(item, outcome)| Some((item.clone(), (*outcome)?)));
        Some(Visit {
            matter: matter.clone(),
            day: self.day?,
            code: self.code.clone(),
            present: if self.present.is_empty() { seats.to_vec() } else { self.present.clone() },
            helpers: self.helpers.clone(),
            delegated: self.delegated.clone(),
            items: items.collect(),
            hazards: self.hazards.unwrap_or(0),
            rectified: self.rectified.unwrap_or(0),
            measures: self.measures.clone(),
            evidence: self.evidence.clone(),
            remark: self.remark.clone(),
        })
    }

    /// Reads the columns of one row; `None` after a finding.
    pub fn read(line: &mut Line<'_>) -> Option<Found> {
        let mut found = Found {
            day: line.date("day"),
            code: line.serial("code"),
            present: line.parsed("present", cell::seats, cell::bad_seats).unwrap_or_default(),
            helpers: line.text("helpers").map(|text| cell::parts(&text)).unwrap_or_default(),
            delegated: line.id("delegated"),
            ..Found::default()
        };
        for (item, outcome) in ITEMS {
            let code = line.id(item);
            let said = line.word(outcome, Outcome::from_text);
            match code {
                Some(code) => found.items.push((code, said)),
                None if said.is_some() => line.report_missing(item, of_no_item()),
                None => {}
            }
        }
        let more = line.parsed("items_more", cell::outcomes, cell::bad_outcomes).unwrap_or_default();
        let unsaid = more.iter().any(|(_, outcome)| outcome.is_none());
        found.items.extend(more);
        found.hazards = line.number("hazards");
        found.rectified = line.number("rectified");
        read_measures(line, &mut found.measures);
        found.evidence = line.text("evidence").map(|text| cell::parts(&text)).unwrap_or_default();
        found.remark = line.text("remark");
        found.check(line);
        if unsaid && !found.is_blank() {
            line.report_at("items_more", no_outcome());
        }
        Some(found)
    }

    /// What a result must say; there is no default for any of it.
    fn check(&self, line: &mut Line<'_>) {
        if self.is_blank() {
            return;
        }
        if self.day.is_none() {
            line.report_missing("day", no_day());
        }
        for ((_, outcome), (_, column)) in self.items.iter().zip(ITEMS) {
            if outcome.is_none() {
                line.report_missing(column, no_outcome());
            }
        }
        let faults = self.items.iter().any(|(_, outcome)| outcome.is_some_and(Outcome::is_fault));
        if faults && self.hazards.is_none() {
            line.report_missing("hazards", no_hazards());
        }
    }

    /// The cells, one a column.
    pub fn cells(&self) -> Vec<String> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        let mut cells = vec![
            self.day.map(|day| day.to_string()).unwrap_or_default(),
            text(&self.code),
            cell::print_seats(&self.present),
            cell::joined(&self.helpers),
            text(&self.delegated),
        ];
        for slot in 0..SLOTS {
            let (item, outcome) = self.items.get(slot).cloned().unwrap_or_default();
            cells.extend([item, outcome.map(|outcome| outcome.zh().to_owned()).unwrap_or_default()]);
        }
        cells.push(cell::print_outcomes(self.items.get(SLOTS..).unwrap_or_default()));
        cells.extend([number(self.hazards), number(self.rectified)]);
        let measured = |measure| cell::joined(&numbers(&self.measures, measure));
        cells.extend([measured(Measure::AtOnce), measured(Measure::ByDate), self.last_days()]);
        cells.extend([Measure::Seal, Measure::Stop, Measure::Fine, Measure::Transfer].map(measured));
        cells.extend([cell::joined(&self.evidence), text(&self.remark)]);
        cells
    }

    fn last_days(&self) -> String {
        let days = self.measures.iter().filter_map(|ordered| ordered.by);
        cell::joined(&days.map(|day| day.to_string()).collect::<Vec<_>>())
    }
}

// ---- measures ----------------------------------------------------------------------

/// What stands for a measure of which no number is known; the first is written.
const ORDERED: [&str; 2] = ["是", "yes"];

/// What stands for none.
const NOT_ORDERED: [&str; 2] = ["否", "no"];

/// Whether a text can be the number of a document in these columns.
pub fn is_document(text: &str) -> bool {
    cell::is_part(text) && text != "-" && !ORDERED.contains(&text) && !NOT_ORDERED.contains(&text)
}

/// The numbers of a measure, each as often as it was ordered.
fn numbers(measures: &[Ordered], wanted: Measure) -> Vec<String> {
    let ordered = measures.iter().filter(|ordered| ordered.measure == wanted);
    ordered.map(|ordered| ordered.number.clone().unwrap_or_else(|| ORDERED[0].to_owned())).collect()
}

/// The measures of a row, in the order of their kinds.
fn read_measures(line: &mut Line<'_>, measures: &mut Vec<Ordered>) {
    for (measure, column) in PLAIN {
        let ordered = |number| Ordered { measure, number, by: None };
        measures.extend(read_numbers(line, column).into_iter().map(ordered));
    }
    let is_amount = |ordered: &Ordered| ordered.measure == Measure::Fine && amount(ordered);
    if measures.iter().any(is_amount) {
        line.report_at("fine", no_amount());
    }
    let numbers = read_numbers(line, "by_date");
    let days = line.parsed("by_day", days, bad_days);
    match &days {
        None if !numbers.is_empty() => line.report_missing("by_day", days_missing(numbers.len(), 0)),
        Some(days) if days.len() != numbers.len() => {
            line.report_at("by_day", days_missing(numbers.len(), days.len()));
        }
        _ => {}
    }
    let ordered = |(number, day)| Ordered { measure: Measure::ByDate, number, by: Some(day) };
    measures.extend(numbers.into_iter().zip(days.unwrap_or_default()).map(ordered));
    measures.sort_by_key(|ordered| ordered.measure);
}

fn read_numbers(line: &mut Line<'_>, column: &str) -> Vec<Option<String>> {
    let text = line.serial(column).unwrap_or_default();
    let parts = cell::parts(&text).into_iter();
    let number = |part: String| (!ORDERED.contains(&part.as_str())).then_some(part);
    parts.filter(|part| !NOT_ORDERED.contains(&part.as_str())).map(number).collect()
}

fn days(text: &str) -> Option<Vec<Date>> {
    cell::parts(text).iter().map(|part| crate::register::import::date(part)).collect()
}

// ---- what is wrong -----------------------------------------------------------------

/// Whether what stands for a document is a plain sum of money.
fn amount(ordered: &Ordered) -> bool {
    let text = ordered.number.as_deref().unwrap_or_default().trim_end_matches('元');
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || ",，.".contains(c))
}

fn no_amount() -> Fault {
    Fault {
        rule: Rule::BadNumber,
        what: said!("这里写文号，不写金额", "a document's number belongs here, not a sum"),
        remedy: said!(
            "写文号，没有文号写“是”；金额填在工作表“行政处罚”里",
            "write the document's number, or yes; sums go to the sheet of penalties"
        ),
    }
}

fn bad_days() -> Fault {
    Fault {
        rule: Rule::BadDate,
        what: said!("不是日期，或日历上没有这一天", "not a date, or not a day of the calendar"),
        remedy: said!(
            "写成 2026-06-20；有几份通知书的，按次序用分号隔开",
            "write it as 2026-06-20; for several notices put ; between the days, in their order"
        ),
    }
}

fn days_missing(numbers: usize, days: usize) -> Fault {
    Fault {
        rule: Rule::MissingValue,
        what: said!(
            "责令限期改正有 {numbers} 份，改正期限有 {days} 个",
            "{numbers} ordered by a day, and {days} of these days"
        ),
        remedy: said!(
            "每份通知书写一个文号（没有文号写“是”）和一个改正期限",
            "give each notice its number (yes if it has none) and its last day"
        ),
    }
}

fn of_no_item() -> Fault {
    Fault {
        rule: Rule::MissingValue,
        what: said!("有结果，没有事项", "an outcome of no item"),
        remedy: said!("写上事项编码", "write the code of the item"),
    }
}

fn no_day() -> Fault {
    Fault {
        rule: Rule::MissingValue,
        what: said!("填了结果，没有填检查日期", "there is a result, but not the day of the visit"),
        remedy: said!("写上检查日期，如 2026-06-08", "write the day of the visit, such as 2026-06-08"),
    }
}

fn no_outcome() -> Fault {
    Fault {
        rule: Rule::MissingValue,
        what: said!("这个事项没有结果；结果没有默认值", "no outcome of this item; there is no default"),
        remedy: said!("从下拉列表里选一个", "choose one from the list in the cell"),
    }
}

fn no_hazards() -> Fault {
    Fault {
        rule: Rule::MissingValue,
        what: said!("发现了问题，没有填火灾隐患数", "something was found wrong, but not how many hazards"),
        remedy: said!("写上火灾隐患数和已整改数", "write how many hazards, and how many were put right"),
    }
}
