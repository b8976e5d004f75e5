//! The sheet that inspectors or the clerk fill in, in WPS or Excel: a row a matter, with
//! everything known filled in already. Rows become acts, and tasks become rows; the
//! workbook around them is the shell's.
//!
//! Three sheets: drawn visits, other work, penalties. What goes out comes in again as the
//! same acts: the result that counts, who goes, the day a visit was moved to, why a matter
//! ended. Reviews, publications and recusals are no part of it; they stay in the journal.

mod cell;
mod drawn;
mod found;
mod page;
mod penalty;
mod plan;
mod row;
mod work;

pub use cell::{MARK, is_part, moment};
pub use drawn::DrawnRow;
pub use found::{SLOTS, is_document};
pub use page::{Column, NOTES, Page, notes, pages};
pub use penalty::PenaltyRow;
pub use plan::{Plan, Reading, plan};
pub use row::Row;
pub use work::{WorkRow, kinds};

use super::matter::Matter;
use super::words::Kind;
use crate::register::import::{Fault, Line, Rule};
use crate::said;

/// The sheet of a kind.
pub fn sheet_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Drawn => DrawnRow::SHEET,
        Kind::Penalty => PenaltyRow::SHEET,
        _ => WorkRow::SHEET,
    }
}

/// What names a row: its number, or where it stands.
fn id(line: &Line<'_>, matter: Option<&Matter>) -> String {
    matter.map_or_else(|| format!("row {}", line.row()), Matter::to_string)
}

/// The kind of a row, unless its number is of another.
fn of_kind(line: &mut Line<'_>, matter: Option<&Matter>, kind: Kind) -> Option<Kind> {
    match matter.map(Matter::kind).filter(|numbered| *numbered != kind) {
        None => Some(kind),
        Some(other) => {
            line.report_at("matter", elsewhere(other));
            None
        }
    }
}

fn elsewhere(kind: Kind) -> Fault {
    let (zh, key, sheet) = (kind.zh(), kind.key(), sheet_of(kind));
    Fault {
        rule: Rule::UnknownMatter,
        what: said!("这是{zh}的编号", "this is the number of a matter of another kind ({key})"),
        remedy: said!("{zh}填在工作表“{sheet}”里", "fill it in on the sheet for {key}"),
    }
}

fn not_drawn() -> Fault {
    Fault {
        rule: Rule::UnknownMatter,
        what: said!("没有这个事项", "there is no such matter"),
        remedy: said!(
            "编号照导出的表，不要改；没有中签的单位不在这张表里登记",
            "leave the numbers as they were exported; units that were not drawn have no place on this sheet"
        ),
    }
}

fn no_yes_no() -> Fault {
    Fault {
        rule: Rule::UnknownWord,
        what: said!("不是“是”或“否”", "neither yes nor no"),
        remedy: said!("写“是”或“否”，空白即否", "write yes or no; blank is no"),
    }
}
