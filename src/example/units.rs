//! Synthetic units.

use super::{chance, pick, row, stream};
use crate::ids::{CREDIT_CODE_ALPHABET, credit_code_check};
use crate::stream::Stream;

/// Good rows; a few dirty ones come on top.
const UNITS: u64 = 6000;

/// The 22 towns with their share of the units, in hundredths. Real addresses are
/// just as uneven: four towns hold more than half.
const TOWNS: &[(&str, u64)] = &[
    ("龙溪街道", 16),
    ("回兴街道", 13),
    ("双龙湖街道", 13),
    ("两路街道", 12),
    ("双凤桥街道", 8),
    ("龙山街道", 6),
    ("龙塔街道", 5),
    ("仙桃街道", 4),
    ("宝圣湖街道", 4),
    ("悦来街道", 3),
    ("王家街道", 2),
    ("龙兴镇", 2),
    ("木耳镇", 2),
    ("玉峰山镇", 1),
    ("石船镇", 1),
    ("统景镇", 1),
    ("洛碛镇", 1),
    ("兴隆镇", 1),
    ("大盛镇", 1),
    ("古路镇", 1),
    ("茨竹镇", 1),
    ("大湾镇", 1),
];

/// Class, share in hundredths, and the trades found in it.
const CLASSES: &[(&str, u64, &[&str])] = &[
    ("火灾高危单位", 1, &["商业综合体", "高层公共建筑", "危化品仓库"]),
    ("重点单位（人员密集场所）", 15, &["商场", "宾馆", "医院", "学校", "影剧院", "养老院"]),
    ("重点单位（其他）", 10, &["物流仓储", "加油站", "变电站", "档案馆"]),
    ("一般单位", 44, &["写字楼", "机械厂", "印刷厂", "汽修厂", "食品厂", "家具厂"]),
    ("九小场所", 30, &["小餐馆", "小商店", "小旅馆", "小网吧", "小美容院"]),
];

const WORDS: &[&str] =
    &["晨光", "远山", "青竹", "白鹭", "春江", "临川", "云台", "星河", "松涛", "麦田", "银杏", "清泉"];

const HEADINGS: &[&str] = &[
    "统一社会信用代码",
    "单位名称",
    "镇街",
    "地址",
    "单位类别",
    "信用风险等级",
    "行业标签",
    "所属集团",
    "经营状态",
    "上次检查日期",
    "本年已查次数",
    "预计时长(分钟)",
];

/// Headings, 6,000 good rows, and the dirty rows between them.
pub(super) fn rows() -> Vec<Vec<String>> {
    let mut stream = stream("units");
    let mut rows = vec![row(HEADINGS)];
    let mut seen = std::collections::BTreeSet::new();
    for number in 1..=UNITS {
        let id = loop {
            let id = credit_code(&mut stream);
            if seen.insert(id.clone()) {
                break id;
            }
        };
        rows.push(unit(&mut stream, number, id));
    }
    for (place, dirty) in dirty(&rows) {
        rows.insert(place, dirty);
    }
    rows
}

/// 91, region 000000 (none), nine characters, and the right check character.
fn credit_code(stream: &mut Stream) -> String {
    let alphabet: Vec<char> = CREDIT_CODE_ALPHABET.chars().collect();
    let mut code = String::from("91000000");
    code.extend((0..9).map(|_| alphabet[stream.below(alphabet.len() as u64) as usize]));
    let check = credit_code_check(&code).expect("made of the alphabet");
    code.push(check);
    code
}

fn unit(stream: &mut Stream, number: u64, id: String) -> Vec<String> {
    let town = weighted(stream, TOWNS);
    let class = weighted_index(stream, CLASSES.iter().map(|(_, share, _)| *share));
    let (class, _, trades) = CLASSES[class];
    let trade = pick(stream, trades);
    let high = if chance(stream, 12) { "、高层" } else { "" };
    let group =
        if chance(stream, 8) { format!("示例集团{:02}", 1 + stream.below(20)) } else { String::new() };
    let status = if chance(stream, 2) { pick(stream, &["停业", "注销", "迁出"]) } else { "在营" };
    let (last, visits) = last_inspection(stream);
    let minutes = if class.starts_with("火灾高危") { "360" } else { "" };
    let word = pick(stream, WORDS);
    vec![
        id,
        format!("示例{word}{trade}{number:04}号"),
        town.to_owned(),
        format!("示例区{town}示例路{}号", 1 + stream.below(400)),
        class.to_owned(),
        weighted(stream, &[("A", 26), ("B", 44), ("C", 16), ("D", 6), ("", 8)]).to_owned(),
        format!("{trade}{high}"),
        group,
        status.to_owned(),
        last,
        visits,
        minutes.to_owned(),
    ]
}

/// Two in three were inspected between April 2025 and October 2026.
fn last_inspection(stream: &mut Stream) -> (String, String) {
    if !chance(stream, 66) {
        return (String::new(), String::new());
    }
    let (month, day) = (3 + stream.below(19), 1 + stream.below(28));
    let (year, month) = (2025 + month / 12, 1 + month % 12);
    let visits = if year == 2026 { 1 + u64::from(chance(stream, 6)) } else { 0 };
    (format!("{year}-{month:02}-{day:02}"), visits.to_string())
}

fn weighted<'a>(stream: &mut Stream, from: &[(&'a str, u64)]) -> &'a str {
    from[weighted_index(stream, from.iter().map(|(_, weight)| *weight))].0
}

fn weighted_index(stream: &mut Stream, weights: impl Iterator<Item = u64> + Clone) -> usize {
    let mut left = stream.below(weights.clone().sum());
    for (index, weight) in weights.enumerate() {
        match left.checked_sub(weight) {
            Some(rest) => left = rest,
            None => return index,
        }
    }
    unreachable!("below the sum of the weights")
}

/// What real tables hold besides good rows: each is refused or warned of by name.
fn dirty(good: &[Vec<String>]) -> Vec<(usize, Vec<String>)> {
    let base = |cells: &[(usize, &str)]| {
        let mut dirty = good[40].clone();
        dirty[0] = "91000000MA5K00001X".to_owned();
        for (column, value) in cells {
            dirty[*column] = (*value).to_owned();
        }
        dirty
    };
    vec![
        (101, base(&[(0, "9.10E+17"), (1, "示例被表格软件改坏的编码")])),
        (202, base(&[(0, "９１０００００0MA5K00002"), (1, "示例全角数字")])),
        (303, base(&[(0, "91000000MA5K0000I2"), (1, "示例编码含字母I")])),
        (404, base(&[(0, "91000000MA5K00003A"), (1, "示例名称含\u{fffd}替换字符")])),
        (505, good[500].clone()),
        (606, base(&[(0, &good[600][0]), (1, "示例同码不同名")])),
        (707, base(&[(0, ""), (1, "示例缺编码")])),
        (808, base(&[(0, "91000000MA5K000043"), (4, "不知何类")])),
        (909, base(&[(0, "91000000MA5K000051"), (9, "2026-02-30")])),
        (1010, base(&[(0, "91000000MA5K000079"), (1, "示例镇街写错"), (2, "龙西街道")])),
        (1111, vec!["91000000MA5K00008X".to_owned(), "示例列数不足".to_owned()]),
        (1212, base(&[(0, "500000000001234"), (1, "示例十五位旧注册号")])),
    ]
}
