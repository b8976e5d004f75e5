//! xlsx, through calamine and only here: its interface changes often.

use super::{Cell, CellKind, Row, Table, unreadable};
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::register::import::values::trim;
use crate::said;
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};
use std::borrow::Cow;
use std::io::{Cursor, Read, Seek};

/// Row and column, from 0.
type Position = (u32, u32);

/// Rows and columns a sheet can have; calamine counts on in a damaged file.
const LIMITS: Position = (1 << 20, 1 << 14);

/// Reads the table whose headings stand in row `heading_row` of `sheet` (the
/// first visible one if `None`), if there is one.
///
/// # Errors
/// If the workbook is damaged or has no such sheet.
pub(super) fn read(bytes: &[u8], sheet: Option<&str>, heading_row: u32) -> Outcome<Option<Table<'static>>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let sheet = chosen(&book, sheet)?;
    let mut cells = cells(&mut book, &sheet)?;
    // Files not written by Excel may have cells in any order; the last of two wins.
    cells.sort_by_key(|(position, _)| *position);
    let Some(row) = heading_row.checked_sub(1) else { return Ok(None) };
    let below = cells.split_off(cells.partition_point(|((r, _), _)| *r <= row));
    let headings = cells.split_off(cells.partition_point(|((r, _), _)| *r < row));
    let Some(((_, last), _)) = headings.last() else { return Ok(None) };
    let width = *last as usize + 1;
    let headings = dense(headings, width).into_iter().map(|cell| cell.text.into_owned()).collect();
    Ok(Some(rows(below, headings, heading_row)))
}

fn rows(cells: Vec<(Position, Cell<'static>)>, headings: Vec<String>, heading_row: u32) -> Table<'static> {
    let last_row = cells.last().map_or(heading_row, |((row, _), _)| row + 1);
    let mut rows = Vec::new();
    let mut cells = cells.into_iter().peekable();
    while let Some(((row, _), _)) = cells.peek() {
        let row = *row;
        let mut of_row = Vec::new();
        while let Some(cell) = cells.next_if(|((r, _), _)| *r == row) {
            of_row.push(cell);
        }
        let cells = dense(of_row, headings.len());
        rows.push(Row { number: row + 1, cells, broken: None });
    }
    let blank = (last_row - heading_row) as usize - rows.len();
    Table { headings, rows, blank }
}

/// The first `width` cells of a row, with empty ones where there are none.
fn dense(cells: Vec<(Position, Cell<'static>)>, width: usize) -> Vec<Cell<'static>> {
    let mut row = vec![Cell { text: Cow::Borrowed(""), kind: CellKind::Text }; width];
    for ((_, column), cell) in cells {
        if let Some(place) = row.get_mut(column as usize) {
            *place = cell;
        }
    }
    row
}

fn chosen<R: Read + Seek>(book: &Xlsx<R>, sheet: Option<&str>) -> Outcome<String> {
    let sheets = book.sheets_metadata();
    let found = match sheet {
        Some(name) => sheets.iter().find(|sheet| sheet.name == name),
        None => {
            let shown =
                |s: &&calamine::Sheet| s.visible == SheetVisible::Visible && s.typ == SheetType::WorkSheet;
            sheets.iter().find(shown)
        }
    };
    found.map(|sheet| sheet.name.clone()).ok_or_else(|| {
        let Said { zh, en } = Said::list(sheets.iter().map(|sheet| &sheet.name));
        let wanted = sheet.unwrap_or("(1)");
        Problem::new(
            Kind::Register,
            said!(
                "工作簿里没有工作表“{wanted}”；有：{zh}",
                "the workbook has no sheet \"{wanted}\"; it has: {en}"
            ),
            said!("在配置里用 sheet 写明工作表名称", "name the sheet in the configuration with `sheet`"),
        )
    })
}

/// All cells with something in them.
fn cells<R: Read + Seek>(book: &mut Xlsx<R>, sheet: &str) -> Outcome<Vec<(Position, Cell<'static>)>> {
    // Cell by cell: a range would hold the whole rectangle in memory, and one
    // stray cell far out makes that very large.
    let mut reader = book.worksheet_cells_reader(sheet).map_err(|_| damaged())?;
    let mut cells = Vec::new();
    while let Some(found) = reader.next_cell().map_err(|_| damaged())? {
        let (row, column) = found.get_position();
        if row >= LIMITS.0 || column >= LIMITS.1 {
            return Err(damaged());
        }
        if let Some(cell) = cell(found.get_value()) {
            cells.push(((row, column), cell));
        }
    }
    Ok(cells)
}

fn cell(data: &DataRef<'_>) -> Option<Cell<'static>> {
    let (kind, text) = match data {
        DataRef::Empty => return None,
        DataRef::String(text) => (CellKind::Text, text.clone()),
        DataRef::SharedString(text) => (CellKind::Text, (*text).to_owned()),
        DataRef::Int(number) => (CellKind::Number, number.to_string()),
        // The shortest decimal that gives the number back, never with exponent.
        DataRef::Float(number) => (CellKind::Number, number.to_string()),
        DataRef::Bool(truth) => (CellKind::Bool, if *truth { "TRUE" } else { "FALSE" }.to_owned()),
        DataRef::DateTime(moment) => date(moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => (CellKind::Date, text.clone()),
        DataRef::Error(error) => (CellKind::Error, error.to_string()),
    };
    (!trim(&text).is_empty()).then_some(Cell { text: Cow::Owned(text), kind })
}

/// A date cell as text; with a time of day it keeps it, for the clerk to see.
fn date(moment: &ExcelDateTime) -> (CellKind, String) {
    // Day 0 and what lies beyond the year 9999 would be read as some other day.
    if !moment.is_datetime() || !(1.0..2_958_466.0).contains(&moment.as_f64()) {
        return (CellKind::Number, moment.as_f64().to_string());
    }
    let text = match moment.to_ymd_hms_milli() {
        (year, month, day, 0, 0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
        (year, month, day, hour, minute, second, _) => {
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
        }
    };
    (CellKind::Date, text)
}

/// What the library says of the parts of a damaged file helps nobody mend it.
fn damaged() -> Problem {
    unreadable(said!(
        "这个 xlsx 文件读不出来，可能已损坏或没有下载完整",
        "this xlsx file cannot be read; it may be damaged or cut short"
    ))
}
