//! Who sees what: exactly the units and the people of the reader's own visits.

use super::case::{NEVER, Office, day, drawn, numbered, office, tasks};
use std::collections::BTreeSet;
use std::io::Cursor;
use yaohao::dispatch::{Audience, Due, Order, Reader, calendar, html, orders};
use yaohao::task::Kind;
use yaohao::time::Period;

const UNITS: [&str; 8] = ["甲宾馆", "乙商场", "丙&lt;厂", "丁学校", "戊医院", "己仓库", "庚餐馆", "辛网吧"];
const PEOPLE: [&str; 4] = ["赵一", "钱二", "孙三", "李四"];

/// Every word of every form of an order, escaped as HTML does.
fn words(order: &Order) -> String {
    let mut text = html(order);
    if matches!(order.reader, Reader::Inspector(_)) {
        text += &calendar(order).replace("\r\n ", "").replace('<', "&lt;");
    }
    let bytes = yaohao::cli::workbook(order).expect("a workbook");
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("opens");
    for (_, range) in calamine::Reader::worksheets(&mut book) {
        range.used_cells().for_each(|(_, _, cell)| text += &cell.to_string().replace('<', "&lt;"));
    }
    text
}

fn found<'a>(text: &str, known: &[&'a str]) -> Vec<&'a str> {
    known.iter().copied().filter(|word| text.contains(word)).collect()
}

/// For whom, which units, which people.
fn seen(order: &Order) -> (String, Vec<&'static str>, Vec<&'static str>) {
    let text = words(order);
    for never in NEVER {
        assert!(!text.contains(never), "{never}");
    }
    // Numbers tell of people too.
    let numbers = found(&text, &["SL01", "SL02", "SL03", "SL04"]).len();
    let people = found(&text, &PEOPLE);
    assert_eq!(numbers, people.len(), "{}", order.to);
    (order.to.clone(), found(&text, &UNITS), people)
}

fn all(office: &Office, audience: Audience) -> Vec<(String, Vec<&'static str>, Vec<&'static str>)> {
    office.orders(&tasks(), audience).iter().map(seen).collect()
}

