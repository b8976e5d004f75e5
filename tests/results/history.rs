//! Histories with published lists of results, right and wrong.
#![allow(dead_code, reason = "every test uses its own part")]

use super::office::Office;
use yaohao::digest::Digest;
use yaohao::record::{self, DrawnLine, Table};

/// When histories are looked at.
pub const NOW: &str = "2027-03-01T00:00:00Z";

/// Two draws: September 2026, open; December 2026, sealed and opened in January.
pub fn office() -> Office {
    static OFFICE: std::sync::OnceLock<Office> = std::sync::OnceLock::new();
    let make = || {
        let mut office = Office::new();
        office.draw("2026-09-01", false);
        office.draw("2026-12-01", true);
        office
    };
    OFFICE.get_or_init(make).clone()
}

/// The units that a draw has drawn, in the order of their ids.
pub fn drawn(office: &Office, folder: &str) -> Vec<String> {
    let bytes = office.public.draws[folder].get(record::DRAWN).expect("a result");
    let table: Table<DrawnLine> = Table::read(bytes).expect("a table");
    let mut units: Vec<String> = table.lines.into_iter().map(|line| line.unit).collect();
    units.sort();
    units
}

/// A unit of the register that a draw has not drawn.
pub fn left_out(office: &Office, folder: &str) -> String {
    let drawn = drawn(office, folder);
    let unit = (0..60).map(super::district::small::unit_id).find(|unit| !drawn.contains(unit));
    unit.expect("a unit")
}

/// A result without a fault.
pub fn fine(draw: &str, unit: &str, day: &str) -> String {
    format!("result example/{draw} {unit} {day} 0 0 - XF01=no-problem")
}

/// The text of a list; `lines` in any order.
pub fn text(number: u32, after: &str, at: &str, lines: &[String]) -> String {
    let mut lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    lines.sort_unstable();
    let (entries, salted) = (10 * number, Digest::of(&[b"journal", &number.to_be_bytes()]));
    let lines = lines.join("\n");
    format!(
        "yaohao/results/v1\noffice example\nnumber {number}\nafter {after}\nat {at}\njournal {entries} {salted}\n{lines}\n"
    )
}

/// SHA-256 of a list that is there.
pub fn hash(office: &Office, number: u32) -> String {
    Digest::of(&[&office.public.results[&record::Results::file(number)]]).to_string()
}

/// When lists go into the log: after both draws, whatever they say of themselves, so that
/// the witnesses' times rise.
const LOGGED: [&str; 3] = ["2027-02-01T01:00:00Z", "2027-02-02T01:00:00Z", "2027-02-03T01:00:00Z"];

/// Publishes the next list.
pub fn add(office: &mut Office, at: &str, lines: &[String]) {
    add_when(office, at, LOGGED[office.public.results.len()], lines);
}

/// Publishes the next list, and logs it at `when`.
fn add_when(office: &mut Office, at: &str, when: &str, lines: &[String]) {
    let number = office.public.results.len() as u32 + 1;
    let after = if number == 1 { "none".to_owned() } else { hash(office, number - 1) };
    office.list(number, &text(number, &after, at, lines), when);
}

/// What the first list says.
pub fn first_lines(office: &Office) -> Vec<String> {
    let units = drawn(office, "2026-001");
    let mut lines: Vec<String> =
        units[1..4].iter().map(|unit| fine("2026/001", unit, "2026-09-10")).collect();
    let unit = &units[0];
    lines.push(format!("result example/2026/001 {unit} 2026-09-08 3 1 by-date=1,seal=1 XF01=open"));
    lines
}

/// Three lists: results; then the rest, a correction, a second look, a visit that ended
/// and a penalty; then the draw that was opened.
pub fn clean() -> Office {
    let mut office = office();
    let lines = first_lines(&office);
    add(&mut office, "2026-09-20T01:00:00Z", &lines);
    let units = drawn(&office, "2026-001");
    let mut lines: Vec<String> = units[5..].iter().map(|unit| fine("2026/001", unit, "2026-09-28")).collect();
    lines.push(format!("closed example/2026/001 {}", units[4]));
    lines.push(format!(
        "again 2026/reinspection/0001 example/2026/001 {} 2026-09-29 0 2 - XF01=corrected",
        units[0]
    ));
    lines
        .push(format!("penalty 2026/penalty/0001 2026-09-25 {} 5000 示例消行罚决字〔2026〕0001号", units[0]));
    lines.push("penalty 2026/penalty/0002 2026-09-25 - 0 示例消行罚决字〔2026〕0002号".to_owned());
    lines.push(format!("result example/2026/001 {} 2026-09-10 1 1 at-once=1 XF01=corrected", units[1]));
    add(&mut office, "2026-10-08T01:00:00Z", &lines);
    let opened: Vec<String> =
        drawn(&office, "2026-002").iter().map(|unit| fine("2026/002", unit, "2026-12-15")).collect();
    add(&mut office, "2027-01-25T01:00:00Z", &opened);
    office
}

