//! The page as HTML: one file, nothing fetched, nothing run; A4 as printed.

use super::code::{Code, QUIET, module_micrometres};
use super::notice::{Notice, Paragraph};
use super::style::STYLE;
use crate::markup::escaped;
use std::fmt::Write as _;

/// The page.
pub fn html(notice: &Notice, codes: &[Code]) -> String {
    let mut page = String::with_capacity(64 * 1024);
    let title = escaped(&notice.title);
    let number = escaped(&notice.number);
    page.push_str("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n");
    let _ = writeln!(page, "<title>{title} {number}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>");
    let crowded = if notice.is_crowded(codes.len()) { " crowded" } else { "" };
    let _ = writeln!(page, "<main class=\"sheet{crowded}\">");
    let _ = writeln!(page, "<p class=\"office\">{}</p>", fitted(&notice.office));
    let _ = writeln!(page, "<p class=\"number\">编号：{number}</p>");
    let _ = writeln!(page, "<h1>{title}</h1>");
    let _ = writeln!(page, "<p class=\"addressee\">{}</p>", escaped(&notice.addressee));
    for Paragraph { heading, text } in &notice.paragraphs {
        let _ = writeln!(page, "<p class=\"body\"><b>{}</b>{}</p>", escaped(heading), escaped(text));
    }
    let sign = format!("<p class=\"sign\"><span>{}<br>{}</span></p>\n", escaped(&notice.office), notice.date);
    // Beside the second row of codes there is room for it.
    let beside = matches!(codes.len(), 5 | 6);
    let (heading, steps) = &notice.how;
    let _ = writeln!(page, "<p class=\"body\"><b>{}</b></p>\n<ol>", escaped(heading));
    for step in steps {
        let _ = writeln!(page, "<li>{}</li>", escaped(step));
    }
    page.push_str("</ol>\n");
    let _ = writeln!(page, "<section class=\"codes of-{}\">", codes.len().min(5));
    for (number, code) in (1..).zip(codes) {
        page.push_str(&svg(code, number, codes.len()));
    }
    if beside {
        page.push_str(&sign);
    }
    page.push_str("</section>\n");
    if !beside {
        page.push_str(&sign);
    }
    page.push_str("<footer>\n");
    for line in &notice.small {
        let _ = writeln!(page, "<p>{}</p>", escaped(line));
    }
    page.push_str("</footer>\n</main>\n</body>\n</html>\n");
    page
}

/// The red name over the whole width; long names get smaller.
fn fitted(office: &str) -> String {
    let letters = office.chars().count().max(1);
    // 156 mm are 442 points; no letter above 36 points, and air between few letters.
    let points = (442 / letters).clamp(14, 36);
    format!("<span style=\"font-size:{points}pt\">{}</span>", escaped(office))
}

/// One code as a path of runs, with its number below.
fn svg(code: &Code, number: usize, count: usize) -> String {
    let caption = format!("{number}/{count}");
    let modules = code.width() + 2 * QUIET;
    let micrometres = modules as u64 * u64::from(module_micrometres(count));
    let (mm, part) = (micrometres / 1000, micrometres % 1000);
    let mut path = String::new();
    for (x, y, length) in code.runs() {
        let _ = write!(path, "M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET);
    }
    format!(
        "<figure><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{mm}.{part:03}mm\" height=\"{mm}.{part:03}mm\" \
         viewBox=\"0 0 {modules} {modules}\" shape-rendering=\"crispEdges\" role=\"img\" aria-label=\"二维码 {caption}\">\
         <path d=\"{path}\"/></svg><figcaption>{caption}</figcaption></figure>\n"
    )
}
