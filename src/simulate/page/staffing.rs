//! Whether draws can be staffed: month by month, and what stands in the way.

use super::Page;
use super::bars::Bar;
use super::scale::Scale;
use super::svg::{self, Anchor};
use super::tabled::Table;
use crate::lang::Lang;
use crate::markup::Markup;
use crate::said;
use crate::simulate::shown::{Shape, month_name};
use crate::simulate::study::{Mean, Run, Staffing};

const SIZE: (i64, i64) = (340, 150);
const LEFT: i64 = 46;
const TOP: i64 = 8;
const BOTTOM: i64 = 22;
/// Width of a bar at most, where months are few.
const WIDEST: i64 = 24;
const PLOT: (i64, i64) = (SIZE.0 - LEFT - 8, SIZE.1 - TOP - BOTTOM);

impl Page<'_> {
    /// In words if all can be, with pictures if not.
    pub(super) fn staffing(&self, m: &mut Markup, base: &Run) {
        let staffing = &base.staffing;
        let (share, units) = (Shape::Percent.mean(staffing.unstaffed), Shape::Count.mean(staffing.units));
        if staffing.unstaffed.mean == 0 && staffing.by_month.iter().all(|mean| mean.mean == 0) {
            self.say(
                m,
                &said!("所有模拟里，每个月的抽取都派得出人。", "In all trials every month can be staffed."),
            );
        } else {
            self.say(
                m,
                &said!(
                    "{share} 的抽取派不出人：有抽中的单位找不到两名能去的人；一年这样的单位 {units} 家。",
                    "{share} of draws cannot be staffed: there are drawn units for which no two inspectors can be found, {units} units a year."
                ),
            );
            m.element("div", &[("class", "panels")], |m| {
                let caption =
                    self.t(&said!("派不出人的抽取，按月", "Draws that cannot be staffed, by month"));
                self.panel(m, &caption, |m| self.by_month(m, &caption, &staffing.by_month));
                self.causes(m, staffing);
            });
        }
        let rows = self.study.months.iter().zip(&staffing.by_month);
        let rows = rows.map(|(month, mean)| vec![month_name(*month), Shape::Percent.mean(*mean)]).collect();
        let headings = vec![said!("月份", "month"), said!("派不出人的抽取", "draws not staffed")];
        let caption = said!("派不出人的抽取，按月", "draws that cannot be staffed, by month");
        self.details(m, &Table { caption, headings, names: 1, rows });
        self.cause_figures(m, staffing);
    }

    fn cause_rows(&self, staffing: &Staffing) -> (Vec<Bar>, Vec<Bar>) {
        let bar = |bar: crate::eligibility::Bar| {
            if self.lang == Lang::Zh { bar.zh() } else { bar.key() }.to_owned()
        };
        let bars = staffing.bars.iter().map(|(rule, people)| (bar(*rule), *people));
        let zones = staffing
            .zones
            .iter()
            .filter_map(|(zone, units)| Some((self.t(&self.study.zones.get(*zone)?.said()), *units)));
        (bars.collect(), zones.collect())
    }

    fn causes(&self, m: &mut Markup, staffing: &Staffing) {
        let (bars, zones) = self.cause_rows(staffing);
        for (caption, rows) in [
            (
                said!("是什么规则挡住了人员（一年人次）", "Which rule keeps inspectors away (people a year)"),
                bars,
            ),
            (said!("这些单位在哪个片区（一年家数）", "The zones of these units (a year)"), zones),
        ] {
            if !rows.is_empty() {
                let caption = self.t(&caption);
                self.panel(m, &caption, |m| self.bars(m, &caption, Shape::Count, &rows));
            }
        }
    }

    fn cause_figures(&self, m: &mut Markup, staffing: &Staffing) {
        let (bars, zones) = self.cause_rows(staffing);
        let row = |(name, mean): (String, Mean)| vec![name, Shape::Count.mean(mean)];
        let rows = bars.into_iter().chain(zones).map(row).collect();
        let headings =
            vec![said!("规则或片区", "rule or zone"), said!("一年人次或家数", "people or units a year")];
        let caption = said!("派不出人的原因和片区", "why draws cannot be staffed, and where");
        self.details(m, &Table { caption, headings, names: 1, rows });
    }

    fn by_month(&self, m: &mut Markup, title: &str, months: &[Mean]) {
        let values = months.iter().map(|mean| i128::from(mean.mean) + i128::from(mean.error));
        let scale = Scale::of(Shape::Percent, values, 4);
        let most = months.iter().map(|mean| mean.mean).max().unwrap_or_default();
        let most = Shape::Percent.milli(most.into());
        let described = self.t(&said!("最高 {most}", "at most {most}"));
        svg::picture(m, SIZE, (title, &described), |m| {
            let y = |value: i128| TOP + PLOT.1 - scale.along(value, PLOT.1);
            for (value, mark) in scale.marks(self.lang) {
                svg::line(m, "grid", (LEFT, y(value)), (LEFT + PLOT.0, y(value)));
                svg::text(m, "soft", Anchor::End, (LEFT - 5, y(value) + 4), &mark);
            }
            let count = i64::try_from(months.len()).unwrap_or_default().max(1);
            let x = |month: i64| LEFT + month * PLOT.0 / count;
            for (at, mean) in (0..).zip(months) {
                let (from, to, top) = (x(at), x(at + 1), y(mean.mean.into()));
                let (gap, floor) = (i64::from(to - from > 3), TOP + PLOT.1);
                let width = (to - from - gap).clamp(1, WIDEST);
                svg::rect(m, "bar", (from, top), (width, floor - top));
                if mean.error > 0 && to - from > 3 {
                    let (value, error) = (i128::from(mean.mean), i128::from(mean.error));
                    let middle = from + width / 2;

                    svg::line(m, "error", (middle, y(value + error)), (middle, y(value - error)));
                }
            }
            svg::line(m, "axis", (LEFT, TOP + PLOT.1), (LEFT + PLOT.0, TOP + PLOT.1));
            self.years(m, (LEFT, PLOT.0), TOP + PLOT.1);
        });
    }
}
