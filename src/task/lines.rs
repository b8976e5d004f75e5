//! Acts as lines of the journal: `act <word>`, `matter <number>`, then what belongs to it.

use super::act::{Act, Opened, Ordered, Penalty, Visit};
use super::matter::Matter;
use super::words::{Applicant, Measure, Outcome, Procedure};
use crate::ids::is_token;
use crate::policy::Role;
use crate::text::{Read, Reader, Writer};
use std::fmt::Display;

const TAG: &str = "yaohao/act/v1";

impl Act {
    /// The act as a text of its own, for a store; in the journal it is part of its entry.
    pub fn text(&self) -> String {
        let mut text = Writer::new(TAG);
        self.write(&mut text);
        text.finish()
    }

    /// Reads such a text.
    pub fn of_text(text: &str) -> Read<Act> {
        let mut r = Reader::new(text.as_bytes(), TAG)?;
        let act = Act::read(r.field("act")?, &mut r)?;
        r.end()?;
        Ok(act)
    }

    /// Adds the act to a text.
    pub fn write(&self, text: &mut Writer) {
        text.field("act", self.key()).field("matter", self.matter());
        match self {
            Act::Opened(opened) => write_opened(opened, text),
            Act::Assigned { seats, .. } => write_seats("seat", seats, text),
            Act::Moved { day, reason, .. } => {
                text.field("day", day).field("reason", reason);
            }
            Act::Visited(visit) => write_visit(visit, text),
            Act::Penalised(penalty) => write_penalty(penalty, text),
            Act::Submitted { .. } | Act::Approved { .. } => {}
            Act::Returned { reason, .. } | Act::Closed { reason, .. } => {
                text.field("reason", reason);
            }
            Act::Published { list, .. } => {
                text.field("list", list);
            }
            Act::Applied { about, applicant, reason, .. } => {
                text.field("about", about).field("applicant", applicant.key()).field("reason", reason);
            }
            Act::Decided { about, granted, reason, .. } => {
                text.field("about", about).field("granted", yes(*granted)).field("reason", reason);
            }
            Act::Contested { day, .. } => {
                text.field("day", day);
            }
        }
    }

    /// Reads an act behind its line `act <word>`.
    pub fn read(word: &str, r: &mut Reader<'_>) -> Read<Act> {
        let matter: Matter = r.parsed("matter", "the number of a matter")?;
        Ok(match word {
            "opened" => Act::Opened(read_opened(matter, r)?),
            "assigned" => Act::Assigned { matter, seats: r.each("seat", read_seat)? },
            "moved" => Act::Moved { matter, day: r.parsed("day", "a date")?, reason: owned(r, "reason")? },
            "visited" => Act::Visited(read_visit(matter, r)?),
            "penalised" => Act::Penalised(read_penalty(matter, r)?),
            "submitted" => Act::Submitted { matter },
            "approved" => Act::Approved { matter },
            "returned" => Act::Returned { matter, reason: owned(r, "reason")? },
            "published" => Act::Published { matter, list: number(r, "list")? },
            "closed" => Act::Closed { matter, reason: owned(r, "reason")? },
            "applied" => Act::Applied {
                matter,
                about: token(r, "about")?,
                applicant: r.word("applicant", Applicant::from_key)?,
                reason: owned(r, "reason")?,
            },
            "decided" => Act::Decided {
                matter,
                about: token(r, "about")?,
                granted: flag(r, "granted")?,
                reason: owned(r, "reason")?,
            },
            "contested" => Act::Contested { matter, day: r.parsed("day", "a date")? },
            _ => return Err(r.error("unknown word")),
        })
    }
}

fn write_opened(opened: &Opened, text: &mut Writer) {
    maybe("unit", opened.unit.as_ref(), text);
    text.field("name", &opened.name);
    maybe("town", opened.town.as_ref(), text);
    text.field("received", opened.received).field("urgent", yes(opened.urgent));
    maybe("due", opened.due.as_ref(), text);
    maybe("procedure", opened.procedure.map(Procedure::key).as_ref(), text);
    maybe("of", opened.of.as_ref(), text);
    maybe("minutes", opened.minutes.as_ref(), text);
    opened.departments.iter().for_each(|key| {
        text.field("department", key);
    });
    maybe("remark", opened.remark.as_ref(), text);
}

fn read_opened(matter: Matter, r: &mut Reader<'_>) -> Read<Opened> {
    Ok(Opened {
        matter,
        unit: optional_token(r, "unit")?,
        name: owned(r, "name")?,
        town: optional_token(r, "town")?,
        received: r.parsed("received", "a moment")?,
        urgent: flag(r, "urgent")?,
        due: r.optional("due")?.map(|text| r.parse(text, "a date")).transpose()?,
        procedure: match r.optional("procedure")? {
            None => None,
            Some(word) => Some(Procedure::from_key(word).ok_or_else(|| r.error("unknown word"))?),
        },
        of: r.optional("of")?.map(|text| r.parse(text, "the number of a matter")).transpose()?,
        minutes: r.optional("minutes")?.map(|text| r.number(text)).transpose()?,
        departments: r.each("department", token_of)?,
        remark: r.optional("remark")?.map(str::to_owned),
    })
}

