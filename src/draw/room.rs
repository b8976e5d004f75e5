//! How large the sealed result of a draw is, told before its outcome exists: so
//! that the length of what is published sealed tells nothing of the outcome.

use super::{Drawing, Plan, Timetable};
use crate::eligibility::{Candidate, Standing};
use crate::record::{self, Commit, Envelope, room_for};
use crate::seed::Nonce;

/// Bytes of a line at most, of what does not depend on who is drawn: a line of
/// drawn.txt, of teams.txt without its people, one of its people, of prices.txt without
/// its prices and one price, and of schedule.txt; and what stands around the tables.
const DRAWN: u64 = 288;
const TEAM: u64 = 98;
const MEMBER: u64 = 98;
const PERSON: u64 = 96;
const PRICE: u64 = 40;
const DAY: u64 = 109;
const FRAME: u64 = 1024;

/// Room for the tables, whoever is drawn: each stratum's longest dockets, as many as
/// are drawn of it, and the bytes of availability.txt. `docket` tells the length of a
/// unit's docket line behind unit and salt. `None` if no file could hold it.
pub(super) fn room(
    plan: &Plan<'_>,
    commit: &Commit,
    availability: usize,
    docket: impl Fn(&Candidate<'_>, usize) -> usize,
) -> Option<u64> {
    let mut lengths: Vec<Vec<usize>> = vec![Vec::new(); plan.quotas.len()];
    for candidate in &plan.eligibility.candidates {
        if let Standing::Pool { stratum, docket: index } = candidate.standing {
            // Unit, salt, what follows, the spaces between them and the end of the line.
            lengths[stratum].push(candidate.unit.id.len() + 35 + docket(candidate, index));
        }
    }
    let mut bytes = FRAME + availability as u64;
    for (lengths, quota) in lengths.iter_mut().zip(&plan.quotas) {
        lengths.sort_unstable_by(|a, b| b.cmp(a));
        let dockets: usize = lengths.iter().take(usize::try_from(*quota).unwrap_or(usize::MAX)).sum();
        bytes = bytes.checked_add(dockets as u64)?;
    }
    let slots = commit.teams.iter().map(Vec::len).max().unwrap_or_default() as u64;
    let day = if commit.schedule.is_some() { DAY } else { 0 };
    let unit = DRAWN + TEAM + MEMBER * slots + day;
    let person = PERSON + 2 * PRICE * commit.bands as u64;
    let units = plan.total().checked_mul(unit)?;
    let people = commit.inspectors.count.checked_mul(person)?;
    room_for(bytes.checked_add(units)?.checked_add(people)?)
}

impl Drawing {
    /// The tables of the result with the names of their files.
    pub fn tables(&self) -> Vec<(&'static str, &str)> {
        let mut tables = vec![
            (record::DRAWN, self.drawn.text.as_str()),
            (record::DOCKETS, &self.dockets.text),
            (record::TEAMS, &self.teams.text),
            (record::PRICES, &self.prices.text),
        ];
        if let Some(Timetable { availability, schedule }) = &self.timetable {
            tables.extend([(record::AVAILABILITY, &*availability.text), (record::SCHEDULE, &schedule.text)]);
        }
        tables
    }

    /// sealed.bin: the tables, shut up until the office's `nonce` is known. `None`
    /// if the commitment has no escrow, or its room is too small.
    pub fn sealed(&self, commit: &Commit, nonce: &Nonce) -> Option<Vec<u8>> {
        let room = commit.escrow.as_ref()?.room;
        let files: Vec<_> = self.tables().into_iter().map(|(name, text)| (name, text.as_bytes())).collect();
        Envelope::new(commit.suite, &commit.id(), record::SEALED_RESULT, nonce).seal(room, &files)
    }
}
