//! Synthetic inspectors, items and recusals.

use super::{chance, row, stream};

const ZONES: &[&str] = &["第一片区", "第二片区", "第三片区", "第四片区"];
const PER_ZONE: u32 = 15;

/// 60 inspectors, 15 a zone: eight leads, seven assistants.
pub(super) fn inspector_rows() -> Vec<Vec<String>> {
    let mut stream = stream("inspectors");
    let mut rows = vec![row(&[
        "执法证号",
        "姓名",
        "部门",
        "片区",
        "主办资格",
        "人员性质",
        "执法范围",
        "专业技能",
        "专家",
        "证件生效日期",
        "证件有效期至",
        "请假",
        "月可用工时",
        "已占用工时",
    ])];
    for number in 1..=PER_ZONE * 4 {
        let (zone, place) = (ZONES[((number - 1) / PER_ZONE) as usize], (number - 1) % PER_ZONE);
        let lead = place < 8;
        let skilled = place % 2 == 0;
        let leave = match place {
            4 => "2026-12-07~2026-12-11",
            9 => "2026-12-21~2026-12-31、2026-12-01",
            _ => "",
        };
        let until = if number == 29 { "2026-12-15" } else { "2028-12-31" };
        let post = if number == 60 { "合同制" } else { "在编" };
        let carried =
            if chance(&mut stream, 25) { (4 + stream.below(12)).to_string() } else { String::new() };
        rows.push(vec![
            format!("SL{number:04}"),
            format!("示例人员{number:02}"),
            "防火监督科".to_owned(),
            zone.to_owned(),
            if lead { "是" } else { "否" }.to_owned(),
            post.to_owned(),
            String::new(),
            if skilled { "高层建筑" } else { "" }.to_owned(),
            if place == 0 { "是" } else { "否" }.to_owned(),
            "2023-01-01".to_owned(),
            until.to_owned(),
            leave.to_owned(),
            String::new(),
            carried,
        ]);
    }
    rows
}

/// Three items with their legal basis.
pub(super) fn item_rows() -> Vec<Vec<String>> {
    vec![
        row(&[
            "事项编码",
            "抽查类别",
            "抽查事项",
            "检查依据",
            "适用单位类别",
            "适用行业标签",
            "事项级别",
            "抽查比例",
            "抽查频次",
            "检查方式",
            "检查人数",
            "所需技能",
        ]),
        row(&[
            "XF01",
            "消防安全",
            "单位履行消防安全职责情况",
            "《中华人民共和国消防法》第五十三条；《消防监督检查规定》（公安部令第120号）第十条",
            "",
            "",
            "一般",
            "按方案分层",
            "每月",
            "现场检查",
            "2",
            "",
        ]),
        row(&[
            "XF02",
            "消防安全",
            "人员密集场所疏散条件",
            "《消防监督检查规定》（公安部令第120号）第十二条",
            "火灾高危单位、重点单位（人员密集场所）",
            "",
            "重点",
            "按方案分层",
            "每月",
            "现场检查",
            "2",
            "",
        ]),
        row(&[
            "XF03",
            "消防安全",
            "高层建筑消防设施",
            "《消防监督检查规定》（公安部令第120号）第十条",
            "火灾高危单位、重点单位（人员密集场所）、重点单位（其他）、一般单位",
            "高层",
            "重点",
            "按方案分层",
            "每月",
            "现场检查",
            "2",
            "高层建筑",
        ]),
    ]
}

/// Recusals by unit and by owner group; the reasons never leave the office.
pub(super) fn recusal_rows() -> Vec<Vec<String>> {
    let mut stream = stream("recusals");
    let units = super::units::rows();
    let mut rows = vec![row(&["执法证号", "回避对象", "回避事由", "生效日期", "失效日期"])];
    for number in 0..150 {
        let inspector = format!("SL{:04}", 1 + stream.below(u64::from(PER_ZONE) * 4));
        // Rows 2000 and after are good ones.
        let unit = units[2000 + stream.below(3900) as usize][0].clone();
        let group = format!("示例集团{:02}", 1 + stream.below(20));
        let by_group = number % 10 == 0;
        let reason = if chance(&mut stream, 50) { "亲属任职" } else { "原工作单位" };
        let subject = if by_group { group } else { unit };
        rows.push(vec![inspector, subject, reason.to_owned(), String::new(), String::new()]);
    }
    rows
}
