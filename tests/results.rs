//! The published results: what a list is, what an audit finds in lists, and what it says
//! of draws whose results nobody has published.

mod district;
#[path = "audit/office.rs"]
mod office;
#[path = "results/history.rs"]
mod history;
#[allow(dead_code, reason = "every test uses its own part")]
#[path = "site/pages.rs"]
mod pages;

use history::{CASES, Case, NOW, clean};
use office::{Office, failing};
use pages::{check_links, check_page, made, pages as all_pages, read, text};
use std::path::Path;
use yaohao::audit::{Place, Report};
use yaohao::record::{Journalled, Results};
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
        ("example/2026/001", "example/0000/001"),
        ("example/2026/001", "example/12026/001"),
        (" 5000 ", " 05000 "),
        (" 5000 ", " 5000  "),
        ("journal 20 ", "journal 4294967296 "),
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

#[test]
fn the_example_of_the_specification_is_a_list() {
    let page = std::fs::read_to_string("docs/spec/results.md").expect("the page");
    let (_, rest) = page.split_once("```\nyaohao/results/v1\n").expect("the example");
    let (example, _) = rest.split_once("```").expect("its end");
    let text = format!("yaohao/results/v1\n{example}");
    let list = Results::read(text.as_bytes()).expect("it reads");
    assert_eq!(list.text(), text);
    let (last, salt) = (
        "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
        std::array::from_fn(|at| at as u8),
    );
    assert_eq!(list.journal, Journalled::new(41, last.parse().expect("a hash"), &salt));
}

// ---- the site ---------------------------------------------------------------------------

#[test]
fn the_site_shows_results_penalties_and_how_much_is_missing() {
    let office = clean();
    let files = made(&office.public, pages::NOW);
    all_pages(&files).iter().for_each(|path| check_page(path, text(&files, path)));
    check_links(&office.public, &files);
    let units = history::drawn(&office, "2026-001");
    let drawn = units.len();
    let zh = read(text(&files, "site/zh/2026-001.html"));
    for wanted in [
        format!(
            "抽中 {drawn} 家：已公示结果 {} 家（其中 2 家发现问题），终结而未检查 1 家，还没有公示 0 家。",
            drawn - 1
        ),
        "发现问题待后续处理；2026-09-29 复查：整改 2 处，发现问题经责令已改正".to_owned(),
        "责令限期改正、临时查封".to_owned(),
        "已终结，没有检查".to_owned(),
    ] {
        assert!(zh.contains(&wanted), "{wanted}\n{zh}");
    }
    let en = read(text(&files, "site/en/2026-001.html"));
    assert!(
        en.contains("something wrong, put right on order") && en.contains("ended without a visit"),
        "{en}"
    );
    let page = read(text(&files, "site/zh/results.html"));
    assert!(page.contains("示例消行罚决字〔2026〕0001号") && page.contains("警告"), "{page}");
    assert!(page.contains("示例单位"), "the unit by the name that a draw publishes");
    for number in 1..=3 {
        assert!(page.contains(&history::hash(&office, number)), "{number}");
    }
    let figures = read(text(&files, "site/zh/figures.html"));
    assert!(figures.contains("已公示结果") && figures.contains("临时查封"), "{figures}");
    let feed = text(&files, "feed.xml");
    assert_eq!(feed.matches("检查结果公示第").count(), 3);
    assert!(text(&files, "site/SHA256SUMS").contains("  results/results-0003.txt\n"));
}

#[test]
fn the_search_tells_what_became_of_a_visit() {
    let office = clean();
    let files = made(&office.public, pages::NOW);
    let units = history::drawn(&office, "2026-001");
    let script = text(&files, "site/units/2026-001.js");
    let json = script.split_once(',').and_then(|(_, rest)| rest.strip_suffix(");\n")).expect("one call");
    let index: serde_json::Value = serde_json::from_str(json).expect("JSON");
    let told = &index["results"];
    assert_eq!(told.as_object().expect("results").len(), units.len());
    let found = serde_json::json!([
        ["2026-09-08", 3, 1, ["open"], [["by-date", 1], ["seal", 1]]],
        [["2026-09-29", 0, 2, ["corrected"], []]]
    ]);
    assert_eq!(told[&units[0]], found);
    assert_eq!(told[&units[4]], serde_json::json!([]));
    // Before there is any list, nothing is said of results at all.
    let none = made(&history::office().public, pages::NOW);
    assert!(text(&none, "site/units/2026-001.js").contains("\"results\":null"));
    assert!(!none.contains_key("site/zh/results.html"));
    assert!(!text(&none, "site/zh/2026-001.html").contains("id=\"results\""));
}

/// What a list says of a draw that is still sealed never gets onto its pages.
#[test]
fn a_list_cannot_open_a_sealed_draw_on_the_site() {
    let mut office = clean();
    let unit = history::drawn(&office, "2026-002")[0].clone();
    let whole = office.public.draws["2026-002"].clone();
    let (sealed, _) = office::steps(&whole).swap_remove(1);
    office.public.draws.insert("2026-002".to_owned(), sealed);
    let files = made(&office.public, pages::NOW);
    assert!(!text(&files, "site/zh/2026-002.html").contains(&unit));
    assert!(text(&files, "site/units/2026-002.js").contains("\"results\":null"));
}
