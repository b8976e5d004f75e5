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
