//! The line texts that are hashed, and the one strict way to read them.
//!
//! A text is UTF-8; LF ends every line, the last one too; no CR, no byte-order
//! mark, no control character, no leading or trailing space in a line, no empty
//! line. Its first line is its tag, such as `yaohao/record/v1`. Reading refuses
//! everything else, so that printing what was read gives back the same bytes.

mod rule;

pub use rule::Rule;

use crate::lang::Said;
use crate::said;
use std::fmt::{self, Write as _};
use std::str::FromStr;

/// Why a text was refused: the line (from 1) and the rule it breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextError {
    /// Line number from 1; 0 where the whole text is meant.
    pub line: usize,
    /// The rule.
    pub rule: Rule,
}

impl TextError {
    /// The line and the rule.
    pub fn said(&self) -> Said {
        let Said { zh, en } = self.rule.said();
        match self.line {
            0 => self.rule.said().clone(),
            line => said!("第 {line} 行：{zh}", "line {line}: {en}"),
        }
    }
}

/// In English, as evidence behind a check's name.
impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said().en)
    }
}

/// A result of reading texts.
pub type Read<T> = Result<T, TextError>;

/// Writes a text line by line.
#[derive(Debug, Clone)]
pub struct Writer(String);

impl Writer {
    /// A text that starts with `tag`.
    pub fn new(tag: &str) -> Self {
        let mut writer = Writer(String::new());
        writer.line(tag);
        writer
    }

    /// Adds a line.
    ///
    /// # Panics
    /// If the line breaks the rules of texts: what enters a text is checked
    /// where it enters the program, never silently changed here.
    pub fn line(&mut self, line: impl AsRef<str>) -> &mut Self {
        let line = line.as_ref();
        assert_eq!(broken_rule(line), None, "a text line was built wrongly: {line:?}");
        self.0.push_str(line);
        self.0.push('\n');
        self
    }

    /// Adds `key value`.
    pub fn field(&mut self, key: &str, value: impl fmt::Display) -> &mut Self {
        let mut line = String::with_capacity(96);
        write!(line, "{key} {value}").expect("a String takes everything");
        self.line(line)
    }

    /// The finished text.
    pub fn finish(&mut self) -> String {
        std::mem::take(&mut self.0)
    }
}

/// The rule that `line` breaks, if any.
pub fn broken_rule(line: &str) -> Option<Said> {
    if line.is_empty() {
        return Some(said!("空行", "empty line"));
    }
    if line.starts_with(' ') || line.ends_with(' ') {
        return Some(said!("行首或行尾有空格", "leading or trailing space"));
    }
    // ASCII control characters, DEL, C1 controls, and the byte-order mark.
    let foreign = |c: char| c.is_control() || c == '\u{feff}' || c == '\u{fffd}';
    // Only characters that begin with these bytes in UTF-8 can be foreign: C1
    // controls with C2, U+FEFF and U+FFFD with EF. It keeps Chinese lines fast.
    let suspect = |b: u8| b < 0x20 || matches!(b, 0x7f | 0xc2 | 0xef);
    if line.bytes().any(suspect) && line.chars().any(foreign) {
        return Some(said!(
            "有控制字符、字节顺序标记或替换字符",
            "control character, byte-order mark or replacement character"
        ));
    }
    None
}

/// Reads a text line by line.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    rest: &'a str,
    line: usize,
}

impl<'a> Reader<'a> {
    /// Starts on `bytes`, whose first line must be `tag`.
    pub fn new(bytes: &'a [u8], tag: &str) -> Read<Self> {
        let whole = |rule: Said| TextError { line: 0, rule: rule.into() };
        let rest = std::str::from_utf8(bytes).map_err(|_| whole(said!("不是 UTF-8 文本", "not UTF-8")))?;
        if !rest.ends_with('\n') {
            return Err(whole(said!("最后一行没有以换行结束", "the last line does not end with LF")));
        }
        let mut reader = Reader { rest, line: 0 };
        match reader.next_line()? {
            Some(first) if first == tag => Ok(reader),
            _ => Err(reader.error(said!("首行不是 {tag}", "the first line is not {tag}"))),
        }
    }

