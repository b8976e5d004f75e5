//! The index of one draw for the search: a script that hands over data and nothing
//! else, because a page that was opened from a disk may load scripts and may not read
//! files. The same for both languages.

use super::facts::Case;
use crate::eligibility::Exclusion;
use crate::policy::PublicField;
use crate::record::{self, CarriedLine, UnitLine, UnitStanding};
use crate::task::Outcome;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Digits of a ticket in the index: enough to tell it from all others and to see which
/// of two is the smaller; the whole ticket comes out of the command beside it.
const DIGITS: usize = 16;

/// What the script hands over.
#[derive(Serialize)]
struct Index<'a> {
    draw: String,
    /// The command that hashes.
    hash: &'static str,
    /// The seed, once the result follows from it in public.
    seed: Option<String>,
    strata: Vec<Stratum<'a>>,
    towns: Vec<&'a str>,
    /// Keys of the reasons for which units are excluded.
    reasons: Vec<&'static str>,
    /// Id, name, town, standing: a stratum by its position, or −1 − that of a reason;
    /// then place and ticket, where they are public.
    units: Vec<Row<'a>>,
    /// Who goes to the drawn units: role and name in turn.
    drawn: BTreeMap<&'a str, Vec<&'a str>>,
    /// Those of them whose team was changed afterwards.
    changed: Vec<&'a str>,
    /// What became of the visits, where it is published; `null` where the office has
    /// published no results, or none can be published yet.
    results: Option<BTreeMap<&'a str, Told>>,
    /// Units carried over into this draw, with the draw that drew them.
    carried: BTreeMap<&'a str, String>,
    /// Units that this draw, being void, hands on: the draw that drew them, and the place.
    handed: BTreeMap<&'a str, (String, u64)>,
    /// What the policy says of a unit that it leaves out.
    notes: BTreeMap<&'a str, &'a str>,
}

/// What became of one visit: nothing more if it ended without having been made.
#[derive(Serialize)]
#[serde(untagged)]
enum Told {
    Ended([u8; 0]),
    Found(Found, Vec<Found>),
}

/// Day, hazards, hazards put right, outcomes, measures.
#[derive(Serialize)]
struct Found(String, u32, u32, Vec<&'static str>, Vec<(&'static str, u32)>);

impl From<&record::Found> for Found {
    fn from(found: &record::Found) -> Found {
        let outcomes: BTreeSet<Outcome> = found.items.values().copied().collect();
        let measures = found.measures.iter().map(|(measure, count)| (measure.key(), *count)).collect();
        let outcomes = outcomes.into_iter().map(Outcome::key).collect();
        Found(found.day.to_string(), found.hazards, found.rectified, outcomes, measures)
    }
}

/// Label, name, units in the pool, places, units carried over, ticket of the last drawn.
#[derive(Serialize)]
struct Stratum<'a>(&'a str, String, u64, u64, u64, Option<String>);

#[derive(Serialize)]
#[serde(untagged)]
enum Row<'a> {
    Placed(&'a str, &'a str, i64, i64, u64, String),
    Listed(&'a str, &'a str, i64, i64),
}

/// The script.
pub fn script(case: &Case<'_>) -> String {
    let index = serde_json::to_string(&index(case)).expect("JSON of a string");
    let name = serde_json::to_string(&case.stem).expect("JSON of a string");
    // Line ends of old scripts, which JSON knows nothing of.
    let index = index.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    format!("yaohaoUnits({name},{index});\n")
}

