//! What a simulation promises: the same from the same seed whatever the threads, and the
//! right answer where there is one in closed form.

#![allow(clippy::float_arithmetic)]

mod district;
mod simulated;

use district::District;
use yaohao::calendar::Calendar;
use yaohao::scenario::Scenario;
use yaohao::simulate::{Request, Study, Watch, study};

fn simulated(district: &District, scenario: &Scenario, trials: u64) -> Study {
    let calendar = Calendar::read("calendar.toml", district::CALENDAR).expect("the shipped calendar");
    let request = Request {
        policy: &district.policy,
        register: &district.register,
        history: &district.history,
        calendar: &calendar,
        scenario,
        first: (2026, 12),
        seed: "test",
        trials,
        precision: None,
        variants: &[],
        marginal: false,
    };
    study(&request, &Watch { done: &|| {}, stop: &|| false }).expect("the calendar has 2026")
}

#[test]
fn timing() {
    let district = district::example();
    let mut scenario = simulated::quiet(36);
    scenario.works.push(simulated::work("complaint", 1125, 120));
    let start = std::time::Instant::now();
    let found = simulated(&district, &scenario, 8);
    println!("{:?}", start.elapsed());
    let run = &found.runs[0];
    for measure in yaohao::simulate::Measure::ALL {
        println!("{} {:?}", measure.key(), run.office[*measure as usize]);
    }
    println!("{:?}", run.kinds);
    println!("{:?}", run.staffing);
    for (name, of) in found.strata.iter().zip(&run.strata) {
        println!(
            "{} {} {:?} {:?} {:?} below {:?}",
            name.name, of.units, of.within[11], of.within[23], of.within[35], of.below_floor
        );
    }
}
