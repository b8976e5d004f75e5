//! Which matters make up which figure.

use super::chain;
use super::figure::Figure;
use crate::policy::{Policy, Role};
use crate::register::{Class, Post, Unit};
use crate::task::{Act, Kind, Ledger, Matter, Measure, Officer, Procedure, Task, Visit};
use crate::time::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What matters are looked up in.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// Towns and zones with their periods.
    pub policy: &'a Policy,
    /// The register of units, for their towns and classes; may be empty.
    pub units: &'a [Unit],
    /// The people whom any register knows, by certificate number.
    pub officers: &'a BTreeMap<String, Officer>,
}

/// Where a matter belongs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// Code of the town.
    pub town: Option<String>,
    /// Key of the zone that the town had on the day.
    pub zone: Option<String>,
    /// Class of the unit on the day.
    pub class: Option<Class>,
}

/// What one matter adds to a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The matter.
    pub matter: Matter,
    /// What it adds, in the figure's unit; more than 0, but for fines.
    pub amount: u64,
    /// The day that decides about year and month.
    pub day: Date,
    /// Where it belongs.
    pub place: Place,
    /// Numbers of the journal's entries that say so, ascending.
    pub entries: Vec<u32>,
}

impl Ground<'_> {
    /// Where `task` belongs on `day`.
    pub fn place(&self, task: &Task, day: Date) -> Place {
        // The number of a drawn visit says the unit, also where the draw's folder is not there.
        let drawn = match &task.matter {
            Matter::Drawn { unit, .. } => Some(unit.as_str()),
            Matter::Numbered { .. } => None,
        };
        let unit = task.unit.as_deref().or(drawn).and_then(|id| self.unit_on(id, day));
        let town = task.town.clone().or_else(|| unit.and_then(|unit| unit.town.clone()));
        let by_town = || Some(self.policy.town_on(town.as_deref()?, day)?.zone.clone());
        Place { zone: task.zone.clone().or_else(by_town), class: unit.map(|unit| unit.class), town }
    }

    /// The same for what the town itself did.
    fn place_of_town(&self, task: &Task, day: Date, town: &str) -> Place {
        let zone = self.policy.town_on(town, day).map(|town| town.zone.clone());
        Place { town: Some(town.to_owned()), zone, ..self.place(task, day) }
    }

    /// The version of a unit in effect on `day`, or else the last one.
    fn unit_on(&self, id: &str, day: Date) -> Option<&Unit> {
        let first = self.units.partition_point(|unit| unit.id.as_str() < id);
        let versions = &self.units[first..];
        let count = versions.partition_point(|unit| unit.id == id);
        let versions = &versions[..count];
        versions.iter().find(|unit| unit.period.contains(day)).or(versions.last())
    }

    /// Certificate numbers of the office's own people at the visit who count.
    pub fn own<'v>(&self, visit: &'v Visit) -> BTreeSet<&'v str> {
        let never = |certificate: &str| {
            self.officers.get(certificate).is_some_and(|officer| officer.post != Post::InPost)
        };
        let own =
            visit.present.iter().filter(|(role, who)| !matches!(role, Role::Department(_)) && !never(who));
        own.map(|(_, who)| who.as_str()).collect()
    }
}

/// Matters on their way into figures.
struct Counting<'a> {
    ground: &'a Ground<'a>,
    year: i32,
    parts: BTreeMap<Figure, Vec<Part>>,
}

/// The parts of every figure of the year.
pub fn parts(ledger: &Ledger, year: i32, ground: &Ground<'_>) -> BTreeMap<Figure, Vec<Part>> {
    let parts = Figure::ALL.iter().map(|figure| (*figure, Vec::new())).collect();
    let mut counting = Counting { ground, year, parts };
    for task in ledger.tasks.values() {
        match task.kind() {
            Kind::Penalty => counting.penalty(task),
            _ => counting.came_in(task),
        }
        if let Some(visit) = task.result() {
            counting.visit(task, visit);
        }
    }
    counting.hazards(ledger);
    counting.parts
}

