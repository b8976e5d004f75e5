//! Other people's code on the same questions.

use crate::goal::word;
use crate::{cases, loads, refused, tickets};
use petgraph::Graph;
use petgraph::algo::dinics;
use yaohao::pairing::appoint::appoint;
use yaohao::pairing::instance::Instance;
use yaohao::pairing::{check, leads, solve};

/// Whether petgraph finds these teams most even: however high a level is, no
/// lawful pairing has fewer visits above it. (Filling what fits below the
/// level first never takes from what can be filled in all, so the least number
/// above it is that of the slots left empty where everybody stops there.)
fn most_even(instance: &Instance, teams: &[Vec<u32>]) -> bool {
    let loads = loads(instance, teams);
    let levels = instance.inspectors.iter().zip(&loads).map(|(seat, load)| seat.carried + load);
    (0..=levels.max().unwrap_or(0)).all(|level| {
        let mut stopped = instance.clone();
        let mut above = 0;
        for (seat, load) in stopped.inspectors.iter_mut().zip(&loads) {
            let room = level.saturating_sub(seat.carried);
            above += u64::from(load.saturating_sub(room));
            seat.capacity = seat.capacity.min(room);
        }
        above == empty_slots(&stopped)
    })
}

#[test]
fn larger_pairings_are_most_even_by_another_flow() {
    let mut stream = cases::stream("petgraph levels");
    let size = cases::Size { visits: 30, inspectors: 10, team: 3, capacity: 24 };
    let (mut found, mut evener) = (0, 0);
    for _ in 0..120 {
        let instance = cases::instance(&mut stream, size);
        let tickets = tickets(&instance);
        let (Ok(who), Ok(answer)) = (solve::pair(&tickets), appoint(&tickets)) else { continue };
        assert!(most_even(&instance, &answer.pairing.teams));
        let question = leads::question(&tickets, &answer.pairing.teams);
        let lead = |teams: &[Vec<u32>]| teams.iter().map(|team| vec![team[0]]).collect::<Vec<_>>();
        let sorted = |teams: &[Vec<u32>]| {
            let mut loads = loads(&question, &lead(teams));
            loads.sort_unstable();
            loads
        };
        assert!(most_even(&question, &lead(&answer.pairing.teams)));
        // The seats of the first question are as even only where the numbers are the same.
        let same = sorted(&who.teams) == sorted(&answer.pairing.teams);
        assert_eq!(most_even(&question, &lead(&who.teams)), same);
        evener += usize::from(!same);
        assert_eq!(refused(&tickets, &answer), None);
        found += 1;
    }
    let district = cases::district(120, 24, 3, 2);
    let answer = appoint(&tickets(&district)).expect("lawful");
    assert!(most_even(&district, &answer.pairing.teams));
    assert!(found > 30 && evener > 15, "{found} found, {evener} evener");
}

/// How many slots stay empty at least, by petgraph's maximum flow.
fn empty_slots(instance: &Instance) -> u64 {
    let mut graph = Graph::<(), u32>::new();
    let (source, sink) = (graph.add_node(()), graph.add_node(()));
    let people: Vec<_> = instance.inspectors.iter().map(|_| graph.add_node(())).collect();
    for (person, seat) in people.iter().zip(&instance.inspectors) {
        graph.add_edge(*person, sink, seat.capacity);
    }
    for visit in &instance.visits {
        let entries: Vec<_> = people.iter().map(|_| graph.add_node(())).collect();
        for (entry, person) in entries.iter().zip(&people) {
            graph.add_edge(*entry, *person, 1);
        }
        for ranks in &*visit.slots {
            let slot = graph.add_node(());
            graph.add_edge(source, slot, 1);
            for rank in ranks {
                graph.add_edge(slot, entries[*rank as usize], 1);
            }
        }
    }
    instance.slots() as u64 - u64::from(dinics(&graph, source, sink).0)
}

#[test]
fn a_pairing_is_found_exactly_where_a_flow_is() {
    let mut stream = cases::stream("petgraph");
    let size = cases::Size { visits: 40, inspectors: 12, team: 4, capacity: 24 };
    let (mut found, mut short, mut exact) = (0, 0, 0);
    for round in 0..150 {
        let instance = cases::instance(&mut stream, size);
        let tickets = tickets(&instance);
        match solve::pair(&tickets) {
            Ok(pairing) => {
                assert_eq!(empty_slots(&instance), 0, "round {round}");
                assert_eq!(check::cheapest(&tickets, &pairing), Ok(()), "round {round}");
                assert_eq!(check::prices_fit(&tickets, &pairing), Ok(()), "round {round}");
                found += 1;
            }
            Err(shortage) => {
                assert!(shortage.holds(&instance), "round {round}");
                let missing = shortage.short_by(&instance);
                // Less where there are several shortages: one of them is named.
                assert!(missing <= empty_slots(&instance), "round {round}");
                exact += usize::from(missing == empty_slots(&instance));
                short += 1;
            }
        }
    }
    assert!(found > 40 && short > 40 && exact > short / 3, "{found} found, {short} short, {exact} exact");
}

#[test]
fn tickets_and_turns_are_words_of_another_chacha20() {
    let instance = cases::district(5, 23, 1, 0);
    let (tickets, count) = (tickets(&instance), instance.inspectors.len());
    for (index, visit) in instance.visits.iter().enumerate() {
        let text = format!("yaohao/pair/v1\n{}\n{}\n", instance.seed, visit.unit);
        for (slot, ranks) in visit.slots.iter().enumerate() {
            for rank in ranks {
                let expected = word(&text, slot * count + *rank as usize) >> 16;
                assert_eq!(tickets.ticket(index, slot, *rank), Some(expected));
            }
        }
    }
    let text = format!("yaohao/turn/v1\n{}\n", instance.seed);
    for (rank, seat) in instance.inspectors.iter().enumerate() {
        let turn = i128::from(word(&text, rank) >> 16) << 12;
        let expected = (i128::from(seat.carried) + 3) * (1 << 111) + turn;
        assert_eq!(tickets.load_cost(rank as u32, 3), expected);
    }
}
