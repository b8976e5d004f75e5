//! The log, read as far as it can be: unlike `verify`, an audit says everything that
//! is wrong with it and not the first thing only.

use super::{Given, Public};
use crate::digest::{Digest, Suite};
use crate::log::{CHECKPOINT, Entry, LOG_POLICY, Signed, Subject, Tree, Unsound, checkpoint_of, suite_of};
use crate::note::{Judgement, LogPolicy, Quorum};
use crate::text::TextError;
use crate::time::Moment;
use std::collections::BTreeMap;

/// A signed checkpoint that somebody showed.
pub(super) struct Seen {
    /// The file that it is in: of the log, or the auditor's.
    pub file: String,
    /// Whether the auditor brought it.
    pub brought: bool,
    pub signed: Signed,
    /// What the policy in force at that size makes of it.
    pub judged: Judgement,
    /// Lines below it of keys that the policies do not name.
    pub strangers: Vec<String>,
}

/// A log policy, and the place of the entry that put it into force.
pub(super) struct Era {
    pub from: u64,
    pub hash: Digest,
    /// The policy with its bytes, if the log still keeps it.
    pub policy: Option<(Vec<u8>, LogPolicy)>,
}

/// The log.
pub(super) struct Trail<'a> {
    pub files: &'a BTreeMap<String, Vec<u8>>,
    pub suite: Suite,
    /// Entries of the log, by its latest checkpoint.
    pub size: u64,
    /// All entries, if the tiles lead to the root; else why not.
    pub texts: Result<Vec<Vec<u8>>, Unsound>,
    /// Those that can be read, by their place.
    pub entries: BTreeMap<u64, Entry>,
    /// Those that cannot.
    pub odd: Vec<(u64, TextError)>,
    /// Log policies in the order in which they came into force.
    pub eras: Vec<Era>,
    /// Checkpoints, smallest first; the auditor's too.
    pub seen: Vec<Seen>,
    /// Files that should hold a checkpoint and do not.
    pub damaged: Vec<(String, TextError)>,
}

impl<'a> Trail<'a> {
    /// Reads the log; `None` if there is none.
    pub fn read(public: &'a Public, given: &Given<'_>) -> Option<Trail<'a>> {
        let files = &public.log;
        if files.is_empty() {
            return None;
        }
        let (found, damaged) = checkpoints(files, given);
        let own = || found.iter().filter(|(_, brought, _)| !brought);
        // What lies beyond `checkpoint` was never published.
        let head = own().find(|(file, ..)| file == CHECKPOINT);
        let head = head.or_else(|| own().max_by_key(|(_, _, signed)| signed.checkpoint.size));
        let origin = head.map(|(_, _, signed)| signed.checkpoint.origin.clone()).unwrap_or_default();
        let size = head.map_or(0, |(_, _, signed)| signed.checkpoint.size);
        let suite = suite(files, given, &origin);
        let fetch = |path: &str| files.get(path).cloned();
        let texts = match head {
            None => Err(Unsound::Absent(CHECKPOINT.to_owned())),
            Some((_, _, Signed { checkpoint, .. })) => Tree::open(suite, size, checkpoint.root, &fetch)
                .and_then(|tree| tree.entries(0))
                .map_err(Unsound::Tiles),
        };
        let (mut entries, mut odd) = (BTreeMap::new(), Vec::new());
        for (index, text) in (0..).zip(texts.iter().flatten()) {
            match Entry::read(text) {
                Ok(entry) => drop(entries.insert(index, entry)),
                Err(error) => odd.push((index, error)),
            }
        }
        let eras = eras(files, &entries);
        let mut trail = Trail { files, suite, size, texts, entries, odd, eras, seen: Vec::new(), damaged };
        trail.seen = found
            .into_iter()
            .map(|(file, brought, signed)| trail.judged(given, file, brought, signed))
            .collect();
        trail.seen.sort_by(|a, b| {
            (a.signed.checkpoint.size, a.brought, &a.file).cmp(&(
                b.signed.checkpoint.size,
                b.brought,
                &b.file,
            ))
        });
        Some(trail)
    }

    /// Holds a checkpoint against the policy in force at its size.
    fn judged(&self, given: &Given<'_>, file: String, brought: bool, signed: Signed) -> Seen {
        let era = self.era_at(signed.checkpoint.size);
        let nothing = || Judgement {
            log_signed: false,
            witnesses: Vec::new(),
            quorum: Quorum::Missing,
            forged: Vec::new(),
        };
        let judged = era.map_or_else(nothing, |policy| policy.judge(&signed.note));
        let known = |line: &&crate::note::SignatureLine| {
            let mut policies = self
                .eras
                .iter()
                .filter_map(|era| era.policy.as_ref())
                .map(|(_, policy)| policy)
                .chain(given.policy);
            policies.any(|policy| {
                policy.logs().iter().chain(policy.witnesses()).any(|named| named.key.owns(line))
            })
        };
        let strangers = signed
            .note
            .signatures()
            .iter()
            .filter(|line| !known(line))
            .map(|line| line.name.clone())
            .collect();
        Seen { file, brought, signed, judged, strangers }
    }

    /// The policy in force for a checkpoint of `size` entries.
    pub fn era_at(&self, size: u64) -> Option<&LogPolicy> {
        let era = self.eras.iter().rev().find(|era| era.from < size).or_else(|| self.eras.first());
        era.and_then(|era| era.policy.as_ref()).map(|(_, policy)| policy)
    }

    /// Checkpoints of the log that are signed and of its tree.
    pub fn sound(&self) -> impl Iterator<Item = &Seen> {
        self.seen.iter().filter(|seen| {
            seen.judged.log_signed
                && seen.judged.forged.is_empty()
                && seen.signed.checkpoint.size <= self.size
        })
    }

    /// The latest moment by which enough witnesses had seen a checkpoint.
    pub fn latest(&self) -> Option<Moment> {
        self.sound().filter_map(|seen| seen.judged.quorum.time()).max()
    }

    /// Since when enough witnesses have vouched for entry `index`.
    pub fn vouched(&self, index: u64) -> Option<Moment> {
        let over = self.sound().filter(|seen| seen.signed.checkpoint.size > index);
        over.filter_map(|seen| seen.judged.quorum.time()).min()
    }

    /// The first checkpoint without entry `index` that enough witnesses vouched for when
    /// it was late: until then the entry was not there. `None` as well if they had
    /// vouched in time for one with it.
    pub fn late(&self, index: Option<u64>, is_late: impl Fn(Moment) -> bool) -> Option<(&Seen, Moment)> {
        if index.and_then(|index| self.vouched(index)).is_some_and(|since| !is_late(since)) {
            return None;
        }
        let without =
            self.sound().filter(|seen| index.is_none_or(|index| seen.signed.checkpoint.size <= index));
        let times = without.filter_map(|seen| Some((seen, seen.judged.quorum.time()?)));
        times.filter(|(_, time)| is_late(*time)).min_by_key(|(_, time)| *time)
    }

    /// The entries of a draw, or of the office.
    pub fn of<'b>(
        &'b self,
        wanted: impl Fn(&Subject) -> bool + 'b,
    ) -> impl Iterator<Item = (u64, &'b Entry)> {
        self.entries
            .iter()
            .filter(move |(_, entry)| wanted(&entry.subject))
            .map(|(index, entry)| (*index, entry))
    }

    /// The place of a document of a draw.
    pub fn place(&self, draw: &crate::ids::DrawId, file: &str) -> Option<u64> {
        self.of(|subject| matches!(subject, Subject::Draw(id) if id == draw))
            .find(|(_, entry)| entry.file == file)
            .map(|(index, _)| index)
    }
}

