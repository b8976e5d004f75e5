//! What a simulation promises: the same from the same seed whatever the threads, what fewer
//! trials give if it is interrupted, and the right answer where there is one in closed form.
//! Seeds are fixed; every bound is stated in standard errors or as a quantile.

#![allow(clippy::float_arithmetic)]

mod district;
mod simulated;

use simulated::{fixed, office, quiet, work};
use std::sync::atomic::{AtomicU64, Ordering};
use yaohao::calendar::Calendar;
use yaohao::digest::Digest;
use yaohao::eligibility::History;
use yaohao::policy::{Policy, QuotaSize};
use yaohao::register::{Class, Register};
use yaohao::scenario::{Change, Leave, Limit, Scenario, Season, Triangle, Variant};
use yaohao::simulate::chance::Chance;
use yaohao::simulate::{
    Book, Ending, Ground, Mean, Measure, Place, Request, Study, Watch, World, run, study,
};

fn calendar() -> Calendar {
    Calendar::read("calendar.toml", district::CALENDAR).expect("the shipped calendar")
}

/// Runs `trials` of the example's scenario in the example's district.
fn example(
    trials: u64,
    variants: &[&str],
    stop: &(dyn Fn() -> bool + Sync),
    done: &(dyn Fn() + Sync),
) -> Study {
    let district = district::example();
    let text = include_str!("../config/scenario.toml");
    let mut scenario = Scenario::read("scenario.toml", text).expect("the shipped scenario");
    scenario.months = 12;
    let wanted = scenario.variants.iter().filter(|variant| variants.contains(&variant.id.as_str()));
    let variants: Vec<(Variant, Policy)> =
        wanted.map(|variant| (variant.clone(), district.policy.clone())).collect();
    let calendar = calendar();
    let request = Request {
        policy: &district.policy,
        register: &district.register,
        history: &district.history,
        calendar: &calendar,
        scenario: &scenario,
        first: (2026, 12),
        seed: "example",
        trials,
        precision: None,
        variants: &variants,
        marginal: false,
    };
    study(&request, &Watch { done, stop }).expect("the calendar has 2026")
}

fn simulated(of: &(Policy, Register), scenario: &Scenario, trials: u64, variants: &[Variant]) -> Study {
    seeded("small", of, scenario, trials, variants)
}

fn seeded(
    seed: &str,
    of: &(Policy, Register),
    scenario: &Scenario,
    trials: u64,
    variants: &[Variant],
) -> Study {
    let calendar = calendar();
    let variants: Vec<(Variant, Policy)> =
        variants.iter().map(|variant| (variant.clone(), of.0.clone())).collect();
    let request = Request {
        policy: &of.0,
        register: &of.1,
        history: &History::default(),
        calendar: &calendar,
        scenario,
        first: (2026, 1),
        seed,
        trials,
        precision: None,
        variants: &variants,
        marginal: false,
    };
    study(&request, &Watch { done: &|| {}, stop: &|| false }).expect("the calendar has 2026")
}

/// The books of trials 1 to `trials`.
fn books(of: &(Policy, Register), scenario: &Scenario, trials: u64) -> Vec<Book> {
    let (calendar, history) = (calendar(), History::default());
    let ground = Ground::new(&of.0, (&of.1, &history), scenario, &calendar, (2026, 1));
    let ground = ground.expect("the calendar has 2026");
    let world = World::new(&ground, of.0.clone(), &Change::default());
    (1..=trials).map(|number| run(&world, &Chance::new("small", number))).collect()
}

fn assert_near(mean: Mean, expected: f64, what: &str) {
    // The error is 1.96 standard errors: twice of it is nearly four.
    let (mean, error) = (mean.mean as f64 / 1000.0, mean.error as f64 / 1000.0);
    assert!((mean - expected).abs() <= 2.0 * error + 1e-6, "{what}: {mean} ± {error}, expected {expected}");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| example(6, &["pooled", "one-more"], &|| false, &|| {}))
    };
    let one = with(1);
    assert_eq!(one, with(2));
    assert_eq!(one, with(5));
    assert_eq!((one.trials, one.ending), (6, Ending::AllTrials));
}

#[test]
fn an_interruption_leaves_what_fewer_trials_give() {
    let done = AtomicU64::new(0);
    let partial = example(500, &[], &|| done.load(Ordering::SeqCst) >= 3, &|| {
        done.fetch_add(1, Ordering::SeqCst);
    });
    assert_eq!(partial.ending, Ending::Interrupted);
    assert!(partial.trials < 20, "{} trials after the third", partial.trials);
    if partial.trials > 0 {
        let whole = example(partial.trials, &[], &|| false, &|| {});
        let marked = Study { ending: Ending::Interrupted, asked: 500, ..whole };
        assert_eq!(partial, marked);
    }
}

