//! What may be wrong with a history, one case each: how it comes about, the checks that
//! fail, the states of numbers, and what is said.
#![allow(dead_code, reason = "every test uses its own part")]

use super::district::small::of_suite;
use super::district::voided::{Last, voided};
use super::district::{Chance, moment};
use super::office::{Office, log_key, number_of, policy_text, steps, witness_key};
use yaohao::digest::{Digest, Suite};
use yaohao::log::{CHECKPOINT, Entry, LOG_POLICY, Signed, Subject, checkpoint_of};
use yaohao::note::{Algorithm, ChangeKind, Checkpoint, KeyChange, Note, SigningKey};
use yaohao::policy::Policy;
use yaohao::record::{self, VoidReason, sums};
use yaohao::verify::Folder;

/// When the cases are looked at, unless they say otherwise.
pub const NOW: &str = "2027-03-01T00:00:00Z";

/// A history, the moment at which it is looked at, and checkpoints seen elsewhere.
pub struct Tried {
    pub office: Office,
    pub now: &'static str,
    pub seen: Vec<(String, Signed)>,
}

pub struct Case {
    pub name: &'static str,
    pub make: fn() -> Tried,
    pub failing: &'static [&'static str],
    /// States by folder, or by number where there is none.
    pub states: &'static [(&'static str, &'static str)],
    /// Words that a check says.
    pub says: &'static [(&'static str, &'static str)],
}

/// Two draws, the second sealed and opened, and one of the next year.
pub fn clean() -> Office {
    static CLEAN: std::sync::OnceLock<Office> = std::sync::OnceLock::new();
    let make = || {
        let mut office = Office::new();
        office.draw("2026-09-01", false);
        office.draw("2026-12-01", true);
        office.draw("2027-02-01", false);
        office
    };
    CLEAN.get_or_init(make).clone()
}

fn at(office: Office, now: &'static str) -> Tried {
    Tried { office, now, seen: Vec::new() }
}

fn clean_but(change: impl FnOnce(&mut Office)) -> Tried {
    let mut office = clean();
    change(&mut office);
    at(office, NOW)
}

/// Clean, and the commitment for April 2027: committed on 24 March, due by 31 March.
fn april(sealed: bool) -> (Office, Folder) {
    let mut office = clean();
    let whole = office.drawn("2027-04-01", sealed, 11);
    let (first, when) = steps(&whole).swap_remove(0);
    office.publish("2027-002", &first, when);
    (office, whole)
}

/// A change of keys or witnesses, signed by `signers`, and installed.
fn change_keys(
    office: &mut Office,
    kind: ChangeKind,
    new: &SigningKey,
    policy: &str,
    when: &str,
    signers: &[&SigningKey],
) {
    let before = office.public.log[LOG_POLICY].clone();
    let change = KeyChange {
        suite: Suite::Sha256,
        office: "example".to_owned(),
        number: 1,
        at: moment(when),
        kind,
        old: office.key.verifier().clone(),
        new: new.verifier().clone(),
        before: Digest::of(&[&before]),
        policy: Digest::of(&[policy.as_bytes()]),
    };
    let mut note = Note::new(change.text()).expect("a text");
    for key in signers {
        note.add(key.sign_at(&change.text(), moment(when)).expect("a line")).expect("room");
    }
    office.public.log.insert("keys/key-000-policy.txt".to_owned(), before);
    office.public.log.insert("keys/key-001-policy.txt".to_owned(), policy.as_bytes().to_vec());
    office.public.log.insert("keys/key-001.txt".to_owned(), note.to_string().into_bytes());
    office.put_policy(policy);
    office.key = new.clone();
    office.append(&[office.own("key-001.txt"), office.own(LOG_POLICY)], when);
}

/// The witnesses change as they may: the third goes, the fourth comes.
fn other_witnesses(office: &mut Office, when: &str) {
    let (key, policy) = (office.key.clone(), policy_text(&office.key, &[1, 2, 4]));
    let signers = [key.clone(), witness_key(1), witness_key(2)];
    office.witnesses = vec![1, 2, 4];
    change_keys(office, ChangeKind::Witness, &key, &policy, when, &signers.iter().collect::<Vec<_>>());
}

