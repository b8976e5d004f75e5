//! The page: one file with pictures and the figures behind them; nothing is fetched and
//! nothing is run.

mod bands;
mod bars;
mod boxes;
mod coverage;
mod facts;
mod forest;
mod heat;
mod scale;
mod staffing;
mod style;
mod suggested;
mod svg;
mod tabled;
mod zones;

pub use suggested::Suggested;
pub use tabled::Table;

use super::findings::findings;
use super::study::{Ending, Run, Study};
use crate::lang::{Lang, Said};
use crate::markup::Markup;
use crate::said;
use std::collections::BTreeSet;

/// The page of `study`; `people` are what its inspectors are called, in their order.
///
/// Inspectors beyond the end of `people` get numbers. A suggested split of the towns has a
/// part of its own.
pub fn page(study: &Study, lang: Lang, people: &[String], suggestion: Option<&Suggested>) -> String {
    let page = Page { study, lang, people, suggestion };
    let mut m = Markup::new("<!DOCTYPE html>\n");
    let code = if lang == Lang::Zh { "zh-CN" } else { "en" };
    let title = match study.ending {
        Ending::Interrupted => format!("[{}] {}", page.partial(), page.title()),
        _ => page.title(),
    };
    m.element("html", &[("lang", code)], |m| {
        m.element("head", &[], |m| {
            m.empty("meta", &[("charset", "utf-8")]);
            let policy = "default-src 'none'; style-src 'unsafe-inline'";
            m.empty("meta", &[("http-equiv", "Content-Security-Policy"), ("content", policy)]);
            m.empty("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
            m.leaf("title", &[], &title);
            m.leaf("style", &[], style::STYLE);
        });
        m.element("body", &[], |m| page.body(m));
    });
    m.finish()
}

/// What every part of the page is made with.
#[derive(Clone, Copy)]
struct Page<'a> {
    study: &'a Study,
    lang: Lang,
    people: &'a [String],
    suggestion: Option<&'a Suggested>,
}

