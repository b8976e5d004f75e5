//! The slip at the door: made, read, checked, cut into codes, printed.

#[path = "slip/attacks.rs"]
mod attacks;
#[path = "slip/case.rs"]
mod case;
#[path = "slip/codes.rs"]
mod codes;
mod district;
#[path = "slip/door.rs"]
mod door;
mod terminal;

use case::{Careful, Case, World, day, numbers};
use std::collections::BTreeSet;
use yaohao::digest::{Digest, Suite};
use yaohao::log::Published;
use yaohao::note::{Algorithm, LogPolicy, SigningKey, VerifierKey};
use yaohao::problem::Kind;
use yaohao::record::{self, ReplaceFile};
use yaohao::slip::{Asked, Maker, Notice, Office, Parts, Slip, Team, check, codes as codes_of, html, made};
use yaohao::verify::{Status, Verdict};

#[test]
fn every_slip_of_a_draw_is_true_and_has_one_form() {
    for suite in [Suite::Sha256, Suite::Sm3] {
        let case = Case::new(suite);
        let units = case.units();
        assert!(units.len() > 10 && units.contains(&case.changed));
        for unit in &units {
            let slip = case.logged(unit);
            let report = Careful::of(&slip).check(&slip);
            assert_eq!(report.verdict, Verdict::Verified, "{report:?}");
            assert_eq!((&report.unit, report.certificates.len()), (unit, 2));
            let text = slip.text();
            assert_eq!(Slip::read(text.as_bytes()).as_ref(), Ok(&slip));
            let changed = matches!(slip.team, Team::Replaced(1, _));
            assert_eq!(changed, *unit == case.changed);
            assert_eq!(slip.logged.as_ref().expect("logged").change.is_some(), changed);
        }
    }
}

/// A slip is shown to one unit while everything else is still sealed.
#[test]
fn a_slip_tells_nothing_of_other_units_and_people() {
    let case = Case::new(Suite::Sha256);
    for unit in case.units() {
        let slip = case.logged(&unit);
        let text = slip.text();
        let mine: BTreeSet<String> = numbers(&slip).into_iter().collect();
        for other in case.units().iter().filter(|other| **other != unit) {
            assert!(!text.contains(other.as_str()), "{other} on the slip of {unit}");
        }
        for card in case.cards.values().filter(|card| !mine.contains(&card.certificate)) {
            assert!(!text.contains(&card.certificate) && !text.contains(&card.salt));
        }
        assert!(!text.contains("示例人员") && !text.contains("示例单位"));
        // Team lines and dockets hold names and salts of everybody.
        let sealed = ["teams.txt", "dockets.txt"]
            .map(|file| String::from_utf8_lossy(&case.folder.0[file]).into_owned());
        let salts =
            sealed.iter().flat_map(|text| text.lines().skip(1)).filter(|line| !line.starts_with(&unit));
        for salt in salts.filter_map(|line| line.split(' ').nth(1)) {
            assert!(!text.contains(salt));
        }
        let debug = format!("{slip:?}");
        assert!(!debug.contains(&slip.members[0].card.salt) && debug.contains("CardOpening(secret)"));
    }
}

/// Openings of the attributes hash, redone by hand.
#[test]
fn a_card_opens_the_line_of_its_inspector() {
    let case = Case::new(Suite::Sha256);
    for line in &case.inspectors().lines {
        let card = &case.cards[&line.name];
        assert_eq!(card.attributes(Suite::Sha256, "example/2026/001", &line.name), line.attributes);
        assert_ne!(card.attributes(Suite::Sha256, "example/2026/002", &line.name), line.attributes);
        assert_ne!(card.attributes(Suite::Sha256, "example/2026/001", "P99"), line.attributes);
        assert_ne!(card.attributes(Suite::Sm3, "example/2026/001", &line.name), line.attributes);
    }
}

