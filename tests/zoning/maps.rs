//! Maps: what their files say, and what is refused.

use std::fmt::Write as _;
use yaohao::problem::{Kind, Problem};
use yaohao::zoning::{Map, Question, split};

const EXAMPLE: &str = include_str!("../../config/map.toml");

fn near<'a>(map: &'a Map, code: &str) -> Vec<&'a str> {
    map.towns[code].neighbours.iter().map(String::as_str).collect()
}

// ---- TOML --------------------------------------------------------------------------------

#[test]
fn the_example_has_the_22_towns_in_one_piece_and_says_that_nobody_has_checked_it() {
    let map = Map::toml("map.toml", EXAMPLE).expect("a map");
    assert_eq!(map.towns.len(), 22);
    assert!(map.source.contains("示例") && map.source.contains("未经核对"));
    for (code, town) in &map.towns {
        assert!(!town.neighbours.is_empty(), "{}", town.name);
        assert!(town.neighbours.iter().all(|other| map.towns[other].neighbours.contains(code)));
    }
    let towns: Vec<(String, String)> =
        map.towns.iter().map(|(code, town)| (code.clone(), town.name.clone())).collect();
    let neighbours = map.neighbours(&towns).expect("all there");
    let question =
        Question { minutes: vec![1; 22], neighbours, people: vec![1], present: None, tolerance: 0 };
    assert!(split(&question, 10).is_ok(), "in one piece");
    // The policy's towns are the same, by code and name.
    let policy = include_str!("../../config/policy.toml");
    for (code, name) in &towns {
        assert!(policy.contains(&format!("code = \"{code}\"\nname = \"{name}\"")), "{name}");
    }
}

const SMALL: &str = r#"version = 1
source = "图"
[[town]]
code = "500112001"
name = "甲"
neighbours = ["500112002000"]
[[town]]
code = "500112002"
name = "乙"
neighbours = []
"#;

#[test]
fn one_side_is_enough_to_be_neighbours() {
    let map = Map::toml("map.toml", SMALL).expect("a map");
    assert_eq!(near(&map, "500112001"), ["500112002"]);
    assert_eq!(near(&map, "500112002"), ["500112001"]);
}

#[test]
fn what_is_wrong_in_a_map_file_is_pointed_at() {
    let cases = [
        ("version = 1", "version = 2", "1:11", "第 2 版"),
        ("source = \"图\"", "source = \" \"", "2:10", "没有写依据"),
        ("500112002000", "500112001", "6:15", "与自己相邻"),
        ("500112002000", "500112009", "6:15", "没有镇街 500112009"),
        ("500112002000", "5001120020", "6:15", "不是镇街代码"),
        ("500112002000", "50011200２", "6:15", "不是镇街代码"),
        ("code = \"500112002\"", "code = \"500112001\"", "8:8", "写了两节"),
        ("neighbours = []", "neighbors = []", "10:1", "neighbors"),
        ("name = \"乙\"\n", "", "7:1", "缺少"),
    ];
    for (from, to, place, what) in cases {
        let problem = Map::toml("map.toml", &SMALL.replacen(from, to, 1)).expect_err(to);
        assert_eq!(problem.kind, Kind::Policy, "{to}");
        assert_eq!(problem.place, format!("map.toml:{place}"), "{to}: {problem:?}");
        assert!(problem.what.zh.contains(what), "{to}: {problem:?}");
    }
}

#[test]
fn towns_that_the_map_lacks_are_named() {
    let map = Map::toml("map.toml", SMALL).expect("a map");
    let towns = [("500112001", "甲镇"), ("500112003", "丙镇"), ("500112004", "丁镇")];
    let towns = towns.map(|(code, name)| (code.to_owned(), name.to_owned()));
    let problem = map.neighbours(&towns).expect_err("lacking");
    assert!(problem.what.zh.contains("丙镇 500112003、丁镇 500112004"), "{problem:?}");
    assert_eq!(map.neighbours(&towns[..1]), Ok(vec![0]));
}

// ---- GeoJSON -----------------------------------------------------------------------------

fn feature(code: &str, kind: &str, coordinates: &str) -> String {
    format!(
        r#"{{"type":"Feature","properties":{{{code}}},"geometry":{{"type":"{kind}","coordinates":{coordinates}}}}}"#
    )
}

fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

fn read(features: &[String]) -> Map {
    Map::geojson("map.geojson", &collection(features)).expect("a map")
}

/// A ring around these corners, each number written in one of several ways.
fn ring(corners: &[(u32, u32)], way: usize) -> String {
    let number = |n: u32| match way % 4 {
        0 => format!("10{n}.5"),
        1 => format!("10{n}.500"),
        2 => format!("10{n}5e-1"),
        _ => format!("0.010{n}5E+4"),
    };
    let mut text = String::from("[");
    for (x, y) in corners.iter().chain(corners.first()) {
        let _ = write!(text, "[{},{}],", number(*x), number(*y));
    }
    text.pop();
    text + "]"
}

fn square(x: u32, y: u32, size: u32) -> [(u32, u32); 4] {
    [(x, y), (x + size, y), (x + size, y + size), (x, y + size)]
}

