//! A log as it is published: signed checkpoints, and the entries below them.

use super::documents::Document;
use super::entry::{Entry, Subject};
use super::fault::Fault;
use super::hash::suite_of;
use super::tree::{Fetch, Tree};
use crate::digest::{Digest, Suite};
use crate::ids::DrawId;
use crate::lang::Said;
use crate::note::{Checkpoint, LogPolicy, Note, Quorum};
use crate::said;
use crate::text::{Read, TextError};

/// The checkpoint of the whole log.
pub const CHECKPOINT: &str = "checkpoint";

/// The log policy in force.
pub const LOG_POLICY: &str = "log-policy.txt";

/// Where the signed checkpoint of `size` entries stays, with its cosignatures.
pub fn checkpoint_of(size: u64) -> String {
    format!("checkpoints/{size}")
}

/// Where the log policy of that hash stays when another one is in force.
pub fn policy_of(hash: &Digest) -> String {
    format!("policies/{hash}.txt")
}

/// The log policy with that hash of `suite`, wherever the log keeps it.
///
/// # Errors
/// If the log has no policy at all, none with this hash, or one that does not read.
pub fn policy_named(fetch: Fetch<'_>, suite: Suite, hash: Digest) -> Result<LogPolicy, Unsound> {
    let kept = [LOG_POLICY.to_owned(), policy_of(&hash)];
    let found: Vec<(String, Vec<u8>)> =
        kept.into_iter().filter_map(|file| fetch(&file).map(|bytes| (file, bytes))).collect();
    if found.is_empty() {
        return Err(Unsound::Absent(LOG_POLICY.to_owned()));
    }
    let named = found.into_iter().find(|(_, bytes)| suite.digest(&[bytes]) == hash);
    let (file, bytes) = named.ok_or(Unsound::OtherPolicy(hash))?;
    LogPolicy::read(&bytes).map_err(|error| Unsound::Text(file, error))
}

/// A checkpoint and the note it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// What the note says.
    pub checkpoint: Checkpoint,
    /// The note, whose signatures nobody has looked at yet.
    pub note: Note,
}

impl Signed {
    /// Reads a note that holds a checkpoint.
    pub fn read(bytes: &[u8]) -> Read<Signed> {
        let note = Note::read(bytes)?;
        Ok(Signed { checkpoint: Checkpoint::read(note.text())?, note })
    }

    /// Whether a log of `policy` has signed it, under its own name.
    ///
    /// # Errors
    /// The names of logs and witnesses whose key stands below it and did not sign it.
    pub fn is_by(&self, policy: &LogPolicy) -> Result<bool, Vec<String>> {
        let judgement = policy.judge(&self.note);
        if judgement.forged.is_empty() { Ok(judgement.log_signed) } else { Err(judgement.forged) }
    }
}

/// Why a published log is not to be relied on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsound {
    /// The file is not there.
    Absent(String),
    /// The file is not in its form.
    Text(String, TextError),
    /// There is no log policy with this hash, only others.
    OtherPolicy(Digest),
    /// No log of the policy has signed a checkpoint.
    Unsigned,
    /// These keys stand below the checkpoint in the file and did not sign it.
    Forged(String, Vec<String>),
    /// The log signed a checkpoint in the file that is not of this tree: two histories.
    Forked(String),
    /// The tiles.
    Tiles(Fault),
    /// An entry that is none of ours.
    Entry(u64, TextError),
}

impl Unsound {
    /// Whether something is only missing.
    pub fn is_absence(&self) -> bool {
        matches!(self, Unsound::Absent(_) | Unsound::Tiles(Fault::Missing(_)))
    }

    /// What is wrong, in both languages.
    pub fn said(&self) -> Said {
        match self {
            Unsound::Absent(file) => said!("日志里没有 {file}", "the log has no {file}"),
            Unsound::Text(file, error) => {
                let Said { zh, en } = error.said();
                said!("日志的 {file} 读不懂：{zh}", "{file} of the log cannot be read: {en}")
            }
            Unsound::OtherPolicy(hash) => said!(
                "日志规则不是承诺的那一份（{hash}）",
                "the log policy is not the one committed ({hash})"
            ),
            Unsound::Unsigned => said!(
                "检查点上没有日志规则所列日志密钥的签名",
                "no log key of the policy has signed the checkpoint"
            ),
            Unsound::Forged(file, names) => {
                let Said { zh, en } = Said::list(names);
                said!("{file} 上 {zh} 的签名是假的", "{file} has a false signature of {en}")
            }
            Unsound::Forked(file) => said!(
                "日志分叉：已签名的 {file} 与现在的日志不是同一段历史",
                "the log has forked: the signed {file} and the log as it is are two histories"
            ),
            Unsound::Tiles(fault) => fault.said(),
            Unsound::Entry(index, error) => {
                let Said { zh, en } = error.said();
                said!("日志第 {index} 条读不懂：{zh}", "entry {index} of the log cannot be read: {en}")
            }
        }
    }
}

impl From<Fault> for Unsound {
    fn from(fault: Fault) -> Unsound {
        Unsound::Tiles(fault)
    }
}

/// A log whose tiles, entries and checkpoints agree.
pub struct Published<'a> {
    /// The tree over all entries of the latest checkpoint that the log signed.
    pub tree: Tree<'a>,
    /// The entries, in their order.
    pub entries: Vec<Entry>,
    /// Checkpoints that a log of the policy signed, smallest first: never empty.
    /// The last one is of the whole tree.
    pub checkpoints: Vec<Signed>,
}

