//! What the TOML library complains of, in the words of both languages. Its
//! messages are parsed, never shown: they speak of types that no office knows.

use crate::lang::Said;
use crate::said;

/// The library's `message` as people read it.
pub fn said(message: &str) -> Said {
    let (what, expected) = message.split_once(", expected ").unwrap_or((message, ""));
    key(what, expected).or_else(|| value(what, expected)).unwrap_or_else(|| syntax(what))
}

/// A key or a word that should not be there, or is missing.
fn key(what: &str, expected: &str) -> Option<Said> {
    let name = quoted(what).next().unwrap_or_default();
    // The tables' own messages end in "; units has id, name, town".
    let listed = match what.split_once(" has ") {
        Some((_, known)) => Said::list(known.split(", ")),
        None => Said::list(quoted(expected)),
    };
    let Said { zh, en } = listed;
    let said = match what {
        "duplicate key" => said!("同一个键写了两次", "the same key stands there twice"),
        _ if what.starts_with("duplicate field ") => {
            said!("“{name}”写了两次", "\"{name}\" stands there twice")
        }
        _ if what.starts_with("missing field ") => said!("缺少“{name}”", "\"{name}\" is missing"),
        _ if what.starts_with("unknown field ") => {
            said!("没有“{name}”这个键；可用：{zh}", "there is no key \"{name}\"; use one of: {en}")
        }
        _ if what.starts_with("unknown variant ") => {
            said!("不认识“{name}”；可用：{zh}", "\"{name}\" is not known; use one of: {en}")
        }
        _ => return None,
    };
    Some(said)
}

/// What stands between backquotes.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// A value of another kind than the setting takes.
fn value(what: &str, expected: &str) -> Option<Said> {
    let kinds = ["invalid type: ", "invalid value: ", "invalid length "];
    let number = "integer number overflowed";
    if what != number && !kinds.iter().any(|kind| what.starts_with(kind)) {
        return None;
    }
    if what == number || what.starts_with("invalid value: integer `") && !what.contains("`-") {
        return Some(said!("这个数太大", "the number is too large"));
    }
    let wanted = match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" | "i64" => whole_number(),
        "a string" | "path string" => said!("写在双引号里的文字", "text in double quotes"),
        "a boolean" => said!(" true 或 false", "true or false"),
        "a sequence" => said!("写在方括号里的一列", "a list in square brackets"),
        _ if ["struct ", "internally tagged enum ", "a map"].iter().any(|k| expected.starts_with(k)) => {
            said!("写成 {{ 键 = 值 }} 的一组", "a group written {{ key = value }}")
        }
        _ if expected.starts_with("a heading") => said!(
            "表头、{{ recognise = \"表头\" }} 或 {{ value = \"值\" }}",
            "a heading, {{ recognise = \"heading\" }} or {{ value = \"value\" }}"
        ),
        _ => return Some(said!("这里的值不是要的那一种", "the value is not of the kind wanted here")),
    };
    let Said { zh, en } = wanted;
    Some(said!("这里要{zh}", "{en} is wanted here"))
}

fn whole_number() -> Said {
    said!("一个不带小数和负号的数", "a whole number without a sign")
}

/// What is no TOML at all.
fn syntax(what: &str) -> Said {
    let found = SYNTAX.iter().find(|(starts, _, _)| starts.iter().any(|start| what.starts_with(start)));
    match found {
        Some((_, zh, en)) => said!("不合 TOML 语法：{zh}", "not TOML: {en}"),
        None => said!("不合 TOML 语法", "not TOML"),
    }
}

/// How the library's complaints begin, and what they come to.
const SYNTAX: &[(&[&str], &str, &str)] = &[
    (
        &["string values must be quoted", "missing opening quote", "invalid basic", "invalid literal"],
        "文字要写在成对的双引号里",
        "text belongs in a pair of double quotes",
    ),
    (
        &["invalid multi-line", "missing escaped", "too few unicode", "invalid value", "invalid escape"],
        "双引号里的反斜杠或换行写得不对",
        "a backslash or line break inside the quotes is wrong",
    ),
    (
        &["key with no value", "missing value", "missing assignment", "missing equals"],
        "写成“键 = 值”，缺少等号或值",
        "write key = value; the equals sign or the value is missing",
    ),
    (
        &["extra `=`", "unexpected `=`", "extra assignment"],
        "多了一个等号",
        "there is an equals sign too many",
    ),
    (
        &["unclosed table", "unclosed array table", "missing table open"],
        "节的名称要写在成对的方括号里",
        "the name of a section belongs in a pair of square brackets",
    ),
    (
        &["unclosed", "missing array opening", "missing inline table opening", "extra ]", "extra }"],
        "方括号或花括号不成对",
        "a bracket or brace has no partner",
    ),
    (
        &["missing comma", "extra comma", "invalid inline table element"],
        "各项之间要有一个逗号",
        "one comma belongs between two values",
    ),
    (
        &["invalid unquoted key", "unquoted keys", "missing key", "keys cannot", "invalid key"],
        "键只用英文字母、数字、- 和 _；别的写法要加双引号",
        "a key has letters, digits, - and _ only; anything else belongs in double quotes",
    ),
    (
        &["unexpected leading zero", "unexpected sign", "redundant", "`_` may", "integers", "radix"],
        "数写得不对",
        "the number is not written as numbers are",
    ),
    (
        &["invalid date", "invalid time", "invalid offset", "value is out of range"],
        "日期写得不对，或日历上没有这一天",
        "not a date, or not a day of the calendar",
    ),
    (
        &["unexpected key or value", "unexpected content"],
        "一行只写一个设置，这里多了东西",
        "one setting a line; there is something too many here",
    ),
    (&["cannot extend", "duplicate"], "同一个键写了两次", "the same key stands there twice"),
    (
        &["carriage return", "invalid comment"],
        "有不该有的控制字符",
        "there is a control character that does not belong here",
    ),
];
