//! The office's yearly report (年度行政执法总体情况), counted from the matters: every figure
//! is the sum of parts, each of which names its matter and the journal's entries behind it.
//!
//! What a figure counts stands in [`Figure::definition`], how figures hold each other to
//! account in [`Check`]. Nothing here knows names of people or units.

mod chain;
mod check;
mod count;
mod figure;
mod letter;
mod page;
mod rows;
mod trail;
mod workbook;

pub use check::{Check, Status};
pub use count::{Ground, Part, Place};
pub use figure::Figure;
pub use letter::{Letter, Paragraph, Signed};
pub use page::html;
pub use rows::{Row, rows};
pub use workbook::{NotWritten, workbook};

use crate::register::Class;
use crate::task::{Kind, Ledger};
use std::collections::BTreeMap;

/// The report of one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The calendar year.
    pub year: i32,
    /// The parts of each figure, in the order of their matters; every figure is there.
    pub parts: BTreeMap<Figure, Vec<Part>>,
    /// What holds the figures against each other.
    pub checks: Vec<Check>,
}

impl Report {
    /// Counts the year.
    pub fn of(ledger: &Ledger, year: i32, ground: &Ground<'_>) -> Report {
        let parts = count::parts(ledger, year, ground);
        let mut report = Report { year, parts, checks: Vec::new() };
        report.checks = check::checks(&report, ledger, ground);
        report
    }

    /// The figure.
    pub fn total(&self, figure: Figure) -> u64 {
        sum(self.of_figure(figure))
    }

    /// Its parts.
    pub fn of_figure(&self, figure: Figure) -> &[Part] {
        self.parts.get(&figure).map_or(&[], Vec::as_slice)
    }

    /// The figure month by month, January first.
    pub fn by_month(&self, figure: Figure) -> [u64; 12] {
        let mut months = [0; 12];
        for part in self.of_figure(figure) {
            months[part.day.month() as usize - 1] += part.amount;
        }
        months
    }

    /// The figure by zone, by key; `None` for matters whose zone is unknown.
    pub fn by_zone(&self, figure: Figure) -> BTreeMap<Option<String>, u64> {
        grouped(self.of_figure(figure), |part| part.place.zone.clone())
    }

    /// The figure by town, by code.
    pub fn by_town(&self, figure: Figure) -> BTreeMap<Option<String>, u64> {
        grouped(self.of_figure(figure), |part| part.place.town.clone())
    }

    /// The figure by kind of matter.
    pub fn by_kind(&self, figure: Figure) -> BTreeMap<Kind, u64> {
        grouped(self.of_figure(figure), |part| part.matter.kind())
    }

    /// The figure by class of unit; `None` for what is in no register.
    pub fn by_class(&self, figure: Figure) -> BTreeMap<Option<Class>, u64> {
        grouped(self.of_figure(figure), |part| part.place.class)
    }

    /// Whether no matter of the year is known.
    pub fn is_empty(&self) -> bool {
        self.parts.values().all(Vec::is_empty)
    }

    /// Whether every check holds.
    pub fn is_sound(&self) -> bool {
        self.checks.iter().all(|check| check.status != Status::Fail)
    }
}

fn sum(parts: &[Part]) -> u64 {
    parts.iter().fold(0, |sum, part| sum.saturating_add(part.amount))
}

fn grouped<K: Ord>(parts: &[Part], key: impl Fn(&Part) -> K) -> BTreeMap<K, u64> {
    let mut groups: BTreeMap<K, u64> = BTreeMap::new();
    for part in parts {
        let group = groups.entry(key(part)).or_default();
        *group = group.saturating_add(part.amount);
    }
    groups
}
