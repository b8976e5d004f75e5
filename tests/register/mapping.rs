//! Mappings: from TOML, and laid over the headings of a file.

use super::office::{INSPECTORS, UNITS, code, codes, gazetteer, import_with, register, today};
use yaohao::config::Source;
use yaohao::problem::{Kind, Problem};
use yaohao::register::import::{self, Column, Context, FieldKey, TableMapping};
use yaohao::register::{Class, Credit, Inspector, Unit};

fn mapping(toml: &str) -> TableMapping<Unit> {
    toml::from_str(&format!("file = \"units.csv\"\n{toml}")).unwrap()
}

fn refused(csv: &str, mapping: &TableMapping<Unit>) -> Problem {
    let (gazetteer, register) = (gazetteer(), register());
    let context = Context { gazetteer: &gazetteer, reference: today(), register: &register };
    import::read(csv.as_bytes(), "units.csv", mapping, &context).unwrap_err()
}

#[test]
fn a_mapping_renames_recognises_and_fills_in() {
    let mapping = mapping(
        "[columns]\nid = \"代码\"\nname = \"企业名称\"\ntown = { recognise = \"注册地址\" }\nclass = { value = \"general\" }\n\
         [values.credit]\n\"优\" = \"A\"\n\"未评\" = \"\"\n",
    );
    let csv = format!(
        "代码,企业名称,注册地址,信用风险等级,注册资本\n{},甲,某区龙溪街道1号,优,100\n{},乙,某区龙山街道1号,未评,1\n",
        code(1),
        code(2)
    );
    let (units, report) = import_with(csv.as_bytes(), &mapping);
    assert_eq!(report.findings, []);
    assert_eq!(units[0].town.as_deref(), Some("500112011"));
    assert_eq!((units[0].class, units[0].credit, units[1].credit), (Class::General, Some(Credit::A), None));
    assert_eq!(report.unused, ["注册资本"]);
    assert!(report.columns.contains(&("town", "注册地址".to_owned())));
}

#[test]
fn their_words_are_translated_in_lists_too() {
    let mapping: TableMapping<yaohao::register::Item> =
        toml::from_str("file = \"x\"\n[values.classes]\n\"人密\" = \"key-crowd\"\n\"所有\" = \"\"").unwrap();
    let csv =
        "事项编码,抽查事项,检查依据,适用单位类别\nXF01,检查,消防法,人密、一般单位\nXF02,检查,消防法,所有\n";
    let (items, report) = import_with(csv.as_bytes(), &mapping);
    assert_eq!(report.findings, []);
    assert_eq!(items[0].classes, [Class::KeyCrowd, Class::General].into());
    assert_eq!(items[1].classes, [].into());
}

#[test]
fn headings_are_compared_without_spaces_line_breaks_and_widths() {
    let csv = format!(
        "统一社会 信用代码,\"单位\n名称\",镇街,单位类别,预计时长（分钟）\n{},甲,龙溪街道,general,90\n",
        code(1)
    );
    let (units, report) = import_with(csv.as_bytes(), &mapping(""));
    assert_eq!((report.findings.len(), units[0].minutes), (0, Some(90)));
}

#[test]
fn a_heading_that_is_not_there_is_named_with_those_that_are() {
    let csv = format!("{UNITS}\n");
    let problem = refused(&csv, &mapping("[columns]\nname = \"企业名称\""));
    assert_eq!((problem.kind, problem.place.as_str()), (Kind::Register, "units.csv"));
    assert!(problem.what.zh.contains("企业名称") && problem.what.zh.contains("单位名称"));
    let problem = refused("统一社会信用代码,单位名称\n", &mapping(""));
    assert!(problem.what.zh.contains("单位类别 (class)"), "{}", problem.what.zh);
}

#[test]
fn a_heading_that_stands_twice_is_refused_if_it_is_needed() {
    let problem = refused(&format!("{UNITS},单位名称\n"), &mapping(""));
    assert_eq!(problem.kind, Kind::Register);
    let csv = format!("{UNITS},备注,备注\n{},甲,龙溪街道,general,,\n", code(1));
    assert_eq!(import_with(csv.as_bytes(), &mapping("")).0.len(), 1);
}

#[test]
fn private_columns_are_never_read() {
    let csv = format!("{UNITS},身份证号\n");
    for heading in ["身份证号", "公民身份号码", "法人电话", "手机号", "年龄"] {
        let problem = refused(&csv, &mapping(&format!("[columns]\nlicence = \"{heading}\"")));
        assert_eq!(problem.kind, Kind::Policy, "{heading}");
    }
}

#[test]
fn a_mapping_says_where_it_is_wrong() {
    let read = |text: &str| Source { name: "office.toml", text }.parse::<TableMapping<Unit>>();
    let wrong = [
        ("file = \"x\"\nfiles = \"y\"\n", 2),
        ("file = \"x\"\n[columns]\nname = \"企业名称\"\nnmae = \"企业名称\"\n", 4),
        ("file = \"x\"\n[values.clas]\n\"a\" = \"b\"\n", 2),
        ("file = \"x\"\n[columns]\ntown = { recognize = \"地址\" }\n", 3),
        ("file = \"x\"\n[columns]\ntown = { recognise = \"地址\", value = \"a\" }\n", 3),
        ("file = \"x\"\n[columns]\ntown = {}\n", 3),
        ("file = \"x\"\n[columns]\ntown = 3\n", 3),
        ("sheet = \"x\"\n", 1),
    ];
    for (text, line) in wrong {
        let problem = read(text).unwrap_err();
        assert!(problem.place.starts_with(&format!("office.toml:{line}:")), "{text}{}", problem.place);
    }
    let problem = read("file = \"x\"\n[columns]\nnmae = \"a\"\n").unwrap_err();
    assert!(problem.what.en.contains("no key \"nmae\"; use one of: id, name, town"), "{}", problem.what.en);
}

#[test]
fn words_that_do_not_exist_are_refused_before_any_row() {
    let csv = format!("{UNITS}\n");
    let problem = refused(&csv, &mapping("[values.class]\n\"甲类\" = \"big\""));
    assert_eq!(problem.kind, Kind::Policy);
    assert!(problem.remedy.zh.contains("key-crowd (重点单位（人员密集场所）)"));
    let problem = refused(&csv, &mapping("[columns]\nname = { recognise = \"单位名称\" }"));
    assert_eq!(problem.kind, Kind::Policy);
}

#[test]
fn a_mapping_can_be_made_in_code() {
    assert!(FieldKey::<Unit>::new("certificate").is_none());
    let key = FieldKey::<Inspector>::new("zone").unwrap();
    let columns = [(key, Column::Value("zone-2".to_owned()))].into();
    let mapping = TableMapping { columns, ..TableMapping::default() };
    let csv = format!("{INSPECTORS}\n2202,李四,,协办,2028-12-31\n");
    let (inspectors, report) = import_with(csv.as_bytes(), &mapping);
    assert_eq!((codes(&report), inspectors[0].zone.as_str()), (vec![], "zone-2"));
}
