//! Which fields of units and inspectors stay behind salted commitments: all
//! that can change a result and are not published.

use crate::eligibility::Candidate;
use crate::policy::PublicField;
use crate::record::Attributes;
use crate::register::{Inspector, Recusal, Scope, Subject, Unit};
use crate::time::{Date, Period};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

/// The value of a publishable field; `-` where there is none.
pub(crate) fn public_value(unit: &Unit, field: PublicField) -> Cow<'_, str> {
    let value = match field {
        PublicField::Town => Cow::from(unit.town.as_deref().unwrap_or_default()),
        PublicField::Class => Cow::from(unit.class.key()),
        PublicField::Credit => Cow::from(unit.credit.map_or("", |grade| grade.key())),
        PublicField::Tags => Cow::from(Joined(&unit.tags).to_string()),
        PublicField::Name => Cow::from(&unit.name),
    };
    if value.is_empty() { Cow::from("-") } else { value }
}

/// Commits to the hidden fields of a unit, in the order of the specification.
pub(super) fn add_unit(to: &mut Attributes, candidate: &Candidate<'_>, published: &BTreeSet<PublicField>) {
    let (unit, past) = (candidate.unit, &candidate.past);
    for field in PublicField::ALL.iter().filter(|field| !published.contains(field)) {
        to.add(field.key(), public_value(unit, *field));
    }
    to.add("group", unit.group.as_deref().unwrap_or(""));
    to.add("status", format_args!("{} {}", unit.status.key(), Span(&unit.period)));
    let dash = if past.team.is_empty() { "-" } else { "" };
    let team = Joined(&past.team);
    to.add("past", format_args!("{} {} {team}{dash}", End(past.last), past.visits_this_year));
    to.add("minutes", unit.minutes.map(|m| m.to_string()).unwrap_or_default());
}

/// Commits to the fields of an inspector: all of them, the certificate number
/// by itself, because it is what is opened at the door.
pub(super) fn add_inspector(to: &mut Attributes, inspector: &Inspector) {
    let leave: Vec<String> = inspector.leave.iter().map(|leave| Span(leave).to_string()).collect();
    let minutes = inspector.capacity_minutes.map_or_else(|| "-".to_owned(), |m| m.to_string());
    to.add("certificate", &inspector.certificate)
        .begin_rest()
        .add("name", &inspector.name)
        .add("department", &inspector.department)
        .add("zone", &inspector.zone)
        .add("role", if inspector.lead { "lead" } else { "assistant" })
        .add("post", inspector.post.key());
    match &inspector.scope {
        Scope::All => to.add("scope", "all"),
        Scope::Only(codes) => to.add("scope", Joined(codes)),
    };
    to.add("skills", Joined(&inspector.skills))
        .add("validity", Span(&inspector.validity))
        .add("leave", leave.join(","))
        .add("minutes", format_args!("{minutes} {}", inspector.carried_minutes));
}

/// What a recusal commits to.
pub(super) fn recusal_value(recusal: &Recusal) -> String {
    let subject = match &recusal.subject {
        Subject::Unit(id) => format!("unit {id}"),
        Subject::Group(name) => format!("group {name}"),
        Subject::Inspector(certificate) => format!("inspector {certificate}"),
    };
    format!("{subject} {} {}", Span(&recusal.period), recusal.reason)
}

/// A set of words, separated by commas.
struct Joined<'a>(&'a BTreeSet<String>);

impl fmt::Display for Joined<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().enumerate().try_for_each(|(i, word)| {
            f.write_str(if i > 0 { "," } else { "" })?;
            f.write_str(word)
        })
    }
}

/// A period as `<from>..<until>`.
struct Span<'a>(&'a Period);

impl fmt::Display for Span<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", End(self.0.from), End(self.0.until))
    }
}

/// A day, or `-`.
struct End(Option<Date>);

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(day) => day.fmt(f),
            None => f.write_str("-"),
        }
    }
}