/// A part of the page, with what stands in its heading and what it needs to be there.
struct Part<'a> {
    id: &'static str,
    heading: Said,
    write: fn(&Page<'a>, &mut Markup, &Run),
    is_there: fn(&Page<'a>, &Run) -> bool,
}

fn parts<'a>() -> Vec<Part<'a>> {
    let always = |_: &Page<'a>, _: &Run| true;
    let part =
        |id, heading, write: fn(&Page<'a>, &mut Markup, &Run)| Part { id, heading, write, is_there: always };
    let with = |part: Part<'a>, is_there: fn(&Page<'a>, &Run) -> bool| Part { is_there, ..part };
    vec![
        with(part("zones", said!("各片区负担", "What the zones carry"), Page::zones), |page, _| {
            !page.study.zones.is_empty()
        }),
        with(part("variants", said!("做法比较", "The variants compared"), Page::variants), |page, _| {
            page.study.runs.len() > 1
        }),
        with(
            part("marginal", said!("多一名主办有多大用处", "What one more lead is worth"), Page::marginal),
            |page, _| page.study.marginal.iter().any(|zone| !zone.is_empty()),
        ),
        with(
            part("suggestion", said!("片区划分建议", "A suggested split into zones"), Page::suggested),
            |page, _| page.suggestion.is_some(),
        ),
        part("staffing", said!("能不能派出人", "Whether draws can be staffed"), Page::staffing),
        part("coverage", said!("多久查到一遍", "How soon units are visited"), Page::coverage),
        part("kinds", said!("各类工作", "The kinds of work"), Page::kinds),
        with(
            part("people", said!("每名人员的工时", "The hours of each inspector"), Page::inspectors),
            |page, _| !page.study.people.is_empty(),
        ),
        part("months", said!("逐月变化", "Month by month"), Page::bands),
        with(
            part("towns", said!("各镇街的抽查", "Drawn visits in the towns"), Page::towns),
            |page, _| !page.study.towns.is_empty(),
        ),
        part("figures", said!("全部年度数字", "All figures of a year"), Page::figures),
        part("assumptions", said!("假定", "Assumptions"), Page::assumptions),
    ]
}

impl<'a> Page<'a> {
    fn t(&self, said: &Said) -> String {
        said.to(self.lang).to_owned()
    }

    fn say(&self, m: &mut Markup, said: &Said) {
        m.leaf("p", &[], said.to(self.lang));
    }

    fn title(&self) -> String {
        let (office, scenario) = (&self.study.office, &self.study.scenario);
        self.t(&said!("{office}：模拟“{scenario}”", "{office}: simulation of {scenario}"))
    }

    fn partial(&self) -> String {
        self.t(&said!("中途停止，只有部分结果", "stopped before the end, partial results"))
    }

    fn body(&self, m: &mut Markup) {
        let parts = parts();
        let base = self.study.runs.first();
        let there = |part: &&Part<'a>| base.is_some_and(|base| (part.is_there)(self, base));
        m.element("header", &[], |m| {
            m.leaf("h1", &[], self.title());
            if self.study.ending == Ending::Interrupted {
                m.leaf("p", &[("class", "partial"), ("role", "alert")], self.partial());
            }
            m.element(
                "section",
                &[("class", "summary"), ("aria-label", &self.t(&said!("要点", "In short")))],
                |m| {
                    m.leaf("h2", &[], self.t(&said!("要点", "In short")));
                    m.element("ul", &[], |m| {
                        for finding in findings(self.study) {
                            m.leaf("li", &[], self.sentence(&finding));
                        }
                    });
                },
            );
            self.facts(m);
            let label = self.t(&said!("目录", "Contents"));
            m.element("nav", &[("aria-label", &label)], |m| {
                for part in parts.iter().filter(there) {
                    m.leaf("a", &[("href", &format!("#{}", part.id))], self.t(&part.heading));
                }
            });
        });
        m.element("main", &[], |m| {
            let Some(base) = base else { return };
            for part in parts.iter().filter(there) {
                m.element("section", &[("id", part.id)], |m| {
                    m.leaf("h2", &[], self.t(&part.heading));
                    (part.write)(self, m, base);
                });
            }
        });
    }

    /// A finding as a sentence of its own.
    fn sentence(&self, said: &Said) -> String {
        match self.lang {
            Lang::Zh => format!("{}。", said.zh),
            Lang::En => {
                let mut letters = said.en.chars();
                let first = letters.next().map(|first| first.to_uppercase().collect::<String>());
                format!("{}{}.", first.unwrap_or_default(), letters.as_str())
            }
        }
    }

    /// What an inspector is called.
    fn person(&self, at: usize) -> String {
        let number = at + 1;
        let unnamed = || self.t(&said!("人员 {number}", "inspector {number}"));
        self.people.get(at).cloned().unwrap_or_else(unnamed)
    }

    /// Small pictures side by side, each with what it shows above it.
    fn panels<T>(&self, m: &mut Markup, panels: &[T], mut write: impl FnMut(&mut Markup, &T)) {
        m.element("div", &[("class", "panels")], |m| panels.iter().for_each(|panel| write(m, panel)));
    }

    /// One of them.
    fn panel(&self, m: &mut Markup, caption: &str, inside: impl FnOnce(&mut Markup)) {
        m.element("figure", &[], |m| {
            m.leaf("figcaption", &[], caption);
            inside(m);
        });
    }

    /// What colours and signs mean.
    fn legend(&self, m: &mut Markup, entries: &[(&str, Said)]) {
        m.element("ul", &[("class", "legend")], |m| {
            for (class, said) in entries {
                m.element("li", &[], |m| {
                    m.leaf("i", &[("class", class)], "");
                    m.text(said.to(self.lang));
                });
            }
        });
    }

    /// Numbers of the months at which a year begins, for marks below a picture: not more
    /// than about `most`, and the first month, unless the next year is too near.
    fn year_marks(&self, most: usize) -> Vec<(usize, i32)> {
        let months = &self.study.months;
        let mut seen = BTreeSet::new();
        let starts = months.iter().enumerate().filter(|(_, (year, _))| seen.insert(*year));
        let mut starts: Vec<(usize, i32)> = starts.map(|(at, (year, _))| (at, *year)).collect();
        if starts.get(1).is_some_and(|(second, _)| second * 2 * most < months.len()) {
            starts.remove(0);
        }
        let step = starts.len().div_ceil(most.max(1)).max(1);
        starts.into_iter().step_by(step).collect()
    }
}
