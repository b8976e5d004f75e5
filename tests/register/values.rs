//! The forms of dates, hours and lists.

use super::office::{INSPECTORS, UNITS, code, codes, import};
use yaohao::register::{Inspector, Scope, Unit};

fn unit_with(heading: &str, value: &str) -> Option<Unit> {
    let csv = format!("{UNITS},{heading}\n{},甲,龙溪街道,general,\"{value}\"\n", code(1));
    import::<Unit>(csv).0.pop()
}

fn inspector_with(heading: &str, value: &str) -> Option<Inspector> {
    let csv = format!("{INSPECTORS},{heading}\n2202,李四,zone-2,lead,2028-12-31,\"{value}\"\n");
    import::<Inspector>(csv).0.pop()
}

#[test]
fn dates_are_read_in_the_forms_offices_write() {
    let forms = [
        "2026-01-05",
        "2026-1-5",
        "2026/1/5",
        "2026.01.5",
        "20260105",
        "2026年1月5日",
        "2026-01-05 00:00:00",
    ];
    for form in forms {
        let read = unit_with("上次检查日期", form).and_then(|unit| unit.last_inspection);
        assert_eq!(read.map(|date| date.to_string()).as_deref(), Some("2026-01-05"), "{form}");
    }
    let bad = [
        "26-1-5",
        "2026-13-01",
        "2026-02-29",
        "5/1/2026",
        "2026-1",
        "2026年1月5",
        "0000-01-01",
        "2026-001-05",
        "46027",
    ];
    for form in bad {
        assert_eq!(unit_with("上次检查日期", form), None, "{form}");
    }
}

#[test]
fn hours_become_minutes_exactly() {
    let forms = [("72", 4320), ("72.5", 4350), ("0.25", 15), ("72.10", 4326), ("72:30", 4350), ("1:05", 65)];
    for (form, minutes) in forms {
        let read = inspector_with("月可用工时", form).and_then(|inspector| inspector.capacity_minutes);
        assert_eq!(read, Some(minutes), "{form}");
    }
    for form in ["72.33", "72.125", "-1", "1:60", "1:5", "七十二", "72h", ".5", "99999999999", "71582789"]
    {
        assert_eq!(inspector_with("月可用工时", form), None, "{form}");
    }
}

#[test]
fn lists_take_every_usual_separator() {
    for list in ["高层、危化", "高层，危化", "高层,危化", "高层; 危化", "危化；高层；", "高层|危化|高层"]
    {
        let tags = unit_with("行业标签", list).unwrap().tags;
        assert_eq!(tags.into_iter().collect::<Vec<_>>(), ["危化", "高层"], "{list}");
    }
}

#[test]
fn leave_is_days_and_stretches_of_days() {
    let leave = inspector_with("请假", "2026-12-20、2026年12月5日至2026/12/9；2026-12-20").unwrap().leave;
    let days: Vec<String> =
        leave.iter().map(|p| format!("{}~{}", p.from.unwrap(), p.until.unwrap())).collect();
    assert_eq!(days, ["2026-12-05~2026-12-09", "2026-12-20~2026-12-20"]);
}

#[test]
fn a_licence_is_numbered_as_its_authority_likes() {
    let licence = "渝消安检字〔2026〕第0001号";
    assert_eq!(unit_with("许可证号", licence).unwrap().licence.as_deref(), Some(licence));
}

#[test]
fn a_scope_is_all_unless_items_are_named() {
    assert_eq!(inspector_with("执法范围", "").unwrap().scope, Scope::All);
    assert_eq!(inspector_with("执法范围", "全部").unwrap().scope, Scope::All);
    assert_eq!(inspector_with("执法范围", "无").unwrap().scope, Scope::Only([].into()));
    assert_eq!(inspector_with("执法范围", "XF01").unwrap().scope, Scope::Only(["XF01".to_owned()].into()));
}

#[test]
fn ordinary_and_ideographic_spaces_at_the_ends_are_nothing() {
    let csv = format!("{UNITS}\n {}　,　 甲 单位 ,龙溪街道 ,　general\n", code(1));
    let (units, report) = import::<Unit>(csv);
    assert_eq!(report.findings, []);
    assert_eq!((units[0].id.as_str(), units[0].name.as_str()), (code(1).as_str(), "甲 单位"));
}

#[test]
fn a_code_in_order_is_not_taken_for_an_identity_card() {
    // Codes of 社会组织 start with 52 and may hold what reads as a day of birth;
    // of these, one in eleven also has the check character of an identity card.
    let both = (490131000..490132000_u32).find_map(|tail| {
        let body = format!("52000019{tail}");
        let id = format!("{body}{}", yaohao::ids::credit_code_check(&body)?);
        let (_, as_certificate) =
            import::<Inspector>(format!("{INSPECTORS}\n{id},李四,zone-2,lead,2028-12-31\n"));
        (codes(&as_certificate) == [(2, "identity-card")]).then_some(id)
    });
    let (units, report) = import::<Unit>(format!("{UNITS}\n{},甲,龙溪街道,general\n", both.unwrap()));
    assert_eq!((units.len(), report.findings), (1, vec![]));
}

#[test]
fn the_certificates_of_an_expired_day_are_warned_of_once() {
    let csv = format!("{INSPECTORS}\n2202,李四,zone-2,lead,2026-12-01\n2203,王五,zone-2,lead,2026-11-30\n");
    let (inspectors, report) = import::<Inspector>(csv);
    assert_eq!((inspectors.len(), codes(&report)), (2, vec![(3, "certificate-expired")]));
}
