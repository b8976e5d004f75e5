//! The order as PDF, laid out like the HTML: pages and tables of GB/T 9704-2012. A table
//! that reaches over pages has its head on every one of them.

use crate::cli::paper::{
    BOTTOM, LEFT, Leaves, Letter, MM, RED, Setting, TOP, Typeface, WIDTH, Weight, broken, half, pdf, pt,
};
use crate::dispatch::{Cell, Line, Paper, Part, Table};
use crate::problem::Outcome;

/// The document; the same words and fonts give the same bytes.
pub fn page(paper: &Paper, typeface: &Typeface) -> Outcome<Vec<u8>> {
    let mut sheets = Sheets(Leaves::new(typeface));
    sheets.turn(true);
    sheets.head(paper);
    for (number, part) in (1..).zip(&paper.parts) {
        if number == paper.parts.len() {
            // The signature does not stand on a page by itself (7.3.5.5).
            sheets.need(7 * pt(BODY.1));
        }
        match part {
            Part::Paragraph(heading, text) => sheets.paragraph(heading, text),
            Part::Table(table) => sheets.table(table),
        }
    }
    sheets.sign(paper);
    pdf(format!("{} {}", paper.title, paper.number), &sheets.0, typeface)
}

/// Size and leading of the body: 3 号, 22 lines on a page (5.2.3).
const BODY: (i64, i64) = (16, 28);
/// Room between a cell's text and its lines.
const PADDING: i64 = 1_200;
const HAIR: i64 = 250;

/// The letters of each line of a cell, already broken.
type Set = Vec<Vec<Letter>>;

struct Sheets<'a>(Leaves<'a>);