fn expected(
    to: &str,
    units: &[&'static str],
    people: &[&'static str],
) -> (String, Vec<&'static str>, Vec<&'static str>) {
    (to.to_owned(), units.to_vec(), people.to_vec())
}

#[test]
fn an_inspector_sees_the_visits_that_the_inspector_is_in() {
    let seen = all(&office(), Audience::Inspectors);
    // 己仓库 was called off: the calendars of the two say so.
    let wanted = [
        expected(
            "赵一（执法证号 SL01）",
            &["甲宾馆", "己仓库", "庚餐馆", "辛网吧"],
            &["赵一", "钱二", "李四"],
        ),
        expected(
            "钱二（执法证号 SL02）",
            &["甲宾馆", "乙商场", "己仓库", "辛网吧"],
            &["赵一", "钱二", "孙三"],
        ),
        expected("孙三（执法证号 SL03）", &["乙商场", "丙&lt;厂", "丁学校"], &["钱二", "孙三", "李四"]),
        expected("李四（执法证号 SL04）", &["丙&lt;厂", "丁学校", "庚餐馆"], &["赵一", "孙三", "李四"]),
    ];
    assert_eq!(seen, wanted);
}

#[test]
fn a_team_sees_the_visits_that_all_of_it_make() {
    let seen = all(&office(), Audience::Teams);
    let units: BTreeSet<(String, Vec<&str>)> = seen.into_iter().map(|(to, units, _)| (to, units)).collect();
    let pair = |a: &str, b: &str| format!("{a}、{b}");
    let [one, two, three, four] =
        ["赵一（执法证号 SL01）", "钱二（执法证号 SL02）", "孙三（执法证号 SL03）", "李四（执法证号 SL04）"];
    let wanted = BTreeSet::from([
        (pair(one, two), vec!["甲宾馆", "辛网吧"]),
        (pair(two, three), vec!["乙商场"]),
        (pair(three, four), vec!["丙&lt;厂", "丁学校"]),
        (pair(one, four), vec!["庚餐馆"]),
    ]);
    assert_eq!(units, wanted);
}

#[test]
fn a_zone_sees_its_own_and_the_section_everything_that_is_still_to_be_made() {
    let office = office();
    let zones = all(&office, Audience::Zones);
    let name = |key: &str| office.policy.zones[key].clone();
    let wanted = [
        // The complaint lies in a town of the zone.
        expected(&name("z1"), &["甲宾馆", "乙商场", "庚餐馆", "辛网吧"], &PEOPLE),
        expected(&name("z2"), &["丙&lt;厂", "丁学校"], &["孙三", "李四"]),
    ];
    assert_eq!(zones, wanted);
    let [section] = &all(&office, Audience::Section)[..] else { panic!("one section") };
    assert_eq!(section.1, ["甲宾馆", "乙商场", "丙&lt;厂", "丁学校", "庚餐馆", "辛网吧"]);
    assert_eq!(section.2, PEOPLE);
}

#[test]
fn what_a_complaint_says_is_told_to_those_who_go_and_put_into_no_calendar() {
    let (office, tasks) = (office(), tasks());
    let said = "堵塞安全出口";
    for audience in [Audience::Zones, Audience::Section] {
        assert!(office.orders(&tasks, audience).iter().all(|order| !words(order).contains(said)));
    }
    let order = office.inspector(&tasks, "SL01");
    assert!(html(&order).contains(said) && !calendar(&order).replace("\r\n ", "").contains(said));
}

#[test]
fn visits_stand_by_day_and_those_without_a_day_last() {
    let order = office().inspector(&tasks(), "SL04");
    let days: Vec<Option<String>> = order.visits.iter().map(|v| v.day.map(|day| day.to_string())).collect();
    assert_eq!(days, [Some("2026-11-04".to_owned()), Some("2026-11-10".to_owned()), None]);
    let load = &order.loads[..];
    // 丙: 180 as assistant, 丁: 240 as lead, the complaint: 90.
    assert_eq!((load.len(), load[0].led, load[0].joined, load[0].minutes), (1, 1, 2, 510));
    assert_eq!(order.minutes(), 510);
}

#[test]
fn assigned_work_without_a_day_is_told_with_its_clock_and_comes_first_if_urgent() {
    let (office, mut tasks) = (office(), tasks());
    let urgent = tasks.iter_mut().find(|task| task.matter == numbered(Kind::Complaint, 1)).expect("there");
    urgent.planned = None;
    for order in [Audience::Inspectors, Audience::Teams, Audience::Zones, Audience::Section]
        .into_iter()
        .flat_map(|audience| office.orders(&tasks, audience))
        .filter(|order| order.visits.iter().any(|visit| visit.matter == numbered(Kind::Complaint, 1)))
    {
        let first = &order.visits[0];
        assert_eq!((first.unit.as_str(), first.day), ("庚餐馆", None), "{}", order.to);
        let page = html(&order);
        assert!(page.contains("待定") && page.contains("2026年11月4日09:30前到场（收到后24小时）"));
    }
    // Hours run whatever days are asked for.
    let days = Period { from: Some(day("2026-11-20")), until: None };
    let section = orders(&tasks, &office.book(), Audience::Section, days);
    let units: Vec<&str> = section[0].visits.iter().map(|visit| visit.unit.as_str()).collect();
    assert_eq!(units, ["庚餐馆"]);
}

#[test]
fn days_limit_an_order_and_then_leave_out_what_has_no_day() {
    let office = office();
    let days = Period { from: Some(day("2026-11-05")), until: Some(day("2026-11-10")) };
    let section = orders(&tasks(), &office.book(), Audience::Section, days);
    let units: Vec<&str> = section[0].visits.iter().map(|visit| visit.unit.as_str()).collect();
    assert_eq!(units, ["乙商场，一店;二店", "丙<厂>&“库”"]);
    let none = Period { from: Some(day("2026-11-20")), until: None };
    assert!(Audience::ALL.iter().all(|a| orders(&tasks(), &office.book(), *a, none).is_empty()));
}

#[test]
fn what_has_changed_is_marked() {
    let mut office = office();
    office.changes.insert(drawn("ab12"), 1);
    let [section] = &office.orders(&tasks(), Audience::Section)[..] else { panic!("one section") };
    let change =
        |unit: &str| section.visits.iter().find(|v| v.unit.starts_with(unit)).expect("a visit").change();
    assert_eq!(change("甲"), "改期（原定11月9日）");
    assert_eq!(change("丙"), "换人");
    assert_eq!(change("庚"), "换人");
    assert_eq!(change("乙"), "");
}

#[test]
fn clocks_of_complaints_are_told() {
    let mut tasks = tasks();
    let mut office = office();
    let due = |office: &Office, tasks: &[yaohao::task::Task], number: u32| {
        let order = office.inspector(tasks, "SL01");
        let is = |visit: &&yaohao::dispatch::Visit| visit.matter == numbered(Kind::Complaint, number);
        order.visits.iter().find(is).expect("a complaint").due.expect("a clock")
    };
    // 24 hours behind 2026-11-03 09:30 by the clocks of China.
    assert_eq!(due(&office, &tasks, 1).in_words(), "2026年11月4日09:30前到场（收到后24小时）");
    let second = tasks.iter_mut().find(|task| task.matter == numbered(Kind::Complaint, 2)).expect("there");
    second.planned = Some(day("2026-11-05"));
    assert_eq!(due(&office, &tasks, 2), Due::WorkingDays(3, day("2026-11-03")));
    office.last_days.insert(numbered(Kind::Complaint, 2), day("2026-11-06"));
    assert_eq!(due(&office, &tasks, 2).in_words(), "限2026年11月6日前");
}
