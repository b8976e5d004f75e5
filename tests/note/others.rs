//! Notes by another crate, of other people: ours open there, theirs open here.
//! It shares our curve library; reference/ has programs that share nothing.

use super::bench::{key, moment, note, signed};
use signed_note::{Signer as _, StandardSigner, StandardVerifier, VerifierList};
use yaohao::note::{Algorithm, Note, SignatureLine, VerifierKey};

/// The verifier keys of the other crate's example, and its signer.
const SKEY: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const VKEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

#[test]
fn their_note_opens_here() {
    let text = "a\n\n渝北\n";
    let mut theirs = signed_note::Note::new(text.as_bytes(), &[]).expect("a note");
    let signer = StandardSigner::new(SKEY).expect("their key");
    theirs.add_sigs(&[&signer]).expect("signed");
    let ours = Note::read(&theirs.to_bytes()).expect("a note");
    let key: VerifierKey = VKEY.parse().expect("their key");
    assert_eq!((key.name(), key.id()), (signer.name(), signer.key_id()));
    assert!(key.verify(&ours).is_some());
    assert_eq!((ours.text(), ours.to_string().into_bytes()), (text, theirs.to_bytes()));
}

#[test]
fn our_note_opens_there_with_cosignatures_and_sm2_below_it() {
    let log = key("fire.example/yaohao", Algorithm::Ed25519, 1);
    let [witness, sm2] = [Algorithm::Ed25519Cosignature, Algorithm::Sm2].map(|kind| key("w", kind, 2));
    let made = signed("fire.example/yaohao\n1\nabc\n", &[(&witness, 5), (&log, 0), (&sm2, 0)]);
    let theirs = signed_note::Note::from_bytes(made.to_string().as_bytes()).expect("readable there");
    let known = StandardVerifier::new(&log.verifier().to_string()).expect("our key");
    let (verified, unknown) = theirs.verify(&VerifierList::new(vec![Box::new(known)])).expect("valid there");
    assert_eq!((verified.len(), unknown.len()), (1, 2));
    assert_eq!(theirs.to_bytes(), made.to_string().into_bytes());
    // A changed text is refused there as here.
    let changed = made.to_string().replacen("\n1\n", "\n2\n", 1);
    let theirs = signed_note::Note::from_bytes(changed.as_bytes()).expect("readable");
    let known = StandardVerifier::new(&log.verifier().to_string()).expect("our key");
    assert!(theirs.verify(&VerifierList::new(vec![Box::new(known)])).is_err());
    assert!(log.verifier().verify(&Note::read(changed.as_bytes()).expect("readable")).is_none());
}

/// What one of the two readers takes, the other takes too, within our bounds.
#[test]
fn both_readers_refuse_the_same() {
    let line = key("k", Algorithm::Ed25519, 1).sign("a\n").expect("a line").to_string();
    for text in [
        format!("a\n\n{line}\n"),
        format!("a\n\n\n{line}\n"),
        format!("\n\n{line}\n"),
        format!("a\n{line}\n"),
        format!("a\n\n{line}"),
        format!("a\n\n{line}\n\n"),
        format!("a\n\n{line}\nb\n"),
        format!("a\n\n{}\n", line.replace(' ', "  ")),
        format!("a\n\n{}\n", line.replace("k ", "k+ ")),
        format!("a\n\n{}\n", line.replace("k ", "\u{3000} ")),
        "a\n\n\u{2014} k AAAAAA==\n".to_owned(),
        "a\n\n\u{2014} k AAAAAAA=\n".to_owned(),
        "a\n\n\u{2014} k AAAAAAB=\n".to_owned(),
        format!("a\tb\n\n{line}\n"),
        format!("a\r\n\n{line}\n"),
    ] {
        let (ours, theirs) = (Note::read(text.as_bytes()), signed_note::Note::from_bytes(text.as_bytes()));
        assert_eq!(ours.is_ok(), theirs.is_ok(), "{text:?}");
    }
}

/// The layout of c2sp.org/tlog-cosignature, taken apart by hand.
#[test]
fn a_cosignature_is_laid_out_as_published() {
    use ed25519_dalek::{Signature, Verifier as _, VerifyingKey};
    let witness = key("witness.example/w1", Algorithm::Ed25519Cosignature, 4);
    let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    let SignatureLine { bytes, .. } = witness.cosign(text, moment(1_679_315_147)).expect("a line");
    assert_eq!(bytes[..8], 1_679_315_147u64.to_be_bytes());
    let signature = Signature::from_slice(&bytes[8..]).expect("64 bytes");
    let public =
        VerifyingKey::from_bytes(witness.verifier().public().try_into().expect("32")).expect("a key");
    let message = format!("cosignature/v1\ntime 1679315147\n{text}");
    assert!(public.verify(message.as_bytes(), &signature).is_ok());
    // The same key as a log's has another id, and its plain signature is no cosignature.
    let plain = key("witness.example/w1", Algorithm::Ed25519, 4);
    assert_ne!(plain.verifier().id(), witness.verifier().id());
    let mut moved = note(text);
    let line = plain.sign(text).expect("a line");
    moved.add(SignatureLine { key_id: witness.verifier().id(), ..line }).expect("room");
    assert!(witness.verifier().verify(&moved).is_none());
}
