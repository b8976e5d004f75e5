//! The rules of line texts in the words of both languages.
//!
//! Stages that read a text name the rule it breaks in English, as evidence
//! behind a check's name; the Chinese for it is looked up here, so that a clerk
//! never reads half a message in another language.

use crate::lang::Said;
use crate::said;

/// The rule that a text breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule(Said);

impl Rule {
    /// What the rule demands, or what is wrong, in both languages.
    pub fn said(&self) -> &Said {
        &self.0
    }

    /// The rule for a text that cannot be parsed as `what` (`a date`).
    pub(super) fn not(what: &str, text: &str) -> Rule {
        let zh = chinese(what).unwrap_or(what);
        Rule(said!("不是{zh}：{text}", "not {what}: {text}"))
    }
}

impl From<Said> for Rule {
    fn from(said: Said) -> Rule {
        Rule(said)
    }
}

impl From<&str> for Rule {
    fn from(en: &str) -> Rule {
        let zh = match (chinese(en), en.split_once(": ")) {
            (Some(zh), _) => zh.to_owned(),
            // What stands behind the colon was found in the text.
            (None, Some((rule, found))) if chinese(rule).is_some() => {
                format!("{}：{found}", chinese(rule).unwrap_or_default())
            }
            _ => "不合 docs/spec 规定的写法".to_owned(),
        };
        Rule(Said { zh, en: en.to_owned() })
    }
}

impl From<String> for Rule {
    fn from(en: String) -> Rule {
        Rule::from(en.as_str())
    }
}

fn chinese(en: &str) -> Option<&'static str> {
    CHINESE.iter().find(|(known, _)| *known == en).map(|(_, zh)| *zh)
}

/// What the readers of texts say, and what they parse.
const CHINESE: &[(&str, &str)] = &[
    ("a SHA-256", " SHA-256 值"),
    ("a hash", " 64 位十六进制的杂凑值"),
    ("a beacon", "公开随机事件"),
    ("a date", "日期"),
    ("a draw number", "抽取编号"),
    ("a fraction", "分数"),
    ("a moment", "时刻"),
    ("a nonce", "随机数"),
    ("a chain is not of a party after the first, or out of order", "链不属于第一方之后的一方，或次序不对"),
    ("a party is there twice", "同一方写了两次"),
    ("a published field has no value", "公开的字段没有值"),
    ("a quota rule is there twice", "同一条数量规则写了两次"),
    ("a proof is too long", "证明路径太长"),
    ("an entry without an act or a number", "台账里一条记录没有编号或没有内容"),
    ("the number of a matter", "事项编号"),
    ("unknown word", "不认识的词"),
    ("not an id", "不是编号"),
    ("late changes are counted from 1", "换人从第 1 次数起"),
    ("not a salt, a hash and a certificate number", "不是盐、杂凑值和执法证号"),
    ("band 0 is not written", "第 0 档不写"),
    ("expected role=names", "应为“岗位=人员”"),
    ("expected two names", "应有两个代号"),
    ("no unit is excluded for this reason", "没有单位因此不参加抽取"),
    ("not a custodian", "不是保管人的代号"),
    ("not a key", "不是代号"),
    ("not a length", "链的节数不对"),
    ("not a name", "不是代号"),
    ("not a party", "不是一方的代号"),
    ("not a salt", "不是盐"),
    ("not a signature", "不是签名"),
    ("not a stratum", "不是分层"),
    ("not a stratum label", "不是分层的代号"),
    ("not a stratum with a pool", "不是带家数的分层"),
    ("not a stratum with a pool, a quota and reserves within it", "不是带家数的分层，或应抽和候补超过家数"),
    ("not a team", "不是检查组"),
    ("not a town", "不是镇街的代码"),
    ("not a unit", "不是单位"),
    ("not a unit and a salt", "不是单位和盐"),
    ("not a unit line", "不是单位的一行"),
    ("not a unit, a stratum and a rank", "不是单位、分层和名次"),
    ("not in canonical form", "不是规定的唯一写法"),
    ("not rising days of the window", "不是检查期内从早到晚的日子"),
    ("not the edge of a tree", "不是一棵树的右边缘"),
    ("not the custodians of an escrow", "保管人重复，或人数不在 2 至 9 之间，或少于打开所需的方数"),
    ("not the name of a file", "不是文件名"),
    ("not the length of a chain", "链的节数不对"),
    ("not the number of a share", "不是份额的编号"),
    ("not the points of an escrow", "不是托管的点，或点数与方数不符"),
    ("not the room of sealed results", "不是密封结果的长度"),
    ("not the slots of a team", "不是检查组的岗位"),
    ("the chain is not 64 hex digits", "链不是 64 位十六进制"),
    ("the nonce is not 64 hex digits", "随机数不是 64 位十六进制"),
    ("the numbers have gaps", "编号有空缺"),
    ("the share is not 64 hex digits", "份额不是 64 位十六进制"),
    ("the salts are not 64 hex digits", "盐不是 64 位十六进制"),
    ("the window ends before it begins", "检查期的最后一天早于第一天"),
    ("there is no team", "没有检查组"),
    ("too few fields", "字段太少"),
    ("unknown class", "不认识的单位类别"),
    ("unknown or misplaced published field", "公开的字段不认识或次序不对"),
    ("unknown or misplaced words", "有不认识或次序不对的词"),
    ("unknown reason", "不认识的原因"),
    ("unknown role", "不认识的岗位"),
    ("unknown rounding", "不认识的取整方式"),
];
