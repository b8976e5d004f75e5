//! One day after the other: who does what, in which order, and what has to wait.
//!
//! On a working day: urgent work first; then what is due, with overtime if need be; then the
//! drawn visits of the day, and those put off before; then long cases; then everything else
//! by its day, as far as minutes last. On a rest day only urgent work is done, all of it in
//! overtime. Work goes to those who have worked least in the month (docs/simulate.md).

use super::absence::Presence;
use super::book::Book;
use super::work::{Item, NOBODY};
use super::world::World;
use crate::pairing::instance::MAX_TEAM;
use std::collections::BTreeMap;

/// How often in a row a queue may fail before it is left alone for the day: what is long
/// shall not keep what is short from being done.
const PATIENCE: usize = 6;

/// The people, and the work that waits for them.
#[derive(Debug)]
pub struct Desk<'w> {
    world: &'w World<'w>,
    people: &'w [Presence],
    /// Who can be chosen in each queue: leads, and everybody.
    leads: Vec<Vec<u32>>,
    all: Vec<Vec<u32>>,
    /// Work whose people are still to be found, by day due: one queue a zone, or one.
    queues: Vec<Vec<Item>>,
    /// Drawn visits that were put off, the oldest first.
    put_off: Vec<Item>,
    /// Long cases, and what a day is too short for, that have begun.
    cases: Vec<Item>,
    /// Second looks by the day on which they are ready.
    looks: BTreeMap<usize, Vec<Item>>,
    /// Minutes left today.
    left: Vec<i64>,
    /// Overtime left today.
    extra: Vec<i64>,
    /// Minutes worked this month, by which work is shared.
    load: Vec<i64>,
    /// Towns where each person has been today.
    been: Vec<Vec<usize>>,
}

/// What a slot costs somebody: at the place, and on the way.
type Cost = (i64, i64);

