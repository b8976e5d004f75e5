//! The order as HTML: one file, nothing fetched, nothing run; A4 as printed.

use super::order::Order;
use super::paper::{Cell, Paper, Part, Table};
use super::style::STYLE;
use crate::markup::Markup;

/// The page.
pub fn html(order: &Order) -> String {
    let paper = Paper::new(order);
    let mut page = Markup::new("<!DOCTYPE html>\n");
    page.element("html", &[("lang", "zh-CN")], |m| {
        m.element("head", &[], |m| {
            m.empty("meta", &[("charset", "utf-8")]);
            m.leaf("title", &[], format!("{} {}", paper.title, paper.number));
            m.leaf("style", &[], STYLE);
        });
        m.element("body", &[], |m| {
            m.element("main", &[], |m| body(m, &paper));
        });
    });
    page.finish()
}

fn body(m: &mut Markup, paper: &Paper) {
    if let Some(secret) = paper.secret {
        m.leaf("p", &[("class", "secret")], secret);
    }
    if let Some(office) = &paper.red {
        // 156 mm are 442 points; no letter above 44 points, and air between few letters.
        let points = (442 / office.chars().count().max(1)).clamp(14, 44);
        m.leaf("p", &[("class", "red"), ("style", &format!("font-size:{points}pt"))], office);
    }
    m.leaf("p", &[("class", "number")], &paper.number);
    m.leaf("h1", &[], &paper.title);
    m.leaf("p", &[("class", "addressee")], &paper.addressee);
    let (last, parts) = paper.parts.split_last().expect("a paper says something");
    for part in parts {
        self::part(m, part);
    }
    m.element("section", &[], |m| {
        part(m, last);
        m.element("p", &[("class", "sign")], |m| {
            m.element("span", &[], |m| {
                m.text(&paper.office).empty("br", &[]).text(&paper.date);
            });
        });
    });
}

fn part(m: &mut Markup, part: &Part) {
    match part {
        Part::Table(table) => rows(m, table),
        Part::Paragraph(heading, text) => {
            m.element("p", &[("class", "body")], |m| {
                if !heading.is_empty() {
                    m.leaf("b", &[], heading);
                }
                m.text(text);
            });
        }
    }
}

fn rows(m: &mut Markup, table: &Table) {
    m.element("table", &[], |m| {
        m.element("thead", &[], |m| {
            m.element("tr", &[], |m| {
                let (last, columns) = table.columns.split_last().expect("a table has columns");
                for column in columns {
                    let width = format!("width:{}mm", column.width);
                    m.leaf("th", &[("style", &width)], column.heading);
                }
                // It takes what the lines leave.
                m.leaf("th", &[], last.heading);
            });
        });
        m.element("tbody", &[], |m| {
            for row in &table.rows {
                m.element("tr", &[], |m| {
                    for (column, lines) in table.columns.iter().zip(row) {
                        cell(m, column.is_centred, lines);
                    }
                });
            }
        });
    });
}

fn cell(m: &mut Markup, is_centred: bool, lines: &Cell) {
    m.element("td", if is_centred { &[("class", "c")] } else { &[] }, |m| {
        for line in lines {
            m.element("p", &[], |m| {
                if line.is_strong {
                    m.leaf("b", &[], &line.text);
                } else {
                    m.text(&line.text);
                }
            });
        }
    });
}
