//! Sheets of an order as a workbook (xlsx): days stay days, numbers numbers, codes text;
//! printed on A4 across, with the head on every page. The same order gives the same bytes.

use crate::dispatch::{Order, Sheet, Value, sheets};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::time::{Date, Moment};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// Row of the headings, from 0: title and note stand above it.
const HEAD: u32 = 2;

/// An order as a workbook (xlsx). The same order gives the same bytes.
///
/// # Errors
/// [`Kind::Internal`] if the library refuses, which it has no reason to.
pub fn workbook(order: &Order) -> Outcome<Vec<u8>> {
    written(order).map_err(|error| {
        let why = error.to_string();
        Problem::new(
            Kind::Internal,
            said!("写不成表格文件", "the workbook cannot be written ({why})"),
            said!("请报告这个程序错误", "report this fault of the program"),
        )
    })
}

fn written(order: &Order) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_timestamp(in_china(order.at))?;
    book.set_properties(&DocProperties::new().set_author(&order.office).set_creation_datetime(&created));
    for sheet in sheets(order) {
        fill(book.add_worksheet(), &sheet)?;
    }
    book.save_to_buffer()
}

/// Spreadsheets know no zone; people read their times by the clocks of China.
fn in_china(at: Moment) -> i64 {
    at.unix() + 8 * 3600
}

/// The looks of cells.
struct Looks {
    title: Format,
    note: Format,
    head: Format,
    text: Format,
    day: Format,
    whole: Format,
}

impl Looks {
    fn new() -> Looks {
        let cell = Format::new()
            .set_font_name("宋体")
            .set_font_size(11)
            .set_border(FormatBorder::Thin)
            .set_align(FormatAlign::VerticalCenter)
            .set_text_wrap();
        let plain = Format::new().set_font_name("宋体").set_align(FormatAlign::VerticalCenter);
        Looks {
            title: plain.clone().set_font_size(16).set_bold().set_align(FormatAlign::Center),
            note: plain.set_font_size(10).set_text_wrap(),
            head: cell
                .clone()
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(0x00E7_E6E6)),
            // As text: a code of 18 digits is no number.
            text: cell.clone().set_num_format("@"),
            day: cell.clone().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Center),
            whole: cell.set_num_format("0").set_align(FormatAlign::Center),
        }
    }
}

fn fill(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let looks = Looks::new();
    let column = |count: usize| u16::try_from(count).unwrap_or(u16::MAX).saturating_sub(1);
    let (last, printed) = (column(sheet.columns.len()), column(sheet.printed));
    page.set_name(sheet.name)?;
    page.merge_range(0, 0, 0, printed, &sheet.title, &looks.title)?.set_row_height(0, 30)?;
    page.merge_range(1, 0, 1, printed, &sheet.note, &looks.note)?.set_row_height(1, 20)?;
    for (at, (heading, width)) in (0..).zip(&sheet.columns) {
        page.write_string_with_format(HEAD, at, *heading, &looks.head)?;
        page.set_column_width(at, *width)?;
    }
    page.set_row_height(HEAD, 32)?;
    let rows = sheet.rows.iter().chain([&sheet.sum]);
    let mut row = HEAD;
    for values in rows {
        row += 1;
        for (column, value) in (0..).zip(values) {
            write(page, (row, column), value, &looks)?;
        }
    }
    page.set_freeze_panes(HEAD + 1, 0)?;
    // The sum does not belong to what is filtered.
    page.autofilter(HEAD, 0, (row - 1).max(HEAD), last)?;
    page.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    page.set_margins(0.4, 0.4, 0.6, 0.7, 0.3, 0.3).set_print_center_horizontally(true);
    page.set_print_area(0, 0, row, printed)?.set_repeat_rows(HEAD, HEAD)?;
    page.set_footer("&C第 &P 页，共 &N 页");
    Ok(())
}

fn write(page: &mut Worksheet, at: (u32, u16), value: &Value, looks: &Looks) -> Result<(), XlsxError> {
    match value {
        Value::None => page.write_blank(at.0, at.1, &looks.text)?,
        Value::Text(text) => page.write_string_with_format(at.0, at.1, text, &looks.text)?,
        Value::Day(day) => page.write_datetime_with_format(at.0, at.1, &serial(*day)?, &looks.day)?,
        Value::Whole(number) => page.write_number_with_format(at.0, at.1, *number, &looks.whole)?,
    };
    Ok(())
}

fn serial(day: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::parse_from_str(&day.to_string())
}
