//! The scenario's file: what ships has the totals of the year that it names; every mistake
//! is answered with its line, its column, what is wrong and what to do.

mod terminal;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::{BTreeMap, BTreeSet};
use terminal::Desk;
use yaohao::lang::Lang;
use yaohao::policy::{Policy, QuotaSize, Rounding};
use yaohao::problem::{Kind, Problem};
use yaohao::register::Class;
use yaohao::scenario::{Limit, LineUnit, Scenario, Season, Triangle, Work};

const SHIPPED: &str = include_str!("../config/scenario.toml");
const POLICY: &str = include_str!("../config/policy.toml");
const LATER: &str = "policy-2025-11-06.toml";

fn read(text: &str) -> Scenario {
    Scenario::read("scenario.toml", text).unwrap_or_else(|problem| panic!("{}", problem.to(Lang::Zh)))
}

/// Every variant of the shipped scenario, and that of the small one.
fn every() -> BTreeSet<&'static str> {
    BTreeSet::from([
        "pooled",
        "exchange",
        "split",
        "one-more",
        "ratios",
        "complaints",
        "transfer-2025",
        "more",
    ])
}

fn policies() -> (Policy, BTreeMap<String, Policy>) {
    let policy = |name: &str, text: &str| Policy::read(name, text).expect("it ships");
    let later = policy(LATER, include_str!("../config/policy-2025-11-06.toml"));
    (policy("policy.toml", POLICY), BTreeMap::from([(LATER.to_owned(), later)]))
}

fn work<'s>(scenario: &'s Scenario, id: &str) -> &'s Work {
    scenario.works.iter().find(|work| work.id == id).unwrap_or_else(|| panic!("no {id}"))
}

// ---- what ships --------------------------------------------------------------------

#[test]
fn the_shipped_scenario_has_the_totals_of_2023() {
    let scenario = read(SHIPPED);
    let yearly = |ids: &[&str]| ids.iter().map(|id| work(&scenario, id).yearly).sum::<u32>();
    assert_eq!(yearly(&["complaint-urgent", "complaint"]), 1_125);
    assert_eq!(yearly(&["licence"]), 372);
    assert_eq!(yearly(&["joint"]), 530);
    let fires = ["fire-general", "fire-simplified", "fire-minor"];
    assert_eq!(fires.map(|id| yearly(&[id])), [23, 148, 714]);
    assert_eq!(yearly(&fires), 885);
    assert_eq!(scenario.visits.notices.to_string(), "1676/3673");
    assert_eq!((scenario.months, scenario.calendar_year), (36, 2026));
    assert_eq!(work(&scenario, "complaint-urgent").limit, Limit::Days(1));
    assert_eq!(work(&scenario, "complaint").limit, Limit::WorkingDays(3));
    assert_eq!(scenario.reinspections.within, 3);
}

/// Whoever reads it sees what was measured and what was not.
#[test]
fn every_assumption_of_the_shipped_scenario_stands_in_its_order_with_its_source() {
    let scenario = read(SHIPPED);
    let lines: Vec<&str> = SHIPPED.lines().filter(|line| line.contains("source = \"")).collect();
    assert_eq!(scenario.assumptions.len(), lines.len());
    let mut keys = BTreeSet::new();
    for (assumption, line) in scenario.assumptions.iter().zip(lines) {
        let key = assumption.key.rsplit('.').next().expect("a part");
        assert!(line.trim_start().starts_with(&format!("{key} = {{ value = ")), "{key}: {line}");
        assert!(
            line.contains(&format!("unit = \"{}\", source = \"{}\"", assumption.unit, assumption.source))
        );
        assert!(LineUnit::from_text(&assumption.unit).is_some());
        assert_eq!(assumption.assumed, assumption.source.starts_with("假定"), "{key}");
        let cited = ["《关于2023年行政执法总体情况的报告》", "消防监督检查规定（公安部令第120号）"];
        assert!(assumption.assumed || cited.iter().any(|from| assumption.source.starts_with(from)), "{line}");
        assert!(!assumption.name.zh.is_empty() && !assumption.name.en.is_empty());
        assert!(keys.insert(&assumption.key), "{} twice", assumption.key);
    }
    let named = |key: &str| scenario.assumptions.iter().find(|line| line.key == key).expect(key);
    let minutes = named("day.minutes");
    assert_eq!((minutes.value.as_str(), minutes.unit.as_str()), ("420", "分钟"));
    let lead = named("work.licence.lead");
    assert_eq!((lead.name.zh.as_str(), lead.value.as_str()), ("消防行政许可：主办时长", "120, 180, 300"));
    assert_eq!(lead.name.en, "消防行政许可: minutes of the lead");
    assert_eq!(named("visits.notices").value, "1676/3673");
    assert!(keys.contains(&"travel.zones.z4".to_owned()) && keys.contains(&"closing.small".to_owned()));
}

