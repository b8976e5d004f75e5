//! What shows only when rows are held against each other. Every answer is the
//! same for any order of the rows.

use super::fault::{self, Fault};
use super::field::Entry;
use super::finding::Finding;
use super::identity::skeleton;
use super::plan::Plan;
use super::world::World;
use crate::lang::Said;
use rayon::prelude::*;
use std::cmp::Ordering;

/// A row that was read.
#[derive(Debug)]
pub(super) struct Read<T> {
    pub(super) number: u32,
    pub(super) entry: Option<T>,
    pub(super) findings: Vec<Finding>,
}

impl<T> Read<T> {
    pub(super) fn is_rejected(&self) -> bool {
        self.entry.is_none() || self.findings.iter().any(Finding::rejects)
    }
}

/// How many other rows a message names.
const NAMED: usize = 3;

/// Reports repeated and look-alike ids, and gives the positions of the rows
/// that are accepted, in the order of the register.
pub(super) fn check<T: Entry>(rows: &mut [Read<T>], plan: &Plan<'_>, world: World<'_>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows.len()).filter(|row| !rows[*row].is_rejected()).collect();
    let entry = |row: usize| rows[row].entry.as_ref().expect("accepted rows have one");
    order.par_sort_unstable_by(|a, b| in_order(entry(*a), entry(*b)).then(a.cmp(b)));
    let same_thing = |a: &usize, b: &usize| entry(*a).id() == entry(*b).id();
    let mut faults = Vec::new();
    for group in order.chunk_by(same_thing).filter(|group| group.len() > 1) {
        repeated(rows, group, &mut faults);
    }
    // Of look-alikes the import has warned; a canonical table may hold them.
    if T::UNIQUE && !world.is_stored() {
        look_alikes(rows, &order, &mut faults);
    }
    for (row, fault) in faults {
        let Fault { rule, what, remedy } = fault;
        let (column, value) = id_cell(&rows[row], plan);
        let (file, number) = (plan.file.clone(), rows[row].number);
        rows[row].findings.push(Finding { file, row: number, column, value, rule, what, remedy });
    }
    order.retain(|row| !rows[*row].is_rejected());
    order
}

/// The order of the register, down to the last cell.
fn in_order<T: Entry>(a: &T, b: &T) -> Ordering {
    // Cells are printed only for the few that are alike in all that is sorted by.
    a.order(b).then_with(|| if a == b { Ordering::Equal } else { a.cells().cmp(&b.cells()) })
}

/// Reports the rows of one id (`group`, in order) that do not go together.
fn repeated<T: Entry>(rows: &[Read<T>], group: &[usize], faults: &mut Vec<(usize, Fault)>) {
    let entry = |row: usize| rows[row].entry.as_ref().expect("accepted rows have one");
    let mut different: Vec<usize> = Vec::new();
    for &row in group {
        match different.last() {
            Some(&first) if entry(first) == entry(row) => {
                faults.push((row, fault::duplicate_row(rows[first].number)));
            }
            _ => different.push(row),
        }
    }
    if !T::UNIQUE || !overlap(&different, entry) {
        return;
    }
    let numbers: Vec<u32> = {
        let mut numbers: Vec<u32> = different.iter().map(|row| rows[*row].number).collect();
        numbers.sort_unstable();
        numbers
    };
    let one_period = different.iter().all(|row| entry(*row).period() == entry(different[0]).period());
    for row in different {
        let others = numbers.iter().filter(|number| **number != rows[row].number);
        let more = (numbers.len() > NAMED + 1).then(|| "…".to_owned());
        let named = Said::list(others.take(NAMED).map(u32::to_string).chain(more));
        let fault = if one_period { fault::duplicate_id(&named) } else { fault::overlapping(&named) };
        faults.push((row, fault));
    }
}

/// Whether two of the rows, sorted by their first day, are in effect on one day.
fn overlap<'a, T: Entry + 'a>(rows: &[usize], entry: impl Fn(usize) -> &'a T) -> bool {
    // Neighbours are enough: without an overlap among them the ends ascend too.
    rows.windows(2).any(|pair| entry(pair[0]).period().overlaps(&entry(pair[1]).period()))
}

/// Warns about different ids that are easily taken for each other.
fn look_alikes<T: Entry>(rows: &[Read<T>], order: &[usize], faults: &mut Vec<(usize, Fault)>) {
    let id = |row: usize| rows[row].entry.as_ref().expect("accepted rows have one").id();
    let mut skeletons: Vec<(String, usize)> =
        order.par_iter().map(|row| (skeleton(id(*row)), *row)).collect();
    // Stable, so that within one skeleton the ids stay in order.
    skeletons.par_sort_by(|a, b| a.0.cmp(&b.0));
    for group in skeletons.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
        let mut firsts: Vec<usize> = group.iter().map(|(_, row)| *row).collect();
        firsts.dedup_by_key(|row| id(*row));
        for (_, row) in group {
            if let Some(other) = firsts.iter().find(|first| id(**first) != id(*row)) {
                faults.push((*row, fault::look_alike(id(*other), rows[*other].number)));
            }
        }
    }
}

/// Heading and text of a row's id; the id is the first field of every table.
fn id_cell<T: Entry>(row: &Read<T>, plan: &Plan<'_>) -> (String, String) {
    let heading = match plan.column(0) {
        Some(column) => plan.heading(column),
        None => T::FIELDS[0].heading.to_owned(),
    };
    (heading, row.entry.as_ref().map(|entry| entry.id().to_owned()).unwrap_or_default())
}
