//! The pairing stage, held against its goal in words, a second maximum flow and
//! a second ChaCha20.

#[path = "pairing/cases.rs"]
mod cases;
#[path = "pairing/check.rs"]
mod checking;
#[path = "pairing/goal.rs"]
mod goal;
#[path = "pairing/leads.rs"]
mod leads;
#[path = "pairing/export.rs"]
mod export;
#[path = "pairing/large.rs"]
mod large;
#[path = "pairing/oracles.rs"]
mod oracles;
#[path = "pairing/staffing.rs"]
mod staffing;
#[path = "pairing/vectors.rs"]
mod vectors;
#[path = "pairing/words.rs"]
mod words;

use cases::Size;
use goal::{Outcomes, WHO};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use yaohao::digest::Digest;
use yaohao::pairing::appoint::{Appointed, appoint};
use yaohao::pairing::instance::{Instance, Malformed, Pairing, Seat, Visit};
use yaohao::pairing::offence::Offence;
use yaohao::pairing::shortage::Shortage;
use yaohao::pairing::ticket::Tickets;
use yaohao::pairing::{check, solve};
use yaohao::seed::Seed;
use yaohao::stream::Stream;

/// The first check that refuses an answer, by its number in the specification,
/// and what is wrong.
fn refused(tickets: &Tickets, answer: &Appointed) -> Option<(u32, Offence)> {
    let Appointed { pairing, lead_prices } = answer;
    let checks = [
        check::lawful(tickets, pairing),
        check::cheapest(tickets, pairing),
        check::prices_fit(tickets, pairing),
        check::prices_least(tickets, pairing),
        yaohao::pairing::leads::check(tickets, pairing, lead_prices),
    ];
    (1..).zip(checks).find_map(|(number, check)| Some((number, check.err()?)))
}

fn tickets(instance: &Instance) -> Tickets<'_> {
    Tickets::of(instance).expect("the instance is valid")
}

/// Instances up to 6 units and 6 inspectors, all rules mixed, small and large,
/// with room and without.
fn up_to_six(stream: &mut Stream, round: u64) -> Instance {
    let (size, least) = if round.is_multiple_of(2) { (6, 3) } else { (2 + round % 4, 1) };
    let capacity = least + stream.below(7);
    let team = 1 + stream.below(4);
    cases::instance(stream, Size { visits: size, inspectors: size, team, capacity })
}

#[test]
fn the_solver_reaches_the_goal_exactly_where_anything_is_lawful() {
    let mut stream = cases::stream("brute force");
    let (mut found, mut short, mut full, mut by_tickets) = (0, 0, 0, 0);
    for round in 0..30_000 {
        let instance = up_to_six(&mut stream, round);
        let tickets = tickets(&instance);
        let outcomes = Outcomes::of(&instance, WHO);
        match (solve::pair(&tickets), outcomes.goal()) {
            (Ok(pairing), Some(goal)) => {
                // Nothing else is as good: so every neighbour must be refused.
                assert_eq!(goal.ways, 1, "round {round}: a tie of tickets");
                assert_eq!(outcomes.reached_by(&pairing.teams), Some(goal), "round {round}");
                // The turns alone decide before tickets do, but for turns closer than tickets are.
                let turns = outcomes.turns(&by_account(&instance, &pairing.teams));
                by_tickets += usize::from(outcomes.least_turns() != Some(turns));
                full += usize::from(instance.visits.len() == 6 && instance.inspectors.len() == 6);
                found += 1;
            }
            (Err(shortage), None) => {
                assert!(shortage.holds(&instance), "round {round}: {shortage:?}");
                for left_out in &shortage.inspectors {
                    let mut rest = shortage.inspectors.clone();
                    rest.retain(|rank| rank != left_out);
                    let less = Shortage::within(&instance, &rest).map_or(0, |rest| rest.short_by(&instance));
                    assert!(less < shortage.short_by(&instance), "round {round}: {shortage:?}");
                }
                short += 1;
            }
            (answer, goal) => panic!("round {round}: {answer:?}, brute force {goal:?}"),
        }
    }
    assert!(found > 10_000 && short > 5_000 && full > 600, "{found} found ({full} full), {short} short");
    assert_eq!(by_tickets, 0, "turns closer than 2^48 are once in 2^19");
}

/// Visits of each account.
fn by_account(instance: &Instance, teams: &[Vec<u32>]) -> Vec<u32> {
    instance.loads(teams).into_iter().map(|load| load as u32).collect()
}

/// How often everybody is in a team.
fn loads(instance: &Instance, teams: &[Vec<u32>]) -> Vec<u32> {
    let mut loads = vec![0; instance.inspectors.len()];
    teams.iter().flatten().for_each(|rank| loads[*rank as usize] += 1);
    loads
}

