//! One visit of an order: a task with the names of everything it speaks of.

use super::book::Book;
use super::due::Due;
use crate::eligibility::Window;
use crate::policy::Role;
use crate::task::{Act, Kind, Matter, State, Task};
use crate::time::Date;

/// A visit that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Its number.
    pub matter: Matter,
    /// The day; `None` if none is settled yet.
    pub day: Option<Date>,
    /// Days on which a drawn visit may be made.
    pub window: Option<Window>,
    /// The day that the schedule gave, if it is another one now (改期).
    pub moved_from: Option<Date>,
    /// Whether somebody else goes than was drawn or named at first (换人).
    pub replaced: bool,
    /// Who goes, the lead first.
    pub team: Vec<Person>,
    /// Name of the unit or place.
    pub unit: String,
    /// 统一社会信用代码 or another id, if it is in the register.
    pub code: Option<String>,
    /// 地址.
    pub address: Option<String>,
    /// Name of the town.
    pub town: Option<String>,
    /// Key of the zone.
    pub zone: Option<String>,
    /// What is checked.
    pub items: Vec<CheckItem>,
    /// Until when it must be done, of work that no draw decided.
    pub due: Option<Due>,
    /// What it is about, of work that no draw decided; only those who go are told.
    pub remark: Option<String>,
    /// How often day or people have changed.
    pub changes: u32,
    /// Whether it was called off: only calendars are told, so that the day is free again.
    pub is_off: bool,
}

/// Somebody who goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The part.
    pub role: Role,
    /// What the part is called.
    pub called: String,
    /// 执法证号.
    pub certificate: String,
    /// 姓名, if the register has the person.
    pub name: Option<String>,
    /// Minutes that the visit takes the person.
    pub minutes: u32,
}

impl Person {
    /// The name, or else the number.
    pub fn known_as(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.certificate)
    }
}

/// An item that is checked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CheckItem {
    /// 事项编码.
    pub code: String,
    /// Its name; the code if the list does not have it.
    pub name: String,
    /// 检查依据; empty if the list does not have it.
    pub basis: String,
}

impl Visit {
    /// The visit of a task; `None` if there is none to be made or called off: somebody was
    /// there already, or it is a penalty, or neither a day nor anybody is named for what no draw decided.
    pub(super) fn of(task: &Task, book: &Book<'_>) -> Option<Visit> {
        let is_off = task.state == State::Closed;
        let is_drawn = matches!(&task.matter, Matter::Drawn { draw, .. } if draw == book.draw);
        let is_other = task.kind() != Kind::Drawn && (task.planned.is_some() || !task.seats.is_empty());
        let open = matches!(task.state, State::Pending | State::Closed) && task.kind() != Kind::Penalty;
        if !open || !(is_drawn || is_other) {
            return None;
        }
        let opened = task.opened.as_ref();
        let late = book.changes.get(&task.matter).copied().unwrap_or_default();
        let day = task.planned.unwrap_or(book.at.date_in_china());
        let assigned = count(task, |act| matches!(act, Act::Assigned { .. }));
        Some(Visit {
            matter: task.matter.clone(),
            day: task.planned,
            window: task.window,
            moved_from: task.scheduled.filter(|day| Some(*day) != task.planned),
            replaced: late > 0 || assigned > 1,
            team: team(task, book),
            unit: task.name.clone(),
            code: task.unit.clone(),
            address: task.address.clone(),
            town: task.town.as_deref().map(|code| book.town(code)),
            zone: task.zone.clone().or_else(|| book.zone_of(task.town.as_deref()?, day)),
            items: task.items.iter().map(|code| item(code, book)).collect(),
            due: opened.and_then(|opened| Due::of(opened, book.last_days.get(&task.matter).copied())),
            remark: opened.and_then(|opened| opened.remark.clone()),
            changes: late + count(task, changes),
            is_off,
        })
    }

    /// Whether hours run and nobody has named a day: such a visit waits for no other.
    pub fn is_urgent(&self) -> bool {
        self.day.is_none() && matches!(self.due, Some(Due::Moment(_)))
    }

    /// The certificate numbers of those who go, ascending.
    pub fn numbers(&self) -> Vec<String> {
        let mut numbers: Vec<String> = self.team.iter().map(|person| person.certificate.clone()).collect();
        numbers.sort();
        numbers.dedup();
        numbers
    }

    /// What kind of work it is.
    pub fn kind(&self) -> Kind {
        self.matter.kind()
    }

    /// The part of somebody who goes.
    pub fn part_of(&self, certificate: &str) -> Option<&Person> {
        self.team.iter().find(|person| person.certificate == certificate)
    }

    /// Minutes of everybody together.
    pub fn minutes(&self) -> u32 {
        self.team.iter().map(|person| person.minutes).sum()
    }

    /// Where it is: the address, and the town unless the address names it.
    pub fn place(&self) -> Option<String> {
        match (&self.town, &self.address) {
            (Some(town), Some(address)) if !address.contains(town.as_str()) => {
                Some(format!("{town} {address}"))
            }
            (town, address) => address.clone().or_else(|| town.clone()),
        }
    }

    /// What has changed since it was first planned, in words; empty if nothing has.
    pub fn change(&self) -> String {
        let moved = self.moved_from.map(|day| format!("改期（原定{}）", day.month_and_day()));
        let replaced = self.replaced.then(|| "换人".to_owned());
        moved.into_iter().chain(replaced).collect::<Vec<String>>().join("，")
    }
}

fn count(task: &Task, which: impl Fn(&Act) -> bool) -> u32 {
    task.trail.iter().filter(|trace| which(&trace.act)).count() as u32
}

/// Acts after which an entry in somebody's calendar is not right any more.
fn changes(act: &Act) -> bool {
    matches!(act, Act::Moved { .. } | Act::Assigned { .. } | Act::Closed { .. })
}

fn team(task: &Task, book: &Book<'_>) -> Vec<Person> {
    let usual = task.opened.as_ref().and_then(|opened| opened.minutes).unwrap_or_default();
    let person = |(slot, (role, certificate)): (usize, &(Role, String))| Person {
        role: role.clone(),
        called: book.called(role),
        certificate: certificate.clone(),
        name: book.name_of(certificate),
        minutes: task.minutes.get(slot).copied().unwrap_or(usual),
    };
    task.seats.iter().enumerate().map(person).collect()
}

fn item(code: &str, book: &Book<'_>) -> CheckItem {
    let known = book.item(code);
    CheckItem {
        code: code.to_owned(),
        name: known.map_or(code, |item| &item.name).to_owned(),
        basis: known.map_or_else(String::new, |item| item.basis.clone()),
    }
}
