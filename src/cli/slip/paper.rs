//! The slip as PDF, laid out like the HTML: 信函格式 of GB/T 9704-2012.

use crate::cli::paper::{
    HEIGHT, LEFT, Leaves, Letter, MM, RED, Setting, Typeface, WIDTH, Weight, broken, half, pdf, pt,
};
use crate::problem::Outcome;
use crate::slip::{Code, Notice, QUIET, module_micrometres};

/// The page; the same words, codes and fonts give the same bytes.
pub fn page(notice: &Notice, codes: &[Code], typeface: &Typeface) -> Outcome<Vec<u8>> {
    let crowded = notice.is_crowded(codes.len());
    let mut sheet = Sheet(Leaves::new(typeface));
    sheet.head(notice);
    sheet.body(notice, crowded);
    sheet.codes(notice, codes, if crowded { pt(14) } else { pt(16) });
    sheet.foot(notice);
    pdf(format!("{} {}", notice.title, notice.number), &sheet.0, typeface)
}

/// The one leaf of a slip.
struct Sheet<'a>(Leaves<'a>);

impl Sheet<'_> {
    /// Red name, red rules, number and title.
    fn head(&mut self, notice: &Notice) {
        let letters = notice.office.chars().count().max(1) as i64;
        let size = pt((442 / letters).clamp(14, 36));
        let name = self.0.letters(&notice.office, Weight::Bold, size);
        let free = WIDTH - name.iter().map(|letter| letter.width).sum::<i64>();
        let gap = if letters > 1 { (free / (letters - 1)).max(0) } else { 0 };
        self.0.ink(RED);
        self.0.draw(&name, LEFT, 36 * MM + size * 38 / 100, size, gap);
        for (top, thick) in [(46_000, 900), (47_200, 300), (275_500, 300), (276_100, 900)] {
            self.0.bar(20 * MM, top, 170 * MM, thick);
        }
        self.0.ink((0, 0, 0));
        self.0.y = 50 * MM;
        self.0.aligned(&format!("编号：{}", notice.number), Weight::Regular, (pt(14), pt(20)), 2);
        self.0.y += 3 * MM;
        self.0.aligned(&notice.title, Weight::Bold, (pt(22), pt(30)), 1);
        self.0.y += 4 * MM;
    }

    fn body(&mut self, notice: &Notice, crowded: bool) {
        let (size, leading) = if crowded { (pt(14), pt(19)) } else { (pt(16), pt(25)) };
        let plain = Setting { size, leading, left: LEFT, width: WIDTH, indent: 0 };
        let addressee = self.0.letters(&notice.addressee, Weight::Regular, size);
        self.0.set(&addressee, plain);
        let indented = Setting { indent: 2 * size, ..plain };
        for paragraph in &notice.paragraphs {
            let mut letters = self.0.letters(&paragraph.heading, Weight::Bold, size);
            letters.extend(self.0.letters(&paragraph.text, Weight::Regular, size));
            self.0.set(&letters, indented);
        }
        let (heading, steps) = &notice.how;
        let heading = self.0.letters(heading, Weight::Bold, size);
        self.0.set(&heading, indented);
        let (size, leading) = if crowded { (half(21), pt(14)) } else { (pt(12), pt(17)) };
        for (number, step) in (1..).zip(steps) {
            let mark = self.0.letters(&format!("{number}."), Weight::Regular, size);
            self.0.draw(&mark, LEFT + pt(32), self.0.y + leading / 2 + size * 38 / 100, size, 0);
            let letters = self.0.letters(step, Weight::Regular, size);
            let hanging = pt(32) + pt(14);
            self.0.set(
                &letters,
                Setting { size, leading, left: LEFT + hanging, width: WIDTH - hanging, indent: 0 },
            );
        }
        self.0.y += 3 * MM / 2;
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
                let letters = self.0.letters(&text, Weight::Regular, pt(9));
                let width: i64 = letters.iter().map(|letter| letter.width).sum();
                let baseline = self.0.y + side + caption / 2 + pt(9) * 38 / 100;
                self.0.draw(&letters, left + (side - width) / 2, baseline, pt(9), 0);
                right = left + side;
            }
            self.0.y += side + caption;
        }
        let lines = [&notice.office, &notice.date].map(|text| self.0.letters(text, Weight::Regular, size));
        let widths = lines.each_ref().map(|line| line.iter().map(|letter| letter.width).sum::<i64>());
        let widest = widths.into_iter().max().unwrap_or_default();
        let leading = pt(25);
        let (middle, top) = match codes.len() {
            5 | 6 => ((right + LEFT + WIDTH) / 2, self.0.y - 6 * MM - 2 * leading),
            _ => (LEFT + WIDTH - 2 * size - widest / 2, self.0.y + 3 * MM),
        };
        for (line, (letters, width)) in lines.iter().zip(widths).enumerate() {
            let baseline = top + line as i64 * leading + leading / 2 + size * 38 / 100;
            self.0.draw(letters, middle - width / 2, baseline, size, 0);
        }
    }

    fn foot(&mut self, notice: &Notice) {
        let (size, leading) = (half(15), pt(9));
        let setting = Setting { size, leading, left: LEFT, width: WIDTH, indent: 0 };
        let lines: Vec<Vec<Letter>> =
            notice.small.iter().map(|line| self.0.letters(line, Weight::Regular, size)).collect();
        let count: usize = lines.iter().map(|line| broken(line, setting).len()).sum();
        self.0.y = HEIGHT - 22_500 - count as i64 * leading;
        for line in &lines {
            self.0.set(line, setting);
        }
    }

    fn modules(&mut self, code: &Code, left: i64, module: i64) {
        let (left, top) = (left + QUIET as i64 * module, self.0.y + QUIET as i64 * module);
        let run = |(x, y, length): (usize, usize, usize)| {
            (left + x as i64 * module, top + y as i64 * module, length as i64 * module, module)
        };
        self.0.bars(code.runs().into_iter().map(run).collect());
    }
}
