//! Until when work has to be done that no draw decides. Clocks of complaints: 24 hours for
//! blocked exits and disabled systems, else 3 working days (消防监督检查规定, 令120, Art 18).

use crate::task::{Kind, Opened};
use crate::time::{Date, Moment};

/// The end of a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// So many hours after it came in.
    Moment(Moment),
    /// On this day.
    Day(Date),
    /// Within so many working days of this day, where no calendar says which day that is.
    WorkingDays(u32, Date),
}

impl Due {
    /// The clock of a matter that came in; `last` is the day that the calendar gave for it.
    pub(super) fn of(opened: &Opened, last: Option<Date>) -> Option<Due> {
        let is_complaint = opened.matter.kind() == Kind::Complaint;
        if let Some(day) = opened.due {
            return Some(Due::Day(day));
        }
        match last {
            _ if is_complaint && opened.urgent => Some(Due::Moment(opened.received.plus_minutes(24 * 60))),
            Some(day) => Some(Due::Day(day)),
            None if is_complaint => Some(Due::WorkingDays(3, opened.received.date_in_china())),
            None => None,
        }
    }

    /// In words: 12月4日前办结.
    pub fn in_words(self) -> String {
        match self {
            Due::Moment(moment) => format!("{}前到场（收到后24小时）", moment.in_words()),
            Due::Day(day) => format!("限{}前", day.in_words()),
            Due::WorkingDays(days, since) => format!("{}起{days}个工作日内", since.in_words()),
        }
    }
}
