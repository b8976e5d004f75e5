//! What everybody may see: how values spread, never whose they are.
//!
//! There is no row of a person and no pseudonym, fresh or not: each quantity is ordered by
//! itself, so that nothing joins somebody's hours with their leads, one month with the next, or
//! one report with another. Hours are whole. Fewer than three people are no group: they are
//! merged with others, and where three cannot be found there is no spread, only a sum.

use super::coverage::Coverage;
use super::duty::Person;
use super::meeting::{Pairs, Returns, met};
use super::spread::Spread;
use super::{Fairness, Load, YearMonth};
use crate::task::Kind;
use crate::time::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Fewer people are not shown as a group.
pub const FEWEST: usize = 3;

/// Several inspectors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Keys of the home zones; empty for the whole office.
    pub zones: Vec<String>,
    /// How many people.
    pub people: u64,
    /// Hours of all of them together.
    pub sum: u64,
    /// Hours of everything.
    pub hours: Option<Spread>,
    /// Visits.
    pub visits: Option<Spread>,
    /// Visits as lead, over those who may lead.
    pub leads: Option<Spread>,
    /// Hours of what no draw decided.
    pub other: Option<Spread>,
    /// Hours in thousandths of the hours there are for drawn visits, over those who have some.
    pub share: Option<Spread>,
    /// Who met whom of the group.
    pub pairs: Option<Pairs>,
}

/// One month of the whole office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// Which.
    pub month: YearMonth,
    /// Hours of all together.
    pub sum: u64,
    /// Hours of all together by group, in the order of [`Shown::groups`].
    pub groups: Vec<u64>,
    /// Hours.
    pub hours: Option<Spread>,
    /// Visits.
    pub visits: Option<Spread>,
}

/// Everything that everybody may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// First and last day.
    pub span: (Date, Date),
    /// The whole office.
    pub all: Group,
    /// By home zone, small ones merged; none if there is only one group.
    pub groups: Vec<Group>,
    /// Month by month.
    pub months: Vec<Month>,
    /// Everybody's hours from least to most; empty where there are too few people.
    pub hours: Vec<u64>,
    /// Visits, and hours of all in them together, by kind.
    pub kinds: BTreeMap<Kind, (u64, u64)>,
    /// Who came to the same unit again.
    pub returns: Returns,
    /// Strata with their draws, by label.
    pub coverage: BTreeMap<String, Coverage>,
}

type Row<'a> = (&'a str, &'a Person, &'a Load);

/// Whole hours next to so many minutes.
fn hours(minutes: u64) -> u64 {
    (minutes + 30) / 60
}

impl Shown {
    /// Takes away what is nobody else's business.
    pub fn of(fairness: &Fairness) -> Shown {
        let rows: Vec<Row<'_>> =
            fairness.people.iter().map(|(who, (person, load))| (who.as_str(), person, load)).collect();
        let parts = parted(&rows);
        let met = met(&fairness.duties);
        let group = |zones: Vec<String>, rows: &[Row<'_>]| Group::of(zones, rows, &met, fairness);
        let groups = match parts.len() {
            0 | 1 => Vec::new(),
            _ => parts.iter().map(|(zones, rows)| group(zones.clone(), rows)).collect(),
        };
        let month = |month: &YearMonth| {
            let of = |row: &Row<'_>| row.2.months.get(month).copied().unwrap_or_default();
            let sum = |rows: &[Row<'_>]| hours(rows.iter().map(|row| of(row).1).sum());
            let grouped = if groups.is_empty() { &[][..] } else { &parts[..] };
            Month {
                month: *month,
                sum: sum(&rows),
                groups: grouped.iter().map(|(_, rows)| sum(rows)).collect(),
                hours: spread(rows.iter().map(|row| hours(of(row).1))),
                visits: spread(rows.iter().map(|row| of(row).0)),
            }
        };
        let mut ranked: Vec<u64> = rows.iter().map(|row| hours(row.2.minutes)).collect();
        ranked.sort_unstable();
        Shown {
            span: fairness.span,
            all: group(Vec::new(), &rows),
            months: fairness.months.iter().map(month).collect(),
            groups,
            hours: if ranked.len() < FEWEST { Vec::new() } else { ranked },
            kinds: fairness
                .kinds
                .iter()
                .map(|(kind, (visits, minutes))| (*kind, (*visits, hours(*minutes))))
                .collect(),
            returns: Returns::of(&fairness.duties),
            coverage: fairness.coverage.clone(),
        }
    }
}

impl Group {
    fn of(
        zones: Vec<String>,
        rows: &[Row<'_>],
        met: &BTreeMap<(&str, &str), u64>,
        fairness: &Fairness,
    ) -> Group {
        let people: BTreeSet<&str> = rows.iter().map(|row| row.0).collect();
        let leading = rows.iter().filter(|row| row.1.lead);
        let share =
            rows.iter().filter_map(|row| (row.2.minutes * 1000).checked_div(fairness.capacity(row.1)));
        Group {
            people: rows.len() as u64,
            sum: hours(rows.iter().map(|row| row.2.minutes).sum()),
            hours: spread(rows.iter().map(|row| hours(row.2.minutes))),
            visits: spread(rows.iter().map(|row| row.2.visits)),
            leads: spread(leading.map(|row| row.2.leads)),
            other: spread(rows.iter().map(|row| hours(row.2.other_minutes))),
            share: spread(share),
            pairs: (rows.len() >= FEWEST).then(|| Pairs::of(met, &people)),
            zones,
        }
    }
}

/// A spread of enough people.
fn spread(values: impl IntoIterator<Item = u64>) -> Option<Spread> {
    Spread::of(values).filter(|spread| spread.people >= FEWEST as u64)
}

/// People by home zone: what is too small is merged, with the smallest of the others if need be.
fn parted<'a>(rows: &[Row<'a>]) -> Vec<(Vec<String>, Vec<Row<'a>>)> {
    let mut zones: BTreeMap<&str, Vec<Row<'a>>> = BTreeMap::new();
    rows.iter().for_each(|row| zones.entry(&row.1.zone).or_default().push(*row));
    let (mut large, mut small): (Vec<_>, Vec<_>) =
        zones.into_iter().partition(|(_, rows)| rows.len() >= FEWEST);
    let count = |small: &[(&str, Vec<Row<'_>>)]| small.iter().map(|(_, rows)| rows.len()).sum::<usize>();
    while !small.is_empty() && count(&small) < FEWEST && !large.is_empty() {
        let least = (0..large.len()).min_by_key(|at| large[*at].1.len()).unwrap_or_default();
        small.push(large.remove(least));
    }
    let mut parts: Vec<(Vec<String>, Vec<Row<'a>>)> =
        large.into_iter().map(|(zone, rows)| (vec![zone.to_owned()], rows)).collect();
    if !small.is_empty() {
        let mut keys: Vec<String> = small.iter().map(|(zone, _)| (*zone).to_owned()).collect();
        keys.sort();
        parts.push((keys, small.into_iter().flat_map(|(_, rows)| rows).collect()));
    }
    parts
}
