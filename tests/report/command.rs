//! `yaohao report` as an office types it.

use super::OF_2023;
use super::terminal::Desk;
use super::year::{Cast, Totals, entries};
use calamine::{Data, Reader as _, Xlsx};
use std::io::Cursor;
use yaohao::register::Post;
use yaohao::report::Figure;
use yaohao::store::{Office, STORE};
use yaohao::task::{Act, Entry};

/// The example office with the journal of a year.
fn office(totals: &Totals) -> Desk {
    let desk = Desk::with_example();
    let office = Office::open(&desk.path("office")).expect("an office");
    let register = office.register().expect("a register");
    let towns = register.units.iter().filter_map(|unit| Some((unit.id.clone(), unit.town.clone()?)));
    let mut units: Vec<(String, String)> = towns.collect();
    units.dedup_by(|one, other| one.0 == other.0);
    let own = |lead: bool| {
        let fit = register.inspectors.iter().filter(move |who| who.post == Post::InPost && who.lead == lead);
        fit.map(|who| who.certificate.clone()).collect()
    };
    let cast = Cast { units, leads: own(true), others: own(false) };
    write(&desk, &entries(totals, &cast, 7));
    desk
}

fn write(desk: &Desk, entries: &[Entry]) {
    std::fs::create_dir_all(desk.path("office/private/journal")).expect("a folder");
    for entry in entries {
        desk.write(&format!("office/private/journal/{:06}.txt", entry.number), &entry.text());
    }
}

fn journal(desk: &Desk) -> Vec<Entry> {
    let files = desk.files("office/private/journal");
    files.iter().map(|(_, bytes)| Entry::read(bytes).expect("an entry")).collect()
}

/// Writes the journal anew with a change, so that its hashes are right again, as if it had
/// never been otherwise: the store beside it remembers what it had read.
fn rewrite(desk: &Desk, change: impl Fn(&mut Act)) {
    let mut entries = journal(desk);
    let mut after = None;
    for entry in &mut entries {
        entry.acts.iter_mut().for_each(&change);
        entry.after = after;
        after = Some(entry.id());
    }
    write(desk, &entries);
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(desk.path(&format!("office/{STORE}{end}")));
    }
}

const REPORT: [&str; 5] = ["-C", "office", "report", "--year", "2023"];

fn json(desk: &Desk, arguments: &[&str]) -> serde_json::Value {
    let run = desk.good(&[&REPORT[..], &["--json"], arguments].concat());
    serde_json::from_str(&run.out).expect("JSON")
}

#[test]
fn the_year_2023_is_counted_from_an_offices_folder() {
    let desk = office(&Totals::of_2023());
    let view = json(&desk, &[]);
    assert_eq!(view["sound"], true, "{}", view["checks"]);
    let figures = view["figures"].as_array().expect("figures");
    for (figure, wanted) in OF_2023 {
        let found = figures.iter().find(|found| found["figure"] == figure.key()).expect("a figure");
        assert_eq!(found["total"], wanted, "{}", figure.key());
        let parts = found["parts"].as_array().expect("parts");
        let sum: u64 = parts.iter().filter_map(|part| part["amount"].as_u64()).sum();
        assert_eq!(sum, wanted);
        // All units are in the register and all towns in a zone.
        let unknown = if figure == Figure::Fires { None } else { found["zones"].get("unknown") };
        assert_eq!(unknown, None, "{}", figure.key());
    }
    files(&desk);
    words(&desk);
    trace(&desk);
}

fn files(desk: &Desk) {
    desk.good(&[&REPORT[..], &["--xlsx", "r.xlsx", "--dated", "2024-01-16"]].concat());
    let bytes = std::fs::read(desk.path("r.xlsx")).expect("a file");
    desk.good(&[&REPORT[..], &["--xlsx", "s.xlsx", "--dated", "2024-01-16"]].concat());
    assert_eq!(std::fs::read(desk.path("s.xlsx")).expect("a file"), bytes, "the same day, the same bytes");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let names = ["总表", "按月", "按片区", "按事项", "按单位类别", "口径", "核对", "明细"];
    assert_eq!(book.sheet_names(), names);
    let sheet = book.worksheet_range("总表").expect("a sheet");
    let cell = |figure: Figure| {
        let row = sheet.rows().find(|row| row[0] == Data::String(figure.zh().to_owned())).expect("a row");
        row[1].clone()
    };
    for (figure, wanted) in OF_2023 {
        assert_eq!(cell(figure).to_string(), wanted.to_string());
        assert!(matches!(cell(figure), Data::Float(_) | Data::Int(_)), "a number is a number");
    }
    let list = book.worksheet_range("明细").expect("a sheet");
    let heading = |text: &str| {
        list.rows().next().and_then(|row| row.iter().position(|cell| cell == &Data::String(text.to_owned())))
    };
    let (inspections, town) =
        (heading("监督检查").expect("a column"), heading("镇街代码").expect("a column"));
    let counted =
        list.rows().skip(1).filter(|row| matches!(row[inspections], Data::Float(_) | Data::Int(_))).count();
    assert_eq!(counted, 3673);
    assert!(
        list.rows().skip(1).all(|row| matches!(row[town], Data::String(_) | Data::Empty)),
        "codes are text"
    );
    let definitions = book.worksheet_range("口径").expect("a sheet");
    assert_eq!(definitions.rows().count(), Figure::ALL.len() + 1);
}

