//! Every rule: one table that breaks it, and what becomes of the row.

use super::office::{INSPECTORS, ITEMS, RECUSALS, UNITS, code, codes, import, split, workbook};
use rust_xlsxwriter::{Format, Formula, Workbook};
use std::collections::BTreeSet;
use yaohao::register::import::{Finding, ImportReport, Rule, Severity};
use yaohao::register::{Inspector, Item, Recusal, Subject, Unit};

/// Table, rows below the headings, and the findings: row and code.
type Case = (&'static str, &'static str, &'static [(u32, &'static str)]);

/// Rows of units are `id,name,town,class`; `{1}` stands for a good id, `{2}` for another.
const CASES: &[Case] = &[
    ("units", "{1},甲,龙溪街道\n", &[(2, "broken-row")]),
    ("units", "{1},甲,龙溪街道,general,多\n", &[(2, "broken-row")]),
    ("units", "{1},甲\"乙,龙溪街道,general\n", &[(2, "broken-row")]),
    ("units", "{1},甲\u{fffd},龙溪街道,general\n", &[(2, "replacement-character")]),
    ("units", "{1},甲\u{200b}乙,龙溪街道,general\n", &[(2, "control-character")]),
    ("units", "{1},\"甲\n乙\",龙溪街道,general\n", &[(2, "control-character")]),
    ("units", "{1}\t,甲,龙溪街道,general\n", &[(2, "control-character")]),
    ("units", ",甲,龙溪街道,general\n", &[(2, "missing-value")]),
    ("units", "{1},　 ,龙溪街道,general\n", &[(2, "missing-value")]),
    ("units", "9.15E+17,甲,龙溪街道,general\n", &[(2, "scientific-notation")]),
    ("units", "9.15001E17,甲,龙溪街道,general\n", &[(2, "scientific-notation")]),
    ("units", "９１000000000000001A,甲,龙溪街道,general\n", &[(2, "full-width")]),
    ("units", "11010519491231002X,甲,龙溪街道,general\n", &[(2, "identity-card")]),
    ("units", "A 1,甲,龙溪街道,general\n", &[(2, "bad-id")]),
    ("units", "甲1,甲,龙溪街道,general\n", &[(2, "bad-id")]),
    ("units", "91000000MA5K0000I2,甲,龙溪街道,general\n", &[(2, "bad-credit-code")]),
    ("units", "91000000ma5k000002,甲,龙溪街道,general\n", &[(2, "bad-credit-code")]),
    ("units", "{1},甲,龙溪街道,大单位\n", &[(2, "unknown-word")]),
    ("units", "{1},甲,龙溪街道,general\n{1},甲 ,500112011,一般单位\n", &[(3, "duplicate-row")]),
    (
        "units",
        "{1},甲,龙溪街道,general\n{1},乙,龙溪街道,general\n",
        &[(2, "duplicate-id"), (3, "duplicate-id")],
    ),
    ("units", "910000000000000010,甲,龙溪街道,general\n", &[(2, "check-character")]),
    ("units", "91000000000000001,甲,龙溪街道,general\n", &[(2, "unusual-length")]),
    (
        "units",
        "YB-01,甲,龙溪街道,general\nyb0l,乙,龙溪街道,general\n",
        &[(2, "look-alike"), (3, "look-alike")],
    ),
    ("units", "{1},甲,,general\n", &[(2, "town-unknown")]),
    ("units", "{1},甲,两路街道,general\n", &[(2, "town-unknown")]),
    ("units", "{1},甲,龙溪街道龙山街道,general\n", &[(2, "town-ambiguous")]),
    ("units,行业标签", "{1},甲,龙溪街道,general,高层、危 化\n", &[(2, "bad-tag")]),
    ("units,上次检查日期", "{1},甲,龙溪街道,general,2026-02-30\n", &[(2, "bad-date")]),
    ("units,上次检查日期", "{1},甲,龙溪街道,general,２０２６-01-05\n", &[(2, "full-width")]),
    ("units,上次检查日期", "{1},甲,龙溪街道,general,2027-01-05\n", &[(2, "future-date")]),
    ("units,许可证号", "{1},甲,龙溪街道,general,5.001E+11\n", &[(2, "scientific-notation")]),
    ("units,本年已查次数", "{1},甲,龙溪街道,general,两次\n", &[(2, "bad-number")]),
    ("units,信用风险等级", "{1},甲,龙溪街道,general,Ａ\n", &[(2, "full-width")]),
    ("units,经营状态", "{1},甲,龙溪街道,general,\n", &[(2, "missing-value")]),
    ("units,上次检查人员", "{1},甲,龙溪街道,general,2201、11010519491231002X\n", &[(2, "identity-card")]),
    ("units,生效日期,失效日期", "{1},甲,龙溪街道,general,2026-02-01,2026-01-01\n", &[(2, "period-reversed")]),
    (
        "units,生效日期,失效日期",
        "{1},甲,龙溪街道,general,2026-01-01,2026-06-30\n{1},乙,龙山街道,general,2026-06-30,\n",
        &[(2, "overlapping-dates"), (3, "overlapping-dates")],
    ),
    ("inspectors", "11010519491231002x,李四,第一片区,是,2028-12-31\n", &[(2, "identity-card")]),
    ("inspectors", "2202,李四,第九片区,是,2028-12-31\n", &[(2, "unknown-zone")]),
    ("inspectors", "2202,李四,第一片区,主办,\n", &[(2, "missing-value")]),
    ("inspectors", "2202,李四,第一片区,副主办,2028-12-31\n", &[(2, "unknown-word")]),
    ("inspectors", "2202,李四,第一片区,协办,2026-11-30\n", &[(2, "certificate-expired")]),
    ("inspectors,执法范围", "2202,李四,第一片区,协办,2028-11-30,XF01、XF09\n", &[(2, "unknown-item")]),
    ("inspectors,请假", "2202,李四,第一片区,协办,2028-11-30,2026-12-05到2026-12-06\n", &[(2, "bad-date")]),
    (
        "inspectors,请假",
        "2202,李四,第一片区,协办,2028-11-30,2026-12-05~2026-12-01\n",
        &[(2, "period-reversed")],
    ),
    ("inspectors,月可用工时", "2202,李四,第一片区,协办,2028-11-30,72.33\n", &[(2, "bad-number")]),
    ("items", "XF01,检查,\n", &[(2, "no-legal-basis")]),
    ("items,检查人数", "XF01,检查,消防法,1\n", &[(2, "too-few-staff")]),
    ("items,事项级别", "XF01,检查,消防法,中等\n", &[(2, "unknown-word")]),
    ("recusals", "2209,{1},亲属任职\n", &[(2, "unknown-certificate")]),
    ("recusals", "2201,{2},亲属任职\n", &[(2, "unknown-unit")]),
    ("recusals", "2201,另一集团,亲属任职\n", &[(2, "unknown-group")]),
    ("recusals", "2201,甲单位,亲属任职\n", &[(2, "subject-is-a-name")]),
    ("recusals", "2201,2201,亲属任职\n", &[(2, "subject-is-self")]),
    ("recusals", "2201,李四,夫妻\n", &[(2, "subject-is-a-name")]),
    ("recusals", "2201,group:李四,夫妻\n", &[(2, "subject-is-a-name")]),
    ("recusals", "2201,Li Wei,夫妻\n", &[(2, "subject-is-a-name")]),
    ("recusals", "2201,张三,夫妻\n", &[(2, "subject-is-self")]),
    ("recusals", "2201,inspector:2209,夫妻\n", &[(2, "unknown-certificate")]),
    ("recusals", "2201,9.1E+17,亲属任职\n", &[(2, "scientific-notation")]),
    ("recusals", "2201,{1},\n", &[(2, "missing-value")]),
];

