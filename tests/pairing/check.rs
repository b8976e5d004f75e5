//! What the checks refuse: every neighbour of a right answer, and anything a
//! hostile record may hold.
//!
//! That a neighbour must be refused needs that it is not as good as the answer.
//! For people this is asserted, not assumed: brute force counts the choices that
//! reach the goal, and there is one. By the proof in the specification no prices
//! whatsoever make another choice pass checks 1 to 3; tried are the published
//! ones and the best that the other choice has. For leads and seats the same is
//! asserted of the second question and of the tickets of the other slots. Least
//! prices are one vector by construction.

use crate::goal::{LEADS, Outcomes, WHO};
use crate::{cases, refused, tickets, up_to_six};
use std::collections::BTreeSet;
use yaohao::pairing::appoint::{Appointed, appoint};
use yaohao::pairing::check::{self, PRICE_BOUND};
use yaohao::pairing::instance::{Instance, Pairing, Visit};
use yaohao::pairing::offence::Offence;
use yaohao::pairing::ticket::{LEAD, Tickets};
use yaohao::pairing::{connected, leads, prices, solve};

/// Right answers to random questions up to 6 units and 6 inspectors, each the
/// only one that is as good.
fn answered(name: &str, rounds: u64, mut with: impl FnMut(&Tickets, &Appointed)) {
    let mut stream = cases::stream(name);
    let mut found = 0;
    for round in 0..rounds {
        let instance = up_to_six(&mut stream, round);
        let tickets = tickets(&instance);
        let Ok(answer) = appoint(&tickets) else { continue };
        assert_eq!(refused(&tickets, &answer), None);
        assert_eq!(Outcomes::of(&instance, WHO).goal().expect("lawful").ways, 1);
        let question = leads::question(&tickets, &answer.pairing.teams);
        assert_eq!(Outcomes::of(&question, LEADS).goal().expect("lawful").ways, 1);
        with(&tickets, &answer);
        found += 1;
    }
    assert!(found > rounds / 5, "{found} found");
}

/// The number of the check that refuses.
fn number(tickets: &Tickets, answer: &Appointed) -> Option<u32> {
    refused(tickets, answer).map(|(number, _)| number)
}

fn with_teams(answer: &Appointed, teams: Vec<Vec<u32>>) -> Appointed {
    let mut other = answer.clone();
    other.pairing.teams = teams;
    other
}

/// Every team that differs by one move of a slot to another eligible person,
/// by one exchange of two people between units, or by one inside a team.
pub fn neighbours(instance: &Instance, teams: &[Vec<u32>]) -> Vec<Vec<Vec<u32>>> {
    let slots: Vec<(usize, usize)> =
        teams.iter().enumerate().flat_map(|(v, team)| (0..team.len()).map(move |q| (v, q))).collect();
    let mut found = Vec::new();
    for (visit, slot) in &slots {
        let holder = teams[*visit][*slot];
        for rank in instance.visits[*visit].slots[*slot].iter().filter(|rank| **rank != holder) {
            let mut other = teams.to_vec();
            other[*visit][*slot] = *rank;
            found.push(other);
        }
        for (visit_2, slot_2) in slots.iter().filter(|other| *other > &(*visit, *slot)) {
            let mut other = teams.to_vec();
            other[*visit][*slot] = teams[*visit_2][*slot_2];
            other[*visit_2][*slot_2] = holder;
            if other != teams {
                found.push(other);
            }
        }
    }
    found
}

fn people(teams: &[Vec<u32>]) -> Vec<BTreeSet<u32>> {
    teams.iter().map(|team| team.iter().copied().collect()).collect()
}

/// The other teams with everything else as good as it can be made: the least
/// prices that these people have, and the right leads, seats and lead prices
/// for them. `None` if they are not lawful or have no prices.
fn mended(tickets: &Tickets, teams: &[Vec<u32>]) -> Option<Appointed> {
    let prices = prices::least(tickets, teams)?;
    let question = leads::question(tickets, teams);
    let led = solve::pair(&Tickets::tagged(LEAD, &question).expect("valid")).ok()?;
    let seat = |(visit, team): (usize, &Vec<u32>)| leads::seats(tickets, visit, team, led.teams[visit][0]);
    let teams = teams.iter().enumerate().map(seat).collect::<Option<_>>()?;
    Some(Appointed { pairing: Pairing { teams, prices }, lead_prices: led.prices })
}

