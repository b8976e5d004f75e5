//! Whole histories: clean ones, and what each check of an audit finds in others. The
//! folders are also left in the target folder, so that the other implementation can be
//! held against the same fixtures.

mod district;
#[path = "audit/cases.rs"]
mod cases;
#[path = "audit/office.rs"]
mod office;

use cases::{CASES, Case, NOW, STRAY, Tried, clean};
use office::{Office, failing, states};
use rayon::prelude::*;
use std::path::Path;
use yaohao::audit::{Report, State};
use yaohao::log::CHECKPOINT;
use yaohao::verify::{Status, Verdict};

fn finding(report: &Report, id: &str) -> String {
    let check = report.checks.iter().find(|check| check.id == id).expect("a check");
    check.findings.iter().map(|finding| format!("{} | ", finding.evidence.en)).collect()
}

#[test]
fn a_clean_history_has_nothing_wrong() {
    let office = clean();
    let report = office.audit(NOW);
    assert_eq!(failing(&report), [""; 0], "{:#?}", report.checks);
    // Lists of results are in tests/results.rs.
    let passed = |check: &yaohao::audit::Check| check.id == "A18" || check.status == Status::Pass;
    assert!(report.checks.iter().all(passed), "{:#?}", report.checks);
    let states: Vec<(String, String)> = states(&report).into_iter().collect();
    let wanted = [("2026-001", "CLOSED"), ("2026-002", "OPENED"), ("2027-001", "CLOSED")];
    assert_eq!(states, wanted.map(|(name, state)| (name.to_owned(), state.to_owned())));
    assert!(report.rows.iter().all(|row| row.verdict == Some(Verdict::Verified)), "{:#?}", report.rows);
    office.leave(&left("clean"), NOW, &[]);
}

#[test]
fn without_a_log_its_checks_are_not_run() {
    let mut office = Office::without_log();
    office.draw("2026-11-01", false);
    let report = office.audit(NOW);
    assert_eq!(failing(&report), [""; 0], "{:#?}", report.checks);
    let not_run: Vec<&str> =
        report.checks.iter().filter(|c| c.status == Status::NotRun).map(|c| c.id).collect();
    assert_eq!(not_run, ["A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08", "A09", "A18"]);
    office.leave(&left("no-log"), NOW, &[]);
}

fn left(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("audit").join(name)
}

#[test]
fn every_case_comes_to_its_state_by_its_check() {
    let wrong: Vec<String> = CASES.iter().flat_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let states =
        CASES.iter().flat_map(|case| case.states).map(|(_, states)| *states).collect::<Vec<_>>().join(" ");
    for state in State::ALL {
        assert!(states.split(' ').any(|word| word == state.key()), "no case is {}", state.key());
    }
}

/// What the program says of a history that a test has left.
fn program(folder: &Path, more: &[&str]) -> std::process::Output {
    let mut audit = std::process::Command::new(env!("CARGO_BIN_EXE_yaohao"));
    audit.arg("audit").arg(folder.join("public")).args(["--at", NOW, "--json", "--lang", "en"]).args(more);
    audit.output().expect("the program")
}

#[test]
fn the_program_finds_whatever_lies_in_the_folder_of_the_log() {
    let folder = left("stray-on-disk");
    let mut office = clean();
    STRAY.iter().for_each(|file| office.put_stray(file));
    office.leave(&folder, NOW, &[]);
    let run = program(&folder, &[]);
    assert_eq!(run.status.code(), Some(16));
    let report: serde_json::Value = serde_json::from_slice(&run.stdout).expect("a report");
    let check = report["checks"].as_array().expect("checks").iter().find(|check| check["id"] == "A01");
    let findings = check.expect("A01")["findings"].as_array().expect("findings");
    let found: Vec<&str> =
        findings.iter().map(|finding| finding["place"].as_str().expect("a place")).collect();
    let mut wanted = STRAY.map(|file| format!("log/{file}"));
    wanted.sort();
    assert_eq!(found, wanted);
}

