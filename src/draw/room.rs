//! How large the sealed result of a draw is, told before its outcome exists: so
//! that the length of what is published sealed tells nothing of the outcome.

use super::{Drawing, Plan};
use crate::eligibility::Standing;
use crate::record::{self, Commit, Envelope, room_for};
use crate::seed::Nonce;

/// Bytes of a line at most, of what does not depend on who is drawn: a line of
/// drawn.txt, of teams.txt without its people, one of its people, and of
/// prices.txt without its prices and one price; and what stands around the tables.
const DRAWN: u64 = 288;
const TEAM: u64 = 98;
const MEMBER: u64 = 98;
const PERSON: u64 = 96;
const PRICE: u64 = 40;
const FRAME: u64 = 1024;

/// Room for the four tables, whoever is drawn: each stratum's longest dockets,
/// as many as are drawn of it. `docket` tells the length of a docket's line
/// behind unit and salt. `None` if no file could hold it.
pub(super) fn room(plan: &Plan<'_>, commit: &Commit, docket: impl Fn(usize) -> usize) -> Option<u64> {
    let mut lengths: Vec<Vec<usize>> = vec![Vec::new(); plan.quotas.len()];
    for candidate in &plan.eligibility.candidates {
        if let Standing::Pool { stratum, docket: index } = candidate.standing {
            // Unit, salt, what follows, the spaces between them and the end of the line.
            lengths[stratum].push(candidate.unit.id.len() + 35 + docket(index));
        }
    }
    let mut bytes = FRAME;
    for (lengths, quota) in lengths.iter_mut().zip(&plan.quotas) {
        lengths.sort_unstable_by(|a, b| b.cmp(a));
        let dockets: usize = lengths.iter().take(usize::try_from(*quota).unwrap_or(usize::MAX)).sum();
        bytes = bytes.checked_add(dockets as u64)?;
    }
    let slots = commit.teams.iter().map(Vec::len).max().unwrap_or_default() as u64;
    let unit = DRAWN + TEAM + MEMBER * slots;
    let person = PERSON + 2 * PRICE * commit.bands as u64;
    let units = plan.total().checked_mul(unit)?;
    let people = commit.inspectors.count.checked_mul(person)?;
    room_for(bytes.checked_add(units)?.checked_add(people)?)
}

impl Drawing {
    /// The tables of the result with the names of their files.
    pub fn tables(&self) -> [(&'static str, &str); 4] {
        [
            (record::DRAWN, &self.drawn.text),
            (record::DOCKETS, &self.dockets.text),
            (record::TEAMS, &self.teams.text),
            (record::PRICES, &self.prices.text),
        ]
    }

    /// sealed.bin: the tables, shut up until the office's `nonce` is known. `None`
    /// if the commitment has no escrow, or its room is too small.
    pub fn sealed(&self, commit: &Commit, nonce: &Nonce) -> Option<Vec<u8>> {
        let room = commit.escrow.as_ref()?.room;
        let files = self.tables().map(|(name, text)| (name, text.as_bytes()));
        Envelope::new(commit.suite, &commit.id(), record::SEALED_RESULT, nonce).seal(room, &files)
    }
}
