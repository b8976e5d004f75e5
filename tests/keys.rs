//! Keys in people's hands: made, kept under passphrases, shown, and changed.

mod terminal;

use proptest::prelude::*;
use terminal::Desk;
use yaohao::note::{Algorithm, ChangeKind, KeyChange, KeyFile, Locked, Note, SigningKey, VerifierKey, Work};

const PASSPHRASE: &str = "correct horse battery";
/// Little work, so that tests are quick.
const LIGHT: Work = Work { memory: 64, passes: 1, lanes: 2 };

// ---- the file -----------------------------------------------------------------------

fn key(algorithm: Algorithm) -> SigningKey {
    SigningKey::new("fire.example/yaohao", algorithm, &[0x5a; 32]).expect("a key")
}

#[test]
fn a_key_comes_back_with_its_passphrase_only() {
    for algorithm in Algorithm::ALL {
        let key = key(algorithm);
        let sealed = KeyFile::sealed(&key, PASSPHRASE, [1; 16], LIGHT).expect("memory");
        let read = KeyFile::read(sealed.text().as_bytes()).expect("what we print");
        assert_eq!((read.text(), read.is_sealed()), (sealed.text(), true));
        let opened = read.open(Some(PASSPHRASE)).expect("the passphrase");
        assert!(opened.sign_at("a\n", yaohao::clock::now()).is_some());
        assert_eq!(opened.verifier(), key.verifier());
        assert_eq!(read.open(None).err(), Some(Locked::NoPassphrase));
        for wrong in ["", "correct horse batterz", "correct horse battery "] {
            assert_eq!(read.open(Some(wrong)).err(), Some(Locked::WrongPassphrase));
        }
        // Another salt, another file.
        let other = KeyFile::sealed(&key, PASSPHRASE, [2; 16], LIGHT).expect("memory");
        assert_ne!(other.text().lines().last(), sealed.text().lines().last());
        assert!(!sealed.text().contains(&"5a".repeat(32)));
        let plain = KeyFile::plain(&key);
        assert_eq!(
            KeyFile::read(plain.text().as_bytes()).expect("readable").open(None).expect("open").verifier(),
            key.verifier()
        );
        assert!(
            format!("{plain:?}{sealed:?}").matches("(secret)").count() == 2
                && !format!("{plain:?}").contains("5a5a")
        );
    }
}

/// RFC 9106's Argon2id, RFC 8439's ChaCha20-Poly1305: bytes that another program can make.
#[test]
fn a_sealed_file_has_known_bytes() {
    let sealed = KeyFile::sealed(&key(Algorithm::Ed25519), PASSPHRASE, [1; 16], LIGHT).expect("memory");
    let lines: Vec<String> = sealed.text().lines().map(str::to_owned).collect();
    assert_eq!(lines[0], "yaohao/secret-key/v1");
    assert_eq!(lines[1], format!("key {}", key(Algorithm::Ed25519).verifier()));
    assert_eq!(lines[2], "argon2id 64 1 2 01010101010101010101010101010101");
    // What argon2-cffi and the cryptography package of Python make of it.
    let sealed = concat!(
        "sealed de002f42457378af2eb8dfd2e2ce5659f0d57d55ae82b99892996f8bf38dce9d",
        "60abfa592173f0ee41e6b53f8afb3ca1"
    );
    assert_eq!(lines[3], sealed);
    assert_eq!(lines.len(), 4);
    // The work that new files are made with.
    assert_eq!(Work::RECOMMENDED, Work { memory: 65536, passes: 3, lanes: 4 });
}

#[test]
fn a_file_cannot_ask_for_more_work_than_a_machine_bears() {
    let text = KeyFile::sealed(&key(Algorithm::Ed25519), PASSPHRASE, [1; 16], LIGHT).expect("memory").text();
    for work in [
        "1048577 1 2",
        "64 17 2",
        "64 0 2",
        "64 1 0",
        "1048576 1 17",
        "15 1 2",
        "4294967296 1 1",
        "64 1",
        "64 1 02",
    ] {
        let changed = text.replace("argon2id 64 1 2", &format!("argon2id {work}"));
        assert!(changed != text && KeyFile::read(changed.as_bytes()).is_err(), "{work}");
    }
    // Within the bounds the parameters are bound to the secret.
    let changed = text.replace("argon2id 64 1 2", "argon2id 64 1 1");
    assert_eq!(
        KeyFile::read(changed.as_bytes()).expect("readable").open(Some(PASSPHRASE)).err(),
        Some(Locked::WrongPassphrase)
    );
}

