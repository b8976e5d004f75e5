//! What `yaohao simulate` refuses: with its place, in both languages, before anything is
//! written.

use super::{arguments, changed, office, write};
use crate::terminal::{Desk, run_in};

/// Runs it with page and tables asked for: it is refused with this code, these messages are
/// told, and nothing is written.
fn refused(arguments: &[&str], code: i32, told: [&str; 2]) {
    for (lang, what, error, remedy) in
        [("zh", told[0], "错误：", "办法："), ("en", told[1], "error: ", "what to do: ")]
    {
        let desk = Desk::new();
        let run = desk.run(&[arguments, &["--lang", lang]].concat());
        let shown = format!("yaohao {}\n{}{}", arguments.join(" "), run.out, run.err);
        assert_eq!(run.code, code, "{shown}");
        assert!(run.err.contains(what), "no {what:?} in: {shown}");
        assert!(run.err.starts_with(error) && run.err.contains(remedy), "{shown}");
        assert!(run.out.is_empty() && desk.files(".").is_empty(), "{shown}");
        let folders = std::fs::read_dir(desk.dir.path()).expect("a folder").count();
        assert_eq!(folders, 0, "{shown}");
    }
}

/// The same of a simulation of this scenario.
fn refused_of(scenario: &str, more: &[&str], code: i32, told: [&str; 2]) {
    let files = ["--trials", "2", "--html", "page.html", "--csv", "tables"];
    refused(&arguments(scenario, &[&files[..], more].concat()), code, told);
}

fn short() -> String {
    format!("{}/short.toml", office())
}

#[test]
fn arguments_that_make_no_sense() {
    let scenario = short();
    refused_of(
        &scenario,
        &["--compare", "pooled,nobody"],
        2,
        ["--compare: 情景文件里没有“nobody”", "--compare: the scenario has no variant \"nobody\""],
    );
    for share in ["1%", "0/1", "3/2", "0.01"] {
        let told = ["--precision: “", "--precision: \""].map(|start| format!("{start}{share}"));
        refused_of(&scenario, &["--precision", share], 2, [&told[0], &told[1]]);
        refused_of(&scenario, &["--precision", share], 2, ["例如 1/200", "such as 1/200"]);
    }
    let month = ["-C", office(), "simulate", "--month", "2026-13"];
    refused(&month, 2, ["2026-13", "2026-13"]);
    refused_of(&scenario, &["--map", "map.toml"], 2, ["缺少 --suggest-zones", "missing: --suggest-zones"]);
    refused_of(&scenario, &["--suggest-zones", "13"], 2, ["1 到 12", "from 1 to 12"]);
}

#[test]
fn places_where_nothing_can_be_saved() {
    let scenario = short();
    let run = |more: &[&str], code, told| refused(&arguments(&scenario, more), code, told);
    run(&["--html", "x.txt"], 2, ["x.txt: 网页的文件名要以 .html 结尾", "x.txt: the name of the page"]);
    run(&["--html", "nowhere/x.html"], 3, ["nowhere: 没有这个文件夹", "nowhere: there is no such folder"]);
    for (lang, told) in [("zh", "taken: 这里已有同名的文件"), ("en", "taken: there is a file of this name")]
    {
        let desk = Desk::new();
        desk.write("taken", "mine");
        let run = desk.run(&arguments(&scenario, &["--csv", "taken", "--lang", lang]));
        assert!(run.code == 3 && run.out.is_empty() && run.err.contains(told), "{}", run.err);
        assert_eq!((desk.read("taken"), desk.files(".").len()), ("mine".to_owned(), 1));
    }
}

