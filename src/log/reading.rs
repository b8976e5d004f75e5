//! A log read once, for many questions: what was vouched for when, under each of
//! the policies that it keeps.

use super::entry::Entry;
use super::published::{LOG_POLICY, Published, Unsound};
use super::tree::Fetch;
use crate::digest::{Digest, Suite};
use crate::note::{LogPolicy, Quorum};
use std::collections::BTreeMap;

/// What one policy makes of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The entries, in their order.
    pub entries: Vec<Entry>,
    /// Since when enough witnesses have vouched for each of them.
    vouched: Vec<Quorum>,
}

impl Reading {
    /// Reads the log and checks all of it, as [`Published::read`] does.
    ///
    /// # Errors
    /// The first thing that is missing or wrong.
    pub fn read(policy: &LogPolicy, fetch: Fetch<'_>) -> Result<Reading, Unsound> {
        let published = Published::read(policy, fetch)?;
        let mut vouched = vec![Quorum::Missing; published.entries.len()];
        // From the largest checkpoint down: whoever vouched for it vouched for all below.
        let mut since = Quorum::Missing;
        for (at, signed) in published.checkpoints.iter().enumerate().rev() {
            since = earlier(since, policy.judge(&signed.note).quorum);
            let from = at.checked_sub(1).map_or(0, |before| published.checkpoints[before].checkpoint.size);
            let covered = from as usize..signed.checkpoint.size as usize;
            vouched[covered].fill(since);
        }
        Ok(Reading { entries: published.entries, vouched })
    }

    /// Since when enough witnesses have vouched for entry `index`: the earliest time
    /// that a checkpoint with the entry in it had its quorum.
    pub fn vouched(&self, index: u64) -> Quorum {
        let index = usize::try_from(index).ok();
        index.and_then(|index| self.vouched.get(index).copied()).unwrap_or(Quorum::Missing)
    }
}

fn earlier(a: Quorum, b: Quorum) -> Quorum {
    match (a, b) {
        (Quorum::Reached(a), Quorum::Reached(b)) => Quorum::Reached(a.min(b)),
        (Quorum::Missing, other) => other,
        (since, _) => since,
    }
}

/// The files of a log, read under every policy that it keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    /// By the hash of the policy, in every suite.
    readings: BTreeMap<Digest, Result<Reading, Unsound>>,
}

impl Archive {
    /// Reads the files of a log, given by their paths below its folder.
    pub fn new(files: &BTreeMap<String, Vec<u8>>) -> Archive {
        let fetch = |path: &str| files.get(path).cloned();
        let policies = files.iter().filter(|(path, _)| *path == LOG_POLICY || path.starts_with("policies/"));
        let mut readings = BTreeMap::new();
        for (path, bytes) in policies {
            if readings.contains_key(&Digest::of(&[bytes])) {
                continue;
            }
            let policy = LogPolicy::read(bytes).map_err(|error| Unsound::Text(path.clone(), error));
            let reading = policy.and_then(|policy| Reading::read(&policy, &fetch));
            for suite in [Suite::Sha256, Suite::Sm3] {
                readings.insert(suite.digest(&[bytes]), reading.clone());
            }
        }
        Archive { readings }
    }

    /// What the policy with that hash makes of the log.
    ///
    /// # Errors
    /// If the log has no policy at all, or none with this hash; else the first thing
    /// that is missing or wrong.
    pub fn under(&self, policy: Digest) -> Result<&Reading, Unsound> {
        match self.readings.get(&policy) {
            Some(reading) => reading.as_ref().map_err(Unsound::clone),
            None if self.readings.is_empty() => Err(Unsound::Absent(LOG_POLICY.to_owned())),
            None => Err(Unsound::OtherPolicy(policy)),
        }
    }
}
