//! What every commitment, of teams or of units alone, repeats of its policy: for V06, and for R03
//! of rolls.

use crate::record::{Demand, PublishedQuota, Rules};
use crate::time::Moment;

/// The first part of a commitment that does not follow from the policy, of the parts that every
/// commitment has. What a demand does not have stands beside it: the office key of the policy,
/// `close-by`, and the quota rules.
pub(crate) fn disagreement(
    demand: &Demand<'_>,
    (office, close_by, quotas): (&str, Moment, &[PublishedQuota]),
    rules: &Rules,
) -> Option<&'static str> {
    let beacons = demand.beacons.len() == rules.beacons.len()
        && demand.beacons.iter().zip(&rules.beacons).all(|(beacon, rule)| rule.takes(beacon));
    let agreements = [
        ("draw", office == rules.office),
        ("suite", demand.suite == rules.suite),
        ("close-by", close_by == demand.committed.plus_days(rules.close_within_days)),
        ("margin", demand.margin == rules.margin_minutes),
        ("quota", quotas == rules.quotas),
        ("beacon", beacons),
        ("party", demand.parties.iter().map(|(name, _)| name).eq(&rules.parties)),
    ];
    agreements.into_iter().find(|(_, agrees)| !agrees).map(|(part, _)| part)
}