impl Sheets<'_> {
    /// A new page with its number (7.5): outside, 7 mm below the text.
    fn turn(&mut self, is_first: bool) {
        if is_first {
            self.0.y = TOP;
        } else {
            self.0.turn(TOP);
        }
        let (size, number) = (pt(14), self.0.count());
        let letters = self.0.letters(&format!("— {number} —"), Weight::Regular, size);
        let width: i64 = letters.iter().map(|letter| letter.width).sum();
        let left = if number % 2 == 1 { LEFT + WIDTH - size - width } else { LEFT + size };
        self.0.draw(&letters, left, BOTTOM + 7 * MM + size, size, 0);
    }

    /// Begins a new page unless so much fits below.
    fn need(&mut self, height: i64) {
        if self.0.y + height > BOTTOM {
            self.turn(false);
        }
    }

    fn head(&mut self, paper: &Paper) {
        let (size, leading) = (pt(BODY.0), pt(BODY.1));
        if let Some(secret) = paper.secret {
            self.0.aligned(secret, Weight::Bold, (size, leading), 0);
        }
        if let Some(office) = &paper.red {
            let count = office.chars().count().max(1) as i64;
            let size = pt((442 / count).clamp(14, 44));
            let name = self.0.letters(office, Weight::Bold, size);
            let free = WIDTH - name.iter().map(|letter| letter.width).sum::<i64>();
            let gap = if count > 1 { (free / (count - 1)).max(0) } else { 0 };
            self.0.y += 10 * MM;
            self.0.ink(RED);
            self.0.draw(&name, LEFT, self.0.y + size, size, gap);
            self.0.ink((0, 0, 0));
            self.0.y += size * 13 / 10 + leading;
        }
        self.0.aligned(&paper.number, Weight::Regular, (size, leading), 1);
        if paper.red.is_some() {
            self.0.ink(RED);
            self.0.bar(LEFT, self.0.y + 4 * MM, WIDTH, 700);
            self.0.ink((0, 0, 0));
            self.0.y += 5 * MM;
        }
        self.0.y += leading;
        self.0.aligned(&paper.title, Weight::Bold, (pt(22), pt(32)), 1);
        self.0.y += leading;
        self.run(&[(&paper.addressee, Weight::Regular)], 0);
    }

    fn paragraph(&mut self, heading: &str, text: &str) {
        // A heading stays with what follows it.
        self.need(if text.is_empty() { 4 } else { 1 } * pt(BODY.1));
        self.run(&[(heading, Weight::Bold), (text, Weight::Regular)], 2);
    }

    /// Lines of the body, the first indented by so many letters.
    fn run(&mut self, words: &[(&str, Weight)], indent: i64) {
        let (size, leading) = (pt(BODY.0), pt(BODY.1));
        let setting = Setting { size, leading, left: LEFT, width: WIDTH, indent: indent * size };
        let letters = words.iter().flat_map(|(text, weight)| self.0.letters(text, *weight, size));
        let letters: Vec<Letter> = letters.collect();
        let lines: Vec<Vec<Letter>> = broken(&letters, setting).into_iter().map(<[_]>::to_vec).collect();
        let last = lines.len().saturating_sub(1);
        for (number, line) in lines.iter().enumerate() {
            self.need(leading);
            self.0.set_line(line, setting, number == 0, number == last);
        }
    }

    fn table(&mut self, table: &Table) {
        self.0.y += 2 * MM;
        let head: Vec<Cell> = table.columns.iter().map(|column| vec![heading(column.heading)]).collect();
        let head = self.cells(table, &head);
        let mut is_begun = false;
        for row in &table.rows {
            let row = self.cells(table, row);
            let needed = height(&row) + if is_begun { 0 } else { height(&head) };
            if self.0.y + needed > BOTTOM {
                self.turn(false);
                is_begun = false;
            }
            if !is_begun {
                self.row(table, &head, true);
                is_begun = true;
            }
            self.row(table, &row, false);
        }
        self.0.y += 4 * MM;
    }

    fn cells(&self, table: &Table, row: &[Cell]) -> Vec<Set> {
        let cell = |(column, lines): (&crate::dispatch::Column, &Cell)| {
            let width = i64::from(column.width) * MM - 2 * PADDING;
            lines.iter().flat_map(|line| self.lines(line, width)).collect()
        };
        table.columns.iter().zip(row).map(cell).collect()
    }

    fn lines(&self, line: &Line, width: i64) -> Set {
        let weight = if line.is_strong { Weight::Bold } else { Weight::Regular };
        let letters = self.0.letters(&line.text, weight, half(21));
        let setting = Setting { size: half(21), leading: pt(15), left: 0, width, indent: 0 };
        broken(&letters, setting).into_iter().map(<[_]>::to_vec).collect()
    }

    /// A row with the lines around its cells.
    fn row(&mut self, table: &Table, row: &[Set], is_head: bool) {
        let (top, height) = (self.0.y, height(row));
        let mut left = LEFT;
        let mut bars = vec![(LEFT, top, WIDTH + HAIR, HAIR), (LEFT, top + height, WIDTH + HAIR, HAIR)];
        for (column, lines) in table.columns.iter().zip(row) {
            let width = i64::from(column.width) * MM;
            bars.push((left, top, HAIR, height));
            let mut y = top + (height - lines.len() as i64 * pt(15)) / 2;
            for line in lines {
                let free = width - line.iter().map(|letter| letter.width).sum::<i64>();
                let inset = if column.is_centred || is_head { free / 2 } else { PADDING };
                let size = half(21);
                self.0.draw(line, left + inset, y + pt(15) / 2 + size * 38 / 100, size, 0);
                y += pt(15);
            }
            left += width;
        }
        bars.push((left, top, HAIR, height));
        self.0.bars(bars);
        self.0.y += height;
    }

    /// Office and date at the right, the date four letters from the edge (7.3.5.1).
    fn sign(&mut self, paper: &Paper) {
        let (size, leading) = (pt(BODY.0), pt(BODY.1));
        self.need(4 * leading);
        self.0.y += 2 * leading;
        let lines = [&paper.office, &paper.date].map(|text| self.0.letters(text, Weight::Regular, size));
        let widths = lines.each_ref().map(|line| line.iter().map(|letter| letter.width).sum::<i64>());
        let middle = LEFT + WIDTH - 4 * size - widths.into_iter().max().unwrap_or_default() / 2;
        for (letters, width) in lines.iter().zip(widths) {
            self.0.draw(letters, middle - width / 2, self.0.y + leading / 2 + size * 38 / 100, size, 0);
            self.0.y += leading;
        }
    }
}

fn heading(text: &str) -> Line {
    Line { text: text.to_owned(), is_strong: true }
}

/// How high a row is.
fn height(row: &[Set]) -> i64 {
    let most = row.iter().map(Vec::len).max().unwrap_or_default().max(1);
    most as i64 * pt(15) + 2 * MM
}
