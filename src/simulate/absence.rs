//! When people are there: leave and sickness by chance, and certificates that expire.

use super::chance::{Chance, happens, triangular};
use super::world::World;
use crate::register::Inspector;
use crate::time::{Date, Period};

/// One person in one trial.
#[derive(Debug, Clone)]
pub struct Presence {
    /// Leave that is known before the draw, with that of the register.
    pub leave: Vec<Period>,
    /// When the certificate is valid: one stretch, or two with a gap between them.
    pub valid: Vec<Period>,
    /// Of every day, whether the person may work on it: valid, and neither on leave nor sick.
    pub there: Vec<bool>,
}

impl Presence {
    /// The validity that a draw for a month beginning on `first` goes by.
    pub fn validity(&self, first: Date) -> Period {
        let not_over = |period: &&Period| period.until.is_none_or(|until| first <= until);
        self.valid.iter().find(not_over).or(self.valid.last()).copied().unwrap_or_default()
    }
}

/// Everybody in one trial.
pub fn presences(world: &World<'_>, chance: &Chance) -> Vec<Presence> {
    world.register.inspectors.iter().map(|person| presence(world, chance, person)).collect()
}

fn presence(world: &World<'_>, chance: &Chance, person: &Inspector) -> Presence {
    let (ground, rules) = (world.ground, &world.ground.scenario.leave);
    let days = ground.dates.len();
    // A stream of their own: what one more person does changes nothing for the others.
    let mut stream = chance.stream(&format!("person {}", person.certificate));
    let late = happens(ground.scenario.certificates.late, stream.word());
    let valid = validity(world, person, late);
    let mut leave = person.leave.clone();
    for year in ground.months.chunks(12) {
        let (first, last) = (year[0].days.start, year[year.len() - 1].days.end);
        for _ in 0..rules.yearly {
            let start = first + stream.below((last - first) as u64) as usize;
            leave.push(period(ground.dates[start], rules.days));
        }
    }
    let known = |day: Date| !leave.iter().any(|leave| leave.contains(day));
    let certified = |day: Date| valid.iter().any(|period| period.contains(day));
    let mut there: Vec<bool> = ground.dates.iter().map(|day| known(*day) && certified(*day)).collect();
    for _ in 0..world.sick.at(stream.word()) {
        let start = stream.below(days as u64) as usize;
        let length = triangular(rules.sick_days, stream.word()) as usize;
        there[start..(start + length).min(days)].fill(false);
    }
    Presence { leave, valid, there }
}

/// The stretch of so many days from `first`; never none.
fn period(first: Date, days: u32) -> Period {
    Period { from: Some(first), until: Some(first.plus_days(i64::from(days.max(1)) - 1)) }
}

/// The certificate's validity, renewed once it expires: at once, or after a gap.
fn validity(world: &World<'_>, person: &Inspector, late: bool) -> Vec<Period> {
    let Period { from, until } = person.validity;
    let start = world.ground.months[0].first;
    match until {
        // What has expired before is the register's matter.
        Some(until) if until >= start && !late => vec![Period { from, until: None }],
        Some(until) if until >= start => {
            let again = until.plus_days(i64::from(world.ground.scenario.certificates.gap_days) + 1);
            vec![person.validity, Period { from: Some(again), until: None }]
        }
        _ => vec![person.validity],
    }
}