impl<'a> Published<'a> {
    /// Reads the log and checks all of it: every entry leads to the root of every
    /// checkpoint that the policy's log signed. Of a log that goes on under another
    /// key, it is the part up to the last checkpoint of this one.
    ///
    /// # Errors
    /// The first thing that is missing or wrong.
    pub fn read(policy: &LogPolicy, fetch: Fetch<'a>) -> Result<Self, Unsound> {
        let head = signed(fetch, CHECKPOINT)?.ok_or_else(|| Unsound::Absent(CHECKPOINT.to_owned()))?;
        let origin = &head.checkpoint.origin;
        let key = policy.logs().iter().find(|log| log.name == *origin).ok_or(Unsound::Unsigned)?;
        let (suite, size) = (suite_of(&key.key), head.checkpoint.size);
        let whole = Tree::open(suite, size, head.checkpoint.root, fetch)?;
        // Whatever the checkpoint claims, so many entries are really there from here on.
        let entries = whole.entries(0)?;
        let mut checkpoints: Vec<Signed> = Vec::new();
        for size in 0..=size {
            let file = checkpoint_of(size);
            let mut found: Vec<(String, Signed)> =
                signed(fetch, &file)?.into_iter().map(|signed| (file.clone(), signed)).collect();
            if size == head.checkpoint.size {
                found.push((CHECKPOINT.to_owned(), head.clone()));
            }
            for (file, signed) in found {
                if is_of(&signed, &file, policy, &whole, size)? {
                    merge(&mut checkpoints, signed, &file)?;
                }
            }
        }
        let last = &checkpoints.last().ok_or(Unsound::Unsigned)?.checkpoint;
        let tree = Tree::open(suite, last.size, last.root, fetch)?;
        let entries = (0..last.size)
            .zip(entries)
            .map(|(index, entry)| Entry::read(&entry).map_err(|error| Unsound::Entry(index, error)));
        let entries = entries.collect::<Result<_, _>>()?;
        Ok(Published { tree, entries, checkpoints })
    }

    /// The latest checkpoint.
    pub fn head(&self) -> &Signed {
        self.checkpoints.last().expect("there is one")
    }

    /// Since when enough witnesses of `policy` have vouched for entry `index`: the
    /// earliest time that a checkpoint with the entry in it had its quorum.
    pub fn vouched(&self, policy: &LogPolicy, index: u64) -> Quorum {
        let over = self.checkpoints.iter().filter(|signed| signed.checkpoint.size > index);
        let mut since = Quorum::Missing;
        for quorum in over.map(|signed| policy.judge(&signed.note).quorum) {
            since = match (since, quorum) {
                (Quorum::Reached(a), Quorum::Reached(b)) => Quorum::Reached(a.min(b)),
                (Quorum::Missing, other) => other,
                (since, _) => since,
            };
        }
        since
    }
}

/// The checkpoint in `file`, if there is one.
fn signed(fetch: Fetch<'_>, file: &str) -> Result<Option<Signed>, Unsound> {
    let read = fetch(file).map(|bytes| Signed::read(&bytes));
    read.transpose().map_err(|error| Unsound::Text(file.to_owned(), error))
}

/// Whether the policy's log signed it; if so it must be of this tree.
fn is_of(
    signed: &Signed,
    file: &str,
    policy: &LogPolicy,
    whole: &Tree<'_>,
    size: u64,
) -> Result<bool, Unsound> {
    let forged = |names| Unsound::Forged(file.to_owned(), names);
    if !signed.is_by(policy).map_err(forged)? {
        return Ok(false);
    }
    let here = signed.checkpoint.size == size && whole.root_of(size)? == signed.checkpoint.root;
    if here { Ok(true) } else { Err(Unsound::Forked(file.to_owned())) }
}

/// Adds a checkpoint, or its cosignatures to the same one.
fn merge(checkpoints: &mut Vec<Signed>, signed: Signed, file: &str) -> Result<(), Unsound> {
    match checkpoints.last_mut() {
        Some(last) if last.checkpoint.size == signed.checkpoint.size => {
            if last.checkpoint != signed.checkpoint {
                return Err(Unsound::Forked(file.to_owned()));
            }
            let mut lines = signed.note.signatures().iter().cloned();
            let added = lines.try_for_each(|line| last.note.add(line));
            added.map_err(|error| Unsound::Text(file.to_owned(), error))
        }
        _ => {
            checkpoints.push(signed);
            Ok(())
        }
    }
}

/// The entries of a draw, each with its place in the log.
pub fn of_draw<'e>(entries: &'e [Entry], draw: &DrawId) -> Vec<(u64, &'e Entry)> {
    let of = |entry: &Entry| matches!(&entry.subject, Subject::Draw(id) if id == draw);
    (0..).zip(entries).filter(|(_, entry)| of(entry)).collect()
}

/// How the documents of a draw and its entries in the log stand to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Each document is one entry, in the order of the documents.
    Whole,
    /// So are all but the last documents, so many, which are not logged yet.
    Behind(usize),
    /// The log has this file of the draw with another hash, in another place, or twice,
    /// or has one that is not there.
    Wrong(String),
}

/// Compares the documents of a draw with its entries.
pub fn standing(documents: &[Document], entries: &[(u64, &Entry)]) -> Standing {
    let same =
        |document: &Document, entry: &Entry| document.file == entry.file && document.hash == entry.hash;
    for (at, (_, entry)) in entries.iter().enumerate() {
        if !documents.get(at).is_some_and(|document| same(document, entry)) {
            return Standing::Wrong(entry.file.clone());
        }
    }
    match documents.len() - entries.len() {
        0 => Standing::Whole,
        behind => Standing::Behind(behind),
    }
}
