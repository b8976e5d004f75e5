//! The policy: everything that can change a result. Its file is hashed into the
//! commitment; ordinary configuration (paths, column names) lives elsewhere.

mod fraction;
mod raw;
mod resolve;
mod team;

pub use fraction::Fraction;
pub use team::{Role, Rotation, Shape, TEAM_SIZES, Team, is_team};

use crate::config::{Source, unsettled};
use crate::digest::Suite;
use crate::ids::is_key;
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::register::{Class, Credit};
use crate::said;
use crate::seed::{Beacon, CUSTODIANS, DrandChain, Lottery};
use crate::time::{Date, Period};
use crate::vocabulary;
use std::collections::{BTreeMap, BTreeSet};

/// The rules of an office's draws, checked against each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Key of the office in draw numbers.
    pub office: String,
    /// 机关名称, printed only.
    pub office_name: String,
    /// What everything in its records is hashed with.
    pub suite: Suite,
    /// Parties that bring a nonce, the office first.
    pub parties: Vec<String>,
    /// Codes of the items checked in a draw.
    pub items: Vec<String>,
    /// Items announced before the visit; all others are secret until then.
    pub announced: BTreeSet<String>,
    /// Days from commitment to the latest closing.
    pub close_within_days: u32,
    /// Minutes from the commitment to the first public event, at least.
    pub margin_minutes: u32,
    /// Days after the last day of the window until everything must be opened.
    pub open_within_days: u32,
    /// How inspectors are named in public.
    pub naming: Naming,
    /// Fields of units shown in public; all others stay behind commitments.
    pub publish: BTreeSet<PublicField>,
    /// 片区, by key.
    pub zones: BTreeMap<String, String>,
    /// 镇街 with their zones and periods, in the order of the file.
    pub towns: Vec<Town>,
    /// Strata; a unit goes to the first that takes it.
    pub strata: Vec<StratumRule>,
    /// Units left out by decision, by id.
    pub excluded: BTreeMap<String, ListedExclusion>,
    /// The teams of visits.
    pub team: Team,
    /// What one month of an inspector holds.
    pub workload: Workload,
    /// How much of a day visits may take; visits get no days if the policy says nothing.
    pub schedule: Option<ScheduleRule>,
    /// How predictable teams may be; nothing is measured if the policy says nothing.
    pub odds: Option<OddsRule>,
    /// Who holds shares of the office's nonce in sealed draws; nobody if the policy says nothing.
    pub escrow: Option<EscrowRule>,
    /// Public events that feed the seed; issues and rounds are named at the commitment.
    pub beacons: Vec<BeaconRule>,
}

/// A town or street with the period in which it belongs to the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Town {
    /// Statistical code, 9 digits.
    pub code: String,
    /// Official name, with 街道 or 镇.
    pub name: String,
    /// Key of the zone.
    pub zone: String,
    /// When the town belongs to this zone of this office.
    pub period: Period,
    /// Who has it afterwards, in words.
    pub successor: Option<String>,
}

/// One stratum, or one a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StratumRule {
    /// Key, first part of the stratum's label.
    pub id: String,
    /// Name for people, the key if none is given; changes nothing.
    pub name: String,
    /// Classes taken.
    pub classes: BTreeSet<Class>,
    /// Grades taken; `None` in the set stands for units without a grade. An
    /// empty set takes all.
    pub credit: BTreeSet<Option<Credit>>,
    /// Tags of which one is needed; empty takes all.
    pub tags: BTreeSet<String>,
    /// Whether every zone is a stratum of its own.
    pub by_zone: bool,
    /// How many are drawn.
    pub quota: QuotaRule,
    /// Months after an inspection during which a unit is not drawn again.
    pub cooldown_months: u32,
    /// Drawn visits a year that a unit must have, for `check` to compare with the quota.
    pub yearly_at_least: u32,
    /// Drawn visits a year that a unit may have.
    pub yearly_at_most: u32,
}

/// How many units of a stratum are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuotaRule {
    /// A count, or an exact fraction of the pool.
    pub size: QuotaSize,
    /// Never fewer, as far as there are units.
    pub floor: u64,
    /// Never more.
    pub cap: Option<u64>,
}

