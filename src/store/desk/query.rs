//! Which tasks are wanted.

use crate::ids::DrawId;
use crate::task::{Kind, State};
use crate::time::Date;

/// Tasks that fit everything that is said; an empty query wants all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// Of this draw.
    pub draw: Option<DrawId>,
    /// Of this kind.
    pub kind: Option<Kind>,
    /// As far as this.
    pub state: Option<State>,
    /// Of this unit.
    pub unit: Option<String>,
    /// In this town, by code.
    pub town: Option<String>,
    /// In this zone, by key.
    pub zone: Option<String>,
    /// This officer goes or was there.
    pub officer: Option<String>,
    /// Visited, or else planned, on this day or later.
    pub from: Option<Date>,
    /// Visited, or else planned, on this day or earlier.
    pub until: Option<Date>,
}

impl Query {
    /// The condition in SQL on the tables of the store, and its values.
    pub(super) fn condition(&self) -> (String, Vec<String>) {
        let text = |value: &Option<String>| value.clone();
        let wanted = [
            ("draw = ?", self.draw.as_ref().map(DrawId::to_string)),
            ("kind = ?", self.kind.map(|kind| kind.key().to_owned())),
            ("state = ?", self.state.map(|state| state.key().to_owned())),
            ("unit = ?", text(&self.unit)),
            ("town = ?", text(&self.town)),
            ("zone = ?", text(&self.zone)),
            ("matter IN (SELECT matter FROM part WHERE certificate = ?)", text(&self.officer)),
            ("day >= ?", self.from.map(|day| day.to_string())),
            ("day <= ?", self.until.map(|day| day.to_string())),
        ];
        let (conditions, values): (Vec<&str>, Vec<String>) =
            wanted.into_iter().filter_map(|(condition, value)| Some((condition, value?))).unzip();
        (if conditions.is_empty() { "true".to_owned() } else { conditions.join(" AND ") }, values)
    }
}
