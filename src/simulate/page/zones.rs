//! What the zones carry: a table to read first, the hours of an inspector, and behind
//! everything all figures of a year.

use super::Page;
use super::tabled::{Table, figure_cells, figure_headings};
use crate::lang::{Lang, Said};
use crate::markup::Markup;
use crate::said;
use crate::simulate::findings::{figure, staff};
use crate::simulate::shown::{Shape, gini_said, of_whom, per_person};
use crate::simulate::study::{Figure, Measure, Named, Run};

/// What the table to read first has, besides the hours of an inspector.
const FIRST: [Measure; 7] = [
    Measure::Utilisation,
    Measure::Overtime,
    Measure::Unfilled,
    Measure::Late,
    Measure::Unplaced,
    Measure::Backlog,
    Measure::Gini,
];

/// What has a picture by zone, besides the hours of an inspector.
const PICTURED: [Measure; 6] = [
    Measure::Utilisation,
    Measure::Overtime,
    Measure::Unfilled,
    Measure::Late,
    Measure::Backlog,
    Measure::Gini,
];

impl Page<'_> {
    /// The table to read first, and the picture of the hours of an inspector.
    pub(super) fn zones(&self, m: &mut Markup, base: &Run) {
        self.say(
            m,
            &said!(
                "一年的平均数；± 后面是模拟误差（95% 区间的一半），不是年与年的差别。工时、加班、积压以小时计。",
                "Means of a year; behind ± stands the error of the simulation (half of its 95 % interval), not how years differ. Hours, overtime and backlog in hours."
            ),
        );
        let mut headings = vec![
            said!("片区", "zone"),
            said!("人数", "inspectors"),
            said!("每人工时", "hours per inspector"),
        ];
        headings.extend(FIRST.map(Measure::said));
        let row = |name: String, people: usize, figures: &[Figure]| -> Vec<String> {
            let hours = per_person(&figure(figures, Measure::Minutes), people);
            let hours = hours.map_or_else(|| "–".to_owned(), |of| Shape::Hours.mean(of.mean));
            let others = FIRST.map(|measure| measure.shape().mean(figure(figures, measure).mean));
            [name, people.to_string(), hours].into_iter().chain(others).collect()
        };
        let zones = self.study.zones.iter().zip(staff(self.study)).zip(&base.zones);
        let mut rows: Vec<Vec<String>> =
            zones.map(|((zone, people), figures)| row(self.both(zone), people, figures)).collect();
        rows.push(row(self.t(&said!("全机关", "the office")), self.study.people.len(), &base.office));
        let caption = said!("各片区一年", "A year of the zones");
        self.table(m, &Table { caption, headings, names: 1, rows });
        self.say(m, &of_whom());
        self.say(m, &gini_said());
        self.zone_ranges(m, base);
    }

    /// Name of a zone; in English with its key, which stands in the pictures.
    fn both(&self, zone: &Named) -> String {
        match self.lang {
            Lang::Zh => zone.name.clone(),
            Lang::En => format!("{} {}", zone.key, zone.name),
        }
    }

    fn zone_ranges(&self, m: &mut Markup, base: &Run) {
        let rows = self.zone_rows(base);
        if rows.is_empty() {
            return;
        }
        self.range_legend(m);
        let caption =
            self.t(&said!("每人一年的工时（小时），按片区", "Hours per inspector and year, by zone"));
        m.element("div", &[("class", "panels")], |m| {
            let scale = Self::range_scale(Shape::Hours, &rows);
            self.panel(m, &caption, |m| self.ranges(m, &caption, Shape::Hours, &rows, scale));
            for measure in PICTURED {
                let shape = measure.shape();
                let of = |(zone, figures): (&Named, &Vec<Figure>)| {
                    (self.t(&zone.said()), figure(figures, measure))
                };
                let rows: Vec<_> = self.study.zones.iter().zip(&base.zones).map(of).collect();
                let Said { zh, en } = shape.captioned(measure.said());
                let caption = self.t(&said!("{zh}，按片区", "A year's {en}, by zone"));
                let scale = Self::range_scale(shape, &rows);
                self.panel(m, &caption, |m| self.ranges(m, &caption, shape, &rows, scale));
            }
        });
        let mut headings = vec![said!("片区", "zone")];
        headings.extend(figure_headings());
        let rows = rows
            .into_iter()
            .map(|(name, figure)| [name].into_iter().chain(figure_cells(Shape::Hours, &figure)).collect());
        let caption = said!("每人一年的工时（小时），按片区", "hours per inspector and year, by zone");
        self.details(m, &Table { caption, headings, names: 1, rows: rows.collect() });
    }

    /// Every measure of every place, run by run.
    pub(super) fn figures(&self, m: &mut Markup, _: &Run) {
        self.say(
            m,
            &said!(
                "每项都有均值和它的误差、分位数和它的区间，以及见过的最小和最大值。",
                "Each with its mean and error, its quantiles with their intervals, and the least and most that were seen."
            ),
        );
        for run in &self.study.runs {
            let mut headings = vec![said!("范围", "place"), said!("项目", "measure")];
            headings.extend(figure_headings());
            let office = (self.t(&said!("全机关", "the office")), &run.office);
            let zones = self.study.zones.iter().map(|zone| self.t(&zone.said())).zip(&run.zones);
            let rows = std::iter::once(office).chain(zones).flat_map(|(name, figures)| {
                Measure::ALL.iter().zip(figures).map(move |(measure, figure)| {
                    let named = [name.clone(), self.t(&measure.said())];
                    named.into_iter().chain(figure_cells(measure.shape(), figure)).collect()
                })
            });
            let said = run.variant.said();
            let (zh, en) = (said.zh, said.en);
            let caption = said!("{zh}：一年的全部数字", "{en}: all figures of a year");
            self.details(m, &Table { caption, headings, names: 2, rows: rows.collect() });
        }
    }
}
