//! The map as a TOML file: every value keeps its place, so that a wrong code is pointed at.

use super::{Map, MapTown, nine_digits};
use crate::config::Source;
use crate::lang::Said;
use crate::problem::Outcome;
use crate::said;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    version: Spanned<u32>,
    source: Spanned<String>,
    town: Vec<Section>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    code: Spanned<String>,
    name: String,
    neighbours: Vec<Spanned<String>>,
}

/// The map, or the first thing in the file that is wrong.
pub(super) fn map(source: &Source<'_>, file: &File) -> Outcome<Map> {
    head(source, file)?;
    let mut towns: BTreeMap<String, MapTown> = BTreeMap::new();
    for section in &file.town {
        let town = MapTown { name: section.name.clone(), ..MapTown::default() };
        if towns.insert(code(source, &section.code)?.to_owned(), town).is_some() {
            let what = said!("这个镇街写了两节", "the town is there twice");
            return wrong(source, &section.code, what, said!("并成一节", "make one section of them"));
        }
    }
    for section in &file.town {
        let town = code(source, &section.code)?;
        for text in &section.neighbours {
            let neighbour = code(source, text)?;
            if neighbour == town {
                let what = said!("镇街与自己相邻", "the town is its own neighbour");
                return wrong(source, text, what, said!("删去这个代码", "take the code out"));
            }
            let Some(other) = towns.get_mut(neighbour) else {
                let what = said!("本文件里没有镇街 {neighbour}", "the file has no town {neighbour}");
                let remedy = said!(
                    "改正代码，或为它补一节 [[town]]",
                    "mend the code, or add a section [[town]] for it"
                );
                return wrong(source, text, what, remedy);
            };
            other.neighbours.insert(town.to_owned());
            towns.entry(town.to_owned()).or_default().neighbours.insert(neighbour.to_owned());
        }
    }
    Ok(Map { name: source.name.to_owned(), source: file.source.get_ref().clone(), towns })
}

fn head(source: &Source<'_>, file: &File) -> Outcome<()> {
    let version = *file.version.get_ref();
    if version != 1 {
        return wrong(
            source,
            &file.version,
            said!("不认识第 {version} 版的地图", "version {version} of the map is not known"),
            said!("写 version = 1", "write version = 1"),
        );
    }
    if file.source.get_ref().trim().is_empty() {
        return wrong(
            source,
            &file.source,
            said!("没有写依据", "the source is missing"),
            said!("写所依据的地图的名称和日期", "write title and date of the map it follows"),
        );
    }
    Ok(())
}

fn code<'a>(source: &Source<'_>, text: &'a Spanned<String>) -> Outcome<&'a str> {
    let Some(code) = nine_digits(text.get_ref()) else {
        let given = text.get_ref();
        return wrong(
            source,
            text,
            said!("“{given}”不是镇街代码", "\"{given}\" is not the code of a town"),
            said!("写 9 位数字，或以 000 结尾的 12 位数字", "write 9 digits, or 12 that end in 000"),
        );
    };
    Ok(code)
}

fn wrong<T, V>(source: &Source<'_>, place: &Spanned<V>, what: Said, remedy: Said) -> Outcome<T> {
    Err(source.problem(place.span(), what, remedy))
}
