//! The policy file: what ships loads and holds the real towns; every mistake is
//! answered with its line, its column, what is wrong and what to do.
//!
//! tests/policy/ holds one file a mistake. Its first line says
//! `# <line>:<column> | <part of the message> | <part of the remedy>`.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::{BTreeMap, BTreeSet};
use yaohao::digest::Suite;
use yaohao::lang::Lang;
use yaohao::policy::{
    BeaconRule, Fraction, Naming, PerRole, Policy, PublicField, QuotaRule, QuotaSize, Role, Rotation,
    Rounding,
};
use yaohao::problem::{Kind, Problem};
use yaohao::record::Rules;
use yaohao::register::{Class, Credit};
use yaohao::seed::{Beacon, DrandChain, Lottery};
use yaohao::time::Date;

fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn shipped(name: &str) -> Policy {
    Policy::read(name, &read(&format!("config/{name}"))).unwrap_or_else(|e| panic!("{}", e.to(Lang::Zh)))
}

fn good() -> String {
    read("tests/policy/good.toml")
}

/// The good policy with one part replaced.
fn with(from: &str, to: &str) -> Policy {
    let text = good();
    assert_eq!(text.matches(from).count(), 1, "{from}");
    Policy::read("policy.toml", &text.replace(from, to)).unwrap_or_else(|e| panic!("{}", e.to(Lang::Zh)))
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

// ---- the towns ---------------------------------------------------------------------

/// The 22 towns and streets, by their statistical codes.
const TOWNS: [(&str, &str); 22] = [
    ("500112002", "双龙湖街道"),
    ("500112004", "回兴街道"),
    ("500112011", "龙溪街道"),
    ("500112012", "龙山街道"),
    ("500112013", "龙塔街道"),
    ("500112015", "悦来街道"),
    ("500112016", "两路街道"),
    ("500112017", "双凤桥街道"),
    ("500112018", "王家街道"),
    ("500112020", "宝圣湖街道"),
    ("500112023", "仙桃街道"),
    ("500112129", "玉峰山镇"),
    ("500112131", "龙兴镇"),
    ("500112133", "统景镇"),
    ("500112135", "大湾镇"),
    ("500112138", "兴隆镇"),
    ("500112139", "木耳镇"),
    ("500112140", "茨竹镇"),
    ("500112141", "古路镇"),
    ("500112142", "石船镇"),
    ("500112143", "大盛镇"),
    ("500112144", "洛碛镇"),
];

/// The five that went to another district on 2025-11-06.
const LEFT: [&str; 5] = ["大湾镇", "统景镇", "大盛镇", "兴隆镇", "茨竹镇"];

fn names_on(policy: &Policy, day: &str) -> BTreeSet<String> {
    let on = |(code, _): &(&str, &str)| policy.town_on(code, date(day)).map(|town| town.name.clone());
    TOWNS.iter().filter_map(on).collect()
}

#[test]
fn both_shipped_policies_know_the_22_towns() {
    for file in ["policy.toml", "policy-2025-11-06.toml"] {
        let policy = shipped(file);
        let listed: Vec<(&str, &str)> =
            policy.towns.iter().map(|town| (town.code.as_str(), town.name.as_str())).collect();
        assert_eq!(listed, TOWNS, "{file}");
        assert_eq!(policy.zones.keys().collect::<Vec<_>>(), ["z1", "z2", "z3", "z4"], "{file}");
        let used: BTreeSet<&str> = policy.towns.iter().map(|town| town.zone.as_str()).collect();
        assert_eq!(used.len(), 4, "every zone has a town ({file})");
    }
}

#[test]
fn exactly_five_towns_leave_on_2025_11_06() {
    let all: BTreeSet<String> = TOWNS.iter().map(|(_, name)| (*name).to_owned()).collect();
    let policy = shipped("policy-2025-11-06.toml");
    for day in ["2023-01-01", "2025-11-05"] {
        assert_eq!(names_on(&policy, day), all, "{day}");
    }
    for day in ["2025-11-06", "2025-11-07", "2026-12-01"] {
        let left: BTreeSet<&String> = all.iter().filter(|name| LEFT.contains(&name.as_str())).collect();
        let missing = names_on(&policy, day);
        assert_eq!(all.difference(&missing).collect::<BTreeSet<_>>(), left, "{day}");
    }
    for town in &policy.towns {
        let successor = town.successor.as_deref();
        assert_eq!(successor.is_some(), LEFT.contains(&town.name.as_str()), "{}", town.name);
        assert!(successor.is_none_or(|text| text.contains("北碚区")), "{}", town.name);
    }
    // The other file knows nothing of the change, and no town twice or elsewhere.
    assert_eq!(names_on(&shipped("policy.toml"), "2026-12-01"), all);
    assert_eq!(policy.town_on("500112999", date("2025-01-01")), None);
}

#[test]
fn a_town_can_change_its_zone_on_a_day() {
    let towns = "zone = \"z1\"\nuntil = 2026-06-30\n\n[[zone]]\nid = \"z2\"\nname = \"第二片区\"\n\n\
        [[town]]\ncode = \"500112011\"\nname = \"龙溪街道\"\nzone = \"z2\"\nfrom = 2026-07-01\n";
    let policy = with("zone = \"z1\"\n", towns);
    let zone = |day: &str| policy.town_on("500112011", date(day)).map(|town| town.zone.as_str());
    assert_eq!((zone("2026-06-30"), zone("2026-07-01")), (Some("z1"), Some("z2")));
}

// ---- what settings mean ------------------------------------------------------------

#[test]
fn a_policy_that_names_no_suite_has_that_of_sha_256() {
    let parties = "parties = [\"office\", \"discipline\"]\n";
    let suite = |line: &str| with(parties, &format!("{parties}{line}")).suite;
    assert_eq!(suite(""), Suite::Sha256);
    assert_eq!(suite("suite = \"yaohao-1-sha256\"\n"), Suite::Sha256);
    assert_eq!(suite("suite = \"yaohao-1-sm3\"\n"), Suite::Sm3);
    assert_eq!(shipped("policy.toml").suite, Suite::Sha256);
}

#[test]
fn the_shipped_policy_says_what_its_comments_say() {
    let policy = shipped("policy.toml");
    assert_eq!((policy.office.as_str(), policy.office_name.as_str()), ("example", "示例区消防救援支队"));
    assert_eq!(policy.parties, ["office", "discipline"]);
    assert_eq!(policy.items, ["XF01", "XF02", "XF03"]);
    assert_eq!((policy.close_within_days, policy.open_within_days), (7, 20));
    assert_eq!(policy.naming, Naming::Pseudonym);
    assert_eq!(policy.publish, BTreeSet::from([PublicField::Town, PublicField::Class, PublicField::Name]));
    assert!(!policy.is_sealed());
    assert_eq!(policy.team.shapes[0].slots, [Role::Lead, Role::Assistant]);
    assert!(policy.team.home_zone_only && policy.team.rotation == Rotation::Hard);
    assert_eq!(policy.workload.visit_minutes, PerRole { lead: 240, assistant: 180 });
    assert_eq!(policy.workload.capacity_minutes, PerRole { lead: 80 * 60, assistant: 72 * 60 });
    assert_eq!(policy.workload.leave_excludes_from_days, 15);
    assert_eq!((policy.workload.bands(), policy.workload.band(600)), (1, 0));
    assert_eq!(policy.beacons, [BeaconRule::Dice { sides: 10, rolls: 20 }]);
    let ids: Vec<&str> = policy.strata.iter().map(|rule| rule.id.as_str()).collect();
    let expected =
        ["high-risk", "key-crowd", "key", "general-d", "general-c", "general-b", "general-a", "small"];
    assert_eq!(ids, expected);
    let classes: BTreeSet<Class> = policy.strata.iter().flat_map(|rule| rule.classes.clone()).collect();
    assert_eq!(classes, Class::ALL.iter().copied().collect(), "no class is without a chance");
    let grades: BTreeSet<Option<Credit>> =
        policy.strata.iter().flat_map(|rule| rule.credit.clone()).collect();
    assert_eq!(grades, [None].into_iter().chain(Credit::ALL.iter().copied().map(Some)).collect());
    assert_eq!(policy.excluded.len(), 1);
}

#[test]
fn what_is_left_out_has_the_stated_default() {
    let plain = with("version = 1", "version = 1");
    let rule = &plain.strata[0];
    let fraction = "1/10".parse().expect("a fraction");
    assert_eq!(rule.quota, QuotaRule { size: QuotaSize::Share(fraction, Rounding::Up), floor: 0, cap: None });
    assert!(rule.by_zone && rule.credit.is_empty() && rule.tags.is_empty());
    assert_eq!((rule.cooldown_months, rule.yearly_at_least, rule.yearly_at_most), (3, 0, 2));
    assert!(plain.is_sealed(), "XF02 is not named in draw.secrecy, so it is secret");
    assert!(!with("XF01 = \"announced\"", "XF01 = \"announced\"\nXF02 = \"announced\"").is_sealed());
    assert!(with("XF01 = \"announced\"", "XF01 = \"until-visit\"").is_sealed());

    let full = "quota = 12\nround = \"down\"\nfloor = 2\ncap = 2\nby_zone = false\ncredit = [\"D\", \"none\"]\n\
        tags = [\"酒店\"]\ncooldown_months = 0\nyearly_at_least = 1\nyearly_at_most = 1";
    let rule = &with("quota = \"1/10\"", full).strata[0];
    assert_eq!(rule.quota, QuotaRule { size: QuotaSize::Count(12), floor: 2, cap: Some(2) });
    assert!(!rule.by_zone);
    assert_eq!(rule.credit, BTreeSet::from([None, Some(Credit::D)]));
    assert_eq!(rule.tags, BTreeSet::from(["酒店".to_owned()]));
    assert_eq!((rule.cooldown_months, rule.yearly_at_least, rule.yearly_at_most), (0, 1, 1));
}

#[test]
fn beacons_are_combined_and_lotteries_wait_for_their_issue() {
    let rolls = "rolls = 20\n";
    let more = "rolls = 20\n\n[[beacon]]\nkind = \"balls\"\nof = 49\ncount = 6\n\n[[beacon]]\nkind = \"lottery\"\ngame = \"kl8\"\n";
    let policy = with(rolls, more);
    let kl8 = BeaconRule::Lottery(Lottery::Kl8);
    let expected =
        [BeaconRule::Dice { sides: 10, rolls: 20 }, BeaconRule::Balls { of: 49, count: 6 }, kl8.clone()];
    assert_eq!(policy.beacons, expected);
    let date = "2026-01-01".parse().expect("a date");
    assert!(kl8.takes(&Beacon::Lottery { game: Lottery::Kl8, issue: 2_026_001, date }));
    assert!(!kl8.takes(&Beacon::Lottery { game: Lottery::Ssq, issue: 2_026_001, date }));
    assert!(!kl8.takes(&Beacon::Balls { of: 49, count: 6 }) && kl8.in_the_room().is_none());
    // Sixteen coin tosses are just enough.
    let coins = with("sides = 10\nrolls = 20", "sides = 2\nrolls = 16");
    assert_eq!(coins.beacons, [BeaconRule::Dice { sides: 2, rolls: 16 }]);
}

#[test]
fn pulses_need_a_margin_and_weak_events_are_known() {
    let dice = "kind = \"dice\"\nsides = 10\nrolls = 20";
    let margin = "margin_minutes = 5\nopen_within_days";
    let text =
        good().replace("open_within_days", margin).replace(dice, "kind = \"drand\"\nchain = \"quicknet\"");
    let policy = Policy::read("drand.toml", &text).unwrap_or_else(|e| panic!("{}", e.to(Lang::Zh)));
    assert_eq!(policy.beacons, [BeaconRule::Drand(DrandChain::Quicknet)]);
    assert_eq!((policy.margin_minutes, policy.beacon_bits(), policy.is_guessable()), (5, 117, false));
    assert!(policy.beacons[0].takes(&Beacon::Drand { chain: DrandChain::Quicknet, round: 7 }));
    assert!(!policy.beacons[0].takes(&Beacon::Drand { chain: DrandChain::Default, round: 7 }));
    let dice = with("rolls = 20", "rolls = 20");
    assert_eq!((dice.margin_minutes, dice.beacon_bits(), dice.is_guessable()), (0, 66, false));
    // 59.8 bits of 18 rolls: with one witness the office could try them all.
    assert!(with("rolls = 20", "rolls = 18").is_guessable());
    let third =
        good().replace("rolls = 20", "rolls = 18").replace("\"discipline\"]", "\"discipline\", \"archive\"]");
    assert!(!Policy::read("third.toml", &third).expect("a good policy").is_guessable());
}

// ---- mistakes ----------------------------------------------------------------------

struct Mistake {
    name: String,
    text: String,
    at: String,
    what: String,
    remedy: String,
}

fn mistakes() -> Vec<Mistake> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("tests/policy").expect("the folder of mistakes") {
        let path = entry.expect("a file").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if name == "good.toml" {
            continue;
        }
        let text = read(&path.to_string_lossy());
        let header = text.lines().next().and_then(|line| line.strip_prefix("# ")).expect(&name).to_owned();
        let parts: Vec<String> = header.split(" | ").map(str::to_owned).collect();
        let [at, what, remedy] = parts.try_into().expect("three parts in the header");
        found.push(Mistake { name, text, at, what, remedy });
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

fn refusal(mistake: &Mistake) -> Problem {
    match Policy::read(&mistake.name, &mistake.text) {
        Ok(_) => panic!("{} was accepted", mistake.name),
        Err(problem) => problem,
    }
}

#[test]
fn items_may_ask_for_their_own_team() {
    let more = "rotate = \"soft\"\nexchange = \"1/10\"\n[team.departments]\npolice = \"区公安分局\"\n[[team.shape]]\nitems = [\"XF02\"]\nslots = [\"lead\", \"assistant\", \"police\"]\n";
    let text = good().replace("rotate = \"hard\"\n", more);
    let policy = Policy::read("more.toml", &text).unwrap_or_else(|e| panic!("{}", e.to(Lang::Zh)));
    let team = policy.team;
    assert_eq!(team.rotation, Rotation::Soft);
    assert_eq!(team.exchange.map(|share| share.to_string()).as_deref(), Some("1/10"));
    assert_eq!(team.shape_for(["XF01"].into_iter()), 0);
    assert_eq!(team.shape_for(["XF01", "XF02"].into_iter()), 1);
    let police = &team.shapes[1].slots[2];
    assert_eq!(
        (team.called(police).zh.as_str(), team.department("区公安分局")),
        ("区公安分局", Some("police"))
    );
}

#[test]
fn long_visits_may_be_a_band_of_their_own() {
    let workload =
        with("leave_excludes_from_days = 15", "leave_excludes_from_days = 15\nband_minutes = [120, 300]");
    let workload = workload.workload;
    assert_eq!(workload.bands(), 3);
    assert_eq!([0, 120, 121, 300, 301, 9_999].map(|minutes| workload.band(minutes)), [0, 0, 1, 1, 2, 2]);
}

#[test]
fn every_mistake_is_told_with_its_place_and_its_remedy() {
    let mistakes = mistakes();
    assert_eq!(mistakes.len(), 100, "files in tests/policy beside good.toml");
    for mistake in &mistakes {
        let (problem, name) = (refusal(mistake), &mistake.name);
        assert_eq!(problem.place, format!("{name}:{}", mistake.at), "{}", problem.to(Lang::Zh));
        let (what, remedy) = (&mistake.what, &mistake.remedy);
        assert!(problem.what.zh.contains(what), "{name}: no “{what}” in\n{}", problem.what.zh);
        assert!(problem.remedy.zh.contains(remedy), "{name}: no “{remedy}” in\n{}", problem.remedy.zh);
        assert_eq!(problem.kind, Kind::Policy, "{name}");
    }
}

/// The message shows the line as it stands, and both languages say something of their own.
#[test]
fn every_message_shows_the_line_and_speaks_the_language() {
    for mistake in mistakes() {
        let (problem, name) = (refusal(&mistake), &mistake.name);
        let (line, column) = mistake.at.split_once(':').expect("line:column");
        let (line, column): (usize, usize) =
            (line.parse().expect("a line"), column.parse().expect("a column"));
        let shown = mistake.text.lines().nth(line - 1).expect("the line is there");
        assert!((1..=shown.chars().count() + 1).contains(&column), "{name}: no column {column} in: {shown}");
        for (said, here) in [(&problem.what.zh, "此处"), (&problem.what.en, "here")] {
            assert!(
                said.contains(shown) && said.contains(&format!("^ {here}")),
                "{name}: the line is not shown in\n{said}"
            );
            assert!(said.contains(&format!("{line} |")), "{name}: the line has no number in\n{said}");
        }
        let (zh, en) = (problem.what.zh.lines().next(), problem.what.en.lines().next());
        let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        assert!(zh.is_some_and(chinese), "{name}: {zh:?}");
        assert!(en.is_some_and(|en| !en.is_empty()), "{name}: {en:?}");
        assert!(chinese(&problem.remedy.zh) && !problem.remedy.en.is_empty(), "{name}");
        let raw = ["untagged", "enum", "struct", "variant", "invalid type", "invalid value", "u32", "serde"];
        for word in raw {
            assert!(!zh.is_some_and(|zh| zh.contains(word)), "{name}: the parser's own words: {zh:?}");
        }
    }
}

/// What is wrong is wrong for one reason only.
#[test]
fn every_mistake_is_the_only_difference_from_the_good_policy() {
    let good = good();
    assert!(Policy::read("good.toml", &good).is_ok());
    let counted = |text: &str| {
        let mut lines: BTreeMap<String, i32> = BTreeMap::new();
        text.lines().skip(1).for_each(|line| *lines.entry(line.to_owned()).or_default() += 1);
        lines
    };
    let good = counted(&good);
    for mistake in mistakes() {
        let mut lines = counted(&mistake.text);
        for (line, count) in &good {
            *lines.entry(line.clone()).or_default() -= count;
        }
        let changed: i32 = lines.iter().filter(|(line, _)| !line.is_empty()).map(|(_, n)| n.abs()).sum();
        assert!((1..=8).contains(&changed), "{}: {changed} lines differ", mistake.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 300, rng_seed: RngSeed::Fixed(5), failure_persistence: None, ..Default::default()
    })]

    /// However a policy is damaged, it is read or refused with a place in the text.
    #[test]
    fn damaged_policies_never_panic(
        damages in proptest::collection::vec((any::<prop::sample::Index>(), any::<char>(), 0..3_u8), 1..4),
    ) {
        let mut text: Vec<char> = good().chars().collect();
        for (at, c, how) in damages {
            let at = at.index(text.len());
            match how {
                0 => text[at] = c,
                1 => text.insert(at, c),
                _ => drop(text.drain(at..(at + 7).min(text.len()))),
            }
        }
        let text: String = text.into_iter().collect();
        if let Err(problem) = Policy::read("p.toml", &text) {
            let place = problem.place.strip_prefix("p.toml:").expect("the name of the file");
            let (line, _) = place.split_once(':').expect("line:column");
            let lines = text.matches('\n').count() + 1;
            prop_assert!(line.parse::<usize>().is_ok_and(|line| (1..=lines).contains(&line)), "{}", place);
        }
    }

    /// Half of a whole and the other half make the whole, whatever is rounded.
    #[test]
    fn a_fraction_and_its_rest_make_the_whole(p in any::<u64>(), q in 1..=u64::MAX, n in any::<u64>()) {
        let p = p % q;
        let (part, rest): (Fraction, Fraction) =
            (format!("{p}/{q}").parse().expect("good"), format!("{}/{q}", q - p).parse().expect("good"));
        prop_assert_eq!(part.of(n, Rounding::Down) + rest.of(n, Rounding::Up), n);
        prop_assert_eq!(part.of(n, Rounding::Up) + rest.of(n, Rounding::Down), n);
    }

    /// Held against products in 128 bits, at the numbers where it matters.
    #[test]
    fn fractions_are_exact(p in any::<u64>(), q in 1..=u64::MAX, n in any::<u64>(), small in 1..1_000_u64) {
        for (p, q, n) in [(p.min(q), q, n), (p % (small + 1), small, n % 10_000)] {
            let fraction: Fraction = format!("{p}/{q}").parse().expect("good");
            let exact = u128::from(n) * u128::from(p);
            let times = |whole: u64| u128::from(whole) * u128::from(q);
            let (up, down) = (fraction.of(n, Rounding::Up), fraction.of(n, Rounding::Down));
            prop_assert!(times(up) >= exact && (up == 0 || times(up - 1) < exact), "the least that reaches");
            prop_assert!(times(down) <= exact && times(down) + u128::from(q) > exact, "the most that does not pass");
        }
    }
}

#[test]
fn fractions_have_one_form_and_lie_between_0_and_1() {
    for text in ["0/1", "1/1", "1/10", "7/240", "2/4", "18446744073709551615/18446744073709551615"] {
        assert_eq!(text.parse::<Fraction>().expect(text).to_string(), text, "as written, not reduced");
    }
    let refused = [
        "3/2",
        "1/0",
        "0/0",
        "-1/2",
        "+1/2",
        "1/-2",
        "1/2/3",
        "1 / 2",
        " 1/2",
        "1/2 ",
        "01/2",
        "1/02",
        "½",
        "0.5",
        "1",
        "",
        "/",
        "1/",
        "/2",
        "１/２",
        "1/18446744073709551616",
    ];
    for text in refused {
        assert!(text.parse::<Fraction>().is_err(), "{text:?}");
    }
}

/// A record verifies whatever its policy says to people, and whichever classes there are.
#[test]
fn verification_reads_only_what_the_specification_names() {
    let policy = include_str!("../config/policy.toml");
    let read = |text: &str| yaohao::record::Rules::read(text.as_bytes());
    let rules = read(policy).expect("the shipped policy");
    let strange = policy.replace("name = \"第一片区\"", "name = 1").replace("\"high-risk\"]", "\"harbour\"]");
    let lenient = read(&strange).expect("names are for people");
    assert_eq!((lenient.quotas, lenient.towns.len()), (rules.quotas, rules.towns.len()));
    assert!(lenient.classes["high-risk"].contains("harbour") && lenient.zones.is_empty());
    for (from, to) in [
        ("floor = 4", "floor = 9223372036854775808"),
        ("floor = 4", "floor = -1"),
        ("classes = [\"small\"]", ""),
        ("id = \"small\"", "id = \"Small\""),
        ("round = \"down\"", "round = \"near\""),
    ] {
        assert!(policy.contains(from), "{from}");
        assert!(read(&policy.replace(from, to)).is_err(), "{to}");
    }
}

/// Texts that every parser reads alike, and texts that some do not: the same for the three
/// verifiers (docs/spec/policy.md).
fn forms(kind: &str) -> Vec<String> {
    let forms: serde_json::Value = serde_json::from_str(&read("tests/toml-forms.json")).expect("JSON");
    serde_json::from_value(forms[kind].clone()).expect("texts")
}

#[test]
fn a_record_takes_only_what_every_parser_reads_alike() {
    let policy = |form: &str| format!("{}\n[further]\n{form}", good());
    for form in forms("read") {
        assert!(Rules::read(policy(&form).as_bytes()).is_ok(), "{form:?}");
    }
    for form in forms("refused") {
        assert!(Rules::read(policy(&form).as_bytes()).is_err(), "{form:?}");
    }
    assert!(Rules::read(format!("\u{feff}{}", good()).as_bytes()).is_err());
}

#[test]
fn the_office_cannot_commit_what_other_parsers_read_otherwise() {
    let newer = good().replace("{ lead = 240,", "{\n lead = 240,");
    assert_ne!(newer, good());
    let problem = Policy::read("policy.toml", &newer).expect_err("TOML 1.1");
    assert_eq!(problem.kind, Kind::Policy);
    assert!(problem.to(Lang::En).contains("TOML 1.0 has no line break"), "{}", problem.to(Lang::En));
}
