//! What the checks refuse: every neighbour of a right answer, and anything a
//! hostile record may hold.

use crate::{cases, checked, tickets};
use yaohao::pairing::check::{self, PRICE_BOUND};
use yaohao::pairing::instance::{Instance, Pairing};
use yaohao::pairing::offence::Offence;
use yaohao::pairing::ticket::Tickets;
use yaohao::pairing::{connected, prices, solve};

/// Right answers to random questions.
fn answered(name: &str, rounds: usize, mut with: impl FnMut(&Tickets, &Pairing)) {
    let mut stream = cases::stream(name);
    let size = cases::Size { visits: 6, inspectors: 6, team: 3, capacity: 7 };
    let mut found = 0;
    for _ in 0..rounds {
        let instance = cases::instance(&mut stream, size);
        let tickets = tickets(&instance);
        if let Ok(pairing) = solve::pair(&tickets) {
            with(&tickets, &pairing);
            found += 1;
        }
    }
    assert!(found > rounds / 4, "{found} found");
}

/// The first three checks, which alone prove the teams right.
fn proved(tickets: &Tickets, pairing: &Pairing) -> bool {
    let proof = [check::lawful, check::cheapest, check::prices_fit];
    proof.iter().all(|check| check(tickets, pairing).is_ok())
}

#[test]
fn every_move_and_swap_is_refused() {
    let (mut moves, mut swaps) = (0, 0);
    answered("neighbours", 1_000, |tickets, pairing| {
        let instance = tickets.instance();
        let slots: Vec<(usize, usize)> = (0..instance.visits.len())
            .flat_map(|v| (0..instance.visits[v].slots.len()).map(move |q| (v, q)))
            .collect();
        let refuse = |teams: Vec<Vec<u32>>| {
            // Even with the best prices for the changed teams.
            let prices = prices::least(tickets, &teams).unwrap_or_else(|| pairing.prices.clone());
            assert!(!proved(tickets, &Pairing { teams: teams.clone(), prices }));
            assert!(!proved(tickets, &Pairing { teams, prices: pairing.prices.clone() }));
        };
        for (visit, slot) in &slots {
            for rank in
                instance.visits[*visit].slots[*slot].iter().filter(|r| **r != pairing.teams[*visit][*slot])
            {
                let mut teams = pairing.teams.clone();
                teams[*visit][*slot] = *rank;
                refuse(teams);
                moves += 1;
            }
            for (other_visit, other_slot) in slots.iter().filter(|other| *other > &(*visit, *slot)) {
                let mut teams = pairing.teams.clone();
                let (one, two) = (teams[*visit][*slot], teams[*other_visit][*other_slot]);
                if one != two {
                    (teams[*visit][*slot], teams[*other_visit][*other_slot]) = (two, one);
                    refuse(teams);
                    swaps += 1;
                }
            }
        }
    });
    assert!(moves > 1_000 && swaps > 1_000, "{moves} moves, {swaps} swaps");
}

#[test]
fn every_other_price_is_refused() {
    answered("prices", 500, |tickets, pairing| {
        for rank in 0..pairing.prices.len() {
            for change in [-1, 1, -(1 << 47), 1 << 47, -(1 << 96), 1 << 96] {
                let mut other = pairing.clone();
                other.prices[rank] += change;
                assert!(check::prices_least(tickets, &other).is_err());
                if change < 0 {
                    assert!(!proved(tickets, &other), "no smaller price proves anything");
                }
            }
        }
    });
}

