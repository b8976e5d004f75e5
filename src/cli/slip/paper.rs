//! The page as PDF, laid out like the HTML: 信函格式 of GB/T 9704-2012. Lengths are
//! whole micrometres until they are drawn.
#![expect(clippy::float_arithmetic, reason = "PDF has floating coordinates; nothing here is hashed")]

use super::typeface::{Face, Typeface};
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::slip::{Code, Notice, QUIET, module_micrometres};
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};

const MM: i64 = 1000;
/// A point, in hundredths of micrometres.
const PT: i64 = 35_278;
const LEFT: i64 = 28 * MM;
const WIDTH: i64 = 156 * MM;
const HEIGHT: i64 = 297 * MM;
const RED: (u8, u8, u8) = (230, 0, 18);

fn pt(points: i64) -> i64 {
    points * PT / 100
}

/// Half points, for sizes such as 10.5 and 7.5.
fn half(points: i64) -> i64 {
    points * PT / 200
}

/// Micrometres to the points that PDF counts in.
fn float(micrometres: i64) -> f32 {
    micrometres as f32 * 72.0 / 25_400.0
}

/// The page; the same words, codes and fonts give the same bytes.
pub fn page(notice: &Notice, codes: &[Code], typeface: &Typeface) -> Outcome<Vec<u8>> {
    let font = |face: &Face| Font::new(face.bytes.clone().into(), face.index).ok_or_else(damaged);
    let fonts = [font(&typeface.regular)?, font(&typeface.bold)?];
    let mut document = Document::new();
    let title = format!("{} {}", notice.title, notice.number);
    document.set_metadata(Metadata::new().title(title).language("zh-CN".to_owned()));
    let settings = PageSettings::from_wh(float(210 * MM), float(HEIGHT)).ok_or_else(damaged)?;
    let mut leaf = document.start_page_with(settings);
    let mut surface = leaf.surface();
    let crowded = notice.is_crowded(codes.len());
    let faces = [&typeface.regular, &typeface.bold];
    let mut sheet = Sheet { surface: &mut surface, fonts, faces, y: 0 };
    sheet.head(notice);
    sheet.body(notice, crowded);
    sheet.codes(notice, codes, if crowded { pt(14) } else { pt(16) });
    sheet.foot(notice);
    surface.finish();
    leaf.finish();
    document.finish().map_err(|_| damaged())
}

fn damaged() -> Problem {
    Problem::new(
        Kind::Unreadable,
        said!("字体文件已损坏，写不成 PDF", "the font is damaged, so that no PDF can be made"),
        said!("换一个字体（--font），或打印 .html", "name another font (--font), or print the .html"),
    )
}

/// Which of the two faces.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    Regular,
    Bold,
}

/// A character as it is set.
#[derive(Clone, Copy)]
struct Letter {
    c: char,
    weight: Weight,
    glyph: u32,
    width: i64,
}

/// How a piece of text is set.
#[derive(Clone, Copy)]
struct Setting {
    size: i64,
    /// From line to line.
    leading: i64,
    left: i64,
    width: i64,
    /// Of the first line.
    indent: i64,
}

struct Sheet<'s, 'p> {
    surface: &'s mut Surface<'p>,
    fonts: [Font; 2],
    faces: [&'s Face; 2],
    /// How far down the page is filled.
    y: i64,
}

impl Sheet<'_, '_> {
    /// Red name, red rules, number and title.
    fn head(&mut self, notice: &Notice) {
        let letters = notice.office.chars().count().max(1) as i64;
        let size = pt((442 / letters).clamp(14, 36));
        let name = self.letters(&notice.office, Weight::Bold, size);
        let free = WIDTH - name.iter().map(|letter| letter.width).sum::<i64>();
        let gap = if letters > 1 { (free / (letters - 1)).max(0) } else { 0 };
        self.set_fill(RED);
        self.draw(&name, LEFT, 36 * MM + size * 38 / 100, size, gap);
        for (top, thick) in [(46_000, 900), (47_200, 300), (275_500, 300), (276_100, 900)] {
            self.bar(20 * MM, top, 170 * MM, thick);
        }
        self.set_fill((0, 0, 0));
        self.y = 50 * MM;
        self.aligned(&format!("编号：{}", notice.number), Weight::Regular, (pt(14), pt(20)), 2);
        self.y += 3 * MM;
        self.aligned(&notice.title, Weight::Bold, (pt(22), pt(30)), 1);
        self.y += 4 * MM;
    }

