//! The office's own spreadsheets to the clean types of the register.
//!
//! Nothing is mended silently and nothing is lost silently: a row is either
//! accepted, or refused with what is wrong and what to do about it. The result
//! does not depend on the order of the rows, nor on whether the table came as
//! CSV in UTF-8, CSV in GB18030, or xlsx.
//!
//! Tables are imported in the order units, items, inspectors, recusals: a later
//! one is held against the earlier ones in the [`Context`].
//!
//! ```
//! use yaohao::register::{Gazetteer, Item, Register, import};
//! use yaohao::time::Date;
//!
//! let csv = "事项编码,抽查事项,检查依据\nXF01,消防安全检查,消防法第五十三条\nXF02,无依据的检查,\n";
//! let (gazetteer, register) = (Gazetteer::default(), Register::default());
//! let reference = Date::new(2026, 12, 1).unwrap();
//! let context = import::Context { gazetteer: &gazetteer, reference, register: &register };
//! let mapping = import::TableMapping::<Item>::default();
//! let (items, report) = import::read(csv.as_bytes(), "items.csv", &mapping, &context).unwrap();
//! assert_eq!(items[0].code, "XF01");
//! assert_eq!((report.read, report.accepted, report.rejected), (2, 1, 1));
//! assert_eq!(report.findings[0].rule.code(), "no-legal-basis");
//! ```

mod across;
mod entry;
mod fault;
mod field;
mod finding;
mod identity;
mod line;
mod mapping;
mod place;
mod plan;
mod rows;
mod rule;
mod table;
mod values;
mod world;

pub use fault::Fault;
pub use field::{Entry, Field, Words};
pub use finding::{Finding, ImportReport, RejectedRow, rejects_csv};
pub use line::Line;
pub use mapping::{Column, FieldKey, TableMapping};
pub use rows::{RowReader, cells, is_credit_code, is_plain_text};
pub use rule::{Rule, Severity};
pub use values::{date, half_width, is_invisible, list, trim, whole, yes_no, yes_no_words};
pub use world::Context;

use crate::problem::Outcome;
use across::Read;
use plan::Plan;
use rayon::prelude::*;
use table::{Row, Table, TableFile};
use world::{Known, World};

/// Reads one table: its accepted entries in the order of the register, and the
/// account of every row.
///
/// # Errors
/// If the file is no table ([`Kind::Unreadable`](crate::problem::Kind)), lacks
/// a heading that is needed (`Register`), or the mapping asks for what cannot
/// be (`Policy`). Bad rows are no error; they are in the report.
pub fn read<T: Entry>(
    bytes: &[u8],
    file_name: &str,
    mapping: &TableMapping<T>,
    context: &Context<'_>,
) -> Outcome<(Vec<T>, ImportReport)> {
    import(bytes, file_name, mapping, World::of(&Known::new(context)))
}

/// Reads a canonical table: the same, but held against nothing.
pub(super) fn read_stored<T: Entry>(bytes: &[u8], file_name: &str) -> Outcome<(Vec<T>, ImportReport)> {
    import(bytes, file_name, &TableMapping::default(), World::STORED)
}

/// Reads one sheet of a workbook that people filled in, headings in its first row: its
/// accepted entries with their rows, as the spreadsheet counts, in the order of the rows.
/// What its values are held against is the caller's.
///
/// # Errors
/// As [`read`], and if there is no such sheet (`Register`).
pub fn read_sheet<T: Entry>(
    bytes: &[u8],
    file_name: &str,
    sheet: &str,
) -> Outcome<(Vec<(u32, T)>, ImportReport)> {
    let mapping = TableMapping { sheet: Some(sheet.to_owned()), ..TableMapping::default() };
    let (mut entries, report) = numbered(bytes, file_name, &mapping, World::STORED)?;
    entries.sort_by_key(|(row, _)| *row);
    Ok((entries, report))
}

fn import<T: Entry>(
    bytes: &[u8],
    file_name: &str,
    mapping: &TableMapping<T>,
    world: World<'_>,
) -> Outcome<(Vec<T>, ImportReport)> {
    let (entries, report) = numbered(bytes, file_name, mapping, world)?;
    Ok((entries.into_iter().map(|(_, entry)| entry).collect(), report))
}

/// The accepted entries in the order of the register, each with its row.
fn numbered<T: Entry>(
    bytes: &[u8],
    file_name: &str,
    mapping: &TableMapping<T>,
    world: World<'_>,
) -> Outcome<(Vec<(u32, T)>, ImportReport)> {
    let here = |problem: crate::problem::Problem| problem.at(file_name);
    let file = TableFile::open(bytes).map_err(here)?;
    let table = file.table(mapping.sheet.as_deref(), mapping.heading_row).map_err(here)?;
    let plan = Plan::new(file_name, &table.headings, mapping).map_err(here)?;
    // Collected in the order of the rows, whatever the number of threads.
    let mut rows: Vec<Read<T>> = table.rows.par_iter().map(|row| read_row(&plan, row, world)).collect();
    let accepted = across::check(&mut rows, &plan, world);
    let report = account(file.encoding(), &plan, &table, &mut rows);
    let entry = |row: usize| (rows[row].number, rows[row].entry.take().expect("accepted rows have one"));
    Ok((accepted.into_iter().map(entry).collect(), report))
}

fn read_row<T: Entry>(plan: &Plan<'_>, row: &Row<'_>, world: World<'_>) -> Read<T> {
    let mut line = Line::new(plan, row, world);
    line.check_whole();
    let entry = if row.broken.is_some() { None } else { T::read(&mut line) };
    let findings = line.into_findings();
    debug_assert!(entry.is_some() || findings.iter().any(Finding::rejects), "a row is lost without a word");
    Read { number: row.number, entry, findings }
}

fn account<T>(
    encoding: &'static str,
    plan: &Plan<'_>,
    table: &Table<'_>,
    rows: &mut [Read<T>],
) -> ImportReport {
    let rejected: Vec<usize> = (0..rows.len()).filter(|row| rows[*row].is_rejected()).collect();
    let rejects = rejected
        .iter()
        .map(|row| RejectedRow { row: rows[*row].number, cells: plan.shown_cells(&table.rows[*row]) });
    let report = ImportReport {
        file: plan.file.clone(),
        encoding,
        read: table.rows.len() + table.blank,
        accepted: rows.len() - rejected.len(),
        rejected: rejected.len(),
        blank: table.blank,
        columns: plan.columns(),
        unused: plan.unused(),
        headings: plan.shown(),
        rejects: rejects.collect(),
        findings: rows.iter_mut().flat_map(|row| std::mem::take(&mut row.findings)).collect(),
    };
    assert_eq!(report.read, report.accepted + report.rejected + report.blank, "a row is counted wrongly");
    report
}
