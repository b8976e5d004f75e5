//! A sealed draw that can be opened without the office: shares dealt, checked,
//! and put together, through the real commands and on the numbers themselves.

mod terminal;

use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use terminal::{DICE, Desk, Run, run_in};
use yaohao::digest::{Digest, Suite, hex, unhex};
use yaohao::group::Group;
use yaohao::record::{Envelope, room_for, room_of_change};
use yaohao::seed::{Escrow, Nonce, Share, point_commitment};

const GROUPS: [Group; 2] = [Group::Edwards25519, Group::Sm2];
const CUSTODIANS: [&str; 3] = ["office", "discipline", "archive"];

// ---- the numbers --------------------------------------------------------------------

/// docs/spec/escrow.md, Example.
#[test]
fn the_example_of_the_specification_comes_out() {
    let group = Group::Edwards25519;
    let number = |byte: u8| group.number(&[byte; 64]);
    let coefficients = [number(1), number(2)];
    let points = coefficients.map(|number| group.point(&number).expect("a point"));
    let page = std::fs::read_to_string("docs/spec/escrow.md").expect("the page");
    let shares = [1, 2, 3].map(|x| hex(&group.share(&coefficients, x).expect("a share")));
    for shown in points.iter().chain(&shares).chain([&hex(&coefficients[0])]) {
        assert!(page.contains(shown), "{shown} is not in the page");
    }
    let draw = "example/2026/001".parse().expect("a draw");
    let commitment = point_commitment(Suite::Sha256, &draw, "office", &points[0]).to_string();
    assert!(page.contains(&commitment), "{commitment} is not in the page");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_threshold_of_shares_gives_the_nonce_and_fewer_do_not(
        random in prop::collection::vec(prop::array::uniform32(any::<u8>()), 18),
        threshold in 2..=9_usize, spare in 0..=3_usize, sm2 in any::<bool>(), pick in any::<u64>(),
    ) {
        let group = GROUPS[usize::from(sm2)];
        let wide = |at: usize| <[u8; 64]>::try_from([random[2 * at], random[2 * at + 1]].concat()).expect("64");
        let coefficients: Vec<[u8; 32]> = (0..threshold).map(|at| group.number(&wide(at))).collect();
        let points: Vec<String> = coefficients.iter().map(|n| group.point(n).expect("a point")).collect();
        let count = (threshold + spare).min(9) as u32;
        let share = |x: u32| (x, group.share(&coefficients, x).expect("a share"));
        let mut shares: Vec<(u32, [u8; 32])> = (1..=count).map(share).collect();
        for (x, share) in &shares {
            prop_assert!(group.is_share(&points, *x, share));
            prop_assert!(!group.is_share(&points, x + 1, share), "a share of another number");
            let mut forged = *share;
            forged[0] ^= 1;
            prop_assert!(!group.is_share(&points, *x, &forged));
        }
        let turn = (pick % u64::from(count)) as usize;
        shares.rotate_left(turn);
        prop_assert_eq!(group.combine(&shares[..threshold]), Some(coefficients[0]));
        prop_assert_ne!(group.combine(&shares[..threshold - 1]), Some(coefficients[0]));
        prop_assert_eq!(group.combine(&[shares[0], shares[0]]), None, "the same share twice");
    }
}

#[test]
fn numbers_and_points_have_one_form() {
    for (group, order, big_endian) in [
        (Group::Edwards25519, "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010", false),
        (Group::Sm2, "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123", true),
    ] {
        let order: [u8; 32] = unhex(order).expect("hex");
        assert_eq!(group.point(&order), None, "the order is 0 in a second form");
        assert_eq!(group.point(&[0; 32]), None);
        assert_eq!(group.point(&[0xff; 32]), None);
        let mut one = [0; 32];
        one[if big_endian { 31 } else { 0 }] = 1;
        let base = group.point(&one).expect("the base point");
        assert!(group.is_point(&base));
        assert!(!group.is_point(&base[2..]) && !group.is_point(""));
        let number = group.number(&[0xff; 64]);
        let point = group.point(&number).expect("a point");
        assert!(group.is_point(&point) && !group.is_point(&point.to_uppercase()));
    }
    // What decodes, but is not of the subgroup, or not in its one form.
    let group = Group::Edwards25519;
    let identity = format!("01{}", "0".repeat(62));
    let negative_zero = format!("01{}80", "0".repeat(60));
    let above_p = format!("ee{}7f", "f".repeat(60));
    let order_8 = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05";
    let order_2 = format!("ec{}7f", "f".repeat(60));
    for point in [identity.as_str(), &negative_zero, &above_p, order_8, &order_2] {
        assert!(!group.is_point(point), "{point}");
    }
    assert!(!Group::Sm2.is_point(&"0".repeat(66)), "the identity");
}

