//! What happened in one trial, in whole numbers.

use super::work::{Item, NOBODY};
use super::world::{DRAWN, World};
use crate::eligibility::Bar;
use std::collections::BTreeMap;

/// A year of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Person {
    /// Minutes worked in all.
    pub minutes: i64,
    /// Of them, on the way.
    pub travel: i64,
    /// Of them, beyond the minutes of working days.
    pub overtime: i64,
    /// Minutes of working days.
    pub available: i64,
    /// Work led.
    pub led: i64,
    /// Other work taken part in.
    pub assisted: i64,
    /// Drawn visits taken part in.
    pub drawn: i64,
    /// Work that was theirs already and was not done in time.
    pub late: i64,
    /// Minutes owed to such work at the ends of months, added up.
    pub backlog: i64,
}

/// A month of the towns of a zone, and of its people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Zone {
    /// Drawn visits made there.
    pub drawn: i64,
    /// Other work done there.
    pub other: i64,
    /// Work there that was not done in time.
    pub late: i64,
    /// Drawn visits there without a day.
    pub unplaced: i64,
    /// Drawn units there that nobody could be found for.
    pub unfilled: i64,
    /// Minutes of work waiting there at the end of the month.
    pub backlog: i64,
    /// Minutes worked by its people.
    pub minutes: i64,
    /// Of them, within the minutes of working days.
    pub regular: i64,
    /// Minutes of working days of its people.
    pub available: i64,
}

/// A kind of work over the whole trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kind {
    /// How many came.
    pub came: i64,
    /// How many were done.
    pub done: i64,
    /// How many were not done in time.
    pub late: i64,
    /// Days from coming to being done, of those done.
    pub days: i64,
    /// How many waited at the ends of days, summed over days.
    pub waited: i64,
    /// Minutes of all people.
    pub minutes: i64,
}

/// What happened in one trial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// By year and position.
    pub people: Vec<Vec<Person>>,
    /// By month and zone.
    pub zones: Vec<Vec<Zone>>,
    /// By kind.
    pub kinds: Vec<Kind>,
    /// By month: units that nobody could be found for; a month without any was staffed.
    pub unstaffed: Vec<i64>,
    /// What kept people away from the first shortage of a month.
    pub bars: BTreeMap<Bar, i64>,
    /// Drawn visits by town and month.
    pub town_visits: Vec<Vec<i64>>,
    /// Minutes of work in each town, done or not.
    pub town_minutes: Vec<i64>,
    /// By unit present at the start: the month of its first drawn visit, from 0.
    pub first_visit: Vec<Option<usize>>,
    /// Drawn visits by unit present at the start, and year: its years one after the other.
    pub visits: Vec<u8>,
    /// By unit present at the start: the month in which it is no longer there.
    pub gone: Vec<Option<usize>>,
}

impl Book {
    /// Nothing happened yet.
    pub fn new(world: &World<'_>) -> Book {
        let ground = world.ground;
        let (months, people) = (ground.months.len(), world.hands.len());
        Book {
            people: vec![vec![Person::default(); people]; months / 12],
            zones: vec![vec![Zone::default(); ground.zones.len()]; months],
            kinds: vec![Kind::default(); ground.scenario.works.len() + super::world::FIRST],
            unstaffed: vec![0; months],
            bars: BTreeMap::new(),
            town_visits: vec![vec![0; months]; ground.towns.len()],
            town_minutes: vec![0; ground.towns.len()],
            first_visit: vec![None; ground.present],
            visits: vec![0; ground.present * (months / 12)],
            gone: vec![None; ground.present],
        }
    }

    /// Something came, or was drawn.
    pub fn came(&mut self, item: &Item) {
        self.kinds[item.kind].came += 1;
    }

    /// Somebody worked so many minutes for `item`, some of them on the way, some beyond the
    /// minutes of working days.
    pub fn worked(
        &mut self,
        month: usize,
        (position, zone): (usize, Option<usize>),
        item: &Item,
        (minutes, travel, overtime): (i64, i64, i64),
    ) {
        let person = &mut self.people[month / 12][position];
        person.minutes += minutes;
        person.travel += travel;
        person.overtime += overtime;
        if let Some(zone) = zone {
            self.zones[month][zone].minutes += minutes;
            self.zones[month][zone].regular += minutes - overtime;
        }
        self.kinds[item.kind].minutes += minutes;
        self.town_minutes[item.town] += minutes;
    }

    /// Something was done by its crew.
    pub fn done(&mut self, month: usize, item: &Item, day: usize) {
        let kind = &mut self.kinds[item.kind];
        kind.done += 1;
        kind.days += day.saturating_sub(item.came) as i64;
        let zone = &mut self.zones[month][item.zone];
        match item.kind {
            DRAWN => zone.drawn += 1,
            _ => zone.other += 1,
        }
        for (slot, position) in item.crew[..item.slots].iter().enumerate() {
            let person = &mut self.people[month / 12][*position as usize];
            match slot {
                0 => person.led += 1,
                _ => person.assisted += 1,
            }
            person.drawn += i64::from(item.kind == DRAWN);
        }
        if item.kind == DRAWN {
            self.town_visits[item.town][month] += 1;
        }
    }

    /// Nobody could be found for a unit in `zone` and `town`, which takes so many minutes.
    pub fn unfilled(&mut self, month: usize, (zone, town): (usize, usize), minutes: i64) {
        self.unstaffed[month] += 1;
        self.zones[month][zone].unfilled += 1;
        self.town_minutes[town] += minutes;
    }

    /// Something waits at the end of a month.
    pub fn waits(&mut self, month: usize, item: &Item) {
        self.zones[month][item.zone].backlog += item.total();
        let slots = item.crew[..item.slots].iter().zip(item.minutes);
        for (position, minutes) in slots.filter(|(who, _)| **who != NOBODY) {
            self.people[month / 12][*position as usize].backlog += i64::from(minutes);
        }
    }

    /// Something was not done by its day.
    pub fn late(&mut self, month: usize, item: &mut Item) {
        if !std::mem::replace(&mut item.is_late, true) {
            self.kinds[item.kind].late += 1;
            self.zones[month][item.zone].late += 1;
            for position in item.crew[..item.slots].iter().filter(|who| **who != NOBODY) {
                self.people[month / 12][*position as usize].late += 1;
            }
        }
    }
}
