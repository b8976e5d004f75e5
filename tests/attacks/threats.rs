//! The table of docs/threat-model.md, executed: every line of the protocol's threats is
//! there, and every fixture it names exists and is convicted by the check it names.

use super::cases::CASES;
use super::district::Chance;
use super::district::outside::quicknet;
use super::{failing, forged};
use std::collections::BTreeSet;
use yaohao::audit::Report;
use yaohao::record;
use yaohao::verify::{Known, Verdict, verify};

/// The threats that the protocol promises to answer.
const LINES: [&str; 18] = [
    "operator re-rolls",
    "edits register, policy or software after the seed",
    "grinds register bytes",
    "picks a convenient beacon, or an “outage”",
    "draws many and uses one",
    "drops a unit before the commitment",
    "withholds a nonce",
    "opens late",
    "beacon key compromised",
    "inspector swapped after the draw",
    "chooses the day of a visit",
    "inspector or unit learns early",
    "log operator shows two histories",
    "back-dated commitment",
    "duplicate or look-alike ids, CRLF, BOM",
    "wrong-round beacon replay",
    "rigged verifier page",
    "one-byte flips anywhere",
];

/// A fixture, and what convicts it.
type Fixture = (String, Vec<String>);

/// Rows of the table: what is tried, and its fixtures.
fn rows() -> Vec<(String, Vec<Fixture>)> {
    let page = std::fs::read_to_string("docs/threat-model.md").expect("the page");
    let (_, table) = page
        .split_once("| threat | answer | fixture and what convicts it |\n|---|---|---|\n")
        .expect("the table");
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [threat, _, fixtures] = cells[..] else { panic!("{line}: three columns") };
        // `kind:name` ID ID, `kind:name` ID
        let mut pieces = fixtures.split('`').skip(1);
        let mut found = Vec::new();
        while let (Some(name), Some(ids)) = (pieces.next(), pieces.next()) {
            let ids = ids.trim_matches([' ', ',', ';']).split(' ').filter(|id| !id.is_empty());
            found.push((name.to_owned(), ids.map(str::to_owned).collect()));
        }
        (threat.to_owned(), found)
    };
    table.lines().take_while(|line| line.starts_with('|')).map(row).collect()
}

#[test]
fn every_threat_of_the_protocol_has_a_fixture_that_its_check_convicts() {
    let rows = rows();
    let threats: Vec<&str> = rows.iter().map(|(threat, _)| threat.as_str()).collect();
    assert_eq!(threats, LINES);
    let mut wrong = Vec::new();
    for (threat, fixtures) in &rows {
        if fixtures.is_empty() {
            wrong.push(format!("{threat}: no fixture"));
        }
        for (fixture, ids) in fixtures {
            let (kind, name) = fixture.split_once(':').expect("kind:name");
            let said = match kind {
                "attack" => attack(name, ids),
                "audit" if !ids.is_empty() => audited(name, ids),
                "slip" => in_source("tests/slip/attacks.rs", &format!("(\"{name}\", \"{}\"", ids[0])),
                test => in_source(&format!("tests/{test}.rs"), &format!("fn {name}(")),
            };
            wrong.extend(said.err().map(|why| format!("{threat}: {fixture} {ids:?}: {why}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A forged draw: the first check that fails is the one named.
fn attack(name: &str, ids: &[String]) -> Result<(), String> {
    let (_, folder) = forged(name).ok_or("no such attack")?;
    let failed = failing(&folder, &Known::default());
    let wanted: Vec<&str> = ids.iter().map(String::as_str).collect();
    if failed.first().into_iter().eq(wanted.iter()) { Ok(()) } else { Err(format!("fails {failed:?}")) }
}

/// A history: every check named has found something, every state named is there.
fn audited(name: &str, ids: &[String]) -> Result<(), String> {
    let case = CASES.iter().find(|case| case.name == name).ok_or("no such case")?;
    let tried = (case.make)();
    let report = tried.office.audit_with(tried.now, None, &tried.seen);
    let missing: Vec<&String> = ids.iter().filter(|id| !has(&report, id)).collect();
    if missing.is_empty() && !ids.is_empty() { Ok(()) } else { Err(format!("not {missing:?}")) }
}

fn has(report: &Report, id: &str) -> bool {
    let findings =
        report.checks.iter().flat_map(|check| check.findings.iter().map(move |finding| (check.id, finding)));
    let by_check = |(check, finding): (&str, &yaohao::audit::Finding)| {
        check == id
            || finding.state.is_some_and(|state| state.key() == id)
            || finding.evidence.en.starts_with(&format!("{id} "))
    };
    findings.into_iter().any(by_check)
}

fn in_source(file: &str, text: &str) -> Result<(), String> {
    let source = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    if source.contains(text) { Ok(()) } else { Err(format!("{file} has no {text}")) }
}

/// Who has stolen the key of a beacon knows its pulses in advance. The nonces, of which
/// one is not his, still decide: with the same pulse others are drawn.
#[test]
fn a_pulse_known_in_advance_decides_nothing_alone() {
    let drawn = |number: u64| {
        let folder = quicknet().draw(&Chance::number(number)).folder;
        assert_eq!(verify(&folder, &Known::default()).verdict, Verdict::Verified);
        let pulse = folder.get(record::BEACON).expect("a pulse");
        let shown = String::from_utf8_lossy(pulse).lines().last().expect("an outcome").to_owned();
        let units = String::from_utf8_lossy(folder.get(record::DRAWN).expect("units")).into_owned();
        let ids: BTreeSet<String> =
            units.lines().skip(1).map(|line| line.split(' ').next().expect("an id").to_owned()).collect();
        (shown, ids)
    };
    let [(first, a), (second, b)] = [11, 12].map(drawn);
    assert_eq!(first, second);
    assert_ne!(a, b);
}
