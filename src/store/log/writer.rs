//! Appending to the log. In this order: tiles, what is remembered, the signed
//! checkpoint under its size, and with one rename the checkpoint itself.

use super::folder::{LOG, log_files};
use super::state::LogState;
use crate::digest::Suite;
use crate::lang::Said;
use crate::log::{
    CHECKPOINT, Entry, LOG_POLICY, Published, Signed, Tree, Unsound, checkpoint_of, grow, nothing, policy_of,
    suite_of,
};
use crate::note::{Checkpoint, LogPolicy, Note, SignatureLine, SigningKey, VerifierKey};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::durable::{Audience, replace};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The log of an office, read and found sound.
#[derive(Debug)]
pub struct Ledger {
    folder: PathBuf,
    state: PathBuf,
    suite: Suite,
    files: BTreeMap<String, Vec<u8>>,
    /// Size and root of the log: what is published, or what was signed and not
    /// published yet.
    pub head: Checkpoint,
    /// Its entries.
    pub entries: Vec<Entry>,
    /// Signed checkpoints, smallest first; empty as long as nothing is published.
    pub checkpoints: Vec<Signed>,
    /// Whether the last signature was given and never published.
    unfinished: bool,
    /// A log policy that is to count from the next append on.
    proposed: Option<Vec<u8>>,
}

/// What an append did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// Entries that are new.
    pub count: usize,
    /// The checkpoint after it.
    pub checkpoint: Checkpoint,
}

impl Ledger {
    /// Reads the log of the office in `root`, whose key this is.
    ///
    /// # Errors
    /// [`Kind::State`] if the public log is not what this office has signed last, or
    /// grew from: it was changed, or restored from an old backup.
    pub fn open(root: &Path, key: &VerifierKey) -> Outcome<Ledger> {
        let (folder, state) = (root.join("public").join(LOG), root.join("private/log-state.txt"));
        let files = log_files(&folder)?;
        let remembered = LogState::load(&state)?.map(|state| state.0);
        let (origin, suite) = (key.name(), suite_of(key));
        let empty = Checkpoint { origin: origin.to_owned(), size: 0, root: nothing(suite) };
        let mut ledger = Ledger {
            folder,
            state,
            suite,
            files,
            head: empty,
            entries: Vec::new(),
            checkpoints: Vec::new(),
            unfinished: false,
            proposed: None,
        };
        if ledger.files.contains_key(CHECKPOINT) {
            let published = ledger.published();
            let (entries, checkpoints) = published.map_err(|unsound| ledger.damaged(&unsound.said()))?;
            ledger.head = checkpoints.last().map_or(ledger.head, |last| last.checkpoint.clone());
            (ledger.entries, ledger.checkpoints) = (entries, checkpoints);
        }
        if ledger.head.origin != origin {
            let (was, is) = (&ledger.head.origin, origin);
            return Err(ledger.damaged(&said!(
                "日志叫 {was}，密钥叫 {is}；一个日志只能有一个名称",
                "the log is called {was}, the key {is}; a log has one name"
            )));
        }
        if let Some(signed) = remembered {
            ledger.compare(signed)?;
        }
        Ok(ledger)
    }

    fn fetch(&self) -> impl Fn(&str) -> Option<Vec<u8>> {
        |path: &str| self.files.get(path).cloned()
    }

    /// Entries and checkpoints as published.
    fn published(&self) -> Result<(Vec<Entry>, Vec<Signed>), Unsound> {
        // A new policy is written before the first checkpoint under it is signed: the
        // last checkpoint may be under the one before.
        let policies =
            self.files.iter().filter(|(path, _)| *path == LOG_POLICY || path.starts_with("policies/"));
        let fetch = self.fetch();
        let mut found: Result<(Vec<Entry>, Vec<Signed>), Unsound> =
            Err(Unsound::Absent(LOG_POLICY.to_owned()));
        for (path, bytes) in policies {
            let policy = LogPolicy::read(bytes).map_err(|error| Unsound::Text(path.clone(), error))?;
            let read = Published::read(&policy, &fetch);
            match read.map(|published| (published.entries, published.checkpoints)) {
                Ok(read) if found.as_ref().is_ok_and(|(longest, _)| longest.len() >= read.0.len()) => {}
                Ok(read) => found = Ok(read),
                Err(Unsound::Unsigned) if found.is_err() => found = Err(Unsound::Unsigned),
                Err(Unsound::Unsigned) => {}
                Err(unsound) => return Err(unsound),
            }
        }
        found
    }

    /// Holds what is published against what was signed last.
    fn compare(&mut self, signed: Checkpoint) -> Outcome<()> {
        let (size, root) = (signed.size, signed.root);
        if size <= self.head.size {
            let fetch = self.fetch();
            let tree = Tree::open(self.suite, self.head.size, self.head.root, &fetch);
            return match tree.and_then(|tree| tree.root_of(size)) {
                Ok(then) if then == root => Ok(()),
                _ => Err(self.damaged(&said!(
                    "公开的日志与本机关签过的第 {size} 条对不上",
                    "the public log is not the one whose {size} entries this office has signed"
                ))),
            };
        }
        // Signed, and cut short before it was published: the tiles came first.
        let tiles = Tree::open(self.suite, size, root, &self.fetch()).and_then(|tree| tree.entries(0));
        let entries = tiles.ok().and_then(|entries| {
            entries.iter().map(|entry| Entry::read(entry).ok()).collect::<Option<Vec<Entry>>>()
        });
        let Some(entries) = entries else {
            let public = self.head.size;
            return Err(self.damaged(&said!(
                "本机关签过 {size} 条，公开的日志只有 {public} 条：文件夹是从旧备份恢复的",
                "this office has signed {size} entries, the public log has {public}: the folder was restored from an old backup"
            )));
        };
        (self.head, self.entries, self.unfinished) = (signed, entries, true);
        Ok(())
    }

