//! A register in Parquet comes to the roll that the same register in CSV comes to, however it is
//! cut into row groups and whatever its columns are.

mod terminal;

use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use terminal::{Desk, this_year};
use yaohao::ids::credit_code_check;
use yaohao::time::Date;

/// One row, as a CSV has it.
struct Row {
    id: String,
    name: String,
    town: Option<&'static str>,
    class: &'static str,
    last: Option<&'static str>,
    visits: Option<i64>,
}

fn rows(count: usize) -> Vec<Row> {
    let row = |nth: usize| {
        let mut id = format!("91500112{:09}", nth * 11);
        id.push(credit_code_check(&id).expect("digits"));
        Row {
            id,
            name: format!("示例单位{nth}"),
            town: [Some("500112002"), Some("龙塔街道"), None][nth % 3],
            class: ["small", "general", "key", "high-risk"][nth % 4],
            last: [None, Some("2026-11-20"), Some("1999-12-31"), None, Some("2025-02-28")][nth % 5],
            visits: [None, Some(0), Some(7)][nth % 3],
        }
    };
    (0..count).map(row).collect()
}

const HEADINGS: [&str; 6] =
    ["统一社会信用代码", "单位名称", "镇街", "单位类别", "上次检查日期", "本年已查次数"];

fn csv(rows: &[Row]) -> String {
    let mut text = format!("{}\n", HEADINGS.join(","));
    for Row { id, name, town, class, last, visits } in rows {
        let visits = visits.map(|n| n.to_string()).unwrap_or_default();
        let (town, last) = (town.unwrap_or_default(), last.unwrap_or_default());
        text += &format!("{id},{name},{town},{class},{last},{visits}\n");
    }
    text
}

/// The same as Parquet: text, a day, a number, and cells that are not there.
fn parquet(path: &Path, rows: &[Row], group: usize) {
    let schema = format!(
        "message register {{ REQUIRED BINARY {} (UTF8); REQUIRED BINARY {} (UTF8); OPTIONAL BINARY {} (UTF8);
         REQUIRED BINARY {} (UTF8); OPTIONAL INT32 {} (DATE); OPTIONAL INT64 {}; }}",
        HEADINGS[0], HEADINGS[1], HEADINGS[2], HEADINGS[3], HEADINGS[4], HEADINGS[5]
    );
    let schema = Arc::new(parse_message_type(&schema).expect("a schema"));
    let zstd = Compression::ZSTD(ZstdLevel::default());
    let properties =
        WriterProperties::builder().set_compression(zstd).set_data_page_row_count_limit(100).build();
    let file = File::create(path).expect("a file");
    let mut writer = SerializedFileWriter::new(file, schema, Arc::new(properties)).expect("a writer");
    for rows in rows.chunks(group) {
        let mut group = writer.next_row_group().expect("a row group");
        let mut column = 0;
        while let Some(mut next) = group.next_column().expect("a column") {
            let text = |of: fn(&Row) -> Option<&str>| {
                let values: Vec<ByteArray> = rows.iter().filter_map(of).map(ByteArray::from).collect();
                (values, rows.iter().map(|row| i16::from(of(row).is_some())).collect::<Vec<i16>>())
            };
            let days = |row: &Row| {
                let epoch: Date = "1970-01-01".parse().expect("a day");
                let last: Date = row.last?.parse().expect("a day");
                Some(i32::try_from(epoch.days_through(last)).expect("a day") - 1)
            };
            let written = match column {
                4 => {
                    let levels: Vec<i16> = rows.iter().map(|row| i16::from(row.last.is_some())).collect();
                    let values: Vec<i32> = rows.iter().filter_map(days).collect();
                    next.typed::<Int32Type>().write_batch(&values, Some(&levels), None)
                }
                5 => {
                    let levels: Vec<i16> = rows.iter().map(|row| i16::from(row.visits.is_some())).collect();
                    let values: Vec<i64> = rows.iter().filter_map(|row| row.visits).collect();
                    next.typed::<Int64Type>().write_batch(&values, Some(&levels), None)
                }
                _ => {
                    let (values, levels) = match column {
                        0 => text(|row| Some(&row.id)),
                        1 => text(|row| Some(&row.name)),
                        2 => text(|row| row.town),
                        _ => text(|row| Some(row.class)),
                    };
                    let levels = (column == 2).then_some(&levels[..]);
                    next.typed::<ByteArrayType>().write_batch(&values, levels, None)
                }
            };
            written.expect("values");
            next.close().expect("a column");
            column += 1;
        }
        group.close().expect("a row group");
    }
    writer.close().expect("a file");
}

/// What is published of the roll of `register`, but for times and what follows from the secrets:
/// number of units, strata, exclusions, and the units that are listed of every line.
fn rolled(desk: &Desk, register: &str) -> (Vec<String>, Vec<String>) {
    let (folder, private) =
        (format!("office/rolls/{}-001", this_year()), format!("office/private/rolls/{}-001", this_year()));
    let file = desk.witness(1, "commitment");
    desk.good(&["-C", "office", "roll", "commit", register, "--month", "2026-12", "--commitment", &file]);
    let commit = desk.read(&format!("{folder}/commit.txt"));
    let told = |line: &&str| ["units ", "stratum ", "excluded "].iter().any(|key| line.starts_with(key));
    let told = commit.lines().filter(told).map(str::to_owned).collect();
    let lines = desk.good(&["roll", "lines", &folder]).out.lines().map(str::to_owned).collect();
    // The same secrets for the next: then every byte of the lines is the same.
    let secrets = desk.read(&format!("{private}/secrets.txt"));
    for gone in [&folder, &private] {
        std::fs::remove_dir_all(desk.path(gone)).expect("a folder");
    }
    std::fs::create_dir_all(desk.path(&private)).expect("a folder");
    desk.write(&format!("{private}/secrets.txt"), &secrets);
    (told, lines)
}

#[test]
fn a_register_in_parquet_comes_to_the_same_roll_as_one_in_csv() {
    let desk = Desk::with_example();
    let number = format!("example-roll/{}/001", this_year());
    desk.good(&["nonce", "--draw", &number, "--party", "discipline", "--out", "witness"]);
    let rows = rows(1_003);
    desk.write("register.csv", &csv(&rows));
    let expected = rolled(&desk, "register.csv");
    assert_eq!(expected.1.len(), rows.len());
    for group in [1, 100, 1_003] {
        parquet(&desk.path("register.parquet"), &rows, group);
        assert_eq!(rolled(&desk, "register.parquet"), expected, "row groups of {group}");
    }
}

#[test]
fn a_parquet_that_cannot_be_read_says_so() {
    let desk = Desk::with_example();
    let commit = |what: &str| {
        desk.bad(&["-C", "office", "roll", "commit", "register.parquet", "--month", "2026-12"], 3, what);
    };
    parquet(&desk.path("register.parquet"), &rows(300), 100);
    let whole = std::fs::read(desk.path("register.parquet")).expect("a file");
    std::fs::write(desk.path("register.parquet"), &whole[..whole.len() / 2]).expect("a file");
    commit("读不出来");
    std::fs::write(desk.path("register.parquet"), b"PAR1").expect("a file");
    commit("读不出来");
    assert!(!desk.path("office/rolls").exists());
}
