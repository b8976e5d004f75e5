//! What a table is made of: its fields, and how a row becomes an entry.

use super::line::Line;
use super::rule::Rule;
use crate::time::Period;
use std::cmp::Ordering;

/// Keywords, each with its Chinese term.
pub type Words = Vec<(&'static str, &'static str)>;

/// A field of a table.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Our name for it, used in mappings.
    pub key: &'static str,
    /// The official heading, used in canonical tables.
    pub heading: &'static str,
    /// The rule broken by a row without a value, if one is required.
    pub required: Option<Rule>,
    /// For a field of keywords, all of them, each with its Chinese term.
    pub words: Option<fn() -> Words>,
    /// Whether an address can give the value.
    pub recognisable: bool,
}

impl Field {
    /// An optional field.
    pub const fn new(key: &'static str, heading: &'static str) -> Self {
        Field { key, heading, required: None, words: None, recognisable: false }
    }

    /// The same, with a value in every row.
    pub const fn required(self) -> Self {
        self.required_by(Rule::MissingValue)
    }

    /// The same, with a value in every row because `rule` says so.
    pub const fn required_by(mut self, rule: Rule) -> Self {
        self.required = Some(rule);
        self
    }

    /// The same, with values from a list of keywords.
    pub const fn words(mut self, words: fn() -> Words) -> Self {
        self.words = Some(words);
        self
    }

    /// The same, with values that an address can give.
    pub const fn recognisable(mut self) -> Self {
        self.recognisable = true;
        self
    }
}

/// Something a row of a table describes: a unit, an inspector, an item, a recusal.
pub trait Entry: Sized + Send + Sync + PartialEq {
    /// The table's key in the configuration.
    const TABLE: &'static str;
    /// What the table is called in Chinese.
    const NAME: &'static str;
    /// The fields, in the order of the canonical table.
    const FIELDS: &'static [Field];
    /// Whether an id stands for one thing only; the rows of one id are then
    /// its versions, and no two of them may be in effect on one day.
    const UNIQUE: bool;

    /// Reads a row. `None` only after a finding that rejects it.
    fn read(line: &mut Line<'_>) -> Option<Self>;

    /// The canonical cells, one a field.
    fn cells(&self) -> Vec<String>;

    /// The id that names the entry.
    fn id(&self) -> &str;

    /// When this version is in effect.
    fn period(&self) -> Period {
        Period::default()
    }

    /// The order of the register.
    fn order(&self, other: &Self) -> Ordering {
        self.id().cmp(other.id()).then_with(|| self.period().cmp(&other.period()))
    }
}
