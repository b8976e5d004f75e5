//! `yaohao odds`, and what the odds say in `check` and `commit`.

use crate::terminal::{self, Desk, Run};
use yaohao::digest::Digest;
use yaohao::draw::odds::FEWEST;

const ODDS: &str = "[odds]\ndry_draws = 20\nlargest_pair_probability = ";

/// An office with every eighth unit of the example, so that it is quickly measured,
/// and with the most predictable one.
fn with_cap(cap: &str) -> Desk {
    let desk = Desk::with_example();
    desk.edit("office/policy.toml", "[[beacon]]", &format!("{ODDS}\"{cap}\"\n[[beacon]]"));
    desk.edit("office/policy.toml", "quota = 120 ", "quota = 15 ");
    let units = desk.read("office/tables/units.csv");
    let kept = units.lines().enumerate().filter(|(at, line)| at % 8 == 0 || line.contains("1603号"));
    let kept: Vec<&str> = kept.map(|(_, line)| line).collect();
    desk.write("office/tables/units.csv", &(kept.join("\n") + "\n"));
    desk.good(&["-C", "office", "import", "units"]);
    desk
}

const CHECK: [&str; 5] = ["-C", "office", "check", "--month", "2026-12"];
const MEASURE: [&str; 5] = ["-C", "office", "odds", "--month", "2026-12"];

/// Runs a command that is refused, in both languages: what stands on standard error.
fn refused(desk: &Desk, arguments: &[&str], code: i32) -> (String, String) {
    let run = |more: &[&str]| {
        let run = desk.run(&[arguments, more].concat());
        assert_eq!(run.code, code, "{}{}", run.out, run.err);
        run.err
    };
    (run(&[]), run(&["--lang", "en"]))
}

/// Changes the rows of inspectors of the fourth zone, and imports them.
fn in_the_fourth_zone(desk: &Desk, change: impl Fn(&str) -> String) {
    let text = desk.read("office/tables/inspectors.csv");
    let row = |row: &str| if row.contains("第四片区") { change(row) } else { row.to_owned() };
    desk.write(
        "office/tables/inspectors.csv",
        &(text.lines().map(row).collect::<Vec<_>>().join("\n") + "\n"),
    );
    desk.good(&["-C", "office", "import", "inspectors"]);
}

#[test]
fn a_refusal_names_the_unit_its_chance_and_what_takes_people_away() {
    let desk = with_cap("1/2");
    let (zh, en) = refused(&desk, &CHECK, 7);
    assert_eq!(
        zh,
        "错误：方案要求任何人被派到中签单位的概率不超过 1/2，1 家单位超过：\n  \
         91000000D4QWG1U8C6 示例银杏汽修厂1603号：概率最大 53.50% ± 3.50%；主办 1 个岗位只有 3 人可任\
         （其余人员：不在本片区 45 人、非在编执法人员 1 人、回避 1 人、无主办资格 6 人、缺所需专业技能 4 人）\n\
         办法：给这些单位增加有资格的人员（被减去的人数和规则见上），或放宽 odds.largest_pair_probability；\
         一家单位每个人的概率：yaohao odds --month 2026-12 91000000D4QWG1U8C6\n"
    );
    assert_eq!(
        en,
        "error: no inspector may be at a drawn unit with a chance above 1/2; 1 unit above it:\n  \
         91000000D4QWG1U8C6 示例银杏汽修厂1603号: largest chance 53.50% ± 3.50%; 3 inspectors for 1 slot (lead); \
         the others: zone 45, post 1, recusal 1, role 6, skill 4\n\
         what to do: give these units more eligible inspectors (the rules that take them away stand above), \
         or raise odds.largest_pair_probability; \
         everybody's chance at one unit: yaohao odds --month 2026-12 91000000D4QWG1U8C6\n"
    );
    // The commitment is refused in the same words, and so is the measurement, which
    // shows the unit first though others seem as predictable.
    desk.good(&["nonce", "--draw", &desk.draw(1), "--party", "discipline", "--out", "witness"]);
    let file = desk.witness(1, "commitment");
    let commit = ["-C", "office", "commit", "--month", "2026-12", "--commitment", &file];
    assert_eq!(desk.bad(&commit, 7, "1/2").err, zh);
    assert!(desk.published().is_empty());
    let run = desk.run(&MEASURE);
    assert_eq!(run.err, zh);
    let pairs = run.out.split("（单位已中签时，超过上限的在前）").nth(1).expect("pairs");
    assert!(pairs.lines().nth(2).is_some_and(|line| line.contains("示例银杏汽修厂1603号")), "{pairs}");
}