/// Every file that should hold a checkpoint: the log's and the auditor's.
type Found = (Vec<(String, bool, Signed)>, Vec<(String, TextError)>);

fn checkpoints(files: &BTreeMap<String, Vec<u8>>, given: &Given<'_>) -> Found {
    let (mut found, mut damaged) = (Vec::new(), Vec::new());
    let holds = |path: &&String| *path == CHECKPOINT || path.starts_with("checkpoints/");
    for file in files.keys().filter(holds) {
        match Signed::read(&files[file]) {
            Ok(signed) => found.push((file.clone(), false, signed)),
            Err(error) => damaged.push((file.clone(), error)),
        }
    }
    found.extend(given.seen.iter().map(|(file, signed)| (file.clone(), true, signed.clone())));
    (found, damaged)
}

/// The suite of the log's key, wherever one of that name is known.
fn suite(files: &BTreeMap<String, Vec<u8>>, given: &Given<'_>, origin: &str) -> Suite {
    let published = files.get(LOG_POLICY).and_then(|bytes| LogPolicy::read(bytes).ok());
    let mut logs = given.policy.into_iter().chain(published.as_ref()).flat_map(|policy| policy.logs().iter());
    logs.find(|log| log.name == origin).map_or(Suite::Sha256, |log| suite_of(&log.key))
}

/// The policies that entries put into force; without such an entry the published one.
fn eras(files: &BTreeMap<String, Vec<u8>>, entries: &BTreeMap<u64, Entry>) -> Vec<Era> {
    let kept = |path: &&String| {
        *path == LOG_POLICY
            || path.starts_with("policies/")
            || (path.starts_with("keys/") && path.ends_with("-policy.txt"))
    };
    let policies: BTreeMap<Digest, &Vec<u8>> =
        files.iter().filter(|(path, _)| kept(path)).map(|(_, bytes)| (Digest::of(&[bytes]), bytes)).collect();
    let era = |from: u64, hash: Digest| {
        let bytes = policies.get(&hash);
        let policy = bytes.and_then(|bytes| Some(((*bytes).clone(), LogPolicy::read(bytes).ok()?)));
        Era { from, hash, policy }
    };
    let of_office = |entry: &Entry| matches!(entry.subject, Subject::Office(_)) && entry.file == LOG_POLICY;
    let mut eras: Vec<Era> = entries
        .iter()
        .filter(|(_, entry)| of_office(entry))
        .map(|(index, entry)| era(*index, entry.hash))
        .collect();
    if let (true, Some(bytes)) = (eras.is_empty(), files.get(LOG_POLICY)) {
        eras.push(era(0, Digest::of(&[bytes])));
    }
    eras
}

/// The name that the file of a checkpoint of `size` entries should have.
pub(super) fn is_named(file: &str, size: u64) -> bool {
    file == CHECKPOINT || file == checkpoint_of(size)
}
