//! One row while it is read: every field asked for gives its value, or nothing
//! and a finding.

use super::fault::{self, Fault};
use super::field::Field;
use super::finding::Finding;
use super::identity::{self, CreditCode};
use super::plan::{Feed, Plan, allowed};
use super::rule::{Rule, Severity};
use super::table::{Broken, CellKind, Row};
use super::values::{self, trim};
use super::world::World;
use crate::ids;
use crate::text::broken_rule;
use crate::time::{Date, Period};
use std::collections::BTreeSet;

/// A row being read.
#[derive(Debug)]
pub struct Line<'a> {
    plan: &'a Plan<'a>,
    row: &'a Row<'a>,
    world: World<'a>,
    findings: Vec<Finding>,
    next: usize,
}

/// A usable text and the field it belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value<'a> {
    pub(super) field: usize,
    pub(super) text: &'a str,
    pub(super) kind: CellKind,
}

/// What stands in a cell.
pub(super) enum Opened<'a> {
    /// The table has no such column.
    Absent,
    Blank,
    /// Nothing usable; a finding says why.
    Bad,
    Text(Value<'a>),
}

impl<'a> Line<'a> {
    pub(super) fn new(plan: &'a Plan<'a>, row: &'a Row<'a>, world: World<'a>) -> Self {
        Line { plan, row, world, findings: Vec::new(), next: 0 }
    }

    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// What the row is held against; `None` while a canonical table is read.
    pub(super) fn world(&self) -> World<'a> {
        self.world
    }

    /// Whether a value is an address with a town somewhere in it.
    pub(super) fn is_address(&self, value: Value<'_>) -> bool {
        matches!(self.plan.feeds[value.field], Feed::Recognise(_))
    }

    // ---- findings ----------------------------------------------------------

    /// Reports `fault` at a field. Warnings are for imports: a canonical table
    /// was warned about when it was imported.
    pub(super) fn report(&mut self, value: Value<'_>, fault: Fault) {
        self.push(self.heading(value.field), value.text.to_owned(), fault);
    }

    /// Reports `fault` at the field asked for last, which is blank.
    pub(super) fn report_blank(&mut self, fault: Fault) {
        self.push(self.heading(self.next - 1), String::new(), fault);
    }

    /// Reports `fault` at the field `key`, if nothing stands there.
    pub fn report_missing(&mut self, key: &str, fault: Fault) {
        if matches!(self.open(key), Opened::Absent | Opened::Blank) {
            self.report_blank(fault);
        }
    }

    /// Reports `fault` of the whole row.
    pub(super) fn report_whole(&mut self, fault: Fault) {
        self.push(String::new(), self.plan.shown_line(self.row), fault);
    }

    /// The row, as the spreadsheet counts.
    pub fn row(&self) -> u32 {
        self.row.number
    }

    fn push(&mut self, column: String, value: String, fault: Fault) {
        if self.world.is_stored() && fault.rule.severity() == Severity::Warn {
            return;
        }
        let Fault { rule, what, remedy } = fault;
        let file = self.plan.file.clone();
        self.findings.push(Finding { file, row: self.row.number, column, value, rule, what, remedy });
    }

    fn heading(&self, field: usize) -> String {
        match self.plan.column(field) {
            Some(column) => self.plan.heading(column),
            None => self.plan.fields[field].heading.to_owned(),
        }
    }

    /// Reports what makes the whole row unusable: its shape, or text lost in
    /// any column, because what is lost may have moved the rest.
    pub(super) fn check_whole(&mut self) {
        if let Some(broken) = self.row.broken {
            let fault = match broken {
                Broken::Quote => fault::stray_quote(),
                Broken::Width(found) => fault::wrong_width(found, self.plan.headings.len()),
            };
            return self.report_whole(fault);
        }
        for (column, cell) in self.row.cells.iter().enumerate() {
            if cell.text.contains('\u{fffd}') && !self.plan.is_private(column) {
                let value = cell.text.clone().into_owned();
                self.push(self.plan.heading(column), value, fault::replacement());
            }
        }
    }

    // ---- the raw value -----------------------------------------------------

    fn field(&mut self, key: &str) -> usize {
        let fields: &'static [Field] = self.plan.fields;
        // Entries ask in the order of their fields, so the first look succeeds.
        let index = (0..fields.len()).map(|step| (self.next + step) % fields.len());
        let index = index.into_iter().find(|index| fields[*index].key == key).expect("a field of this table");
        self.next = index + 1;
        index
    }

    /// What stands at a field.
    pub(super) fn open(&mut self, key: &str) -> Opened<'a> {
        let field = self.field(key);
        let (text, kind) = match self.plan.feeds[field] {
            Feed::Absent => return Opened::Absent,
            Feed::Value(value) => (value, CellKind::Text),
            Feed::Column(column) | Feed::Recognise(column) => match self.row.cells.get(column) {
                Some(cell) => (trim(&cell.text), cell.kind),
                None => ("", CellKind::Text),
            },
        };
        let text = self.translated(field, text);
        let value = Value { field, text, kind };
        let fault = if kind == CellKind::Error {
            fault::error_cell()
        } else if text.is_empty() {
            return Opened::Blank;
        } else if text.contains('\u{fffd}') {
            // Reported for the row already.
            return Opened::Bad;
        } else if text.contains(values::is_invisible) || broken_rule(text).is_some() {
            fault::control()
        } else {
            return Opened::Text(value);
        };
        self.report(value, fault);
        Opened::Bad
    }

    /// Our word for theirs, where the configuration has one.
    fn translated(&self, field: usize, text: &'a str) -> &'a str {
        let ours = self.plan.values[field].and_then(|words| words.get(text));
        ours.map_or(text, |ours| trim(ours))
    }

    /// The value of a field, or `None` if it is blank or bad. A required field
    /// that is blank is reported.
    pub(super) fn value(&mut self, key: &str) -> Option<Value<'a>> {
        match self.open(key) {
            Opened::Text(value) => Some(value),
            Opened::Bad => None,
            Opened::Absent | Opened::Blank => {
                if let Some(rule) = self.plan.fields[self.next - 1].required {
                    self.report_blank(fault::missing(rule));
                }
                None
            }
        }
    }

    // ---- typed values ------------------------------------------------------

    /// Free text in one line.
    pub fn text(&mut self, key: &str) -> Option<String> {
        let value = self.value(key)?;
        self.checked_text(value)
    }

    pub(super) fn checked_text(&mut self, value: Value<'_>) -> Option<String> {
        let fault = match value.kind {
            CellKind::Date | CellKind::Bool => fault::wrong_kind(),
            _ => return Some(value.text.to_owned()),
        };
        self.report(value, fault);
        None
    }

    /// An id in the form of [`ids::is_token`], stored as text.
    pub fn id(&mut self, key: &str) -> Option<String> {
        let value = self.value(key)?;
        self.checked_id(value)
    }

    /// The id of a unit, which may be a 统一社会信用代码.
    pub fn unit_id(&mut self, key: &str) -> Option<String> {
        let value = self.value(key)?;
        self.checked_unit_id(value)
    }

    pub(super) fn checked_unit_id(&mut self, value: Value<'_>) -> Option<String> {
        let id = value.text;
        // A code in order stays one, even if its digits happen to make a birthday.
        if value.kind != CellKind::Text || !identity::is_credit_code(id) {
            self.checked_id(value)?;
        }
        match identity::credit_code(id) {
            CreditCode::Fine if identity::is_almost_a_code(id) => {
                self.report(value, fault::unusual_length(id.len()));
            }
            CreditCode::Fine => {}
            CreditCode::BadCheck(check) => self.report(value, fault::credit_check(check)),
            CreditCode::BadAlphabet(c) => {
                self.report(value, fault::credit_alphabet(c, &id.to_ascii_uppercase()));
                return None;
            }
        }
        Some(id.to_owned())
    }

    pub(super) fn checked_id(&mut self, value: Value<'_>) -> Option<String> {
        let fault = if let Some(half) = values::half_width(value.text) {
            fault::full_width(&half)
        } else {
            let id = self.checked_serial(value)?;
            if ids::is_token(&id) {
                return Some(id);
            }
            fault::bad_id()
        };
        self.report(value, fault);
        None
    }

    /// A number that somebody else gave, such as 渝消安检〔2026〕第1号: any text
    /// that Excel has not turned into a number.
    pub fn serial(&mut self, key: &str) -> Option<String> {
        let value = self.value(key)?;
        self.checked_serial(value)
    }

    fn checked_serial(&mut self, value: Value<'_>) -> Option<String> {
        let fault = if value.kind != CellKind::Text {
            fault::numeric_id()
        } else if identity::is_scientific(value.text) {
            fault::scientific()
        } else if identity::is_identity_card(value.text) {
            let masked = identity::masked(value.text);
            self.push(self.heading(value.field), masked, fault::identity_card());
            return None;
        } else {
            return Some(value.text.to_owned());
        };
        self.report(value, fault);
        None
    }

    /// Ids in a list.
    pub fn ids(&mut self, key: &str) -> BTreeSet<String> {
        self.each(key, Self::checked_id)
    }

    /// Tags in a list: words without spaces and `=`.
    pub fn tags(&mut self, key: &str) -> BTreeSet<String> {
        self.each(key, Self::checked_tag)
    }

    /// One tag.
    pub fn tag(&mut self, key: &str) -> Option<String> {
        let value = self.value(key)?;
        self.checked_tag(value)
    }

    fn checked_tag(&mut self, value: Value<'_>) -> Option<String> {
        let bad =
            value.text.contains(|c: char| c.is_whitespace() || c == '=' || values::SEPARATORS.contains(&c));
        if bad {
            self.report(value, fault::bad_tag(value.text));
        }
        (!bad).then(|| value.text.to_owned())
    }

    /// Keywords in a list.
    pub fn words<W: Ord>(&mut self, key: &str, from: fn(&str) -> Option<W>) -> BTreeSet<W> {
        self.each(key, |line, value| line.checked_word(value, from))
    }

    fn each<T: Ord>(&mut self, key: &str, read: impl Fn(&mut Self, Value<'a>) -> Option<T>) -> BTreeSet<T> {
        let Some(whole) = self.value(key) else { return BTreeSet::new() };
        let parts = values::list(whole.text);
        let part = |part| Value { text: self.translated(whole.field, part), ..whole };
        let parts: Vec<Value<'a>> = parts.map(part).filter(|value| !value.text.is_empty()).collect();
        parts.into_iter().filter_map(|value| read(self, value)).collect()
    }

    /// A keyword.
    pub fn word<W>(&mut self, key: &str, from: fn(&str) -> Option<W>) -> Option<W> {
        let value = self.value(key)?;
        self.checked_word(value, from)
    }

    /// A keyword, or `default` if the table has no such column. Where it has
    /// one, a blank cell says nothing and is refused.
    pub fn word_or<W>(&mut self, key: &str, from: fn(&str) -> Option<W>, default: W) -> Option<W> {
        match self.open(key) {
            Opened::Absent => Some(default),
            Opened::Bad => None,
            Opened::Text(value) => self.checked_word(value, from),
            Opened::Blank => {
                self.report_blank(fault::missing(Rule::MissingValue));
                None
            }
        }
    }

    fn checked_word<W>(&mut self, value: Value<'_>, from: fn(&str) -> Option<W>) -> Option<W> {
        let found = from(value.text);
        if found.is_none() {
            let half = values::half_width(value.text).filter(|half| from(half).is_some());
            let list =
                || fault::unknown_word(&allowed(&self.plan.fields[value.field]), !self.world.is_stored());
            let fault = half.map_or_else(list, |half| fault::full_width(&half));
            self.report(value, fault);
        }
        found
    }

    /// A value of any form; `fault` says what its form would be.
    pub fn parsed<T>(&mut self, key: &str, read: fn(&str) -> Option<T>, fault: fn() -> Fault) -> Option<T> {
        let value = self.value(key)?;
        self.checked(value, read, fault)
    }

    fn checked<T>(
        &mut self,
        value: Value<'_>,
        read: fn(&str) -> Option<T>,
        fault: fn() -> Fault,
    ) -> Option<T> {
        let found = read(value.text);
        if found.is_none() {
            let half = values::half_width(value.text).filter(|half| read(half).is_some());
            let fault = half.map_or_else(fault, |half| fault::full_width(&half));
            self.report(value, fault);
        }
        found
    }

    /// A date.
    pub fn date(&mut self, key: &str) -> Option<Date> {
        let value = self.value(key)?;
        let day = if value.kind == CellKind::Number { values::serial_day(value.text) } else { None };
        if let Some(day) = day {
            self.report(value, fault::serial_date(&day.to_string()));
            return None;
        }
        self.checked(value, values::date, fault::bad_date)
    }

    /// A date that cannot lie ahead.
    pub fn past_date(&mut self, key: &str) -> Option<Date> {
        let date = self.date(key)?;
        if let Some(reference) = self.world.reference().filter(|reference| date > *reference) {
            self.report_at(key, fault::future(&reference.to_string()));
        }
        Some(date)
    }

    /// A whole number.
    pub fn number(&mut self, key: &str) -> Option<u32> {
        self.parsed(key, values::whole, fault::bad_whole)
    }

    /// Minutes, from hours.
    pub fn hours(&mut self, key: &str) -> Option<u32> {
        self.parsed(key, values::minutes, fault::bad_hours)
    }

    /// The days of a list of leaves, in order.
    pub fn periods(&mut self, key: &str) -> Vec<Period> {
        let mut periods =
            self.parsed(key, |text| values::periods(text).ok(), fault::bad_date).unwrap_or_default();
        if periods.iter().any(Period::is_reversed) {
            self.report_at(key, fault::reversed());
        }
        periods.sort_unstable();
        periods.dedup();
        periods
    }

    /// A period from the fields of its first and last day.
    pub fn period(&mut self, from: &str, until: &str) -> Period {
        let period = Period { from: self.date(from), until: self.date(until) };
        if period.is_reversed() {
            self.report_at(until, fault::reversed());
        }
        period
    }

    /// Reports `fault` at the field `key`, whose text is known to be usable.
    pub fn report_at(&mut self, key: &str, fault: Fault) {
        if let Opened::Text(value) = self.open(key) {
            self.report(value, fault);
        }
    }
}