/// The size of a quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotaSize {
    /// This many.
    Count(u64),
    /// This part of the pool, rounded as said.
    Share(Fraction, Rounding),
}

vocabulary! {
    /// How a fraction of a pool becomes a whole number.
    Rounding {
        /// To the next higher whole number: for ratios that are a minimum.
        Up = "up", "进一";
        /// To the next lower whole number: for ratios that are a maximum.
        Down = "down", "舍去";
    }
}

vocabulary! {
    /// How inspectors are named in public.
    Naming {
        /// A fresh pseudonym in every draw.
        Pseudonym = "pseudonym", "每次另编化名";
        /// The certificate number.
        Certificate = "certificate", "执法证号";
    }
}

vocabulary! {
    /// Fields of a unit that may stand in the public register.
    PublicField {
        /// 所在镇街.
        Town = "town", "镇街";
        /// 单位类别.
        Class = "class", "单位类别";
        /// 信用风险等级.
        Credit = "credit", "信用风险等级";
        /// 行业标签.
        Tags = "tags", "行业标签";
        /// 单位名称.
        Name = "name", "单位名称";
    }
}

/// A unit left out by decision; the reason is public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedExclusion {
    /// Why, in words.
    pub reason: String,
}

/// A figure for each role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PerRole {
    /// For leads.
    pub lead: u32,
    /// For everybody else.
    pub assistant: u32,
}

impl PerRole {
    /// The figure of `role`.
    pub fn of(&self, role: &Role) -> u32 {
        match role {
            Role::Lead => self.lead,
            Role::Assistant | Role::Expert | Role::Department(_) => self.assistant,
        }
    }
}

/// The most bands of duration that a policy may have.
pub const MAX_BANDS: usize = 4;

/// What one month of an inspector holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workload {
    /// Minutes that a standard visit takes in each role.
    pub visit_minutes: PerRole,
    /// Minutes a month for drawn visits, by the highest role a person has.
    pub capacity_minutes: PerRole,
    /// Days of leave in the window from which a person is not paired at all.
    pub leave_excludes_from_days: u32,
    /// Minutes that end a band of duration (时长档), rising: a visit that takes longer
    /// belongs to a later band. Empty: all visits are of one band.
    pub band_minutes: Vec<u32>,
}

impl Workload {
    /// Number of bands of duration.
    pub fn bands(&self) -> usize {
        self.band_minutes.len() + 1
    }

    /// The band of a visit that takes so many minutes.
    pub fn band(&self, minutes: u32) -> usize {
        self.band_minutes.partition_point(|end| *end < minutes)
    }
}

/// How much of a day visits may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScheduleRule {
    /// Minutes of a working day for drawn visits, the way there included, by the highest
    /// role a person has; a standard visit of that role fits.
    pub day_minutes: PerRole,
}

/// How predictable teams may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OddsRule {
    /// Dry draws that measure it, 1 to 1,000,000.
    pub dry_draws: u32,
    /// No inspector may visit a drawn unit with a greater probability.
    pub largest: Fraction,
}

/// Who holds shares of the office's nonce in sealed draws.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EscrowRule {
    /// Keys of the custodians, in the order of their shares.
    pub custodians: Vec<String>,
    /// How many of them open a draw together.
    pub threshold: u32,
}

impl EscrowRule {
    /// Whether there can be such custodians: 2 ≤ threshold ≤ custodians ≤ 9, all
    /// of them different keys.
    pub fn is_sound(&self) -> bool {
        let (count, threshold) = (self.custodians.len(), self.threshold as usize);
        let different = self.custodians.iter().collect::<BTreeSet<_>>().len() == count;
        let keys = self.custodians.iter().all(|custodian| is_key(custodian));
        different && keys && CUSTODIANS.contains(&count) && (*CUSTODIANS.start()..=count).contains(&threshold)
    }
}

/// A public event demanded by the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BeaconRule {
    /// See [`crate::seed::Beacon::Dice`].
    Dice {
        /// Faces.
        sides: u32,
        /// Rolls.
        rolls: u32,
    },
    /// See [`crate::seed::Beacon::Balls`].
    Balls {
        /// Balls in the drum.
        of: u32,
        /// Balls drawn.
        count: u32,
    },
    /// A lottery; the commitment names issue and day.
    Lottery(Lottery),
    /// A chain of drand; the commitment names the round.
    Drand(DrandChain),
}

