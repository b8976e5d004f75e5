//! Draws that cannot be staffed: what the office is told, and whether the repairs help.

mod district;

use district::District;
use district::small::small;
use yaohao::draw::{Forecast, Plan, Step, forecast};
use yaohao::pairing::staffing::Verdict;
use yaohao::policy::{QuotaSize, Role};
use yaohao::time::Period;

/// In the second zone one lead is left, for two visits: another's certificate
/// ends within the month, a third is on leave.
fn short_of_leads() -> District {
    let mut district = small(str::to_owned);
    let mut leads = district.register.inspectors.iter_mut().filter(|i| i.zone == "z2" && i.lead);
    let (first, second, third) = (leads.next(), leads.next(), leads.next());
    first.expect("a lead").validity.until = Some(district::date("2026-12-10"));
    second.expect("a lead").leave =
        vec![Period { from: Some(district::date("2026-12-01")), until: Some(district::date("2026-12-25")) }];
    third.expect("a lead").capacity_minutes = Some(660);
    district
}

fn told(district: &District) -> (String, String, Forecast) {
    let plan = district.plan();
    let forecast = forecast(&plan);
    let said = forecast.certificate.as_ref().expect("it cannot be staffed").said(&plan);
    (said.zh, said.en, forecast)
}

#[test]
fn a_shortage_in_the_words_of_the_office() {
    let (zh, en, forecast) = told(&short_of_leads());
    assert_eq!(
        zh,
        "统景镇的 11 家单位只剩 1 名主办人员，尚余 11 小时，可任 2 个岗位，需要 11 个，至少缺 9 个；\
         其余人员：执法证不在有效期 1 人、请假 1 人、不在本片区 5 人、无主办资格 2 人。单位："
            .to_owned()
            + zh.split("单位：").nth(1).expect("names")
    );
    assert!(zh.ends_with(" 等") && zh.matches('、').count() == 12, "ten names: {zh}");
    assert!(
        en.starts_with(
            "11 units in 统景镇: only 1 lead left with 11 hours, good for 2 of 11 slots, at least 9 short; \
             the others: certificate 1, leave 1, zone 5, role 2. Units: 示例单位"
        ),
        "{en}"
    );
    let dry = forecast.rehearsal.expect("dry draws");
    assert!(dry.failures > 990, "{}", dry.failures);
    assert!(!zh.contains("示例人员"), "people are not named");
}

#[test]
fn a_unit_for_which_nobody_is_left() {
    let mut district = small(str::to_owned);
    district.register.inspectors.iter_mut().filter(|i| i.zone == "z2").for_each(|i| i.lead = false);
    let (zh, en, forecast) = told(&district);
    assert!(zh.starts_with("统景镇的 ") && zh.contains("家单位可派的主办人员不够组成一组，至少缺 "), "{zh}");
    assert!(zh.contains("；其余人员：不在本片区 5 人、无主办资格 5 人。单位：示例单位"), "{zh}");
    assert!(en.contains("too few people who can be lead at all"), "{en}");
    // More hours for nobody are no repair.
    assert!(forecast.repairs.iter().all(|r| r.steps.iter().all(|s| matches!(s, Step::People { .. }))));
    assert!(!forecast.repairs.is_empty());
}

/// Makes the changes of a repair in register and policy; `None` where a share of the
/// pool would have to change, which is no whole number of units.
fn apply(district: &District, plan: &Plan<'_>, steps: &[Step]) -> Option<District> {
    let mut district = district.clone();
    for step in steps {
        match step {
            Step::Visits { people, each } => {
                for position in people {
                    let seat = &plan.eligibility.seats[*position];
                    let minutes = seat.minutes_left + each * seat.visit_minutes;
                    district.register.inspectors[*position].capacity_minutes = Some(minutes);
                }
            }
            Step::People { zone, role, count } => {
                let of_zone = |i: &&yaohao::register::Inspector| Some(&i.zone) == zone.as_ref();
                let like =
                    district.register.inspectors.iter().find(of_zone).expect("the zone has people").clone();
                for number in 0..*count {
                    let mut new = like.clone();
                    new.certificate = format!("SL9{number:03}");
                    new.lead = *role == Role::Lead;
                    (new.capacity_minutes, new.leave) = (None, Vec::new());
                    new.validity = Period { from: None, until: None };
                    district.register.inspectors.push(new);
                }
            }
            Step::Fewer { stratum, units } => {
                let rule = plan.eligibility.strata[*stratum].rule;
                let QuotaSize::Count(count) = &mut district.policy.strata[rule].quota.size else {
                    return None;
                };
                *count -= u64::from(*units);
            }
        }
    }
    Some(district)
}

#[test]
fn repairs_help_when_they_are_made() {
    // Two visits short at worst.
    let mut mild = small(str::to_owned);
    let leads = mild.register.inspectors.iter_mut().filter(|i| i.zone == "z2" && i.lead);
    leads.for_each(|lead| lead.capacity_minutes = Some(720));
    let mut kinds = [0; 3];
    for district in [mild, short_of_leads()] {
        let plan = district.plan();
        let before = forecast(&plan);
        assert!(matches!(before.staffing, Verdict::Fails(_)));
        assert!(before.repairs.is_sorted_by_key(|repair| repair.minutes), "cheapest first");
        assert!(before.repairs.len() >= 2, "{:?}", before.repairs);
        for repair in &before.repairs {
            let Some(mended) = apply(&district, &plan, &repair.steps) else { continue };
            for step in &repair.steps {
                kinds[match step {
                    Step::Visits { .. } => 0,
                    Step::People { .. } => 1,
                    Step::Fewer { .. } => 2,
                }] += 1;
            }
            let after = forecast(&mended.plan());
            assert!(!after.is_reckless(), "{repair:?}");
            if repair.rehearsed.is_none() {
                assert!(matches!(after.staffing, Verdict::Proved { .. }), "{repair:?}");
            }
            let said = repair.said(&plan);
            assert!(
                said.zh.contains("已重新") && said.en.contains("could be staffed")
                    || said.en.contains("can be staffed")
            );
        }
    }
    assert!(kinds.iter().all(|seen| *seen > 0), "{kinds:?}");
}
