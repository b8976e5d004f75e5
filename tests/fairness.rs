//! Fairness over time: the statistics are exact, what everybody may see shows nobody, and the
//! command counts draws and journal together.

#[path = "fairness/command.rs"]
mod command;
mod terminal;
#[path = "report/year.rs"]
mod year;

use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use yaohao::fairness::{
    DrawnFrom, FEWEST, Fairness, Pairs, Person, Question, Ratio, Shown, Spread, met, page,
};
use yaohao::lang::Lang;
use yaohao::policy::PerRole;
use yaohao::task::{Kind, Ledger};
use yaohao::time::Date;
use year::{Cast, Totals, entries};

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

/// Four zones of the given sizes; every second person may lead.
fn people(sizes: [usize; 4]) -> BTreeMap<String, Person> {
    let mut people = BTreeMap::new();
    for (zone, size) in (1..).zip(sizes) {
        for _ in 0..size {
            let number = people.len() + 1;
            let person = Person {
                name: format!("示例人员{number:02}"),
                zone: format!("z{zone}"),
                lead: number <= 30,
                capacity_minutes: 6000,
            };
            people.insert(format!("SL{number:04}"), person);
        }
    }
    people
}

fn fairness(totals: &Totals, people: &BTreeMap<String, Person>, draws: &[DrawnFrom]) -> Fairness {
    let mut ledger = Ledger::default();
    entries(totals, &Cast::unknown(), 11).iter().for_each(|entry| ledger.enter(entry));
    let year = totals.year;
    let span = (Date::new(year, 1, 1).expect("a day"), Date::new(year, 12, 31).expect("a day"));
    let standard = PerRole { lead: 240, assistant: 180 };
    let sealed = BTreeSet::new();
    Fairness::of(&Question { ledger: &ledger, people, draws, sealed: &sealed, standard, span })
}

#[test]
fn a_spread_is_what_it_says() {
    let spread = Spread::of([4, 1, 3, 2]).expect("a spread");
    assert_eq!((spread.least, spread.lower, spread.median, spread.upper, spread.most), (1, 1, 2, 3, 4));
    assert_eq!((spread.range(), spread.sum, spread.people), (3, 10, 4));
    // (1·−3 + 2·−1 + 3·1 + 4·3) / (4·10)
    assert_eq!(spread.gini, Ratio { numerator: 1, denominator: 4 });
    assert_eq!((spread.gini.per_mille(), spread.gini.places()), (250, "0.250".to_owned()));
    assert_eq!(Spread::of([7]).expect("one").gini, Ratio { numerator: 0, denominator: 1 });
    assert_eq!(Spread::of([0, 0, 0]).expect("nothing").gini.per_mille(), 0);
    assert_eq!(Spread::of([]), None);
    assert_eq!(Ratio::new(2, 3).per_mille(), 667);
    assert_eq!(Ratio::new(1, 2000).per_mille(), 1);
    assert_eq!(Ratio::new(5, 0), Ratio { numerator: 0, denominator: 1 });
}

