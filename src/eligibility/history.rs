//! What earlier draws of this office did, so that the next one knows.

use crate::register::Unit;
use crate::time::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The last visit of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Past {
    /// Day of the last inspection; of a drawn one, the last day of its window.
    pub last: Option<Date>,
    /// Certificate numbers of the team that made it.
    pub team: BTreeSet<String>,
    /// Drawn inspections in the calendar year of the window.
    pub visits_this_year: u32,
}

/// Earlier draws, by unit id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History(pub BTreeMap<String, Past>);

impl History {
    /// What the register and the earlier draws together know of a unit: the
    /// later of the two visits, the larger of the two counts (the register may
    /// or may not have been brought up to date with the draws).
    pub fn of(&self, unit: &Unit) -> Past {
        let listed = Past {
            last: unit.last_inspection,
            team: unit.last_team.clone(),
            visits_this_year: unit.visits_this_year,
        };
        let Some(drawn) = self.0.get(&unit.id) else { return listed };
        let visits_this_year = listed.visits_this_year.max(drawn.visits_this_year);
        let later = if drawn.last >= listed.last { drawn.clone() } else { listed };
        Past { visits_this_year, ..later }
    }

    /// Adds a visit of `unit` by `team` in a window that ended on `last`;
    /// `counts` says whether it falls into the calendar year of the next window.
    pub fn add(&mut self, unit: &str, last: Date, team: BTreeSet<String>, counts: bool) {
        let past = self.0.entry(unit.to_owned()).or_default();
        past.visits_this_year += u32::from(counts);
        if past.last.is_none_or(|before| before <= last) {
            past.last = Some(last);
            past.team = team;
        }
    }
}
