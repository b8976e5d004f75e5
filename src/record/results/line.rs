//! The lines of a list: one visit, one second look, one penalty each.

use crate::ids::{DrawId, is_token};
use crate::said;
use crate::task::{Kind, Matter, Measure, Outcome};
use crate::text::{Read, Reader};
use crate::time::Date;
use std::collections::BTreeMap;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResultLine {
    /// A second look (复查) at what a drawn visit found.
    Again {
        /// Number of the re-inspection.
        number: Matter,
        /// The draw.
        draw: DrawId,
        /// The unit.
        unit: String,
        /// What was found.
        found: Found,
    },
    /// A drawn visit that ended without having been made.
    Closed {
        /// The draw.
        draw: DrawId,
        /// The unit.
        unit: String,
    },
    /// A penalty.
    Penalty {
        /// Its number.
        number: Matter,
        /// Day of the decision.
        day: Date,
        /// The unit; `None` for persons and where the register has none.
        unit: Option<String>,
        /// The fine; 0 for a warning.
        yuan: u64,
        /// Number of the decision (文号).
        decision: String,
    },
    /// What a drawn visit found.
    Result {
        /// The draw.
        draw: DrawId,
        /// The unit.
        unit: String,
        /// What was found.
        found: Found,
    },
}

/// What was found at a visit, as far as everybody may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Day of the visit.
    pub day: Date,
    /// Hazards (火灾隐患) found.
    pub hazards: u32,
    /// Those put right; of a second look, of those that were still open.
    pub rectified: u32,
    /// How often each measure was ordered.
    pub measures: BTreeMap<Measure, u32>,
    /// What was found, by item.
    pub items: BTreeMap<String, Outcome>,
}

/// What a line is about: a later line of the same key takes its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// The visit that a draw decided for a unit.
    Visit(DrawId, String),
    /// A re-inspection or a penalty.
    Numbered(Matter),
}

impl ResultLine {
    /// What it is about.
    pub fn key(&self) -> Key {
        match self {
            ResultLine::Again { number, .. } | ResultLine::Penalty { number, .. } => {
                Key::Numbered(number.clone())
            }
            ResultLine::Closed { draw, unit } | ResultLine::Result { draw, unit, .. } => {
                Key::Visit(draw.clone(), unit.clone())
            }
        }
    }

    /// The draw that it names; penalties name none.
    pub fn draw(&self) -> Option<&DrawId> {
        match self {
            ResultLine::Again { draw, .. }
            | ResultLine::Closed { draw, .. }
            | ResultLine::Result { draw, .. } => Some(draw),
            ResultLine::Penalty { .. } => None,
        }
    }

    /// The unit that it names.
    pub fn unit(&self) -> Option<&str> {
        match self {
            ResultLine::Again { unit, .. }
            | ResultLine::Closed { unit, .. }
            | ResultLine::Result { unit, .. } => Some(unit),
            ResultLine::Penalty { unit, .. } => unit.as_deref(),
        }
    }

    /// What was found, if somebody was there.
    pub fn found(&self) -> Option<&Found> {
        match self {
            ResultLine::Again { found, .. } | ResultLine::Result { found, .. } => Some(found),
            ResultLine::Closed { .. } | ResultLine::Penalty { .. } => None,
        }
    }

    /// Day of the visit, or of the decision.
    pub fn day(&self) -> Option<Date> {
        match self {
            ResultLine::Penalty { day, .. } => Some(*day),
            _ => self.found().map(|found| found.day),
        }
    }

    /// The line.
    pub fn line(&self) -> String {
        match self {
            ResultLine::Again { number, draw, unit, found } => {
                format!("again {number} {draw} {unit} {}", found.text())
            }
            ResultLine::Closed { draw, unit } => format!("closed {draw} {unit}"),
            ResultLine::Penalty { number, day, unit, yuan, decision } => {
                let unit = unit.as_deref().unwrap_or("-");
                format!("penalty {number} {day} {unit} {yuan} {decision}")
            }
            ResultLine::Result { draw, unit, found } => format!("result {draw} {unit} {}", found.text()),
        }
    }