#[test]
fn the_example_has_the_totals_of_2023() {
    let found = example(24, &[], &|| false, &|| {});
    let run = &found.runs[0];
    for ((kind, yearly), figures) in found.kinds.iter().zip(&found.yearly).zip(&run.kinds) {
        if let Some(yearly) = yearly {
            assert_near(figures.came, f64::from(*yearly), &kind.key);
        }
    }
    // 306 of the first month; pools change with memory, closures and openings.
    let drawn = run.kinds[0].came.mean / 1000;
    assert!((3_300..=3_700).contains(&drawn), "{drawn} drawn visits a year");
    let notices = run.kinds[1].came.mean as f64 / run.kinds[0].done.mean as f64;
    assert!((notices - 1676.0 / 3673.0).abs() < 0.03, "{notices} second looks a drawn visit");
    assert!(run.kinds[1].done.mean <= run.kinds[1].came.mean);
    assert_eq!(run.staffing.unstaffed.mean, 0, "the example can be staffed");
    // With half of all minutes free hardly anything is late.
    let office = |measure: Measure| run.office[measure as usize].mean.mean / 1000;
    let (late, done) = (office(Measure::Late), office(Measure::Drawn) + office(Measure::Other));
    assert!(office(Measure::Utilisation) < 7_000 && late * 20 < done, "{late} of {done} late");
}

#[test]
fn selection_is_hypergeometric() {
    // 20 of 200 units, 60 of them in the first town: how many of these, in 6,000 draws.
    let (n, here, quota) = (200u64, 60u64, 20u64);
    let of = office((n as usize, here as usize), quota, 4);
    let mut counts = vec![0u64; quota as usize + 1];
    for book in books(&of, &quiet(12), 500) {
        book.town_visits[0].iter().for_each(|drawn| counts[*drawn as usize] += 1);
    }
    let draws: u64 = counts.iter().sum();
    assert_eq!(draws, 6_000, "every visit is made in its month");
    let choose = |n: u64, k: u64| (0..k).fold(1.0, |c, i| c * (n - i) as f64 / (i + 1) as f64);
    let chance = |k: u64| choose(here, k) * choose(n - here, quota - k) / choose(n, quota);
    let (mut statistic, mut tail) = (0.0, (0.0, 0.0));
    let mut cells = 0;
    for k in 0..=quota {
        let (expected, seen) = (chance(k) * draws as f64, counts[k as usize] as f64);
        if expected < 10.0 {
            tail = (tail.0 + expected, tail.1 + seen);
        } else {
            statistic += (seen - expected).powi(2) / expected;
            cells += 1;
        }
    }
    statistic += (tail.1 - tail.0).powi(2) / tail.0;
    // The 0.9999 quantile of chi-square with 12 degrees of freedom is 39.1, and lower with fewer.
    assert!(cells <= 12, "{cells} cells and the tail");
    assert!(statistic < 39.1, "chi-square {statistic} of {cells} cells: {counts:?}");
}

#[test]
fn without_memory_coverage_is_geometric() {
    // Each month draws a tenth, whoever was drawn before: 1 − (1 − 1/10)^n after n months.
    let found = simulated(&office((200, 60), 20, 4), &quiet(36), 60, &[]);
    for (month, within) in found.runs[0].strata[0].within.iter().enumerate() {
        let expected = 1.0 - 0.9f64.powi(month as i32 + 1);
        assert_near(*within, expected * 10_000.0, &format!("within {} months", month + 1));
    }
}

#[test]
fn with_a_cooldown_of_a_year_nobody_is_drawn_twice_in_it() {
    let mut of = office((300, 60), 20, 4);
    of.0.strata[0].cooldown_months = 12;
    let found = simulated(&of, &quiet(12), 5, &[]);
    for (month, within) in found.runs[0].strata[0].within.iter().enumerate() {
        assert_eq!((within.mean, within.error), (10_000_000 * 20 * (month as i64 + 1) / 300, 0), "{month}");
    }
}

#[test]
fn a_floor_is_missed_as_often_as_a_binomial_says() {
    // Twelve chances of a tenth each: below a floor of 2 with (9/10)^12 + 12·(1/10)·(9/10)^11.
    let mut of = office((200, 60), 20, 4);
    of.0.strata[0].yearly_at_least = 2;
    let found = simulated(&of, &quiet(12), 60, &[]);
    let expected = 0.9f64.powi(12) + 1.2 * 0.9f64.powi(11);
    assert_near(found.runs[0].strata[0].below_floor, expected * 10_000.0, "below the floor");
}

