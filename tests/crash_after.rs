//! The machine stops after the draw: every command that enters what became of a visit, or
//! that publishes or hands it out, is killed and typed again. Nothing that was acknowledged
//! is lost, nothing is entered or published twice, and journal and history stay whole.

mod kill;
mod district;
mod terminal;
#[path = "sheet/workbook.rs"]
mod sheets;

use district::small::{POLICY, table};
use kill::{Step, copy, kill_all, place};
use sheets::{Cell, DRAWN, filled};
use std::sync::OnceLock;
use terminal::{DICE, Desk};
use yaohao::verify::Verdict;

const PEOPLE: &str =
    "\n[people]\nclerks = [\"N1\"]\nreviewers = [\"R1\"]\nlegal_reviewers = [\"F1\"]\nheads = [\"H1\"]\n";

/// The steps of which typing again is a plain success.
const fn step(name: &'static str, before: fn() -> Desk, command: fn(&Desk) -> Vec<String>) -> Step {
    Step {
        name,
        runs: 12,
        before,
        command,
        done: "",
        verdict: Some(Verdict::Verified),
        determined: &[],
        then: &[],
    }
}

const STEPS: &[Step] = &[
    // What came through is refused as what it is, and never a second complaint.
    Step {
        done: "已登记为",
        ..step("task-open", drawn, |_| words(&[&OPEN[..], &["--received", "2026-06-08T09:30"]].concat()))
    },
    Step {
        done: "今天已登记过完全相同的一件", ..step("task-open-now", drawn, |_| words(&OPEN))
    },
    step("task-assign", opened, |_| {
        let matter = format!("{}/complaint/0001", terminal::this_year());
        let team = ["--lead", "SL0001", "--assistant", "SL0003", "--by", "N1"];
        words(&[&["-C", "office", "task", "assign", &matter], &team[..]].concat())
    }),
    step("task-move", drawn, |desk| moving(&matter(desk, 0))),
    step("result", moved, |desk| result(&matter(desk, 0))),
    Step {
        done: "没有可以走这一步的事项",
        ..step("review-submit", visited, |desk| {
            words(&["-C", "office", "review", "submit", &desk.draw(1), "--by", "N1"])
        })
    },
    Step {
        done: "没有可以走这一步的事项",
        ..step("review-approve", submitted, |desk| {
            words(&["-C", "office", "review", "approve", &desk.draw(1), "--by", "R1"])
        })
    },
    Step { done: "这个文号已录入为", ..step("penalty-open", drawn, |_| words(&PENALTY)) },
    step("sheet-import", with_a_sheet, |_| {
        words(&["-C", "office", "sheet", "import", "a.xlsx", "--by", "N1"])
    }),
    Step { runs: 20, ..step("publish", approved, |_| words(&PUBLISH)) },
    Step { runs: 20, ..step("publish-with-a-log", || logged(approved()), |_| words(&PUBLISH)) },
    step("result-with-a-log", || logged(moved()), |desk| result(&matter(desk, 0))),
    step("dispatch", visited, |_| words(&["-C", "office", "dispatch"])),
    step("dispatch-with-a-log", || logged(visited()), |_| words(&["-C", "office", "dispatch"])),
];

const OPEN: [&str; 10] =
    ["-C", "office", "task", "open", "--kind", "complaint", "--name", "示例餐馆", "--by", "N1"];
const PENALTY: [&str; 14] = [
    "-C",
    "office",
    "penalty",
    "open",
    "--name",
    "个人",
    "--number",
    "示例消行罚〔2026〕1号",
    "--on",
    "2026-06-10",
    "--yuan",
    "500",
    "--by",
    "N1",
];
const PUBLISH: [&str; 5] = ["-C", "office", "publish", "--by", "N1"];

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn type_in(desk: &Desk, command: &[String]) {
    desk.good(&command.iter().map(String::as_str).collect::<Vec<_>>());
}

/// The drawn visits, by their numbers.
fn matter(desk: &Desk, at: usize) -> String {
    let teams = std::fs::read_to_string(desk.public(1).join("teams.txt")).expect("teams");
    let line = teams.lines().nth(1 + at).expect("a team");
    format!("{}/{}", desk.draw(1), line.split(' ').next().expect("a unit"))
}

fn today() -> String {
    yaohao::clock::now().date_in_china().to_string()
}

fn moving(matter: &str) -> Vec<String> {
    let day = today();
    words(&["-C", "office", "task", "move", matter, "--to", &day, "--reason", "停业", "--by", "N1"])
}

fn result(matter: &str) -> Vec<String> {
    let day = today();
    words(&["-C", "office", "result", matter, "--on", &day, "--item", "XF01=no-problem", "--by", "N1"])
}

/// An office with a recorded draw of a month that is over.
fn drawn() -> Desk {
    static ONE: OnceLock<Desk> = OnceLock::new();
    let whole = ONE.get_or_init(|| {
        let desk = Desk::with(POLICY, table);
        let settings = desk.read("office/office.toml");
        desk.write("office/office.toml", &(settings + PEOPLE));
        desk.good(&["nonce", "--draw", &desk.draw(1), "--party", "discipline", "--out", "witness"]);
        let (commitment, nonce) = (desk.witness(1, "commitment"), desk.witness(1, "nonce"));
        desk.good(&["-C", "office", "commit", "--month", "2026-01", "--commitment", &commitment]);
        desk.good(&["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce]);
        desk
    });
    let desk = Desk { dir: place() };
    copy(whole.dir.path(), desk.dir.path());
    desk
}

fn after(desk: Desk, commands: &[fn(&str) -> Vec<String>]) -> Desk {
    for at in 0..3 {
        let matter = matter(&desk, at);
        commands.iter().for_each(|command| type_in(&desk, &command(&matter)));
    }
    desk
}

fn opened() -> Desk {
    let desk = drawn();
    desk.good(&OPEN);
    desk
}

fn moved() -> Desk {
    after(drawn(), &[moving])
}

fn visited() -> Desk {
    after(moved(), &[result])
}

fn submitted() -> Desk {
    let desk = visited();
    desk.good(&["-C", "office", "review", "submit", &desk.draw(1), "--by", "N1"]);
    desk
}

fn approved() -> Desk {
    let desk = submitted();
    desk.good(&["-C", "office", "review", "approve", &desk.draw(1), "--by", "R1"]);
    desk
}

fn with_a_sheet() -> Desk {
    let desk = drawn();
    let day = today();
    let row = |at: usize| {
        let matter = matter(&desk, at);
        [&matter, &day, "XF01", "未发现问题", &day, "停业"].iter().map(|cell| Cell::from(*cell)).collect()
    };
    let headings = ["事项编号", "检查日期", "事项1", "结果1", "改期到", "改期原因"];
    let rows: Vec<Vec<Cell>> = (0..3).map(row).collect();
    std::fs::write(desk.path("a.xlsx"), filled(DRAWN, &headings, rows)).expect("a file");
    desk
}

fn logged(desk: Desk) -> Desk {
    desk.good(&["key", "new", "--name", "a.invalid/log", "--out", "office/keys/log.key", "--no-passphrase"]);
    for line in ["[log]", "key = \"keys/log.key\""] {
        desk.edit("office/office.toml", &format!("# {line}"), line);
    }
    desk.good(&["-C", "office", "publish"]);
    desk
}

#[test]
fn whatever_is_entered_after_the_draw_survives_being_killed() {
    let (runs, killed) = kill_all(STEPS);
    assert!(runs > 150 && killed > runs / 4, "{killed} of {runs} were killed in time");
}
