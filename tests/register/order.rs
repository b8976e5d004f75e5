//! The register does not depend on the order of rows, nor on the kind of file.

use super::office::{UNITS, code, import, workbook};
use proptest::prelude::*;
use yaohao::register::Unit;
use yaohao::register::import::ImportReport;

/// Good, doubled, contradictory, look-alike and broken rows.
fn rows() -> Vec<Vec<String>> {
    let row = |id: &str, name: &str, class: &str, from: &str| {
        vec![id.to_owned(), name.to_owned(), "龙溪街道".to_owned(), class.to_owned(), from.to_owned()]
    };
    vec![
        row(&code(1), "甲", "general", ""),
        row(&code(1), "甲", "一般单位", ""),
        row(&code(2), "乙", "general", ""),
        row(&code(2), "丙", "general", ""),
        row(&code(3), "丁", "small", "2026-01-01"),
        row(&code(3), "丁", "small", "2026/1/1"),
        row("YB-1", "戊", "key", ""),
        row("YBL", "己", "key", ""),
        row("YBI", "庚", "nothing", ""),
        row("", "", "", ""),
        row("9.1E+17", "辛", "key", ""),
        row(&code(4), "壬𠮷", "key", ""),
    ]
}

fn csv(rows: &[Vec<String>]) -> String {
    rows.iter().map(|row| row.join(",") + "\n").collect()
}

/// Counts and rules, without what must follow the rows about.
fn summary(report: &ImportReport) -> (usize, usize, usize, Vec<&'static str>) {
    let mut rules: Vec<&str> = report.findings.iter().map(|finding| finding.rule.code()).collect();
    rules.sort_unstable();
    (report.accepted, report.rejected, report.blank, rules)
}

proptest! {
    #![proptest_config(crate::cases(48))]

    #[test]
    fn any_order_and_any_format_give_one_register(shuffled in Just(rows()).prop_shuffle()) {
        let headings: Vec<String> = format!("{UNITS},生效日期").split(',').map(str::to_owned).collect();
        let with_headings = |rows: &[Vec<String>]| [std::slice::from_ref(&headings), rows].concat();
        let (units, report) = import::<Unit>(csv(&with_headings(&rows())));
        prop_assert_eq!(units.len(), 5);
        // A blank row at the end of a sheet is not there at all; keep the last one filled.
        let mut shuffled = shuffled;
        let blank = shuffled.iter().position(|row| row[0].is_empty() && row[1].is_empty()).unwrap();
        if blank + 1 == shuffled.len() {
            shuffled.swap(0, blank);
        }
        let text = csv(&with_headings(&shuffled));
        let (gb18030, _, _) = encoding_rs::GB18030.encode(&text);
        for bytes in [text.as_bytes(), &gb18030, &workbook(&with_headings(&shuffled))] {
            let (again, of_shuffled) = import::<Unit>(bytes);
            prop_assert_eq!(&again, &units);
            prop_assert_eq!(summary(&of_shuffled), summary(&report));
        }
    }
}
