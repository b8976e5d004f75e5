//! The trials of one scenario, added up; no trial is kept.

use super::book::{Book, Kind};
use super::study::{Coverage, Difference, KindFigures, Mean, Measure, Monthly, Named, Place, Run, Staffing};
use super::tally::{Moments, Tally};
use super::world::World;
use super::yearly::{Yearly, Years, share};
use crate::eligibility::Bar;

/// Ten-thousandths in thousandths: shares are added up as these, so that nothing is lost.
const FINE: i64 = 10_000 * 1_000;

/// Units of one stratum or class at the start.
#[derive(Debug)]
pub struct Group {
    /// Their numbers.
    pub units: Vec<usize>,
    /// Drawn visits a year that each must have, unit by unit.
    pub floors: Vec<u32>,
}

#[derive(Debug, Default)]
struct GroupTotals {
    within: Vec<Moments>,
    below: Moments,
}

/// The trials of one scenario, added up.
#[derive(Debug)]
pub struct Totals {
    places: Vec<Vec<Tally>>,
    people: Vec<Vec<Tally>>,
    monthly: Vec<Vec<Vec<Tally>>>,
    kinds: Vec<[Moments; 6]>,
    groups: Vec<GroupTotals>,
    unstaffed: Moments,
    unstaffed_by_month: Vec<Moments>,
    unstaffed_units: Moments,
    /// As [`Bar::ALL`].
    bars: Vec<Moments>,
    short_zones: Vec<Moments>,
    town_visits: Vec<Vec<Moments>>,
    town_minutes: Vec<Moments>,
    differences: Vec<Vec<Moments>>,
}

fn tallies(measures: usize) -> Vec<Tally> {
    vec![Tally::default(); measures]
}

impl Totals {
    /// Nothing added up yet.
    pub fn new(world: &World<'_>, groups: usize) -> Totals {
        let (places, months) = (world.ground.zones.len() + 1, world.ground.months.len());
        let measures = Measure::ALL.len();
        let group = |_| GroupTotals { within: vec![Moments::default(); months], below: Moments::default() };
        Totals {
            places: vec![tallies(measures); places],
            people: vec![tallies(measures); world.hands.len()],
            monthly: vec![vec![tallies(months); Monthly::ALL.len()]; places],
            kinds: vec![[Moments::default(); 6]; world.ground.scenario.works.len() + super::world::FIRST],
            groups: (0..groups).map(group).collect(),
            unstaffed: Moments::default(),
            unstaffed_by_month: vec![Moments::default(); months],
            unstaffed_units: Moments::default(),
            bars: vec![Moments::default(); Bar::ALL.len()],
            short_zones: vec![Moments::default(); world.ground.zones.len()],
            town_visits: vec![vec![Moments::default(); months]; world.ground.towns.len()],
            town_minutes: vec![Moments::default(); world.ground.towns.len()],
            differences: vec![vec![Moments::default(); measures]; places],
        }
    }

    /// Adds a trial; `base` is what the same trial was without the changes.
    pub fn add(
        &mut self,
        world: &World<'_>,
        groups: &[Group],
        book: &Book,
        yearly: &Yearly,
        base: Option<&Yearly>,
    ) {
        let add = |tallies: &mut Vec<Tally>, years: &Years| {
            tallies.iter_mut().zip(years).for_each(|(tally, years)| tally.add(years));
        };
        self.places.iter_mut().zip(&yearly.places).for_each(|(tallies, years)| add(tallies, years));
        self.people.iter_mut().zip(&yearly.people).for_each(|(tallies, years)| add(tallies, years));
        for (place, base) in base.into_iter().flat_map(|base| base.places.iter().enumerate()) {
            for (measure, (years, base)) in yearly.places[place].iter().zip(base).enumerate() {
                let difference = years.iter().sum::<i64>() - base.iter().sum::<i64>();
                self.differences[place][measure].add(difference);
            }
        }
        self.add_months(book);
        self.add_kinds(world, book);
        groups.iter().zip(&mut self.groups).for_each(|(group, totals)| totals.add(group, book));
        self.add_staffing(book);
        let visits = self.town_visits.iter_mut().flatten().zip(book.town_visits.iter().flatten());
        visits.for_each(|(moments, visits)| moments.add(*visits));
        let minutes = self.town_minutes.iter_mut().zip(&book.town_minutes);
        minutes.for_each(|(moments, minutes)| moments.add(*minutes));
    }

