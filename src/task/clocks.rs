//! What has to be done by when: the periods that run for every matter, and the day or
//! the moment at which each of them ends.
//!
//! A period of working days that runs into a year whose holidays nobody has announced has
//! an end that nobody knows; it is said so, and never guessed.

use super::act::Act;
use super::ledger::{Ledger, Task};
use super::matter::Matter;
use super::words::{Kind, State};
use crate::calendar::{Calendar, UnknownYear};
use crate::ids::DrawId;
use crate::time::{Date, Moment};
use crate::vocabulary;
use serde::Deserialize;
use std::collections::BTreeSet;

vocabulary! {
    /// What a period is for.
    Clock {
        /// A visit that is planned and has not been made.
        Visit = "visit", "检查";
        /// A complaint that nobody has looked into.
        Complaint = "complaint", "举报投诉核查";
        /// A second look at what had to be put right, or its matter to be opened.
        Reinspection = "reinspection", "复查";
        /// A result that has not been published.
        Result = "result", "结果公示";
        /// A penalty that has not been published.
        Penalty = "penalty", "处罚公示";
        /// A recusal that the head has not decided.
        Recusal = "recusal", "回避决定";
        /// A sealed draw that has not been opened.
        Opening = "opening", "公开抽取";
    }
}

/// The lengths of the periods; `[deadlines]` of office.toml. Working days are counted from
/// the day after (行政处罚法第八十五条).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Periods {
    /// Working days from a visit until its result is published (国发〔2019〕5号).
    pub result_working_days: u32,
    /// Working days from a decision until the penalty is published.
    pub penalty_working_days: u32,
    /// Hours for a complaint of blocked exits or disabled systems (令120 Art 18).
    pub urgent_complaint_hours: u32,
    /// Working days for any other complaint (令120 Art 18).
    pub complaint_working_days: u32,
    /// Working days from the last day of a notice until the second look (令120 Art 22).
    pub reinspection_working_days: u32,
}

impl Default for Periods {
    fn default() -> Self {
        Periods {
            result_working_days: 20,
            penalty_working_days: 7,
            urgent_complaint_hours: 24,
            complaint_working_days: 3,
            reinspection_working_days: 3,
        }
    }
}

/// What a period runs for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// A matter.
    Matter(Matter),
    /// A draw.
    Draw(DrawId),
}

/// When a period ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Until {
    /// With this moment.
    Moment(Moment),
    /// With this day.
    Day(Date),
    /// In a year, or after it, that the calendar does not have.
    UnknownYear(i32),
    /// No rule says when; it is to be done soon.
    Soon,
}

/// A period that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// What for.
    pub clock: Clock,
    /// For which matter or draw.
    pub about: About,
    /// Name of the unit or place; empty for draws.
    pub name: String,
    /// Certificate numbers of those who have to act, the lead first; of a recusal whom it
    /// is about.
    pub who: Vec<String>,
    /// The day from which it runs.
    pub since: Date,
    /// When it ends.
    pub until: Until,
}

impl Due {
    /// Whether it has ended at `now`.
    pub fn is_over(&self, now: Moment) -> bool {
        match self.until {
            Until::Moment(end) => now > end,
            Until::Day(day) => now.date_in_china() > day,
            Until::UnknownYear(_) | Until::Soon => false,
        }
    }

    /// The last day on which it can be done, where that is known.
    pub fn last_day(&self) -> Option<Date> {
        match self.until {
            Until::Moment(end) => Some(end.date_in_china()),
            Until::Day(day) => Some(day),
            Until::UnknownYear(_) | Until::Soon => None,
        }
    }

    /// What ends first comes first; what should be done soon, by the day it came up; what
    /// ends nobody knows when, last.
    fn order(&self) -> (bool, Date, bool, Clock, About) {
        let unknown = matches!(self.until, Until::UnknownYear(_));
        // A moment of a day comes before the end of that day.
        let whole = !matches!(self.until, Until::Moment(_));
        (unknown, self.last_day().unwrap_or(self.since), whole, self.clock, self.about.clone())
    }
}

/// Every period that runs, by its end. `sealed` are the draws that are still sealed, each
/// with the last day of its window and the day by which it has to be opened.
pub fn running(
    ledger: &Ledger,
    sealed: &[(DrawId, Date, Date)],
    calendar: &Calendar,
    periods: &Periods,
) -> Vec<Due> {
    let tasks = ledger.tasks.values();
    let looked_at: BTreeSet<&Matter> = tasks.filter_map(|task| task.opened.as_ref()?.of.as_ref()).collect();
    let clocks = Clocks { ledger, calendar, periods, looked_at };
    let mut due: Vec<Due> = ledger.tasks.values().flat_map(|task| clocks.of(task)).collect();
    due.extend(sealed.iter().map(|(draw, since, until)| Due {
        clock: Clock::Opening,
        about: About::Draw(draw.clone()),
        name: String::new(),
        who: Vec::new(),
        since: *since,
        until: Until::Day(*until),
    }));
    due.sort_by_key(Due::order);
    due
}

