//! Ranges: how the years of inspectors and zones spread, row by row on one axis.

use super::Page;
use super::scale::Scale;
use super::svg::{self, Anchor};
use super::tabled::{Table, figure_cells, figure_headings};
use crate::lang::Said;
use crate::markup::Markup;
use crate::said;
use crate::simulate::findings::{figure, zone_hours};
use crate::simulate::shown::Shape;
use crate::simulate::study::{Figure, Measure, Run};

const WIDTH: i64 = 340;
/// Height of a row.
const ROW: i64 = 24;

/// A row: its name, and how its values spread.
pub type Row = (String, Figure);

impl Page<'_> {
    /// What the signs of such a picture mean.
    pub(super) fn range_legend(&self, m: &mut Markup) {
        self.legend(
            m,
            &[
                (
                    "range",
                    said!(
                        "十年里九年在这个范围（P5 至 P95）",
                        "nine years of ten are in this range (P5 to P95)"
                    ),
                ),
                ("median", said!("中位（P50）", "median (P50)")),
                (
                    "mean",
                    said!("均值，横线是误差；数字是均值", "mean with its error; the number is the mean"),
                ),
                ("most", said!("见过的最大值", "the most that was seen")),
            ],
        );
    }

    /// The axis that holds all these rows.
    pub(super) fn range_scale(shape: Shape, rows: &[Row]) -> Scale {
        let values = rows.iter().flat_map(|(_, figure)| [figure.p5.at, figure.p95.at, figure.most]);
        Scale::near(shape, values.map(|value| i128::from(value) * 1000), 3)
    }

    /// Rows on an axis.
    pub(super) fn ranges(&self, m: &mut Markup, title: &str, shape: Shape, rows: &[Row], scale: Scale) {
        let mean = |figure: &Figure| shape.milli(figure.mean.mean.into());
        let means: Vec<String> = rows.iter().map(|(_, figure)| mean(figure)).collect();
        let left = svg::room(rows.iter().map(|(name, _)| name.as_str()), 130);
        let plot = WIDTH - left - svg::room(means.iter().map(String::as_str), 110);
        let bottom = ROW * i64::try_from(rows.len()).unwrap_or_default() + 4;
        let described: Vec<String> =
            rows.iter().map(|(name, of)| format!("{name} {}", shape.mean(of.mean))).collect();
        svg::picture(m, (WIDTH, bottom + 20), (title, &described.join("; ")), |m| {
            scale.below(m, self.lang, (left, plot), bottom);
            svg::line(m, "axis", (left, bottom), (left + plot, bottom));
            for (at, (name, figure)) in (0..).zip(rows) {
                let middle = ROW * at + ROW / 2 + 2;
                svg::text(m, "", Anchor::Start, (0, middle + 4), &svg::fitting(name, left - 8));
                range(m, figure, middle, |value| left + scale.along(value, plot));
                svg::text(m, "soft", Anchor::End, (WIDTH, middle + 4), &mean(figure));
            }
        });
    }

    /// The hours of every inspector, zone by zone.
    pub(super) fn inspectors(&self, m: &mut Markup, base: &Run) {
        self.say(
            m,
            &said!(
                "每人一年的小时数，路途和加班在内；各片区用同一把尺，尺不一定从 0 开始。",
                "Hours of each inspector in a year, with the way there and overtime; the zones share one axis, which need not begin at 0."
            ),
        );
        self.range_legend(m);
        let all: Vec<Row> = self.rows_of(base, |_| true);
        let scale = Self::range_scale(Shape::Hours, &all);
        let zones: Vec<usize> = (0..self.study.zones.len()).collect();
        self.panels(m, &zones, |m, zone| {
            let rows = self.rows_of(base, |of| of == *zone);
            if !rows.is_empty() {
                let (Said { zh, en }, number) = (self.study.zones[*zone].said(), rows.len());
                let caption = self.t(&said!("{zh}，{number} 人", "{en}, {number} inspectors"));
                self.panel(m, &caption, |m| self.ranges(m, &caption, Shape::Hours, &rows, scale));
            }
        });
        self.inspector_figures(m, base);
    }

    fn rows_of(&self, base: &Run, takes: impl Fn(usize) -> bool) -> Vec<Row> {
        let each = self.study.people.iter().zip(&base.people).enumerate();
        let taken = each.filter(|(_, (person, _))| takes(person.zone));
        taken.map(|(at, (_, figures))| (self.person(at), figure(figures, Measure::Minutes))).collect()
    }

    fn inspector_figures(&self, m: &mut Markup, base: &Run) {
        let mut headings = vec![said!("人员", "inspector"), said!("片区", "zone"), said!("岗位", "role")];
        headings.extend(figure_headings());
        let others = [
            Measure::Utilisation,
            Measure::Overtime,
            Measure::Travel,
            Measure::Led,
            Measure::Assisted,
            Measure::Drawn,
            Measure::Other,
        ];
        headings.extend(others.map(Measure::said));
        let row = |(at, (person, figures)): (usize, (&crate::simulate::Person, &Vec<Figure>))| {
            let zone = self.study.zones.get(person.zone).map(|zone| self.t(&zone.said())).unwrap_or_default();
            let role = if person.lead { said!("主办", "lead") } else { said!("协办", "assistant") };
            let means = others.map(|measure| measure.shape().mean(figure(figures, measure).mean));
            [self.person(at), zone, self.t(&role)]
                .into_iter()
                .chain(figure_cells(Shape::Hours, &figure(figures, Measure::Minutes)))
                .chain(means)
                .collect()
        };
        let rows = self.study.people.iter().zip(&base.people).enumerate().map(row).collect();
        let caption =
            said!("每人一年的工时（小时）和其他均值", "hours of each inspector in a year, and other means");
        self.details(m, &Table { caption, headings, names: 1, rows });
    }

    /// Hours of an inspector in the mean of each zone, as rows.
    pub(super) fn zone_rows(&self, run: &Run) -> Vec<Row> {
        let name = |zone: usize| self.t(&self.study.zones[zone].said());
        zone_hours(self.study, run).into_iter().map(|(zone, figure)| (name(zone), figure)).collect()
    }
}

/// A bar from P5 to P95, a stroke at the median, a dot at the mean, a ring at the most.
fn range(m: &mut Markup, figure: &Figure, middle: i64, x: impl Fn(i128) -> i64) {
    let of = |value: i64| x(i128::from(value) * 1000);
    let (from, to) = (of(figure.p5.at), of(figure.p95.at));
    svg::rect(m, "range", (from, middle - 6), ((to - from).max(1), 12));
    svg::dot(m, "most", (of(figure.most), middle), 3);
    svg::line(m, "median", (of(figure.p50.at), middle - 7), (of(figure.p50.at), middle + 7));
    let (mean, error) = (i128::from(figure.mean.mean), i128::from(figure.mean.error));
    svg::line(m, "error", (x(mean - error), middle), (x(mean + error), middle));
    svg::dot(m, "mean", (x(mean), middle), 3);
}