#[test]
fn scenarios_that_say_nothing_clear() {
    let office = office();
    let told =
        |name: &str, place: &str, zh: &str, en: &str| [zh, en].map(|what| format!("{name}:{place}: {what}"));
    let refuse = |name: &str, changes: &[(&str, &str)], place, zh, en| {
        let scenario = changed(office, name, changes);
        let [zh, en] = told(name, place, zh, en);
        refused_of(&scenario, &[], 6, [&zh, &en]);
    };
    refuse(
        "broken.toml",
        &[("months = 12", "months = = 12")],
        "18:10",
        "设置读不懂",
        "the settings cannot be read",
    );
    let unit = [("value = 420, unit = \"分钟\"", "value = 420, unit = \"小时\"")];
    refuse("unit.toml", &unit, "27:33", "“每人每个工作日的工时”不以“小时”计", "\"小时\" is no unit of this");
    let own =
        |file: &str| format!("\n[[variant]]\nid = \"other\"\nname = \"别的方案\"\npolicy = \"{file}\"\n");
    let text = std::fs::read_to_string(short()).expect("a file");
    let place = |text: &str, what: &str| {
        let line = text.lines().position(|line| line.contains(what)).expect("a line") + 1;
        format!("{line}:10")
    };
    let gone = text.clone() + &own("gone.toml");
    let scenario = write(office, "gone-policy.toml", &gone);
    let [zh, en] = told(
        "gone-policy.toml",
        &place(&gone, "\"gone.toml\""),
        "没有方案文件“gone.toml”",
        "there is no policy file \"gone.toml\"",
    );
    refused_of(&scenario, &["--compare", "other"], 6, [&zh, &en]);
    let later = include_str!("../../config/policy-2025-11-06.toml");
    write(office, "five.toml", &later.replace("\"z4\"", "\"z5\""));
    let other = text + &own("five.toml");
    let scenario = write(office, "other-zones.toml", &other);
    let [zh, en] = told(
        "other-zones.toml",
        &place(&other, "\"five.toml\""),
        "这份方案的片区与本机关现行方案的不同",
        "this policy has other zones",
    );
    refused_of(&scenario, &["--compare", "other"], 6, [&zh, &en]);
    // What nobody asks to compare need not fit.
    assert_eq!(Desk::new().run(&arguments(&scenario, &["--trials", "2"])).code, 0);
    let far = [("z4 = { value = 90", "z4 = { value = 190")];
    let what = ["去片区 z4 往返 190 分钟", "to zone z4 and back takes 190 minutes"];
    refuse("far.toml", &far, "40:6", what[0], what[1]);
    let draft = ["draft.toml: 没有这个文件", "draft.toml: "];
    refused_of(&short(), &["--policy", "draft.toml"], 3, draft);
    let year = [("value = 2026, unit = \"年\"", "value = 2030, unit = \"年\"")];
    let scenario = changed(office, "year.toml", &year);
    refused_of(
        &scenario,
        &[],
        6,
        ["year.toml: 要按 2030 年的放假安排推算", "year.toml: years are to be like 2030"],
    );
    refused_of("nowhere.toml", &[], 3, ["nowhere.toml: 没有这个文件", "nowhere.toml: "]);
}

#[test]
fn splits_that_cannot_be_made_are_told_before_years_are_run() {
    let (office, scenario) = (office(), short());
    // So many trials that a test which runs them does not end.
    let many = ["--trials", "1000000"];
    let refuse = |more: &[&str], code, told| {
        let files = ["--html", "page.html", "--csv", "tables"];
        refused(&arguments(&scenario, &[&many[..], &files, more].concat()), code, told);
    };
    let whole = include_str!("../../config/map.toml");
    let last = whole.rfind("[[town]]").expect("a town");
    let code = whole[last..].split('"').nth(1).expect("a code").to_owned();
    let lacks = whole[..last].replace(&format!(", \"{code}\""), "").replace(&format!("\"{code}\""), "");
    let map = write(office, "lacks.toml", &lacks);
    let told = ["地图里没有这些镇街", "the map lacks these towns"];
    refuse(&["--suggest-zones", "4", "--map", &map], 6, told);
    // Three towns, of which no more than three zones can be made.
    let folder = tempfile::tempdir().expect("a folder");
    let small = folder.path().join("small");
    let small = small.to_str().expect("a path");
    for arguments in [&["init", small, "--example"][..], &["-C", small, "import"]] {
        assert_eq!(run_in(folder.path(), arguments).code, 0);
    }
    let policy = include_str!("../../config/policy.toml");
    let mut towns = policy.split("[[town]]");
    let head = towns.next().unwrap_or_default();
    let towns: Vec<&str> = towns.collect();
    let (_, rest) = towns[towns.len() - 1].split_once("\n[").expect("more than towns");
    let kept = towns[..3].iter().map(|town| format!("[[town]]{town}")).collect::<String>();
    write(small, "policy.toml", &format!("{head}{kept}\n[{rest}"));
    let scenario = include_str!("../../config/scenario.toml");
    let (scenario, _) = scenario.split_once("[[variant]]").expect("variants");
    write(small, "scenario.toml", scenario);
    let told = ["3 个镇街分不成 5 个片区", "3 towns cannot be split into 5 zones"];
    let run = ["-C", small, "simulate", "--month", "2026-12", "--suggest-zones", "5"];
    refused(&[&run[..], &many].concat(), 7, told);
}

#[test]
fn an_office_without_registers() {
    let folder = tempfile::tempdir().expect("a folder");
    let bare = folder.path().join("bare");
    let bare = bare.to_str().expect("a path");
    assert_eq!(run_in(folder.path(), &["init", bare, "--example"]).code, 0);
    refused(
        &["-C", bare, "simulate", "--month", "2026-12", "--csv", "tables"],
        8,
        ["units.csv: 还没有读入检查对象名录库", "the table units has not been imported yet"],
    );
}