/// RFC 8032 section 7.1, test 1: the public key is the secret scalar times the base point.
#[test]
fn the_base_point_is_that_of_rfc_8032() {
    let mut one = [0; 32];
    one[0] = 1;
    let base = Group::Edwards25519.point(&one).expect("a point");
    assert_eq!(base, format!("58{}", "66".repeat(31)));
    one.reverse();
    let base = Group::Sm2.point(&one).expect("a point");
    assert_eq!(base, "0232c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7");
}

#[test]
fn an_envelope_holds_what_was_put_in_and_nothing_else() {
    let commit = Digest::of(&[b"commit"]);
    let nonce = Nonce::new([7; 32]);
    let envelope = Envelope::new(Suite::Sha256, &commit, "sealed.bin", &nonce);
    let files = [("a.txt", &b"one\n"[..]), ("b.txt", b"")];
    let sealed = envelope.seal(4096, &files).expect("room");
    assert_eq!(sealed.len(), 4096 + 16);
    assert_eq!(envelope.open(&sealed, &["a.txt", "b.txt"]), Some(vec![b"one\n".to_vec(), Vec::new()]));
    for names in [&["a.txt"][..], &["b.txt", "a.txt"], &["a.txt", "b.txt", "c.txt"], &[]] {
        assert_eq!(envelope.open(&sealed, names), None, "{names:?}");
    }
    for at in [0, 100, 4095, 4096, 4111] {
        let mut flipped = sealed.clone();
        flipped[at] ^= 1;
        assert_eq!(envelope.open(&flipped, &["a.txt", "b.txt"]), None, "byte {at}");
    }
    assert_eq!(envelope.open(&sealed[..4111], &["a.txt", "b.txt"]), None);
    assert_eq!(envelope.open(&[], &["a.txt", "b.txt"]), None);
    // Another file, another draw, another nonce: another key.
    for other in [
        Envelope::new(Suite::Sha256, &commit, "replace-001.sealed", &nonce),
        Envelope::new(Suite::Sha256, &Digest::of(&[b"other"]), "sealed.bin", &nonce),
        Envelope::new(Suite::Sha256, &commit, "sealed.bin", &Nonce::new([8; 32])),
        Envelope::new(Suite::Sm3, &commit, "sealed.bin", &nonce),
    ] {
        assert_eq!(other.open(&sealed, &["a.txt", "b.txt"]), None);
    }
    assert_eq!(envelope.seal(20, &files), None, "no room");
    assert_eq!([0, 4096, 4097, 1 << 32].map(room_for), [Some(4096), Some(4096), Some(8192), Some(1 << 32)]);
    assert_eq!([room_for((1 << 32) + 1), room_for(u64::MAX)], [None, None]);
    assert_eq!(room_of_change(1), 2048);
}

