//! Questions and answers for reference/oracle.py, which solves them with
//! networkx: exact integers, and another algorithm by other people.

use crate::{cases, tickets};
use std::fmt::Write;
use yaohao::pairing::instance::{Instance, Pairing};
use yaohao::pairing::solve;
use yaohao::pairing::ticket::{Tickets, band_cost};

/// One question a line: seats as carried:capacity:turn, then for each visit its
/// band and slots as rank:ticket lists, then the objective of our answer or `-`.
fn line(instance: &Instance) -> String {
    let tickets = tickets(instance);
    let mut line = String::new();
    for (rank, seat) in instance.inspectors.iter().enumerate() {
        let turn = tickets.load_cost(rank as u32, 0) % (1 << 111);
        write!(line, "{}:{}:{turn} ", seat.carried, seat.capacity).expect("a string");
    }
    for (index, visit) in instance.visits.iter().enumerate() {
        write!(line, "|{};", visit.band).expect("a string");
        for (slot, ranks) in visit.slots.iter().enumerate() {
            line.push_str(if slot == 0 { "" } else { "/" });
            for (rank, ticket) in ranks.iter().zip(tickets.row(index, slot)) {
                write!(line, "{rank}:{ticket} ").expect("a string");
            }
        }
    }
    match solve::pair(&tickets) {
        Ok(pairing) => line + &format!("|{}\n", cost(&tickets, &pairing)),
        Err(_) => line + "|-\n",
    }
}

/// The objective: costs of all loads and tickets of all seats.
fn cost(tickets: &Tickets<'_>, pairing: &Pairing) -> i128 {
    let instance = tickets.instance();
    let mut sum = 0;
    for (rank, loads) in (0..).zip(instance.loads(&pairing.teams).chunks(instance.bands)) {
        sum += (1..=loads.iter().sum()).map(|nth| tickets.load_cost(rank, nth)).sum::<i128>();
        sum += loads[1..].iter().flat_map(|load| 1..=*load).map(band_cost).sum::<i128>();
    }
    for (visit, team) in pairing.teams.iter().enumerate() {
        let drawn = tickets.draw(visit);
        let ticket = |(slot, rank): (usize, &u32)| i128::from(drawn.ticket(slot, *rank).expect("lawful"));
        sum += team.iter().enumerate().map(ticket).sum::<i128>();
    }
    sum
}

#[test]
fn questions_for_another_solver() {
    let mut stream = cases::stream("export");
    let mut lines = String::new();
    for size in [(40, 12), (80, 20)] {
        let size = cases::Size { visits: size.0, inspectors: size.1, team: 3, capacity: size.0 / 2 };
        (0..16).for_each(|_| lines += &line(&cases::instance(&mut stream, size)));
    }
    for (visits, inspectors, zones, slack) in [(40, 12, 1, 1), (80, 20, 1, 0), (80, 20, 2, 3), (30, 40, 1, 1)]
    {
        lines += &line(&cases::district(visits, inspectors, zones, slack));
    }
    let short = lines.lines().filter(|line| line.ends_with('-')).count();
    assert!((3..30).contains(&short), "{short} short");
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(folder.join("pairing-questions"), lines).expect("written");
}
