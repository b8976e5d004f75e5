//! V28: a draw in the log of its office, and what somebody may try with either.
//! The folders are left in the target folder, with the log beside the draw, so
//! that other implementations can be held against the same fixtures.

mod district;

use district::small::small;
use district::{Chance, District, moment};
use std::collections::BTreeMap;
use std::path::Path;
use yaohao::digest::{Digest, Suite};
use yaohao::log::{Archive, Entry, Subject, Tree, checkpoint_of, documents, grow, nothing, policy_of};
use yaohao::note::{Algorithm, Checkpoint, Note, SigningKey};
use yaohao::verify::{Folder, Known, Status, Verdict, verify};

type Files = BTreeMap<String, Vec<u8>>;

/// The office's log as it grows, with its key and two witnesses of which one is enough.
struct Log {
    suite: Suite,
    key: SigningKey,
    witnesses: [SigningKey; 2],
    files: Files,
    size: u64,
    root: Digest,
}

fn key(name: &str, algorithm: Algorithm, secret: u8) -> SigningKey {
    SigningKey::new(name, algorithm, &[secret; 32]).expect("a key")
}

impl Log {
    fn new(suite: Suite) -> Log {
        let (plain, timed) = match suite {
            Suite::Sha256 => (Algorithm::Ed25519, Algorithm::Ed25519Cosignature),
            Suite::Sm3 => (Algorithm::Sm2, Algorithm::Sm2Cosignature),
        };
        let key_of = |name: &str, secret| key(name, timed, secret);
        let mut log = Log {
            suite,
            key: key("example.invalid/log", plain, 1),
            witnesses: [key_of("example.invalid/w1", 2), key_of("example.invalid/w2", 3)],
            files: Files::new(),
            size: 0,
            root: nothing(suite),
        };
        let [w1, w2] = log.witnesses.each_ref().map(|key| key.verifier().to_string());
        let policy = format!(
            "log {}\nwitness w1 {w1}\nwitness w2 {w2}\ngroup either any w1 w2\nquorum either\n",
            log.key.verifier()
        );
        log.files.insert("log-policy.txt".to_owned(), policy.into_bytes());
        log.append(&[log.policy_entry()]);
        log
    }

    fn policy(&self) -> Digest {
        self.suite.digest(&[&self.files["log-policy.txt"]])
    }

    fn policy_entry(&self) -> Entry {
        let hash = Digest::of(&[&self.files["log-policy.txt"]]);
        Entry { subject: Subject::Office("example".to_owned()), file: "log-policy.txt".to_owned(), hash }
    }

    /// Appends and signs.
    fn append(&mut self, entries: &[Entry]) {
        let texts: Vec<Vec<u8>> = entries.iter().map(|entry| entry.text().into_bytes()).collect();
        let files = self.files.clone();
        let fetch = |path: &str| files.get(path).cloned();
        let tree = Tree::open(self.suite, self.size, self.root, &fetch).expect("sound");
        let growth = grow(&tree, &texts).expect("room");
        self.files.extend(growth.files);
        (self.size, self.root) = (growth.size, growth.root);
        let signed = self.signed(self.root);
        self.put(&signed);
    }

    /// The log's signature over its size and a root.
    fn signed(&self, root: Digest) -> Note {
        let text = Checkpoint { origin: self.key.verifier().name().to_owned(), size: self.size, root }.text();
        let mut note = Note::new(text).expect("a text");
        note.add(self.key.sign(note.text()).expect("a log's key")).expect("room");
        note
    }

    fn put(&mut self, note: &Note) {
        let bytes = note.to_string().into_bytes();
        self.files.insert(checkpoint_of(self.size), bytes.clone());
        self.files.insert("checkpoint".to_owned(), bytes);
    }

    /// Witness `number` vouches for the last checkpoint.
    fn witness(&mut self, number: usize, at: &str) {
        let mut note = Note::read(&self.files["checkpoint"]).expect("a note");
        let line = self.witnesses[number].cosign(note.text(), moment(at)).expect("a witness's key");
        note.add(line).expect("room");
        self.put(&note);
    }

    fn edit(&mut self, path: &str, from: &str, to: &str) {
        let text = String::from_utf8(self.files[path].clone()).expect("a text");
        assert!(text.contains(from), "{path} has no {from}");
        self.files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
    }
}

/// A finished draw whose commitment names the log, and its entries.
struct Case {
    folder: Folder,
    log: Log,
    entries: Vec<Entry>,
}

const IN_TIME: &str = "2026-11-23T06:30:00Z";
const BEFORE_VISITS: &str = "2026-11-30T15:59:59Z";

