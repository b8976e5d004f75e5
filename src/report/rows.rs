//! The report matter by matter (明细): what each of them adds to which figure.

use super::Report;
use super::count::Place;
use super::figure::Figure;
use crate::task::Matter;
use crate::time::Date;
use std::collections::{BTreeMap, BTreeSet};

/// One matter that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The matter.
    pub matter: Matter,
    /// The first of the days by which it counts.
    pub day: Date,
    /// Where it belongs.
    pub place: Place,
    /// What it adds to each figure that it is a part of.
    pub amounts: BTreeMap<Figure, u64>,
    /// Numbers of the journal's entries behind that.
    pub entries: BTreeSet<u32>,
}

/// Every matter that counts, in the order of their numbers.
pub fn rows(report: &Report) -> Vec<Row> {
    let mut rows: BTreeMap<&Matter, Row> = BTreeMap::new();
    for (figure, parts) in &report.parts {
        for part in parts {
            let row = rows.entry(&part.matter).or_insert_with(|| Row {
                matter: part.matter.clone(),
                day: part.day,
                place: part.place.clone(),
                amounts: BTreeMap::new(),
                entries: BTreeSet::new(),
            });
            row.day = row.day.min(part.day);
            *row.amounts.entry(*figure).or_default() += part.amount;
            row.entries.extend(&part.entries);
        }
    }
    rows.into_values().collect()
}
