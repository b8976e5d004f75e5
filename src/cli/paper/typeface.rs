//! A font file, read as far as a page of Chinese needs it: which glyph stands for
//! a character, and how wide it is (ISO/IEC 14496-22: cmap, hmtx).

use super::letters::Weight;
use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use crate::store::read;
use krilla::text::Font;
use std::path::{Path, PathBuf};

/// Where systems keep fonts with the characters of a Chinese notice: the regular
/// face, and the bold one for its title.
const PLACES: &[(&str, &str)] = &[
    (
        "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
        "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc",
    ),
    ("/usr/share/fonts/noto-cjk/NotoSerifCJK-Regular.ttc", "/usr/share/fonts/noto-cjk/NotoSerifCJK-Bold.ttc"),
    (
        "/usr/share/fonts/google-noto-serif-cjk-fonts/NotoSerifCJK-Regular.ttc",
        "/usr/share/fonts/google-noto-serif-cjk-fonts/NotoSerifCJK-Bold.ttc",
    ),
    ("C:\\Windows\\Fonts\\simfang.ttf", "C:\\Windows\\Fonts\\simhei.ttf"),
    ("/System/Library/Fonts/Supplemental/Songti.ttc", "/System/Library/Fonts/Supplemental/Songti.ttc"),
];

/// One face of a font file.
#[derive(Clone)]
pub struct Face {
    /// The face as it is embedded.
    pub font: Font,
    units_per_em: i64,
    cmap: Vec<Range>,
    advances: Vec<u16>,
}

/// Characters in a row that have glyphs in a row.
#[derive(Clone, Copy)]
struct Range {
    first: u32,
    last: u32,
    glyph: u32,
}

/// The regular and the bold face of a paper.
pub struct Typeface {
    regular: Face,
    bold: Face,
}

impl Typeface {
    /// The fonts in `file`, or those that the system has.
    pub fn find(file: Option<&Path>) -> Outcome<Typeface> {
        if let Some(path) = file {
            let regular = Face::load(path)?;
            return Ok(Typeface { bold: regular.clone(), regular });
        }
        let there = PLACES.iter().find(|(regular, _)| Path::new(regular).exists());
        let (regular, bold) = there.map(|(r, b)| (PathBuf::from(r), PathBuf::from(b))).ok_or_else(no_font)?;
        let regular = Face::load(&regular)?;
        let bold = if bold.exists() { Face::load(&bold)? } else { regular.clone() };
        Ok(Typeface { regular, bold })
    }

    /// The face of this weight.
    pub fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }
}

impl Face {
    fn load(path: &Path) -> Outcome<Face> {
        let bytes = read(path)?;
        Face::new(bytes).ok_or_else(|| {
            Problem::new(
                Kind::Unreadable,
                said!(
                    "不是可用的字体文件，或没有汉字",
                    "no font that can be used, or without Chinese characters"
                ),
                said!("换一个 .ttf、.otf 或 .ttc 字体文件", "name another .ttf, .otf or .ttc file"),
            )
            .at(path.display().to_string())
        })
    }

    /// The face for simplified Chinese; `None` if there is none.
    fn new(bytes: Vec<u8>) -> Option<Face> {
        // Noto and Source Han collections hold JP, KR, SC, TC, HK in this order.
        let faces = if bytes.starts_with(b"ttcf") { Data(&bytes).u32(8)? } else { 0 };
        let index = if faces >= 5 { 2 } else { 0 };
        let start = if faces > 0 { Data(&bytes).u32(12 + 4 * index as usize)? } else { 0 };
        let table = |tag| Data(&bytes).table(start as usize, tag);
        let units_per_em = i64::from(table(b"head")?.u16(18)?);
        let count = usize::from(table(b"hhea")?.u16(34)?);
        let metrics = table(b"hmtx")?;
        let advances = (0..count).map(|glyph| metrics.u16(4 * glyph)).collect::<Option<Vec<u16>>>()?;
        let cmap = table(b"cmap")?.characters()?;
        let font = Font::new(bytes.into(), index)?;
        let face = Face { font, units_per_em, cmap, advances };
        (face.units_per_em > 0 && face.glyph('查') != 0).then_some(face)
    }

    /// The glyph of a character; 0 for one that the font has not.
    pub fn glyph(&self, c: char) -> u32 {
        let code = u32::from(c);
        // Both formats list their ranges in ascending order.
        let range = self.cmap.get(self.cmap.partition_point(|range| range.last < code));
        range.filter(|range| range.first <= code).map_or(0, |range| range.glyph + (code - range.first))
    }

