//! Which of the office's columns feeds which of our fields: the tables
//! `[units]`, `[inspectors]`, `[items]` and `[recusals]` of its configuration.
//!
//! ```toml
//! [units]
//! file = "tables/units.csv"
//! sheet = "名录"                        # xlsx only; the first visible one if left out
//! heading_row = 2                       # 1 if left out
//! [units.columns]                       # our field = their heading
//! name = "企业名称"
//! town = { recognise = "注册地址" }      # find the town in an address
//! class = { value = "general" }         # the same for every row
//! [units.values.class]                  # their word = our word
//! "人密重点" = "key-crowd"
//! ```
//!
//! A field that is not mapped takes the column with its official heading, if
//! the table has one.

use super::field::{Entry, Field};
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// How one table of the office is read as entries of type `T`.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "T: Entry"))]
pub struct TableMapping<T> {
    /// The file, for the shell to find; never opened here.
    pub file: String,
    /// Sheet of a workbook; the first visible one if `None`.
    #[serde(default)]
    pub sheet: Option<String>,
    /// Row with the headings, from 1; title rows may stand above it.
    #[serde(default = "first_row")]
    pub heading_row: u32,
    /// Our field → where its values come from.
    #[serde(default)]
    pub columns: BTreeMap<FieldKey<T>, Column>,
    /// Our field → their word → our word. An empty word of ours means "no value".
    #[serde(default)]
    pub values: BTreeMap<FieldKey<T>, BTreeMap<String, String>>,
}

impl<T> Default for TableMapping<T> {
    /// A table with official headings in its first row.
    fn default() -> Self {
        TableMapping {
            file: String::new(),
            sheet: None,
            heading_row: first_row(),
            columns: BTreeMap::new(),
            values: BTreeMap::new(),
        }
    }
}

impl<T> Clone for TableMapping<T> {
    fn clone(&self) -> Self {
        TableMapping {
            file: self.file.clone(),
            sheet: self.sheet.clone(),
            heading_row: self.heading_row,
            columns: self.columns.clone(),
            values: self.values.clone(),
        }
    }
}

fn first_row() -> u32 {
    1
}

/// Where the values of a field come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    /// The column with this heading.
    Heading(String),
    /// The town's name somewhere in the column with this heading.
    Recognise(String),
    /// This value for every row.
    Value(String),
}

impl<'de> Deserialize<'de> for Column {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ColumnVisitor)
    }
}

struct ColumnVisitor;

impl<'de> Visitor<'de> for ColumnVisitor {
    type Value = Column;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a heading, { recognise = \"heading\" } or { value = \"value\" }")
    }

    fn visit_str<E: de::Error>(self, heading: &str) -> Result<Column, E> {
        Ok(Column::Heading(heading.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Column, A::Error> {
        let column = match map.next_entry::<String, String>()? {
            Some((key, heading)) if key == "recognise" => Column::Recognise(heading),
            Some((key, value)) if key == "value" => Column::Value(value),
            Some((key, _)) => return Err(de::Error::unknown_field(&key, &["recognise", "value"])),
            None => return Err(de::Error::invalid_length(0, &self)),
        };
        match map.next_key::<String>()? {
            None => Ok(column),
            Some(_) => Err(de::Error::invalid_length(2, &self)),
        }
    }
}

/// The key of a field of `T`; one that `T` does not have cannot be made.
pub struct FieldKey<T> {
    key: &'static str,
    table: PhantomData<fn() -> T>,
}

impl<T: Entry> FieldKey<T> {
    /// The field called `key`, if `T` has it.
    pub fn new(key: &str) -> Option<Self> {
        let field: &Field = T::FIELDS.iter().find(|field| field.key == key)?;
        Some(FieldKey { key: field.key, table: PhantomData })
    }
}

impl<T> FieldKey<T> {
    /// The key itself.
    pub fn as_str(&self) -> &'static str {
        self.key
    }
}

impl<'de, T: Entry> Deserialize<'de> for FieldKey<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = String::deserialize(deserializer)?;
        FieldKey::new(&key).ok_or_else(|| {
            let known: Vec<&str> = T::FIELDS.iter().map(|field| field.key).collect();
            de::Error::custom(format!("unknown field `{key}`; {} has {}", T::TABLE, known.join(", ")))
        })
    }
}

// Derived impls would ask the same of `T`, which is only a label here.
impl<T> Clone for FieldKey<T> {
    fn clone(&self) -> Self {
        FieldKey { key: self.key, table: PhantomData }
    }
}

impl<T> fmt::Debug for FieldKey<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key)
    }
}

impl<T> PartialEq for FieldKey<T> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl<T> Eq for FieldKey<T> {}

impl<T> PartialOrd for FieldKey<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for FieldKey<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.cmp(other.key)
    }
}