/// One crew, and work that takes it a whole day each: `load` thousandths of its days.
fn queue(load: u32) -> ((Policy, Register), Scenario) {
    let of = office((10, 5), 0, 1);
    let mut scenario = quiet(120);
    scenario.day.overtime = 0;
    let days = 10 * calendar_days();
    let mut kind = work("case", (days * u64::from(load) / 10_000) as u32, 420);
    kind.season = Season::Days(vec![((1, 1), (12, 31))]);
    kind.limit = Limit::Days(366);
    scenario.works.push(kind);
    (of, scenario)
}

/// Working days of 2026, which stand for those of all years.
fn calendar_days() -> u64 {
    let day = |month, day| yaohao::time::Date::new(2026, month, day).expect("a day");
    calendar().working_days(day(1, 1), day(12, 31)).expect("the calendar has 2026").len() as u64
}

#[test]
fn a_queue_is_as_long_as_pollaczek_and_khinchine_say() {
    // A day serves one; a Poisson number comes each day: left over in the mean ρ²/(2(1−ρ)).
    let (of, scenario) = queue(700);
    let found = simulated(&of, &scenario, 60, &[]);
    let yearly = f64::from(scenario.works[0].yearly);
    let rho = yearly / calendar_days() as f64;
    let waiting = found.runs[0].kinds[2].waiting;
    assert_near(waiting, rho * rho / (2.0 * (1.0 - rho)), "waiting at the end of a day");
    let busy = found.runs[0].office[Measure::Utilisation as usize].mean;
    assert_near(busy, rho * 10_000.0, "utilisation");
}

#[test]
fn what_waits_is_what_comes_times_how_long_it_waits() {
    // Little's law, exact over a trial: ends of days waited through, counted by day, are
    // days from coming to being done, counted by case; but for what is left at the end.
    let (of, scenario) = queue(900);
    for book in books(&of, &scenario, 10) {
        let kind = book.kinds[2];
        let left = kind.came - kind.done;
        assert!(kind.waited >= kind.days);
        assert!(kind.waited - kind.days <= left * 366 * 3, "{} left, {kind:?}", left);
        if left == 0 {
            assert_eq!(kind.waited, kind.days);
        }
    }
}

#[test]
fn work_is_neither_lost_nor_made() {
    let of = office((200, 60), 20, 3);
    let mut scenario = quiet(24);
    scenario.works = vec![work("short", 800, 90), work("long", 30, 2_000)];
    scenario.works[1].daily = Some(200);
    scenario.works[0].urgent = true;
    scenario.works[0].on_rest_days = true;
    scenario.leave.sick_yearly = 300;
    scenario.leave.sick_days = fixed(5);
    for book in books(&of, &scenario, 5) {
        let people = || book.people.iter().flatten();
        let worked: i64 = people().map(|person| person.minutes).sum();
        assert_eq!(worked, book.kinds.iter().map(|kind| kind.minutes).sum::<i64>());
        let waiting: i64 = book.zones[23].iter().map(|zone| zone.backlog).sum();
        assert_eq!(worked + waiting, book.town_minutes.iter().sum::<i64>());
        let done: i64 = book.kinds.iter().map(|kind| kind.done).sum();
        assert_eq!(done, people().map(|person| person.led).sum::<i64>());
        assert_eq!(done, people().map(|person| person.assisted).sum::<i64>(), "teams of two");
        for kind in &book.kinds {
            assert!(kind.done <= kind.came && kind.late <= kind.came, "{kind:?}");
        }
        assert!(people().all(|person| person.minutes - person.overtime <= person.available));
    }
}

#[test]
fn what_a_day_is_too_short_for_goes_on_the_next_and_keeps_nothing_waiting() {
    // Visits of twelve hours, inquiries of ten, a working day of seven with an hour more.
    let of = office((200, 60), 20, 4);
    let mut scenario = quiet(36);
    scenario.day.overtime = 60;
    scenario.visits.length = fixed(300);
    scenario.works = vec![work("inquiry", 60, 600), work("short", 600, 60)];
    for book in books(&of, &scenario, 5) {
        for (kind, few) in book.kinds.iter().zip([5, 0, 3, 5]) {
            let left = kind.came - kind.done;
            assert!((0..=few).contains(&left), "{left} of {kind:?} left after three years");
        }
        let backlog = |from: usize| -> i64 {
            book.zones[from..from + 12].iter().flatten().map(|zone| zone.backlog).sum()
        };
        let (first, last) = (backlog(0), backlog(24));
        assert!(last < 2 * first + 12 * 1_000, "{first} minutes wait in the first year, {last} in the third");
    }
}

