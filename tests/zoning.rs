//! Towns in zones: held against all partitions of small maps, and told honestly where the
//! effort does not reach.

#[path = "zoning/brute.rs"]
mod brute;
#[path = "zoning/example.rs"]
mod example;
#[path = "zoning/maps.rs"]
mod maps;
#[path = "zoning/suggestion.rs"]
mod suggestion;

use brute::{best, random};
use yaohao::digest::Digest;
use yaohao::stream::Stream;
use yaohao::zoning::{Impossible, Question, Split, split};

const PLENTY: u64 = 10_000_000;

/// The split is one: every town once, every zone one piece, the figures its own.
fn is_split(question: &Question, split: &Split) {
    let mut seen: Vec<usize> = split.zones.concat();
    seen.sort_unstable();
    assert_eq!(seen, (0..question.minutes.len()).collect::<Vec<_>>());
    assert_eq!(split.zones.len(), question.people.len());
    assert!(split.zones.iter().all(|zone| brute::in_one_piece(question, zone)), "{split:?}");
    let minutes = |zone: &Vec<usize>| zone.iter().map(|town| question.minutes[*town]).sum::<u64>();
    assert!(split.zones.iter().map(minutes).eq(split.loads.iter().map(|load| load.minutes)));
    assert!(split.loads.iter().map(|load| load.people).eq(question.people.iter().copied()));
    assert_eq!(split.loads.iter().max(), Some(&split.heaviest));
    assert_eq!(split.loads.iter().min(), Some(&split.lightest));
    assert!(split.bound <= split.heaviest);
    let zone = |town: usize| split.zones.iter().position(|zone| zone.contains(&town));
    let moved =
        question.present.iter().flatten().enumerate().filter(|(town, now)| zone(*town) != Some(**now));
    assert_eq!(moved.count(), split.moved);
}

#[test]
fn small_maps_are_split_as_all_partitions_say() {
    let mut stream = Stream::new(Digest([7; 32]));
    let (mut possible, mut apart) = (0, 0);
    for round in 0..400 {
        let question = random(&mut stream, 9, 4);
        match (split(&question, PLENTY), best(&question)) {
            (Ok(split), Some(best)) => {
                is_split(&question, &split);
                assert!(split.exact && split.gap() <= question.tolerance, "{round}");
                assert_eq!(split.zones, best, "round {round}: {question:?}\n{split:?}");
                possible += 1;
            }
            (Err(Impossible::Apart { parts, .. }), None) => {
                assert!(parts.len() > question.people.len());
                apart += 1;
            }
            other => panic!("round {round}: {question:?}\n{other:?}"),
        }
    }
    assert!(possible > 250 && apart > 10, "{possible} {apart}");
}

#[test]
fn when_the_effort_is_used_up_the_split_is_one_and_the_bound_holds() {
    let mut stream = Stream::new(Digest([8; 32]));
    let mut inexact = 0;
    for round in 0..300 {
        let question = random(&mut stream, 9, 4);
        let (Ok(split), Some(best)) = (split(&question, round % 12), best(&question)) else { continue };
        is_split(&question, &split);
        let optimum = brute::heaviest(&Question { present: None, ..question.clone() });
        assert!(split.nodes <= round % 12);
        assert!(
            split.bound <= optimum && optimum <= split.heaviest,
            "round {round}: {question:?}\n{split:?}"
        );
        assert!(!split.exact || split.zones == best, "round {round}");
        inexact += u32::from(!split.exact);
    }
    assert!(inexact > 100, "{inexact}");
}

/// Minutes of a year as a register would give them: few towns alike.
fn uneven(mut question: Question) -> Question {
    for (town, minutes) in question.minutes.iter_mut().enumerate() {
        *minutes = *minutes * 8_000 + (town as u64 * town as u64 * 7_919) % 5_003;
    }
    question
}

#[test]
fn the_example_s_towns_are_split_exactly_with_little_effort() {
    // Steps as found; ten times as many would still be well below a second.
    const STEPS: u64 = 40_000;
    let heaviest = [50, 36, 26, 21, 19];
    for (zones, heaviest) in (2..).zip(heaviest) {
        for question in [example::towns(zones), Question { present: None, ..example::towns(zones) }] {
            let found = split(&question, STEPS).expect("possible");
            is_split(&question, &found);
            assert!(found.exact && found.heaviest.minutes == heaviest, "{zones}: {found:?}");
            let found = split(&uneven(question.clone()), STEPS).expect("possible");
            is_split(&uneven(question), &found);
            assert!(found.exact && found.gap() == 0, "{zones}: {found:?}");
        }
    }
    // A little less even, and fewer towns move.
    let even = split(&uneven(example::towns(4)), STEPS).expect("possible");
    let near = split(&Question { tolerance: 500, ..uneven(example::towns(4)) }, STEPS).expect("possible");
    assert!(near.exact && near.moved < even.moved && near.gap() <= 500, "{even:?}\n{near:?}");
    // Twice as many people in the zone with the heaviest towns.
    let question = Question { people: vec![20, 16, 14, 10], ..example::towns(4) };
    let found = split(&question, STEPS).expect("possible");
    is_split(&question, &found);
    assert!(found.exact && found.loads[3].minutes < found.loads[0].minutes, "{found:?}");
}

