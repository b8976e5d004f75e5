//! The whole journal walked through, and the store held against it.

use super::Desk;
use super::journal::Head;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::task::Act;

impl Desk {
    /// Reads every entry, each of which must follow the one before and be in the store as
    /// it is in the journal.
    ///
    /// # Errors
    /// The first that does not, by its number.
    pub fn check(&self) -> Outcome<Head> {
        let mut head = Head::default();
        // What is being entered meanwhile comes into the store behind the journal.
        let last = self.head()?.number;
        for _ in 0..last {
            let (entry, next) = self.journal.next(&head)?;
            let mut select =
                self.store.prepare_cached("SELECT text FROM act WHERE entry = ?1 ORDER BY position")?;
            let known = select.query_map([entry.number], |row| row.get::<_, String>(0))?;
            let known: Vec<String> = known.collect::<rusqlite::Result<_>>()?;
            if known != entry.acts.iter().map(Act::text).collect::<Vec<_>>() {
                return Err(differs(entry.number));
            }
            head = next;
        }
        Ok(head)
    }
}

fn differs(number: u32) -> Problem {
    Problem::new(
        Kind::Unreadable,
        said!(
            "任务库里的第 {number} 条与台账不一致",
            "entry {number} is not in the store as it is in the journal"
        ),
        said!(
            "运行 yaohao journal --rebuild 重建任务库",
            "run yaohao journal --rebuild to make the store again"
        ),
    )
    .at(super::STORE)
}