#[test]
fn a_month_that_cannot_be_staffed_is_told_with_its_reason() {
    // Twenty visits of four hours, and one lead with forty hours.
    let mut of = office((200, 60), 20, 1);
    of.0.workload.capacity_minutes.lead = 2_400;
    let found = simulated(&of, &quiet(12), 3, &[]);
    let staffing = &found.runs[0].staffing;
    assert_eq!(staffing.unstaffed.mean, 10_000_000, "no month at all");
    assert_eq!(staffing.by_month.len(), 12);
    assert_eq!(staffing.units.mean, 12 * (20 - 10) * 1000, "half of them");
    assert_eq!(staffing.zones, [(0, staffing.units)], "all of them in the only zone");
    assert_eq!(staffing.bars.first().map(|(bar, _)| bar.key()), Some("role"), "{:?}", staffing.bars);
}

#[test]
fn a_change_that_changes_nothing_differs_by_nothing() {
    let of = office((200, 60), 20, 4);
    let mut scenario = quiet(12);
    scenario.works = vec![work("short", 500, 90)];
    let variant = |id: &str, change: Change| Variant { id: id.to_owned(), name: id.to_owned(), change };
    let same = Change { yearly: [("short".to_owned(), 500)].into(), ..Change::default() };
    let more =
        Change { quotas: [("high-risk".to_owned(), QuotaSize::Count(30))].into(), ..Change::default() };
    let found = simulated(&of, &scenario, 20, &[variant("same", same), variant("more", more)]);
    assert!(found.runs[1].differences.iter().all(|difference| difference.mean == Mean::default()));
    let of_measure = |measure: Measure| {
        let fits = |d: &&yaohao::simulate::Difference| d.place == Place::Office && d.measure == measure;
        found.runs[2].differences.iter().find(fits).expect("every measure").mean
    };
    // Ten more visits a month, of 240 + 180 minutes: known exactly, as all else is the same.
    assert_eq!(of_measure(Measure::Drawn), Mean { mean: 120_000, error: 0 });
    assert_eq!(of_measure(Measure::Minutes), Mean { mean: 120 * 420 * 1000, error: 0 });
}

/// An office with everything that chance decides.
fn lively() -> ((Policy, Register), Scenario) {
    let of = office((200, 60), 20, 4);
    let mut scenario = quiet(12);
    scenario.works = vec![work("short", 300, 90), work("long", 10, 1_500)];
    scenario.works[1].daily = Some(200);
    scenario.works[0].on_rest_days = true;
    scenario.visits.length = Triangle { least: 80, likely: 100, most: 150 };
    scenario.visits.notices = "1/2".parse().expect("a fraction");
    scenario.leave = Leave { yearly: 2, days: 7, sick_yearly: 80, sick_days: fixed(4) };
    scenario.churn.closing = [(Class::General, "1/10".parse().expect("a fraction"))].into();
    scenario.churn.opening = [(Class::General, 60)].into();
    (of, scenario)
}

#[test]
fn an_interval_of_95_per_cent_holds_the_mean_as_often_as_it_says() {
    // 40 seeds of 8 trials each: whatever the seed, the mean is that of all of them.
    let (of, scenario) = lively();
    let seeds = (0..40).map(|seed| seeded(&format!("seed {seed}"), &of, &scenario, 8, &[]));
    let runs: Vec<_> = seeds.map(|study| study.runs[0].clone()).collect();
    let of_town = |town: usize| runs.iter().map(|run| run.town_minutes[town]).collect::<Vec<Mean>>();
    let of_measure =
        |measure: Measure| runs.iter().map(|run| run.office[measure as usize].mean).collect::<Vec<Mean>>();
    let means = [of_town(0), of_town(1), of_measure(Measure::Minutes), of_measure(Measure::Late)];
    for (which, means) in means.iter().enumerate() {
        let all = means.iter().map(|mean| mean.mean).sum::<i64>() / means.len() as i64;
        let held = means.iter().filter(|mean| (mean.mean - all).abs() <= mean.error).count();
        // 38 are expected; fewer than 33 come once in a thousand.
        assert!(held >= 33, "quantity {which}: {held} of 40 intervals hold the mean");
    }
}

#[test]
fn figures_are_the_same_on_every_machine() {
    let (of, scenario) = lively();
    let run = seeded("pinned", &of, &scenario, 6, &[]).runs.remove(0);
    let mut text = String::new();
    for (place, figures) in std::iter::once(&run.office).chain(&run.people).enumerate() {
        for (measure, figure) in Measure::ALL.iter().zip(figures) {
            let (Mean { mean, error }, p95) = (figure.mean, figure.p95.at);
            text += &format!("{place} {} {mean} {error} {p95}\n", measure.key());
        }
    }
    let pinned = "fc244473fb8beddf9618ed571a98872b2567ba8b6230457a678b48c30dd2973e";
    assert_eq!(Digest::of(&[text.as_bytes()]).to_string(), pinned, "{text}");
}
