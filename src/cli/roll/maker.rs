//! Parts of a register to batches of a roll, as many at once as there are threads.

use crate::digest::Suite;
use crate::problem::Outcome;
use crate::register::import::Finding;
use crate::roll::{Batch, Disorder, Enroller, Labels, Memory};
use crate::store::{Record, Source};
use rayon::prelude::*;
use std::ops::Range;

/// What all threads share.
pub struct Maker<'a> {
    pub source: &'a Source,
    pub enroller: &'a Enroller<'a>,
    pub suite: Suite,
    pub labels: &'a Labels,
    /// The columns that are read.
    pub columns: Vec<usize>,
    /// Whether lines are needed behind their batch.
    pub keeps_lines: bool,
    /// Whether lines come in any order, so that there is no batch of them.
    pub sorts: bool,
}

/// What a part came to.
pub struct Made {
    /// Its lines, in pieces.
    pub lines: Vec<String>,
    pub batch: Result<Batch, Disorder>,
    pub noticed: Noticed,
}

/// Rows that were refused or warned of: how many, and the first of them.
#[derive(Default)]
pub struct Noticed {
    pub refused: u64,
    pub warned: u64,
    pub findings: Vec<Finding>,
}

/// Bytes of lines that are made before they are hashed.
const LINES: usize = 1 << 18;

/// Findings that are kept at most.
const KEPT: usize = 1000;

impl Noticed {
    /// Counts a row.
    fn row(&mut self, findings: Vec<Finding>) {
        if findings.is_empty() {
            return;
        }
        match findings.iter().any(Finding::rejects) {
            true => self.refused += 1,
            false => self.warned += 1,
        }
        self.keep(findings);
    }

    /// Refusals come before warnings where there is no room for all.
    fn keep(&mut self, findings: Vec<Finding>) {
        self.findings.extend(findings);
        if self.findings.len() > 2 * KEPT {
            self.findings.sort_by_key(|finding| !finding.rejects());
            self.findings.truncate(KEPT);
        }
    }

    pub fn add(&mut self, other: Noticed) {
        self.refused += other.refused;
        self.warned += other.warned;
        self.keep(other.findings);
    }

    /// The findings kept, by row.
    pub fn sorted(mut self) -> Vec<Finding> {
        self.findings.sort_by_key(|finding| !finding.rejects());
        self.findings.truncate(KEPT);
        self.findings.sort_by_key(|finding| finding.row);
        self.findings
    }
}

impl Maker<'_> {
    /// These parts, in their order.
    pub fn parts(&self, parts: Range<usize>) -> Outcome<Vec<Made>> {
        let made: Vec<Outcome<Made>> = parts.into_par_iter().map(|part| self.part(part)).collect();
        made.into_iter().collect()
    }

    fn part(&self, part: usize) -> Outcome<Made> {
        let (mut lines, mut memory) = (String::with_capacity(LINES + LINES / 8), Memory::default());
        let (mut number, mut noticed) = (0, Noticed::default());
        let mut made = self.batch(String::new(), Noticed::default());
        self.source.read(part, &self.columns, &mut |record| {
            let enrolled = match record {
                Record::Cells(cells) => self.enroller.enrol(number, cells, &mut memory, &mut lines),
                Record::Broken(line, cells) => Err(vec![self.enroller.broken(number, line, cells)]),
                Record::Blank => Ok(Vec::new()),
            };
            noticed.row(enrolled.unwrap_or_else(|findings| findings));
            number += 1;
            if lines.len() >= LINES {
                self.append(&mut made, &mut lines);
            }
        })?;
        self.append(&mut made, &mut lines);
        if !noticed.findings.is_empty() {
            let first = self.source.first_row(part)?;
            let row = |nth: u32| u32::try_from(first + u64::from(nth)).unwrap_or(u32::MAX);
            noticed.findings.iter_mut().for_each(|finding| finding.row = row(finding.row));
        }
        made.noticed = noticed;
        Ok(made)
    }

    /// Adds the next lines of a part to what it came to, while they are in the processor's cache.
    fn append(&self, made: &mut Made, lines: &mut String) {
        let of = if self.sorts { "" } else { lines.as_str() };
        let next = Batch::of(self.suite, self.labels, of);
        if self.keeps_lines || self.sorts {
            made.lines.push(lines.clone());
        }
        let before = std::mem::replace(&mut made.batch, Ok(Batch::nothing(self.labels)));
        made.batch = before.and_then(|batch| batch.and(next?));
        lines.clear();
    }

    /// Lines that are in order to their batch.
    pub fn batches(&self, lines: Vec<String>) -> Vec<Made> {
        lines.into_par_iter().map(|lines| self.batch(lines, Noticed::default())).collect()
    }

    fn batch(&self, lines: String, noticed: Noticed) -> Made {
        let batch = Batch::of(self.suite, self.labels, &lines);
        Made { lines: if self.keeps_lines { vec![lines] } else { Vec::new() }, batch, noticed }
    }
}
