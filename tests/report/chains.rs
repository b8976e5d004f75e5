//! What becomes of hazards over several visits and over the end of a year, and what makes
//! a check fail.

use super::report;
use yaohao::policy::Role;
use yaohao::report::{Check, Figure, Report, Status};
use yaohao::task::{Act, Entry, Kind, Matter, Measure, Opened, Ordered, Outcome, Procedure, Visit};
use yaohao::time::{Date, Moment};

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn matter(text: &str) -> Matter {
    text.parse().expect("a number")
}

fn seats() -> Vec<(Role, String)> {
    vec![(Role::Lead, "SL0001".to_owned()), (Role::Assistant, "SL0031".to_owned())]
}

fn opened(number: &str, on: &str, of: Option<&str>) -> Opened {
    Opened {
        matter: matter(number),
        unit: None,
        name: "某处".to_owned(),
        town: Some("500112011".to_owned()),
        received: Moment::in_china_at(day(on), (8, 0, 0)).expect("a time"),
        urgent: false,
        due: None,
        procedure: None,
        of: of.map(matter),
        minutes: None,
        departments: Vec::new(),
        remark: None,
    }
}

fn visit(number: &str, on: &str, (hazards, rectified): (u32, u32)) -> Visit {
    let outcome = if hazards > rectified { Outcome::Open } else { Outcome::NoProblem };
    Visit {
        matter: matter(number),
        day: day(on),
        code: None,
        present: seats(),
        helpers: Vec::new(),
        delegated: None,
        items: vec![("XF01".to_owned(), outcome)],
        hazards,
        rectified,
        measures: Vec::new(),
        evidence: Vec::new(),
        remark: None,
    }
}

/// A complaint with its visit, from beginning to end.
fn told(opened: Opened, visit: Visit) -> Vec<Act> {
    let matter = visit.matter.clone();
    vec![
        Act::Opened(opened),
        Act::Assigned { matter: matter.clone(), seats: visit.present.clone() },
        Act::Visited(visit),
        Act::Submitted { matter: matter.clone() },
        Act::Approved { matter },
    ]
}

fn looked(number: &str, on: &str, of: Option<&str>, count: (u32, u32)) -> Vec<Act> {
    told(opened(number, on, of), visit(number, on, count))
}

fn of_acts(acts: Vec<Vec<Act>>, year: i32) -> Report {
    let at = |number: u32| Moment::in_china_at(day("2026-06-30"), (9, 0, number)).expect("a time");
    let entry = |(number, acts): (u32, Vec<Act>)| Entry {
        number,
        after: None,
        at: at(number),
        by: "desk-1".to_owned(),
        acts,
    };
    report(&(1..).zip(acts).map(entry).collect::<Vec<_>>(), year)
}

fn figures(report: &Report) -> [u64; 5] {
    [Figure::Hazards, Figure::RectifiedOnSpot, Figure::RectifiedLater, Figure::Open, Figure::RectifiedEarlier]
        .map(|figure| report.total(figure))
}

fn check<'a>(report: &'a Report, id: &str) -> &'a Check {
    report.checks.iter().find(|check| check.id == id).expect("a check")
}

/// Fails, and for exactly these matters.
fn fails(report: &Report, id: &str, matters: &[&str]) {
    let check = check(report, id);
    assert_eq!(check.status, Status::Fail, "{check:?}");
    let named: Vec<String> = check.matters.iter().map(ToString::to_string).collect();
    assert_eq!(named, matters, "{id}");
    assert!(!report.is_sound());
}

const FIRST: &str = "2025/complaint/0001";
const AGAIN: &str = "2025/reinspection/0001";
const THIRD: &str = "2026/reinspection/0001";

#[test]
fn a_hazard_belongs_to_the_year_in_which_it_was_found() {
    // Five found, one put right on the spot, two by the end of the year, one in the next,
    // in which the second look also finds a new one.
    let acts = || {
        vec![
            looked(FIRST, "2025-11-03", None, (5, 1)),
            looked(AGAIN, "2025-12-01", Some(FIRST), (0, 2)),
            looked(THIRD, "2026-01-05", Some(AGAIN), (1, 1)),
        ]
    };
    let before = of_acts(acts(), 2025);
    assert_eq!(figures(&before), [5, 1, 2, 2, 0]);
    assert!(before.is_sound(), "{:?}", before.checks);
    assert_eq!(before.total(Figure::Rectified), 3);
    // The oldest are put right first.
    let after = of_acts(acts(), 2026);
    assert_eq!(figures(&after), [1, 0, 0, 1, 1]);
    assert_eq!(after.total(Figure::Inspections), 1);
    assert!(after.is_sound());
    // What is known later changes nothing of the year.
    let late = of_acts(acts().into_iter().take(2).collect(), 2025);
    assert_eq!(figures(&late), figures(&before));
}

#[test]
fn what_was_found_before_the_journal_is_counted_apart() {
    let report = of_acts(vec![looked(AGAIN, "2025-02-01", Some("2024/complaint/0007"), (1, 3))], 2025);
    assert_eq!(figures(&report), [1, 0, 1, 0, 2]);
    assert!(report.is_sound(), "{:?}", report.checks);
}

#[test]
fn more_put_right_than_was_wrong_is_shown_with_its_matters() {
    let spot = of_acts(vec![looked(FIRST, "2025-03-03", None, (1, 2))], 2025);
    fails(&spot, "C06", &[FIRST]);
    let acts =
        vec![looked(FIRST, "2025-03-03", None, (2, 1)), looked(AGAIN, "2025-04-03", Some(FIRST), (0, 2))];
    fails(&of_acts(acts, 2025), "C06", &[AGAIN]);
}

