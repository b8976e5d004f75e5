//! The days of visits, held against the rule as it is written and against vectors that
//! every implementation reads.

mod district;
#[path = "scheduling/figures.rs"]
mod figures;
#[path = "scheduling/oracle.rs"]
mod oracle;
#[path = "scheduling/vectors.rs"]
mod vectors;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use yaohao::digest::Digest;
use yaohao::scheduling::{Question, Visit, lacks, schedule};
use yaohao::seed::Seed;

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..Default::default() }
}

prop_compose! {
    /// Few people with little time, few towns: ties, repairs and visits without a day.
    fn question()(
        seed in any::<[u8; 32]>(),
        (people, days) in (2..6_usize, 1..5_usize),
        visits in vec((0..3_u8, vec((any::<prop::sample::Index>(), 1..5_u32), 2..4), any::<bool>()), 0..12),
        minutes in vec(0..5_u32, 40),
    ) -> Question {
        let visit = |(number, (town, team, same)): (usize, (u8, Vec<(prop::sample::Index, u32)>, bool))| {
            let mut free: Vec<u32> = (0..people as u32).collect();
            let equal = team[0].1 * 60;
            let member = |(index, quarters): (prop::sample::Index, u32)| {
                (!free.is_empty()).then(|| (free.remove(index.index(free.len())), if same { equal } else { quarters * 60 }))
            };
            Visit { unit: format!("U{number:02}"), town: format!("T{town}"), team: team.into_iter().filter_map(member).collect() }
        };
        Question {
            seed: Seed::sha256(Digest(seed)),
            visits: visits.into_iter().enumerate().map(visit).collect(),
            days,
            availability: (0..people).map(|p| (0..days).map(|d| minutes[p * 5 + d] * 120).collect()).collect(),
        }
    }
}

/// Minutes given to everybody on a day.
fn given(question: &Question, days: &[Option<usize>], rank: u32, day: usize) -> u64 {
    let there = question.visits.iter().zip(days).filter(|(_, at)| **at == Some(day));
    let teams = there.flat_map(|(visit, _)| &visit.team).filter(|(other, _)| *other == rank);
    teams.map(|(_, minutes)| u64::from(*minutes)).sum()
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn days_are_those_of_the_rule_as_written(question in question()) {
        prop_assert_eq!(schedule(&question), oracle::schedule(&question));
    }

    #[test]
    fn nobody_has_more_than_their_minutes_and_no_day_is_left_open(question in question()) {
        let days = schedule(&question);
        for (rank, available) in question.availability.iter().enumerate() {
            for (day, minutes) in available.iter().enumerate() {
                prop_assert!(given(&question, &days, rank as u32, day) <= u64::from(*minutes));
            }
        }
        for (visit, day) in days.iter().enumerate() {
            let lacks = lacks(&question, &days, visit);
            // What keeps it from each day, or nothing but its own place there.
            for other in (0..question.days).filter(|other| Some(*other) != *day) {
                let missing = |lack: &yaohao::scheduling::Lack| lack.day == other;
                prop_assert!(day.is_some() || lacks.iter().any(missing));
            }
        }
    }

    #[test]
    fn the_order_of_rows_and_ranks_decides_nothing(question in question(), turn in 0..12_usize) {
        let mut turned = question.clone();
        let by = turn % question.visits.len().max(1);
        turned.visits.rotate_left(by);
        turned.availability.reverse();
        let last = question.availability.len() as u32 - 1;
        turned.visits.iter_mut().flat_map(|visit| &mut visit.team).for_each(|member| member.0 = last - member.0);
        let mut days = schedule(&turned);
        days.rotate_right(by);
        prop_assert_eq!(days, schedule(&question));
    }
}
