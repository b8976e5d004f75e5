//! An office in memory that publishes draws and keeps a log with three witnesses, of
//! whom two are enough; and what somebody does to it.
#![allow(dead_code, reason = "every test uses its own part")]

use super::district::outside::Events;
use super::district::small::small;
use super::district::{Before, Chance, District, date, moment};
use std::collections::BTreeMap;
use std::path::Path;
use yaohao::audit::{Given, Public, Report, audit};
use yaohao::digest::{Digest, Suite};
use yaohao::eligibility::Window;
use yaohao::ids::DrawId;
use yaohao::log::{
    CHECKPOINT, Entry, LOG_POLICY, Signed, Subject, Tree, checkpoint_of, documents, grow, nothing, policy_of,
};
use yaohao::note::{Algorithm, Checkpoint, LogPolicy, Note, SigningKey};
use yaohao::record::{self, CarriedLine, Commit, Table};
use yaohao::time::Moment;
use yaohao::verify::Folder;

pub const ORIGIN: &str = "fire.example/yaohao";

pub fn log_key(seed: u8) -> SigningKey {
    SigningKey::new(ORIGIN, Algorithm::Ed25519, &[seed; 32]).expect("a key")
}

pub fn witness_key(number: u8) -> SigningKey {
    let name = format!("witness-{number}.example");
    SigningKey::new(&name, Algorithm::Ed25519Cosignature, &[100 + number; 32]).expect("a key")
}

/// The log policy for a key and these witnesses, two of whom are enough.
pub fn policy_text(key: &SigningKey, witnesses: &[u8]) -> String {
    let mut text = format!("log {}\n", key.verifier());
    for number in witnesses {
        text += &format!("witness w{number} {}\n", witness_key(*number).verifier());
    }
    let names: Vec<String> = witnesses.iter().map(|number| format!("w{number}")).collect();
    text + &format!("group enough 2 {}\nquorum enough\n", names.join(" "))
}

/// An office in memory.
#[derive(Clone)]
pub struct Office {
    pub public: Public,
    pub key: SigningKey,
    /// Witnesses that sign every checkpoint, by number.
    pub witnesses: Vec<u8>,
    /// The last draw that is closed.
    pub last: Option<(DrawId, Digest)>,
    /// How units and policy of the next draws differ from the small district's.
    pub change: fn(&mut District),
    /// Units that the last draw, a void, hands on.
    carried: Option<Vec<CarriedLine>>,
    keeps_log: bool,
}

impl Office {
    pub fn new() -> Office {
        let mut office = Office { keeps_log: true, ..Office::without_log() };
        office.put_policy(&policy_text(&log_key(1), &[1, 2, 3]));
        office.append(&[office.own(LOG_POLICY)], "2026-01-01T00:00:00Z");
        office
    }

    pub fn without_log() -> Office {
        Office {
            public: Public::default(),
            key: log_key(1),
            witnesses: vec![1, 2, 3],
            last: None,
            change: |_| {},
            carried: None,
            keeps_log: false,
        }
    }

    pub fn put_policy(&mut self, text: &str) {
        let kept = policy_of(&Digest::of(&[text.as_bytes()]));
        self.public.log.insert(kept, text.as_bytes().to_vec());
        self.public.log.insert(LOG_POLICY.to_owned(), text.as_bytes().to_vec());
    }

    /// The entry for a file of the office itself.
    pub fn own(&self, file: &str) -> Entry {
        let place = if file == LOG_POLICY { file.to_owned() } else { format!("keys/{file}") };
        let hash = Digest::of(&[&self.public.log[&place]]);
        Entry { subject: Subject::Office("example".to_owned()), file: file.to_owned(), hash }
    }

    /// Puts a file into the log's folder that does not belong there.
    pub fn put_stray(&mut self, file: &str) {
        self.public.log.insert(file.to_owned(), b"stray\n".to_vec());
    }

    /// Changes the units that the next draw takes over.
    pub fn change_carried(&mut self, change: impl FnOnce(&mut Vec<CarriedLine>)) {
        change(self.carried.as_mut().expect("a void"));
    }

    pub fn head(&self) -> Checkpoint {
        let empty = || Checkpoint { origin: ORIGIN.to_owned(), size: 0, root: nothing(Suite::Sha256) };
        let head = self.public.log.get(CHECKPOINT);
        head.map_or_else(empty, |bytes| Signed::read(bytes).expect("a checkpoint").checkpoint)
    }

