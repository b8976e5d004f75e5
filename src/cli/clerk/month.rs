//! The month that the clerk wants to see or do.

use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::task::Task;
use crate::time::Date;

/// First and last day of a month.
#[derive(Debug, Clone, Copy)]
pub struct Month(Date, Date);

impl Month {
    /// Reads `2026-06`.
    ///
    /// # Errors
    /// [`Kind::Usage`] if it is none.
    pub fn read(text: &str) -> Outcome<Month> {
        let first: Option<Date> = format!("{text}-01").parse().ok();
        let wrong = || {
            Problem::new(
                Kind::Usage,
                said!("月份写得不对：{text}", "the month is not understood: {text}"),
                said!("写成 2026-06 的样子", "write it like 2026-06"),
            )
            .at("--month")
        };
        first.map(|first| Month(first, first.plus_months(1).plus_days(-1))).ok_or_else(wrong)
    }

    /// Whether it was visited or decided in this month; before that, whether it is planned
    /// for it, came in during it, or may be made in it.
    pub fn has(self, task: &Task) -> bool {
        let Month(first, last) = self;
        let received = task.opened.as_ref().map(|opened| opened.received.date_in_china());
        let decided = task.penalty.as_ref().map(|penalty| penalty.day);
        match (task.day().or(decided).or(received), task.window) {
            (Some(day), _) => first <= day && day <= last,
            (None, Some(window)) => window.first <= last && first <= window.last,
            (None, None) => false,
        }
    }
}
