//! Who is in the pool, and who may visit whom.
//!
//! Every unit gets exactly one stratum or one reason for its exclusion; every
//! unit of the pool gets a docket: the inspectors who may lead and who may
//! assist its visit, with all rules merged.

mod docket;
mod exclusion;
mod history;
mod inspectors;
mod judge;
mod stratum;

pub use docket::{Bar, Docket, Dockets, Reach};
pub use exclusion::{Exclusion, resting};

pub use history::{History, Past};
pub use inspectors::{MAX_VISITS, Seating, Unfit};
pub use judge::Judge;
pub use stratum::{Places, Stratum};

use crate::policy::Policy;
use crate::register::{Register, Unit};
use crate::time::{Date, Period};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What eligibility is judged on.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The rules.
    pub policy: &'a Policy,
    /// The registers.
    pub register: &'a Register,
    /// Earlier draws of the office.
    pub history: &'a History,
    /// First and last day of the month, or whatever stretch the visits fall into.
    pub window: Window,
}

/// The days in which the drawn visits are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First day; units and towns are taken as they are on this day.
    pub first: Date,
    /// Last day; certificates must be valid through it.
    pub last: Date,
}

impl Window {
    /// The window as a period.
    pub fn period(self) -> Period {
        Period { from: Some(self.first), until: Some(self.last) }
    }

    /// Number of days, both ends counted.
    pub fn days(self) -> u32 {
        self.first.days_through(self.last)
    }
}

/// Where one unit stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// In the pool.
    Pool {
        /// Index into [`Eligibility::strata`].
        stratum: usize,
        /// Index into [`Eligibility::dockets`].
        docket: usize,
    },
    /// Left out, for the first reason that applies.
    Excluded(Exclusion),
}

/// One unit with its standing.
#[derive(Debug, Clone)]
pub struct Candidate<'a> {
    /// The version of the unit in effect on the first day (or the latest one).
    pub unit: &'a Unit,
    /// Zone of the unit's town on that day.
    pub zone: Option<&'a str>,
    /// Pool or exclusion.
    pub standing: Standing,
    /// When and by whom the unit was last inspected, as far as anyone knows.
    pub past: Past,
}

/// The answer for the whole register.
#[derive(Debug, Clone)]
pub struct Eligibility<'a> {
    /// Every unit once, by id.
    pub candidates: Vec<Candidate<'a>>,
    /// Strata in byte order of their labels.
    pub strata: Vec<Stratum>,
    /// The different dockets.
    pub dockets: Vec<Docket>,
    /// Every inspector in order of certificate number, with what they can take.
    pub seats: Vec<Seating<'a>>,
    /// Who must not meet in a team: pairs of positions, ascending.
    pub apart: Vec<(u32, u32)>,
}

/// Judges every unit and every inspector.
///
/// # Panics
/// If the register is not in its order: a unit that stood in two places would be
/// judged twice, and could be drawn twice.
pub fn judge<'a>(question: &Question<'a>) -> Eligibility<'a> {
    assert!(is_in_order(question.register), "a register out of order, or with the same entry twice");
    let seats = inspectors::seat_all(question);
    let makers = Dockets::new(question, &seats);
    let judged: Vec<_> = placed(question)
        .into_par_iter()
        .with_min_len(256)
        .map(|Placed { unit, zone, stratum }| {
            let past = question.history.of(unit);
            let rule = |label: &exclusion::Label<'_>| &question.policy.strata[label.0];
            let standing = stratum.and_then(|label| {
                let rests = resting(rule(&label), question.window, past.last, past.visits_this_year);
                rests.map_or(Ok(label), Err)
            });
            let docket = standing.as_ref().ok().map(|_| makers.docket(unit, zone, &past));
            (unit, zone, past, standing, docket)
        })
        .collect();
    let (strata, index) =
        stratum::gather(question.policy, judged.iter().filter_map(|j| j.3.as_ref().ok().copied()));
    let mut dockets = docket::Interner::default();
    let candidates = judged.into_iter().map(|(unit, zone, past, standing, docket)| {
        let standing = match (standing, docket) {
            (Ok(label), Some(docket)) => {
                Standing::Pool { stratum: index[&label], docket: dockets.intern(docket) }
            }
            (Err(reason), _) => Standing::Excluded(reason),
            (Ok(_), None) => unreachable!("every unit of the pool has a docket"),
        };
        Candidate { unit, zone, standing, past }
    });
    let candidates = candidates.collect();
    Eligibility { candidates, strata, dockets: dockets.finish(), seats, apart: question.apart() }
}