/// The work that it asks for can be done, and is neither trifling nor hopeless: with 59 people
/// who work 248 days of 420 minutes, between a half and nine tenths of their time.
#[test]
fn the_shipped_scenario_asks_for_what_59_people_can_do() {
    let scenario = read(SHIPPED);
    let mean = |of: Triangle| u64::from(of.least + of.likely + of.most) / 3;
    let way = 2 * 50;
    let works = scenario.works.iter().map(|work| {
        let days = work.daily.map_or(1, |daily| mean(work.lead).div_ceil(u64::from(daily)));
        u64::from(work.yearly) * (mean(work.lead) + mean(work.assistant) + way * days)
    });
    let drawn = 306 * 12 * ((240 + 180) * mean(scenario.visits.length) / 100 + way);
    let again = mean(scenario.reinspections.lead) + mean(scenario.reinspections.assistant) + way;
    let asked = works.sum::<u64>() + drawn + 1_676 * again;
    let away = u64::from(scenario.leave.yearly * scenario.leave.days) * 5 / 7;
    let there = 59 * (248 - away) * u64::from(scenario.day.minutes);
    assert!((50..90).contains(&(asked * 100 / there)), "{asked} of {there} minutes");
}

#[test]
fn the_shipped_scenario_fits_the_shipped_policies_and_has_its_variants() {
    let (policy, others) = policies();
    Scenario::check_against("scenario.toml", SHIPPED, &policy, &others, &every())
        .unwrap_or_else(|problem| panic!("{}", problem.to(Lang::Zh)));
    let scenario = read(SHIPPED);
    let ids: Vec<&str> = scenario.variants.iter().map(|variant| variant.id.as_str()).collect();
    let expected = ["pooled", "exchange", "split", "one-more", "ratios", "complaints", "transfer-2025"];
    assert_eq!(ids, expected);
    let change = |id: &str| &scenario.variants.iter().find(|variant| variant.id == id).expect(id).change;
    assert_eq!(change("pooled").pooled, Some(true));
    assert_eq!(change("exchange").exchange.map(|share| share.to_string()).as_deref(), Some("1/10"));
    assert_eq!(change("one-more").inspectors.values().sum::<u32>(), 4);
    assert_eq!(change("transfer-2025").policy.as_deref(), Some(LATER));
    let moved = |(code, zone): (&String, &String)| {
        policy.towns.iter().any(|town| town.code == *code && town.zone != *zone)
    };
    assert!(change("split").towns.len() == 3 && change("split").towns.iter().all(moved));
    // Both policies set days, which trials need.
    assert!(policy.schedule.is_some() && others.values().all(|other| other.schedule == policy.schedule));
}

#[test]
fn a_new_office_has_a_scenario_that_fits_its_policies() {
    let desk = Desk::new();
    desk.good(&["init", "tried", "--example"]);
    let run = desk.good(&["init", "office"]);
    assert!(
        run.out.contains("  scenario.toml\n") && run.out.contains(&format!("  {LATER}\n")),
        "{}",
        run.out
    );
    for office in ["tried", "office"] {
        let file = |name: &str| desk.read(&format!("{office}/{name}"));
        let policy = |name: &str| Policy::read(name, &file(name)).expect("a policy");
        let others = BTreeMap::from([(LATER.to_owned(), policy(LATER))]);
        let fits = Scenario::check_against(
            "scenario.toml",
            &file("scenario.toml"),
            &policy("policy.toml"),
            &others,
            &every(),
        );
        assert_eq!(fits, Ok(()), "{office}");
    }
}