#[test]
fn a_slip_without_log_needs_the_announced_hash() {
    let case = Case::new(Suite::Sha256);
    let slip = case.slip(&case.unchanged());
    let careful = Careful::of(&slip);
    let blank = Asked { policy: None, ..careful.asked() };
    let report = check(&slip, &blank);
    let statuses: Vec<Status> = report.checks.iter().map(|check| check.status).collect();
    assert_eq!(statuses, [[Status::Pass; 5].as_slice(), &[Status::NotRun; 4]].concat());
    assert_eq!(report.verdict, Verdict::Incomplete);
    assert!(report.checks[5].evidence.zh.contains(&slip.record_id().to_string()));
    let told = check(&slip, &Asked { record: Some(slip.record_id()), ..blank });
    assert_eq!(told.verdict, Verdict::Verified);
    // Logged, but nobody told whose log it should be.
    let logged = case.logged(&case.unchanged());
    let report = check(&logged, &blank);
    assert_eq!((report.checks[6].status, report.checks[7].status), (Status::Pass, Status::NotRun));
    assert_eq!(report.verdict, Verdict::Incomplete);
    // A policy that asks for no witness.
    let mut world = World::new();
    world.present.clear();
    let text = world.policy_text().replace("quorum two", "quorum none");
    let policy = yaohao::note::LogPolicy::read(text.as_bytes()).expect("a policy");
    let mut slip = logged;
    let checkpoint = slip.logged.as_ref().expect("logged").note.text().to_owned();
    slip.logged.as_mut().expect("logged").note = world.sign(&checkpoint);
    assert_eq!(check(&slip, &Asked { policy: Some(&policy), ..blank }).verdict, Verdict::Verified);
}

/// From a log as it is published: the latest checkpoint with a quorum, and no
/// signature too many.
#[test]
fn a_slip_takes_from_the_log_what_proves_it() {
    let case = Case::new(Suite::Sha256);
    for unit in [case.unchanged(), case.changed.clone()] {
        let slip = case.slip(&unit);
        let mut world = World::new();
        world.present = vec![0, 1, 2];
        let log = world.published(&case, &slip);
        let fetch = |path: &str| log.get(path).cloned();
        let policy = world.policy();
        let published = Published::read(&policy, &fetch).expect("a sound log");
        let logged = slip.clone().in_log(&published, &policy).expect("all are there");
        assert_eq!(Careful::of(&logged).check(&logged).verdict, Verdict::Verified);
        let note = &logged.logged.as_ref().expect("logged").note;
        assert_eq!(note.signatures().len(), 3, "the log and two of three witnesses");
        assert!(note.text().contains("\n41\n"), "the latest with a quorum, not the latest: {}", note.text());
        // An unlogged record, and a quorum that was never there.
        let mut other = slip.clone();
        other.record.prices = Digest([1; 32]);
        assert_eq!(other.in_log(&published, &policy).expect_err("not logged").kind, Kind::State);
        let all = world.policy_text().replace("two 2", "two 3").replace("w0 w1 w2", "w0 w1 w3");
        let all = all.replace("group", &format!("witness w3 {}\ngroup", stranger()));
        let strict = LogPolicy::read(all.as_bytes()).expect("a policy");
        let refused = slip.in_log(&published, &strict).expect_err("the third never cosigned");
        assert!(refused.kind == Kind::State && refused.what.zh.contains("足够的见证"));
    }
}

fn stranger() -> VerifierKey {
    let key = SigningKey::new("stranger.example", Algorithm::Ed25519Cosignature, &[77; 32]);
    key.expect("a key").verifier().clone()
}

#[test]
fn nobody_gets_a_slip_before_his_team_is_settled() {
    let case = Case::new(Suite::Sha256);
    let mut folder = case.folder.clone();
    folder.0.remove(&ReplaceFile::Result.name(1));
    let maker = Maker::new(case.suite, &folder, &case.cards).expect("a finished draw");
    let refused = maker.slip(&case.changed).expect_err("a request is open");
    assert_eq!(refused.kind, Kind::State);
    assert!(maker.slip(&case.unchanged()).is_ok());
    assert_eq!(maker.slip("91500112000000000X").expect_err("not drawn").kind, Kind::Usage);
    let missing = |file: &str| {
        let mut folder = case.folder.clone();
        folder.0.remove(file);
        Maker::new(case.suite, &folder, &case.cards).map(drop).expect_err(file).kind
    };
    assert_eq!(missing(record::RECORD), Kind::State);
    assert_eq!(missing(record::DRAWN), Kind::State);
    let mut folder = case.folder.clone();
    folder.0.insert(record::TEAMS.to_owned(), b"yaohao/teams/v1\n".to_vec());
    let maker = Maker::new(case.suite, &folder, &case.cards).expect("all files are there");
    assert_eq!(maker.slip(&case.unchanged()).expect_err("no team").kind, Kind::Unreadable);
}

