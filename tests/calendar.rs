//! Working days: what ships agrees with the announcements, the law's way of counting,
//! and what is refused.

use yaohao::calendar::{Calendar, UnknownYear};
use yaohao::problem::Kind;
use yaohao::time::Date;

fn shipped() -> Calendar {
    let text = std::fs::read_to_string("config/calendar.toml").expect("it ships");
    Calendar::read("calendar.toml", &text).expect("it is right")
}

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

#[test]
fn the_years_have_as_many_working_days_as_announced() {
    let calendar = shipped();
    for (year, worked) in [(2023, 249), (2024, 251), (2025, 248), (2026, 248)] {
        let days = calendar.working_days(day(&format!("{year}-01-01")), day(&format!("{year}-12-31")));
        assert_eq!(days.expect("known").len(), worked, "{year}");
        assert!(calendar.source(year).is_some_and(|source| source.contains("国办发明电")));
    }
    assert_eq!(calendar.source(2027), None);
}

#[test]
fn saturdays_are_worked_in_exchange_and_holidays_are_not() {
    let calendar = shipped();
    for (text, worked) in [
        ("2026-10-10", true), // Saturday for the National Day
        ("2026-02-14", true), // Saturday for the Spring Festival
        ("2026-02-28", true),
        ("2026-10-17", false), // any other Saturday
        ("2026-10-18", false),
        ("2026-10-01", false), // Thursday
        ("2026-10-08", true),
        ("2026-04-06", false), // Monday
        ("2025-10-08", false),
        ("2024-02-09", true), // Chinese New Year's Eve was worked in 2024
    ] {
        assert_eq!(calendar.is_working(day(text)), Ok(worked), "{text}");
    }
}

#[test]
fn a_period_begins_on_the_next_day_and_counts_working_days() {
    let calendar = shipped();
    // Wednesday; then a week's holiday, and a Saturday that is worked.
    let (from, cases) =
        (day("2026-09-30"), [(0, "2026-09-30"), (1, "2026-10-08"), (3, "2026-10-10"), (4, "2026-10-12")]);
    for (n, end) in cases {
        assert_eq!(calendar.plus_working_days(from, n), Ok(day(end)), "{n}");
    }
    // From a day off.
    assert_eq!(calendar.plus_working_days(day("2026-10-17"), 1), Ok(day("2026-10-19")));
    // Over the end of a year.
    assert_eq!(calendar.plus_working_days(day("2025-12-31"), 1), Ok(day("2026-01-04")));
}

#[test]
fn a_year_that_is_not_there_is_not_guessed() {
    let calendar = shipped();
    let unknown = Err(UnknownYear(2027));
    assert_eq!(calendar.is_working(day("2027-03-01")).map(|_| ()), unknown);
    assert_eq!(calendar.plus_working_days(day("2026-12-25"), 20).map(|_| ()), unknown);
    assert_eq!(calendar.plus_working_days(day("2026-12-25"), 4), Ok(day("2026-12-31")));
    assert_eq!(calendar.working_days(day("2026-12-01"), day("2027-01-31")).map(|_| ()), unknown);
    assert_eq!(calendar.is_working(day("2022-12-31")), Err(UnknownYear(2022)));
    let told = UnknownYear(2027).problem();
    assert_eq!(told.kind, Kind::Policy);
    for text in [&told.what.zh, &told.what.en, &told.remedy.zh, &told.remedy.en] {
        assert!(text.contains("2027"), "{text}");
    }
}

/// One section with these settings in the place of good ones.
fn section(change: (&str, &str)) -> String {
    let good = [
        ("year", "2026"),
        ("source", "\"a notice\""),
        ("holidays", "[\"2026-01-01..2026-01-03\", \"2026-04-06\"]"),
        ("workdays", "[\"2026-01-04\"]"),
    ];
    let line =
        |(key, value): (&str, &str)| format!("{key} = {}\n", if key == change.0 { change.1 } else { value });
    format!("[[year]]\n{}", good.map(line).concat())
}

#[test]
fn every_wrong_entry_is_pointed_at() {
    assert!(Calendar::read("c", &section(("", ""))).is_ok());
    let cases = [
        ("year", "0", 2, 8, "没有公元 0 年"),
        ("year", "12026", 2, 8, "没有公元 12026 年"),
        ("year", "-1", 2, 8, "一个不带小数和负号的数"),
        ("source", "\" \"", 3, 10, "没有写依据"),
        ("holidays", "[\"2026-01-01\", \"2026-02-30\"]", 4, 27, "不是日期"),
        ("holidays", "[\"2026-01-03..2026-01-01\"]", 4, 13, "不是日期"),
        ("holidays", "[\"2026-1-1\"]", 4, 13, "不是日期"),
        ("holidays", "[\"2026-01-01..\"]", 4, 13, "不是日期"),
        ("holidays", "[\"2027-01-01\"]", 4, 13, "不是 2026 年的日子"),
        ("holidays", "[\"2026-12-31..2027-01-01\"]", 4, 13, "不是 2026 年的日子"),
        ("holidays", "[\"2026-04-06\", \"2026-01-01\"]", 4, 27, "没有按先后"),
        ("holidays", "[\"2026-04-04..2026-04-06\", \"2026-04-06\"]", 4, 39, "重复"),
        ("holidays", "[2026-01-01]", 4, 13, "写在双引号里的文字"),
        ("workdays", "[\"2026-01-05\"]", 5, 13, "周六或周日"),
        ("workdays", "[\"2026-01-03\"]", 5, 13, "又是放假的日子"),
        ("workdays", "\"2026-01-04\"", 5, 12, "写在方括号里的一列"),
    ];
    for (key, value, line, column, said) in cases {
        let refused = Calendar::read("c", &section((key, value))).expect_err(value);
        assert_eq!(refused.place, format!("c:{line}:{column}"), "{key} = {value}: {}", refused.what.zh);
        assert!(refused.what.zh.contains(said), "{key} = {value}: {}", refused.what.zh);
    }
    let twice = Calendar::read("c", &section(("", "")).repeat(2)).expect_err("the year is there twice");
    assert!(twice.place == "c:7:8" && twice.what.zh.contains("写了两节"), "{twice:?}");
    for text in ["", "[[years]]\n", "[[year]]\nyear = 2026\n"] {
        assert!(Calendar::read("c", text).is_err(), "{text:?}");
    }
}
