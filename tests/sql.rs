//! The selection as SQL: what the queries say, whom the command refuses, and tables and
//! draws for reference/agree_sql.py, which runs them in real databases.

mod district;
#[path = "sql/export.rs"]
mod export;
mod terminal;

use district::small::{POLICY, table};
use std::path::Path;
use terminal::{DICE, Desk};
use yaohao::digest::{Digest, Suite};
use yaohao::problem::Kind;
use yaohao::seed::Seed;
use yaohao::sql::{Dialect, Origin, Selection, Stratum, Text, comment, load, merge, query};

fn seed() -> Seed {
    Seed::sha256(Digest::of(&[b"sql"]))
}

fn stratum(label: &str, pool: u64, drawn: u64, reserves: u64) -> Stratum {
    Stratum { label: label.to_owned(), pool, drawn, reserves }
}

fn selection(strata: Vec<Stratum>, carried: bool) -> Selection {
    Selection::new(seed(), strata, carried).expect("a suite with SQL")
}

/// Draws the committed draw `number` of an office.
fn draw(desk: &Desk, number: u32) {
    let nonce = desk.witness(number, "nonce");
    desk.good(&["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce]);
}

/// The machine stops when all inputs are published and nothing of the result is: then the
/// draw can be given up, and hands on what it drew.
fn give_up(desk: &Desk, number: u32) {
    draw(desk, number);
    for file in ["drawn.txt", "dockets.txt", "teams.txt", "prices.txt", "schedule.txt", "availability.txt"] {
        let _ = std::fs::remove_file(desk.public(number).join(file));
    }
    for file in ["record.txt", "record.sha256"] {
        std::fs::remove_file(desk.public(number).join(file)).expect("a record");
    }
    desk.good(&["-C", "office", "void", "--reason", "staffing"]);
}

// ---- the texts ----------------------------------------------------------------------

/// Everything that a dialect says: loading, drawing, merging.
fn transcript(dialect: Dialect) -> String {
    let selection = selection(vec![stratum("large/z1", 900, 2, 1), stratum("small", 3, 3, 0)], true);
    let origin = Origin { draw: "example/2026/001".to_owned(), commitment: Digest::of(&[b"commit"]) };
    let loads = load(dialect, "units", "units.txt") + &load(dialect, "carried", "carried.txt");
    let texts = [(Text::Load, loads), (Text::Query, query(dialect, &selection))];
    let texts = texts.map(|(text, sql)| comment(dialect, &origin, &selection, text).en + &sql);
    texts.join("\n")
}

#[test]
fn every_dialect_says_what_it_said() {
    for dialect in Dialect::ALL {
        let file = format!("tests/sql/{}.sql", dialect.key());
        let expected = std::fs::read_to_string(&file).unwrap_or_default();
        let found = transcript(*dialect);
        assert!(expected == found, "{file} should be:\n{found}");
    }
}

#[test]
fn a_merge_is_the_query_over_what_was_found() {
    for dialect in Dialect::ALL {
        for carried in [false, true] {
            let selection = selection(vec![stratum("small", 9, 3, 1)], carried);
            let (whole, merged) = (query(*dialect, &selection), merge(*dialect, &selection));
            assert_eq!(merged, whole.replace("FROM units u", "FROM parts u"));
            assert_eq!(whole.contains("carried"), carried, "{whole}");
        }
    }
}

/// The literal of a label in the list of quotas.
fn literal(dialect: Dialect, label: &str) -> String {
    let sql = query(dialect, &selection(vec![stratum(label, 9, 3, 1)], false));
    let row = sql.lines().find_map(|line| line.split_once("1, '")).expect("a row").1;
    format!("'{}", row.split(", 3, 1, ").next().expect("a literal"))
}

#[test]
fn no_label_and_no_file_ends_its_quotes() {
    let label = r"x') OR ''=''; --\";
    for dialect in [Dialect::Postgres, Dialect::DuckDb, Dialect::DataFusion] {
        assert_eq!(literal(dialect, label), r"'x'') OR ''''=''''; --\'");
        assert!(load(dialect, "units", "it's.txt").contains("'it''s.txt'"));
    }
    for dialect in [Dialect::ClickHouse, Dialect::Spark, Dialect::MySql] {
        assert_eq!(literal(dialect, label), r"'x\') OR \'\'=\'\'; --\\'");
    }
    assert!(load(Dialect::MySql, "units", "it's.txt").contains(r"'it\'s.txt'"));
    assert!(load(Dialect::Spark, "units", "it`s.txt").contains("`it``s.txt`"));
    // Nor does a name end its comment.
    let origin = Origin { draw: "x\nDROP TABLE units;".to_owned(), commitment: Digest::of(&[]) };
    let said = comment(Dialect::Postgres, &origin, &selection(Vec::new(), false), Text::Query);
    assert!(said.en.lines().chain(said.zh.lines()).all(|line| line.starts_with("-- ")), "{}", said.en);
}

#[test]
fn only_small_tickets_are_sorted_where_there_are_many() {
    let bound = |pool, drawn, reserves| {
        let sql = query(Dialect::DuckDb, &selection(vec![stratum("s", pool, drawn, reserves)], false));
        let row = sql.lines().find(|line| line.starts_with("  (1, ")).expect("a row").to_owned();
        row.rsplit('\'').nth(1).expect("a bound").to_owned()
    };
    assert_eq!(bound(100, 5, 0), "f".repeat(64), "a small pool is sorted whole");
    assert_eq!(bound(u64::MAX, u64::MAX, u64::MAX), "f".repeat(64));
    // 1000 + 64 + √(128·1000 + 4096) + 1 of a million, in 64 bits.
    assert_eq!(
        bound(1_000_000, 900, 100),
        format!("{:016x}{}", (1428_u128 << 64) / 1_000_000, "f".repeat(48))
    );
}

// ---- the command --------------------------------------------------------------------

#[test]
fn the_command_prints_what_the_stage_says() {
    let desk = Desk::with(POLICY, table);
    desk.commit(1);
    let public = desk.public(1);
    let public = public.to_str().expect("a path");
    desk.bad(&["sql", public, "--dialect", "duckdb"], 4, "种子还不知道：还没有 reveal.txt");
    draw(&desk, 1);
    let text = desk.good(&["sql", public, "--dialect", "duckdb"]).out;
    let commit = desk.good(&["verify", public, "--json"]).out;
    let commit: serde_json::Value = serde_json::from_str(&commit).expect("JSON");
    let commitment = commit["draws"][0]["commitment"].as_str().expect("a hash");
    let draw = desk.draw(1);
    assert!(text.starts_with(&format!("-- 摇号 {draw}：从名录重算中签单位（DuckDB）\n")), "{text}");
    assert!(text.contains(&format!("-- 承诺 {commitment}\n-- 种子 ")) && text.contains("ORDER BY place, n;"));
    let english = desk.good(&["sql", public, "--dialect", "duckdb", "--lang", "en"]).out;
    assert!(english.starts_with(&format!("-- Draw {draw}: the units drawn")), "{english}");
    let body =
        |text: &str| text.lines().filter(|line| !line.starts_with("--")).collect::<Vec<_>>().join("\n");
    assert_eq!(body(&text), body(&english));
    let json = desk.good(&["sql", public, "--dialect", "duckdb", "--json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["sql"], text);
    let loads = desk.good(&["sql", public, "--dialect", "duckdb", "--load"]).out;
    assert!(
        loads.contains(&format!("read_csv('{public}/units.txt'")) && !loads.contains("carried"),
        "{loads}"
    );
    let merge = desk.good(&["sql", public, "--dialect", "duckdb", "--merge"]).out;
    assert!(merge.contains("FROM parts u"), "{merge}");
    let parts = desk.good(&["sql", public, "--dialect", "duckdb", "--merge", "--load"]).out;
    assert!(parts.contains("CREATE TABLE parts") && parts.contains("read_csv('parts.txt'"), "{parts}");
}

#[test]
fn what_has_no_query_is_refused_with_a_reason() {
    let desk = Desk::with(&POLICY.replace("XF01 = \"announced\"", "XF01 = \"until-visit\""), table);
    let ask = |folder: &Path, code: i32, what: &str| {
        desk.bad(&["sql", folder.to_str().expect("a path"), "--dialect", "postgres"], code, what)
    };
    ask(&desk.path("nowhere"), 3, "nowhere");
    assert!(ask(&desk.path("office"), 3, "这里没有可读的抽取记录").err.contains("office: "));
    desk.commit(1);
    draw(&desk, 1);
    ask(&desk.public(1), 4, "种子还不知道：还没有 open.txt");
    let open = Desk::with(POLICY, table);
    open.commit(1);
    give_up(&open, 1);
    ask(&open.public(1), 8, "已作废");
    let wrong = desk.bad(&["sql", "office", "--dialect", "oracle"], 2, "可用：postgres、duckdb、clickhouse");
    assert!(wrong.err.contains("mysql"));
    let sm3 = Selection::new(Seed { suite: Suite::Sm3, ..seed() }, Vec::new(), false);
    let problem = sm3.expect_err("no database has SM3");
    assert_eq!(problem.kind, Kind::State);
    assert!(problem.what.zh.contains("yaohao-1-sm3") && problem.remedy.en.contains("V15"));
}