// ---- what settings mean ------------------------------------------------------------

/// A line of each kind, as small as a scenario can be.
const GOOD: &str = r#"version = 1
name = "小设想"
months = 12
[calendar]
like_year = { value = 2026, unit = "year", source = "assumed" }
[day]
minutes = { value = 420, unit = "分钟", source = "assumed: 七小时" }
overtime = { value = 60, unit = "minutes", source = "排班表" }
rest_day = { value = 0, unit = "minutes", source = "排班表" }
[travel]
elsewhere = { value = 30, unit = "minutes", source = "假定" }
[travel.zones]
z1 = { value = 30, unit = "minutes", source = "假定" }
[visits]
length = { value = 100, unit = "percent", source = "假定" }
notices = { value = "1676/3673", unit = "share", source = "报告" }
[reinspections]
notice_days = { value = [3, 15, 30], unit = "days", source = "假定" }
within = { value = 3, unit = "working-days", source = "第二十二条" }
lead = { value = [40, 60, 120], unit = "minutes", source = "假定" }
assistant = { value = [30, 45, 90], unit = "minutes", source = "假定" }
[leave]
yearly = { value = 2, unit = "次/人·年", source = "假定" }
days = { value = 7, unit = "天", source = "假定" }
sick_yearly = { value = 80, unit = "次/百人·年", source = "假定" }
sick_days = { value = [1, 3, 14], unit = "天", source = "假定" }
[certificates]
late = { value = 10, unit = "%", source = "假定" }
gap_days = { value = 30, unit = "天", source = "假定" }
[closing]
small = { value = "2/25", unit = "比例", source = "假定" }
[opening]
small = { value = 140, unit = "家/年", source = "假定" }
[[work]]
id = "complaint"
name = "投诉"
yearly = { value = 900, unit = "件/年", source = "假定" }
months = { value = [1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], unit = "权重", source = "假定" }
urgent = true
within = { value = 1, unit = "天", source = "第十八条" }
lead = { value = 60, unit = "分钟", source = "假定" }
assistant = { value = 45, unit = "分钟", source = "假定" }
[[work]]
id = "festival"
name = "节前检查"
yearly = { value = 90, unit = "件/年", source = "假定" }
days = { value = ["01-20..02-16", "05-01"], unit = "月-日", source = "假定" }
on_rest_days = true
within = { value = 5, unit = "工作日", source = "假定" }
lead = { value = 120, unit = "分钟", source = "假定" }
assistant = { value = 120, unit = "分钟", source = "假定" }
daily = { value = 240, unit = "分钟", source = "假定" }
notices = { value = 50, unit = "%", source = "假定" }
[[variant]]
id = "more"
name = "多些"
policy = "policy-2025-11-06.toml"
zones = "home"
exchange = "1/10"
towns = { "500112011" = "z1" }
inspectors = { z1 = 2 }
quotas = { small = 60, general-a = "1/8" }
yearly = { complaint = 1500 }
"#;

#[test]
fn every_setting_is_read_as_it_is_written() {
    let scenario = read(GOOD);
    let one = |n| Triangle { least: n, likely: n, most: n };
    assert_eq!(scenario.visits.length, one(100), "one number is all three");
    assert_eq!(scenario.reinspections.notice_days, Triangle { least: 3, likely: 15, most: 30 });
    assert_eq!(scenario.certificates.late.to_string(), "10/100");
    assert_eq!(scenario.churn.closing[&Class::Small].to_string(), "2/25");
    assert_eq!(scenario.churn.opening, BTreeMap::from([(Class::Small, 140)]));
    let (complaint, festival) = (work(&scenario, "complaint"), work(&scenario, "festival"));
    assert_eq!(complaint.season, Season::Months([1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]));
    assert_eq!(festival.season, Season::Days(vec![((1, 20), (2, 16)), ((5, 1), (5, 1))]));
    assert_eq!((complaint.urgent, complaint.on_rest_days, complaint.daily), (true, false, None));
    assert_eq!((festival.urgent, festival.on_rest_days, festival.daily), (false, true, Some(240)));
    assert_eq!(complaint.notices.to_string(), "0/1", "nothing said, no notices");
    assert_eq!((complaint.limit, festival.limit), (Limit::Days(1), Limit::WorkingDays(5)));
    let assumed: Vec<bool> = scenario.assumptions.iter().take(4).map(|line| line.assumed).collect();
    assert_eq!(assumed, [true, true, false, false]);
    let days = scenario.assumptions.iter().find(|line| line.key == "work.festival.days").expect("a line");
    assert_eq!(days.value, "01-20..02-16, 05-01");
    let change = &scenario.variants[0].change;
    assert_eq!((change.pooled, change.inspectors["z1"], change.yearly["complaint"]), (Some(false), 2, 1_500));
    assert_eq!(change.towns, BTreeMap::from([("500112011".to_owned(), "z1".to_owned())]));
}

