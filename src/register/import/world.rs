//! What rows are held against: the policy's places, the day, and the tables
//! imported before.

use crate::register::{Gazetteer, Register, Unit};
use crate::time::Date;
use std::sync::OnceLock;

/// What an import is given besides the table.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The towns and zones of the policy.
    pub gazetteer: &'a Gazetteer,
    /// The day of the import; certificates that ended before it are expired.
    pub reference: Date,
    /// The tables imported so far. Recusals are held against its units and
    /// inspectors, inspectors against its items if it has any.
    pub register: &'a Register,
}

/// The context and what is looked up in it often; nothing for a canonical table,
/// which was held against everything when it was imported.
#[derive(Debug, Clone, Copy)]
pub(super) struct World<'a>(Option<&'a Known<'a>>);

/// The context with two indexes that are made when first needed: positions of
/// units, ordered by their group and by their name.
#[derive(Debug)]
pub(super) struct Known<'a> {
    context: Context<'a>,
    by_group: OnceLock<Vec<usize>>,
    by_name: OnceLock<Vec<usize>>,
}

impl<'a> Known<'a> {
    pub(super) fn new(context: &Context<'a>) -> Self {
        Known { context: *context, by_group: OnceLock::new(), by_name: OnceLock::new() }
    }

    /// Whether a unit with this id is in the register.
    pub(super) fn has_unit(&self, id: &str) -> bool {
        // The register is sorted by id.
        self.units().binary_search_by(|unit| unit.id.as_str().cmp(id)).is_ok()
    }

    /// Whether some unit belongs to the group.
    pub(super) fn has_group(&self, group: &str) -> bool {
        let group_of = |at: &usize| self.units()[*at].group.as_deref();
        let index = self.by_group.get_or_init(|| sorted_by(self.units(), |unit| unit.group.as_deref()));
        index.binary_search_by(|at| group_of(at).cmp(&Some(group))).is_ok()
    }

    /// The id of the first unit with this name.
    pub(super) fn unit_named(&self, name: &str) -> Option<&'a str> {
        let name_of = |at: usize| self.units()[at].name.as_str();
        let index = self.by_name.get_or_init(|| sorted_by(self.units(), |unit| unit.name.as_str()));
        let first = *index.get(index.partition_point(|at| name_of(*at) < name))?;
        (name_of(first) == name).then(|| self.units()[first].id.as_str())
    }

    /// The certificates of the inspectors with this name; people may share one.
    pub(super) fn inspectors_named(&self, name: &str) -> Vec<&'a str> {
        let named = self.context.register.inspectors.iter().filter(|inspector| inspector.name == name);
        let mut certificates: Vec<&str> = named.map(|inspector| inspector.certificate.as_str()).collect();
        // The versions of one person stand side by side.
        certificates.dedup();
        certificates
    }

    /// Whether an inspector with this certificate is in the register.
    pub(super) fn has_inspector(&self, certificate: &str) -> bool {
        let inspectors = &self.context.register.inspectors;
        inspectors.binary_search_by(|inspector| inspector.certificate.as_str().cmp(certificate)).is_ok()
    }

    /// Whether the item is in the list, or there is no list to look in.
    pub(super) fn has_item(&self, code: &str) -> bool {
        let items = &self.context.register.items;
        items.is_empty() || items.binary_search_by(|item| item.code.as_str().cmp(code)).is_ok()
    }

    fn units(&self) -> &'a [Unit] {
        &self.context.register.units
    }
}

impl<'a> World<'a> {
    pub(super) const STORED: World<'static> = World(None);

    pub(super) fn of(known: &'a Known<'a>) -> Self {
        World(Some(known))
    }

    pub(super) fn known(self) -> Option<&'a Known<'a>> {
        self.0
    }

    pub(super) fn is_stored(self) -> bool {
        self.0.is_none()
    }

    pub(super) fn gazetteer(self) -> Option<&'a Gazetteer> {
        self.0.map(|known| known.context.gazetteer)
    }

    pub(super) fn reference(self) -> Option<Date> {
        self.0.map(|known| known.context.reference)
    }
}

fn sorted_by<'a, K: Ord>(units: &'a [Unit], key: impl Fn(&'a Unit) -> K) -> Vec<usize> {
    let mut index: Vec<usize> = (0..units.len()).collect();
    // Stable: units with one key stay in the order of their ids.
    index.sort_by_key(|at| key(&units[*at]));
    index
}
