//! Staffing verdicts against all selections of tiny pools, and against the
//! solver on larger ones.

use crate::cases;
use yaohao::pairing::solve;
use yaohao::pairing::staffing::{Kind, Method, Pool, Verdict, rehearse, verdict};
use yaohao::pairing::ticket::Tickets;
use yaohao::stream::Stream;

/// A pool whose dockets come from a random instance.
fn pool(stream: &mut Stream, size: cases::Size, strata: u64, count: u64) -> Pool {
    let instance = cases::instance(stream, size);
    let strata = 1 + stream.below(strata);
    let kind = |visit: &yaohao::pairing::instance::Visit| Kind {
        stratum: stream.below(strata) as usize,
        count: stream.below(count + 1) as u32,
        slots: visit.slots.clone(),
    };
    let kinds = instance.visits.iter().map(kind).collect();
    let capacities = instance.inspectors.iter().map(|seat| seat.capacity).collect();
    let quotas = (0..strata).map(|_| stream.below(count + 1) as u32).collect();
    Pool { capacities, quotas, kinds }
}

/// All possible selections of a pool.
fn selections(pool: &Pool) -> Vec<Vec<u32>> {
    let mut all: Vec<Vec<u32>> = vec![Vec::new()];
    for kind in &pool.kinds {
        all = all.iter().flat_map(|s| (0..=kind.count).map(|n| [s.as_slice(), &[n]].concat())).collect();
    }
    all.retain(|selection| possible(pool, selection));
    all
}

fn possible(pool: &Pool, selection: &[u32]) -> bool {
    (0..pool.quotas.len()).all(|stratum| {
        let kinds = || pool.kinds.iter().zip(selection).filter(|(kind, _)| kind.stratum == stratum);
        let units: u32 = kinds().map(|(kind, _)| kind.count).sum();
        let taken: u32 = kinds().map(|(_, taken)| *taken).sum();
        kinds().all(|(kind, taken)| *taken <= kind.count) && taken == units.min(pool.quotas[stratum])
    })
}

fn staffable(pool: &Pool, selection: &[u32]) -> bool {
    let instance = pool.draw(selection);
    let tickets = Tickets::of(&instance).expect("valid");
    cases::least_cost(&tickets).is_some()
}

#[test]
fn verdict_equals_all_selections() {
    let mut stream = cases::stream("staffing");
    let size = cases::Size { visits: 4, inspectors: 4, team: 3, capacity: 5 };
    let (mut by_dockets, mut by_groups, mut fails) = (0, 0, 0);
    for round in 0..1_500 {
        let pool = pool(&mut stream, size, 2, 2);
        let all_staffable = selections(&pool).iter().all(|selection| staffable(&pool, selection));
        match verdict(&pool) {
            Verdict::Proved { by } => {
                assert!(all_staffable, "round {round}: {pool:?}");
                *if by == Method::Dockets { &mut by_dockets } else { &mut by_groups } += 1;
            }
            Verdict::Fails(example) => {
                assert!(possible(&pool, &example.selection), "round {round}: {pool:?}");
                assert!(!staffable(&pool, &example.selection), "round {round}: {pool:?}");
                assert!(example.shortage.holds(&pool.draw(&example.selection)), "round {round}");
                fails += 1;
            }
            Verdict::Undecided { .. } => panic!("round {round}: small pools are always decided"),
        }
    }
    assert!(by_dockets > 100 && by_groups > 100 && fails > 100, "{by_dockets} {by_groups} {fails}");
}

#[test]
fn rehearsal_agrees_with_the_solver() {
    let mut stream = cases::stream("rehearsal");
    let size = cases::Size { visits: 12, inspectors: 10, team: 3, capacity: 14 };
    let mut failures = 0;
    for round in 0..300 {
        let mut pool = pool(&mut stream, size, 1, 4);
        // Everything is drawn, so that there is one possible draw only.
        pool.quotas = vec![u32::MAX];
        let counts: Vec<u32> = pool.kinds.iter().map(|kind| kind.count).collect();
        let instance = pool.draw(&counts);
        let solved = solve::pair(&Tickets::of(&instance).expect("valid")).is_ok();
        let rehearsal = rehearse(&pool, 2);
        assert_eq!(rehearsal.failures, if solved { 0 } else { 2 }, "round {round}");
        assert_eq!(matches!(verdict(&pool), Verdict::Fails(_)), !solved, "round {round}");
        failures += rehearsal.failures / 2;
    }
    assert!((50..250).contains(&failures), "{failures}");
}

#[test]
fn a_kind_that_nobody_can_visit_is_named() {
    let kind =
        |slots: &[&[u32]]| Kind { stratum: 0, count: 40, slots: slots.iter().map(|s| s.to_vec()).collect() };
    let kinds = vec![kind(&[&[0, 1], &[0, 1, 2]]), kind(&[&[0], &[0, 3]])];
    let pool = Pool { capacities: vec![50, 50, 50, 0], quotas: vec![30], kinds };
    let Verdict::Fails(example) = verdict(&pool) else { panic!("inspector 3 has no capacity left") };
    assert_eq!(example.selection, [29, 1]);
    let [unit] = example.shortage.units.as_slice() else { panic!("one unit: {:?}", example.shortage) };
    assert_eq!(pool.kind_of(&example.selection, unit.visit), 1);
    assert_eq!(example.shortage.inspectors, [3]);
}

/// Zones of `people` each; dockets lose up to three of them by recusal, and
/// every third inspector may lead.
fn zones(zones: u32, people: u32, kinds: u32, capacity: u32) -> Pool {
    let mut stream = cases::stream("zones");
    let kind = |number: u32| {
        let zone = number % zones;
        let recused: Vec<u32> = (0..stream.below(4)).map(|_| stream.below(people.into()) as u32).collect();
        let pool: Vec<u32> =
            (0..people).filter(|p| !recused.contains(p)).map(|p| zone * people + p).collect();
        let leads = pool.iter().copied().filter(|rank| rank.is_multiple_of(3)).collect();
        Kind {
            stratum: (zone * 4 + number / zones % 4) as usize,
            count: 6_000 / kinds,
            slots: vec![leads, pool].into(),
        }
    };
    let kinds = (0..kinds).map(kind).collect();
    Pool {
        capacities: vec![capacity; (zones * people) as usize],
        quotas: vec![75 / 4; 4 * zones as usize],
        kinds,
    }
}

#[test]
fn districts_are_decided() {
    for (pool, answer) in [
        (zones(4, 15, 100, 16), Some(Method::Groups)),
        (zones(4, 15, 400, 18), Some(Method::Groups)),
        (zones(4, 15, 400, 9), None),
        (zones(3, 20, 400, 16), Some(Method::Groups)),
        (zones(2, 40, 400, 14), Some(Method::Groups)),
        (zones(2, 40, 400, 30), Some(Method::Dockets)),
    ] {
        match verdict(&pool) {
            Verdict::Proved { by } => assert_eq!(Some(by), answer),
            Verdict::Fails(example) => {
                assert_eq!(None, answer);
                assert!(example.shortage.holds(&pool.draw(&example.selection)));
            }
            Verdict::Undecided { .. } => panic!("undecided"),
        }
    }
}

#[test]
fn beyond_the_search_dry_draws_answer() {
    // Leads are scarce but enough; seventy people are too many for the search.
    let mut pool = zones(1, 70, 50, 6);
    assert_eq!(verdict(&pool), Verdict::Undecided { draws: 1_000 });
    pool.capacities = vec![1; 70];
    assert!(matches!(verdict(&pool), Verdict::Fails(_)));
}