/// A history with what is wrong with it.
pub struct Case {
    pub name: &'static str,
    pub make: fn() -> Office,
    pub failing: &'static [&'static str],
    /// Check, place of the finding, words.
    pub says: &'static [(&'static str, &'static str, &'static str)],
}

fn changed(mut office: Office, number: u32, from: &str, to: &str) -> Office {
    let list = office.public.results.get_mut(&record::Results::file(number)).expect("a list");
    let text = String::from_utf8(list.clone()).expect("UTF-8");
    assert!(text.contains(from), "{from}");
    *list = text.replacen(from, to, 1).into_bytes();
    office
}

fn one_list(at: &str, lines: impl FnOnce(&Office) -> Vec<String>) -> Office {
    let mut office = office();
    let lines = lines(&office);
    add(&mut office, at, &lines);
    office
}

fn second_list(at: &str, lines: impl FnOnce(&Office) -> Vec<String>) -> Office {
    let mut office = office();
    let first = first_lines(&office);
    add(&mut office, "2026-09-20T01:00:00Z", &first);
    let lines = lines(&office);
    add(&mut office, at, &lines);
    office
}

fn any(office: &Office) -> Vec<String> {
    vec![fine("2026/001", &drawn(office, "2026-001")[7], "2026-09-15")]
}

