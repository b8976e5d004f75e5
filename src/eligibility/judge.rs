//! One unit at a time: where it stands by what the register says of it.

use super::exclusion::{self, Label, resting};
use super::{Exclusion, Question};
use crate::register::Unit;
use crate::time::Date;
use std::collections::BTreeMap;

/// Judges units one by one, with no history but that of their rows.
#[derive(Debug)]
pub struct Judge<'a> {
    question: Question<'a>,
    zones: BTreeMap<&'a str, &'a str>,
}

impl<'a> Judge<'a> {
    /// Prepares the places of the policy. The units of the question's register do not matter.
    pub fn new(question: Question<'a>) -> Self {
        Judge { zones: question.zones(), question }
    }

    /// The zone of a unit on the first day of the window.
    pub(super) fn zone(&self, unit: &Unit) -> Option<&'a str> {
        unit.town.as_deref().and_then(|town| self.zones.get(town)).copied()
    }

    /// The label of the stratum that takes a unit, and the number of its rule, whatever was done
    /// before.
    ///
    /// # Errors
    /// Why none does.
    pub fn place(&self, unit: &Unit) -> Result<(String, usize), Exclusion> {
        let label = exclusion::place(&self.question, unit, self.zone(unit))?;
        Ok((self.text(label), label.0))
    }

    /// Where a unit stands that has this place: the day of its last inspection and the number of
    /// those this year may leave it out.
    ///
    /// # Errors
    /// Why it is in no pool.
    pub fn standing<'b>(
        &self,
        place: &'b Result<(String, usize), Exclusion>,
        (last, visits): (Option<Date>, u32),
    ) -> Result<&'b str, Exclusion> {
        let (label, rule) = place.as_ref().map_err(|reason| *reason)?;
        let rests = resting(&self.question.policy.strata[*rule], self.question.window, last, visits);
        rests.map_or(Ok(label), Err)
    }

    /// Whether the policy leaves the unit out by name.
    pub fn is_listed(&self, id: &str) -> bool {
        self.question.policy.excluded.contains_key(id)
    }

    /// Every label that a unit can have, in byte order.
    pub fn labels(&self) -> Vec<String> {
        let mut zones: Vec<&str> = self.zones.values().copied().collect();
        zones.sort_unstable();
        zones.dedup();
        let rules = self.question.policy.strata.iter().enumerate();
        let labels = rules.flat_map(|(rule, stratum)| {
            let zones = if stratum.by_zone { zones.iter().copied().map(Some).collect() } else { vec![None] };
            zones.into_iter().map(move |zone| (rule, zone))
        });
        let mut labels: Vec<String> = labels.map(|label| self.text(label)).collect();
        labels.sort_unstable();
        labels
    }

    fn text(&self, (rule, zone): Label<'_>) -> String {
        let id = &self.question.policy.strata[rule].id;
        zone.map_or_else(|| id.clone(), |zone| format!("{id}/{zone}"))
    }
}
