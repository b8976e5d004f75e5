//! What pages say of the log: how large it is, how much of it enough witnesses have
//! signed for, and which of its entries are of a draw. Whether it is sound is for
//! `audit` and `verify`.

use super::Ground;
use crate::ids::DrawId;
use crate::lang::Said;
use crate::log::{Bundle, CHECKPOINT, Entry, LOG_POLICY, Signed, checkpoint_of, of_draw};
use crate::note::{Checkpoint, LogPolicy};
use crate::said;
use std::collections::BTreeMap;

/// A log as far as it can be read.
#[derive(Debug, Clone)]
pub struct LogView {
    /// Its newest checkpoint.
    pub head: Checkpoint,
    /// Whether its policy is there.
    pub has_policy: bool,
    /// How many entries enough witnesses have signed for; `None` if none are asked for.
    pub witnessed: Option<u64>,
    /// Its entries, in their order, as far as they are there.
    entries: Vec<Entry>,
}

impl LogView {
    /// Reads the files of a log; `None` if there is none.
    pub fn read(files: &BTreeMap<String, Vec<u8>>) -> Option<LogView> {
        let head = Signed::read(files.get(CHECKPOINT)?).ok()?.checkpoint;
        let mut entries = Vec::new();
        for index in 0.. {
            let Some(bundle) = Bundle::of(index, head.size) else { break };
            let Some(bytes) = files.get(&bundle.path()) else { break };
            let Ok(raw) = bundle.read(bytes) else { break };
            let read: Result<Vec<Entry>, _> = raw.into_iter().map(Entry::read).collect();
            let Ok(read) = read else { break };
            entries.extend(read);
        }
        let policy = files.get(LOG_POLICY);
        let read = policy.and_then(|bytes| LogPolicy::read(bytes).ok());
        let witnessed = read.filter(|policy| !policy.is_unwitnessed());
        let witnessed = witnessed.map(|policy| witnessed_to(files, &policy));
        Some(LogView { head, has_policy: policy.is_some(), witnessed, entries })
    }

    /// The entries of a draw: place in the log, and the path of the bundle it stands in.
    pub fn of(&self, draw: &DrawId) -> Vec<(u64, &Entry, String)> {
        let entries = of_draw(&self.entries, draw).into_iter();
        let path = |index: u64| Bundle::of(index / crate::log::WIDTH, self.head.size).map(|b| b.path());
        entries.filter_map(|(index, entry)| Some((index, entry, path(index)?))).collect()
    }
}

/// The size of the largest checkpoint that enough witnesses have signed; 0 if there is none.
fn witnessed_to(files: &BTreeMap<String, Vec<u8>>, policy: &LogPolicy) -> u64 {
    let size = |path: &String| path.strip_prefix("checkpoints/")?.parse::<u64>().ok();
    let mut sizes: Vec<u64> = files.keys().filter_map(size).collect();
    sizes.sort_unstable();
    let is_seen = |size: &u64| {
        let signed = files.get(&checkpoint_of(*size)).and_then(|bytes| Signed::read(bytes).ok());
        signed.is_some_and(|signed| {
            signed.checkpoint.size == *size && policy.judge(&signed.note).quorum.is_reached()
        })
    };
    sizes.into_iter().rev().find(is_seen).unwrap_or(0)
}

/// What the office is called where no draw tells.
pub fn office(ground: &Ground) -> String {
    let Said { zh, .. } = said!("抽查机关", "the office");
    ground.log.as_ref().map_or(zh, |log| log.head.origin.clone())
}
