//! Canonical tables: one form, and back.

use super::office::{UNITS, import};
use proptest::collection::{btree_set, vec};
use proptest::option::of;
use proptest::prelude::*;
use std::collections::BTreeSet;
use yaohao::problem::Kind;
use yaohao::register::import::Entry;
use yaohao::register::{
    Class, Credit, Inspector, Item, Level, Post, Recusal, Scope, Status, Subject, Unit, canonical,
};
use yaohao::time::{Date, Period};

fn free_text() -> impl Strategy<Value = String> {
    "[^\\p{C}\u{2028}\u{2029}]{1,12}"
        .prop_map(|text| text.trim_matches([' ', '\u{3000}', '\u{fffd}']).replace('\u{fffd}', "?"))
        .prop_filter("free text", |text| !text.is_empty())
}

fn token() -> impl Strategy<Value = String> {
    // Never 18 characters, so that no code of chance breaks the alphabet of codes.
    "[A-Za-z0-9][A-Za-z0-9_./-]{0,14}".prop_filter("scientific", |id| !id.contains(['e', 'E']))
}

fn tag() -> impl Strategy<Value = String> {
    "[\\p{Han}a-zA-Z0-9“”（）-]{1,5}"
}

fn date() -> impl Strategy<Value = Date> {
    (1949..2100_i32, 1..=12_u32, 1..=28_u32).prop_map(|(y, m, d)| Date::new(y, m, d).unwrap())
}

fn period() -> impl Strategy<Value = Period> {
    (of(date()), of(date())).prop_map(|(a, b)| match (a, b) {
        (Some(a), Some(b)) => Period { from: Some(a.min(b)), until: Some(a.max(b)) },
        (from, until) => Period { from, until },
    })
}

fn some<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(all)
}

prop_compose! {
    fn unit()(
        (id, name, town, address) in (token(), free_text(), of("[0-9]{9}"), of(free_text())),
        (class, credit, status) in (some(Class::ALL), of(some(Credit::ALL)), some(Status::ALL)),
        (tags, group, period) in (btree_set(tag(), 0..3), of(free_text()), period()),
        (last_inspection, last_team) in (of(date()), btree_set(token(), 0..3)),
        (visits_this_year, minutes, penalties) in (any::<u32>(), of(any::<u32>()), any::<u32>()),
        licence in of(free_text()),
    ) -> Unit {
        Unit {
            id, name, town, address, class, credit, tags, group, status, period, last_inspection, last_team,
            visits_this_year, minutes, penalties, licence,
        }
    }
}

prop_compose! {
    fn inspector()(
        (certificate, name, department) in (token(), free_text(), of(free_text())),
        (zone, lead, post) in ("[a-z][a-z0-9-]{0,8}", any::<bool>(), some(Post::ALL)),
        scope in of(btree_set(token(), 0..3)),
        (skills, expert) in (btree_set(tag(), 0..3), any::<bool>()),
        (from, days, leave) in (of(date()), 0..999_i64, btree_set((date(), 0..30_i64), 0..3)),
        (capacity_minutes, carried_minutes) in (of(any::<u32>()), any::<u32>()),
    ) -> Inspector {
        let stretch = |(day, days): (Date, i64)| Period { from: Some(day), until: Some(day.plus_days(days)) };
        let until = from.unwrap_or(Date::new(2028, 1, 1).unwrap()).plus_days(days);
        Inspector {
            certificate, name, department: department.unwrap_or_default(), zone, lead, post,
            scope: scope.map_or(Scope::All, Scope::Only), skills, expert,
            validity: Period { from, until: Some(until) },
            leave: leave.into_iter().map(stretch).collect(),
            capacity_minutes, carried_minutes,
        }
    }
}

prop_compose! {
    fn item()(
        (code, category, name, basis) in (token(), of(free_text()), free_text(), free_text()),
        (classes, tags) in (btree_set(some(Class::ALL), 0..3), btree_set(tag(), 0..3)),
        (level, staff) in (some(Level::ALL), 2..u32::MAX),
        (ratio, frequency, method) in (of(free_text()), of(free_text()), of(free_text())),
        (skill, joint_lead, joint_partners) in (of(tag()), of(free_text()), btree_set(tag(), 0..3)),
    ) -> Item {
        Item {
            code, category: category.unwrap_or_default(), name, basis, classes, tags, level, ratio, frequency,
            method, staff, skill, joint_lead, joint_partners,
        }
    }
}

