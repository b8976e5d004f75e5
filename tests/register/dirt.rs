//! Whatever the bytes are, an import gives a report or a problem, never a panic.

use super::office::{UNITS, check_report, code, gazetteer, import, register, split, today, workbook};
use proptest::prelude::*;
use yaohao::register::import::{self, Context, Entry, TableMapping, rejects_csv};
use yaohao::register::{Inspector, Item, Recusal, Unit, canonical};

fn survives<T: Entry>(bytes: &[u8]) {
    let (gazetteer, register) = (gazetteer(), register());
    let context = Context { gazetteer: &gazetteer, reference: today(), register: &register };
    if let Ok((entries, report)) = import::read::<T>(bytes, "dirt", &TableMapping::default(), &context) {
        check_report(&entries, &report);
        rejects_csv(&report);
        // What was accepted can be kept.
        let text = canonical::print(&entries);
        let kept = canonical::read::<T>(text.as_bytes(), "kept").unwrap_or_else(|p| panic!("{p:?}\n{text}"));
        assert!(kept == entries);
    }
}

/// Headings, then cells of what people type and what they do not.
fn dirty_csv(headings: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let cell = prop_oneof![
        4 => proptest::sample::select(vec![
            "A1", "甲", "龙溪街道", "general", "一般单位", "2026-01-05", "3", "72.5", "是", "zone-1", "2201", "XF01",
            "", " ", "\"", "\"\"", "\"a\nb\"", "９", "9.1E+17", "全部", "某集团", "unit:A1", "group:", "A1、B2",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
        1 => any::<String>(),
    ];
    let row = proptest::collection::vec(cell, 3..18).prop_map(|cells| cells.join(","));
    proptest::collection::vec(row, 0..8)
        .prop_map(move |rows| format!("{headings}\n{}", rows.join("\n")).into_bytes())
}

fn all_headings<T: Entry>() -> &'static str {
    let headings: Vec<&str> = T::FIELDS.iter().map(|field| field.heading).collect();
    headings.join(",").leak()
}

proptest! {
    #![proptest_config(crate::cases(256))]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        survives::<Unit>(&bytes);
        survives::<Unit>(&[format!("{UNITS}\n").as_bytes(), &bytes].concat());
    }

    #[test]
    fn any_cells_of_units(bytes in dirty_csv(all_headings::<Unit>())) { survives::<Unit>(&bytes) }

    #[test]
    fn any_cells_of_inspectors(bytes in dirty_csv(all_headings::<Inspector>())) { survives::<Inspector>(&bytes) }

    #[test]
    fn any_cells_of_items(bytes in dirty_csv(all_headings::<Item>())) { survives::<Item>(&bytes) }

    #[test]
    fn any_cells_of_recusals(bytes in dirty_csv(all_headings::<Recusal>())) { survives::<Recusal>(&bytes) }

    #[test]
    fn a_damaged_workbook(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let mut bytes = workbook(&split(&format!("{UNITS}\n{},甲,龙溪街道,general\n", code(1))));
        survives::<Unit>(&bytes[..cut.index(bytes.len())]);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        survives::<Unit>(&bytes);
    }

    #[test]
    fn cells_that_another_program_quoted(cells in proptest::collection::vec("[^\u{fffd}\u{2028}\u{2029}\\p{C}]{1,8}", 2)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["统一社会信用代码", "单位名称", "单位类别", "地址"]).unwrap();
        writer.write_record(["A1", "甲", "general", &cells[0]]).unwrap();
        writer.write_record(["A2", "乙", "general", &cells[1]]).unwrap();
        let (units, report) = import::<Unit>(writer.into_inner().unwrap());
        let addresses: Vec<String> = units.into_iter().map(|unit| unit.address.unwrap_or_default()).collect();
        let trimmed: Vec<&str> = cells.iter().map(|cell| cell.trim_matches([' ', '\u{3000}'])).collect();
        prop_assert_eq!(addresses, trimmed, "{:?}", report.findings);
    }
}