struct Clocks<'a> {
    ledger: &'a Ledger,
    calendar: &'a Calendar,
    periods: &'a Periods,
    /// Matters of which a second look is open or was taken.
    looked_at: BTreeSet<&'a Matter>,
}

impl Clocks<'_> {
    fn of(&self, task: &Task) -> Vec<Due> {
        let mut due = Vec::new();
        for (who, _) in task.recusals.iter().filter(|(_, decided)| decided.is_none()) {
            let asked = |act: &Act| matches!(act, Act::Applied { about, .. } if about == who);
            let asked = task.trail.iter().rev().find(|trace| asked(&trace.act));
            let since = asked.map_or(Date::LAST, |trace| trace.at.date_in_china());
            due.push(Due { who: vec![who.clone()], ..self.due(task, Clock::Recusal, since, Until::Soon) });
        }
        match task.state {
            State::Pending => due.extend(self.to_visit(task)),
            State::Visited | State::InReview | State::Returned | State::Approved => {
                due.extend(self.to_publish(task).filter(|_| task.is_public));
            }
            State::Published | State::Closed => {}
        }
        due.extend(self.to_look_again(task));
        due
    }

    /// Nobody has been there.
    fn to_visit(&self, task: &Task) -> Option<Due> {
        let opened = task.opened.as_ref();
        let received = opened.map(|opened| opened.received);
        let by_rule = match (task.kind(), opened, received) {
            (Kind::Complaint, Some(opened), Some(received)) => {
                let since = received.date_in_china();
                let until = match opened.urgent {
                    true => Until::Moment(received.plus_minutes(60 * self.periods.urgent_complaint_hours)),
                    false => self.working_days(since, self.periods.complaint_working_days),
                };
                Some((Clock::Complaint, since, until))
            }
            (Kind::Reinspection, Some(opened), Some(received)) => {
                // Whatever day somebody set: the law counts from that of the notice.
                let notice = opened.of.as_ref().and_then(|of| self.ledger.tasks.get(of));
                let notice = notice.and_then(|of| of.notice_day(opened.due));
                let since = notice.unwrap_or_else(|| received.date_in_china());
                let until = self.working_days(since, self.periods.reinspection_working_days);
                Some((Clock::Reinspection, since, until))
            }
            _ => {
                let last = task.planned.or(opened.and_then(|opened| opened.due));
                let last = last.or(task.window.map(|window| window.last))?;
                let first = task.window.map(|window| window.first);
                let since = first.or(received.map(Moment::date_in_china)).unwrap_or(last);
                Some((Clock::Visit, since, Until::Day(last)))
            }
        };
        by_rule.map(|(clock, since, until)| self.due(task, clock, since, until))
    }

    /// There is a result or a decision that nobody can read yet.
    fn to_publish(&self, task: &Task) -> Option<Due> {
        let (clock, since, days) = match (&task.penalty, task.result()) {
            (Some(penalty), _) => (Clock::Penalty, penalty.day, self.periods.penalty_working_days),
            (None, Some(visit)) => (Clock::Result, visit.day, self.periods.result_working_days),
            _ => return None,
        };
        Some(self.due(task, clock, since, self.working_days(since, days)))
    }

    /// Something had to be put right by a day, and no second look at it is open yet.
    fn to_look_again(&self, task: &Task) -> Option<Due> {
        if self.looked_at.contains(&task.matter) || task.state == State::Closed {
            return None;
        }
        let last = task.notice_day(None)?;
        let until = self.working_days(last, self.periods.reinspection_working_days);
        Some(self.due(task, Clock::Reinspection, last, until))
    }

    fn working_days(&self, since: Date, days: u32) -> Until {
        match self.calendar.plus_working_days(since, days) {
            Ok(day) => Until::Day(day),
            Err(UnknownYear(year)) => Until::UnknownYear(year),
        }
    }

    fn due(&self, task: &Task, clock: Clock, since: Date, until: Until) -> Due {
        Due {
            clock,
            about: About::Matter(task.matter.clone()),
            name: task.name.clone(),
            who: task.seats.iter().map(|(_, certificate)| certificate.clone()).collect(),
            since,
            until,
        }
    }
}
