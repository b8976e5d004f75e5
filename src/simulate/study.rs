//! What a simulation found: figures with their Monte-Carlo error, in whole numbers.
//!
//! Values are in the unit of their measure: minutes, counts, or ten-thousandths. Means and
//! errors are in thousandths of it, because means of whole numbers are not whole.

use crate::eligibility::Bar;
use crate::policy::Fraction;
use crate::scenario::Assumption;
use crate::vocabulary;

vocabulary! {
    /// What is counted in a year of a zone, a person, or the whole office.
    Measure {
        /// Minutes worked, overtime and the way there included. By the people of the place.
        Minutes = "minutes", "工时";
        /// Minutes on the way. By the people of the place.
        Travel = "travel", "路途";
        /// Minutes beyond those of working days. By the people of the place.
        Overtime = "overtime", "加班";
        /// Minutes worked within the minutes of working days, of those there were.
        Utilisation = "utilisation", "工时利用率";
        /// Times somebody led. By the people of the place.
        Led = "led", "主办次数";
        /// Times somebody assisted, or came as anything else. By the people of the place.
        Assisted = "assisted", "协办次数";
        /// Drawn visits made; of a zone, in its towns; of a person, those he took part in.
        Drawn = "drawn", "抽查次数";
        /// Other work done, as Drawn.
        Other = "other", "其他工作件数";
        /// Work not done by its day: drawn visits by the end of their month. In the towns
        /// of the zone; of a person, what was his already.
        Late = "late", "逾期件数";
        /// Drawn visits that no day of the schedule could hold, in the towns of the zone;
        /// nothing for a person.
        Unplaced = "unplaced", "排不进日期的抽查";
        /// Drawn units that nobody could be found for, as Unplaced; they are not late.
        Unfilled = "unfilled", "找不到人去的单位";
        /// Minutes of work waiting at the end of a month, in the mean over months, as Late.
        Backlog = "backlog", "月末积压";
        /// Gini coefficient of the minutes worked by its people; nothing for a person.
        Gini = "gini", "工时基尼系数";
        /// Most minutes worked by one of its people less the least; nothing for a person.
        Span = "span", "工时最多最少之差";
    }
}

/// The unit of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Minutes; shown as hours.
    Minutes,
    /// Things counted.
    Count,
    /// Ten-thousandths; shown as per cent, or as a coefficient.
    Share,
}

impl Measure {
    /// The unit of its values.
    pub fn unit(self) -> Unit {
        match self {
            Measure::Minutes | Measure::Travel | Measure::Overtime | Measure::Backlog | Measure::Span => {
                Unit::Minutes
            }
            Measure::Utilisation | Measure::Gini => Unit::Share,
            Measure::Led
            | Measure::Assisted
            | Measure::Drawn
            | Measure::Other
            | Measure::Late
            | Measure::Unplaced
            | Measure::Unfilled => Unit::Count,
        }
    }
}

vocabulary! {
    /// What is followed month by month, for the office and its zones.
    Monthly {
        /// See [`Measure::Minutes`].
        Minutes = "minutes", "工时";
        /// See [`Measure::Utilisation`].
        Utilisation = "utilisation", "工时利用率";
        /// See [`Measure::Late`].
        Late = "late", "逾期件数";
        /// See [`Measure::Backlog`], at the end of the month.
        Backlog = "backlog", "月末积压";
    }
}

impl Monthly {
    /// The unit of its values.
    pub fn unit(self) -> Unit {
        match self {
            Monthly::Minutes | Monthly::Backlog => Unit::Minutes,
            Monthly::Utilisation => Unit::Share,
            Monthly::Late => Unit::Count,
        }
    }
}

/// A mean over trials, in thousandths of its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mean {
    /// The mean.
    pub mean: i64,
    /// Half the width of its 95 % interval.
    pub error: i64,
}

/// A quantile, with the 95 % interval that order statistics give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Quantile {
    /// The quantile.
    pub at: i64,
    /// Lower end of the interval.
    pub low: i64,
    /// Upper end.
    pub high: i64,
}

/// How a value is distributed over years (or months) and trials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figure {
    /// The mean, with its error.
    pub mean: Mean,
    /// One in twenty is at most this.
    pub p5: Quantile,
    /// Half are at most this.
    pub p50: Quantile,
    /// One in twenty is above this.
    pub p95: Quantile,
    /// The least that was seen.
    pub least: i64,
    /// The most that was seen.
    pub most: i64,
}

/// Key and name of something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Key, such as a zone's.
    pub key: String,
    /// Name for people.
    pub name: String,
}

/// An inspector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Certificate number; for the office only.
    pub certificate: String,
    /// Index into the zones of the study.
    pub zone: usize,
    /// Whether the person may lead.
    pub lead: bool,
}

