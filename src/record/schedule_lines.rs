//! What is published of the days of visits: the lines of commit.txt, and the tables
//! availability.txt and schedule.txt (docs/spec/schedule.md).

use super::table::{TableLine, person};
use crate::digest::Digest;
use crate::eligibility::Window;
use crate::ids::is_token;
use crate::text::{Read, Reader, Writer};
use crate::time::Date;

/// Most days that a commitment may have.
const MOST_DAYS: usize = 366;

/// What a commitment says of the days of its visits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleBasis {
    /// Hash of availability.txt.
    pub availability: Digest,
    /// The working days of the window, ascending.
    pub days: Vec<Date>,
}

pub(super) fn write(text: &mut Writer, basis: &ScheduleBasis) {
    let days: Vec<String> = basis.days.iter().map(Date::to_string).collect();
    text.field("availability", basis.availability).field("days", days.join(" "));
}

pub(super) fn read(r: &mut Reader<'_>, window: Window) -> Read<Option<ScheduleBasis>> {
    let Some(hash) = r.optional("availability")? else { return Ok(None) };
    let availability = r.parse(hash, "a hash")?;
    let text = r.field("days")?;
    let days = text.split(' ').map(|day| r.parse(day, "a date")).collect::<Read<Vec<Date>>>()?;
    let within = days.iter().all(|day| window.period().contains(*day));
    if days.len() > MOST_DAYS || !within || !days.is_sorted_by(|a, b| a < b) {
        return Err(r.error("not rising days of the window"));
    }
    Ok(Some(ScheduleBasis { availability, days }))
}

/// A line of availability.txt: `<name> <salt> <minutes>,<minutes>,…`, in the order of
/// inspectors.txt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AvailabilityLine {
    /// The inspector.
    pub name: String,
    /// 32 hex digits.
    pub salt: String,
    /// Minutes for visits on each of the committed days.
    pub minutes: Vec<u32>,
}

impl TableLine for AvailabilityLine {
    const TABLE: &'static str = "yaohao/availability/v1";
    // It has no leaves: the commitment names the table by the hash of its text.
    const LINE: &'static str = Self::TABLE;

    fn line(&self) -> String {
        format!("{} {} {}", self.name, self.salt, listed(&self.minutes))
    }

    fn read(r: &Reader<'_>, line: &str) -> Read<Self> {
        let [name, salt, minutes] = r.split(line)?;
        Ok(AvailabilityLine { name: person(r, name)?, salt: salted(r, salt)?, minutes: numbers(r, minutes)? })
    }
}

/// A line of schedule.txt: `<unit> <salt> <day or ->`, by unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleLine {
    /// The unit.
    pub unit: String,
    /// 32 hex digits.
    pub salt: String,
    /// The day of the visit; `None` where no day holds it.
    pub day: Option<Date>,
}

impl TableLine for ScheduleLine {
    const TABLE: &'static str = "yaohao/schedule/v1";
    // It has no leaves: the record names the table by the hash of its text.
    const LINE: &'static str = Self::TABLE;

    fn line(&self) -> String {
        let day = self.day.map_or_else(|| "-".to_owned(), |day| day.to_string());
        format!("{} {} {day}", self.unit, self.salt)
    }

    fn read(r: &Reader<'_>, line: &str) -> Read<Self> {
        let [unit, salt, day] = r.split(line)?;
        if !is_token(unit) {
            return Err(r.error("not a unit"));
        }
        let day = if day == "-" { None } else { Some(r.parse(day, "a date")?) };
        Ok(ScheduleLine { unit: unit.to_owned(), salt: salted(r, salt)?, day })
    }
}

/// Minutes as texts write them.
pub(super) fn listed(minutes: &[u32]) -> String {
    minutes.iter().map(u32::to_string).collect::<Vec<_>>().join(",")
}

/// At least one number, separated by commas.
pub(super) fn numbers(r: &Reader<'_>, text: &str) -> Read<Vec<u32>> {
    text.split(',').map(|number| r.number(number)).collect()
}

fn salted(r: &Reader<'_>, salt: &str) -> Read<String> {
    let is_salt = salt.len() == 32 && salt.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    is_salt.then(|| salt.to_owned()).ok_or_else(|| r.error("not a salt"))
}
