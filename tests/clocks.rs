//! Which periods run for a matter, and when each ends, by the holidays as announced.

#[path = "task/mod.rs"]
mod task;

use task::{COMPLAINT, DRAWN, PENALTY, Paper, date, matter, moment, opened, penalty, visit};
use yaohao::calendar::Calendar;
use yaohao::task::clocks::{About, Clock, Due, Periods, Until, running};
use yaohao::task::{Act, Applicant, Measure, Opened, Ordered, Outcome, Penalty, State, Visit};

fn calendar() -> Calendar {
    Calendar::read("calendar.toml", include_str!("../config/calendar.toml")).expect("a calendar")
}

fn due(paper: &Paper) -> Vec<Due> {
    running(&paper.ledger, &[], &calendar(), &Periods::default())
}

/// The periods that run, in their order.
fn clocks(paper: &Paper) -> Vec<(Clock, Until)> {
    due(paper).into_iter().map(|due| (due.clock, due.until)).collect()
}

fn day(text: &str) -> Until {
    Until::Day(date(text))
}

#[test]
fn a_drawn_visit_runs_to_its_day_then_to_its_publication() {
    let mut paper = Paper::new();
    assert_eq!(clocks(&paper), [(Clock::Visit, day("2026-09-30"))], "the last day of its window");
    let reason = "单位停业".to_owned();
    paper.good("N1", Act::Moved { matter: matter(DRAWN), day: date("2026-09-15"), reason });
    let moved = &due(&paper)[0];
    assert_eq!(
        (moved.clock, moved.until, moved.since),
        (Clock::Visit, day("2026-09-15"), date("2026-09-01"))
    );
    assert_eq!(moved.who, ["SL1", "SL2"]);
    assert!(!moved.is_over(moment("2026-09-15T15:59:59Z")), "the day is not over in China");
    assert!(moved.is_over(moment("2026-09-15T16:00:00Z")));
    // Twenty working days over the Mid-Autumn and National Day holidays; a Sunday and a
    // Saturday are worked for them.
    paper.good("SL1", Act::Visited(visit()));
    assert_eq!(clocks(&paper), [(Clock::Result, day("2026-10-19"))]);
    for state in [State::InReview, State::Returned, State::Approved] {
        paper.task(DRAWN).state = state;
        assert_eq!(clocks(&paper), [(Clock::Result, day("2026-10-19"))], "{state:?}");
    }
    for state in [State::Published, State::Closed] {
        paper.task(DRAWN).state = state;
        assert_eq!(clocks(&paper), [], "{state:?}");
    }
}

#[test]
fn complaints_are_looked_into_within_hours_or_working_days() {
    let mut paper = Paper::new();
    paper.ledger.tasks.clear();
    let urgent = Opened {
        urgent: true,
        name: "另一处".to_owned(),
        received: moment("2026-09-18T07:30:00Z"),
        ..opened("2026/complaint/0002")
    };
    let slow = Opened { received: moment("2026-09-18T07:30:00Z"), ..opened(COMPLAINT) };
    paper.good("N1", Act::Opened(slow));
    paper.good("N1", Act::Opened(urgent));
    // A Friday; the Sunday after it is worked, the Saturday is not.
    let wanted = [
        (Clock::Complaint, Until::Moment(moment("2026-09-19T07:30:00Z"))),
        (Clock::Complaint, day("2026-09-22")),
    ];
    assert_eq!(clocks(&paper), wanted);
    let hours = &due(&paper)[0];
    assert!(!hours.is_over(moment("2026-09-19T07:30:00Z")) && hours.is_over(moment("2026-09-19T07:30:01Z")));
}

#[test]
fn a_notice_is_looked_at_again_after_its_last_day() {
    let mut paper = Paper::new();
    let noticed = Visit {
        items: vec![("XF01".to_owned(), Outcome::Open), ("XF02".to_owned(), Outcome::NoProblem)],
        hazards: 2,
        measures: vec![Ordered { measure: Measure::ByDate, number: None, by: Some(date("2026-09-18")) }],
        ..visit()
    };
    paper.good("SL1", Act::Visited(noticed));
    let wanted = [(Clock::Reinspection, day("2026-09-22")), (Clock::Result, day("2026-10-19"))];
    assert_eq!(clocks(&paper), wanted);
    // Once it is open the period is its own.
    let again = Opened {
        unit: Some("91500112450533912J".to_owned()),
        of: Some(matter(DRAWN)),
        due: Some(date("2026-09-18")),
        ..opened("2026/reinspection/0001")
    };
    paper.good("N1", Act::Opened(again));
    let all = due(&paper);
    let about: Vec<&About> =
        all.iter().filter(|due| due.clock == Clock::Reinspection).map(|due| &due.about).collect();
    assert_eq!(about, [&About::Matter(matter("2026/reinspection/0001"))]);
    assert_eq!(all[0].until, day("2026-09-22"));
}

