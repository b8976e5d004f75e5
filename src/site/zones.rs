//! Units counted by zone and town.

use super::names::Names;
use crate::policy::PublicField;
use crate::record::{Commit, Rules, UnitLine, UnitStanding};
use std::collections::{BTreeMap, BTreeSet};

/// How many units are in the pool, and how many of them were drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// In the pool.
    pub pool: u64,
    /// Drawn.
    pub drawn: u64,
}

impl Count {
    fn add(&mut self, drawn: bool) {
        self.pool += 1;
        self.drawn += u64::from(drawn);
    }

    /// The part that was drawn, in tenths of a per cent, rounded to the nearest.
    pub fn share(self) -> u64 {
        tenths(self.drawn, self.pool)
    }
}

/// `part` of `whole` in tenths of a per cent, rounded to the nearest; 0 of nothing.
pub fn tenths(part: u64, whole: u64) -> u64 {
    let (part, whole) = (u128::from(part), u128::from(whole));
    let share = (part * 2000 + whole).checked_div(2 * whole).unwrap_or_default();
    u64::try_from(share).unwrap_or(u64::MAX)
}

/// Tenths as they are written: `5.9%`.
pub fn percent(tenths: u64) -> String {
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// One zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// Its key; `None` for units whose zone is not public.
    pub key: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// All its units.
    pub count: Count,
    /// The same by town, where towns are published: the name of the town first.
    pub towns: Vec<(String, Count)>,
}

/// The zones of a draw, in the order of their keys, those whose zone is not public last.
pub fn zones(
    (commit, rules, names): (&Commit, &Rules, &Names),
    units: &[UnitLine],
    drawn: &BTreeSet<&str>,
) -> Vec<Zone> {
    type Towns<'a> = BTreeMap<&'a str, Count>;
    let mut counted: BTreeMap<(bool, Option<&str>), (Count, Towns<'_>)> = BTreeMap::new();
    let mut zone_of: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for unit in units {
        let UnitStanding::Stratum(label) = &unit.standing else { continue };
        let town = unit.field(PublicField::Town);
        let by_label = label.split_once('/').map(|(_, zone)| zone);
        let by_town = || {
            let code = town?;
            let on = || rules.town_on(code, commit.window.first).map(|town| town.zone.as_str());
            *zone_of.entry(code).or_insert_with(on)
        };
        let zone = by_label.or_else(by_town);
        let is_drawn = drawn.contains(unit.id.as_str());
        let (count, towns) = counted.entry((zone.is_none(), zone)).or_default();
        count.add(is_drawn);
        if let Some(code) = town {
            towns.entry(code).or_default().add(is_drawn);
        }
    }
    let zone = |((_, key), (count, towns)): ((bool, Option<&str>), (Count, Towns<'_>))| Zone {
        key: key.map(str::to_owned),
        name: key.map(|key| rules.zones.get(key).map_or(key, String::as_str).to_owned()),
        count,
        towns: towns.into_iter().map(|(code, count)| (names.town(code).to_owned(), count)).collect(),
    };
    counted.into_iter().map(zone).collect()
}

#[cfg(test)]
mod tests {
    use super::{percent, tenths};

    #[test]
    fn shares_are_rounded_to_the_nearest() {
        let shares = [(0, 0), (1, 3), (2, 3), (1, 2000), (1, 2001), (5, 5)];
        let shares = shares.map(|(part, whole)| percent(tenths(part, whole)));
        assert_eq!(shares, ["0.0%", "33.3%", "66.7%", "0.1%", "0.0%", "100.0%"]);
        assert_eq!(tenths(u64::MAX, 1), u64::MAX);
    }
}
