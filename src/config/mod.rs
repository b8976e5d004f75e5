//! Reading TOML settings, with errors that point at the line and column.

mod complaint;
mod settled;
mod value;

pub use complaint::said as complaint;
pub use settled::unsettled;

use crate::lang::Said;
use crate::problem::{Kind, Outcome, Problem};
use crate::said;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::de::DeserializeOwned;
use std::ops::Range;

/// A settings file while it is being read: its name for messages, and its text.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The name shown in messages.
    pub name: &'a str,
    /// The whole text.
    pub text: &'a str,
}

impl Source<'_> {
    /// Parses the whole file as `T`.
    pub fn parse<T: DeserializeOwned>(&self) -> Outcome<T> {
        toml::from_str(self.text).map_err(|error| {
            let Said { zh, en } = complaint(error.message());
            self.problem(
                error.span().unwrap_or(0..0),
                said!("设置读不懂：{zh}", "the settings cannot be read: {en}"),
                said!(
                    "改正这一行；可用的键见 config/ 里带注释的示例",
                    "mend this line; the commented examples in config/ show every key"
                ),
            )
        })
    }

    /// A problem with the setting at `span`: what is wrong, and the fix.
    pub fn problem(&self, span: Range<usize>, what: Said, remedy: Said) -> Problem {
        let (line, column) = self.line_and_column(span.start);
        let show = |label: &str| self.snippet(span.clone(), label);
        let (zh, en) = (show("此处"), show("here"));
        let what = Said { zh: format!("{}\n{zh}", what.zh), en: format!("{}\n{en}", what.en) };
        Problem::new(Kind::Policy, what, remedy).at(format!("{}:{line}:{column}", self.name))
    }

    /// Line and column (in characters), both from 1, of the byte at `offset`.
    pub fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let before = &self.text[..self.text.floor_char_boundary(offset)];
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        (line, column)
    }

    fn snippet(&self, span: Range<usize>, label: &str) -> String {
        let annotation = AnnotationKind::Primary.span(span).label(label);
        let snippet = Snippet::source(self.text).path(self.name).annotation(annotation);
        let groups = &[Group::with_level(Level::ERROR).element(snippet)];
        Renderer::plain().render(groups)
    }
}
