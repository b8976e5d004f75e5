//! The people of a visit: roles, the shapes of teams, and what binds them.

use super::{Fraction, Rounding};
use crate::ids::is_key;
use crate::lang::Said;
use crate::vocabulary;
use std::collections::{BTreeMap, BTreeSet};

/// Fewest and most people of a team (行政处罚法 Art 42: two at least).
pub const TEAM_SIZES: std::ops::RangeInclusive<usize> = 2..=4;

/// Words that stand in a line of dockets.txt and so cannot name a department.
const RESERVED: [&str; 6] = ["away", "again", "apart", "band", "minutes", "town"];

/// The part somebody plays in a team.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// 主办: of the office itself, may lead, has the skills that the items need.
    Lead,
    /// 协办: of the office itself.
    Assistant,
    /// 专家: anybody on the expert list (专家库), from any zone.
    Expert,
    /// Somebody of a partner department (联合检查), from any zone; by its key.
    Department(String),
}

impl Role {
    /// The key used in settings and records.
    pub fn key(&self) -> &str {
        match self {
            Role::Lead => "lead",
            Role::Assistant => "assistant",
            Role::Expert => "expert",
            Role::Department(key) => key,
        }
    }

    /// The official Chinese term; the key of a department.
    pub fn zh(&self) -> &str {
        match self {
            Role::Lead => "主办",
            Role::Assistant => "协办",
            Role::Expert => "专家",
            Role::Department(key) => key,
        }
    }

    /// The role with this key; whatever else is a key names a department.
    pub fn from_key(text: &str) -> Option<Role> {
        match text {
            "lead" => Some(Role::Lead),
            "assistant" => Some(Role::Assistant),
            "expert" => Some(Role::Expert),
            key if is_key(key) && !RESERVED.contains(&key) => Some(Role::Department(key.to_owned())),
            _ => None,
        }
    }

    /// Whether the role is for the office's own inspectors, whom zones bind.
    pub fn is_own(&self) -> bool {
        matches!(self, Role::Lead | Role::Assistant)
    }
}

/// Whether `slots` are a team: a lead, an assistant, and at most two more who
/// are not leads.
pub fn is_team(slots: &[Role]) -> bool {
    TEAM_SIZES.contains(&slots.len())
        && slots[0] == Role::Lead
        && slots[1] == Role::Assistant
        && slots[2..].iter().all(|role| *role != Role::Lead)
}

/// The teams of an office's visits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// The usual team, then those for certain items.
    pub shapes: Vec<Shape>,
    /// Partner departments: key, and the name in the register of inspectors.
    pub departments: BTreeMap<String, String>,
    /// Whether only inspectors of the unit's own zone may come.
    pub home_zone_only: bool,
    /// What the inspectors of the last visit may do.
    pub rotation: Rotation,
    /// This part of the drawn units is visited from other zones.
    pub exchange: Option<Fraction>,
}

/// One team: its slots, and the items that ask for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// Items that ask for this team; empty for the usual one.
    pub items: BTreeSet<String>,
    /// Roles of the slots; the first is the lead.
    pub slots: Vec<Role>,
}

vocabulary! {
    /// What the inspectors of a unit's last visit may do.
    Rotation {
        /// They are not eligible.
        Hard = "hard", "必须换人";
        /// They come only where nobody else is as cheap with a surcharge.
        Soft = "soft", "尽量换人";
        /// They are like everybody else.
        Off = "off", "不限";
    }
}

impl Team {
    /// The team for a visit that checks `items`, all at once (综合查一次): the one that
    /// the items ask for; where they ask for several, the smallest that has the slots
    /// of each; the usual one if none asks. A position in [`Team::shapes`]. Where no team
    /// has all these slots it is the first asked for, and [`Team::unmet`] says so.
    pub fn shape_for<'a>(&self, items: impl Iterator<Item = &'a str>) -> usize {
        let asked = self.asked(items);
        self.joint(&asked).or(asked.first().copied()).unwrap_or(0)
    }

    /// The slots of the one team that a visit for all `items` would need, if no team
    /// of the policy has them.
    pub fn unmet<'a>(&self, items: impl Iterator<Item = &'a str>) -> Option<Vec<Role>> {
        let asked = self.asked(items);
        if asked.is_empty() || self.joint(&asked).is_some() {
            return None;
        }
        let mut slots: Vec<Role> = Vec::new();
        for shape in asked {
            let wanted = &self.shapes[shape].slots;
            for role in wanted {
                let count = |slots: &[Role]| slots.iter().filter(|slot| *slot == role).count();
                if count(&slots) < count(wanted) {
                    slots.push(role.clone());
                }
            }
        }
        Some(slots)
    }

    /// For each item that asks for a team, the first special one that names it; each once.
    fn asked<'a>(&self, items: impl Iterator<Item = &'a str>) -> Vec<usize> {
        let special = |item: &str| (1..self.shapes.len()).find(|at| self.shapes[*at].items.contains(item));
        let asked: BTreeSet<usize> = items.filter_map(special).collect();
        asked.into_iter().collect()
    }

    /// The smallest special team that has all slots of these; of several, the first.
    fn joint(&self, asked: &[usize]) -> Option<usize> {
        let count = |slots: &[Role], role: &Role| slots.iter().filter(|slot| *slot == role).count();
        let holds = |at: &usize| {
            let slots = &self.shapes[*at].slots;
            asked
                .iter()
                .map(|shape| &self.shapes[*shape].slots)
                .all(|other| other.iter().all(|role| count(slots, role) >= count(other, role)))
        };
        match asked {
            [] => None,
            [only] => Some(*only),
            _ => (1..self.shapes.len()).filter(holds).min_by_key(|at| (self.shapes[*at].slots.len(), *at)),
        }
    }

    /// How many of `drawn` units are visited from other zones.
    pub fn exchanged(&self, drawn: u64) -> u64 {
        self.exchange.map_or(0, |share| share.of(drawn, Rounding::Up))
    }

    /// The key of the partner department that the register calls `name`.
    pub fn department(&self, name: &str) -> Option<&str> {
        self.departments.iter().find(|(_, called)| *called == name).map(|(key, _)| key.as_str())
    }

    /// What people call a role: in Chinese its official term or the department's
    /// name, in English its key.
    pub fn called(&self, role: &Role) -> Said {
        let department = self.departments.get(role.key()).map(String::as_str);
        Said { zh: department.unwrap_or(role.zh()).to_owned(), en: role.key().to_owned() }
    }
}
