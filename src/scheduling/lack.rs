//! Why a visit has no day: who of its team lacks how many minutes, day by day.

use super::Question;

/// Somebody who has not the minutes for a visit on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lack {
    /// The day, from 0.
    pub day: usize,
    /// Rank of the inspector.
    pub rank: u32,
    /// Minutes that the inspector has on that day at all; 0 on leave.
    pub available: u32,
    /// Minutes that are missing there.
    pub missing: u64,
}

/// What keeps `visit` from every day, once all others have the days of `schedule`: by day,
/// then slot. There is somebody on each day, unless the visit has a day itself.
pub fn lacks(question: &Question, schedule: &[Option<usize>], visit: usize) -> Vec<Lack> {
    let mut lacks = Vec::new();
    for day in 0..question.days {
        let there = question.visits.iter().zip(schedule).filter(|(_, at)| **at == Some(day));
        let there: Vec<_> = there.map(|(other, _)| other).collect();
        for (rank, minutes) in &question.visits[visit].team {
            let given = there.iter().flat_map(|other| &other.team).filter(|(other, _)| other == rank);
            let given: u64 = given.map(|(_, minutes)| u64::from(*minutes)).sum();
            let available = question.availability[*rank as usize][day];
            let missing = (given + u64::from(*minutes)).saturating_sub(u64::from(available));
            if missing > 0 {
                lacks.push(Lack { day, rank: *rank, available, missing });
            }
        }
    }
    lacks
}
