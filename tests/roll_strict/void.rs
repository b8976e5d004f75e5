//! Rolls that were given up, where they may be and where not.

use crate::published::Published;
use crate::rolled::{Made, RIGHT};
use yaohao::digest::{Digest, Suite};
use yaohao::record::id_of;

/// The roll with these documents alone, given up.
fn void(roll: &Published, documents: &[&str], rest: &str) -> Published {
    let mut roll = roll.clone();
    let all = ["ceremony.txt", "reveal.txt", "beacon.txt", "record.txt", "drawn.txt"];
    roll.files.retain(|name, _| {
        documents.contains(&name.as_str()) || !(all.contains(&name.as_str()) || name.starts_with("drawn/"))
    });
    let last = documents.last().unwrap_or(&"commit.txt");
    let after: Digest = id_of(Suite::Sha256, std::str::from_utf8(&roll.files[*last]).expect("a text"));
    let draw = &roll.commit.draw;
    let text = format!("yaohao/void/v1\ndraw {draw}\nafter {after}\nat 2026-10-12T02:00:00Z\n{rest}\n");
    roll.files.insert("void.txt".into(), text.into_bytes());
    roll
}

fn changed(mut roll: Published, from: &str, to: &str) -> Published {
    let text = String::from_utf8(roll.files["void.txt"].clone()).expect("a text");
    assert!(text.contains(from), "{text}");
    roll.files.insert("void.txt".into(), text.replace(from, to).into_bytes());
    roll
}

/// The roll with a lottery instead of the dice.
fn awaiting_a_lottery() -> Published {
    let policy = |text: String| {
        text.replace("kind = \"dice\"\nsides = 10\nrolls = 20", "kind = \"lottery\"\ngame = \"ssq\"")
    };
    let commit = |text: String| text.replace("beacon dice 10 20", "beacon lottery ssq 2026118 2026-10-11");
    let mut roll = Published::committed(40, &Made { policy: &policy, commit: &commit, ..RIGHT });
    let (draw, after) = (&roll.commit.draw, roll.commit.id());
    let nonces = [("office", "01"), ("discipline", "02")]
        .map(|(party, b)| format!("nonce {party} {}\n", b.repeat(32)));
    let reveal =
        format!("yaohao/reveal/v1\ndraw {draw}\nafter {after}\nat 2026-10-10T02:00:00Z\n{}", nonces.concat());
    roll.files.insert("reveal.txt".into(), reveal.into_bytes());
    roll
}

#[test]
fn a_roll_is_given_up_only_while_nobody_can_compute_it() {
    let dice = Published::made(300, &RIGHT);
    let lottery = awaiting_a_lottery();
    for reason in ["register", "policy", "party", "beacon"] {
        let rest = format!("reason {reason}");
        void(&dice, &[], &rest).verified(&format!("void-committed-{reason}"));
        void(&lottery, &[], &rest).verified(&format!("void-lottery-committed-{reason}"));
        let name = format!("void-ceremony-{reason}");
        let after = void(&dice, &["ceremony.txt"], &rest);
        if reason == "party" {
            after.verified(&name)
        } else {
            drop(after.fails(&name, "R07"))
        }
        let name = format!("void-lottery-reveal-{reason}");
        let after = void(&lottery, &["reveal.txt"], &rest);
        if reason == "beacon" {
            after.verified(&name)
        } else {
            drop(after.fails(&name, "R07"))
        }
        // The outcome can be computed: there is no way out any more.
        void(&dice, &["ceremony.txt", "reveal.txt"], &rest)
            .fails(&format!("void-computable-{reason}"), "R07");
    }
}

#[test]
fn a_void_stands_alone_in_its_place_and_hands_nothing_on() {
    let roll = Published::made(300, &RIGHT);
    let right = void(&roll, &[], "reason register");
    let fails = |name: &str, roll: &Published, failed: &str| roll.fails(&format!("void-{name}"), failed);
    let with = |files: &[&str]| {
        let mut with = right.clone();
        for file in files {
            with.files.insert((*file).to_owned(), roll.files[*file].clone());
        }
        with
    };
    fails("and-record", &with(&["record.txt"]), "R07");
    fails("and-drawn", &with(&["drawn.txt"]), "R07");
    fails("and-drawn-tiles", &with(&["drawn/tile/0/000.p/36"]), "R07");
    fails("late", &changed(right.clone(), "2026-10-12", "2026-10-17"), "R07");
    fails("early", &changed(right.clone(), "2026-10-12", "2026-10-08"), "R07");
    fails("after", &changed(right.clone(), "after ", "after 00"), "R01");
    fails("of-another", &changed(right.clone(), "/001", "/002"), "R07");
    let nonce = format!("reason register\nnonce office {}", "01".repeat(32));
    fails("nonce", &void(&roll, &[], &nonce), "R07");
    let drawn = format!("reason register\ndrawn {} 0", "00".repeat(32));
    fails("hands-on", &void(&roll, &[], &drawn), "R07");
    fails("reason", &changed(right.clone(), "reason register", "reason weather"), "R01");
    // Tiles and lines of a roll that was given up are verified all the same.
    let mut wrong = right.clone();
    wrong.files.get_mut("tile/0/000").expect("there")[0] ^= 1;
    fails("tiles", &wrong, "R12");
    wrong.files.retain(|name, _| !name.starts_with("tile/"));
    assert_eq!(wrong.run("void-without-lines").verdict, "incomplete");
}
