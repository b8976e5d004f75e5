//! A month of an office in suite yaohao-1-sm3, command by command.

use crate::terminal::{DICE, Desk};
use serde_json::Value;
use std::process::Command;

const SUITE: &str = "yaohao-1-sm3";

/// The example office with SM3 in its policy.
fn office() -> Desk {
    let desk = Desk::with_example();
    desk.edit("office/policy.toml", "[office]\n", &format!("[office]\nsuite = \"{SUITE}\"\n"));
    desk
}

/// The witness's files for draw `number`, in this suite.
fn nonce(desk: &Desk, number: u32) -> String {
    let draw = desk.draw(number);
    desk.good(&["nonce", "--draw", &draw, "--party", "discipline", "--suite", SUITE, "--out", "witness"]);
    desk.witness(number, "commitment")
}

fn draw(desk: &Desk, number: u32) {
    let nonce = desk.witness(number, "nonce");
    desk.good(&["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce]);
}

/// Unit and first member of the first team.
fn first(teams: &str) -> (String, String) {
    let words: Vec<&str> = teams.lines().nth(1).expect("a team").split(' ').collect();
    (words[0].to_owned(), words[2].split_once('=').expect("a lead").1.to_owned())
}

fn shell(folder: &std::path::Path, command: &str) -> String {
    let output = Command::new("bash").args(["-c", command]).current_dir(folder).output().expect("a shell");
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command}: {err}");
    String::from_utf8(output.stdout).expect("UTF-8").trim_end().to_owned()
}

/// The second implementation, as the office publishes it: every part must be there.
fn verified_by_others(desk: &Desk, number: u32) {
    let script = desk.path("office/public/verifier/verify.py");
    let output = Command::new("python3").arg("-B").arg(script).arg(desk.public(number)).output();
    let output = output.expect("python3");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}{err}");
}

/// Asks for, links and answers the replacement of the first team's lead.
fn replace(desk: &Desk, number: u32, teams: &str) -> String {
    let (unit, absent) = first(teams);
    let (public, id) = (desk.public(number), desk.draw(number));
    desk.good(&["-C", "office", "replace", &unit, "--absent", &absent, "--reason", "absent", "--draw", &id]);
    let chain = desk.witness(number, "chain");
    desk.good(&["link", public.to_str().expect("a path"), "--chain", &chain, "--out", "witness"]);
    let link = desk.witness(number, "link").replace(".link", "-001.link");
    desk.good(&["-C", "office", "replace", "--link", &link, "--draw", &id]);
    unit
}

#[test]
fn a_month_in_sm3_is_drawn_explained_and_changed() {
    let desk = office();
    let file = nonce(&desk, 1);
    desk.good(&["-C", "office", "commit", "--month", "2026-12", "--commitment", &file]);
    draw(&desk, 1);
    let public = desk.public(1);
    let commit = std::fs::read_to_string(public.join("commit.txt")).expect("a commitment");
    assert!(commit.contains(&format!("\nsuite {SUITE}\n")), "{commit}");
    // The commitment's value is SM3, the lists are SHA-256, for `sha256sum`.
    let announced = shell(&public, "openssl dgst -sm3 -r commit.txt");
    let path = public.to_str().expect("a path");
    let run = desk.good(&["verify", path, "--commitment", &announced[..64]]);
    assert!(run.out.contains("结论：核验通过") && run.out.contains("SM3 "), "{}", run.out);
    let policy = shell(&public, "openssl dgst -sm3 -r policy.toml");
    assert!(commit.contains(&format!("\npolicy {}\n", &policy[..64])));
    shell(&public, "sha256sum --quiet -c *.sha256");
    let other = shell(&public, "sha256sum commit.txt");
    assert_eq!(desk.run(&["verify", path, "--commitment", &other[..64]]).code, 1);
    let teams = std::fs::read_to_string(public.join("teams.txt")).expect("teams");
    let unit = replace(&desk, 1, &teams);
    desk.good(&["verify", path]);
    verified_by_others(&desk, 1);
    every_command_can_be_run(&desk, &unit);
}

