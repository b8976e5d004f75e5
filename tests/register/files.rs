//! Files as such: encodings, shapes, rows that are blank or broken, and the
//! CSV that goes back to the clerk.

use super::office::{UNITS, check_report, code, codes, import, split, workbook};
use yaohao::problem::Kind;
use yaohao::register::import::{self, Context, TableMapping, rejects_csv};
use yaohao::register::{Gazetteer, Register, Unit};
use yaohao::time::Date;

fn units(numbers: &[u32]) -> String {
    let row = |number: &u32| format!("{},单位{number},龙溪街道,general\n", code(*number));
    format!("{UNITS}\n{}", numbers.iter().map(row).collect::<String>())
}

fn fails(bytes: &[u8], mapping: &TableMapping<Unit>) -> yaohao::problem::Problem {
    let (gazetteer, register) = (Gazetteer::default(), Register::default());
    let reference = Date::new(2026, 12, 1).unwrap();
    let context = Context { gazetteer: &gazetteer, reference, register: &register };
    import::read(bytes, "units.csv", mapping, &context).unwrap_err()
}

#[test]
fn the_encoding_is_told_and_named() {
    let csv = units(&[1, 2]);
    let (gb18030, _, _) = encoding_rs::GB18030.encode(&csv);
    let with_mark = format!("\u{feff}{csv}");
    let (plain, report) = import::<Unit>(&csv);
    assert_eq!((plain.len(), report.encoding), (2, "UTF-8"));
    for (bytes, encoding) in [(with_mark.as_bytes(), "UTF-8 BOM"), (&gb18030, "GB18030")] {
        let (units, report) = import::<Unit>(bytes);
        assert_eq!((units, report.encoding), (plain.clone(), encoding));
    }
}

#[test]
fn a_damaged_byte_costs_its_row_only() {
    let csv = units(&[1, 2, 3]);
    let damage = |bytes: &[u8], name: &[u8]| {
        let at = bytes.windows(name.len()).position(|window| window == name).unwrap();
        let mut bytes = bytes.to_vec();
        bytes[at + name.len() - 2] = 0xff;
        bytes
    };
    let utf8 = damage(csv.as_bytes(), "单位2".as_bytes());
    let (gb18030, _, _) = encoding_rs::GB18030.encode(&csv);
    let gb18030 = damage(&gb18030, &encoding_rs::GB18030.encode("单位2").0);
    let with_mark = [b"\xef\xbb\xbf", utf8.as_slice()].concat();
    for (bytes, encoding) in [(utf8, "UTF-8"), (with_mark, "UTF-8 BOM"), (gb18030, "GB18030")] {
        let (units, report) = import::<Unit>(&bytes);
        assert_eq!(report.encoding, encoding);
        assert_eq!(codes(&report), [(3, "replacement-character")], "{encoding}");
        assert_eq!(units.len(), 2);
    }
}

#[test]
fn text_lost_in_a_column_nobody_reads_still_refuses_the_row() {
    let csv = format!("{UNITS},备注\n{},甲,龙溪街道,general,\u{fffd}\n", code(1));
    let (_, report) = import::<Unit>(csv);
    assert_eq!(codes(&report), [(2, "replacement-character")]);
    assert_eq!(report.findings[0].column, "备注");
}

#[test]
fn rows_are_numbered_as_the_spreadsheet_shows_them() {
    let csv = format!("{UNITS}\n\n{0},\"甲\n乙\",龙溪街道,general\n,,,\n{0},,龙溪街道,general\n", code(1));
    let (_, report) = import::<Unit>(csv);
    // Row 2 is blank, row 3 spans two lines, row 4 is blank.
    assert_eq!(codes(&report), [(3, "control-character"), (5, "missing-value")]);
    assert_eq!((report.read, report.blank), (4, 2));
}

#[test]
fn a_quote_left_open_costs_its_row_only() {
    let csv = format!(
        "{UNITS}\n{},\"甲,龙溪街道,general\n{},乙,龙溪街道,general\n{},\"丙\",龙溪街道,general\n{},丁,\"龙溪街道,general",
        code(1),
        code(2),
        code(3),
        code(4)
    );
    let (units, report) = import::<Unit>(csv);
    assert_eq!(codes(&report), [(2, "broken-row"), (5, "broken-row")]);
    assert_eq!(units.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>(), ["乙", "丙"]);
}

#[test]
fn empty_cells_behind_the_headings_are_nothing() {
    let csv = format!("{UNITS},,\n{},甲,龙溪街道,general,,,,\n{},乙,龙溪街道,general\n", code(1), code(2));
    let (units, report) = import::<Unit>(csv);
    assert_eq!((units.len(), report.findings), (2, vec![]));
}