/// Where a unit stands by the register alone.
struct Placed<'a> {
    unit: &'a Unit,
    zone: Option<&'a str>,
    stratum: Result<exclusion::Label<'a>, Exclusion>,
}

/// Every unit once, by the register alone.
fn placed<'a>(question: &Question<'a>) -> Vec<Placed<'a>> {
    let judge = Judge::new(*question);
    let place = |unit: &'a Unit| {
        let zone = judge.zone(unit);
        Placed { unit, zone, stratum: exclusion::place(question, unit, zone) }
    };
    let current = current_versions(&question.register.units, question.window.first);
    current.into_par_iter().with_min_len(256).map(place).collect()
}

/// Every inspector in order of certificate number, with what they can take.
pub fn seat_all<'a>(question: &Question<'a>) -> Vec<Seating<'a>> {
    inspectors::seat_all(question)
}

fn is_in_order(register: &Register) -> bool {
    register.units.is_sorted_by(|a, b| (&a.id, a.period.from) < (&b.id, b.period.from))
        && register.inspectors.is_sorted_by(|a, b| a.certificate < b.certificate)
        && register.items.is_sorted_by(|a, b| a.code < b.code)
}

impl<'a> Question<'a> {
    /// The zone of every town that belongs to the office on the first day of the window.
    fn zones(&self) -> BTreeMap<&'a str, &'a str> {
        let ours = self.policy.towns.iter().filter(|town| town.period.contains(self.window.first));
        ours.map(|town| (town.code.as_str(), town.zone.as_str())).collect()
    }
}

/// One version of every unit: the one in effect on `day`, else the latest.
fn current_versions(units: &[Unit], day: Date) -> Vec<&Unit> {
    let versions = units.chunk_by(|a, b| a.id == b.id);
    let current = |versions: &'_ [Unit]| {
        let in_effect = versions.iter().position(|unit| unit.period.contains(day));
        in_effect.unwrap_or(versions.len() - 1)
    };
    versions.map(|versions| &versions[current(versions)]).collect()
}

impl Eligibility<'_> {
    /// The pool: stratum, index of the candidate, candidate, docket.
    pub fn pool(&self) -> impl Iterator<Item = (usize, usize, &Candidate<'_>, &Docket)> {
        self.candidates.iter().enumerate().filter_map(|(i, candidate)| match candidate.standing {
            Standing::Pool { stratum, docket } => Some((stratum, i, candidate, &self.dockets[docket])),
            Standing::Excluded(_) => None,
        })
    }

    /// The docket of a unit of the pool.
    pub fn docket(&self, candidate: &Candidate<'_>) -> Option<&Docket> {
        match candidate.standing {
            Standing::Pool { docket, .. } => Some(&self.dockets[docket]),
            Standing::Excluded(_) => None,
        }
    }

    /// How many units each reason leaves out, in the order of the reasons.
    pub fn exclusions(&self) -> Vec<(Exclusion, usize)> {
        let count = |reason: Exclusion| {
            let same = |c: &&Candidate<'_>| c.standing == Standing::Excluded(reason);
            self.candidates.iter().filter(same).count()
        };
        let counted = Exclusion::ALL.iter().map(|reason| (*reason, count(*reason)));
        counted.filter(|(_, count)| *count > 0).collect()
    }
}
