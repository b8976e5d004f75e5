//! The machine stops: every command that writes is killed (SIGKILL) again and again,
//! at moments that a fixed seed chooses, and typed again. It has to recover by
//! itself: nothing lost, doubled or half-written, and what was written stays.

mod kill;
mod district;
mod terminal;

use district::small::{POLICY, table};
use kill::{Step, copy, kill_all, place};
use terminal::{DICE, Desk};
use yaohao::verify::Verdict;

const PUBLISH: &[&str] = &["-C", "office", "publish"];

const STEPS: &[Step] = &[
    Step {
        name: "nonce",
        runs: 16,
        before: small,
        command: |desk| {
            words(&["nonce", "--draw", &desk.draw(1), "--party", "discipline", "--out", "witness"])
        },
        done: "绝不覆盖",
        verdict: None,
        determined: &[],
        then: &[],
    },
    Step {
        name: "commit",
        runs: 50,
        before: || {
            let desk = small();
            desk.good(&["nonce", "--draw", &desk.draw(1), "--party", "discipline", "--out", "witness"]);
            desk
        },
        command: |desk| commit(desk, 1),
        done: "",
        verdict: Some(Verdict::Incomplete),
        determined: &["policy.toml", "items.txt", "-001/units.csv", "-001/inspectors.csv", "history.txt"],
        then: &[],
    },
    Step {
        name: "commit-after-a-void",
        runs: 20,
        before: || {
            let desk = voided();
            desk.good(&["nonce", "--draw", &desk.draw(2), "--party", "discipline", "--out", "witness"]);
            desk
        },
        command: |desk| commit(desk, 2),
        done: "",
        verdict: Some(Verdict::Verified),
        determined: &["carried.txt"],
        then: &[],
    },
    Step {
        name: "draw",
        runs: 70,
        before: committed,
        command: draw,
        done: "已经结束",
        verdict: Some(Verdict::Verified),
        determined: &[
            "drawn.txt",
            "dockets.txt",
            "teams.txt",
            "prices.txt",
            "availability.txt",
            "schedule.txt",
            "result.csv",
            "visits.txt",
        ],
        then: &[],
    },
    Step {
        name: "draw-sealed",
        runs: 30,
        before: committed_sealed,
        command: draw,
        done: "已经结束",
        verdict: Some(Verdict::Incomplete),
        determined: &[
            "drawn.txt",
            "dockets.txt",
            "teams.txt",
            "prices.txt",
            "availability.txt",
            "schedule.txt",
            "result.csv",
            "visits.txt",
        ],
        then: &[],
    },
    Step {
        name: "open",
        runs: 40,
        before: || {
            let desk = committed_sealed();
            finish(&desk, &draw(&desk));
            desk
        },
        command: |_| words(&["-C", "office", "open"]),
        done: "没有可公开的",
        verdict: Some(Verdict::Verified),
        determined: &[
            "drawn.txt",
            "dockets.txt",
            "teams.txt",
            "prices.txt",
            "availability.txt",
            "schedule.txt",
        ],
        then: &[],
    },
    Step {
        name: "void",
        runs: 30,
        before: committed,
        command: |_| words(&["-C", "office", "void", "--reason", "register"]),
        done: "不能作废",
        verdict: Some(Verdict::Verified),
        determined: &[],
        then: &[],
    },
    Step {
        name: "void-that-hands-on",
        runs: 50,
        before: ready,
        command: |_| words(&["-C", "office", "void", "--reason", "staffing"]),
        done: "不能作废",
        verdict: Some(Verdict::Verified),
        determined: &["voided.txt"],
        then: &[],
    },
    Step {
        name: "replace-request",
        runs: 30,
        before: drawn,
        command: |desk| {
            let (unit, absent) = somebody(desk);
            words(&["-C", "office", "replace", &unit, "--absent", &absent, "--reason", "absent"])
        },
        done: "",
        verdict: Some(Verdict::Incomplete),
        determined: &[],
        then: &[],
    },
    Step {
        name: "link",
        runs: 12,
        before: asked,
        command: |desk| {
            let (public, chain) = (desk.public(1), desk.witness(1, "chain"));
            let public = public.strip_prefix(desk.dir.path()).expect("inside").to_owned();
            words(&["link", public.to_str().expect("a path"), "--chain", &chain, "--out", "witness"])
        },
        done: "",
        verdict: Some(Verdict::Incomplete),
        determined: &[".link", ".released"],
        then: &[],
    },
    Step {
        name: "replace-answer",
        runs: 30,
        before: || {
            let desk = asked();
            let public = desk.public(1);
            let public = public.to_str().expect("a path");
            desk.good(&["link", public, "--chain", &desk.witness(1, "chain"), "--out", "witness"]);
            desk
        },
        command: |desk| {
            let link = desk.witness(1, "link").replace(".link", "-001.link");
            words(&["-C", "office", "replace", "--link", &link])
        },
        done: "没有等链节的换人申请",
        verdict: Some(Verdict::Verified),
        determined: &["result-001.csv", "visits-001.txt"],
        then: &[],
    },
    Step {
        name: "publish",
        runs: 40,
        before: || keeping_a_log(drawn()),
        command: |_| words(PUBLISH),
        done: "",
        verdict: Some(Verdict::Verified),
        determined: &["log/log-policy.txt"],
        then: &[],
    },
    Step {
        name: "commit-with-a-log",
        runs: 30,
        before: || {
            let desk = logged();
            desk.good(&["nonce", "--draw", &desk.draw(1), "--party", "discipline", "--out", "witness"]);
            desk
        },
        command: |desk| commit(desk, 1),
        done: "",
        verdict: Some(Verdict::Incomplete),
        determined: &["log/log-policy.txt"],
        then: PUBLISH,
    },
    Step {
        name: "draw-with-a-log",
        runs: 40,
        before: || {
            let desk = logged();
            desk.good(&["nonce", "--draw", &desk.draw(1), "--party", "discipline", "--out", "witness"]);
            finish(&desk, &commit(&desk, 1));
            desk
        },
        command: draw,
        done: "已经结束",
        verdict: Some(Verdict::Verified),
        determined: &["teams.txt", "log/log-policy.txt"],
        then: PUBLISH,
    },
];