#[test]
fn what_the_auditor_brings_and_cannot_be_read_ends_with_3() {
    let folder = left("brought");
    clean().leave(&folder, NOW, &[]);
    let bad = folder.join("bad.txt");
    std::fs::write(&bad, "no log policy, and no checkpoint\n").expect("the target folder");
    let bad = bad.to_str().expect("a path");
    for option in ["--log-policy", "--checkpoint"] {
        assert_eq!(program(&folder, &[option, bad]).status.code(), Some(3), "{option}");
    }
}

/// What an audit of the case does not say as it should.
fn wrong(case: &Case) -> Vec<String> {
    let Tried { office, now, seen } = (case.make)();
    office.leave(&left(case.name), now, &seen);
    let report = office.audit_with(now, None, &seen);
    let (name, found, mut wrong) = (case.name, states(&report), Vec::new());
    if failing(&report) != case.failing {
        let all: Vec<String> =
            failing(&report).iter().map(|id| format!("{id}: {}", finding(&report, id))).collect();
        wrong.push(format!("{name}: {} fail, not {:?}", all.join("; "), case.failing));
    }
    for (number, wanted) in case.states {
        if found.get(*number).map(String::as_str) != Some(*wanted) {
            wrong.push(format!("{name}: {number} is not {wanted}: {found:?}"));
        }
    }
    for (id, words) in case.says {
        let said = finding(&report, id);
        if !said.contains(words) {
            wrong.push(format!("{name}: {id} says {said}"));
        }
    }
    for row in &report.rows {
        let fault = row.states.iter().any(|state| state.is_fault());
        if row.states.is_empty() || (fault && report.is_clean()) {
            wrong.push(format!("{name}: {row:?}"));
        }
    }
    wrong
}

/// Every byte of the log: signatures, sizes, tiles, entries, policies.
#[test]
fn one_flipped_byte_of_the_log_is_found() {
    let mut office = clean();
    let whole = office.public.log.clone();
    office.public.draws.clear();
    let own = ["A01", "A02", "A03", "A04", "A05", "A08", "A09"];
    let found = |office: &Office| failing(&office.audit(NOW)).into_iter().any(|id| own.contains(&id));
    assert!(!found(&office));
    // Every byte; of long files every seventh.
    let step = |bytes: &[u8]| if bytes.len() > 1000 { 7 } else { 1 };
    let flips: Vec<(&String, usize)> = whole
        .iter()
        .flat_map(|(file, bytes)| (0..bytes.len()).step_by(step(bytes)).map(move |at| (file, at)))
        .collect();
    assert!(flips.len() > 3000, "{}", flips.len());
    flips.par_iter().for_each(|(file, at)| {
        let mut office = office.clone();
        office.public.log.get_mut(*file).expect("there")[*at] ^= 1 << (at % 8);
        assert!(found(&office), "{file}: byte {at} flipped, unnoticed");
    });
    for file in whole.keys().filter(|file| {
        !file.starts_with("policies/") && !file.starts_with("checkpoints/") && !file.contains(".p/")
    }) {
        let bytes = office.public.log.remove(file).expect("there");
        assert!(found(&office) || file != CHECKPOINT, "{file} removed, unnoticed");
        office.public.log.insert(file.clone(), bytes);
    }
}

#[test]
fn a_hundred_and_twenty_draws_of_ten_years() {
    let mut office = Office::new();
    // Certificates that last as long.
    office.change = |district| district.register.inspectors.iter_mut().for_each(|i| i.validity.until = None);
    for year in 2027..2037 {
        for month in 1..=12 {
            office.draw(&format!("{year}-{month:02}-01"), false);
        }
    }
    let report = office.audit("2037-01-01T00:00:00Z");
    assert_eq!(failing(&report), [""; 0], "{:#?}", report.checks);
    assert_eq!(report.rows.len(), 120);
    // The policy; then commitment, ceremony, reveal and record of each.
    assert_eq!(office.head().size, 1 + 4 * 120);
    office.leave(&left("ten-years"), "2037-01-01T00:00:00Z", &[]);
}