    /// Its width in thousandths of the font's size.
    pub fn width(&self, glyph: u32) -> i64 {
        let advance = self.advances.get(glyph as usize).or(self.advances.last());
        i64::from(advance.copied().unwrap_or_default()) * 1000 / self.units_per_em
    }
}

/// Bytes of a font; nothing in them is trusted.
#[derive(Clone, Copy)]
struct Data<'a>(&'a [u8]);

impl<'a> Data<'a> {
    fn u16(self, at: usize) -> Option<u16> {
        Some(u16::from_be_bytes(self.0.get(at..at.checked_add(2)?)?.try_into().ok()?))
    }

    fn u32(self, at: usize) -> Option<u32> {
        Some(u32::from_be_bytes(self.0.get(at..at.checked_add(4)?)?.try_into().ok()?))
    }

    fn from(self, at: usize) -> Option<Data<'a>> {
        self.0.get(at..).map(Data)
    }

    fn table(self, start: usize, tag: &[u8; 4]) -> Option<Data<'a>> {
        let count = usize::from(self.u16(start.checked_add(4)?)?);
        let record = (0..count).map(|n| start + 12 + 16 * n);
        let at = record.into_iter().find(|at| self.0.get(*at..*at + 4) == Some(tag))?;
        self.from(self.u32(at + 8)? as usize)
    }

    /// The ranges of a cmap table: all of Unicode if it has that, else the basic plane.
    fn characters(self) -> Option<Vec<Range>> {
        let count = usize::from(self.u16(2)?);
        let part = |n: usize| {
            let offset = self.u32(8 + 8 * n)?;
            let part = self.from(offset as usize)?;
            Some((part.u16(0)?, part))
        };
        let parts: Vec<(u16, Data<'_>)> = (0..count.min(64)).filter_map(part).collect();
        let of = |format: u16| parts.iter().find(|part| part.0 == format).map(|part| part.1);
        of(12).and_then(Data::segmented_coverage).or_else(|| of(4).and_then(Data::segment_mapping))
    }

    /// Format 12.
    fn segmented_coverage(self) -> Option<Vec<Range>> {
        let count = self.u32(12)? as usize;
        let group = |n: usize| {
            let at = 16 + 12 * n;
            Some(Range { first: self.u32(at)?, last: self.u32(at + 4)?, glyph: self.u32(at + 8)? })
        };
        (0..count.min(0x11_0000)).map(group).collect()
    }

    /// Format 4.
    fn segment_mapping(self) -> Option<Vec<Range>> {
        let twice = usize::from(self.u16(6)?);
        let mut ranges = Vec::new();
        for at in (0..twice).step_by(2) {
            let (last, first) = (self.u16(14 + at)?, self.u16(16 + twice + at)?);
            let (delta, offset) = (self.u16(16 + 2 * twice + at)?, self.u16(16 + 3 * twice + at)?);
            for code in first..=last {
                let glyph = match offset {
                    0 => code.wrapping_add(delta),
                    _ => {
                        let place = 16 + 3 * twice + at + usize::from(offset) + 2 * usize::from(code - first);
                        let glyph = self.u16(place).unwrap_or_default();
                        if glyph == 0 { 0 } else { glyph.wrapping_add(delta) }
                    }
                };
                if glyph != 0 {
                    ranges.push(Range { first: code.into(), last: code.into(), glyph: glyph.into() });
                }
            }
        }
        Some(ranges)
    }
}

/// What no PDF can be made of.
pub(super) fn damaged() -> Problem {
    Problem::new(
        Kind::Unreadable,
        said!("字体文件已损坏，写不成 PDF", "the font is damaged, so that no PDF can be made"),
        said!("换一个字体（--font），或打印 .html", "name another font (--font), or print the .html"),
    )
}

fn no_font() -> Problem {
    let Said { zh, en } = Said::list(PLACES.iter().map(|(regular, _)| regular));
    Problem::new(
        Kind::Unreadable,
        said!("系统里没有找到中文字体（{zh}）", "no Chinese font was found on this system ({en})"),
        said!(
            "安装 Noto Serif CJK（Debian：apt install fonts-noto-cjk），或用 --font 指明字体文件；不要 PDF 就去掉 --pdf",
            "install Noto Serif CJK (Debian: apt install fonts-noto-cjk), or name a font file with --font; or leave --pdf out"
        ),
    )
}
