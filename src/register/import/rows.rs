//! Rows of a table one at a time, for a register that no memory holds.

use super::fault;
use super::field::Entry;
use super::finding::Finding;
use super::line::Line;
use super::mapping::{FieldKey, TableMapping};
use super::plan::Plan;
use super::table::{Cell, CellKind, Row, cells_of};
use super::values::{is_invisible, trim};
use super::world::{Known, World};
use super::{Context, identity};
use crate::problem::Outcome;
use crate::text::broken_rule;
use std::borrow::Cow;
use std::marker::PhantomData;

/// Reads rows by the mapping that an import has, and with its findings. What an import tells of
/// several rows together, such as an id that is there twice, is left to the caller.
#[derive(Debug)]
pub struct RowReader<'a, T> {
    plan: Plan<'a>,
    known: Known<'a>,
    translated: Vec<&'static str>,
    entries: PhantomData<T>,
}

impl<'a, T: Entry> RowReader<'a, T> {
    /// The reader of a table with these headings.
    ///
    /// # Errors
    /// As an import has if the headings do not fit the mapping.
    pub fn new(
        file: &str,
        headings: &'a [String],
        mapping: &'a TableMapping<T>,
        context: &Context<'a>,
    ) -> Outcome<Self> {
        let plan = Plan::new(file, headings, mapping)?;
        let has_words = |key: &&str| FieldKey::new(key).is_some_and(|key| mapping.values.contains_key(&key));
        let translated = T::FIELDS.iter().map(|field| field.key).filter(has_words).collect();
        Ok(RowReader { plan, known: Known::new(context), translated, entries: PhantomData })
    }

    /// The column that feeds each field, in the order of the fields, as far as one does.
    pub fn columns(&self) -> Vec<(&'static str, usize)> {
        let fields = T::FIELDS.iter().enumerate();
        fields.filter_map(|(at, field)| Some((field.key, self.plan.column(at)?))).collect()
    }

    /// Whether the configuration has words of its own for a field.
    pub fn is_translated(&self, key: &str) -> bool {
        self.translated.contains(&key)
    }

    /// Reads the row `number` with these cells, one a heading.
    ///
    /// # Errors
    /// What is wrong with it, if it is refused.
    pub fn read(&self, number: u32, cells: &[&str]) -> Result<(T, Vec<Finding>), Vec<Finding>> {
        let cell = |text: &&'_ str| Cell { text: Cow::Owned((*text).to_owned()), kind: CellKind::Text };
        let row = Row { number, cells: cells.iter().map(cell).collect(), broken: None };
        let read = super::read_row::<T>(&self.plan, &row, World::of(&self.known));
        match read.entry {
            Some(entry) if !read.findings.iter().any(Finding::rejects) => Ok((entry, read.findings)),
            _ => Err(read.findings),
        }
    }

    /// What is wrong with a line whose cells cannot be told apart: a stray quote, or this many
    /// cells.
    pub fn broken(&self, number: u32, line: &str, cells: Option<usize>) -> Finding {
        let fault = match cells {
            Some(found) => fault::wrong_width(found, self.plan.headings.len()),
            None => fault::stray_quote(),
        };
        self.whole(number, line, fault)
    }

    /// What is wrong with a row that is too long to be published.
    pub fn too_long(&self, number: u32) -> Finding {
        self.whole(number, "", fault::long_row())
    }

    fn whole(&self, number: u32, line: &str, fault: fault::Fault) -> Finding {
        let cell = Cell { text: Cow::Borrowed(line), kind: CellKind::Text };
        let row = Row { number, cells: vec![cell], broken: None };
        let mut line = Line::new(&self.plan, &row, World::of(&self.known));
        line.report_whole(fault);
        line.into_findings().remove(0)
    }
}

/// The cells of one line of CSV (RFC 4180) without its end; `None` if its quotes are not in order.
pub fn cells(line: &str) -> Option<Vec<Cow<'_, str>>> {
    cells_of(line)
}

/// Whether a cell with free text, such as a name, is taken by every import as it stands.
pub fn is_plain_text(text: &str) -> bool {
    let unseen = |c: char| c == '\u{fffd}' || is_invisible(c);
    let usual = |c: char| c.is_ascii_graphic() || ('\u{4e00}'..='\u{9fff}').contains(&c);
    !text.is_empty()
        && (text.chars().all(usual)
            || (trim(text) == text && !text.contains(unseen) && broken_rule(text).is_none()))
}

/// Whether an id is a 统一社会信用代码 in order, which every import takes without a word.
pub fn is_credit_code(id: &str) -> bool {
    identity::is_credit_code(id)
}
