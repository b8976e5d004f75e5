//! What an office knows beside its tasks: how people, towns and items are called.

use crate::ids::DrawId;
use crate::policy::{Policy, Role};
use crate::register::Item;
use crate::task::{Matter, Officer};
use crate::time::{Date, Moment};
use std::collections::BTreeMap;

/// What an order is written from, beside the tasks. Of the people only the names are read.
#[derive(Debug, Clone)]
pub struct Book<'a> {
    /// The draw whose visits are dispatched.
    pub draw: &'a DrawId,
    /// The word before 〔year〕 in the number of an order (发文机关代字).
    pub mark: &'a str,
    /// The rules under which the draw was committed: names of the office, its zones, towns
    /// and departments.
    pub policy: &'a Policy,
    /// Everybody with a certificate, by its number.
    pub people: &'a BTreeMap<String, Officer>,
    /// 抽查事项清单, for names and legal bases.
    pub items: &'a [Item],
    /// Last days of work that no draw decided, where a rule or a notice sets one.
    pub last_days: &'a BTreeMap<Matter, Date>,
    /// Late changes that the record has for a drawn visit.
    pub changes: &'a BTreeMap<Matter, u32>,
    /// Whether nothing of this may be known outside before the visits (sealed draws).
    pub is_secret: bool,
    /// The moment as of which the tasks are told.
    pub at: Moment,
}

impl Book<'_> {
    pub(super) fn name_of(&self, certificate: &str) -> Option<String> {
        self.people.get(certificate).map(|officer| officer.name.clone())
    }

    pub(super) fn called(&self, role: &Role) -> String {
        self.policy.team.called(role).zh
    }

    pub(super) fn zone(&self, key: &str) -> String {
        self.policy.zones.get(key).map_or(key, String::as_str).to_owned()
    }

    /// The zone of a town on `day`, or else as it was last.
    pub(super) fn zone_of(&self, town: &str, day: Date) -> Option<String> {
        let last = || self.policy.towns.iter().rev().find(|known| known.code == town);
        self.policy.town_on(town, day).or_else(last).map(|town| town.zone.clone())
    }

    /// The town's name, as it was last called.
    pub(super) fn town(&self, code: &str) -> String {
        let named = self.policy.towns.iter().rev().find(|town| town.code == code);
        named.map_or(code, |town| &town.name).to_owned()
    }

    pub(super) fn item(&self, code: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.code == code)
    }
}