#[test]
fn what_is_secret_is_not_shown() {
    let nonce = Nonce::new(Group::Edwards25519.number(&[3; 64]));
    let custodians = CUSTODIANS.map(str::to_owned);
    let (escrow, shares) = Escrow::deal(Suite::Sha256, &nonce, &[[4; 64]], &custodians).expect("a number");
    let debug = format!("{escrow:?} {shares:?} {nonce:?}");
    assert!(
        !debug.contains(&nonce.reveal()) && shares.iter().all(|s| !debug.contains(&s.reveal())),
        "{debug}"
    );
    assert_eq!(format!("{:?}", Share::new([1; 32])), "Share(secret)");
    assert_eq!(Escrow::deal(Suite::Sha256, &Nonce::new([0xff; 32]), &[[4; 64]], &custodians), None);
    let numbered: Vec<(u32, Share)> = (1..).zip(shares).collect();
    assert!(numbered.iter().all(|(number, share)| escrow.holds(Suite::Sha256, *number, share)));
    assert_eq!(escrow.recover(Suite::Sha256, &numbered[..2]), Some(nonce));
    assert_eq!(escrow.recover(Suite::Sha256, &numbered[..1]), None);
}

// ---- the commands -------------------------------------------------------------------

/// An office whose next draw is sealed and in escrow, to be opened within `days`.
fn office(days: u32) -> Desk {
    let desk = Desk::with_example();
    desk.announce(2027);
    desk.edit("office/policy.toml", "XF03 = \"announced\"", "XF03 = \"until-visit\"");
    let policy = desk.read("office/policy.toml");
    let lines = policy.lines().map(|line| match line.starts_with("open_within_days") {
        true => format!("open_within_days = {days}\n"),
        false => format!("{line}\n"),
    });
    let escrow = "[escrow]\ncustodians = [\"office\", \"discipline\", \"archive\"]\nthreshold = 2\n";
    desk.write("office/policy.toml", &(lines.collect::<String>() + escrow));
    desk
}

fn commit(desk: &Desk, month: &str) -> Run {
    let number = desk.draw(1);
    desk.good(&["nonce", "--draw", &number, "--party", "discipline", "--out", "witness"]);
    let file = desk.witness(1, "commitment");
    desk.good(&["-C", "office", "commit", "--month", month, "--commitment", &file])
}

fn draw(desk: &Desk) {
    let nonce = desk.witness(1, "nonce");
    desk.good(&["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce]);
}

/// Last month, so that a sealed draw may be opened today.
fn last_month() -> String {
    let today = yaohao::clock::now().date_in_china();
    let mut day = today;
    while day.to_string()[..7] == today.to_string()[..7] {
        day = day.plus_days(-1);
    }
    day.to_string()[..7].to_owned()
}

/// Carries the shares and the public folder away from the office, as the
/// custodians would; a copy of the public folder, and the shares.
fn carried(desk: &Desk) -> PathBuf {
    let home = desk.path("custodians");
    copy(&desk.public(1), &home.join("public"));
    for custodian in CUSTODIANS {
        let share = desk.private(1).join(format!("shares/{custodian}.share"));
        std::fs::copy(share, home.join(format!("{custodian}.share"))).expect("a share");
    }
    home
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        std::fs::copy(entry.path(), to.join(entry.file_name())).expect("a file");
    }
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let name = |entry: &std::fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    entries.map(|entry| (name(&entry), std::fs::read(entry.path()).expect("a file"))).collect()
}

fn bad(folder: &Path, arguments: &[&str], code: i32, what: &str) {
    let run = run_in(folder, arguments);
    let shown = format!("yaohao {}\n{}{}", arguments.join(" "), run.out, run.err);
    assert_eq!(run.code, code, "{shown}");
    assert!(run.err.contains(what) && run.err.contains("办法："), "no {what:?} in: {shown}");
}

/// The verdict of the other implementation, where there is Python.
fn reference(folder: &Path) -> Option<String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("reference/verify.py");
    let output = Command::new("python3").arg(script).arg(folder).output().ok()?;
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!out.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    out.trim_end().rsplit(": ").next().map(str::to_owned)
}