prop_compose! {
    fn recusal()(
        certificate in token(),
        subject in prop_oneof![token().prop_map(Subject::Unit), free_text().prop_map(Subject::Group)],
        (period, reason) in (period(), free_text()),
    ) -> Recusal {
        Recusal { certificate, subject, period, reason }
    }
}

fn round_trip<T: Entry + std::fmt::Debug + Clone>(mut entries: Vec<T>) {
    entries.sort_by(|a, b| a.order(b));
    // Ids are unique in a register.
    let mut seen = BTreeSet::new();
    entries.retain(|entry| !T::UNIQUE || seen.insert(entry.id().to_owned()));
    let text = canonical::print(&entries);
    let read = canonical::read::<T>(text.as_bytes(), "table.csv")
        .unwrap_or_else(|problem| panic!("{problem:?}\n{text}"));
    assert_eq!(read, entries);
    let reversed: Vec<T> = entries.into_iter().rev().collect();
    assert_eq!(canonical::print(&reversed), text);
}

proptest! {
    #![proptest_config(crate::cases(128))]

    #[test]
    fn units_come_back(entries in vec(unit(), 0..6)) { round_trip(entries) }

    #[test]
    fn inspectors_come_back(entries in vec(inspector(), 0..6)) { round_trip(entries) }

    #[test]
    fn items_come_back(entries in vec(item(), 0..6)) { round_trip(entries) }

    #[test]
    fn recusals_come_back(entries in vec(recusal(), 0..6)) { round_trip(entries) }
}

const GOOD: &str = "执法证号,回避对象,生效日期,失效日期,回避事由\nA1,group:某集团,,2026-12-31,亲属任职\nA2,unit:X1,,,亲属任职\n";

#[test]
fn only_the_one_form_is_read() {
    assert_eq!(canonical::read::<Recusal>(GOOD.as_bytes(), "r.csv").unwrap().len(), 2);
    let other = [
        ("2026-12-31", "2026-12-3"),
        ("2026-12-31", "2026/12/31"),
        ("亲属任职", "亲属任职 "),
        ("亲属任职", "\"亲属任职\""),
        ("亲属任职\n", "亲属任职\r\n"),
        ("任职\nA2", "任职\n\nA2"),
        ("unit:X1", "X1"),
        ("A2", "A0"),
        ("A2", "Ａ2"),
        ("执法证号", "\u{feff}执法证号"),
        ("回避事由\n", "回避事由,备注\n"),
        ("回避对象,生效日期", "生效日期,回避对象"),
        ("X1,,,亲属任职\n", "X1,,,亲属任职"),
    ];
    for (from, to) in other {
        let text = GOOD.replacen(from, to, 1);
        assert_ne!(text, GOOD, "{from}");
        let problem = canonical::read::<Recusal>(text.as_bytes(), "r.csv").expect_err(to);
        assert!(matches!(problem.kind, Kind::Unreadable | Kind::Register), "{problem:?}");
        assert!(problem.place.starts_with("r.csv"));
    }
}

#[test]
fn what_was_only_warned_of_can_be_kept() {
    let csv = format!(
        "{UNITS}\nYB-01,甲,别处,general\nyb0l,乙,500999001,general\n910000000000000010,丙,,general\n"
    );
    let (units, report) = import::<Unit>(csv);
    assert_eq!((units.len(), report.findings.len()), (3, 6));
    let text = canonical::print(&units);
    assert_eq!(canonical::read::<Unit>(text.as_bytes(), "units.csv").unwrap(), units);
}

#[test]
fn a_bad_row_is_named() {
    let text = GOOD.replace("A2,", "A 2,");
    let problem = canonical::read::<Recusal>(text.as_bytes(), "r.csv").unwrap_err();
    assert_eq!((problem.kind, problem.place.as_str()), (Kind::Unreadable, "r.csv:3: 执法证号"));
    let text = GOOD.replace("2026-12-31", "2026/12/31");
    let problem = canonical::read::<Recusal>(text.as_bytes(), "r.csv").unwrap_err();
    assert_eq!(problem.place, "r.csv:2");
}
