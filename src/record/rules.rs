//! What a verifier reads in a published policy.toml (docs/spec/policy.md).
//!
//! Kept apart from the office's reading of its policy on purpose: that one
//! grows with the product and refuses what it does not know, while a record
//! must verify for decades, with whatever else its policy holds.

use super::{Mode, PublishedQuota};
use crate::config::{complaint, unsettled};
use crate::digest::Suite;
use crate::ids::is_key;
use crate::lang::Said;
use crate::policy::{
    BeaconRule, EscrowRule, Fraction, OddsRule, PublicField, QuotaRule, QuotaSize, Role, Rounding,
};
use crate::said;
use crate::seed::{DrandChain, Lottery};
use crate::time::{Date, Period};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::value::Datetime;

/// The rules of a published policy that verification holds a draw against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Key of the office.
    pub office: String,
    /// What everything in the record is hashed with.
    pub suite: Suite,
    /// Parties, in order.
    pub parties: Vec<String>,
    /// Open if every item is announced.
    pub mode: Mode,
    /// Days from commitment to closing.
    pub close_within_days: u32,
    /// Minutes from the commitment to the first public event.
    pub margin_minutes: u32,
    /// Days from the end of the window to the opening.
    pub open_within_days: u32,
    /// Published fields of units.
    pub publish: BTreeSet<PublicField>,
    /// Roles of the slots of every team, the usual one first.
    pub teams: Vec<Vec<Role>>,
    /// The part of the drawn units that is visited from other zones.
    pub exchange: Option<Fraction>,
    /// Bands of duration.
    pub bands: usize,
    /// Quota rules, in order.
    pub quotas: Vec<PublishedQuota>,
    /// Classes that each rule takes, by their keys: a later policy may know more of them.
    pub classes: BTreeMap<String, BTreeSet<String>>,
    /// Names of the rules for people, by key.
    pub names: BTreeMap<String, String>,
    /// Names of the zones for people, by key.
    pub zones: BTreeMap<String, String>,
    /// Towns: code, zone, period.
    pub towns: Vec<RuledTown>,
    /// Whether the visits get days.
    pub schedule: bool,
    /// How predictable teams may be, if it says so.
    pub odds: Option<OddsRule>,
    /// Who holds shares of the office's nonce in sealed draws, if it says so.
    pub escrow: Option<EscrowRule>,
    /// Public events, in order; lotteries and pulses without issue or round.
    pub beacons: Vec<BeaconRule>,
    /// Units left out by decision, with the reason given.
    pub excluded: BTreeMap<String, String>,
}

/// A town as verification needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuledTown {
    /// Statistical code.
    pub code: String,
    /// Key of the zone.
    pub zone: String,
    /// When it belongs there.
    pub period: Period,
    /// Who has it afterwards.
    pub successor: Option<String>,
}

impl Rules {
    /// Reads policy.toml, or says what is wrong.
    pub fn read(bytes: &[u8]) -> Result<Rules, Said> {
        let text = std::str::from_utf8(bytes).map_err(|_| said!("不是 UTF-8", "not UTF-8"))?;
        let raw: Raw = toml::from_str(text).map_err(|error| complaint(error.message()))?;
        if let Some(odd) = unsettled(text) {
            return Err(odd);
        }
        raw.rules(toml::from_str(text).unwrap_or_default())
            .ok_or_else(|| said!("有的设置超出范围", "a setting is out of range"))
    }

    /// A stratum's label in the words of the policy: `一般单位A级 第一片区`.
    pub fn label_for_people(&self, label: &str) -> String {
        let named =
            |names: &BTreeMap<String, String>, key: &str| names.get(key).cloned().unwrap_or(key.to_owned());
        match label.split_once('/') {
            Some((rule, zone)) => format!("{} {}", named(&self.names, rule), named(&self.zones, zone)),
            None => named(&self.names, label),
        }
    }

