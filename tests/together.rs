//! Several people at one office at once, each at a command: no entry is lost or made twice,
//! no number is given twice, nothing is published twice, and who only looks never fails.

mod district;
mod terminal;

use district::small::{POLICY, table};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use terminal::{DICE, Desk, Run};

const PEOPLE: &str =
    "\n[people]\nclerks = [\"N1\"]\nreviewers = [\"R1\"]\nlegal_reviewers = [\"F1\"]\nheads = [\"H1\"]\n";

/// How often each of two people opens a matter.
const OPENED: usize = 6;

/// How many drawn visits get a result.
const VISITED: usize = 4;

fn office(desk: &Desk, command: &[&str]) -> Run {
    desk.run(&[&["-C", "office"], command].concat())
}

fn json(desk: &Desk, command: &[&str]) -> Value {
    let run = desk.good(&[&["-C", "office", "--json"], command].concat());
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{command:?}: {error}: {}", run.out))
}

fn today() -> String {
    yaohao::clock::now().date_in_china().to_string()
}

fn drawn() -> Desk {
    recorded(POLICY)
}

fn recorded(policy: &str) -> Desk {
    let policy = policy.replace("open_within_days = 20", "open_within_days = 3650");
    let desk = Desk::with(&policy, table);
    let settings = desk.read("office/office.toml");
    desk.write("office/office.toml", &(settings + PEOPLE));
    desk.good(&["nonce", "--draw", &desk.draw(1), "--party", "discipline", "--out", "witness"]);
    let (commitment, nonce) = (desk.witness(1, "commitment"), desk.witness(1, "nonce"));
    desk.good(&["-C", "office", "commit", "--month", "2026-01", "--commitment", &commitment]);
    desk.good(&["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce]);
    desk
}

/// The drawn visits: number, and who goes.
fn matters(desk: &Desk) -> Vec<(String, String)> {
    let tasks = json(desk, &["tasks", "--kind", "drawn"]);
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let tasks = tasks["tasks"].as_array().expect("a list").iter();
    tasks.map(|task| (text(&task["matter"]), text(&task["team"][0]["certificate"]))).collect()
}

/// Done, or refused for a reason that has nothing to do with the others writing.
fn settled(run: &Run) {
    let refused = run.code == 8 && !run.err.contains("另一个 yaohao");
    assert!(run.code == 0 || refused, "{}{}", run.out, run.err);
}

/// Looks again and again until everybody has finished.
fn look(desk: &Desk, done: &AtomicBool) {
    let year = terminal::this_year().to_string();
    while !done.load(Ordering::Relaxed) {
        for command in [
            vec!["tasks"],
            vec!["due"],
            vec!["report", "--year", &year],
            vec!["journal", "--check"],
            vec!["fairness", "--names"],
            vec!["status"],
        ] {
            let run = office(desk, &command);
            assert_eq!(run.code, 0, "{command:?}: {}{}", run.out, run.err);
        }
    }
}

/// Runs all of `work` at once while somebody looks.
fn together(desk: &Desk, work: &[&(dyn Fn() + Sync)]) {
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let reader = scope.spawn(|| look(desk, &done));
        let writers: Vec<_> = work.iter().map(|work| scope.spawn(work)).collect();
        let ended: Vec<_> = writers.into_iter().map(thread::ScopedJoinHandle::join).collect();
        done.store(true, Ordering::Relaxed);
        reader.join().expect("who only looks never fails");
        ended.into_iter().for_each(|ended| ended.expect("done or refused"));
    });
}

fn is_whole(desk: &Desk) {
    desk.good(&["-C", "office", "journal", "--check"]);
    desk.good(&["audit", "office/public"]);
    let before = json(desk, &["tasks"]);
    desk.good(&["-C", "office", "journal", "--rebuild"]);
    assert_eq!(json(desk, &["tasks"]), before, "the store is not what record and journal make");
}

