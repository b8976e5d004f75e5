//! Small scenarios as values, of which the right answer is known.
#![allow(dead_code, reason = "every test uses its own part")]

use std::collections::BTreeMap;
use yaohao::policy::Fraction;
use yaohao::scenario::{
    Certificates, Churn, Day, Leave, Limit, Reinspections, Scenario, Season, Travel, Triangle, Visits, Work,
};

/// Always the same.
pub fn fixed(value: u32) -> Triangle {
    Triangle { least: value, likely: value, most: value }
}

/// Nothing of this happens.
pub fn never() -> Fraction {
    "0/1".parse().expect("a fraction")
}

/// Nothing but drawn visits, which take as long as planned: nobody is away, nothing closes,
/// no notices, no way to go.
pub fn quiet(months: u32) -> Scenario {
    Scenario {
        name: "示例".to_owned(),
        months,
        calendar_year: 2026,
        day: Day { minutes: 420, overtime: 180, rest_day: 420 },
        travel: Travel { zones: BTreeMap::new(), elsewhere: 0 },
        visits: Visits { length: fixed(100), notices: never() },
        works: Vec::new(),
        reinspections: Reinspections {
            notice_days: fixed(15),
            within: 3,
            lead: fixed(60),
            assistant: fixed(60),
        },
        leave: Leave { yearly: 0, days: 0, sick_yearly: 0, sick_days: fixed(1) },
        certificates: Certificates { late: never(), gap_days: 0 },
        churn: Churn { closing: BTreeMap::new(), opening: BTreeMap::new() },
        variants: Vec::new(),
        assumptions: Vec::new(),
    }
}

/// Work that comes evenly on working days.
pub fn work(id: &str, yearly: u32, minutes: u32) -> Work {
    Work {
        id: id.to_owned(),
        name: id.to_owned(),
        yearly,
        season: Season::Months([1; 12]),
        on_rest_days: false,
        urgent: false,
        limit: Limit::WorkingDays(3),
        lead: fixed(minutes),
        assistant: fixed(minutes),
        daily: None,
        notices: never(),
    }
}
