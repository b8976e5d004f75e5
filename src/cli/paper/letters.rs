//! Letters in lines: widths, and where a line of Chinese may end (避头尾).

use super::typeface::Typeface;

/// Which of the two faces.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

/// A character as it is set.
#[derive(Clone, Copy)]
pub struct Letter {
    pub c: char,
    pub weight: Weight,
    pub glyph: u32,
    pub width: i64,
}

/// How a piece of text is set.
#[derive(Clone, Copy)]
pub struct Setting {
    pub size: i64,
    /// From line to line.
    pub leading: i64,
    pub left: i64,
    pub width: i64,
    /// Of the first line.
    pub indent: i64,
}

/// Signs that do not begin a line, and those that do not end one.
const NOT_FIRST: &str = "，。、；：？！）》”’%·…—〕】";
/// Signs that fill the left half of their square only.
const HALF_EMPTY: &str = "，。、；：）》";
const NOT_LAST: &str = "（《“‘〔【";

/// The letters of a text.
pub fn letters(typeface: &Typeface, text: &str, weight: Weight, size: i64) -> Vec<Letter> {
    let face = typeface.face(weight);
    let letter = |c| {
        let glyph = face.glyph(c);
        Letter { c, weight, glyph, width: face.width(glyph) * size / 1000 }
    };
    let mut letters: Vec<Letter> = text.chars().map(letter).collect();
    // Of two signs in a row the first gives up the empty half of its square.
    for at in 1..letters.len() {
        if HALF_EMPTY.contains(letters[at - 1].c) && NOT_FIRST.contains(letters[at].c) {
            letters[at - 1].width -= size / 2;
        }
    }
    letters
}

/// How wide letters in a row are.
pub fn width(letters: &[Letter]) -> i64 {
    letters.iter().map(|letter| letter.width).sum()
}

/// The lines of a paragraph. Words and numbers in Latin letters stay together where
/// they fit into a line.
pub fn broken(letters: &[Letter], setting: Setting) -> Vec<&[Letter]> {
    let mut lines = Vec::new();
    let mut rest = letters;
    let mut room = setting.width - setting.indent;
    while !rest.is_empty() {
        let mut width = 0;
        let fitting = rest.iter().take_while(|letter| {
            width += letter.width;
            width <= room
        });
        let most = fitting.count().max(1);
        let end = if most == rest.len() {
            most
        } else {
            (1..=most).rev().find(|at| may_break(rest, *at)).unwrap_or(most)
        };
        let (line, after) = rest.split_at(end);
        lines.push(line);
        rest = after;
        room = setting.width;
    }
    lines
}

/// Whether a line may end before letter `at`.
fn may_break(letters: &[Letter], at: usize) -> bool {
    let (before, after) = (letters[at - 1].c, letters[at].c);
    let word = |c: char| c.is_ascii_graphic();
    let tied = NOT_FIRST.contains(after) || NOT_LAST.contains(before) || after == ' ';
    !(tied || (word(before) && word(after)))
}