#[test]
fn the_first_offence_is_named() {
    let instance = cases::district(12, 8, 1, 3);
    let tickets = tickets(&instance);
    let right = solve::pair(&tickets).expect("feasible");
    let wrong = |change: &dyn Fn(&mut Pairing)| {
        let mut pairing = right.clone();
        change(&mut pairing);
        checked(&tickets, &pairing).expect_err("it was changed")
    };
    assert_eq!(wrong(&|p| p.teams.truncate(11)), Offence::Teams { found: 11, visits: 12 });
    assert_eq!(wrong(&|p| p.teams[3].push(0)), Offence::TeamSize { visit: 3, found: 3, slots: 2 });
    let foreign = Offence::NotEligible { visit: 5, slot: 0, rank: u32::MAX };
    assert_eq!(wrong(&|p| p.teams[5][0] = u32::MAX), foreign);
    let lead = right.teams[2][0];
    assert_eq!(wrong(&|p| p.teams[2][1] = lead), Offence::Twice { visit: 2, rank: lead });
    assert_eq!(wrong(&|p| p.prices.push(0)), Offence::Prices { found: 9, inspectors: 8 });
    for price in [i128::MAX, i128::MIN, -1, PRICE_BOUND] {
        assert_eq!(wrong(&|p| p.prices[1] = price), Offence::PriceRange { rank: 1, price });
    }
    let said = wrong(&|p| p.teams[2][1] = lead).said(|v| format!("U{v}"), |r| format!("P{r}"));
    assert_eq!(said.zh, format!("U2：P{lead} 在同一小组中出现两次"));
    assert_eq!(said.en, format!("U2: P{lead} is twice in the team"));
    let small = Instance {
        inspectors: vec![yaohao::pairing::instance::Seat { capacity: 1, carried: 0 }; 8],
        ..instance.clone()
    };
    let over = check::lawful(&Tickets::of(&small).expect("valid"), &right);
    assert!(matches!(over, Err(Offence::OverCapacity { rank: 0, capacity: 1, .. })), "{over:?}");
}

#[test]
fn hostile_records_fail_cleanly() {
    let mut stream = cases::stream("hostile");
    answered("hostile answers", 1_000, |tickets, pairing| {
        let mut hostile = pairing.clone();
        let odd = [0, 1, 5, 6, 1 << 31, u32::MAX];
        for _ in 0..3 {
            let visit = stream.below(hostile.teams.len().max(1) as u64) as usize;
            match stream.below(7) {
                0 => hostile.teams.truncate(visit),
                1 => hostile.teams.push(vec![odd[stream.below(6) as usize]; 2]),
                2 => hostile.teams.iter_mut().skip(visit).take(1).for_each(Vec::clear),
                3 => hostile.teams.iter_mut().skip(visit).take(1).for_each(|t| t.push(0)),
                4 => hostile.teams.iter_mut().skip(visit).take(1).for_each(|t| t.fill(odd[visit % 6])),
                5 => hostile.prices.fill(i128::MAX - 1),
                _ => hostile.prices.truncate(visit),
            }
        }
        if hostile != *pairing {
            assert!(checked(tickets, &hostile).is_err());
            for check in [check::lawful, check::cheapest, check::prices_fit, check::prices_least] {
                // None of them relies on the others having run.
                let _ = check(tickets, &hostile);
            }
        }
    });
}

#[test]
fn a_connected_part_has_the_teams_of_the_whole() {
    let (mut compared, mut smaller) = (0, 0);
    for round in 0..12 {
        let mut instance = cases::district(24, 18, 3, 2);
        instance.seed = yaohao::digest::Digest::of(&[b"connected", &[round]]);
        let Ok(whole) = solve::teams(&tickets(&instance)) else { continue };
        for visit in 0..instance.visits.len() {
            let part = connected(&instance, visit);
            assert_eq!(part[0], visit);
            let teams = solve::teams(&tickets(&instance.only(&part))).expect("a part of a whole");
            let expected: Vec<&Vec<u32>> = part.iter().map(|visit| &whole[*visit]).collect();
            assert!(teams.iter().eq(expected), "round {round}, visit {visit}");
            smaller += usize::from(part.len() < instance.visits.len());
            compared += 1;
        }
    }
    assert!(compared > 200 && smaller > 50, "{compared} {smaller}");
}
