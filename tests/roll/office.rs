//! The office of the example, and what its clerk types for a roll.
#![allow(dead_code, reason = "every test uses its own part")]

use crate::terminal::{DICE, Desk, this_year};
use yaohao::roll::RollCommit;

pub fn folder() -> String {
    format!("office/rolls/{}-001", this_year())
}

pub fn number() -> String {
    format!("example-roll/{}/001", this_year())
}

/// The example office with a nonce of the other party.
pub fn desk() -> Desk {
    let desk = Desk::with_example();
    desk.good(&["nonce", "--draw", &number(), "--party", "discipline", "--out", "witness"]);
    desk
}

/// `roll commit` of the register, with more arguments behind it.
pub fn arguments(desk: &Desk, register: &str, more: &[&str]) -> Vec<String> {
    let file = desk.witness(1, "commitment");
    let usual = ["-C", "office", "roll", "commit", register, "--month", "2026-12", "--commitment", &file];
    usual.iter().chain(more).map(|word| (*word).to_owned()).collect()
}

pub fn commit(desk: &Desk, register: &str, more: &[&str]) -> RollCommit {
    let arguments = arguments(desk, register, more);
    desk.good(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    committed(desk)
}

pub fn committed(desk: &Desk) -> RollCommit {
    RollCommit::read(desk.read(&format!("{}/commit.txt", folder())).as_bytes()).expect("a commitment")
}

pub fn draw(desk: &Desk) {
    let nonce = desk.witness(1, "nonce");
    let usual =
        ["-C", "office", "roll", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce];
    desk.good(&usual);
}

/// Leaves the published folder for the second implementation: reference/agree_roll.py.
pub fn leave(desk: &Desk, name: &str) {
    let target = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("rolls-made").join(name);
    let _ = std::fs::remove_dir_all(&target);
    let from = desk.path(&folder());
    for (path, bytes) in desk.files(&folder()) {
        let path = target.join(path.strip_prefix(&from).expect("inside"));
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("written");
    }
}
