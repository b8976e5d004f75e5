//! The units of one trial: which are there, and what was done to each.

use super::chance::Chance;
use super::ground::Start;
use super::world::World;
use crate::eligibility::{Past, resting};
use crate::time::Date;
use std::collections::BTreeSet;

/// Who made the last visit.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Team {
    /// Those whom the register names.
    Before,
    /// These positions.
    Here(Vec<usize>),
}

/// One unit.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Life {
    /// The months in which it is there.
    months: std::ops::Range<usize>,
    last: Option<Date>,
    visits_this_year: u32,
    team: Team,
}

/// All units of one trial, by id.
#[derive(Debug)]
pub struct Units<'w> {
    world: &'w World<'w>,
    lives: Vec<Life>,
}

impl<'w> Units<'w> {
    /// As they begin, and when each will open and close.
    pub fn new(world: &'w World<'w>, chance: &Chance) -> Units<'w> {
        let ground = world.ground;
        let months = ground.months.len();
        let mut closing = chance.stream("closing");
        let open = |_: &Start| Some(0);
        let mut opening: Vec<Option<usize>> = ground.starts[..ground.present].iter().map(open).collect();
        opening.resize(ground.starts.len(), None);
        open_units(world, chance, &mut opening);
        let lives = ground.starts.iter().zip(&ground.classes).zip(opening);
        let lives = lives.map(|((start, class), opens)| {
            let word = closing.word();
            let lasts = world.closing.get(class).and_then(|ends| ends.at(word)).unwrap_or(months);
            let opens = opens.unwrap_or(months);
            Life {
                months: opens..opens.saturating_add(lasts).min(months),
                last: start.last,
                visits_this_year: start.visits,
                team: Team::Before,
            }
        });
        Units { world, lives: lives.collect() }
    }

    /// The month in which a unit is no longer there, if one comes.
    pub fn gone(&self, unit: usize) -> Option<usize> {
        Some(self.lives[unit].months.end).filter(|end| *end < self.world.ground.months.len())
    }

    /// The pool of each stratum in a month: units by id.
    pub fn pools(&self, month: usize) -> Vec<Vec<usize>> {
        let frame = &self.world.frames[month];
        let question = self.world.question(&self.world.register, month);
        let mut pools = vec![Vec::new(); frame.strata.len()];
        for (unit, (life, spot)) in self.lives.iter().zip(&frame.spots).enumerate() {
            let Some(stratum) = spot.stratum.filter(|_| life.months.contains(&month)) else { continue };
            let rule = &self.world.policy.strata[frame.strata[stratum].rule];
            if resting(rule, question.window, life.last, life.visits_this_year).is_none() {
                pools[stratum].push(unit);
            }
        }
        pools
    }

    /// What is known of a unit before a draw.
    pub fn past(&self, unit: usize) -> Past {
        let life = &self.lives[unit];
        let certificate = |position: &usize| self.world.register.inspectors[*position].certificate.clone();
        let team: BTreeSet<String> = match &life.team {
            Team::Before => self.world.ground.starts[unit].team.clone(),
            Team::Here(positions) => positions.iter().map(certificate).collect(),
        };
        Past { last: life.last, team, visits_this_year: life.visits_this_year }
    }

    /// A unit was drawn for the month that ends on `last`.
    pub fn drawn(&mut self, unit: usize, last: Date, team: Vec<usize>) {
        let life = &mut self.lives[unit];
        life.last = Some(last);
        life.visits_this_year += 1;
        life.team = Team::Here(team);
    }

    /// A calendar year begins.
    pub fn new_year(&mut self) {
        self.lives.iter_mut().for_each(|life| life.visits_this_year = 0);
    }
}

/// When each of the units that may open does, class by class: any of those left, by chance.
fn open_units(world: &World<'_>, chance: &Chance, opening: &mut [Option<usize>]) {
    let ground = world.ground;
    for (class, monthly) in &world.opening {
        let mut stream = chance.stream(&format!("opening {}", class.key()));
        let all = ground.present..ground.starts.len();
        let mut left: Vec<usize> = all.filter(|unit| ground.classes[*unit] == *class).collect();
        for month in 0..ground.months.len() {
            for _ in 0..monthly.at(stream.word()) {
                if !left.is_empty() {
                    let unit = left.swap_remove(stream.below(left.len() as u64) as usize);
                    opening[unit] = Some(month);
                }
            }
        }
    }
}
