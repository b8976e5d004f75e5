//! `yaohao dispatch` as people run it.

use super::terminal::{DICE, Desk};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use yaohao::store::{self, Office, Query};

const DISPATCH: [&str; 3] = ["-C", "office", "dispatch"];

/// An office whose draw is made, and sealed.
fn sealed() -> Desk {
    let desk = Desk::with_example();
    desk.edit("office/policy.toml", "XF03 = \"announced\"", "XF03 = \"until-visit\"");
    desk.bad(&DISPATCH, 8, "还没有承诺");
    desk.commit(1);
    desk.bad(&DISPATCH, 8, "没有结果可派");
    let nonce = desk.witness(1, "nonce");
    desk.good(&["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce]);
    desk
}

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&DISPATCH[..], more].concat()
}

/// The files of a folder, from there.
fn files(desk: &Desk, folder: &Path) -> BTreeSet<String> {
    let relative = folder.strip_prefix(desk.path("")).unwrap_or(folder).display().to_string();
    let name =
        |(path, _): (PathBuf, Vec<u8>)| path.strip_prefix(folder).expect("inside").display().to_string();
    desk.files(&relative).into_iter().map(name).collect()
}

/// Who goes where, as the office's desk has it.
fn tasks(desk: &Desk) -> Vec<yaohao::task::Task> {
    let office = Office::open(&desk.path("office")).expect("an office");
    store::Desk::open(&office).expect("a desk").tasks(&Query::default()).expect("tasks")
}

#[test]
fn everybody_who_goes_every_zone_and_the_section_get_an_order() {
    let desk = sealed();
    let run = desk.good(&DISPATCH);
    assert!(run.out.contains("只发给本人、本片区") && run.out.contains("检查前不得外传"), "{}", run.out);
    assert!(!run.out.contains("示例人员"), "names stay in the files: {}", run.out);
    let folder = desk.private(1).join("dispatch");
    let tasks = tasks(&desk);
    let mut wanted = BTreeSet::from(["section.html".to_owned(), "section.xlsx".to_owned()]);
    for task in &tasks {
        let zone = task.zone.as_ref().expect("a zone");
        wanted.extend(["html", "xlsx"].map(|form| format!("zones/{zone}.{form}")));
        for (_, number) in &task.seats {
            wanted.extend(["html", "xlsx", "ics"].map(|form| format!("inspectors/{number}.{form}")));
        }
    }
    assert_eq!(files(&desk, &folder), wanted);
    let (own, others): (Vec<_>, Vec<_>) =
        tasks.iter().partition(|task| task.seats.iter().any(|(_, number)| number == "SL0006"));
    let page = std::fs::read_to_string(folder.join("inspectors/SL0006.html")).expect("a page");
    assert!(!own.is_empty() && own.iter().all(|task| page.contains(task.unit.as_ref().expect("an id"))));
    assert!(others.iter().all(|task| !page.contains(task.unit.as_ref().expect("an id"))));
    // An order of before for somebody who goes nowhere any more is not left to be handed out.
    std::fs::write(folder.join("inspectors/SL9999.html"), "old").expect("written");
    desk.good(&DISPATCH);
    assert_eq!(files(&desk, &folder), wanted);
    asked_for_one(&desk);
    wrong_questions(&desk);
}

fn asked_for_one(desk: &Desk) {
    let out = desk.path("out");
    let told = desk.good(&with(&["--inspector", "SL0006", "--out", "out", "--json"])).out;
    assert_eq!(
        files(desk, &out),
        ["html", "ics", "xlsx"].map(|form| format!("inspectors/SL0006.{form}")).into()
    );
    let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
    assert_eq!(told["secret"], true);
    assert_eq!(told["orders"][0]["to"], "执法证号 SL0006");
    assert_eq!(told["orders"][0]["files"].as_array().map(Vec::len), Some(3));
    let name = "示例人员06";
    desk.good(&with(&["--inspector", name, "--out", "named"]));
    assert_eq!(files(desk, &desk.path("named")), files(desk, &out));
    desk.good(&with(&["--zone", "第二片区", "--out", "zone"]));
    assert_eq!(
        files(desk, &desk.path("zone")),
        BTreeSet::from(["zones/z2.html".into(), "zones/z2.xlsx".into()])
    );
    desk.good(&with(&["--team", "--out", "teams"]));
    assert!(files(desk, &desk.path("teams")).iter().all(|file| file.starts_with("teams/SL")));
    let en = desk.good(&with(&["--lang", "en", "--inspector", "SL0006", "--out", "out"])).out;
    assert!(en.contains("inspector SL0006: ") && en.contains("still sealed"), "{en}");
}

fn wrong_questions(desk: &Desk) {
    let before = desk.files("office/public");
    for folder in ["office/public", "office/public/orders", "office/public/new/orders"] {
        desk.bad(&with(&["--out", folder]), 2, "不能放进 public");
    }
    assert_eq!(desk.files("office/public"), before);
    let run = desk.bad(&with(&["--inspector", "没有的人"]), 2, "没有这个人");
    assert!(!run.err.contains("没有的人"), "a name is not shown again: {}", run.err);
    desk.bad(&with(&["--zone", "z9"]), 2, "没有片区“z9”");
    desk.bad(&with(&["--from", "2026-12-09", "--until", "2026-12-01"]), 2, "结束日期早于开始日期");
    desk.bad(&with(&["--from", "2030-01-01"]), 8, "没有要派的检查任务");
    desk.bad(&with(&["--team", "--zone", "z1"]), 2, "不能与");
    desk.bad(&with(&["--font", "x.ttf"]), 2, "缺少 --pdf");
    if cfg!(not(feature = "pdf")) {
        desk.bad(&with(&["--pdf"]), 2, "没有带 PDF");
    }
}
