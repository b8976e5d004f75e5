//! The folders of the draws, and the step each has reached.

use super::durable::{Audience, publish_folder, read, unreadable, write_new};
use super::log::LOG;
use super::snapshot;
use crate::eligibility::{History, Window};
use crate::ids::DrawId;
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::record::{self, Commit, Record, ReplaceFile, Void};
use crate::said;
use crate::time::Date;
use crate::verify::Folder;
use crate::vocabulary;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

vocabulary! {
    /// How far a draw has come, told by its public files.
    Stage {
        /// The commitment is published.
        Committed = "committed", "已承诺，待抽取";
        /// Dice or balls are recorded, the nonces not yet.
        Ceremony = "ceremony", "已掷骰（摇球），待公开随机数";
        /// The nonces are open, the external event is awaited.
        Revealed = "revealed", "随机数已公开，待信标";
        /// All inputs are there, the record is not.
        Ready = "ready", "随机数已齐，待出结果";
        /// Given up, but not all of it is written.
        Voiding = "voiding", "正在作废，请再运行一次 yaohao void";
        /// Closed by a record whose result is still sealed.
        Sealed = "sealed", "已抽取，结果密封";
        /// Closed, everything published.
        Recorded = "recorded", "已抽取，结果已公开";
        /// Closed without a draw.
        Voided = "voided", "已作废";
    }
}

impl Stage {
    /// Whether the draw has its closing document.
    pub fn is_closed(self) -> bool {
        matches!(self, Stage::Sealed | Stage::Recorded | Stage::Voided)
    }
}

/// One draw's folders.
#[derive(Debug, Clone)]
pub struct DrawFolder {
    /// Its number.
    pub id: DrawId,
    /// What everybody may see.
    pub public: PathBuf,
    /// What only the office may see.
    pub private: PathBuf,
}

impl DrawFolder {
    /// The public files.
    pub fn files(&self) -> Outcome<Folder> {
        folder_of(&self.public)
    }

    /// Publishes the commitment's files, all at once.
    pub fn publish(&self, files: &[(&str, &[u8])]) -> Outcome<()> {
        publish_folder(&self.public, files)
    }

    /// Clears what an earlier commitment that never came to be published kept.
    pub fn discard_unpublished(&self) -> Outcome<()> {
        if self.public.exists() || !self.private.exists() {
            return Ok(());
        }
        fs::remove_dir_all(&self.private).map_err(|error| unreadable(&self.private, &error))
    }

    /// Adds one text to the published files.
    pub fn add(&self, file: &str, text: &str) -> Outcome<()> {
        self.add_bytes(file, text.as_bytes())
    }

    /// Adds one file to the published ones.
    pub fn add_bytes(&self, file: &str, bytes: &[u8]) -> Outcome<()> {
        write_new(&self.public.join(file), bytes, Audience::Public)
    }

    /// Keeps one file in the office.
    pub fn keep(&self, file: &str, bytes: &[u8]) -> Outcome<()> {
        write_new(&self.private.join(file), bytes, Audience::Office)
    }

    /// Reads one file kept in the office.
    pub fn kept(&self, file: &str) -> Outcome<Vec<u8>> {
        read(&self.private.join(file))
    }

    /// How far the draw has come.
    pub fn stage(&self) -> Outcome<Stage> {
        let files = self.files()?;
        let has = |name: &str| files.get(name).is_some();
        let commit = files.get(record::COMMIT).and_then(|bytes| record::Commit::read(bytes).ok());
        let awaits_beacon = commit.as_ref().is_some_and(Commit::has_external_beacon);
        let sealed = commit.is_some_and(|commit| commit.mode == record::Mode::Sealed);
        Ok(match () {
            () if has(record::VOID_SUMS) => Stage::Voided,
            () if has(record::VOID) => Stage::Voiding,
            // The list of hashes is written last: without it the step is not finished.
            () if has(record::RECORD_SUMS) && (!sealed || has(record::OPEN_SUMS)) => Stage::Recorded,
            () if has(record::RECORD_SUMS) => Stage::Sealed,
            () if has(record::BEACON) || (has(record::REVEAL) && !awaits_beacon) => Stage::Ready,
            () if has(record::REVEAL) => Stage::Revealed,
            () if has(record::CEREMONY) => Stage::Ceremony,
            () => Stage::Committed,
        })
    }

    /// The civil day (UTC+8) of the opening of a sealed draw, if it was opened.
    pub fn opened(&self) -> Outcome<Option<Date>> {
        let files = self.files()?;
        let opening = files.get(record::OPEN).and_then(|bytes| record::Opening::read(bytes).ok());
        Ok(opening.map(|opening| opening.link.at.date_in_china()))
    }

    /// How many late changes were asked for, and how many of them are decided.
    pub fn replacements(&self) -> Outcome<(u32, u32)> {
        let files = self.files()?;
        let last = |kind: ReplaceFile| {
            let of_kind = files.0.keys().filter_map(|name| ReplaceFile::of(name));
            of_kind.filter(|(_, file)| *file == kind).map(|(number, _)| number).max().unwrap_or(0)
        };
        Ok((last(ReplaceFile::RequestSums), last(ReplaceFile::ResultSums)))
    }

