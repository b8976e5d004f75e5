//! An inspector's order as a calendar (iCalendar, RFC 5545): one event a visit, all day,
//! because a visit has a day and no hour; so no time zone is needed either. A visit keeps
//! its UID for ever and its SEQUENCE rises with every change, so that reading the next
//! order into the same calendar moves the event instead of adding one.

use super::bring::bring;
use super::order::Order;
use super::paper::SECRET;
use super::visit::Visit;
use crate::time::Date;

/// Most octets of a line, without its end (3.1).
const LINE: usize = 75;

/// The calendar. Visits without a day are not in it.
pub fn calendar(order: &Order) -> String {
    let mut text = Lines(String::new());
    text.line("BEGIN:VCALENDAR");
    text.line("VERSION:2.0");
    text.line("PRODID:-//yaohao//dispatch//ZH");
    text.line("CALSCALE:GREGORIAN");
    for visit in order.visits.iter().chain(&order.off) {
        if let Some(day) = visit.day {
            event(&mut text, order, visit, day);
        }
    }
    text.line("END:VCALENDAR");
    text.0
}

fn event(text: &mut Lines, order: &Order, visit: &Visit, day: Date) {
    let stamp: String = order.at.to_string().replace(['-', ':'], "");
    text.line("BEGIN:VEVENT");
    text.line(&format!("UID:{}", uid(order, visit)));
    text.line(&format!("DTSTAMP:{stamp}"));
    text.line(&format!("SEQUENCE:{}", visit.changes));
    text.line(&format!("DTSTART;VALUE=DATE:{}", basic(day)));
    text.line(&format!("DTEND;VALUE=DATE:{}", basic(day.plus_days(1))));
    text.words("SUMMARY", &format!("{}：{}", visit.kind().zh(), visit.unit));
    if let Some(place) = visit.place() {
        text.words("LOCATION", &place);
    }
    text.words("DESCRIPTION", &description(order, visit));
    text.words("CATEGORIES", visit.kind().zh());
    text.line(if visit.is_off { "STATUS:CANCELLED" } else { "STATUS:CONFIRMED" });
    text.line(if order.is_secret { "CLASS:CONFIDENTIAL" } else { "CLASS:PRIVATE" });
    // A visit does not fill the day.
    text.line("TRANSP:TRANSPARENT");
    text.line("END:VEVENT");
}

/// The same for everybody who goes, and different from those of other offices.
fn uid(order: &Order, visit: &Visit) -> String {
    let matter = visit.matter.to_string();
    let office = format!("{}/", order.draw.office);
    let inside = matter.strip_prefix(&office).unwrap_or(&matter).replace('/', "-");
    format!("{inside}@{}.yaohao", order.draw.office)
}

fn description(order: &Order, visit: &Visit) -> String {
    let mut lines = Vec::new();
    if order.is_secret {
        lines.push(SECRET.to_owned());
    }
    lines.extend(visit.code.clone());
    let person = |person: &super::visit::Person| format!("{} {}", person.called, person.known_as());
    lines.push(visit.team.iter().map(person).collect::<Vec<String>>().join("、"));
    if !visit.items.is_empty() {
        let names: Vec<&str> = visit.items.iter().map(|item| item.name.as_str()).collect();
        lines.push(format!("事项：{}", names.join("、")));
    }
    lines.extend(visit.due.map(|due| due.in_words()));
    lines.push(format!("携带：{}", bring(visit.kind()).join("、")));
    let change = visit.change();
    if !change.is_empty() {
        lines.push(format!("变更：{change}"));
    }
    lines.join("\n")
}

/// 20261208 (3.3.4).
fn basic(day: Date) -> String {
    day.to_string().replace('-', "")
}

/// Content lines: ended by CR LF, folded, never within a character (3.1).
struct Lines(String);

impl Lines {
    fn line(&mut self, line: &str) {
        let mut octets = 0;
        for c in line.chars() {
            if octets + c.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(c);
            octets += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// A property whose value is text (3.3.11).
    fn words(&mut self, name: &str, text: &str) {
        let mut value = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '\\' | ';' | ',' => value.extend(['\\', c]),
                '\n' => value.push_str("\\n"),
                c if c.is_control() => value.push(' '),
                c => value.push(c),
            }
        }
        self.line(&format!("{name}:{value}"));
    }
}