fn report_of(table: &str, rows: &str) -> ImportReport {
    let (table, more) = table.split_once(',').unwrap_or((table, ""));
    let rows = rows.replace("{1}", &code(1)).replace("{2}", &code(2));
    let csv = |headings: &str| {
        let comma = if more.is_empty() { "" } else { "," };
        format!("{headings}{comma}{more}\n{rows}")
    };
    match table {
        "units" => import::<Unit>(csv(UNITS)).1,
        "inspectors" => import::<Inspector>(csv(INSPECTORS)).1,
        "items" => import::<Item>(csv(ITEMS)).1,
        _ => import::<Recusal>(csv(RECUSALS)).1,
    }
}

/// One workbook with an Excel accident in each row.
fn excel_accidents() -> ImportReport {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(UNITS.split(',')) {
        sheet.write_string(0, column, heading).unwrap();
    }
    for row in 1..=3 {
        sheet.write_string(row, 0, code(row)).unwrap();
        sheet.write_string(row, 1, format!("单位{row}")).unwrap();
        sheet.write_string(row, 2, "龙溪街道").unwrap();
        sheet.write_string(row, 3, "general").unwrap();
    }
    sheet.write_number(1, 0, 915001120000000001_f64).unwrap();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_number_with_format(2, 1, 46027, &date).unwrap();
    sheet.write_formula(3, 2, Formula::new("=NA()").set_result("#N/A")).unwrap();
    import::<Unit>(book.save_to_buffer().unwrap()).1
}

