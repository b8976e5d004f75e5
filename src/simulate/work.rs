//! Pieces of work, and how those come that nobody draws.

use super::chance::{Chance, happens, triangular};
use super::world::{AGAIN, FIRST, World};
use crate::pairing::instance::MAX_TEAM;
use crate::policy::Fraction;
use crate::scenario::Limit;

/// Stands for nobody.
pub const NOBODY: u32 = u32::MAX;

/// A second look that follows from a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// Days that the notice gives.
    pub days: u32,
    /// Minutes of the second look, of lead and assistant.
    pub minutes: [u32; 2],
}

/// A piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Its kind.
    pub kind: usize,
    /// Index of its zone.
    pub zone: usize,
    /// Index of its town.
    pub town: usize,
    /// Day on which it came.
    pub came: usize,
    /// Last day on which it is done in time.
    pub due: usize,
    /// Positions of its people by slot; [`NOBODY`] where they are still to be found.
    pub crew: [u32; MAX_TEAM],
    /// Minutes at the place by slot; only what is left of long work.
    pub minutes: [u32; MAX_TEAM],
    /// Number of slots.
    pub slots: usize,
    /// Goes before everything else, and on rest days too.
    pub urgent: bool,
    /// Minutes a person and day at most, of work that goes on for days.
    pub daily: Option<u32>,
    /// What follows from it.
    pub notice: Option<Notice>,
    /// Whether it has been counted as late.
    pub is_late: bool,
}

impl Item {
    /// Work of a lead and an assistant, who are still to be found.
    fn of_two(
        kind: usize,
        (zone, town): (usize, usize),
        (came, due): (usize, usize),
        minutes: [u32; 2],
    ) -> Item {
        Item {
            kind,
            zone,
            town,
            came,
            due,
            crew: [NOBODY; MAX_TEAM],
            minutes: [minutes[0], minutes[1], 0, 0],
            slots: 2,
            urgent: false,
            daily: None,
            notice: None,
            is_late: false,
        }
    }

    /// The second look that follows from this, if one does: ready on a day after `done`.
    pub fn second_look(&self, world: &World<'_>, done: usize) -> Option<Item> {
        let notice = self.notice?;
        let ready = done + notice.days as usize;
        let due = plus_working_days(world, ready, world.ground.scenario.reinspections.within);
        Some(Item::of_two(AGAIN, (self.zone, self.town), (ready, due), notice.minutes))
    }

    /// Minutes at the place of all people.
    pub fn total(&self) -> i64 {
        self.minutes[..self.slots].iter().map(|minutes| i64::from(*minutes)).sum()
    }
}

/// Whether a notice follows, and which.
pub fn notice(world: &World<'_>, share: Fraction, words: [u64; 4]) -> Option<Notice> {
    let rules = &world.ground.scenario.reinspections;
    let [given, days, lead, assistant] = words;
    happens(share, given).then(|| Notice {
        days: triangular(rules.notice_days, days),
        minutes: [triangular(rules.lead, lead), triangular(rules.assistant, assistant)],
    })
}

/// The work of the scenario that comes in `month`, by day.
pub fn arrivals(world: &World<'_>, chance: &Chance, month: usize) -> Vec<Item> {
    let ground = world.ground;
    let all: u64 = ground.towns.iter().map(|town| town.units).sum();
    let mut items = Vec::new();
    for (work, rules) in ground.scenario.works.iter().enumerate() {
        let arrivals = &world.arrivals[work][month];
        if arrivals.days.is_empty() || all == 0 {
            continue;
        }
        let mut stream = chance.stream(&format!("work {} {month}", rules.id));
        for _ in 0..arrivals.count.at(stream.word()) {
            let came = arrivals.days[stream.below(arrivals.days.len() as u64) as usize];
            let town = town(world, stream.below(all));
            let minutes = [triangular(rules.lead, stream.word()), triangular(rules.assistant, stream.word())];
            let notice = notice(world, rules.notices, std::array::from_fn(|_| stream.word()));
            // Another office has the town by then.
            let Some(zone) = world.zones[month][town] else { continue };
            let due = match rules.limit {
                Limit::Days(days) => came + days as usize,
                Limit::WorkingDays(days) => plus_working_days(world, came, days),
            };
            let item = Item::of_two(FIRST + work, (zone, town), (came, due), minutes);
            items.push(Item { urgent: rules.urgent, daily: rules.daily, notice, ..item });
        }
    }
    items.sort_by_key(|item| item.came);
    items
}

/// The town of the unit with this number, counted town by town.
fn town(world: &World<'_>, mut unit: u64) -> usize {
    for (town, of) in world.ground.towns.iter().enumerate() {
        match unit.checked_sub(of.units) {
            Some(rest) => unit = rest,
            None => return town,
        }
    }
    unreachable!("below the number of units")
}

/// The day after `n` working days from the day after `day`; the end of the study lies behind
/// everything.
fn plus_working_days(world: &World<'_>, day: usize, n: u32) -> usize {
    let working = world.ground.working.iter().enumerate().skip(day + 1).filter(|(_, works)| **works);
    let last = n.checked_sub(1).map_or(Some(day), |n| working.map(|(day, _)| day).nth(n as usize));
    last.unwrap_or(usize::MAX)
}
