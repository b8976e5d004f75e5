//! 回避.

use super::print_date;
use crate::register::import::fault::{self, Fault};
use crate::register::import::field::{Entry, Field};
use crate::register::import::line::{Line, Value};
use crate::register::import::values::half_width;
use crate::register::import::world::Known;
use crate::register::{Recusal, Subject};
use crate::time::Period;
use std::cmp::Ordering;

const UNIT: &str = "unit:";
const GROUP: &str = "group:";
const INSPECTOR: &str = "inspector:";

impl Entry for Recusal {
    const TABLE: &'static str = "recusals";
    const NAME: &'static str = "回避";
    /// One person may have several recusals, even from one unit: they add up.
    const UNIQUE: bool = false;
    const FIELDS: &'static [Field] = &[
        Field::new("certificate", "执法证号").required(),
        Field::new("subject", "回避对象").required(),
        Field::new("from", "生效日期"),
        Field::new("until", "失效日期"),
        Field::new("reason", "回避事由").required(),
    ];

    fn read(line: &mut Line<'_>) -> Option<Self> {
        let certificate = line.id("certificate");
        if let (Some(certificate), Some(known)) = (&certificate, line.world().known())
            && !known.has_inspector(certificate)
        {
            line.report_at("certificate", fault::unknown_certificate());
        }
        let subject = subject(line, certificate.as_deref());
        let period = line.period("from", "until");
        let reason = line.text("reason");
        Some(Recusal { certificate: certificate?, subject: subject?, period, reason: reason? })
    }

    fn cells(&self) -> Vec<String> {
        let subject = match &self.subject {
            Subject::Unit(id) => format!("{UNIT}{id}"),
            Subject::Group(group) => format!("{GROUP}{group}"),
            Subject::Inspector(certificate) => format!("{INSPECTOR}{certificate}"),
        };
        let (from, until) = (print_date(self.period.from), print_date(self.period.until));
        vec![self.certificate.clone(), subject, from, until, self.reason.clone()]
    }

    fn id(&self) -> &str {
        &self.certificate
    }

    fn period(&self) -> Period {
        self.period
    }

    fn order(&self, other: &Self) -> Ordering {
        let by_subject = || self.subject.cmp(&other.subject).then_with(|| self.period.cmp(&other.period));
        self.certificate.cmp(&other.certificate).then_with(by_subject)
    }
}

/// A unit's id, a group's name or another inspector's certificate, in one
/// column. A prefix says which it is, as in canonical tables; without one the
/// register decides, and for what the register does not know the form: ids are
/// ASCII.
fn subject(line: &mut Line<'_>, person: Option<&str>) -> Option<Subject> {
    let value = line.value("subject")?;
    if let Some(certificate) = value.text.strip_prefix(INSPECTOR) {
        return inspector(line, Value { text: certificate, ..value }, person);
    }
    if let Some(id) = value.text.strip_prefix(UNIT) {
        return unit(line, Value { text: id, ..value });
    }
    if let Some(group) = value.text.strip_prefix(GROUP) {
        return group_called(line, Value { text: group, ..value }, person);
    }
    let colleague = |known: &&Known<'_>| known.has_inspector(value.text) && !known.has_unit(value.text);
    if line.world().known().filter(colleague).is_some() {
        return inspector(line, value, person);
    }
    let known_group = line.world().known().is_some_and(|known| known.has_group(value.text));
    let known_unit = line.world().known().is_some_and(|known| known.has_unit(value.text));
    if !known_group
        && !known_unit
        && let Some(fault) = name(line, value, person)
    {
        line.report(value, fault);
        return None;
    }
    let looks_like_id = half_width(value.text).as_deref().unwrap_or(value.text).is_ascii();
    if looks_like_id && !known_group { unit(line, value) } else { group_called(line, value, person) }
}

/// Somebody whom `person` must not meet in a team.
fn inspector(line: &mut Line<'_>, value: Value<'_>, person: Option<&str>) -> Option<Subject> {
    let certificate = line.checked_id(value)?;
    if person == Some(certificate.as_str()) {
        line.report(value, fault::subject_is_self());
        return None;
    }
    if line.world().known().is_some_and(|known| !known.has_inspector(&certificate)) {
        line.report(value, fault::unknown_certificate());
    }
    Some(Subject::Inspector(certificate))
}

fn unit(line: &mut Line<'_>, value: Value<'_>) -> Option<Subject> {
    let id = line.checked_unit_id(value)?;
    if line.world().known().is_some_and(|known| !known.has_unit(&id)) {
        line.report(value, fault::unknown_unit());
    }
    Some(Subject::Unit(id))
}

fn group_called(line: &mut Line<'_>, value: Value<'_>, person: Option<&str>) -> Option<Subject> {
    let group = line.checked_text(value)?;
    if line.world().known().is_some_and(|known| !known.has_group(&group)) {
        if let Some(fault) = name(line, value, person) {
            line.report(value, fault);
            return None;
        }
        line.report(value, fault::unknown_group());
    }
    Some(Subject::Group(group))
}

/// What to write instead of the name of a unit or an inspector. A name is
/// refused, not looked up: two may share it, and it may change.
fn name(line: &Line<'_>, value: Value<'_>, person: Option<&str>) -> Option<Fault> {
    let known = line.world().known()?;
    if let Some(id) = known.unit_named(value.text) {
        return Some(fault::subject_is_a_name(id));
    }
    match known.inspectors_named(value.text)[..] {
        [] => None,
        [certificate] if person == Some(certificate) => Some(fault::subject_is_self()),
        ref certificates => Some(fault::subject_is_a_persons_name(certificates)),
    }
}
