//! Towns in zones: held against all partitions of small maps, and told honestly where the
//! effort does not reach.

#[path = "zoning/brute.rs"]
mod brute;
#[path = "zoning/example.rs"]
mod example;

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
                assert!(split.exact && split.gap() == 0 && split.bound == split.heaviest, "{round}");
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
        let optimum = brute::heaviest(&question, &best);
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

#[test]
fn perf() {
    for scale in [1, 997] {
        for placed in [true, false] {
            for k in 2..=6 {
                let mut q = example::towns(k);
                if !placed {
                    q.present = None
                }
                if scale > 1 {
                    for (i, m) in q.minutes.iter_mut().enumerate() {
                        *m = *m * scale * 8 + (i as u64 * i as u64 * 7919) % 5003;
                    }
                }
                let t = std::time::Instant::now();
                let s = split(&q, u64::MAX).unwrap();
                println!(
                    "{scale} {placed} {k}: {} {} bound {} exact {} nodes {} moved {} {:?}",
                    s.heaviest.minutes,
                    s.lightest.minutes,
                    s.bound.minutes,
                    s.exact,
                    s.nodes,
                    s.moved,
                    t.elapsed()
                );
            }
        }
    }
    for k in [2, 4, 8] {
        for e in [100_000, 1_000_000] {
            let t = std::time::Instant::now();
            let s = split(&example::grid(k), e).unwrap();
            println!(
                "grid {k}: {} {} bound {} exact {} nodes {} gap {} {:?}",
                s.heaviest.minutes,
                s.lightest.minutes,
                s.bound.minutes,
                s.exact,
                s.nodes,
                s.gap(),
                t.elapsed()
            );
        }
    }
}
