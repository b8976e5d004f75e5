//! Rows of the store: written from draws and entries, read back as tasks.

use super::drawn::Drawn;
use super::journal::Head;
use crate::digest::Digest;
use crate::eligibility::Window;
use crate::ids::DrawId;
use crate::policy::Role;
use crate::problem::{self, Outcome, Problem};
use crate::register::Post;
use crate::said;
use crate::task::{Act, Entry, Kind, Ledger, Matter, Officer, Task, Trace};
use crate::time::Period;
use rusqlite::{Connection, Row, params};
use std::collections::BTreeMap;
use std::str::FromStr;

/// Adds an entry of the journal.
pub(super) fn add_entry(store: &Connection, entry: &Entry, hash: Digest) -> Outcome<()> {
    let mut insert = store.prepare_cached("INSERT INTO entry VALUES (?1, ?2, ?3, ?4)")?;
    insert.execute(params![entry.number, hash.to_string(), entry.at.to_string(), entry.by])?;
    let mut insert = store.prepare_cached("INSERT INTO act VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (position, act) in (1..).zip(&entry.acts) {
        let matter = act.matter().to_string();
        insert.execute(params![entry.number, position, matter, act.key(), act.text()])?;
    }
    Ok(())
}

/// Puts a draw in the place of what was known of it.
pub(super) fn put_draw(store: &Connection, id: &DrawId, seen: &str, drawn: &Drawn) -> Outcome<()> {
    let draw = id.to_string();
    store.execute("DELETE FROM draw WHERE id = ?1", [&draw])?;
    store.execute("INSERT INTO draw VALUES (?1, ?2, ?3, ?4)", params![draw, id.year, id.sequence, seen])?;
    let mut insert =
        store.prepare_cached("INSERT INTO officer VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
    for Officer { certificate, name, department, zone, lead, post, validity } in &drawn.officers {
        let (from, until) = (text(validity.from), text(validity.until));
        insert.execute(params![draw, certificate, name, department, zone, lead, post.key(), from, until])?;
    }
    drawn.tasks.iter().try_for_each(|task| put_drawn(store, &draw, task))
}

fn put_drawn(store: &Connection, draw: &str, task: &Task) -> Outcome<()> {
    let matter = task.matter.to_string();
    let window = task.window.ok_or_else(|| damaged("window"))?;
    let mut insert =
        store.prepare_cached("INSERT INTO drawn VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")?;
    insert.execute(params![
        matter,
        draw,
        task.unit,
        task.name,
        task.address,
        task.town,
        task.zone,
        text(task.decided),
        window.first.to_string(),
        window.last.to_string(),
        text(task.scheduled),
    ])?;
    let mut insert = store.prepare_cached("INSERT INTO drawn_seat VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (position, ((role, certificate), minutes)) in (1..).zip(task.seats.iter().zip(&task.minutes)) {
        insert.execute(params![matter, position, role.key(), certificate, minutes])?;
    }
    let mut insert = store.prepare_cached("INSERT INTO drawn_item VALUES (?1, ?2, ?3)")?;
    for (position, code) in (1..).zip(&task.items) {
        insert.execute(params![matter, position, code])?;
    }
    Ok(())
}

/// Puts the task, as it stands, into the index.
pub(super) fn put_task(store: &Connection, task: &Task) -> Outcome<()> {
    let matter = task.matter.to_string();
    let (draw, year, number) = match &task.matter {
        Matter::Drawn { draw, .. } => (Some(draw.to_string()), None, None),
        Matter::Numbered { year, number, .. } => (None, Some(*year), Some(*number)),
    };
    let due = task.opened.as_ref().and_then(|opened| opened.due);
    let document = task.penalty.as_ref().map(|penalty| penalty.number.as_str());
    store.prepare_cached("DELETE FROM task WHERE matter = ?1")?.execute([&matter])?;
    store
        .prepare_cached("INSERT INTO task VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)")?
        .execute(params![
            matter,
            task.kind().key(),
            task.state.key(),
            draw,
            year,
            number,
            task.unit,
            task.name,
            task.town,
            task.zone,
            text(task.day()),
            text(due),
            document,
        ])?;
    let mut insert = store.prepare_cached("INSERT OR IGNORE INTO part VALUES (?1, ?2)")?;
    task.people().try_for_each(|who| insert.execute(params![who, matter]).map(drop))?;
    Ok(())
}

/// Adds one matter, or all, to `ledger`, as record and journal have it; before a second look
/// also what it goes back to. What `ledger` has already is left.
pub(super) fn load(store: &Connection, matter: Option<&Matter>, ledger: &mut Ledger) -> Outcome<()> {
    if let Some(matter) = matter {
        if ledger.tasks.contains_key(matter) {
            return Ok(());
        }
        if let Some(before) = goes_back_to(store, matter)?.filter(|before| before != matter) {
            load(store, Some(&before), ledger)?;
        }
    }
    let condition = if matter.is_some() { "WHERE matter = ?1" } else { "" };
    let wanted: Vec<String> = matter.iter().map(|matter| matter.to_string()).collect();
    let all = rusqlite::params_from_iter(&wanted);
    let each = |table: &str, order: &str| format!("SELECT * FROM {table} {condition} ORDER BY {order}");
    let mut select = store.prepare_cached(&each("drawn", "matter"))?;
    let mut rows = select.query(all.clone())?;
    while let Some(row) = rows.next()? {
        ledger.add(drawn_task(row)?);
    }
    let mut select = store.prepare_cached(&each("drawn_seat", "matter, position"))?;
    let mut rows = select.query(all.clone())?;
    while let Some(row) = rows.next()? {
        let task = known(ledger, row)?;
        let role: String = row.get("role")?;
        task.seats.push((Role::from_key(&role).ok_or_else(|| damaged("role"))?, row.get("certificate")?));
        task.minutes.push(row.get("minutes")?);
    }
    let mut select = store.prepare_cached(&each("drawn_item", "matter, position"))?;
    let mut rows = select.query(all.clone())?;
    while let Some(row) = rows.next()? {
        known(ledger, row)?.items.push(row.get("code")?);
    }
    let mut select = store.prepare_cached(&each("act JOIN entry ON number = entry", "entry, position"))?;
    let mut rows = select.query(all)?;
    while let Some(row) = rows.next()? {
        let act = Act::of_text(&row.get::<_, String>("text")?).map_err(|_| damaged("act"))?;
        ledger.take(Trace { entry: row.get("entry")?, at: parsed(row, "at")?, by: row.get("by")?, act });
    }
    Ok(())
}

/// What a second look goes back to.
fn goes_back_to(store: &Connection, matter: &Matter) -> Outcome<Option<Matter>> {
    if matter.kind() != Kind::Reinspection {
        return Ok(None);
    }
    let mut select =
        store.prepare_cached("SELECT text FROM act WHERE matter = ?1 AND word = 'opened' LIMIT 1")?;
    let mut rows = select.query([matter.to_string()])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    match Act::of_text(&row.get::<_, String>("text")?) {
        Ok(Act::Opened(opened)) => Ok(opened.of),
        _ => Err(damaged("act")),
    }
}

fn drawn_task(row: &Row<'_>) -> Outcome<Task> {
    let scheduled = optional(row, "scheduled")?;
    Ok(Task {
        unit: row.get("unit")?,
        name: row.get("name")?,
        address: row.get("address")?,
        town: row.get("town")?,
        zone: row.get("zone")?,
        decided: optional(row, "decided")?,
        window: Some(Window { first: parsed(row, "first")?, last: parsed(row, "last")? }),
        scheduled,
        planned: scheduled,
        ..Task::new(parsed(row, "matter")?)
    })
}

fn known<'a>(ledger: &'a mut Ledger, row: &Row<'_>) -> Outcome<&'a mut Task> {
    ledger.tasks.get_mut(&parsed(row, "matter")?).ok_or_else(|| damaged("matter"))
}

/// Officers of the registers of draws, the newest draw of each.
pub(super) fn officers(store: &Connection) -> Outcome<BTreeMap<String, Officer>> {
    let mut officers = BTreeMap::new();
    let mut select =
        store.prepare_cached("SELECT * FROM officer JOIN draw ON id = draw ORDER BY year, sequence")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let post: String = row.get("post")?;
        let officer = Officer {
            certificate: row.get("certificate")?,
            name: row.get("name")?,
            department: row.get("department")?,
            zone: row.get("zone")?,
            lead: row.get("lead")?,
            post: Post::from_key(&post).ok_or_else(|| damaged("post"))?,
            validity: Period { from: optional(row, "valid_from")?, until: optional(row, "valid_until")? },
        };
        officers.insert(officer.certificate.clone(), officer);
    }
    Ok(officers)
}