#[test]
fn a_cap_that_no_method_can_keep_is_called_impossible() {
    let desk = with_cap("3/10");
    let (zh, en) = refused(&desk, &CHECK, 7);
    let lines: Vec<&str> = zh.lines().collect();
    assert_eq!(lines.len(), 8, "{zh}");
    assert!(lines[0].ends_with("不超过 3/10，61 家单位超过，其中 1 家任何办法都做不到："), "{zh}");
    let first = "  91000000D4QWG1U8C6 示例银杏汽修厂1603号：概率最大 53.50% ± 3.50%，任何办法都不低于 1/3；主办 1 个岗位只有 3 人可任";
    assert!(lines[1].starts_with(first), "{zh}");
    assert!(lines[2..6].iter().all(|line| line.contains("概率最大 ") && line.contains("其余人员：")), "{zh}");
    assert!(!lines[2..].iter().any(|line| line.contains("任何办法")), "{zh}");
    assert_eq!(lines[6], "  另有 50 家，见 yaohao odds --month 2026-12");
    let lines: Vec<&str> = en.lines().collect();
    assert!(
        lines[0].ends_with("with a chance above 3/10; 61 units above it, 1 of them by any method:"),
        "{en}"
    );
    assert!(
        lines[1].contains("largest chance 53.50% ± 3.50%, by any method not below 1/3; 3 inspectors"),
        "{en}"
    );
    assert_eq!(lines[6], "  and 50 units more, see yaohao odds --month 2026-12");
    // There all that are above the cap are shown, each with its reasons.
    let shown = desk.run(&MEASURE).out;
    let why = shown.split("■ 为什么").nth(1).expect("reasons");
    let like = |line: &str| {
        let unit = line.split('：').next().and_then(|unit| unit.strip_suffix(" 家")?.split(" 等 ").nth(1));
        unit.map_or(1, |like| like.parse::<u32>().expect("a number"))
    };
    assert!(why.lines().filter(|line| line.contains("其余人员：")).map(like).sum::<u32>() >= 61, "{why}");
}

