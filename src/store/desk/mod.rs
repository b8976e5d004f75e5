//! The office's desk: every matter as it stands, and the one way to enter what happens.
//!
//! The record of a draw says which visits there are, the journal what became of them and
//! of everything else. Both are files that are never written again.

mod drawn;
mod journal;
mod query;

pub use journal::{Head, JOURNAL};
pub use query::Query;

use super::draws::Stage;
use super::office::Office;
use super::roles::DelegatedTown;
use crate::problem::{Kind, Outcome, Problem};
use crate::register::Item;
use crate::said;
use crate::task::{self, Act, Entry, Ledger, Matter, Officer, Staff, Standing, Task};
use crate::time::Moment;
use journal::Journal;
use std::collections::BTreeMap;
use std::fs::File;

/// The store of an office, opened, and as new as record and journal.
#[derive(Debug)]
pub struct Desk {
    journal: Journal,
    head: Head,
    ledger: Ledger,
    officers: BTreeMap<String, Officer>,
}

impl Desk {
    /// Opens the store of `office` and catches up with record and journal.
    ///
    /// # Errors
    /// If an entry of the journal is missing, was changed or does not follow the one
    /// before, or if what the office kept of a draw is not what its record binds.
    pub fn open(office: &Office) -> Outcome<Desk> {
        let journal = Journal::of(office);
        let (mut ledger, mut officers) = (Ledger::default(), BTreeMap::new());
        let (policy, _) = office.policy()?;
        for folder in office.draws(&policy.office)? {
            if matches!(folder.stage()?, Stage::Recorded | Stage::Sealed) {
                let drawn = drawn::drawn(&folder)?;
                drawn.tasks.into_iter().for_each(|task| ledger.add(task));
                officers.extend(drawn.officers.into_iter().map(|who| (who.certificate.clone(), who)));
            }
        }
        let newest: Vec<crate::register::Inspector> = office.table()?;
        officers.extend(newest.iter().map(|who| (who.certificate.clone(), Officer::from(who))));
        let mut desk = Desk { journal, head: Head::default(), ledger, officers };
        desk.advance()?;
        Ok(desk)
    }

    /// Reads the entries behind the last one known.
    fn advance(&mut self) -> Outcome<()> {
        let count = self.journal.count()?;
        while self.head.number < count {
            let (entry, head) = self.journal.next(&self.head)?;
            self.ledger.enter(&entry);
            self.head = head;
        }
        Ok(())
    }

    /// The matter as it stands; `None` if there is none of this number.
    pub fn task(&self, matter: &Matter) -> Outcome<Option<Task>> {
        Ok(self.ledger.tasks.get(matter).cloned())
    }

    /// The matters that fit, in the order of their numbers.
    pub fn tasks(&self, query: &Query) -> Outcome<Vec<Task>> {
        let fits = |task: &&Task| {
            let draw = match &task.matter {
                Matter::Drawn { draw, .. } => Some(draw),
                Matter::Numbered { .. } => None,
            };
            let officer = |who: &String| task.people().any(|known| known == who);
            query.draw.as_ref().is_none_or(|wanted| draw == Some(wanted))
                && query.kind.is_none_or(|kind| task.kind() == kind)
                && query.state.is_none_or(|state| task.state == state)
                && query.unit.as_ref().is_none_or(|unit| task.unit.as_ref() == Some(unit))
                && query.town.as_ref().is_none_or(|town| task.town.as_ref() == Some(town))
                && query.zone.as_ref().is_none_or(|zone| task.zone.as_ref() == Some(zone))
                && query.officer.as_ref().is_none_or(officer)
                && query.from.is_none_or(|from| task.day().is_some_and(|day| day >= from))
                && query.until.is_none_or(|until| task.day().is_some_and(|day| day <= until))
        };
        Ok(self.ledger.tasks.values().filter(fits).cloned().collect())
    }

    /// Everything.
    pub fn ledger(&self) -> Outcome<Ledger> {
        Ok(self.ledger.clone())
    }

    /// Everybody whom the newest register or the register of a draw knows, by
    /// certificate number. Names never leave the office.
    pub fn people(&self) -> Outcome<BTreeMap<String, Officer>> {
        Ok(self.officers.clone())
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
        let numbered = |matter: &Matter| match matter {
            Matter::Numbered { year: of, kind: is, number } if (*of, *is) == (year, kind) => Some(*number),
            _ => None,
        };
        let last = self.ledger.tasks.keys().filter_map(numbered).max().unwrap_or_default();
        Ok(Matter::Numbered { year, kind, number: last + 1 })
    }

    /// The end of the journal.
    pub fn head(&self) -> Head {
        self.head
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
        self.advance()?;
        let Head { number, hash, at } = self.head;
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
        task::judge(&entry, self.ledger.clone(), standing).map_err(|refusals| task::refused(&refusals))?;
        if Entry::read(entry.text().as_bytes()).as_ref() != Ok(&entry) {
            return Err(unreadable_again());
        }
        self.journal.write(&entry)?;
        self.advance()?;
        Ok(entry)
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