    /// Appends entries, signs, and lets the witnesses sign.
    pub fn append(&mut self, entries: &[Entry], at: &str) {
        let texts: Vec<Vec<u8>> = entries.iter().map(|entry| entry.text().into_bytes()).collect();
        self.append_texts(&texts, moment(at));
    }

    pub fn append_texts(&mut self, texts: &[Vec<u8>], at: Moment) {
        let (head, files) = (self.head(), self.public.log.clone());
        let fetch = |path: &str| files.get(path).cloned();
        let tree = Tree::open(Suite::Sha256, head.size, head.root, &fetch).expect("sound");
        let growth = grow(&tree, texts).expect("room");
        self.public.log.extend(growth.files);
        let head = Checkpoint { size: growth.size, root: growth.root, ..head };
        let note = self.signed(&head, at);
        self.put_checkpoint(&head, &note);
    }

    pub fn put_checkpoint(&mut self, head: &Checkpoint, note: &Note) {
        let bytes = note.to_string().into_bytes();
        self.public.log.insert(checkpoint_of(head.size), bytes.clone());
        self.public.log.insert(CHECKPOINT.to_owned(), bytes);
    }

    /// A checkpoint with the signatures of the log and of the witnesses.
    pub fn signed(&self, head: &Checkpoint, at: Moment) -> Note {
        let text = head.text();
        let mut note = Note::new(text.clone()).expect("a text");
        note.add(self.key.sign(&text).expect("a log's key")).expect("room");
        for number in &self.witnesses {
            note.add(witness_key(*number).cosign(&text, at).expect("a witness's key")).expect("room");
        }
        note
    }

    /// The district of the draw in the month that begins with `first`.
    pub fn district(&self, first: &str, sealed: bool) -> District {
        let secrecy = |policy: &str| match sealed {
            true => policy.replace("XF01 = \"announced\"", "XF01 = \"until-visit\""),
            false => policy.to_owned(),
        };
        let mut district = small(secrecy);
        let first = date(first);
        district.window = Window { first, last: first.plus_months(1).plus_days(-1) };
        let at = |days: i64, time: &str| moment(&format!("{}T{time}Z", first.plus_days(days)));
        district.events = Some(Events {
            committed: at(-8, "06:00:00"),
            ceremony: at(-7, "02:00:00"),
            reveal: at(-7, "02:10:00"),
            beacon: at(-7, "02:10:30"),
            record: at(-7, "02:11:00"),
            ..Events::usual(&district.policy)
        });
        if self.keeps_log {
            district.log = Some(Digest::of(&[&self.public.log[LOG_POLICY]]));
        }
        let verifiers = self.public.verifier.iter().flatten();
        district.verifiers = verifiers.map(|(name, bytes)| (name.clone(), Digest::of(&[bytes]))).collect();
        let year = first.plus_days(-8).year();
        let next = |last: &DrawId| if i32::from(last.year) == year { last.sequence + 1 } else { 1 };
        district.before = self.last.as_ref().map(|(last, closing)| Before {
            next: format!("example/{year:04}/{:03}", next(last)).leak(),
            closing: *closing,
            carried: self.carried.clone(),
        });
        (self.change)(&mut district);
        district
    }

    /// Draws in the month that begins with `first`, and publishes it step by step.
    pub fn draw(&mut self, first: &str, sealed: bool) -> String {
        let folder = self.drawn(first, sealed, 11);
        let name = number_of(&folder).folder();
        for (part, at) in steps(&folder) {
            self.publish(&name, &part, at);
        }
        self.closed(&folder);
        name
    }

    /// The whole folder of a draw, which nobody has seen yet.
    pub fn drawn(&self, first: &str, sealed: bool, chance: u64) -> Folder {
        let district = self.district(first, sealed);
        let mut chances = (chance..chance + 50)
            .filter_map(|number| Some(district.try_draw(&Chance::number(number))?.folder));
        chances.next().expect("can be staffed")
    }

    pub fn closed(&mut self, folder: &Folder) {
        let closing = folder.get(record::RECORD).or_else(|| folder.get(record::VOID)).expect("it is closed");
        self.last = Some((number_of(folder), Digest::of(&[closing])));
        let lines = |bytes| Table::<CarriedLine>::read(bytes).expect("a table").lines;
        self.carried = folder.get(record::VOIDED).map(lines);
    }