/// The small district with its policy changed by `policy`; nothing of the draw is logged yet.
fn case(policy: impl Fn(&str) -> String) -> Case {
    let mut district: District = small(policy);
    let log = Log::new(district.policy.suite);
    district.log = Some(log.policy());
    let folder = district.draw(&Chance::number(7)).folder;
    let draw = "example/2026/001".parse().expect("a draw");
    let entries = documents(|name| folder.get(name)).iter().map(|document| document.entry(&draw)).collect();
    Case { folder, log, entries }
}

impl Case {
    /// Logs everything as it should be: the commitment is witnessed before the rest.
    fn logged(mut self) -> Case {
        self.log.append(&self.entries[..1]);
        self.log.witness(0, IN_TIME);
        self.log.append(&self.entries[1..]);
        self.log.witness(1, BEFORE_VISITS);
        self
    }

    /// What V28 says, and what it found, in English.
    fn v28(&self, name: &str) -> (Status, String) {
        self.leave(name);
        let archive = Archive::new(&self.log.files);
        let known = Known { log: Some(&archive), ..Known::default() };
        let report = verify(&self.folder, &known);
        let others = report.checks.iter().filter(|check| !["V28", "V29"].contains(&check.id));
        assert!(others.clone().all(|check| check.status != Status::Fail), "{name}: {:?}", report.checks);
        let check = report.checks.iter().find(|check| check.id == "V28").expect("V28");
        let verdict = if check.status == Status::Fail { Verdict::Failed } else { Verdict::Verified };
        assert_eq!(report.verdict, verdict, "{name}: {check:?}");
        (check.status, check.evidence.en.clone())
    }

    fn leave(&self, name: &str) {
        let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("logged").join(name);
        let _ = std::fs::remove_dir_all(&place);
        for (folder, files) in [("2026-001", &self.folder.0), ("log", &self.log.files)] {
            for (path, bytes) in files {
                let path = place.join(folder).join(path);
                std::fs::create_dir_all(path.parent().expect("a folder")).expect("the target folder");
                std::fs::write(path, bytes).expect("the target folder");
            }
        }
    }
}

#[track_caller]
fn passes(case: &Case, name: &str, says: &str) {
    let (status, found) = case.v28(name);
    assert!(status == Status::Pass && found.contains(says), "{name}: {status:?} {found}");
}

#[track_caller]
fn fails(case: &Case, name: &str, says: &str) {
    let (status, found) = case.v28(name);
    assert!(status == Status::Fail && found.contains(says), "{name}: {status:?} {found}");
}

#[track_caller]
fn waits(case: &Case, name: &str, says: &str) {
    let (status, found) = case.v28(name);
    assert!(status == Status::NotRun && found.contains(says), "{name}: {status:?} {found}");
}

fn open() -> Case {
    case(str::to_owned)
}

fn sealed() -> Case {
    case(|policy| policy.replace("XF01 = \"announced\"", "XF01 = \"until-visit\""))
}

#[test]
fn a_draw_in_the_log_passes() {
    passes(&open().logged(), "good", "all 4 documents are among the 5 entries");
    passes(&sealed().logged(), "good-sealed", "all 5 documents are among the 6 entries");
    let sm3 = case(|policy| policy.replace("[office]\n", "[office]\nsuite = \"yaohao-1-sm3\"\n"));
    passes(&sm3.logged(), "good-sm3", "all 4 documents are among the 5 entries");
    let mut later = open().logged();
    let other = Subject::Draw("example/2026/002".parse().expect("a draw"));
    later.log.append(&[Entry { subject: other, ..later.entries[0].clone() }]);
    passes(&later, "good-and-later", "among the 6 entries");
}

#[test]
fn without_a_log_nothing_is_held_against_a_draw() {
    let case = open().logged();
    let report = verify(&case.folder, &Known::default());
    let v28 = report.checks.iter().find(|check| check.id == "V28").expect("V28");
    assert_eq!(v28.status, Status::NotRun);
    assert_eq!(report.verdict, Verdict::Verified);
    let unlogged = small(str::to_owned).draw(&Chance::number(7)).folder;
    let case = Case { folder: unlogged, ..case };
    waits(&case, "names-no-log", "names no log");
}

#[test]
fn what_may_still_come_is_waited_for() {
    let mut case = open();
    waits(&case, "nothing-logged", "the last documents, 4 of them");
    case.log.append(&case.entries[..1]);
    case.log.witness(0, IN_TIME);
    case.log.append(&case.entries[1..3]);
    waits(&case, "record-not-logged", "the last documents, 1 of them");
    let mut case = sealed();
    case.log.append(&case.entries[..1]);
    case.log.witness(0, IN_TIME);
    case.log.append(&case.entries[1..]);
    waits(&case, "sealed-record-unseen", "the sealed record yet");
    let mut case = open().logged();
    case.log.files.remove("tile/entries/000.p/5");
    waits(&case, "bundle-missing", "lacks tile/entries/000.p/5");
    case.log.files.remove("tile/0/000.p/5");
    waits(&case, "tile-missing", "lacks tile/0/000.p/5");
    case.log.files.remove("checkpoint");
    waits(&case, "checkpoint-missing", "has no checkpoint");
    case.log.files.retain(|path, _| !path.contains("policy"));
    waits(&case, "policy-missing", "has no log-policy.txt");
}