#[test]
fn people_entering_side_by_side_lose_and_double_nothing() {
    let desk = drawn();
    let visits = matters(&desk);
    let day = today();
    for (matter, _) in &visits[..VISITED] {
        let moved = ["-C", "office", "task", "move", matter, "--to", &day, "--reason", "停业", "--by", "N1"];
        desk.good(&moved);
    }
    let open = || {
        for number in 0..OPENED {
            let name = format!("示例餐馆{number}");
            let open = ["task", "open", "--kind", "complaint", "--name", &name, "--by", "N1"];
            settled(&office(&desk, &[&open[..], &["--received", "2026-06-08T09:30"]].concat()));
        }
    };
    let visit = || {
        for (matter, _) in &visits[..VISITED] {
            settled(&office(
                &desk,
                &["result", matter, "--on", &day, "--item", "XF01=no-problem", "--by", "N1"],
            ));
        }
    };
    let draw = desk.draw(1);
    let review = || {
        for _ in 0..VISITED {
            settled(&office(&desk, &["review", "submit", &draw, "--by", "N1"]));
            settled(&office(&desk, &["review", "approve", &draw, "--by", "R1"]));
            settled(&office(&desk, &["publish", "--by", "N1"]));
        }
    };
    together(&desk, &[&open, &open, &visit, &visit, &review, &review]);
    // Whatever came too late for the others.
    review();
    let opened = json(&desk, &["tasks", "--kind", "complaint"])["tasks"].as_array().expect("a list").clone();
    let (names, numbers): (BTreeSet<String>, BTreeSet<String>) =
        opened.iter().map(|task| (task["name"].to_string(), task["matter"].to_string())).unzip();
    assert_eq!((opened.len(), names.len(), numbers.len()), (OPENED, OPENED, OPENED), "{opened:?}");
    // One move, one result, one submission, one review, one publication of each.
    for (matter, _) in &visits[..VISITED] {
        let task = json(&desk, &["task", "show", matter]);
        let trail: Vec<&str> = task["trail"]
            .as_array()
            .expect("a trail")
            .iter()
            .filter_map(|trace| trace["act"].as_str())
            .collect();
        assert_eq!(trail, ["moved", "visited", "submitted", "approved", "published"], "{matter}");
    }
    let lists = desk.files("office/public/results").into_iter().map(|(_, bytes)| bytes).collect::<Vec<_>>();
    let lists = String::from_utf8(lists.concat()).expect("UTF-8");
    for (matter, _) in &visits[..VISITED] {
        let (draw, unit) = matter.rsplit_once('/').expect("a draw and a unit");
        assert_eq!(lists.matches(&format!("result {draw} {unit} ")).count(), 1, "{lists}");
    }
    is_whole(&desk);
}

#[test]
fn steps_of_a_draw_typed_at_once_are_made_once() {
    let desk = drawn();
    // So that there is something to report on.
    let first = ["-C", "office", "task", "open", "--kind", "complaint", "--name", "示例餐馆", "--by", "N1"];
    desk.good(&first);
    let (matter, lead) = matters(&desk).swap_remove(0);
    let unit = matter.rsplit('/').next().expect("a unit").to_owned();
    desk.good(&["nonce", "--draw", &desk.draw(2), "--party", "discipline", "--out", "witness"]);
    let replace = || {
        let run = office(
            &desk,
            &["replace", &unit, "--absent", &lead, "--reason", "absent", "--draw", &desk.draw(1)],
        );
        assert!(run.code == 10 || run.code == 0, "{}{}", run.out, run.err);
    };
    let commitment = desk.witness(2, "commitment");
    let commit = || settled(&office(&desk, &["commit", "--month", "2026-02", "--commitment", &commitment]));
    together(&desk, &[&replace, &replace, &commit, &commit]);
    assert!(desk.public(2).exists() && !desk.public(3).exists());
    assert!(!desk.public(1).join("replace-002-request.txt").exists());
    let nonce = desk.witness(2, "nonce");
    let draw = || {
        settled(&office(&desk, &["draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce]));
    };
    let open = || {
        for number in 0..OPENED {
            let name = format!("示例仓库{number}");
            let open = ["task", "open", "--kind", "referral", "--name", &name, "--by", "N1"];
            settled(&office(&desk, &open));
        }
    };
    together(&desk, &[&draw, &draw, &open]);
    assert!(desk.public(2).join("record.sha256").exists());
    assert_eq!(json(&desk, &["tasks", "--kind", "referral"])["total"], OPENED);
    is_whole(&desk);
}

/// Somebody looks while a sealed draw is opened, and while its results come out.
#[test]
fn a_sealed_draw_is_opened_under_the_eyes_of_others() {
    let desk = recorded(&POLICY.replace("XF01 = \"announced\"", "XF01 = \"until-visit\""));
    let first = ["-C", "office", "task", "open", "--kind", "complaint", "--name", "示例餐馆", "--by", "N1"];
    desk.good(&first);
    let open = || settled(&office(&desk, &["open"]));
    let publish = || settled(&office(&desk, &["publish", "--by", "N1"]));
    let rebuild = || settled(&office(&desk, &["journal", "--rebuild"]));
    together(&desk, &[&open, &open, &publish, &rebuild, &publish]);
    assert!(desk.public(1).join("open.sha256").exists());
    is_whole(&desk);
}
