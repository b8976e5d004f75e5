//! Whether what a unit publishes goes with its stratum: for V10, and for R05 of rolls.

use crate::lang::Said;
use crate::policy::PublicField;
use crate::record::{Rules, UnitStanding};
use crate::said;
use crate::time::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What a policy lets units publish on one day.
pub(crate) struct Fit<'a> {
    rules: &'a Rules,
    /// Towns of the office on that day, and the zones that they belong to.
    towns: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Fit<'a> {
    /// By these rules, on the first day of the window.
    pub(crate) fn new(rules: &'a Rules, first: Date) -> Fit<'a> {
        let mut towns: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for town in rules.towns.iter().filter(|town| town.period.contains(first)) {
            towns.entry(&town.code).or_default().insert(&town.zone);
        }
        Fit { rules, towns }
    }

    /// What is wrong with the published fields of a unit: they are not those of the policy, or
    /// one does not fit its stratum.
    pub(crate) fn fault(
        &self,
        id: &str,
        standing: &UnitStanding,
        shown: &[(PublicField, String)],
    ) -> Option<Said> {
        if !shown.iter().map(|(field, _)| field).eq(&self.rules.publish) {
            return Some(said!(
                "{id} 公布的字段与方案不符",
                "the published fields of {id} are not those of the policy"
            ));
        }
        let field = self.contradiction(standing.as_result().ok()?, shown)?.key();
        Some(said!(
            "{id} 公布的 {field} 与所在分层不符",
            "the published {field} of {id} does not fit its stratum"
        ))
    }

    /// The published field that contradicts the stratum `label`, if any.
    fn contradiction(&self, label: &str, shown: &[(PublicField, String)]) -> Option<PublicField> {
        let (rule, zone) = label.split_once('/').map_or((label, None), |(rule, zone)| (rule, Some(zone)));
        let fits = |(field, value): &(PublicField, String)| match field {
            PublicField::Class => self.rules.classes.get(rule).is_some_and(|classes| classes.contains(value)),
            PublicField::Town => {
                let zones = self.towns.get(value.as_str());
                zones.is_some_and(|zones| zone.is_none_or(|zone| zones.contains(zone)))
            }
            _ => true,
        };
        shown.iter().find(|shown| !fits(shown)).map(|(field, _)| *field)
    }
}