    fn add_months(&mut self, book: &Book) {
        for (month, zones) in book.zones.iter().enumerate() {
            let all = zones.iter().fold(super::book::Zone::default(), |all, zone| super::book::Zone {
                minutes: all.minutes + zone.minutes,
                regular: all.regular + zone.regular,
                available: all.available + zone.available,
                late: all.late + zone.late,
                backlog: all.backlog + zone.backlog,
                ..all
            });
            for (place, zone) in std::iter::once(&all).chain(zones).enumerate() {
                for (at, monthly) in Monthly::ALL.iter().enumerate() {
                    let value = match monthly {
                        Monthly::Minutes => zone.minutes,
                        Monthly::Utilisation => share(zone.regular, zone.available),
                        Monthly::Late => zone.late,
                        Monthly::Backlog => zone.backlog,
                    };
                    self.monthly[place][at][month].add(&[value]);
                }
            }
        }
    }

    fn add_kinds(&mut self, world: &World<'_>, book: &Book) {
        let days = world.ground.dates.len() as i64;
        for (of, [came, done, late, waited_for, waiting, minutes]) in book.kinds.iter().zip(&mut self.kinds) {
            let Kind { days: until_done, waited, .. } = *of;
            came.add(of.came);
            done.add(of.done);
            late.add(of.late);
            minutes.add(of.minutes);
            waiting.add(waited * 1_000 / days.max(1));
            if of.done > 0 {
                waited_for.add(until_done * 1_000 / of.done);
            }
        }
    }

    fn add_staffing(&mut self, book: &Book) {
        let failed = |units: &i64| if *units > 0 { FINE } else { 0 };
        let months = book.unstaffed.len() as i64;
        self.unstaffed.add(book.unstaffed.iter().map(failed).sum::<i64>() / months);
        let by_month = self.unstaffed_by_month.iter_mut().zip(&book.unstaffed);
        by_month.for_each(|(moments, units)| moments.add(failed(units)));
        self.unstaffed_units.add(book.unstaffed.iter().sum());
        let bars = Bar::ALL.iter().zip(&mut self.bars);
        bars.for_each(|(bar, moments)| moments.add(book.bars.get(bar).copied().unwrap_or(0)));
        for (zone, moments) in self.short_zones.iter_mut().enumerate() {
            moments.add(book.zones.iter().map(|zones| zones[zone].unfilled).sum());
        }
    }

    /// Whether the minutes of every zone are known to `share` of them.
    pub fn is_precise(&self, share: crate::policy::Fraction, years: i64) -> bool {
        let zones = self.places[1..].iter().map(|zone| zone[Measure::Minutes as usize].moments().mean(years));
        zones
            .into_iter()
            .all(|minutes| share.admits(minutes.error.unsigned_abs(), minutes.mean.unsigned_abs()))
    }

    /// What was found. `people` are positions in the order of the study.
    pub fn run(&self, world: &World<'_>, variant: Named, groups: (&[Group], usize), people: &[usize]) -> Run {
        let years = (world.ground.months.len() / 12) as i64;
        let figures = |tallies: &Vec<Tally>| tallies.iter().map(Tally::figure).collect();
        let coverage: Vec<Coverage> =
            groups.0.iter().zip(&self.groups).map(|(group, totals)| totals.coverage(group)).collect();
        let (strata, classes) = coverage.split_at(groups.1);
        let means = |moments: &[Moments], by| moments.iter().map(|of| of.mean(by)).collect();
        Run {
            variant,
            office: figures(&self.places[0]),
            zones: self.places[1..].iter().map(figures).collect(),
            people: people.iter().map(|position| figures(&self.people[*position])).collect(),
            monthly: self.monthly.iter().map(|place| place.iter().map(figures).collect()).collect(),
            kinds: self.kinds.iter().map(|moments| kind(moments, years)).collect(),
            strata: strata.to_vec(),
            classes: classes.to_vec(),
            staffing: self.staffing(years),
            town_visits: self.town_visits.iter().map(|months| means(months, 1)).collect(),
            town_minutes: means(&self.town_minutes, years),
            differences: self.differences(years),
        }
    }

