//! What each inspector can take on in the window.

use super::{Question, Window};
use crate::policy::{Policy, Role};
use crate::register::{Inspector, Post};
use crate::time::Date;
use crate::vocabulary;

vocabulary! {
    /// Why somebody cannot be paired with any unit in this window.
    Unfit {
        /// A contract clerk or town helper (行政处罚法 Art 42).
        Post = "post", "非在编执法人员";
        /// The certificate is not valid through the whole window.
        Certificate = "certificate", "执法证不在有效期";
        /// Too many days of leave.
        Leave = "leave", "请假";
        /// No hours left.
        NoCapacity = "no-capacity", "工时已满";
    }
}

/// One inspector with what is left of the month.
#[derive(Debug, Clone)]
pub struct Seating<'a> {
    /// The person.
    pub inspector: &'a Inspector,
    /// Why the person cannot be paired at all.
    pub unfit: Option<Unfit>,
    /// Visits that still fit, counted at the longest standard visit the person may make.
    pub capacity: u32,
    /// Visits already carried, in the same measure, rounded up.
    pub carried: u32,
    /// Minutes left for drawn visits.
    pub minutes_left: u32,
    /// Minutes by which one visit is counted.
    pub visit_minutes: u32,
}

impl Seating<'_> {
    /// Whole hours a month (月可用工时) with which the person can take so many visits
    /// in `window`, after leave and hours already taken.
    pub fn hours_for(&self, visits: u32, window: Window) -> u64 {
        let (days, away) = (window.days(), leave_days(self.inspector, window));
        let needed =
            u64::from(visits) * u64::from(self.visit_minutes) + u64::from(self.inspector.carried_minutes);
        (needed * u64::from(days)).div_ceil(u64::from((days - away).max(1))).div_ceil(60)
    }
}

/// The most visits that somebody may carry, and may be given, in one draw
/// (docs/spec/pairing.md, "Bounds").
pub const MAX_VISITS: u32 = 4095;

/// Nobody works more minutes than a month has; keeps mistyped hours harmless.
const MONTH: u32 = 31 * 24 * 60;

pub(super) fn seat_all<'a>(question: &Question<'a>) -> Vec<Seating<'a>> {
    let (policy, window) = (question.policy, question.window);
    question.register.inspectors.iter().map(|inspector| seat(policy, window, inspector)).collect()
}

fn seat<'a>(policy: &Policy, window: Window, inspector: &'a Inspector) -> Seating<'a> {
    let workload = &policy.workload;
    let minutes = workload.visit_minutes;
    // A lead may also assist: the longer of the two visits is counted, so that
    // hours never run over whatever the mix of roles.
    let (role, visit_minutes) = match inspector.lead {
        true => (Role::Lead, minutes.lead.max(minutes.assistant)),
        false => (Role::Assistant, minutes.assistant),
    };
    let month = inspector.capacity_minutes.unwrap_or(workload.capacity_minutes.of(&role)).min(MONTH);
    let (days, away) = (window.days(), leave_days(inspector, window));
    let present = u64::from(month) * u64::from(days - away) / u64::from(days.max(1));
    let minutes_left = present.saturating_sub(u64::from(inspector.carried_minutes)) as u32;
    let capacity = (minutes_left / visit_minutes).min(MAX_VISITS);
    let valid = inspector.validity.contains(window.first) && inspector.validity.contains(window.last);
    let unfit = match () {
        () if inspector.post != Post::InPost => Some(Unfit::Post),
        () if !valid => Some(Unfit::Certificate),
        () if away >= workload.leave_excludes_from_days || away == days => Some(Unfit::Leave),
        () if capacity == 0 => Some(Unfit::NoCapacity),
        () => None,
    };
    let capacity = if unfit.is_some() { 0 } else { capacity };
    let carried = inspector.carried_minutes.min(MONTH).div_ceil(visit_minutes).min(MAX_VISITS);
    Seating { inspector, unfit, capacity, carried, minutes_left, visit_minutes }
}

/// Days of the window on which the inspector is away; days in two leaves count once.
fn leave_days(inspector: &Inspector, window: Window) -> u32 {
    let day = |n: u32| -> Date { window.first.plus_days(i64::from(n)) };
    let away = |n: &u32| inspector.leave.iter().any(|leave| leave.contains(day(*n)));
    (0..window.days()).filter(away).count() as u32
}
