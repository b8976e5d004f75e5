//! Workbooks as people save them: every cell of the kind that Excel or WPS made of it.

#![allow(dead_code, reason = "every test uses its own part")]

use rust_xlsxwriter::{Format, Workbook};

/// One cell.
#[derive(Debug, Clone)]
pub enum Cell {
    Text(String),
    Number(f64),
    /// A number that is shown as a day.
    Day(f64),
    Blank,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        if text.is_empty() { Cell::Blank } else { Cell::Text(text.to_owned()) }
    }
}

/// A sheet: name, headings, rows.
pub type Filled<'a> = (&'a str, Vec<&'a str>, Vec<Vec<Cell>>);

/// A workbook with these sheets.
pub fn book(sheets: &[Filled<'_>]) -> Vec<u8> {
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for (name, headings, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).expect("a name");
        for (at, heading) in (0_u16..).zip(headings) {
            sheet.write_string(0, at, *heading).expect("a heading");
        }
        for (row, cells) in (1_u32..).zip(rows) {
            for (at, cell) in (0_u16..).zip(cells) {
                match cell {
                    Cell::Text(text) => sheet.write_string(row, at, text).map(drop),
                    Cell::Number(number) => sheet.write_number(row, at, *number).map(drop),
                    Cell::Day(number) => sheet.write_number_with_format(row, at, *number, &day).map(drop),
                    Cell::Blank => Ok(()),
                }
                .expect("a cell");
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}

pub const DRAWN: &str = "检查结果";
pub const WORK: &str = "其他工作";
pub const PENALTIES: &str = "行政处罚";

/// The three sheets with one of them filled; the others have what must be there.
pub fn filled(sheet: &str, headings: &[&str], rows: Vec<Vec<Cell>>) -> Vec<u8> {
    let least = [
        (DRAWN, vec!["事项编号"]),
        (WORK, vec!["事项编号", "类型", "名称", "受理时间"]),
        (PENALTIES, vec!["事项编号", "当事人", "决定书文号", "决定日期", "罚款金额（元）"]),
    ];
    let mut sheets = Vec::new();
    for (name, least) in least {
        match name == sheet {
            true => sheets.push((name, headings.to_vec(), rows.clone())),
            false => sheets.push((name, least, Vec::new())),
        }
    }
    book(&sheets)
}
