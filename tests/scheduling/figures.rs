//! How even and how near the days of the example come out, against the same draw without
//! nearness and at random: the figures of docs/decisions/0026, with `-- --nocapture`.

use super::district::{Chance, example};
use super::oracle::{Rule, schedule_by};
use yaohao::scheduling::{Measure, measure, schedule};

#[test]
fn days_of_the_example_are_near_and_even() {
    let district = example();
    for number in 0..5 {
        let draw = district.draw(&Chance::number(number));
        let question = draw.scheduling();
        assert_eq!(schedule(&question), schedule_by(&question, Rule::AsWritten));
        let [written, far, random] = [Rule::AsWritten, Rule::WithoutNearness, Rule::AtRandom].map(|rule| {
            let found = measure(&question, &schedule_by(&question, rule));
            let (least, most) = (found.by_day.iter().min(), found.by_day.iter().max());
            println!(
                "{number} {rule:?}: {} placed, {} near, a day {least:?} {most:?}",
                found.placed, found.near
            );
            found
        });
        assert_eq!(written.placed, question.visits.len(), "{number}: a visit has no day");
        assert!(written.near > 3 * random.near && random.near > far.near, "{number}: not near");
        let apart = |found: &Measure| {
            found.by_day.iter().max().zip(found.by_day.iter().min()).map(|(most, least)| most - least)
        };
        assert!(apart(&written) <= Some(4) && apart(&random) > apart(&written), "{number}: not even");
    }
}