#[test]
fn an_error_never_shows_what_could_be_the_secret() {
    let plain = KeyFile::plain(&key(Algorithm::Ed25519)).text();
    let secret = "5a".repeat(32);
    for (from, to) in [
        (secret.clone(), format!("{secret}00")),
        (secret.clone(), secret.to_uppercase()),
        ("plain ".to_owned(), "plain  ".to_owned()),
        ("plain ".to_owned(), "plan ".to_owned()),
        ("plain ".to_owned(), format!("plain {}\n", "00".repeat(32))),
        ("plain ".to_owned(), "argon2id ".to_owned()),
        ("plain ".to_owned(), format!("argon2id 64 1 2 {}\nsealed ", "00".repeat(16))),
    ] {
        let changed = plain.replace(&from, &to);
        let said = KeyFile::read(changed.as_bytes()).expect_err(&changed).said();
        assert!(!format!("{said:?}").to_lowercase().contains("5a5a"), "{said:?}");
    }
    // A secret that is not the public key's.
    let changed = plain.replace(&secret, &"5b".repeat(32));
    assert_eq!(KeyFile::read(changed.as_bytes()).expect("readable").open(None).err(), Some(Locked::Changed));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_changed_byte_of_a_sealed_file_is_noticed(at in any::<prop::sample::Index>(), bit in 0..8u8) {
        let text = KeyFile::sealed(&key(Algorithm::Sm2), PASSPHRASE, [1; 16], LIGHT).expect("memory").text();
        let mut bytes = text.into_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        if let Ok(file) = KeyFile::read(&bytes) {
            prop_assert_eq!(file.text().into_bytes(), bytes.clone());
            // The larger costs that one bit can ask for would only take long.
            if !String::from_utf8_lossy(&bytes).contains("argon2id 64 1 2") { return Ok(()); }
            prop_assert!(file.open(Some(PASSPHRASE)).is_err());
        }
    }

    #[test]
    fn any_bytes_are_a_file_or_not(text in ".*", bytes in prop::collection::vec(any::<u8>(), 0..99)) {
        let _ = KeyFile::read(&bytes);
        let _ = KeyFile::read(format!("yaohao/secret-key/v1\n{text}\n").as_bytes());
        let _ = KeyChange::read(format!("yaohao/key-change/v1\n{text}\n").as_bytes());
    }
}

// ---- the commands -------------------------------------------------------------------

/// A desk with a passphrase in a file.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("passphrase", &format!("{PASSPHRASE}\n"));
    desk
}

fn new(desk: &Desk, file: &str, name: &str, more: &[&str]) {
    desk.good(&[&["key", "new", "--name", name, "--out", file, "--no-passphrase"], more].concat());
}

#[test]
fn a_key_is_made_once_and_shown_without_its_secret() {
    let desk = desk();
    for (file, more, role) in [
        ("log", &[][..], "日志（ed25519）"),
        ("w", &["--witness"], "见证方（ed25519-cosignature）"),
        ("log3", &["--suite", "yaohao-1-sm3"], "日志（sm2）"),
        ("w3", &["--suite", "yaohao-1-sm3", "--witness"], "见证方（sm2-cosignature）"),
    ] {
        let arguments =
            ["key", "new", "--name", "fire.example/yaohao", "--out", file, "--passphrase-file", "passphrase"];
        let made = desk.good(&[&arguments[..], more].concat());
        let vkey = desk.read(&format!("{file}.pub"));
        assert!(made.out.contains(role) && made.out.contains(&vkey), "{}", made.out);
        assert!(vkey.trim_end().parse::<VerifierKey>().is_ok(), "{vkey}");
        assert!(desk.read(file).contains("\nargon2id 65536 3 4 "), "{}", desk.read(file));
        let shown = desk.good(&["key", "show", file]).out;
        assert!(shown.contains("私钥，有口令") && shown.contains(&vkey), "{shown}");
        assert!(desk.good(&["key", "show", &format!("{file}.pub")]).out.contains("文件：公钥"));
        let before = desk.read(file);
        desk.bad(&[&arguments[..], more].concat(), 8, "私钥绝不覆盖");
        assert_eq!((desk.read(file), desk.read(&format!("{file}.pub"))), (before, vkey));
    }
}

