//! What pages say of the log: how large it is, and which of its entries are of a draw.
//! Signatures are for `audit` and `verify`.

use super::Ground;
use crate::ids::DrawId;
use crate::lang::Said;
use crate::log::{Bundle, CHECKPOINT, Entry, Signed, of_draw};
use crate::note::Checkpoint;
use crate::said;
use std::collections::BTreeMap;

/// A log as far as it can be read.
#[derive(Debug, Clone)]
pub struct LogView {
    /// Its newest checkpoint.
    pub head: Checkpoint,
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
        Some(LogView { head, entries })
    }

    /// The entries of a draw: place in the log, and the path of the bundle it stands in.
    pub fn of(&self, draw: &DrawId) -> Vec<(u64, &Entry, String)> {
        let entries = of_draw(&self.entries, draw).into_iter();
        let path = |index: u64| Bundle::of(index / crate::log::WIDTH, self.head.size).map(|b| b.path());
        entries.filter_map(|(index, entry)| Some((index, entry, path(index)?))).collect()
    }
}

/// What the office is called where no draw tells.
pub fn office(ground: &Ground) -> String {
    let Said { zh, .. } = said!("抽查机关", "the office");
    ground.log.as_ref().map_or(zh, |log| log.head.origin.clone())
}