    /// The town `code` on `day`, if it belongs to the office then.
    pub fn town_on(&self, code: &str, day: Date) -> Option<&RuledTown> {
        self.towns.iter().find(|town| town.code == code && town.period.contains(day))
    }
}

#[derive(Deserialize)]
struct Raw {
    office: RawOffice,
    draw: RawDraw,
    team: RawTeam,
    workload: RawWorkload,
    schedule: Option<toml::Table>,
    odds: Option<RawOdds>,
    escrow: Option<RawEscrow>,
    #[serde(default)]
    stratum: Vec<RawStratum>,
    #[serde(default)]
    town: Vec<RawTown>,
    #[serde(default)]
    beacon: Vec<RawBeacon>,
}

/// What is only told to people. A record verifies whatever stands there, so where it
/// cannot be read nothing is told.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Told {
    stratum: Vec<ToldStratum>,
    zone: Vec<ToldZone>,
    town: Vec<ToldTown>,
    exclude: Vec<ToldExclusion>,
}

#[derive(Deserialize)]
struct ToldStratum {
    id: String,
    name: Option<String>,
}

#[derive(Deserialize)]
struct ToldZone {
    id: String,
    name: String,
}

#[derive(Deserialize)]
struct ToldTown {
    successor: Option<String>,
}

#[derive(Deserialize)]
struct ToldExclusion {
    unit: String,
    reason: String,
}

#[derive(Deserialize)]
struct RawOffice {
    id: String,
    parties: Vec<String>,
    suite: Option<String>,
}

#[derive(Deserialize)]
struct RawDraw {
    items: Vec<String>,
    #[serde(default)]
    secrecy: BTreeMap<String, String>,
    close_within_days: u32,
    open_within_days: u32,
    #[serde(default)]
    margin_minutes: u32,
    publish: Vec<String>,
}

#[derive(Deserialize)]
struct RawTeam {
    slots: Vec<String>,
    exchange: Option<String>,
    #[serde(default)]
    shape: Vec<RawShape>,
}

#[derive(Deserialize)]
struct RawShape {
    slots: Vec<String>,
}

#[derive(Deserialize)]
struct RawWorkload {
    #[serde(default)]
    band_minutes: Vec<u32>,
}

#[derive(Deserialize)]
struct RawOdds {
    dry_draws: u32,
    largest_pair_probability: String,
}

#[derive(Deserialize)]
struct RawEscrow {
    custodians: Vec<String>,
    threshold: u32,
}

#[derive(Deserialize)]
struct RawStratum {
    id: String,
    classes: Vec<String>,
    quota: toml::Value,
    round: Option<String>,
    #[serde(default)]
    floor: u64,
    cap: Option<u64>,
}

