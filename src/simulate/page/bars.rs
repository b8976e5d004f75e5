//! Bars: the kinds of work, and whatever else is one number a row.

use super::Page;
use super::scale::Scale;
use super::svg::{self, Anchor};
use super::tabled::Table;
use crate::markup::Markup;
use crate::said;
use crate::simulate::shown::Shape;
use crate::simulate::study::{KindFigures, Mean, Named, Run};

const WIDTH: i64 = 340;
/// Height of a row.
const ROW: i64 = 22;
/// Height of a kind of work: a line of words, and its bars.
const KIND: i64 = 42;

/// A row: its name and its number.
pub type Bar = (String, Mean);

impl Page<'_> {
    /// Bars with what they stand for behind them.
    pub(super) fn bars(&self, m: &mut Markup, title: &str, shape: Shape, rows: &[Bar]) {
        let values = rows.iter().map(|(_, mean)| i128::from(mean.mean) + i128::from(mean.error));
        let scale = Scale::of(shape, values, 3);
        // Where no row has an error, none is written.
        let exact = rows.iter().all(|(_, mean)| mean.error == 0);
        let written = |mean: &Mean| if exact { shape.milli(mean.mean.into()) } else { shape.mean(*mean) };
        let left = svg::room(rows.iter().map(|(name, _)| name.as_str()), 130);
        let texts: Vec<String> = rows.iter().map(|(_, mean)| written(mean)).collect();
        let plot = WIDTH - left - svg::room(texts.iter().map(String::as_str), 130);
        let height = ROW * i64::try_from(rows.len()).unwrap_or_default();
        let described: Vec<String> =
            rows.iter().map(|(name, mean)| format!("{name} {}", written(mean))).collect();
        svg::picture(m, (WIDTH, height + 2), (title, &described.join("; ")), |m| {
            svg::line(m, "axis", (left, 0), (left, height));
            for (at, (name, mean)) in (0..).zip(rows) {
                let middle = ROW * at + ROW / 2;
                svg::text(m, "", Anchor::Start, (0, middle + 4), &svg::fitting(name, left - 8));
                let x = |value: i128| scale.along(value, plot);
                let (value, error) = (i128::from(mean.mean), i128::from(mean.error));
                svg::rect(m, "bar", (left, middle - 6), (x(value), 12));
                if mean.error > 0 {
                    svg::line(
                        m,
                        "error",
                        (left + x(value - error), middle),
                        (left + x(value + error), middle),
                    );
                }
                svg::text(m, "soft", Anchor::End, (WIDTH, middle + 4), &written(mean));
            }
        });
    }

    /// What came, was done and was late, kind by kind; and what it cost.
    pub(super) fn kinds(&self, m: &mut Markup, base: &Run) {
        self.legend(
            m,
            &[
                ("came", said!("来了（抽查：抽中）", "came (drawn visits: were drawn)")),
                ("done", said!("做完", "were done")),
                ("late", said!("逾期", "were late")),
            ],
        );
        let kinds: Vec<(&Named, &KindFigures)> = self.study.kinds.iter().zip(&base.kinds).collect();
        let caption = self.t(&said!("一年多少件", "How many a year"));
        let of = |take: fn(&KindFigures) -> Mean| -> Vec<Bar> {
            kinds.iter().map(|(name, kind)| (self.t(&name.said()), take(kind))).collect()
        };
        m.element("div", &[("class", "panels")], |m| {
            self.panel(m, &caption, |m| self.kind_bars(m, &caption, &kinds));
            let hours = self.t(&said!(
                "一年用多少小时（所有人，路途在内）",
                "Hours a year (of all people, with the way)"
            ));
            self.panel(m, &hours, |m| self.bars(m, &hours, Shape::Hours, &of(|kind| kind.minutes)));
            let days = self.t(&said!("从来到做完的天数", "Days from coming to being done"));
            self.panel(m, &days, |m| self.bars(m, &days, Shape::Count, &of(|kind| kind.days)));
            let waiting = self.t(&said!(
                "平均每天有几件在等（抽查只算推迟的）",
                "How many wait on an average day (of drawn visits, only those put off)"
            ));
            self.panel(m, &waiting, |m| self.bars(m, &waiting, Shape::Count, &of(|kind| kind.waiting)));
        });
        self.kind_figures(m, &kinds);
    }

    fn kind_bars(&self, m: &mut Markup, title: &str, kinds: &[(&Named, &KindFigures)]) {
        let values = kinds.iter().flat_map(|(_, kind)| [kind.came, kind.done, kind.late]);
        let scale = Scale::of(Shape::Count, values.map(|mean| mean.mean.into()), 3);
        let numbers = |kind: &KindFigures| {
            let [came, done, late] =
                [kind.came, kind.done, kind.late].map(|mean| Shape::Count.milli(mean.mean.into()));
            self.t(&said!("{came}，完成 {done}，逾期 {late}", "{came}, done {done}, late {late}"))
        };
        let described: Vec<String> =
            kinds.iter().map(|(name, kind)| format!("{} {}", self.t(&name.said()), numbers(kind))).collect();
        let height = KIND * i64::try_from(kinds.len()).unwrap_or_default();
        svg::picture(m, (WIDTH, height), (title, &described.join("; ")), |m| {
            for (at, (name, kind)) in (0..).zip(kinds) {
                let top = KIND * at;
                let name = svg::fitting(&self.t(&name.said()), 130);
                svg::text(m, "", Anchor::Start, (0, top + 13), &name);
                svg::text(m, "soft", Anchor::End, (WIDTH, top + 13), &numbers(kind));
                let length = |mean: Mean| scale.along(mean.mean.into(), WIDTH);
                svg::rect(m, "came", (0, top + 18), (length(kind.came), 14));
                svg::rect(m, "done", (0, top + 21), (length(kind.done), 8));
                svg::rect(m, "late", (0, top + 33), (length(kind.late), 4));
            }
        });
    }

    fn kind_figures(&self, m: &mut Markup, kinds: &[(&Named, &KindFigures)]) {
        let headings = vec![
            said!("种类", "kind"),
            said!("设定一年", "set, a year"),
            said!("来了", "came"),
            said!("做完", "done"),
            said!("逾期", "late"),
            said!("天数", "days"),
            said!("平均每天在等", "waiting on an average day"),
            said!("小时", "hours"),
        ];
        let row = |(at, (name, kind)): (usize, &(&Named, &KindFigures))| {
            let set = self.study.yearly.get(at).copied().flatten();
            let set = set.map_or_else(|| "–".to_owned(), |number| number.to_string());
            let counts = [kind.came, kind.done, kind.late, kind.days, kind.waiting]
                .map(|mean| Shape::Count.mean(mean));
            let named = [self.t(&name.said()), set].into_iter();
            named.chain(counts).chain([Shape::Hours.mean(kind.minutes)]).collect()
        };
        let caption = said!("各类工作一年", "the kinds of work in a year");
        self.details(
            m,
            &Table { caption, headings, names: 1, rows: kinds.iter().enumerate().map(row).collect() },
        );
    }
}
