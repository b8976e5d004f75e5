//! An item of the list of random checks (抽查事项清单).

use super::unit::Class;
use crate::vocabulary;
use std::collections::BTreeSet;

/// One item; without a legal basis there is no check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// 事项编码.
    pub code: String,
    /// 抽查类别.
    pub category: String,
    /// 抽查事项.
    pub name: String,
    /// 检查依据.
    pub basis: String,
    /// Classes of units the item applies to; empty means all.
    pub classes: BTreeSet<Class>,
    /// Trade tags the item applies to; empty means all.
    pub tags: BTreeSet<String>,
    /// 重点 or 一般.
    pub level: Level,
    /// 抽查比例, as the list words it; the policy holds the quota that counts.
    pub ratio: Option<String>,
    /// 抽查频次, as the list words it.
    pub frequency: Option<String>,
    /// 检查方式.
    pub method: Option<String>,
    /// People needed at a visit, at least 2.
    pub staff: u32,
    /// Skill that the lead inspector needs.
    pub skill: Option<String>,
    /// Lead department of a joint item (联合抽查).
    pub joint_lead: Option<String>,
    /// Partner departments of a joint item.
    pub joint_partners: BTreeSet<String>,
}

vocabulary! {
    /// 重点检查事项 or 一般检查事项 (国发〔2019〕5号).
    Level {
        /// 重点检查事项.
        Key = "key", "重点";
        /// 一般检查事项.
        General = "general", "一般";
    }
}

impl Item {
    /// Whether the item applies to a unit of `class` with `tags`.
    pub fn applies_to(&self, class: Class, tags: &BTreeSet<String>) -> bool {
        let class_fits = self.classes.is_empty() || self.classes.contains(&class);
        class_fits && (self.tags.is_empty() || !self.tags.is_disjoint(tags))
    }
}