vocabulary! {
    /// Why no more trials were made.
    Ending {
        /// The precision asked for was reached.
        Precise = "precise", "达到要求的精度";
        /// All trials asked for were made.
        AllTrials = "all-trials", "要求的次数都做完了";
        /// Somebody stopped it: what was reached is marked as partial.
        Interrupted = "interrupted", "中途停止";
    }
}

/// Everything that a simulation found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Study {
    /// Name of the office.
    pub office: String,
    /// Name of the scenario.
    pub scenario: String,
    /// What all chance follows from, as typed.
    pub seed: String,
    /// Trials made, of the base and of every variant.
    pub trials: u64,
    /// Most trials that were asked for.
    pub asked: u64,
    /// Precision asked for: the error of the hours of every zone, as a share of them.
    pub precision: Option<Fraction>,
    /// Why it ended.
    pub ending: Ending,
    /// The months of a trial: year and month.
    pub months: Vec<(i32, u32)>,
    /// Zones by key.
    pub zones: Vec<Named>,
    /// Towns by code.
    pub towns: Vec<Named>,
    /// Inspectors who do the office's work, by certificate number: in post, and of no partner.
    pub people: Vec<Person>,
    /// Kinds of work: drawn visits first, then second looks, then those of the scenario.
    pub kinds: Vec<Named>,
    /// What the scenario says of each kind, a year; nothing for what follows from other work.
    pub yearly: Vec<Option<u32>>,
    /// Strata of the policy.
    pub strata: Vec<Named>,
    /// Drawn visits a year that a unit of each stratum must have; 0 for none.
    pub floors: Vec<u32>,
    /// Classes of units that there are.
    pub classes: Vec<Named>,
    /// The assumptions, in the order of the file.
    pub assumptions: Vec<Assumption>,
    /// The base first, then the variants.
    pub runs: Vec<Run>,
    /// What one more lead in each zone changes, zone by zone; empty if it was not asked.
    pub marginal: Vec<Vec<Difference>>,
}

/// One scenario, simulated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Key and name; the base is `base`.
    pub variant: Named,
    /// A year of the whole office, by [`Measure`].
    pub office: Vec<Figure>,
    /// A year of each zone, by [`Measure`].
    pub zones: Vec<Vec<Figure>>,
    /// A year of each person, by [`Measure`]; a variant's added people are behind.
    pub people: Vec<Vec<Figure>>,
    /// By place (the office, then the zones), [`Monthly`] and month.
    pub monthly: Vec<Vec<Vec<Figure>>>,
    /// By kind of work.
    pub kinds: Vec<KindFigures>,
    /// By stratum of the unit at the start.
    pub strata: Vec<Coverage>,
    /// By class of the unit.
    pub classes: Vec<Coverage>,
    /// Whether draws can be staffed.
    pub staffing: Staffing,
    /// Drawn visits by town and month.
    pub town_visits: Vec<Vec<Mean>>,
    /// By town, a year: minutes of its work, done or not: what was worked, the way included,
    /// what waits at the end, and what units would take that nobody could be found for.
    pub town_minutes: Vec<Mean>,
    /// Against the base; empty for the base.
    pub differences: Vec<Difference>,
}

/// A kind of work in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KindFigures {
    /// How many came (drawn visits: were drawn).
    pub came: Mean,
    /// How many were done.
    pub done: Mean,
    /// How many were not done in time.
    pub late: Mean,
    /// Calendar days from coming to being done, by those done.
    pub days: Mean,
    /// How many waited at the end of a day, in the mean over days.
    pub waiting: Mean,
    /// Minutes of all people, the way there included.
    pub minutes: Mean,
}

/// How many units of a group have been visited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Units of the group at the start, in the pool of the first month or resting.
    pub units: u64,
    /// By number of months from 1: share, in ten-thousandths, of those still there that
    /// have had a drawn visit since the start.
    pub within: Vec<Mean>,
    /// Share of them, in ten-thousandths, with fewer drawn visits in a year than the floor of
    /// their stratum; 0 where there is no floor.
    pub below_floor: Mean,
}

/// Whether draws can be staffed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Staffing {
    /// Share of draws, in ten-thousandths, that could not be staffed.
    pub unstaffed: Mean,
    /// The same by month.
    pub by_month: Vec<Mean>,
    /// Drawn units that nobody could be found for, in a year.
    pub units: Mean,
    /// What kept people away from these units: by rule, how many people in a year, each once
    /// a draw; the most first.
    pub bars: Vec<(Bar, Mean)>,
    /// These units in a year by zone, whose index it is; the most first.
    pub zones: Vec<(usize, Mean)>,
}

/// Where a difference was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The whole office.
    Office,
    /// A zone, by index.
    Zone(usize),
}

/// What a variant changes in a year: its value less that of the base, trial by trial on the
/// same chance (common random numbers).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// Where.
    pub place: Place,
    /// Of what.
    pub measure: Measure,
    /// The difference, in thousandths of the measure's unit.
    pub mean: Mean,
}
