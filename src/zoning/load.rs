//! The load of a zone: minutes for each of its people, as an exact fraction.

use std::cmp::Ordering;

/// Minutes of work for so many people. Compared by the minutes that each of them has.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// Minutes of all together.
    pub minutes: u64,
    /// How many they are, at least 1.
    pub people: u64,
}

impl Ord for Load {
    fn cmp(&self, other: &Load) -> Ordering {
        let crossed = |a: u64, b: u64| u128::from(a) * u128::from(b);
        crossed(self.minutes, other.people).cmp(&crossed(other.minutes, self.people))
    }
}

impl PartialOrd for Load {
    fn partial_cmp(&self, other: &Load) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Load {
    fn eq(&self, other: &Load) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Load {}

impl Load {
    /// By how much it is above `other`, in ten-thousandths of that, rounded up; 0 if it is
    /// not, and all that 64 bits hold if `other` is nothing.
    pub fn above(self, other: Load) -> u64 {
        let ours = u128::from(self.minutes) * u128::from(other.people);
        let theirs = u128::from(other.minutes) * u128::from(self.people);
        let over = ours.saturating_sub(theirs).saturating_mul(10_000);
        match (over, theirs) {
            (0, _) => 0,
            (_, 0) => u64::MAX,
            _ => u64::try_from(over.div_ceil(theirs)).unwrap_or(u64::MAX),
        }
    }

    /// Whole minutes for each, rounded.
    pub fn each(self) -> u64 {
        (self.minutes + self.people / 2) / self.people
    }

    /// The most minutes that `people` have under at most this load.
    pub(super) fn most_for(self, people: u64) -> u64 {
        (u128::from(self.minutes) * u128::from(people) / u128::from(self.people)) as u64
    }

    /// The least minutes that `people` have under at least this load.
    pub(super) fn least_for(self, people: u64) -> u64 {
        (u128::from(self.minutes) * u128::from(people)).div_ceil(u128::from(self.people)) as u64
    }

    /// So many ten-thousandths of it, 20,000 at most. Of a zone's load, so that its numbers
    /// are small enough.
    pub(super) fn times(self, ten_thousandths: u64) -> Load {
        Load { minutes: self.minutes * ten_thousandths, people: self.people * 10_000 }
    }

    /// Halfway to `other`. Both are loads of zones, so their numbers are small enough.
    pub(super) fn halfway(self, other: Load) -> Load {
        let minutes = self.minutes * other.people + other.minutes * self.people;
        Load { minutes, people: 2 * self.people * other.people }
    }
}
