//! A suggested split of an office's towns, and the variant made of it.

use std::collections::BTreeMap;
use yaohao::cli::suggest::{EFFORT, Suggestion, TOLERANCE, Wish, map, suggest};
use yaohao::policy::Policy;
use yaohao::problem::{Kind, Outcome};
use yaohao::time::Date;

fn policy() -> Policy {
    Policy::read("policy.toml", include_str!("../../config/policy.toml")).expect("the example")
}

fn suggested(zones: usize, people: &[(&str, u64)], tolerance: u64) -> Outcome<Suggestion> {
    let policy = policy();
    let minutes: BTreeMap<String, u64> =
        super::example::shares().map(|(code, share)| (code.to_owned(), share * 6_000)).collect();
    let people: BTreeMap<String, u64> =
        people.iter().map(|(key, count)| ((*key).to_owned(), *count)).collect();
    let map = map("map.toml", include_str!("../../config/map.toml"))?;
    let day = Date::new(2026, 3, 2).expect("a day");
    suggest(&Wish {
        policy: &policy,
        day,
        minutes: &minutes,
        map: &map,
        zones,
        people: &people,
        tolerance,
        effort: EFFORT,
    })
}

const EVEN: [(&str, u64); 4] = [("z1", 15), ("z2", 15), ("z3", 15), ("z4", 15)];

#[test]
fn with_as_many_zones_as_now_the_split_becomes_a_variant() {
    let found = suggested(4, &EVEN, 0).expect("possible");
    assert!(found.by_people && found.split.exact);
    let keys: Vec<Option<&str>> = found.zones.iter().map(|zone| zone.key.as_deref()).collect();
    assert_eq!(keys, [Some("z1"), Some("z2"), Some("z3"), Some("z4")]);
    let before = found.zones.iter().filter_map(|zone| zone.before).max().expect("zones");
    assert!(found.split.heaviest < before);
    let movers = found.movers();
    assert_eq!(movers.len(), found.split.moved);
    let text = found.variant_toml("even", "均衡划分").expect("a variant");
    let read: toml::Table = text.parse().expect("TOML");
    let variant = read["variant"][0].as_table().expect("a table");
    assert_eq!(variant["id"].as_str(), Some("even"));
    let towns = variant["towns"].as_table().expect("a table");
    assert_eq!(towns.len(), movers.len());
    for (town, zone) in movers {
        let key = towns[&found.towns[town].code].as_str();
        assert!(key.is_some() && key == found.zones[zone].key.as_deref());
        assert_ne!(key, Some(found.towns[town].zone.as_str()));
    }
}

#[test]
fn a_present_split_that_is_nearly_as_even_stays() {
    let found = suggested(4, &EVEN, TOLERANCE).expect("possible");
    assert!(found.split.exact && found.movers().is_empty() && found.split.gap() <= TOLERANCE);
    assert_eq!(found.variant_toml("even", "均衡划分"), None);
}

#[test]
fn with_other_numbers_of_zones_minutes_count_and_there_is_no_variant() {
    let fewer = suggested(3, &[], 0).expect("possible");
    assert_eq!((fewer.given_up.len(), fewer.by_people), (1, false));
    // The zone that carries the least now is given up.
    let least = fewer.zones.iter().filter_map(|zone| zone.before).min().expect("zones");
    assert!(least.minutes >= 6_000 * 22);
    assert_eq!(fewer.variant_toml("x", "x"), None);
    let more = suggested(5, &EVEN, 0).expect("possible");
    assert_eq!(more.zones.iter().filter(|zone| zone.key.is_none()).count(), 1);
    assert_eq!(more.zones[4].name.zh, "新片区1");
    assert!(more.split.exact && more.given_up.is_empty());
}

#[test]
fn what_is_missing_is_named() {
    let none = suggested(4, &EVEN[..3], 0).expect_err("z4 has nobody");
    assert!(none.kind == Kind::Obstacle && none.what.zh.contains("第四片区"), "{none:?}");
    assert_eq!(suggested(23, &[], 0).expect_err("too many").kind, Kind::Obstacle);
    assert_eq!(suggested(0, &[], 0).expect_err("none").kind, Kind::Obstacle);
    assert_eq!(map("map.shp", "").expect_err("a format").kind, Kind::Usage);
    assert_eq!(map("map.GeoJSON", "").expect_err("no JSON").kind, Kind::Unreadable);
}