/// The other seats of the same people with the best lead prices they have.
fn repriced(tickets: &Tickets, answer: &Appointed) -> Option<Appointed> {
    let question = leads::question(tickets, &answer.pairing.teams);
    let led: Vec<Vec<u32>> = answer.pairing.teams.iter().map(|team| vec![team[0]]).collect();
    let lead_prices = prices::least(&Tickets::tagged(LEAD, &question).expect("valid"), &led)?;
    Some(Appointed { lead_prices, ..answer.clone() })
}

#[test]
fn every_other_team_and_seat_is_refused() {
    let mut by = [0; 6];
    let (mut mends, mut reprices) = (0, 0);
    answered("neighbours", 2_000, |tickets, answer| {
        for teams in neighbours(tickets.instance(), &answer.pairing.teams) {
            let same_people = people(&teams) == people(&answer.pairing.teams);
            let other = with_teams(answer, teams);
            let number = number(tickets, &other).expect("as it stands");
            by[number as usize] += 1;
            if same_people && number > 1 {
                // Nothing is wrong with who goes.
                assert_eq!(number, 5);
                if let Some(other) = repriced(tickets, &other) {
                    assert_eq!(self::number(tickets, &other), Some(5));
                    reprices += 1;
                }
            } else if let Some(other) = mended(tickets, &other.pairing.teams) {
                // Who goes is refused without a look at who leads.
                assert!(self::number(tickets, &other).expect("at its best") <= 3);
                mends += 1;
            }
        }
    });
    assert!(by[1] > 8_000 && by[2] > 4_000 && by[3] > 1_000 && by[5] > 1_000, "{by:?}");
    assert!(mends > 1_000 && reprices > 100, "{mends} mended, {reprices} repriced");
}

#[test]
fn every_other_price_is_refused() {
    let mut by = [0; 6];
    answered("prices", 500, |tickets, answer| {
        let count = answer.lead_prices.len();
        let changes = [1, 1 << 48, 1 << 86, 1 << 111].into_iter().flat_map(|size: i128| [size, -size]);
        for change in changes {
            for (one, two) in (0..count).flat_map(|one| (one..count).map(move |two| (one, two))) {
                let changed = |prices: &mut Vec<i128>| {
                    prices[one] += change;
                    if two != one {
                        prices[two] += change;
                    }
                };
                let (mut other, mut leading) = (answer.clone(), answer.clone());
                changed(&mut other.pairing.prices);
                let number = number(tickets, &other).expect("the least prices are one vector");
                assert!((2..=4).contains(&number));
                by[number as usize] += 1;
                if change < 0 {
                    assert!(number <= 3, "no smaller price proves anything");
                }
                changed(&mut leading.lead_prices);
                assert_eq!(self::number(tickets, &leading), Some(5));
                by[5] += 1;
            }
        }
    });
    assert!(by[2..].iter().all(|count| *count > 300), "{by:?}");
}

/// Check 3 accepts both ends of what it allows and nothing beyond.
#[test]
fn the_bounds_of_a_fitting_price_are_sharp() {
    let mut bounds = [0; 2];
    answered("bounds", 400, |tickets, _| {
        // With more bands the price of band 0 bounds the others, and they it.
        let alone = Instance {
            bands: 1,
            visits: tickets.instance().visits.iter().map(|v| Visit { band: 0, ..v.clone() }).collect(),
            ..tickets.instance().clone()
        };
        let tickets = &Tickets::of(&alone).expect("valid");
        let answer = appoint(tickets).expect("as lawful as before");
        for (rank, seat) in (0u32..).zip(&tickets.instance().inspectors) {
            let load = answer.pairing.teams.iter().flatten().filter(|other| **other == rank).count();
            let fits = |price: i128| {
                let mut other = answer.pairing.clone();
                other.prices[rank as usize] = price;
                check::prices_fit(tickets, &other).is_ok()
            };
            if load > 0 {
                let least = tickets.load_cost(rank, load);
                assert!(fits(least) && !fits(least - 1));
                bounds[0] += 1;
            }
            let most = tickets.load_cost(rank, load + 1);
            let full = load == seat.capacity as usize;
            assert!(fits(most) && fits(most + 1) == full);
            bounds[1] += usize::from(!full);
        }
    });
    assert!(bounds.iter().all(|count| *count > 100), "{bounds:?}");
}

