//! Parts of pages that occur in several: tables, tags, values to be copied.

use super::facts::Known;
use super::frame::At;
use super::words;
use crate::audit::State;
use crate::lang::Said;
use crate::markup::Markup;
use crate::said;

/// A part of a page under a heading of its own.
pub struct Section<'a> {
    /// By which it is linked.
    pub id: &'static str,
    pub heading: Said,
    inside: Box<dyn FnOnce(&mut Markup) + 'a>,
}

/// A section that is written once all of them are known.
pub fn section<'a>(
    id: &'static str,
    heading: Said,
    inside: impl FnOnce(&mut Markup) + 'a,
) -> Option<Section<'a>> {
    Some(Section { id, heading, inside: Box::new(inside) })
}

/// What the page has, to jump to; and then that.
pub fn sections(at: &At<'_>, m: &mut Markup, sections: Vec<Section<'_>>) {
    let label = at.t(said!("本页内容", "On this page"));
    m.element("nav", &[("class", "contents"), ("aria-label", &label)], |m| {
        m.element("ul", &[], |m| {
            for Section { id, heading, .. } in &sections {
                m.element("li", &[], |m| at.link(m, &format!("#{id}"), heading.clone()));
            }
        });
    });
    for Section { id, heading, inside } in sections {
        at.section(m, id, heading, inside);
    }
}

/// A column of a table.
pub struct Column {
    /// What it holds.
    pub heading: Said,
    /// How it is set.
    class: &'static str,
}

/// A column of text.
pub fn words(heading: Said) -> Column {
    Column { heading, class: "words" }
}

/// A column of numbers.
pub fn numbers(heading: Said) -> Column {
    Column { heading, class: "number" }
}

/// A column of short text that is not broken.
pub fn fixed(heading: Said) -> Column {
    Column { heading, class: "fixed" }
}

/// What writes a cell.
pub type Cell<'a> = Box<dyn Fn(&mut Markup) + 'a>;

/// A cell of text.
pub fn cell<'a>(text: impl Into<String>) -> Cell<'a> {
    let text = text.into();
    Box::new(move |m| {
        m.text(&text);
    })
}

/// A cell of text that leads somewhere.
pub fn linked<'a>(to: impl Into<String>, text: impl Into<String>) -> Cell<'a> {
    let (to, text) = (to.into(), text.into());
    Box::new(move |m| {
        m.leaf("a", &[("href", &to)], &text);
    })
}

/// A cell of what is not for reading, such as a hash.
pub fn code<'a>(text: impl Into<String>) -> Cell<'a> {
    let text = text.into();
    Box::new(move |m| {
        m.leaf("code", &[], &text);
    })
}

/// A table; the first cell of each row is its heading. `total` is the last row, if any.
/// On a narrow page each row is a block of its own; a wide table scrolls inside its frame,
/// which the keyboard reaches too.
pub fn table<'a>(
    at: &At<'_>,
    m: &mut Markup,
    caption: Said,
    columns: &[Column],
    rows: impl IntoIterator<Item = Vec<Cell<'a>>>,
    total: Option<Vec<Cell<'a>>>,
) {
    let caption = at.t(caption);
    let frame = [("class", "frame"), ("role", "region"), ("aria-label", caption.as_str()), ("tabindex", "0")];
    m.element("div", &frame, |m| {
        m.element("table", &[], |m| {
            m.leaf("caption", &[], &caption);
            m.element("thead", &[], |m| {
                m.element("tr", &[], |m| {
                    for column in columns {
                        m.leaf(
                            "th",
                            &[("scope", "col"), ("class", column.class)],
                            at.t(column.heading.clone()),
                        );
                    }
                });
            });
            m.element("tbody", &[], |m| rows.into_iter().for_each(|cells| row(at, m, columns, &cells)));
            if let Some(cells) = total {
                m.element("tfoot", &[], |m| row(at, m, columns, &cells));
            }
        });
    });
}

fn row(at: &At<'_>, m: &mut Markup, columns: &[Column], cells: &[Cell<'_>]) {
    m.element("tr", &[], |m| {
        for (number, (column, cell)) in columns.iter().zip(cells).enumerate() {
            let class = column.class;
            match number {
                0 if class == "number" => {
                    let label = column.heading.to(at.site.lang);
                    m.element("th", &[("scope", "row"), ("class", class), ("data-label", label)], |m| cell(m))
                }
                0 => m.element("th", &[("scope", "row"), ("class", class)], |m| cell(m)),
                // On a narrow page the heading of the column stands before the value.
                _ => {
                    let label = column.heading.to(at.site.lang);
                    m.element("td", &[("class", class), ("data-label", label)], |m| cell(m))
                }
            };
        }
    });
}

