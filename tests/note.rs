//! Signed notes: their one form, what keys and policies make of them, and that
//! other people's programs agree.

#[path = "note/bench.rs"]
mod bench;
#[path = "note/known.rs"]
mod known;
#[path = "note/judging.rs"]
mod judging;
#[path = "note/others.rs"]
mod others;
#[path = "note/policies.rs"]
mod policies;

use bench::{key, moment, note, signed};
use proptest::prelude::*;
use yaohao::digest::Digest;
use yaohao::note::{
    Algorithm, Checkpoint, Found, KeyError, MAX_NOTE, MAX_SIGNATURES, Note, SignatureLine, SigningKey,
    VerifierKey,
};

// ---- keys ---------------------------------------------------------------------------

#[test]
fn a_key_has_one_form_and_a_changed_letter_is_noticed() {
    for algorithm in Algorithm::ALL {
        let vkey = key("fire.example/yaohao", algorithm, 1).verifier().to_string();
        let read: VerifierKey = vkey.parse().expect("what we print");
        assert_eq!((read.to_string(), read.algorithm()), (vkey.clone(), algorithm));
        for at in 0..vkey.len() {
            let mut bytes = vkey.clone().into_bytes();
            bytes[at] ^= 1;
            let changed = String::from_utf8(bytes).expect("ASCII");
            assert!(changed.parse::<VerifierKey>().is_err(), "{changed}");
        }
        for wrong in [format!("{vkey} "), format!(" {vkey}"), format!("{vkey}="), vkey.replace('+', " ")] {
            assert_eq!(wrong.parse::<VerifierKey>(), Err(KeyError::Form), "{wrong}");
        }
        let upper = vkey.replacen(&format!("{:08x}", read.id()), &format!("{:08X}", read.id()), 1);
        assert!(upper == vkey || upper.parse::<VerifierKey>() == Err(KeyError::Id));
    }
    assert_eq!("a+00000000+AA==".parse::<VerifierKey>(), Err(KeyError::Unknown));
}

#[test]
fn names_of_keys_are_those_of_c2sp() {
    let secret = [7; 32];
    let made = |name: &str| SigningKey::new(name, Algorithm::Ed25519, &secret).map(drop);
    for good in ["a", "example.com/foo", "渝北消防", &"x".repeat(255)] {
        assert_eq!(made(good), Ok(()), "{good}");
    }
    for bad in ["", "a b", "a+b", "a\u{3000}b", "a\nb", "a\u{a0}", &"x".repeat(256)] {
        assert_eq!(made(bad), Err(KeyError::Form), "{bad}");
    }
}

/// Keys with which anybody could sign, and second forms of one key.
#[test]
fn keys_that_are_no_keys_are_refused() {
    let ed25519 = |bytes: [u8; 32]| VerifierKey::new("a", Algorithm::Ed25519, &bytes);
    let neutral = {
        let mut one = [0; 32];
        one[0] = 1;
        one
    };
    // y = 2^255 - 19 + 3, a second form of y = 3; and the sign bit of the neutral point.
    let above = {
        let mut y = [0xff; 32];
        y[0] = 0xf0;
        y[31] = 0x7f;
        y
    };
    for bad in [neutral, [0; 32], above] {
        assert_eq!(ed25519(bad), Err(KeyError::Point), "{bad:?}");
    }
    let three = {
        let mut y = [0; 32];
        y[0] = 3;
        y
    };
    assert!(ed25519(three).is_ok(), "y = 3 by itself is a point of large order");
    let good = key("a", Algorithm::Sm2, 3).verifier().public().to_vec();
    let mut off = good.clone();
    off[64] ^= 1;
    let compressed = [&[2 + (good[64] & 1)], &good[1..33]].concat();
    for bad in [&off[..], &compressed, &good[..64], &[0], &[]] {
        assert_eq!(VerifierKey::new("a", Algorithm::Sm2, bad), Err(KeyError::Point));
    }
    // SM2's secrets are numbers from 1 to n - 2.
    let order = bench::unhex("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123");
    let less = |by: u8| {
        let mut d: [u8; 32] = order.clone().try_into().expect("32");
        d[31] -= by;
        d
    };
    for bad in [[0; 32], [0xff; 32], less(0), less(1)] {
        assert!(SigningKey::new("a", Algorithm::Sm2, &bad).is_err(), "{bad:?}");
    }
    assert!(SigningKey::new("a", Algorithm::Sm2, &less(2)).is_ok());
}

