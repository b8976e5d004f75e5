//! The map as a GeoJSON file (RFC 7946).
//!
//! Coordinates are taken as raw text (`RawValue`) and not as numbers: a JSON library would
//! make floating-point numbers of them, or, with its feature `arbitrary_precision`, change
//! what every number in the program is.

use super::borders::{Vertex, neighbours};
use super::decimal::Decimal;
use super::{Map, MapTown, nine_digits};
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map as Object, Value};
use std::collections::{BTreeMap, BTreeSet};

/// The most towns of a file.
const MOST: usize = 1_000;

/// Properties that may hold the code, the first that is there decides.
const CODES: [&str; 4] = ["code", "adcode", "id", "gb"];

#[derive(Deserialize)]
struct Collection<'a> {
    #[serde(rename = "type")]
    kind: String,
    #[serde(borrow)]
    features: Vec<Feature<'a>>,
}

#[derive(Deserialize)]
struct Feature<'a> {
    properties: Option<Object<String, Value>>,
    #[serde(borrow)]
    geometry: Option<Geometry<'a>>,
}

#[derive(Deserialize)]
struct Geometry<'a> {
    #[serde(rename = "type")]
    kind: String,
    #[serde(borrow)]
    coordinates: Option<&'a RawValue>,
}

/// A ring of positions, each a list of numbers as they are written.
#[derive(Deserialize)]
struct Ring<'a>(#[serde(borrow)] Vec<Vec<&'a RawValue>>);

/// The map, or the first thing in the text that is wrong.
pub(super) fn map(name: &str, text: &str) -> Outcome<Map> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let collection: Collection<'_> = serde_json::from_str(text).map_err(|error| {
        let place = format!("{name}:{}:{}", error.line(), error.column());
        refused(place, said!("不是 GeoJSON 要素集", "this is no GeoJSON feature collection"))
    })?;
    if collection.kind != "FeatureCollection" || collection.features.is_empty() {
        let what =
            said!("不是 FeatureCollection，或里面没有要素", "it is no FeatureCollection, or an empty one");
        return Err(refused(name.to_owned(), what));
    }
    let mut towns: BTreeMap<String, (MapTown, BTreeSet<Vertex>)> = BTreeMap::new();
    for (number, feature) in (1..).zip(&collection.features) {
        let wrong = |what: Said| refused(format!("{name}#{number}"), what);
        let code = code(feature).map_err(wrong)?;
        let (town, vertices) = towns.entry(code).or_default();
        if let Some(Value::String(name)) = feature.properties.as_ref().and_then(|all| all.get("name")) {
            town.name.clone_from(name);
        }
        vertices.append(&mut outline(feature).map_err(wrong)?);
        if towns.len() > MOST {
            return Err(wrong(said!("超过 {MOST} 个镇街", "more than {MOST} towns")));
        }
    }
    let (codes, both): (Vec<String>, Vec<_>) = towns.into_iter().unzip();
    let (mut list, vertices): (Vec<MapTown>, Vec<_>) = both.into_iter().unzip();
    for (a, b) in neighbours(&vertices) {
        list[a].neighbours.insert(codes[b].clone());
        list[b].neighbours.insert(codes[a].clone());
    }
    let towns = codes.into_iter().zip(list).collect();
    Ok(Map { name: name.to_owned(), source: String::new(), towns })
}

/// The code of a feature: digits, as text or as a number.
fn code(feature: &Feature<'_>) -> Result<String, Said> {
    let properties = feature.properties.as_ref();
    let found = CODES.iter().find_map(|key| Some((*key, properties?.get(*key)?)));
    let Some((key, value)) = found else {
        let Said { zh, en } = Said::list(CODES);
        return Err(said!("属性里没有代码（{zh}）", "its properties have no code ({en})"));
    };
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        other => other.to_string(),
    };
    // 天地图 writes the country's 156 before its codes.
    let national = (key == "gb").then(|| text.strip_prefix("156").and_then(nine_digits)).flatten();
    let code = national.or_else(|| nine_digits(&text));
    code.map(str::to_owned)
        .ok_or_else(|| said!("{key} 不是镇街代码：{text}", "{key} is not the code of a town: {text}"))
}

/// The vertices of all its rings, holes among them: an enclave borders on those.
fn outline(feature: &Feature<'_>) -> Result<BTreeSet<Vertex>, Said> {
    let geometry = feature.geometry.as_ref();
    let coordinates =
        geometry.and_then(|geometry| Some((geometry.kind.as_str(), geometry.coordinates?.get())));
    let polygons: Option<Vec<Vec<Ring<'_>>>> = match coordinates {
        Some(("Polygon", text)) => serde_json::from_str(text).ok().map(|polygon| vec![polygon]),
        Some(("MultiPolygon", text)) => serde_json::from_str(text).ok(),
        _ => return Err(said!("没有面（Polygon 或 MultiPolygon）", "it has no Polygon or MultiPolygon")),
    };
    let rings: Vec<Ring<'_>> = polygons.into_iter().flatten().flatten().collect();
    let outlines: Option<Vec<_>> = rings.iter().map(corners).collect();
    match outlines {
        Some(outlines) if !outlines.is_empty() => Ok(outlines.into_iter().flatten().collect()),
        _ => Err(said!(
            "坐标读不懂：每条边界至少三个不同的点，每点是经度和纬度",
            "its coordinates cannot be read: a border has three different points or more, a point longitude and latitude"
        )),
    }
}

/// The different vertices of a ring, three at least.
fn corners(ring: &Ring<'_>) -> Option<BTreeSet<Vertex>> {
    let vertex = |position: &Vec<&RawValue>| match position.as_slice() {
        [longitude, latitude, ..] => Some((Decimal::read(longitude.get())?, Decimal::read(latitude.get())?)),
        _ => None,
    };
    let corners: Option<BTreeSet<Vertex>> = ring.0.iter().map(vertex).collect();
    corners.filter(|corners| corners.len() >= 3)
}

fn refused(place: String, what: Said) -> Problem {
    let remedy = said!(
        "从地理信息软件里导出镇街界线：GeoJSON，每个镇街一个面，属性 code 写 9 位代码；也可以改用 map.toml",
        "export the borders of the towns as GeoJSON, an area a town, with the 9-digit code as property code; or write a map.toml"
    );
    Problem::new(Kind::Unreadable, what, remedy).at(place)
}