#[test]
fn second_looks_at_each_other_come_to_an_end() {
    let other = "2025/reinspection/0002";
    let acts = vec![
        looked(AGAIN, "2025-04-03", Some(other), (1, 0)),
        looked(other, "2025-04-04", Some(AGAIN), (0, 1)),
    ];
    assert_eq!(of_acts(acts, 2025).total(Figure::Hazards), 1);
}

#[test]
fn one_person_is_no_inspection_and_a_partner_is_no_person_time() {
    let mut alone = visit(FIRST, "2025-03-03", (0, 0));
    alone.present = vec![
        (Role::Lead, "SL0001".to_owned()),
        (Role::Assistant, "SL0001".to_owned()),
        (Role::Department("police".to_owned()), "JC01".to_owned()),
    ];
    let report = of_acts(vec![told(opened(FIRST, "2025-03-03", None), alone)], 2025);
    assert_eq!((report.total(Figure::PersonTimes), report.total(Figure::Joint)), (1, 1));
    fails(&report, "C01", &[FIRST]);
    // A third of the office is named, and no fault.
    let mut three = visit(FIRST, "2025-03-03", (0, 0));
    three.present.push((Role::Expert, "SL0009".to_owned()));
    let report = of_acts(vec![told(opened(FIRST, "2025-03-03", None), three)], 2025);
    assert_eq!((report.total(Figure::PersonTimes), check(&report, "C01").status), (3, Status::Noted));
    assert_eq!(check(&report, "C01").matters, [matter(FIRST)]);
}

#[test]
fn what_a_town_did_itself_is_not_the_offices() {
    let mut town = visit(FIRST, "2025-03-03", (3, 1));
    town.delegated = Some("500112023".to_owned());
    town.measures = vec![Ordered { measure: Measure::Stop, number: None, by: None }];
    let report = of_acts(vec![told(opened(FIRST, "2025-03-03", None), town)], 2025);
    let counted: Vec<Figure> =
        Figure::ALL.iter().copied().filter(|figure| report.total(*figure) > 0).collect();
    assert_eq!(counted, [Figure::ComplaintsReceived, Figure::DelegatedChecks]);
    let towns = report.by_town(Figure::DelegatedChecks);
    assert_eq!(towns.into_iter().collect::<Vec<_>>(), [(Some("500112023".to_owned()), 1)]);
}

#[test]
fn the_other_checks_name_what_makes_them_fail() {
    // A notice without a fault.
    let mut notice = visit(FIRST, "2025-03-03", (0, 0));
    notice.measures = vec![Ordered { measure: Measure::AtOnce, number: None, by: None }];
    fails(&of_acts(vec![told(opened(FIRST, "2025-03-03", None), notice)], 2025), "C07", &[FIRST]);
    // A fire without a procedure.
    let fire = "2025/fire/0001";
    fails(&of_acts(vec![vec![Act::Opened(opened(fire, "2025-03-03", None))]], 2025), "C08", &[fire]);
    // A visit before the matter came in.
    let early = told(opened(FIRST, "2025-03-04", None), visit(FIRST, "2025-03-03", (0, 0)));
    fails(&of_acts(vec![early], 2025), "C10", &[FIRST]);
    // A step left out, and a matter that never came in.
    let mut acts = looked(FIRST, "2025-03-03", None, (0, 0));
    acts.remove(3);
    fails(&of_acts(vec![acts], 2025), "C11", &[FIRST]);
    let mut acts = looked(FIRST, "2025-03-03", None, (0, 0));
    acts.remove(0);
    fails(&of_acts(vec![acts], 2025), "C11", &[FIRST]);
    // The same decision twice.
    let penalty = |number: &str| {
        let matter = matter(number);
        vec![Act::Penalised(yaohao::task::Penalty {
            matter,
            of: None,
            unit: None,
            name: "个人".to_owned(),
            number: "示决〔2025〕1号".to_owned(),
            day: day("2025-05-06"),
            yuan: 300,
            delegated: None,
        })]
    };
    let both = ["2025/penalty/0001", "2025/penalty/0002"];
    fails(&of_acts(both.map(penalty).to_vec(), 2025), "C09", &both);
}

#[test]
fn a_fire_belongs_to_the_day_in_china_on_which_it_came_in() {
    let fire = |number: &str, received: &str| {
        let received = received.parse().expect("a moment");
        let matter = matter(number);
        let procedure = Some(Procedure::Minor);
        vec![Act::Opened(Opened {
            received,
            procedure,
            ..Opened { matter, ..opened(FIRST, "2025-01-01", None) }
        })]
    };
    let fires = vec![
        fire("2024/fire/0001", "2024-12-31T15:59:59Z"),
        fire("2025/fire/0001", "2024-12-31T16:00:00Z"),
        fire("2025/fire/0002", "2025-12-31T15:59:59Z"),
        fire("2026/fire/0001", "2025-12-31T16:00:00Z"),
    ];
    let report = of_acts(fires, 2025);
    let counted: Vec<String> =
        report.of_figure(Figure::Fires).iter().map(|part| part.matter.to_string()).collect();
    assert_eq!(counted, ["2025/fire/0001", "2025/fire/0002"]);
    assert_eq!(report.by_month(Figure::Fires), [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    assert_eq!(report.by_kind(Figure::Fires).into_iter().collect::<Vec<_>>(), [(Kind::Fire, 2)]);
}