#[test]
fn the_first_offence_is_named() {
    let instance = cases::district(12, 8, 1, 3);
    let tickets = tickets(&instance);
    let answer = appoint(&tickets).expect("feasible");
    let right = &answer.pairing;
    let wrong = |change: &dyn Fn(&mut Pairing)| {
        let mut other = answer.clone();
        change(&mut other.pairing);
        refused(&tickets, &other).expect("it was changed").1
    };
    assert_eq!(wrong(&|p| p.teams.truncate(11)), Offence::Teams { found: 11, visits: 12 });
    assert_eq!(wrong(&|p| p.teams[3].push(0)), Offence::TeamSize { visit: 3, found: 3, slots: 2 });
    let foreign = Offence::NotEligible { visit: 5, slot: 0, rank: u32::MAX };
    assert_eq!(wrong(&|p| p.teams[5][0] = u32::MAX), foreign);
    let lead = right.teams[2][0];
    assert_eq!(wrong(&|p| p.teams[2][1] = lead), Offence::Twice { visit: 2, rank: lead });
    assert_eq!(wrong(&|p| p.prices.push(0)), Offence::Prices { found: 9, accounts: 8 });
    for price in [i128::MAX, i128::MIN, -1, PRICE_BOUND] {
        assert_eq!(wrong(&|p| p.prices[1] = price), Offence::PriceRange { rank: 1, band: 0, price });
    }
    let said = wrong(&|p| p.teams[2][1] = lead).said(|v| format!("U{v}"), |r| format!("P{r}"));
    assert_eq!(said.zh, format!("U2：P{lead} 在同一小组中出现两次"));
    assert_eq!(said.en, format!("U2: P{lead} is twice in the team"));
    let led = |change: &dyn Fn(&mut Vec<i128>)| {
        let mut other = answer.clone();
        change(&mut other.lead_prices);
        refused(&tickets, &other).expect("it was changed").1
    };
    let missing = Offence::Prices { found: 7, accounts: 8 };
    assert_eq!(led(&|prices| prices.truncate(7)), Offence::Leads(Box::new(missing)));
    let said = led(&|prices| prices[1] = -1).said(|v| format!("U{v}"), |r| format!("P{r}"));
    assert_eq!(said.zh, "主办的分配：P1：价格 -1 超出范围");
    assert_eq!(said.en, "who leads: P1: the price -1 is out of range");
    let small = Instance {
        inspectors: vec![yaohao::pairing::instance::Seat { capacity: 1, carried: 0 }; 8],
        ..instance.clone()
    };
    let over = check::lawful(&Tickets::of(&small).expect("valid"), right);
    assert!(matches!(over, Err(Offence::OverCapacity { rank: 0, capacity: 1, .. })), "{over:?}");
}

#[test]
fn hostile_records_fail_cleanly() {
    let mut stream = cases::stream("hostile");
    answered("hostile answers", 1_000, |tickets, answer| {
        let mut forged = answer.clone();
        let hostile = &mut forged.pairing;
        let odd = [0, 1, 5, 6, 1 << 31, u32::MAX];
        for _ in 0..3 {
            let visit = stream.below(hostile.teams.len().max(1) as u64) as usize;
            match stream.below(9) {
                0 => hostile.teams.truncate(visit),
                1 => hostile.teams.push(vec![odd[stream.below(6) as usize]; 2]),
                2 => hostile.teams.iter_mut().skip(visit).take(1).for_each(Vec::clear),
                3 => hostile.teams.iter_mut().skip(visit).take(1).for_each(|t| t.push(0)),
                4 => hostile.teams.iter_mut().skip(visit).take(1).for_each(|t| t.fill(odd[visit % 6])),
                5 => hostile.prices.fill(i128::MAX - 1),
                6 => forged.lead_prices.fill(i128::MIN),
                7 => forged.lead_prices.truncate(visit),
                _ => hostile.prices.truncate(visit),
            }
        }
        if forged != *answer {
            // All checks run; none relies on the others having passed.
            assert!(refused(tickets, &forged).is_some());
        }
    });
}

#[test]
fn a_connected_part_has_the_teams_of_the_whole() {
    let (mut compared, mut smaller) = (0, 0);
    for round in 0..12 {
        let mut instance = cases::district(24, 18, 3, 2);
        instance.seed = yaohao::seed::Seed::sha256(yaohao::digest::Digest::of(&[b"connected", &[round]]));
        let Ok(whole) = solve::pair(&tickets(&instance)) else { continue };
        for visit in 0..instance.visits.len() {
            let part = connected(&instance, visit);
            assert_eq!(part[0], visit);
            let teams = solve::pair(&tickets(&instance.only(&part))).expect("a part of a whole").teams;
            let expected: Vec<&Vec<u32>> = part.iter().map(|visit| &whole.teams[*visit]).collect();
            assert!(teams.iter().eq(expected), "round {round}, visit {visit}");
            smaller += usize::from(part.len() < instance.visits.len());
            compared += 1;
        }
    }
    assert!(compared > 200 && smaller > 50, "{compared} {smaller}");
}