    /// Reads a line; whether it is in its one form, printing it tells.
    pub(super) fn read(r: &Reader<'_>, line: &str) -> Read<ResultLine> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "again" => {
                let [number, draw, unit, found] = r.split(rest)?;
                Ok(ResultLine::Again {
                    number: matter(r, number, Kind::Reinspection)?,
                    draw: r.parse(draw, "a draw number")?,
                    unit: token(r, unit)?,
                    found: Found::read(r, found)?,
                })
            }
            "closed" => {
                let [draw, unit] = r.split(rest)?;
                Ok(ResultLine::Closed { draw: r.parse(draw, "a draw number")?, unit: token(r, unit)? })
            }
            "penalty" => {
                let [number, day, unit, yuan, decision] = r.split(rest)?;
                Ok(ResultLine::Penalty {
                    number: matter(r, number, Kind::Penalty)?,
                    day: r.parse(day, "a date")?,
                    unit: if unit == "-" { None } else { Some(token(r, unit)?) },
                    yuan: r.number(yuan)?,
                    decision: decision.to_owned(),
                })
            }
            "result" => {
                let [draw, unit, found] = r.split(rest)?;
                let found = Found::read(r, found)?;
                if found.items.is_empty() || found.rectified > found.hazards {
                    return Err(r.error(said!(
                        "没有事项，或已整改的多于发现的",
                        "no item, or more put right than found"
                    )));
                }
                Ok(ResultLine::Result { draw: r.parse(draw, "a draw number")?, unit: token(r, unit)?, found })
            }
            _ => Err(r.error("unknown word")),
        }
    }
}

impl Found {
    fn text(&self) -> String {
        let Found { day, hazards, rectified, measures, items } = self;
        let mut measures: Vec<String> =
            measures.iter().map(|(measure, count)| format!("{}={count}", measure.key())).collect();
        measures.sort();
        let items: Vec<String> =
            items.iter().map(|(item, outcome)| format!("{item}={}", outcome.key())).collect();
        format!("{day} {hazards} {rectified} {} {}", joined(&measures), joined(&items))
    }

    fn read(r: &Reader<'_>, text: &str) -> Read<Found> {
        let [day, hazards, rectified, measures, items] = r.split(text)?;
        let measure = |(word, count): (&str, &str)| {
            let measure = Measure::from_key(word).ok_or_else(|| r.error("unknown word"))?;
            let count: u32 = r.number(count)?;
            if count == 0 {
                Err(r.error(said!("一次也没有的不写", "what was not ordered is not written")))
            } else {
                Ok((measure, count))
            }
        };
        let item = |(item, word): (&str, &str)| {
            let outcome = Outcome::from_key(word).ok_or_else(|| r.error("unknown word"))?;
            Ok((token(r, item)?, outcome))
        };
        Ok(Found {
            day: r.parse(day, "a date")?,
            hazards: r.number(hazards)?,
            rectified: r.number(rectified)?,
            measures: pairs(r, measures)?.into_iter().map(measure).collect::<Read<_>>()?,
            items: pairs(r, items)?.into_iter().map(item).collect::<Read<_>>()?,
        })
    }
}

fn joined(words: &[String]) -> String {
    if words.is_empty() { "-".to_owned() } else { words.join(",") }
}

/// `a=b,c=d`, or `-`.
fn pairs<'a>(r: &Reader<'_>, text: &'a str) -> Read<Vec<(&'a str, &'a str)>> {
    let pair = |word: &'a str| {
        word.split_once('=').ok_or_else(|| r.error(said!("应为“名称=内容”", "expected name=value")))
    };
    if text == "-" { Ok(Vec::new()) } else { text.split(',').map(pair).collect() }
}

fn token(r: &Reader<'_>, text: &str) -> Read<String> {
    is_token(text).then(|| text.to_owned()).ok_or_else(|| r.error("not an id"))
}

fn matter(r: &Reader<'_>, text: &str, kind: Kind) -> Read<Matter> {
    let matter: Matter = r.parse(text, "the number of a matter")?;
    match matter {
        Matter::Numbered { year: 1..=9999, kind: of, .. } if of == kind => Ok(matter),
        _ => Err(r.error(said!("不是这一类事项的编号", "not a number of this kind"))),
    }
}
