//! What the clerk reads for each rule: what is wrong and what to do about it.

mod recusal;

pub(super) use recusal::*;

use super::rule::Rule;
use crate::lang::Said;
use crate::said;

/// A broken rule, before it is known to stand in some row and column.
#[derive(Debug, Clone)]
pub struct Fault {
    /// The rule.
    pub rule: Rule,
    /// What is wrong.
    pub what: Said,
    /// What to do about it.
    pub remedy: Said,
}

fn fault(rule: Rule, what: Said, remedy: Said) -> Fault {
    Fault { rule, what, remedy }
}

// ---- the cell as such ------------------------------------------------------

pub(super) fn stray_quote() -> Fault {
    fault(
        Rule::BrokenRow,
        said!(
            "这一行的引号不成对，分不清各列",
            "a quote in this row is not closed; its cells cannot be told apart"
        ),
        said!(
            "单元格里有引号时整格加引号、里面的引号写两遍，或用 Excel 重新另存为 CSV",
            "quote the whole cell and double the quotes inside it, or save the table as CSV with Excel again"
        ),
    )
}

pub(super) fn wrong_width(found: usize, expected: usize) -> Fault {
    fault(
        Rule::BrokenRow,
        said!(
            "这一行有 {found} 格，标题有 {expected} 格",
            "the row has {found} cells, the headings are {expected}"
        ),
        said!(
            "检查是否多了或少了逗号；含逗号的单元格要加引号",
            "look for a comma too many or too few; a cell with a comma in it must be quoted"
        ),
    )
}

pub(super) fn replacement() -> Fault {
    fault(
        Rule::ReplacementCharacter,
        said!(
            "有无法辨认的字符（�），原文已经损坏",
            "there are characters that cannot be read (�); the text is damaged"
        ),
        said!("对照原始材料改正后再导入", "correct it from the original documents and import again"),
    )
}

pub(super) fn control() -> Fault {
    fault(
        Rule::ControlCharacter,
        said!("有换行、制表符或看不见的字符", "there is a line break, a tab or an invisible character"),
        said!("删除整格重新输入，不要从网页粘贴", "clear the cell and type it anew instead of pasting it"),
    )
}

/// A row that is longer than a line of a roll can be.
pub(super) fn long_row() -> Fault {
    fault(
        Rule::BrokenRow,
        said!(
            "这一行太长，可能粘进了别的内容",
            "this row is too long; something else may have been pasted into it"
        ),
        said!(
            "核对名称等各格，删去多余的内容",
            "look through its cells, such as the name, and take out what does not belong"
        ),
    )
}

pub(super) fn error_cell() -> Fault {
    fault(
        Rule::ErrorCell,
        said!("单元格是 Excel 的错误值", "the cell shows an Excel error"),
        said!("改正公式，或改成普通文字", "mend the formula or write the value as text"),
    )
}

pub(super) fn wrong_kind() -> Fault {
    fault(
        Rule::WrongCellKind,
        said!(
            "这里应是文字，Excel 存成了日期或逻辑值",
            "a text belongs here; Excel stored a date or a truth value"
        ),
        said!(
            "把该列设为“文本”格式后重新输入（Excel 会把 3-5 改成日期）",
            "format the column as text and type the value again (Excel turns 3-5 into a date)"
        ),
    )
}

pub(super) fn missing(rule: Rule) -> Fault {
    match rule {
        Rule::NoLegalBasis => fault(
            rule,
            said!("没有检查依据，不得列入抽查事项", "without a legal basis there is no check"),
            said!("写明法律、法规或规章的条款", "name the article of the law or regulation"),
        ),
        _ => fault(
            rule,
            said!("必填项为空", "a required value is missing"),
            said!("补上后再导入", "fill it in and import again"),
        ),
    }
}

pub(super) fn full_width(half: &str) -> Fault {
    fault(
        Rule::FullWidth,
        said!("有全角的字母、数字或符号", "there are full-width letters, digits or signs"),
        said!("改成半角：{half}", "write it half-width: {half}"),
    )
}

// ---- ids -------------------------------------------------------------------

pub(super) fn numeric_id() -> Fault {
    fault(
        Rule::NumericId,
        said!(
            "编号在 Excel 里存成了数字，15 位以后已经丢失",
            "Excel stored the id as a number and keeps only 15 digits of it"
        ),
        said!(
            "把该列设为“文本”格式，从原始材料重新录入这一格",
            "format the column as text and enter this cell again from the original documents"
        ),
    )
}

pub(super) fn scientific() -> Fault {
    fault(
        Rule::ScientificNotation,
        said!(
            "编号被 Excel 改成了科学计数法，原来的数字已经丢失",
            "Excel turned the id into scientific notation; its digits are lost"
        ),
        said!(
            "不要在这里补写；回到原始表，把该列设为“文本”格式后重新导出",
            "do not mend it here: format the column as text in the original table and export again"
        ),
    )
}

