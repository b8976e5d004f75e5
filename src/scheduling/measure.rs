//! How even and how near a schedule came out: for people to see, nothing is decided by it.

use super::{Question, Visit};

/// Figures of one schedule.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Measure {
    /// Visits on each day.
    pub by_day: Vec<usize>,
    /// Visits with a day.
    pub placed: usize,
    /// Those of them for which somebody of the team makes another visit in the same town
    /// on the same day.
    pub near: usize,
}

/// Measures the days of `schedule`.
pub fn measure(question: &Question, schedule: &[Option<usize>]) -> Measure {
    let mut by_day: Vec<Vec<&Visit>> = vec![Vec::new(); question.days];
    for (visit, day) in question.visits.iter().zip(schedule) {
        day.iter().for_each(|day| by_day[*day].push(visit));
    }
    let near = by_day.iter().map(|there| there.iter().filter(|visit| is_near(visit, there)).count()).sum();
    let by_day: Vec<usize> = by_day.iter().map(Vec::len).collect();
    Measure { placed: by_day.iter().sum(), by_day, near }
}

/// Whether somebody in the team of `visit` makes another visit of `there` in its town.
pub fn is_near(visit: &Visit, there: &[&Visit]) -> bool {
    let shares =
        |other: &Visit| other.team.iter().any(|(rank, _)| visit.team.iter().any(|(own, _)| own == rank));
    there.iter().any(|other| other.unit != visit.unit && other.town == visit.town && shares(other))
}