#[test]
#[cfg(unix)]
fn nobody_else_reads_a_secret_key_or_it_is_said() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = desk();
    new(&desk, "keys/log", "a", &[]);
    let mode = |mode: u32| {
        std::fs::set_permissions(desk.path("keys/log"), std::fs::Permissions::from_mode(mode)).expect("set");
    };
    let found = std::fs::metadata(desk.path("keys/log")).expect("there").permissions().mode();
    assert_eq!(found & 0o777, 0o600);
    assert!(!desk.good(&["key", "show", "keys/log"]).out.contains("chmod"));
    for open in [0o640, 0o604, 0o620] {
        mode(open);
        assert!(desk.good(&["key", "show", "keys/log"]).out.contains("chmod 600 keys/log"), "{open:o}");
    }
    // An unprotected key comes with a warning.
    let made = desk.good(&["key", "new", "--name", "a", "--out", "b", "--no-passphrase"]).out;
    assert!(made.contains("没有口令保护"), "{made}");
}

#[test]
fn what_cannot_be_a_key_is_refused_before_anything_is_written() {
    let desk = desk();
    desk.write("short", "1234567\n");
    desk.write("blank", "               \n");
    desk.write("empty", "");
    desk.write("two", "first line\nsecond line\n");
    let make = |name: &str, more: &[&str], code: i32, what: &str| {
        desk.bad(&[&["key", "new", "--name", name, "--out", "k"], more].concat(), code, what);
        assert!(!desk.path("k").exists() && !desk.path("k.pub").exists());
    };
    for file in ["short", "blank", "empty"] {
        make("a", &["--passphrase-file", file], 11, "至少 8 个字符");
    }
    make("a", &["--passphrase-file", "two"], 11, "不止一行");
    make("a", &["--passphrase-file", "nowhere"], 3, "没有这个文件");
    for name in ["", "a b", "a+b", "https://a", "消防"] {
        make(name, &["--no-passphrase"], 2, "最多 64 个字符");
    }
    make("a", &["--no-passphrase", "--passphrase-file", "short"], 2, "不能与");
    make("a", &["--no-passphrase", "--suite", "sm3"], 2, "可用：yaohao-1-sha256");
    // Never into what is published.
    desk.good(&["init", "office"]);
    std::fs::create_dir_all(desk.path("office/public/log")).expect("a folder");
    let run = ["key", "new", "--name", "a", "--no-passphrase", "--out", "office/public/log/k"];
    desk.bad(&run, 8, "私钥不能放进 public");
    let run = ["key", "new", "--name", "a", "--no-passphrase", "--out", "office/public/new/folder/k"];
    desk.bad(&run, 8, "私钥不能放进 public");
    let inside = terminal::run_in(
        &desk.path("office/public"),
        &["key", "new", "--name", "a", "--no-passphrase", "--out", "new/k"],
    );
    assert_eq!(inside.code, 8, "{}", inside.err);
    assert!(desk.published().is_empty());
}

#[test]
fn a_secret_key_in_the_place_of_another_file_is_named_and_not_shown() {
    let desk = Desk::with_example();
    new(&desk, "k", "a", &[]);
    let secret = desk.read("k").lines().last().expect("a line").replace("plain ", "");
    std::fs::create_dir_all(desk.path("office/public/log")).expect("a folder");
    desk.write("office/public/log/log-policy.txt", &format!("log {}quorum none\n", desk.read("k.pub")));
    for command in [
        &["-C", "office", "key", "change", "--kind", "rotate", "--new", "k"][..],
        &["key", "sign", "k", "--key", "k"],
        &["-C", "office", "commit", "--month", "2026-12", "--commitment", "k"],
        &["-C", "office", "replace", "--link", "k"],
    ] {
        let run = desk.bad(command, 3, "谁拿到它，谁就能冒名签名");
        assert!(!run.err.contains(&secret), "{}", run.err);
    }
    desk.bad(&["key", "show", "passphrase"], 3, "没有这个文件");
    desk.write("other", "x\n");
    desk.bad(&["key", "show", "other"], 3, "公钥应写成");
    desk.bad(&["key", "sign", "other", "--key", "k"], 3, "这不是密钥变更文件");
}

// ---- changes ------------------------------------------------------------------------

