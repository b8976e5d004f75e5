//! The shipped example is what the project generates, and draws of it stay
//! possible month after month.

use yaohao::example::tables;

#[test]
fn the_shipped_tables_are_the_generated_ones() {
    let tables = tables();
    assert_eq!(tables.len(), std::fs::read_dir("config/example").expect("shipped").count());
    for (name, bytes) in tables {
        let shipped = std::fs::read(format!("config/example/{name}")).expect("shipped");
        assert!(shipped == bytes, "config/example/{name} is not what src/example makes");
    }
}

#[test]
fn every_name_says_that_it_is_an_example() {
    for (name, bytes) in tables().into_iter().filter(|(name, _)| *name != "items.csv") {
        let text = String::from_utf8(bytes).expect("UTF-8");
        let rows = text.lines().skip(1).filter(|row| !row.contains("缺编码"));
        let marked = |row: &str| row.contains("示例") || row.starts_with("SL");
        assert!(rows.clone().all(marked), "{name}");
        assert!(rows.count() > 50, "{name}");
    }
}
