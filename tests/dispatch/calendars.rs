//! Calendars, read back by a strict reader of RFC 5545.

use super::case::{Office, at, day, drawn, office, tasks};
use proptest::prelude::*;
use std::collections::BTreeMap;
use yaohao::dispatch::calendar;
use yaohao::task::{Act, Entry, Ledger, Task};

/// Properties of each event, by name with parameters.
type Event = BTreeMap<String, String>;

/// Reads a calendar; panics wherever it is not what 3.1 and 3.4 to 3.8 ask.
fn read(text: &str) -> Vec<Event> {
    assert!(text.ends_with("\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "a line feed by itself");
    assert_eq!(text.matches('\r').count(), text.matches("\r\n").count(), "a carriage return by itself");
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
    }
    let unfolded = text.replace("\r\n ", "");
    let lines: Vec<&str> = unfolded.trim_end().split("\r\n").collect();
    let [first, version, product, scale, lines @ .., last] = &lines[..] else { panic!("a short calendar") };
    assert_eq!([*first, *last], ["BEGIN:VCALENDAR", "END:VCALENDAR"]);
    assert_eq!(
        [*version, *product, *scale],
        ["VERSION:2.0", "PRODID:-//yaohao//dispatch//ZH", "CALSCALE:GREGORIAN"]
    );
    let mut events = Vec::new();
    let mut open: Option<Event> = None;
    for line in lines {
        match (*line, &mut open) {
            ("BEGIN:VEVENT", None) => open = Some(Event::new()),
            ("END:VEVENT", Some(_)) => events.extend(open.take()),
            (line, Some(event)) => {
                let (name, value) = line.split_once(':').expect("a property");
                assert!(event.insert(name.to_owned(), value.to_owned()).is_none(), "{name} twice");
            }
            _ => panic!("{line} stands outside"),
        }
    }
    assert!(open.is_none());
    for event in &events {
        // Once each, and in every event (3.6.1).
        assert!(
            ["UID", "DTSTAMP", "DTSTART;VALUE=DATE", "SUMMARY"].iter().all(|name| event.contains_key(*name))
        );
    }
    events
}

/// The text of a property (3.3.11); panics where something is not escaped.
fn words(value: &str) -> String {
    let mut out = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next() {
                Some('n') => '\n',
                Some(c @ ('\\' | ';' | ',')) => c,
                c => panic!("\\{c:?}"),
            },
            ';' | ',' => panic!("{c} is not escaped in {value}"),
            c => c,
        });
    }
    out
}

fn of(office: &Office, tasks: &[Task], number: &str) -> Vec<Event> {
    read(&calendar(&office.inspector(tasks, number)))
}

/// The event of a visit.
fn event<'a>(events: &'a [Event], unit: &str) -> &'a Event {
    let uid = format!("2026-001-{unit}@example.yaohao");
    events.iter().find(|event| event["UID"] == uid).expect("an event")
}

#[test]
fn a_visit_is_an_event_of_one_day() {
    let events = of(&office(), &tasks(), "SL02");
    assert_eq!(events.len(), 3);
    let event = event(&events, "9150011200000002XA");
    assert_eq!(event["DTSTART;VALUE=DATE"], "20261106");
    assert_eq!(event["DTEND;VALUE=DATE"], "20261107");
    assert_eq!(event["DTSTAMP"], "20261104T003000Z");
    assert_eq!((event["STATUS"].as_str(), event["SEQUENCE"].as_str()), ("CONFIRMED", "0"));
    assert_eq!(words(&event["SUMMARY"]), "双随机抽查：乙商场，一店;二店");
    let description = words(&event["DESCRIPTION"]);
    assert!(
        description.contains("主办 孙三、协办 钱二\n事项：单位履行消防安全职责情况、疏散条件\n"),
        "{description}"
    );
    assert!(!event.keys().any(|name| name.contains("TZID")));
}

#[test]
fn a_visit_without_a_day_is_in_no_calendar_and_one_called_off_is_cancelled() {
    let events = of(&office(), &tasks(), "SL03");
    assert_eq!(events.len(), 2, "丁学校 has no day");
    let events = of(&office(), &tasks(), "SL01");
    assert_eq!(event(&events, "gh12345678")["STATUS"], "CANCELLED");
    assert_eq!(event(&events, "gh12345678")["SEQUENCE"], "1");
}

#[test]
fn a_change_keeps_the_uid_and_raises_the_sequence() {
    let before = of(&office(), &tasks(), "SL03");
    let mut ledger = Ledger::default();
    tasks().into_iter().for_each(|task| ledger.add(task));
    let moved = Act::Moved { matter: drawn("ab12"), day: day("2026-11-13"), reason: "停电".into() };
    ledger.enter(&Entry {
        number: 2,
        after: None,
        at: at("2026-11-05T00:00:00Z"),
        by: "A01".into(),
        acts: vec![moved],
    });
    let tasks: Vec<Task> = ledger.tasks.into_values().collect();
    let mut office = office();
    let after = of(&office, &tasks, "SL03");
    let (old, new) = (event(&before, "ab12"), event(&after, "ab12"));
    assert_eq!((old["SEQUENCE"].as_str(), new["SEQUENCE"].as_str()), ("0", "1"));
    assert_eq!(
        (old["DTSTART;VALUE=DATE"].as_str(), new["DTSTART;VALUE=DATE"].as_str()),
        ("20261110", "20261113")
    );
    assert!(words(&new["DESCRIPTION"]).ends_with("变更：改期（原定11月10日）"));
    office.changes.insert(drawn("ab12"), 2);
    assert_eq!(event(&of(&office, &tasks, "SL03"), "ab12")["SEQUENCE"], "3");
}

#[test]
fn a_secret_visit_is_confidential() {
    let mut office = office();
    office.is_secret = true;
    for event in of(&office, &tasks(), "SL01") {
        assert_eq!(event["CLASS"], "CONFIDENTIAL");
        assert!(words(&event["DESCRIPTION"]).starts_with("检查前不得外传\n"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    /// Whatever a unit is called, every line is whole, short, and says it again.
    #[test]
    fn any_name_comes_back(name in "[ -~一-鿿，；\\\\;,😀\u{80}-\u{9f}]{1,120}") {
        let mut tasks = tasks();
        let is = |task: &&mut Task| task.matter == drawn("ab12");
        tasks.iter_mut().find(is).expect("there").name = name.clone();
        let events = of(&office(), &tasks, "SL03");
        let printed: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        prop_assert_eq!(words(&event(&events, "ab12")["SUMMARY"]), format!("双随机抽查：{printed}"));
    }
}
