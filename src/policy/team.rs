//! The people of a visit: roles, the shapes of teams, and what binds them.

use super::{Fraction, Rounding};
use crate::ids::is_key;
use crate::lang::Said;
use crate::vocabulary;
use std::collections::{BTreeMap, BTreeSet};

/// Fewest and most people of a team (行政处罚法 Art 42: two at least).
pub const TEAM_SIZES: std::ops::RangeInclusive<usize> = 2..=4;

/// Words that stand in a line of dockets.txt and so cannot name a department.
const RESERVED: [&str; 4] = ["away", "again", "apart", "band"];

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
    /// The team for a visit that checks `items`: the first that one of them
    /// asks for, else the usual one. A position in [`Team::shapes`].
    pub fn shape_for<'a>(&self, items: impl Iterator<Item = &'a str> + Clone) -> usize {
        let asked = |shape: &Shape| items.clone().any(|item| shape.items.contains(item));
        self.shapes.iter().skip(1).position(asked).map_or(0, |position| position + 1)
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
