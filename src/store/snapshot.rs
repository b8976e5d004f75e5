//! What a draw keeps in the office: secrets, and everything it was judged on
//! exactly as it was when it was committed.

use super::draws::DrawFolder;
use super::office::{file_of, register_in};
use crate::digest::{SaltKey, Suite, unhex};
use crate::eligibility::{History, Past};
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::register::import::Entry;
use crate::register::{Register, canonical};
use crate::said;
use crate::seed::Nonce;
use crate::text::{Read, Reader, TextError, Writer};
use crate::time::Date;
use std::collections::{BTreeMap, BTreeSet};

/// The office's secrets of one draw.
#[derive(Clone)]
pub struct Secrets {
    /// Key of all salts.
    pub salts: [u8; 32],
    /// The office's nonce.
    pub nonce: Nonce,
}

/// Registers and history as committed.
#[derive(Debug)]
pub struct Snapshot {
    /// The registers.
    pub register: Register,
    /// What earlier draws did.
    pub history: History,
}

const SECRETS: &str = "secrets.txt";
const HISTORY: &str = "history.txt";
const VISITS: &str = "visits.txt";

impl Secrets {
    /// The key of the salts in a draw of `suite`.
    pub fn salt_key(&self, suite: Suite) -> SaltKey {
        SaltKey::new(suite, &self.salts)
    }

    /// Keeps the secrets in the draw's private folder.
    pub fn keep(&self, folder: &DrawFolder) -> Outcome<()> {
        let mut text = Writer::new("yaohao/secrets/v1");
        text.field("draw", &folder.id)
            .field("salts", crate::digest::hex(&self.salts))
            .field("nonce", self.nonce.reveal());
        folder.keep(SECRETS, text.finish().as_bytes())
    }

    /// Reads the secrets of a draw.
    pub fn load(folder: &DrawFolder) -> Outcome<Secrets> {
        let bytes = folder.kept(SECRETS)?;
        let parse = || -> Read<Secrets> {
            let mut r = Reader::new(&bytes, "yaohao/secrets/v1")?;
            r.constant("draw", &folder.id.to_string())?;
            let salts = unhex(r.field("salts")?).map_err(|_| hidden("salts"))?;
            let nonce = r.field("nonce")?.parse().map_err(|_| hidden("nonce"))?;
            r.end()?;
            Ok(Secrets { salts, nonce })
        };
        parse().map_err(|error| damaged(folder, SECRETS, &error))
    }
}

/// An error that does not show the secret.
fn hidden(field: &str) -> TextError {
    let rule = said!("{field} 不是 64 位十六进制", "{field} is not 64 hex digits");
    TextError { line: 0, rule: rule.into() }
}

impl Snapshot {
    /// Keeps registers and history in the draw's private folder.
    pub fn keep(folder: &DrawFolder, register: &Register, history: &History) -> Outcome<()> {
        fn table<T: Entry>(folder: &DrawFolder, entries: &[T]) -> Outcome<()> {
            folder.keep(&file_of::<T>(), canonical::print(entries).as_bytes())
        }
        table(folder, &register.units)?;
        table(folder, &register.inspectors)?;
        table(folder, &register.items)?;
        table(folder, &register.recusals)?;
        let mut text = Writer::new("yaohao/history/v1");
        for (unit, past) in &history.0 {
            let last = past.last.map_or_else(|| "-".to_owned(), |day| day.to_string());
            text.line(format!("{unit} {last} {} {}", past.visits_this_year, joined(&past.team)));
        }
        folder.keep(HISTORY, text.finish().as_bytes())
    }

    /// Reads them back.
    pub fn load(folder: &DrawFolder) -> Outcome<Snapshot> {
        let bytes = folder.kept(HISTORY)?;
        let history = read_history(&bytes).map_err(|error| damaged(folder, HISTORY, &error))?;
        Ok(Snapshot { register: register_in(&folder.private)?, history })
    }
}

fn read_history(bytes: &[u8]) -> Read<History> {
    let mut r = Reader::new(bytes, "yaohao/history/v1")?;
    let mut history = BTreeMap::new();
    while let Some(line) = r.next_line()? {
        let [unit, last, visits, team] = r.split(line)?;
        let last = if last == "-" { None } else { Some(r.parse(last, "a date")?) };
        let past = Past { last, team: split(team), visits_this_year: r.number(visits)? };
        history.insert(unit.to_owned(), past);
    }
    Ok(History(history))
}

/// Keeps who visits whom, for the history of later draws.
pub(super) fn keep_visits(folder: &DrawFolder, visits: &[(String, BTreeSet<String>)]) -> Outcome<()> {
    folder.keep(VISITS, visits_text(visits).as_bytes())
}

/// Keeps who goes to a unit after a late change; it counts instead of what was drawn.
pub(super) fn keep_change(
    folder: &DrawFolder,
    number: u32,
    unit: &str,
    team: &BTreeSet<String>,
) -> Outcome<()> {
    let text = visits_text(&[(unit.to_owned(), team.clone())]);
    folder.keep(&change_file(number), text.as_bytes())
}

fn change_file(number: u32) -> String {
    format!("visits-{number:03}.txt")
}

fn visits_text(visits: &[(String, BTreeSet<String>)]) -> String {
    let mut text = Writer::new("yaohao/visits/v1");
    for (unit, team) in visits {
        text.line(format!("{unit} {}", joined(team)));
    }
    text.finish()
}

/// Adds the visits of a finished draw to `history`, after its late changes.
pub(super) fn add_visits(
    folder: &DrawFolder,
    last: Date,
    counts: bool,
    history: &mut History,
) -> Outcome<()> {
    let changes = (1..=folder.replacements()?.1).map(change_file);
    let mut visits = BTreeMap::new();
    for file in std::iter::once(VISITS.to_owned()).chain(changes) {
        let bytes = folder.kept(&file)?;
        visits.extend(read_visits(&bytes).map_err(|error| damaged(folder, &file, &error))?);
    }
    for (unit, team) in visits {
        history.add(&unit, last, team, counts);
    }
    Ok(())
}

fn read_visits(bytes: &[u8]) -> Read<BTreeMap<String, BTreeSet<String>>> {
    let mut r = Reader::new(bytes, "yaohao/visits/v1")?;
    let mut visits = BTreeMap::new();
    while let Some(line) = r.next_line()? {
        let [unit, team] = r.split(line)?;
        visits.insert(unit.to_owned(), split(team));
    }
    Ok(visits)
}

fn joined(team: &BTreeSet<String>) -> String {
    if team.is_empty() {
        return "-".to_owned();
    }
    team.iter().map(String::as_str).collect::<Vec<_>>().join(",")
}

fn split(team: &str) -> BTreeSet<String> {
    if team == "-" { BTreeSet::new() } else { team.split(',').map(str::to_owned).collect() }
}

fn damaged(folder: &DrawFolder, file: &str, error: &TextError) -> Problem {
    let Said { zh, en } = error.said();
    Problem::new(
        Kind::Unreadable,
        said!("本机关的私密文件损坏：{zh}", "a private file of the office is damaged: {en}"),
        said!("从备份恢复这个文件", "restore the file from a backup"),
    )
    .at(folder.private.join(file).display().to_string())
}
