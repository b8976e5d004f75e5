//! What an import found, row by row, and the file that goes back to the clerk.
//!
//! Findings hold cells of private tables: they are for the office, never public.

use super::rule::{Rule, Severity};
use crate::lang::Said;
use std::sync::Arc;

/// One broken rule in one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Name of the file.
    pub file: Arc<str>,
    /// Row as the spreadsheet counts, from 1.
    pub row: u32,
    /// Heading of the column; empty where the whole row is meant.
    pub column: String,
    /// The cell, as found; numbers of identity cards are masked.
    pub value: String,
    /// The rule.
    pub rule: Rule,
    /// What is wrong.
    pub what: Said,
    /// What to do about it.
    pub remedy: Said,
}

impl Finding {
    /// Whether the row is refused because of it.
    pub fn rejects(&self) -> bool {
        self.rule.severity() == Severity::Reject
    }
}

/// The account of one table's import; every row is in exactly one of the counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportReport {
    /// Name of the file.
    pub file: Arc<str>,
    /// How the file was read: `UTF-8`, `UTF-8 BOM`, `GB18030` or `xlsx`.
    pub encoding: &'static str,
    /// Rows below the headings.
    pub read: usize,
    /// Rows that became entries.
    pub accepted: usize,
    /// Rows refused; see [`ImportReport::rejects`].
    pub rejected: usize,
    /// Rows with nothing in them.
    pub blank: usize,
    /// Which heading feeds which field: (field, heading).
    pub columns: Vec<(&'static str, String)>,
    /// Headings no field uses.
    pub unused: Vec<String>,
    /// All findings, by row.
    pub findings: Vec<Finding>,
    /// Headings of the cells in `rejects`; private columns are left out.
    pub headings: Vec<String>,
    /// The refused rows as they were found, by row.
    pub rejects: Vec<RejectedRow>,
}

/// A refused row, as found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedRow {
    /// Row as the spreadsheet counts, from 1.
    pub row: u32,
    /// Its cells, one a heading.
    pub cells: Vec<String>,
}

impl ImportReport {
    /// Findings of `row`.
    pub fn findings_of(&self, row: u32) -> &[Finding] {
        let start = self.findings.partition_point(|finding| finding.row < row);
        let end = self.findings.partition_point(|finding| finding.row <= row);
        &self.findings[start..end]
    }
}

/// The refused rows as a CSV that Excel opens (UTF-8 with byte-order mark): the
/// original columns, then 行号, 问题 and 处理办法. Mended rows go back into the
/// original table: an import takes the whole table, not its additions.
pub fn rejects_csv(report: &ImportReport) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let written = "a vector takes everything";
    let own = ["行号", "问题", "处理办法"];
    let headings = report.headings.iter().map(String::as_str).chain(own);
    writer.write_record(headings).expect(written);
    for reject in &report.rejects {
        let rejecting = || report.findings_of(reject.row).iter().filter(|finding| finding.rejects());
        let what: Vec<String> = rejecting()
            .map(|finding| format!("[{}] {}{}", finding.rule.code(), place(finding), finding.what.zh))
            .collect();
        let mut remedies: Vec<&str> = rejecting().map(|finding| finding.remedy.zh.as_str()).collect();
        remedies.dedup();
        let own = [reject.row.to_string(), what.join("；"), remedies.join("；")];
        let cells = reject.cells.iter().map(String::as_str).chain(own.iter().map(String::as_str));
        writer.write_record(cells).expect(written);
    }
    writer.into_inner().expect(written)
}

fn place(finding: &Finding) -> String {
    if finding.column.is_empty() { String::new() } else { format!("{}：", finding.column) }
}
