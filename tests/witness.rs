//! The log through the real command: the office that keeps it, the witness that
//! watches it, and what either may find.

mod terminal;

use std::path::{Path, PathBuf};
use terminal::{DICE, Desk, Run};

const NAME: &str = "example.invalid/yaohao";
const WITNESS: &str = "example.invalid/discipline";

/// The example office with a log that has begun; its key is under a passphrase if there is one.
fn with_log(passphrase: Option<&str>) -> Desk {
    let desk = Desk::with_example();
    desk.write("passphrase", &format!("{}\n", passphrase.unwrap_or("no passphrase at all")));
    let protect: &[&str] =
        if passphrase.is_some() { &["--passphrase-file", "passphrase"] } else { &["--no-passphrase"] };
    desk.good(&[&["key", "new", "--name", NAME, "--out", "office/keys/log.key"], protect].concat());
    let own = ["key", "new", "--name", WITNESS, "--witness", "--out", "w/own.key", "--no-passphrase"];
    desk.good(&own);
    std::fs::copy(desk.path("w/own.key.pub"), desk.path("office/keys/discipline.pub")).expect("a copy");
    for line in ["[log]", "key = \"keys/log.key\"", "witnesses = ", "quorum = 1"] {
        desk.edit("office/office.toml", &format!("# {line}"), line);
    }
    desk.good(&["-C", "office", "publish", "--passphrase-file", "passphrase"]);
    desk
}

/// An office whose first commitment is in the log.
fn committed() -> Desk {
    let desk = with_log(None);
    desk.commit(1);
    desk
}

fn witness(desk: &Desk, public: &str) -> Run {
    desk.run(&["witness", public, "--key", "w/own.key", "--state", "w/log.state", "--out", "w"])
}

fn refused(desk: &Desk, public: &str, code: i32, what: &str) {
    let before = state(desk);
    let run = witness(desk, public);
    assert!(run.code == code && run.err.contains(what), "{code} {what}: {run:?}");
    assert!(run.err.contains("没有签名") && run.err.contains("办法："), "{run:?}");
    assert_eq!(state(desk), before, "what is remembered stays");
}

fn state(desk: &Desk) -> Option<String> {
    std::fs::read_to_string(desk.path("w/log.state")).ok()
}

/// The witness's file for the checkpoint of so many entries.
fn cosigned(size: u32) -> String {
    format!("w/example.invalid-discipline-{size}.cosigned")
}

fn publish(desk: &Desk, size: u32) -> Run {
    desk.good(&["-C", "office", "publish", "--cosignature", &cosigned(size)])
}

fn draw(desk: &Desk) -> Run {
    let nonce = desk.witness(1, "nonce");
    desk.run(&["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce])
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("a copy");
        }
    }
}

/// Puts a folder back as it was when it was copied to `kept`.
fn restore(desk: &Desk, kept: &str, place: &str) {
    let place: PathBuf = desk.path(place);
    if desk.path(kept).is_dir() {
        std::fs::remove_dir_all(&place).expect("a folder");
        copy(&desk.path(kept), &place);
    } else {
        std::fs::copy(desk.path(kept), place).expect("a copy");
    }
}

fn save(desk: &Desk, place: &str, kept: &str) {
    if desk.path(place).is_dir() {
        copy(&desk.path(place), &desk.path(kept));
    } else {
        std::fs::copy(desk.path(place), desk.path(kept)).expect("a copy");
    }
}

#[test]
fn nothing_is_drawn_before_a_witness_has_seen_the_commitment() {
    let desk = committed();
    let run = draw(&desk);
    assert!(run.code == 7 && run.err.contains("承诺还没有经过足够的见证方"), "{run:?}");
    assert!(run.err.contains("yaohao publish --cosignature"), "{run:?}");
    assert!(!desk.public(1).join("ceremony.txt").exists(), "nothing was written");
    let run = witness(&desk, "office/public");
    assert!(run.code == 0 && run.out.contains("记住日志的公钥") && run.out.contains("新增 2 条"), "{run:?}");
    assert!(run.out.contains("commit.txt，与文件夹里的文件一致"), "{run:?}");
    // Handed in twice is handed in once.
    let run = publish(&desk, 2);
    assert!(run.out.contains("已有足够见证"), "{run:?}");
    let files = desk.files("office/public/log");
    publish(&desk, 2);
    desk.good(&["-C", "office", "publish"]);
    assert_eq!(desk.files("office/public/log"), files, "publishing again changes nothing");
    // So it is with the witness.
    let (before, file) = (state(&desk), desk.read(&cosigned(2)));
    assert_eq!(witness(&desk, "office/public").code, 0);
    assert_eq!((state(&desk), desk.read(&cosigned(2))), (before, file));
    let run = draw(&desk);
    assert!(run.code == 0 && run.out.contains("日志：新记入 3 条，共 5 条"), "{run:?}");
    let run = desk.good(&["verify", "office/public"]);
    assert!(run.out.contains("✓ 通过　 V28 logged") && run.out.contains("结论：核验通过"), "{run:?}");
}

