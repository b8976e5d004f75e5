//! Bringing the store up to what record and journal say.

use super::journal::{Head, Journal};
use super::{drawn, rows};
use crate::digest::Digest;
use crate::ids::DrawId;
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::record;
use crate::said;
use crate::store::{DrawFolder, Office, read};
use crate::task::{Ledger, Matter};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// Tasks that changed, of which the index has to be made again; more than this are read
/// in one go.
const MANY: usize = 200;

/// Whether every entry that the store knows is still what it was: the store bears witness
/// also of the last one, which no later entry names.
///
/// # Errors
/// The first that is missing or changed, by its number.
pub(super) fn is_kept(store: &Connection, journal: &Journal) -> Outcome<()> {
    // In this order: another process may be entering meanwhile, first into the journal.
    let known = rows::hashes(store)?;
    let count = journal.count()?;
    if (count as usize) < known.len() {
        return Err(unless_on_purpose(journal.missing(count + 1)));
    }
    for (number, hash) in (1..).zip(known) {
        if Digest::of(&[&journal.bytes(number)?]) != hash {
            let why = said!("它录入之后被改过", "it was changed after it had been entered");
            return Err(unless_on_purpose(journal.broken(number, why)));
        }
    }
    Ok(())
}

/// Only the store bears witness: whoever restored an older journal says so.
fn unless_on_purpose(problem: Problem) -> Problem {
    let Said { zh, en } = &problem.remedy;
    let remedy = said!(
        "{zh}。确是有意恢复了较早的台账，运行 yaohao journal --rebuild",
        "{en}. If an older journal was restored on purpose, run yaohao journal --rebuild"
    );
    Problem { remedy, ..problem }
}

/// Adds the entries behind the last one known.
pub(super) fn entries(store: &mut Connection, journal: &Journal) -> Outcome<Head> {
    let mut head = rows::head(store)?;
    let count = journal.count()?;
    if head.number >= count {
        return Ok(head);
    }
    let write = store.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Somebody else may have been quicker.
    head = rows::head(&write)?;
    let mut changed = BTreeSet::new();
    while head.number < count {
        let (entry, next) = journal.next(&head)?;
        rows::add_entry(&write, &entry, entry.id())?;
        changed.extend(entry.acts.iter().map(|act| act.matter().clone()));
        head = next;
    }
    index(&write, &changed)?;
    write.commit()?;
    Ok(head)
}

/// Reads the draws that are new or have late changes since.
pub(super) fn draws(store: &mut Connection, office: &Office) -> Outcome<()> {
    let (policy, _) = office.policy()?;
    let mut known = seen(store)?;
    let mut fresh: Vec<(DrawFolder, String)> = Vec::new();
    for folder in office.draws(&policy.office)? {
        let (before, now) = (known.remove(&folder.id), mark(&folder)?);
        match now {
            Some(mark) if before.as_ref() != Some(&mark) => fresh.push((folder, mark)),
            None if before.is_some() => return Err(gone(&folder.id)),
            _ => {}
        }
    }
    if let Some(id) = known.keys().next() {
        return Err(gone(id));
    }
    for (folder, mark) in fresh {
        let drawn = drawn::drawn(&folder)?;
        let write = store.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        rows::put_draw(&write, &folder.id, &mark, &drawn)?;
        index(&write, &drawn.tasks.iter().map(|task| task.matter.clone()).collect())?;
        write.commit()?;
    }
    Ok(())
}

fn index(store: &Connection, changed: &BTreeSet<Matter>) -> Outcome<()> {
    let mut ledger = Ledger::default();
    match changed.len() {
        0..MANY => changed.iter().try_for_each(|matter| rows::load(store, Some(matter), &mut ledger))?,
        _ => rows::load(store, None, &mut ledger)?,
    }
    let changed = ledger.tasks.values().filter(|task| changed.contains(&task.matter));
    changed.into_iter().try_for_each(|task| rows::put_task(store, task))
}

/// What the store has seen of each draw.
fn seen(store: &Connection) -> Outcome<BTreeMap<DrawId, String>> {
    let mut select = store.prepare_cached("SELECT id, seen FROM draw")?;
    let mut rows = select.query([])?;
    let mut seen = BTreeMap::new();
    while let Some(row) = rows.next()? {
        seen.insert(rows::parsed(row, "id")?, row.get("seen")?);
    }
    Ok(seen)
}

/// What changes with the result of a draw and with every late change: a hash over the lists
/// of the closing step and of the late changes. `None` while there is no result.
fn mark(folder: &DrawFolder) -> Outcome<Option<String>> {
    let there = |name: &str| folder.public.join(name).exists();
    if there(record::VOID) || !there(record::RECORD_SUMS) {
        return Ok(None);
    }
    let mut lists = vec![read(&folder.public.join(record::RECORD_SUMS))?];
    for number in 1.. {
        let list = record::ReplaceFile::ResultSums.name(number);
        if !there(&list) {
            break;
        }
        lists.push(read(&folder.public.join(list))?);
    }
    let lists: Vec<&[u8]> = lists.iter().map(Vec::as_slice).collect();
    Ok(Some(Digest::of(&lists).to_string()))
}

/// What was drawn stays drawn.
fn gone(id: &DrawId) -> Problem {
    Problem::new(
        Kind::Unreadable,
        said!("{id} 有过结果，public 里却没有了", "{id} had a result, which is no more in public"),
        said!(
            "从备份恢复这次抽取在 public 里的文件夹",
            "restore the draw's folder under public from a backup"
        ),
    )
    .at("public")
}
