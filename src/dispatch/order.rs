//! The orders: who reads what.

use super::book::Book;
use super::reader::{Audience, Reader};
use super::visit::{CheckItem, Visit};
use crate::ids::DrawId;
use crate::policy::Role;
use crate::task::Task;
use crate::time::{Moment, Period};
use std::collections::{BTreeMap, BTreeSet};

/// The order of one reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// For whom.
    pub reader: Reader,
    /// How the reader is called: names, or the zone.
    pub to: String,
    /// Full name of the office.
    pub office: String,
    /// Number of the order (发文字号).
    pub number: String,
    /// The draw whose visits are dispatched.
    pub draw: DrawId,
    /// Whether nothing of it may be known outside before the visits.
    pub is_secret: bool,
    /// The moment as of which everything is told.
    pub at: Moment,
    /// The visits by day: before them what is urgent and has no day, behind them the rest without one.
    pub visits: Vec<Visit>,
    /// Visits that were called off, for calendars.
    pub off: Vec<Visit>,
    /// What each of the people has to do by this order.
    pub loads: Vec<Load>,
}

/// What one person has to do by an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// 执法证号.
    pub certificate: String,
    /// 姓名, if the register has the person.
    pub name: Option<String>,
    /// Visits led (主办).
    pub led: u32,
    /// Visits in another part.
    pub joined: u32,
    /// Minutes of all of them.
    pub minutes: u32,
}

/// The orders for every reader of `audience` who has something to do or to know.
/// Days outside `days` are left out, and with a limit also visits without a day, unless urgent.
pub fn orders(tasks: &[Task], book: &Book<'_>, audience: Audience, days: Period) -> Vec<Order> {
    let is_wanted = |visit: &Visit| match visit.day {
        Some(day) => days.contains(day),
        None => visit.is_urgent() || days == Period::default(),
    };
    let visits: Vec<Visit> =
        tasks.iter().filter_map(|task| Visit::of(task, book)).filter(is_wanted).collect();
    let (off, mut open): (Vec<Visit>, Vec<Visit>) = visits.into_iter().partition(|visit| visit.is_off);
    // None comes before every day, but belongs behind them.
    open.sort_by(|a, b| key(a).cmp(&key(b)));
    let order = |reader| Order::new(reader, &open, &off, book);
    Reader::of(audience, &open).into_iter().map(order).filter(|order| !order.visits.is_empty()).collect()
}

type Key<'a> = (bool, bool, Option<crate::time::Date>, &'a Option<String>, &'a str, &'a crate::task::Matter);

fn key(visit: &Visit) -> Key<'_> {
    (!visit.is_urgent(), visit.day.is_none(), visit.day, &visit.town, &visit.unit, &visit.matter)
}

impl Order {
    fn new(reader: Reader, open: &[Visit], off: &[Visit], book: &Book<'_>) -> Order {
        let seen = |visits: &[Visit]| -> Vec<Visit> {
            let seen = visits.iter().filter(|visit| reader.may_see(visit)).cloned();
            // What a complaint says is for those who look into it.
            seen.map(|visit| if reader.goes() { visit } else { Visit { remark: None, ..visit } }).collect()
        };
        let visits = seen(open);
        // Only a person has a calendar.
        let off = if matches!(reader, Reader::Inspector(_)) { seen(off) } else { Vec::new() };
        let loads = loads(&visits, &reader);
        Order {
            to: called(&reader, &loads, book),
            office: book.policy.office_name.clone(),
            number: number(&reader, book),
            draw: book.draw.clone(),
            is_secret: book.is_secret,
            at: book.at,
            reader,
            visits,
            off,
            loads,
        }
    }

    /// The items of all visits, each once, in the order of their codes.
    pub fn items(&self) -> BTreeSet<&CheckItem> {
        self.visits.iter().flat_map(|visit| &visit.items).collect()
    }

    /// Minutes of everybody whose work the order tells.
    pub fn minutes(&self) -> u32 {
        self.loads.iter().map(|load| load.minutes).sum()
    }

    /// Visits without a day.
    pub fn without_day(&self) -> usize {
        self.visits.iter().filter(|visit| visit.day.is_none()).count()
    }
}

/// What everybody has to do; in an inspector's order only that inspector.
fn loads(visits: &[Visit], reader: &Reader) -> Vec<Load> {
    let mut loads: BTreeMap<&str, Load> = BTreeMap::new();
    for person in visits.iter().flat_map(|visit| &visit.team) {
        let number = person.certificate.as_str();
        if matches!(reader, Reader::Inspector(own) if own != number) {
            continue;
        }
        let load = loads.entry(number).or_insert_with(|| Load {
            certificate: number.to_owned(),
            name: person.name.clone(),
            led: 0,
            joined: 0,
            minutes: 0,
        });
        match person.role {
            Role::Lead => load.led += 1,
            _ => load.joined += 1,
        }
        load.minutes += person.minutes;
    }
    loads.into_values().collect()
}

fn called(reader: &Reader, loads: &[Load], book: &Book<'_>) -> String {
    match reader {
        Reader::Inspector(_) | Reader::Team(_) => {
            let name = |load: &Load| match &load.name {
                Some(name) => format!("{name}（执法证号 {}）", load.certificate),
                None => format!("执法证号 {}", load.certificate),
            };
            loads.iter().map(name).collect::<Vec<String>>().join("、")
        }
        Reader::Zone(key) => book.zone(key),
        Reader::Section => book.policy.office_name.clone(),
    }
}

/// 双随机派〔2026〕1号, and for everybody but the section a part of it.
fn number(reader: &Reader, book: &Book<'_>) -> String {
    let (mark, DrawId { year, sequence, .. }) = (book.mark, book.draw);
    let whole = format!("{mark}〔{year}〕{sequence}号");
    match reader {
        Reader::Inspector(number) => format!("{whole}-{number}"),
        Reader::Team(numbers) => format!("{whole}-{}", numbers.join("+")),
        Reader::Zone(key) => format!("{whole}-{key}"),
        Reader::Section => whole,
    }
}