/// A late change by the commands of the office and of the witness.
fn replace_somebody(desk: &Desk) {
    let teams = std::fs::read_to_string(desk.private(1).join("sealed/teams.txt")).expect("sealed teams");
    // The draw is a real one: where nobody may stand in (10), somebody else is asked for.
    let asked = teams.lines().skip(1).any(|line| {
        let unit = line.split(' ').next().expect("a unit");
        let absent = line.rsplit('=').next().expect("a name");
        let run = desk.run(&["-C", "office", "replace", unit, "--absent", absent, "--reason", "absent"]);
        assert!([0, 10].contains(&run.code), "{}{}", run.out, run.err);
        run.code == 0
    });
    assert!(asked, "nobody at all can be replaced in this draw");
    let (public, chain) = (desk.public(1), desk.witness(1, "chain"));
    let link = ["link", public.to_str().expect("a path"), "--chain", &chain, "--out", "witness"];
    // Without the sealed text the witness releases nothing.
    let sealed = public.join("replace-001-request.sealed");
    let bytes = std::fs::read(&sealed).expect("a sealed request");
    std::fs::remove_file(&sealed).expect("a file");
    desk.bad(&link, 9, "replace-001-request.sealed");
    std::fs::write(&sealed, bytes).expect("a file");
    desk.good(&link);
    let file = desk.witness(1, "link").replace(".link", "-001.link");
    desk.good(&["-C", "office", "replace", "--link", &file]);
}

#[test]
fn any_two_custodians_open_what_the_office_refuses_to_open() {
    let desk = office(90);
    let told = commit(&desk, &last_month()).out;
    for custodian in CUSTODIANS {
        assert!(told.contains(&format!("shares/{custodian}.share")), "{told}");
    }
    draw(&desk);
    replace_somebody(&desk);
    let home = carried(&desk);
    let before = files(&home.join("public"));
    for name in ["sealed.bin", "replace-001-request.sealed", "replace-001.sealed"] {
        assert!(before.contains_key(name), "{name}");
    }
    let run = run_in(&home, &["verify", "public"]);
    assert!(
        run.code == 4 && run.out.contains("不通过 0") && run.out.contains("任意 2 方可打开"),
        "{}",
        run.out
    );
    nothing_secret_is_public(&desk, &before, &told);
    shares_are_checked(&home);
    // One share, or the same twice, is not enough; a forged one is named.
    for arguments in
        [&["--share", "archive.share"][..], &["--share", "archive.share", "--share", "archive.share"]]
    {
        bad(&home, &[&["recover", "public"], arguments].concat(), 2, "需要 2 份不同的份额，给了 1 份");
    }
    bad(
        &home,
        &["recover", "public", "--share", "archive.share", "--share", "forged.share"],
        1,
        "forged.share",
    );
    assert_eq!(files(&home.join("public")), before, "nothing was written");
    let opened = opened_by_each_pair(&home);
    assert_eq!(files(&home.join("public")), before, "the copies stand beside it");
    assert!(opened.windows(2).all(|pair| pair[0] == pair[1]));
    // In the folder itself; and taken up where it stopped.
    let recover = ["recover", "public", "--share", "discipline.share", "--share", "archive.share"];
    assert_eq!(run_in(&home, &recover).code, 0);
    let whole = files(&home.join("public"));
    for name in ["open.sha256", "teams.txt", "replace-001.txt"] {
        std::fs::remove_file(home.join("public").join(name)).expect("a file");
    }
    assert_eq!(run_in(&home, &recover).code, 0);
    assert_eq!(files(&home.join("public")), whole);
    bad(&home, &recover, 8, "已经公开");
    // Should the office open it after all, it opens the same.
    desk.good(&["-C", "office", "open"]);
    let mut office = files(&desk.public(1));
    office.retain(|name, _| !name.starts_with("open."));
    assert_eq!(office, opened[0]);
}

/// What each pair of custodians opens: the verified folder without the document of the opening.
fn opened_by_each_pair(home: &Path) -> Vec<BTreeMap<String, Vec<u8>>> {
    let mut opened = Vec::new();
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
        let (a, b, out) = (CUSTODIANS[a], CUSTODIANS[b], format!("opened-{a}-{b}"));
        let shares = [a, b].map(|custodian| format!("{custodian}.share"));
        let run =
            run_in(home, &["recover", "public", "--share", &shares[0], "--share", &shares[1], "--out", &out]);
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
        let run = run_in(home, &["verify", &out]);
        assert!(run.code == 0 && run.out.contains("结论：核验通过"), "{}", run.out);
        if let Some(verdict) = reference(&home.join(&out)) {
            assert_eq!(verdict, "verified");
        }
        let mut files = files(&home.join(&out));
        // Only the time of the opening is another one.
        files.retain(|name, _| !name.starts_with("open."));
        opened.push(files);
    }
    opened
}