#[test]
fn a_share_of_a_variant_is_rounded_as_the_stratum_is() {
    let change = &read(GOOD).variants[0].change;
    let (policy, _) = policies();
    let size = |id: &str| change.quota(policy.strata.iter().find(|rule| rule.id == id).expect(id));
    assert_eq!(size("small"), QuotaSize::Count(60));
    assert_eq!(size("general-a"), QuotaSize::Share("1/8".parse().expect("a fraction"), Rounding::Down));
    assert_eq!(size("key"), QuotaSize::Share("1/16".parse().expect("a fraction"), Rounding::Up));
}

// ---- mistakes ----------------------------------------------------------------------

/// One fault a case: what of the good file is replaced by what; the part of it that the
/// message points at; a part of the message and of the remedy.
type Case = (&'static str, &'static str, &'static str, &'static str, &'static str);

const MISTAKES: &[Case] = &[
    ("version = 1", "version = 2", "2", "情景版本 2", "version = 1"),
    ("months = 12", "months = 18", "18", "整年", "12 的倍数"),
    ("months = 12", "months = 0", "0", "整年", "12 至 120"),
    ("months = 12", "months = 132", "132", "整年", "12 至 120"),
    ("name = \"小设想\"", "name = \" 小设想\"", "\" 小设想\"", "首尾有空格", "去掉"),
    ("name = \"小设想\"\n", "", "version", "缺少“name”", "config/"),
    ("months = 12", "months = 12\nyears = 1", "years", "没有“years”这个键", "config/"),
    ("value = 420, unit", "value = \"420\", unit", "\"420\"", "1 至 1440 之间的整数", "不带引号"),
    ("value = 420, unit", "value = 4.5, unit", "4.5", "整数", "小数"),
    ("value = 420, unit", "value = 1441, unit", "1441", "1 至 1440", "value = 1"),
    ("value = 420, unit", "value = -1, unit", "-1", "1 至 1440", "value = 1"),
    (
        "value = 60, unit = \"minutes\", source = \"排班表\"",
        "value = 1021, unit = \"minutes\", source = \"排班表\"",
        "1021",
        "0 至 1020",
        "value = 0",
    ),
    (
        "{ value = 420, unit = \"分钟\", source = \"assumed: 七小时\" }",
        "420",
        "420",
        "{ 键 = 值 } 的一组",
        "config/",
    ),
    (
        "unit = \"分钟\", source = \"assumed: 七小时\"",
        "unit = \"小时\", source = \"assumed: 七小时\"",
        "\"小时\"",
        "“每人每个工作日的工时”不以“小时”计",
        "可用的单位：分钟",
    ),
    (
        "unit = \"分钟\", source = \"assumed: 七小时\"",
        "source = \"assumed: 七小时\"",
        "{ value = 420",
        "缺少 unit",
        "unit = \"分钟\"",
    ),
    (", source = \"assumed: 七小时\"", "", "{ value = 420", "缺少 source", "没有量过的写 假定"),
    ("source = \"assumed: 七小时\"", "source = \" \"", "\" \"", "没有写依据", "假定"),
    ("source = \"assumed: 七小时\"", "source = \" 假定\"", "\" 假定\"", "首尾有空格", "去掉"),
    ("value = 420, ", "", "{ unit = \"分钟\"", "缺少 value", "value = …"),
    ("value = 2026", "value = 26", "26", "2000 至 2999", "value = 2000"),
    ("unit = \"percent\"", "unit = \"minutes\"", "\"minutes\"", "不以“minutes”计", "%"),
    (
        "value = 100, unit = \"percent\"",
        "value = 0, unit = \"percent\"",
        "0,",
        "最少、最可能、最多",
        "三个一样",
    ),
    ("value = [3, 15, 30]", "value = [15, 3, 30]", "[15, 3, 30]", "从小到大", "[最少, 最可能, 最多]"),
    ("value = [3, 15, 30]", "value = [3, 31, 30]", "[3, 31, 30]", "从小到大", "[最少, 最可能, 最多]"),
    ("value = [3, 15, 30]", "value = [3, 30]", "[3, 30]", "三个整数", "[最少, 最可能, 最多]"),
    ("value = [3, 15, 30]", "value = [0, 15, 30]", "[0, 15, 30]", "在 1 至 366 之间", "value"),
    ("value = [3, 15, 30]", "value = [3, 15, 367]", "[3, 15, 367]", "在 1 至 366 之间", "value"),
    ("value = [40, 60, 120]", "value = [40, 60, 10001]", "[40, 60, 10001]", "在 1 至 10000 之间", "value"),
    ("value = [40, 60, 120]", "value = [40, \"60\", 120]", "[40, \"60\", 120]", "三个整数", "value"),
    ("\"1676/3673\"", "\"3673/1676\"", "\"3673/1676\"", "0 与 1 之间的比例", "1/20"),
    ("\"1676/3673\"", "\"45%\"", "\"45%\"", "0 与 1 之间的比例", "unit = \"%\""),
    ("value = 10, unit = \"%\"", "value = 101, unit = \"%\"", "101", "0 与 1 之间的比例", "value = 5"),
    ("value = 10, unit = \"%\"", "value = -1, unit = \"%\"", "-1", "0 与 1 之间的比例", "value = 5"),
    ("value = 7, unit", "value = 184, unit", "184", "1 至 183", "value = 1"),
    (
        "[closing]\nsmall",
        "[closing]\ntiny",
        "{ value = \"2/25\"",
        "不认识单位类别“tiny”",
        "high-risk, key-crowd",
    ),
    ("[opening]\nsmall", "[opening]\ntiny", "{ value = 140", "不认识单位类别“tiny”", "high-risk, key-crowd"),
    ("value = 140, unit = \"家/年\"", "value = 140, unit = \"件/年\"", "\"件/年\"", "不以“件/年”计", "家/年"),
    ("value = 900", "value = 1000001", "1000001", "0 至 1000000", "value = 0"),
    ("id = \"complaint\"", "id = \"Complaint\"", "\"Complaint\"", "要一个代号", "小写字母开头"),
    ("id = \"festival\"", "id = \"complaint\"", "\"complaint\"", "“complaint”已经用了", "换一个"),
    ("id = \"festival\"", "id = \"drawn\"", "\"drawn\"", "“drawn”已经用了", "换一个"),
    ("id = \"festival\"", "id = \"reinspection\"", "\"reinspection\"", "“reinspection”已经用了", "换一个"),
    ("name = \"节前检查\"", "name = \"\"", "\"\"", "文字为空", "去掉"),
    (
        "value = [1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]",
        "value = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]",
        "[0, 0,",
        "不能都是 0",
        "一月在前",
    ),
    ("value = [1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]", "value = [1, 0, 1]", "[1, 0, 1]", "十二个", "一月在前"),
    (
        "value = [1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]",
        "value = [1, -1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]",
        "[1, -1",
        "十二个",
        "一月在前",
    ),
    (
        "urgent = true\n",
        "urgent = true\ndays = { value = [\"05-01\"], unit = \"月-日\", source = \"假定\" }\n",
        "\"complaint\"",
        "只写一样",
        "months",
    ),
    (
        "days = { value = [\"01-20..02-16\", \"05-01\"], unit = \"月-日\", source = \"假定\" }\n",
        "",
        "\"festival\"",
        "只写一样",
        "days",
    ),
    (
        "[\"01-20..02-16\", \"05-01\"]",
        "[\"02-20..02-29\"]",
        "[\"02-20..02-29\"]",
        "每年都有的日子",
        "跨年的分成两段",
    ),
    ("[\"01-20..02-16\", \"05-01\"]", "[\"13-01\"]", "[\"13-01\"]", "“13-01”不是", "跨年的分成两段"),
    (
        "[\"01-20..02-16\", \"05-01\"]",
        "[\"12-20..01-05\"]",
        "[\"12-20..01-05\"]",
        "从早到晚",
        "跨年的分成两段",
    ),
    (
        "[\"01-20..02-16\", \"05-01\"]",
        "[\"01-20..02-16\", \"02-16\"]",
        "[\"01-20..02-16\", \"02-16\"]",
        "重叠",
        "从早到晚",
    ),
    ("[\"01-20..02-16\", \"05-01\"]", "[]", "[]", "一列日子", "从早到晚"),
    ("[\"01-20..02-16\", \"05-01\"]", "\"05-01\"", "\"05-01\"", "一列日子", "从早到晚"),
    ("value = 5, unit = \"工作日\"", "value = 5, unit = \"分钟\"", "\"分钟\"", "不以“分钟”计", "天、工作日"),
    ("value = 5, unit = \"工作日\"", "value = 0, unit = \"工作日\"", "0,", "1 至 366", "value = 1"),
    ("value = 240, unit", "value = 0, unit", "0,", "1 至 1440", "value = 1"),
    (
        "on_rest_days = true",
        "on_rest_days = true\nurgent = true",
        "{ value = 240",
        "一口气办完",
        "删去 daily",
    ),
    ("on_rest_days = true", "on_rest_days = 1", "1", " true 或 false", "config/"),
    ("id = \"more\"", "id = \"base\"", "\"base\"", "“base”已经用了", "换一个"),
    ("id = \"more\"", "id = \"更多\"", "\"更多\"", "要一个代号", "小写字母开头"),
    (
        "\"policy-2025-11-06.toml\"",
        "\"../policy.toml\"",
        "\"../policy.toml\"",
        "不是方案文件的名称",
        "只写名称",
    ),
    ("\"policy-2025-11-06.toml\"", "\"policy\"", "\"policy\"", "不是方案文件的名称", "只写名称"),
    ("zones = \"home\"", "zones = \"all\"", "\"all\"", "不认识的片区规则", "any"),
    ("zones = \"home\"", "zones = \"any\"", "\"1/10\"", "没有跨片区互查", "删去 exchange"),
    ("exchange = \"1/10\"", "exchange = \"0.1\"", "\"0.1\"", "0 到 1 之间的分数", "1/10"),
    ("\"500112011\" = \"z1\"", "\"500112011\" = \"第一片区\"", "\"第一片区\"", "片区的代号", "z2"),
    ("inspectors = { z1 = 2 }", "inspectors = { z1 = 0 }", "0 }", "1 至 1000", "z1 = 1"),
    ("inspectors = { z1 = 2 }", "inspectors = { z1 = -1 }", "-1", "不带小数和负号", "config/"),
    ("small = 60", "small = \"60%\"", "\"60%\"", "抽取数量写得不对", "1/8"),
    ("small = 60", "small = 1000001", "1000001", "抽取数量写得不对", "至多 1000000"),
    ("small = 60", "small = 0.5", "0.5", "抽取数量写得不对", "small = 60"),
    (
        "yearly = { complaint = 1500 }",
        "yearly = { complaints = 1500 }",
        "1500",
        "没有“complaints”这种工作",
        "complaint, festival",
    ),
    (
        "yearly = { complaint = 1500 }",
        "yearly = { complaint = 1000001 }",
        "1000001",
        "0 至 1000000",
        "complaint = 0",
    ),
    ("small = 60, general-a", "small = 60 general-a", "= \"1/8\"", "不合 TOML 语法", "config/"),
];

/// The good file with one fault, and the place that the message has to name.
fn damaged(from: &str, to: &str, points_at: &str) -> (String, (usize, usize)) {
    assert_eq!(GOOD.matches(from).count(), 1, "{from}");
    let text = GOOD.replace(from, to);
    let changed = GOOD.find(from).expect("it is there");
    // From the line where the change begins; else from the top.
    let start = text[..changed].rfind('\n').map_or(0, |at| at + 1);
    let inside = text[changed..].find(points_at).filter(|at| *at < to.len().max(1)).map(|at| changed + at);
    let inside = inside.or_else(|| text[start..].find(points_at).map(|at| start + at));
    let at = inside.or_else(|| text.find(points_at)).unwrap_or_else(|| panic!("no {points_at}"));
    let before = &text[..at];
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    let place = (before.matches('\n').count() + 1, column);
    (text, place)
}

fn told(problem: &Problem, text: &str, place: (usize, usize), what: &str, remedy: &str) {
    let (line, column) = place;
    let whole = problem.to(Lang::Zh);
    assert_eq!(problem.kind, Kind::Policy, "{whole}");
    assert_eq!(problem.place, format!("scenario.toml:{line}:{column}"), "{whole}");
    assert!(problem.what.zh.contains(what), "no “{what}” in\n{whole}");
    assert!(problem.remedy.zh.contains(remedy), "no “{remedy}” in\n{whole}");
    let shown = text.lines().nth(line - 1).expect("the line is there");
    assert!(problem.what.zh.contains(shown) && problem.what.en.contains(shown), "{whole}");
    let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let first = |said: &str| said.lines().next().unwrap_or_default().to_owned();
    assert!(chinese(&first(&problem.what.zh)) && chinese(&problem.remedy.zh), "{whole}");
    let en = [first(&problem.what.en), problem.remedy.en.clone()];
    assert!(en.iter().all(|said| said.chars().any(|c| c.is_ascii_alphabetic())), "{en:?}");
}

#[test]
fn every_mistake_is_told_with_its_place_and_its_remedy() {
    read(GOOD);
    for (from, to, points_at, what, remedy) in MISTAKES {
        let (text, place) = damaged(from, to, points_at);
        match Scenario::read("scenario.toml", &text) {
            Ok(_) => panic!("accepted: {to}"),
            Err(problem) => told(&problem, &text, place, what, remedy),
        }
    }
}

#[test]
fn a_variant_that_changes_nothing_is_refused() {
    let (head, _) = GOOD.split_once("policy = ").expect("the changes");
    let problem = Scenario::read("scenario.toml", head).expect_err("nothing changes");
    assert!(problem.what.zh.contains("什么都没有改") && problem.what.en.contains("changes nothing"));
    assert!(problem.remedy.zh.contains("inspectors"));
}

#[test]
fn two_variants_have_two_keys() {
    let text = format!("{GOOD}[[variant]]\nid = \"more\"\nname = \"又一个\"\nzones = \"any\"\n");
    let problem = Scenario::read("scenario.toml", &text).expect_err("twice");
    assert!(problem.what.zh.contains("“more”已经用了"), "{}", problem.to(Lang::Zh));
}

/// What the policy does not have; the good file needs the other three zones for that.
const MISFITS: &[Case] = &[
    ("inspectors = { z1 = 2 }", "inspectors = { z9 = 2 }", "2 }", "没有片区“z9”", "z1、z2、z3、z4"),
    ("\"500112011\" = \"z1\"", "\"500112011\" = \"z9\"", "\"z9\"", "没有片区“z9”", "z1、z2、z3、z4"),
    ("\"500112011\" = \"z1\"", "\"500112999\" = \"z1\"", "\"z1\"", "没有镇街“500112999”", "9 位代码"),
    ("small = 60", "tiny = 60", "60", "没有分层“tiny”", "high-risk、key-crowd"),
    (
        "\"policy-2025-11-06.toml\"",
        "\"policy-2027.toml\"",
        "\"policy-2027.toml\"",
        "没有方案文件“policy-2027.toml”",
        "文件夹",
    ),
    (
        "[visits]",
        "z9 = { value = 1, unit = \"minutes\", source = \"假定\" }\n[visits]",
        "{ value = 1,",
        "没有片区“z9”",
        "z1、z2、z3、z4",
    ),
];

#[test]
fn what_the_policy_does_not_have_is_told_with_its_place() {
    let (policy, others) = policies();
    let check = |text: &str| Scenario::check_against("scenario.toml", text, &policy, &others, &every());
    let way = |zone: &str| format!("{zone} = {{ value = 30, unit = \"minutes\", source = \"假定\" }}\n");
    let ways: String = ["z1", "z2", "z3", "z4"].map(way).concat();
    let problem = check(GOOD).expect_err("three zones are missing");
    assert!(problem.what.zh.contains("z2、z3、z4"), "{}", problem.to(Lang::Zh));
    assert!(problem.place.starts_with("scenario.toml:"));
    for (from, to, points_at, what, remedy) in MISFITS {
        let (text, (line, column)) = damaged(from, to, points_at);
        let text = text.replace(&way("z1"), &ways);
        assert!(Scenario::read("scenario.toml", &text).is_ok(), "{to}: right by itself");
        let problem = check(&text).expect_err("misfit");
        told(&problem, &text, (line + 3, column), what, remedy);
    }
}

#[test]
fn variants_that_nobody_wants_need_not_fit() {
    let (policy, _) = policies();
    let check = |wanted: &[&str]| {
        let wanted = wanted.iter().copied().collect();
        Scenario::check_against("scenario.toml", SHIPPED, &policy, &BTreeMap::new(), &wanted)
    };
    assert_eq!(check(&["pooled", "one-more"]), Ok(()));
    assert!(check(&["pooled", "transfer-2025"]).is_err());
}

#[test]
fn a_way_of_more_than_half_a_day_is_refused() {
    let way = |minutes: u32| {
        let text = GOOD.replace("z1 = { value = 30", &format!("z1 = {{ value = {minutes}"));
        (Scenario::read("scenario.toml", &text), text)
    };
    assert!(way(180).0.is_ok());
    let (read, text) = way(181);
    let problem = read.expect_err("211 of 420 minutes");
    let line = text.lines().position(|line| line.starts_with("z1 =")).expect("a line") + 1;
    told(&problem, &text, (line, 6), "超过每天工时的一半（210 分钟）", "travel.elsewhere");
}

#[test]
fn an_exchange_needs_home_zones() {
    let (_, others) = policies();
    let pooled = POLICY.replace("zones = \"home\" ", "zones = \"any\" ");
    let policy = Policy::read("policy.toml", &pooled).expect("a policy");
    let problem =
        Scenario::check_against("scenario.toml", SHIPPED, &policy, &others, &every()).expect_err("no zones");
    assert!(problem.what.zh.contains("没有跨片区互查"), "{}", problem.to(Lang::Zh));
    assert!(problem.what.en.contains("exchange = \"1/10\"") && problem.remedy.zh.contains("home"));
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200, rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..Default::default()
    })]

    /// However a scenario is damaged, it is read or refused with a place in the text.
    #[test]
    fn damaged_scenarios_never_panic(
        damages in proptest::collection::vec((any::<prop::sample::Index>(), any::<char>(), 0..4_u8), 1..4),
    ) {
        let mut text: Vec<char> = GOOD.chars().collect();
        for (at, c, how) in damages {
            let at = at.index(text.len());
            match how {
                0 => text[at] = c,
                1 => text.insert(at, c),
                // More digits than anything counts to.
                2 => text.splice(at..at, "99999999999".chars()).for_each(drop),
                _ => drop(text.drain(at..(at + 7).min(text.len()))),
            }
        }
        let text: String = text.into_iter().collect();
        let (policy, others) = policies();
        let read = Scenario::read("s.toml", &text).map(|_| ());
        for problem in [read, Scenario::check_against("s.toml", &text, &policy, &others, &every())] {
            let Err(problem) = problem else { continue };
            let place = problem.place.strip_prefix("s.toml:").expect("the name of the file");
            let (line, _) = place.split_once(':').expect("line:column");
            let lines = text.matches('\n').count() + 1;
            prop_assert!(line.parse::<usize>().is_ok_and(|line| (1..=lines).contains(&line)), "{}", place);
        }
    }
}
