//! Who carried how much over time: hours, visits and leads of inspectors and zones, who met
//! whom, who saw which unit again, and which strata were drawn how often.
//!
//! Everything is counted exactly; what is shown to the public ([`Shown`]) has no row of a
//! person, only how values spread, and no group of fewer than three.

mod coverage;
mod duty;
mod meeting;
mod page;
mod shown;
mod spread;

pub use coverage::{Coverage, DrawnFrom};
pub use duty::{Duty, Person};
pub use meeting::{Pairs, Returns, came, met};
pub use page::page;
pub use shown::{FEWEST, Group, Month, Shown};
pub use spread::{Ratio, Spread};

use crate::ids::DrawId;
use crate::policy::PerRole;
use crate::task::{Kind, Ledger};
use crate::time::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A calendar month: year, and month from 1.
pub type YearMonth = (i32, u32);

/// What is asked, and what it is answered from.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Every matter.
    pub ledger: &'a Ledger,
    /// Inspectors in post, by certificate number.
    pub people: &'a BTreeMap<String, Person>,
    /// The draws with their pools; only those whose last day of visits lies in the span count.
    pub draws: &'a [DrawnFrom],
    /// Draws of which nobody may know yet who goes: only visits that were made count.
    pub sealed: &'a BTreeSet<DrawId>,
    /// Minutes of a visit in each role, where nothing else says so.
    pub standard: PerRole,
    /// First and last day.
    pub span: (Date, Date),
}

/// The work of one inspector.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Load {
    /// Minutes.
    pub minutes: u64,
    /// Visits.
    pub visits: u64,
    /// Of these, as lead (主办).
    pub leads: u64,
    /// Of these, decided by a draw.
    pub drawn: u64,
    /// Minutes of what no draw decided.
    pub other_minutes: u64,
    /// Visits and minutes month by month.
    pub months: BTreeMap<YearMonth, (u64, u64)>,
}

/// The answer. It names people by certificate number and stays in the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fairness {
    /// First and last day.
    pub span: (Date, Date),
    /// The months that the span touches.
    pub months: Vec<YearMonth>,
    /// Every inspector with their work; those without any too.
    pub people: BTreeMap<String, (Person, Load)>,
    /// Every visit of every one of them.
    pub duties: Vec<Duty>,
    /// Visits of teams, and the minutes of all in them, by kind.
    pub kinds: BTreeMap<Kind, (u64, u64)>,
    /// Strata with their draws.
    pub coverage: BTreeMap<String, Coverage>,
}

impl Fairness {
    /// Counts.
    pub fn of(question: &Question<'_>) -> Fairness {
        let duties = duty::duties(question);
        let mut people: BTreeMap<String, (Person, Load)> = question
            .people
            .iter()
            .map(|(who, person)| (who.clone(), (person.clone(), Load::default())))
            .collect();
        let mut kinds: BTreeMap<Kind, (u64, u64)> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for duty in &duties {
            let kind = kinds.entry(duty.matter.kind()).or_default();
            kind.0 += u64::from(seen.insert(&duty.matter));
            kind.1 += duty.minutes;
            let (_, load) = people.entry(duty.who.clone()).or_default();
            load.add(duty);
        }
        let coverage = coverage::coverage(question);
        Fairness { span: question.span, months: months(question.span), people, duties, kinds, coverage }
    }

    /// Whether nobody did anything.
    pub fn is_empty(&self) -> bool {
        self.duties.is_empty()
    }

    /// Minutes that somebody has for drawn visits over the whole span.
    pub fn capacity(&self, person: &Person) -> u64 {
        person.capacity_minutes * self.months.len() as u64
    }
}

impl Load {
    fn add(&mut self, duty: &Duty) {
        self.minutes += duty.minutes;
        self.visits += 1;
        self.leads += u64::from(duty.is_lead);
        if duty.matter.kind() == Kind::Drawn {
            self.drawn += 1;
        } else {
            self.other_minutes += duty.minutes;
        }
        let month = self.months.entry((duty.day.year(), duty.day.month())).or_default();
        *month = (month.0 + 1, month.1 + duty.minutes);
    }
}

fn months((first, last): (Date, Date)) -> Vec<YearMonth> {
    let (mut months, mut at) = (Vec::new(), (first.year(), first.month()));
    while at <= (last.year(), last.month()) {
        months.push(at);
        at = if at.1 == 12 { (at.0 + 1, 1) } else { (at.0, at.1 + 1) };
    }
    months
}