#[derive(Deserialize)]
struct RawTown {
    code: String,
    zone: String,
    from: Option<Datetime>,
    until: Option<Datetime>,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum RawBeacon {
    Dice { sides: u32, rolls: u32 },
    Balls { of: u32, count: u32 },
    Lottery { game: String },
    Drand { chain: String },
}

impl Raw {
    fn rules(self, told: Told) -> Option<Rules> {
        let announced = |item: &String| self.draw.secrecy.get(item).is_some_and(|word| word == "announced");
        let open = self.draw.items.iter().all(announced);
        let classes = |s: &RawStratum| (s.id.clone(), s.classes.iter().cloned().collect());
        let shapes = self.team.shape.iter().map(|shape| &shape.slots);
        let teams = std::iter::once(&self.team.slots).chain(shapes);
        let mut successors = told.town.into_iter().map(|town| town.successor);
        Some(Rules {
            mode: if open { Mode::Open } else { Mode::Sealed },
            classes: self.stratum.iter().map(classes).collect(),
            names: told.stratum.into_iter().filter_map(|s| Some((s.id, s.name?))).collect(),
            zones: told.zone.into_iter().map(|zone| (zone.id, zone.name)).collect(),
            quotas: self.stratum.iter().map(RawStratum::quota).collect::<Option<_>>()?,
            publish: words(&self.draw.publish, PublicField::from_key)?,
            teams: teams.map(|slots| words(slots, Role::from_key)).collect::<Option<_>>()?,
            exchange: self
                .team
                .exchange
                .map(|share| share.parse().ok())
                .map_or(Some(None), |s| s.map(Some))?,
            bands: self.workload.band_minutes.len() + 1,
            towns: self.town.into_iter().map(|town| town.town(&mut successors)).collect::<Option<_>>()?,
            schedule: self.schedule.is_some(),
            odds: self.odds.map(|odds| odds.rule().ok_or(())).transpose().ok()?,
            escrow: self.escrow.map(|escrow| escrow.rule().ok_or(())).transpose().ok()?,
            beacons: self.beacon.into_iter().map(RawBeacon::beacon).collect::<Option<_>>()?,
            excluded: told.exclude.into_iter().map(|entry| (entry.unit, entry.reason)).collect(),
            suite: self.office.suite.map_or(Some(Suite::default()), |key| Suite::from_key(&key))?,
            office: self.office.id,
            parties: self.office.parties,
            close_within_days: self.draw.close_within_days,
            open_within_days: self.draw.open_within_days,
            margin_minutes: self.draw.margin_minutes,
        })
    }
}

fn words<T, C: FromIterator<T>>(words: &[String], from_key: fn(&str) -> Option<T>) -> Option<C> {
    words.iter().map(|word| from_key(word)).collect()
}

impl RawOdds {
    fn rule(&self) -> Option<OddsRule> {
        let largest = self.largest_pair_probability.parse().ok()?;
        Some(OddsRule { dry_draws: self.dry_draws, largest })
    }
}

impl RawEscrow {
    fn rule(self) -> Option<EscrowRule> {
        let rule = EscrowRule { custodians: self.custodians, threshold: self.threshold };
        rule.is_sound().then_some(rule)
    }
}

impl RawStratum {
    fn quota(&self) -> Option<PublishedQuota> {
        let rounding = Rounding::from_key(self.round.as_deref().unwrap_or("up"))?;
        let size = match &self.quota {
            toml::Value::Integer(count) => QuotaSize::Count(u64::try_from(*count).ok()?),
            toml::Value::String(text) => QuotaSize::Share(text.parse().ok()?, rounding),
            _ => return None,
        };
        let rule = QuotaRule { size, floor: self.floor, cap: self.cap };
        // TOML promises integers up to here; not every reader has larger ones.
        let fits = |limit: u64| i64::try_from(limit).is_ok();
        (is_key(&self.id) && fits(self.floor) && self.cap.is_none_or(fits))
            .then(|| PublishedQuota { id: self.id.clone(), rule })
    }
}

impl RawTown {
    fn town(self, successors: &mut impl Iterator<Item = Option<String>>) -> Option<RuledTown> {
        let date = |datetime: Option<Datetime>| match datetime {
            None => Some(None),
            Some(Datetime { date: Some(d), time: None, .. }) => {
                Date::new(i32::from(d.year), u32::from(d.month), u32::from(d.day)).map(Some)
            }
            Some(_) => None,
        };
        let period = Period { from: date(self.from)?, until: date(self.until)? };
        let successor = successors.next().flatten();
        Some(RuledTown { code: self.code, zone: self.zone, period, successor })
    }
}

impl RawBeacon {
    fn beacon(self) -> Option<BeaconRule> {
        Some(match self {
            RawBeacon::Dice { sides, rolls } => BeaconRule::Dice { sides, rolls },
            RawBeacon::Balls { of, count } => BeaconRule::Balls { of, count },
            RawBeacon::Lottery { game } => BeaconRule::Lottery(Lottery::from_key(&game)?),
            RawBeacon::Drand { chain } => BeaconRule::Drand(DrandChain::from_key(&chain)?),
        })
    }
}
