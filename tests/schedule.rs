//! The days of visits as an office sees them: before the commitment whether a month holds
//! them, after the draw who goes where on which day, and why a visit has none.

mod district;
mod terminal;

use district::small::{POLICY, table};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use terminal::{DICE, Desk};

fn draw(desk: &Desk) {
    let nonce = desk.witness(1, "nonce");
    desk.good(&["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce]);
}

fn json(desk: &Desk, arguments: &[&str]) -> Value {
    serde_json::from_str(&desk.good(arguments).out).expect("JSON")
}

/// The days of a published schedule, by unit.
fn published(desk: &Desk) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(desk.public(1).join("schedule.txt")).expect("days");
    let line = |line: &str| {
        let fields: Vec<&str> = line.split(' ').collect();
        (fields[0].to_owned(), fields[2].to_owned())
    };
    text.lines().skip(1).map(line).collect()
}

#[test]
fn an_office_sees_the_days_before_and_after_a_draw() {
    let desk = Desk::with_example();
    let check = desk.good(&["-C", "office", "check", "--month", "2026-12"]).out;
    assert!(check.contains("检查日期：23 个工作日排不排得下") && check.contains("每家都排得进"), "{check}");
    let ahead = &json(&desk, &["-C", "office", "check", "--month", "2026-12", "--json"])["schedule"];
    assert_eq!((&ahead["working_days"], &ahead["tight"]), (&23.into(), &0.into()));
    desk.commit(1);
    desk.bad(&["-C", "office", "schedule"], 8, "还没有抽取结果");
    draw(&desk);
    let days = published(&desk);
    assert!(days.len() > 100 && days.values().all(|day| day.starts_with("2026-12-")));
    let shown = json(&desk, &["-C", "office", "schedule", "--json"]);
    let visits = shown["visits"].as_array().expect("visits");
    let of_office: BTreeMap<String, String> = visits
        .iter()
        .map(|visit| ["unit", "day"].map(|key| visit[key].as_str().expect("a text").to_owned()).into())
        .collect();
    assert_eq!(of_office, days);
    let text = desk.good(&["-C", "office", "schedule", &desk.draw(1)]).out;
    assert!(text.contains("306 家，23 个工作日") && !text.contains("排不进"), "{text}");
    assert!(text.contains("2026-12-01（周二）") && text.contains("示例人员"), "{text}");
    let result = std::fs::read_to_string(desk.private(1).join("result.csv")).expect("a table");
    let (unit, day) = days.iter().next().expect("a unit");
    let row = result.lines().find(|line| line.starts_with(unit)).expect("the unit");
    assert!(result.lines().next().expect("headings").contains(",检查日期,"), "{result}");
    assert!(row.contains(&format!(",{day},")), "{row}");
    let why = desk.good(&["explain", unit, desk.public(1).to_str().expect("a path")]).out;
    assert!(why.contains(&format!("检查日期 {day}")) && why.contains("yaohao/day/v1"), "{why}");
    // A move is seen where the visit was and where it is.
    let (unit, day) = days.iter().find(|(_, day)| *day != "2026-12-31").expect("a unit");
    let moved =
        ["-C", "office", "task", "move", unit, "--to", "2026-12-31", "--reason", "示例", "--by", "N001"];
    desk.good(&moved);
    let shown = json(&desk, &["-C", "office", "schedule", "--json"]);
    let mut visits = shown["visits"].as_array().expect("visits").iter();
    let visit = visits.find(|visit| visit["unit"] == **unit).expect("there");
    assert_eq!((&visit["day"], &visit["moved_from"]), (&"2026-12-31".into(), &day.as_str().into()));
    assert!(desk.good(&["-C", "office", "schedule"]).out.contains("改期，原定12月"));
    // Nothing but the public days went anywhere where the public looks.
    let names = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("示例人员");
    assert!(!desk.files("office/public").iter().any(|(_, bytes)| names(bytes)));
}

/// The small office: its general units take longer than a day has minutes, and one
/// inspector is on leave until the tenth.
fn tight() -> Desk {
    let policy =
        POLICY.replace("[[beacon]]", "[schedule]\nday_minutes = { lead = 420, assistant = 420 }\n[[beacon]]");
    Desk::with(&policy, |name| {
        let text = String::from_utf8(table(name)).expect("UTF-8");
        let column = |(number, line): (usize, &str)| match (name, number) {
            ("units", 0) => format!("{line},预计时长(分钟)\n"),
            ("units", _) if line.contains("一般单位") => format!("{line},500\n"),
            ("units", _) => format!("{line},\n"),
            ("inspectors", 0) => format!("{line},请假\n"),
            ("inspectors", 2) => format!("{line},2026-12-01至2026-12-10\n"),
            ("inspectors", _) => format!("{line},\n"),
            _ => format!("{line}\n"),
        };
        text.lines().enumerate().map(column).collect::<String>().into_bytes()
    })
}

#[test]
fn a_month_that_is_too_tight_is_told_and_committed_all_the_same() {
    let desk = tight();
    let check = desk.good(&["-C", "office", "check", "--month", "2026-12"]).out;
    assert!(
        check.contains("工作日排不下全部检查") && check.contains("20 次有排不进的，最多一次 6 家"),
        "{check}"
    );
    let english = desk.good(&["-C", "office", "check", "--month", "2026-12", "--lang", "en"]).out;
    assert!(english.contains("the working days do not hold all visits"), "{english}");
    let ahead = &json(&desk, &["-C", "office", "check", "--month", "2026-12", "--json"])["schedule"];
    assert_eq!(ahead["without_day"], serde_json::json!({ "sum": 120, "most": 6 }));
    let zones = ahead["zones"].as_array().expect("zones");
    let lost: u64 = zones.iter().map(|zone| zone["without_day"].as_u64().expect("a number")).sum();
    assert_eq!(lost, 120);
    desk.commit(1);
    draw(&desk);
    let without: BTreeSet<String> =
        published(&desk).into_iter().filter(|(_, day)| day == "-").map(|(unit, _)| unit).collect();
    assert_eq!(without.len(), 6);
    desk.good(&["verify", desk.public(1).to_str().expect("a path")]);
    let text = desk.good(&["-C", "office", "schedule"]).out;
    assert!(text.contains("排不进的 6 家：日期由本机关另定") && text.contains("至少差 80 分钟"), "{text}");
    let english = desk.good(&["-C", "office", "schedule", "--lang", "en"]).out;
    assert!(english.contains("6 visits without a day") && english.contains("80 minutes short"), "{english}");
    let shown = json(&desk, &["-C", "office", "schedule", "--json"]);
    for visit in shown["visits"].as_array().expect("visits") {
        let lost = without.contains(visit["unit"].as_str().expect("a unit"));
        assert_eq!(visit["day"].is_null(), lost);
        let lacks = visit["lacks"].as_array().expect("a list");
        // Two people, neither of whom has a day of 500 minutes.
        assert_eq!(lacks.len(), if lost { 2 } else { 0 });
        for person in lacks {
            let days = person["days"].as_array().expect("days");
            assert_eq!(days.len(), 23);
            let away = days.iter().filter(|day| day["away"] == true).count();
            assert_eq!(away, if person["certificate"] == "SL0001" { 8 } else { 0 });
        }
    }
    // Nobody is sent out on a day of leave.
    for visit in shown["visits"].as_array().expect("visits") {
        let there = visit["team"].as_array().expect("a team").iter().any(|m| m["certificate"] == "SL0001");
        let day = visit["day"].as_str().unwrap_or("2026-12-31");
        assert!(!there || day > "2026-12-10", "{visit}");
    }
}

#[test]
fn without_the_section_or_the_calendar_it_is_said_what_to_do() {
    let desk = Desk::with(POLICY, table);
    desk.commit(1);
    draw(&desk);
    desk.bad(&["-C", "office", "schedule"], 8, "不排检查日期");
    assert!(!desk.public(1).join("schedule.txt").exists());
    let result = std::fs::read_to_string(desk.private(1).join("result.csv")).expect("a table");
    assert!(result.contains("检查日期"), "the columns are the same");

    let desk = tight();
    desk.bad(&["-C", "office", "check", "--month", "2027-02"], 6, "工作日历里没有 2027 年");
    let file = desk.witness(1, "commitment");
    desk.good(&["nonce", "--draw", &desk.draw(1), "--party", "discipline", "--out", "witness"]);
    let commit = ["-C", "office", "commit", "--month", "2027-02", "--commitment", &file];
    desk.bad(&commit, 6, "工作日历里没有 2027 年");
    // An office folder of before has no setting, and perhaps no file.
    desk.edit("office/office.toml", "calendar = ", "# calendar = ");
    desk.good(&["-C", "office", "check", "--month", "2026-12"]);
    std::fs::remove_file(desk.path("office/calendar.toml")).expect("a file");
    desk.bad(&["-C", "office", "check", "--month", "2026-12"], 3, "没有工作日历");
    desk.write("office/calendar.toml", "[[year]]\nyear = 2026\n");
    desk.bad(&["-C", "office", "check", "--month", "2026-12"], 6, "calendar.toml:1:1");
}
