//! `yaohao fairness` as an office types it.

use super::terminal::{DICE, Desk, this_year};
use super::year::{Cast, Totals, entries};
use yaohao::register::Post;
use yaohao::store::Office;

const FAIRNESS: [&str; 3] = ["-C", "office", "fairness"];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&FAIRNESS[..], more].concat()
}

/// The example with a journal of 2023, and everything private in it.
fn office() -> (Desk, Vec<String>) {
    let desk = Desk::with_example();
    let register =
        Office::open(&desk.path("office")).and_then(|office| office.register()).expect("a register");
    let mut units: Vec<(String, String)> =
        register.units.iter().filter_map(|unit| Some((unit.id.clone(), unit.town.clone()?))).collect();
    units.dedup_by(|one, other| one.0 == other.0);
    let own = |lead: bool| {
        let fit = register.inspectors.iter().filter(move |who| who.post == Post::InPost && who.lead == lead);
        fit.map(|who| who.certificate.clone()).collect()
    };
    let private = register.inspectors.iter().flat_map(|who| [who.certificate.clone(), who.name.clone()]);
    let private = private.chain(units.iter().map(|(unit, _)| unit.clone())).collect();
    let cast = Cast { leads: own(true), others: own(false), units };
    std::fs::create_dir_all(desk.path("office/private/journal")).expect("a folder");
    for entry in entries(&Totals::of_2023(), &cast, 3) {
        desk.write(&format!("office/private/journal/{:06}.txt", entry.number), &entry.text());
    }
    (desk, private)
}

#[test]
fn what_everybody_may_see_has_nothing_private() {
    let (desk, private) = office();
    let shown = desk.good(&with(&["--year", "2023", "--html", "f.html", "--out", "f.json"])).out;
    let english = desk.good(&with(&["--year", "2023", "--lang", "en"])).out;
    let json = desk.good(&with(&["--from", "2023-01-01", "--until", "2023-12-31", "--json"])).out;
    assert_eq!(json, desk.read("f.json"), "the file is what --json prints");
    for text in [&shown, &english, &json, &desk.read("f.html")] {
        for word in &private {
            assert!(!text.contains(word.as_str()), "{word} is shown");
        }
    }
    let view: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    // All 60 but the contract clerk.
    assert_eq!(view["all"]["people"], 59);
    assert_eq!(view["all"]["leads"]["sum"], 3673 + 23 + 148);
    assert_eq!(view["months"].as_array().map(Vec::len), Some(12));
    let parts = |key: &str| {
        let groups = view["groups"].as_array().expect("groups").iter();
        groups.map(|group| group[key].as_u64().expect("a number")).sum::<u64>()
    };
    assert_eq!(parts("people"), 59);
    assert!(view["all"]["hours"]["gini"]["fraction"].as_str().is_some_and(|text| text.contains('/')));
}

#[test]
fn names_are_for_the_office_and_go_into_no_file() {
    let (desk, _) = office();
    let shown = desk.good(&with(&["--year", "2023", "--names"])).out;
    assert!(
        shown.contains("SL0001") && shown.contains("示例人员01") && shown.contains("不可外传"),
        "{shown}"
    );
    let json = desk.good(&with(&["--year", "2023", "--names", "--json"])).out;
    let view: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let people = view["people"].as_array().expect("people");
    let sum: u64 = people.iter().filter_map(|person| person["visits"].as_u64()).sum();
    assert_eq!(sum, 2 * (3673 + 23 + 148));
    desk.bad(&with(&["--year", "2023", "--names", "--html", "f.html"]), 2, "不能与");
    desk.bad(&with(&["--year", "2021"]), 4, "没有任何检查任务");
    desk.bad(&with(&["--year", "9998"]), 2, "还没有到");
    desk.bad(&with(&["--from", "2023-02-01", "--until", "2023-01-01"]), 2, "早于第一天");
    desk.bad(&with(&["--from", "2023-02-01"]), 2, "缺少 --until");
    desk.bad(&with(&["--year", "2023", "--out", "f.txt"]), 2, ".json");
}

/// A draw in the folder counts: its teams, and what its strata were drawn.
#[test]
fn a_draw_is_counted_with_its_quotas() {
    let desk = Desk::committed(1);
    let nonce = desk.witness(1, "nonce");
    desk.good(&["-C", "office", "draw", "--result", DICE, "--witness-result", DICE, "--nonce", &nonce]);
    // The visits are made in December 2026.
    if this_year() < 2026 {
        return;
    }
    let run = desk.good(&with(&["--year", "2026", "--json"]));
    let view: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let strata = view["strata"].as_array().expect("strata");
    let sum = |key: &str| strata.iter().map(|stratum| stratum[key].as_u64().expect("a number")).sum::<u64>();
    assert_eq!((sum("quota"), sum("drawn"), sum("at_least_once")), (306, 306, 306));
    assert_eq!(view["all"]["visits"]["sum"], 612);
    assert_eq!(view["kinds"][0]["visits"], 306);
}