/// Every command that `explain` prints, for a drawn unit whose team was changed.
fn every_command_can_be_run(desk: &Desk, unit: &str) {
    let public = desk.public(1);
    let path = public.to_str().expect("a path");
    let value: Value =
        serde_json::from_str(&desk.good(&["explain", unit, path, "--pairing", "--json"]).out).expect("JSON");
    let shown = desk.good(&["explain", unit, path, "--pairing"]).out;
    let row = &value["pairing"];
    let mut proofs: Vec<&Value> = vec![&row["key"], &row["lead_key"], &row["changes"][0]["key"]];
    proofs.extend(value["steps"].as_array().expect("steps").iter().filter(|step| !step["command"].is_null()));
    assert_eq!(proofs.len(), 9, "{value:#}");
    for proof in proofs {
        let (command, hash) = (proof["command"].as_str().expect("a command"), &proof["prints"]);
        assert!(command.ends_with("| openssl dgst -sm3 -r") && !command.contains("sha256"), "{command}");
        let printed = shell(&public, command);
        assert_eq!(printed, format!("{} *stdin", hash.as_str().expect("a hash")), "{command}");
        assert!(shown.contains(command) && shown.contains(&printed), "{shown}");
    }
    let word = &row["word"];
    assert_eq!(
        shell(&public, word["command"].as_str().expect("a command")),
        word["prints"].as_str().expect("hex")
    );
    let climb = desk.good(&["explain", unit, path, "--path"]).out;
    assert!(climb.contains("SM3(01 ‖") && !climb.contains("SHA-256"), "{climb}");
}

#[test]
fn a_sealed_draw_in_sm3_is_opened_and_followed_by_one_of_the_other_suite() {
    let desk = office();
    desk.edit("office/policy.toml", "XF03 = \"announced\"", "XF03 = \"until-visit\"");
    desk.edit("office/policy.toml", "open_within_days = 20", "open_within_days = 90");
    let (file, month) = (nonce(&desk, 1), last_month());
    desk.good(&["-C", "office", "commit", "--month", &month, "--commitment", &file]);
    draw(&desk, 1);
    let sealed = std::fs::read_to_string(desk.private(1).join("sealed/teams.txt")).expect("sealed teams");
    replace(&desk, 1, &sealed);
    let public = desk.public(1);
    let path = public.to_str().expect("a path");
    let run = desk.run(&["verify", path]);
    assert!(run.code == 4 && run.out.contains("不通过 0"), "{}", run.out);
    desk.good(&["-C", "office", "open"]);
    desk.good(&["verify", path]);
    verified_by_others(&desk, 1);
    // The next month goes back to SHA-256: its commitment names the record of this
    // one by its own hash, whatever the suite of what it names.
    desk.edit("office/policy.toml", &format!("suite = \"{SUITE}\"\n"), "");
    desk.edit("office/policy.toml", "XF03 = \"until-visit\"", "XF03 = \"announced\"");
    desk.commit(2);
    draw(&desk, 2);
    let next = std::fs::read_to_string(desk.public(2).join("commit.txt")).expect("a commitment");
    let record = shell(&public, "sha256sum record.txt");
    assert!(next.contains(&format!("\nprevious {}\n", &record[..64])), "{next}");
    let run = desk.good(&["verify", "office/public"]);
    assert!(run.out.contains(&format!("承接 {}", desk.draw(1))), "{}", run.out);
    verified_by_others(&desk, 2);
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

#[test]
fn what_was_made_for_the_other_suite_is_refused() {
    let desk = office();
    let draw = desk.draw(1);
    desk.good(&["nonce", "--draw", &draw, "--party", "discipline", "--out", "witness"]);
    let file = desk.witness(1, "commitment");
    let commit = ["-C", "office", "commit", "--month", "2026-12", "--commitment", &file];
    let run = desk.bad(&commit, 9, "discipline 的承诺用的是 yaohao-1-sha256，方案用的是 yaohao-1-sm3");
    let command = format!("yaohao nonce --draw {draw} --party discipline --suite {SUITE}");
    assert!(run.err.contains(&command), "{}", run.err);
    assert!(!desk.public(1).exists() && !desk.private(1).exists());
    let run =
        desk.bad(&["-C", "office", "commit", "--month", "2026-12"], 9, "需要 discipline 的一份随机数承诺");
    assert!(run.err.contains(&command), "{}", run.err);
    let wrong = ["nonce", "--draw", &draw, "--party", "discipline", "--suite", "sm3", "--out", "elsewhere"];
    desk.bad(&wrong, 2, "“sm3”写得不对");
    assert!(!desk.path("elsewhere").exists());
}
