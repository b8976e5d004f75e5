//! A split of the towns that carries the work more evenly, next to the present one.

mod view;

pub use view::{on_page, show, view};

use crate::lang::Said;
use crate::policy::Policy;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::time::Date;
use crate::zoning::{Load, Map, Question, Split, split};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Ten-thousandths that nobody minds, always the same: minutes of a year are not
/// known to 5 % anyway, and every town that moves costs what people know of its units.
pub const TOLERANCE: u64 = 500;

/// Steps of the search where nobody says how many: some seconds.
pub const EFFORT: u64 = 5_000_000;

/// What somebody would like to have split.
pub struct Wish<'a> {
    /// Names of towns and zones, and which town is where.
    pub policy: &'a Policy,
    /// The day whose towns are split.
    pub day: Date,
    /// Minutes of a year by town; 0 for those not named.
    pub minutes: &'a BTreeMap<String, u64>,
    /// Which towns are neighbours.
    pub map: &'a Map,
    /// How many zones there shall be.
    pub zones: usize,
    /// Inspectors of each zone; asked only if there shall be as many zones as now.
    pub people: &'a BTreeMap<String, u64>,
    /// By how many ten-thousandths, up to 10,000, loads may be worse than the most even ones,
    /// so that fewer towns move.
    pub tolerance: u64,
    /// Steps of the search.
    pub effort: u64,
}

/// A town of the split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Town {
    /// Statistical code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Minutes of a year.
    pub minutes: u64,
    /// Key of the zone that it is in now.
    pub zone: String,
}

/// A zone of the split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// Its key now; `None` for a new zone.
    pub key: Option<String>,
    /// Its name.
    pub name: Said,
    /// Its inspectors; 1 where only minutes count.
    pub people: u64,
    /// What it carries now; `None` for a new zone.
    pub before: Option<Load>,
}

/// A split next to the present one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Towns, in the order of the policy; the split has their positions.
    pub towns: Vec<Town>,
    /// Zones, in the order of the split.
    pub zones: Vec<Zone>,
    /// Zones that are given up.
    pub given_up: Vec<Zone>,
    /// Whether inspectors count: as many zones as now.
    pub by_people: bool,
    /// The tolerance, in ten-thousandths.
    pub tolerance: u64,
    /// What the map says of where it comes from.
    pub source: String,
    /// The pieces of the map, which do not touch, by positions of towns; the largest first.
    pub pieces: Vec<Vec<usize>>,
    /// The split.
    pub split: Split,
}

/// The map in a file, by the ending of its name: `.toml`, or `.geojson` and `.json`.
///
/// # Errors
/// [`Kind::Usage`] for another ending; what [`Map::toml`] and [`Map::geojson`] refuse.
pub fn map(name: &str, text: &str) -> Outcome<Map> {
    match name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
        Some("toml") => Map::toml(name, text),
        Some("geojson" | "json") => Map::geojson(name, text),
        _ => Err(Problem::new(
            Kind::Usage,
            said!("从文件名看不出地图的格式", "the name of the map does not tell its format"),
            said!("文件名以 .toml、.geojson 或 .json 结尾", "end it in .toml, .geojson or .json"),
        )
        .at(name.to_owned())),
    }
}

/// Splits the towns of the policy.
///
/// With as many zones as now, a zone keeps its key and its inspectors. With fewer, the zones
/// that carry the least now are given up; with more, new ones come behind; then zones are
/// compared by minutes, because nobody knows yet who works where.
///
/// # Errors
/// [`Kind::Policy`] if the map lacks towns, [`Kind::Obstacle`] if there is no such split.
pub fn suggest(wish: &Wish<'_>) -> Outcome<Suggestion> {
    let towns = towns(wish);
    let names: Vec<(String, String)> =
        towns.iter().map(|town| (town.code.clone(), town.name.clone())).collect();
    let neighbours = wish.map.neighbours(&names)?;
    let by_people = wish.zones == wish.policy.zones.len();
    let present = present(wish, &towns, by_people)?;
    let (kept, given_up) = present.split_at(wish.zones.min(present.len()));
    let new = (kept.len()..wish.zones).map(|number| Zone {
        key: None,
        name: said!("新片区{}", "new zone {}", number + 1 - kept.len()),
        people: 1,
        before: None,
    });
    let zones: Vec<Zone> = kept.iter().cloned().chain(new).collect();
    let position = |key: &str| zones.iter().position(|zone| zone.key.as_deref() == Some(key));
    let question = Question {
        minutes: towns.iter().map(|town| town.minutes).collect(),
        neighbours,
        people: zones.iter().map(|zone| zone.people).collect(),
        present: Some(towns.iter().map(|town| position(&town.zone).unwrap_or(usize::MAX)).collect()),
        tolerance: wish.tolerance,
    };
    let split = split(&question, wish.effort).map_err(|impossible| {
        let names: Vec<String> = towns.iter().map(|town| town.name.clone()).collect();
        impossible.problem(&names)
    })?;
    let given_up = given_up.to_vec();
    let source = wish.map.source.clone();
    let tolerance = wish.tolerance;
    let pieces = pieces(&question.neighbours);
    Ok(Suggestion { towns, zones, given_up, by_people, tolerance, source, pieces, split })
}

