//! Entering acts: judged, then written for good, then known to the store.

use super::journal::Head;
use super::{Desk, catchup, rows};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::task::{self, Act, Entry, Ledger, Matter, Opened, Standing};
use crate::time::Moment;
use std::collections::BTreeSet;
use std::fs::File;

impl Desk {
    /// Enters acts in this order, all of them or none: writes the journal's next entry,
    /// then brings the store up to date. `lock` is the office's lock, `by` who enters.
    ///
    /// # Errors
    /// [`Kind::State`] if an act must not be entered as matters stand, naming every such
    /// act, why, and what to do.
    pub fn enter(
        &mut self,
        _lock: &File,
        by: &str,
        acts: Vec<Act>,
        now: Moment,
        standing: &Standing,
    ) -> Outcome<Entry> {
        let Head { number, hash, at } = catchup::entries(&mut self.store, &self.journal)?;
        if at.is_some_and(|before| now < before) {
            return Err(Problem::new(
                Kind::State,
                said!("电脑时钟早于台账的最后一条", "the clock is before the last entry of the journal"),
                said!("校准电脑时钟后重试", "set the clock right and try again"),
            ));
        }
        let entry = Entry { number: number + 1, after: hash, at: now, by: by.to_owned(), acts };
        if entry.acts.is_empty() {
            return Err(nothing());
        }
        task::judge(&entry, self.concerned(&entry)?, standing)
            .map_err(|refusals| task::refused(&refusals))?;
        if Entry::read(entry.text().as_bytes()).as_ref() != Ok(&entry) {
            return Err(unreadable_again());
        }
        self.journal.write(&entry)?;
        catchup::entries(&mut self.store, &self.journal)?;
        Ok(entry)
    }

    /// What judging the entry has to know, see [`task::judge`].
    fn concerned(&self, entry: &Entry) -> Outcome<Ledger> {
        let _view = self.view()?;
        let mut ledger = Ledger::default();
        let mut wanted: Vec<Matter> = entry.acts.iter().flat_map(named).collect();
        for act in &entry.acts {
            let (condition, values) = match act {
                Act::Penalised(penalty) => ("document = ?", vec![penalty.number.clone()]),
                Act::Opened(Opened { matter, name, .. }) => {
                    ("kind = ? AND name = ?", vec![matter.kind().key().to_owned(), name.clone()])
                }
                _ => continue,
            };
            wanted.extend(self.matters(condition, &values)?);
        }
        let mut read = BTreeSet::new();
        while let Some(matter) = wanted.pop() {
            if read.insert(matter.clone()) {
                rows::load(&self.store, Some(&matter), &mut ledger)?;
                // What a matter goes back to may be judged on what that goes back to.
                let trail = ledger.tasks.get(&matter).into_iter().flat_map(|task| &task.trail);
                wanted
                    .extend(trail.flat_map(|trace| named(&trace.act)).filter(|named| !read.contains(named)));
            }
        }
        Ok(ledger)
    }
}

/// The matters that an act is about or names, and the one numbered before.
fn named(act: &Act) -> Vec<Matter> {
    let mut matters = vec![act.matter().clone()];
    match act {
        Act::Opened(opened) => matters.extend(opened.of.clone()),
        Act::Penalised(penalty) => matters.extend(penalty.of.clone()),
        _ => return matters,
    }
    if let Matter::Numbered { year, kind, number } = act.matter() {
        let before = number.checked_sub(1).filter(|before| *before > 0);
        matters.extend(before.map(|number| Matter::Numbered { year: *year, kind: *kind, number }));
    }
    matters
}

fn nothing() -> Problem {
    Problem::new(
        Kind::Usage,
        said!("没有要录入的", "there is nothing to enter"),
        said!("写明至少一项", "name one act at least"),
    )
}

/// What cannot be read back is not written.
fn unreadable_again() -> Problem {
    Problem::new(
        Kind::Internal,
        said!("这一条写下去就读不回来", "this entry could not be read again"),
        said!("什么都没有写下；请报告这个程序错误", "nothing was written; report this fault of the program"),
    )
}
