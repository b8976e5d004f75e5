//! The pairing stage, held against brute force, a second maximum flow and a
//! second ChaCha20.

#[path = "pairing/cases.rs"]
mod cases;
#[path = "pairing/check.rs"]
mod checking;
#[path = "pairing/export.rs"]
mod export;
#[path = "pairing/large.rs"]
mod large;
#[path = "pairing/oracles.rs"]
mod oracles;
#[path = "pairing/staffing.rs"]
mod staffing;
#[path = "pairing/words.rs"]
mod words;

use cases::Size;
use std::collections::BTreeMap;
use std::sync::Arc;
use yaohao::digest::Digest;
use yaohao::pairing::instance::{Instance, Malformed, Pairing};
use yaohao::pairing::offence::Offence;
use yaohao::pairing::shortage::Shortage;
use yaohao::pairing::ticket::Tickets;
use yaohao::pairing::{check, solve};

/// All four checks.
fn checked(tickets: &Tickets, pairing: &Pairing) -> Result<(), Offence> {
    check::lawful(tickets, pairing)?;
    check::cheapest(tickets, pairing)?;
    check::prices_fit(tickets, pairing)?;
    check::prices_least(tickets, pairing)
}

fn tickets(instance: &Instance) -> Tickets<'_> {
    Tickets::of(instance).expect("the instance is valid")
}

#[test]
fn the_solver_equals_brute_force() {
    let mut stream = cases::stream("brute force");
    let size = Size { visits: 5, inspectors: 5, team: 3, capacity: 5 };
    let (mut found, mut short) = (0, 0);
    for round in 0..20_000 {
        let instance = cases::instance(&mut stream, size);
        let tickets = tickets(&instance);
        match (solve::pair(&tickets), cases::least_cost(&tickets)) {
            (Ok(pairing), Some(least)) => {
                assert_eq!(cases::cost(&tickets, &pairing), least, "round {round}");
                assert_eq!(checked(&tickets, &pairing), Ok(()), "round {round}");
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
            (answer, least) => panic!("round {round}: {answer:?}, brute force {least:?}"),
        }
    }
    assert!(found > 1_000 && short > 1_000, "{found} found, {short} short");
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
            let pairing = solve::pair(&tickets(instance)).ok()?;
            let units = instance.visits.iter().map(|visit| visit.unit.clone());
            Some((units.zip(pairing.teams).collect::<BTreeMap<_, _>>(), pairing.prices))
        };
        let answer = by_unit(&instance);
        assert_eq!(answer, by_unit(&shuffled));
        found += usize::from(answer.is_some());
    }
    assert!(found > 100, "{found} found");
}

/// Teams and prices of a few hundred instances in one hash. A changed hash
/// means that past draws can no longer be recomputed.
#[test]
fn accumulated_vector() {
    let mut stream = cases::stream("accumulated vector");
    let mut text = String::new();
    for round in 0..400 {
        let size = Size { visits: 4 + round / 10, inspectors: 3 + round / 25, team: 4, capacity: 30 };
        let instance = cases::instance(&mut stream, size);
        match solve::pair(&tickets(&instance)) {
            Ok(pairing) => text += &format!("{:?} {:?}\n", pairing.teams, pairing.prices),
            Err(_) => text += "shortage\n",
        }
    }
    assert!(text.matches("[[").count() > 150);
    let hash = Digest::of(&[text.as_bytes()]).to_string();
    assert_eq!(hash, "816fcacaed15357b1f73817e756702eb0d526f7381690ce4df4edb006336042b");
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
    let empty = Instance { seed: Digest([1; 32]), inspectors: Vec::new(), visits: Vec::new() };
    let nothing = Pairing { teams: Vec::new(), prices: Vec::new() };
    assert_eq!(solve::pair(&tickets(&empty)), Ok(nothing));
    let mut idle = cases::district(1, 2, 1, 2);
    idle.visits.clear();
    let pairing = solve::pair(&tickets(&idle)).expect("nothing to do");
    assert_eq!(pairing.prices, [0, 0]);
    assert_eq!(checked(&tickets(&idle), &pairing), Ok(()));
    let mut nobody = cases::district(2, 4, 1, 2);
    Arc::make_mut(&mut nobody.visits[1].slots)[0].clear();
    let shortage = solve::pair(&tickets(&nobody)).expect_err("a slot without a docket");
    assert!(shortage.holds(&nobody) && shortage.inspectors.is_empty());
    assert_eq!(shortage.units.iter().map(|unit| unit.visit).collect::<Vec<_>>(), [1]);
}
