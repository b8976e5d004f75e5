//! The scenario of a simulation: everything it assumes besides the registers and the
//! policy. Every assumption is one line of the file, with its unit and its source; what
//! nobody has measured says `assumed`.

mod raw;
mod resolve;
mod unit;

pub use unit::LineUnit;

use crate::config::Source;
use crate::lang::Said;
use crate::policy::{Fraction, Policy, QuotaSize, StratumRule};
use crate::problem::Outcome;
use crate::register::Class;
use std::collections::{BTreeMap, BTreeSet};

/// What a simulation assumes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// Its name, for people.
    pub name: String,
    /// Months that a trial lasts, 12 to 120 and whole years: coverage is told within 12,
    /// 24 and 36 months as far as they last.
    pub months: u32,
    /// A year whose working days stand for those of years that nobody has announced, month
    /// by month and day by day.
    pub calendar_year: i32,
    /// What a day of an inspector holds.
    pub day: Day,
    /// The way to a visit.
    pub travel: Travel,
    /// Drawn visits.
    pub visits: Visits,
    /// Work that is not drawn, in the order of the file.
    pub works: Vec<Work>,
    /// Second looks, which follow from notices.
    pub reinspections: Reinspections,
    /// When inspectors are away.
    pub leave: Leave,
    /// What happens when a certificate expires.
    pub certificates: Certificates,
    /// Units that close and open.
    pub churn: Churn,
    /// What it may be compared with, in the order of the file.
    pub variants: Vec<Variant>,
    /// Every assumption as it stands in the file, in its order.
    pub assumptions: Vec<Assumption>,
}

/// One line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumption {
    /// Where it stands, such as `day.minutes` or `work.complaint.yearly`.
    pub key: String,
    /// What it is.
    pub name: Said,
    /// The value as written; of a list, with commas.
    pub value: String,
    /// Its unit as written, see [`LineUnit`].
    pub unit: String,
    /// Where it comes from.
    pub source: String,
    /// Whether nobody has measured it: the source begins with `assumed` or 假定.
    pub assumed: bool,
}

/// Least, most likely and greatest value of a triangular distribution; least ≤ likely ≤
/// greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Triangle {
    /// Never less.
    pub least: u32,
    /// The peak.
    pub likely: u32,
    /// Never more.
    pub most: u32,
}

/// What a day of an inspector holds, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Of a working day, for all work, the way there included.
    pub minutes: u32,
    /// Overtime on a working day, at most.
    pub overtime: u32,
    /// Overtime on a rest day, at most.
    pub rest_day: u32,
}

/// The way to a visit, there and back, in minutes; once a person, town and day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Travel {
    /// By zone of the town.
    pub zones: BTreeMap<String, u32>,
    /// On top of it for somebody of another zone.
    pub elsewhere: u32,
}

/// Drawn visits: their planned minutes are the policy's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visits {
    /// Minutes that a visit takes, in hundredths of those planned.
    pub length: Triangle,
    /// How many of them end with a notice to put something right.
    pub notices: Fraction,
}

/// One kind of work that is not drawn. It arrives at random (a Poisson process), at a town
/// in proportion to the units there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Key.
    pub id: String,
    /// Its name, for people.
    pub name: String,
    /// How many a year, in all towns of the register.
    pub yearly: u32,
    /// When in the year.
    pub season: Season,
    /// Whether it also comes on rest days.
    pub on_rest_days: bool,
    /// Whether it goes before everything else and is done on rest days too.
    pub urgent: bool,
    /// By when it has to be done.
    pub limit: Limit,
    /// Minutes at the place of the lead.
    pub lead: Triangle,
    /// Minutes at the place of the assistant.
    pub assistant: Triangle,
    /// Minutes a person and day that are spent on it at most: long cases go on for days.
    pub daily: Option<u32>,
    /// How many of them end with a notice to put something right.
    pub notices: Fraction,
}

/// When in the year work comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Season {
    /// By month, January first: weights, not all of them 0.
    Months([u32; 12]),
    /// On these days only, evenly: first and last as (month, day); a festival's surge.
    Days(Vec<((u32, u32), (u32, u32))>),
}