#[test]
fn squares_of_a_grid_border_on_those_beside_them_and_not_across_corners() {
    let town = |at: u32| {
        let mut corners = square(at % 3, at / 3, 1);
        // Borders run in either direction.
        if at.is_multiple_of(2) {
            corners.reverse();
        }
        let outline = format!("[{}]", ring(&corners, at as usize));
        feature(&format!(r#""code":"50011210{at}""#), "Polygon", &outline)
    };
    let map = read(&(0..9).map(town).collect::<Vec<_>>());
    assert_eq!(near(&map, "500112104"), ["500112101", "500112103", "500112105", "500112107"]);
    assert_eq!(near(&map, "500112100"), ["500112101", "500112103"]);
    assert_eq!(near(&map, "500112105"), ["500112102", "500112104", "500112108"]);
}

#[test]
fn holes_several_areas_and_uneven_vertices_are_borders_too() {
    // A town with a hole that another fills; a third beside the second island of the first,
    // with a vertex in between that the island does not have; a fourth beside nobody.
    let hole = square(2, 2, 1);
    let first =
        format!("[[{},{}],[{}]]", ring(&square(1, 1, 4), 0), ring(&hole, 1), ring(&square(7, 7, 1), 0));
    let beside = [(8, 7), (9, 7), (9, 8), (8, 8)];
    let between = ring(&beside, 0).replacen("],[108.5,107.5]]", "],[108.5,108.0],[108.5,107.5]]", 1);
    assert!(between.contains("108.0"));
    let features = [
        feature(r#""adcode":500112001,"name":"甲镇""#, "MultiPolygon", &first),
        feature(r#""gb":"156500112002""#, "Polygon", &format!("[{}]", ring(&hole, 2))),
        feature(r#""id":"500112003000""#, "Polygon", &format!("[{between}]")),
        feature(r#""code":" 500112004 ""#, "Polygon", &format!("[{}]", ring(&square(0, 7, 1), 0))),
    ];
    let map = read(&features);
    assert_eq!(near(&map, "500112001"), ["500112002", "500112003"]);
    assert_eq!(map.towns["500112001"].name, "甲镇");
    assert!(near(&map, "500112004").is_empty());
    // Two features of one code are one town.
    let more = feature(r#""code":"500112004""#, "Polygon", &format!("[{}]", ring(&square(9, 7, 1), 0)));
    let map = read(&[&features[..], &[more]].concat());
    assert_eq!(near(&map, "500112004"), ["500112003"]);
}

#[test]
fn coordinates_are_never_rounded() {
    // Seventeen digits and one more: a double would have them meet.
    let one = "[[[106.50000000000000001,1],[106.50000000000000001,2],[0,0],[106.50000000000000001,1]]]";
    let other = "[[[106.5,1],[106.5,2],[9,9],[106.5,1]]]";
    let features = [
        feature(r#""code":"500112001""#, "Polygon", one),
        feature(r#""code":"500112002""#, "Polygon", other),
    ];
    assert!(near(&read(&features), "500112001").is_empty());
    // But 0 and -0 are the same, and so are numbers whose exponents nobody could write out.
    let one = "[[[0,1e2000000000],[-0.0,2],[5,5]]]";
    let other = "[[[-0,10e1999999999],[0e7,2.0],[6,6]]]";
    let features = [
        feature(r#""code":"500112001""#, "Polygon", one),
        feature(r#""code":"500112002""#, "Polygon", other),
    ];
    assert_eq!(near(&read(&features), "500112001"), ["500112002"]);
}

fn refused(text: &str) -> Problem {
    Map::geojson("map.json", text).expect_err(text)
}

#[test]
fn what_is_no_map_is_refused_with_its_place() {
    let good = "[[[1,1],[2,1],[2,2],[1,1]]]";
    let polygon = |coordinates: &str| collection(&[feature(r#""code":"500112001""#, "Polygon", coordinates)]);
    let coded = |code: &str| collection(&[feature(code, "Polygon", good)]);
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let many: Vec<String> =
        (0..1_001).map(|n| feature(&format!(r#""code":"500{n:06}""#), "Polygon", good)).collect();
    let cases = [
        (String::new(), "map.json:1:0"),
        ("{\"type\":1}".to_owned(), "map.json:1:9"),
        ("{\"type\":\"Polygon\",\"features\":[]}".to_owned(), "map.json"),
        (collection(&[]), "map.json"),
        (coded(""), "map.json#1"),
        (coded(r#""code":"500112""#), "map.json#1"),
        (coded(r#""code":5.00112001e8"#), "map.json#1"),
        (coded(r#""code":null,"id":"500112001""#), "map.json#1"),
        (coded(r#""code":"156500112001""#), "map.json#1"),
        (polygon("[]"), "map.json#1"),
        (polygon("[[[1,1],[2,1],[1,1]]]"), "map.json#1"),
        (polygon("[[[1],[2,1],[2,2]]]"), "map.json#1"),
        (polygon("[[[\"1\",1],[2,1],[2,2]]]"), "map.json#1"),
        (polygon("[[[1e99999999999,1],[2,1],[2,2]]]"), "map.json#1"),
        (polygon("[[[[1,1],[2,1],[2,2]]]]"), "map.json#1"),
        (polygon("null"), "map.json#1"),
        (polygon(&nested), "map.json#1"),
        (collection(&[feature(r#""code":"500112001""#, "Point", "[1,1]")]), "map.json#1"),
        (collection(&many), "map.json#1001"),
    ];
    for (text, place) in cases {
        let problem = refused(&text);
        let shown: String = text.chars().take(200).collect();
        assert_eq!((problem.kind, problem.place.as_str()), (Kind::Unreadable, place), "{shown}");
    }
}