    /// Against the base, if there was one.
    pub fn differences(&self, years: i64) -> Vec<Difference> {
        let place = |at: usize| at.checked_sub(1).map_or(Place::Office, Place::Zone);
        let all = self.differences.iter().enumerate();
        let all =
            all.flat_map(|(at, of)| Measure::ALL.iter().zip(of).map(move |(m, of)| (place(at), *m, of)));
        let made = all.filter(|(.., moments)| moments.count() > 0);
        made.map(|(place, measure, of)| Difference { place, measure, mean: of.mean(years) }).collect()
    }

    fn staffing(&self, years: i64) -> Staffing {
        Staffing {
            unstaffed: self.unstaffed.mean(1_000),
            by_month: self.unstaffed_by_month.iter().map(|moments| moments.mean(1_000)).collect(),
            units: self.unstaffed_units.mean(years),
            bars: most_first(Bar::ALL.iter().copied().zip(&self.bars), years),
            zones: most_first(self.short_zones.iter().enumerate(), years),
        }
    }
}

/// Means of a year of what was seen at all, the greatest first.
fn most_first<'a, T: Copy + Ord>(all: impl Iterator<Item = (T, &'a Moments)>, years: i64) -> Vec<(T, Mean)> {
    let means = all.map(|(what, moments)| (what, moments.mean(years)));
    let mut seen: Vec<(T, Mean)> = means.filter(|(_, mean)| *mean != Mean::default()).collect();
    seen.sort_by_key(|(what, mean)| (std::cmp::Reverse(mean.mean), *what));
    seen
}

fn kind([came, done, late, days, waiting, minutes]: &[Moments; 6], years: i64) -> KindFigures {
    KindFigures {
        came: came.mean(years),
        done: done.mean(years),
        late: late.mean(years),
        days: days.mean(1_000),
        waiting: waiting.mean(1_000),
        minutes: minutes.mean(years),
    }
}

impl GroupTotals {
    fn add(&mut self, group: &Group, book: &Book) {
        // By month: how many more, or fewer, are there, and have been visited.
        let months = self.within.len();
        let mut changes = vec![(0i64, 0i64); months + 1];
        for unit in &group.units {
            let gone = book.gone[*unit].unwrap_or(months);
            changes[0].0 += 1;
            changes[gone].0 -= 1;
            if let Some(first) = book.first_visit[*unit].filter(|first| *first < gone) {
                changes[first].1 += 1;
                changes[gone].1 -= 1;
            }
        }
        let (mut all, mut visited) = (0, 0);
        for (moments, change) in self.within.iter_mut().zip(changes) {
            (all, visited) = (all + change.0, visited + change.1);
            if all > 0 {
                moments.add(visited * FINE / all);
            }
        }
        let years = book.people.len();
        let (mut all, mut below) = (0, 0);
        for (unit, floor) in group.units.iter().zip(&group.floors).filter(|(_, floor)| **floor > 0) {
            for year in 0..years {
                if book.gone[*unit].is_none_or(|gone| gone >= 12 * (year + 1)) {
                    all += 1;
                    below += i64::from(u32::from(book.visits[unit * years + year]) < *floor);
                }
            }
        }
        if all > 0 {
            self.below.add(below * FINE / all);
        }
    }

    fn coverage(&self, group: &Group) -> Coverage {
        Coverage {
            units: group.units.len() as u64,
            within: self.within.iter().map(|moments| moments.mean(1_000)).collect(),
            below_floor: self.below.mean(1_000),
        }
    }
}
