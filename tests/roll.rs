//! Rolls: a register read part by part comes to the same bytes as one in memory, whatever its
//! order, its format, the number of threads, and wherever a run was cut short.

#[path = "roll/memory.rs"]
mod memory;
#[path = "roll/office.rs"]
mod office;
#[path = "roll/registers.rs"]
mod registers;
mod terminal;

use memory::{InMemory, in_memory};
use office::{commit, committed, desk, draw, folder, leave, number};
use registers::register;
use terminal::{Desk, this_year};
use yaohao::digest::Suite;
use yaohao::eligibility::Window;
use yaohao::record::{Beacons, Reveal};
use yaohao::register::{Item, canonical};
use yaohao::roll::{Batch, Labels, RollCommit, pooled};
use yaohao::seed::{Ingredients, Seed};

/// The same in memory, with the secrets of the office.
fn same(desk: &Desk, csv: &str) -> InMemory {
    let items: Vec<Item> =
        canonical::read(desk.read("office/register/items.csv").as_bytes(), "items.csv").expect("items");
    let window =
        Window { first: "2026-12-01".parse().expect("a day"), last: "2026-12-31".parse().expect("a day") };
    let secrets = desk.read(&format!("office/private/rolls/{}-001/secrets.txt", this_year()));
    in_memory(csv, &desk.read("office/policy.toml"), items, window, (&number(), &secrets))
}

fn seed(desk: &Desk) -> Seed {
    let read = |file: &str| desk.read(&format!("{}/{file}", folder()));
    let ceremony = Beacons::read(read("ceremony.txt").as_bytes(), false).expect("dice");
    let reveal = Reveal::read(read("reveal.txt").as_bytes()).expect("nonces");
    let commit = committed(desk);
    let (outcomes, nonces) = (&ceremony.outcomes[..], &reveal.nonces[..]);
    Ingredients { suite: commit.suite, commit: commit.id(), outcomes, nonces }.seed()
}

#[track_caller]
fn agrees(commit: &RollCommit, roll: &InMemory) {
    assert_eq!(commit.units.count, roll.lines.len() as u64);
    assert_eq!(commit.units.root, roll.root);
    let strata: Vec<(String, u64, u64)> =
        commit.strata.iter().map(|s| (s.label.clone(), s.pool, s.quota)).collect();
    assert_eq!(strata, roll.strata);
}

#[test]
fn a_register_read_part_by_part_comes_to_the_same_as_one_in_memory() {
    for (seed_number, count, in_order, threads) in [
        (2, 4, true, "1"),
        (3, 255, true, "2"),
        (4, 257, false, "2"),
        (5, 3000, true, "1"),
        (6, 3000, false, "3"),
    ] {
        let desk = desk();
        let csv = register(seed_number, count, in_order);
        desk.write("roll.csv", &csv);
        let commit = commit(&desk, "roll.csv", &["--reserves", "7", "--threads", threads]);
        let roll = same(&desk, &csv);
        agrees(&commit, &roll);
        draw(&desk);
        let drawn = desk.read(&format!("{}/drawn.txt", folder()));
        assert_eq!(drawn, roll.drawn(&seed(&desk), 7), "{count} units");
        let run = desk.good(&["roll", "verify", &folder(), "--commitment", &commit.id().to_string()]);
        assert!(run.out.contains("结论：核验通过（通过 12"), "{}", run.out);
        leave(&desk, &format!("read-{count}-{in_order}"));
    }
}

#[test]
fn lines_that_are_published_later_are_those_committed() {
    let desk = desk();
    let csv = register(9, 700, false);
    desk.write("roll.csv", &csv);
    let committed = commit(&desk, "roll.csv", &["--no-tiles"]);
    assert!(desk.good(&["-C", "office", "status"]).out.contains("大名册，已承诺"));
    agrees(&committed, &same(&desk, &csv));
    let run = desk.run(&["roll", "verify", &folder()]);
    assert_eq!(run.code, 4, "{}", run.out);
    leave(&desk, "without-tiles");
    // One cell more or less is another register, also one that nobody will see.
    desk.write("other.csv", &csv.replacen("示例路 1 号", "示例路 9 号", 1));
    desk.bad(&["-C", "office", "roll", "publish", "other.csv"], 8, "不是承诺时的那一份");
    assert!(!desk.path(&format!("{}/tile", folder())).exists());
    desk.good(&["-C", "office", "roll", "publish", "roll.csv"]);
    draw(&desk);
    desk.good(&["roll", "verify", &folder()]);
}

