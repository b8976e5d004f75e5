//! The page: one file with tables and pictures, nothing fetched, nothing run.

use super::coverage::Coverage;
use super::shown::{Group, Month, Shown};
use super::spread::Spread;
use crate::lang::{Lang, Said};
use crate::markup::Markup;
use crate::said;
use std::collections::BTreeMap;

/// Without quotes and angle brackets, which would be escaped.
const STYLE: &str = "
body { max-width: 60rem; margin: 0 auto; padding: 1rem; font: 1rem/1.6 system-ui, Noto Sans CJK SC, Source Han Sans SC, sans-serif; color: #1a1a1a; background: #fff; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
div.frame { overflow-x: auto; }
caption { text-align: left; color: #555; }
th, td { padding: .2rem .6rem; text-align: right; border-bottom: 1px solid #ddd; }
th:first-child { text-align: left; }
svg { width: 100%; max-width: 45rem; height: auto; }
.range { stroke: #555; stroke-width: 2; } .box { fill: #9cc3e6; } .middle { stroke: #003a70; stroke-width: 3; }
.bar { fill: #4f8fc9; } .axis { stroke: #999; stroke-width: 1; } text { font-size: 12px; fill: #1a1a1a; } .figure { fill: #555; }
";

/// Width of a picture, height of a row, where the lines begin, and how long they may be.
const WIDTH: u64 = 640;
const ROW: u64 = 28;
const LEFT: u64 = 170;
const LENGTH: u64 = 400;
/// Room at the left of the bars for the figures of their axis.
const AXIS: u64 = 40;

/// What the page is made with.
#[derive(Debug, Clone, Copy)]
struct At<'a> {
    shown: &'a Shown,
    zones: &'a BTreeMap<String, String>,
    lang: Lang,
}

/// The page of an office: its name, and the names of its zones by key.
pub fn page(shown: &Shown, office: &str, zones: &BTreeMap<String, String>, lang: Lang) -> String {
    let at = At { shown, zones, lang };
    let mut m = Markup::new("<!DOCTYPE html>\n");
    let code = if lang == Lang::Zh { "zh-CN" } else { "en" };
    let title = at.t(said!("检查任务分担情况", "How the work is shared"));
    m.element("html", &[("lang", code)], |m| {
        m.element("head", &[], |m| {
            m.empty("meta", &[("charset", "utf-8")]);
            let policy = "default-src 'none'; style-src 'unsafe-inline'";
            m.empty("meta", &[("http-equiv", "Content-Security-Policy"), ("content", policy)]);
            m.empty("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
            m.leaf("title", &[], format!("{title} – {office}"));
            m.leaf("style", &[], STYLE);
        });
        m.element("body", &[], |m| {
            m.leaf("h1", &[], format!("{office}：{title}"));
            at.intro(m);
            at.groups(m);
            at.ranks(m);
            at.months(m);
            at.pairs(m);
            at.kinds(m);
            at.coverage(m);
        });
    });
    m.finish()
}

impl At<'_> {
    fn t(&self, said: Said) -> String {
        said.to(self.lang).to_owned()
    }

    fn heading(&self, m: &mut Markup, said: Said) {
        m.leaf("h2", &[], self.t(said));
    }

    fn group(&self, group: &Group) -> String {
        if group.zones.is_empty() {
            return self.t(said!("全部", "all"));
        }
        let name = |key: &String| match (key.is_empty(), self.zones.get(key)) {
            (true, _) => self.t(said!("不在名录", "in no register")),
            (false, Some(name)) => name.clone(),
            (false, None) => key.clone(),
        };
        let names: Vec<String> = group.zones.iter().map(name).collect();
        let Said { zh, en } = Said::list(names);
        if self.lang == Lang::Zh { zh } else { en }
    }

    fn intro(&self, m: &mut Markup) {
        let (first, last) = self.shown.span;
        m.leaf("p", &[], self.t(said!("{first} 至 {last}。", "From {first} to {last}.")));
        m.leaf(
            "p",
            &[],
            self.t(said!(
                "每个量各自从小到大排列，不显示是谁的，也不能把两个量或两个月对到同一个人；不足三人的并入别组。工时按整小时。",
                "Each quantity is ordered by itself: nobody is shown, and nothing joins two quantities or two months to one person; fewer than three people are merged with others. Hours are whole."
            )),
        );
        m.leaf(
            "p",
            &[],
            self.t(said!(
                "已经安排、还没有检查的，按计划的日期和人员计入；没有任务的月份和以后的月份不列。",
                "Visits that are planned and not yet made count as planned; months without work and months to come are left out."
            )),
        );
    }

    fn table(&self, m: &mut Markup, caption: Said, headings: &[Said], rows: &[Vec<String>]) {
        m.element("div", &[("class", "frame")], |m| {
            m.element("table", &[], |m| {
                m.leaf("caption", &[], self.t(caption));
                m.element("tr", &[], |m| {
                    headings.iter().for_each(|heading| {
                        m.leaf("th", &[("scope", "col")], heading.to(self.lang));
                    });
                });
                for row in rows {
                    m.element("tr", &[], |m| {
                        for (at, cell) in row.iter().enumerate() {
                            let (tag, scope) =
                                if at == 0 { ("th", &[("scope", "row")][..]) } else { ("td", &[][..]) };
                            m.leaf(tag, scope, cell);
                        }
                    });
                }
            });
        });
    }

    fn groups(&self, m: &mut Markup) {
        self.heading(m, said!("每人工时", "Hours a person"));
        let all: Vec<&Group> = std::iter::once(&self.shown.all).chain(&self.shown.groups).collect();
        let drawn: Vec<(String, &Spread)> =
            all.iter().filter_map(|group| Some((self.group(group), group.hours.as_ref()?))).collect();
        ranges(m, &self.t(said!("每人工时的分布", "How hours spread")), &drawn);
        type Of = fn(&Group) -> Option<&Spread>;
        let quantities: [(Said, Of); 5] = [
            (said!("工时", "hours"), |group| group.hours.as_ref()),
            (said!("检查次数", "visits"), |group| group.visits.as_ref()),
            (said!("主办次数（可主办的人）", "visits as lead (of those who may)"), |group| {
                group.leads.as_ref()
            }),
            (said!("非抽取任务工时", "hours of what no draw decided"), |group| group.other.as_ref()),
            (said!("占可用工时的千分比", "thousandths of the hours available"), |group| {
                group.share.as_ref()
            }),
        ];
        for (caption, of) in quantities {
            let rows: Vec<Vec<String>> =
                all.iter().filter_map(|group| Some(spread_cells(self.group(group), of(group)?))).collect();
            self.table(m, caption, &spread_headings(said!("片区", "zone")), &rows);
        }
    }

    fn ranks(&self, m: &mut Markup) {
        if self.shown.hours.is_empty() {
            return;
        }
        self.heading(m, said!("全部人员的工时，从少到多", "Everybody's hours, from least to most"));
        let (most, count) =
            (self.shown.hours.last().copied().unwrap_or_default(), self.shown.hours.len() as u64);
        let title = self.t(said!(
            "每根柱是一个人，最高 {most} 小时",
            "Each bar is somebody; the highest has {most} hours"
        ));
        picture(m, (WIDTH, 120), &title, |m| {
            m.leaf("text", &[("x", "0"), ("y", "15")], most.to_string());
            m.leaf("text", &[("x", "0"), ("y", "115")], "0");
            line(m, "axis", (AXIS - 2, 5), (AXIS - 2, 115));
            line(m, "axis", (AXIS - 2, 115), (WIDTH, 115));
            let step = ((WIDTH - AXIS) / count.max(1)).max(1);
            for (at, hours) in (0..).zip(&self.shown.hours) {
                let height = scaled(*hours, most, 110);
                rect(m, "bar", (AXIS + at * step, 115 - height), (step.saturating_sub(1).max(1), height));
            }
        });
    }

    fn months(&self, m: &mut Markup) {
        self.heading(m, said!("按月", "By month"));
        let name = |month: &Month| format!("{:04}-{:02}", month.month.0, month.month.1);
        let rows: Vec<Vec<String>> = self
            .shown
            .months
            .iter()
            .filter_map(|month| Some(spread_cells(name(month), month.hours.as_ref()?)))
            .collect();
        self.table(m, said!("每人工时", "hours a person"), &spread_headings(said!("月份", "month")), &rows);
        if self.shown.groups.is_empty() {
            return;
        }
        let mut headings = vec![said!("月份", "month")];
        headings.extend(self.shown.groups.iter().map(|group| {
            let name = self.group(group);
            said!("{name}", "{name}")
        }));
        headings.push(said!("合计", "total"));
        let row = |month: &Month| {
            let hours = month.groups.iter().chain([&month.sum]).map(ToString::to_string);
            std::iter::once(name(month)).chain(hours).collect()
        };
        let rows: Vec<Vec<String>> = self.shown.months.iter().map(row).collect();
        self.table(m, said!("各片区总工时", "hours of each zone"), &headings, &rows);
    }

    fn pairs(&self, m: &mut Markup) {
        self.heading(m, said!("同组和重复上门", "The same two, and the same unit again"));
        let rows: Vec<Vec<String>> = std::iter::once(&self.shown.all)
            .chain(&self.shown.groups)
            .filter_map(|group| {
                let pairs = group.pairs.as_ref()?;
                let [pairs_, meetings, most, repeats] =
                    [pairs.pairs, pairs.meetings, pairs.most(), pairs.repeats]
                        .map(|number| number.to_string());
                let (mean, expected) = (pairs.mean.places(), pairs.expected.places());
                Some(vec![self.group(group), pairs_, meetings, mean, most, repeats, expected])
            })
            .collect();
        let headings = [
            said!("片区", "zone"),
            said!("两人组合", "pairs"),
            said!("同组次数", "meetings"),
            said!("平均每对", "mean a pair"),
            said!("最多一对", "most of a pair"),
            said!("重复同组", "repeats"),
            said!("均匀配对时应有", "if all pairs were alike"),
        ];
        self.table(m, said!("同组", "Who met whom"), &headings, &rows);
        m.leaf(
            "p",
            &[],
            self.t(said!(
                "重复同组一般多于“均匀配对时应有”：人员大多在本片区内配组，主办只能与协办配，可以配成的组合比全部两人组合少，次数就集中在这些组合上。",
                "Pairs repeat more than they would if all were alike: people mostly go within their zone, and a lead goes with an assistant, so that fewer pairs are possible than there are and meet more often."
            )),
        );
        let again = self.shown.returns.again();
        m.leaf(
            "p",
            &[],
            self.t(said!(
                "同一人不止一次到同一家单位（复查除外）：{again} 例。",
                "Somebody came to the same unit more than once (second looks apart): {again} cases."
            )),
        );
    }

    fn kinds(&self, m: &mut Markup) {
        self.heading(m, said!("任务种类", "Kinds of work"));
        let rows: Vec<Vec<String>> = self
            .shown
            .kinds
            .iter()
            .map(|(kind, (visits, hours))| {
                let name = if self.lang == Lang::Zh { kind.zh() } else { kind.key() };
                vec![name.to_owned(), visits.to_string(), hours.to_string()]
            })
            .collect();
        let headings = [said!("事项", "kind"), said!("次数", "visits"), said!("总工时", "hours of all")];
        self.table(m, said!("抽取的和非抽取的", "Drawn and not drawn"), &headings, &rows);
    }

    fn coverage(&self, m: &mut Markup) {
        if self.shown.coverage.is_empty() {
            return;
        }
        self.heading(m, said!("各层抽到多少", "How strata were drawn"));
        let row = |(label, stratum): (&String, &Coverage)| {
            vec![
                label.clone(),
                stratum.draws.to_string(),
                stratum.units().to_string(),
                stratum.once().to_string(),
                stratum.drawn.to_string(),
                stratum.quota.to_string(),
                stratum.expected().places(),
                stratum.mean().places(),
                stratum.times.keys().last().copied().unwrap_or_default().to_string(),
            ]
        };
        let rows: Vec<Vec<String>> = self.shown.coverage.iter().map(row).collect();
        let headings = [
            said!("分层", "stratum"),
            said!("抽取次数", "draws"),
            said!("池中单位", "units in pools"),
            said!("至少抽中一次", "drawn at least once"),
            said!("抽中家次", "drawn in all"),
            said!("应抽家次", "quotas in all"),
            said!("每次应抽比例", "share by quotas"),
            said!("平均每家抽中", "draws a unit"),
            said!("一家最多", "most of a unit"),
        ];
        self.table(
            m,
            said!("全部由公开记录算出", "All of it follows from the public record"),
            &headings,
            &rows,
        );
    }
}

fn spread_headings(first: Said) -> [Said; 9] {
    [
        first,
        said!("人数", "people"),
        said!("最少", "least"),
        said!("四分之一", "quarter"),
        said!("中位", "median"),
        said!("四分之三", "three quarters"),
        said!("最多", "most"),
        said!("相差", "range"),
        said!("基尼系数", "Gini"),
    ]
}

fn spread_cells(name: String, spread: &Spread) -> Vec<String> {
    let Spread { people, least, lower, median, upper, most, .. } = spread;
    let numbers = [people, least, lower, median, upper, most, &spread.range()].map(ToString::to_string);
    std::iter::once(name).chain(numbers).chain([spread.gini.places()]).collect()
}

/// A line from least to most, a box over the middle half, a mark at the median.
fn ranges(m: &mut Markup, title: &str, rows: &[(String, &Spread)]) {
    let most = rows.iter().map(|(_, spread)| spread.most).max().unwrap_or_default();
    let bottom = ROW * rows.len() as u64 + 4;
    picture(m, (WIDTH, bottom + 16), title, |m| {
        line(m, "axis", (LEFT, 0), (LEFT, bottom));
        line(m, "axis", (LEFT, bottom), (LEFT + LENGTH, bottom));
        m.leaf(
            "text",
            &[("class", "figure"), ("x", &LEFT.to_string()), ("y", &(bottom + 13).to_string())],
            "0",
        );
        for (at, (name, spread)) in (0..).zip(rows) {
            let middle = ROW * at + ROW / 2;
            let x = |value: u64| LEFT + scaled(value, most, LENGTH);
            let label: String = name.chars().take(12).collect();
            m.leaf("text", &[("x", "0"), ("y", &(middle + 4).to_string())], label);
            line(m, "range", (x(spread.least), middle), (x(spread.most), middle));
            let (from, to) = (x(spread.lower), x(spread.upper));
            rect(m, "box", (from, middle - 8), ((to - from).max(1), 16));
            line(m, "middle", (x(spread.median), middle - 9), (x(spread.median), middle + 9));
            let end = [
                ("class", "figure"),
                ("x", &(x(spread.most) + 6).to_string()),
                ("y", &(middle + 4).to_string()),
            ];
            m.leaf("text", &end, spread.most.to_string());
        }
    });
}

/// `part` of `length`, `whole` being all of it.
fn scaled(part: u64, whole: u64, length: u64) -> u64 {
    let scaled = u128::from(part) * u128::from(length) / u128::from(whole.max(1));
    u64::try_from(scaled).unwrap_or(length).min(length)
}

fn picture(m: &mut Markup, (width, height): (u64, u64), title: &str, inside: impl FnOnce(&mut Markup)) {
    let view = format!("0 0 {width} {height}");
    m.element("svg", &[("role", "img"), ("viewBox", &view)], |m| {
        m.leaf("title", &[], title);
        inside(m);
    });
}

fn rect(m: &mut Markup, class: &str, (x, y): (u64, u64), (width, height): (u64, u64)) {
    let [x, y, width, height] = [x, y, width, height].map(|number| number.to_string());
    m.empty("rect", &[("class", class), ("x", &x), ("y", &y), ("width", &width), ("height", &height)]);
}

fn line(m: &mut Markup, class: &str, (x1, y1): (u64, u64), (x2, y2): (u64, u64)) {
    let [x1, y1, x2, y2] = [x1, y1, x2, y2].map(|number| number.to_string());
    m.empty("line", &[("class", class), ("x1", &x1), ("y1", &y1), ("x2", &x2), ("y2", &y2)]);
}
