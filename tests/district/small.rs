//! A district small enough to flip every byte of its record: 60 units, 10
//! inspectors, two zones.

use super::{District, district};
use yaohao::digest::Suite;
use yaohao::ids::credit_code_check;

/// Its policy.
pub const POLICY: &str = r#"
version = 1
[office]
id = "example"
name = "示例消防救援大队"
parties = ["office", "discipline"]
[draw]
items = ["XF01"]
close_within_days = 7
open_within_days = 20
naming = "pseudonym"
publish = ["name", "town", "class"]
[draw.secrecy]
XF01 = "announced"
[[zone]]
id = "z1"
name = "东片"
[[zone]]
id = "z2"
name = "西片"
[[town]]
code = "500112011"
name = "龙溪街道"
zone = "z1"
[[town]]
code = "500112133"
name = "统景镇"
zone = "z2"
[limits]
cooldown_months = 0
yearly_at_least = 0
yearly_at_most = 9
[[stratum]]
id = "key"
classes = ["key", "key-crowd"]
quota = "1/4"
[[stratum]]
id = "general"
classes = ["general"]
by_zone = false
quota = 6
[team]
slots = ["lead", "assistant"]
zones = "home"
rotate = "hard"
[workload]
visit_minutes = { lead = 240, assistant = 180 }
capacity_hours = { lead = 60, assistant = 60 }
leave_excludes_from_days = 15
[[beacon]]
kind = "dice"
sides = 10
rolls = 20
"#;

/// The small district; `policy` may change its policy.
pub fn small(policy: impl Fn(&str) -> String) -> District {
    district(&policy(POLICY), table)
}

/// A policy that names its suite.
pub fn of_suite(suite: Suite, policy: &str) -> String {
    policy.replace("[office]\n", &format!("[office]\nsuite = \"{}\"\n", suite.key()))
}

/// The id of unit `number`.
pub fn unit_id(number: usize) -> String {
    let first = format!("91500112MA5K{number:05}");
    let check = credit_code_check(&first).expect("made of the alphabet");
    format!("{first}{check}")
}

/// Its table of units, inspectors, items or recusals.
pub fn table(name: &str) -> Vec<u8> {
    let mut rows = Vec::new();
    match name {
        "units" => {
            rows.push("统一社会信用代码,单位名称,镇街,单位类别,信用风险等级,所属集团".to_owned());
            for n in 0..60 {
                let town = ["龙溪街道", "统景镇"][n % 2];
                let class = ["重点单位（其他）", "重点单位（人员密集场所）", "一般单位"][n % 3];
                let group = ["", "", "", "示例集团"][n % 4];
                rows.push(format!("{},示例单位{n:02},{town},{class},B,{group}", unit_id(n)));
            }
        }
        "inspectors" => {
            rows.push("执法证号,姓名,片区,主办资格,证件有效期至".to_owned());
            for n in 0..10 {
                let (zone, lead) = (["东片", "西片"][n % 2], if n < 6 { "是" } else { "否" });
                rows.push(format!("SL{n:04},示例人员{n:02},{zone},{lead},2028-12-31"));
            }
        }
        "items" => {
            rows.push("事项编码,抽查事项,检查依据".to_owned());
            rows.push("XF01,消防安全检查,《中华人民共和国消防法》第五十三条".to_owned());
        }
        _ => {
            rows.push("执法证号,回避对象,回避事由".to_owned());
            rows.push("SL0000,示例集团,亲属任职".to_owned());
            rows.push(format!("SL0002,{},原工作单位", unit_id(6)));
        }
    }
    (rows.join("\n") + "\n").into_bytes()
}
