//! Somebody cannot go: request, link, stand-in, through the real commands of the
//! office and of the witness.

mod terminal;

use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;
use terminal::{DICE, Desk, Run};
use yaohao::digest::{Digest, Suite};
use yaohao::pairing::instance::{Instance, Pairing, Seat, Visit};
use yaohao::pairing::stand_in::{Bench, Unfilled, key};
use yaohao::seed::{ChainSecret, Seed, link_before};

/// docs/spec/pairing.md, Late changes.
#[test]
fn the_example_of_the_specification_comes_out() {
    let visit = |unit: &str, slots: [&[u32]; 2]| Visit::new(unit, slots.map(<[u32]>::to_vec));
    let instance = Instance {
        bands: 1,
        seed: Seed::sha256(Digest::of(&[b"example\n"])),
        inspectors: [0, 0, 1, 0].map(|carried| Seat { capacity: 3, carried }).to_vec(),
        visits: vec![
            visit("U1", [&[0, 1], &[0, 1, 2, 3]]),
            visit("U2", [&[0, 1], &[1, 2, 3]]),
            visit("U3", [&[0], &[0, 1, 2, 3]]),
        ],
    };
    let price = |rest: i128| (2 << 111) + rest;
    let prices =
        [144_221_923_554_957_866, 144_261_401_313_132_544, 144_231_331_956_667_396, 144_364_828_736_810_850];
    let pairing =
        Pairing { teams: vec![vec![0, 3], vec![1, 2], vec![0, 1]], prices: prices.map(price).to_vec() };
    let (draw, secret) = ("example/2026/001".parse().expect("a draw"), Digest::of(&[b"chain\n"]).0);
    let link = |number| ChainSecret::new(secret).link(Suite::Sha256, &draw, "discipline", 3, number);
    assert!(link(0).to_string().starts_with("f95915db") && link(3) == Digest(secret));
    assert_eq!(link_before(Suite::Sha256, &draw, "discipline", &link(1)), link(0));
    let key = key(&instance.seed, &[link(1)], "U1");
    assert!(key.to_string().starts_with("9b7772cf"));
    let mut bench = Bench::new(&instance, &pairing);
    let vacancy = bench.vacancy("U1", 3).expect("somebody");
    assert_eq!((vacancy.slot, &vacancy.candidates[..]), (1, &[1, 2][..]));
    let offers = bench.offers(&vacancy, key);
    let tickets: Vec<(u32, u64)> = offers.iter().map(|offer| (offer.rank, offer.ticket)).collect();
    assert_eq!(tickets, [(2, 233_104_725_496_057), (1, 239_520_384_814_923)]);
    // Who was replaced is out; so is who is in the team, or full.
    bench.fill(&vacancy, 2);
    assert_eq!(bench.team(0), [0, 2]);
    assert_eq!(bench.vacancy("U1", 2).expect("somebody").candidates, [1]);
    let nobody = Unfilled::Nobody { docket: 4, busy: 2, gone: 1, full: 1 };
    let mut full = instance.clone();
    full.inspectors[1].capacity = 2;
    let mut bench = Bench::new(&full, &pairing);
    bench.fill(&bench.vacancy("U1", 3).expect("2"), 2);
    assert_eq!(bench.vacancy("U1", 2), Err(nobody));
    assert_eq!(bench.vacancy("U1", 1), Err(Unfilled::NotInTeam));
    assert_eq!(bench.vacancy("U9", 1), Err(Unfilled::NotDrawn));
}

/// A drawn unit with the public names of its team.
#[derive(Debug, Clone)]
struct Drawn {
    unit: String,
    team: Vec<String>,
}

fn drawn() -> Desk {
    let desk = Desk::committed(1);
    draw(&desk);
    desk
}