/// By when work has to be done, from the day after it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Calendar days.
    Days(u32),
    /// Working days.
    WorkingDays(u32),
}

/// Second looks (复查).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reinspections {
    /// Days that a notice gives.
    pub notice_days: Triangle,
    /// Working days from its last day until the second look (令120 Art 22).
    pub within: u32,
    /// Minutes at the place of the lead.
    pub lead: Triangle,
    /// Minutes at the place of the assistant.
    pub assistant: Triangle,
}

/// When inspectors are away, besides the leave in the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leave {
    /// Leaves a person and year, on days at random, known before the draw.
    pub yearly: u32,
    /// Calendar days of each.
    pub days: u32,
    /// Sick leaves of a hundred people a year; nobody knows of them before the draw.
    pub sick_yearly: u32,
    /// Calendar days of each.
    pub sick_days: Triangle,
}

/// What happens when a certificate expires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Certificates {
    /// How many are renewed late.
    pub late: Fraction,
    /// Days without a certificate then.
    pub gap_days: u32,
}

/// Units that close and open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Churn {
    /// Share of the units of a class that close in a year; 0 for classes not named.
    pub closing: BTreeMap<Class, Fraction>,
    /// Units of a class that open in a year; 0 for classes not named.
    pub opening: BTreeMap<Class, u32>,
}

/// What the scenario is compared with: the same with these changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Key.
    pub id: String,
    /// Its name, for people.
    pub name: String,
    /// The changes.
    pub change: Change,
}

/// Changes to policy, people and work; nothing where nothing is said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Change {
    /// Another policy file, by its name: beside the scenario, or else in the office folder.
    pub policy: Option<String>,
    /// `Some(true)`: everybody works everywhere, and no share is exchanged; `Some(false)`: in
    /// the home zone only.
    pub pooled: Option<bool>,
    /// Share of drawn units that other zones visit.
    pub exchange: Option<Fraction>,
    /// Towns that go to another zone: code and key.
    pub towns: BTreeMap<String, String>,
    /// Leads added to a zone.
    pub inspectors: BTreeMap<String, u32>,
    /// Sizes of the quotas of strata, by key; see [`Change::quota`].
    pub quotas: BTreeMap<String, QuotaSize>,
    /// How many a year of a kind of work, by key.
    pub yearly: BTreeMap<String, u32>,
}

impl Scenario {
    /// Reads and checks a file in the form of `config/scenario.toml`.
    ///
    /// # Errors
    /// [`crate::problem::Kind::Policy`], with the line and column of the first setting that
    /// is wrong and how to mend it.
    pub fn read(name: &str, text: &str) -> Outcome<Scenario> {
        let source = Source { name, text };
        resolve::scenario(&source, &source.parse()?)
    }

    /// Checks a file that [`Scenario::read`] takes against the office's policy and those that
    /// its variants name, by the names of their files; variants that are not `wanted` by their
    /// keys need not fit.
    ///
    /// # Errors
    /// [`crate::problem::Kind::Policy`], with the place in the scenario's file: a zone, town
    /// or stratum that the policy does not have, a zone without the way to it, a policy that
    /// is not among `others`, an exchange between zones where everybody works everywhere.
    pub fn check_against(
        name: &str,
        text: &str,
        policy: &Policy,
        others: &BTreeMap<String, Policy>,
        wanted: &BTreeSet<&str>,
    ) -> Outcome<()> {
        let source = Source { name, text };
        resolve::fit(&source, &source.parse()?, policy, others, wanted)
    }
}

impl Change {
    /// The size of the quota of a stratum: the one given here, rounded as the policy rounds
    /// the stratum's own share, or the policy's.
    pub fn quota(&self, rule: &StratumRule) -> QuotaSize {
        match (self.quotas.get(&rule.id), rule.quota.size) {
            (Some(QuotaSize::Share(share, _)), QuotaSize::Share(_, rounding)) => {
                QuotaSize::Share(*share, rounding)
            }
            (Some(size), _) => *size,
            (None, size) => size,
        }
    }
}
