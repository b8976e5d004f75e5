//! Leaves as PDF with embedded fonts. The same leaves and fonts give the same bytes.
#![expect(clippy::float_arithmetic, reason = "PDF has floating coordinates; nothing here is hashed")]

use super::leaf::{Leaf, Leaves, Mark};
use super::letters::Letter;
use super::measure::{BREADTH, HEIGHT};
use super::typeface::{Typeface, damaged};
use crate::problem::Outcome;
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};

/// Micrometres to the points that PDF counts in.
fn float(micrometres: i64) -> f32 {
    micrometres as f32 * 72.0 / 25_400.0
}

/// The document.
pub fn pdf(title: String, leaves: &Leaves<'_>, typeface: &Typeface) -> Outcome<Vec<u8>> {
    let mut document = Document::new();
    document.set_metadata(Metadata::new().title(title).language("zh-CN".to_owned()));
    for leaf in &leaves.leaves {
        let settings = PageSettings::from_wh(float(BREADTH), float(HEIGHT)).ok_or_else(damaged)?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        draw(&mut surface, leaf, typeface);
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|_| damaged())
}

fn draw(surface: &mut Surface<'_>, leaf: &Leaf, typeface: &Typeface) {
    for mark in leaf {
        match mark {
            Mark::Ink((red, green, blue)) => {
                let paint = rgb::Color::new(*red, *green, *blue).into();
                surface.set_fill(Some(Fill { paint, ..Fill::default() }));
            }
            Mark::Bars(bars) => {
                let mut builder = PathBuilder::new();
                for (x, y, width, height) in bars {
                    let rect = Rect::from_ltrb(float(*x), float(*y), float(x + width), float(y + height));
                    rect.into_iter().for_each(|rect| builder.push_rect(rect));
                }
                let path: Option<Path> = builder.finish();
                path.into_iter().for_each(|path| surface.draw_path(&path));
            }
            Mark::Text { letters, left, baseline, size, gap } => {
                let mut x = *left;
                for run in letters.chunk_by(|a, b| a.weight == b.weight) {
                    glyphs(surface, run, typeface, (x, *baseline), *size, *gap);
                    x += run.iter().map(|letter| letter.width + gap).sum::<i64>();
                }
            }
        }
    }
}

/// Letters of one face.
fn glyphs(
    surface: &mut Surface<'_>,
    run: &[Letter],
    typeface: &Typeface,
    (x, baseline): (i64, i64),
    size: i64,
    gap: i64,
) {
    let text: String = run.iter().map(|letter| letter.c).collect();
    let mut at = 0;
    let glyph = |letter: &Letter| {
        let range = at..at + letter.c.len_utf8();
        at = range.end;
        let advance = (letter.width + gap) as f32 / size as f32;
        KrillaGlyph::new(GlyphId::new(letter.glyph), advance, 0.0, 0.0, 0.0, range, None)
    };
    let glyphs: Vec<KrillaGlyph> = run.iter().map(glyph).collect();
    let font = typeface.face(run[0].weight).font.clone();
    surface.draw_glyphs(Point::from_xy(float(x), float(baseline)), &glyphs, font, &text, float(size), false);
}