/// The example office with a log of one key and three witnesses, two of which are enough.
fn with_log() -> Desk {
    let desk = desk();
    desk.good(&["init", "office", "--example"]);
    new(&desk, "office/keys/log", "fire.example/yaohao", &[]);
    for witness in ["w1", "w2", "w3", "w4"] {
        new(&desk, witness, &format!("{witness}.example"), &["--witness"]);
    }
    std::fs::create_dir_all(desk.path("office/public/log")).expect("a folder");
    desk.write("office/public/log/log-policy.txt", &policy(&desk, "office/keys/log", ["w1", "w2", "w3"]));
    desk
}

fn policy(desk: &Desk, log: &str, witnesses: [&str; 3]) -> String {
    let vkey = |file: &str| desk.read(&format!("{file}.pub"));
    let lines = witnesses.map(|witness| format!("witness {witness} {}", vkey(witness)));
    let [a, b, c] = witnesses;
    format!("# 示例\nlog {}{}group quorum 2 {a} {b} {c}\nquorum quorum\n", vkey(log), lines.concat())
}

fn change(desk: &Desk, kind: &str, more: &[&str]) {
    desk.good(&[&["-C", "office", "key", "change", "--kind", kind], more].concat());
}

fn sign(desk: &Desk, number: u32, key: &str) {
    desk.good(&["key", "sign", &format!("office/keys/key-{number:03}.txt"), "--key", key]);
}

const FIRST: [&str; 5] = ["-C", "office", "key", "install", "office/keys/key-001.txt"];

#[test]
fn a_planned_change_needs_the_old_and_the_new_key() {
    let desk = with_log();
    new(&desk, "office/keys/log-2", "fire.example/yaohao", &[]);
    let before = desk.read("office/public/log/log-policy.txt");
    change(&desk, "rotate", &["--new", "office/keys/log-2.pub"]);
    desk.bad(
        &["-C", "office", "key", "change", "--kind", "rotate", "--new", "office/keys/log-2.pub"],
        8,
        "未完成的变更",
    );
    desk.bad(&FIRST, 8, "缺少原来的日志密钥（old）的签名；缺少日志密钥（new）的签名");
    // Witnesses cannot stand in for the old key here.
    sign(&desk, 1, "office/keys/log-2");
    sign(&desk, 1, "w1");
    sign(&desk, 1, "w2");
    desk.bad(&FIRST, 8, "缺少原来的日志密钥");
    assert_eq!(desk.read("office/public/log/log-policy.txt"), before);
    assert!(!desk.path("office/public/log/keys").exists());
    desk.bad(&["key", "sign", "office/keys/key-001.txt", "--key", "nowhere"], 3, "没有这个文件");
    new(&desk, "stranger", "fire.example/yaohao", &[]);
    desk.bad(
        &["key", "sign", "office/keys/key-001.txt", "--key", "stranger"],
        8,
        "既不是文件里的 old，也不是 new",
    );
    sign(&desk, 1, "office/keys/log");
    let signed = desk.read("office/keys/key-001.txt");
    sign(&desk, 1, "office/keys/log");
    assert_eq!(desk.read("office/keys/key-001.txt"), signed, "nobody signs twice");
    desk.good(&FIRST);
    let after = desk.read("office/public/log/log-policy.txt");
    assert_eq!(after, policy(&desk, "office/keys/log-2", ["w1", "w2", "w3"]));
    assert_eq!(desk.read("office/public/log/keys/key-000-policy.txt"), before);
    assert_eq!(desk.read("office/public/log/keys/key-001-policy.txt"), after);
    assert_eq!(desk.read("office/public/log/keys/key-001.txt"), signed);
    assert!(desk.good(&FIRST).out.contains("早已启用"));
    // The next one follows it.
    new(&desk, "office/keys/log-3", "fire.example/yaohao", &[]);
    change(&desk, "rotate", &["--new", "office/keys/log-3.pub"]);
    assert!(desk.read("office/keys/key-002.txt").contains("\nnumber 2\n"));
    // A name is the log's identity.
    new(&desk, "office/keys/other", "other.example", &[]);
    std::fs::remove_file(desk.path("office/keys/key-002.txt")).expect("there");
    let other = ["-C", "office", "key", "change", "--kind", "rotate", "--new", "office/keys/other.pub"];
    desk.bad(&other, 8, "新旧公钥的名称应相同");
    let same = ["-C", "office", "key", "change", "--kind", "rotate", "--new", "office/keys/log-2.pub"];
    desk.bad(&same, 8, "新旧公钥是同一把");
}