fn void(commit: &Folder, when: &str) -> Folder {
    let mut folder = commit.clone();
    let (draw, id) = (number_of(commit), Digest::of(&[commit.get(record::COMMIT).expect("there")]));
    let text = format!("yaohao/void/v1\ndraw {draw}\nafter {id}\nat {when}\nreason register\n");
    folder.0.insert(record::VOID_SUMS.to_owned(), sums([(record::VOID, text.as_bytes())]).into_bytes());
    folder.0.insert(record::VOID.to_owned(), text.into_bytes());
    folder
}

/// An office whose first draw was given up when its outcome could be known.
fn given_up(mut office: Office) -> Office {
    let district = office.district("2026-12-01", false);
    let chance = Chance::number(11);
    let draw = district.try_draw(&chance).expect("can be staffed");
    let folder = voided(&draw, &chance, Last::Reveal, VoidReason::Staffing);
    for (part, when) in steps(&folder) {
        office.publish("2026-001", &part, when);
    }
    office.closed(&folder);
    office
}

/// The same without a log, which goes on under the other suite.
fn given_up_then_sm3() -> Office {
    let mut office = given_up(Office::without_log());
    let void = office.public.draws["2026-001"].get(record::VOID).expect("a void").to_vec();
    office.last = office.last.map(|(draw, _)| (draw, Suite::Sm3.digest(&[&void])));
    office.change = |district| {
        district.policy_text = of_suite(Suite::Sm3, &district.policy_text);
        district.policy = Policy::read("policy.toml", &district.policy_text).expect("a policy");
    };
    office
}

/// Another history of the second draw, made from the same state.
fn second_history() -> Folder {
    let mut office = Office::new();
    office.draw("2026-09-01", false);
    office.drawn("2026-12-01", true, 61)
}

/// The checkpoint of a log of the same key and size with other entries.
fn other_log(of: &Office) -> (Checkpoint, Note) {
    let head = of.head();
    let other = Checkpoint { root: Digest::of(&[b"another history"]), ..head };
    let note = of.signed(&other, moment("2027-02-20T00:00:00Z"));
    (other, note)
}

fn draw_entry(file: &str, hash: &[u8]) -> Entry {
    let draw = "example/2027/001".parse().expect("a number");
    Entry { subject: Subject::Draw(draw), file: file.to_owned(), hash: Digest::of(&[hash]) }
}

/// Signs the latest checkpoint anew with `sign`.
fn resign(office: &mut Office, sign: impl FnOnce(&Office, &Checkpoint, &mut Note)) {
    let head = office.head();
    let mut note = office.signed(&head, moment("2027-02-01T00:00:00Z"));
    sign(office, &head, &mut note);
    office.put_checkpoint(&head, &note);
}

/// Files in the log's folder that no log has.
pub const STRAY: [&str; 6] =
    ["7", "tile/notes.txt", "tile/0/7", "tile/0/x000/000", "keys/key-000.txt", "old/checkpoint"];

