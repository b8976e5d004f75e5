//! The example of docs/spec/pairing.md, and the sentences people read.

use crate::{refused, tickets};
use yaohao::digest::Digest;
use yaohao::pairing::appoint::appoint;
use yaohao::pairing::instance::{Instance, Seat, Visit};
use yaohao::pairing::shortage::Shortage;
use yaohao::pairing::ticket::{BIG, LEAD, PAIR, Tickets, key, turns};
use yaohao::pairing::{leads, solve};

const SPECIFICATION: &str = include_str!("../../docs/spec/pairing.md");

fn instance(capacities: &[u32], visits: &[(&str, &[&[u32]])]) -> Instance {
    let visit = |(unit, slots): &(&str, &[&[u32]])| {
        Visit::new(*unit, slots.iter().map(|ranks| ranks.to_vec()).collect::<Vec<_>>())
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

fn row(tickets: &Tickets, visit: usize, slot: usize) -> String {
    let ranks = &tickets.instance().visits[visit].slots[slot];
    let row = ranks.iter().zip(tickets.row(visit, slot));
    row.map(|(rank, ticket)| format!("{rank}={ticket}")).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_example_of_the_specification() {
    let all: &[u32] = &[0, 1, 2, 3];
    let units: [(&str, &[&[u32]]); 3] =
        [("U1", &[&[0, 1], all]), ("U2", &[&[0, 1, 2], all]), ("U3", &[&[0, 1], all])];
    let mut instance = instance(&[3; 4], &units);
    instance.inspectors[2].carried = 1;
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
        specified(&format!("| {rank} | {load} | 2·2⁹⁶ + {rest} |\n"));
    }
}

#[test]
fn the_leads_of_the_example() {
    let all: &[u32] = &[0, 1, 2, 3];
    let units: [(&str, &[&[u32]]); 3] =
        [("U1", &[&[0, 1], all]), ("U2", &[&[0, 1, 2], all]), ("U3", &[&[0, 1], all])];
    let mut instance = instance(&[3; 4], &units);
    instance.inspectors[2].carried = 1;
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
        let price = if price < BIG { price.to_string() } else { format!("2⁹⁶ + {}", price - BIG) };
        specified(&format!("| {rank} | {turn} | {leads} | {price} |\n"));
    }
}

#[test]
fn a_shortage_in_a_sentence() {
    let names = ["U0", "U1", "U2", "U3", "U4", "U5", "U6", "U7", "U8", "U9"];
    let pair: &[&[u32]] = &[&[0, 1], &[0, 1]];
    let free: &[&[u32]] = &[&[0, 1, 2, 3], &[0, 1, 2, 3]];
    let visits: Vec<_> = names.iter().map(|name| (*name, if *name == "U4" { free } else { pair })).collect();
    let instance = instance(&[3, 2, 9, 9], &visits);
    let shortage = solve::pair(&tickets(&instance)).expect_err("nine units for two people with five visits");
    let said = shortage.said(
        &instance,
        132,
        |v| names[v].to_owned(),
        |r| ["王", "李", "张", "赵"][r as usize].to_owned(),
    );
    assert_eq!(
        said.zh,
        "这 9 家单位的 18 个岗位只能由这 2 名人员承担，只剩 5 个岗位的余量（11 小时），至少缺 13 个。\
         单位：U0、U1、U2、U3、U5、U6、U7、U8、U9；人员：王、李"
    );
    assert_eq!(
        said.en,
        "these 18 slots of these 9 units can only go to these 2 inspectors with 5 visits left (11 hours), at least 13 short. \
         Units: U0, U1, U2, U3, U5, U6, U7, U8, U9; inspectors: 王, 李"
    );
}

#[test]
fn shortages_with_help_and_without_anybody() {
    let said = |instance: &Instance, shortage: Shortage| {
        assert!(shortage.holds(instance));
        shortage.said(instance, 90, |v| format!("U{v}"), |r| format!("P{r}"))
    };
    let helped = instance(&[1, 2], &[("U0", &[&[0], &[0, 1]]), ("U1", &[&[0], &[0, 1]])]);
    let shortage = solve::pair(&tickets(&helped)).expect_err("one lead for two visits has room for one");
    assert_eq!(
        said(&helped, shortage).en,
        "these 2 slots of these 2 units can only go to this 1 inspector with 1 visit left (1 hour 30 min), at least 1 short. \
         Units: U0, U1; inspectors: P0"
    );
    let partly = instance(&[0, 0, 5], &[("U0", &[&[0, 1, 2], &[0, 1, 2]])]);
    let shortage = solve::pair(&tickets(&partly)).expect_err("one person for two slots");
    assert_eq!(
        said(&partly, shortage).zh,
        "这 1 家单位的 2 个岗位，除其他人员最多可承担 1 个外，只能由这 2 名人员承担，\
         只剩 0 个岗位的余量（0 小时），至少缺 1 个。单位：U0；人员：P0、P1"
    );
    let nobody = instance(&[5], &[("U0", &[&[0], &[0]])]);
    let shortage = solve::pair(&tickets(&nobody)).expect_err("nobody can be two people");
    assert_eq!(
        said(&nobody, shortage).en,
        "these 2 slots of this 1 unit have too few eligible inspectors, at least 1 short. Units: U0"
    );
}
