//! Why towns cannot be split.

use super::{MOST_MINUTES, MOST_PEOPLE, MOST_TOWNS};
use crate::lang::Said;
use crate::problem::{Kind, Problem};
use crate::said;

/// Why there is no split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Impossible {
    /// No zone, or more zones than towns.
    Zones {
        /// How many were asked for.
        zones: usize,
        /// How many towns there are.
        towns: usize,
    },
    /// More parts that do not touch each other than zones.
    Apart {
        /// How many zones were asked for.
        zones: usize,
        /// The towns of each part, the part of the first town first.
        parts: Vec<Vec<usize>>,
    },
    /// A zone has no people, or too many.
    People {
        /// The zone.
        zone: usize,
    },
    /// More towns, or more minutes of all towns, than can be reckoned with.
    TooLarge,
    /// The lists of the question do not go together.
    Malformed,
}

impl Impossible {
    /// What is wrong and what to do, with `names` for the towns.
    pub fn problem(&self, names: &[String]) -> Problem {
        let (what, remedy) = match self {
            Impossible::Zones { zones, towns } => (
                said!(
                    "{towns} 个镇街分不成 {zones} 个片区",
                    "{towns} towns cannot be split into {zones} zones"
                ),
                said!("片区数写 1 到 {towns}", "ask for 1 to {towns} zones"),
            ),
            Impossible::Apart { zones, parts } => (
                apart(*zones, parts, names),
                said!(
                    "检查地图中的相邻关系是否漏写；确实不相邻的，片区数至少 {}",
                    "see whether the map lacks neighbours; if they really lie apart ask for at least {} zones",
                    parts.len()
                ),
            ),
            Impossible::People { zone } => (
                said!(
                    "第 {} 个片区没有检查人员，或超过 {MOST_PEOPLE} 人",
                    "zone number {} has no inspectors, or more than {MOST_PEOPLE}",
                    zone + 1
                ),
                said!("每个片区至少一人", "every zone needs one at least"),
            ),
            Impossible::TooLarge => (
                said!(
                    "镇街超过 {MOST_TOWNS} 个，或工时合计超过 {MOST_MINUTES} 分钟",
                    "more than {MOST_TOWNS} towns, or more than {MOST_MINUTES} minutes in all"
                ),
                said!("分几部分来算", "split them in parts"),
            ),
            Impossible::Malformed => (
                said!(
                    "镇街、相邻关系和现有片区的个数对不上",
                    "towns, neighbours and present zones do not go together"
                ),
                said!("这是程序的错误，请报告", "this is a mistake of the program; report it"),
            ),
        };
        let kind = if *self == Impossible::Malformed { Kind::Internal } else { Kind::Obstacle };
        Problem::new(kind, what, remedy)
    }
}

fn apart(zones: usize, parts: &[Vec<usize>], names: &[String]) -> Said {
    let name = |town: &usize| names.get(*town).cloned().unwrap_or_else(|| town.to_string());
    let listed = parts.iter().map(|part| part.iter().map(name).collect::<Vec<_>>());
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for part in listed {
        zh.push(part.join("、"));
        en.push(part.join(", "));
    }
    let (number, zh, en) = (parts.len(), zh.join("；"), en.join("; "));
    said!(
        "镇街分成互不相邻的 {number} 块，多于 {zones} 个片区：{zh}",
        "the towns are {number} parts that do not touch, more than {zones} zones: {en}"
    )
}
