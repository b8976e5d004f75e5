//! Working days (工作日): Monday to Friday, but for the holidays and the Saturdays and
//! Sundays worked in exchange (调休) that the State Council announces for every year.
//!
//! The announcements are data, `config/calendar.toml`. A year that is not there is never
//! guessed: its holidays would be wrong, and a deadline with them.

mod file;

use crate::config::Source;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::time::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The working days of the years that have been announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeMap<i32, Year>,
}

/// One year as announced.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Year {
    /// The announcement, by its title and number.
    source: String,
    /// Days off, weekends among them.
    holidays: BTreeSet<Date>,
    /// Saturdays and Sundays that are worked.
    workdays: BTreeSet<Date>,
}

/// A day was asked for whose year the calendar does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownYear(pub i32);

impl UnknownYear {
    /// Which year is missing, and where it comes from.
    pub fn problem(self) -> Problem {
        let UnknownYear(year) = self;
        Problem::new(
            Kind::Policy,
            said!("工作日历里没有 {year} 年，不能推算", "the working calendar does not have {year}"),
            said!(
                "照国务院办公厅{year}年节假日安排的通知，在 calendar.toml 里补一节 [[year]]，再运行一次",
                "add a section [[year]] for {year} to calendar.toml, as the State Council's notice has it, and run it again"
            ),
        )
        .at("calendar.toml")
    }
}

impl Calendar {
    /// Reads and checks a file in the form of `config/calendar.toml`.
    ///
    /// # Errors
    /// [`Kind::Policy`] with line and column: of a day that is none of its year, is given
    /// twice or out of order; a worked day that is no Saturday or Sunday, or a holiday too;
    /// a year that is there twice or without its source.
    pub fn read(name: &str, text: &str) -> Outcome<Calendar> {
        let source = Source { name, text };
        Ok(Calendar { years: file::years(&source, &source.parse()?)? })
    }

    /// The announcement that the days of `year` follow, if it is there.
    pub fn source(&self, year: i32) -> Option<&str> {
        self.years.get(&year).map(|year| year.source.as_str())
    }

    /// Whether `day` is worked.
    ///
    /// # Errors
    /// [`UnknownYear`] if the calendar does not have its year.
    pub fn is_working(&self, day: Date) -> Result<bool, UnknownYear> {
        let year = self.years.get(&day.year()).ok_or(UnknownYear(day.year()))?;
        let weekend = day.weekday() >= 5;
        Ok(if weekend { year.workdays.contains(&day) } else { !year.holidays.contains(&day) })
    }

    /// The working days from `first` to `last`, both counted.
    ///
    /// # Errors
    /// [`UnknownYear`] for the first day of a year that is not there.
    pub fn working_days(&self, first: Date, last: Date) -> Result<Vec<Date>, UnknownYear> {
        let mut worked = Vec::new();
        for n in 0..first.days_through(last) {
            let day = first.plus_days(i64::from(n));
            if self.is_working(day)? {
                worked.push(day);
            }
        }
        Ok(worked)
    }

    /// The last day of a period of `n` working days that begins on the day after `day`,
    /// as the law counts them (行政处罚法第八十五条): its n-th working day; `day` itself
    /// if n is 0.
    ///
    /// # Errors
    /// [`UnknownYear`] if the period reaches into a year that is not there.
    pub fn plus_working_days(&self, day: Date, n: u32) -> Result<Date, UnknownYear> {
        let (mut day, mut left) = (day, n);
        while left > 0 {
            if day == Date::LAST {
                return Err(UnknownYear(day.year() + 1));
            }
            day = day.plus_days(1);
            left -= u32::from(self.is_working(day)?);
        }
        Ok(day)
    }
}
