//! The published results: what a list is, what an audit finds in lists, and what it says
//! of draws whose results nobody has published.

mod district;
#[path = "audit/office.rs"]
mod office;
#[path = "results/history.rs"]
mod history;

use history::{CASES, Case, NOW, clean};
use office::{Office, failing};
use std::path::Path;
use yaohao::audit::{Place, Report};
use yaohao::record::Results;
use yaohao::verify::Status;

/// Findings of a check with their places, as people read them.
fn findings(report: &Report, id: &str) -> Vec<(String, String)> {
    let check = report.checks.iter().find(|check| check.id == id).expect("a check");
    let place = |place: &Place| match place {
        Place::Draw(index) => report.folders[*index].clone(),
        Place::Number(number) => number.clone(),
        Place::Log(file) => format!("log/{file}"),
        Place::Results(file) => format!("results/{file}"),
    };
    check.findings.iter().map(|finding| (place(&finding.place), finding.evidence.en.clone())).collect()
}

/// Where other implementations find the history.
fn leave(office: &Office, name: &str) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("results").join(name);
    office.leave(&folder, NOW, &[]);
}

#[test]
fn lists_that_are_right_pass_and_say_how_much_is_published() {
    let office = clean();
    let report = office.audit(NOW);
    assert_eq!(failing(&report), [""; 0], "{:#?}", report.checks);
    let said = findings(&report, "A18");
    let of = |place: &str| {
        said.iter().filter(|(at, _)| at == place).map(|(_, said)| said.as_str()).collect::<String>()
    };
    let drawn = history::drawn(&office, "2026-001").len();
    let visited = drawn - 1;
    assert!(
        of("2026-001")
            .starts_with(&format!("{visited} of {drawn} drawn units have a published result, 1 ended")),
        "{said:#?}"
    );
    assert!(of("results/results-0002.txt").contains("takes the place of what list 1 says"), "{said:#?}");
    assert!(!said.iter().any(|(_, said)| said.contains("60 days")), "{said:#?}");
    leave(&office, "results-clean");
}

#[test]
fn without_lists_the_check_is_not_run() {
    let report = history::office().audit(NOW);
    let check = report.checks.iter().find(|check| check.id == "A18").expect("A18");
    assert_eq!(check.status, Status::NotRun);
}

#[test]
fn without_a_log_lists_are_held_against_their_draws() {
    let mut office = Office::without_log();
    office.draw("2026-09-01", false);
    let lines = history::first_lines(&office);
    history::add(&mut office, "2026-09-20T01:00:00Z", &lines);
    let report = office.audit(NOW);
    assert_eq!(failing(&report), [""; 0], "{:#?}", report.checks);
    assert_eq!(findings(&report, "A18").len(), 1);
    leave(&office, "results-without-log");
}

#[test]
fn every_attack_on_lists_is_found_and_named() {
    let wrong: Vec<String> = CASES.iter().flat_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn wrong(case: &Case) -> Vec<String> {
    let office = (case.make)();
    leave(&office, case.name);
    let report = office.audit(NOW);
    let (name, mut wrong) = (case.name, Vec::new());
    if failing(&report) != case.failing {
        let all: Vec<_> = failing(&report).into_iter().map(|id| (id, findings(&report, id))).collect();
        wrong.push(format!("{name}: {all:?}, not {:?}", case.failing));
    }
    for (id, place, words) in case.says {
        let said = findings(&report, id);
        if !said.iter().any(|(at, said)| at.starts_with(place) && said.contains(words)) {
            wrong.push(format!("{name}: {id} does not say {words} at {place}: {said:?}"));
        }
    }
    wrong
}

/// Every byte of a list is bound by the log or by the next list.
#[test]
fn one_flipped_byte_of_a_list_is_found() {
    let office = clean();
    for (file, bytes) in office.public.results.clone() {
        for at in (0..bytes.len()).step_by(5) {
            let mut office = office.clone();
            office.public.results.get_mut(&file).expect("there")[at] ^= 1;
            assert!(failing(&office.audit(NOW)).contains(&"A06"), "{file}: byte {at} flipped, unnoticed");
        }
    }
}

#[test]
fn a_list_has_one_form() {
    let office = clean();
    for bytes in office.public.results.values() {
        let list = Results::read(bytes).expect("a list");
        assert_eq!(list.text().as_bytes(), bytes.as_slice());
        assert_eq!(list.clone().in_order(), list);
    }
    let good = String::from_utf8(office.public.results["results-0002.txt"].clone()).expect("UTF-8");
    for (from, to) in [
        ("number 2", "number 02"),
        ("number 2", "number 0"),
        ("after ", "after none"),
        ("journal 20 ", "journal 0 "),
        ("2026/reinspection/0001 ", "2026/reinspection/1 "),
        ("2026/reinspection/0001 ", "2026/complaint/0001 "),
        ("2026/penalty/0001", "0000/penalty/0001"),
        ("2026/penalty/0001", "12026/penalty/0001"),
        ("1 1 at-once=1", "1 2 at-once=1"),
        ("at-once=1", "at-once=0"),
        ("at-once=1", "at-once=01"),
        ("at-once=1", "at-once=1,at-once=1"),
        ("at-once=1", "seal=1,at-once=1"),
        ("at-once=1", "hanging=1"),
        ("XF01=corrected\n", "XF01=fine\n"),
        ("XF01=no-problem", "-"),
        ("XF01=no-problem", "XF02=open,XF01=no-problem"),
        ("XF01=no-problem", "XF01=open,XF01=no-problem"),
        ("example/2026/001", "other/2026/001"),
        (" 5000 ", " 05000 "),
        (" 5000 示例消行罚决字〔2026〕0001号", " 5000"),
        ("2026-09-25 - 0 ", "2026-02-30 - 0 "),
    ] {
        assert!(good.contains(from), "{from}");
        assert!(Results::read(good.replacen(from, to, 1).as_bytes()).is_err(), "{from} → {to}");
    }
    let (head, _) = good.split_once("again").expect("lines");
    assert!(Results::read(head.as_bytes()).is_err(), "a list without a line");
    for (name, number) in [
        ("results-0001.txt", Some(1)),
        ("results-12345.txt", Some(12345)),
        ("results-00001.txt", None),
        ("results-0000.txt", None),
        ("results-001.txt", None),
        ("results-+001.txt", None),
        ("results-4294967296.txt", None),
    ] {
        assert_eq!(Results::number_of(name), number, "{name}");
    }
}