    /// An error at the line read last.
    pub fn error(&self, rule: impl Into<Rule>) -> TextError {
        TextError { line: self.line, rule: rule.into() }
    }

    /// The next line, or `None` at the end.
    pub fn next_line(&mut self) -> Read<Option<&'a str>> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        self.line += 1;
        let (line, rest) = self.rest.split_once('\n').expect("checked: the text ends with LF");
        self.rest = rest;
        match broken_rule(line) {
            Some(rule) => Err(self.error(rule)),
            None => Ok(Some(line)),
        }
    }

    /// The rest of the next line, which must start with `key` and a space.
    pub fn field(&mut self, key: &str) -> Read<&'a str> {
        let found = self.optional(key)?;
        let wanted = || said!("应为“{key} …”", "expected `{key} …`").into();
        found.ok_or_else(|| TextError { line: self.line + 1, rule: wanted() })
    }

    /// Like [`Reader::field`], but leaves any other line unread.
    pub fn optional(&mut self, key: &str) -> Read<Option<&'a str>> {
        let before = self.clone();
        let value = self.next_line()?.and_then(|line| line.strip_prefix(key)?.strip_prefix(' '));
        match value {
            Some(value) if value.starts_with(' ') => Err(self.error(said!("有两个空格", "two spaces"))),
            Some(value) => Ok(Some(value)),
            None => {
                *self = before;
                Ok(None)
            }
        }
    }

    /// All consecutive lines that start with `key`, each read by `read`.
    pub fn each<T>(&mut self, key: &str, read: impl Fn(&Self, &'a str) -> Read<T>) -> Read<Vec<T>> {
        let mut values = Vec::new();
        while let Some(text) = self.optional(key)? {
            values.push(read(self, text)?);
        }
        Ok(values)
    }

    /// The line `key value` and nothing else.
    pub fn constant(&mut self, key: &str, value: &str) -> Read<()> {
        match self.field(key)? {
            found if found == value => Ok(()),
            found => Err(self.error(said!(
                "应为“{key} {value}”，写的是 {found}",
                "expected `{key} {value}`, found {found}"
            ))),
        }
    }

    /// The line `key …` parsed as `what`.
    pub fn parsed<T: FromStr>(&mut self, key: &str, what: &str) -> Read<T> {
        let text = self.field(key)?;
        self.parse(text, what)
    }

    /// The line `key …` with a word of a closed vocabulary.
    pub fn word<T>(&mut self, key: &str, from_key: fn(&str) -> Option<T>) -> Read<T> {
        let text = self.field(key)?;
        from_key(text).ok_or_else(|| self.error(said!("不认识的词：{text}", "unknown word: {text}")))
    }

    /// Parses `text`, a part of the line read last, as `what`.
    pub fn parse<T: FromStr>(&self, text: &str, what: &str) -> Read<T> {
        text.parse().map_err(|_| self.error(Rule::not(what, text)))
    }

    /// Parses a number without sign or leading zeros.
    pub fn number<T: FromStr>(&self, text: &str) -> Read<T> {
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        let plain = digits && (text == "0" || !text.starts_with('0'));
        match text.parse() {
            Ok(number) if plain => Ok(number),
            _ => Err(self.error(said!("不是数：{text}", "not a number: {text}"))),
        }
    }

    /// Splits the line read last into exactly `N` fields at single spaces; the last one may
    /// contain more of them, but does not begin with one.
    pub fn split<const N: usize>(&self, text: &'a str) -> Read<[&'a str; N]> {
        let fields: Vec<&str> = text.splitn(N, ' ').collect();
        match <[&str; N]>::try_from(fields) {
            Ok(fields) if fields.iter().all(|f| !f.is_empty() && !f.starts_with(' ')) => Ok(fields),
            _ => Err(self
                .error(said!("应有 {N} 个字段，各隔一个空格", "expected {N} fields separated by one space"))),
        }
    }

    /// Succeeds only at the end of the text.
    pub fn end(mut self) -> Read<()> {
        match self.next_line()? {
            None => Ok(()),
            Some(line) => Err(self.error(said!("多余的一行：{line}", "unexpected line: {line}"))),
        }
    }
}