impl BeaconRule {
    /// Whether `beacon` is such an event, whatever its issue, day or round.
    pub fn takes(&self, beacon: &Beacon) -> bool {
        match *beacon {
            Beacon::Dice { sides, rolls } => *self == BeaconRule::Dice { sides, rolls },
            Beacon::Balls { of, count } => *self == BeaconRule::Balls { of, count },
            Beacon::Lottery { game, .. } => *self == BeaconRule::Lottery(game),
            Beacon::Drand { chain, .. } => *self == BeaconRule::Drand(chain),
        }
    }

    /// The event itself where the policy says everything: dice and balls.
    pub fn in_the_room(&self) -> Option<Beacon> {
        match *self {
            BeaconRule::Dice { sides, rolls } => Some(Beacon::Dice { sides, rolls }),
            BeaconRule::Balls { of, count } => Some(Beacon::Balls { of, count }),
            BeaconRule::Lottery(_) | BeaconRule::Drand(_) => None,
        }
    }

    /// Whole bits of entropy that its outcome has, see [`Beacon::bits`].
    pub fn bits(&self) -> u32 {
        match self {
            BeaconRule::Lottery(game) => game.bits(),
            BeaconRule::Drand(_) => DrandChain::BITS,
            BeaconRule::Dice { .. } | BeaconRule::Balls { .. } => {
                self.in_the_room().map_or(0, |beacon| beacon.bits())
            }
        }
    }
}

impl Policy {
    /// Reads and checks a policy file.
    ///
    /// # Errors
    /// [`crate::problem::Kind::Policy`], with the line and column of the first
    /// setting that is wrong and how to mend it.
    pub fn read(name: &str, text: &str) -> Outcome<Policy> {
        let source = Source { name, text };
        let policy = resolve::policy(&source, source.parse()?)?;
        // What is committed has to be read alike by every verifier.
        let Some(Said { zh, en }) = unsettled(text) else { return Ok(policy) };
        let what = said!("各家程序的读法可能不同：{zh}", "other programs may read it otherwise: {en}");
        let remedy = said!("改用 docs/spec/policy.md 允许的写法", "write it as docs/spec/policy.md allows");
        Err(Problem::new(Kind::Policy, what, remedy).at(name.to_owned()))
    }

    /// The town `code` on `day`, if it belongs to the office then.
    pub fn town_on(&self, code: &str, day: Date) -> Option<&Town> {
        self.towns.iter().find(|town| town.code == code && town.period.contains(day))
    }

    /// A stratum by the names of its rule and its zone; what is not known keeps its key.
    pub fn stratum_called(&self, label: &str) -> String {
        let (id, zone) = label.split_once('/').map_or((label, None), |(id, zone)| (id, Some(zone)));
        let rule = self.strata.iter().find(|rule| rule.id == id).map_or(id, |rule| rule.name.as_str());
        match zone {
            Some(zone) => format!("{rule}/{}", self.zones.get(zone).map_or(zone, String::as_str)),
            None => rule.to_owned(),
        }
    }

    /// A town as it was last called; its code if it is not known.
    pub fn town_called(&self, code: &str) -> String {
        let named = self.towns.iter().rev().find(|town| town.code == code);
        named.map_or(code, |town| &town.name).to_owned()
    }

    /// Bits of entropy that the public events have together.
    pub fn beacon_bits(&self) -> u64 {
        self.beacons.iter().map(|rule| u64::from(rule.bits())).sum()
    }

    /// Whether the office and one witness together could try all outcomes of the
    /// public events beforehand: fewer than 60 bits, and not two nonces that the
    /// office did not make.
    pub fn is_guessable(&self) -> bool {
        self.beacon_bits() < 60 && self.parties.len() < 3
    }

    /// Whether a draw of these items must stay sealed until after the visits.
    pub fn is_sealed(&self) -> bool {
        self.items.iter().any(|code| !self.announced.contains(code))
    }

    /// Who holds shares of the office's nonce in a draw of these items: nobody
    /// where the result is public with the record.
    pub fn custodians(&self) -> Option<&EscrowRule> {
        self.escrow.as_ref().filter(|_| self.is_sealed())
    }
}
