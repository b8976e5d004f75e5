//! Workbooks, opened again by another library: every cell holds the value of its sheet.

use super::case::{office, tasks};
use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use std::io::{Cursor, Read as _};
use yaohao::cli::workbook;
use yaohao::dispatch::{Audience, Order, Sheet, Value, sheets};

/// Rows above the visits: title, note, headings.
const ABOVE: u32 = 3;

fn compare(order: &Order) {
    let bytes = workbook(order).expect("a workbook");
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).expect("opens");
    let wanted = sheets(order);
    assert_eq!(book.sheet_names(), wanted.iter().map(|sheet| sheet.name.to_owned()).collect::<Vec<_>>());
    for sheet in &wanted {
        let range = book.worksheet_range(sheet.name).expect("a sheet");
        let cell =
            |row: u32, column: usize| range.get_value((row, column as u32)).cloned().unwrap_or(Data::Empty);
        assert_eq!(cell(0, 0), Data::String(sheet.title.clone()));
        assert_eq!(cell(1, 0), Data::String(sheet.note.clone()));
        for (column, (heading, _)) in sheet.columns.iter().enumerate() {
            assert_eq!(cell(2, column), Data::String((*heading).to_owned()));
        }
        let rows = sheet.rows.iter().chain([&sheet.sum]);
        for (row, values) in (ABOVE..).zip(rows) {
            assert_eq!(values.len(), sheet.columns.len());
            for (column, value) in values.iter().enumerate() {
                same(&cell(row, column), value);
            }
        }
        let last = ABOVE + sheet.rows.len() as u32;
        assert_eq!(range.end(), Some((last, sheet.columns.len() as u32 - 1)), "nothing else is there");
    }
}

fn same(found: &Data, wanted: &Value) {
    match (found, wanted) {
        (Data::Empty, Value::None) => {}
        (Data::String(found), Value::Text(wanted)) => assert_eq!(found, wanted),
        (Data::Float(found), Value::Whole(wanted)) => assert_eq!(*found, f64::from(*wanted)),
        (Data::DateTime(found), Value::Day(wanted)) => {
            let (year, month, day, ..) = found.to_ymd_hms_milli();
            assert_eq!(format!("{year:04}-{month:02}-{day:02}"), wanted.to_string());
        }
        _ => panic!("{found:?} stands for {wanted:?}"),
    }
}

#[test]
fn every_cell_holds_its_value() {
    let office = office();
    for audience in Audience::ALL {
        office.orders(&tasks(), *audience).iter().for_each(compare);
    }
}

#[test]
fn codes_are_text_days_are_days_and_minutes_are_numbers() {
    let order = office().inspector(&tasks(), "SL01");
    let Sheet { columns, rows, sum, .. } = sheets(&order).remove(0);
    let column = |name: &str| columns.iter().position(|(heading, _)| *heading == name).expect("a column");
    let row = rows.iter().find(|row| row[column("检查对象")] == Value::Text("甲宾馆".into())).expect("a row");
    assert_eq!(row[column("统一社会信用代码")], Value::Text("91500112450533912J".into()));
    assert!(matches!(row[column("日期")], Value::Day(_)));
    assert_eq!(row[column("星期")], Value::Text("星期三".into()));
    assert_eq!(row[column("用时（分钟）")], Value::Whole(240));
    assert_eq!(row[column("本人角色")], Value::Text("主办".into()));
    assert_eq!(row[column("变更")], Value::Text("改期（原定11月9日）".into()));
    assert_eq!(sum[column("用时（分钟）")], Value::Whole(order.minutes()));
}

/// A part of the package, as text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut text = String::new();
    archive.by_name(name).expect("a part").read_to_string(&mut text).expect("text");
    text
}

#[test]
fn the_same_order_gives_the_same_bytes_and_prints_on_a4_across() {
    let order = office().orders(&tasks(), Audience::Section).remove(0);
    let bytes = workbook(&order).expect("a workbook");
    assert_eq!(bytes, workbook(&order).expect("a workbook"));
    let core = part(&bytes, "docProps/core.xml");
    assert!(core.contains("2026-11-04T08:30:00Z"), "{core}");
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for wanted in
        ["paperSize=\"9\"", "orientation=\"landscape\"", "state=\"frozen\"", "<autoFilter", "&amp;P"]
    {
        assert!(sheet.contains(wanted), "no {wanted}");
    }
    let book = part(&bytes, "xl/workbook.xml");
    assert!(book.contains("Print_Area") && book.contains("Print_Titles"), "{book}");
}
