//! Targeted draws (定向抽查): a campaign beside the month's ordinary draw, with a policy of
//! its own, several items in one visit, and people of a partner department.

mod district;
mod terminal;

use district::small::{POLICY, table, unit_id};
use std::collections::{BTreeMap, BTreeSet};
use terminal::{DICE, Desk};

/// The ordinary policy, in which nobody is visited twice within a quarter.
fn ordinary() -> String {
    POLICY.replace("cooldown_months = 0", "cooldown_months = 3")
}

/// The campaign: two items, only units with their tags, and the police on one of them.
fn campaign() -> String {
    let ordinary = ordinary();
    let (before, _) = ordinary.split_once("[[stratum]]").expect("strata");
    let (_, after) = ordinary.split_once("[team]\n").expect("teams");
    let before = before.replace("items = [\"XF01\"]", "items = [\"XF04\", \"XF05\"]");
    let before = before.replace("XF01 = \"announced\"", "XF04 = \"announced\"\nXF05 = \"announced\"");
    let (team, rest) = after.split_once("[workload]").expect("a workload");
    format!(
        "{before}[[stratum]]\nid = \"service\"\nclasses = [\"key\", \"key-crowd\", \"general\"]\ntags = [\"消防技术服务机构\"]\nby_zone = false\nquota = \"1/2\"\n\
         [[stratum]]\nid = \"lane\"\nclasses = [\"key\", \"key-crowd\", \"general\"]\ntags = [\"消防车通道\"]\nby_zone = false\nquota = \"1/2\"\n\
         [team]\n{team}[team.departments]\npolice = \"区公安分局\"\n[[team.shape]]\nitems = [\"XF05\"]\nslots = [\"lead\", \"assistant\", \"police\"]\n[workload]{rest}"
    )
}

/// The small district with tags, two more items and four of the police.
fn tagged(name: &str) -> Vec<u8> {
    let text = String::from_utf8(table(name)).expect("text");
    let mut rows: Vec<String> = text.lines().map(str::to_owned).collect();
    match name {
        "units" => {
            let tags = ["", "消防技术服务机构", "消防车通道", "消防技术服务机构、消防车通道", ""];
            rows[0].push_str(",行业标签");
            for (n, row) in rows[1..].iter_mut().enumerate() {
                row.push_str(&format!(",{}", tags[n % 5]));
            }
        }
        "inspectors" => {
            rows[0].push_str(",部门");
            rows[1..].iter_mut().for_each(|row| row.push_str(",防火监督科"));
            for n in 0..4 {
                rows.push(format!("GA{n:04},示例民警{n:02},东片,否,2028-12-31,区公安分局"));
            }
        }
        "items" => {
            rows[0].push_str(",适用行业标签");
            rows[1].push(',');
            rows.push(
                "XF04,消防技术服务机构执业情况,《社会消防技术服务管理规定》第二十八条,消防技术服务机构"
                    .to_owned(),
            );
            rows.push("XF05,消防车通道畅通情况,《中华人民共和国消防法》第二十八条,消防车通道".to_owned());
        }
        _ => {}
    }
    (rows.join("\n") + "\n").into_bytes()
}

fn lines(desk: &Desk, number: u32, file: &str) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(desk.public(number).join(file)).expect("a table");
    let split = |line: &str| line.split_once(' ').map(|(unit, rest)| (unit.to_owned(), rest.to_owned()));
    text.lines().skip(1).filter_map(split).collect()
}

fn draw(desk: &Desk, number: u32) {
    let nonce = desk.witness(number, "nonce");
    desk.good(&["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce]);
}

#[test]
fn a_campaign_draws_beside_the_month_with_its_own_policy() {
    let desk = Desk::with(&ordinary(), tagged);
    desk.commit(1);
    draw(&desk, 1);
    desk.write("campaign.toml", &campaign());
    let targeted = ["--month", "2026-12", "--policy", "campaign.toml"];
    let check = desk.good(&[&["-C", "office", "check"], &targeted[..]].concat()).out;
    assert!(check.contains("service") && check.contains("lane") && !check.contains("general"), "{check}");
    let (name, file) = (desk.draw(2), desk.witness(2, "commitment"));
    desk.good(&["nonce", "--draw", &name, "--party", "discipline", "--out", "witness"]);
    desk.good(&[&["-C", "office", "commit"], &targeted[..], &["--commitment", &file]].concat());
    draw(&desk, 2);
    let verified = desk.good(&["verify", "office/public"]).out;
    assert_eq!(verified.matches("结论：核验通过").count(), 2, "{verified}");

    let (first, second) = (lines(&desk, 1, "drawn.txt"), lines(&desk, 2, "drawn.txt"));
    let (first, units): (BTreeSet<_>, BTreeSet<_>) = (first.keys().collect(), second.keys().collect());
    assert!(!units.is_empty() && first.is_disjoint(&units), "no unit is visited twice in a month");
    let teams = lines(&desk, 2, "teams.txt");
    let tags = |unit: &str| (0..60).find(|n| unit_id(*n) == unit).expect("a unit of the register") % 5;
    for (unit, team) in &teams {
        let police = team.contains("police=");
        assert_eq!(
            police,
            matches!(tags(unit), 2 | 3),
            "{unit}: the police come for the fire lane, and only for it"
        );
        assert!(matches!(tags(unit), 1..=3), "{unit} has a tag of the campaign");
    }
    let both = teams.keys().filter(|unit| tags(unit) == 3).count();
    assert!(both > 0, "some unit is drawn for both items, in one visit");
}

#[test]
fn a_campaign_is_of_the_same_office() {
    let desk = Desk::with(&ordinary(), tagged);
    desk.write("campaign.toml", &campaign().replace("id = \"example\"", "id = \"other\""));
    let check = ["-C", "office", "check", "--month", "2026-12", "--policy", "campaign.toml"];
    desk.bad(&check, 6, "office.id 是 other");
    desk.bad(&["-C", "office", "check", "--month", "2026-12", "--policy", "nowhere.toml"], 3, "没有这个文件");
}
