//! Notes with known bytes, the same on every machine, in tests/note/known: other
//! programs read them (reference/notes.py, reference/go, openssl), and what those
//! sign is read here.

use super::bench::{key, moment, signed, unhex};
use std::path::{Path, PathBuf};
use yaohao::digest::{Digest, Suite};
use yaohao::note::{
    Algorithm, ChangeKind, Checkpoint, KeyChange, LogPolicy, Note, Quorum, SignatureLine, SigningKey,
    VerifierKey,
};

fn log() -> SigningKey {
    key("fire.example/yaohao", Algorithm::Ed25519, 1)
}

fn sm2_log() -> SigningKey {
    key("fire.example/yaohao", Algorithm::Sm2, 5)
}

fn witness() -> SigningKey {
    key("discipline.example/w1", Algorithm::Ed25519Cosignature, 2)
}

fn sm2_witness() -> SigningKey {
    key("archive.example/w2", Algorithm::Sm2Cosignature, 3)
}

/// Whose key Go signs with; Go has the same secret.
const GO: u8 = 9;

/// A checkpoint of the log, cosigned by two, and signed with a fourth key that the policy does not know.
fn checkpoint() -> Note {
    let root = Digest::of(&[b"known"]);
    let text = Checkpoint { origin: "fire.example/yaohao".to_owned(), size: 20_852_163, root }.text();
    signed(
        &text,
        &[(&log(), 0), (&witness(), 1_795_413_857), (&sm2_witness(), 1_795_413_999), (&sm2_log(), 0)],
    )
}

fn policy(log: &SigningKey) -> String {
    let (log, a, b) = (log.verifier(), witness(), sm2_witness());
    let (a, b) = (a.verifier(), b.verifier());
    format!(
        "# 示例\nlog {log}\nwitness discipline {a}\nwitness archive {b} https://archive.example/\ngroup both all discipline archive\nquorum both\n"
    )
}

/// A loss, vouched for by both witnesses.
fn change() -> Note {
    let (old, new) = (log(), key("fire.example/yaohao", Algorithm::Ed25519, 4));
    let hash = |key: &SigningKey| Suite::Sha256.digest(&[policy(key).as_bytes()]);
    let change = KeyChange {
        suite: Suite::Sha256,
        office: "example".to_owned(),
        number: 1,
        at: moment(1_795_413_000),
        kind: ChangeKind::Lost,
        old: old.verifier().clone(),
        new: new.verifier().clone(),
        before: hash(&old),
        policy: hash(&new),
    };
    let witnesses = (witness(), sm2_witness());
    signed(&change.text(), &[(&new, 0), (&witnesses.0, 1_795_413_100), (&witnesses.1, 1_795_413_200)])
}

/// The files that are kept with the tests.
fn known() -> Vec<(&'static str, String)> {
    let next = key("fire.example/yaohao", Algorithm::Ed25519, 4);
    vec![
        ("checkpoint", checkpoint().to_string()),
        ("log-policy.txt", policy(&log())),
        ("key-001.txt", change().to_string()),
        ("key-001-policy.txt", policy(&next)),
        ("log.vkey", format!("{}\n", log().verifier())),
        ("witness.vkey", format!("{}\n", witness().verifier())),
        ("sm2.vkey", format!("{}\n", sm2_log().verifier())),
    ]
}

#[test]
fn known_notes_have_known_bytes() {
    for (name, text) in known() {
        let kept = std::fs::read_to_string(Path::new("tests/note/known").join(name));
        assert_eq!(kept.unwrap_or_else(|error| panic!("{name}: {error}")), text, "{name}");
    }
    let policy = LogPolicy::read(policy(&log()).as_bytes()).expect("a policy");
    let judged = policy.judge(&checkpoint());
    assert_eq!((judged.is_accepted(), judged.quorum), (true, Quorum::Reached(moment(1_795_413_999))));
    let next = key("fire.example/yaohao", Algorithm::Ed25519, 4);
    let (before, after) = (super::known::policy(&log()), super::known::policy(&next));
    assert!(KeyChange::check(&change(), before.as_bytes(), after.as_bytes()).is_ok());
    assert!(KeyChange::check(&change(), after.as_bytes(), before.as_bytes()).is_err());
}

// ---- for other programs -------------------------------------------------------------

fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("notes")
}

/// Public and secret keys in the containers that openssl reads (RFC 8410, RFC 5915, GM/T 0009).
fn containers() -> Vec<(&'static str, Vec<u8>)> {
    let (log, sm2) = (log(), sm2_log());
    let (ed_public, sm2_public) = (log.verifier().public().to_vec(), sm2.verifier().public().to_vec());
    let with = |head: &str, parts: &[&[u8]]| [&unhex(head)[..], &parts.concat()].concat();
    let curve = "301306072a8648ce3d020106082a811ccf5501822d";
    let ec = with("306b0201010420", &[&[5; 32], &unhex("a144034200"), &sm2_public]);
    vec![
        ("ed25519.pub.der", with("302a300506032b6570032100", &[&ed_public])),
        ("ed25519.key.der", with("302e020100300506032b657004220420", &[&[1; 32]])),
        ("sm2.pub.der", with(&format!("3059{curve}034200"), &[&sm2_public])),
        ("sm2.key.der", with(&format!("308187020100{curve}046d"), &[&ec])),
    ]
}

/// r ‖ s as the sequence of two integers that openssl wants.
fn der(signature: &[u8]) -> Vec<u8> {
    let integer = |bytes: &[u8]| {
        let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(31);
        let sign = if bytes[start] > 127 { &[0][..] } else { &[] };
        let value = [sign, &bytes[start..]].concat();
        [&[2, value.len() as u8], &value[..]].concat()
    };
    let both = [integer(&signature[..32]), integer(&signature[32..])].concat();
    [&[0x30, both.len() as u8], &both[..]].concat()
}

