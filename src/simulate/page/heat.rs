//! Where and when drawn visits are: towns by months, year by year, the darker the more;
//! and how much work the towns have.

use super::Page;
use super::bars::Bar;
use super::svg::{self, Anchor};
use super::tabled::Table;
use crate::markup::Markup;
use crate::said;
use crate::simulate::shown::{Shape, decimal, month_name, rounded};
use crate::simulate::study::{Mean, Named, Run};

/// Width of a picture, room for names and for the numbers of months, size of a cell.
const WIDTH: i64 = 340;
const LEFT: i64 = 76;
const TOP: i64 = 16;
const CELL: (i64, i64) = (22, 17);
/// Months that are shown one by one; of more their mean year.
const MOST: usize = 60;
/// Shades above nothing.
const SHADES: i64 = 5;

/// A year: what it is called, its months, and visits by town and month.
type Year = (String, Vec<u32>, Vec<Vec<Mean>>);

impl Page<'_> {
    /// One picture a year, all in the same shades.
    pub(super) fn towns(&self, m: &mut Markup, base: &Run) {
        let most = base.town_visits.iter().flatten().map(|visits| visits.mean).max().unwrap_or_default();
        self.say(
            m,
            &said!(
                "每格是一个镇街一个月平均有多少次抽查；颜色越深越多。",
                "Each cell is the mean number of drawn visits in a town and month; the darker, the more."
            ),
        );
        self.shade_legend(m, most);
        let years = self.years_of(base);
        self.panels(m, &years, |m, (caption, months, visits)| {
            self.panel(m, caption, |m| self.heat(m, (caption, months), visits, most));
        });
        let mut hours: Vec<Bar> = self
            .study
            .towns
            .iter()
            .zip(&base.town_minutes)
            .map(|(town, minutes)| (self.t(&town.said()), *minutes))
            .collect();
        hours.sort_by_key(|(_, mean)| std::cmp::Reverse(mean.mean));

        let caption =
            self.t(&said!("各镇街一年的全部工作（小时）", "All work in the towns in a year (hours)"));
        m.element("div", &[("class", "panels")], |m| {
            self.panel(m, &caption, |m| self.bars(m, &caption, Shape::Hours, &hours));
        });
        self.town_figures(m, base);
    }

    fn shade_legend(&self, m: &mut Markup, most: i64) {
        let places = if most < 10_000 { 1 } else { 0 };
        let number = |shade: i64| {
            decimal(i128::from(most) * i128::from(shade * shade) / i128::from(SHADES * SHADES), 1000, places)
        };
        let entry = |shade: i64| {
            let (from, to) = (number(shade - 1), number(shade));
            (class(shade), said!("{from} 至 {to}", "{from} to {to}"))
        };
        let none = (class(0), said!("没有", "none"));
        let shades = (1..=SHADES).filter(|_| most > 0).map(entry);
        self.legend(m, &std::iter::once(none).chain(shades).collect::<Vec<_>>());
    }

    /// Year by year; of many years their mean, month by month.
    fn years_of(&self, base: &Run) -> Vec<Year> {
        let months = &self.study.months;
        let of = |start: usize, months: usize| -> Vec<Vec<Mean>> {
            let town = |town: &Vec<Mean>| town.iter().skip(start).take(months).copied().collect();
            base.town_visits.iter().map(town).collect()
        };
        let numbers = |months: &[(i32, u32)]| months.iter().map(|(_, month)| *month).collect();
        let name = |month: Option<&(i32, u32)>| month.copied().map(month_name).unwrap_or_default();
        if months.len() > MOST {
            let (years, whole) = (months.len() / 12, months.len() / 12 * 12);
            let by = i128::try_from(years).unwrap_or(1);
            let mean = |town: Vec<Mean>| -> Vec<Mean> {
                let of = |month: usize, part: fn(&Mean) -> i64| {
                    let sum = town.iter().skip(month).step_by(12).map(|of| i128::from(part(of))).sum();
                    i64::try_from(rounded(sum, by)).unwrap_or(i64::MAX)
                };
                // Years of a trial depend on each other; the error of their mean is never
                // more than the mean of their errors.
                (0..12).map(|at| Mean { mean: of(at, |of| of.mean), error: of(at, |of| of.error) }).collect()
            };
            let caption = self.t(&said!("{years} 年的平均", "the mean of {years} years"));
            return vec![(caption, numbers(&months[..12]), of(0, whole).into_iter().map(mean).collect())];
        }
        let year = |(at, months): (usize, &[(i32, u32)])| {
            let (first, last) = (name(months.first()), name(months.last()));
            let caption = self.t(&said!("{first} 至 {last}", "{first} to {last}"));
            (caption, numbers(months), of(at * 12, months.len()))
        };
        months.chunks(12).enumerate().map(year).collect()
    }

    fn heat(&self, m: &mut Markup, (caption, months): (&str, &[u32]), visits: &[Vec<Mean>], most: i64) {
        let rows = i64::try_from(self.study.towns.len()).unwrap_or_default();
        let title =
            self.t(&said!("各镇街逐月抽查次数，{caption}", "Drawn visits by town and month, {caption}"));
        let sum: i128 = visits.iter().flatten().map(|visits| i128::from(visits.mean)).sum();
        let sum = Shape::Count.milli(sum);
        let described = self.t(&said!("这些月份共 {sum} 次", "{sum} in these months"));
        svg::picture(m, (WIDTH, TOP + rows * CELL.1), (&title, &described), |m| {
            for (column, month) in (0..).zip(months) {
                let x = LEFT + column * CELL.0 + CELL.0 / 2;
                svg::text(m, "soft", Anchor::Middle, (x, TOP - 4), &month.to_string());
            }
            for (row, (town, visits)) in (0..).zip(self.study.towns.iter().zip(visits)) {
                let (y, name) = (TOP + row * CELL.1, self.t(&town.said()));
                svg::text(m, "", Anchor::Start, (0, y + 12), &svg::fitting(&name, LEFT - 4));
                for (column, (month, visits)) in (0..).zip(months.iter().zip(visits)) {
                    let number = Shape::Count.mean(*visits);
                    let told =
                        self.t(&said!("{name} {month} 月 {number}", "{name}, month {month}: {number}"));
                    cell(m, (LEFT + column * CELL.0, y), (visits.mean, most), &told);
                }
            }
        });
    }

    fn town_figures(&self, m: &mut Markup, base: &Run) {
        let mut headings =
            vec![said!("镇街", "town"), said!("一年全部工作（小时）", "all work of a year (hours)")];
        headings.extend(self.study.months.iter().map(|month| {
            let month = month_name(*month);
            said!("{month}", "{month}")
        }));
        let each = self.study.towns.iter().zip(&base.town_minutes).zip(&base.town_visits);
        let row = |((town, minutes), visits): ((&Named, &Mean), &Vec<Mean>)| -> Vec<String> {
            let (key, name) = (&town.key, &town.name);
            [format!("{name} {key}"), Shape::Hours.mean(*minutes)]
                .into_iter()
                .chain(visits.iter().map(|visits| Shape::Count.mean(*visits)))
                .collect()
        };
        let caption = said!("各镇街逐月平均抽查次数", "mean drawn visits by town and month");
        self.details(m, &Table { caption, headings, names: 1, rows: each.map(row).collect() });
    }
}

/// From 0 for nothing to [`SHADES`]; shades follow the squares, so that towns with little
/// work differ too where one has most of it.
fn shade(visits: i64, most: i64) -> i64 {
    let reaches = |shade: &i64| {
        i128::from(visits) * i128::from(SHADES * SHADES) <= i128::from(most) * i128::from(shade * shade)
    };
    if visits <= 0 { 0 } else { (1..SHADES).find(reaches).unwrap_or(SHADES) }
}

fn class(shade: i64) -> &'static str {
    ["h0", "h1", "h2", "h3", "h4", "h5"][usize::try_from(shade).unwrap_or_default().min(5)]
}

/// A cell in its shade, with its number where there is room.
fn cell(m: &mut Markup, (x, y): svg::At, (visits, most): (i64, i64), told: &str) {
    let shade = shade(visits, most);
    svg::told_rect(m, class(shade), (x, y), (CELL.0 - 1, CELL.1 - 1), told);
    let number = decimal(visits.into(), 1000, u32::from(visits < 9_950));
    if visits > 0 && number.len() <= 4 {
        let look = if shade >= 4 { "tiny over" } else { "tiny" };
        svg::text(m, look, Anchor::Middle, (x + CELL.0 / 2, y + 12), &number);
    }
}