#[test]
fn a_step_without_the_key_stands_and_the_log_catches_up() {
    let desk = with_log(Some("a long passphrase"));
    let head = desk.read("office/public/log/checkpoint");
    let draw = desk.draw(1);
    desk.good(&["nonce", "--draw", &draw, "--party", "discipline", "--out", "witness"]);
    let file = desk.witness(1, "commitment");
    let commit = ["-C", "office", "commit", "--month", "2026-12", "--commitment", &file];
    let run = desk.good(&commit);
    assert!(run.out.contains("这一步还没有记入") && run.out.contains("yaohao publish"), "{run:?}");
    assert_eq!(desk.read("office/public/log/checkpoint"), head);
    desk.write("wrong", "another passphrase\n");
    let policy = desk.read("office/public/log/log-policy.txt");
    assert!(
        policy.starts_with("log example.invalid/yaohao+")
            && policy.ends_with("\nquorum example.invalid/discipline\n")
    );
    desk.bad(&["-C", "office", "publish", "--passphrase-file", "wrong"], 11, "口令不对");
    let run = desk.good(&["-C", "office", "publish", "--passphrase-file", "passphrase"]);
    assert!(run.out.contains("日志：新记入 1 条，共 2 条") && run.out.contains("还缺 "), "{run:?}");
    // The key on a stick that is not here.
    std::fs::rename(desk.path("office/keys/log.key"), desk.path("log.key")).expect("a move");
    let run = desk.good(&["-C", "office", "void", "--reason", "policy"]);
    assert!(run.out.contains("这一步还没有记入"), "{run:?}");
    std::fs::rename(desk.path("log.key"), desk.path("office/keys/log.key")).expect("a move");
    let run = desk.good(&["-C", "office", "publish", "--passphrase-file", "passphrase", "--json"]);
    assert!(run.out.contains("\"appended\": 1") && run.out.contains("\"quorum\": false"), "{run:?}");
}

#[test]
fn an_office_without_a_log_is_as_before_and_one_whose_log_has_not_begun_is_told() {
    let desk = Desk::with_example();
    let run = desk.good(&["-C", "office", "publish"]);
    assert!(run.out.contains("公示网站") && !run.out.contains("日志"), "{run:?}");
    desk.commit(1);
    assert!(!desk.read(&format!("{}/commit.txt", desk.public(1).display())).contains("\nlog "));
    desk.good(&["-C", "office", "void", "--reason", "policy"]);
    desk.good(&["key", "new", "--name", NAME, "--out", "office/keys/log.key", "--no-passphrase"]);
    for line in ["[log]", "key = \"keys/log.key\""] {
        desk.edit("office/office.toml", &format!("# {line}"), line);
    }
    let draw = desk.draw(2);
    desk.good(&["nonce", "--draw", &draw, "--party", "discipline", "--out", "witness"]);
    let file = desk.witness(2, "commitment");
    let commit = ["-C", "office", "commit", "--month", "2026-12", "--commitment", &file];
    desk.bad(&commit, 8, "日志还没有开始");
    // What was there before the log belongs into it too.
    let run = desk.good(&["-C", "office", "publish"]);
    assert!(run.out.contains("日志：新记入 3 条，共 3 条") && !run.out.contains("见证："), "{run:?}");
    desk.good(&commit);
    assert!(desk.read("office/public/log/log-policy.txt").ends_with("\nquorum none\n"));
}