#[test]
fn a_lost_or_stolen_key_needs_the_new_one_and_enough_witnesses() {
    for kind in ["lost", "stolen"] {
        let desk = with_log();
        new(&desk, "office/keys/log-2", "fire.example/yaohao", &[]);
        change(&desk, kind, &["--new", "office/keys/log-2.pub"]);
        // Each witness signs a copy on its own machine.
        for witness in ["w1", "w2", "w4"] {
            desk.write(witness_copy(witness), &desk.read("office/keys/key-001.txt"));
            desk.good(&["key", "sign", witness_copy(witness), "--key", witness]);
        }
        sign(&desk, 1, "office/keys/log");
        sign(&desk, 1, "office/keys/log-2");
        desk.bad(&[&FIRST[..], &[witness_copy("w1")]].concat(), 8, "不够法定数（已签：w1）");
        desk.bad(
            &[&FIRST[..], &[witness_copy("w1"), witness_copy("w4")]].concat(),
            8,
            "不够法定数（已签：w1）",
        );
        desk.edit(witness_copy("w4"), "number 1", "number 2");
        desk.bad(&[&FIRST[..], &[witness_copy("w4")]].concat(), 8, "正文不一样");
        desk.good(&[&FIRST[..], &[witness_copy("w1"), witness_copy("w2")]].concat());
        let installed = desk.read("office/public/log/keys/key-001.txt");
        let installed = Note::read(installed.as_bytes()).expect("a note");
        assert_eq!(installed.signatures().len(), 4);
    }
    // Without witnesses nobody can vouch for a loss.
    let desk = with_log();
    new(&desk, "office/keys/log-2", "fire.example/yaohao", &[]);
    desk.write(
        "office/public/log/log-policy.txt",
        &format!("log {}quorum none\n", desk.read("office/keys/log.pub")),
    );
    change(&desk, "lost", &["--new", "office/keys/log-2.pub"]);
    sign(&desk, 1, "office/keys/log-2");
    desk.bad(&FIRST, 8, "没有人能证明密钥丢失或被盗");
}

fn witness_copy(witness: &str) -> &'static str {
    match witness {
        "w1" => "copy-1.txt",
        "w2" => "copy-2.txt",
        _ => "copy-4.txt",
    }
}

#[test]
fn other_witnesses_need_the_log_and_enough_of_those_so_far() {
    let desk = with_log();
    desk.write("next.txt", &policy(&desk, "office/keys/log", ["w2", "w3", "w4"]));
    let to_next = ["-C", "office", "key", "change", "--kind", "witness"];
    desk.bad(&[&to_next[..], &["--new", "w1.pub"]].concat(), 2, "要写新的日志规则");
    desk.write("bad.txt", "witness x\n");
    desk.bad(&[&to_next[..], &["--policy", "bad.txt"]].concat(), 6, "第 1 行：应写成 witness");
    change(&desk, "witness", &["--policy", "next.txt"]);
    for (key, missing) in
        [("office/keys/log", "（已签：无）"), ("w4", "（已签：无）"), ("w1", "（已签：w1）")]
    {
        sign(&desk, 1, key);
        desk.bad(&FIRST, 8, missing);
    }
    sign(&desk, 1, "w3");
    // Another policy than the one that was signed.
    desk.bad(&[&FIRST[..], &["--policy", "office/public/log/log-policy.txt"]].concat(), 8, "校验值不符");
    desk.good(&FIRST);
    assert_eq!(desk.read("office/public/log/log-policy.txt"), desk.read("next.txt"));
}

/// Whatever is there of an installation that was cut short, the same command ends it.
#[test]
fn an_installation_cut_short_is_taken_up_again() {
    let whole = with_log();
    new(&whole, "office/keys/log-2", "fire.example/yaohao", &[]);
    change(&whole, "rotate", &["--new", "office/keys/log-2.pub"]);
    sign(&whole, 1, "office/keys/log-2");
    sign(&whole, 1, "office/keys/log");
    let before = whole.read("office/public/log/log-policy.txt");
    whole.good(&FIRST);
    let steps = ["key-001.txt", "key-001-policy.txt", "key-000-policy.txt"];
    let read = || steps.map(|file| whole.read(&format!("office/public/log/keys/{file}")));
    let done = read();
    for cut in 0..=steps.len() {
        whole.write("office/public/log/log-policy.txt", &before);
        for file in &steps[..cut] {
            std::fs::remove_file(whole.path(&format!("office/public/log/keys/{file}"))).expect("there");
        }
        if cut == 0 {
            // Nothing else is begun meanwhile, and a later signature changes nothing published.
            let next =
                ["-C", "office", "key", "change", "--kind", "rotate", "--new", "office/keys/log-2.pub"];
            whole.bad(&next, 8, "上一次变更没有装完");
        }
        whole.good(&FIRST);
        assert_eq!(read(), done);
        assert!(whole.read("office/public/log/log-policy.txt") != before);
    }
    whole.write("office/public/log/log-policy.txt", &before);
    sign(&whole, 1, "w1");
    whole.good(&FIRST);
    assert_eq!(read(), done, "what was published stays");
}