#[test]
fn a_large_map_gets_a_good_split_and_a_small_gap() {
    for zones in [2, 4, 8] {
        let question = example::grid(zones);
        let found = split(&question, 50_000).expect("possible");
        is_split(&question, &found);
        assert!(found.gap() <= 200 && found.nodes <= 50_000, "{zones}: {found:?}");
        assert_eq!(found, split(&question, 50_000).expect("possible"));
        // More effort never makes it worse.
        let further = split(&question, 200_000).expect("possible");
        assert!(further.heaviest <= found.heaviest && further.bound >= found.bound, "{zones}");
    }
}

#[test]
fn of_splits_as_good_the_one_that_moves_least_is_taken() {
    // A ring of six towns with the same work: three ways of halves, six of halves with names.
    let ring = |town: usize| 1_u64 << ((town + 1) % 6);
    let base = Question {
        minutes: vec![10; 6],
        neighbours: (0..6).map(ring).collect(),
        people: vec![1, 1],
        present: None,
        tolerance: 0,
    };
    let zones = |present: Option<Vec<usize>>| {
        let found = split(&Question { present, ..base.clone() }, PLENTY).expect("possible");
        assert!(found.exact);
        (found.zones, found.moved)
    };
    assert_eq!(zones(None), (vec![vec![0, 1, 2], vec![3, 4, 5]], 0));
    let present = vec![1, 0, 0, 0, 1, 1];
    assert_eq!(zones(Some(present)), (vec![vec![1, 2, 3], vec![0, 4, 5]], 0));
    // One zone is too large: a town of either end goes; the first town stays with the first.
    assert_eq!(zones(Some(vec![1, 0, 0, 0, 0, 1])).1, 1);
    // A zone that is given up: its towns move in any case.
    assert_eq!(zones(Some(vec![2, 2, 0, 0, 1, 1])), (vec![vec![1, 2, 3], vec![0, 4, 5]], 2));
}

#[test]
fn what_cannot_be_split_is_named() {
    let row = Question {
        minutes: vec![3, 2, 1, 0],
        neighbours: vec![0b0010, 0, 0b1000, 0],
        people: vec![1],
        present: None,
        tolerance: 0,
    };
    let refused = |change: &dyn Fn(&mut Question)| {
        let mut question = row.clone();
        change(&mut question);
        split(&question, PLENTY).expect_err("impossible")
    };
    let apart = refused(&|_| {});
    assert_eq!(apart, Impossible::Apart { zones: 1, parts: vec![vec![0, 1], vec![2, 3]] });
    let names = ["甲镇", "乙镇", "丙镇", "丁镇"].map(str::to_owned);
    assert!(apart.problem(&names).what.zh.contains("甲镇、乙镇；丙镇、丁镇"));
    assert_eq!(refused(&|q| q.people.clear()), Impossible::Zones { zones: 0, towns: 4 });
    assert_eq!(refused(&|q| q.people = vec![1; 5]), Impossible::Zones { zones: 5, towns: 4 });
    assert_eq!(refused(&|q| q.people = vec![1, 0]), Impossible::People { zone: 1 });
    assert_eq!(refused(&|q| q.people = vec![u64::MAX]), Impossible::People { zone: 0 });
    assert_eq!(refused(&|q| q.minutes = vec![u64::MAX; 4]), Impossible::TooLarge);
    assert_eq!(refused(&|q| q.minutes.push(1)), Impossible::Malformed);
    assert_eq!(refused(&|q| q.neighbours[0] = 1 << 60), Impossible::Malformed);
    assert_eq!(refused(&|q| q.present = Some(vec![0; 3])), Impossible::Malformed);
    assert_eq!(refused(&|q| q.tolerance = 10_001), Impossible::Malformed);
    let many = Question { minutes: vec![1; 65], neighbours: vec![0; 65], people: vec![1; 65], ..row.clone() };
    assert_eq!(split(&many, PLENTY), Err(Impossible::TooLarge));
    // As many zones as towns, and 64 of both, are no trouble.
    let alone = Question { neighbours: vec![0; 64], minutes: vec![1; 64], people: vec![1; 64], ..row };
    assert!(split(&alone, PLENTY).expect("possible").exact);
}
