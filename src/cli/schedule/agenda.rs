//! The days of a draw with the names behind them, and what they come to.

use crate::draw::{Committed, Plan};
use crate::lang::Said;
use crate::policy::Role;
use crate::record::{ScheduleLine, TeamLine};
use crate::register::{Inspector, Unit};
use crate::scheduling::{self, Measure, Question, Visit, is_near, measure};
use crate::time::Date;
use crate::verify::{Loaded, Stop, schedule_question};
use std::collections::BTreeMap;

/// Everything that is shown.
pub struct Agenda<'a> {
    /// Number of the draw.
    pub draw: String,
    /// The working days, and whatever other day a visit was moved to.
    pub days: Vec<Date>,
    /// The working days of the draw, for which it made its days.
    pub drawn_days: Vec<Date>,
    /// Every visit, by unit.
    pub stops: Vec<Stopover<'a>>,
    /// Visits and minutes of everybody who has some, by rank.
    pub people: Vec<Share<'a>>,
    /// The same by zone of the unit, of whole teams.
    pub zones: Vec<(String, usize, u64)>,
    /// How even and near it is.
    pub measure: Measure,
}

/// One visit.
pub struct Stopover<'a> {
    /// The unit.
    pub unit: &'a Unit,
    /// Name of its town.
    pub town: String,
    /// Its day as now planned, from 0.
    pub day: Option<usize>,
    /// The day that the draw gave it, if it was moved since (改期); none if it gave none.
    pub moved_from: Option<Option<Date>>,
    /// Whether one of the drawn team is in the same town once more that day.
    pub is_near: bool,
    /// Who goes, late changes included.
    pub team: Vec<(Said, &'a Inspector)>,
    /// Whether that is another team than the days were made for.
    pub changed: bool,
    /// The most minutes that it takes of anybody.
    pub length: u32,
    /// If it has no day: why, for each of the drawn team who lacks time on some.
    pub want: Vec<Want<'a>>,
}

/// The days on which one inspector has no time for a visit.
pub struct Want<'a> {
    /// Who.
    pub person: &'a Inspector,
    /// Days, from 0, with the minutes that are missing, and whether the person has none at
    /// all on that day (leave, no valid certificate).
    pub days: Vec<(usize, u64, bool)>,
}

/// What one inspector has.
pub struct Share<'a> {
    /// Who.
    pub person: &'a Inspector,
    /// Visits with a day.
    pub visits: usize,
    /// Their minutes.
    pub minutes: u64,
    /// Days on which there are some.
    pub days: usize,
    /// The most minutes on one of them.
    pub most: u64,
}

impl<'a> Agenda<'a> {
    /// Puts together what the opened folder of the draw says, and who is behind its names.
    ///
    /// `planned` is the day now planned of each unit.
    ///
    /// # Errors
    /// If the result is not a lawful one, or not there.
    pub fn new(
        plan: &'a Plan<'_>,
        committed: &'a Committed,
        loaded: &Loaded<'_>,
        planned: &BTreeMap<String, Date>,
    ) -> Result<Agenda<'a>, Stop> {
        let commit = loaded.commit()?;
        let mut days = commit.schedule.as_ref().map_or(Vec::new(), |basis| basis.days.clone());
        let question = commit.schedule.as_ref().map(|basis| schedule_question(loaded, commit, basis));
        let mut question = question.transpose()?.unwrap_or_else(|| unreachable!("the commitment has days"));
        let lines = &loaded.schedule()?.lines;
        let drawn = at(&days, lines.iter().map(|line| line.day));
        let now = |line: &ScheduleLine| planned.get(&line.unit).copied().or(line.day);
        let names = Names { plan, committed };
        // Why a visit got no day is a matter of the days as drawn.
        let mut wants: Vec<Vec<Want<'a>>> = drawn
            .iter()
            .enumerate()
            .map(|(number, day)| match day {
                Some(_) => Vec::new(),
                None => names.want(&question, &drawn, number),
            })
            .collect();
        let given_days = days.clone();
        days.extend(lines.iter().filter_map(now));
        days.sort();
        days.dedup();
        question.days = days.len();
        let schedule = at(&days, lines.iter().map(now));
        let teams = loaded.teams()?.lines.iter().zip(&question.visits).zip(&schedule).enumerate();
        let mut stop = |(number, ((team, visit), day)): (usize, ((&TeamLine, &Visit), &Option<usize>))| {
            let later = loaded.changes_of(&team.unit).into_iter().rev().find_map(|(_, _, answer)| answer);
            let there: Vec<&Visit> = question
                .visits
                .iter()
                .zip(&schedule)
                .filter(|(_, at)| *at == day)
                .map(|(visit, _)| visit)
                .collect();
            let (given, today) = (lines[number].day, day.map(|day| days[day]));
            Stopover {
                moved_from: (given != today).then_some(given),
                unit: names.unit(&team.unit),
                town: names.town(&visit.town),
                day: *day,
                is_near: day.is_some() && is_near(visit, &there),
                team: names.team(later.map_or(team, |answer| &answer.team)),
                changed: later.is_some(),
                length: visit.length(),
                want: if day.is_some() { Vec::new() } else { std::mem::take(&mut wants[number]) },
            }
        };
        let stops = teams.map(&mut stop).collect();
        Ok(Agenda {
            drawn_days: given_days,
            draw: commit.draw.to_string(),
            stops,
            people: names.people(&question, &schedule),
            zones: names.zones(&question),
            measure: measure(&question, &schedule),
            days,
        })
    }

    /// The visits of a day.
    pub fn on(&self, day: usize) -> impl Iterator<Item = &Stopover<'a>> {
        self.stops.iter().filter(move |stop| stop.day == Some(day))
    }

    /// Those without one.
    pub fn without_day(&self) -> impl Iterator<Item = &Stopover<'a>> {
        self.stops.iter().filter(|stop| stop.day.is_none())
    }
}