    fn body(&mut self, notice: &Notice, crowded: bool) {
        let (size, leading) = if crowded { (pt(14), pt(19)) } else { (pt(16), pt(25)) };
        let plain = Setting { size, leading, left: LEFT, width: WIDTH, indent: 0 };
        let addressee = self.letters(&notice.addressee, Weight::Regular, size);
        self.set(&addressee, plain);
        let indented = Setting { indent: 2 * size, ..plain };
        for paragraph in &notice.paragraphs {
            let mut letters = self.letters(&paragraph.heading, Weight::Bold, size);
            letters.extend(self.letters(&paragraph.text, Weight::Regular, size));
            self.set(&letters, indented);
        }
        let (heading, steps) = &notice.how;
        let heading = self.letters(heading, Weight::Bold, size);
        self.set(&heading, indented);
        let (size, leading) = if crowded { (half(21), pt(14)) } else { (pt(12), pt(17)) };
        for (number, step) in (1..).zip(steps) {
            let mark = self.letters(&format!("{number}."), Weight::Regular, size);
            self.draw(&mark, LEFT + pt(32), self.y + leading / 2 + size * 38 / 100, size, 0);
            let letters = self.letters(step, Weight::Regular, size);
            let hanging = pt(32) + pt(14);
            self.set(
                &letters,
                Setting { size, leading, left: LEFT + hanging, width: WIDTH - hanging, indent: 0 },
            );
        }
        self.y += 3 * MM / 2;
    }

    /// The codes, four in a row, and the signature: below, or beside the second row.
    fn codes(&mut self, notice: &Notice, codes: &[Code], size: i64) {
        let module = i64::from(module_micrometres(codes.len()));
        let side = codes.first().map_or(0, |code| code.width() + 2 * QUIET) as i64 * module;
        let caption = pt(10);
        let mut right = LEFT;
        for (row, chunk) in codes.chunks(4).enumerate() {
            let count = chunk.len() as i64;
            // A short first row is spread over the page; a short second one leaves room.
            let gap = if row == 0 && count < 4 { (WIDTH - count * side) / (count + 1) } else { 0 };
            for (at, code) in chunk.iter().enumerate() {
                let left = LEFT + gap + at as i64 * (side + gap);
                self.modules(code, left, module);
                let text = format!("{}/{}", row * 4 + at + 1, codes.len());
                let letters = self.letters(&text, Weight::Regular, pt(9));
                let width: i64 = letters.iter().map(|letter| letter.width).sum();
                let baseline = self.y + side + caption / 2 + pt(9) * 38 / 100;
                self.draw(&letters, left + (side - width) / 2, baseline, pt(9), 0);
                right = left + side;
            }
            self.y += side + caption;
        }
        let lines = [&notice.office, &notice.date].map(|text| self.letters(text, Weight::Regular, size));
        let widths = lines.each_ref().map(|line| line.iter().map(|letter| letter.width).sum::<i64>());
        let widest = widths.into_iter().max().unwrap_or_default();
        let leading = pt(25);
        let (middle, top) = match codes.len() {
            5 | 6 => ((right + LEFT + WIDTH) / 2, self.y - 6 * MM - 2 * leading),
            _ => (LEFT + WIDTH - 2 * size - widest / 2, self.y + 3 * MM),
        };
        for (line, (letters, width)) in lines.iter().zip(widths).enumerate() {
            let baseline = top + line as i64 * leading + leading / 2 + size * 38 / 100;
            self.draw(letters, middle - width / 2, baseline, size, 0);
        }
    }

    fn foot(&mut self, notice: &Notice) {
        let (size, leading) = (half(15), pt(9));
        let setting = Setting { size, leading, left: LEFT, width: WIDTH, indent: 0 };
        let lines: Vec<Vec<Letter>> =
            notice.small.iter().map(|line| self.letters(line, Weight::Regular, size)).collect();
        let count: usize = lines.iter().map(|line| broken(line, setting).len()).sum();
        self.y = HEIGHT - 22_500 - count as i64 * leading;
        for line in &lines {
            self.set(line, setting);
        }
    }

