//! The calendar's file: every value keeps its place, so that a wrong day is pointed at.

use super::Year;
use crate::config::Source;
use crate::lang::Said;
use crate::problem::Outcome;
use crate::said;
use crate::time::Date;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    year: Vec<Section>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    year: Spanned<u32>,
    source: Spanned<String>,
    holidays: Vec<Spanned<String>>,
    workdays: Vec<Spanned<String>>,
}

/// All years of the file, or the first that is wrong.
pub(super) fn years(source: &Source<'_>, file: &File) -> Outcome<BTreeMap<i32, Year>> {
    let mut years = BTreeMap::new();
    for section in &file.year {
        let number = number(source, section)?;
        if years.insert(number, year(source, section, number)?).is_some() {
            let what = said!("{number} 年写了两节", "{number} is there twice");
            return wrong(source, &section.year, what, said!("并成一节", "make one section of them"));
        }
    }
    Ok(years)
}

fn number(source: &Source<'_>, section: &Section) -> Outcome<i32> {
    let number = *section.year.get_ref();
    match i32::try_from(number) {
        Ok(year) if Date::new(year, 1, 1).is_some() => Ok(year),
        _ => wrong(
            source,
            &section.year,
            said!("没有公元 {number} 年", "there is no year {number}"),
            said!("写成 year = 2026 的样子", "write it like year = 2026"),
        ),
    }
}

fn year(source: &Source<'_>, section: &Section, year: i32) -> Outcome<Year> {
    if section.source.get_ref().trim().is_empty() {
        return wrong(
            source,
            &section.source,
            said!("没有写依据", "the source is missing"),
            said!("写通知的名称和文号", "write title and number of the notice"),
        );
    }
    let holidays = days(source, &section.holidays, year)?;
    let workdays = days(source, &section.workdays, year)?;
    for text in &section.workdays {
        let exchanged = |day: &Date| day.weekday() >= 5 && !holidays.contains(day);
        if days(source, std::slice::from_ref(text), year)?.iter().all(exchanged) {
            continue;
        }
        return wrong(
            source,
            text,
            said!(
                "调休上班的日子应是周六或周日，也不能又是放假的日子",
                "a day worked in exchange is a Saturday or Sunday, and no holiday"
            ),
            said!(
                "对照通知改正；平常的周一至周五不用写",
                "mend it by the notice; Monday to Friday need not be written"
            ),
        );
    }
    Ok(Year { source: section.source.get_ref().clone(), holidays, workdays })
}

/// The days of a list of days and ranges, which rise and are all of `year`.
fn days(source: &Source<'_>, list: &[Spanned<String>], year: i32) -> Outcome<BTreeSet<Date>> {
    let mut days = BTreeSet::new();
    for text in list {
        let Some((first, last)) = range(text.get_ref()) else {
            let given = text.get_ref();
            return wrong(
                source,
                text,
                said!("“{given}”不是日期", "\"{given}\" is not a day or a range of days"),
                said!(
                    "写成 \"{year}-05-01\" 或 \"{year}-05-01..{year}-05-05\" 的样子，后一天不早于前一天",
                    "write it like \"{year}-05-01\" or \"{year}-05-01..{year}-05-05\", the later day last"
                ),
            );
        };
        if first.year() != year || last.year() != year {
            let what = said!("不是 {year} 年的日子", "not of the year {year}");
            return wrong(
                source,
                text,
                what,
                said!("写进它那一年的一节", "put it into the section of its year"),
            );
        }
        if days.last().is_some_and(|before| *before >= first) {
            return wrong(
                source,
                text,
                said!("日子重复，或没有按先后写", "the day is there twice, or the days are not in order"),
                said!("从早到晚，每天只写一次", "write each day once, from early to late"),
            );
        }
        days.extend((0..first.days_through(last)).map(|n| first.plus_days(i64::from(n))));
    }
    Ok(days)
}

/// First and last day of `2026-04-05` or `2026-04-04..2026-04-06`.
fn range(text: &str) -> Option<(Date, Date)> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    (first <= last).then_some((first, last))
}

fn wrong<T, V>(source: &Source<'_>, place: &Spanned<V>, what: Said, remedy: Said) -> Outcome<T> {
    Err(source.problem(place.span(), what, remedy))
}
