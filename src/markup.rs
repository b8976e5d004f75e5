//! Marked-up text (HTML, SVG, XML) in which nobody can forget to escape: names of
//! elements and attributes are words of the program, everything else is escaped.

use std::fmt::Write as _;

/// Names of attributes, with their values.
pub type Attributes<'a> = &'a [(&'static str, &'a str)];

/// Elements behind which a line ends, so that people can read the source.
const BLOCKS: &[&str] = &[
    "article", "body", "caption", "dd", "desc", "details", "div", "dl", "dt", "entry", "figure", "footer",
    "form", "g", "h1", "h2", "h3", "head", "header", "html", "li", "main", "nav", "noscript", "ol", "p",
    "script", "section", "svg", "table", "title", "tr", "ul", "feed",
];

/// A text that grows element by element.
#[derive(Debug, Clone)]
pub struct Markup(String);

impl Markup {
    /// A text that starts with `prologue`, such as a document type.
    pub fn new(prologue: &'static str) -> Markup {
        let mut text = String::with_capacity(32 * 1024);
        text.push_str(prologue);
        Markup(text)
    }

    /// Text, escaped.
    pub fn text(&mut self, text: impl AsRef<str>) -> &mut Markup {
        push_escaped(&mut self.0, text.as_ref());
        self
    }

    /// A number as text.
    pub fn number(&mut self, number: impl Into<u64>) -> &mut Markup {
        let number = number.into();
        let _ = write!(self.0, "{number}");
        self
    }

    /// An element with what `inside` writes.
    pub fn element(
        &mut self,
        tag: &'static str,
        attributes: Attributes<'_>,
        inside: impl FnOnce(&mut Markup),
    ) -> &mut Markup {
        self.open(tag, attributes, ">");
        inside(self);
        self.0.push_str("</");
        self.0.push_str(tag);
        self.0.push('>');
        self.end_line(tag)
    }

    /// An element that holds text only.
    pub fn leaf(
        &mut self,
        tag: &'static str,
        attributes: Attributes<'_>,
        text: impl AsRef<str>,
    ) -> &mut Markup {
        self.element(tag, attributes, |m| {
            m.text(text);
        })
    }

    /// An element that holds nothing, such as `meta`.
    pub fn empty(&mut self, tag: &'static str, attributes: Attributes<'_>) -> &mut Markup {
        self.open(tag, attributes, "/>");
        self.0.push('\n');
        self
    }

    /// The text.
    pub fn finish(self) -> String {
        self.0
    }

    fn open(&mut self, tag: &'static str, attributes: Attributes<'_>, end: &str) {
        self.0.push('<');
        self.0.push_str(tag);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            push_escaped(&mut self.0, value);
            self.0.push('"');
        }
        self.0.push_str(end);
    }

    fn end_line(&mut self, tag: &str) -> &mut Markup {
        if BLOCKS.contains(&tag) {
            self.0.push('\n');
        }
        self
    }
}

/// `text` as it stands between tags and in quoted attributes.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
}

fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // What no XML can hold, escaped or not.
            '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                out.push('\u{fffd}');
            }
            c => out.push(c),
        }
    }
}
