//! What a draw has to show, so that a count tells what the ten thousand cover.

use super::district::{District, Draw};
use super::rules::Rules;
use std::collections::BTreeSet;
use yaohao::record::{DocketLine, Mode, ScheduleLine};

/// What of the policy and the draw a count is kept of.
pub fn count(rules: &Rules, district: &District, draw: &Draw<'_>, found: &mut BTreeSet<&'static str>) {
    let commit = &draw.committed.commit;
    let outside = commit.beacons.iter().map(|beacon| match beacon.to_string().split(' ').next() {
        Some("dice") => "dice",
        Some("balls") => "balls",
        Some("lottery") => "lottery",
        _ => "drand",
    });
    found.extend(outside);
    let dockets: Vec<&DocketLine> = draw.drawing.dockets.lines.iter().collect();
    let days = draw.drawing.timetable.iter().flat_map(|timetable| &timetable.schedule.lines);
    let days: Vec<&ScheduleLine> = days.collect();
    let drawn = draw.drawing.drawn.lines.len();
    let there = [
        ("sm3", rules.sm3),
        ("sha256", !rules.sm3),
        ("sealed", commit.mode == Mode::Sealed),
        ("escrow", commit.escrow.is_some()),
        ("three parties", commit.parties.len() == 3),
        ("pseudonyms", rules.pseudonyms),
        ("certificates", !rules.pseudonyms),
        ("teams of three or four", draw.drawing.teams.lines.iter().any(|line| line.members.len() > 2)),
        ("shapes", rules.shape.is_some()),
        ("exchange", rules.exchange.is_some() && dockets.iter().any(|line| !line.people.away.is_empty())),
        ("bands", !rules.bands.is_empty() && dockets.iter().any(|line| line.people.band > 0)),
        ("again", dockets.iter().any(|line| !line.people.again.is_empty())),
        ("apart", dockets.iter().any(|line| !line.people.apart.is_empty())),
        ("odds", commit.odds.is_some()),
        ("exclusions", !commit.excluded.is_empty()),
        ("nothing drawn", drawn == 0),
        ("ten or more drawn", drawn >= 10),
        ("margin", commit.margin > 0),
        ("published fields", !district.policy.publish.is_empty()),
        ("floor or cap", rules.strata.iter().any(|s| s.contains("floor") || s.contains("cap"))),
        ("schedule", draw.drawing.timetable.is_some()),
        ("a visit without a day", days.iter().any(|line| line.day.is_none())),
        ("carried visits", draw.committed.inspectors.lines.iter().any(|line| line.carried > 0)),
    ];
    found.extend(there.into_iter().filter(|(_, there)| *there).map(|(name, _)| name));
}
