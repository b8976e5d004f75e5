//! Random instances, and what brute force says of them.

use std::collections::BTreeMap;
use yaohao::digest::Digest;
use yaohao::pairing::instance::{Instance, Pairing, Seat, Visit};
use yaohao::pairing::ticket::Tickets;
use yaohao::stream::Stream;

/// A stream for the test of this name.
pub fn stream(name: &str) -> Stream {
    Stream::new(Digest::of(&[b"tests/pairing ", name.as_bytes()]))
}

/// The bounds of a random instance.
#[derive(Clone, Copy)]
pub struct Size {
    pub visits: u64,
    pub inspectors: u64,
    pub team: u64,
    /// The largest capacity.
    pub capacity: u64,
}

/// An instance within `size` in which all rules are mixed: dockets that are
/// equal, nested or unrelated, loads carried, people without capacity.
pub fn instance(stream: &mut Stream, size: Size) -> Instance {
    let count = 1 + stream.below(2 * size.inspectors).min(size.inspectors - 1);
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&stream.word().to_le_bytes());
    let carried = [1, 2, 5][stream.below(3) as usize];
    let seat = |stream: &mut Stream| Seat {
        capacity: stream.below(size.capacity + 2).min(size.capacity) as u32,
        carried: stream.below(carried) as u32,
    };
    let inspectors = (0..count).map(|_| seat(stream)).collect();
    let visits = (0..1 + stream.below(size.visits))
        .map(|number| {
            let team = 1 + stream.below(size.team) as usize;
            Visit { unit: format!("U{number}"), slots: slots(stream, count as u32, team).into() }
        })
        .collect();
    Instance { seed: Digest(seed), inspectors, visits }
}

fn slots(stream: &mut Stream, count: u32, team: usize) -> Vec<Vec<u32>> {
    let density = 5 + stream.below(6);
    let mut some =
        |from: &[u32]| from.iter().copied().filter(|_| stream.below(10) < density).collect::<Vec<_>>();
    let all: Vec<u32> = (0..count).collect();
    let first = some(&all);
    let second = some(&first);
    let unrelated: Vec<Vec<u32>> = (0..team).map(|_| some(&all)).collect();
    match stream.below(3) {
        0 => vec![first; team],
        1 => (0..team).map(|slot| if slot == 0 { second.clone() } else { first.clone() }).collect(),
        _ => unrelated,
    }
}

/// All lawful teams of a visit.
pub fn teams(visit: &Visit) -> Vec<Vec<u32>> {
    let mut teams: Vec<Vec<u32>> = vec![Vec::new()];
    for ranks in &*visit.slots {
        let longer = teams.iter().flat_map(|team| {
            let free = ranks.iter().filter(|rank| !team.contains(rank));
            free.map(|rank| [team.as_slice(), &[*rank]].concat())
        });
        teams = longer.collect();
    }
    teams
}

/// The least cost of any lawful pairing, by trying them all; `None` if there
/// is none. Pairings with equal loads are told apart by their tickets only.
pub fn least_cost(tickets: &Tickets) -> Option<i128> {
    let instance = tickets.instance();
    let mut reached = BTreeMap::from([(vec![0; instance.inspectors.len()], 0)]);
    for (index, visit) in instance.visits.iter().enumerate() {
        let mut next = BTreeMap::new();
        let teams = teams(visit);
        for (loads, sum) in &reached {
            for team in &teams {
                let mut loads: Vec<u32> = loads.clone();
                team.iter().for_each(|rank| loads[*rank as usize] += 1);
                let fits =
                    team.iter().all(|r| loads[*r as usize] <= instance.inspectors[*r as usize].capacity);
                if fits {
                    let sum = sum + tickets_of(tickets, index, team);
                    next.entry(loads).and_modify(|best: &mut i128| *best = sum.min(*best)).or_insert(sum);
                }
            }
        }
        reached = next;
    }
    reached.iter().map(|(loads, sum)| sum + load_costs(tickets, loads)).min()
}

/// The cost of a pairing: loads and tickets.
pub fn cost(tickets: &Tickets, pairing: &Pairing) -> i128 {
    let mut loads = vec![0; tickets.instance().inspectors.len()];
    pairing.teams.iter().flatten().for_each(|rank| loads[*rank as usize] += 1);
    let sums = pairing.teams.iter().enumerate().map(|(visit, team)| tickets_of(tickets, visit, team));
    sums.sum::<i128>() + load_costs(tickets, &loads)
}

fn tickets_of(tickets: &Tickets, visit: usize, team: &[u32]) -> i128 {
    let ticket = |(slot, rank): (usize, &u32)| tickets.ticket(visit, slot, *rank).expect("lawful");
    team.iter().enumerate().map(ticket).map(i128::from).sum()
}

fn load_costs(tickets: &Tickets, loads: &[u32]) -> i128 {
    let of = |(rank, load): (u32, &u32)| {
        (1..=*load as usize).map(|nth| tickets.load_cost(rank, nth)).sum::<i128>()
    };
    (0..).zip(loads).map(of).sum()
}

/// A district: `visits` units with a lead and a second inspector each, in
/// `zones` zones that share nobody; half the people may lead, and one pair in
/// ten is ruled out.
pub fn district(visits: usize, inspectors: u32, zones: u32, slack: u32) -> Instance {
    let mut stream = stream("district");
    let share = 2 * visits as u32 / inspectors;
    let seats = (0..inspectors).map(|_| Seat { capacity: share + slack, carried: stream.below(4) as u32 });
    let inspectors_by_rank: Vec<Seat> = seats.collect();
    let visits = (0..visits as u32).map(|number| {
        let in_zone = (0..inspectors).filter(|rank| rank % zones == number % zones);
        let pool: Vec<u32> = in_zone.filter(|_| stream.below(10) > 0).collect();
        let leads = pool.iter().copied().filter(|rank| (rank / zones).is_multiple_of(2)).collect();
        Visit { unit: format!("91500112{number:010}"), slots: vec![leads, pool].into() }
    });
    Instance { seed: Digest([7; 32]), visits: visits.collect(), inspectors: inspectors_by_rank }
}