// ---- what comes before -----------------------------------------------------------------

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn finish(desk: &Desk, command: &[String]) {
    desk.good(&command.iter().map(String::as_str).collect::<Vec<_>>());
}

/// With days for the visits.
fn policy() -> String {
    let days = "[schedule]\nday_minutes = { lead = 420, assistant = 420 }\n[[beacon]]";
    POLICY.replace("[[beacon]]", days)
}

fn small() -> Desk {
    Desk::with(&policy(), table)
}

fn commit(desk: &Desk, number: u32) -> Vec<String> {
    let file = desk.witness(number, "commitment");
    // A month that is over, so that a sealed draw may be opened.
    words(&["-C", "office", "commit", "--month", "2026-01", "--commitment", &file])
}

fn with(policy: &str) -> Desk {
    let desk = Desk::with(policy, table);
    desk.good(&["nonce", "--draw", &desk.draw(1), "--party", "discipline", "--out", "witness"]);
    finish(&desk, &commit(&desk, 1));
    desk
}

fn committed() -> Desk {
    with(&policy())
}

fn committed_sealed() -> Desk {
    let policy = policy().replace("XF01 = \"announced\"", "XF01 = \"until-visit\"");
    // It is opened in time although its month is long over.
    with(&policy.replace("open_within_days = 20", "open_within_days = 3650"))
}

fn draw(desk: &Desk) -> Vec<String> {
    let nonce = desk.witness(1, "nonce");
    words(&["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce])
}

fn drawn() -> Desk {
    let desk = committed();
    finish(&desk, &draw(&desk));
    desk
}

/// All inputs are published, and nothing of the result.
fn ready() -> Desk {
    let desk = drawn();
    for file in [
        "drawn.txt",
        "dockets.txt",
        "teams.txt",
        "prices.txt",
        "availability.txt",
        "schedule.txt",
        "record.txt",
        "record.sha256",
    ] {
        std::fs::remove_file(desk.public(1).join(file)).expect("a file");
    }
    desk
}

fn voided() -> Desk {
    let desk = ready();
    desk.good(&["-C", "office", "void", "--reason", "staffing"]);
    desk
}

/// A drawn unit and one of its team for whom somebody can stand in. The dice are real, so
/// that it is not known who; a copy of the desk is asked, which writes nothing here.
fn somebody(desk: &Desk) -> (String, String) {
    let teams = std::fs::read_to_string(desk.public(1).join("teams.txt")).expect("teams");
    for line in teams.lines().skip(1) {
        let unit = line.split(' ').next().expect("a unit");
        for (_, absent) in line.split(' ').filter_map(|word| word.split_once('=')) {
            let trial = Desk { dir: place() };
            copy(desk.dir.path(), trial.dir.path());
            let run = trial.run(&["-C", "office", "replace", unit, "--absent", absent, "--reason", "absent"]);
            match run.code {
                0 => return (unit.to_owned(), absent.to_owned()),
                // Nobody may stand in.
                code => assert_eq!(code, 10, "{}{}", run.out, run.err),
            }
        }
    }
    panic!("nobody at all can be replaced in this draw");
}

fn asked() -> Desk {
    let desk = drawn();
    let (unit, absent) = somebody(&desk);
    desk.good(&["-C", "office", "replace", &unit, "--absent", &absent, "--reason", "absent"]);
    desk
}

/// Gives the office a key of a log, and the settings to keep one; without witnesses.
fn keeping_a_log(desk: Desk) -> Desk {
    desk.good(&["key", "new", "--name", "a.invalid/log", "--out", "office/keys/log.key", "--no-passphrase"]);
    let mut settings = desk.read("office/office.toml");
    for line in ["[log]", "key = \"keys/log.key\""] {
        settings = settings.replace(&format!("# {line}"), line);
    }
    desk.write("office/office.toml", &settings);
    desk
}

fn logged() -> Desk {
    let desk = keeping_a_log(small());
    desk.good(PUBLISH);
    desk
}

#[test]
fn every_command_recovers_from_being_killed_at_any_moment() {
    let (runs, killed) = kill_all(STEPS);
    // Else nothing was tested; how many get through depends on how busy the machine is.
    assert!(runs > 350 && killed > runs / 4, "{killed} of {runs} were killed in time");
}
