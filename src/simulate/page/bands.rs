//! Month by month, how wide the years may run: a band that nine of ten months stay in,
//! place by place on one axis.

use super::Page;
use super::scale::Scale;
use super::svg::{self, Anchor};
use super::tabled::{Table, figure_cells, figure_headings};
use crate::lang::Said;
use crate::markup::Markup;
use crate::said;
use crate::simulate::shown::month_name;
use crate::simulate::study::{Figure, Monthly, Run};

const SIZE: (i64, i64) = (340, 170);
/// Room for the marks of the axes; the rest is the picture.
const LEFT: i64 = 50;
const TOP: i64 = 8;
const BOTTOM: i64 = 22;
const PLOT: (i64, i64) = (SIZE.0 - LEFT - 8, SIZE.1 - TOP - BOTTOM);

impl Page<'_> {
    /// One row of pictures for everything that is followed by month.
    pub(super) fn bands(&self, m: &mut Markup, base: &Run) {
        self.say(
            m,
            &said!(
                "各片区用同一把尺，可以互相比；全机关另用一把。",
                "The zones share one axis, so that they can be compared; the office has its own."
            ),
        );
        self.legend(
            m,
            &[
                (
                    "band",
                    said!("十次里九次在这个范围（P5 至 P95）", "nine of ten are in this range (P5 to P95)"),
                ),
                ("middle", said!("中位（P50）", "median (P50)")),
            ],
        );
        for monthly in Monthly::ALL {
            let at = *monthly as usize;
            let places: Vec<(String, &[Figure])> = (0..)
                .zip(&base.monthly)
                .filter_map(|(place, by)| Some((self.place(place), &by.get(at)?[..])))
                .collect();
            let axis = |places: &[(String, &[Figure])]| {
                Scale::of(monthly.shape(), places.iter().flat_map(|(_, by)| ends(by)), 4)
            };
            let (zones, office) = match monthly {
                // A share is the same thing in all places.
                Monthly::Utilisation => (axis(&places), axis(&places)),
                _ => (axis(places.get(1..).unwrap_or_default()), axis(places.get(..1).unwrap_or_default())),
            };
            m.leaf("h3", &[], self.t(&monthly.shape().captioned(monthly.said())));
            let numbered: Vec<(usize, &(String, &[Figure]))> = places.iter().enumerate().collect();
            self.panels(m, &numbered, |m, (number, (name, figures))| {
                let scale = if *number == 0 { office } else { zones };
                self.panel(m, name, |m| self.band(m, (name, *monthly), figures, scale));
            });
            self.band_figures(m, *monthly, &places);
        }
    }

    /// What the place `at` is called, the office first.
    fn place(&self, at: usize) -> String {
        match at.checked_sub(1).and_then(|zone| self.study.zones.get(zone)) {
            Some(zone) => self.t(&zone.said()),
            None => self.t(&said!("全机关", "the office")),
        }
    }

    fn band(&self, m: &mut Markup, (name, monthly): (&str, Monthly), figures: &[Figure], scale: Scale) {
        let Said { zh, en } = monthly.said();
        let title = self.t(&said!("{name}：逐月{zh}", "{name}: {en} by month"));
        let described = self.described(monthly, figures);
        svg::picture(m, SIZE, (&title, &described), |m| {
            self.frame(m, scale);
            let count = i64::try_from(figures.len()).unwrap_or_default().max(1);
            let x = |month: i64| LEFT + (2 * month + 1) * PLOT.0 / (2 * count);
            let y = |value: i64| TOP + PLOT.1 - scale.along(i128::from(value) * 1000, PLOT.1);
            // To both edges, so that a single month is seen too.
            let along = |of: fn(&Figure) -> i64| -> Vec<svg::At> {
                let first = figures.first().map(|figure| (LEFT, y(of(figure))));
                let last = figures.last().map(|figure| (LEFT + PLOT.0, y(of(figure))));
                let inner = (0..).zip(figures).map(|(month, figure)| (x(month), y(of(figure))));
                first.into_iter().chain(inner).chain(last).collect()
            };
            let mut around = along(|figure| figure.p95.at);
            around.extend(along(|figure| figure.p5.at).into_iter().rev());
            svg::area(m, "band", &around);
            svg::path(m, "middle", &along(|figure| figure.p50.at));
        });
    }

    fn frame(&self, m: &mut Markup, scale: Scale) {
        for (value, mark) in scale.marks(self.lang) {
            let y = TOP + PLOT.1 - scale.along(value, PLOT.1);
            svg::line(m, "grid", (LEFT, y), (LEFT + PLOT.0, y));
            svg::text(m, "soft", Anchor::End, (LEFT - 5, y + 4), &mark);
        }
        svg::line(m, "axis", (LEFT, TOP + PLOT.1), (LEFT + PLOT.0, TOP + PLOT.1));
        self.years(m, (LEFT, PLOT.0), TOP + PLOT.1);
    }

    /// The years below a picture over all months, from `left` on and so wide.
    pub(super) fn years(&self, m: &mut Markup, (left, width): (i64, i64), bottom: i64) {
        let count = i64::try_from(self.study.months.len()).unwrap_or_default().max(1);
        for (at, year) in self.year_marks(5) {
            let x = left + i64::try_from(at).unwrap_or_default() * width / count;
            svg::line(m, "axis", (x, bottom), (x, bottom + 4));
            let has_room = left + width - x >= 30;
            let (anchor, x) = if has_room { (Anchor::Start, x) } else { (Anchor::End, left + width) };
            svg::text(m, "soft", anchor, (x, bottom + 17), &year.to_string());
        }
    }

    /// For those who cannot see it: between which values it runs.
    fn described(&self, monthly: Monthly, figures: &[Figure]) -> String {
        let shape = monthly.shape();
        let month = |at: usize| self.study.months.get(at).copied().map(month_name).unwrap_or_default();
        let medians = || figures.iter().enumerate().map(|(at, figure)| (figure.p50.at, at));
        let (Some((low, low_at)), Some((high, high_at))) = (medians().min(), medians().max()) else {
            return String::new();
        };
        let (low, high, first, second) = (shape.value(low), shape.value(high), month(low_at), month(high_at));
        self.t(&said!(
            "中位最低 {low}（{first}），最高 {high}（{second}）",
            "the median is lowest at {low} ({first}) and highest at {high} ({second})"
        ))
    }

    fn band_figures(&self, m: &mut Markup, monthly: Monthly, places: &[(String, &[Figure])]) {
        let row = |(name, figures): &(String, &[Figure])| -> Vec<Vec<String>> {
            let months = figures.iter().zip(&self.study.months);
            let cells = |(figure, month): (&Figure, &(i32, u32))| {
                [name.clone(), month_name(*month)]
                    .into_iter()
                    .chain(figure_cells(monthly.shape(), figure))
                    .collect()
            };
            months.map(cells).collect()
        };
        let Said { zh, en } = monthly.said();
        let mut headings = vec![said!("范围", "place"), said!("月份", "month")];
        headings.extend(figure_headings());
        self.details(
            m,
            &Table {
                caption: said!("逐月{zh}", "{en} by month"),
                headings,
                names: 2,
                rows: places.iter().flat_map(row).collect(),
            },
        );
    }
}

/// What the axis has to hold.
fn ends(figures: &[Figure]) -> impl Iterator<Item = i128> {
    figures.iter().flat_map(|figure| [figure.p5.at, figure.p95.at]).map(|value| i128::from(value) * 1000)
}
