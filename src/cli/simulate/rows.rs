//! Rows of text on a terminal: bars, and sentences in as many rows as they take.

use crate::cli::console::Console;
use crate::lang::Said;

/// Columns of a terminal that rows are kept to.
const COLUMNS: usize = 96;
/// Blocks of a bar.
const BLOCKS: i128 = 10;

/// A bar of [`BLOCKS`] for a value of `whole`, to an eighth of a block.
pub fn bar(value: i128, whole: i128) -> String {
    let eighths = (value.max(0) * BLOCKS * 8 / whole.max(1)).min(BLOCKS * 8);
    let (full, part) = (eighths / 8, eighths % 8);
    let end = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][usize::try_from(part).unwrap_or_default()];
    format!("{}{end}", "█".repeat(usize::try_from(full).unwrap_or_default()))
}

/// Columns of a text; signs that some terminals make wide count as wide.
fn columns_of(text: &str) -> usize {
    text.chars().map(columns).sum()
}

fn columns(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
}

/// A text in at most so many columns; what does not fit is left out of its middle, because
/// names often differ at their ends.
pub fn cut(text: &str, most: usize) -> String {
    if columns_of(text) <= most {
        return text.to_owned();
    }
    let within = |letters: &mut dyn Iterator<Item = char>| -> Vec<char> {
        let mut left = most / 2 - 1;
        letters
            .map_while(|c| {
                left = left.checked_sub(columns(c))?;
                Some(c)
            })
            .collect()
    };
    let (start, end) = (within(&mut text.chars()), within(&mut text.chars().rev()));
    start.into_iter().chain(['…']).chain(end.into_iter().rev()).collect()
}

/// Says a sentence in as many rows as it takes, with a sign or nothing before the first.
pub fn say(console: &Console, said: &Said, sign: &str) {
    for (at, row) in wrapped(said.to(console.lang)).iter().enumerate() {
        let before = if at == 0 { sign } else { "  " };
        console.line(&format!("{before}{row}"));
    }
}

/// A text in rows of at most [`COLUMNS`]: Chinese breaks anywhere but before a sign, the
/// rest between words.
fn wrapped(text: &str) -> Vec<String> {
    let (mut rows, mut row, mut columns) = (Vec::new(), String::new(), 0);
    for word in words(text) {
        let width = columns_of(word);
        if columns + width > COLUMNS - 2 && !row.is_empty() {
            rows.push(std::mem::take(&mut row).trim_end().to_owned());
            columns = 0;
        }
        columns += width;
        row.push_str(word);
    }
    rows.push(row.trim_end().to_owned());
    rows
}

/// What must not be broken: words with the spaces behind them, single Chinese characters
/// with the signs behind them.
fn words(text: &str) -> Vec<&str> {
    let signs = "，。、；：？！）》”,.;:)";
    let (mut words, mut start) = (Vec::new(), 0);
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let may_break = before.is_some_and(|before| before == ' ' || !before.is_ascii() || !c.is_ascii());
        if may_break && !signs.contains(c) && c != ' ' && !matches!(before, Some('“' | '（')) {
            words.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    words.push(&text[start..]);
    words
}
