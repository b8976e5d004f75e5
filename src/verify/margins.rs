//! V27: the question was fixed long enough before the public events, and nobody
//! held a nonce back until they were known.

use super::{Loaded, Stop, Verified, ensure};
use crate::record::{self, Commit};
use crate::said;
use crate::time::Moment;

/// V27: every event comes at least the margin after the commitment and by its
/// deadline; nonces are revealed before the first event outside the room; nobody
/// writes an event down before it is due.
///
/// What is there and wrong fails, also while something is still to come.
pub(super) fn margins(loaded: &Loaded<'_>) -> Verified {
    let commit = loaded.commit()?;
    for beacon in &commit.beacons {
        if let Some(moment) = beacon.moment() {
            not_before(commit, &beacon.to_string(), moment)?;
            ensure(moment <= commit.close_by, || {
                said!("{beacon} 在完成期限之后（{moment}）", "{beacon} is after the draw is due ({moment})")
            })?;
        }
    }
    let ceremony = commit.has_ceremony().then(|| loaded.ceremony());
    if let Some(Ok(ceremony)) = ceremony {
        not_before(commit, record::CEREMONY, ceremony.link.at)?;
    }
    let outside = commit.has_external_beacon().then(|| (loaded.reveal(), loaded.beacon()));
    if let Some((reveal, beacon)) = &outside {
        if let (Ok(reveal), Some(first)) = (reveal, commit.demand().external_moments().min()) {
            let at = reveal.link.at;
            ensure(at < first, || {
                said!(
                    "随机数在 {at} 才公开，而事件在 {first} 就已发生",
                    "the nonces were revealed at {at}, the event was at {first}"
                )
            })?;
        }
        if let (Ok(beacon), Some(last)) = (beacon, commit.demand().external_moments().max()) {
            let at = beacon.link.at;
            ensure(at >= last, || {
                said!(
                    "beacon.txt（{at}）早于事件（{last}）",
                    "beacon.txt ({at}) is before the event ({last})"
                )
            })?;
        }
    }
    // Nothing that is there is wrong: now everything has to be there.
    ceremony.transpose()?;
    if let Some((reveal, beacon)) = outside {
        reveal?;
        beacon?;
    }
    let margin = commit.margin;
    Ok(said!("承诺后至少 {margin} 分钟", "at least {margin} minutes after the commitment"))
}

/// `what`, at `moment`, leaves the margin.
fn not_before(commit: &Commit, what: &str, moment: Moment) -> Result<(), Stop> {
    let (committed, margin) = (commit.committed, commit.margin);
    ensure(committed.precedes(margin, moment), || {
        said!(
            "{what}（{moment}）离承诺（{committed}）不到 {margin} 分钟",
            "{what} ({moment}) is less than {margin} minutes after the commitment ({committed})"
        )
    })
}
