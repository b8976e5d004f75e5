//! Who leads: brute force over all seatings of the people chosen.

use crate::goal::{Goal, LEADS, Luck, Outcomes, WHO, teams};
use crate::{cases, loads, refused, tickets, up_to_six};
use std::collections::BTreeSet;
use yaohao::pairing::appoint::appoint;
use yaohao::pairing::instance::{Instance, Seat, Visit};
use yaohao::pairing::leads;
use yaohao::pairing::solve;

/// All lawful ways to seat the people of `team` on the slots of a visit.
fn seatings(visit: &Visit, team: &[u32]) -> Vec<Vec<u32>> {
    let among = |ranks: &Vec<u32>| ranks.iter().copied().filter(|rank| team.contains(rank)).collect();
    teams(&Visit::new("", visit.slots.iter().map(among).collect::<Vec<_>>()))
}

/// Who leads, as an instance of its own made from all seatings.
fn question(instance: &Instance, teams: &[Vec<u32>]) -> Instance {
    let visit = |(visit, team): (&Visit, &Vec<u32>)| {
        let able: BTreeSet<u32> = seatings(visit, team).iter().map(|seats| seats[0]).collect();
        Visit { band: visit.band, ..Visit::new(&visit.unit, [able.into_iter().collect()]) }
    };
    let seat = |load| Seat { capacity: load, carried: 0 };
    Instance {
        inspectors: loads(instance, teams).into_iter().map(seat).collect(),
        visits: instance.visits.iter().zip(teams).map(visit).collect(),
        ..*instance
    }
}

#[test]
fn leads_are_most_even_among_all_seatings_of_the_people_chosen() {
    let mut stream = cases::stream("leads");
    let (mut found, mut moved, mut evener) = (0, 0, 0);
    for round in 0..6_000 {
        let instance = up_to_six(&mut stream, round);
        let tickets = tickets(&instance);
        let (Ok(who), answer) = (solve::pair(&tickets), appoint(&tickets)) else { continue };
        let answer = answer.expect("the same question");
        assert_eq!(refused(&tickets, &answer), None, "round {round}");
        let sorted = |teams: &[Vec<u32>]| teams.iter().map(|t| BTreeSet::from_iter(t.clone())).collect();
        let people: (Vec<BTreeSet<u32>>, Vec<BTreeSet<u32>>) =
            (sorted(&who.teams), sorted(&answer.pairing.teams));
        assert_eq!(people.0, people.1, "round {round}: the people stay");

        let question = question(&instance, &who.teams);
        assert_eq!(leads::question(&tickets, &who.teams), question, "round {round}");
        let lead = |teams: &[Vec<u32>]| teams.iter().map(|team| vec![team[0]]).collect::<Vec<_>>();
        let outcomes = Outcomes::of(&question, LEADS);
        let goal = outcomes.goal().expect("somebody leads now");
        assert_eq!(goal.ways, 1, "round {round}: a tie of tickets");
        let reached = outcomes.reached_by(&lead(&answer.pairing.teams));
        assert_eq!(reached.as_ref(), Some(&goal), "round {round}");
        // By seatings, not by loads: no other way to seat these people is evener.
        let before = outcomes.reached_by(&lead(&who.teams)).expect("lawful");
        let unevenness = |goal: &Goal| (goal.levels.clone(), goal.unevenness);
        assert!(unevenness(&before) >= unevenness(&goal), "round {round}");
        evener += usize::from(unevenness(&before) > unevenness(&goal));

        let luck = Luck::of(&instance, WHO);
        for (visit, team) in answer.pairing.teams.iter().enumerate() {
            let all = seatings(&instance.visits[visit], team);
            let behind = all.iter().filter(|seats| seats[0] == team[0]);
            let sums: Vec<u64> =
                behind.map(|seats| luck.sum(visit, 1, &seats[1..]).expect("lawful")).collect();
            let mine = luck.sum(visit, 1, &team[1..]).expect("lawful");
            assert_eq!(sums.iter().min(), Some(&mine), "round {round}");
            assert_eq!(sums.iter().filter(|sum| **sum == mine).count(), 1, "round {round}: a tie of tickets");
            moved += usize::from(*team != who.teams[visit]);
        }
        found += 1;
    }
    assert!(found > 1_000 && moved > 1_000 && evener > 200, "{found} found, {moved} moved, {evener} evener");
}

/// Without a rest of the team that can be seated nobody leads, however eligible.
#[test]
fn only_those_lead_who_leave_a_seat_for_everybody() {
    let visit = Visit::new("U0", [vec![0, 1], vec![1, 2], vec![0, 2]]);
    let seats = vec![Seat { capacity: 1, carried: 0 }; 3];
    let mut instance = Instance {
        seed: yaohao::seed::Seed::sha256(yaohao::digest::Digest([3; 32])),
        inspectors: seats,
        visits: vec![visit],
        bands: 1,
    };
    let able = |instance: &Instance| {
        let tickets = tickets(instance);
        leads::question(&tickets, &[vec![0, 1, 2]]).visits[0].slots[0].clone()
    };
    assert_eq!(able(&instance), [0, 1]);
    // Now only 1 can be in slot 1, so 1 cannot lead.
    std::sync::Arc::make_mut(&mut instance.visits[0].slots)[1] = vec![1];
    assert_eq!(able(&instance), [0]);
}

/// The example of docs/decisions/0013: everybody twice, but not once in each role.
#[test]
fn roles_cannot_be_balanced_together() {
    let unit =
        |name: &str, lead: &[u32], assistant: &[u32]| Visit::new(name, [lead.to_vec(), assistant.to_vec()]);
    let visits = vec![
        unit("A", &[0, 1], &[0, 1]),
        unit("B", &[1, 2], &[2, 3]),
        unit("C", &[2, 3], &[1, 2]),
        unit("D", &[0, 3], &[0, 3]),
    ];
    let inspectors = vec![Seat { capacity: 4, carried: 0 }; 4];
    let instance = Instance {
        seed: yaohao::seed::Seed::sha256(yaohao::digest::Digest([5; 32])),
        inspectors,
        visits,
        bands: 1,
    };
    let mut all: Vec<Vec<Vec<u32>>> = vec![Vec::new()];
    for visit in &instance.visits {
        let lawful = teams(visit);
        all = all
            .iter()
            .flat_map(|p| lawful.iter().map(|t| [p.as_slice(), std::slice::from_ref(t)].concat()))
            .collect();
    }
    let once = |pairing: &Vec<Vec<u32>>, slot: usize| {
        pairing.iter().map(|team| team[slot]).collect::<BTreeSet<_>>().len() == 4
    };
    assert!(all.iter().any(|pairing| once(pairing, 0)) && all.iter().any(|pairing| once(pairing, 1)));
    assert!(!all.iter().any(|pairing| once(pairing, 0) && once(pairing, 1)));
    // A half of every pair is lawful: each unit and each inspector has two for each role.
    for slot in 0..2 {
        let mut open = vec![0; 4];
        for visit in &instance.visits {
            assert_eq!(visit.slots[slot].len(), 2);
            visit.slots[slot].iter().for_each(|rank| open[*rank as usize] += 1);
        }
        assert_eq!(open, [2; 4]);
    }
    let answer = appoint(&tickets(&instance)).expect("lawful");
    assert_eq!(loads(&instance, &answer.pairing.teams), [2; 4], "visits in all come out even");
}
