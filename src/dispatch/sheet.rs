//! The order as sheets of a workbook: which value stands in which cell. The shell only
//! writes them down, so that a day stays a day and a code stays a text.

use super::bring::bring;
use super::order::Order;
use super::paper::SECRET;
use super::reader::Reader;
use super::visit::{Person, Visit};
use crate::policy::Role;
use crate::time::Date;

/// One sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: &'static str,
    /// What stands in the first row.
    pub title: String,
    /// What stands in the second: for whom, as of when, secret or not, and the sum.
    pub note: String,
    /// Headings with their widths, in halves of a Chinese letter.
    pub columns: Vec<(&'static str, u32)>,
    /// How many columns are printed, from the left.
    pub printed: usize,
    /// The rows, one value a column.
    pub rows: Vec<Vec<Value>>,
    /// The last row.
    pub sum: Vec<Value>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    None,
    /// Text, also if it looks like a number.
    Text(String),
    /// A day.
    Day(Date),
    /// A number.
    Whole(u32),
}

/// The sheets of an order.
pub fn sheets(order: &Order) -> Vec<Sheet> {
    let mut sheets = vec![visits(order)];
    if !order.reader.goes() {
        sheets.push(people(order));
    }
    sheets
}

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

fn maybe(words: Option<&String>) -> Value {
    words.filter(|words| !words.is_empty()).map_or(Value::None, text)
}

/// Headings and widths of the visits. Those after the first [`PRINTED`] are for the screen:
/// more would be too small to read on paper.
const COLUMNS: &[(&str, u32)] = &[
    ("序号", 5),
    ("日期", 11),
    ("星期", 8),
    ("工作类别", 11),
    ("本人角色", 9),
    ("主办", 12),
    ("协办及其他", 14),
    ("检查对象", 24),
    ("统一社会信用代码", 20),
    ("地址", 24),
    ("检查事项", 24),
    ("用时（分钟）", 8),
    ("办理时限", 14),
    ("变更", 12),
    ("镇街", 12),
    ("检查依据", 40),
    ("携带", 30),
    ("任务编号", 38),
];
const PRINTED: usize = 14;
/// Where the reader's own part stands; only in an inspector's order.
const OWN: usize = 4;
const UNIT: usize = 7;
const MINUTES: usize = 11;

fn visits(order: &Order) -> Sheet {
    let secret = if order.is_secret { format!("【{SECRET}】") } else { String::new() };
    let (count, minutes) = (order.visits.len(), order.minutes());
    let at = order.at.by_clocks_of_china();
    let mut sum = vec![Value::None; COLUMNS.len()];
    sum[1] = text("合计");
    sum[UNIT] = text(format!("{count}项"));
    sum[MINUTES] = Value::Whole(minutes);
    let mut sheet = Sheet {
        name: "检查任务",
        title: format!("{}{}", order.office, title(order)),
        note: format!("{secret}{}　{}　截至{at}　共{count}项", order.number, order.to),
        columns: COLUMNS.to_vec(),
        printed: PRINTED,
        rows: (1..).zip(&order.visits).map(|(number, visit)| row(number, visit, order)).collect(),
        sum,
    };
    if !matches!(order.reader, Reader::Inspector(_)) {
        sheet.printed -= 1;
        sheet.columns.remove(OWN);
        sheet.rows.iter_mut().chain([&mut sheet.sum]).for_each(|row| drop(row.remove(OWN)));
    }
    sheet
}

fn title(order: &Order) -> &'static str {
    if order.reader.goes() { "检查任务单" } else { "检查派单" }
}

fn row(number: u32, visit: &Visit, order: &Order) -> Vec<Value> {
    let own = match &order.reader {
        Reader::Inspector(number) => visit.part_of(number),
        _ => None,
    };
    let people = |is_lead: bool| {
        let of_part = visit.team.iter().filter(|person| (person.role == Role::Lead) == is_lead);
        let word = |person: &Person| match person.role {
            Role::Lead | Role::Assistant => named(person),
            _ => format!("{} {}", person.called, named(person)),
        };
        maybe(Some(&of_part.map(word).collect::<Vec<String>>().join("、")))
    };
    let joined = |words: Vec<&str>| maybe(Some(&words.join("；")));
    let bases = visit.items.iter().map(|item| item.basis.as_str()).filter(|basis| !basis.is_empty());
    let work = match &visit.remark {
        Some(remark) => format!("{}：{remark}", visit.kind().zh()),
        None => visit.kind().zh().to_owned(),
    };
    vec![
        Value::Whole(number),
        visit.day.map_or_else(|| text("待定"), Value::Day),
        visit.day.map_or(Value::None, |day| text(day.weekday_zh())),
        text(work),
        own.map_or(Value::None, |person| text(&person.called)),
        people(true),
        people(false),
        text(&visit.unit),
        maybe(visit.code.as_ref()),
        maybe(visit.address.as_ref()),
        joined(visit.items.iter().map(|item| item.name.as_str()).collect()),
        Value::Whole(own.map_or_else(|| visit.minutes(), |person| person.minutes)),
        visit.due.map_or(Value::None, |due| text(due.in_words())),
        maybe(Some(&visit.change())),
        maybe(visit.town.as_ref()),
        joined(bases.collect()),
        text(bring(visit.kind()).join("、")),
        text(visit.matter.to_string()),
    ]
}

fn named(person: &Person) -> String {
    match &person.name {
        Some(name) => format!("{name}（{}）", person.certificate),
        None => person.certificate.clone(),
    }
}

fn people(order: &Order) -> Sheet {
    let total = |figure: fn(&super::order::Load) -> u32| Value::Whole(order.loads.iter().map(figure).sum());
    Sheet {
        name: "人员任务量",
        title: format!("{}人员任务量", order.office),
        note: format!("{}　{}　{}人", order.number, order.to, order.loads.len()),
        columns: vec![
            ("序号", 6),
            ("执法证号", 18),
            ("姓名", 16),
            ("主办", 10),
            ("协办及其他", 12),
            ("用时（分钟）", 14),
        ],
        printed: 6,
        rows: (1..)
            .zip(&order.loads)
            .map(|(number, load)| {
                vec![
                    Value::Whole(number),
                    text(&load.certificate),
                    maybe(load.name.as_ref()),
                    Value::Whole(load.led),
                    Value::Whole(load.joined),
                    Value::Whole(load.minutes),
                ]
            })
            .collect(),
        sum: vec![
            Value::None,
            text("合计"),
            Value::None,
            total(|load| load.led),
            total(|load| load.joined),
            total(|load| load.minutes),
        ],
    }
}