#[test]
fn no_day_that_somebody_sets_moves_the_period_of_a_notice() {
    let mut paper = Paper::new();
    let noticed = Visit {
        items: vec![("XF01".to_owned(), Outcome::Open), ("XF02".to_owned(), Outcome::NoProblem)],
        hazards: 2,
        measures: vec![Ordered { measure: Measure::ByDate, number: None, by: Some(date("2026-09-17")) }],
        ..visit()
    };
    paper.good("SL1", Act::Visited(noticed));
    // Opened once the notice has run out, as it is by default, and with another day.
    for (number, due) in [("2026/reinspection/0001", "2026-09-17"), ("2026/reinspection/0002", "2026-11-30")]
    {
        let received = moment(&format!("2026-09-18T0{}:00:00Z", &number[number.len() - 1..]));
        let again = Opened {
            unit: Some("91500112450533912J".to_owned()),
            of: Some(matter(DRAWN)),
            due: Some(date(due)),
            received,
            ..opened(number)
        };
        paper.good("N1", Act::Opened(again));
    }
    let ends = due(&paper).into_iter().filter(|due| due.clock == Clock::Reinspection).map(|due| due.until);
    assert_eq!(ends.collect::<Vec<_>>(), [day("2026-09-21"), day("2026-09-21")]);
}

#[test]
fn penalties_are_published_and_recusals_decided() {
    let mut paper = Paper::new();
    paper.good("SL1", Act::Penalised(penalty(PENALTY)));
    let (reason, applicant) = ("亲属".to_owned(), Applicant::Party);
    let about = "SL1".to_owned();
    paper.good(
        "N1",
        Act::Applied { matter: matter(DRAWN), about: about.clone(), applicant, reason: reason.clone() },
    );
    let wanted = [
        (Clock::Recusal, Until::Soon),
        (Clock::Penalty, day("2026-09-29")),
        (Clock::Visit, day("2026-09-30")),
    ];
    assert_eq!(clocks(&paper), wanted);
    assert_eq!((due(&paper)[0].since, &due(&paper)[0].who), (date("2026-09-20"), &vec![about.clone()]));
    paper.good("H1", Act::Decided { matter: matter(DRAWN), about, granted: false, reason });
    assert!(clocks(&paper).iter().all(|(clock, _)| *clock != Clock::Recusal));
}

#[test]
fn what_runs_into_a_year_without_holidays_is_not_guessed() {
    let mut paper = Paper::new();
    paper.now = moment("2026-12-28T08:00:00Z");
    let late = Penalty { day: date("2026-12-24"), ..penalty(PENALTY) };
    paper.good("SL1", Act::Penalised(late));
    let all = due(&paper);
    let last = all.last().expect("one at least");
    assert_eq!((last.clock, last.until, last.last_day()), (Clock::Penalty, Until::UnknownYear(2027), None));
    assert!(!last.is_over(moment("2029-01-01T00:00:00Z")), "nobody knows");
}

/// A complaint is looked into and reviewed, and nobody waits for its publication.
#[test]
fn no_period_runs_for_a_publication_that_never_comes() {
    let mut paper = Paper::new();
    paper.ledger.tasks.clear();
    paper.good("N1", Act::Opened(opened(COMPLAINT)));
    let found = vec![("XF01".to_owned(), Outcome::NoProblem)];
    let visit = Visit { matter: matter(COMPLAINT), day: date("2026-09-15"), items: found, ..visit() };
    paper.good("SL1", Act::Visited(visit));
    assert_eq!(clocks(&paper), []);
    paper.good("N1", Act::Submitted { matter: matter(COMPLAINT) });
    paper.good("R1", Act::Approved { matter: matter(COMPLAINT) });
    assert_eq!(clocks(&paper), []);
}