fn draw(desk: &Desk) {
    let nonce = desk.witness(1, "nonce");
    desk.good(&["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce]);
}

/// The drawn units, from a file in the form of teams.txt.
fn teams(text: &str) -> Vec<Drawn> {
    let team = |line: &str| {
        let mut words = line.split(' ');
        let unit = words.next().expect("a unit").to_owned();
        let names = words.skip(1).filter_map(|word| word.split('=').nth(1));
        Drawn { unit, team: names.map(str::to_owned).collect() }
    };
    text.lines().skip(1).map(team).collect()
}

fn first(desk: &Desk) -> Drawn {
    let text = std::fs::read_to_string(desk.public(1).join("teams.txt")).expect("teams");
    teams(&text).swap_remove(0)
}

fn ask(desk: &Desk, unit: &str, absent: &str) -> Run {
    desk.run(&["-C", "office", "replace", unit, "--absent", absent, "--reason", "absent"])
}

fn link(desk: &Desk) -> Run {
    let (public, chain) = (desk.public(1), desk.witness(1, "chain"));
    desk.run(&["link", public.to_str().expect("a path"), "--chain", &chain, "--out", "witness"])
}

fn link_file(desk: &Desk, number: u32) -> String {
    desk.witness(1, "link").replace(".link", &format!("-{number:03}.link"))
}

fn answer(desk: &Desk, number: u32) -> Run {
    desk.run(&["-C", "office", "replace", "--link", &link_file(desk, number)])
}

/// All three steps; who stands in.
fn replace(desk: &Desk, number: u32, unit: &str, absent: &str) -> String {
    for run in [ask(desk, unit, absent), link(desk), answer(desk, number)] {
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    }
    let text = std::fs::read_to_string(desk.public(1).join(format!("replace-{number:03}.txt")));
    let text = text.expect("an answer");
    text.lines().find_map(|line| line.strip_prefix("stand-in ")).expect("a stand-in").to_owned()
}

fn verified(desk: &Desk) -> Run {
    desk.good(&["verify", desk.public(1).to_str().expect("a path")])
}

#[test]
fn a_replacement_verifies_and_both_teams_stay_on_record() {
    let desk = drawn();
    let before = desk.files("office/public");
    let Drawn { unit, team } = first(&desk);
    let stand_in = replace(&desk, 1, &unit, &team[0]);
    assert!(!team.contains(&stand_in));
    let after = desk.files("office/public");
    assert!(before.iter().all(|file| after.contains(file)), "nothing published has changed");
    assert_eq!(after.len(), before.len() + 4);
    assert!(verified(&desk).out.contains("1 次更换重算一致"));
    let status = desk.good(&["-C", "office", "status"]).out;
    assert!(status.contains("换人 1 次"), "{status}");
    // The other slot of the unit, then the stand-in: each has an entry of its own.
    replace(&desk, 2, &unit, &team[1]);
    let third = replace(&desk, 3, &unit, &stand_in);
    assert!(third != team[0], "who was replaced once stands in for nobody");
    assert!(verified(&desk).out.contains("3 次更换重算一致"));
    let explained = desk.good(&["-C", "office", "explain", &unit]).out;
    assert_eq!(explained.matches("次换人：").count(), 3, "{explained}");
    // The office's own table follows, and so does the history of the next draw.
    let table = |name: &str| std::fs::read_to_string(desk.private(1).join(name)).expect("a table");
    let (old, new) = (table("result.csv"), table("result-003.csv"));
    let different: Vec<_> = old.lines().zip(new.lines()).filter(|(a, b)| a != b).collect();
    assert!(matches!(different[..], [(a, b)] if a.starts_with(&unit) && b.starts_with(&unit)));
    let visits = table("visits-003.txt");
    let certificates: BTreeSet<&str> =
        visits.lines().nth(1).and_then(|line| line.split(' ').nth(1)).expect("a team").split(',').collect();
    assert!(certificates.iter().all(|certificate| different[0].1.contains(certificate)));
    desk.commit(2);
    let history = std::fs::read_to_string(desk.private(2).join("history.txt")).expect("a history");
    let line = history.lines().find(|line| line.starts_with(&unit)).expect("the unit's past");
    assert!(certificates.iter().all(|certificate| line.contains(certificate)), "{line}");
}

#[test]
fn a_request_is_published_before_the_link_that_decides_it() {
    let desk = drawn();
    let Drawn { unit, team } = first(&desk);
    assert_eq!(link(&desk).code, 9, "no link without a request");
    assert_eq!(answer(&desk, 1).code, 8, "no answer without a request");
    assert_eq!(ask(&desk, &unit, &team[0]).code, 0);
    let run = desk.run(&["verify", desk.public(1).to_str().expect("a path")]);
    assert!(run.out.contains("在等链节") && run.out.contains("不通过 0"), "{}", run.out);
    assert!(desk.good(&["-C", "office", "status"]).out.contains("第 1 次等链节"));
    assert_eq!(ask(&desk, &unit, &team[0]).code, 0, "asked again, the same request stands");
    let run = ask(&desk, &unit, &team[1]);
    assert_eq!((run.code, run.err.contains("还在等链节")), (8, true), "{}", run.err);
    let shown = link(&desk);
    assert!(shown.out.contains(&unit) && shown.out.contains(&team[0]), "{}", shown.out);
    let file = desk.read(&link_file(&desk, 1));
    assert_eq!(link(&desk).code, 0);
    assert_eq!(desk.read(&link_file(&desk, 1)), file, "asked again, the same link");
    // A link for another request, or a forged one, is refused.
    for (from, to) in [("request ", "request 0"), ("link ", "link 0")] {
        let forged = file.lines().map(|line| {
            let changed = line.strip_prefix(from).map(|rest| format!("{to}{}", &rest[1..]));
            changed.unwrap_or_else(|| line.to_owned()) + "\n"
        });
        let forged: String = forged.collect();
        if forged == file {
            continue;
        }
        desk.write("forged.link", &forged);
        let run = desk.run(&["-C", "office", "replace", "--link", "forged.link"]);
        assert_eq!((run.code, run.err.contains("什么都没有写下")), (9, true), "{}", run.err);
    }
    assert_eq!(answer(&desk, 1).code, 0);
    assert_eq!(answer(&desk, 1).code, 8, "nothing waits any more");
    verified(&desk);
}

#[test]
fn the_witness_refuses_what_was_rewritten_or_skipped() {
    let desk = drawn();
    let Drawn { unit, team } = first(&desk);
    replace(&desk, 1, &unit, &team[0]);
    // Everything of the request is forged well, but its link was released for another one.
    let name = desk.public(1).join("replace-001-request.txt");
    let honest = std::fs::read_to_string(&name).expect("a request");
    let forged = honest.replace("reason absent", "reason unfit");
    std::fs::write(&name, &forged).expect("a request");
    let list = desk.public(1).join("replace-001-request.sha256");
    let sums = std::fs::read_to_string(&list).expect("a list");
    let hash = yaohao::digest::Digest::of(&[forged.as_bytes()]);
    std::fs::write(&list, format!("{hash}  replace-001-request.txt\n")).expect("a list");
    let run = link(&desk);
    assert_eq!((run.code, run.err.contains("被改动或撤走")), (9, true), "{}", run.err);
    std::fs::write(&name, honest).expect("a request");
    std::fs::write(&list, sums).expect("a list");
    // A witness that lost its log does not start anew.
    let log = desk.path(&desk.witness(1, "released"));
    let kept = std::fs::read_to_string(&log).expect("the log");
    std::fs::remove_file(&log).expect("the log");
    assert_eq!(ask(&desk, &unit, &team[1]).code, 0);
    let run = link(&desk);
    assert_eq!((run.code, run.err.contains("不能放出")), (9, true), "{}", run.err);
    std::fs::write(&log, kept).expect("the log");
    assert_eq!(link(&desk).code, 0);
    // The chain of another draw.
    desk.good(&["nonce", "--draw", "example/2026/009", "--party", "discipline", "--out", "other"]);
    let public = desk.public(1);
    let other = ["link", public.to_str().expect("a path"), "--chain", "other/discipline-2026-009.chain"];
    desk.bad(&other, 9, "没有 discipline 的这条链");
}

#[test]
fn wrong_requests_are_refused_and_nothing_is_written() {
    let desk = drawn();
    let Drawn { unit, team } = first(&desk);
    let before = desk.files("office");
    let request = |unit: &str, absent: &str, reason: &str| {
        desk.run(&["-C", "office", "replace", unit, "--absent", absent, "--reason", reason])
    };
    let stranger = (1..).map(|n| format!("P{n:02}")).find(|name| !team.contains(name)).expect("somebody");
    for (run, code, what) in [
        (request(&unit, &stranger, "absent"), 2, "不在"),
        (request(&unit, "P99", "absent"), 2, "没有这个人"),
        (request(&unit, &team[0], "mood"), 2, "不认识的原因"),
        (request("nowhere", &team[0], "absent"), 2, "名录里没有"),
        (desk.run(&["-C", "office", "replace", &unit]), 2, "缺少"),
    ] {
        assert_eq!((run.code, run.err.contains(what)), (code, true), "{what}: {}", run.err);
    }
    assert_eq!(desk.files("office"), before);
}

#[test]
fn where_nobody_is_left_no_link_is_used() {
    let desk = drawn();
    let Drawn { unit, team } = first(&desk);
    let mut lead = team[0].clone();
    // One lead after the other of the zone cannot go.
    for number in 1..40 {
        let before = desk.files("office");
        let run = ask(&desk, &unit, &lead);
        if run.code != 0 {
            assert_eq!(run.code, 10, "{}", run.err);
            assert!(run.err.contains("无人可接替") && run.err.contains("人已被换下"), "{}", run.err);
            assert_eq!(desk.files("office"), before, "nothing is written");
            assert!(number > 2, "somebody stood in first");
            verified(&desk);
            return;
        }
        assert_eq!((link(&desk).code, answer(&desk, number).code), (0, 0));
        let text = std::fs::read_to_string(desk.public(1).join(format!("replace-{number:03}.txt")));
        let text = text.expect("an answer");
        lead = text.lines().find_map(|line| line.strip_prefix("stand-in ")).expect("one").to_owned();
    }
    panic!("a zone without end");
}

#[test]
fn a_step_cut_short_is_taken_up_where_it_stopped() {
    let desk = drawn();
    let Drawn { unit, team } = first(&desk);
    assert_eq!(ask(&desk, &unit, &team[0]).code, 0);
    let list = desk.public(1).join("replace-001-request.sha256");
    std::fs::remove_file(&list).expect("a list");
    assert_eq!(ask(&desk, &unit, &team[0]).code, 0);
    assert!(list.exists());
    assert_eq!((link(&desk).code, answer(&desk, 1).code), (0, 0));
    let list = desk.public(1).join("replace-001.sha256");
    std::fs::remove_file(&list).expect("a list");
    assert_eq!(answer(&desk, 1).code, 0);
    assert!(list.exists());
    verified(&desk);
}

#[test]
fn without_a_chain_nobody_can_be_replaced() {
    let desk = Desk::with_example();
    let number = desk.draw(1);
    let nonce = ["nonce", "--draw", &number, "--party", "discipline", "--out", "witness", "--links", "0"];
    desk.good(&nonce);
    let file = desk.witness(1, "commitment");
    desk.good(&["-C", "office", "commit", "--month", "2026-12", "--commitment", &file]);
    desk.bad(&["-C", "office", "replace", "x", "--absent", "P01", "--reason", "absent"], 8, "无人可换");
    draw(&desk);
    assert!(verified(&desk).out.contains("没有更换过人员"));
    let Drawn { unit, team } = first(&desk);
    let run = ask(&desk, &unit, &team[0]);
    assert_eq!((run.code, run.err.contains("没有监督方的链")), (8, true), "{}", run.err);
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
fn a_sealed_draw_shows_only_hashes_until_it_is_opened() {
    let desk = Desk::with_example();
    desk.edit("office/policy.toml", "XF03 = \"announced\"", "XF03 = \"until-visit\"");
    let policy = desk.read("office/policy.toml");
    let lines = policy.lines().map(|line| match line.starts_with("open_within_days") {
        true => "open_within_days = 90\n".to_owned(),
        false => format!("{line}\n"),
    });
    desk.write("office/policy.toml", &lines.collect::<String>());
    let number = desk.draw(1);
    desk.good(&["nonce", "--draw", &number, "--party", "discipline", "--out", "witness"]);
    let file = desk.witness(1, "commitment");
    desk.good(&["-C", "office", "commit", "--month", &last_month(), "--commitment", &file]);
    draw(&desk);
    let path = desk.private(1).join("sealed/teams.txt");
    let Drawn { unit, team } =
        teams(&std::fs::read_to_string(path).expect("the sealed teams")).swap_remove(0);
    assert_eq!((ask(&desk, &unit, &team[1]).code, link(&desk).code), (0, 0));
    assert_eq!(answer(&desk, 1).code, 0);
    let names = || -> BTreeSet<String> {
        let files = std::fs::read_dir(desk.public(1)).expect("the folder");
        files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned()).collect()
    };
    let shown: Vec<String> = names().into_iter().filter(|name| name.starts_with("replace-")).collect();
    assert_eq!(shown, ["replace-001-request.sha256", "replace-001.sha256"]);
    let run = desk.run(&["verify", desk.public(1).to_str().expect("a path")]);
    assert!(run.code == 4 && run.out.contains("不通过 0"), "{}", run.out);
    // The public cannot be told; the office can.
    let run = desk.good(&["-C", "office", "explain", &unit, "--pairing"]);
    assert!(run.out.contains("密封的抽取在检查期后公开") && !run.out.contains("次换人"), "{}", run.out);
    let run = desk.good(&["-C", "office", "explain", &unit, "--pairing", "--names"]);
    assert!(run.out.contains("第 1 次换人") && run.out.contains("示例人员"), "{}", run.out);
    // A second request waits when the draw is opened: it is published all the same.
    assert_eq!(ask(&desk, &unit, &team[0]).code, 0);
    desk.good(&["-C", "office", "open"]);
    assert_eq!(names().iter().filter(|name| name.starts_with("replace-")).count(), 6);
    let run = desk.run(&["verify", desk.public(1).to_str().expect("a path")]);
    assert!(run.code == 4 && run.out.contains("第 2 次更换的申请在等链节"), "{}", run.out);
    let run = ask(&desk, &unit, &team[0]);
    assert_eq!((run.code, run.err.contains("不能再换人")), (8, true), "{}", run.err);
}

#[test]
fn names_and_secrets_stay_in_the_office() {
    let desk = drawn();
    let Drawn { unit, team } = first(&desk);
    let table = std::fs::read_to_string(desk.private(1).join("result.csv")).expect("the result");
    let row: Vec<&str> =
        table.lines().find(|line| line.starts_with(&unit)).expect("a row").split(',').collect();
    // The absent one by certificate number: the request says the public name.
    let (name, certificate) = (row[row.len() - 4], row[row.len() - 3]);
    let mut shown = String::new();
    for run in [ask(&desk, &unit, certificate), link(&desk), answer(&desk, 1)] {
        assert_eq!(run.code, 0, "{}", run.err);
        shown += &(run.out + &run.err);
    }
    let chain = desk.read(&desk.witness(1, "chain"));
    let secret = chain.lines().last().and_then(|line| line.strip_prefix("chain ")).expect("a secret");
    let public: String = desk
        .files("office/public")
        .iter()
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    assert!(public.contains(&format!("absent {}", team[0])));
    for canary in [name, certificate, secret, "示例人员"] {
        assert!(!public.contains(canary) && !shown.contains(canary), "{canary}");
    }
    // Nobody can ask for names of a public folder.
    let public = desk.public(1);
    let run = desk.run(&["explain", &unit, public.to_str().expect("a path"), "--pairing", "--names"]);
    assert_eq!(run.code, 2, "{}", run.out);
}

fn number(value: &Value) -> u128 {
    value.as_str().expect("a text").parse().expect("a number")
}

#[test]
fn a_row_of_the_pairing_can_be_redone_by_hand() {
    let desk = drawn();
    let Drawn { unit, team } = first(&desk);
    replace(&desk, 1, &unit, &team[1]);
    let public = desk.public(1);
    let public = public.to_str().expect("a path");
    let run = desk.good(&["explain", &unit, public, "--pairing", "--json"]);
    let value: Value = serde_json::from_str(&run.out).expect("JSON");
    let row = &value["pairing"];
    let slots = row["slots"].as_array().expect("slots");
    assert_eq!(slots.len(), team.len());
    let mut sums = vec![(0, Vec::<String>::new())];
    for (slot, member) in slots.iter().zip(&team) {
        let candidates = slot["candidates"].as_array().expect("candidates");
        let totals: Vec<u128> = candidates.iter().map(|c| number(&c["total"])).collect();
        assert!(totals.is_sorted());
        assert!(candidates.iter().all(|c| number(&c["ticket"]) + number(&c["price"]) == number(&c["total"])));
        let chosen: Vec<_> = candidates.iter().filter(|c| c["chosen"] == true).map(|c| &c["name"]).collect();
        assert_eq!(chosen, [member]);
        let more = sums.iter().flat_map(|(sum, people)| {
            let free = candidates.iter().filter(|c| !people.iter().any(|name| c["name"] == **name));
            free.map(move |c| {
                let name = c["name"].as_str().expect("a name").to_owned();
                (sum + number(&c["total"]), [people.clone(), vec![name]].concat())
            })
        });
        sums = more.collect();
    }
    sums.sort();
    // All teams tried: the published one is the cheapest, the runner-up comes next.
    // Where both cost the same, the whole plan decides: least prices make ties.
    let cheapest: Vec<&Vec<String>> = sums.iter().filter(|s| s.0 == sums[0].0).map(|s| &s.1).collect();
    assert!(number(&row["chosen"]["total"]) == sums[0].0 && cheapest.contains(&&team));
    assert_eq!(number(&row["runner_up"]["total"]), sums[1].0);
    let commands = [&row["key"], &row["changes"][0]["key"]];
    for proof in commands {
        let printed = shell(proof["command"].as_str().expect("a command"));
        assert_eq!(printed.split(' ').next(), proof["prints"].as_str(), "{proof}");
    }
    if Command::new("openssl").arg("version").output().is_ok() {
        let word = &row["word"];
        assert_eq!(
            shell(word["command"].as_str().expect("a command")),
            word["prints"].as_str().expect("hex")
        );
    }
    let change = &row["changes"][0]["slot"]["candidates"];
    let names: Vec<&Value> = change.as_array().expect("candidates").iter().map(|c| &c["name"]).collect();
    assert_eq!((names[0], &change[0]["chosen"]), (&row["changes"][0]["stand_in"], &Value::Bool(true)));
    assert!(!names.iter().any(|name| team.iter().any(|member| *name == member)));
    let text = desk.good(&["explain", &unit, public, "--pairing"]).out;
    for expected in ["怎样定出", "→", "合计最小的一组", "其次：", "第 1 次换人", "ChaCha20", "第二道题"]
    {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert!(!text.contains("示例人员"));
    let english = desk.good(&["explain", &unit, public, "--pairing", "--lang", "en"]).out;
    assert!(english.contains("people eligible, by ticket + price") && !english.contains("合计"), "{english}");
    // A unit that was not drawn has no row.
    let units = std::fs::read_to_string(desk.public(1).join("units.txt")).expect("units");
    let spared = units.lines().find(|line| line.contains(" excluded:")).expect("an excluded unit");
    let spared = spared.split(' ').next().expect("an id");
    assert!(desk.good(&["explain", spared, public, "--pairing"]).out.contains("没有中签"));
}

fn shell(command: &str) -> String {
    let output = Command::new("sh").arg("-c").arg(command).output().expect("a shell");
    String::from_utf8(output.stdout).expect("text").trim().to_owned()
}
