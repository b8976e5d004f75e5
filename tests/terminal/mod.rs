//! The command as people run it: arguments in, text and exit code out.
#![allow(dead_code, reason = "every test uses its own part")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// What a command printed, and how it ended.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// A folder that vanishes, with an office in it.
pub struct Desk {
    pub dir: tempfile::TempDir,
}

pub const DICE: &str = "3 1 4 1 5 9 2 6 5 3 5 8 9 7 9 3 2 3 8 4";

impl Desk {
    /// An empty folder.
    pub fn new() -> Desk {
        Desk { dir: tempfile::tempdir().expect("a folder") }
    }

    /// The example office in `office`, its tables imported.
    pub fn with_example() -> Desk {
        let desk = Desk::new();
        desk.good(&["init", "office", "--example"]);
        desk.good(&["-C", "office", "import"]);
        // Dry draws take seconds; tests that are about them ask for them.
        let policy = desk.read("office/policy.toml");
        let (before, odds) = policy.split_once("[odds]\n").expect("the example asks for odds");
        let after: Vec<&str> = odds.lines().skip_while(|line| !line.is_empty()).collect();
        desk.write("office/policy.toml", &format!("{before}{}\n", after.join("\n")));
        desk
    }

    /// An office with this policy and these tables, imported.
    pub fn with(policy: &str, table: impl Fn(&str) -> Vec<u8>) -> Desk {
        let desk = Desk::new();
        desk.good(&["init", "office"]);
        desk.write("office/policy.toml", policy);
        for name in ["units", "inspectors", "items", "recusals"] {
            std::fs::write(desk.path(&format!("office/tables/{name}.csv")), table(name)).expect("a table");
        }
        desk.good(&["-C", "office", "import"]);
        desk
    }

    /// The same, committed as draw `number`.
    pub fn committed(number: u32) -> Desk {
        let desk = Desk::with_example();
        desk.commit(number);
        desk
    }

    pub fn commit(&self, number: u32) {
        let draw = self.draw(number);
        self.good(&["nonce", "--draw", &draw, "--party", "discipline", "--out", "witness"]);
        let file = self.witness(number, "commitment");
        self.good(&["-C", "office", "commit", "--month", "2026-12", "--commitment", &file]);
    }

    /// Adds a year to the office's calendar, as if it had been announced without holidays.
    pub fn announce(&self, year: i32) {
        let calendar = self.read("office/calendar.toml");
        let section = format!("[[year]]\nyear = {year}\nsource = \"示例\"\nholidays = []\nworkdays = []\n");
        self.write("office/calendar.toml", &(calendar + &section));
    }

    pub fn draw(&self, number: u32) -> String {
        format!("example/{}/{number:03}", this_year())
    }

    pub fn public(&self, number: u32) -> PathBuf {
        self.path(&format!("office/public/{}-{number:03}", this_year()))
    }

    pub fn private(&self, number: u32) -> PathBuf {
        self.path(&format!("office/private/{}-{number:03}", this_year()))
    }

    pub fn witness(&self, number: u32, kind: &str) -> String {
        format!("witness/discipline-{}-{number:03}.{kind}", this_year())
    }

    pub fn path(&self, relative: &str) -> PathBuf {
        self.dir.path().join(relative)
    }

    pub fn read(&self, relative: &str) -> String {
        std::fs::read_to_string(self.path(relative)).expect("a file")
    }

    pub fn write(&self, relative: &str, text: &str) {
        std::fs::write(self.path(relative), text).expect("a file");
    }

    /// Replaces text in a file that has it.
    pub fn edit(&self, relative: &str, from: &str, to: &str) {
        let text = self.read(relative);
        assert!(text.contains(from), "{relative} has no {from:?}");
        self.write(relative, &text.replacen(from, to, 1));
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        run_in(self.dir.path(), arguments)
    }

    /// Runs a command that has to succeed.
    pub fn good(&self, arguments: &[&str]) -> Run {
        let run = self.run(arguments);
        assert_eq!(run.code, 0, "yaohao {}\n{}{}", arguments.join(" "), run.out, run.err);
        run
    }

    /// Runs a command that has to fail with `code`, saying `what` and what to do.
    pub fn bad(&self, arguments: &[&str], code: i32, what: &str) -> Run {
        let run = self.run(arguments);
        let shown = format!("yaohao {}\n{}{}", arguments.join(" "), run.out, run.err);
        assert_eq!(run.code, code, "{shown}");
        assert!(run.err.contains(what), "no {what:?} in: {shown}");
        assert!(run.err.contains("办法："), "no remedy in: {shown}");
        run
    }

    /// What the office has published, but for the files for verifying, which are there from
    /// the start.
    pub fn published(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let files = self.files("office/public").into_iter();
        files.filter(|(path, _)| !path.starts_with(self.path("office/public/verifier"))).collect()
    }

    /// Every file below a folder with its bytes.
    pub fn files(&self, relative: &str) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        let mut folders = vec![self.path(relative)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
                match entry.path() {
                    path if path.is_dir() => folders.push(path),
                    path => found.push((path.clone(), std::fs::read(path).expect("a file"))),
                }
            }
        }
        found.sort();
        found
    }
}

pub fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_yaohao"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the command runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8 out");
    Run { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

/// The year that draw numbers get, by the clock of the command.
pub fn this_year() -> i32 {
    yaohao::clock::now().date_in_china().year()
}