#[test]
fn what_was_changed_in_the_published_folder_fails_a_named_check() {
    let desk = desk();
    desk.write("roll.csv", &register(10, 600, true));
    commit(&desk, "roll.csv", &["--reserves", "2"]);
    draw(&desk);
    let fails = |file: &str, change: &dyn Fn(&mut Vec<u8>), check: &str| {
        let path = desk.path(&format!("{}/{file}", folder()));
        let before = std::fs::read(&path).expect("a file");
        let mut bytes = before.clone();
        change(&mut bytes);
        std::fs::write(&path, bytes).expect("a file");
        let run = desk.run(&["roll", "verify", &folder(), "--lang", "en"]);
        assert_eq!(run.code, 1, "{file}: {}", run.out);
        leave(&desk, &format!("changed-{}-{check}", file.replace('/', "-")));
        assert!(
            run.out.lines().any(|line| line.contains("FAIL") && line.contains(check)),
            "{file}: {}",
            run.out
        );
        std::fs::write(&path, before).expect("a file");
    };
    let replaced = |from: &'static str, to: &'static str| {
        move |bytes: &mut Vec<u8>| {
            let at = bytes.windows(from.len()).position(|found| found == from.as_bytes());
            let at = at.unwrap_or_else(|| panic!("no {from:?}"));
            bytes.splice(at..at + from.len(), to.bytes());
        }
    };
    let flip = |bytes: &mut Vec<u8>| *bytes.last_mut().expect("bytes") ^= 1;
    fails("policy.toml", &flip, "R03");
    fails("items.txt", &flip, "R03");
    fails("tile/entries/000", &replaced("示例", "示样"), "R04");
    fails("tile/0/000", &flip, "R12");
    fails("tile/1/000.p/2", &flip, "R12");
    fails("tile/entries/001", &replaced("small", "smell"), "R04");
    fails("drawn.txt", &replaced(" 1 ", " 2 "), "R10");
    fails("drawn.txt", &replaced(" 1 ", " 2 "), "R11");
    fails("reveal.txt", &replaced("nonce discipline ", "nonce discipline  "), "R01");
    fails("ceremony.txt", &replaced("3 1 4", "3 1 5"), "R07");
    fails("record.txt", &replaced("drawn ", "drawn 0"), "R01");
    let commitment = "0".repeat(64);
    let run = desk.run(&["roll", "verify", &folder(), "--commitment", &commitment]);
    assert_eq!(run.code, 1, "{}", run.out);
    desk.good(&["roll", "verify", &folder()]);
}

#[test]
fn a_register_that_is_wrong_says_where_and_publishes_nothing() {
    let desk = desk();
    let file = desk.witness(1, "commitment");
    let commit = |register: &str, code: i32, what: &str| {
        desk.bad(
            &["-C", "office", "roll", "commit", register, "--month", "2026-12", "--commitment", &file],
            code,
            what,
        )
    };
    let csv = register(11, 40, true);
    let line = csv.lines().nth(20).expect("a row");
    desk.write("twice.csv", &csv.replacen(line, &format!("{line}\n{line}"), 1));
    commit("twice.csv", 5, "有两行");
    desk.write("class.csv", &csv.replace(",general,", ",大单位,"));
    let run = commit("class.csv", 5, "行不合规");
    assert!(run.err.contains("单位类别"), "{}", run.err);
    let refused = desk.read("office/register/rejects/roll.csv");
    assert!(refused.contains("大单位") && refused.contains("行号"), "{refused}");
    desk.write("short.csv", &csv.replacen(line, line.split_once(',').expect("cells").1, 1));
    let run = commit("short.csv", 5, "行不合规");
    assert!(run.err.contains("第 21 行"), "{}", run.err);
    desk.write("quote.csv", &csv.replacen(line, &format!("\"{line}"), 1));
    commit("quote.csv", 5, "行不合规");
    desk.write("headings.csv", &csv.replacen("单位类别", "类别", 1));
    commit("headings.csv", 5, "缺少必需的列");
    desk.write("empty.csv", &format!("{}\n", registers::HEADINGS));
    commit("empty.csv", 7, "抽取池里一家也没有");
    desk.write("long.csv", &csv.replacen("示例", &"长".repeat(30_000), 1));
    let run = commit("long.csv", 5, "行不合规");
    assert!(run.err.contains("太长"), "{}", run.err);
    std::fs::write(desk.path("gb.csv"), b"\xcd\xb3\xd2\xbb,\xc3\xfb\n1,2\n").expect("a file");
    commit("gb.csv", 3, "不是 UTF-8");
    commit("none.csv", 3, "没有这个文件");
    assert!(desk.files("office/rolls").is_empty(), "{:?}", desk.files("office/rolls"));
    // And after all that, the right one is committed and drawn once.
    desk.write("roll.csv", &csv);
    desk.good(&["-C", "office", "roll", "commit", "roll.csv", "--month", "2026-12", "--commitment", &file]);
    commit("roll.csv", 8, "还没有结束");
    draw(&desk);
    let nonce = desk.witness(1, "nonce");
    desk.bad(&["-C", "office", "roll", "draw", "--nonce", &nonce], 8, "已经抽完");
}

/// For reference/agree_sql.py: a roll with reserves, out of order.
#[test]
fn export_a_roll_for_databases() {
    let desk = desk();
    desk.write("roll.csv", &register(12, 5_000, false));
    commit(&desk, "roll.csv", &["--reserves", "3"]);
    draw(&desk);
    let export = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("sql-rolls");
    let _ = std::fs::remove_dir_all(&export);
    for (path, bytes) in desk.files(&folder()) {
        let path = export.join("roll").join(path.strip_prefix(desk.path(&folder())).expect("below the roll"));
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
}

/// A nation has more strata than sixteen bits count.
#[test]
fn a_pool_tells_apart_as_many_strata_as_there_are() {
    let labels = Labels::new((0..70_000).map(|n| format!("rule/z{n:05}")).collect());
    let line = format!("91500112 rule/z69999 {} name=示例\n", "0".repeat(64));
    let batch = Batch::of(Suite::Sha256, &labels, &line).expect("a line");
    assert_eq!(pooled(&batch.pool).collect::<Vec<_>>(), [(69_999, "91500112")]);
}
