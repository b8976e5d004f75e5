//! The scenario's file as written: every value keeps its place for messages.

use serde::Deserialize;
use std::collections::BTreeMap;
use toml::{Spanned, Value};

pub(super) type Text = Spanned<String>;
/// One assumption, in one line.
pub(super) type Line = Spanned<Parts>;
/// Lines by a key that the file chooses: a zone's, a class's.
pub(super) type Lines = BTreeMap<String, Line>;

/// Read whole or not, so that the resolver can say what is missing and why it is wanted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Parts {
    pub value: Option<Spanned<Value>>,
    pub unit: Option<Text>,
    pub source: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scenario {
    pub version: Spanned<u32>,
    pub name: Text,
    pub months: Spanned<u32>,
    pub calendar: Calendar,
    pub day: Day,
    pub travel: Travel,
    pub visits: Visits,
    pub reinspections: Reinspections,
    pub leave: Leave,
    pub certificates: Certificates,
    #[serde(default)]
    pub closing: Lines,
    #[serde(default)]
    pub opening: Lines,
    #[serde(default)]
    pub work: Vec<Work>,
    #[serde(default)]
    pub variant: Vec<Variant>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Calendar {
    pub like_year: Line,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Day {
    pub minutes: Line,
    pub overtime: Line,
    pub rest_day: Line,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Travel {
    pub zones: Spanned<Lines>,
    pub elsewhere: Line,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Visits {
    pub length: Line,
    pub notices: Line,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reinspections {
    pub notice_days: Line,
    pub within: Line,
    pub lead: Line,
    pub assistant: Line,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Leave {
    pub yearly: Line,
    pub days: Line,
    pub sick_yearly: Line,
    pub sick_days: Line,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Certificates {
    pub late: Line,
    pub gap_days: Line,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Work {
    pub id: Text,
    pub name: Text,
    pub yearly: Line,
    pub months: Option<Line>,
    pub days: Option<Line>,
    #[serde(default)]
    pub on_rest_days: bool,
    #[serde(default)]
    pub urgent: bool,
    pub within: Line,
    pub lead: Line,
    pub assistant: Line,
    pub daily: Option<Line>,
    pub notices: Option<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Variant {
    pub id: Text,
    pub name: Text,
    pub policy: Option<Text>,
    pub zones: Option<Text>,
    pub exchange: Option<Text>,
    #[serde(default)]
    pub towns: BTreeMap<String, Text>,
    #[serde(default)]
    pub inspectors: BTreeMap<String, Spanned<u32>>,
    #[serde(default)]
    pub quotas: BTreeMap<String, Spanned<Quota>>,
    #[serde(default)]
    pub yearly: BTreeMap<String, Spanned<u32>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Quota {
    Count(u64),
    Share(String),
    /// Read so that the resolver can say what is wanted instead.
    Other(serde::de::IgnoredAny),
}