#[test]
fn a_secret_is_never_shown() {
    for algorithm in Algorithm::ALL {
        let shown = format!("{:?}", SigningKey::new("a", algorithm, &[0x5a; 32]).expect("a key"));
        assert!(shown.contains("(secret)"), "{shown}");
        assert!(!shown.contains("90, 90") && !shown.to_lowercase().contains("5a5a"), "{shown}");
    }
}

// ---- signatures ---------------------------------------------------------------------

/// The example of c2sp.org/signed-note.
#[test]
fn the_published_example_verifies() {
    let vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    let note = "This is an example message.\n\n\u{2014} example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    let (key, note) =
        (vkey.parse::<VerifierKey>().expect("a key"), Note::read(note.as_bytes()).expect("a note"));
    assert_eq!(key.verify(&note).map(|verified| verified.time), Some(None));
}

/// The example of GB/T 32918.5-2017 annex A: the key, the message and the signature.
#[test]
fn the_example_of_the_standard_of_sm2_verifies() {
    let public = concat!(
        "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020",
        "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
    );
    let signature = concat!(
        "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3",
        "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
    );
    let secret = bench::unhex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8");
    let signer = SigningKey::new("a", Algorithm::Sm2, &secret.try_into().expect("32")).expect("a key");
    let key = signer.verifier();
    assert_eq!(key.public(), bench::unhex(public));
    let mut line = SignatureLine { name: "a".to_owned(), key_id: key.id(), bytes: bench::unhex(signature) };
    assert!(key.verify_line("message digest", &line).is_some());
    assert!(key.verify_line("message digest.", &line).is_none());
    line.bytes[63] ^= 1;
    assert!(key.verify_line("message digest", &line).is_none());
}

#[test]
fn signing_twice_gives_the_same_bytes_and_a_text_is_not_signed_for_another() {
    let at = moment(1_679_315_147);
    for algorithm in Algorithm::ALL {
        let (key, other) = (key("a", algorithm, 1), key("a", algorithm, 2));
        let line = key.sign_at("text\n", at).expect("a line");
        assert_eq!(Some(&line), key.sign_at("text\n", at).as_ref());
        assert_eq!(key.sign("text\n").is_some(), !algorithm.is_cosignature());
        assert_eq!(key.cosign("text\n", at).is_some(), algorithm.is_cosignature());
        let time = algorithm.is_cosignature().then_some(at);
        assert_eq!(key.verifier().verify_line("text\n", &line).expect("valid").time, time);
        assert_eq!(key.verifier().verify_line("texT\n", &line), None);
        assert_eq!(other.verifier().verify_line("text\n", &line), None);
        for at in 0..line.bytes.len() {
            let mut changed = line.clone();
            changed.bytes[at] ^= 1;
            assert_eq!(key.verifier().verify_line("text\n", &changed), None, "byte {at}");
        }
        for bytes in [&line.bytes[1..], &[], &[&line.bytes[..], &[0]].concat()] {
            let changed = SignatureLine { bytes: bytes.to_vec(), ..line.clone() };
            assert_eq!(key.verifier().verify_line("text\n", &changed), None);
        }
    }
}

/// A time that no calendar has is no time.
#[test]
fn times_stay_within_what_can_be_written() {
    use yaohao::time::Moment;
    assert_eq!(Moment::from_unix(0).expect("1970").to_string(), "1970-01-01T00:00:00Z");
    let last = Moment::from_unix(253_402_300_799).expect("the last second");
    assert_eq!((last.to_string().as_str(), last.unix()), ("9999-12-31T23:59:59Z", 253_402_300_799));
    for late in [253_402_300_800, 1 << 62, 1 << 63, u64::MAX] {
        assert_eq!(Moment::from_unix(late), None);
    }
    let early: Moment = "1969-12-31T23:59:59Z".parse().expect("a moment");
    assert_eq!(key("w", Algorithm::Ed25519Cosignature, 1).cosign("a\n", early), None);
}