    fn damaged(&self, what: &Said) -> Problem {
        let Said { zh, en } = what;
        Problem::new(
            Kind::State,
            said!("日志有问题，没有签名：{zh}", "the log is not sound, nothing was signed: {en}"),
            said!(
                "从最近的备份恢复 public/log 和 private/log-state.txt；若无备份，公开说明，绝不另起一份",
                "restore public/log and private/log-state.txt from the latest backup; without one say so in public, and never start the log anew"
            ),
        )
        .at(self.folder.display().to_string())
    }

    /// Whether the last signature was given and never published.
    pub fn is_unfinished(&self) -> bool {
        self.unfinished
    }

    /// A file of the log, by its path below the log's folder; of a proposed policy the proposal.
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        let proposed = self.proposed.as_ref().filter(|_| path == LOG_POLICY);
        proposed.or_else(|| self.files.get(path)).map(Vec::as_slice)
    }

    /// Takes a log policy that is written with the first entries, and not before.
    pub fn propose(&mut self, policy: Vec<u8>) {
        self.proposed = Some(policy);
    }

    /// Whether the log has begun.
    pub fn is_begun(&self) -> bool {
        self.head.size > 0
    }

    /// Keeps the log policy for the draws that name it, and lets it count.
    fn publish_policy(&mut self) -> Outcome<()> {
        let text = self.file(LOG_POLICY).unwrap_or_default().to_vec();
        self.put(&policy_of(&self.suite.digest(&[&text])), &text)?;
        self.put(LOG_POLICY, &text)
    }

    /// Appends `entries` and signs the new checkpoint; signs nothing if there is
    /// nothing new.
    pub fn append(&mut self, entries: &[Entry], key: &SigningKey) -> Outcome<Option<Appended>> {
        if entries.is_empty() && !self.unfinished {
            return Ok(None);
        }
        self.publish_policy()?;
        if self.unfinished {
            self.sign(key)?;
        }
        if !entries.is_empty() {
            let texts: Vec<Vec<u8>> = entries.iter().map(|entry| entry.text().into_bytes()).collect();
            let growth = {
                let fetch = self.fetch();
                let tree = Tree::open(self.suite, self.head.size, self.head.root, &fetch);
                tree.and_then(|tree| grow(&tree, &texts))
            };
            let growth = growth.map_err(|fault| self.damaged(&fault.said()))?;
            for (path, bytes) in &growth.files {
                self.put(path, bytes)?;
            }
            (self.head.size, self.head.root) = (growth.size, growth.root);
            self.entries.extend_from_slice(entries);
            self.sign(key)?;
        }
        Ok(Some(Appended { count: entries.len(), checkpoint: self.head.clone() }))
    }

    /// Signs the head: remembered first, then published.
    fn sign(&mut self, key: &SigningKey) -> Outcome<()> {
        let text = self.head.text();
        let line = key.sign(&text).ok_or_else(not_a_log_key)?;
        let mut note = Note::new(text).map_err(|_| not_a_log_key())?;
        note.add(line).map_err(|_| not_a_log_key())?;
        LogState(self.head.clone()).keep(&self.state)?;
        let bytes = note.to_string().into_bytes();
        self.put(&checkpoint_of(self.head.size), &bytes)?;
        self.put(CHECKPOINT, &bytes)?;
        self.unfinished = false;
        self.checkpoints.push(Signed { checkpoint: self.head.clone(), note });
        Ok(())
    }

    /// Adds cosignatures to the signed checkpoint of `size` entries; how many were new.
    pub fn cosign(&mut self, size: u64, lines: &[SignatureLine]) -> Outcome<usize> {
        let is_head = self.head.size == size;
        let Some(signed) = self.checkpoints.iter_mut().find(|signed| signed.checkpoint.size == size) else {
            return Ok(0);
        };
        let before = signed.note.signatures().len();
        for line in lines {
            signed.note.add(line.clone()).map_err(|error| {
                let Said { zh, en } = error.said();
                Problem::new(
                    Kind::State,
                    said!("签名加不上：{zh}", "the signature cannot be added: {en}"),
                    said!("核对见证方交来的文件", "check the file of the witness"),
                )
            })?;
        }
        let (added, bytes) = (signed.note.signatures().len() - before, signed.note.to_string().into_bytes());
        self.put(&checkpoint_of(size), &bytes)?;
        if is_head {
            self.put(CHECKPOINT, &bytes)?;
        }
        Ok(added)
    }

    /// Writes one file of the log, unless it is there already.
    fn put(&mut self, path: &str, bytes: &[u8]) -> Outcome<()> {
        if self.files.get(path).is_some_and(|there| there == bytes) {
            return Ok(());
        }
        replace(&self.folder.join(path), bytes, Audience::Public)?;
        self.files.insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }
}

fn not_a_log_key() -> Problem {
    Problem::new(
        Kind::Policy,
        said!("这不是日志的签名密钥（是见证方的）", "this is no signing key of a log (it is a witness's)"),
        said!(
            "在 office.toml 的 [log] 里写日志的密钥文件",
            "name the key file of the log in [log] of office.toml"
        ),
    )
}