#[test]
fn units_that_cannot_be_staffed_are_told_instead_of_a_chance() {
    let desk = with_cap("3/4");
    let nobody_leads = |row: &str| row.replace(",是,在编", ",否,在编");
    // 月可用工时.
    let few_hours = |row: &str| {
        let mut fields: Vec<&str> = row.split(',').collect();
        fields[12] = "4";
        fields.join(",")
    };
    let changes: [&dyn Fn(&str) -> String; 2] = [&few_hours, &nobody_leads];
    let what = "136 家单位没有一次试抽派得足人，说不出概率：第四片区 136 家";
    let remedy = "先补足有资格的人员和工时，或少抽，再看概率；缺什么、怎样补：yaohao check --month 2026-12";
    for change in changes {
        in_the_fourth_zone(&desk, change);
        let Run { code, out, err } = desk.run(&MEASURE);
        assert_eq!((code, err), (7, format!("错误：{what}\n办法：{remedy}\n")));
        for part in ["■ 派不足人的单位", what, "第四片区  general-b/z4    41", "某中签单位的概率最大 "]
        {
            assert!(out.contains(part), "no {part} in {out}");
        }
        let (_, figures) = out.split_once("■ 各层").expect("strata");
        assert!(!figures.contains("/z4") && !figures.contains("/0"), "{figures}");
        assert!(!out.contains("28.87%") && !out.contains("最小 0.000 比特"), "{out}");
    }
    let english = desk.run(&[&MEASURE[..], &["--lang", "en"]].concat()).err;
    assert_eq!(
        english,
        "error: no dry draw could staff 136 units, so that there is no chance to tell: 第四片区 136\n\
         what to do: mend staffing first, by more eligible inspectors, more hours or fewer units; \
         yaohao check --month 2026-12 tells what is missing and what would help\n"
    );
    let one = desk.run(&[&MEASURE[..], &["1603"]].concat()).out;
    assert!(one.ends_with(&format!("含有它的试抽没有一次派得足人，说不出概率\n{remedy}\n")), "{one}");
    let json = desk.run(&[&MEASURE[..], &["--json"]].concat()).out;
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let unstaffed = |kind: &&serde_json::Value| kind["samples"] == 0;
    let kinds: Vec<_> = value["kinds"].as_array().expect("kinds").iter().filter(unstaffed).collect();
    assert!(kinds.len() > 5);
    assert!(kinds.iter().all(|kind| kind["bound"].is_null() && kind["millibits"].is_null()));
    assert_eq!(value["never_staffed"], what);
}

#[test]
fn exchanged_visits_count_everybody_once() {
    let desk = with_cap("3/10");
    desk.edit("office/policy.toml", "# exchange = \"1/10\"", "exchange = \"1/10\"");
    // Exchange makes one question of the whole draw: a small one is quickly solved.
    let units = desk.read("office/tables/units.csv");
    desk.write("office/tables/units.csv", &units.lines().take(300).collect::<Vec<_>>().join("\n"));
    desk.good(&["-C", "office", "import", "units"]);
    let sum = |text: &str, unit: &str| -> u32 {
        let words: Vec<&str> = text.split([' ', ',']).collect();
        words
            .windows(2)
            .filter(|pair| pair[1].starts_with(unit))
            .filter_map(|pair| pair[0].parse::<u32>().ok())
            .sum()
    };
    let zh = desk.run(&MEASURE).out;
    let why: Vec<&str> = zh.lines().filter(|line| line.contains("其余人员：")).collect();
    assert!(!why.is_empty() && why.iter().all(|line| line.contains("个岗位，含跨片区互查，只有 ")), "{zh}");
    for line in why {
        assert!(!line.contains("不在本片区"), "{line}");
        let (_, counted) = line.split_once("只有 ").expect("people");
        assert_eq!(sum(counted, "人"), 60, "{line}");
    }
    let en = desk.run(&[&MEASURE[..], &["--lang", "en"]].concat()).out;
    assert!(en.contains(" (lead), exchanges included; the others: post 1, certificate 1, "), "{en}");
}