fn nothing_secret_is_public(desk: &Desk, public: &BTreeMap<String, Vec<u8>>, told: &str) {
    let secrets = std::fs::read_to_string(desk.private(1).join("secrets.txt")).expect("secrets");
    let mut canaries: Vec<String> =
        secrets.lines().skip(2).map(|line| line.rsplit(' ').next().unwrap_or_default().to_owned()).collect();
    for custodian in CUSTODIANS {
        let file = desk.private(1).join(format!("shares/{custodian}.share"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(file.metadata().expect("a file").permissions().mode() & 0o777, 0o600);
        }
        let text = std::fs::read_to_string(file).expect("a share");
        canaries.push(
            text.lines().last().and_then(|line| line.strip_prefix("share ")).expect("a share").to_owned(),
        );
    }
    assert_eq!(canaries.len(), 5);
    for canary in &canaries {
        assert!(canary.len() == 64 && !told.contains(canary.as_str()), "a secret is shown");
        let raw: [u8; 32] = unhex(canary).expect("hex");
        for (name, bytes) in public {
            let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
            assert!(!holds(canary.as_bytes()) && !holds(&raw), "{name} holds a secret");
        }
    }
    // The tables are not there in the clear either.
    for word in ["yaohao/teams/v1", "yaohao/sealed/v1", "assistant="] {
        let holds = |bytes: &Vec<u8>| bytes.windows(word.len()).any(|window| window == word.as_bytes());
        assert!(!public.values().any(holds), "{word} is public");
    }
}

fn shares_are_checked(home: &Path) {
    for custodian in CUSTODIANS {
        let run = run_in(home, &["share", &format!("{custodian}.share"), "public"]);
        assert!(run.code == 0 && run.out.contains("承诺值："), "{}{}", run.out, run.err);
    }
    let honest = std::fs::read_to_string(home.join("archive.share")).expect("a share");
    let write = |name: &str, text: String| std::fs::write(home.join(name), text).expect("a file");
    let digit = honest.trim_end().len() - 60;
    let other = if honest.as_bytes()[digit] == b'0' { "1" } else { "0" };
    let forged = format!("{}{other}{}", &honest[..digit], &honest[digit + 1..]);
    write("forged.share", forged.clone());
    write("renamed.share", honest.replace("custodian archive", "custodian discipline"));
    write("renumbered.share", honest.replace("number 3", "number 2"));
    write("other.share", honest.replace("/001\n", "/002\n"));
    write("upper.share", honest.replace("share ", "share A"));
    for (file, code, what) in [
        ("forged.share", 1, "伪造的，或已损坏"),
        ("renamed.share", 1, "伪造的，或已损坏"),
        ("renumbered.share", 1, "伪造的，或已损坏"),
        ("other.share", 1, "这份份额是给"),
        ("upper.share", 3, "份额不是 64 位十六进制"),
        ("public/commit.txt", 3, "这不是本机关随机数的份额"),
    ] {
        bad(home, &["share", file, "public"], code, what);
        let run = run_in(home, &["share", file, "public"]);
        let secret = forged.trim_end().rsplit(' ').next().expect("a share");
        assert!(!run.err.contains(&secret[8..]), "an error shows a share");
    }
}

#[test]
fn what_the_office_sealed_falsely_convicts_it() {
    let desk = office(90);
    commit(&desk, &last_month());
    draw(&desk);
    let home = carried(&desk);
    let path = home.join("public/sealed.bin");
    let mut bytes = std::fs::read(&path).expect("the sealed result");
    bytes[1000] ^= 1;
    std::fs::write(&path, bytes).expect("a file");
    let recover = ["recover", "public", "--share", "office.share", "--share", "archive.share"];
    bad(&home, &recover, 1, "打不开 sealed.bin");
    assert!(home.join("public/open.txt").exists() && !home.join("public/open.sha256").exists());
    let run = run_in(&home, &["verify", "public"]);
    assert!(run.code == 1 && run.out.contains("✗ 不通过 V25") || run.out.contains("V03"), "{}", run.out);
    assert!(run.out.contains("✓ 通过　 V14"), "the nonce is the one committed to: {}", run.out);
}

#[test]
fn nobody_opens_it_before_the_visits_are_over() {
    let desk = office(20);
    let month = format!("{}-06", terminal::this_year() + 1);
    commit(&desk, &month);
    let shares = desk.files("office/private").into_iter().map(|(path, _)| path);
    assert_eq!(shares.filter(|path| path.extension().is_some_and(|end| end == "share")).count(), 3);
    let home = carried(&desk);
    let recover = ["recover", "public", "--share", "office.share", "--share", "archive.share"];
    bad(&home, &recover, 8, "没有可打开的结果");
    draw(&desk);
    let home = carried(&desk);
    let before = files(&home.join("public"));
    bad(&home, &recover, 8, "现在打开会泄露检查对象");
    desk.bad(&["-C", "office", "open"], 8, "现在公开会泄露检查对象");
    assert_eq!(files(&home.join("public")), before, "nothing was written");
    let status = desk.good(&["-C", "office", "status", "--json"]).out;
    let status: serde_json::Value = serde_json::from_str(&status).expect("JSON");
    assert_eq!(
        (&status["draws"][0]["opening_overdue"], &status["draws"][0]["opened_late"]),
        (&false.into(), &false.into())
    );
}

#[test]
fn an_opening_that_is_late_or_missing_shows() {
    let desk = office(0);
    commit(&desk, &last_month());
    draw(&desk);
    let public = desk.public(1);
    let public = public.to_str().expect("a path");
    assert!(desk.good(&["-C", "office", "status"]).out.contains("逾期未公开"));
    let run = desk.run(&["verify", public]);
    assert!(
        run.code == 4 && run.out.contains("逾期未公开") && run.out.contains("yaohao recover"),
        "{}",
        run.out
    );
    // The custodians see what there is to see, and whose fault it is.
    let home = carried(&desk);
    let shares = ["--share", "office.share", "--share", "discipline.share"];
    let run = run_in(&home, &[&["recover", "public"][..], &shares].concat());
    assert!(run.code == 0 && run.out.contains("LATE-OPEN"), "{}{}", run.out, run.err);
    let json = run_in(&home, &["verify", "public", "--json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let failed: Vec<&serde_json::Value> = json["draws"][0]["checks"]
        .as_array()
        .expect("checks")
        .iter()
        .filter(|check| check["status"] == "fail")
        .map(|check| &check["id"])
        .collect();
    assert_eq!(
        (failed, &json["draws"][0]["opened_late"]),
        (vec![&serde_json::Value::from("V12")], &true.into())
    );
    let run = desk.good(&["-C", "office", "open"]);
    assert!(run.out.contains("LATE-OPEN"), "{}", run.out);
    assert!(desk.good(&["-C", "office", "status"]).out.contains("LATE-OPEN"));
    assert!(desk.run(&["verify", public]).out.contains("逾期公开（LATE-OPEN）"));
}

#[test]
fn without_an_escrow_there_is_nothing_to_recover() {
    let desk = Desk::committed(1);
    let (public, share) = (desk.public(1), desk.path("a.share"));
    let public = public.to_str().expect("a path");
    let text = format!(
        "yaohao/secret-share/v1\ndraw {}\ncustodian archive\nnumber 3\nshare {}\n",
        desk.draw(1),
        "0".repeat(64)
    );
    std::fs::write(&share, text).expect("a file");
    desk.bad(&["share", "a.share", public], 8, "没有托管");
    desk.bad(&["recover", public, "--share", "a.share"], 8, "没有托管");
    desk.bad(&["recover", public], 2, "--share");
    desk.bad(&["share", &desk.witness(1, "nonce"), public], 3, "这是秘密随机数");
}
