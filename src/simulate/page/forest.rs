//! Differences: for every place how much more or less, with the interval in which it lies;
//! an interval that does not touch zero is no chance.

use super::Page;
use super::scale::Scale;
use super::svg::{self, Anchor};
use super::tabled::Table;
use crate::lang::Said;
use crate::markup::Markup;
use crate::said;
use crate::simulate::findings::is_clear;
use crate::simulate::side::{Line, side_by_side};
use crate::simulate::study::{Difference, Mean, Measure, Place, Run};

const WIDTH: i64 = 340;
const ROW: i64 = 22;
/// Variants beside the base in a table.
const ABREAST: usize = 4;

type Row = (String, Mean);

/// What differences are pictured of; the figures behind them have every measure.
const PICTURED: [Measure; 7] = [
    Measure::Minutes,
    Measure::Utilisation,
    Measure::Overtime,
    Measure::Unfilled,
    Measure::Late,
    Measure::Backlog,
    Measure::Gini,
];

impl Page<'_> {
    fn difference_legend(&self, m: &mut Markup) {
        self.legend(
            m,
            &[
                ("less", said!("方块：减少", "square: less")),
                ("more", said!("菱形：增加", "diamond: more")),
                (
                    "unclear",
                    said!(
                        "空心圆：看不出差别（区间含零）",
                        "ring: no difference seen (the interval holds zero)"
                    ),
                ),
            ],
        );
    }

    /// The runs side by side, and every variant against the base.
    pub(super) fn variants(&self, m: &mut Markup, _: &Run) {
        self.side_by_side(m);
        self.say(
            m,
            &said!(
                "每年的差（做法减基准），横线是 95% 区间。两边用同样的随机数，所以小的差别也看得出。",
                "Differences of a year (variant less base) with their 95 % intervals. Both have the same chance, so that small differences are seen."
            ),
        );
        self.difference_legend(m);
        let runs = || self.study.runs.iter().skip(1);
        for run in runs() {
            m.leaf("h3", &[], self.t(&run.variant.said()));
            let panels: Vec<(Measure, Vec<Row>)> = PICTURED
                .into_iter()
                .map(|measure| (measure, self.difference_rows(&run.differences, measure)))
                .filter(|(_, rows)| !rows.is_empty())
                .collect();
            self.panels(m, &panels, |m, (measure, rows)| {
                let all = runs().flat_map(|run| run.differences.iter().filter(|one| one.measure == *measure));
                self.forest(m, *measure, rows, scale(*measure, all.map(|one| one.mean)));
            });
            let Said { zh, en } = run.variant.said();
            let caption = said!("{zh}减基准", "{en} less base");
            let rows = run.differences.iter().map(|one| self.difference_cells(None, one)).collect();
            self.difference_figures(m, caption, false, rows);
        }
    }

    /// The base and up to [`ABREAST`] variants in a table, so that it fits a window.
    fn side_by_side(&self, m: &mut Markup) {
        let lines = side_by_side(self.study);
        let variants: Vec<usize> = (1..self.study.runs.len()).collect();
        let tables = variants.chunks(ABREAST);
        let count = tables.len();
        for (number, variants) in (1..).zip(tables) {
            let runs = || std::iter::once(0).chain(variants.iter().copied());
            let mut headings = vec![said!("全机关一年", "a year of the office")];
            headings.extend(runs().map(|at| self.study.runs[at].variant.said()));
            let row = |line: &Line| {
                let means = runs().map(|at| line.shape.mean(line.means[at]));
                std::iter::once(self.t(&line.name)).chain(means).collect()
            };
            let caption = match count {
                1 => said!("各种做法并列", "The runs side by side"),
                _ => said!("各种做法并列（{number}/{count}）", "The runs side by side ({number} of {count})"),
            };
            self.table(m, &Table { caption, headings, names: 1, rows: lines.iter().map(row).collect() });
        }
    }

    fn difference_rows(&self, differences: &[Difference], measure: Measure) -> Vec<Row> {
        let of = differences.iter().filter(|one| one.measure == measure);
        of.map(|one| (self.place_called(one.place), one.mean)).collect()
    }

    fn place_called(&self, place: Place) -> String {
        match place {
            Place::Office => self.t(&said!("全机关", "the office")),
            Place::Zone(zone) => {
                self.study.zones.get(zone).map(|zone| self.t(&zone.said())).unwrap_or_default()
            }
        }
    }

    /// What one more lead changes, by the zone that gets it: for the office, and for the zone.
    pub(super) fn marginal(&self, m: &mut Markup, _: &Run) {
        self.say(
            m,
            &said!(
                "某片区多一名主办，一年的变化；横线是 95% 区间。",
                "How a year changes if a zone has one more lead, with 95 % intervals."
            ),
        );
        self.difference_legend(m);
        for (heading, is_office) in
            [(said!("对全机关", "For the office"), true), (said!("对本片区", "For the zone itself"), false)]
        {
            let panels: Vec<(Measure, Vec<Row>)> = PICTURED
                .into_iter()
                .map(|measure| (measure, self.marginal_rows(measure, is_office)))
                .filter(|(_, rows)| !rows.is_empty())
                .collect();
            if panels.is_empty() {
                continue;
            }
            m.leaf("h3", &[], self.t(&heading));
            self.panels(m, &panels, |m, (measure, rows)| {
                self.forest(m, *measure, rows, scale(*measure, rows.iter().map(|(_, mean)| *mean)));
            });
        }
        let zones = self.study.zones.iter().zip(&self.study.marginal);
        let rows = zones.flat_map(|(zone, differences)| {
            differences.iter().map(|one| self.difference_cells(Some(self.t(&zone.said())), one))
        });
        let rows: Vec<Vec<String>> = rows.collect();
        self.difference_figures(m, said!("多一名主办", "one more lead"), true, rows);
    }

    fn marginal_rows(&self, measure: Measure, is_office: bool) -> Vec<Row> {
        let zones = self.study.zones.iter().zip(&self.study.marginal).enumerate();
        zones
            .filter_map(|(at, (zone, differences))| {
                let place = if is_office { Place::Office } else { Place::Zone(at) };
                let found = differences.iter().find(|one| one.place == place && one.measure == measure)?;
                Some((self.t(&zone.said()), found.mean))
            })
            .collect()
    }

    fn difference_cells(&self, zone: Option<String>, one: &Difference) -> Vec<String> {
        let shape = one.measure.shape().of_differences();
        let clear = if is_clear(one.mean) { said!("是", "yes") } else { said!("看不出", "not seen") };
        let cells = [
            self.place_called(one.place),
            self.t(&shape.captioned(one.measure.said())),
            shape.difference(one.mean),
            self.t(&clear),
        ];
        zone.into_iter().chain(cells).collect()
    }

    fn difference_figures(&self, m: &mut Markup, caption: Said, has_zone: bool, rows: Vec<Vec<String>>) {
        let first = has_zone.then(|| said!("增加在", "added in"));
        let headings = [
            said!("范围", "place"),
            said!("项目", "measure"),
            said!("差 ± 误差", "difference ± error"),
            said!("有差别", "differs"),
        ];
        let headings: Vec<Said> = first.into_iter().chain(headings).collect();
        self.details(m, &Table { caption, names: headings.len() - 2, headings, rows });
    }

    fn forest(&self, m: &mut Markup, measure: Measure, rows: &[Row], scale: Scale) {
        let shape = measure.shape().of_differences();
        let caption = self.t(&shape.captioned(measure.said()));
        let written: Vec<String> = rows.iter().map(|(_, mean)| shape.difference(*mean)).collect();
        let left = svg::room(rows.iter().map(|(name, _)| name.as_str()), 130);
        let plot = WIDTH - left - svg::room(written.iter().map(String::as_str), 130);
        let described: Vec<String> =
            rows.iter().map(|(name, mean)| format!("{name} {}", shape.difference(*mean))).collect();
        let bottom = ROW * i64::try_from(rows.len()).unwrap_or_default() + 2;
        self.panel(m, &caption, |m| {
            svg::picture(m, (WIDTH, bottom + 20), (&caption, &described.join("; ")), |m| {
                scale.below(m, self.lang, (left, plot), bottom);
                let zero = left + scale.along(0, plot);
                svg::line(m, "zero", (zero, 0), (zero, bottom));
                for (at, (name, mean)) in (0..).zip(rows) {
                    let middle = ROW * at + ROW / 2;
                    svg::text(m, "", Anchor::Start, (0, middle + 4), &svg::fitting(name, left - 8));
                    interval(m, *mean, middle, |value| left + scale.along(value, plot));
                    svg::text(m, "soft", Anchor::End, (WIDTH, middle + 4), &shape.difference(*mean));
                }
            });
        });
    }
}

fn scale(measure: Measure, means: impl Iterator<Item = Mean>) -> Scale {
    let ends = means.flat_map(|mean| {
        let (mean, error) = (i128::from(mean.mean), i128::from(mean.error));
        [mean - error, mean + error]
    });
    Scale::of(measure.shape().of_differences(), ends, 3)
}

/// The interval, and a sign that says on which side of zero it lies.
fn interval(m: &mut Markup, mean: Mean, middle: i64, x: impl Fn(i128) -> i64) {
    let (value, error) = (i128::from(mean.mean), i128::from(mean.error));
    svg::line(m, "interval", (x(value - error), middle), (x(value + error), middle));
    let at = x(value);
    match (is_clear(mean), mean.mean < 0) {
        (true, true) => svg::rect(m, "less", (at - 4, middle - 4), (8, 8)),
        (true, false) => {
            let corners = [(at, middle - 5), (at + 5, middle), (at, middle + 5), (at - 5, middle)];
            svg::area(m, "more", &corners);
        }
        (false, _) => svg::dot(m, "unclear", (at, middle), 4),
    }
}
