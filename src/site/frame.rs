//! What all pages share: head, header, footer, and how they name each other.

use super::{FEED, FOLDER, Ground, START, link};
use crate::lang::{Lang, Said};
use crate::markup::Markup;
use crate::said;
use crate::time::Moment;

/// Nothing is loaded but the site's own style, script and icon; nothing is sent anywhere.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot<'a> {
    Home,
    Figures,
    /// The published lists of results, and penalties.
    Results,
    /// Of a draw, by the stem of its pages.
    Draw(&'a str),
}

/// Where a page is, from the public folder on.
pub fn path(spot: Spot<'_>, lang: Lang) -> String {
    let folder = format!("{FOLDER}/{}", link::lang(lang));
    match (spot, lang) {
        (Spot::Home, Lang::Zh) => START.to_owned(),
        (Spot::Home, Lang::En) => format!("{folder}/index.html"),
        (Spot::Figures, _) => format!("{folder}/figures.html"),
        (Spot::Results, _) => format!("{folder}/results.html"),
        (Spot::Draw(stem), _) => format!("{folder}/{stem}.html"),
    }
}

/// What the pages of one language are made with.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    pub lang: Lang,
    pub ground: &'a Ground,
    /// 机关名称.
    pub office: &'a str,
}

impl Site<'_> {
    /// The half of a message in the language of the page.
    pub fn t(&self, said: Said) -> String {
        match self.lang {
            Lang::Zh => said.zh,
            Lang::En => said.en,
        }
    }
}

/// A page in the making: language, and the way back to the public folder.
#[derive(Clone, Copy)]
pub struct At<'a> {
    pub site: &'a Site<'a>,
    pub spot: Spot<'a>,
}

impl<'a> At<'a> {
    /// The half of a message in the language of the page.
    pub fn t(&self, said: Said) -> String {
        self.site.t(said)
    }

    /// The link to a path below the public folder, with whatever follows `#`.
    pub fn to(&self, path: &str) -> String {
        match (self.spot, self.site.lang) {
            (Spot::Home, Lang::Zh) => path.to_owned(),
            _ => format!("../../{path}"),
        }
    }

    /// The link to a page in this language.
    pub fn page(&self, spot: Spot<'_>) -> String {
        self.to(&path(spot, self.site.lang))
    }

    /// The link to a part of a draw's page.
    pub fn draw(&self, stem: &str, part: &str) -> String {
        format!("{}{part}", self.page(Spot::Draw(stem)))
    }

    /// Text in the language of the page.
    pub fn say(&self, m: &mut Markup, said: Said) {
        m.text(self.t(said));
    }

    /// A paragraph.
    pub fn paragraph(&self, m: &mut Markup, said: Said) {
        m.leaf("p", &[], self.t(said));
    }

    /// A link.
    pub fn link(&self, m: &mut Markup, to: &str, said: Said) {
        m.leaf("a", &[("href", to)], self.t(said));
    }

    /// A section with a heading of the second level, which can be linked.
    pub fn section(&self, m: &mut Markup, id: &'static str, heading: Said, inside: impl FnOnce(&mut Markup)) {
        m.element("section", &[("id", id)], |m| {
            m.leaf("h2", &[], self.t(heading));
            inside(m);
        });
    }

    /// A moment by the clocks of China.
    pub fn moment(&self, m: &mut Markup, at: Moment) {
        let here = at.by_clocks_of_china();
        m.leaf("time", &[("datetime", &at.to_string())], self.t(said!("{here}", "{here} (UTC+8)")));
    }
}

/// The whole page around `inside`.
pub fn page(at: &At<'_>, title: &str, inside: impl FnOnce(&mut Markup)) -> String {
    let mut m = Markup::new("<!DOCTYPE html>\n");
    let code = match at.site.lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    m.element("html", &[("lang", code)], |m| {
        m.element("head", &[], |m| head(at, title, m));
        m.element("body", &[], |m| {
            m.leaf(
                "a",
                &[("class", "skip"), ("href", "#main")],
                at.t(said!("跳到正文", "Skip to the content")),
            );
            header(at, m);
            m.element("main", &[("id", "main")], inside);
            footer(at, m);
        });
    });
    m.finish()
}

fn head(at: &At<'_>, title: &str, m: &mut Markup) {
    m.empty("meta", &[("charset", "utf-8")]);
    m.empty("meta", &[("http-equiv", "Content-Security-Policy"), ("content", POLICY)]);
    m.empty("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
    m.empty("meta", &[("name", "generator"), ("content", "yaohao")]);
    m.empty("meta", &[("name", "referrer"), ("content", "no-referrer")]);
    m.leaf("title", &[], format!("{title} – {}", at.site.office));
    m.empty("link", &[("rel", "stylesheet"), ("href", &at.to("site/style.css"))]);
    m.empty("link", &[("rel", "icon"), ("type", "image/svg+xml"), ("href", &at.to("site/icon.svg"))]);
    let feed = at.t(said!("抽查公示", "Draws"));
    let kind = ("type", "application/atom+xml");
    m.empty("link", &[("rel", "alternate"), kind, ("title", &feed), ("href", &at.to(FEED))]);
    for (lang, code) in [(Lang::Zh, "zh-CN"), (Lang::En, "en")] {
        let other = at.to(&path(at.spot, lang));
        m.empty("link", &[("rel", "alternate"), ("hreflang", code), ("href", &other)]);
    }
}

fn header(at: &At<'_>, m: &mut Markup) {
    let (other, code, word) = match at.site.lang {
        Lang::Zh => (Lang::En, "en", "English"),
        Lang::En => (Lang::Zh, "zh-CN", "中文"),
    };
    let there = at.to(&path(at.spot, other));
    m.element("header", &[("class", "top")], |m| {
        m.element("div", &[("class", "inner")], |m| {
            m.leaf("a", &[("class", "office"), ("href", &at.page(Spot::Home))], at.site.office);
            let label = at.t(said!("主导航", "Main"));
            m.element("nav", &[("aria-label", &label)], |m| {
                let home = at.page(Spot::Home);
                at.link(m, &format!("{home}#draws"), said!("历次抽取", "Draws"));
                if at.site.ground.lists.is_begun() {
                    at.link(m, &at.page(Spot::Results), said!("检查结果", "Results"));
                }
                at.link(m, &at.page(Spot::Figures), said!("历年数据", "Figures"));
                at.link(m, &format!("{home}#verify"), said!("怎样核验", "How to verify"));
                let named = [("class", "lang"), ("href", there.as_str()), ("lang", code), ("hreflang", code)];
                m.leaf("a", &named, word);
            });
        });
    });
}

fn footer(at: &At<'_>, m: &mut Markup) {
    m.element("footer", &[("class", "bottom")], |m| {
        m.element("div", &[("class", "inner")], |m| {
            if let Some(contact) = &at.site.ground.presentation.contact {
                m.leaf("p", &[], at.t(said!("联系：{contact}", "Contact: {contact}")));
            }
            at.paragraph(
                m,
                said!(
                    "本站由程序 yaohao 从公开文件夹生成，只含公开的内容，不用任何外部资源，页面不向任何地方发送信息；以文件为准，页面只是说明。",
                    "Made by the program yaohao from the public folder alone: no outside resource, and the pages send nothing anywhere. What counts is the files; these pages only explain them."
                ),
            );
            m.element("p", &[], |m| {
                at.link(m, &at.to(FEED), said!("订阅（Atom）", "Feed (Atom)"));
            });
        });
    });
}