proptest! {
    #[test]
    fn spreads_agree_with_their_definitions(values in prop::collection::vec(0_u64..10_000, 1..40)) {
        let spread = Spread::of(values.clone()).expect("a spread");
        let n = values.len() as u128;
        let sum: u128 = values.iter().map(|v| u128::from(*v)).sum();
        // By the definition: the mean difference of two people, halved, over the mean.
        let differences: u128 =
            values.iter().flat_map(|a| values.iter().map(move |b| u128::from(a.abs_diff(*b)))).sum();
        prop_assert_eq!(spread.gini, Ratio::new(differences, 2 * n * sum));
        let at_most = |value: u64| values.iter().filter(|v| **v <= value).count();
        let below = |value: u64| values.iter().filter(|v| **v < value).count();
        for (quarters, value) in [(1, spread.lower), (2, spread.median), (3, spread.upper)] {
            prop_assert!(4 * at_most(value) >= quarters * values.len());
            prop_assert!(4 * below(value) < quarters * values.len());
        }
        prop_assert_eq!(spread.least, *values.iter().min().unwrap());
        prop_assert_eq!(spread.most, *values.iter().max().unwrap());
        prop_assert!(spread.gini.per_mille() < 1000);
        // Nobody's order matters, and doubling everything changes nothing but the sums.
        let mut turned = values.clone();
        turned.reverse();
        prop_assert_eq!(&Spread::of(turned).unwrap(), &spread);
        prop_assert_eq!(Spread::of(values.iter().map(|v| 2 * v)).unwrap().gini, spread.gini);
    }

    #[test]
    fn pairs_add_up(teams in prop::collection::vec((0_usize..9, 0_usize..9), 0..60)) {
        let names: Vec<String> = (0..9).map(|n| format!("P{n}")).collect();
        let mut met: BTreeMap<(&str, &str), u64> = BTreeMap::new();
        for (a, b) in teams.iter().filter(|(a, b)| a != b) {
            *met.entry((&names[*a.min(b)], &names[*a.max(b)])).or_default() += 1;
        }
        let everybody: BTreeSet<&str> = names.iter().map(String::as_str).collect();
        let pairs = Pairs::of(&met, &everybody);
        prop_assert_eq!(pairs.pairs, 36);
        prop_assert_eq!(pairs.times.values().sum::<u64>(), 36);
        let meetings = teams.iter().filter(|(a, b)| a != b).count() as u64;
        prop_assert_eq!(pairs.meetings, meetings);
        prop_assert_eq!(pairs.times.iter().map(|(times, count)| times * count).sum::<u64>(), meetings);
        let repeats: u64 = pairs.times.iter().map(|(m, count)| m * m.saturating_sub(1) / 2 * count).sum();
        prop_assert_eq!(pairs.repeats, repeats);
        let wide = u128::from(meetings);
        prop_assert_eq!(pairs.expected, Ratio::new(wide * wide.saturating_sub(1), 72));
    }
}

#[test]
fn loads_add_up_to_the_year() {
    let totals = Totals::of_2023();
    let fairness = fairness(&totals, &people([15; 4]), &[]);
    let loads = || fairness.people.values().map(|(_, load)| load);
    let inspections = totals.inspections() as u64;
    let fires = (totals.fires[0] + totals.fires[1]) as u64;
    // The complaint that was looked into after the year is no work of the year.
    assert_eq!(loads().map(|load| load.visits).sum::<u64>(), 2 * (inspections + fires));
    assert_eq!(loads().map(|load| load.leads).sum::<u64>(), inspections + fires);
    assert_eq!(loads().map(|load| load.drawn).sum::<u64>(), 2 * totals.drawn as u64);
    // Drawn visits take the policy's minutes here, the others what was entered.
    let other = inspections + fires - totals.drawn as u64;
    let minutes = 420 * totals.drawn as u64 + 180 * other;
    assert_eq!(loads().map(|load| load.minutes).sum::<u64>(), minutes);
    for load in loads() {
        let months = load.months.values().fold((0, 0), |sum, month| (sum.0 + month.0, sum.1 + month.1));
        assert_eq!(months, (load.visits, load.minutes));
    }
    let visits: u64 = fairness.kinds.values().map(|(visits, _)| visits).sum();
    assert_eq!(visits, inspections + fires);
    assert_eq!(fairness.kinds[&Kind::Complaint], (1125, 1125 * 180));
    assert_eq!(met(&fairness.duties).values().sum::<u64>(), inspections + fires);
}

#[test]
fn nobody_is_a_group_of_one_or_two() {
    for sizes in [[15; 4], [20, 20, 18, 2], [57, 1, 1, 1], [58, 2, 0, 0], [55, 3, 1, 1], [59, 1, 0, 0]] {
        let shown = Shown::of(&fairness(&Totals::of_2023(), &people(sizes), &[]));
        let groups = &shown.groups;
        assert_ne!(groups.len(), 1, "one group is everybody");
        assert!(groups.iter().all(|group| group.people >= FEWEST as u64), "{sizes:?}");
        let count: u64 = groups.iter().map(|group| group.people).sum();
        assert!(count == 60 || groups.is_empty());
        let zones: usize = groups.iter().map(|group| group.zones.len()).sum();
        assert!(groups.is_empty() || zones == sizes.iter().filter(|size| **size > 0).count());
        for spread in groups.iter().flat_map(|group| [&group.hours, &group.leads, &group.share]).flatten() {
            assert!(spread.people >= FEWEST as u64);
        }
        for month in &shown.months {
            assert_eq!(month.groups.len(), groups.len());
        }
    }
}