    fn letters(&self, text: &str, weight: Weight, size: i64) -> Vec<Letter> {
        let face = self.faces[weight as usize];
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

    /// One line: 0 to the left, 1 in the middle, 2 to the right.
    fn aligned(&mut self, text: &str, weight: Weight, (size, leading): (i64, i64), side: i64) {
        let letters = self.letters(text, weight, size);
        let free = WIDTH - letters.iter().map(|letter| letter.width).sum::<i64>();
        self.draw(&letters, LEFT + free * side / 2, self.y + leading / 2 + size * 38 / 100, size, 0);
        self.y += leading;
    }

    /// A paragraph in lines of the same length but the last.
    fn set(&mut self, letters: &[Letter], setting: Setting) {
        let lines = broken(letters, setting);
        let last = lines.len().saturating_sub(1);
        for (number, line) in lines.into_iter().enumerate() {
            let indent = if number == 0 { setting.indent } else { 0 };
            let width: i64 = line.iter().map(|letter| letter.width).sum();
            let gaps = line.len().saturating_sub(1).max(1) as i64;
            let free = setting.width - indent - width;
            let gap = if number == last { 0 } else { (free / gaps).max(0) };
            let baseline = self.y + setting.leading / 2 + setting.size * 38 / 100;
            self.draw(line, setting.left + indent, baseline, setting.size, gap);
            self.y += setting.leading;
        }
    }

    /// Letters in a row, `gap` between them, face by face.
    fn draw(&mut self, letters: &[Letter], left: i64, baseline: i64, size: i64, gap: i64) {
        let mut x = left;
        for run in letters.chunk_by(|a, b| a.weight == b.weight) {
            let text: String = run.iter().map(|letter| letter.c).collect();
            let mut at = 0;
            let glyph = |letter: &Letter| {
                let range = at..at + letter.c.len_utf8();
                at = range.end;
                let advance = (letter.width + gap) as f32 / size as f32;
                KrillaGlyph::new(GlyphId::new(letter.glyph), advance, 0.0, 0.0, 0.0, range, None)
            };
            let glyphs: Vec<KrillaGlyph> = run.iter().map(glyph).collect();
            let font = self.fonts[run[0].weight as usize].clone();
            let start = Point::from_xy(float(x), float(baseline));
            self.surface.draw_glyphs(start, &glyphs, font, &text, float(size), false);
            x += run.iter().map(|letter| letter.width + gap).sum::<i64>();
        }
    }

    fn set_fill(&mut self, (red, green, blue): (u8, u8, u8)) {
        let paint = rgb::Color::new(red, green, blue).into();
        self.surface.set_fill(Some(Fill { paint, ..Fill::default() }));
    }

    fn bar(&mut self, left: i64, top: i64, width: i64, height: i64) {
        self.fill([(left, top, width, height)].into_iter());
    }

    fn modules(&mut self, code: &Code, left: i64, module: i64) {
        let (left, top) = (left + QUIET as i64 * module, self.y + QUIET as i64 * module);
        let run = |(x, y, length): (usize, usize, usize)| {
            (left + x as i64 * module, top + y as i64 * module, length as i64 * module, module)
        };
        self.fill(code.runs().into_iter().map(run));
    }

    fn fill(&mut self, rectangles: impl Iterator<Item = (i64, i64, i64, i64)>) {
        let mut builder = PathBuilder::new();
        for (x, y, width, height) in rectangles {
            if let Some(rect) = Rect::from_ltrb(float(x), float(y), float(x + width), float(y + height)) {
                builder.push_rect(rect);
            }
        }
        let path: Option<Path> = builder.finish();
        if let Some(path) = path {
            self.surface.draw_path(&path);
        }
    }
}

/// Signs that do not begin a line, and those that do not end one (避头尾).
const NOT_FIRST: &str = "，。、；：？！）》”’%·…—";
/// Signs that fill the left half of their square only.
const HALF_EMPTY: &str = "，。、；：）》";
const NOT_LAST: &str = "（《“‘";

/// The lines of a paragraph. Words and numbers in Latin letters stay together where
/// they fit into a line.
fn broken(letters: &[Letter], setting: Setting) -> Vec<&[Letter]> {
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