/// The words of the specification for "as even as the rules allow" all mean
/// the same loads, on whatever is lawful.
#[test]
fn what_most_even_means() {
    let mut stream = cases::stream("most even");
    let (mut seen, mut choices) = (0, 0);
    for round in 0..8_000 {
        let instance = up_to_six(&mut stream, round);
        let outcomes = Outcomes::of(&instance, WHO);
        let Some(goal) = outcomes.goal() else { continue };
        let squares = |levels: &[u32]| levels.iter().map(|level| u64::from(*level).pow(2)).sum::<u64>();
        let rising = |levels: &[u32]| levels.iter().rev().copied().collect::<Vec<u32>>();
        let best = outcomes.loads().find(|loads| outcomes.levels(loads) == goal.levels).expect("reached");
        let best_steps = outcomes.steps(best);
        for loads in outcomes.loads() {
            let (levels, steps) = (outcomes.levels(loads), outcomes.steps(loads));
            let even = levels == goal.levels;
            assert!(levels >= goal.levels);
            // Least sum of squares, and no other loads have it.
            assert!(squares(&levels) > squares(&goal.levels) || even, "round {round}: {loads:?}");
            // Whoever has least has most, and so on.
            assert!(rising(&levels) < rising(&goal.levels) || even, "round {round}: {loads:?}");
            // The steps are the same, and elsewhere no step is smaller and some are larger.
            let dearer = steps.iter().zip(&best_steps).all(|(step, best)| step >= best);
            assert!(dearer && (steps == best_steps) == even, "round {round}: {loads:?}");
            choices += 1;
        }
        seen += 1;
    }
    assert!(seen > 2_000 && choices > 50_000, "{seen} instances, {choices} lawful loads");
}

/// Somebody who carries a visit and gets none counts with it: two visits for
/// one who carries none are as even as one for each of the two.
#[test]
fn those_who_get_no_visit_count_with_what_they_carry() {
    let seats = [Seat { capacity: 2, carried: 0 }, Seat { capacity: 2, carried: 1 }];
    let visit = |unit: &str, ranks: &[u32]| Visit::new(unit, [ranks.to_vec()]);
    let mut firsts = BTreeSet::new();
    for number in 0..20 {
        let visits = vec![visit("U0", &[0]), visit("U1", &[0, 1])];
        let instance = Instance {
            seed: Seed::sha256(Digest([number; 32])),
            inspectors: seats.to_vec(),
            visits,
            bands: 1,
        };
        let outcomes = Outcomes::of(&instance, WHO);
        let goal = outcomes.goal().expect("lawful");
        assert!(outcomes.loads().count() == 2 && outcomes.loads().all(|l| outcomes.levels(l) == goal.levels));
        let pairing = solve::pair(&tickets(&instance)).expect("lawful");
        assert_eq!(outcomes.reached_by(&pairing.teams), Some(goal));
        firsts.insert(pairing.teams[1][0]);
    }
    assert_eq!(firsts.len(), 2, "the turns decide");
}

/// A district in which every third visit is long, with and without a band for it.
#[test]
fn bands_share_out_long_visits_and_leave_loads_as_even() {
    let mut spread = [0; 2];
    for number in 0..20 {
        let mut banded = cases::district(120, 24, 2, 4);
        banded.seed = Seed::sha256(Digest::of(&[b"bands", &[number]]));
        banded.bands = 2;
        banded.visits.iter_mut().step_by(3).for_each(|visit| visit.band = 1);
        let mut plain = banded.clone();
        plain.bands = 1;
        plain.visits.iter_mut().for_each(|visit| visit.band = 0);
        let answers = [&banded, &plain].map(|i| appoint(&tickets(i)).expect("lawful").pairing.teams);
        let levels = answers.each_ref().map(|teams| {
            let levels = loads(&plain, teams).into_iter().zip(&plain.inspectors);
            let mut levels: Vec<u32> = levels.map(|(load, seat)| load + seat.carried).collect();
            levels.sort_unstable();
            levels
        });
        assert_eq!(levels[0], levels[1]);
        for (spread, teams) in spread.iter_mut().zip(&answers) {
            let long: Vec<usize> = banded.loads(teams).into_iter().skip(1).step_by(2).collect();
            *spread += long.iter().max().expect("people") - long.iter().min().expect("people");
        }
    }
    // From least to most, over 20 draws: one visit apart with bands.
    assert!(spread[0] <= 24 && spread[1] >= 60, "{spread:?}");
}