#[test]
fn two_people_have_a_sum_and_nothing_else() {
    let mut few = Totals::small();
    few.year = 2025;
    let cast =
        Cast { leads: vec!["SL0001".to_owned()], others: vec!["SL0002".to_owned()], ..Cast::unknown() };
    let mut ledger = Ledger::default();
    entries(&few, &cast, 1).iter().for_each(|entry| ledger.enter(entry));
    let (people, sealed) = (people([2, 0, 0, 0]), BTreeSet::new());
    let span = (day("2025-01-01"), day("2025-12-31"));
    let standard = PerRole { lead: 240, assistant: 180 };
    let question = Question { ledger: &ledger, people: &people, draws: &[], sealed: &sealed, standard, span };
    let shown = Shown::of(&Fairness::of(&question));
    assert_eq!((shown.all.people, shown.groups.len(), shown.hours.len()), (2, 0, 0));
    assert!(shown.all.hours.is_none() && shown.all.pairs.is_none() && shown.all.sum > 0);
    assert!(shown.months.iter().all(|month| month.hours.is_none() && month.visits.is_none()));
}

#[test]
fn strata_are_counted_from_what_is_public() {
    let draw = |number: u32, last: &str, drawn: &[&str]| DrawnFrom {
        draw: format!("example/2023/{number:03}").parse().expect("a draw"),
        last: day(last),
        strata: vec![("key/z1".to_owned(), 4, 2), ("small".to_owned(), 2, 1)],
        pool: ["A", "B", "C", "D", "E", "F"]
            .iter()
            .map(|unit| ((*unit).to_owned(), if *unit < "E" { "key/z1" } else { "small" }.to_owned()))
            .collect(),
        drawn: drawn.iter().map(|unit| (*unit).to_owned()).collect(),
    };
    let draws = [
        draw(1, "2023-01-31", &["A", "B", "E"]),
        draw(2, "2023-02-28", &["A", "C", "E"]),
        // Its visits end after the year.
        draw(3, "2024-01-31", &["D", "A", "F"]),
    ];
    let fairness = fairness(&Totals::of_2023(), &people([15; 4]), &draws);
    let key = &fairness.coverage["key/z1"];
    assert_eq!((key.draws, key.chances, key.quota, key.drawn), (2, 8, 4, 4));
    assert_eq!((key.units(), key.once()), (4, 3));
    assert_eq!(key.times.clone().into_iter().collect::<Vec<_>>(), [(0, 1), (1, 2), (2, 1)]);
    assert_eq!((key.expected(), key.mean()), (Ratio::new(1, 2), Ratio::new(1, 1)));
    assert_eq!(fairness.coverage["small"].times.clone().into_iter().collect::<Vec<_>>(), [(0, 1), (2, 1)]);
}

/// Which person has which load decides nothing that is shown, beyond their zone.
#[test]
fn what_is_shown_names_nobody_and_joins_nothing() {
    let people = people([15; 4]);
    let fairness = fairness(&Totals::of_2023(), &people, &[]);
    let zones = (1..=4).map(|n| (format!("z{n}"), format!("第{n}片区"))).collect();
    for lang in [Lang::Zh, Lang::En] {
        let page = page(&Shown::of(&fairness), "示例区消防救援支队", &zones, lang);
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
        roxmltree::Document::parse_with_options(&page, options).expect("well-formed");
        for (who, person) in &people {
            assert!(!page.contains(who.as_str()) && !page.contains(&person.name), "{who}");
        }
        for private in ["A-0", "http:", "https:", "<script"] {
            assert!(!page.contains(private), "{private}");
        }
    }
    // Two of a zone change places: nothing moves.
    let mut other = fairness.clone();
    let one = other.people["SL0001"].1.clone();
    let two = std::mem::replace(&mut other.people.get_mut("SL0002").expect("there").1, one);
    other.people.get_mut("SL0001").expect("there").1 = two;
    assert_eq!(Shown::of(&other), Shown::of(&fairness));
}