#[test]
fn a_note_in_a_column_without_a_heading_is_nothing() {
    let csv =
        format!("{UNITS},,\n{},甲,龙溪街道,general,,核对\n{},乙,龙溪街道,general,,\n", code(1), code(2));
    for bytes in [csv.clone().into_bytes(), workbook(&split(&csv))] {
        let (units, report) = import::<Unit>(bytes);
        assert_eq!((units.len(), report.findings), (2, vec![]));
    }
}

#[test]
fn line_ends_of_every_system_are_read() {
    let unix = units(&[1, 2]);
    let windows = unix.replace('\n', "\r\n");
    assert_eq!(import::<Unit>(&windows).0, import::<Unit>(&unix).0);
    assert_eq!(import::<Unit>(windows.trim_end()).0.len(), 2);
}

#[test]
fn blank_rows_of_a_workbook_are_counted() {
    let mut rows = split(&units(&[1, 2]));
    rows.insert(2, vec![" ".to_owned(), String::new()]);
    rows.insert(2, vec![]);
    let (units, report) = import::<Unit>(workbook(&rows));
    assert_eq!((units.len(), report.read, report.blank, report.encoding), (2, 4, 2, "xlsx"));
}

#[test]
fn headings_may_stand_below_a_title() {
    let csv = format!("检查对象名录,,,\n制表：2026年,,,\n{}", units(&[1]));
    let mapping: TableMapping<Unit> = toml::from_str("file = \"x\"\nheading_row = 3").unwrap();
    for bytes in [csv.clone().into_bytes(), workbook(&split(&csv))] {
        let (units, report) = super::office::import_with(&bytes, &mapping);
        assert_eq!((units.len(), report.read), (1, 1));
    }
    for row in [0, 9] {
        let mapping: TableMapping<Unit> =
            toml::from_str(&format!("file = \"x\"\nheading_row = {row}")).unwrap();
        assert_eq!(fails(csv.as_bytes(), &mapping).kind, Kind::Register);
        assert_eq!(fails(&workbook(&split(&csv)), &mapping).kind, Kind::Register);
    }
}

#[test]
fn a_sheet_is_found_by_name_and_the_first_shown_one_otherwise() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("旧").unwrap().set_hidden(true);
    for (name, number) in [("说明", 1), ("名录", 2)] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (row, cells) in (0..).zip(split(&units(&[number]))) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
        if number == 1 {
            sheet.set_active(true);
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    let id = |mapping: &str| {
        let mapping: TableMapping<Unit> = toml::from_str(mapping).unwrap();
        super::office::import_with(&bytes, &mapping).0[0].id.clone()
    };
    assert_eq!(id("file = \"x\""), code(1));
    assert_eq!(id("file = \"x\"\nsheet = \"名录\""), code(2));
    let problem = fails(&bytes, &toml::from_str("file = \"x\"\nsheet = \"无\"").unwrap());
    assert_eq!(problem.kind, Kind::Register);
    assert!(problem.what.zh.contains("名录"));
}

#[test]
fn what_is_no_table_is_refused_as_a_file() {
    let xls = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain("id".bytes().flat_map(|b| [b, 0])).collect();
    for bytes in [&xls[..], &utf16, b"PK\x03\x04 not a zip"] {
        assert_eq!(fails(bytes, &TableMapping::default()).kind, Kind::Unreadable);
    }
    assert_eq!(fails(b"", &TableMapping::default()).kind, Kind::Register);
    assert_eq!(fails(b"%PDF-1.7\n", &TableMapping::default()).kind, Kind::Register);
}

#[test]
fn the_refused_rows_go_back_as_a_csv_that_can_be_mended() {
    let csv = format!(
        "{UNITS},联系电话\n{},\"甲, 乙\",龙溪街道,大单位,13000000000\n{},丙,龙溪街道,general,13000000001\n",
        code(1),
        code(2)
    );
    let (_, report) = import::<Unit>(csv);
    let text = String::from_utf8(rejects_csv(&report)).unwrap();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("\u{feff}统一社会信用代码,单位名称,镇街,单位类别,行号,问题,处理办法"));
    let row = lines.next().unwrap();
    assert!(
        row.starts_with(&format!("{},\"甲, 乙\",龙溪街道,大单位,2,[unknown-word] 单位类别：", code(1))),
        "{row}"
    );
    assert!(!text.contains("1300000000"), "telephone numbers are not kept");
    let mended = text.replace("大单位", "一般单位");
    let (units, report) = import::<Unit>(&mended);
    check_report(&units, &report);
    assert_eq!((units.len(), report.findings.len()), (1, 0));
}

#[test]
fn a_broken_row_of_a_table_with_private_columns_is_not_shown() {
    let csv = format!("{UNITS},身份证号\n{},甲,龙溪街道,general,11010519491231002X,多\n", code(1));
    let (_, report) = import::<Unit>(csv);
    assert_eq!(codes(&report), [(2, "broken-row")]);
    assert!(!format!("{report:?}").contains("1101051949"));
}