#[test]
fn every_rule_is_found_where_it_is_broken() {
    for (table, rows, expected) in CASES {
        assert_eq!(codes(&report_of(table, rows)), *expected, "{table}: {rows}");
    }
    let expected = [(2, "numeric-id"), (3, "wrong-cell-kind"), (4, "error-cell")];
    assert_eq!(codes(&excel_accidents()), expected);
}

fn all_findings() -> Vec<Finding> {
    let mut reports: Vec<ImportReport> =
        CASES.iter().map(|(table, rows, _)| report_of(table, rows)).collect();
    let address = "name = \"单位名称\"\ntown = { recognise = \"镇街\" }";
    let mapping = toml::from_str(&format!("file = \"x\"\n[columns]\n{address}")).unwrap();
    let csv = format!("{UNITS}\n{},甲,某区别处路1号,general\n", code(1));
    reports.push(super::office::import_with::<Unit>(csv.as_bytes(), &mapping).1);
    reports.push(excel_accidents());
    reports.into_iter().flat_map(|report| report.findings).collect()
}

#[test]
fn no_rule_is_without_a_test_and_a_remedy_in_both_languages() {
    let findings = all_findings();
    let found: BTreeSet<Rule> = findings.iter().map(|finding| finding.rule).collect();
    // What is held against matters is tested with the sheets of results (tests/sheet.rs).
    let of_sheets = [Rule::BadSeats, Rule::UnknownMatter, Rule::OtherThanKnown, Rule::NotNow];
    let all: BTreeSet<Rule> = Rule::ALL.iter().copied().collect();
    assert_eq!(found.union(&of_sheets.into()).copied().collect::<BTreeSet<_>>(), all);
    assert!(found.is_disjoint(&of_sheets.into()));
    let codes: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.code()).collect();
    assert_eq!(codes.len(), Rule::ALL.len());
    for finding in findings {
        let texts = [&finding.what.zh, &finding.what.en, &finding.remedy.zh, &finding.remedy.en];
        assert!(texts.iter().all(|text| !text.is_empty()), "{finding:?}");
    }
}

#[test]
fn a_colleagues_name_is_answered_with_the_certificate() {
    let remedy = |name: &str| {
        let report = report_of("recusals", &format!("2201,{name},夫妻\n"));
        report.findings[0].remedy.clone()
    };
    assert!(remedy("王五").zh.ends_with("改写为此人的执法证号 2206"), "{:?}", remedy("王五"));
    assert!(remedy("王五").en.ends_with("write the certificate number, 2206"), "{:?}", remedy("王五"));
    // Two people of one name: the clerk says which.
    assert!(remedy("李四").zh.ends_with("2203 或 2204"), "{:?}", remedy("李四"));
    // The number itself is the colleague.
    let (recusals, report) = import::<Recusal>(format!("{RECUSALS}\n2201,2206,夫妻\n"));
    assert_eq!((codes(&report), &recusals[0].subject), (vec![], &Subject::Inspector("2206".to_owned())));
}

#[test]
fn warned_rows_are_kept_and_rejected_rows_are_not() {
    for (table, rows, _) in CASES {
        let report = report_of(table, rows);
        for finding in &report.findings {
            let kept = !report.rejects.iter().any(|reject| reject.row == finding.row);
            assert_eq!(kept, finding.rule.severity() == Severity::Warn, "{table}: {rows}");
        }
    }
}

#[test]
fn one_row_may_have_several_findings() {
    let report = report_of("units,上次检查日期", "9.15E+17,,龙溪街道,大单位,昨天\n");
    let expected = ["scientific-notation", "missing-value", "unknown-word", "bad-date"];
    assert_eq!(codes(&report), expected.map(|code| (2, code)));
    assert_eq!(report.findings[3].column, "上次检查日期");
    assert_eq!(report.findings[3].value, "昨天");
}

