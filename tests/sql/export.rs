//! A table that no database should get wrong, and draws, for reference/agree_sql.py.

use super::{Desk, POLICY, draw, give_up, seed, selection, stratum, table};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use yaohao::sampling::select_carrying;
use yaohao::sql::{Dialect, Stratum, load, merge, query};

const ROWS: usize = 200_000;

/// Labels that differ in case, hold quotes, or sort otherwise elsewhere; a label of many
/// units, one of three and one of which none is drawn.
const LABELS: [(&str, u64, u64); 8] = [
    ("small/z1", 300, 20),
    ("SMALL/z1", 5, 3),
    ("aa", 1, 0),
    ("zz", 40, 0),
    ("it's\\\"%s\"\\", 7, 7),
    ("重点单位/渝北", 90, 10),
    ("none-drawn", 0, 2),
    ("three", 3, 0),
];

/// Ids of different lengths, that differ in case, that hold quotes and backslashes.
fn id(number: usize) -> String {
    let (kind, n) = (number % 8, number / 8);
    match kind {
        0 => format!("{n}"),
        1 => format!("aa{n}"),
        2 => format!("AA{n}"),
        3 => format!("Å{n}"),
        4 => format!("单位{n}"),
        5 => format!("'{n}\"\\"),
        6 => format!("{n:020}"),
        _ => format!("x-{n}_%"),
    }
}

fn label(number: usize) -> &'static str {
    match number {
        0..3 => "three",
        3..10 => "it's\\\"%s\"\\",
        10..500 => LABELS[number % 4].0,
        _ => LABELS[[0, 0, 0, 1, 2, 3, 5, 6, 0, 0][number % 10]].0,
    }
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sql").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).expect("a file");
}

#[test]
fn export_a_large_table() {
    let folder = folder("table");
    let ids: Vec<String> = (0..ROWS).map(id).collect();
    let carried: BTreeSet<&str> = ids.iter().step_by(6007).map(String::as_str).collect();
    let pool = |label: &str| -> Vec<&str> {
        (0..ROWS).filter(|n| self::label(*n) == label).map(|n| ids[n].as_str()).collect()
    };
    let (mut strata, mut expected): (Vec<Stratum>, String) = (Vec::new(), String::new());
    for (label, quota, reserves) in LABELS {
        let pool = pool(label);
        let held = pool.iter().filter(|id| carried.contains(*id)).count() as u64;
        let most = usize::try_from(quota.max(held) + reserves).expect("few");
        strata.push(stratum(label, pool.len() as u64, quota.max(held), reserves));
        for (rank, drawn) in
            (1..).zip(select_carrying(&seed(), label, &pool, |id| carried.contains(id), most))
        {
            writeln!(expected, "{label}\t{rank}\t{}\t{}", pool[drawn.index], drawn.ticket).expect("text");
        }
    }
    let mut units = "yaohao/units/v1\n".to_owned();
    for (number, id) in ids.iter().enumerate() {
        let rest = ["name=x, \"y z\\", "it's 'so'", "", "a=b\tc"][number % 4];
        writeln!(units, "{id} {} {rest}", label(number)).expect("text");
        if number % 50 == 0 {
            writeln!(units, "out{number} excluded:cooldown -").expect("text");
        }
    }
    let lines = carried.iter().map(|id| format!("{id} example/2026/001 small 1 -\n")).collect::<String>();
    write(&folder, "units.txt", &units);
    write(&folder, "carried.txt", &format!("yaohao/carried/v1\ngone example/2026/001 small 1 -\n{lines}"));
    write(&folder, "expected.tsv", &expected);
    let selection = selection(strata, true);
    for dialect in Dialect::ALL {
        // The script puts the folder for `@`.
        let load = |table: &str| load(*dialect, table, &format!("@/{table}.txt"));
        let write =
            |name: &str, text: String| write(&folder, &format!("{}.{name}.sql", dialect.key()), &text);
        write("load", load("units") + &load("carried"));
        write("query", query(*dialect, &selection));
        write("load-parts", load("parts") + &load("carried"));
        write("merge", merge(*dialect, &selection));
    }
}

fn copy(from: &Path, name: &str) {
    let to = folder(&format!("draws/{name}"));
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        std::fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
    }
}

#[test]
fn export_draws() {
    let desk = Desk::committed(1);
    draw(&desk, 1);
    copy(&desk.public(1), "example");
    // Behind a void, with room for others behind those carried over.
    let desk = Desk::with(POLICY, table);
    desk.commit(1);
    give_up(&desk, 1);
    desk.edit("office/policy.toml", "quota = 6", "quota = 8");
    desk.commit(2);
    draw(&desk, 2);
    assert!(desk.public(2).join("carried.txt").exists());
    copy(&desk.public(2), "carried");
}