#[test]
fn the_order_of_visits_does_not_matter() {
    let mut stream = cases::stream("order");
    let size = Size { visits: 20, inspectors: 9, team: 3, capacity: 20 };
    let mut found = 0;
    for _ in 0..300 {
        let instance = cases::instance(&mut stream, size);
        let mut shuffled = instance.clone();
        stream.shuffle(&mut shuffled.visits);
        let by_unit = |instance: &Instance| {
            let Appointed { pairing, lead_prices } = appoint(&tickets(instance)).ok()?;
            let units = instance.visits.iter().map(|visit| visit.unit.clone());
            Some((units.zip(pairing.teams).collect::<BTreeMap<_, _>>(), pairing.prices, lead_prices))
        };
        let answer = by_unit(&instance);
        assert_eq!(answer, by_unit(&shuffled));
        found += usize::from(answer.is_some());
    }
    assert!(found > 100, "{found} found");
}

/// Teams and both kinds of prices of a few hundred instances in one hash. A changed hash
/// means that past draws can no longer be recomputed.
#[test]
fn accumulated_vector() {
    let mut stream = cases::stream("accumulated vector");
    let mut text = String::new();
    for round in 0..400 {
        let size = Size { visits: 4 + round / 10, inspectors: 3 + round / 25, team: 4, capacity: 30 };
        let instance = cases::instance(&mut stream, size);
        match appoint(&tickets(&instance)) {
            Ok(Appointed { pairing, lead_prices }) => {
                text += &format!("{:?} {:?} {lead_prices:?}\n", pairing.teams, pairing.prices);
            }
            Err(_) => text += "shortage\n",
        }
    }
    assert!(text.matches("[[").count() > 150);
    let hash = Digest::of(&[text.as_bytes()]).to_string();
    assert_eq!(hash, "41d5a76b44312b9c18bf9ed68afc0d3f214eebfdea8b9388890ed9d8cf1bc0b0");
}

#[test]
fn malformed_instances_are_refused() {
    let good = cases::district(3, 9, 1, 2);
    assert_eq!(good.validate(), Ok(()));
    let refused = |change: &dyn Fn(&mut Instance)| {
        let mut instance = good.clone();
        change(&mut instance);
        Tickets::of(&instance).err()
    };
    assert_eq!(refused(&|i| i.inspectors[2].carried = u32::MAX), Some(Malformed::Carried(2)));
    assert_eq!(refused(&|i| i.visits[1].unit = "a\nb".to_owned()), Some(Malformed::UnitId(1)));
    assert_eq!(refused(&|i| i.visits[2].unit = i.visits[0].unit.clone()), Some(Malformed::UnitTwice(2)));
    assert_eq!(refused(&|i| i.visits[0].slots = [].into()), Some(Malformed::TeamSize(0)));
    assert_eq!(refused(&|i| i.visits[0].slots = vec![vec![0]; 5].into()), Some(Malformed::TeamSize(0)));
    assert_eq!(
        refused(&|i| Arc::make_mut(&mut i.visits[1].slots)[1] = vec![4, 4]),
        Some(Malformed::Ranks(1, 1))
    );
    assert_eq!(
        refused(&|i| Arc::make_mut(&mut i.visits[1].slots)[0] = vec![3, 9]),
        Some(Malformed::Ranks(1, 0))
    );
    let nobody = refused(&|i| Arc::make_mut(&mut i.visits[1].slots)[0].clear());
    assert_eq!(nobody, None, "an empty docket is a shortage, not a malformed instance");
}

#[test]
fn the_smallest_questions() {
    let empty = Instance {
        seed: Seed::sha256(Digest([1; 32])),
        inspectors: Vec::new(),
        visits: Vec::new(),
        bands: 1,
    };
    let nothing = Pairing { teams: Vec::new(), prices: Vec::new() };
    assert_eq!(appoint(&tickets(&empty)), Ok(Appointed { pairing: nothing, lead_prices: Vec::new() }));
    let mut idle = cases::district(1, 2, 1, 2);
    idle.visits.clear();
    let answer = appoint(&tickets(&idle)).expect("nothing to do");
    assert_eq!((&answer.pairing.prices[..], &answer.lead_prices[..]), (&[0, 0][..], &[0, 0][..]));
    assert_eq!(refused(&tickets(&idle), &answer), None);
    let mut nobody = cases::district(2, 4, 1, 2);
    Arc::make_mut(&mut nobody.visits[1].slots)[0].clear();
    let shortage = solve::pair(&tickets(&nobody)).expect_err("a slot without a docket");
    assert!(shortage.holds(&nobody) && shortage.inspectors.is_empty());
    assert_eq!(shortage.units.iter().map(|unit| unit.visit).collect::<Vec<_>>(), [1]);
}
