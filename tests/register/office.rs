//! A small office to import into: three towns, two zones, and what was
//! imported before.

use yaohao::ids::credit_code_check;
use yaohao::register::import::{self, Context, Entry, Finding, ImportReport, TableMapping};
use yaohao::register::{Gazetteer, Inspector, Item, Register, Town, Unit, Zone};
use yaohao::time::Date;

pub const UNITS: &str = "统一社会信用代码,单位名称,镇街,单位类别";
pub const INSPECTORS: &str = "执法证号,姓名,片区,主办资格,证件有效期至";
pub const ITEMS: &str = "事项编码,抽查事项,检查依据";
pub const RECUSALS: &str = "执法证号,回避对象,回避事由";

pub fn gazetteer() -> Gazetteer {
    let town = |code: &str, name: &str| Town { code: code.to_owned(), names: vec![name.to_owned()] };
    let zone = |key: &str, name: &str| Zone { key: key.to_owned(), name: name.to_owned() };
    Gazetteer {
        towns: vec![
            town("500112011", "龙溪街道"),
            town("500112012", "龙山街道"),
            town("500112140", "茨竹镇"),
        ],
        zones: vec![zone("zone-1", "第一片区"), zone("zone-2", "第二片区")],
    }
}

/// A unit with a group, some inspectors and an item, for tables that name them.
pub fn register() -> Register {
    let (gazetteer, empty) = (gazetteer(), Register::default());
    let context = Context { gazetteer: &gazetteer, reference: today(), register: &empty };
    fn all<T: Entry>(csv: &str, context: &Context<'_>) -> Vec<T> {
        let (entries, report) =
            import::read(csv.as_bytes(), "before.csv", &TableMapping::default(), context).unwrap();
        assert_eq!(report.findings, []);
        entries
    }
    let units = format!("{UNITS},所属集团\n{},甲单位,龙溪街道,一般单位,某集团\n", code(1));
    let units: Vec<Unit> = all(&units, &context);
    let items: Vec<Item> = all(&format!("{ITEMS}\nXF01,消防安全检查,消防法第五十三条\n"), &context);
    let people = ["2201,张三", "2203,李四", "2204,李四", "2205,Li Wei", "2206,王五"];
    let people = people.map(|person| format!("{person},第一片区,是,2028-12-31\n")).concat();
    let inspectors: Vec<Inspector> = all(&format!("{INSPECTORS}\n{people}"), &context);
    Register { units, inspectors, items, recusals: vec![] }
}

pub fn today() -> Date {
    Date::new(2026, 12, 1).unwrap()
}

/// Imports with `mapping`.
pub fn import_with<T: Entry>(bytes: &[u8], mapping: &TableMapping<T>) -> (Vec<T>, ImportReport) {
    let (gazetteer, register) = (gazetteer(), register());
    let context = Context { gazetteer: &gazetteer, reference: today(), register: &register };
    let (entries, report) = import::read(bytes, "table.csv", mapping, &context).unwrap();
    check_report(&entries, &report);
    (entries, report)
}

/// Imports a table with official headings.
pub fn import<T: Entry>(bytes: impl AsRef<[u8]>) -> (Vec<T>, ImportReport) {
    import_with(bytes.as_ref(), &TableMapping::default())
}

/// What holds for every report, whatever was in the file.
pub fn check_report<T>(entries: &[T], report: &ImportReport) {
    assert_eq!(report.read, report.accepted + report.rejected + report.blank);
    assert_eq!(report.accepted, entries.len());
    assert_eq!(report.rejected, report.rejects.len());
    assert!(report.findings.is_sorted_by_key(|finding| finding.row));
    assert!(report.rejects.is_sorted_by_key(|reject| reject.row));
    for reject in &report.rejects {
        assert!(
            report.findings_of(reject.row).iter().any(Finding::rejects),
            "row {} has no reason",
            reject.row
        );
        assert_eq!(reject.cells.len(), report.headings.len());
    }
    let refused = |finding: &&Finding| finding.rejects();
    for finding in report.findings.iter().filter(refused) {
        assert!(report.rejects.iter().any(|reject| reject.row == finding.row));
    }
}

/// Codes of the findings of all rows, as (row, code).
pub fn codes(report: &ImportReport) -> Vec<(u32, &'static str)> {
    report.findings.iter().map(|finding| (finding.row, finding.rule.code())).collect()
}

/// A 统一社会信用代码 of no real unit (region 000000), with its check character.
pub fn code(number: u32) -> String {
    let body = format!("91000000{number:09}");
    let check = credit_code_check(&body).unwrap();
    format!("{body}{check}")
}

/// A workbook with these cells as texts; the first row has the headings.
pub fn workbook(rows: &[Vec<String>]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// Rows of plain cells from a text without quotes.
pub fn split(csv: &str) -> Vec<Vec<String>> {
    csv.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}
