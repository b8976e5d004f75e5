//! Rolls: a register read part by part comes to the same bytes as one in memory, whatever its
//! order, its format, the number of threads, and wherever a run was cut short.

#[path = "roll/memory.rs"]
mod memory;
mod terminal;

use memory::{InMemory, in_memory};
use std::fmt::Write as _;
use terminal::{DICE, Desk, this_year};
use yaohao::eligibility::Window;
use yaohao::ids::credit_code_check;
use yaohao::record::{Beacons, Reveal};
use yaohao::register::{Item, canonical};
use yaohao::roll::RollCommit;
use yaohao::seed::{Ingredients, Seed};

/// Numbers that look random and are always the same (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn one_of<'a>(&mut self, values: &[&'a str]) -> &'a str {
        values[self.below(values.len())]
    }
}

const HEADINGS: &str = "统一社会信用代码,单位名称,镇街,地址,单位类别,信用风险等级,行业标签,经营状态,上次检查日期,本年已查次数,处罚次数,备注";

/// A register of `count` units, in order of their ids or in any.
fn register(seed: u64, count: usize, in_order: bool) -> String {
    let mut numbers = Numbers(seed);
    let mut rows: Vec<(String, String)> = (0..count).map(|nth| row(nth, &mut numbers)).collect();
    rows.sort();
    if !in_order {
        (1..count).rev().for_each(|i| rows.swap(i, numbers.below(i + 1)));
    }
    let mut text = format!("{HEADINGS}\n");
    rows.iter().for_each(|(_, row)| writeln!(text, "{row}").expect("a String takes everything"));
    text
}

fn row(nth: usize, numbers: &mut Numbers) -> (String, String) {
    let mut id = format!("91500112{:09}", nth * 37 + numbers.below(37));
    match numbers.below(10) {
        // The office's own numbers, and old ones of 15 digits.
        0 => id = format!("XF-{nth}/{}", numbers.below(9)),
        1 => id = format!("5001120000{nth:05}"),
        _ => id.push(credit_code_check(&id).expect("digits")),
    }
    let name = format!(
        "{}{nth}",
        numbers.one_of(&["示例商店", "示例 有空格", "示例（括号）", "Example ", "示例〇"])
    );
    let name = if numbers.below(20) == 0 { format!("\"示例,\"\"引号\"\"{nth}\"") } else { name };
    let town = numbers.one_of(&["500112002", "500112016", "龙塔街道", "回兴街道", "500112999", "500112144"]);
    let address = numbers.one_of(&["", "示例路 1 号", "\"示例路,2 号\"", " 示例路3号 "]);
    let class = numbers.one_of(&[
        "small",
        "small",
        "九小场所",
        "general",
        "key",
        "key-crowd",
        "high-risk",
        "一般单位",
    ]);
    let credit = numbers.one_of(&["", "A", "B", "低风险", "D"]);
    let tags = numbers.one_of(&["", "", "物流仓储", "宾馆、餐饮"]);
    let status = numbers.one_of(&["停业", "在营", "active", "active", "注销"]);
    let last = numbers.one_of(&["", "", "2026-11-20", "2025-01-31", "2026/3/5"]);
    let visits = numbers.one_of(&["", "0", "1", "5"]);
    let penalties = numbers.one_of(&["", "0", "3"]);
    (
        id.clone(),
        format!(
            "{id},{name},{town},{address},{class},{credit},{tags},{status},{last},{visits},{penalties},不读"
        ),
    )
}

fn folder() -> String {
    format!("office/rolls/{}-001", this_year())
}

fn number() -> String {
    format!("example-roll/{}/001", this_year())
}

/// The example office with a nonce of the other party.
fn desk() -> Desk {
    let desk = Desk::with_example();
    desk.good(&["nonce", "--draw", &number(), "--party", "discipline", "--out", "witness"]);
    desk
}

fn commit(desk: &Desk, register: &str, more: &[&str]) -> RollCommit {
    let file = desk.witness(1, "commitment");
    let usual = ["-C", "office", "roll", "commit", register, "--month", "2026-12", "--commitment", &file];
    desk.good(&[&usual[..], more].concat());
    committed(desk)
}

fn committed(desk: &Desk) -> RollCommit {
    RollCommit::read(desk.read(&format!("{}/commit.txt", folder())).as_bytes()).expect("a commitment")
}

fn draw(desk: &Desk) {
    let nonce = desk.witness(1, "nonce");
    let usual =
        ["-C", "office", "roll", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce];
    desk.good(&usual);
}

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
        (1, 0, true, "2"),
        (2, 1, true, "1"),
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
        assert!(run.out.contains("结论：核验通过（通过 11"), "{}", run.out);
    }
}

#[test]
fn lines_that_are_published_later_are_those_committed() {
    let desk = desk();
    let csv = register(9, 700, false);
    desk.write("roll.csv", &csv);
    let committed = commit(&desk, "roll.csv", &["--no-tiles"]);
    agrees(&committed, &same(&desk, &csv));
    let run = desk.run(&["roll", "verify", &folder()]);
    assert_eq!(run.code, 4, "{}", run.out);
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
    std::fs::write(desk.path("gb.csv"), b"\xcd\xb3\xd2\xbb,\xc3\xfb\n1,2\n").expect("a file");
    commit("gb.csv", 3, "不是 UTF-8");
    commit("none.csv", 3, "没有这个文件");
    assert!(!desk.path("office/rolls").join(format!("{}-001", this_year())).exists());
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
