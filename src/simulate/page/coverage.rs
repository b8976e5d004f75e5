//! How soon units are visited: for every class and stratum a curve over the months.

use super::Page;
use super::svg::{self, Anchor};
use super::tabled::{Table, mean_cell};
use crate::lang::Said;
use crate::markup::Markup;
use crate::said;
use crate::simulate::shown::Shape;
use crate::simulate::study::{Coverage, Mean, Named, Run};

const SIZE: (i64, i64) = (340, 140);
const LEFT: i64 = 42;
const TOP: i64 = 16;
const BOTTOM: i64 = 24;
const PLOT: (i64, i64) = (SIZE.0 - LEFT - 14, SIZE.1 - TOP - BOTTOM);
/// All of them, in thousandths of ten-thousandths.
const ALL: i64 = 10_000_000;
/// After so many months it is told how many have been visited.
const TOLD: [usize; 3] = [12, 24, 36];

impl Page<'_> {
    /// Curves by class and by stratum.
    pub(super) fn coverage(&self, m: &mut Markup, base: &Run) {
        self.say(
            m,
            &said!(
                "从第一个月起，一组单位里已经抽查到至少一次的比例；仍在名录里的才算。",
                "Share of the units of a group that have had a drawn visit since the first month, of those still there."
            ),
        );
        let mut legend = vec![
            ("curve", said!("已查到的比例", "share visited")),
            ("mark", said!("满 12、24、36 个月", "after 12, 24 and 36 months")),
        ];
        if self.study.floors.iter().any(|floor| *floor > 0) {
            let floor = said!(
                "抽查方案的下限：到这个月应当全部查到",
                "the floor: all should have been visited by then"
            );
            legend.push(("floor", floor));
        }
        self.legend(m, &legend);
        self.groups(m, &said!("按单位类别", "by class"), &self.study.classes, &base.classes, &[]);
        self.groups(m, &said!("按分层", "by stratum"), &self.study.strata, &base.strata, &self.study.floors);
    }

    fn groups(&self, m: &mut Markup, heading: &Said, named: &[Named], groups: &[Coverage], floors: &[u32]) {
        let floor = |at: usize| floors.get(at).copied().unwrap_or_default();
        let all: Vec<(String, u32, &Coverage)> = named
            .iter()
            .zip(groups)
            .enumerate()
            .map(|(at, (name, of))| (self.t(&name.said()), floor(at), of))
            .collect();
        if all.is_empty() {
            return;
        }
        m.leaf("h3", &[], heading.to(self.lang));
        let drawn: Vec<&(String, u32, &Coverage)> = all.iter().filter(|(.., of)| of.units > 0).collect();
        self.panels(m, &drawn, |m, (name, floor, of)| {
            let (units, below) = (of.units, Shape::Percent.milli(of.below_floor.mean.into()));
            let caption = match of.below_floor.mean > 0 {
                true => said!(
                    "{name}：{units} 家，{below} 不到下限",
                    "{name}: {units} units, {below} below the floor"
                ),
                false => said!("{name}：{units} 家", "{name}: {units} units"),
            };
            let caption = self.t(&caption);
            self.panel(m, &caption, |m| self.curve(m, &caption, *floor, of));
        });
        self.coverage_figures(m, heading, &all);
    }

    fn curve(&self, m: &mut Markup, title: &str, floor: u32, of: &Coverage) {
        let months = of.within.len().max(1);
        let x = |month: usize| {
            let (month, months) =
                (i64::try_from(month).unwrap_or_default(), i64::try_from(months).unwrap_or(1));
            LEFT + month.min(months) * PLOT.0 / months
        };
        let y = |share: i64| TOP + PLOT.1 - share.clamp(0, ALL) / 1000 * PLOT.1 / (ALL / 1000);
        let told: Vec<(usize, &Mean)> =
            TOLD.iter().filter_map(|month| Some((*month, of.within.get(month - 1)?))).collect();
        let described: Vec<String> = told.iter().map(|(month, mean)| self.within(*month, mean)).collect();
        svg::picture(m, SIZE, (title, &described.join("; ")), |m| {
            for (share, mark) in [(0, "0%"), (ALL / 2, "50%"), (ALL, "100%")] {
                svg::line(m, "grid", (LEFT, y(share)), (LEFT + PLOT.0, y(share)));
                svg::text(m, "soft", Anchor::End, (LEFT - 5, y(share) + 4), mark);
            }
            svg::line(m, "axis", (LEFT, y(0)), (LEFT + PLOT.0, y(0)));
            self.month_marks(m, months, x);
            if floor > 0 {
                let month = 12_usize.div_ceil(floor as usize);
                if month <= months {
                    svg::path(m, "floor", &[(x(month), y(0)), (x(month), y(ALL)), (LEFT + PLOT.0, y(ALL))]);
                }
            }
            let points = (1..).zip(&of.within).map(|(month, mean)| (x(month), y(mean.mean)));
            svg::path(m, "curve", &std::iter::once((LEFT, y(0))).chain(points).collect::<Vec<_>>());
            let mut free = LEFT;
            for (month, mean) in &told {
                let place = (x(*month), y(mean.mean));
                svg::dot(m, "mark", place, 3);
                // Where marks are too near each other, the table has what is not written.
                if place.0 >= free {
                    told_share(m, place, mean, *month == months);
                    free = place.0 + 46;
                }
            }
        });
    }

    fn month_marks(&self, m: &mut Markup, months: usize, x: impl Fn(usize) -> i64) {
        let step = months.div_ceil(12 * 4).max(1) * 12;

        let marks = (1..).map(|number| number * step).take_while(|month| *month <= months);
        let marks: Vec<usize> = if months < 12 { vec![months] } else { marks.collect() };
        for month in marks {
            svg::line(m, "axis", (x(month), TOP + PLOT.1), (x(month), TOP + PLOT.1 + 4));
            let anchor = if month == months { Anchor::End } else { Anchor::Middle };
            let end = if month == months { LEFT + PLOT.0 + 8 } else { x(month) };
            let mark = self.t(&said!("{month} 个月", "{month} mo."));
            svg::text(m, "soft", anchor, (end, SIZE.1 - 6), &mark);
        }
    }

    fn within(&self, months: usize, mean: &Mean) -> String {
        let share = Shape::Percent.mean(*mean);
        self.t(&said!("{months} 个月内 {share}", "{share} within {months} months"))
    }

    fn coverage_figures(&self, m: &mut Markup, heading: &Said, all: &[(String, u32, &Coverage)]) {
        let longest = all.iter().map(|(.., of)| of.within.len()).max().unwrap_or_default();
        let step = if longest <= 36 { 1 } else { 3 };
        let months: Vec<usize> =
            (1..=longest).filter(|month| month % step == 0 || *month == longest).collect();
        let mut headings = vec![
            said!("分组", "group"),
            said!("家数", "units"),
            said!("每年下限（次）", "floor (visits a year)"),
            said!("不到下限", "below the floor"),
        ];
        headings.extend(months.iter().map(|month| said!("{month} 个月内", "within {month} months")));
        let row = |(name, floor, of): &(String, u32, &Coverage)| -> Vec<String> {
            let floor = if *floor > 0 { floor.to_string() } else { "–".to_owned() };
            let shares = months.iter().map(|month| mean_cell(Shape::Percent, of.within.get(month - 1)));
            [name.clone(), of.units.to_string(), floor, Shape::Percent.mean(of.below_floor)]
                .into_iter()
                .chain(shares)
                .collect()
        };
        let Said { zh, en } = heading;
        let caption = said!("多久查到，{zh}", "how soon visited, {en}");
        self.details(m, &Table { caption, headings, names: 1, rows: all.iter().map(row).collect() });
    }
}

/// The share at a mark. The curve only rises: there is room above it to the left, and below
/// it to the right.
fn told_share(m: &mut Markup, (x, y): svg::At, mean: &Mean, is_last: bool) {
    let (anchor, place) = match (mean.mean < ALL / 2, is_last) {
        (true, _) => (Anchor::End, (x + 8, y - 7)),
        (false, false) => (Anchor::Start, (x, y + 16)),
        (false, true) => (Anchor::End, (x + 12, y + 16)),
    };
    svg::text(m, "strong", anchor, place, &Shape::Percent.milli(mean.mean.into()));
}
