//! The commands, as the office and the unit type them.

use crate::terminal::{DICE, Desk, Run};
use std::io::Write as _;
use std::process::{Command, Stdio};

fn drawn(policy: impl Fn(&str) -> String) -> Desk {
    let desk = Desk::with_example();
    desk.write("office/policy.toml", &policy(&desk.read("office/policy.toml")));
    desk.commit(1);
    let nonce = desk.witness(1, "nonce");
    desk.good(&["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce]);
    desk
}

fn sealed(policy: &str) -> String {
    policy.replace("= \"announced\"", "= \"until-visit\"")
}

/// The slip of a unit as JSON tells of it: its unit, the file, and the record's hash.
fn slips(desk: &Desk, arguments: &[&str]) -> serde_json::Value {
    let run = desk.good(&[&["-C", "office", "slip", "--json"], arguments].concat());
    serde_json::from_str(&run.out).expect("JSON")
}

fn numbers(text: &str) -> Vec<String> {
    let cards = text.lines().filter_map(|line| line.strip_prefix("certificate "));
    cards.filter_map(|line| line.split(' ').nth(2)).map(str::to_owned).collect()
}

fn verify(desk: &Desk, slip: &[&str], cards: &[String], more: &[&str]) -> Run {
    let cards: Vec<&str> = cards.iter().flat_map(|card| ["--certificate", card.as_str()]).collect();
    desk.run(&[&["verify-slip"], slip, &cards, &["--on", "2026-12-08"], more].concat())
}

#[test]
fn a_unit_checks_its_visit_before_a_sealed_draw_is_opened() {
    let desk = drawn(sealed);
    let before = desk.files("office/public");
    let told = slips(&desk, &["--all", "--on", "2026-12-08"]);
    let made = told["slips"].as_array().expect("slips");
    assert_eq!(made.len(), 306);
    assert_eq!(desk.files("office/public"), before, "nothing is published");
    let (unit, file) = (made[7]["unit"].as_str().expect("a unit"), made[7]["file"].as_str().expect("a file"));
    assert!(file.contains("private"), "{file}");
    let text = desk.read(file);
    let (cards, record) = (numbers(&text), told["record"].as_str().expect("a hash"));
    let run = verify(&desk, &[file], &cards, &["--unit", unit, "--record", record]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(
        run.out.contains(&format!("结论：属实。2026-12-08 检查 {unit}，执法证号 {}、{}", cards[0], cards[1]))
    );
    let run = verify(&desk, &[file], &cards, &[]);
    assert_eq!(run.code, 4, "{}", run.out);
    assert!(run.out.contains(record) && run.out.contains("– 未证明 S06"), "{}", run.out);
    let other = made[8]["unit"].as_str().expect("a unit");
    for (cards, more, what) in [
        (
            vec![cards[0].clone(), "SL9999".to_owned()],
            vec!["--record", record],
            "来人证号 SL9999 不在告知单上",
        ),
        (cards.clone(), vec!["--unit", other], "不是本单位的"),
        (cards.clone(), vec!["--record", &"0".repeat(64)], "公布的是 0000"),
    ] {
        let run = verify(&desk, &[file], &cards, &more);
        assert_eq!(run.code, 1, "{}{}", run.out, run.err);
        assert!(run.out.contains("结论：不属实") && run.out.contains(what), "{}", run.out);
        let en = verify(&desk, &[file], &cards, &[&more[..], &["--lang", "en"]].concat());
        assert!(en.out.contains("Verdict: NOT TRUE") && !en.out.contains('，'), "{}", en.out);
    }
    let today = desk.run(&["verify-slip", file]);
    assert!([1, 4].contains(&today.code), "whether today lies in the window: {}", today.out);
    let json = verify(&desk, &[file], &cards, &["--record", record, "--json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((&json["verdict"], json["checks"].as_array().map(Vec::len)), (&"verified".into(), Some(9)));
    // The page has the numbers, and the name of nobody.
    let page = desk.read(made[7]["page"].as_str().expect("a page"));
    assert!(page.contains(&cards[0]) && page.contains("2026年12月8日") && !page.contains("示例人员"));
}

#[test]
fn the_codes_come_from_files_arguments_and_standard_input() {
    let desk = drawn(str::to_owned);
    let unit = std::fs::read_to_string(desk.public(1).join("drawn.txt")).expect("drawn units");
    let unit = unit.lines().nth(3).and_then(|line| line.split(' ').next()).expect("a unit").to_owned();
    let told = slips(&desk, &[&unit, "--out", "slips"]);
    let record = told["record"].as_str().expect("a hash");
    let file = format!("slips/slip-{unit}.txt");
    let text = desk.read(&file);
    let parts = yaohao::slip::cut(&text, yaohao::slip::ROOM).expect("it fits").texts;
    let cards = numbers(&text);
    let more = ["--record", record];
    let all: Vec<&str> = parts.iter().rev().map(String::as_str).collect();
    assert_eq!(verify(&desk, &all, &cards, &more).code, 0);
    desk.write("scanned.txt", &format!("{}\r\n\r\n{}\n", parts[1], parts[0]));
    let rest: Vec<&str> = ["scanned.txt"].into_iter().chain(parts[2..].iter().map(String::as_str)).collect();
    assert_eq!(verify(&desk, &rest, &cards, &more).code, 0);
    let missing = verify(&desk, &all[1..], &cards, &more);
    assert_eq!(missing.code, 4, "{}", missing.err);
    assert!(missing.err.contains(&format!("还缺第 {} 个二维码", parts.len())), "{}", missing.err);
    let piped = |input: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_yaohao"));
        let cards = cards.iter().flat_map(|card| ["--certificate", card.as_str()]);
        command.args(["verify-slip", "-", "--on", "2026-12-08", "--record", record]).args(cards);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("it runs");
        child.stdin.take().expect("its input").write_all(input.as_bytes()).expect("it reads");
        child.wait().expect("it ends").code()
    };
    assert_eq!(piped(&text), Some(0));
    assert_eq!(piped(&parts.join("\n")), Some(0));
    assert_eq!(piped(&text.replacen("lead=", "lead=X", 1)), Some(1));
    // What a finger, an editor or the mail does to it is no lie.
    let typed: Vec<String> = cards.iter().map(|card| format!(" {} ", card.to_lowercase())).collect();
    let saved = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    desk.write("saved.txt", &saved);
    assert_eq!(verify(&desk, &["saved.txt"], &typed, &["--record", record, "--unit", &unit]).code, 0);
    let wide = |c: char| char::from_u32(u32::from(c) + 0xfee0).expect("full width");
    let typed: Vec<String> = cards.iter().map(|card| card.chars().map(wide).collect()).collect();
    assert_eq!(verify(&desk, &[&file], &typed, &more).code, 0);
    // What is no slip.
    for (arguments, code, what) in [
        (vec!["verify-slip", "nowhere.txt"], 3, "没有这个文件"),
        (vec!["verify-slip", "office/policy.toml"], 3, "这不是告知单，或内容不完整"),
        (vec!["verify-slip", &file, &file], 2, "一次只核实一张"),
        (vec!["verify-slip", &file, "--log-policy", "office/policy.toml"], 3, "日志规则读不懂"),
        (vec!["verify-slip", "YH1/x"], 3, "不是告知单的二维码内容"),
        (vec!["verify-slip", &file, "--on", "12-08"], 2, "“12-08”写得不对"),
        (vec!["verify-slip"], 2, "缺少 <FILE|TEXT>"),
    ] {
        desk.bad(&arguments, code, what);
    }
}

/// The demo's office keeps a log, and replaces somebody of the unit it asks about.
#[test]
fn an_office_with_a_log_proves_its_slips_by_it() {
    let desk = Desk::new();
    let demo = desk.good(&["demo"]).out;
    assert!(demo.contains("结论：属实。2026-12-08 检查"), "{demo}");
    let file = std::fs::read_dir(desk.path("demo/slips")).expect("slips").flatten().map(|entry| entry.path());
    let file = file.into_iter().find(|path| path.extension().is_some_and(|e| e == "txt")).expect("a slip");
    let (text, name) = (std::fs::read_to_string(&file).expect("a slip"), file.display().to_string());
    assert!(
        text.contains("\nchange 1\n")
            && text.matches("\nentry ").count() == 2
            && text.contains("\nsignature ")
    );
    let cards = numbers(&text);
    let policy = ["--log-policy", "demo/public/log/log-policy.txt"];
    assert_eq!(verify(&desk, &[&name], &cards, &policy).code, 0);
    // A policy with another witness.
    let other = desk.read(policy[1]).replace("witness ", "witness x");
    desk.write("other.txt", &other);
    assert_eq!(
        verify(&desk, &[&name], &cards, &["--log-policy", "other.txt"]).code,
        3,
        "the quorum names nobody"
    );
    // The log is gone: no slip without its proof.
    std::fs::rename(desk.path("demo/public/log"), desk.path("log")).expect("moved");
    let unit = text.lines().nth(2).and_then(|line| line.split(' ').nth(1)).expect("a unit").to_owned();
    desk.bad(&["-C", "demo", "slip", &unit], 3, "公开的日志有问题");
}

#[test]
fn what_the_office_cannot_print_is_said_with_what_to_do() {
    let desk = drawn(str::to_owned);
    let drawn = std::fs::read_to_string(desk.public(1).join("drawn.txt")).expect("drawn units");
    let spared = std::fs::read_to_string(desk.public(1).join("units.txt")).expect("units");
    let id = |line: &str| line.split(' ').next().expect("an id").to_owned();
    let unit = drawn.lines().nth(1).map(id).expect("a unit");
    let spared =
        spared.lines().skip(1).map(id).find(|id| !drawn.contains(id.as_str())).expect("most are not drawn");
    let slip = |more: &[&'static str]| [&["-C", "office", "slip"], more].concat();
    for (unit, more, code, what) in [
        (spared.as_str(), &[][..], 2, "没有中签"),
        ("没有的单位", &[], 2, "名录里没有"),
        (&unit, &["--out", "office/public"], 2, "不能放进 public"),
        (&unit, &["--out", "office/public/new/folder"], 2, "不能放进 public"),
        (&unit, &["--on", "2027-01-01"], 2, "不在检查期"),
        (&unit, &["--draw", "example/2020/001"], 3, "没有这个文件"),
        (&unit, &["--font", "x.ttf"], 2, "缺少 --pdf"),
        (&unit, &["--all"], 2, "不能与"),
    ] {
        desk.bad(&[&slip(more)[..], &[unit]].concat(), code, what);
    }
    desk.bad(&slip(&[]), 2, "缺少 <UNIT>");
    if cfg!(not(feature = "pdf")) {
        desk.bad(&[&slip(&["--pdf"])[..], &[&unit]].concat(), 2, "没有带 PDF");
    }
    assert!(!desk.path("office/public/new").exists());
    // A telephone number of the office, and names if it wants them.
    desk.edit("office/office.toml", "# phone = \"023-00000000\"", "phone = \"12345\"");
    desk.good(&[&slip(&["--names", "--out", "slips"])[..], &[&unit]].concat());
    let page = desk.read(&format!("slips/slip-{unit}.html"));
    assert!(page.contains("并致电 12345 核实") && page.contains("示例人员"));
    // A team that is not settled.
    let teams = std::fs::read_to_string(desk.public(1).join("teams.txt")).expect("teams");
    let team = teams.lines().find(|line| line.starts_with(&unit)).expect("a team");
    let absent = team.split("assistant=").nth(1).expect("a name");
    desk.good(&["-C", "office", "replace", &unit, "--absent", absent, "--reason", "absent"]);
    desk.bad(&[&slip(&[])[..], &[&unit]].concat(), 8, "检查组未定");
    let run = desk.run(&slip(&["--all", "--out", "slips"]));
    assert_eq!(run.code, 4, "{}", run.err);
    assert!(run.err.contains("1 家没有出告知单") && run.out.contains("共 305 张"), "{}", run.err);
    // A damaged list of inspectors: no slip that the unit's check would refuse.
    let list = desk.public(1).join("inspectors.txt");
    let text = std::fs::read_to_string(&list).expect("inspectors");
    let line = text.lines().nth(1).expect("a line").to_owned();
    let last = if line.ends_with('0') { "1" } else { "0" };
    std::fs::write(&list, text.replace(&line, &format!("{}{last}", &line[..line.len() - 1])))
        .expect("a file");
    let other = drawn.lines().nth(2).map(id).expect("a unit");
    desk.bad(&[&slip(&[])[..], &[&other]].concat(), 8, "告知单与已公布的记录不符");
}

#[cfg(feature = "pdf")]
#[test]
fn a_pdf_has_the_same_bytes_every_time() {
    let desk = drawn(str::to_owned);
    let drawn = std::fs::read_to_string(desk.public(1).join("drawn.txt")).expect("drawn units");
    let unit = drawn.lines().nth(1).and_then(|line| line.split(' ').next()).expect("a unit").to_owned();
    let slip = ["-C", "office", "slip", &unit, "--on", "2026-12-08", "--pdf", "--out"];
    desk.bad(&[&slip[..], &["a", "--font", "office/policy.toml"]].concat(), 3, "不是可用的字体");
    assert!(!desk.path("a").exists(), "nothing half written");
    let first = desk.run(&[&slip[..], &["a"]].concat());
    if first.code == 3 {
        // No font on this machine: told, with what to install.
        assert!(first.err.contains("fonts-noto-cjk"), "{}", first.err);
        return;
    }
    assert_eq!(first.code, 0, "{}", first.err);
    desk.good(&[&slip[..], &["b"]].concat());
    let read = |folder: &str| std::fs::read(desk.path(&format!("{folder}/slip-{unit}.pdf"))).expect("a PDF");
    assert!(read("a").starts_with(b"%PDF-") && read("a") == read("b"));
}
