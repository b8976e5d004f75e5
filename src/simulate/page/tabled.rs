//! Tables, most of them folded away behind a picture.

use super::Page;
use crate::lang::Said;
use crate::markup::Markup;
use crate::said;
use crate::simulate::shown::Shape;
use crate::simulate::study::{Figure, Mean};

/// A table: its caption, its headings, how many columns name a row, and its rows.
pub struct Table {
    /// What it is.
    pub caption: Said,
    /// One a column.
    pub headings: Vec<Said>,
    /// How many of the columns, from the first, say what the row is.
    pub names: usize,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

impl Page<'_> {
    /// A table in a frame that scrolls if it is wider than the window.
    pub fn table(&self, m: &mut Markup, table: &Table) {
        let caption = self.t(&table.caption);
        let frame = [("class", "frame"), ("tabindex", "0"), ("role", "region"), ("aria-label", &*caption)];
        m.element("div", &frame, |m| {
            m.element("table", &[], |m| {
                m.leaf("caption", &[], &caption);
                m.element("thead", &[], |m| {
                    m.element("tr", &[], |m| {
                        for (at, heading) in table.headings.iter().enumerate() {
                            let class = if at < table.names { "name" } else { "figure" };
                            m.leaf("th", &[("scope", "col"), ("class", class)], self.t(heading));
                        }
                    });
                });
                m.element("tbody", &[], |m| table.rows.iter().for_each(|row| cells(m, row, table.names)));
            });
        });
    }

    /// The exact figures behind a picture.
    pub fn details(&self, m: &mut Markup, table: &Table) {
        if table.rows.is_empty() {
            return;
        }
        let caption = self.t(&table.caption);
        m.element("details", &[], |m| {
            m.leaf("summary", &[], self.t(&said!("数字：{caption}", "figures: {caption}")));
            self.table(m, table);
        });
    }
}

fn cells(m: &mut Markup, row: &[String], names: usize) {
    m.element("tr", &[], |m| {
        for (at, cell) in row.iter().enumerate() {
            match at < names {
                true => m.leaf("th", &[("scope", "row")], cell),
                false => m.leaf("td", &[], cell),
            };
        }
    });
}

/// Headings for the cells of a figure.
pub fn figure_headings() -> Vec<Said> {
    vec![
        said!("均值 ± 误差", "mean ± error"),
        said!("P5（区间）", "P5 (interval)"),
        said!("中位 P50（区间）", "median P50 (interval)"),
        said!("P95（区间）", "P95 (interval)"),
        said!("最小", "least"),
        said!("最大", "most"),
    ]
}

/// All that is known of a figure.
pub fn figure_cells(shape: Shape, figure: &Figure) -> Vec<String> {
    vec![
        shape.mean(figure.mean),
        shape.quantile(figure.p5),
        shape.quantile(figure.p50),
        shape.quantile(figure.p95),
        shape.value(figure.least),
        shape.value(figure.most),
    ]
}

/// A mean, whose error may be of another shape than what is shown.
pub fn mean_cell(shape: Shape, mean: Option<&Mean>) -> String {
    mean.map_or_else(|| "–".to_owned(), |mean| shape.mean(*mean))
}