/// The tags that say how far a draw has come.
pub fn tags(at: &At<'_>, m: &mut Markup, known: &Known) {
    for state in [Some(known.life), known.fault].into_iter().flatten() {
        let class = match state {
            State::Open => "tag open",
            State::Sealed => "tag sealed",
            State::Closed | State::Opened => "tag done",
            State::Void => "tag void",
            State::Fork | State::Gap | State::Overdue | State::LateOpen => "tag fault",
        };
        let said = match is_waiting(known) && state == State::Closed {
            true => said!("抽取已完成", "CLOSED"),
            false => words::state(state),
        };
        m.leaf("strong", &[("class", class)], at.t(said));
    }
}

/// Of the drawn units, those of which something is published: results, or that the visit
/// ended without having been made.
fn told(known: &Known) -> u64 {
    known.visits.as_ref().map_or(0, |tally| tally.visited + tally.closed)
}

/// Whether some drawn unit has nothing published: then the draw is done, and the visits are not.
fn is_waiting(known: &Known) -> bool {
    known.void.is_none() && known.drawn.is_some_and(|drawn| told(known) < drawn)
}

/// What the state means, in a sentence.
pub fn standing(known: &Known) -> Said {
    let (close_by, open_by) = (known.commit.close_by.by_clocks_of_china(), known.commit.open_by);
    let drawn = known.drawn.unwrap_or_default();
    match (known.life, known.fault, &known.void) {
        (State::Void, _, Some(void)) => {
            let Said { zh, en } = words::void(void.reason);
            said!("已作废：{zh}。不按它检查。", "Voided: {en}. No visit follows from it.")
        }
        (State::Open, Some(_), _) => said!(
            "应在北京时间 {close_by} 之前抽取或作废，已经逾期。",
            "It was to be drawn or voided by {close_by} (UTC+8) and is overdue."
        ),
        (State::Open, ..) => said!(
            "承诺已公布，还没有抽取；最迟北京时间 {close_by} 抽取或作废。",
            "Committed, not yet drawn; to be drawn or voided by {close_by} (UTC+8)."
        ),
        (State::Sealed, Some(_), _) => said!(
            "结果密封，应在 {open_by} 之前公开，已经逾期。",
            "The result is sealed; it was to be opened by {open_by} and is overdue."
        ),
        (State::Sealed, ..) => said!(
            "已经抽取，结果在检查之前密封，最迟 {open_by} 公开。",
            "Drawn; the result is sealed until after the visits, and opened by {open_by}."
        ),
        (_, Some(State::LateOpen), _) => said!(
            "抽中 {drawn} 家，结果已公开，比最后期限 {open_by} 晚。",
            "{drawn} units drawn; the result was opened after its last day, {open_by}."
        ),
        _ if is_waiting(known) => {
            let told = told(known);
            said!(
                "抽取已完成，抽中 {drawn} 家，名单已公开；检查结果已公示 {told}/{drawn} 家。",
                "{drawn} units drawn, and it is public which; of the visits {told}/{drawn} have their result published."
            )
        }
        _ => said!("抽中 {drawn} 家，结果已公开。", "{drawn} units drawn; the result is public."),
    }
}

/// A long value that people compare and copy: one click marks all of it.
pub fn value(m: &mut Markup, class: &str, value: &str) {
    m.leaf("code", &[("class", class)], value);
}

/// A command for a terminal.
pub fn command(m: &mut Markup, line: &str) {
    m.element("pre", &[("tabindex", "0")], |m| {
        m.leaf("code", &[], line);
    });
}

/// The link to the log policy, with what it is.
pub fn log_policy(at: &At<'_>, m: &mut Markup) {
    let to = at.to(&format!("log/{}", crate::log::LOG_POLICY));
    at.link(m, &to, said!("日志规则 log-policy.txt", "log-policy.txt"));
    at.say(
        m,
        said!(
            "（写明日志和见证方的公钥、须有几个见证方签名）",
            " (the public keys of the log and its witnesses, and how many of them must sign)"
        ),
    );
}

/// A pair of a description list.
pub fn pair(at: &At<'_>, m: &mut Markup, term: Said, value: impl FnOnce(&mut Markup)) {
    m.element("div", &[], |m| {
        m.leaf("dt", &[], at.t(term));
        m.element("dd", &[], value);
    });
}
