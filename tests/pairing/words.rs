//! The example of docs/spec/pairing.md.

use crate::{checked, tickets};
use yaohao::digest::Digest;
use yaohao::pairing::instance::{Instance, Seat, Visit};
use yaohao::pairing::solve;
use yaohao::pairing::ticket::{BIG, key, turns};

const SPECIFICATION: &str = include_str!("../../docs/spec/pairing.md");

fn instance(capacities: &[u32], visits: &[(&str, &[&[u32]])]) -> Instance {
    let visit = |(unit, slots): &(&str, &[&[u32]])| Visit {
        unit: (*unit).to_owned(),
        slots: slots.iter().map(|ranks| ranks.to_vec()).collect(),
    };
    Instance {
        seed: Digest::of(&[b"example\n"]),
        inspectors: capacities.iter().map(|capacity| Seat { capacity: *capacity, carried: 0 }).collect(),
        visits: visits.iter().map(visit).collect(),
    }
}

fn specified(line: &str) {
    assert!(SPECIFICATION.contains(line), "docs/spec/pairing.md lacks: {line}");
}

#[test]
fn the_example_of_the_specification() {
    let all: &[u32] = &[0, 1, 2, 3];
    let units: [(&str, &[&[u32]]); 3] =
        [("U1", &[&[0, 1], all]), ("U2", &[&[0, 1], &[0, 2, 3]]), ("U3", &[&[0], all])];
    let mut instance = instance(&[3; 4], &units);
    instance.inspectors[2].carried = 1;
    specified(&format!("Seed `{}`", instance.seed));
    let tickets = tickets(&instance);
    for (visit, question) in instance.visits.iter().enumerate() {
        let unit = &question.unit;
        specified(&format!("{unit} key {}\n", key(&instance.seed, unit)));
        for (slot, ranks) in question.slots.iter().enumerate() {
            let row = ranks.iter().zip(tickets.row(visit, slot));
            let row: Vec<String> = row.map(|(rank, ticket)| format!("{rank}={ticket}")).collect();
            specified(&format!("{unit} slot {slot}: {}\n", row.join(" ")));
        }
    }
    let pairing = solve::pair(&tickets).expect("feasible");
    assert_eq!(checked(&tickets, &pairing), Ok(()));
    for (visit, team) in instance.visits.iter().zip(&pairing.teams) {
        specified(&format!("| {} | {}, {} |\n", visit.unit, team[0], team[1]));
    }
    for (rank, turn) in turns(&instance.seed, 4).iter().enumerate() {
        let Seat { capacity, carried } = instance.inspectors[rank];
        specified(&format!("| {rank} | {capacity} | {carried} | {turn} |\n"));
        let load = pairing.teams.iter().flatten().filter(|r| **r as usize == rank).count();
        let rest = pairing.prices[rank] - 2 * BIG;
        specified(&format!("| {rank} | {load} | 2·2⁹⁶ + {rest} |\n"));
    }
}
