//! An office of one unit and four inspectors in which everything is allowed;
//! every test forbids one thing.

use std::collections::{BTreeMap, BTreeSet};
use yaohao::eligibility::{
    Bar, Dockets, Eligibility, Exclusion, History, Question, Reach, Standing, Window, judge,
};
use yaohao::policy::{ListedExclusion, Policy, Role};
use yaohao::register::{
    Class, Inspector, Item, Level, Post, Recusal, Register, Scope, Status, Subject, Unit,
};
use yaohao::time::{Date, Period};

/// Policy, registers, history and window.
#[derive(Debug, Clone)]
pub struct Office {
    pub policy: Policy,
    pub register: Register,
    pub history: History,
    pub window: Window,
}

pub fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

/// A period; an empty end is open.
pub fn period(from: &str, until: &str) -> Period {
    let end = |text: &str| (!text.is_empty()).then(|| date(text));
    Period { from: end(from), until: end(until) }
}

pub fn window(first: &str, last: &str) -> Window {
    Window { first: date(first), last: date(last) }
}

pub fn unit_id(number: usize) -> String {
    format!("A-{number:04}")
}

/// A 重点单位 in 龙溪街道.
pub fn unit(number: usize) -> Unit {
    Unit {
        id: unit_id(number),
        name: format!("示例单位{number}"),
        town: Some("500112011".to_owned()),
        address: None,
        class: Class::Key,
        credit: None,
        tags: BTreeSet::new(),
        group: None,
        status: Status::Active,
        period: Period::default(),
        last_inspection: None,
        last_team: BTreeSet::new(),
        visits_this_year: 0,
        minutes: None,
        penalties: 0,
        licence: None,
    }
}

/// A lead in zone z1 who may do everything.
pub fn inspector(number: usize) -> Inspector {
    Inspector {
        certificate: format!("C{number:02}"),
        name: format!("示例人员{number}"),
        department: "监督科".to_owned(),
        zone: "z1".to_owned(),
        lead: true,
        post: Post::InPost,
        scope: Scope::All,
        skills: BTreeSet::new(),
        expert: false,
        validity: period("2020-01-01", "2029-12-31"),
        leave: Vec::new(),
        capacity_minutes: None,
        carried_minutes: 0,
    }
}

/// An item that applies to everybody and asks for nothing.
pub fn item(code: &str) -> Item {
    Item {
        code: code.to_owned(),
        category: "消防监督抽查".to_owned(),
        name: "消防安全检查".to_owned(),
        basis: "消防法第五十三条".to_owned(),
        classes: BTreeSet::new(),
        tags: BTreeSet::new(),
        level: Level::General,
        ratio: None,
        frequency: None,
        method: None,
        staff: 2,
        skill: None,
        joint_lead: None,
        joint_partners: BTreeSet::new(),
    }
}

impl Office {
    pub fn new() -> Office {
        let text = std::fs::read_to_string("tests/policy/good.toml").expect("there");
        let mut policy = Policy::read("good.toml", &text).expect("a good policy");
        policy.items = vec!["XF01".to_owned()];
        policy.excluded = BTreeMap::new();
        policy.zones.insert("z2".to_owned(), "第二片区".to_owned());
        let mut second = policy.towns[0].clone();
        second.code = "500112133".to_owned();
        second.zone = "z2".to_owned();
        policy.towns.push(second);
        let register = Register {
            units: vec![unit(0)],
            inspectors: (0..4).map(inspector).collect(),
            items: vec![item("XF01")],
            recusals: Vec::new(),
        };
        let window = window("2026-12-01", "2026-12-31");
        Office { policy, register, history: History::default(), window }
    }

    /// The first unit.
    pub fn unit(&mut self) -> &mut Unit {
        &mut self.register.units[0]
    }

    /// The first inspector, C00.
    pub fn inspector(&mut self) -> &mut Inspector {
        &mut self.register.inspectors[0]
    }

    /// Leaves a unit out by decision.
    pub fn list(&mut self, id: &str) {
        self.policy.excluded.insert(id.to_owned(), ListedExclusion { reason: "督办".to_owned() });
    }

    pub fn recuse(&mut self, certificate: &str, subject: Subject, period: Period) {
        let reason = "亲属任职".to_owned();
        self.register.recusals.push(Recusal { certificate: certificate.to_owned(), subject, period, reason });
    }

    pub fn question(&self) -> Question<'_> {
        Question {
            policy: &self.policy,
            register: &self.register,
            history: &self.history,
            window: self.window,
        }
    }

    /// What `tell` sees of the answer.
    pub fn judge<T>(&self, tell: impl FnOnce(&Eligibility<'_>) -> T) -> T {
        tell(&judge(&self.question()))
    }

    /// The label of the stratum of a unit, or why it has none.
    pub fn standing(&self, number: usize) -> Result<String, Exclusion> {
        self.judge(|eligibility| {
            let id = unit_id(number);
            let candidate = eligibility.candidates.iter().find(|c| c.unit.id == id).expect("judged");
            match candidate.standing {
                Standing::Pool { stratum, .. } => Ok(eligibility.strata[stratum].label.clone()),
                Standing::Excluded(reason) => Err(reason),
            }
        })
    }

    /// Certificates of those who may lead, and of those who may assist.
    pub fn docket(&self, number: usize) -> (BTreeSet<String>, BTreeSet<String>) {
        self.judge(|eligibility| {
            let id = unit_id(number);
            let (_, _, _, docket) =
                eligibility.pool().find(|(_, _, candidate, _)| candidate.unit.id == id).expect("in the pool");
            let names = |positions: &[u32]| {
                let name = |i: &u32| eligibility.seats[*i as usize].inspector.certificate.clone();
                positions.iter().map(name).collect()
            };
            (names(&docket.slots[0]), names(&docket.slots[1]))
        })
    }

    /// The rule that keeps an inspector from a role at a unit.
    pub fn bar(&self, number: usize, certificate: &str, role: Role) -> Option<Bar> {
        let question = self.question();
        let eligibility = judge(&question);
        let id = unit_id(number);
        let candidate = eligibility.candidates.iter().find(|c| c.unit.id == id).expect("judged");
        let dockets = Dockets::new(&question, &eligibility.seats);
        let bars = dockets.bars(candidate.unit, candidate.zone, &candidate.past, (&role, Reach::Home));
        let position = eligibility.seats.iter().position(|seat| seat.inspector.certificate == certificate);
        bars[position.expect("an inspector")]
    }
}
