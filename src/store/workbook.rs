//! Workbooks that people fill in, as xlsx. Every cell is text: what Excel takes for a
//! number loses its digits, and what it takes for a day its form.

use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::task::sheet::{Column, NOTES, Page};
use crate::time::Moment;
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError,
};

/// Rows below the last one that still have the lists to choose from.
const ROOM: u32 = 500;

/// The bytes of a workbook with these sheets, and behind the first one the notes on how
/// to fill them in. `at` stands in its properties.
///
/// # Errors
/// [`Kind::Usage`] if there is more than a workbook holds.
pub fn workbook(pages: &[Page], notes: &[String], at: Moment) -> Outcome<Vec<u8>> {
    written(pages, notes, at).map_err(|_| {
        Problem::new(
            Kind::Usage,
            said!("内容超过了一份工作簿能放的", "there is more than a workbook holds"),
            said!(
                "用 --draw、--month、--kind 或 --state 分开导出",
                "export less: --draw, --month, --kind or --state"
            ),
        )
    })
}

fn written(pages: &[Page], notes: &[String], at: Moment) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_timestamp(at.seconds())?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    for (number, page) in pages.iter().enumerate() {
        fill(book.add_worksheet(), page)?;
        if number == 0 {
            explain(book.add_worksheet(), notes)?;
        }
    }
    book.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, page: &Page) -> Result<(), XlsxError> {
    let text = Format::new().set_num_format("@");
    let shown = text.clone().set_background_color(Color::RGB(0x00EE_EEEE));
    let heading = Format::new().set_bold().set_text_wrap().set_background_color(Color::RGB(0x00DD_E8F5));
    sheet.set_name(page.name)?;
    let last = u32::try_from(page.rows.len()).unwrap_or(u32::MAX).saturating_add(ROOM);
    for (at, column) in (0_u16..).zip(&page.columns) {
        let format = if column.shown { &shown } else { &text };
        sheet.set_column_format(at, format)?;
        sheet.set_column_width(at, width(column))?;
        sheet.write_string_with_format(0, at, column.heading, &heading)?;
        if !column.choices.is_empty() {
            sheet.add_data_validation(1, at, last, at, &choices(column)?)?;
        }
    }
    for (row, cells) in (1_u32..).zip(&page.rows) {
        for ((at, column), cell) in (0_u16..).zip(&page.columns).zip(cells) {
            if !cell.is_empty() {
                let format = if column.shown { &shown } else { &text };
                sheet.write_string_with_format(row, at, cell, format)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 1)?;
    Ok(())
}

fn choices(column: &Column) -> Result<DataValidation, XlsxError> {
    let list = DataValidation::new().allow_list_strings(&column.choices)?;
    list.set_error_title("请从列表里选")?.set_error_message("这一格只能填下拉列表里的词")
}

/// Columns with lists are as wide as what is chosen most.
fn width(column: &Column) -> u32 {
    let heading = u32::try_from(2 * column.heading.chars().count() + 3).unwrap_or(20);
    let least = if column.choices.is_empty() { 12 } else { 18 };
    heading.max(least)
}

fn explain(sheet: &mut Worksheet, notes: &[String]) -> Result<(), XlsxError> {
    sheet.set_name(NOTES)?;
    sheet.set_column_width(0, 100)?;
    let wrapped = Format::new().set_text_wrap();
    for (row, note) in (0_u32..).zip(notes) {
        let format = if row == 0 { Format::new().set_bold() } else { wrapped.clone() };
        sheet.write_string_with_format(row, 0, note, &format)?;
    }
    Ok(())
}
