//! The policy file as written: every value keeps its place for messages.

use serde::Deserialize;
use std::collections::BTreeMap;
use toml::{Spanned, Value};

type Text = Spanned<String>;
type Texts = Spanned<Vec<Text>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Policy {
    pub version: Spanned<u32>,
    pub office: Office,
    pub draw: Draw,
    #[serde(default)]
    pub zone: Vec<Zone>,
    #[serde(default)]
    pub town: Vec<Town>,
    pub limits: Limits,
    #[serde(default)]
    pub stratum: Vec<Stratum>,
    #[serde(default)]
    pub exclude: Vec<Exclude>,
    pub team: Team,
    pub workload: Workload,
    pub schedule: Option<Schedule>,
    pub odds: Option<Odds>,
    pub escrow: Option<Escrow>,
    #[serde(default)]
    pub beacon: Vec<Spanned<Beacon>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Office {
    pub id: Text,
    pub name: Text,
    pub parties: Texts,
    pub suite: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Draw {
    pub items: Texts,
    pub secrecy: BTreeMap<String, Text>,
    pub close_within_days: Spanned<u32>,
    pub open_within_days: Spanned<u32>,
    pub margin_minutes: Option<Spanned<u32>>,
    pub naming: Text,
    pub publish: Texts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Zone {
    pub id: Text,
    pub name: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Town {
    pub code: Text,
    pub name: Text,
    pub zone: Text,
    pub from: Option<Spanned<Value>>,
    pub until: Option<Spanned<Value>>,
    pub successor: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Limits {
    pub cooldown_months: u32,
    pub yearly_at_least: u32,
    pub yearly_at_most: Spanned<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stratum {
    pub id: Text,
    pub name: Option<Text>,
    pub classes: Texts,
    pub credit: Option<Texts>,
    pub tags: Option<Texts>,
    pub by_zone: Option<bool>,
    pub quota: Spanned<Quota>,
    pub round: Option<Text>,
    #[serde(default)]
    pub floor: u64,
    pub cap: Option<Spanned<u64>>,
    pub cooldown_months: Option<u32>,
    pub yearly_at_least: Option<u32>,
    pub yearly_at_most: Option<Spanned<u32>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Quota {
    Count(u64),
    Share(String),
    /// Read so that the resolver can say what is wanted instead.
    Other(serde::de::IgnoredAny),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exclude {
    pub unit: Text,
    pub reason: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Team {
    pub slots: Texts,
    pub zones: Text,
    pub rotate: Text,
    pub exchange: Option<Text>,
    #[serde(default)]
    pub departments: BTreeMap<String, Text>,
    #[serde(default)]
    pub shape: Vec<Shape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shape {
    pub items: Texts,
    pub slots: Texts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Workload {
    pub visit_minutes: Spanned<PerRole>,
    pub capacity_hours: PerRole,
    pub leave_excludes_from_days: Spanned<u32>,
    pub band_minutes: Option<Spanned<Vec<u32>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Schedule {
    pub day_minutes: Spanned<PerRole>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Odds {
    pub dry_draws: Spanned<u32>,
    pub largest_pair_probability: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Escrow {
    pub custodians: Texts,
    pub threshold: Spanned<u32>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(deny_unknown_fields)]
pub(super) struct PerRole {
    pub lead: u32,
    pub assistant: u32,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum Beacon {
    Dice { sides: u32, rolls: u32 },
    Balls { of: u32, count: u32 },
    Lottery { game: String },
    Drand { chain: String },
}
