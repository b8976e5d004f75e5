//! The units that an assumption may have.

use crate::vocabulary;

vocabulary! {
    /// What the value of a line counts.
    LineUnit {
        /// Minutes.
        Minutes = "minutes", "分钟";
        /// Calendar days.
        Days = "days", "天";
        /// Working days.
        WorkingDays = "working-days", "工作日";
        /// Days of a year, as month and day.
        MonthDay = "month-day", "月-日";
        /// A calendar year.
        Year = "year", "年";
        /// Pieces of work a year.
        Cases = "cases/year", "件/年";
        /// Units a year.
        Units = "units/year", "家/年";
        /// Times a person and year.
        Times = "times/person-year", "次/人·年";
        /// Times a hundred people and year.
        TimesOfHundred = "times/hundred-person-years", "次/百人·年";
        /// Hundredths.
        Percent = "percent", "%";
        /// An exact fraction.
        Share = "share", "比例";
        /// Weights, which count against each other only.
        Weights = "weights", "权重";
    }
}

/// What one line is: where it stands, what it is called, and what it may count.
pub(super) struct Field {
    pub key: String,
    pub name: crate::lang::Said,
    pub units: &'static [LineUnit],
}

impl Field {
    pub(super) fn new(key: impl Into<String>, name: crate::lang::Said, units: &'static [LineUnit]) -> Field {
        Field { key: key.into(), name, units }
    }
}