#[test]
fn a_signature_that_was_given_is_published_and_never_given_for_another_root() {
    let desk = with_log(None);
    save(&desk, "office/public/log/checkpoint", "checkpoint-1");
    save(&desk, "office/public/log", "log-1");
    save(&desk, "office/private/log-state.txt", "state-1");
    desk.commit(1);
    let signed = desk.read("office/public/log/checkpoint");
    // Cut short between what is remembered and the checkpoint.
    restore(&desk, "checkpoint-1", "office/public/log/checkpoint");
    std::fs::remove_file(desk.path("office/public/log/checkpoints/2")).expect("a file");
    desk.good(&["-C", "office", "publish"]);
    assert_eq!(desk.read("office/public/log/checkpoint"), signed);
    assert_eq!(desk.read("office/public/log/checkpoints/2"), signed);
    // Cut short before that: nothing was signed, and what lies beyond is written anew.
    restore(&desk, "checkpoint-1", "office/public/log/checkpoint");
    restore(&desk, "state-1", "office/private/log-state.txt");
    std::fs::remove_file(desk.path("office/public/log/checkpoints/2")).expect("a file");
    std::fs::write(desk.path("office/public/log/tile/0/000.p/2"), "half a ti").expect("a file");
    desk.good(&["-C", "office", "publish"]);
    assert_eq!(desk.read("office/public/log/checkpoint"), signed);
    // The public folder from an old backup: told, and nothing signed.
    save(&desk, "office/public/log", "log-2");
    restore(&desk, "log-1", "office/public/log");
    desk.bad(&["-C", "office", "publish"], 8, "旧备份");
    restore(&desk, "log-2", "office/public/log");
    // What is remembered from an old backup: the public log goes on from where it is.
    restore(&desk, "state-1", "office/private/log-state.txt");
    desk.good(&["-C", "office", "void", "--reason", "policy"]);
    assert!(desk.read("office/private/log-state.txt").contains("\nsize 3\n"));
}

#[test]
fn a_witness_convicts_a_restored_office_and_the_office_is_told() {
    let desk = with_log(None);
    for (place, kept) in [("public", "public-1"), ("private", "private-1")] {
        save(&desk, &format!("office/{place}"), kept);
    }
    desk.commit(1);
    assert_eq!(witness(&desk, "office/public").code, 0);
    refused(&desk, "public-1", 13, "日志倒退：上次见证时有 2 条，现在只有 1 条");
    // The office itself, restored as a whole, knows nothing of it; the file of the witness tells.
    for (place, kept) in [("public", "public-1"), ("private", "private-1")] {
        restore(&desk, kept, &format!("office/{place}"));
    }
    let run = ["-C", "office", "publish", "--cosignature", &cosigned(2)];
    desk.bad(&run, 8, "本机关的日志（1 条）里没有它");
    // If it goes on all the same, the same size has another root.
    let draw = desk.draw(1);
    std::fs::remove_dir_all(desk.path("witness")).expect("a folder");
    desk.good(&["nonce", "--draw", &draw, "--party", "discipline", "--out", "witness"]);
    let file = desk.witness(1, "commitment");
    desk.good(&["-C", "office", "commit", "--month", "2026-12", "--commitment", &file]);
    refused(&desk, "office/public", 12, "日志分叉：上次见证过的 2 条");
    let evidence = |which: &str| desk.read(&format!("w/evidence-example.invalid-yaohao-{which}-2.note"));
    assert!(evidence("remembered") != evidence("shown"));
    for note in [evidence("remembered"), evidence("shown")] {
        assert!(
            note.starts_with("example.invalid/yaohao\n2\n") && note.contains("\n\n— example.invalid/yaohao ")
        );
    }
    desk.bad(&run, 8, "里没有它");
}

/// A copy of the first draw's public folder beside it.
fn copied(desk: &Desk, name: &str) -> String {
    let to = format!("office/public/{name}");
    copy(&desk.public(1), &desk.path(&to));
    to
}

#[test]
fn nothing_wrong_gets_into_the_log() {
    let desk = committed();
    let log = desk.files("office/public/log");
    let memory = desk.read("office/private/log-state.txt");
    let publish = ["-C", "office", "publish"];
    let year = &desk.draw(1)[8..12];
    // A copy, whole or damaged, under the number of another draw or under none.
    for name in [&format!("{year}-009"), &format!("{year}-001 - 副本"), "backup"] {
        let to = copied(&desk, name);
        let run = desk.bad(&publish, 8, &format!("public/{name}"));
        assert!(run.err.contains("文件夹名与抽取编号不符") && run.err.contains("副本移出 public"), "{run:?}");
        desk.write(&format!("{to}/units.txt"), "nonsense");
        desk.bad(&publish, 8, &format!("public/{name}"));
        desk.write(&format!("{to}/commit.txt"), "nonsense");
        if name.starts_with(year) && !name.contains(' ') {
            desk.bad(&publish, 3, "commit.txt");
        }
        std::fs::remove_dir_all(desk.path(&to)).expect("a folder");
    }
    // Its number changed in the commitment, and its lists not.
    let to = copied(&desk, &format!("{year}-009"));
    desk.edit(&format!("{to}/commit.txt"), &desk.draw(1), &desk.draw(9));
    desk.bad(&publish, 3, "commit.sha256 与 commit.txt 不符");
    std::fs::remove_dir_all(desk.path(&to)).expect("a folder");
    assert!(desk.files("office/public/log") == log, "nothing was appended, nothing signed");
    assert_eq!(desk.read("office/private/log-state.txt"), memory);
    desk.good(&publish);
}