#[test]
fn one_unit_is_found_refused_or_said_to_be_left_out() {
    let desk = Desk::with_example();
    let odds = |unit: &str, more: &[&str]| desk.run(&[&MEASURE[..], &["--draws", "1", unit], more].concat());
    let unknown = odds("nosuch", &[]);
    assert_eq!((unknown.code, unknown.out.as_str()), (2, ""));
    assert_eq!(unknown.err, "错误：名录里没有“nosuch”\n办法：核对统一社会信用代码，或只写名称的一部分\n");
    let unknown = odds("nosuch", &["--lang", "en"]).err;
    assert!(unknown.starts_with("error: no unit \"nosuch\" in the register\nwhat to do: "), "{unknown}");
    let several = odds("示例", &[]);
    assert_eq!(several.code, 2);
    assert!(
        several.err.starts_with("错误：有 6001 家单位与“示例”相符：500000000001234、9"),
        "{}",
        several.err
    );

    let excluded = odds("9100000098T846M1H7", &[]);
    assert_eq!(excluded.code, 0);
    assert_eq!(
        excluded.out,
        "\n■ 9100000098T846M1H7 示例银杏汽修厂0011号\n不参加抽取，原因：方案列明不参加抽取（2026年10月已由市级挂牌督办，按督办程序检查）\n"
    );
    let excluded = odds("9100000098T846M1H7", &["--lang", "en"]).out;
    assert!(excluded.contains("It is not in the pool; reason: listed (2026年10月"), "{excluded}");
    let json: serde_json::Value =
        serde_json::from_str(&odds("9100000098T846M1H7", &["--json"]).out).expect("JSON");
    assert_eq!((&json["unit"], &json["excluded"]), (&"9100000098T846M1H7".into(), &"listed".into()));

    let english = odds("1603", &["--lang", "en"]).out;
    assert!(
        english.contains("\n1 dry draw, ") && english.contains("\n1 dry draw: the largest chance"),
        "{english}"
    );
    assert!(english.contains("\n3 inspectors for 1 slot (lead); the others: zone 45, "), "{english}");
    // Where its stratum draws nothing this month, no chance is told either.
    let policy = desk.read("office/policy.toml");
    let (before, after) = policy.split_once("id = \"general-b\"").expect("a stratum");
    let (_, rest) = after.split_once("\nquota = ").expect("a quota");
    let (_, rest) = rest.split_once('\n').expect("more");
    desk.write(
        "office/policy.toml",
        &format!("{before}id = \"general-b\"\nclasses = [\"general\"]\nquota = 0\n{rest}"),
    );
    let none = odds("1603", &[]);
    assert!(
        none.out.ends_with("\n参加抽取，但所在分层 general-b/z4 本月一家也不抽\n"),
        "{}{}",
        none.out,
        none.err
    );
}

#[test]
fn the_office_sees_the_odds_and_the_public_their_sum() {
    let desk = with_cap("3/4");
    let run = desk.good(&["-C", "office", "odds", "--month", "2026-12"]);
    for part in
        ["试抽 20 次，另为少见的单位加抽", "■ 各层", "■ 最容易猜中的配对", "■ 为什么", "缺所需专业技能"]
    {
        assert!(run.out.contains(part), "no {part} in {}", run.out);
    }
    let english = desk
        .good(&["-C", "office", "odds", "--month", "2026-12", "--lang", "en", "--draws", "5", "1603"])
        .out;
    assert!(english.contains("5 dry draws") && english.contains("示例银杏汽修厂1603号"), "{english}");
    let json = desk.good(&["-C", "office", "odds", "--month", "2026-12", "--json"]).out;
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let kinds = value["kinds"].as_array().expect("kinds");
    assert!(kinds.iter().all(|kind| kind["samples"].as_u64() >= Some(FEWEST) && kind["uncertain"] == false));
    desk.commit(1);
    let text = std::fs::read_to_string(desk.public(1).join("odds.txt")).expect("odds");
    let (hits, of) = (&value["largest"]["hits"], &value["largest"]["samples"]);
    assert!(text.contains(&format!("\nlargest {hits} {of}\n")), "{text}");
    for private in ["示例", "SL0", "9100000", value["instance"].as_str().expect("a digest")] {
        assert!(!text.contains(private), "{private} is public");
    }
    let commit = std::fs::read_to_string(desk.public(1).join("commit.txt")).expect("a commitment");
    assert!(commit.contains(&format!("\nodds {}\n", Digest::of(&[text.as_bytes()]))));
    // The draw goes on from what was published.
    let nonce = desk.witness(1, "nonce");
    let dice = terminal::DICE;
    desk.good(&["-C", "office", "draw", "--result", dice, "--witness-result", dice, "--nonce", &nonce]);
    let verified = desk.good(&["verify", desk.public(1).to_str().expect("a path")]).out;
    assert!(verified.contains("V22 odds") && verified.contains("结论：核验通过"), "{verified}");
}
