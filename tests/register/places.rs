//! Towns from codes, names and addresses.

use super::office::{UNITS, code, codes, gazetteer, import};
use yaohao::register::{Gazetteer, Recognised, Town, Unit};

#[test]
fn addresses_name_their_town() {
    let gazetteer = gazetteer();
    let town = |address: &str| match gazetteer.recognise(address) {
        Recognised::Town(code) => code.to_owned(),
        Recognised::None => "none".to_owned(),
        Recognised::Several(codes) => codes.join("+"),
    };
    let cases = [
        ("某市某区龙溪街道红锦大道1号", "500112011"),
        ("某市某区龙溪红锦大道1号", "500112011"),
        ("某县龙溪镇红锦大道1号", "500112011"),
        ("某区龙溪街红黄路1号", "500112011"),
        ("龙溪街道龙山路1号", "500112011"),
        ("某区龙山路龙溪街道办事处", "500112011"),
        ("某区茨竹街道1号", "500112140"),
        ("某区龙溪", "500112011"),
        ("某区龙山路1号", "none"),
        ("某区龙山一路1号", "none"),
        ("某区龙山东路1号", "none"),
        ("某区龙溪大道1号", "none"),
        ("某区龙山公园", "none"),
        ("某区龙山街18号", "none"),
        ("某市龙溪红锦大道1号", "none"),
        ("某工业园区龙溪1号", "none"),
        ("某楼A区龙溪", "none"),
        ("某区别处", "none"),
        ("某区龙溪街道与龙山街道交界处", "500112011+500112012"),
        ("某区龙溪龙山街道", "500112012"),
    ];
    for (address, expected) in cases {
        assert_eq!(town(address), expected, "{address}");
    }
}

#[test]
fn the_longer_name_wins() {
    let town = |code: &str, name: &str| Town { code: code.to_owned(), names: vec![name.to_owned()] };
    let towns = vec![town("500112001", "石船镇"), town("500112002", "大石船镇")];
    let gazetteer = Gazetteer { towns, zones: vec![] };
    assert_eq!(gazetteer.recognise("某区大石船镇"), Recognised::Town("500112002"));
    assert_eq!(gazetteer.recognise("某区石船镇"), Recognised::Town("500112001"));
    assert_eq!(gazetteer.recognise("某区大石船某路"), Recognised::Town("500112002"));
}

#[test]
fn a_name_of_two_towns_is_the_name_of_neither() {
    let town = |code: &str| Town { code: code.to_owned(), names: vec!["石船镇".to_owned()] };
    let gazetteer = Gazetteer { towns: vec![town("500112142"), town("500157142")], zones: vec![] };
    assert_eq!(gazetteer.town("石船"), None);
    assert_eq!(gazetteer.town("500157142"), Some("500157142"));
    let both = Recognised::Several(vec!["500112142", "500157142"]);
    assert_eq!(gazetteer.recognise("某区石船镇"), both);
    assert_eq!(gazetteer.recognise("某区石船某路"), both);
}

#[test]
fn a_town_is_given_by_code_or_name() {
    let town = |text: &str| {
        let (units, report) = import::<Unit>(format!("{UNITS}\n{},甲,{text},general\n", code(1)));
        (units[0].town.clone().unwrap_or_default(), codes(&report).first().map(|(_, code)| *code))
    };
    for text in ["500112011", "500112011000", "龙溪街道", "龙溪", "某区龙溪街道"] {
        assert_eq!(town(text), ("500112011".to_owned(), None), "{text}");
    }
    let unknown = Some("town-unknown");
    assert_eq!(town("别的街道"), (String::new(), unknown));
    assert_eq!(town("500112011003"), (String::new(), unknown));
    // What the office wrote is kept; the policy decides that it is outside.
    assert_eq!(town("500999001"), ("500999001".to_owned(), unknown));
}