#[test]
fn a_commitment_that_nobody_saw_in_time_is_convicted() {
    let mut unseen = open();
    unseen.log.append(&unseen.entries);
    fails(&unseen, "never-witnessed", "before enough witnesses had seen");
    // Back-dated: the office's own times are lawful, the witness's are not.
    unseen.log.witness(1, "2026-11-29T00:00:00Z");
    fails(&unseen, "back-dated", "after the draw had begun");
    let mut late = sealed();
    late.log.append(&late.entries[..1]);
    late.log.witness(0, IN_TIME);
    late.log.append(&late.entries[1..]);
    late.log.witness(1, "2026-11-30T16:00:00Z");
    fails(&late, "sealed-record-seen-late", "not before the first day of the visits");
}

#[test]
fn a_file_that_is_not_the_one_logged_is_convicted() {
    let mut case = open().logged();
    let mut district = small(str::to_owned);
    district.log = Some(case.log.policy());
    case.folder = district.draw(&Chance::number(8)).folder;
    fails(&case, "another-draw-of-that-number", "commit.txt in the log is not as in this folder");

    let mut twice = open();
    twice.log.append(&twice.entries[..1]);
    twice.log.witness(0, IN_TIME);
    twice.log.append(&twice.entries[..1]);
    twice.log.append(&twice.entries[1..]);
    fails(&twice, "logged-twice", "commit.txt in the log");

    let mut order = open();
    order.entries.swap(1, 2);
    fails(&order.logged(), "logged-out-of-order", "reveal.txt in the log");

    let mut hidden = open();
    let mut more = hidden.entries.clone();
    more.push(Entry { file: "void.txt".to_owned(), ..more[3].clone() });
    hidden.entries = more;
    fails(&hidden.logged(), "logged-and-withheld", "void.txt in the log");
}

#[test]
fn a_log_that_was_changed_is_convicted() {
    let changed = |name: &str, says: &str, change: &dyn Fn(&mut Log)| {
        let mut case = open().logged();
        change(&mut case.log);
        fails(&case, name, says);
    };
    let flip = |path: &'static str, at: usize| {
        move |log: &mut Log| log.files.get_mut(path).expect("a file")[at] ^= 1
    };
    changed("tile-flipped", "do not lead to the root", &flip("tile/0/000.p/5", 40));
    changed("entry-flipped", "does not lead to the root", &flip("tile/entries/000.p/5", 40));
    changed("bundle-cut-off", "is damaged", &|log| {
        log.files.get_mut("tile/entries/000.p/5").expect("a bundle").pop();
    });
    changed("policy-exchanged", "not the one committed", &|log| {
        log.edit("log-policy.txt", "quorum either", "quorum none");
    });
    changed("other-key", "no log key of the policy", &|log| {
        log.key = key("example.invalid/log", Algorithm::Ed25519, 9);
        log.files.retain(|path, _| !path.starts_with("checkpoints/"));
        let note = log.signed(log.root);
        log.put(&note);
    });
    changed("signature-false", "false signature", &|log| {
        let note = Note::read(&log.files["checkpoint"]).expect("a note");
        let mut lines = note.signatures().to_vec();
        lines[0].bytes[7] ^= 1;
        let mut forged = note.unsigned();
        lines.into_iter().for_each(|line| forged.add(line).expect("room"));
        log.put(&forged);
    });
    changed("two-histories", "has forked", &|log| {
        let note = log.signed(Digest::of(&[b"another history"]));
        log.files.insert(checkpoint_of(5), note.to_string().into_bytes());
    });
    changed("checkpoint-misplaced", "has forked", &|log| {
        let note = log.files[&checkpoint_of(2)].clone();
        log.files.insert(checkpoint_of(3), note);
    });
}

#[test]
fn an_old_policy_still_counts_for_the_draws_that_name_it() {
    let mut case = open().logged();
    let old = case.log.files["log-policy.txt"].clone();
    let kept = policy_of(&case.log.policy());
    case.log.edit("log-policy.txt", "quorum either", "quorum none");
    case.log.files.insert(kept, old);
    passes(&case, "policy-kept", "enough witnesses saw the commitment");
}