    /// Publishes a folder as it stands, and logs what is new of it.
    pub fn publish(&mut self, name: &str, folder: &Folder, at: Moment) {
        let draw = number_of(folder);
        let known =
            self.public.draws.get(name).map(|old| documents(|file| old.get(file))).unwrap_or_default();
        let new = documents(|file| folder.get(file)).into_iter().filter(|d| !known.contains(d));
        let new: Vec<Vec<u8>> = new.map(|d| d.entry(&draw).text().into_bytes()).collect();
        self.public.draws.insert(name.to_owned(), folder.clone());
        if self.keeps_log && !new.is_empty() {
            self.append_texts(&new, at);
        }
    }

    pub fn audit(&self, now: &str) -> Report {
        self.audit_with(now, None, &[])
    }

    pub fn audit_with(&self, now: &str, policy: Option<&LogPolicy>, seen: &[(String, Signed)]) -> Report {
        audit(&self.public, &Given { now: moment(now), policy, seen })
    }

    /// Leaves it where other implementations find it.
    pub fn leave(&self, folder: &Path, now: &str, seen: &[(String, Signed)]) {
        let _ = std::fs::remove_dir_all(folder);
        let write = |path: &str, bytes: &[u8]| {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("the target folder");
            std::fs::write(path, bytes).expect("the target folder");
        };
        for (name, files) in &self.public.draws {
            files.0.iter().for_each(|(file, bytes)| write(&format!("public/{name}/{file}"), bytes));
        }
        let verifiers = self.public.verifier.iter().flatten();
        verifiers.for_each(|(file, bytes)| write(&format!("public/verifier/{file}"), bytes));
        self.public.log.iter().for_each(|(file, bytes)| write(&format!("public/log/{file}"), bytes));
        write("now.txt", now.as_bytes());
        seen.iter().for_each(|(file, signed)| write(file, signed.note.to_string().as_bytes()));
    }
}

pub fn number_of(folder: &Folder) -> DrawId {
    Commit::read(folder.get(record::COMMIT).expect("a commitment")).expect("it reads").draw
}

/// A draw as it is published: after the commitment, the record and the opening, with
/// the moments at which it goes into the log, ten minutes later.
pub fn steps(whole: &Folder) -> Vec<(Folder, Moment)> {
    let commit = Commit::read(whole.get(record::COMMIT).expect("a commitment")).expect("it reads");
    let first = [
        record::COMMIT,
        record::POLICY,
        record::ITEMS,
        record::UNITS,
        record::INSPECTORS,
        record::ODDS,
        record::CARRIED,
        record::COMMIT_SUMS,
    ];
    let later = [&[record::OPEN, record::OPEN_SUMS][..], &record::RESULT].concat();
    let part = |keep: &dyn Fn(&str) -> bool| {
        let files = whole.0.iter().filter(|(name, _)| keep(name));
        Folder(files.map(|(name, bytes)| (name.clone(), bytes.clone())).collect::<BTreeMap<_, _>>())
    };
    let at = |file: &str| record::Link::of(whole.get(file)?).map(|link| link.at.plus_minutes(10));
    let mut steps = vec![(part(&|name| first.contains(&name)), commit.committed.plus_minutes(10))];
    if let Some(opened) = at(record::OPEN) {
        steps.push((part(&|name| !later.contains(&name)), at(record::RECORD).expect("a record")));
        steps.push((whole.clone(), opened));
    } else if let Some(closed) = at(record::RECORD).or_else(|| at(record::VOID)) {
        steps.push((whole.clone(), closed));
    }
    steps
}

/// A report's states by folder, or by number where there is none.
pub fn states(report: &Report) -> BTreeMap<String, String> {
    let row = |row: &yaohao::audit::Row| {
        let name = if row.folder.is_empty() { &row.draw } else { &row.folder };
        (name.clone(), row.states.iter().map(|state| state.key()).collect::<Vec<_>>().join(" "))
    };
    report.rows.iter().map(row).collect()
}

/// The checks that fail.
pub fn failing(report: &Report) -> Vec<&'static str> {
    use yaohao::verify::Status;
    report.checks.iter().filter(|check| check.status == Status::Fail).map(|check| check.id).collect()
}