pub(super) fn identity_card() -> Fault {
    fault(
        Rule::IdentityCard,
        said!(
            "这是居民身份证号，不得导入",
            "this is the number of an identity card, which must not be imported"
        ),
        said!("改填执法证号或单位自己的编号", "use the certificate number, or the office's own number"),
    )
}

pub(super) fn bad_id() -> Fault {
    fault(
        Rule::BadId,
        said!(
            "编号最长 64 位，只能用半角的字母、数字和 - _ . /，以字母或数字开头",
            "an id is at most 64 ASCII letters, digits and - _ . / with a letter or digit first"
        ),
        said!("改正编号", "correct the id"),
    )
}

pub(super) fn credit_alphabet(c: char, upper: &str) -> Fault {
    let remedy = if c.is_ascii_lowercase() {
        said!("代码用大写字母：{upper}", "codes are upper case: {upper}")
    } else {
        said!(
            "对照营业执照改正；代码里没有 I、O、S、V、Z，多半是 1、0、5、U、2",
            "correct it from the licence; codes have no I, O, S, V, Z: most likely it is 1, 0, 5, U or 2"
        )
    };
    fault(
        Rule::BadCreditCode,
        said!("统一社会信用代码里不会有“{c}”", "a unified social credit code never has \"{c}\""),
        remedy,
    )
}

pub(super) fn credit_check(check: char) -> Fault {
    fault(
        Rule::CheckCharacter,
        said!(
            "统一社会信用代码的校验位不符，按前 17 位应为“{check}”",
            "the check character of the credit code does not fit; the first 17 call for \"{check}\""
        ),
        said!(
            "对照营业执照核对；确实如此的可以保留",
            "compare it with the licence; it may stay if it is right"
        ),
    )
}

pub(super) fn unusual_length(length: usize) -> Fault {
    fault(
        Rule::UnusualLength,
        said!(
            "编号有 {length} 位，统一社会信用代码是 18 位",
            "the id has {length} characters, a credit code has 18"
        ),
        said!(
            "核对是否漏写或多写；单位自编的号可以保留",
            "look for one too many or too few; an office's own number may stay"
        ),
    )
}

pub(super) fn look_alike(other: &str, row: u32) -> Fault {
    fault(
        Rule::LookAlike,
        said!("与第 {row} 行的编号 {other} 极易混淆", "easily taken for the id {other} in row {row}"),
        said!(
            "核对两行是否为同一对象；是则删去一行",
            "make sure they are two; if not, remove one of the rows"
        ),
    )
}

// ---- values ----------------------------------------------------------------

pub(super) fn bad_date() -> Fault {
    fault(
        Rule::BadDate,
        said!("不是日期，或日历上没有这一天", "not a date, or not a day of the calendar"),
        said!(
            "写成 2026-01-05；一段时间写成 2026-01-05~2026-01-09",
            "write it as 2026-01-05, a stretch of days as 2026-01-05~2026-01-09"
        ),
    )
}

pub(super) fn serial_date(day: &str) -> Fault {
    fault(
        Rule::BadDate,
        said!(
            "这里是一个数，Excel 把日期存成了序号（多半是 {day}）",
            "a number, by which Excel stands for a day (most likely {day})"
        ),
        said!(
            "写成日期：{day}；或把这一列设为“日期”格式",
            "write the day, {day}, or format the column as a date"
        ),
    )
}

pub(super) fn bad_whole() -> Fault {
    fault(
        Rule::BadNumber,
        said!("不是整数", "not a whole number"),
        said!("只写数字，不带单位，如 90", "write digits only, without a unit, such as 90"),
    )
}

pub(super) fn bad_hours() -> Fault {
    fault(
        Rule::BadNumber,
        said!("不是工时，或合不成整分钟", "not a number of hours, or not whole minutes"),
        said!("写成 72、72.5 或 72:30", "write it as 72, 72.5 or 72:30"),
    )
}

pub(super) fn reversed() -> Fault {
    fault(
        Rule::PeriodReversed,
        said!("结束日期早于开始日期", "the last day lies before the first"),
        said!("核对两个日期", "compare the two dates"),
    )
}

pub(super) fn unknown_word(allowed: &Said, configured: bool) -> Fault {
    let Said { zh, en } = allowed;
    if !configured {
        let (what, remedy) =
            (said!("不是可用的词", "not a word of this field"), said!("改用：{zh}", "use one of: {en}"));
        return fault(Rule::UnknownWord, what, remedy);
    }
    fault(
        Rule::UnknownWord,
        said!("不是可用的词", "not a word of this field"),
        said!(
            "改用：{zh}；或在配置的 values 里写明对应关系",
            "use one of: {en}; or say under `values` in the configuration what it means"
        ),
    )
}