/// The text has the figures, the office and the date, and no name.
fn words(desk: &Desk) {
    for file in ["r.txt", "r.html"] {
        desk.good(&[&REPORT[..], &["--text", file, "--dated", "2024-01-16"]].concat());
    }
    let text = desk.read("r.txt");
    for part in [
        "关于2023年行政执法总体情况的报告",
        "全年共出动监督检查7346人次，检查单位和场所3673家次，发现火灾隐患2437处，督促整改火灾隐患2119处",
        "尚未整改318处，下发责令改正通知书1676份",
        "举报投诉核查1125家次，行政许可检查372家次",
        "联合检查530家次",
        "作出行政处罚446件",
        "21家，临时查封8处，移送案件4件",
        "受理火灾事故调查885起，其中一般程序23起，简易程序148起，轻微火灾登记714起",
        "（仙桃街道3件）",
        "申请行政复议1件",
        "示例区消防救援支队",
        "2024年1月16日",
    ] {
        assert!(text.contains(part), "no {part:?} in:\n{text}");
    }
    assert!(!text.contains("截至2024"), "the year is over");
    let page = desk.read("r.html");
    roxmltree::Document::parse_with_options(
        &page,
        roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() },
    )
    .expect("well-formed");
    assert!(page.contains("全年作出行政处罚446件") && !page.contains("http"));
    for text in [text, page] {
        for name in ["示例单位", "示例人员", "SL0", "9100000", "举报人"] {
            assert!(!text.contains(name), "{name} stands in the text");
        }
    }
}

fn trace(desk: &Desk) {
    let view = json(desk, &["--trace", "transfers"]);
    assert_eq!((view["total"].as_u64(), view["parts"].as_array().map(Vec::len)), (Some(4), Some(4)));
    let number = view["parts"][0]["entries"][0].as_u64().expect("an entry");
    let entry = desk.read(&format!("office/private/journal/{number:06}.txt"));
    assert!(
        entry.contains(view["parts"][0]["matter"].as_str().expect("a matter")) && entry.contains("transfer")
    );
    let shown = desk.good(&[&REPORT[..], &["--trace", "行政处罚"]].concat()).out;
    assert!(shown.contains("共 446 个事项，合计 446"), "{shown}");
}

#[test]
fn a_failed_check_is_loud_and_keeps_the_text_from_being_written() {
    let desk = office(&Totals { year: 2023, ..Totals::small() });
    desk.good(&REPORT);
    rewrite(&desk, |act| {
        if let Act::Visited(visit) = act
            && visit.matter.to_string() == "2023/licence/0001"
        {
            visit.rectified = visit.hazards + 4;
            visit.present.truncate(1);
        }
    });
    let run = desk.bad(
        &[&REPORT[..], &["--text", "r.txt", "--xlsx", "r.xlsx"]].concat(),
        16,
        "核对不符 2 项：C01、C06",
    );
    assert!(run.out.contains("✗ 不符 C01") && run.out.contains("2023/licence/0001"), "{}", run.out);
    assert!(!desk.path("r.txt").exists() && desk.path("r.xlsx").exists());
    let view = desk.run(&[&REPORT[..], &["--json"]].concat());
    assert_eq!(view.code, 16);
    let view: serde_json::Value = serde_json::from_str(&view.out).expect("JSON");
    assert_eq!(view["sound"], false);
}

#[test]
fn a_journal_that_was_changed_is_not_counted() {
    let desk = office(&Totals { year: 2023, ..Totals::small() });
    let count = journal(&desk).len();
    let file = |number: usize| format!("office/private/journal/{number:06}.txt");
    // Any byte of any entry but the last one's is bound by the next entry.
    for number in [1, count / 2, count - 1] {
        let text = desk.read(&file(number));
        desk.write(&file(number), &text.replacen("\nby ", "\nby x", 1));
        desk.bad(&REPORT, 3, "台账第");
        desk.write(&file(number), &text);
    }
    std::fs::remove_file(desk.path(&file(3))).expect("gone");
    desk.bad(&REPORT, 3, "台账缺第 3 条");
}

#[test]
fn what_cannot_be_reported_is_said() {
    let desk = office(&Totals { year: 2023, ..Totals::small() });
    let report = |more: &[&'static str]| [&["-C", "office", "report"], more].concat();
    desk.bad(&report(&["--year", "2021"]), 4, "2021 年没有任何事项");
    desk.bad(&report(&["--year", "9998"]), 2, "还没有到");
    desk.bad(&report(&["--year", "2023", "--dated", "2022-12-31"]), 2, "早于 2023 年");
    desk.bad(&report(&["--year", "2023", "--text", "r.doc"]), 2, ".html、.txt");
    desk.bad(&report(&["--year", "2023", "--xlsx", "r.xls"]), 2, ".xlsx");
    desk.bad(&report(&["--year", "2023", "--xlsx", "office/public/r.xlsx"]), 8, "不能放进 public");
    let run = desk.bad(&report(&["--year", "2023", "--trace", "fire-brigades"]), 2, "写得不对");
    assert!(run.err.contains("行政处罚（penalties）"), "{}", run.err);
    let english = desk.good(&report(&["--year", "2023", "--lang", "en"])).out;
    assert!(english.contains("person-times") && english.contains("✓ pass  C01"), "{english}");
}