pub const CASES: &[Case] = &[
    Case {
        name: "results-edited",
        make: || changed(clean(), 1, "3 1 by-date", "3 3 by-date"),
        failing: &["A06", "A18"],
        says: &[
            ("A06", "results/results-0001.txt", "the log has"),
            ("A18", "results/results-0002.txt", "another list than the one before"),
        ],
    },
    Case {
        name: "results-last-edited",
        make: || changed(clean(), 3, "2026-12-15", "2026-12-16"),
        failing: &["A06"],
        says: &[("A06", "results/results-0003.txt", "the log has")],
    },
    Case {
        name: "results-dropped",
        make: || {
            let mut office = clean();
            office.public.results.remove("results-0002.txt");
            office
        },
        failing: &["A06", "A18"],
        says: &[
            ("A06", "results/results-0002.txt", "not there"),
            ("A18", "results/results-0002.txt", "missing"),
        ],
    },
    Case {
        name: "results-last-dropped",
        make: || {
            let mut office = clean();
            office.public.results.remove("results-0003.txt");
            office
        },
        failing: &["A06", "A18"],
        says: &[("A18", "results/results-0003.txt", "missing")],
    },
    Case {
        name: "results-all-dropped",
        make: || {
            let mut office = clean();
            office.public.results.clear();
            office
        },
        failing: &["A06", "A18"],
        says: &[("A18", "results/results-0001.txt", "lists 1 to 3 are missing")],
    },
    Case {
        name: "results-lines-reordered",
        make: || {
            let mut office = clean();
            let list = office.public.results.get_mut("results-0003.txt").expect("a list");
            let text = String::from_utf8(list.clone()).expect("UTF-8");
            let mut lines: Vec<&str> = text.lines().collect();
            lines.swap(6, 7);
            *list = (lines.join("\n") + "\n").into_bytes();
            office
        },
        failing: &["A06", "A18"],
        says: &[("A18", "results/results-0003.txt", "the lines do not rise")],
    },
    Case {
        name: "results-exchanged",
        make: || {
            let mut office = clean();
            let second = office.public.results.remove("results-0002.txt").expect("a list");
            let third = office.public.results.insert("results-0003.txt".to_owned(), second);
            office.public.results.insert("results-0002.txt".to_owned(), third.expect("a list"));
            office
        },
        failing: &["A06", "A18"],
        says: &[("A18", "results/results-0002.txt", "it says it is list 3")],
    },
    Case {
        name: "results-unit-not-drawn",
        make: || {
            one_list("2026-09-20T01:00:00Z", |office| {
                vec![fine("2026/001", &left_out(office, "2026-001"), "2026-09-10")]
            })
        },
        failing: &["A18"],
        says: &[("A18", "results/results-0001.txt", "the unit was not drawn")],
    },
    Case {
        name: "results-of-no-draw",
        make: || one_list("2026-09-20T01:00:00Z", |_| vec![fine("2026/009", "U1", "2026-09-10")]),
        failing: &["A18"],
        says: &[("A18", "results/results-0001.txt", "there is no such draw")],
    },
    Case {
        name: "results-before-the-opening",
        make: || {
            let mut office = Office::new();
            office.draw("2026-09-01", false);
            let whole = office.drawn("2026-12-01", true, 11);
            let steps = super::office::steps(&whole);
            let name = super::office::number_of(&whole).folder();
            let (last, first) = steps.split_last().expect("steps");
            first.iter().for_each(|(part, at)| office.publish(&name, part, *at));
            let unit = {
                let table: Table<DrawnLine> =
                    Table::read(whole.get(record::DRAWN).expect("a table")).expect("a table");
                table.lines[0].unit.clone()
            };
            add_when(
                &mut office,
                "2026-12-20T01:00:00Z",
                "2026-12-20T01:00:00Z",
                &[fine("2026/002", &unit, "2026-12-15")],
            );
            office.publish(&name, &last.0, last.1);
            office.closed(&whole);
            office
        },
        failing: &["A07", "A18"],
        says: &[
            ("A07", "results/results-0001.txt", "made the result of example/2026/002 public"),
            ("A18", "results/results-0001.txt", "was not public then"),
        ],
    },
    Case {
        name: "results-unit-twice-in-a-list",
        make: || {
            one_list("2026-09-30T01:00:00Z", |office| {
                let unit = &drawn(office, "2026-001")[0];
                vec![fine("2026/001", unit, "2026-09-10"), fine("2026/001", unit, "2026-09-11")]
            })
        },
        failing: &["A18"],
        says: &[("A18", "results/results-0001.txt", "a key is there twice")],
    },
    Case {
        name: "results-visited-and-closed",
        make: || {
            one_list("2026-09-30T01:00:00Z", |office| {
                let unit = &drawn(office, "2026-001")[0];
                vec![fine("2026/001", unit, "2026-09-10"), format!("closed example/2026/001 {unit}")]
            })
        },
        failing: &["A18"],
        says: &[("A18", "results/results-0001.txt", "a key is there twice")],
    },
    Case {
        name: "results-of-another-item",
        make: || one_list("2026-09-30T01:00:00Z", |office| vec![any(office)[0].replace("XF01", "XF02")]),
        failing: &["A18"],
        says: &[("A18", "results/results-0001.txt", "XF02 is no item of the draw")],
    },
    Case {
        name: "results-visited-before-the-draw",
        make: || {
            one_list("2026-09-30T01:00:00Z", |office| {
                vec![any(office)[0].replace("2026-09-15", "2026-08-20")]
            })
        },
        failing: &["A18"],
        says: &[("A18", "results/results-0001.txt", "visited on 2026-08-20, drawn on 2026-08-25")],
    },
    Case {
        name: "results-of-a-day-to-come",
        make: || {
            one_list("2026-09-30T01:00:00Z", |_| {
                vec!["penalty 2026/penalty/0001 2026-10-01 - 100 1号".to_owned()]
            })
        },
        failing: &["A18"],
        says: &[("A18", "results/results-0001.txt", "published on 2026-09-30")],
    },
    Case {
        name: "results-looked-at-again-first",
        make: || {
            one_list("2026-09-30T01:00:00Z", |office| {
                let unit = &drawn(office, "2026-001")[0];
                vec![format!("again 2026/reinspection/0001 example/2026/001 {unit} 2026-09-29 0 0 - -")]
            })
        },
        failing: &["A18"],
        says: &[("A18", "results/results-0001.txt", "a second look without a result")],
    },
    Case {
        name: "results-back-dated",
        make: || second_list("2026-09-19T01:00:00Z", any),
        failing: &["A18"],
        says: &[("A18", "results/results-0002.txt", "the list before of 2026-09-20")],
    },
    Case {
        name: "results-journal-shorter",
        make: || {
            let mut fresh = office();
            let first = first_lines(&fresh);
            add(&mut fresh, "2026-09-20T01:00:00Z", &first);
            let after = hash(&fresh, 1);
            let lines = any(&fresh);
            let second = text(2, &after, "2026-09-30T01:00:00Z", &lines).replace("journal 20 ", "journal 9 ");
            fresh.list(2, &second, LOGGED[1]);
            fresh
        },
        failing: &["A18"],
        says: &[("A18", "results/results-0002.txt", "the journal has 9 entries and had 10 before")],
    },
    Case {
        name: "results-number-skipped",
        make: || {
            let mut office = office();
            let first = first_lines(&office);
            add(&mut office, "2026-09-20T01:00:00Z", &first);
            let (after, lines) = (hash(&office, 1), any(&office));
            office.list(3, &text(3, &after, "2026-09-30T01:00:00Z", &lines), LOGGED[1]);
            office
        },
        failing: &["A18"],
        says: &[("A18", "results/results-0002.txt", "lists 2 to 2 are missing")],
    },
    Case {
        name: "results-of-another-office",
        make: || {
            let mut office = office();
            let first = first_lines(&office);
            add(&mut office, "2026-09-20T01:00:00Z", &first);
            let after = hash(&office, 1);
            let lines = ["penalty 2026/penalty/0001 2026-09-25 - 100 1号".to_owned()];
            let other =
                text(2, &after, "2026-09-30T01:00:00Z", &lines).replace("office example", "office other");
            office.list(2, &other, LOGGED[1]);
            office
        },
        failing: &["A18"],
        says: &[("A18", "results/results-0002.txt", "of another office, other")],
    },
    Case {
        name: "results-not-logged",
        make: || {
            let mut office = office();
            let text = text(1, "none", "2026-09-20T01:00:00Z", &first_lines(&office));
            office.public.results.insert("results-0001.txt".to_owned(), text.into_bytes());
            office
        },
        failing: &["A06"],
        says: &[("A06", "results/results-0001.txt", "is not in the log")],
    },
    Case {
        name: "results-not-logged-yet",
        make: || {
            let mut office = office();
            let text = text(1, "none", "2027-02-28T12:00:00Z", &first_lines(&office));
            office.public.results.insert("results-0001.txt".to_owned(), text.into_bytes());
            office
        },
        failing: &[],
        says: &[("A06", "results/results-0001.txt", "not in the log yet")],
    },
    Case {
        name: "results-logged-twice",
        make: || {
            let mut office = clean();
            let text = String::from_utf8(office.public.results["results-0003.txt"].clone()).expect("UTF-8");
            office.list(3, &text, "2027-02-04T00:00:00Z");
            office
        },
        failing: &["A05"],
        says: &[("A05", "log/#", "results-0003.txt of example is there as entry")],
    },
    Case {
        name: "results-logged-in-another-order",
        make: || {
            let mut office = office();
            let first = text(1, "none", "2026-09-20T01:00:00Z", &first_lines(&office));
            let after = Digest::of(&[first.as_bytes()]).to_string();
            let second = text(2, &after, "2026-09-30T01:00:00Z", &any(&office));
            office.list(2, &second, LOGGED[0]);
            office.list(1, &first, LOGGED[1]);
            office
        },
        failing: &["A07"],
        says: &[("A07", "results/results-0002.txt", "stands before list 1")],
    },
    Case {
        name: "results-with-another-file",
        make: || {
            let mut office = clean();
            office.public.results.insert("results-1.txt".to_owned(), b"stray\n".to_vec());
            office.public.results.insert("old/".to_owned(), Vec::new());
            office
        },
        failing: &["A18"],
        says: &[
            ("A18", "results/results-1.txt", "no name of a list"),
            ("A18", "results/old/", "no name of a list"),
        ],
    },
    Case {
        name: "results-outside-the-window",
        make: || {
            one_list("2026-10-20T01:00:00Z", |office| {
                vec![any(office)[0].replace("2026-09-15", "2026-10-12")]
            })
        },
        failing: &[],
        says: &[("A18", "results/results-0001.txt", "outside the window")],
    },
    Case {
        name: "results-said-again",
        make: || second_list("2026-09-30T01:00:00Z", first_lines),
        failing: &[],
        says: &[("A18", "results/results-0002.txt", "takes the place of what list 1 says")],
    },
    Case {
        name: "results-of-few",
        make: || one_list("2026-09-30T01:00:00Z", any),
        failing: &[],
        says: &[("A18", "2026-001", "1 of"), ("A18", "2026-001", "more than 60 days ago")],
    },
];