// ---- the page ------------------------------------------------------------------------

fn notice(slip: &Slip, names: &[&str]) -> Notice {
    let office = Office {
        name: "示例消防救援大队",
        unit: "示例 <b>\"&\" 酒店",
        items: vec!["消防安全检查", "高层建筑消防设施"],
        roles: vec!["主办".to_owned(), "协办".to_owned()],
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        phone: Some("023-00000000"),
        site: Some("https://www.example.gov.cn/xfcc"),
        visit: Some(day()),
        dated: day().plus_days(-2),
    };
    let parts = Parts { texts: vec![String::new(); 3], plain: 2000, packed: 1400 };
    Notice::new(slip, &office, &made(&parts, 18))
}

#[test]
fn the_page_says_what_the_unit_has_to_know() {
    let case = Case::new(Suite::Sha256);
    let slip = case.logged(&case.changed);
    let (_, codes) = codes_of(&slip.text()).expect("it fits");
    let page = html(&notice(&slip, &[]), &codes);
    let [lead, assistant] = &numbers(&slip)[..] else { panic!("two people") };
    for wanted in [
        "示例 &lt;b&gt;&quot;&amp;&quot; 酒店",
        &slip.drawn.unit,
        "2026年12月8日（期间12月1日至31日）",
        "消防安全检查、高层建筑消防设施。",
        &format!("主办（执法证号 {lead}）、协办（执法证号 {assistant}）（第 1 次换人之后）。"),
        "致电 023-00000000",
        "2026年12月6日",
        &slip.record_id().to_string(),
        &slip.change().expect("changed").to_string(),
        "fire.example/log 41 ",
        "2000 字节，压缩后 1400 字节；二维码 3 个，版本 18，纠错级别 M，模块 0.50 毫米",
        &format!("example/2026/001-{:03}", slip.path.index + 1),
    ] {
        assert!(page.contains(wanted), "no {wanted:?} in the page");
    }
    assert_eq!(page.matches("<svg ").count(), codes.len());
    // More words or codes than a page holds at full size are set smaller.
    assert!(!notice(&slip, &[]).is_crowded(4) && notice(&slip, &[]).is_crowded(5));
    let mut long = notice(&slip, &[]);
    long.paragraphs[2].text = "消防安全检查、".repeat(30);
    assert!(long.is_crowded(1) && html(&long, &codes).contains("sheet crowded"));
    // Self-contained: nothing is fetched and nothing runs.
    let address = "抽查机关网站（https://www.example.gov.cn/xfcc）上的核验页";
    assert!(page.contains(address), "the way to check without a program");
    let outside = page.replace("http://www.w3.org/2000/svg", "").replace(address, "");
    for forbidden in ["http", "<script", "src=", "url(", "@import", "<link", "示例人员", "on-load"] {
        assert!(!outside.contains(forbidden), "{forbidden}");
    }
    let named = html(&notice(&slip, &["甲某", "乙某"]), &codes);
    assert!(named.contains(&format!("主办（甲某，执法证号 {lead}）")));
}

#[test]
fn days_of_the_window_are_said_once() {
    let case = Case::new(Suite::Sha256);
    let mut slip = case.slip(&case.unchanged());
    let time = |slip: &Slip, visit: Option<&str>| {
        let office = Office {
            name: "甲",
            unit: "乙",
            items: vec![],
            roles: vec![],
            names: vec![],
            phone: None,
            site: None,
            visit: visit.map(|day| day.parse().expect("a day")),
            dated: day(),
        };
        Notice::new(slip, &office, "").paragraphs[1].text.clone()
    };
    assert_eq!(time(&slip, None), "2026年12月1日至31日。");
    slip.record.window.last = "2027-01-05".parse().expect("a day");
    assert_eq!(time(&slip, None), "2026年12月1日至2027年1月5日。");
    assert_eq!(time(&slip, Some("2026-12-09")), "2026年12月9日（期间2026年12月1日至2027年1月5日）。");
    assert_eq!(time(&slip, Some("2027-01-04")), "2027年1月4日（期间2026年12月1日至2027年1月5日）。");
    slip.record.window.first = "2027-01-01".parse().expect("a day");
    assert_eq!(time(&slip, None), "2027年1月1日至5日。");
    slip.record.window.last = "2027-11-05".parse().expect("a day");
    assert_eq!(time(&slip, None), "2027年1月1日至11月5日。");
}