/// The pieces of a map, the largest first.
fn pieces(neighbours: &[u64]) -> Vec<Vec<usize>> {
    // Who names whom does not matter: a town joins every piece that it touches.
    let mut pieces: Vec<(u64, u64)> = Vec::new();
    for (town, near) in neighbours.iter().enumerate() {
        let mut joined = (1 << town, *near);
        pieces.retain(|(towns, around)| {
            let touches = joined.1 & towns != 0 || around & joined.0 != 0;
            if touches {
                joined = (joined.0 | towns, joined.1 | around);
            }
            !touches
        });
        pieces.push(joined);
    }
    let members = |towns: u64| (0..neighbours.len()).filter(|town| towns & 1 << town != 0).collect();
    let mut apart: Vec<Vec<usize>> = pieces.into_iter().map(|(towns, _)| members(towns)).collect();
    apart.sort_by_key(|towns| (Reverse(towns.len()), towns.first().copied()));
    apart
}

/// The towns of the office on the day.
fn towns(wish: &Wish<'_>) -> Vec<Town> {
    let there = wish.policy.towns.iter().filter(|town| town.period.contains(wish.day));
    there
        .map(|town| Town {
            code: town.code.clone(),
            name: town.name.clone(),
            minutes: wish.minutes.get(&town.code).copied().unwrap_or(0),
            zone: town.zone.clone(),
        })
        .collect()
}

/// The present zones: by key; or the heaviest first, if some are given up or new ones come.
fn present(wish: &Wish<'_>, towns: &[Town], by_people: bool) -> Outcome<Vec<Zone>> {
    let mut zones = Vec::new();
    for (key, name) in &wish.policy.zones {
        let people = if by_people { wish.people.get(key).copied().unwrap_or(0) } else { 1 };
        if people == 0 {
            return Err(Problem::new(
                Kind::Obstacle,
                said!("{name}没有检查人员", "zone {key} has no inspectors"),
                said!(
                    "在检查人员名录里给它配人，或换一个片区数",
                    "give it some in the register of inspectors, or ask for another number of zones"
                ),
            ));
        }
        let minutes = towns.iter().filter(|town| town.zone == *key).map(|town| town.minutes).sum();
        zones.push(Zone {
            key: Some(key.clone()),
            name: Said { zh: name.clone(), en: key.clone() },
            people,
            before: Some(Load { minutes, people }),
        });
    }
    if !by_people {
        zones.sort_by_key(|zone| Reverse(zone.before));
    }
    Ok(zones)
}

impl Suggestion {
    /// The position of the zone that each town gets.
    pub fn zone_of(&self, town: usize) -> usize {
        let holds = |zone: &Vec<usize>| zone.contains(&town);
        self.split.zones.iter().position(holds).expect("every town is in a zone")
    }

    /// Whether the heaviest zone is heavier than the heaviest now: the present zones need not be
    /// in one piece each, and moves are saved within the tolerance.
    pub fn is_worse(&self) -> bool {
        let now = self.zones.iter().filter_map(|zone| zone.before).max();
        self.by_people && now.is_some_and(|now| self.split.heaviest > now)
    }

    /// Towns that move, by position, with the zone they go to.
    pub fn movers(&self) -> Vec<(usize, usize)> {
        let places = (0..self.towns.len()).map(|town| (town, self.zone_of(town)));
        places
            .filter(|(town, zone)| self.zones[*zone].key.as_ref() != Some(&self.towns[*town].zone))
            .collect()
    }

    /// The split as a variant of a scenario, to be put into scenario.toml; `None` if it does
    /// not keep the present zones, or moves nothing.
    pub fn variant_toml(&self, id: &str, name: &str) -> Option<String> {
        let movers = self.movers();
        if !self.by_people || movers.is_empty() {
            return None;
        }
        let mut text = format!("[[variant]]\nid = \"{id}\"\nname = \"{name}\"\n[variant.towns]\n");
        for (town, zone) in movers {
            let (town, zone) = (&self.towns[town], &self.zones[zone]);
            let key = zone.key.as_ref()?;
            // Names stand in comments: a line break in one would end it.
            let comment = format!("{} {}", town.name, zone.name.zh).replace(char::is_control, " ");
            let _ = writeln!(text, "\"{}\" = \"{key}\"   # {comment}", town.code);
        }
        Some(text)
    }
}
