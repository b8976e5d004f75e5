//! Registers of any size, with everything in them that a register may have.

use std::fmt::Write as _;
use yaohao::ids::credit_code_check;

/// Numbers that look random and are always the same (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn one_of<'a>(&mut self, values: &[&'a str]) -> &'a str {
        values[self.below(values.len())]
    }
}

pub const HEADINGS: &str = "统一社会信用代码,单位名称,镇街,地址,单位类别,信用风险等级,行业标签,经营状态,上次检查日期,本年已查次数,处罚次数,备注";

/// A register of `count` units, in order of their ids or in any.
pub fn register(seed: u64, count: usize, in_order: bool) -> String {
    let mut numbers = Numbers(seed);
    let mut rows: Vec<(String, String)> = (0..count).map(|nth| row(nth, &mut numbers)).collect();
    rows.sort();
    if !in_order {
        (1..count).rev().for_each(|i| rows.swap(i, numbers.below(i + 1)));
    }
    let mut text = format!("{HEADINGS}\n");
    rows.iter().for_each(|(_, row)| writeln!(text, "{row}").expect("a String takes everything"));
    text
}

fn row(nth: usize, numbers: &mut Numbers) -> (String, String) {
    let mut id = format!("91500112{:09}", nth * 37 + numbers.below(37));
    match numbers.below(10) {
        // The office's own numbers, and old ones of 15 digits.
        0 => id = format!("XF-{nth}/{}", numbers.below(9)),
        1 => id = format!("5001120000{nth:05}"),
        _ => id.push(credit_code_check(&id).expect("digits")),
    }
    let name = format!(
        "{}{nth}",
        numbers.one_of(&["示例商店", "示例 有空格", "示例（括号）", "Example ", "示例〇"])
    );
    let name = if numbers.below(20) == 0 { format!("\"示例,\"\"引号\"\"{nth}\"") } else { name };
    let town = numbers.one_of(&["500112002", "500112016", "龙塔街道", "回兴街道", "500112999", "500112144"]);
    let address = numbers.one_of(&["", "示例路 1 号", "\"示例路,2 号\"", " 示例路3号 "]);
    let class = numbers.one_of(&[
        "small",
        "small",
        "九小场所",
        "general",
        "key",
        "key-crowd",
        "high-risk",
        "一般单位",
    ]);
    let credit = numbers.one_of(&["", "A", "B", "低风险", "D"]);
    let tags = numbers.one_of(&["", "", "物流仓储", "宾馆、餐饮"]);
    let status = numbers.one_of(&["停业", "在营", "active", "active", "注销"]);
    let last = numbers.one_of(&["", "", "2026-11-20", "2025-01-31", "2026/3/5"]);
    let visits = numbers.one_of(&["", "0", "1", "5"]);
    let penalties = numbers.one_of(&["", "0", "3"]);
    (
        id.clone(),
        format!(
            "{id},{name},{town},{address},{class},{credit},{tags},{status},{last},{visits},{penalties},不读"
        ),
    )
}
