//! Draws that cannot be staffed: what the office is told, and whether the repairs help.

mod district;
mod terminal;

use district::small::{self, small, unit_id};
use district::{Chance, District};
use terminal::Desk;
use yaohao::digest::{Digest, SaltKey, Suite};
use yaohao::draw::{Certificate, Failing, Forecast, Plan, Repair, Staffing, Step, draw, forecast, hours_for};
use yaohao::eligibility::Bar;
use yaohao::policy::{QuotaSize, Role};
use yaohao::register::{Recusal, Subject};
use yaohao::seed::Seed;
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
         其余人员：不在本片区 5 人、执法证不在有效期 1 人、请假 1 人、无主办资格 2 人。单位："
            .to_owned()
            + zh.split("单位：").nth(1).expect("names")
    );
    assert!(zh.ends_with(" 等") && zh.matches('、').count() == 12, "ten names: {zh}");
    assert!(
        en.starts_with(
            "11 units in 统景镇: only 1 lead left with 11 hours, good for 2 of 11 slots, at least 9 short; \
             the others: zone 5, certificate 1, leave 1, role 2. Units: 示例单位"
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

/// Makes the changes of a repair in register and policy, as the sentence says them.
fn apply(district: &District, plan: &Plan<'_>, steps: &[Step]) -> District {
    let mut district = district.clone();
    for step in steps {
        match step {
            Step::Visits { people, each } => {
                for position in people {
                    let hours = hours_for(plan, *position, *each) as u32;
                    district.register.inspectors[*position].capacity_minutes = Some(60 * hours);
                }
            }
            Step::People { zone, role, count } => {
                let of_zone = |i: &&yaohao::register::Inspector| Some(&i.zone) == zone.as_ref();
                let like =
                    district.register.inspectors.iter().find(of_zone).expect("the zone has people").clone();
                for _ in 0..*count {
                    let mut new = like.clone();
                    new.certificate = format!("SL9{:03}", district.register.inspectors.len());
                    new.lead = *role == Role::Lead;
                    (new.capacity_minutes, new.leave) = (None, Vec::new());
                    new.validity = Period { from: None, until: None };
                    district.register.inspectors.push(new);
                }
            }
            Step::Fewer { rule, from, to } => {
                let of_rule = plan.eligibility.strata.iter().zip(&plan.quotas);
                let drawn: u64 = of_rule.filter(|(s, _)| s.rule == *rule).map(|(_, quota)| quota).sum();
                assert!(*from == drawn && to < from);
                district.policy.strata[*rule].quota.size = QuotaSize::Count(*to);
            }
        }
    }
    district
}

/// Makes every repair and looks again, and counts the kinds of steps that were made.
fn repairs_help(district: &District, kinds: &mut [usize; 3]) {
    let plan = district.plan();
    let before = forecast(&plan);
    assert!(matches!(before.staffing, Staffing::Fails(_)));
    assert!(before.repairs.is_sorted_by_key(|repair| repair.minutes), "cheapest first");
    assert!(before.repairs.len() >= 2, "{:?}", before.repairs);
    for repair in &before.repairs {
        let mended = apply(district, &plan, &repair.steps);
        for step in &repair.steps {
            kinds[match step {
                Step::Visits { .. } => 0,
                Step::People { .. } => 1,
                Step::Fewer { .. } => 2,
            }] += 1;
        }
        let after = forecast(&mended.plan());
        assert!(!after.is_reckless(), "{repair:?}");
        match repair.rehearsed {
            None => assert_eq!(after.staffing, Staffing::Proved, "{repair:?}"),
            Some(draws) => {
                let dry = before.rehearsal.as_ref().expect("dry draws");
                assert!(dry.draws == draws && dry.failures > 0, "tried by the draws that failed");
            }
        }
        let said = repair.said(&plan);
        assert!(
            said.zh.contains("已重新") && said.en.contains("could be staffed")
                || said.en.contains("can be staffed")
        );
    }
}

#[test]
fn repairs_help_when_they_are_made() {
    // Two visits short at worst.
    let mut mild = small(str::to_owned);
    let leads = mild.register.inspectors.iter_mut().filter(|i| i.zone == "z2" && i.lead);
    leads.for_each(|lead| lead.capacity_minutes = Some(720));
    let mut kinds = [0; 3];
    [mild, short_of_leads()].iter().for_each(|district| repairs_help(district, &mut kinds));
    assert!(kinds.iter().all(|seen| *seen > 0), "{kinds:?}");
}

// ---- where the seed also decides who may come ------------------------------------------

/// Few units in the second zone and few hours, which are enough for these units; but
/// not for those of the first zone that are visited from the second.
fn short_by_exchange() -> District {
    let mut district =
        small(|policy| policy.replace("rotate = \"hard\"", "rotate = \"hard\"\nexchange = \"1/3\""));
    let west: Vec<String> = (0..60).filter(|n| n % 2 == 1).skip(4).map(unit_id).collect();
    district.register.units.retain(|unit| !west.contains(&unit.id));
    hours_in_the_west(&mut district, 8);
    district
}

/// In the second zone one of three leads must meet neither of the others, whom the
/// seed may strike where there is work for two.
fn short_by_strikes() -> District {
    let mut district = small(str::to_owned);
    hours_in_the_west(&mut district, 20);
    strike(&mut district, "SL0001", "SL0003");
    strike(&mut district, "SL0001", "SL0005");
    district
}

fn hours_in_the_west(district: &mut District, hours: u32) {
    let west = district.register.inspectors.iter_mut().filter(|person| person.zone == "z2");
    west.for_each(|person| person.capacity_minutes = Some(60 * hours));
}

fn strike(district: &mut District, one: &str, other: &str) {
    district.register.recusals.push(Recusal {
        certificate: one.to_owned(),
        subject: Subject::Inspector(other.to_owned()),
        period: Period::default(),
        reason: "夫妻".to_owned(),
    });
}

/// The district without what the seed decides about people.
fn without_lineups(mut district: District) -> District {
    district.policy.team.exchange = None;
    district.register.recusals.retain(|recusal| !matches!(recusal.subject, Subject::Inspector(_)));
    district
}

/// The numbers of the people whom a certificate names.
fn people(plan: &Plan<'_>, certificate: &Certificate) -> Vec<String> {
    let person = |position: &usize| plan.eligibility.seats[*position].inspector.certificate.clone();
    let mut people: Vec<String> = certificate.people.iter().map(person).collect();
    people.sort();
    people
}

/// The dry draw that fails, whose proof holds and is what the certificate tells.
fn failing_dry_draw(plan: &Plan<'_>, forecast: &Forecast) -> Failing {
    let Staffing::Fails(failing) = &forecast.staffing else { panic!("{:?}", forecast.staffing) };
    let number = failing.dry_draw.expect("a dry draw");
    let seed = Seed::sha256(Digest::of(&[format!("yaohao/rehearsal/v1\n{number}\n").as_bytes()]));
    assert_eq!(failing.instance.seed, seed);
    assert!(failing.shortage.holds(&failing.instance));
    let dry = forecast.rehearsal.as_ref().expect("dry draws");
    assert!(dry.draws == 400 && (1..=dry.draws).contains(&number) && dry.failures > 0, "{dry:?}");
    assert!(forecast.is_reckless());
    let certificate = forecast.certificate.as_ref().expect("a certificate");
    assert!(certificate.units.iter().all(|unit| failing.candidates.contains(unit)), "units of that draw");
    assert_eq!(plan.total() as usize, failing.candidates.len());
    (**failing).clone()
}

#[test]
fn a_shortage_that_only_exchange_makes() {
    let district = short_by_exchange();
    assert_eq!(forecast(&without_lineups(district.clone()).plan()).staffing, Staffing::Proved);
    let plan = district.plan();
    let (zh, en, forecast) = told(&district);
    failing_dry_draw(&plan, &forecast);
    assert!(
        zh.starts_with(
            "这 6 家单位（其中 4 家由外片区互查）只剩 5 名检查人员，尚余 40 小时，可任 10 个岗位，\
             需要 12 个，至少缺 2 个；其余人员：互查不派本片区 5 人。单位：示例单位"
        ),
        "{zh}"
    );
    assert!(
        en.starts_with(
            "6 units (4 of them visited from other zones): only 5 inspectors left with 40 hours, \
             good for 10 of 12 slots, at least 2 short; the others: exchange 5. Units: 示例单位"
        ),
        "{en}"
    );
    let certificate = forecast.certificate.expect("a certificate");
    assert_eq!(people(&plan, &certificate), ["SL0001", "SL0003", "SL0005", "SL0007", "SL0009"]);
    for unit in &certificate.units {
        let home = plan.eligibility.candidates[*unit].zone == Some("z2");
        assert_ne!(certificate.exchanged.contains(unit), home, "whoever is not of the zone is visited by it");
    }
    // More people help where those who come are from, not where the units are.
    let of_the_west = |step: &Step| matches!(step, Step::People { zone: Some(zone), .. } if zone == "z2");
    assert!(forecast.repairs.iter().any(|repair| repair.steps.iter().all(of_the_west)));
}

#[test]
fn a_shortage_that_only_strikes_make() {
    let district = short_by_strikes();
    assert_eq!(forecast(&without_lineups(district.clone()).plan()).staffing, Staffing::Proved);
    let plan = district.plan();
    let (zh, en, forecast) = told(&district);
    let failing = failing_dry_draw(&plan, &forecast);
    assert!(
        zh.starts_with(
            "统景镇的 6 家单位只剩 1 名主办人员，尚余 20 小时，可任 5 个岗位，需要 6 个，至少缺 1 个；\
             其余人员：不在本片区 5 人、无主办资格 2 人、不得同组 2 人。单位：示例单位"
        ),
        "{zh}"
    );
    assert!(en.contains("the others: zone 5, role 2, apart 2. Units: 示例单位"), "{en}");
    let certificate = forecast.certificate.expect("a certificate");
    assert_eq!(people(&plan, &certificate), ["SL0001"]);
    assert!(certificate.exchanged.is_empty());
    // Neither of the others may lead at any of these units, though both are eligible.
    for unit in &certificate.units {
        let visit = failing.candidates.iter().position(|candidate| candidate == unit).expect("drawn");
        assert_eq!(failing.instance.visits[visit].slots[0], [1]);
        let docket = plan.eligibility.docket(&plan.eligibility.candidates[*unit]).expect("of the pool");
        assert_eq!(docket.slots[0], [1, 3, 5]);
    }
}

/// Where some draws fail with or without lineups, the one shown has them.
#[test]
fn a_draw_with_lineups_is_shown_before_the_worst_without() {
    let mut district = small(str::to_owned);
    hours_in_the_west(&mut district, 12);
    strike(&mut district, "SL0001", "SL0003");
    let Staffing::Fails(plain) = forecast(&without_lineups(district.clone()).plan()).staffing else {
        panic!("too few hours for the worst draw")
    };
    assert_eq!(plain.dry_draw, None);
    let plan = district.plan();
    let forecast = forecast(&plan);
    failing_dry_draw(&plan, &forecast);
    assert!(forecast.certificate.expect("a certificate").bars.contains(&(Bar::Apart, 1)));
}

/// The worst draw could not be staffed at home; but all is visited from other zones,
/// and that is what counts.
#[test]
fn exchange_may_save_what_fails_without() {
    let mut district =
        small(|policy| policy.replace("rotate = \"hard\"", "rotate = \"hard\"\nexchange = \"1/1\""));
    let east: Vec<String> = (0..60).filter(|n| n % 2 == 0).skip(4).map(unit_id).collect();
    district.register.units.retain(|unit| !east.contains(&unit.id));
    hours_in_the_west(&mut district, 12);
    let worst = |district: &District| matches!(forecast(&district.plan()).staffing, Staffing::Fails(_));
    assert!(worst(&without_lineups(district.clone())));
    let forecast = forecast(&district.plan());
    assert_eq!(forecast.staffing, Staffing::Undecided { draws: 400 });
    assert!(!forecast.is_reckless() && forecast.certificate.is_none());
}

#[test]
fn repairs_help_where_exchange_and_strikes_make_draws_fail() {
    let mut both = short_by_exchange();
    hours_in_the_west(&mut both, 12);
    strike(&mut both, "SL0001", "SL0003");
    strike(&mut both, "SL0001", "SL0005");
    let mut kinds = [0; 3];
    let districts = [short_by_exchange(), short_by_strikes(), both];
    districts.iter().for_each(|district| repairs_help(district, &mut kinds));
    assert!(kinds.iter().all(|seen| *seen > 0), "{kinds:?}");
}

/// Newcomers may do what the rules allow them, and no more: as many as are asked for
/// are enough, and one fewer is too few.
#[test]
fn as_many_people_are_asked_for_as_it_takes() {
    for (east_hours, hours) in [(60, 6), (60, 8), (12, 12)] {
        let mut district = short_by_exchange();
        let east = district.register.inspectors.iter_mut().filter(|person| person.zone == "z1");
        east.for_each(|person| person.capacity_minutes = Some(60 * east_hours));
        hours_in_the_west(&mut district, 4);
        let standard = &mut district.policy.workload.capacity_minutes;
        (standard.lead, standard.assistant) = (60 * hours, 60 * hours);
        let plan = district.plan();
        let repairs = forecast(&plan).repairs;
        let people = |repair: &&Repair| matches!(repair.steps[0], Step::People { .. });
        let repair = repairs.iter().find(people).expect("more people help");
        let reckless = |steps: &[Step]| forecast(&apply(&district, &plan, steps).plan()).is_reckless();
        assert!(!reckless(&repair.steps), "{repair:?}");
        let mut fewer = repair.steps.clone();
        let Some(Step::People { count, .. }) = fewer.last_mut() else { panic!("{fewer:?}") };
        *count -= 1;
        assert!(reckless(&fewer), "{repair:?}");
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let district = short_by_exchange();
    let plan = district.plan();
    let answer = || {
        let Forecast { staffing, rehearsal, certificate, repairs, .. } = forecast(&plan);
        (staffing, rehearsal, certificate, repairs)
    };
    let expected = answer();
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        assert_eq!(pool.install(answer), expected, "{threads} threads");
    }
}

/// A real draw that fails, under pseudonyms, is explained in the same words.
#[test]
fn a_real_draw_that_fails_tells_of_exchange_too() {
    let district = short_by_exchange();
    let plan = district.plan();
    let failed = (0..).find_map(|number| {
        let chance = Chance::number(number);
        let committed = district.commit(&plan, &chance);
        let failure = draw(
            &plan,
            &committed,
            &Seed::sha256(Digest(chance.salts)),
            &SaltKey::new(Suite::Sha256, &chance.salts),
        )
        .err()?;
        Some((committed, failure))
    });
    let (committed, failure) = failed.expect("a quarter fail");
    let candidate = |visit: usize| {
        let id = &failure.instance.visits[visit].unit;
        plan.eligibility.candidates.iter().position(|c| c.unit.id == *id).expect("a unit")
    };
    let position = |rank: u32| committed.roster.positions[rank as usize];
    let certificate = Certificate::new(&plan, (&failure.instance, &failure.shortage), candidate, position);
    assert_eq!(people(&plan, &certificate), ["SL0001", "SL0003", "SL0005", "SL0007", "SL0009"]);
    assert_eq!(certificate.bars, [(Bar::Exchange, 5)]);
    assert!(!certificate.exchanged.is_empty() && certificate.exchanged.len() < certificate.units.len());
}

/// The same through the command, in words and for programs.
#[test]
fn check_shows_the_dry_draw_that_fails() {
    let desk = Desk::new();
    desk.good(&["init", "office"]);
    for table in ["units", "inspectors", "items", "recusals"] {
        let mut text = String::from_utf8(small::table(table)).expect("a text");
        if table == "recusals" {
            text += "SL0001,SL0003,夫妻\nSL0001,SL0005,夫妻\n";
        }
        desk.write(&format!("office/tables/{table}.csv"), &text);
    }
    let policy = small::POLICY.replace("lead = 60, assistant = 60", "lead = 20, assistant = 20");
    let exchange = policy.replace("rotate = \"hard\"", "rotate = \"hard\"\nexchange = \"1/6\"");
    for (policy, zh, en, with) in [
        (&policy, "不得同组", "people who must not meet", &["apart"][..]),
        (
            &exchange,
            "跨片区互查、不得同组",
            "visits from other zones and people who must not meet",
            &["exchange", "apart"],
        ),
    ] {
        desk.write("office/policy.toml", policy);
        desk.good(&["-C", "office", "import"]);
        let check = ["-C", "office", "check", "--month", "2026-12"];
        let shown = desk.bad(&check, 7, "有的抽取结果派不足人，不能承诺").out;
        assert!(shown.contains(&format!(" 次试抽（按{zh}的规定）派不足人：")), "{shown}");
        assert!(shown.contains("不得同组 2 人") && shown.contains("试抽 400 次，"), "{shown}");
        assert!(shown.contains("已重新试抽 400 次，都派得足"), "{shown}");
        let shown = desk.run(&[&check[..], &["--lang", "en"]].concat()).out;
        assert!(shown.contains(&format!(", with {en}, cannot be staffed: ")), "{shown}");
        let told = desk.run(&[&check[..], &["--json"]].concat()).out;
        let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
        let certificate = &told["certificate"];
        assert_eq!((&told["staffing"], &certificate["with"]), (&"fails".into(), &with.into()));
        assert!(certificate["dry_draw"].as_u64().is_some_and(|number| (1..=400).contains(&number)));
        assert!(certificate["units"].as_array().expect("units").iter().all(|u| u["exchanged"].is_boolean()));
        let apart = serde_json::json!({ "rule": "apart", "inspectors": 2 });
        assert!(certificate["barred"].as_array().expect("bars").contains(&apart));
        let repairs = told["repairs"].as_array().expect("repairs");
        assert!(repairs.iter().any(|r| r["verified"] == "rehearsed" && r["dry_draws"] == 400), "{repairs:?}");
    }
}