#[test]
fn a_step_beside_a_copy_stands_and_is_not_logged() {
    let desk = committed();
    let log = desk.files("office/public/log");
    let to = copied(&desk, "backup");
    let void = ["-C", "office", "void", "--reason", "policy"];
    let run = desk.bad(&void, 8, "这一步已做完，但没有记入日志");
    assert!(run.err.contains("public/backup"), "{run:?}");
    assert!(desk.public(1).join("void.sha256").exists() && desk.files("office/public/log") == log);
    std::fs::remove_dir_all(desk.path(&to)).expect("a folder");
    assert!(desk.good(&["-C", "office", "publish"]).out.contains("新记入 1 条"));
}

#[test]
fn a_witness_signs_nothing_that_does_not_hold_together() {
    let desk = committed();
    let file = format!("{}/commit.txt", desk.public(1).display());
    let commit = desk.read(&file);
    desk.write(&file, &commit.replace("yaohao 0.1.0", "yaohao 0.1.1"));
    refused(&desk, "office/public", 15, "与文件夹里的文件不符");
    desk.bad(&["-C", "office", "publish"], 8, "commit.txt 已不是记入日志时的那一份");
    desk.write(&file, &commit);
    let head = desk.read("office/public/log/checkpoint");
    let (text, signature) = head.rsplit_once(' ').expect("a signature");
    let mut letters: Vec<char> = signature.chars().collect();
    letters[20] = if letters[20] == 'A' { 'B' } else { 'A' };
    let false_one: String = letters.into_iter().collect();
    desk.write("office/public/log/checkpoint", &format!("{text} {false_one}"));
    refused(&desk, "office/public", 14, "签名是假的");
    desk.write("office/public/log/checkpoint", &head);
    let tile = desk.path("office/public/log/tile/0/000.p/2");
    let bytes = std::fs::read(&tile).expect("a tile");
    std::fs::write(&tile, [&bytes[..40], b"x", &bytes[41..]].concat()).expect("a tile");
    refused(&desk, "office/public", 3, "瓦片推不出日志的树根");
    std::fs::remove_file(&tile).expect("a tile");
    refused(&desk, "office/public", 3, "日志缺少 tile/0/000.p/2");
    std::fs::write(&tile, &bytes).expect("a tile");
    assert_eq!(witness(&desk, "office/public").code, 0);
    // Another log in the place of the one pinned, and a key of another kind.
    let other = with_log(None);
    copy(&other.path("office/public"), &desk.path("other"));
    refused(&desk, "other", 14, "没有日志规则所列日志密钥的签名");
    let own = ["witness", "office/public", "--key", "office/keys/log.key", "--state", "w/log.state"];
    desk.bad(&own, 8, "这不是见证方的密钥");
    let empty = ["witness", "office", "--key", "w/own.key", "--state", "w/new.state"];
    desk.bad(&empty, 3, "这里没有日志");
    desk.write("w/log.state", "yaohao/witness-state/v1\n");
    desk.bad(&["witness", "office/public", "--key", "w/own.key", "--state", "w/log.state"], 3, "登记读不懂");
}

#[test]
fn a_log_policy_that_cannot_be_is_told() {
    let desk = Desk::with_example();
    desk.good(&["key", "new", "--name", NAME, "--out", "office/keys/log.key", "--no-passphrase"]);
    let own = ["key", "new", "--name", WITNESS, "--witness", "--out", "w/own.key", "--no-passphrase"];
    desk.good(&own);
    std::fs::copy(desk.path("w/own.key.pub"), desk.path("office/keys/discipline.pub")).expect("a copy");
    for line in ["[log]", "key = \"keys/log.key\"", "witnesses = ", "quorum = 1"] {
        desk.edit("office/office.toml", &format!("# {line}"), line);
    }
    desk.edit("office/office.toml", "quorum = 1", "quorum = 2");
    desk.bad(&["-C", "office", "publish"], 6, "[log] 推不出日志规则");
    assert!(!desk.path("office/public/log").exists(), "nothing was written");
    desk.edit("office/office.toml", "quorum = 2", "quorum = 1");
    desk.edit("office/office.toml", "discipline.pub\"]", "nobody.pub\"]");
    desk.bad(&["-C", "office", "publish"], 3, "没有这个文件");
}