impl Counting<'_> {
    /// Adds a part if the day is in the year.
    fn add(
        &mut self,
        figure: Figure,
        task: &Task,
        (day, amount): (Date, u64),
        is_source: impl Fn(&Act) -> bool,
    ) {
        self.add_at(figure, task, (day, amount), self.ground.place(task, day), is_source);
    }

    fn add_at(
        &mut self,
        figure: Figure,
        task: &Task,
        (day, amount): (Date, u64),
        place: Place,
        is_source: impl Fn(&Act) -> bool,
    ) {
        if day.year() != self.year {
            return;
        }
        let entries = sources(task, is_source);
        let part = Part { matter: task.matter.clone(), amount, day, place, entries };
        self.parts.entry(figure).or_default().push(part);
    }

    fn came_in(&mut self, task: &Task) {
        let Some(opened) = &task.opened else { return };
        let received = (opened.received.date_in_china(), 1);
        let is_source = |act: &Act| matches!(act, Act::Opened(_));
        match task.kind() {
            Kind::Complaint => self.add(Figure::ComplaintsReceived, task, received, is_source),
            Kind::Fire => {
                self.add(Figure::Fires, task, received, is_source);
                let figure = match opened.procedure {
                    Some(Procedure::General) => Figure::FiresGeneral,
                    Some(Procedure::Simplified) => Figure::FiresSimplified,
                    Some(Procedure::Minor) => Figure::FiresMinor,
                    None => return,
                };
                self.add(figure, task, received, is_source);
            }
            _ => {}
        }
    }

    fn penalty(&mut self, task: &Task) {
        let is_source = |act: &Act| matches!(act, Act::Penalised(_));
        if let Some(day) = task.contested {
            self.add(Figure::Reconsiderations, task, (day, 1), |act| matches!(act, Act::Contested { .. }));
        }
        let Some(penalty) = &task.penalty else { return };
        if let Some(town) = &penalty.delegated {
            let place = self.ground.place_of_town(task, penalty.day, town);
            self.add_at(Figure::DelegatedPenalties, task, (penalty.day, 1), place.clone(), is_source);
            self.add_at(Figure::DelegatedFines, task, (penalty.day, penalty.yuan), place, is_source);
            return;
        }
        self.add(Figure::Penalties, task, (penalty.day, 1), is_source);
        self.add(Figure::Fines, task, (penalty.day, penalty.yuan), is_source);
        if !task.published.is_empty() {
            self.add(Figure::PenaltiesPublished, task, (penalty.day, 1), |act| {
                matches!(act, Act::Penalised(_) | Act::Published { .. })
            });
        }
    }

    fn visit(&mut self, task: &Task, visit: &Visit) {
        if task.kind() == Kind::Penalty {
            return;
        }
        if let Some(town) = &visit.delegated {
            let place = self.ground.place_of_town(task, visit.day, town);
            self.add_at(Figure::DelegatedChecks, task, (visit.day, 1), place, is_visit);
            return;
        }
        for (measure, figure) in [
            (Measure::Stop, Figure::Stops),
            (Measure::Seal, Figure::Seals),
            (Measure::Transfer, Figure::Transfers),
        ] {
            self.measures(figure, task, visit, |ordered| ordered == measure);
        }
        if task.kind().is_inspection() {
            self.inspection(task, visit);
        }
    }

    fn inspection(&mut self, task: &Task, visit: &Visit) {
        let (day, people) = (visit.day, self.ground.own(visit).len() as u64);
        if people > 0 {
            self.add(Figure::PersonTimes, task, (day, people), is_visit);
        }
        self.add(Figure::Inspections, task, (day, 1), is_visit);
        let figure = match task.kind() {
            Kind::Drawn => Figure::Drawn,
            Kind::Complaint => Figure::Complaints,
            Kind::Licence => Figure::Licences,
            Kind::Reinspection => Figure::Reinspections,
            Kind::Referral => Figure::Referrals,
            Kind::Immediate => Figure::Immediate,
            Kind::Fire | Kind::Penalty => return,
        };
        self.add(figure, task, (day, 1), is_visit);
        if task.is_joint() {
            self.add(Figure::Joint, task, (day, 1), |act| {
                is_visit(act) || matches!(act, Act::Opened(_) | Act::Assigned { .. })
            });
        }
        if !task.published.is_empty() {
            self.add(Figure::InspectionsPublished, task, (day, 1), |act| {
                is_visit(act) || matches!(act, Act::Published { .. })
            });
        }
        self.measures(Figure::Notices, task, visit, Measure::is_notice);
        self.measures(Figure::NoticesAtOnce, task, visit, |measure| measure == Measure::AtOnce);
        self.measures(Figure::NoticesByDate, task, visit, |measure| measure == Measure::ByDate);
    }

    fn measures(&mut self, figure: Figure, task: &Task, visit: &Visit, is_one: impl Fn(Measure) -> bool) {
        let count = visit.measures.iter().filter(|ordered| is_one(ordered.measure)).count() as u64;
        if count > 0 {
            self.add(figure, task, (visit.day, count), is_visit);
        }
    }

    fn hazards(&mut self, ledger: &Ledger) {
        let hazards = chain::hazards(ledger, self.year);
        for (figures, list) in [
            (&[Figure::Hazards][..], hazards.found),
            (&[Figure::Rectified, Figure::RectifiedOnSpot], hazards.on_spot),
            (&[Figure::Rectified, Figure::RectifiedLater], hazards.later),
            (&[Figure::Open], hazards.open),
            (&[Figure::RectifiedEarlier], hazards.earlier),
        ] {
            for (task, count) in list {
                let Some(visit) = task.result() else { continue };
                figures
                    .iter()
                    .for_each(|figure| self.add(*figure, task, (visit.day, u64::from(count)), is_visit));
            }
        }
        let rectified = self.parts.entry(Figure::Rectified).or_default();
        rectified.sort_by(|one, other| one.matter.cmp(&other.matter));
    }
}

fn is_visit(act: &Act) -> bool {
    matches!(act, Act::Visited(_))
}

/// Entries whose acts say so. Of results and penalties the last counts, so the last is named.
fn sources(task: &Task, is_source: impl Fn(&Act) -> bool) -> Vec<u32> {
    let replaces = |act: &Act| matches!(act, Act::Visited(_) | Act::Penalised(_) | Act::Assigned { .. });
    let mut entries = BTreeSet::new();
    for (at, trace) in task.trail.iter().enumerate() {
        let later = || task.trail[at + 1..].iter().any(|later| later.act.key() == trace.act.key());
        if is_source(&trace.act) && !(replaces(&trace.act) && later()) {
            entries.insert(trace.entry);
        }
    }
    entries.into_iter().collect()
}