    /// Keeps who goes to `unit` after late change `number`, for the history of later draws.
    pub fn keep_change(&self, number: u32, unit: &str, team: &BTreeSet<String>) -> Outcome<()> {
        snapshot::keep_change(self, number, unit, team)
    }

    /// The commitment, which must be readable.
    pub fn commit(&self) -> Outcome<Commit> {
        let path = self.public.join(record::COMMIT);
        Commit::read(&read(&path)?).map_err(|error| {
            let Said { zh, en } = error.said();
            Problem::new(
                Kind::Unreadable,
                said!("已公布的承诺读不懂：{zh}", "the published commitment cannot be read: {en}"),
                said!("从备份恢复公开文件夹", "restore the public folder from a backup"),
            )
            .at(path.display().to_string())
        })
    }

    /// Keeps who visits whom, for the history of later draws.
    pub fn keep_visits(&self, visits: &[(String, BTreeSet<String>)]) -> Outcome<()> {
        snapshot::keep_visits(self, visits)
    }

    /// The closing document's bytes, if the draw is closed.
    pub fn closing(&self) -> Outcome<Option<Vec<u8>>> {
        let files = self.files()?;
        Ok(files.get(record::RECORD).or_else(|| files.get(record::VOID)).map(<[u8]>::to_vec))
    }
}

/// Reads a draw's public folder. Names that begin with a dot are no part of a
/// draw (temporary files, what file managers leave); a folder inside counts as a
/// file called `<name>/`.
pub fn folder_of(path: &Path) -> Outcome<Folder> {
    let mut files = BTreeMap::new();
    let entries = fs::read_dir(path).map_err(|error| unreadable(path, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| unreadable(path, &error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        if entry.path().is_dir() {
            files.insert(format!("{name}/"), Vec::new());
        } else {
            files.insert(name, read(&entry.path())?);
        }
    }
    Ok(Folder(files))
}

/// The names of the folders in a public folder that may be draws, in their order.
pub fn draw_folders(public: &Path) -> Outcome<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(public).map_err(|error| unreadable(public, &error))? {
        let path = entry.map_err(|error| unreadable(public, &error))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let other = [LOG, VERIFIER, record::RESULTS, crate::site::FOLDER].contains(&name.as_str());
        if path.is_dir() && !name.starts_with('.') && !other {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// The folder beside the draws with files that anybody may verify them with.
pub const VERIFIER: &str = "verifier";

/// The files of such a folder, by name; none if it is not there. Names that begin with
/// a dot, and folders inside, are no part of it.
pub fn verifier_files(path: &Path) -> Outcome<BTreeMap<String, Vec<u8>>> {
    if !path.is_dir() {
        return Ok(BTreeMap::new());
    }
    let mut files = folder_of(path)?.0;
    files.retain(|name, _| !name.ends_with('/'));
    Ok(files)
}

/// The closing document of the draw before `commit`, looked for in the folders
/// beside `folder`: the one that the commitment names; if it names none, that of
/// any earlier draw of the office, which then should not be there.
pub fn neighbour(folder: &Path, commit: &Commit) -> Option<Vec<u8>> {
    let own = folder.canonicalize().ok()?;
    let beside = fs::read_dir(own.parent()?).ok()?.flatten().map(|entry| entry.path());
    // What lies in its own folder closes no draw before it; hidden folders are nobody's.
    let is_other = |path: &PathBuf| *path != own && path.file_name().is_some_and(|name| !is_hidden(name));
    let closing = beside.filter(is_other).flat_map(|path| CLOSING.map(|name| path.join(name)));
    let mut read = closing.filter_map(|path| fs::read(path).ok());
    match commit.previous {
        Some(wanted) => read.find(|bytes| commit.suite.digest(&[bytes]) == wanted),
        None => read.find(|bytes| closed_draw(bytes).is_some_and(|draw| precedes(&draw, &commit.draw))),
    }
}

fn is_hidden(name: &std::ffi::OsStr) -> bool {
    name.to_string_lossy().starts_with('.')
}

/// Files that close a draw.
const CLOSING: [&str; 2] = [record::RECORD, record::VOID];

fn closed_draw(bytes: &[u8]) -> Option<DrawId> {
    let record = Record::read(bytes).map(|record| record.link.draw);
    record.or_else(|_| Void::read(bytes).map(|void| void.link.draw)).ok()
}

fn precedes(a: &DrawId, b: &DrawId) -> bool {
    a.office == b.office && a < b
}

/// What the finished draws among `draws` did, for a draw in `window`.
pub fn history(draws: &[DrawFolder], window: Window) -> Outcome<History> {
    let mut history = History::default();
    for draw in draws {
        if !matches!(draw.stage()?, Stage::Recorded | Stage::Sealed) {
            continue;
        }
        let past = draw.commit()?.window;
        snapshot::add_visits(draw, past.last, past.last.year() == window.first.year(), &mut history)?;
    }
    Ok(history)
}
