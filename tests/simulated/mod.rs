//! Small scenarios as values, of which the right answer is known.
#![allow(dead_code, reason = "every test uses its own part")]

use std::collections::BTreeMap;
use yaohao::policy::{Fraction, PerRole, Policy, QuotaRule, QuotaSize, Rotation};
use yaohao::register::{Class, Inspector, Register, Status, Unit};
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

/// An office of one zone with two towns, `units` of one class, the first `here` of them in the
/// first town, of which `quota` are drawn a month; `leads` leads and as many assistants.
pub fn office((units, here): (usize, usize), quota: u64, leads: usize) -> (Policy, Register) {
    let mut policy = Policy::read("policy.toml", crate::district::POLICY).expect("the shipped policy");
    policy.zones.retain(|zone, _| zone == "z1");
    policy.towns.retain(|town| ["500112011", "500112012"].contains(&town.code.as_str()));
    policy.strata.truncate(1);
    policy.excluded.clear();
    let rule = &mut policy.strata[0];
    rule.classes = [Class::General].into();
    (rule.cooldown_months, rule.yearly_at_least, rule.yearly_at_most) = (0, 0, 99);
    rule.quota = QuotaRule { size: QuotaSize::Count(quota), floor: 0, cap: None };
    policy.team.rotation = Rotation::Off;
    policy.workload.capacity_minutes = PerRole { lead: 9_000, assistant: 9_000 };
    let district = crate::district::example();
    let model = district.register.units[0].clone();
    let unit = |number: usize| Unit {
        id: format!("U{number:04}"),
        town: Some(if number < here { "500112011" } else { "500112012" }.to_owned()),
        class: Class::General,
        credit: None,
        tags: Default::default(),
        group: None,
        status: Status::Active,
        last_inspection: None,
        last_team: Default::default(),
        visits_this_year: 0,
        minutes: None,
        ..model.clone()
    };
    let lead = district.register.inspectors.iter().find(|person| person.lead).expect("a lead").clone();
    let person = |number: usize| Inspector {
        certificate: format!("P{number:03}"),
        zone: "z1".to_owned(),
        lead: number < leads,
        leave: Vec::new(),
        validity: Default::default(),
        carried_minutes: 0,
        capacity_minutes: None,
        ..lead.clone()
    };
    let register = Register {
        units: (0..units).map(unit).collect(),
        inspectors: (0..2 * leads).map(person).collect(),
        items: district.register.items.clone(),
        recusals: Vec::new(),
    };
    (policy, register)
}
