//! The office's desk: every matter as it stands, and the one way to enter what happens.
//!
//! The record of a draw says which visits there are, the journal what became of them and
//! of everything else. Both are files that are never written again. Beside them lies a
//! store that can be asked; it is brought up to date whenever it is opened, by readers too,
//! and made again where it is missing, of another version or damaged.

mod catchup;
mod drawn;
mod journal;
mod query;
mod rows;
mod schema;

pub use journal::{Head, JOURNAL};
pub use query::Query;

use super::office::Office;
use super::roles::DelegatedTown;
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::register::{Inspector, Item};
use crate::said;
use crate::task::{self, Act, Entry, Ledger, Matter, Officer, Staff, Standing, Task};
use crate::time::Moment;
use journal::Journal;
use rusqlite::Connection;
use schema::Found;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::Path;

/// Where the store lies in the office's folder.
pub const STORE: &str = "private/store.sqlite";

/// More tasks than this are read in one go.
const MANY: usize = 200;

/// The store of an office, opened, and as new as record and journal.
#[derive(Debug)]
pub struct Desk {
    journal: Journal,
    store: Connection,
    newest: Vec<Inspector>,
    rebuilt: Option<Said>,
}

impl Desk {
    /// Opens the store of `office` and catches up with record and journal.
    ///
    /// # Errors
    /// If an entry of the journal is missing, was changed or does not follow the one
    /// before, or if what the office kept of a draw is not what its record binds.
    pub fn open(office: &Office) -> Outcome<Desk> {
        let path = office.path(STORE);
        let _turn = schema::turn(&path)?;
        let journal = Journal::of(office);
        let (store, rebuilt) = match schema::open(&path)? {
            Found::Ready(store) => (store, None),
            Found::New(store) => {
                let entries = journal.count()? > 0;
                (store, entries.then(|| said!("任务库不在了", "the store of tasks was gone")))
            }
            Found::Useless(why) => {
                let Said { zh, en } = why;
                (anew(&path)?, Some(said!("任务库{zh}", "the store of tasks was useless: {en}")))
            }
        };
        Desk { journal, store, newest: office.table()?, rebuilt }.caught_up(office)
    }

    /// Makes the store again from record and journal, whatever it was.
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub fn rebuild(office: &Office) -> Outcome<Desk> {
        let path = office.path(STORE);
        let _turn = schema::turn(&path)?;
        let (journal, newest) = (Journal::of(office), office.table()?);
        Desk { journal, store: anew(&path)?, newest, rebuilt: None }.caught_up(office)
    }

    fn caught_up(mut self, office: &Office) -> Outcome<Desk> {
        catchup::is_kept(&self.store, &self.journal)?;
        catchup::draws(&mut self.store, office)?;
        catchup::entries(&mut self.store, &self.journal)?;
        Ok(self)
    }

    /// Why the store had to be made again, if it had: the shell says so.
    pub fn rebuilt(&self) -> Option<&Said> {
        self.rebuilt.as_ref()
    }

    /// The matter as it stands; `None` if there is none of this number.
    pub fn task(&self, matter: &Matter) -> Outcome<Option<Task>> {
        let mut ledger = Ledger::default();
        rows::load(&self.store, Some(matter), &mut ledger)?;
        Ok(ledger.tasks.remove(matter))
    }

    /// The matters that fit, in the order of their numbers.
    pub fn tasks(&self, query: &Query) -> Outcome<Vec<Task>> {
        let (condition, values) = query.condition();
        let wanted = self.matters(&condition, &values)?;
        let mut ledger = Ledger::default();
        if wanted.len() < MANY {
            wanted.iter().try_for_each(|matter| rows::load(&self.store, Some(matter), &mut ledger))?;
        } else {
            rows::load(&self.store, None, &mut ledger)?;
        }
        Ok(ledger.tasks.into_values().filter(|task| wanted.contains(&task.matter)).collect())
    }

    fn matters(&self, condition: &str, values: &[String]) -> Outcome<BTreeSet<Matter>> {
        let mut select = self.store.prepare_cached(&format!("SELECT matter FROM task WHERE {condition}"))?;
        let mut rows = select.query(rusqlite::params_from_iter(values))?;
        let mut matters = BTreeSet::new();
        while let Some(row) = rows.next()? {
            matters.insert(rows::parsed(row, "matter")?);
        }
        Ok(matters)
    }

    /// Everything.
    pub fn ledger(&self) -> Outcome<Ledger> {
        let mut ledger = Ledger::default();
        rows::load(&self.store, None, &mut ledger)?;
        Ok(ledger)
    }

    /// Everybody whom the newest register or the register of a draw knows, by
    /// certificate number. Names never leave the office.
    pub fn people(&self) -> Outcome<BTreeMap<String, Officer>> {
        let mut people = rows::officers(&self.store)?;
        people.extend(self.newest.iter().map(|who| (who.certificate.clone(), Officer::from(who))));
        Ok(people)
    }

    /// What acts are judged on besides the tasks: the newest registers and office.toml.
    pub fn standing(&self, office: &Office) -> Outcome<Standing> {
        let delegated = office.settings.delegated.iter().map(DelegatedTown::delegated);
        let items: Vec<Item> = office.table()?;
        Ok(Standing {
            officers: self.people()?,
            recusals: office.table()?,
            staff: Staff::from(&office.settings.people),
            delegated: delegated.collect::<Outcome<_>>()?,
            items: items.into_iter().map(|item| item.code).collect(),
        })
    }

    /// The number that the next matter of this kind gets.
    pub fn next_matter(&self, kind: task::Kind, year: u16) -> Outcome<Matter> {
        let last = "SELECT coalesce(max(number), 0) FROM task WHERE kind = ?1 AND year = ?2";
        let last: u32 = self.store.query_row(last, rusqlite::params![kind.key(), year], |row| row.get(0))?;
        Ok(Matter::Numbered { year, kind, number: last + 1 })
    }

    /// The end of the journal.
    pub fn head(&self) -> Outcome<Head> {
        rows::head(&self.store)
    }

    /// An entry of the journal.
    pub fn entry(&self, number: u32) -> Outcome<Entry> {
        self.journal.entry(number)
    }

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
                said!("电脑时钟早于日志的最后一条", "the clock is before the last entry of the journal"),
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
        let mut ledger = Ledger::default();
        let mut wanted: Vec<Matter> = entry.acts.iter().flat_map(named).collect();
        for act in &entry.acts {
            if let Act::Penalised(penalty) = act {
                wanted.extend(self.matters("document = ?", std::slice::from_ref(&penalty.number))?);
            }
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

fn anew(path: &Path) -> Outcome<Connection> {
    schema::remove(path)?;
    match schema::open(path)? {
        Found::Ready(store) | Found::New(store) => Ok(store),
        Found::Useless(why) => {
            let Said { zh, en } = why;
            Err(Problem::new(
                Kind::Unreadable,
                said!(
                    "任务库重建后仍不能用：{zh}",
                    "the store of tasks is useless as soon as it is made: {en}"
                ),
                said!("核对磁盘", "check the disk"),
            )
            .at(STORE))
        }
    }
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
