//! Draws that are given up, through the real command: what may be voided when, that
//! whatever could be computed is handed on, and that the next draw draws it first.

mod district;
mod terminal;

use district::small::{POLICY, table, unit_id};
use std::collections::{BTreeMap, BTreeSet};
use terminal::{DICE, Desk};

fn office(policy: impl Fn(&str) -> String) -> Desk {
    let desk = Desk::with(&policy(POLICY), table);
    desk.commit(1);
    desk
}

fn open() -> Desk {
    office(str::to_owned)
}

fn sealed() -> Desk {
    office(|policy| policy.replace("XF01 = \"announced\"", "XF01 = \"until-visit\""))
}

fn draw(desk: &Desk, number: u32) {
    let nonce = desk.witness(number, "nonce");
    desk.good(&["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce]);
}

/// The machine stops when all inputs are published and nothing of the result is.
fn inputs_only(desk: &Desk, number: u32) -> BTreeSet<String> {
    draw(desk, number);
    let result = ["drawn.txt", "dockets.txt", "teams.txt", "prices.txt", "availability.txt", "schedule.txt"];
    let sealed = desk.private(number).join("sealed");
    let text = std::fs::read_to_string(desk.public(number).join("drawn.txt"))
        .or_else(|_| std::fs::read_to_string(sealed.join("drawn.txt")));
    for file in result.iter().chain(&["record.txt", "record.sha256"]) {
        let _ = std::fs::remove_file(desk.public(number).join(file));
        let _ = std::fs::remove_file(sealed.join(file));
    }
    first_words(&text.expect("drawn units"))
}

fn first_words(text: &str) -> BTreeSet<String> {
    text.lines().skip(1).map(|line| line.split(' ').next().unwrap_or_default().to_owned()).collect()
}

/// The units of a table in the public folder of a draw.
fn units(desk: &Desk, number: u32, file: &str) -> BTreeSet<String> {
    first_words(&std::fs::read_to_string(desk.public(number).join(file)).expect("a table"))
}

fn void(desk: &Desk, reason: &str) -> String {
    desk.good(&["-C", "office", "void", "--reason", reason]).out
}

/// How often `verify` says of the draws of the office that they hold.
fn verified(desk: &Desk) -> usize {
    let run = desk.good(&["verify", "office/public"]);
    run.out.matches("结论：核验通过").count()
}

#[test]
fn what_a_voided_draw_drew_is_drawn_first_by_the_next() {
    let desk = open();
    let drawn = inputs_only(&desk, 1);
    let told = void(&desk, "staffing");
    assert!(told.contains(&format!("已抽中的 {} 家公布在 voided.txt", drawn.len())), "{told}");
    assert_eq!(units(&desk, 1, "voided.txt"), drawn);
    let check = desk.good(&["-C", "office", "check", "--month", "2026-12"]).out;
    assert!(check.contains(&format!("抽中的 {} 家带入本次", drawn.len())), "{check}");
    desk.commit(2);
    assert_eq!(
        std::fs::read(desk.public(1).join("voided.txt")).expect("a table"),
        std::fs::read(desk.public(2).join("carried.txt")).expect("a table"),
    );
    draw(&desk, 2);
    assert_eq!(units(&desk, 2, "drawn.txt"), drawn, "the quotas are as large as what was carried over");
    assert_eq!(verified(&desk), 2);
    let public = desk.public(2);
    let unit = drawn.first().expect("a unit");
    let explained = desk.good(&["explain", unit, public.to_str().expect("a path")]).out;
    assert!(explained.contains(&format!("由 {} 带入", desk.draw(1))), "{explained}");
    assert!(explained.contains("带入的单位首先抽中"), "{explained}");
    let spared = (0..60).map(unit_id).find(|id| !drawn.contains(id)).expect("somebody is not drawn");
    let explained = desk.good(&["explain", &spared, public.to_str().expect("a path")]).out;
    assert!(explained.contains("未中签") && explained.contains("由作废的抽取带入"), "{explained}");
    let before = desk.public(1);
    let explained = desk.good(&["explain", unit, before.to_str().expect("a path")]).out;
    assert!(explained.contains("已作废") && explained.contains("带入下一次抽取"), "{explained}");
}

/// Every line that explain prints as a command prints the hash that it promises.
#[test]
fn what_is_said_of_carried_units_can_be_run_by_anybody() {
    let desk = open();
    let drawn = inputs_only(&desk, 1);
    void(&desk, "staffing");
    desk.commit(2);
    draw(&desk, 2);
    for (number, unit) in [(1, drawn.first()), (2, drawn.first()), (2, drawn.last())] {
        let public = desk.public(number);
        let told =
            desk.good(&["explain", unit.expect("a unit"), public.to_str().expect("a path"), "--json"]).out;
        let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
        let steps = told["steps"].as_array().expect("a list");
        let proofs: Vec<_> = steps.iter().filter(|step| step["command"].is_string()).collect();
        assert!(proofs.len() >= 3, "{told}");
        for step in proofs {
            let command = step["command"].as_str().expect("a command");
            let output = std::process::Command::new("sh").args(["-c", command]).current_dir(&public).output();
            let printed = String::from_utf8(output.expect("a shell").stdout).expect("UTF-8");
            let digest = printed.split(' ').next().unwrap_or_default();
            assert_eq!(Some(digest), step["prints"].as_str(), "{command}");
        }
    }
}

#[test]
fn a_chain_of_voids_carries_on() {
    let desk = open();
    let first = inputs_only(&desk, 1);
    void(&desk, "staffing");
    // More room for the second: it draws others behind those carried over.
    desk.edit("office/policy.toml", "quota = 6", "quota = 8");
    desk.commit(2);
    let second = inputs_only(&desk, 2);
    assert!(second.is_superset(&first) && second.len() == first.len() + 2);
    void(&desk, "register");
    assert_eq!(units(&desk, 2, "voided.txt"), second);
    // Given up before anything is known: what was carried over is handed on all the same.
    desk.commit(3);
    void(&desk, "policy");
    assert_eq!(units(&desk, 3, "voided.txt"), second);
    desk.edit("office/policy.toml", "quota = 8", "quota = 2");
    let check = desk.good(&["-C", "office", "check", "--month", "2026-12"]).out;
    assert!(check.contains("多于应抽的 2 家"), "{check}");
    desk.commit(4);
    draw(&desk, 4);
    assert_eq!(units(&desk, 4, "drawn.txt"), second, "more than the quota are carried over: all are drawn");
    assert_eq!(verified(&desk), 4);
    let carried = std::fs::read_to_string(desk.public(4).join("carried.txt")).expect("a table");
    let from = |number: u32| carried.matches(&format!(" {} ", desk.draw(number))).count();
    assert_eq!((from(1), from(2), from(3)), (first.len(), 2, 0), "each names the draw that drew it first");
}

#[test]
fn a_sealed_draw_opens_the_nonce_of_the_office_when_it_is_voided() {
    let desk = sealed();
    let drawn = inputs_only(&desk, 1);
    let told = void(&desk, "register");
    assert!(told.contains("人人可知"), "{told}");
    let text = std::fs::read_to_string(desk.public(1).join("void.txt")).expect("a void");
    let secrets = std::fs::read_to_string(desk.private(1).join("secrets.txt")).expect("secrets");
    let nonce = secrets.lines().find_map(|line| line.strip_prefix("nonce ")).expect("a nonce");
    assert!(text.contains(&format!("nonce office {nonce}\n")), "{text}");
    assert_eq!(units(&desk, 1, "voided.txt"), drawn);
    desk.commit(2);
    draw(&desk, 2);
    let run = desk.run(&["verify", "office/public"]);
    assert!(run.out.contains("核验通过，本次已作废") && run.out.contains("尚不完整"), "{}", run.out);
}

#[test]
fn after_the_dice_only_a_missing_party_is_a_reason() {
    for desk in [open(), sealed()] {
        desk.good(&["nonce", "--draw", &desk.draw(1), "--party", "discipline", "--out", "forged"]);
        let forged = desk.witness(1, "nonce").replace("witness/", "forged/");
        let arguments =
            ["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &forged];
        desk.bad(&arguments, 9, "与其承诺不符");
        let before = desk.files("office");
        for reason in ["register", "policy", "beacon", "staffing"] {
            desk.bad(
                &["-C", "office", "void", "--reason", reason],
                8,
                "此时只能以“一方缺席或遗失随机数”为由作废",
            );
        }
        assert_eq!(desk.files("office"), before, "nothing was written");
        void(&desk, "party");
        assert!(!desk.public(1).join("voided.txt").exists());
        assert_eq!(verified(&desk), 1);
        desk.commit(2);
        draw(&desk, 2);
    }
}

#[test]
fn before_the_lottery_only_a_lottery_that_is_not_held_is_a_reason() {
    let lottery = "kind = \"lottery\"\ngame = \"ssq\"";
    let desk = Desk::with(&POLICY.replace("kind = \"dice\"\nsides = 10\nrolls = 20", lottery), table);
    desk.good(&["nonce", "--draw", &desk.draw(1), "--party", "discipline", "--out", "witness"]);
    let (file, nonce) = (desk.witness(1, "commitment"), desk.witness(1, "nonce"));
    // 双色球 is drawn on Tuesdays, Thursdays and Sundays: one of the next days fits.
    let today = yaohao::clock::now().date_in_china();
    let committed = (1..7).any(|days| {
        let day = today.plus_days(days);
        let issue = format!("ssq={}140@{day}", day.year());
        let arguments = ["-C", "office", "commit", "--month", "2026-12", "--commitment", &file];
        desk.run(&[&arguments[..], &["--issue", &issue]].concat()).code == 0
    });
    assert!(committed);
    desk.good(&["-C", "office", "draw", "--nonce", &nonce]);
    desk.bad(&["-C", "office", "void", "--reason", "register"], 8, "此时只能以“公开随机事件未举行”为由作废");
    void(&desk, "beacon");
    assert!(!desk.public(1).join("voided.txt").exists());
    assert_eq!(verified(&desk), 1);
}

#[test]
fn a_carried_unit_lapses_for_a_reason_that_everybody_sees_or_not_at_all() {
    let desk = open();
    let drawn = inputs_only(&desk, 1);
    void(&desk, "register");
    let unit = drawn.first().expect("a unit").clone();
    let text = desk.read("office/tables/units.csv");
    let line = text.lines().find(|line| line.starts_with(&unit)).expect("a row").to_owned();
    // Left out of the register altogether: nothing is committed.
    desk.write("office/tables/units.csv", &text.replace(&format!("{line}\n"), ""));
    desk.good(&["-C", "office", "import", "units"]);
    desk.bad(&["-C", "office", "check", "--month", "2026-12"], 8, "名录里却没有这家单位");
    // Closed: it is there with its reason, and lapses.
    let with_status = text.replacen("所属集团", "所属集团,经营状态", 1).replace('\n', ",在营\n");
    let with_status = with_status.replacen("经营状态,在营", "经营状态", 1);
    let closed = with_status.replace(&format!("{line},在营"), &format!("{line},注销"));
    assert_ne!(closed, with_status);
    desk.write("office/tables/units.csv", &closed);
    desk.good(&["-C", "office", "import", "units"]);
    let check = desk.good(&["-C", "office", "check", "--month", "2026-12"]).out;
    assert!(check.contains("其中 1 家已不在池中"), "{check}");
    desk.commit(2);
    draw(&desk, 2);
    let second = units(&desk, 2, "drawn.txt");
    assert!(!second.contains(&unit) && second.is_superset(&drawn.iter().skip(1).cloned().collect()));
    assert_eq!(verified(&desk), 2);
    let public = desk.public(2);
    let explained = desk.good(&["explain", &unit, public.to_str().expect("a path")]).out;
    assert!(explained.contains("已由作废的") && explained.contains("没有参加抽取"), "{explained}");
    let report = desk.good(&["verify", public.to_str().expect("a path")]).out;
    assert!(report.contains("其中 1 家已不在池中"), "{report}");
}

/// A voided draw's visits did not happen: nobody rests because of them.
#[test]
fn a_voided_draw_is_no_visit() {
    let desk = office(|policy| policy.replace("cooldown_months = 0", "cooldown_months = 3"));
    let first = inputs_only(&desk, 1);
    void(&desk, "staffing");
    desk.commit(2);
    draw(&desk, 2);
    assert_eq!(units(&desk, 2, "drawn.txt"), first);
    // A draw that is recorded counts from the last day of its window, visited or not:
    // within the same month and three months on, nobody of it is drawn again.
    desk.commit(3);
    let standing = std::fs::read_to_string(desk.public(3).join("units.txt")).expect("a table");
    let standing: BTreeMap<&str, &str> = standing
        .lines()
        .skip(1)
        .map(|line| line.split_once(' ').expect("a line"))
        .map(|(id, rest)| (id, rest.split(' ').next().unwrap_or_default()))
        .collect();
    assert!(first.iter().all(|unit| standing[unit.as_str()] == "excluded:cooldown"));
    draw(&desk, 3);
    assert!(units(&desk, 3, "drawn.txt").is_disjoint(&first));
    assert_eq!(verified(&desk), 3);
}

#[test]
fn a_draw_with_a_result_is_not_voided() {
    let desk = open();
    draw(&desk, 1);
    desk.bad(&["-C", "office", "void", "--reason", "staffing"], 8, "不能作废");
    std::fs::remove_file(desk.public(1).join("record.sha256")).expect("a file");
    desk.bad(&["-C", "office", "void", "--reason", "staffing"], 8, "再运行一次 yaohao draw");
    std::fs::remove_file(desk.public(1).join("record.txt")).expect("a file");
    desk.bad(&["-C", "office", "void", "--reason", "staffing"], 8, "结果已开始公布");
    draw(&desk, 1);
    assert_eq!(verified(&desk), 1);
}

#[test]
fn a_void_that_is_cut_short_is_finished_and_nothing_else_is_done() {
    let desk = open();
    inputs_only(&desk, 1);
    void(&desk, "staffing");
    let whole = desk.files("office/public");
    for lost in [&["void.sha256"][..], &["void.sha256", "voided.txt"]] {
        for file in lost {
            std::fs::remove_file(desk.public(1).join(file)).expect("a file");
        }
        let nonce = desk.witness(1, "nonce");
        let arguments =
            ["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce];
        desk.bad(&arguments, 8, "正在作废");
        desk.bad(&["-C", "office", "void", "--reason", "register"], 8, "已写明的原因");
        void(&desk, "staffing");
        assert_eq!(desk.files("office/public"), whole);
    }
}

/// Tables of a district with three items: each kind of unit is due for two of them or all.
fn with_three_items(name: &str) -> Vec<u8> {
    let basis = "《中华人民共和国消防法》第五十三条";
    match name {
            // XF02 for both kinds of key units, XF03 for general units and crowded key units.
            "items" => format!(
                "事项编码,抽查事项,检查依据,适用单位类别,所需技能\nXF01,消防安全检查,{basis},,\nXF02,疏散条件检查,{basis},重点单位（其他）、重点单位（人员密集场所）,疏散\nXF03,联合检查,{basis},一般单位、重点单位（人员密集场所）,\n"
            )
            .into_bytes(),
            "inspectors" => {
                let mut rows = "执法证号,姓名,部门,片区,主办资格,证件有效期至,专业技能,专家\n".to_owned();
                for n in 0..10 {
                    let (zone, lead) = (["东片", "西片"][n % 2], if n < 6 { "是" } else { "否" });
                    let skill = if n < 4 { "疏散" } else { "" };
                    rows += &format!("SL{n:04},示例人员{n:02},,{zone},{lead},2028-12-31,{skill},否\n");
                }
                for n in 10..14 {
                    let (department, expert) = if n < 12 { ("公安分局", "否") } else { ("", "是") };
                    rows += &format!("SL{n:04},示例人员{n:02},{department},东片,否,2028-12-31,,{expert}\n");
                }
                rows.into_bytes()
            }
            _ => table(name),
        }
}

/// 综合查一次: a unit that two items apply to is drawn once and visited once, for both,
/// by a team that both accept.
#[test]
fn a_unit_due_for_two_items_is_one_visit_that_keeps_both() {
    let shapes = "[team.departments]\npolice = \"公安分局\"\n[[team.shape]]\nitems = [\"XF02\"]\nslots = [\"lead\", \"assistant\", \"expert\"]\n[[team.shape]]\nitems = [\"XF03\"]\nslots = [\"lead\", \"assistant\", \"police\"]\n";
    let joint = "[[team.shape]]\nitems = [\"XF02\", \"XF03\"]\nslots = [\"lead\", \"assistant\", \"police\", \"expert\"]\n";
    let policy = |shapes: &str| {
        POLICY
            .replace("[\"XF01\"]", "[\"XF01\", \"XF02\", \"XF03\"]")
            .replace(
                "XF01 = \"announced\"",
                "XF01 = \"announced\"\nXF02 = \"announced\"\nXF03 = \"announced\"",
            )
            .replace("[workload]", &format!("{shapes}[workload]"))
    };
    // No team of the policy has both an expert and somebody of the police.
    let desk = Desk::with(&policy(shapes), with_three_items);
    desk.bad(&["-C", "office", "check", "--month", "2026-12"], 7, "items = [\"XF01\", \"XF02\", \"XF03\"]");
    let desk = Desk::with(&policy(&format!("{shapes}{joint}")), with_three_items);
    desk.commit(1);
    draw(&desk, 1);
    assert_eq!(verified(&desk), 1);
    let drawn = std::fs::read_to_string(desk.public(1).join("drawn.txt")).expect("a table");
    let teams = std::fs::read_to_string(desk.public(1).join("teams.txt")).expect("a table");
    let result = std::fs::read_to_string(desk.private(1).join("result.csv")).expect("the result");
    let both: Vec<&str> = result.lines().filter(|line| line.contains("XF01、XF02、XF03")).collect();
    assert!(both.len() >= 2, "{result}");
    let skilled = ["SL0000", "SL0001", "SL0002", "SL0003"];
    for row in both {
        let unit = row.split(',').next().expect("an id");
        let of = |table: &str| {
            table.lines().filter(|line| line.starts_with(unit)).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!((of(&drawn).len(), of(&teams).len()), (1, 1), "one visit");
        let team = &of(&teams)[0];
        assert!(team.contains(" police=") && team.contains(" expert="), "{team}");
        let lead = row.split(',').nth(9).expect("a certificate");
        assert!(skilled.contains(&lead), "the lead has the skill that one of the items asks for: {row}");
        let public = desk.public(1);
        let explained = desk.good(&["explain", unit, public.to_str().expect("a path")]).out;
        let items = "应查事项：XF01 消防安全检查、XF02 疏散条件检查、XF03 联合检查；中签后一次查完";
        assert!(explained.contains(items), "{explained}");
    }
}
