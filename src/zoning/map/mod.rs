//! The map: which towns are neighbours. From a small TOML file, or from the borders of a
//! GeoJSON file.

mod borders;
mod decimal;
mod file;
mod geojson;

use super::MOST_TOWNS;
use crate::config::Source;
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use std::collections::{BTreeMap, BTreeSet};

/// A town of the map.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MapTown {
    /// Its name on the map; empty if it has none there.
    pub name: String,
    /// Codes of its neighbours; each has it as a neighbour too.
    pub neighbours: BTreeSet<String>,
}

/// Which towns are neighbours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map {
    /// The file, for messages.
    pub name: String,
    /// Where it comes from, as the file says; empty if it does not.
    pub source: String,
    /// Towns by 9-digit statistical code.
    pub towns: BTreeMap<String, MapTown>,
}

impl Map {
    /// Reads a file in the form of `config/map.toml`. Who is named as a neighbour by one side
    /// only is one of both.
    ///
    /// # Errors
    /// [`Kind::Policy`] with line and column: another version; no source; a code that is none,
    /// or is there twice; a neighbour that is no town of the file, or the town itself.
    pub fn toml(name: &str, text: &str) -> Outcome<Map> {
        let source = Source { name, text };
        file::map(&source, &source.parse()?)
    }

    /// Reads a GeoJSON text (RFC 7946): a `FeatureCollection` with a `Polygon` or
    /// `MultiPolygon` for every town, whose properties hold its code as `code`, `adcode`, `id`
    /// or `gb`, and perhaps its `name`. Several features with one code are one town.
    ///
    /// Towns are neighbours if their borders have two vertices in common, as borders do that
    /// share a stretch. Coordinates are compared as the decimal numbers that they are written
    /// as, and never rounded.
    ///
    /// # Errors
    /// [`Kind::Unreadable`] with line and column or the number of the feature: no JSON, no
    /// such collection, a feature without a code or an area, more than 1,000 towns.
    pub fn geojson(name: &str, text: &str) -> Outcome<Map> {
        geojson::map(name, text)
    }

    /// The neighbours of each of `towns` (code and name) among them, a bit a town. Towns of
    /// the map that are not among them do not connect anything.
    ///
    /// # Errors
    /// [`Kind::Policy`] that names the towns missing on the map; more than [`MOST_TOWNS`].
    pub fn neighbours(&self, towns: &[(String, String)]) -> Outcome<Vec<u64>> {
        if towns.len() > MOST_TOWNS {
            return Err(super::Impossible::TooLarge.problem(&[]));
        }
        let missing = towns.iter().filter(|(code, _)| !self.towns.contains_key(code));
        let missing: Vec<String> = missing.map(|(code, name)| format!("{name} {code}")).collect();
        if !missing.is_empty() {
            return Err(self.lacks(missing));
        }
        let row = |(code, _): &(String, String)| {
            let near = &self.towns[code].neighbours;
            let bits = towns.iter().enumerate().filter(|(_, (other, _))| near.contains(other));
            bits.fold(0, |set, (bit, _)| set | 1 << bit)
        };
        Ok(towns.iter().map(row).collect())
    }

    fn lacks(&self, missing: Vec<String>) -> Problem {
        let Said { zh, en } = Said::list(missing);
        let what = said!("地图里没有这些镇街：{zh}", "the map lacks these towns: {en}");
        let remedy = said!(
            "在地图文件里补上这些镇街和与其相邻的镇街，或核对代码",
            "add them to the map with their neighbours, or see whether the codes are right"
        );
        Problem::new(Kind::Policy, what, remedy).at(self.name.clone())
    }
}

/// The 9-digit code in one of 9 digits, or of 12 that end in 000.
fn nine_digits(code: &str) -> Option<&str> {
    let code = if code.len() == 12 { code.strip_suffix("000")? } else { code };
    (code.len() == 9 && code.bytes().all(|digit| digit.is_ascii_digit())).then_some(code)
}
