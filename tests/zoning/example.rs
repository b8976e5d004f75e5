//! Questions of a district's size.

use yaohao::zoning::{Map, Question};

/// Code, name, minutes of a year in proportion to the example's units, and the example's zone.
const TOWNS: [(&str, &str, u64, usize); 22] = [
    ("500112002", "双龙湖街道", 13, 2),
    ("500112004", "回兴街道", 13, 1),
    ("500112011", "龙溪街道", 16, 0),
    ("500112012", "龙山街道", 6, 0),
    ("500112013", "龙塔街道", 5, 0),
    ("500112015", "悦来街道", 3, 1),
    ("500112016", "两路街道", 12, 2),
    ("500112017", "双凤桥街道", 8, 3),
    ("500112018", "王家街道", 2, 3),
    ("500112020", "宝圣湖街道", 4, 1),
    ("500112023", "仙桃街道", 4, 1),
    ("500112129", "玉峰山镇", 1, 3),
    ("500112131", "龙兴镇", 2, 3),
    ("500112133", "统景镇", 1, 3),
    ("500112135", "大湾镇", 1, 3),
    ("500112138", "兴隆镇", 1, 3),
    ("500112139", "木耳镇", 2, 3),
    ("500112140", "茨竹镇", 1, 3),
    ("500112141", "古路镇", 1, 3),
    ("500112142", "石船镇", 1, 3),
    ("500112143", "大盛镇", 1, 3),
    ("500112144", "洛碛镇", 1, 3),
];

/// The example's towns with neighbours of the example map, in `zones` zones.
pub fn towns(zones: usize) -> Question {
    let map =
        Map::toml("config/map.toml", include_str!("../../config/map.toml")).expect("the example is a map");
    let names: Vec<(String, String)> =
        TOWNS.iter().map(|(code, name, ..)| ((*code).to_owned(), (*name).to_owned())).collect();
    Question {
        minutes: TOWNS.iter().map(|(.., share, _)| *share).collect(),
        neighbours: map.neighbours(&names).expect("all towns are on it"),
        people: vec![1; zones],
        present: Some(TOWNS.iter().map(|(.., zone)| *zone).collect()),
        tolerance: 0,
    }
}

/// A grid of 64 towns, some of them much heavier than others, in `zones` zones.
pub fn grid(zones: usize) -> Question {
    let near = |town: usize| {
        let right = if town % 8 < 7 { 1_u64 << (town + 1) } else { 0 };
        let down = if town < 56 { 1 << (town + 8) } else { 0 };
        right | down
    };
    Question {
        minutes: (0..64).map(|town: u64| 1_000 + town * town * 7919 % 9_973).collect(),
        neighbours: (0..64).map(near).collect(),
        people: vec![1; zones],
        present: None,
        tolerance: 0,
    }
}

/// The towns by code with their shares.
#[allow(dead_code, reason = "the bench has no use for it")]
pub fn shares() -> impl Iterator<Item = (&'static str, u64)> {
    TOWNS.iter().map(|(code, _, share, _)| (*code, *share))
}