#[test]
fn a_change_is_one_text_and_no_checkpoint() {
    let [old, new] = [1, 2]
        .map(|seed| SigningKey::new("fire.example/yaohao", Algorithm::Ed25519, &[seed; 32]).expect("a key"));
    let hash = yaohao::digest::Digest::of(&[]);
    for kind in ChangeKind::ALL {
        let change = KeyChange {
            suite: yaohao::digest::Suite::Sha256,
            office: "example".to_owned(),
            number: 7,
            at: "2026-11-23T06:04:17Z".parse().expect("a moment"),
            kind: *kind,
            old: old.verifier().clone(),
            new: new.verifier().clone(),
            before: hash,
            policy: hash,
        };
        let text = change.text();
        assert_eq!(KeyChange::read(text.as_bytes()), Ok(change));
        assert!(yaohao::note::Checkpoint::read(&text).is_err());
        for (from, to) in [
            ("number 7", "number 0"),
            ("number 7", "number 07"),
            ("kind ", "kind x"),
            ("old fire", "old +"),
            ("suite yaohao-1", "suite yaohao-2"),
        ] {
            assert!(KeyChange::read(text.replace(from, to).as_bytes()).is_err(), "{to}");
        }
    }
}

// ---- the page for the clerk ----------------------------------------------------------

/// The commands of docs/keys.md, block by block.
fn shown() -> Vec<Vec<String>> {
    let page = std::fs::read_to_string("docs/keys.md").expect("the page");
    let blocks = page.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap_or_default());
    blocks.map(|block| block.lines().map(str::to_owned).collect()).collect()
}

/// Runs a command of the page in the office, the passphrase from a file.
fn typed(desk: &Desk, line: &str) {
    let mut arguments: Vec<&str> = line.strip_prefix("yaohao ").expect(line).split(' ').collect();
    if ["new", "sign"].contains(&arguments[1]) {
        arguments.extend(["--passphrase-file", "../passphrase"]);
    }
    let run = terminal::run_in(&desk.path("office"), &arguments);
    assert_eq!(run.code, 0, "{line}\n{}{}", run.out, run.err);
}

#[test]
fn the_page_for_the_clerk_can_be_typed() {
    let blocks = shown();
    let [make, rotate, lost] = &blocks[..] else { panic!("{} blocks", blocks.len()) };
    for (after, step) in [(rotate, "rotate"), (lost, "lost")] {
        let desk = desk();
        desk.good(&["init", "office", "--example"]);
        make.iter().for_each(|line| typed(&desk, &line.replace(".gov.cn", "")));
        for witness in ["w1", "w2", "w3"] {
            new(&desk, witness, &format!("{witness}.example"), &["--witness"]);
        }
        std::fs::create_dir_all(desk.path("office/public/log")).expect("a folder");
        desk.write("office/public/log/log-policy.txt", &policy(&desk, "office/keys/log", ["w1", "w2", "w3"]));
        if step == "lost" {
            typed(&desk, &rotate[0].replace(".gov.cn", ""));
        }
        for line in after {
            if line.contains("install") {
                for (copy, witness) in [("copy-1.txt", "w1"), ("copy-2.txt", "w2")] {
                    let copy = format!("office/{copy}");
                    desk.write(&copy, &desk.read("office/keys/key-001.txt"));
                    desk.good(&["key", "sign", &copy, "--key", witness]);
                }
            }
            typed(&desk, &line.replace(".gov.cn", ""));
        }
        let installed = desk.read("office/public/log/keys/key-001.txt");
        assert!(installed.contains(&format!("\nkind {step}\n")), "{installed}");
    }
}
