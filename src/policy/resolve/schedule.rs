//! `[schedule]`: how much of a day visits may take.

use super::Resolver;
use crate::policy::{PerRole, ScheduleRule, raw};
use crate::problem::Outcome;
use crate::said;

/// Minutes of a day.
const DAY: u32 = 24 * 60;

impl Resolver<'_> {
    pub(super) fn schedule(&self, raw: &raw::Schedule, workload: &raw::Workload) -> Outcome<ScheduleRule> {
        let (day, visit) = (*raw.day_minutes.get_ref(), *workload.visit_minutes.get_ref());
        let pairs = [(day.lead, visit.lead), (day.assistant, visit.assistant)];
        if let Some((minutes, visit)) = pairs.into_iter().find(|(day, visit)| day < visit || *day > DAY) {
            return self.wrong(
                &raw.day_minutes,
                said!(
                    "每人每天 {minutes} 分钟：应容得下一次标准检查（{visit} 分钟），也不超过一天（{DAY} 分钟）",
                    "{minutes} minutes a day: a standard visit of {visit} must fit, and a day has {DAY}"
                ),
                said!(
                    "写 day_minutes = {{ lead = 420, assistant = 420 }} 的样子",
                    "write it like day_minutes = {{ lead = 420, assistant = 420 }}"
                ),
            );
        }
        Ok(ScheduleRule { day_minutes: PerRole { lead: day.lead, assistant: day.assistant } })
    }
}
