//! The office's desk: every matter as it stands, and the one way to enter what happens.
//!
//! The record of a draw says which visits there are, the journal what became of them and
//! of everything else. Both are files that are never written again. Beside them lies a
//! store that can be asked; it is brought up to date whenever it is opened, by readers too,
//! and made again where it is missing, of another version or damaged.

mod catchup;
mod check;
mod drawn;
mod enter;
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
use crate::register::{Inspector, Item, Recusal, Subject, Unit};
use crate::said;
use crate::task::{self, Entry, Ledger, Matter, Officer, Staff, Standing, Task};
use journal::Journal;
use rusqlite::{Connection, Transaction};
use schema::Found;
use std::collections::{BTreeMap, BTreeSet};
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

    /// Makes the store again from record and journal, whatever it was. If it knew other
    /// entries than the journal has now, [`Desk::rebuilt`] says so.
    ///
    /// # Errors
    /// As [`Desk::open`], but for entries that only the store bore witness of.
    pub fn rebuild(office: &Office) -> Outcome<Desk> {
        let path = office.path(STORE);
        let _turn = schema::turn(&path)?;
        let (journal, newest) = (Journal::of(office), office.table()?);
        let before = match schema::open(&path) {
            Ok(Found::Ready(store)) => catchup::is_kept(&store, &journal).err().map(|problem| problem.what),
            _ => None,
        };
        Desk { journal, store: anew(&path)?, newest, rebuilt: before }.caught_up(office)
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

    /// What is read until this is dropped is of one moment, whatever others enter meanwhile.
    fn view(&self) -> Outcome<Transaction<'_>> {
        Ok(self.store.unchecked_transaction()?)
    }

    /// The matter as it stands; `None` if there is none of this number.
    pub fn task(&self, matter: &Matter) -> Outcome<Option<Task>> {
        let _view = self.view()?;
        let mut ledger = Ledger::default();
        rows::load(&self.store, Some(matter), &mut ledger)?;
        Ok(ledger.tasks.remove(matter))
    }

    /// The matters that fit, in the order of their numbers.
    pub fn tasks(&self, query: &Query) -> Outcome<Vec<Task>> {
        let _view = self.view()?;
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
        let _view = self.view()?;
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
        let recusals: Vec<Recusal> = office.table()?;
        Ok(Standing {
            officers: self.people()?,
            groups: groups(office, &recusals)?,
            recusals,
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
}

/// The groups of units of the newest register, where a recusal asks for them: versions of a
/// unit stand in their order, so that the newest counts.
fn groups(office: &Office, recusals: &[Recusal]) -> Outcome<BTreeMap<String, String>> {
    if !recusals.iter().any(|recusal| matches!(recusal.subject, Subject::Group(_))) {
        return Ok(BTreeMap::new());
    }
    let mut groups = BTreeMap::new();
    for unit in office.table::<Unit>()? {
        match unit.group {
            Some(group) => groups.insert(unit.id, group),
            None => groups.remove(&unit.id),
        };
    }
    Ok(groups)
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
