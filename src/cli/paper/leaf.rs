//! The leaves of a paper, filled from top to bottom; nothing of them knows PDF.

use super::letters::{Letter, Setting, Weight, broken, letters, width};
use super::measure::{LEFT, WIDTH};
use super::typeface::Typeface;

/// Left, top, width, height.
pub(super) type Bar = (i64, i64, i64, i64);

/// Something on a leaf.
pub(super) enum Mark {
    Text {
        letters: Vec<Letter>,
        left: i64,
        baseline: i64,
        size: i64,
        gap: i64,
    },
    Bars(Vec<Bar>),
    /// What follows has this colour.
    Ink((u8, u8, u8)),
}

/// A leaf.
pub(super) type Leaf = Vec<Mark>;

/// The leaves so far; the last one is being filled.
pub struct Leaves<'a> {
    typeface: &'a Typeface,
    pub(super) leaves: Vec<Leaf>,
    /// How far down the last one is filled.
    pub y: i64,
}

impl<'a> Leaves<'a> {
    /// One empty leaf.
    pub fn new(typeface: &'a Typeface) -> Leaves<'a> {
        let mut leaves = Leaves { typeface, leaves: Vec::new(), y: 0 };
        leaves.turn(0);
        leaves
    }

    /// Begins a new leaf at `top`.
    pub fn turn(&mut self, top: i64) {
        self.leaves.push(vec![Mark::Ink((0, 0, 0))]);
        self.y = top;
    }

    /// How many leaves there are.
    pub fn count(&self) -> usize {
        self.leaves.len()
    }

    /// The letters of a text.
    pub fn letters(&self, text: &str, weight: Weight, size: i64) -> Vec<Letter> {
        letters(self.typeface, text, weight, size)
    }

    /// One line: 0 to the left, 1 in the middle, 2 to the right.
    pub fn aligned(&mut self, text: &str, weight: Weight, (size, leading): (i64, i64), side: i64) {
        let letters = self.letters(text, weight, size);
        let free = WIDTH - width(&letters);
        self.draw(&letters, LEFT + free * side / 2, baseline(self.y, leading, size), size, 0);
        self.y += leading;
    }

    /// A paragraph in lines of the same length but the last.
    pub fn set(&mut self, letters: &[Letter], setting: Setting) {
        let lines = broken(letters, setting);
        let last = lines.len().saturating_sub(1);
        for (number, line) in lines.into_iter().enumerate() {
            self.set_line(line, setting, number == 0, number == last);
        }
    }

    /// A line of a paragraph, to the end of the line unless it is the last.
    pub fn set_line(&mut self, line: &[Letter], setting: Setting, is_first: bool, is_last: bool) {
        let indent = if is_first { setting.indent } else { 0 };
        let gaps = line.len().saturating_sub(1).max(1) as i64;
        let free = setting.width - indent - width(line);
        let gap = if is_last { 0 } else { (free / gaps).max(0) };
        let baseline = baseline(self.y, setting.leading, setting.size);
        self.draw(line, setting.left + indent, baseline, setting.size, gap);
        self.y += setting.leading;
    }

    /// Letters in a row, `gap` between them.
    pub fn draw(&mut self, letters: &[Letter], left: i64, baseline: i64, size: i64, gap: i64) {
        self.put(Mark::Text { letters: letters.to_vec(), left, baseline, size, gap });
    }

    /// The colour of what follows on this leaf.
    pub fn ink(&mut self, colour: (u8, u8, u8)) {
        self.put(Mark::Ink(colour));
    }

    /// A filled rectangle.
    pub fn bar(&mut self, left: i64, top: i64, width: i64, height: i64) {
        self.bars(vec![(left, top, width, height)]);
    }

    /// Filled rectangles: left, top, width, height.
    pub fn bars(&mut self, bars: Vec<Bar>) {
        self.put(Mark::Bars(bars));
    }

    fn put(&mut self, mark: Mark) {
        let leaf = self.leaves.last_mut().expect("there is always a leaf");
        leaf.push(mark);
    }
}

/// Where letters stand in a line that begins at `top`.
fn baseline(top: i64, leading: i64, size: i64) -> i64 {
    top + leading / 2 + size * 38 / 100
}
