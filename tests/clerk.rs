//! The clerk's commands after the draw, as they are typed: transcripts, and what each of
//! them leaves in the journal.

mod district;
#[path = "sheet/workbook.rs"]
mod sheets;
mod terminal;

use district::small::{POLICY, table};
use serde_json::Value;
use sheets::{Cell, DRAWN, filled};
use terminal::{DICE, Desk, this_year};

const PEOPLE: &str =
    "\n[people]\nclerks = [\"N1\"]\nreviewers = [\"R1\"]\nlegal_reviewers = [\"F1\"]\nheads = [\"H1\"]\n";

/// An office that has drawn nothing yet.
fn office(policy: &str) -> Desk {
    let desk = Desk::with(policy, table);
    let settings = desk.read("office/office.toml");
    desk.write("office/office.toml", &(settings + PEOPLE));
    desk
}

/// The same with a closed draw of a month that is over.
fn drawn(policy: &str) -> Desk {
    let desk = office(policy);
    desk.good(&["nonce", "--draw", &desk.draw(1), "--party", "discipline", "--out", "witness"]);
    let commitment = desk.witness(1, "commitment");
    let run = desk.good(&["-C", "office", "commit", "--month", "2026-01", "--commitment", &commitment]);
    assert!(run.out.contains("注意：检查期 2026-01-01 至 2026-01-31 已经过去"), "{}", run.out);
    let nonce = desk.witness(1, "nonce");
    desk.good(&["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce]);
    desk
}

// ---- transcripts -------------------------------------------------------------------------

/// The words of a command line; double quotes hold words together.
fn words(line: &str) -> Vec<String> {
    let parts = line.split('"').enumerate();
    let split = |(at, part): (usize, &str)| match at % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect::<Vec<_>>(),
        _ => vec![part.to_owned()],
    };
    parts.flat_map(split).collect()
}

/// Whether `found` is `expected`, where `…` stands for anything.
fn fits(expected: &str, found: &str) -> bool {
    let mut parts = expected.split('…');
    let Some(mut rest) = found.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut open = false;
    for part in parts {
        open = part.is_empty();
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    open || rest.is_empty()
}

/// Runs a transcript: lines `$ yaohao …`, what is printed, and `[n]` where it fails.
fn replay(desk: &Desk, transcript: &str) {
    let text = transcript.replace("YEAR", &this_year().to_string());
    for step in text.split("$ yaohao ").skip(1) {
        let (command, expected) = step.split_once('\n').expect("a command");
        let command = words(command);
        let arguments: Vec<&str> =
            ["-C", "office"].into_iter().chain(command.iter().map(String::as_str)).collect();
        let run = desk.run(&arguments);
        let failed = if run.code == 0 { String::new() } else { format!("[{}]\n", run.code) };
        let found = format!("{}{}{failed}", run.out, run.err);
        let expected = expected.trim_end();
        assert!(
            fits(expected, found.trim_end()),
            "yaohao {}\n--- expected\n{expected}\n--- printed\n{found}",
            command.join(" ")
        );
    }
}

#[test]
fn other_work_goes_from_the_call_to_the_review() {
    replay(&office(POLICY), include_str!("clerk/work.txt"));
}

// ---- drawn visits --------------------------------------------------------------------------

fn json(desk: &Desk, arguments: &[&str]) -> Value {
    let run = desk.good(&[&["-C", "office", "--json"], arguments].concat());
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}", run.out))
}

/// The first drawn visit: its number, its unit, and who goes.
fn first(desk: &Desk) -> (String, String, Vec<String>) {
    let task = json(desk, &["tasks", "--kind", "drawn"])["tasks"][0].clone();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let team = task["team"].as_array().expect("a team").iter().map(|seat| text(&seat["certificate"]));
    (text(&task["matter"]), text(&task["unit"]), team.collect())
}

fn today() -> String {
    yaohao::clock::now().date_in_china().to_string()
}

#[test]
fn a_drawn_visit_is_moved_made_and_reviewed() {
    let desk = drawn(POLICY);
    let (matter, unit, team) = first(&desk);
    let (day, lead) = (today(), team[0].clone());
    let item = ["--item", "XF01=no-problem"];
    // Not of its month, and not without a reason.
    let late = ["-C", "office", "result", &unit, "--on", &day, "--by", &lead, item[0], item[1]];
    desk.bad(&late, 8, "先录入改期和理由");
    let moved = ["-C", "office", "task", "move", &unit, "--to", &day, "--by", "N1", "--reason"];
    desk.bad(&[&moved[..], &[" "]].concat(), 2, "原因不能这样写：是空的");
    let run = desk.good(&[&moved[..], &["单位停业，让位于紧急核查"]].concat());
    assert!(run.out.contains("注意：不在检查期 2026-01-01 至 2026-01-31 之内"), "{}", run.out);
    let early =
        ["-C", "office", "task", "move", &unit, "--to", "2026-01-08", "--by", "N1", "--reason", "补录"];
    desk.bad(&early, 8, "yaohao task move");
    let all = json(&desk, &["due", "--kind", "drawn"])["due"].as_array().expect("periods").len();
    assert!(
        all > 0 && json(&desk, &["due", "--kind", "complaint"])["due"].as_array().expect("none").is_empty()
    );
    let over = json(&desk, &["due", "--overdue"]);
    assert!(over["due"].as_array().expect("periods").iter().all(|due| due["overdue"] == true));
    let other = ["--present", "lead=SL0008", "--present", &team[1]];
    desk.bad(&[&late[..], &other].concat(), 8, "到场的应恰好是抽出的检查组");
    desk.good(&late);
    assert_eq!(json(&desk, &["task", "show", &matter])["state"], "visited");
    // Nobody lets their own work pass; two matters are one entry.
    let submitted = json(&desk, &["review", "submit", &matter, "--by", &lead]);
    assert_eq!((&submitted["entry"], &submitted["matters"][0]["state"]), (&3.into(), &"in-review".into()));
    desk.bad(&["-C", "office", "review", "approve", &matter, "--by", &lead], 8, "不是审核人");
    desk.good(&["-C", "office", "review", "approve", &matter, "--by", "R1"]);
    let trail = json(&desk, &["task", "show", &unit])["trail"].as_array().expect("a trail").len();
    assert_eq!(trail, 4);
    // Nothing that was refused left anything.
    assert_eq!(desk.files("office/private/journal").len(), 4);
}

#[test]
fn a_granted_recusal_names_the_command_that_replaces() {
    let desk = drawn(POLICY);
    let (matter, unit, team) = first(&desk);
    let about = team[1].clone();
    let apply = ["recusal", "apply", &matter, "--about", &about, "--applicant", "party", "--by", "N1"];
    let run = desk.good(&[&["-C", "office"], &apply[..], &["--reason", "canary-reason"]].concat());
    assert!(run.out.contains("yaohao recusal decide") && run.out.contains("决定之前工作不停"), "{}", run.out);
    assert!(desk.good(&["-C", "office", "due"]).out.contains("回避决定"));
    let decide = ["-C", "office", "recusal", "decide", &matter, "--about", &about, "--reason", "属实"];
    desk.bad(&[&decide[..], &["--by", "H1"]].concat(), 2, "缺少");
    desk.bad(&[&decide[..], &["--granted", "--by", "R1"]].concat(), 8, "不能决定这个人的回避");
    let run = desk.good(&[&decide[..], &["--granted", "--by", "H1"]].concat());
    let draw = desk.draw(1);
    let wanted = format!("yaohao replace {unit} --absent {about} --reason recused --draw {draw}");
    assert!(run.out.contains(&wanted), "no {wanted:?} in: {}", run.out);
    // The command that was named is one that works, and the reason stays in the office.
    let words: Vec<&str> = wanted.split(' ').skip(1).collect();
    let run = desk.run(&[&["-C", "office"], &words[..]].concat());
    assert!(run.code == 0 || run.code == 10, "{}{}", run.out, run.err);
    let public = desk.files("office/public");
    assert!(public.iter().all(|(_, bytes)| !bytes.windows(13).any(|part| part == b"canary-reason")));
    desk.good(&["-C", "office", "due"]);
}

// ---- deadlines -----------------------------------------------------------------------------

#[test]
fn a_year_without_a_calendar_is_said_and_not_guessed() {
    let desk = office(POLICY);
    let calendar = desk.read("office/calendar.toml");
    let (before, _) = calendar.split_once("[[year]]\nyear = 2026").expect("a section of 2026");
    desk.write("office/calendar.toml", before);
    let open = ["-C", "office", "task", "open", "--kind", "complaint", "--name", "某处", "--by", "N1"];
    let run = desk.good(&[&open[..], &["--received", "2026-06-08T09:30"]].concat());
    assert!(run.out.contains("期限算不出：缺 2026 年日历"), "{}", run.out);
    let run = desk.good(&["-C", "office", "due", "--on", "2026-06-30"]);
    assert!(run.out.contains("缺 2026 年日历"), "{}", run.out);
    let due = json(&desk, &["due", "--on", "2026-06-30"]);
    assert_eq!((&due["due"][0]["calendar_lacks"], &due["overdue"]), (&2026.into(), &0.into()));
    // Hours need no calendar.
    desk.good(&[&open[..], &["--received", "2026-06-08T09:31", "--urgent"]].concat());
    assert_eq!(json(&desk, &["due", "--on", "2026-06-30"])["overdue"], 1);
}

#[test]
fn an_office_may_set_its_own_periods() {
    let desk = office(POLICY);
    let settings = desk.read("office/office.toml");
    desk.write("office/office.toml", &format!("{settings}\n[deadlines]\ncomplaint_working_days = 5\n"));
    let open = ["-C", "office", "task", "open", "--kind", "complaint", "--name", "某处", "--by", "N1"];
    let run = desk.good(&[&open[..], &["--received", "2026-06-08T09:30"]].concat());
    assert!(run.out.contains("应不晚于 2026-06-15"), "{}", run.out);
    desk.write("office/office.toml", &format!("{settings}\n[deadlines]\ncomplaint_days = 5\n"));
    desk.bad(&["-C", "office", "due"], 6, "complaint_days");
}

#[test]
fn a_sealed_draw_is_due_to_be_opened() {
    let policy = POLICY.replace("XF01 = \"announced\"", "XF01 = \"until-visit\"");
    let desk = drawn(&policy.replace("open_within_days = 20", "open_within_days = 3650"));
    let due = json(&desk, &["due", "--on", "2036-01-01", "--ahead", "60"]);
    let opening = due["due"].as_array().expect("a list").iter().find(|due| due["clock"] == "opening");
    assert_eq!(opening.expect("an opening")["day"], "2036-01-29");
}

// ---- sheets --------------------------------------------------------------------------------

const RESULT: [&str; 6] = ["事项编号", "检查日期", "事项1", "结果1", "改期到", "改期原因"];

fn row(cells: &[&str]) -> Vec<Cell> {
    cells.iter().map(|cell| Cell::from(*cell)).collect()
}

#[test]
fn a_sheet_goes_out_and_comes_in_once() {
    let desk = drawn(POLICY);
    let (matter, _, _) = first(&desk);
    let day = today();
    let run = desk.good(&["-C", "office", "sheet", "export", "a.xlsx"]);
    assert!(run.out.contains("检查结果") && run.out.contains("yaohao sheet import a.xlsx"), "{}", run.out);
    desk.bad(&["-C", "office", "sheet", "export", "a.xlsx"], 2, "不覆盖");
    desk.bad(&["-C", "office", "sheet", "export", "office/public/b.xlsx"], 2, "不能放进 public");
    desk.bad(&["-C", "office", "sheet", "export", "b.xlsx", "--month", "2026-13"], 2, "月份写得不对");
    let nothing = desk.good(&["-C", "office", "sheet", "import", "a.xlsx", "--by", "N1"]);
    assert!(nothing.out.contains("什么都没有录入"), "{}", nothing.out);
    assert!(desk.files("office/private/journal").is_empty());

    let good = row(&[&matter, &day, "XF01", "未发现问题", &day, "停业"]);
    let bad = row(&["example/2026/001/NOBODY", &day, "XF01", "未发现问题", "", ""]);
    let bytes = filled(DRAWN, &RESULT, vec![good.clone(), bad]);
    std::fs::write(desk.path("b.xlsx"), bytes).expect("a file");
    let import = ["-C", "office", "sheet", "import", "b.xlsx", "--by", "N1"];
    let run = desk.bad(&import, 5, "有 1 行不合规，整份没有录入");
    assert!(run.out.contains("b.xlsx[检查结果] 第 3 行 事项编号“example/2026/001/NOBODY”"), "{}", run.out);
    assert!(run.out.contains("[unknown-matter] →"), "{}", run.out);
    assert!(desk.files("office/private/journal").is_empty(), "something of a refused sheet was entered");
    let run = desk.good(&[&import[..], &["--partial"]].concat());
    assert!(run.out.contains("台账第 1 条：2 项"), "{}", run.out);
    // Once more: nothing new, and the bad row is still bad.
    desk.bad(&import, 5, "有 1 行不合规");
    std::fs::write(desk.path("c.xlsx"), filled(DRAWN, &RESULT, vec![good])).expect("a file");
    let again = json(&desk, &["sheet", "import", "c.xlsx", "--by", "N1"]);
    assert_eq!((&again["entry"], &again["known"], &again["new"]), (&Value::Null, &1.into(), &0.into()));
    // Nobody whom the office does not know.
    desk.good(&["-C", "office", "sheet", "export", "d.xlsx", "--draw", &desk.draw(1), "--state", "visited"]);
    let one = json(&desk, &["sheet", "export", "e.xlsx", "--kind", "drawn", "--month", &day[..7]]);
    assert_eq!(one["sheets"][0]["rows"], 1);
    std::fs::write(desk.path("f.txt"), "x").expect("a file");
    desk.bad(&["-C", "office", "sheet", "import", "f.txt", "--by", "N1"], 5, "");
}

#[test]
fn short_words_and_names_are_understood_and_unknown_ones_refused() {
    let desk = drawn(POLICY);
    let tasks = |arguments: &[&str]| json(&desk, &[&["tasks"], arguments].concat())["total"].clone();
    assert_eq!(tasks(&["--kind", "举报"]), 0);
    assert_eq!(tasks(&["--state", "审核通过"]), 0);
    assert_eq!(tasks(&["--kind", "抽查"]), tasks(&[]));
    desk.bad(&["-C", "office", "tasks", "--kind", "检查"], 2, "行政许可检查（licence）");
    desk.bad(&["-C", "office", "tasks", "--zone", "第九十九片区"], 2, "没有片区");
    desk.bad(&["-C", "office", "tasks", "--inspector", "SL9999"], 2, "没有这个人");
    let (_, _, team) = first(&desk);
    assert_ne!(tasks(&["--inspector", &team[0]]), 0);
    let open = [
        "-C",
        "office",
        "penalty",
        "open",
        "--name",
        "个人",
        "--number",
        "渝1号",
        "--on",
        "2026-06-12",
        "--by",
        "N1",
    ];
    for yuan in ["2,000", "-5"] {
        desk.bad(&[&open[..], &["--yuan", yuan]].concat(), 2, "写整数，单位元");
    }
}

#[test]
fn whoever_submits_a_result_lets_it_not_pass() {
    let desk = office(POLICY);
    let open =
        ["-C", "office", "penalty", "open", "--name", "个人", "--number", "渝1号", "--on", "2026-06-12"];
    desk.good(&[&open[..], &["--yuan", "0", "--by", "N1"]].concat());
    desk.good(&["-C", "office", "review", "submit", "个人", "--by", "F1"]);
    desk.bad(&["-C", "office", "review", "approve", "个人", "--by", "F1"], 8, "送审过，不能自己审核");
}