#[test]
fn of_several_lines_of_one_key_all_must_verify_and_the_earliest_counts() {
    let witness = key("w", Algorithm::Ed25519Cosignature, 1);
    let mut note = signed("a\n", &[(&witness, 300), (&witness, 100), (&witness, 200)]);
    assert_eq!(witness.verifier().verify(&note).expect("valid").time, Some(moment(100)));
    let mut forged = witness.cosign("b\n", moment(400)).expect("a line");
    note.add(forged.clone()).expect("room");
    assert_eq!(witness.verifier().find(&note), Found::Forged);
    assert_eq!(witness.verifier().verify(&note), None);
    // A line of another key says nothing about this one.
    forged.key_id ^= 1;
    let mut note = signed("a\n", &[(&witness, 100)]);
    note.add(forged).expect("room");
    assert!(witness.verifier().verify(&note).is_some());
    assert_eq!(key("w", Algorithm::Ed25519, 1).verifier().find(&note), Found::Nothing);
}

// ---- the form of a note -------------------------------------------------------------

#[test]
fn a_note_has_one_form() {
    let good = signed("a\n\nb\n", &[(&key("k", Algorithm::Ed25519, 1), 0)]).to_string();
    let read = Note::read(good.as_bytes()).expect("what we print");
    assert_eq!((read.text(), read.to_string()), ("a\n\nb\n", good.clone()));
    let line = good.lines().last().expect("a line").to_owned();
    for (wrong, why) in [
        (good.trim_end().to_owned(), "没有签名"),
        (format!("{good}\n"), "没有签名"),
        (format!("{good}x\n"), "第 6 行：不是一行签名"),
        (good.replace("\n\n\u{2014}", "\n\u{2014}"), "不是一行签名"),
        (good.replace("\u{2014} ", "- "), "第 5 行：不是一行签名"),
        (good.replace("\u{2014} ", "\u{2014}  "), "不是一行签名"),
        (good.replace("\u{2014} k ", "\u{2014} "), "不是一行签名"),
        (good.replace("\u{2014} k ", "\u{2014} k+ "), "不是一行签名"),
        (good.replace(&line, &format!("{line} ")), "不是一行签名"),
        (good.replace(&line, &format!("{line}\r")), "不是一行签名"),
        (good.replace(&line, &line[..line.len() - 1]), "不是一行签名"),
        (good.replace(&line, "\u{2014} k AAAAAA=="), "不是一行签名"),
        (good.replace("b\n", "b\r\n"), "第 3 行：有控制字符"),
        (good.replace("a\n", "\ta\n"), "第 1 行：有控制字符"),
        (format!("\n\n{line}"), "没有签名"),
        (line.clone(), "没有签名"),
        (String::new(), "没有签名"),
    ] {
        let error = Note::read(wrong.as_bytes()).expect_err(&wrong);
        assert!(error.said().zh.contains(why), "{wrong:?}: {}", error.said().zh);
    }
    assert!(Note::read(&[0xff, b'\n']).is_err());
    // An empty line is a text, as for other people's programs.
    assert_eq!(Note::read(format!("\n\n{line}\n").as_bytes()).expect("a note").text(), "\n");
}

#[test]
fn a_note_takes_so_many_signatures_and_no_more() {
    let mut full = note("a\n");
    let line = |n: u8| SignatureLine { name: "k".to_owned(), key_id: 0, bytes: vec![n] };
    for n in 0..MAX_SIGNATURES as u8 {
        full.add(line(n)).expect("room");
    }
    full.add(line(0)).expect("it is there already");
    assert!(full.add(line(200)).is_err());
    let text = full.to_string();
    assert_eq!(Note::read(text.as_bytes()).expect("readable"), full);
    assert!(Note::read(format!("{text}{}\n", line(200)).as_bytes()).is_err());
    // And so many bytes.
    let large = format!("{}\n", "x".repeat(MAX_NOTE - 1));
    assert!(note(&large).add(line(0)).is_err());
    assert!(Note::new(format!("x{large}")).is_err());
    assert!(Note::read(&vec![b'\n'; MAX_NOTE + 1]).is_err());
}

