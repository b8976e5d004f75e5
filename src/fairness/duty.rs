//! Who goes, or was, where and when.

use super::Question;
use crate::policy::Role;
use crate::task::{Kind, Matter, State, Task};
use crate::time::Date;

/// An inspector in post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// 姓名; never leaves the office.
    pub name: String,
    /// Key of the home zone; empty for somebody who left every register.
    pub zone: String,
    /// Whether the person may lead.
    pub lead: bool,
    /// Minutes a month for drawn visits.
    pub capacity_minutes: u64,
}

/// One person's part in a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// The matter.
    pub matter: Matter,
    /// Certificate number.
    pub who: String,
    /// Whether as lead.
    pub is_lead: bool,
    /// Day of the visit; while it is not made, the day planned, or else its last day.
    pub day: Date,
    /// Minutes.
    pub minutes: u64,
    /// The unit, if it is in the register.
    pub unit: Option<String>,
    /// Whether somebody was there.
    pub is_made: bool,
}

/// The parts of everybody who counts, in the order of matters.
pub(super) fn duties(question: &Question<'_>) -> Vec<Duty> {
    let (first, last) = question.span;
    let tasks = question.ledger.tasks.values().filter(|task| task.kind() != Kind::Penalty);
    let duties = tasks.flat_map(|task| of_task(task, question).unwrap_or_default());
    duties.filter(|duty| first <= duty.day && duty.day <= last).collect()
}

fn of_task(task: &Task, question: &Question<'_>) -> Option<Vec<Duty>> {
    let drawn = match &task.matter {
        Matter::Drawn { draw, unit } => Some((draw, unit)),
        Matter::Numbered { .. } => None,
    };
    let (day, seats, is_made) = match task.result() {
        // A town's own check takes nobody of the office.
        Some(visit) if visit.delegated.is_some() => return None,
        Some(visit) => (visit.day, &visit.present, true),
        None => {
            let is_secret = drawn.is_some_and(|(draw, _)| question.sealed.contains(draw));
            if task.state == State::Closed || is_secret {
                return None;
            }
            let window = task.window.map(|window| window.last);
            let received = task.opened.as_ref().map(|opened| opened.received.date_in_china());
            (task.planned.or(window).or(received)?, &task.seats, false)
        }
    };
    let unit = task.unit.clone().or(drawn.map(|(_, unit)| unit.clone()));
    let own = seats.iter().filter(|(role, _)| !matches!(role, Role::Department(_)));
    let duty = |(role, who): &(Role, String)| Duty {
        matter: task.matter.clone(),
        who: who.clone(),
        is_lead: *role == Role::Lead,
        day,
        minutes: minutes(task, role, who, question),
        unit: unit.clone(),
        is_made,
    };
    let mut duties: Vec<Duty> = own.map(duty).collect();
    // Somebody entered twice was there once.
    duties.sort_by(|one, other| (&one.who, other.is_lead).cmp(&(&other.who, one.is_lead)));
    duties.dedup_by(|one, other| one.who == other.who);
    Some(duties)
}

/// What the visit takes of somebody: as the draw or whoever entered it said, or else the
/// policy's figure for the role.
fn minutes(task: &Task, role: &Role, who: &str, question: &Question<'_>) -> u64 {
    let slot = task.seats.iter().position(|(_, seated)| seated == who);
    let slot = slot.or_else(|| task.seats.iter().position(|(seat, _)| seat == role));
    let drawn = slot.and_then(|slot| task.minutes.get(slot)).copied();
    let entered = || task.opened.as_ref().and_then(|opened| opened.minutes);
    u64::from(drawn.or_else(entered).unwrap_or_else(|| question.standard.of(role)))
}