/// The entries known: number and hash, in order.
pub(super) fn hashes(store: &Connection) -> Outcome<Vec<Digest>> {
    let mut select = store.prepare_cached("SELECT hash FROM entry ORDER BY number")?;
    let hashes = select.query_map([], |row| row.get::<_, String>(0))?;
    hashes.map(|hash| hash?.parse().map_err(|_| damaged("hash"))).collect()
}

/// The last entry known.
pub(super) fn head(store: &Connection) -> Outcome<Head> {
    let mut select = store.prepare_cached("SELECT * FROM entry ORDER BY number DESC LIMIT 1")?;
    let mut rows = select.query([])?;
    let Some(row) = rows.next()? else { return Ok(Head::default()) };
    Ok(Head { number: row.get("number")?, hash: Some(parsed(row, "hash")?), at: Some(parsed(row, "at")?) })
}

fn text<T: ToString>(value: Option<T>) -> Option<String> {
    value.map(|value| value.to_string())
}

pub(super) fn parsed<T: FromStr>(row: &Row<'_>, column: &str) -> Outcome<T> {
    let text: String = row.get(column)?;
    text.parse().map_err(|_| damaged(column))
}

fn optional<T: FromStr>(row: &Row<'_>, column: &str) -> Outcome<Option<T>> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| text.parse().map_err(|_| damaged(column))).transpose()
}

fn damaged(column: &str) -> Problem {
    Problem::new(
        problem::Kind::Unreadable,
        said!("任务库被改动过（{column}）", "the store of tasks was changed ({column})"),
        said!("运行 yaohao journal --rebuild 重建", "run yaohao journal --rebuild to make it again"),
    )
    .at(super::STORE)
}