#[test]
fn the_half_width_form_is_shown() {
    let report = report_of("units", "９１0Ａ,甲,龙溪街道,general\n");
    assert!(report.findings[0].remedy.zh.contains("910A"));
}

#[test]
fn the_number_of_an_identity_card_is_shown_nowhere() {
    let report = report_of("inspectors", "11010519491231002X,李四,第一片区,是,2028-12-31\n");
    let shown = format!("{report:?}");
    assert!(!shown.contains("19491231"), "{shown}");
    assert!(shown.contains("110105************"));
}

#[test]
fn versions_of_a_unit_may_follow_each_other() {
    let csv = format!(
        "{UNITS},生效日期,失效日期\n{0},乙,龙山街道,general,2026-07-01,\n{0},甲,龙溪街道,general,,2026-06-30\n",
        code(1)
    );
    let (units, report) = import::<Unit>(&csv);
    assert_eq!(report.findings, []);
    assert_eq!(units.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>(), ["甲", "乙"]);
}

#[test]
fn three_rows_of_one_id_are_all_refused_even_if_two_agree() {
    let csv = format!(
        "{UNITS}\n{0},甲,龙溪街道,general\n{0},乙,龙溪街道,general\n{0},甲,龙溪街道,general\n",
        code(1)
    );
    let (units, report) = import::<Unit>(&csv);
    assert_eq!(units, []);
    assert_eq!(codes(&report), [(2, "duplicate-id"), (3, "duplicate-id"), (4, "duplicate-row")]);
}

#[test]
fn old_numbers_and_the_offices_own_are_ids() {
    for id in ["500112000001234", "5001120000012", "YB-0001", "个", "1E5"] {
        let (units, _) = import::<Unit>(format!("{UNITS}\n{id},甲,龙溪街道,general\n"));
        assert_eq!(units.len(), usize::from(id != "个"), "{id}");
    }
}

#[test]
fn numbers_and_dates_of_a_workbook_are_read_where_they_belong() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let headings = format!("{UNITS},上次检查日期,本年已查次数,所属集团");
    for (row, cells) in (0..).zip(split(&format!("{headings}\n{},甲,,general\n", code(1)))) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    sheet.write_number(1, 2, 500112011).unwrap();
    let date = Format::new().set_num_format("yyyy/m/d");
    sheet.write_number_with_format(1, 4, 46027, &date).unwrap();
    sheet.write_number(1, 5, 3).unwrap();
    sheet.write_number(1, 6, 360).unwrap();
    let (units, report) = import::<Unit>(book.save_to_buffer().unwrap());
    assert_eq!(report.findings, []);
    assert_eq!(units[0].town.as_deref(), Some("500112011"));
    assert_eq!(units[0].last_inspection.unwrap().to_string(), "2026-01-05");
    assert_eq!((units[0].visits_this_year, units[0].group.as_deref()), (3, Some("360")));
}

#[test]
fn a_date_cell_with_a_time_of_day_is_not_cut() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let headings = format!("{UNITS},上次检查日期");
    for (column, cell) in (0..).zip(headings.split(',')) {
        sheet.write_string(0, column, cell).unwrap();
    }
    for (column, cell) in (0..).zip([code(1).as_str(), "甲", "龙溪街道", "general"]) {
        sheet.write_string(1, column, cell).unwrap();
    }
    let moment = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    sheet.write_number_with_format(1, 4, 46027.5, &moment).unwrap();
    let (_, report) = import::<Unit>(book.save_to_buffer().unwrap());
    assert_eq!(codes(&report), [(2, "bad-date")]);
    assert_eq!(report.findings[0].value, "2026-01-05 12:00:00");
}

#[test]
fn recusals_of_one_person_add_up() {
    let csv = format!("{RECUSALS}\n2201,{0},亲属任职\n2201,{0},原工作单位\n2201,某集团,亲属任职\n", code(1));
    let (recusals, report) = import::<Recusal>(&csv);
    assert_eq!((recusals.len(), report.findings.len()), (3, 0));
}

#[test]
fn a_workbook_of_texts_is_read_like_the_csv() {
    let csv = format!("{UNITS}\n{},甲,龙溪街道,general\n", code(1));
    assert_eq!(import::<Unit>(workbook(&split(&csv))).0, import::<Unit>(&csv).0);
}
