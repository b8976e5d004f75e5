//! How even and how near the days of the example come out, and against what: the figures
//! of docs/decisions/0026. Run with `-- --ignored --nocapture` to see them.

use super::district::{Chance, example};
use super::oracle::{Rule, schedule_by};
use yaohao::scheduling::{measure, schedule};

#[test]
#[ignore = "prints figures, promises nothing"]
fn figures_of_the_example() {
    let district = example();
    for number in 0..5 {
        let draw = district.draw(&Chance::number(number));
        let question = draw.scheduling();
        assert_eq!(schedule(&question), schedule_by(&question, Rule::AsWritten));
        for rule in [Rule::AsWritten, Rule::WithoutNearness, Rule::AtRandom] {
            let days = schedule_by(&question, rule);
            let found = measure(&question, &days);
            let (least, most) = (found.by_day.iter().min(), found.by_day.iter().max());
            println!(
                "{number} {rule:?}: {} of {} near {}, a day {least:?} {most:?}",
                found.placed,
                days.len(),
                found.near
            );
        }
    }
}

#[test]
fn the_example_has_a_day_for_every_visit_and_more_of_them_near() {
    let district = example();
    let question = district.draw(&Chance::number(1)).scheduling();
    let figures = |rule| measure(&question, &schedule_by(&question, rule));
    let (written, far) = (figures(Rule::AsWritten), figures(Rule::WithoutNearness));
    assert_eq!(written.placed, question.visits.len());
    assert!(written.near > far.near, "{written:?} {far:?}");
}
