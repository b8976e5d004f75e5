//! The example of docs/spec/pairing.md.

use crate::{refused, tickets};
use yaohao::digest::Digest;
use yaohao::pairing::appoint::appoint;
use yaohao::pairing::instance::{Instance, Seat, Visit};
use yaohao::pairing::ticket::{BIG, LEAD, MID, PAIR, Tickets, key, turns};
use yaohao::pairing::{leads, solve};
use yaohao::seed::Seed;

const SPECIFICATION: &str = include_str!("../../docs/spec/pairing.md");

fn instance(capacities: &[u32], visits: &[(&str, &[&[u32]])]) -> Instance {
    let visit = |(unit, slots): &(&str, &[&[u32]])| {
        Visit::new(*unit, slots.iter().map(|ranks| ranks.to_vec()).collect::<Vec<_>>())
    };
    Instance {
        bands: 1,
        seed: Seed::sha256(Digest::of(&[b"example\n"])),
        inspectors: capacities.iter().map(|capacity| Seat { capacity: *capacity, carried: 0 }).collect(),
        visits: visits.iter().map(visit).collect(),
    }
}

fn example() -> Instance {
    let all: &[u32] = &[0, 1, 2, 3];
    let units: [(&str, &[&[u32]]); 3] =
        [("U1", &[&[0, 1], all]), ("U2", &[&[0, 1, 2], all]), ("U3", &[&[0, 1], all])];
    let mut instance = instance(&[3; 4], &units);
    instance.inspectors[2].carried = 1;
    instance
}

fn specified(line: &str) {
    assert!(SPECIFICATION.contains(line), "docs/spec/pairing.md lacks: {line}");
}

fn row(tickets: &Tickets, visit: usize, slot: usize) -> String {
    let ranks = &tickets.instance().visits[visit].slots[slot];
    let row = ranks.iter().zip(tickets.row(visit, slot));
    row.map(|(rank, ticket)| format!("{rank}={ticket}")).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_example_of_the_specification() {
    let instance = example();
    specified(&format!("Seed `{}`", instance.seed));
    let tickets = tickets(&instance);
    for (visit, question) in instance.visits.iter().enumerate() {
        let unit = &question.unit;
        specified(&format!("{unit} key {}\n", key(PAIR, &instance.seed, unit)));
        for slot in 0..question.slots.len() {
            specified(&format!("{unit} slot {slot}: {}\n", row(&tickets, visit, slot)));
        }
    }
    let pairing = solve::pair(&tickets).expect("feasible");
    for (visit, team) in instance.visits.iter().zip(&pairing.teams) {
        specified(&format!("| {} | {}, {} |\n", visit.unit, team[0], team[1]));
    }
    for (rank, turn) in turns(PAIR, &instance.seed, 4).iter().enumerate() {
        let Seat { capacity, carried } = instance.inspectors[rank];
        specified(&format!("| {rank} | {capacity} | {carried} | {turn} |\n"));
        let load = pairing.teams.iter().flatten().filter(|r| **r as usize == rank).count();
        let rest = pairing.prices[rank] - 2 * BIG;
        specified(&format!("| {rank} | {load} | 2·2¹¹¹ + {rest} |\n"));
    }
}

#[test]
fn the_leads_of_the_example() {
    let instance = example();
    let tickets = tickets(&instance);
    let answer = appoint(&tickets).expect("feasible");
    assert_eq!(refused(&tickets, &answer), None);
    let question = leads::question(&tickets, &answer.pairing.teams);
    let lead_tickets = Tickets::tagged(LEAD, &question).expect("valid");
    for (visit, team) in answer.pairing.teams.iter().enumerate() {
        let unit = &instance.visits[visit].unit;
        specified(&format!("{unit} lead key {}\n", key(LEAD, &instance.seed, unit)));
        specified(&format!("{unit} lead: {}\n", row(&lead_tickets, visit, 0)));
        specified(&format!("| {unit} | {} | {} |\n", team[0], team[1]));
    }
    for (rank, turn) in turns(LEAD, &instance.seed, 4).iter().enumerate() {
        let leads = answer.pairing.teams.iter().filter(|team| team[0] as usize == rank).count();
        let price = answer.lead_prices[rank];
        let price = if price < BIG { price.to_string() } else { format!("2¹¹¹ + {}", price - BIG) };
        specified(&format!("| {rank} | {turn} | {leads} | {price} |\n"));
    }
}

#[test]
fn the_bands_of_the_example() {
    let mut instance = example();
    instance.bands = 2;
    instance.visits[0].band = 1;
    instance.visits[2].band = 1;
    let tickets = tickets(&instance);
    let answer = appoint(&tickets).expect("feasible");
    assert_eq!(refused(&tickets, &answer), None);
    let who = solve::pair(&tickets).expect("feasible");
    for (visit, team) in instance.visits.iter().zip(&who.teams) {
        specified(&format!("| {} | {} | {}, {} |\n", visit.unit, visit.band, team[0], team[1]));
    }
    let loads = instance.loads(&who.teams);
    for rank in 0..4 {
        let (load, banded) = (loads[2 * rank] + loads[2 * rank + 1], loads[2 * rank + 1]);
        let (price, long) = (who.prices[2 * rank] - 2 * BIG, who.prices[2 * rank + 1] - 2 * BIG);
        let long = match (long / MID, long % MID) {
            (0, rest) => format!("{rest}"),
            (1, rest) => format!("2⁸⁶ + {rest}"),
            (steps, rest) => format!("{steps}·2⁸⁶ + {rest}"),
        };
        specified(&format!("| {rank} | {load} | {banded} | 2·2¹¹¹ + {price} | 2·2¹¹¹ + {long} |\n"));
    }
}
