//! The clerk's commands typed again, for many matters at once, with what nobody sees in
//! them; and late changes of visits that were made, or on days without time.

mod district;
#[path = "sheet/workbook.rs"]
mod sheets;
mod terminal;

use district::small::{POLICY, table};
use serde_json::Value;
use sheets::{Cell, DRAWN, filled};
use terminal::{DICE, Desk, Run};

const PEOPLE: &str =
    "\n[people]\nclerks = [\"N1\"]\nreviewers = [\"R1\"]\nlegal_reviewers = [\"F1\"]\nheads = [\"H1\"]\n";

fn office(policy: &str) -> Desk {
    let desk = Desk::with(policy, table);
    let settings = desk.read("office/office.toml");
    desk.write("office/office.toml", &(settings + PEOPLE));
    desk
}

/// With a recorded draw of a month that is over.
fn drawn(desk: Desk) -> Desk {
    desk.good(&["nonce", "--draw", &desk.draw(1), "--party", "discipline", "--out", "witness"]);
    let (commitment, nonce) = (desk.witness(1, "commitment"), desk.witness(1, "nonce"));
    desk.good(&["-C", "office", "commit", "--month", "2026-01", "--commitment", &commitment]);
    desk.good(&["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce]);
    desk
}

fn good(desk: &Desk, command: &[&str]) -> Run {
    desk.good(&[&["-C", "office"], command].concat())
}

fn bad(desk: &Desk, command: &[&str], code: i32, what: &str) -> Run {
    desk.bad(&[&["-C", "office"], command].concat(), code, what)
}

fn json(desk: &Desk, command: &[&str]) -> Value {
    let run = good(desk, &[&["--json"], command].concat());
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{command:?}: {error}: {}", run.out))
}

fn tasks(desk: &Desk) -> Vec<Value> {
    json(desk, &["tasks", "--kind", "drawn"])["tasks"].as_array().expect("a list").clone()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn today() -> String {
    yaohao::clock::now().date_in_china().to_string()
}

fn entries(desk: &Desk) -> usize {
    desk.files("office/private/journal").len()
}

fn visit(desk: &Desk, matter: &str, by: &str) {
    let day = today();
    good(desk, &["task", "move", matter, "--to", &day, "--reason", "停业", "--by", by]);
    good(desk, &["result", matter, "--on", &day, "--item", "XF01=no-problem", "--by", by]);
}

#[test]
fn what_is_typed_again_is_entered_once() {
    let desk = drawn(office(POLICY));
    let task = tasks(&desk).swap_remove(0);
    let (matter, lead) = (text(&task["matter"]), text(&task["team"][0]["certificate"]));
    visit(&desk, &matter, "N1");
    assert_eq!(entries(&desk), 2);
    let day = today();
    let result = ["result", &matter, "--on", &day, "--item", "XF01=no-problem", "--by"];
    let again = good(&desk, &[&result[..], &["N1"]].concat()).out;
    assert!(again.contains("与台账第 2 条相同，没有再录一遍"), "{again}");
    assert_eq!(entries(&desk), 2);
    // Of somebody else it is another act, with another name behind it.
    good(&desk, &[&result[..], &[&lead]].concat());
    assert_eq!(entries(&desk), 3);
    let submit = ["review", "submit", &matter, "--by", "N1"];
    good(&desk, &submit);
    assert!(good(&desk, &submit).out.contains("与台账第 4 条相同"));
    // A second complaint is not made by accident.
    let open = ["task", "open", "--kind", "complaint", "--name", "示例餐馆", "--by", "N1"];
    let received = [&open[..], &["--received", "2026-06-08T09:30"]].concat();
    good(&desk, &received);
    let year = terminal::this_year();
    bad(&desk, &received, 8, &format!("已登记为 {year}/complaint/0001"));
    good(&desk, &open);
    bad(&desk, &open, 8, &format!("今天已登记过完全相同的一件：{year}/complaint/0002"));
    good(&desk, &[&open[..], &["--received", "2026-06-08T09:31"]].concat());
    assert_eq!(json(&desk, &["tasks", "--kind", "complaint"])["total"], 3);
}

#[test]
fn a_whole_draw_is_reviewed_as_far_as_it_is_ready_and_allowed() {
    let desk = drawn(office(POLICY));
    let settings = desk.read("office/office.toml");
    let matters: Vec<String> = tasks(&desk).iter().map(|task| text(&task["matter"])).collect();
    let all = matters.len();
    let (draw, month) = (desk.draw(1), today()[..7].to_owned());
    bad(
        &desk,
        &["review", "submit", &draw, "--by", "N1"],
        8,
        &format!("没有可以走这一步的事项：待检查的 {all} 项"),
    );
    for matter in &matters[..3] {
        visit(&desk, matter, "N1");
    }
    // R1 entered this one, and may not let it pass.
    visit(&desk, &matters[3], "R1");
    let run = good(&desk, &["review", "submit", "--month", &month, "--by", "N1"]).out;
    assert!(run.contains("共 4 项") && !run.contains("没有动的"), "{run}");
    bad(&desk, &["review", "approve", "--draw", &draw, "--by", "N1"], 8, "N1 不是审核人");
    assert_eq!(json(&desk, &["tasks", "--state", "in-review"])["total"], 4);
    let run = json(&desk, &["review", "approve", &draw, "--by", "R1"]);
    assert_eq!((&run["left"], run["matters"].as_array().map(Vec::len)), (&(all - 3).into(), Some(3)));
    let left =
        bad(&desk, &["review", "approve", "--kind", "drawn", "--by", "R1"], 8, "没有可以走这一步的事项");
    let why = format!("{}：R1 去检查过、录入过或送审过，不能自己审核", matters[3]);
    assert!(
        left.err.contains(&why) && left.err.contains(&format!("待检查的 {} 项", all - 4)),
        "{}",
        left.err
    );
    // Another reviewer does it; whoever is named has to be ready, whatever else is.
    desk.write("office/office.toml", &settings.replace("[\"R1\"]", "[\"R1\", \"R2\"]"));
    let both = ["review", "approve", &matters[4], &draw, "--by", "R2"];
    bad(&desk, &both, 8, "现在是“待检查”");
    let run = good(&desk, &["review", "return", &draw, "--reason", "缺照片", "--by", "R2"]).out;
    assert!(run.contains(&matters[3]) && run.contains("没有动的"), "{run}");
    assert_eq!(json(&desk, &["tasks", "--state", "returned"])["total"], 1);
    assert_eq!(json(&desk, &["tasks", "--state", "approved"])["total"], 3);
    bad(&desk, &["review", "approve", "--by", "R1"], 2, "缺少");
    bad(&desk, &["review", "approve", "--month", "2026-13", "--by", "R1"], 2, "月份写得不对");
}

/// Pasted from a page, and to the eye the same.
#[test]
fn what_nobody_sees_is_refused_typed_and_in_a_sheet() {
    let desk = drawn(office(POLICY));
    let task = tasks(&desk).swap_remove(0);
    let (matter, day) = (text(&task["matter"]), today());
    let open = ["task", "open", "--kind", "complaint", "--by", "N1", "--name"];
    bad(&desk, &[&open[..], &["示例\u{200b}餐馆"]].concat(), 2, "名称不能这样写：有看不见的字符");
    let moved = ["task", "move", &matter, "--to", &day, "--by", "N1", "--reason"];
    bad(&desk, &[&moved[..], &["停\u{2060}业"]].concat(), 2, "原因不能这样写：有看不见的字符");
    let headings = ["事项编号", "检查日期", "事项1", "结果1", "改期到", "改期原因"];
    let row = [matter.as_str(), &day, "XF01", "未发现问题", &day, "停\u{200b}业"];
    let rows = vec![row.iter().map(|cell| Cell::from(*cell)).collect()];
    std::fs::write(desk.path("a.xlsx"), filled(DRAWN, &headings, rows)).expect("a file");
    let run = bad(&desk, &["sheet", "import", "a.xlsx", "--by", "N1"], 5, "有 1 行不合规");
    assert!(run.out.contains("看不见的字符"), "{}", run.out);
    assert_eq!(entries(&desk), 0);
}

/// The register's recusals, for work that no draw decides: SL0000 keeps away from a group,
/// SL0002 from a unit.
#[test]
fn whoever_keeps_away_from_a_unit_or_its_group_is_not_sent() {
    let desk = office(POLICY);
    let year = terminal::this_year();
    for (number, unit, who) in [(1, 3, "SL0000"), (2, 6, "SL0002"), (3, 4, "")] {
        let unit = district::small::unit_id(unit);
        good(&desk, &["task", "open", "--kind", "complaint", "--unit", &unit, "--by", "N1"]);
        let matter = format!("{year}/complaint/{number:04}");
        for lead in ["SL0000", "SL0002"] {
            let assign = ["task", "assign", &matter, "--lead", lead, "--assistant", "SL0004", "--by", "N1"];
            match lead == who {
                true => drop(bad(&desk, &assign, 8, &format!("{who} 对这个事项须回避"))),
                false => drop(good(&desk, &assign)),
            }
        }
    }
}

// ---- late changes --------------------------------------------------------------------------

#[test]
fn nobody_is_replaced_where_the_visit_is_made() {
    let desk = drawn(office(POLICY));
    let drawn = tasks(&desk);
    let (matter, unit) = (text(&drawn[0]["matter"]), text(&drawn[0]["unit"]));
    let absent = text(&drawn[0]["team"][1]["certificate"]);
    let ask = ["replace", &unit, "--absent", &absent, "--reason", "absent"];
    visit(&desk, &matter, "N1");
    let refused = bad(&desk, &ask, 8, "检查过（已检查），去过的人不能再换");
    assert!(refused.err.contains(&format!("yaohao review return {matter}")), "{}", refused.err);
    assert!(!desk.public(1).join("replace-001-request.txt").exists(), "a request was published");
    good(&desk, &["review", "submit", &matter, "--by", "N1"]);
    good(&desk, &["review", "return", &matter, "--reason", "人员写错", "--by", "R1"]);
    let run = desk.run(&[&["-C", "office"], &ask[..]].concat());
    assert!(run.code == 0 || run.code == 10, "{}{}", run.out, run.err);
    let (ended, unit) = (text(&drawn[1]["matter"]), text(&drawn[1]["unit"]));
    good(&desk, &["task", "close", &ended, "--reason", "注销", "--by", "H1"]);
    let absent = text(&drawn[1]["team"][1]["certificate"]);
    bad(&desk, &["replace", &unit, "--absent", &absent, "--reason", "absent"], 8, "已终结，没有人要去");
}

/// Its month has one working day only, on which everybody has time for one visit.
fn crowded() -> Desk {
    let days = "[schedule]\nday_minutes = { lead = 240, assistant = 240 }\n[[beacon]]";
    let desk = office(&POLICY.replace("[[beacon]]", days));
    let first = "\"2026-01-01..2026-01-03\"";
    desk.edit("office/calendar.toml", first, &format!("{first}, \"2026-01-05..2026-01-31\""));
    drawn(desk)
}

#[test]
fn a_stand_in_without_time_on_the_day_is_said_with_what_to_type() {
    let desk = crowded();
    let public = desk.public(1).display().to_string();
    let mut noted = 0;
    for task in tasks(&desk).iter().filter(|task| task["planned"] == "2026-01-04") {
        let (matter, unit) = (text(&task["matter"]), text(&task["unit"]));
        let absent = text(&task["team"][1]["certificate"]);
        let ask = ["-C", "office", "replace", &unit, "--absent", &absent, "--reason", "absent"];
        if desk.run(&ask).code != 0 {
            continue;
        }
        desk.good(&["link", &public, "--chain", &desk.witness(1, "chain"), "--out", "witness"]);
        let links = desk.files("witness").into_iter().map(|(path, _)| path.display().to_string());
        let link = links.filter(|path| path.ends_with(".link")).max().expect("a link");
        let run = good(&desk, &["replace", "--link", &link]).out;
        // What the stand-in has on that day, this visit included: 240 minutes as lead, 180 else.
        let after = tasks(&desk);
        let now = after.iter().find(|task| text(&task["matter"]) == matter).expect("the task");
        let stand_in = &now["team"][1]["certificate"];
        let theirs = |task: &Value| {
            let seats = task["team"].as_array().expect("a team").iter().zip([240, 180]);
            seats
                .filter(|(seat, _)| seat["certificate"] == *stand_in)
                .map(|(_, minutes)| minutes)
                .sum::<u32>()
        };
        let there = after.iter().filter(|task| task["planned"] == "2026-01-04");
        let needed: u32 = there.map(theirs).sum();
        let note = format!(
            "接替人那天有 240 分钟可用，要用 {needed} 分钟。须改期时：yaohao task move {matter} --to … --reason … --by …"
        );
        assert_eq!(run.contains(&note), needed > 240, "{needed} minutes: {run}");
        assert_eq!(run.contains("注意："), needed > 240, "{needed} minutes: {run}");
        noted += usize::from(needed > 240);
    }
    assert!(noted > 0, "nobody who stood in was short of time");
}