pub(super) fn unknown_zone(allowed: &Said) -> Fault {
    let Said { zh, en } = allowed;
    fault(
        Rule::UnknownZone,
        said!("政策文件里没有这个片区", "the policy has no such zone"),
        said!("改用：{zh}", "use one of: {en}"),
    )
}

pub(super) fn bad_tag(part: &str) -> Fault {
    fault(
        Rule::BadTag,
        said!(
            "“{part}”里有空格、等号或分隔符",
            "\"{part}\" has a space, an equals sign or a separator in it"
        ),
        said!("去掉这些符号；几个词之间用顿号", "remove it; put ; between several words"),
    )
}

pub(super) fn few_staff() -> Fault {
    fault(
        Rule::TooFewStaff,
        said!(
            "检查不得少于两人（行政处罚法第四十二条）",
            "an inspection takes at least two inspectors (Administrative Penalty Law, Art 42)"
        ),
        said!("改为 2 或以上", "write 2 or more"),
    )
}

pub(super) fn future(reference: &str) -> Fault {
    fault(
        Rule::FutureDate,
        said!("日期晚于导入日 {reference}", "the date lies after the day of the import, {reference}"),
        said!("核对年份", "look at the year"),
    )
}

pub(super) fn expired(reference: &str) -> Fault {
    fault(
        Rule::CertificateExpired,
        said!(
            "证件在导入日 {reference} 已经过期，此人不会被抽中",
            "the certificate had expired on {reference}, the day of the import; the person cannot be drawn"
        ),
        said!("换发证件后更新有效期", "renew the certificate and update its expiry"),
    )
}

// ---- places ----------------------------------------------------------------

pub(super) fn town_unknown() -> Fault {
    fault(
        Rule::TownUnknown,
        said!(
            "没有镇街，或不是政策文件所列的镇街；该单位会公开列为不参加抽取",
            "no town, or none the policy lists; the unit will be publicly listed as excluded"
        ),
        said!("写镇街名称或 9 位统计代码", "write the town's name or its 9-digit statistical code"),
    )
}

pub(super) fn town_not_recognised() -> Fault {
    fault(
        Rule::TownNotRecognised,
        said!(
            "地址里认不出镇街；该单位会公开列为不参加抽取",
            "the address names no town; the unit will be publicly listed as excluded"
        ),
        said!(
            "在地址里写出镇街全称，或加一列镇街",
            "write the town's full name in the address, or add a column with the town"
        ),
    )
}

pub(super) fn town_ambiguous(codes: &[&str]) -> Fault {
    let Said { zh, en } = Said::list(codes);
    fault(
        Rule::TownAmbiguous,
        said!(
            "地址里有不止一个镇街（{zh}）；该单位会公开列为不参加抽取",
            "the address names several towns ({en}); the unit will be publicly listed as excluded"
        ),
        said!(
            "在地址里只留所在的镇街，或加一列镇街",
            "leave only one of them in the address, or add a column with the town"
        ),
    )
}

// ---- between rows and tables -----------------------------------------------

pub(super) fn duplicate_row(row: u32) -> Fault {
    fault(
        Rule::DuplicateRow,
        said!("与第 {row} 行完全相同", "the same as row {row}"),
        said!("删去这一行", "remove this row"),
    )
}

pub(super) fn duplicate_id(rows: &Said) -> Fault {
    let Said { zh, en } = rows;
    fault(
        Rule::DuplicateId,
        said!(
            "同一编号还有内容不同的行（第 {zh} 行），都不导入，以免结果取决于行的先后",
            "other rows with this id say something else (see row {en}); none is imported, or the order of rows would decide"
        ),
        said!("只留正确的一行", "leave only the row that is right"),
    )
}

pub(super) fn overlapping(rows: &Said) -> Fault {
    let Said { zh, en } = rows;
    fault(
        Rule::OverlappingDates,
        said!(
            "同一编号的各行（另见第 {zh} 行）生效日期有重叠，都不导入",
            "rows of this id (see row {en}) are in effect on the same days; none is imported"
        ),
        said!(
            "改正生效日期和失效日期，使各行前后相接而不重叠",
            "correct the first and last days, so that one version ends before the next begins"
        ),
    )
}

pub(super) fn unknown_item(code: &str) -> Fault {
    fault(
        Rule::UnknownItem,
        said!("抽查事项清单里没有事项 {code}", "the list of items has no item {code}"),
        said!("核对事项编码", "compare the code"),
    )
}