#[test]
fn a_checkpoint_has_three_lines_in_one_form() {
    let good = Checkpoint { origin: "example.com/log".to_owned(), size: 20_852_163, root: Digest::of(&[]) };
    assert_eq!(Checkpoint::read(&good.text()), Ok(good.clone()));
    let text = good.text();
    for (from, to) in [
        ("20852163", "020852163"),
        ("20852163", "+20852163"),
        ("20852163", "-1"),
        ("20852163", ""),
        ("20852163", "9223372036854775808"),
        ("20852163", "99999999999999999999"),
        ("example.com/log", ""),
        ("example.com/log", "example log"),
        ("=\n", "\n"),
        ("=\n", "==\n"),
        ("=\n", "=\nextension\n"),
        ("=\n", "=\n\n"),
        ("=\n", "="),
    ] {
        let wrong = text.replacen(from, to, 1);
        assert!(wrong != text && Checkpoint::read(&wrong).is_err(), "{wrong:?}");
    }
    for size in [0, i64::MAX as u64] {
        let edge = Checkpoint { size, ..good.clone() };
        assert_eq!(Checkpoint::read(&edge.text()), Ok(edge));
    }
}

// ---- whatever comes -----------------------------------------------------------------

/// Text that is nearly a note, a policy, a checkpoint or a key.
fn nearly() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "\n",
        "\n\n",
        "\u{2014} ",
        "\u{2014}",
        " ",
        "a",
        "+",
        "=",
        "AAAAAAA=",
        "AAAAAA==",
        "log ",
        "witness ",
        "group ",
        "quorum ",
        "none",
        "any",
        "all",
        "1",
        "0",
        "18446744073709551616",
        "#",
        "\t",
        "\r",
        "\u{3000}",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "k",
        "渝",
    ]);
    prop::collection::vec(parts, 0..24).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn what_is_read_prints_as_the_same_bytes(text in prop_oneof![nearly(), ".*"]) {
        if let Ok(note) = Note::read(text.as_bytes()) {
            prop_assert_eq!(note.to_string(), text.clone());
        }
        if let Ok(checkpoint) = Checkpoint::read(&text) {
            prop_assert_eq!(checkpoint.text(), text.clone());
        }
        if let Ok(key) = text.parse::<VerifierKey>() {
            prop_assert_eq!(key.to_string(), text.clone());
        }
        if let Some(line) = SignatureLine::read(&text) {
            prop_assert_eq!(line.to_string(), text.clone());
        }
        let _ = yaohao::note::LogPolicy::read(text.as_bytes());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Note::read(&bytes);
        let _ = yaohao::note::LogPolicy::read(&bytes);
        for algorithm in Algorithm::ALL {
            let _ = VerifierKey::new("a", algorithm, &bytes);
            let key = key("a", algorithm, 1);
            let line = SignatureLine { name: "a".to_owned(), key_id: key.verifier().id(), bytes: bytes.clone() };
            prop_assert_eq!(key.verifier().verify_line("text\n", &line), None);
        }
    }

    #[test]
    fn notes_of_any_text_go_there_and_back(
        text in "([ -~渝北]{0,20}\n){1,5}", names in prop::collection::vec("[a-z./渝]{1,9}", 1..5),
        bytes in prop::collection::vec(any::<u8>(), 1..90),
    ) {
        let mut made = note(&text);
        for (key_id, name) in (0..).zip(names) {
            made.add(SignatureLine { name, key_id, bytes: bytes.clone() }).expect("room");
        }
        prop_assert_eq!(Note::read(made.to_string().as_bytes()).expect("a note"), made);
    }

    #[test]
    fn one_flipped_bit_fails(at in any::<prop::sample::Index>(), bit in 0..8u8, which in 0..4usize) {
        let signer = key("fire.example/yaohao", Algorithm::ALL[which], 9);
        let mut bytes = signed("example.com/log\n7\nabc\n", &[(&signer, 1_700_000_000)]).to_string().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let verified = Note::read(&bytes).ok().and_then(|note| signer.verifier().verify(&note));
        prop_assert_eq!(verified, None);
    }
}
