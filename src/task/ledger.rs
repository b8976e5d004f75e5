//! What the acts so far add up to.

use super::act::{Act, Opened, Penalty, Visit};
use super::entry::Entry;
use super::matter::Matter;
use super::words::{Kind, State};
use crate::eligibility::Window;
use crate::lang::Said;
use crate::policy::Role;
use crate::said;
use crate::time::{Date, Moment};
use std::collections::BTreeMap;

/// One matter as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Its number.
    pub matter: Matter,
    /// The unit, if it is in the register.
    pub unit: Option<String>,
    /// Name of the unit or place.
    pub name: String,
    /// 地址, where the register has one.
    pub address: Option<String>,
    /// Code of the town, if known.
    pub town: Option<String>,
    /// Key of the zone, if the town has one.
    pub zone: Option<String>,
    /// Items to be checked; empty where no list says so.
    pub items: Vec<String>,
    /// When the record of the draw that decided it was closed.
    pub decided: Option<Moment>,
    /// Days on which a drawn visit may be made.
    pub window: Option<Window>,
    /// Who goes: role and certificate number, the lead first; after late changes.
    pub seats: Vec<(Role, String)>,
    /// Minutes that it takes, slot by slot.
    pub minutes: Vec<u32>,
    /// Day that the draw's schedule gave.
    pub scheduled: Option<Date>,
    /// Day on which it is to be made now.
    pub planned: Option<Date>,
    /// How it came in, if no draw decided it.
    pub opened: Option<Opened>,
    /// The penalty, if it is one.
    pub penalty: Option<Penalty>,
    /// Results in the order in which they were entered; the last counts.
    pub visits: Vec<Visit>,
    /// How far it has come.
    pub state: State,
    /// Whether its result stands in a published list in the end: of drawn visits, of second
    /// looks at them, and of penalties.
    pub is_public: bool,
    /// Lists of results in which it stands, in order.
    pub published: Vec<u32>,
    /// Day on which the penalty was contested.
    pub contested: Option<Date>,
    /// Who must stand back, once decided: certificate number, and whether it was granted;
    /// `None` while the head has not decided.
    pub recusals: Vec<(String, Option<bool>)>,
    /// Every act, in order.
    pub trail: Vec<Trace>,
}

/// Who did what when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Number of the journal's entry.
    pub entry: u32,
    /// When it was entered.
    pub at: Moment,
    /// By whom.
    pub by: String,
    /// The act.
    pub act: Act,
}

impl Task {
    /// A matter of which nothing is known yet but its number.
    pub fn new(matter: Matter) -> Task {
        Task {
            is_public: matches!(matter.kind(), Kind::Drawn | Kind::Penalty),
            matter,
            unit: None,
            name: String::new(),
            address: None,
            town: None,
            zone: None,
            items: Vec::new(),
            decided: None,
            window: None,
            seats: Vec::new(),
            minutes: Vec::new(),
            scheduled: None,
            planned: None,
            opened: None,
            penalty: None,
            visits: Vec::new(),
            state: State::Pending,
            published: Vec::new(),
            contested: None,
            recusals: Vec::new(),
            trail: Vec::new(),
        }
    }

    /// What it is.
    pub fn kind(&self) -> Kind {
        self.matter.kind()
    }

    /// The result that counts.
    pub fn result(&self) -> Option<&Visit> {
        self.visits.last()
    }

    /// Day of the visit whose result counts; before there is one, the day planned.
    pub fn day(&self) -> Option<Date> {
        self.result().map(|visit| visit.day).or(self.planned)
    }

    /// The last day of a notice that the result left: that of `day` if there is one, or else
    /// the first to run out.
    pub fn notice_day(&self, day: Option<Date>) -> Option<Date> {
        let days = || self.result().into_iter().flat_map(|visit| &visit.measures).filter_map(|o| o.by);
        days().find(|by| Some(*by) == day).or_else(|| days().min())
    }

    /// Whether nothing is left to be done: published, ended, or reviewed and not to be
    /// published.
    pub fn is_settled(&self) -> bool {
        match self.state {
            State::Published | State::Closed => true,
            State::Approved => !self.is_public,
            State::Pending | State::Visited | State::InReview | State::Returned => false,
        }
    }

