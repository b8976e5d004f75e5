//! Questions in which nobody can look at everything: many people eligible for
//! each slot, some who get nothing, zones that cannot be equal, several
//! components side by side. What the solver left out must not matter.

use crate::{cases, refused, tickets};
use std::sync::Arc;
use yaohao::pairing::appoint::appoint;
use yaohao::pairing::instance::{Instance, Seat};
use yaohao::pairing::solve;
use yaohao::pairing::ticket::Tickets;
use yaohao::stream::Stream;

/// The answer passes all checks; `true` if there is one.
fn proved(instance: &Instance) -> bool {
    let tickets = tickets(instance);
    match appoint(&tickets) {
        Ok(answer) => {
            assert_eq!(refused(&tickets, &answer), None);
            let pairing = answer.pairing;
            assert_eq!(yaohao::pairing::prices::least(&tickets, &pairing.teams), Some(pairing.prices));
            true
        }
        Err(shortage) => {
            assert!(shortage.holds(instance), "{shortage:?}");
            false
        }
    }
}

#[test]
fn many_are_eligible() {
    for (visits, inspectors, zones, slack) in
        [(200, 120, 1, 3), (150, 200, 1, 2), (600, 160, 4, 1), (40, 300, 1, 1)]
    {
        let mut instance = cases::district(visits, inspectors, zones, slack);
        assert!(proved(&instance), "{visits} × {inspectors}");
        // And where many were there before.
        for (index, visit) in instance.visits.iter_mut().enumerate() {
            let before = |rank: &u32| !(rank + index as u32).is_multiple_of(3);
            visit.again = (0..inspectors).filter(before).collect();
        }
        assert!(proved(&instance), "{visits} × {inspectors}, again");
    }
}

#[test]
fn most_people_carry_too_much_to_get_a_visit() {
    let mut instance = cases::district(120, 100, 1, 40);
    for (rank, seat) in instance.inspectors.iter_mut().enumerate() {
        seat.carried = if rank % 11 == 0 { 0 } else { 90 };
    }
    assert!(proved(&instance));
    for (rank, seat) in instance.inspectors.iter_mut().enumerate() {
        seat.carried = (rank as u32 * 7) % 40;
    }
    assert!(proved(&instance));
}

/// Zones with work as 1 : 2 : 3 : …, of which neighbours share a few people.
fn unequal(stream: &mut Stream, units: usize, inspectors: u32, zones: u32) -> Instance {
    let mut instance = cases::district(units, inspectors, 1, 4 * units as u32 / inspectors);
    let mut weights: Vec<u32> = (0..zones).flat_map(|zone| vec![zone; zone as usize + 1]).collect();
    stream.shuffle(&mut weights);
    for (index, visit) in instance.visits.iter_mut().enumerate() {
        let zone = weights[index % weights.len()];
        let here = |rank: &u32| {
            rank % zones == zone
                || (rank.is_multiple_of(7) && (rank + 1) % zones == zone)
                || stream.below(400) == 0
        };
        let pool: Vec<u32> = (0..inspectors).filter(here).collect();
        let leads = pool.iter().copied().filter(|rank| (rank / zones).is_multiple_of(2)).collect();
        visit.slots = Arc::new([leads, pool]);
    }
    instance
}

#[test]
fn zones_that_cannot_be_equal() {
    let mut stream = cases::stream("unequal zones");
    let mut found = 0;
    for (units, inspectors, zones) in [(90, 40, 2), (200, 90, 3), (300, 200, 4), (60, 150, 2)] {
        let instance = unequal(&mut stream, units, inspectors, zones);
        found += usize::from(proved(&instance));
        // And where capacities are scarce or missing.
        let mut scarce = instance.clone();
        scarce.inspectors.iter_mut().for_each(|seat| seat.capacity = stream.below(9) as u32);
        found += usize::from(proved(&scarce));
    }
    assert!((4..8).contains(&found), "{found}");
}

#[test]
fn rare_people() {
    // A few specialists without whom no team is complete, and one who is only
    // eligible where everybody else holds a smaller ticket.
    let mut instance = cases::district(80, 90, 1, 30);
    for (index, visit) in instance.visits.iter_mut().enumerate() {
        let leads = if index % 3 == 0 { vec![4, 8, 12] } else { visit.slots[0].clone() };
        visit.slots = Arc::new([leads, visit.slots[1].clone(), (0..90).collect()]);
    }
    instance.inspectors[4] = Seat { capacity: 60, carried: 3 };
    assert!(proved(&instance));
    for visit in &mut instance.visits {
        Arc::make_mut(&mut visit.slots).iter_mut().for_each(|ranks| ranks.retain(|rank| *rank != 77));
    }
    Arc::make_mut(&mut instance.visits[9].slots)[1] = (0..90).collect();
    instance.inspectors[77] = Seat { capacity: 5, carried: 0 };
    assert!(proved(&instance));
}

#[test]
fn a_shortage_among_many() {
    let mut instance = cases::district(100, 120, 1, 3);
    for visit in instance.visits.iter_mut().take(30) {
        let slots = Arc::make_mut(&mut visit.slots);
        slots[0].retain(|rank| *rank < 30);
    }
    instance.inspectors.iter_mut().take(30).for_each(|seat| seat.capacity = 1);
    assert!(!proved(&instance));
    let shortage = solve::pair(&Tickets::of(&instance).expect("valid")).expect_err("15 leads for 30 visits");
    assert_eq!(shortage.inspectors, (0..30).step_by(2).collect::<Vec<u32>>());
    assert_eq!(shortage.short_by(&instance), 15);
}

#[test]
fn the_first_component_that_is_short_is_named() {
    let mut instance = cases::district(300, 60, 6, 0);
    instance.inspectors.iter_mut().for_each(|seat| seat.capacity += 5);
    assert!(proved(&instance));
    // Zones 4 and 2 lose their people.
    for rank in (0..60).filter(|rank| rank % 6 == 4 || rank % 6 == 2) {
        instance.inspectors[rank].capacity = 2;
    }
    for _ in 0..10 {
        let shortage = solve::pair(&tickets(&instance)).expect_err("two zones are short");
        assert!(shortage.inspectors.iter().all(|rank| rank % 6 == 2), "{:?}", shortage.inspectors);
    }
}