fn write_visit(visit: &Visit, text: &mut Writer) {
    text.field("day", visit.day);
    maybe("code", visit.code.as_ref(), text);
    write_seats("present", &visit.present, text);
    visit.helpers.iter().for_each(|who| {
        text.field("helper", who);
    });
    maybe("delegated", visit.delegated.as_ref(), text);
    visit.items.iter().for_each(|(item, outcome)| {
        text.field("item", format!("{item} {}", outcome.key()));
    });
    text.field("hazards", format!("{} {}", visit.hazards, visit.rectified));
    visit.measures.iter().for_each(|ordered| {
        let by = ordered.by.map_or_else(|| "-".to_owned(), |day| day.to_string());
        let number = ordered.number.as_deref().unwrap_or("-");
        text.field("measure", format!("{} {by} {number}", ordered.measure.key()));
    });
    visit.evidence.iter().for_each(|kept| {
        text.field("evidence", kept);
    });
    maybe("remark", visit.remark.as_ref(), text);
}

fn read_visit(matter: Matter, r: &mut Reader<'_>) -> Read<Visit> {
    let day = r.parsed("day", "a date")?;
    let code = r.optional("code")?.map(str::to_owned);
    let present = r.each("present", read_seat)?;
    let helpers = r.each("helper", |_, text| Ok(text.to_owned()))?;
    let delegated = optional_token(r, "delegated")?;
    let items = r.each("item", |r, text| {
        let [item, outcome] = r.split(text)?;
        let outcome = Outcome::from_key(outcome).ok_or_else(|| r.error("unknown word"))?;
        Ok((token_of(r, item)?, outcome))
    })?;
    let text = r.field("hazards")?;
    let [hazards, rectified] = r.split(text)?;
    let (hazards, rectified) = (r.number(hazards)?, r.number(rectified)?);
    let measures = r.each("measure", read_measure)?;
    let evidence = r.each("evidence", |_, text| Ok(text.to_owned()))?;
    let remark = r.optional("remark")?.map(str::to_owned);
    Ok(Visit {
        matter,
        day,
        code,
        present,
        helpers,
        delegated,
        items,
        hazards,
        rectified,
        measures,
        evidence,
        remark,
    })
}

fn read_measure<'a>(r: &Reader<'a>, text: &'a str) -> Read<Ordered> {
    let [word, by, number] = r.split(text)?;
    let measure = Measure::from_key(word).ok_or_else(|| r.error("unknown word"))?;
    let by = if by == "-" { None } else { Some(r.parse(by, "a date")?) };
    Ok(Ordered { measure, by, number: (number != "-").then(|| number.to_owned()) })
}

fn write_penalty(penalty: &Penalty, text: &mut Writer) {
    maybe("of", penalty.of.as_ref(), text);
    maybe("unit", penalty.unit.as_ref(), text);
    text.field("name", &penalty.name).field("number", &penalty.number);
    text.field("day", penalty.day).field("yuan", penalty.yuan);
    maybe("delegated", penalty.delegated.as_ref(), text);
}

fn read_penalty(matter: Matter, r: &mut Reader<'_>) -> Read<Penalty> {
    Ok(Penalty {
        matter,
        of: r.optional("of")?.map(|text| r.parse(text, "the number of a matter")).transpose()?,
        unit: optional_token(r, "unit")?,
        name: owned(r, "name")?,
        number: owned(r, "number")?,
        day: r.parsed("day", "a date")?,
        yuan: number(r, "yuan")?,
        delegated: optional_token(r, "delegated")?,
    })
}

fn write_seats(key: &str, seats: &[(Role, String)], text: &mut Writer) {
    seats.iter().for_each(|(role, certificate)| {
        text.field(key, format!("{} {certificate}", role.key()));
    });
}

fn read_seat<'a>(r: &Reader<'a>, text: &'a str) -> Read<(Role, String)> {
    let [role, certificate] = r.split(text)?;
    Ok((Role::from_key(role).ok_or_else(|| r.error("unknown role"))?, token_of(r, certificate)?))
}

fn maybe<T: Display>(key: &str, value: Option<&T>, text: &mut Writer) {
    if let Some(value) = value {
        text.field(key, value);
    }
}

fn yes(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}

fn flag(r: &mut Reader<'_>, key: &str) -> Read<bool> {
    match r.field(key)? {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(r.error("unknown word")),
    }
}

fn owned(r: &mut Reader<'_>, key: &str) -> Read<String> {
    Ok(r.field(key)?.to_owned())
}

fn number<T: std::str::FromStr>(r: &mut Reader<'_>, key: &str) -> Read<T> {
    let text = r.field(key)?;
    r.number(text)
}

fn token_of<'a>(r: &Reader<'a>, text: &'a str) -> Read<String> {
    is_token(text).then(|| text.to_owned()).ok_or_else(|| r.error("not an id"))
}

fn token(r: &mut Reader<'_>, key: &str) -> Read<String> {
    let text = r.field(key)?;
    token_of(r, text)
}

fn optional_token(r: &mut Reader<'_>, key: &str) -> Read<Option<String>> {
    let text = r.optional(key)?;
    text.map(|text| token_of(r, text)).transpose()
}