    /// How far it has come, for people: what passed the review and is never published waits
    /// for nothing.
    pub fn standing(&self) -> Said {
        match self.state {
            State::Approved if !self.is_public => said!("已办结，无须公示", "settled"),
            state => Said { zh: state.zh().to_owned(), en: state.key().to_owned() },
        }
    }

    /// Certificate numbers of those who go, and of those who were there.
    pub fn people(&self) -> impl Iterator<Item = &str> {
        let present = self.visits.iter().flat_map(|visit| &visit.present);
        self.seats.iter().chain(present).map(|(_, certificate)| certificate.as_str())
    }

    /// Whether departments or towns other than the office take part (联合检查).
    pub fn is_joint(&self) -> bool {
        let partner = |(role, _): &(Role, String)| matches!(role, Role::Department(_));
        let present = self.result().is_some_and(|visit| visit.present.iter().any(partner));
        let asked = self.opened.as_ref().is_some_and(|opened| !opened.departments.is_empty());
        present || asked || self.seats.iter().any(partner)
    }

    /// Adds an act to what is known. Whether it may be added was judged before it was
    /// written; reading it back judges nothing.
    pub fn take(&mut self, trace: Trace) {
        self.apply(&trace.act);
        self.trail.push(trace);
    }

    fn apply(&mut self, act: &Act) {
        match act {
            Act::Opened(opened) => {
                self.unit.clone_from(&opened.unit);
                self.name.clone_from(&opened.name);
                self.town.clone_from(&opened.town);
                self.opened = Some(opened.clone());
            }
            Act::Assigned { seats, .. } => self.seats.clone_from(seats),
            Act::Moved { day, .. } => self.planned = Some(*day),
            Act::Visited(visit) => {
                self.visits.push(visit.clone());
                self.state = State::Visited;
            }
            Act::Penalised(penalty) => {
                self.unit.clone_from(&penalty.unit);
                self.name.clone_from(&penalty.name);
                self.penalty = Some(penalty.clone());
                self.state = State::Visited;
            }
            Act::Submitted { .. } => self.state = State::InReview,
            Act::Approved { .. } => self.state = State::Approved,
            Act::Returned { .. } => self.state = State::Returned,
            Act::Published { list, .. } => {
                self.published.push(*list);
                self.state = State::Published;
            }
            Act::Closed { .. } => self.state = State::Closed,
            Act::Applied { about, .. } => self.recusals.push((about.clone(), None)),
            Act::Decided { about, granted, .. } => {
                let open =
                    self.recusals.iter_mut().rev().find(|(who, decided)| who == about && decided.is_none());
                open.into_iter().for_each(|(_, decided)| *decided = Some(*granted));
            }
            Act::Contested { day, .. } => self.contested = Some(*day),
        }
    }
}

/// All matters of an office.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    /// Every matter by number.
    pub tasks: BTreeMap<Matter, Task>,
}

impl Ledger {
    /// Adds a matter as a draw decided it.
    pub fn add(&mut self, task: Task) {
        self.tasks.insert(task.matter.clone(), task);
    }

    /// Adds what an entry of the journal says.
    pub fn enter(&mut self, entry: &Entry) {
        for act in &entry.acts {
            let Entry { number, at, by, .. } = entry;
            self.take(Trace { entry: *number, at: *at, by: by.clone(), act: act.clone() });
        }
    }

    /// Adds one act of an entry. Of a second look the ledger has to know what it goes back to.
    pub fn take(&mut self, trace: Trace) {
        let matter = trace.act.matter().clone();
        let is_public = match &trace.act {
            Act::Opened(Opened { of: Some(of), .. }) if matter.kind() == Kind::Reinspection => {
                of.kind() == Kind::Drawn || self.tasks.get(of).is_some_and(|before| before.is_public)
            }
            _ => false,
        };
        let task = self.tasks.entry(matter).or_insert_with_key(|matter| Task::new(matter.clone()));
        task.is_public |= is_public;
        task.take(trace);
    }
}
