//! A published roll, what a verifier finds of it, and its folder for the second implementation.

use crate::rolled::{self, Made};
use crate::terminal::run_in;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use yaohao::digest::Suite;
use yaohao::roll::RollCommit;

/// The files of a roll, by path.
#[derive(Clone)]
pub struct Published {
    pub files: BTreeMap<String, Vec<u8>>,
    pub commit: RollCommit,
}

/// What a verifier found.
pub struct Found {
    pub verdict: String,
    /// Checks that failed.
    pub failed: String,
    /// Checks that were not run.
    pub open: String,
}

impl Published {
    /// A roll of so many lines, drawn.
    pub fn made(size: u64, made: &Made<'_>) -> Published {
        let mut roll = Published::committed(size, made);
        let Published { files, commit } = &mut roll;
        rolled::drawn(commit, &mut |path: &str, bytes: &[u8]| {
            files.insert(path.to_owned(), bytes.to_vec());
        });
        roll
    }

    /// A roll that is only committed.
    pub fn committed(size: u64, made: &Made<'_>) -> Published {
        let mut files = BTreeMap::new();
        let commit = rolled::made((Suite::Sha256, 1, size), made, &mut |path: &str, bytes: &[u8]| {
            files.insert(path.to_owned(), bytes.to_vec());
        });
        Published { files, commit }
    }

    /// What `yaohao roll verify` finds of it; its files stay in the folder `name`.
    pub fn run(&self, name: &str) -> Found {
        let folder = self.left(name);
        let run = run_in(Path::new("."), &["roll", "verify", &folder.display().to_string(), "--json"]);
        let report: serde_json::Value =
            serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{name}: {error}\n{}", run.err));
        let checks = report["checks"].as_array().expect("checks");
        let ids = |status: &str| {
            let found = checks.iter().filter(|check| check["status"] == status);
            found.map(|check| check["id"].as_str().expect("an id")).collect::<Vec<_>>().join(" ")
        };
        let verdict = report["verdict"].as_str().expect("a verdict").to_owned();
        let code = match verdict.as_str() {
            "verified" => 0,
            "failed" => 1,
            _ => 4,
        };
        assert_eq!(run.code, code, "{name}: {}", run.out);
        Found { verdict, failed: ids("fail"), open: ids("not-run") }
    }

    fn left(&self, name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rolls-strict").join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        for (path, bytes) in &self.files {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, bytes).expect("written");
        }
        folder
    }

    /// Just these checks fail; those that were not run.
    #[track_caller]
    pub fn fails(&self, name: &str, failed: &str) -> String {
        let found = self.run(name);
        assert_eq!((found.failed.as_str(), found.verdict.as_str()), (failed, "failed"), "{name}");
        found.open
    }

    #[track_caller]
    pub fn verified(&self, name: &str) {
        let found = self.run(name);
        assert_eq!(
            (found.failed.as_str(), found.verdict.as_str()),
            ("", "verified"),
            "{name}: {}",
            found.open
        );
    }
}
