//! An office's month through the real command: what goes right, what is
//! refused and how, and that nothing is lost or half-written.

mod terminal;

use std::collections::BTreeSet;
use terminal::{DICE, Desk};

/// Draws the committed draw `number`.
fn draw(desk: &Desk, number: u32) {
    let nonce = desk.witness(number, "nonce");
    desk.good(&["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce]);
}

#[test]
fn two_months_follow_each_other_and_verify_as_a_chain() {
    let desk = Desk::committed(1);
    draw(&desk, 1);
    desk.commit(2);
    draw(&desk, 2);
    let run = desk.good(&["verify", "office/public"]);
    assert_eq!(run.out.matches("结论：核验通过").count(), 2, "{}", run.out);
    assert!(run.out.contains(&format!("承接 {}", desk.draw(1))), "{}", run.out);
    // What was drawn first rests: the second draw knows the first.
    let drawn = |number: u32| -> BTreeSet<String> {
        let text = std::fs::read_to_string(desk.public(number).join("drawn.txt")).expect("drawn units");
        text.lines().skip(1).map(|line| line.split(' ').next().unwrap_or_default().to_owned()).collect()
    };
    assert!(drawn(1).is_disjoint(&drawn(2)));
    assert_eq!(drawn(1).len(), 306);
    let status = desk.good(&["-C", "office", "status"]).out;
    assert_eq!(status.matches("已抽取，结果已公开").count(), 2, "{status}");
}

#[test]
fn nothing_private_reaches_the_public_folder_or_the_terminal() {
    let desk = Desk::new();
    desk.good(&["init", "office", "--example"]);
    // Words that exist nowhere else.
    desk.edit("office/tables/recusals.csv", "亲属任职", "canary-reason");
    desk.edit("office/tables/inspectors.csv", "示例人员01", "canary-person");
    desk.edit("office/tables/units.csv", "示例路", "canary-address");
    let mut shown = desk.good(&["-C", "office", "import"]).out;
    shown += &desk.good(&["-C", "office", "check", "--month", "2026-12"]).out;
    desk.commit(1);
    let secrets = std::fs::read_to_string(desk.private(1).join("secrets.txt")).expect("secrets");
    let secret = |field: &str| {
        let line = secrets.lines().find_map(|line| line.strip_prefix(field));
        line.expect("a secret").trim().to_owned()
    };
    let (salts, nonce) = (secret("salts"), secret("nonce"));
    let witness = desk.read(&desk.witness(1, "nonce"));
    let witness = witness.lines().find_map(|line| line.strip_prefix("nonce ")).expect("a nonce").to_owned();
    let public = |desk: &Desk| -> String {
        desk.files("office/public")
            .iter()
            .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
            .collect()
    };
    for secret in [&nonce, &witness] {
        assert!(!public(&desk).contains(secret.as_str()), "a nonce is public before the draw");
    }
    let file = desk.witness(1, "nonce");
    let run =
        desk.good(&["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &file]);
    shown += &(run.out + &run.err);
    shown += &desk.good(&["-C", "office", "verify", desk.public(1).to_str().expect("a path")]).out;
    let public = public(&desk);
    for canary in
        ["canary-reason", "canary-person", "canary-address", "原工作单位", "示例人员", "SL0001", &salts]
    {
        assert!(!public.contains(canary), "{canary} is public");
    }
    assert!(public.contains(&nonce), "opened with the draw");
    for canary in ["canary-reason", "canary-person", &salts, &nonce] {
        let by_verify = *canary == *nonce;
        assert!(by_verify || !shown.contains(canary), "{canary} is shown");
    }
    // The office's own table has the names.
    let result = std::fs::read_to_string(desk.private(1).join("result.csv")).expect("the result");
    assert!(result.starts_with('\u{feff}') && result.contains("示例人员"));
    assert_eq!(result.lines().count(), 307);
}

#[test]
fn programs_are_told_how_the_work_is_shared_out() {
    let desk = Desk::committed(1);
    let nonce = desk.witness(1, "nonce");
    let arguments = ["-C", "office", "draw", "--json", "--result", DICE, "--witness-result", DICE];
    let told = desk.good(&[&arguments[..], &["--nonce", &nonce]].concat()).out;
    let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
    let work = &told["workload"];
    assert_eq!(work["all"]["visits"]["sum"], 612);
    let roles = work["roles"].as_array().expect("a list");
    assert!(roles.len() == 2 && roles.iter().all(|role| role["work"]["visits"]["sum"] == 306));
    let zones = work["zones"].as_array().expect("a list");
    let minutes = zones.iter().map(|zone| zone["work"]["minutes"]["sum"].as_u64().expect("a number"));
    assert_eq!(work["all"]["minutes"]["sum"], minutes.sum::<u64>());
}

#[test]
#[cfg(unix)]
fn secrets_are_readable_by_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::committed(1);
    let mode = |path: std::path::PathBuf| path.metadata().expect("a file").permissions().mode() & 0o777;
    assert_eq!(mode(desk.private(1).join("secrets.txt")), 0o600);
    assert_eq!(mode(desk.path(&desk.witness(1, "nonce"))), 0o600);
    assert_eq!(mode(desk.public(1).join("commit.txt")), 0o644);
}

#[test]
fn a_step_cut_short_is_taken_up_where_it_stopped() {
    let whole = Desk::committed(1);
    draw(&whole, 1);
    let record = |desk: &Desk| desk.files("office/public");
    // The machine stops after the dice, the nonces, some tables, the record: the
    // same command finishes the draw, and what was there stays as it was.
    let order = [&["ceremony.txt", "reveal.txt"][..], &yaohao::record::RESULT, &["record.txt"]].concat();
    for stop in 1..=order.len() {
        let finished = record(&whole);
        for file in order[stop..].iter().chain(&["record.sha256"]) {
            std::fs::remove_file(whole.public(1).join(file)).expect("a file");
        }
        let nonce = whole.witness(1, "nonce");
        whole.good(&["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce]);
        for (before, after) in finished.iter().zip(record(&whole)) {
            let name = before.0.file_name().expect("a name").to_string_lossy().into_owned();
            // Documents that were lost are written anew, at another time.
            if order[..stop].contains(&name.as_str()) {
                assert!(*before == after, "{name} after stop {stop}");
            }
        }
        whole.good(&["verify", whole.public(1).to_str().expect("a path")]);
    }
}

#[test]
fn what_is_published_is_never_overwritten() {
    let desk = Desk::committed(1);
    std::fs::write(desk.public(1).join("drawn.txt"), "yaohao/drawn/v1\nsomething else\n").expect("a file");
    let nonce = desk.witness(1, "nonce");
    let arguments = ["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce];
    desk.bad(&arguments, 8, "绝不覆盖");
    let kept = std::fs::read_to_string(desk.public(1).join("drawn.txt")).expect("a file");
    assert_eq!(kept, "yaohao/drawn/v1\nsomething else\n");
}

#[test]
fn the_ceremony_refuses_what_is_not_right() {
    let desk = Desk::committed(1);
    let nonce = desk.witness(1, "nonce");
    let draw = |result: &str, witness: &str, nonce: &str| {
        desk.run(&["-C", "office", "draw", "--result", result, "--witness-result", witness, "--nonce", nonce])
    };
    let before = desk.files("office");
    let other = DICE.replacen('3', "2", 1);
    for (result, witness, file, what) in [
        (DICE, other.as_str(), nonce.as_str(), "两人录入不一致，第 1 个数不同"),
        ("1 2 3", "1 2 3", &nonce, "要 20 个数，给了 3 个"),
        ("x", "x", &nonce, "不是数字"),
    ] {
        let run = draw(result, witness, file);
        assert_eq!((run.code, run.err.contains(what)), (9, true), "{}", run.err);
    }
    assert_eq!(desk.files("office"), before, "nothing was written");
    // The dice are right, the nonce is not: the dice stay, the rest waits.
    desk.good(&["nonce", "--draw", &desk.draw(1), "--party", "discipline", "--out", "forged"]);
    let forged = desk.witness(1, "nonce").replace("witness/", "forged/");
    let run = draw(DICE, DICE, &forged);
    assert_eq!((run.code, run.err.contains("与其承诺不符")), (9, true), "{}", run.err);
    let secret = desk.read(&forged);
    let secret = secret.lines().last().expect("a nonce").trim_start_matches("nonce ");
    assert!(!run.err.contains(secret) && !run.out.contains(secret), "an error shows a secret");
    // Other dice are too late now.
    let run = draw(&other, &other, &nonce);
    assert_eq!(run.code, 0, "{}", run.err);
    let shown = std::fs::read_to_string(desk.public(1).join("ceremony.txt")).expect("a ceremony");
    assert!(shown.contains(&format!(": {DICE}\n")), "the first dice stand: {shown}");
}

#[test]
fn steps_out_of_order_are_refused() {
    let desk = Desk::with_example();
    desk.bad(&["-C", "office", "draw"], 8, "还没有承诺");
    desk.bad(&["-C", "office", "void", "--reason", "party"], 8, "还没有承诺");
    desk.commit(1);
    let file = desk.witness(1, "commitment");
    // The very same command again is told what was published, in case it was cut short.
    let before = desk.files("office/public");
    let again = desk.good(&["-C", "office", "commit", "--month", "2026-12", "--commitment", &file]).out;
    assert!(again.contains("承诺值：") && desk.files("office/public") == before, "{again}");
    desk.bad(&["-C", "office", "commit", "--month", "2027-01", "--commitment", &file], 8, "还没有结束");
    desk.bad(&["-C", "office", "open"], 8, "不是密封的抽取");
    draw(&desk, 1);
    desk.bad(&["-C", "office", "draw"], 8, "不能再抽");
    desk.bad(&["-C", "office", "void", "--reason", "party"], 8, "不能作废");
    desk.bad(&["-C", "office", "void", "--reason", "mood"], 2, "不认识的原因");
    desk.bad(&["-C", "office", "commit", "--month", "2026-12", "--commitment", &file], 9, "这次是");
    desk.bad(&["-C", "office", "commit", "--month", "2026-12"], 9, "需要 discipline 的一份随机数承诺");
}

#[test]
fn a_draw_can_be_voided_before_anything_is_known() {
    let desk = Desk::committed(1);
    desk.good(&["-C", "office", "void", "--reason", "party"]);
    let run = desk.good(&["verify", desk.public(1).to_str().expect("a path")]);
    assert!(run.out.contains("已作废"), "{}", run.out);
    desk.commit(2);
    draw(&desk, 2);
    desk.good(&["verify", "office/public"]);
}

#[test]
fn what_the_office_kept_must_still_give_the_commitment() {
    for file in ["units.csv", "recusals.csv", "inspectors.csv"] {
        let desk = Desk::committed(1);
        let path = desk.private(1).join(file);
        let text = std::fs::read_to_string(&path).expect("a snapshot");
        let lines: Vec<&str> = text.lines().collect();
        std::fs::write(&path, lines[..lines.len() - 1].join("\n") + "\n").expect("a snapshot");
        let nonce = desk.witness(1, "nonce");
        let arguments =
            ["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce];
        desk.bad(&arguments, 8, "重算不出同一个承诺");
    }
}

#[test]
fn an_impossible_month_is_refused_with_names_and_reasons() {
    let desk = Desk::with_example();
    // Nobody in the fourth zone may lead any more.
    let text = desk.read("office/tables/inspectors.csv");
    let lines = text.lines().map(|line| {
        if line.contains("第四片区") {
            line.replace(",是,在编", ",否,在编")
        } else {
            line.to_owned()
        }
    });
    let text = lines.collect::<Vec<_>>().join("\n") + "\n";
    desk.write("office/tables/inspectors.csv", &text);
    desk.good(&["-C", "office", "import", "inspectors"]);
    let before = desk.files("office/public").len();
    let run = desk.bad(&["-C", "office", "check", "--month", "2026-12"], 7, "派不足人");
    assert!(run.out.contains("可任主办的 0 人") && run.out.contains("无主办资格"), "{}", run.out);
    desk.good(&["nonce", "--draw", &desk.draw(1), "--party", "discipline", "--out", "witness"]);
    let file = desk.witness(1, "commitment");
    desk.bad(&["-C", "office", "commit", "--month", "2026-12", "--commitment", &file], 7, "不能承诺");
    assert_eq!(desk.files("office/public").len(), before);
}

#[test]
fn tables_are_refused_or_sorted_out_row_by_row() {
    let desk = Desk::new();
    desk.good(&["init", "office", "--example"]);
    let strict = desk.bad(&["-C", "office", "import", "--strict"], 5, "整份拒收");
    assert!(
        strict.out.contains("[scientific-notation]") && strict.out.contains("第 102 行"),
        "{}",
        strict.out
    );
    assert!(!desk.path("office/register/units.csv").exists(), "nothing is stored");
    let lenient = desk.good(&["-C", "office", "import"]).out;
    assert!(lenient.contains("共 6012 行 = 收 6001 + 拒 11 + 空 0"), "{lenient}");
    desk.edit("office/tables/recusals.csv", "SL00", "XX00");
    desk.bad(&["-C", "office", "import", "recusals"], 5, "回避表不能缺行");
    let rejects = desk.read("office/register/rejects/units.csv");
    assert_eq!(rejects.lines().count(), 12, "a heading and the refused rows");
    let json = desk.good(&["-C", "office", "import", "units", "--json"]).out;
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let table = &value["tables"][0];
    assert_eq!(
        (&table["read"], &table["accepted"], &table["rejected"]),
        (&6012.into(), &6001.into(), &11.into())
    );
    assert_eq!(table["findings"][0]["row"], 102);
}

#[test]
fn files_that_are_not_there_or_not_what_they_should_be() {
    let desk = Desk::with_example();
    desk.bad(&["verify", "nowhere"], 3, "没有这个文件");
    desk.bad(&["verify", "office/tables"], 3, "没有抽取记录");
    desk.bad(&["-C", "nowhere", "status"], 3, "不是本机关文件夹");
    desk.bad(&["-C", "office", "check", "--month", "December"], 2, "检查期写得不对");
    desk.bad(&["-C", "office", "check"], 2, "缺少 --month");
    desk.bad(&["frobnicate"], 2, "没有这个命令");
    desk.bad(&["verify", "office/public", "--commitment", "ABC"], 2, "64 位小写十六进制");
    desk.bad(&["init", "office"], 8, "不为空");
    desk.edit("office/policy.toml", "quota = 120", "quota = 0.1");
    desk.bad(&["-C", "office", "check", "--month", "2026-12"], 6, "policy.toml:");
    desk.edit("office/office.toml", "tables/units.csv", "tables/missing.csv");
    desk.edit("office/policy.toml", "quota = 0.1", "quota = 120");
    desk.bad(&["-C", "office", "import"], 3, "missing.csv");
}

#[test]
fn english_and_json_for_those_who_want_them() {
    let desk = Desk::committed(1);
    draw(&desk, 1);
    let folder = desk.public(1);
    let folder = folder.to_str().expect("a path");
    let english = desk.good(&["verify", folder, "--lang", "en"]).out;
    assert!(english.contains("Verdict: VERIFIED") && !english.contains("通过"), "{english}");
    for arguments in [
        vec!["verify", folder, "--json"],
        vec!["explain", "示例", folder, "--json"],
        vec!["-C", "office", "status", "--json"],
        vec!["-C", "office", "check", "--month", "2027-06", "--json"],
    ] {
        let run = desk.run(&arguments);
        let text = if run.code == 2 { &run.err } else { &run.out };
        serde_json::from_str::<serde_json::Value>(text)
            .unwrap_or_else(|e| panic!("{arguments:?}: {e}\n{text}"));
    }
    let quiet = desk.good(&["verify", folder, "--quiet"]);
    assert_eq!(quiet.out, "");
}