fn index<'a>(case: &'a Case<'_>) -> Index<'a> {
    let (units, strata) = (case.units, strata(case));
    let labels: BTreeMap<&str, i64> = strata.iter().map(|stratum| stratum.0).zip(0..).collect();
    let towns: BTreeMap<&str, i64> = {
        let mut codes: Vec<&str> = units.iter().filter_map(|unit| unit.field(PublicField::Town)).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.into_iter().zip(0..).collect()
    };
    let row = |(unit, place): (&'a UnitLine, Option<super::places::Place>)| {
        let name = unit.field(PublicField::Name).unwrap_or_default();
        let town = unit.field(PublicField::Town).and_then(|code| towns.get(code)).copied().unwrap_or(-1);
        let standing = match &unit.standing {
            UnitStanding::Stratum(label) => labels.get(label.as_str()).copied().unwrap_or_default(),
            UnitStanding::Excluded(reason) => -1 - position(*reason),
        };
        match place {
            Some(place) => {
                let ticket = short(&place.ticket.to_string());
                Row::Placed(&unit.id, name, town, standing, place.rank, ticket)
            }
            None => Row::Listed(&unit.id, name, town, standing),
        }
    };
    let place = |at: usize| case.places.as_ref().and_then(|places| *places.get(at)?);
    let lines = |lines: Option<&'a [CarriedLine]>| lines.into_iter().flatten();
    let members = |unit: &'a str| {
        let team = case.teams.get(unit).into_iter().flatten();
        team.flat_map(|(role, name)| [role.key(), name.as_str()]).collect()
    };
    let handed = case.loaded.voided().ok().map(|table| table.lines.as_slice());
    Index {
        draw: case.commit.draw.to_string(),
        hash: hashing(case),
        seed: case.places.as_ref().and_then(|_| Some(case.seed?.to_string())),
        strata,
        reasons: Exclusion::ALL.iter().map(|reason| reason.key()).collect(),
        units: units.iter().enumerate().map(|(at, unit)| row((unit, place(at)))).collect(),
        drawn: match case.is_open() {
            true => case.drawn.iter().map(|line| (line.unit.as_str(), members(&line.unit))).collect(),
            false => BTreeMap::new(),
        },
        changed: case.changed(),
        results: case.known.visits.as_ref().map(|_| results(case)),
        carried: lines(case.loaded.carried_lines().ok())
            .map(|l| (l.unit.as_str(), l.draw.to_string()))
            .collect(),
        handed: lines(handed).map(|l| (l.unit.as_str(), (l.draw.to_string(), l.rank))).collect(),
        notes: case.rules.excluded.iter().map(|(unit, why)| (unit.as_str(), why.as_str())).collect(),
        towns: towns.into_keys().map(|code| case.names.town(code)).collect(),
    }
}

fn results<'a>(case: &'a Case<'_>) -> BTreeMap<&'a str, Told> {
    let visits = case.lists.of(&case.commit.draw, &case.ids());
    let mut told = BTreeMap::new();
    for unit in case.drawn.iter().map(|line| line.unit.as_str()) {
        let Some(visit) = visits.0.get(unit) else { continue };
        let Some((_, line)) = visit.line else { continue };
        let found = line
            .found()
            .map(|found| Told::Found(found.into(), visit.again.iter().map(|f| (*f).into()).collect()));
        told.insert(unit, found.unwrap_or(Told::Ended([])));
    }
    told
}

/// The command that redoes a ticket.
pub fn hashing(case: &Case<'_>) -> &'static str {
    match case.commit.suite {
        crate::digest::Suite::Sha256 => "sha256sum",
        crate::digest::Suite::Sm3 => "openssl dgst -sm3 -r",
    }
}

fn position(reason: Exclusion) -> i64 {
    Exclusion::ALL.iter().zip(0..).find(|(known, _)| **known == reason).map_or(0, |(_, at)| at)
}

fn short(ticket: &str) -> String {
    ticket[..DIGITS].to_owned()
}

fn strata<'a>(case: &'a Case<'_>) -> Vec<Stratum<'a>> {
    let carried = case.loaded.carried_lines().unwrap_or_default();
    let carried: BTreeSet<&str> = carried.iter().map(|line| line.unit.as_str()).collect();
    let mut held: BTreeMap<&str, u64> = BTreeMap::new();
    let mut last: BTreeMap<&str, (u64, &crate::digest::Digest)> = BTreeMap::new();
    for unit in case.units.iter().filter(|unit| carried.contains(unit.id.as_str())) {
        if let UnitStanding::Stratum(label) = &unit.standing {
            *held.entry(label).or_default() += 1;
        }
    }
    for line in case.drawn.iter().filter(|_| case.is_open()) {
        let found = last.entry(&line.stratum).or_insert((line.rank, &line.ticket));
        *found = (*found).max((line.rank, &line.ticket));
    }
    let stratum = |stratum: &'a record::StratumCount| {
        let label = stratum.label.as_str();
        let named = case.rules.label_for_people(label);
        let cutoff = last.get(label).map(|(_, ticket)| short(&ticket.to_string()));
        Stratum(label, named, stratum.pool, stratum.quota, held.get(label).copied().unwrap_or(0), cutoff)
    };
    case.commit.strata.iter().map(stratum).collect()
}
