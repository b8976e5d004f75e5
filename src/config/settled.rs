//! Does every reader of TOML read a text alike? Parsers of TOML 1.0 and 1.1 differ, and so
//! do parsers of one version on numbers and times. A policy that is committed has nothing
//! on which they do (docs/spec/policy.md).

use super::complaint;
use crate::lang::Said;
use crate::said;
use toml::{Table, Value};

/// Most tables and lists in each other, the file itself among them.
const DEEPEST: usize = 32;

/// What is in a text that could be read, and that other parsers may read otherwise.
pub fn unsettled(text: &str) -> Option<Said> {
    if text.starts_with('\u{feff}') {
        return Some(said!("文件开头有字节顺序标记（BOM）", "the file begins with a byte order mark"));
    }
    if is_newer(text.as_bytes()) {
        return Some(said!(
            "用了 TOML 1.0 没有的写法：行内表换行或以逗号结尾，或字符串中的 \\e、\\x",
            "TOML 1.0 has no line break or last comma in an inline table, and no \\e or \\x in a string"
        ));
    }
    // Settings that nobody asks for are looked at here only.
    match toml::from_str::<Table>(text) {
        Ok(file) => odd(&Value::Table(file), 1),
        Err(error) => Some(complaint(error.message())),
    }
}

/// The first value that parsers take in different ways.
fn odd(value: &Value, depth: usize) -> Option<Said> {
    match value {
        Value::Table(_) | Value::Array(_) if depth > DEEPEST => Some(said!(
            "表和列表套得太深（超过 {DEEPEST} 层）",
            "tables and lists are nested deeper than {DEEPEST}"
        )),
        Value::Table(table) => table.values().find_map(|value| odd(value, depth + 1)),
        Value::Array(list) => list.iter().find_map(|value| odd(value, depth + 1)),
        Value::Float(_) => Some(said!("有小数", "there is a floating-point number")),
        Value::Datetime(at) if at.time.is_some() || at.date.is_none_or(|date| date.year == 0) => {
            Some(said!("有时刻，或公元 0 年的日期", "there is a time of day, or a date of the year 0"))
        }
        Value::Datetime(_) | Value::String(_) | Value::Integer(_) | Value::Boolean(_) => None,
    }
}

/// Whether a text that TOML 1.1 reads needs more than TOML 1.0.
fn is_newer(text: &[u8]) -> bool {
    let (mut at, mut last, mut open) = (0, b' ', Vec::new());
    while let Some(&byte) = text.get(at) {
        match byte {
            b'#' => at += text[at..].iter().take_while(|byte| **byte != b'\n').count() - 1,
            b'"' | b'\'' => match end_of_string(text, at) {
                Some(end) => at = end,
                None => return true,
            },
            b'[' | b'{' => open.push(byte),
            b'}' if last == b',' => return true,
            b'\n' if open.last() == Some(&b'{') => return true,
            b']' | b'}' => drop(open.pop()),
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
        at += 1;
    }
    false
}

/// The place of the last quote of the string that begins at `start`; nothing if it has an
/// escape that TOML 1.0 does not know.
fn end_of_string(text: &[u8], start: usize) -> Option<usize> {
    let quote = text[start];
    let is_long = text[start..].starts_with(&[quote; 3]);
    let mut at = start + if is_long { 3 } else { 1 };
    loop {
        match text.get(at..)? {
            [b'\\', b'e' | b'x', ..] if quote == b'"' => return None,
            [b'\\', _, ..] if quote == b'"' => at += 2,
            [a, b, c, ..] if is_long && [*a, *b, *c] == [quote; 3] => {
                // Up to two more quotes at the end are part of a long string.
                let more = text[at + 3..].iter().take(2).take_while(|byte| **byte == quote).count();
                return Some(at + 2 + more);
            }
            [byte, ..] if !is_long && *byte == quote => return Some(at),
            _ => at += 1,
        }
    }
}