fn undo_der(bytes: &[u8]) -> Vec<u8> {
    let integer = |bytes: &[u8]| {
        let value = &bytes[2..2 + usize::from(bytes[1])];
        let value = value.strip_prefix(&[0]).unwrap_or(value);
        [&vec![0; 32 - value.len()][..], value].concat()
    };
    let second = &bytes[4 + usize::from(bytes[3])..];
    [integer(&bytes[2..]), integer(second)].concat()
}

#[test]
fn export() {
    std::fs::create_dir_all(folder()).expect("a folder");
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder().join(name), bytes).expect("a file");
    known().iter().for_each(|(name, text)| write(name, text.as_bytes()));
    containers().iter().for_each(|(name, bytes)| write(name, bytes));
    let checkpoint = checkpoint();
    write("message.txt", checkpoint.text().as_bytes());
    write("ed25519.sig", &log().sign(checkpoint.text()).expect("a line").bytes);
    let sm2 = sm2_log().sign(checkpoint.text()).expect("a line").bytes;
    assert_eq!(undo_der(&der(&sm2)), sm2);
    write("sm2.sig.der", &der(&sm2));
    // The form of secret keys in Go's sumdb/note.
    let go = key("go.example", Algorithm::Ed25519, GO);
    let id = go.verifier().id();
    use base64::Engine as _;
    let secret = base64::engine::general_purpose::STANDARD.encode([&[1][..], &[GO; 32]].concat());
    write("go.skey", format!("PRIVATE+KEY+go.example+{id:08x}+{secret}\n").as_bytes());
}

/// One changed text for each byte and bit in turn, and one with a line less or twice.
fn changed(text: &str) -> Vec<Vec<u8>> {
    let flip = |at: usize| {
        let mut bytes = text.as_bytes().to_vec();
        // A bit each, and sometimes a byte that means something to a reader.
        bytes[at] = if at.is_multiple_of(3) { b" \n+#\t0x"[at / 3 % 7] } else { bytes[at] ^ 1 << (at % 8) };
        bytes
    };
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let times = |skip: usize, count: usize| {
        let line = |(at, line): (usize, &&str)| line.repeat(if at == skip { count } else { 1 });
        lines.iter().enumerate().map(line).collect::<String>().into_bytes()
    };
    let dropped = (0..lines.len()).flat_map(|at| [times(at, 0), times(at, 2)]);
    (0..text.len()).map(flip).chain(dropped).chain([text.as_bytes().to_vec()]).collect()
}

/// What our side makes of a checkpoint under a policy, in the words of reference/notes.py.
fn verdict(note: &[u8], policy: &[u8]) -> String {
    let read = || {
        let (note, policy) = (Note::read(note).ok()?, LogPolicy::read(policy).ok()?);
        Checkpoint::read(note.text()).ok()?;
        Some(policy.judge(&note))
    };
    let Some(judged) = read() else { return "refused".to_owned() };
    let witnesses = judged.witnesses.iter().map(|seen| format!("{}={}", seen.name, seen.time.unix()));
    let mut forged = judged.forged;
    forged.sort();
    let at = judged.quorum.time().map_or("-".to_owned(), |at| at.unix().to_string());
    let (signed, reached) = (judged.log_signed, judged.quorum.is_reached());
    let witnesses = witnesses.collect::<Vec<_>>().join(",");
    format!("signed {signed} witnesses {witnesses} quorum {reached} {at} forged {}", forged.join(","))
}

/// Damaged checkpoints and policies with our verdicts, for reference/agree_notes.py.
#[test]
fn export_cases() {
    let (checkpoint, policy) = (checkpoint().to_string(), policy(&log()));
    let notes = changed(&checkpoint).into_iter().map(|note| (note, policy.clone().into_bytes()));
    let policies = changed(&policy).into_iter().map(|policy| (checkpoint.clone().into_bytes(), policy));
    let mut accepted = 0;
    let cases = notes.chain(policies).map(|(note, policy)| {
        let verdict = verdict(&note, &policy);
        accepted += usize::from(verdict != "refused");
        serde_json::json!({ "note": note, "policy": policy, "verdict": verdict })
    });
    let cases: Vec<serde_json::Value> = cases.collect();
    assert!(cases.len() > 1000 && accepted > 100 && accepted < cases.len() - 100, "{accepted}");
    std::fs::create_dir_all(folder()).expect("a folder");
    let text = serde_json::to_string(&cases).expect("JSON");
    std::fs::write(folder().join("cases.json"), text).expect("a file");
}

/// What Go and openssl have signed; .ci/run lets them sign first.
#[test]
#[ignore = "needs what reference/go and reference/openssl.sh write"]
fn theirs() {
    let read = |name: &str| std::fs::read(folder().join("theirs").join(name)).expect(name);
    let note = Note::read(&read("go.note")).expect("Go's note");
    assert_eq!(note.text(), "signed by Go\n\n渝北\n");
    assert!(key("go.example", Algorithm::Ed25519, GO).verifier().verify(&note).is_some());
    let text = checkpoint().text().to_owned();
    let verifies = |key: &VerifierKey, bytes: Vec<u8>| {
        let line = SignatureLine { name: key.name().to_owned(), key_id: key.id(), bytes };
        let other = text.replacen('2', "3", 1);
        key.verify_line(&text, &line).is_some() && key.verify_line(&other, &line).is_none()
    };
    assert!(verifies(log().verifier(), read("ed25519.sig")));
    assert!(verifies(sm2_log().verifier(), undo_der(&read("sm2.sig.der"))));
}
