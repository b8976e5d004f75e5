//! A table as its file has it: headings, and rows of text cells with the row
//! numbers a spreadsheet program shows.

mod delimited;
mod encoding;
mod workbook;

use crate::problem::{Kind, Outcome, Problem};
use crate::said;
pub(super) use delimited::one as cells_of;
use std::borrow::Cow;

/// What a cell was before it was text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CellKind {
    Text,
    Number,
    /// Its text is `2026-01-05`, or has a time of day behind it.
    Date,
    Bool,
    Error,
}

/// One cell, as found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) kind: CellKind,
}

/// Why the cells of a row cannot be told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// A quote is not closed, or stands inside a cell without quotes.
    Quote,
    /// There are this many cells.
    Width(usize),
}

/// A row with something in it, and never more cells than headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row<'a> {
    /// As the spreadsheet counts, from 1.
    pub(super) number: u32,
    /// The cells; of a broken row, the whole of it in one.
    pub(super) cells: Vec<Cell<'a>>,
    pub(super) broken: Option<Broken>,
}

/// The table of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table<'a> {
    pub(super) headings: Vec<String>,
    /// Rows that are not blank, in order.
    pub(super) rows: Vec<Row<'a>>,
    pub(super) blank: usize,
}

/// A file before its table is looked at.
#[derive(Debug)]
pub(super) enum TableFile<'a> {
    Delimited { text: Cow<'a, str>, encoding: &'static str },
    Workbook(&'a [u8]),
}

impl<'a> TableFile<'a> {
    /// Tells from the first bytes what a file is; its name says nothing sure.
    ///
    /// # Errors
    /// If it is neither xlsx nor text in UTF-8 or GB18030.
    pub(super) fn open(bytes: &'a [u8]) -> Outcome<Self> {
        if bytes.starts_with(b"PK\x03\x04") {
            return Ok(TableFile::Workbook(bytes));
        }
        // The container of .xls, and of any workbook with a password.
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(unreadable(said!(
                "这是旧版 .xls，或加了密码的工作簿",
                "this is an old .xls, or a workbook with a password"
            )));
        }
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return Err(unreadable(said!("这是 UTF-16 编码的文本", "this is text in UTF-16")));
        }
        let (text, encoding) = encoding::decode(bytes);
        Ok(TableFile::Delimited { text, encoding })
    }

    /// How the file is read, for the report.
    pub(super) fn encoding(&self) -> &'static str {
        match self {
            TableFile::Delimited { encoding, .. } => encoding,
            TableFile::Workbook(_) => "xlsx",
        }
    }

    /// Reads the table whose headings stand in row `heading_row`.
    ///
    /// # Errors
    /// If there is no such sheet or row, or the workbook is damaged.
    pub(super) fn table(&self, sheet: Option<&str>, heading_row: u32) -> Outcome<Table<'_>> {
        let table = match self {
            TableFile::Delimited { text, .. } => delimited::read(text, heading_row),
            TableFile::Workbook(bytes) => workbook::read(bytes, sheet, heading_row)?,
        };
        table.ok_or_else(|| {
            Problem::new(
                Kind::Register,
                said!("第 {heading_row} 行没有标题", "there are no headings in row {heading_row}"),
                said!(
                    "在配置里用 heading_row 写明标题在第几行（从 1 数起）",
                    "say in the configuration with heading_row which row has the headings (from 1)"
                ),
            )
        })
    }
}

fn unreadable(what: crate::lang::Said) -> Problem {
    Problem::new(
        Kind::Unreadable,
        what,
        said!(
            "用 Excel 打开，另存为不加密的 .xlsx，或“CSV UTF-8（逗号分隔）”",
            "open it in Excel and save it as .xlsx without a password, or as \"CSV UTF-8 (comma delimited)\""
        ),
    )
}
