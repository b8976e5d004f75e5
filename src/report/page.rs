//! The report as a page to print: A4 with the margins and sizes of GB/T 9704-2012
//! (37 mm above, 26 right, 35 below, 28 left; the title in 2 号, the text in 3 号).

use super::letter::{Letter, Paragraph};
use crate::markup::Markup;

/// Without quotes and angle brackets, which would be escaped.
const STYLE: &str = "
@page { size: 210mm 297mm; margin: 37mm 26mm 35mm 28mm; }
* { margin: 0; padding: 0; box-sizing: border-box; }
body { color: #000; background: #fff; max-width: 156mm; margin: 0 auto; font: 16pt/28pt 仿宋_GB2312, FangSong_GB2312, 仿宋, FangSong, STFangsong, Noto Serif CJK SC, Source Han Serif SC, serif; }
@media screen { body { margin: 20mm auto; } }
h1 { font: 700 22pt/34pt 方正小标宋简体, FZXiaoBiaoSong-B05S, FZXiaoBiaoSong, 小标宋, Noto Serif CJK SC, Source Han Serif SC, serif; text-align: center; margin-bottom: 28pt; }
h2 { font: 400 16pt/28pt 黑体, SimHei, STHeiti, Noto Sans CJK SC, Source Han Sans SC, sans-serif; text-indent: 2em; }
p { text-indent: 2em; text-align: justify; }
.sign { display: table; margin: 28pt 2em 0 auto; text-align: center; break-inside: avoid; }
.sign p { text-indent: 0; text-align: center; }
";

/// The page; nothing is fetched, nothing is run.
pub fn html(letter: &Letter) -> String {
    let mut m = Markup::new("<!DOCTYPE html>\n");
    m.element("html", &[("lang", "zh-CN")], |m| {
        m.element("head", &[], |m| {
            m.empty("meta", &[("charset", "utf-8")]);
            m.leaf("title", &[], &letter.title);
            m.leaf("style", &[], STYLE);
        });
        m.element("body", &[], |m| {
            m.leaf("h1", &[], &letter.title);
            for Paragraph { heading, text } in &letter.paragraphs {
                if !heading.is_empty() {
                    m.leaf("h2", &[], heading);
                }
                m.leaf("p", &[], text);
            }
            m.element("div", &[("class", "sign")], |m| {
                m.leaf("p", &[], &letter.office);
                m.leaf("p", &[], &letter.date);
            });
        });
    });
    m.finish()
}
