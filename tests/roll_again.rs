//! A commitment that is stopped in the middle, by Ctrl-C or by force, and run again comes to the
//! bytes of one that was not.
#![cfg(unix)]

#[path = "roll/office.rs"]
mod office;
#[path = "roll/registers.rs"]
mod registers;
mod terminal;

use office::{arguments, committed, desk, draw, folder};
use registers::register;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use terminal::{Desk, this_year};

/// Some 40 MB, read in five parts: most of it is a column that nobody reads.
fn long(in_order: bool) -> String {
    let filler = format!(",{}\n", "不读".repeat(2300));
    register(31, 3000, in_order).replace(",不读\n", &filler)
}

fn private(file: &str) -> String {
    format!("office/private/rolls/{}-001/{file}", this_year())
}

/// What must be the same: everything of the lines, public and private.
fn lines(desk: &Desk) -> BTreeMap<PathBuf, Vec<u8>> {
    let below = |folder: &str| desk.files(folder).into_iter();
    let relative = |(path, bytes): (PathBuf, Vec<u8>)| {
        (path.strip_prefix(desk.dir.path()).expect("inside").to_owned(), bytes)
    };
    let tiles = below(&format!("{}/tile", folder()));
    let own = below(&private("")).filter(|(path, _)| !path.ends_with("nonce.txt"));
    tiles.chain(own).map(relative).collect()
}

fn start(desk: &Desk, arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_yaohao"))
        .args(arguments)
        .args(["--threads", "1"])
        .current_dir(desk.dir.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs")
}

/// Sends `signal` once there is something at `path`; the exit code, and what was said.
fn stopped(desk: &Desk, arguments: &[&str], signal: &str, path: &Path) -> (Option<i32>, String) {
    let mut child = start(desk, arguments);
    while !path.exists() && child.try_wait().expect("a child").is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    std::thread::sleep(Duration::from_millis(20));
    let _ = Command::new("kill").args([signal, &child.id().to_string()]).stderr(Stdio::null()).status();
    let output = child.wait_with_output().expect("it ends");
    (output.status.code(), String::from_utf8(output.stderr).expect("UTF-8"))
}

fn goes_on(in_order: bool, more: &[&str], seen: &str) {
    let csv = long(in_order);
    let whole = desk();
    whole.write("roll.csv", &csv);
    whole.good(&arguments(&whole, "roll.csv", more).iter().map(String::as_str).collect::<Vec<_>>());
    let mut interrupted = 0;
    for signal in ["-INT", "-KILL", "-INT"] {
        let desk = desk();
        desk.write("roll.csv", &csv);
        let secrets = desk.path(&private("secrets.txt"));
        std::fs::create_dir_all(secrets.parent().expect("a folder")).expect("a folder");
        std::fs::copy(whole.path(&private("secrets.txt")), &secrets).expect("copied");
        let command = arguments(&desk, "roll.csv", more);
        let command: Vec<&str> = command.iter().map(String::as_str).collect();
        let (code, err) = stopped(&desk, &command, signal, &desk.path(seen));
        let is_there = |path: &str| desk.path(path).exists();
        if code == Some(4) {
            assert!(err.contains("中途停止") && err.contains("再运行同一条命令就接着做"), "{err}");
            assert!(is_there(&private("state.txt")) && !is_there(&folder()), "{err}");
            let run = desk.good(&command);
            assert!(run.err.contains("接着做："), "{}", run.err);
            interrupted += 1;
        } else if code != Some(0) {
            assert_eq!((code, signal), (None, "-KILL"), "{err}");
            desk.good(&command);
        }
        assert_eq!(committed(&desk).units, committed(&whole).units);
        let (found, expected) = (lines(&desk), lines(&whole));
        assert!(found.keys().eq(expected.keys()), "{:?}\n{:?}", found.keys(), expected.keys());
        assert!(found == expected, "{signal}");
        assert!(!is_there(&format!("office/rolls/.{}-001.part", this_year())));
        draw(&desk);
        let verified = desk.run(&["roll", "verify", &folder()]);
        assert_eq!(verified.code, if more.contains(&"--no-tiles") { 4 } else { 0 }, "{}", verified.out);
    }
    assert!(interrupted > 0, "always too late");
}

#[test]
fn a_register_in_order_is_taken_up_where_it_was_left() {
    goes_on(true, &[], &format!("office/rolls/.{}-001.part/tile/entries/000", this_year()));
}

#[test]
fn without_tiles_too() {
    goes_on(true, &["--no-tiles"], &private("pool"));
}

#[test]
fn a_register_in_any_order_is_taken_up_between_its_runs() {
    goes_on(false, &[], &private("runs/000000"));
}

#[test]
fn that_one_without_tiles_too() {
    goes_on(false, &["--no-tiles"], &private("runs/000000"));
}