/// The place of each day among `days`.
fn at(days: &[Date], wanted: impl Iterator<Item = Option<Date>>) -> Vec<Option<usize>> {
    wanted.map(|day| days.binary_search(&day?).ok()).collect()
}

/// Who and what is behind public names.
struct Names<'a, 'b> {
    plan: &'a Plan<'b>,
    committed: &'a Committed,
}

impl<'a> Names<'a, '_> {
    fn unit(&self, id: &str) -> &'a Unit {
        let candidates = &self.plan.eligibility.candidates;
        let at = candidates.binary_search_by(|candidate| candidate.unit.id.as_str().cmp(id));
        candidates[at.expect("a drawn unit is a candidate")].unit
    }

    fn town(&self, code: &str) -> String {
        let town = self.plan.question.policy.town_on(code, self.plan.question.window.first);
        town.map_or(code.to_owned(), |town| town.name.clone())
    }

    fn person(&self, rank: u32) -> &'a Inspector {
        self.plan.eligibility.seats[self.committed.roster.positions[rank as usize]].inspector
    }

    fn team(&self, line: &TeamLine) -> Vec<(Said, &'a Inspector)> {
        let names = &self.committed.roster.names;
        let rank =
            |name: &String| names.iter().position(|known| known == name).expect("checked: a known name");
        let member = |(role, name): &(Role, String)| {
            (self.plan.question.policy.team.called(role), self.person(rank(name) as u32))
        };
        line.members.iter().map(member).collect()
    }

    /// Why `visit` has no day.
    fn want(&self, question: &Question, schedule: &[Option<usize>], visit: usize) -> Vec<Want<'a>> {
        let lacks = scheduling::lacks(question, schedule, visit);
        let of = |rank: u32| Want {
            person: self.person(rank),
            days: lacks
                .iter()
                .filter(|l| l.rank == rank)
                .map(|l| (l.day, l.missing, l.available == 0))
                .collect(),
        };
        let team = question.visits[visit].team.iter().map(|(rank, _)| of(*rank));
        team.filter(|want| !want.days.is_empty()).collect()
    }

    fn people(&self, question: &Question, schedule: &[Option<usize>]) -> Vec<Share<'a>> {
        let mut minutes: BTreeMap<u32, BTreeMap<usize, Vec<u64>>> = BTreeMap::new();
        for (visit, day) in question.visits.iter().zip(schedule) {
            for (rank, taken) in day.iter().flat_map(|_| &visit.team) {
                let of_person = minutes.entry(*rank).or_default();
                day.iter().for_each(|day| of_person.entry(*day).or_default().push(u64::from(*taken)));
            }
        }
        let share = |(rank, days): (u32, BTreeMap<usize, Vec<u64>>)| Share {
            person: self.person(rank),
            visits: days.values().map(Vec::len).sum(),
            minutes: days.values().flatten().sum(),
            most: days.values().map(|there| there.iter().sum()).max().unwrap_or(0),
            days: days.len(),
        };
        minutes.into_iter().map(share).collect()
    }

    fn zones(&self, question: &Question) -> Vec<(String, usize, u64)> {
        let mut zones: BTreeMap<&str, (usize, u64)> = BTreeMap::new();
        for visit in &question.visits {
            let town = self.plan.question.policy.town_on(&visit.town, self.plan.question.window.first);
            let zone = zones.entry(town.map_or("", |town| &town.zone)).or_default();
            zone.0 += 1;
            zone.1 += visit.team.iter().map(|(_, minutes)| u64::from(*minutes)).sum::<u64>();
        }
        let name = |zone: &str| self.plan.question.policy.zones.get(zone).cloned().unwrap_or_default();
        zones.into_iter().map(|(zone, (visits, minutes))| (name(zone), visits, minutes)).collect()
    }
}