pub const CASES: &[Case] = &[
    Case {
        name: "open",
        make: || at(april(false).0, "2027-03-25T00:00:00Z"),
        failing: &[],
        states: &[("2027-002", "OPEN"), ("2027-001", "CLOSED")],
        says: &[],
    },
    Case {
        name: "overdue",
        make: || at(april(false).0, "2027-04-01T00:00:00Z"),
        failing: &["A13"],
        states: &[("2027-002", "OVERDUE")],
        says: &[("A13", "nothing closes it")],
    },
    Case {
        name: "overdue-by-the-witnesses",
        make: || {
            let (mut office, _) = april(false);
            other_witnesses(&mut office, "2027-04-02T00:00:00Z");
            at(office, "2027-03-25T00:00:00Z")
        },
        failing: &["A13"],
        states: &[("2027-002", "OVERDUE")],
        says: &[("A13", "witnesses saw the log without it at 2027-04-02T00:00:00Z")],
    },
    Case {
        name: "closing-back-dated",
        make: || {
            let (mut office, whole) = april(false);
            other_witnesses(&mut office, "2027-04-02T00:00:00Z");
            office.publish("2027-002", &whole, moment("2027-04-03T00:00:00Z"));
            at(office, "2027-04-04T00:00:00Z")
        },
        failing: &["A13"],
        states: &[("2027-002", "OVERDUE CLOSED")],
        says: &[("A13", "witnesses saw the log without it")],
    },
    Case {
        name: "closed-late",
        make: || {
            let mut office = clean();
            office.change = |district| {
                let events = district.events.as_mut().expect("events");
                events.record = events.record.plus_days(9);
            };
            office.draw("2027-04-01", false);
            at(office, "2027-05-01T00:00:00Z")
        },
        failing: &["A13", "A17"],
        states: &[("2027-002", "OVERDUE CLOSED")],
        says: &[("A17", "V12 order: record.txt is late")],
    },
    Case {
        name: "sealed",
        make: || {
            let mut office = Office::new();
            let whole = office.drawn("2026-12-01", true, 11);
            for (part, when) in &steps(&whole)[..2] {
                office.publish("2026-001", part, *when);
            }
            at(office, "2027-01-20T15:00:00Z")
        },
        failing: &[],
        states: &[("2026-001", "SEALED")],
        says: &[],
    },
    Case {
        name: "still-sealed",
        make: || {
            let mut office = Office::new();
            let whole = office.drawn("2026-12-01", true, 11);
            for (part, when) in &steps(&whole)[..2] {
                office.publish("2026-001", part, *when);
            }
            // 2027-01-21 in China.
            at(office, "2027-01-20T16:00:00Z")
        },
        failing: &["A14"],
        states: &[("2026-001", "LATE-OPEN SEALED")],
        says: &[("A14", "still sealed")],
    },
    Case {
        name: "opened-late",
        make: || {
            let mut office = Office::new();
            office.draw("2026-11-01", true);
            at(office, NOW)
        },
        failing: &["A14", "A17"],
        states: &[("2026-001", "LATE-OPEN OPENED")],
        says: &[("A14", "opened on 2027-01-04")],
    },
    Case {
        name: "void",
        make: || {
            let (mut office, whole) = april(false);
            let (first, _) = steps(&whole).swap_remove(0);
            let void = void(&first, "2027-03-24T07:00:00Z");
            office.publish("2027-002", &void, moment("2027-03-24T07:10:00Z"));
            office.closed(&void);
            office.draw("2027-05-01", false);
            at(office, "2027-06-01T00:00:00Z")
        },
        failing: &[],
        states: &[("2027-002", "VOID"), ("2027-003", "CLOSED")],
        says: &[("A15", "after commit.txt; reason: register")],
    },
    Case {
        name: "void-handed-on",
        make: || {
            let mut office = given_up(Office::new());
            office.draw("2027-02-01", false);
            at(office, NOW)
        },
        failing: &[],
        states: &[("2026-001", "VOID"), ("2027-001", "CLOSED")],
        says: &[
            ("A15", "after reveal.txt; reason: staffing"),
            ("A15", "were taken over by example/2027/001"),
        ],
    },
    Case {
        name: "void-not-handed-on",
        make: || {
            let mut office = given_up(Office::new());
            office.change = |district| district.before.as_mut().expect("a void").carried = None;
            office.draw("2027-02-01", false);
            at(office, NOW)
        },
        failing: &["A15", "A17"],
        states: &[("2026-001", "VOID"), ("2027-001", "CLOSED")],
        says: &[("A15", "takes over others (0)"), ("A17", "V05 predecessor")],
    },
    Case {
        name: "void-handed-on-in-another-suite",
        make: || {
            let mut office = given_up_then_sm3();
            office.draw("2027-02-01", false);
            at(office, NOW)
        },
        failing: &[],
        states: &[("2026-001", "VOID"), ("2027-001", "CLOSED")],
        says: &[("A15", "were taken over by example/2027/001")],
    },
    Case {
        name: "void-others-handed-on-in-another-suite",
        make: || {
            let mut office = given_up_then_sm3();
            // As many units, one of them with another ticket.
            office.change_carried(|lines| lines[0].ticket = Digest::of(&[b"another ticket"]));
            office.draw("2027-02-01", false);
            at(office, NOW)
        },
        failing: &["A15", "A17"],
        states: &[("2026-001", "VOID"), ("2027-001", "CLOSED")],
        says: &[("A15", "takes over others"), ("A17", "V05 predecessor")],
    },
    Case {
        name: "draw-withheld",
        make: || clean_but(|office| drop(office.public.draws.remove("2026-002"))),
        failing: &["A06", "A11"],
        states: &[("example/2026/002", "GAP"), ("2027-001", "GAP CLOSED"), ("2026-001", "CLOSED")],
        says: &[("A06", "there is no folder")],
    },
    Case {
        name: "number-missing",
        make: || {
            let mut office = Office::without_log();
            office.draw("2026-09-01", false);
            office.draw("2026-12-01", false);
            office.public.draws.remove("2026-001");
            at(office, NOW)
        },
        failing: &["A10", "A11"],
        states: &[("example/2026/001", "GAP"), ("2026-002", "GAP CLOSED")],
        says: &[("A10", "there is no folder")],
    },
    Case {
        name: "commitment-gone",
        make: || {
            clean_but(|office| {
                let folder = office.public.draws.get_mut("2027-001").expect("there");
                folder.0.remove(record::COMMIT);
            })
        },
        failing: &["A06", "A10", "A17"],
        states: &[("2027-001", "GAP")],
        says: &[("A10", "no commitment")],
    },
    Case {
        name: "second-commitment",
        make: || {
            clean_but(|office| drop(office.public.draws.insert("2026-002b".to_owned(), second_history())))
        },
        failing: &["A06", "A12", "A17"],
        states: &[("2026-002", "FORK OPENED"), ("2026-002b", "FORK OPENED"), ("2027-001", "CLOSED")],
        says: &[("A12", "several commitments"), ("A06", "the log has"), ("A17", "V28 logged")],
    },
    Case {
        name: "second-commitment-without-log",
        make: || {
            let mut office = Office::without_log();
            let again = office.drawn("2026-12-01", false, 61);
            office.draw("2026-12-01", false);
            office.public.draws.insert("again".to_owned(), again);
            at(office, NOW)
        },
        failing: &["A12"],
        states: &[("2026-001", "FORK CLOSED"), ("again", "FORK CLOSED")],
        says: &[("A12", "several commitments")],
    },
    Case {
        name: "draw-exchanged",
        make: || {
            clean_but(|office| drop(office.public.draws.insert("2026-002".to_owned(), second_history())))
        },
        failing: &["A06", "A11", "A17"],
        states: &[("2026-002", "FORK OPENED"), ("2027-001", "GAP CLOSED")],
        says: &[("A06", "commit.txt is")],
    },
    Case {
        name: "void-beside-a-record",
        make: || {
            clean_but(|office| {
                let folder = office.public.draws.get_mut("2027-001").expect("there");
                *folder = void(folder, "2027-01-25T00:00:00Z");
            })
        },
        failing: &["A06", "A12", "A17"],
        states: &[("2027-001", "FORK VOID")],
        says: &[("A12", "several closing documents")],
    },
    Case {
        name: "table-changed",
        make: || {
            clean_but(|office| {
                let folder = office.public.draws.get_mut("2027-001").expect("there");
                folder.0.get_mut(record::DRAWN).expect("there")[40] ^= 1;
            })
        },
        failing: &["A17"],
        states: &[("2027-001", "CLOSED")],
        says: &[("A17", "V03 sums")],
    },
    Case {
        name: "unit-dropped-before-the-commitment",
        make: || {
            let mut office = clean();
            office.change = |district| drop(district.register.units.remove(7));
            office.draw("2027-04-01", false);
            at(office, "2027-05-01T00:00:00Z")
        },
        failing: &[],
        states: &[("2027-002", "CLOSED")],
        says: &[
            ("A16", "example/2027/001 had 60 units, this one has 59; gone: 1 (91500112MA5K00007"),
            ("A16", "new: 0"),
        ],
    },
    Case {
        name: "verifier-committed",
        make: || {
            let mut office = clean();
            office.public.verifier = Some([("verify.html".to_owned(), b"<p>honest</p>\n".to_vec())].into());
            office.draw("2027-04-01", false);
            // A newer one beside it, for draws to come.
            let files = office.public.verifier.as_mut().expect("files");
            files.insert("verify-2.html".to_owned(), b"<p>newer</p>\n".to_vec());
            at(office, "2027-05-01T00:00:00Z")
        },
        failing: &[],
        states: &[("2027-002", "CLOSED")],
        says: &[],
    },
    Case {
        name: "verifier-page-exchanged",
        make: || {
            let mut office = clean();
            office.public.verifier = Some([("verify.html".to_owned(), b"<p>honest</p>\n".to_vec())].into());
            office.draw("2027-04-01", false);
            let files = office.public.verifier.as_mut().expect("files");
            files.insert("verify.html".to_owned(), b"<p>VERIFIED</p>\n".to_vec());
            at(office, "2027-05-01T00:00:00Z")
        },
        failing: &["A17"],
        states: &[("2027-002", "CLOSED")],
        says: &[("A17", "V29 verifier: the SHA-256 of verify.html is")],
    },
    Case {
        name: "log-gone",
        make: || clean_but(|office| office.public.log.clear()),
        failing: &["A01"],
        states: &[("2027-001", "CLOSED")],
        says: &[("A01", "names a log")],
    },
    Case {
        name: "log-with-another-file",
        make: || {
            clean_but(|office| drop(office.public.log.insert("checkpoints/012".to_owned(), b"x\n".to_vec())))
        },
        failing: &["A01", "A03"],
        states: &[],
        says: &[("A01", "no file of that name")],
    },
    Case {
        name: "log-with-stray-files",
        make: || clean_but(|office| STRAY.iter().for_each(|file| office.put_stray(file))),
        failing: &["A01"],
        states: &[],
        says: &[("A04", "no signed checkpoint needs it")],
    },
    Case {
        name: "policy-exchanged",
        make: || {
            clean_but(|office| {
                let text = policy_text(&log_key(1), &[3, 4]);
                office.public.log.insert(LOG_POLICY.to_owned(), text.into_bytes());
            })
        },
        failing: &["A02"],
        states: &[],
        says: &[("A02", "into force")],
    },
    Case {
        name: "checkpoint-of-another-key",
        make: || {
            clean_but(|office| {
                office.key = log_key(2);
                resign(office, |_, _, _| {});
            })
        },
        failing: &["A03"],
        states: &[],
        says: &[("A03", "the log's key in force has not signed it")],
    },
    Case {
        name: "cosignature-of-a-stranger",
        make: || {
            clean_but(|office| {
                let stranger = SigningKey::new("stranger.example", Algorithm::Ed25519Cosignature, &[9; 32])
                    .expect("a key");
                resign(office, |_, head, note| {
                    note.add(stranger.cosign(&head.text(), moment(NOW)).expect("a line")).expect("room");
                });
            })
        },
        failing: &["A03"],
        states: &[],
        says: &[("A03", "no log policy knows")],
    },
    Case {
        name: "cosignature-false",
        make: || {
            clean_but(|office| {
                resign(office, |_, head, note| {
                    let other = Checkpoint { size: head.size + 1, ..head.clone() };
                    let line = witness_key(1).cosign(&other.text(), moment(NOW)).expect("a line");
                    note.add(line).expect("room");
                });
            })
        },
        failing: &["A03", "A17"],
        states: &[],
        says: &[("A03", "false signatures of w1")],
    },
    Case {
        name: "log-shows-two-histories",
        make: || {
            clean_but(|office| {
                let (other, note) = other_log(office);
                office.public.log.insert(checkpoint_of(other.size), note.to_string().into_bytes());
            })
        },
        failing: &["A03", "A17"],
        states: &[],
        says: &[("A03", "two roots"), ("A03", "it signs the root")],
    },
    Case {
        name: "log-showed-somebody-else-another",
        make: || {
            let office = clean();
            let (_, note) = other_log(&office);
            let signed = Signed::read(note.to_string().as_bytes()).expect("a checkpoint");
            Tried { office, now: NOW, seen: vec![("seen.note".to_owned(), signed)] }
        },
        failing: &["A03"],
        states: &[],
        says: &[("A03", "two roots")],
    },
    Case {
        name: "log-rolled-back",
        make: || {
            let signed = Signed::read(&clean().public.log[CHECKPOINT]).expect("a checkpoint");
            let mut office = Office::new();
            office.draw("2026-09-01", false);
            Tried { office, now: NOW, seen: vec![("seen.note".to_owned(), signed)] }
        },
        failing: &["A03"],
        states: &[],
        says: &[("A03", "a signed checkpoint has")],
    },
    Case {
        name: "tile-changed",
        make: || {
            clean_but(|office| {
                let size = office.head().size;
                office.public.log.get_mut(&format!("tile/0/000.p/{size}")).expect("there")[5] ^= 1;
            })
        },
        failing: &["A04", "A17"],
        states: &[],
        says: &[("A04", "do not lead to the root")],
    },
    Case {
        name: "old-tile-changed",
        make: || clean_but(|office| office.public.log.get_mut("tile/0/000.p/1").expect("there")[5] ^= 1),
        failing: &["A04"],
        states: &[],
        says: &[("A04", "not what the entries make it")],
    },
    Case {
        name: "entry-of-nothing",
        make: || {
            clean_but(|office| office.append_texts(&[b"hello\n".to_vec()], moment("2027-02-20T00:00:00Z")))
        },
        failing: &["A05", "A17"],
        states: &[],
        says: &[("A05", "it cannot be read")],
    },
    Case {
        name: "entry-of-another-office",
        make: || {
            clean_but(|office| {
                let subject = Subject::Office("elsewhere".to_owned());
                office.append(&[Entry { subject, ..office.own(LOG_POLICY) }], "2027-02-20T00:00:00Z");
            })
        },
        failing: &["A05", "A09"],
        states: &[],
        says: &[("A05", "several offices")],
    },
    Case {
        name: "document-logged-twice",
        make: || {
            clean_but(|office| {
                office.append(&[draw_entry(record::RECORD, b"another record")], "2027-02-20T00:00:00Z")
            })
        },
        failing: &["A05", "A17"],
        states: &[],
        says: &[("A05", "is there as entry"), ("A17", "V28")],
    },
    Case {
        name: "logged-and-not-shown",
        make: || {
            clean_but(|office| office.append(&[draw_entry(record::OPEN, b"what?")], "2027-02-20T00:00:00Z"))
        },
        failing: &["A06", "A17"],
        states: &[("2027-001", "GAP CLOSED")],
        says: &[("A06", "the folder has not")],
    },
    Case {
        name: "shown-and-not-logged",
        make: || {
            let mut office = clean();
            let whole = office.drawn("2027-04-01", false, 11);
            office.public.draws.insert("2027-002".to_owned(), whole);
            at(office, "2027-04-01T00:00:00Z")
        },
        failing: &["A06"],
        states: &[("2027-002", "CLOSED")],
        says: &[("A06", "is not in the log")],
    },
    Case {
        name: "not-logged-yet",
        make: || {
            let mut office = clean();
            let whole = office.drawn("2027-04-01", false, 11);
            office.public.draws.insert("2027-002".to_owned(), whole);
            at(office, "2027-03-25T05:00:00Z")
        },
        failing: &[],
        states: &[("2027-002", "CLOSED")],
        says: &[("A06", "is not in the log yet")],
    },
    Case {
        name: "logged-in-another-order",
        make: || {
            let mut office = clean();
            let whole = office.drawn("2027-04-01", false, 11);
            let draw = number_of(&whole);
            let mut entries: Vec<Entry> =
                yaohao::log::documents(|file| whole.get(file)).iter().map(|d| d.entry(&draw)).collect();
            entries.reverse();
            office.public.draws.insert("2027-002".to_owned(), whole);
            office.append(&entries, "2027-03-25T03:00:00Z");
            at(office, "2027-04-01T00:00:00Z")
        },
        failing: &["A07", "A17"],
        states: &[("2027-002", "CLOSED")],
        says: &[("A07", "stands before")],
    },
    Case {
        name: "witness-before-its-time",
        make: || {
            let mut office = clean();
            let whole = office.drawn("2027-04-01", false, 11);
            office.publish("2027-002", &whole, moment("2026-12-31T00:00:00Z"));
            at(office, "2027-04-01T00:00:00Z")
        },
        failing: &["A08"],
        states: &[("2027-002", "CLOSED")],
        says: &[("A08", "which is earlier")],
    },
    Case {
        name: "witness-named-like-another",
        make: || {
            let mut office = clean();
            let (key, policy) =
                (office.key.clone(), policy_text(&office.key, &[1, 2, 4]).replace("w4", "w3"));
            office.witnesses = vec![1, 2];
            let when = "2027-02-20T00:00:00Z";
            let signers = [key.clone(), witness_key(1), witness_key(2)];
            change_keys(
                &mut office,
                ChangeKind::Witness,
                &key,
                &policy,
                when,
                &signers.iter().collect::<Vec<_>>(),
            );
            // The new w3 has a clock of its own, and has seen nothing before.
            resign(&mut office, |_, head, note| {
                let line = witness_key(4).cosign(&head.text(), moment("2026-06-01T00:00:00Z"));
                note.add(line.expect("a witness's key")).expect("room");
            });
            at(office, NOW)
        },
        failing: &[],
        states: &[],
        says: &[],
    },
    Case {
        name: "commitment-seen-after-the-dice",
        make: || {
            let mut office = clean();
            let whole = office.drawn("2027-04-01", false, 11);
            // Committed on 24 March as it says; witnesses see it on 26 March.
            office.publish("2027-002", &whole, moment("2027-03-26T00:00:00Z"));
            at(office, "2027-04-01T00:00:00Z")
        },
        failing: &["A17"],
        states: &[("2027-002", "CLOSED")],
        says: &[(
            "A17",
            "V28 logged: the commitment was witnessed at 2027-03-26 08:00 (UTC+8), after the draw had begun",
        )],
    },
    Case {
        name: "too-few-witnesses",
        make: || {
            let mut office = clean();
            office.witnesses = vec![2];
            office.draw("2027-04-01", false);
            at(office, "2027-05-01T00:00:00Z")
        },
        failing: &["A17"],
        states: &[("2027-002", "CLOSED")],
        says: &[("A17", "V28"), ("A08", "not enough witnesses")],
    },
    Case {
        name: "witnesses-changed",
        make: || {
            let mut office = clean();
            other_witnesses(&mut office, "2027-02-20T00:00:00Z");
            office.draw("2027-04-01", false);
            at(office, "2027-05-01T00:00:00Z")
        },
        failing: &[],
        states: &[("2027-002", "CLOSED")],
        says: &[],
    },
    Case {
        name: "key-changed-by-nobody",
        make: || {
            let mut office = clean();
            let (new, policy) = (log_key(2), policy_text(&log_key(2), &[1, 2, 3]));
            // The old key has not signed.
            change_keys(&mut office, ChangeKind::Rotate, &new, &policy, "2027-02-20T00:00:00Z", &[&new]);
            at(office, NOW)
        },
        failing: &["A09"],
        states: &[],
        says: &[("A09", "the old key of the log has not signed")],
    },
];