impl<'w> Desk<'w> {
    /// Nothing waits.
    pub fn new(world: &'w World<'w>, people: &'w [Presence]) -> Desk<'w> {
        let queues = if world.pooled { 1 } else { world.ground.zones.len() };
        let of = |queue: usize, leading: bool| -> Vec<u32> {
            let fits = |position: &u32| {
                let hand = world.hands[*position as usize];
                hand.own && (hand.lead || !leading) && (world.pooled || hand.zone == Some(queue))
            };
            (0..world.hands.len() as u32).filter(fits).collect()
        };
        Desk {
            world,
            people,
            leads: (0..queues).map(|queue| of(queue, true)).collect(),
            all: (0..queues).map(|queue| of(queue, false)).collect(),
            queues: vec![Vec::new(); queues],
            put_off: Vec::new(),
            cases: Vec::new(),
            looks: BTreeMap::new(),
            left: vec![0; people.len()],
            extra: vec![0; people.len()],
            load: vec![0; people.len()],
            been: vec![Vec::new(); people.len()],
        }
    }

    /// Minutes that somebody owes to visits and cases begun, when a month begins.
    pub fn owed(&self, position: usize) -> u32 {
        let slots = |item: &Item| {
            let mine = |slot: &usize| item.crew[*slot] == position as u32;
            (0..item.slots).filter(mine).map(|slot| item.minutes[slot]).sum::<u32>()
        };
        self.put_off.iter().chain(&self.cases).map(slots).sum()
    }

    /// A month begins.
    pub fn begin(&mut self) {
        self.load.fill(0);
    }

    /// One day: what comes, the drawn visits that the schedule has for it, and all that is
    /// done.
    pub fn day(
        &mut self,
        book: &mut Book,
        (month, day): (usize, usize),
        come: &[Item],
        mut drawn: Vec<Item>,
    ) {
        let working = self.world.ground.working[day];
        self.people_come(book, month, day, working);
        for item in come.iter().chain(self.looks.remove(&day).iter().flatten()) {
            book.came(item);
            self.queue(*item);
        }
        let at = (month, day);
        for queue in 0..self.queues.len() {
            self.serve(book, at, queue, usize::MAX, true, |item, _| item.urgent);
            if working {
                self.serve(book, at, queue, PATIENCE, true, |item, day| item.due <= day);
            }
        }
        if working {
            let put_off = std::mem::take(&mut self.put_off);
            drawn.extend(put_off);
            drawn.into_iter().for_each(|item| self.visit(book, at, item));
            self.go_on(book, at);
            for queue in 0..self.queues.len() {
                self.serve(book, at, queue, PATIENCE, false, |_, _| true);
            }
        } else {
            self.put_off.append(&mut drawn);
        }
        self.close(book, at);
    }

    /// The minutes that everybody has today.
    fn people_come(&mut self, book: &mut Book, month: usize, day: usize, working: bool) {
        let rules = self.world.ground.scenario.day;
        for (position, presence) in self.people.iter().enumerate() {
            let (there, hand) = (presence.there[day], self.world.hands[position]);
            let regular = if working && there { i64::from(rules.minutes) } else { 0 };
            let extra = if working { rules.overtime } else { rules.rest_day };
            self.left[position] = regular;
            self.extra[position] = if there { i64::from(extra) } else { 0 };
            self.been[position].clear();
            if hand.own {
                book.people[month / 12][position].available += regular;
                let zone = hand.zone.map(|zone| &mut book.zones[month][zone]);
                zone.into_iter().for_each(|zone| zone.available += regular);
            }
        }
    }

    fn queue_of(&self, item: &Item) -> usize {
        if self.world.pooled { 0 } else { item.zone }
    }

    fn queue(&mut self, item: Item) {
        let queue = self.queue_of(&item);
        let queue = &mut self.queues[queue];
        let place = queue.partition_point(|other| (other.due, other.came) <= (item.due, item.came));
        queue.insert(place, item);
    }

    /// Does what `wanted` names in a queue, by its day, until `patience` of them in a row
    /// found nobody.
    fn serve(
        &mut self,
        book: &mut Book,
        at: (usize, usize),
        queue: usize,
        patience: usize,
        overtime: bool,
        wanted: impl Fn(&Item, usize) -> bool,
    ) {
        let mut failed = 0;
        let mut place = 0;
        while let Some(item) = self.queues[queue].get(place).filter(|_| failed < patience) {
            let crew = if wanted(item, at.1) { self.find(queue, item, overtime) } else { None };
            if let Some(crew) = crew {
                let item = self.queues[queue].remove(place);
                self.start(book, at, Item { crew, ..item });
                failed = 0;
            } else {
                failed += usize::from(wanted(item, at.1));
                place += 1;
            }
        }
    }

    /// Begins what takes more than a day, or does the work.
    fn start(&mut self, book: &mut Book, at: (usize, usize), item: Item) {
        match self.is_long(&item) {
            true => self.cases.push(item),
            false => {
                for slot in 0..item.slots {
                    let cost = self.cost(&item, slot, item.crew[slot]);
                    self.charge(book, at, &item, item.crew[slot], cost);
                }
                self.finish(book, at, item);
            }
        }
    }

    fn finish(&mut self, book: &mut Book, (month, day): (usize, usize), item: Item) {
        book.done(month, &item, day);
        if let Some(look) = item.second_look(self.world, day) {
            self.looks.entry(look.came).or_default().push(look);
        }
    }

    /// A drawn visit by its own people, if they all have the minutes; else it is put off.
    fn visit(&mut self, book: &mut Book, at: (usize, usize), item: Item) {
        let overtime = item.due <= at.1;
        let crew = &item.crew[..item.slots];
        let able = |(slot, who): (usize, &u32)| self.strain(&item, slot, *who, overtime).is_some();
        let able = crew.iter().enumerate().all(able);
        match able {
            true => self.start(book, at, item),
            false => self.put_off.push(item),
        }
    }

    /// Long cases take their part of the day.
    fn go_on(&mut self, book: &mut Book, at: (usize, usize)) {
        for mut item in std::mem::take(&mut self.cases) {
            for slot in 0..item.slots {
                let who = item.crew[slot];
                let (_, travel) = self.cost(&item, slot, who);
                let part = item.minutes[slot].min(item.daily.unwrap_or(u32::MAX));
                let part = i64::from(part).min(self.left[who as usize] - travel);
                if part > 0 {
                    item.minutes[slot] -= part as u32;
                    self.charge(book, at, &item, who, (part, travel));
                }
            }
            match item.minutes[..item.slots].iter().all(|minutes| *minutes == 0) {
                true => self.finish(book, at, item),
                false => self.cases.push(item),
            }
        }
    }

    /// The day ends: what is late, and what waits.
    fn close(&mut self, book: &mut Book, (month, day): (usize, usize)) {
        for queue in &mut self.queues {
            queue.iter_mut().take_while(|item| item.due <= day).for_each(|item| book.late(month, item));
            queue.iter().for_each(|item| book.kinds[item.kind].waited += 1);
        }
        let mut free = Vec::new();
        for mut item in std::mem::take(&mut self.put_off) {
            book.kinds[item.kind].waited += 1;
            if item.due <= day {
                // Its month is over: whoever can goes, so that it is not forgotten.
                book.late(month, &mut item);
                free.push(Item { crew: [NOBODY; MAX_TEAM], slots: item.slots.min(2), ..item });
            } else {
                self.put_off.push(item);
            }
        }
        free.into_iter().for_each(|item| self.queue(item));
        for item in &mut self.cases {
            book.kinds[item.kind].waited += 1;
            if item.due <= day {
                book.late(month, item);
            }
        }
    }

    /// A month ends: minutes of work that wait, by zone.
    pub fn end(&self, book: &mut Book, month: usize) {
        let waiting = self.queues.iter().flatten().chain(&self.put_off).chain(&self.cases);
        let last = month + 1 == self.world.ground.months.len();
        for item in waiting {
            book.waits(month, item);
            book.town_minutes[item.town] += if last { item.total() } else { 0 };
        }
    }

    /// Lead and assistant who have worked least this month, if there are two who can.
    fn find(&self, queue: usize, item: &Item, overtime: bool) -> Option<[u32; MAX_TEAM]> {
        let best = |slot: usize, among: &[u32], but: u32| {
            let others = among.iter().filter(|who| **who != but);
            others.filter_map(|who| Some((self.strain(item, slot, *who, overtime)?, *who))).min()
        };
        let (_, lead) = best(0, &self.leads[queue], NOBODY)?;
        let (_, assistant) = best(1, &self.all[queue], lead)?;
        Some([lead, assistant, NOBODY, NOBODY])
    }

    /// By what work is shared among those who can take it today: who has no minutes left
    /// comes last, then minutes of the month with the way.
    fn strain(&self, item: &Item, slot: usize, who: u32, overtime: bool) -> Option<(bool, i64)> {
        let (minutes, travel) = self.first_cost(item, slot, who);
        let able = self.fits(who, (minutes, travel), overtime);
        able.then_some((self.left[who as usize] <= 0, self.load[who as usize] + travel))
    }

    /// Whether it goes on the next day: a case with a part for each day, or anything that a
    /// working day is too short for.
    fn is_long(&self, item: &Item) -> bool {
        item.daily.is_some() || (0..item.slots).any(|slot| self.exceeds_a_day(item, slot, item.crew[slot]))
    }

    fn exceeds_a_day(&self, item: &Item, slot: usize, who: u32) -> bool {
        let way = self.world.travel(who as usize, item.zone);
        i64::from(item.minutes[slot]) + way > i64::from(self.world.ground.scenario.day.minutes)
    }

    /// As [`Desk::cost`]; of a long case only the part of the first day, and of what a day is
    /// too short for half a day at least.
    fn first_cost(&self, item: &Item, slot: usize, who: u32) -> Cost {
        let (minutes, travel) = self.cost(item, slot, who);
        let first = match item.daily {
            Some(daily) => i64::from(daily),
            None if self.exceeds_a_day(item, slot, who) => {
                i64::from(self.world.ground.scenario.day.minutes) / 2
            }
            None => minutes,
        };
        (minutes.min(first), travel)
    }

    fn cost(&self, item: &Item, slot: usize, who: u32) -> Cost {
        (i64::from(item.minutes[slot]), self.travel(who, item))
    }

    /// The way to a town, once a day.
    fn travel(&self, who: u32, item: &Item) -> i64 {
        if self.been[who as usize].contains(&item.town) {
            return 0;
        }
        self.world.travel(who as usize, item.zone)
    }

    fn fits(&self, who: u32, (minutes, travel): Cost, overtime: bool) -> bool {
        let (left, extra) = (self.left[who as usize], self.extra[who as usize]);
        minutes + travel <= left + if overtime { extra } else { 0 }
    }

    fn charge(
        &mut self,
        book: &mut Book,
        (month, _): (usize, usize),
        item: &Item,
        who: u32,
        (minutes, travel): Cost,
    ) {
        let position = who as usize;
        let (all, left) = (minutes + travel, self.left[position]);
        let overtime = (all - left).max(0);
        self.left[position] = left - (all - overtime);
        self.extra[position] -= overtime;
        self.load[position] += all;
        self.been[position].push(item.town);
        book.worked(month, (position, self.world.hands[position].zone), item, (all, travel, overtime));
    }
}
