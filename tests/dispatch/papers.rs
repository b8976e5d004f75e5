//! The printed order: the words of a small one, byte by byte, and what every page holds.

use super::case::{office, tasks};
use yaohao::dispatch::{Audience, Paper, Part, Table, calendar, html};

/// Compares with a file that people have looked at.
pub fn golden(name: &str, text: &str) {
    let path = format!("tests/dispatch/{name}");
    let wanted = std::fs::read_to_string(&path).unwrap_or_default();
    if wanted != text {
        let found = format!("{}/{name}", env!("CARGO_TARGET_TMPDIR"));
        std::fs::write(&found, text).expect("written");
        panic!("{path} differs from {found}; look at it, then copy it");
    }
}

#[test]
fn an_inspectors_order_is_as_it_was_looked_at() {
    let mut office = office();
    office.is_secret = true;
    let order = office.inspector(&tasks(), "SL01");
    golden("inspector.html", &html(&order));
    golden("inspector.ics", &calendar(&order));
}

#[test]
fn every_order_is_well_formed_and_its_tables_are_as_wide_as_the_text() {
    let office = office();
    for audience in Audience::ALL {
        for order in office.orders(&tasks(), *audience) {
            let page = html(&order);
            let page = page.strip_prefix("<!DOCTYPE html>\n").expect("a document type");
            let tree = roxmltree::Document::parse(page).expect("well-formed");
            let rows = tree.descendants().filter(|node| node.has_tag_name("table")).count();
            let paper = Paper::new(&order);
            let table = |part| match part {
                Part::Table(table) => Some(table),
                Part::Paragraph(..) => None,
            };
            let tables: Vec<Table> = paper.parts.iter().cloned().filter_map(table).collect();
            assert_eq!(rows, tables.len());
            for table in tables {
                assert_eq!(table.columns.iter().map(|column| column.width).sum::<u32>(), 156);
                assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
            }
            assert!(matches!(paper.parts.last(), Some(Part::Paragraph(..))));
        }
    }
}

#[test]
fn only_the_sections_order_has_the_red_name_and_only_a_secret_one_the_mark() {
    let (mut office, tasks) = (office(), tasks());
    for audience in Audience::ALL {
        for order in office.orders(&tasks, *audience) {
            let paper = Paper::new(&order);
            assert_eq!(paper.red.is_some(), *audience == Audience::Section);
            assert_eq!((paper.secret, html(&order).contains("检查前不得外传")), (None, false));
        }
    }
    office.is_secret = true;
    let [section] = &office.orders(&tasks, Audience::Section)[..] else { panic!("one section") };
    assert_eq!(Paper::new(section).secret, Some("检查前不得外传"));
    assert_eq!(section.number, "示例消派〔2026〕1号");
}
