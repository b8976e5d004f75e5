//! A small office: four people, two zones, five visits, and matters that are none.

use std::collections::BTreeMap;
use yaohao::dispatch::{Audience, Book, Order, Reader, orders};
use yaohao::eligibility::Window;
use yaohao::ids::DrawId;
use yaohao::policy::{Policy, Role};
use yaohao::register::{Item, Level, Post};
use yaohao::task::{Act, Entry, Kind, Ledger, Matter, Officer, Opened, Task, Visit};
use yaohao::time::{Date, Moment, Period};

/// What nobody may find in an order.
pub const NEVER: [&str; 3] = ["亲属在该单位任职", "单位要求改期", "检查人员回避"];

pub fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

pub fn at(text: &str) -> Moment {
    text.parse().expect("a moment")
}

pub fn draw() -> DrawId {
    "example/2026/001".parse().expect("a draw")
}

pub fn drawn(unit: &str) -> Matter {
    Matter::Drawn { draw: draw(), unit: unit.to_owned() }
}

pub fn numbered(kind: Kind, number: u32) -> Matter {
    Matter::Numbered { year: 2026, kind, number }
}

fn seats(lead: &str, other: &str) -> Vec<(Role, String)> {
    vec![(Role::Lead, lead.to_owned()), (Role::Assistant, other.to_owned())]
}

fn visit(unit: &str, name: &str, zone: &str, people: (&str, &str), day: Option<&str>) -> Task {
    Task {
        unit: Some(unit.to_owned()),
        name: name.to_owned(),
        address: Some(format!("龙溪街道示例路{}号", unit.len())),
        town: Some("500112011".to_owned()),
        zone: Some(zone.to_owned()),
        items: vec!["XF01".to_owned(), "XF02".to_owned()],
        window: Some(Window { first: self::day("2026-11-02"), last: self::day("2026-11-30") }),
        seats: seats(people.0, people.1),
        minutes: vec![240, 180],
        scheduled: day.map(self::day),
        planned: day.map(self::day),
        ..Task::new(drawn(unit))
    }
}

fn opened(number: u32, name: &str, urgent: bool) -> Opened {
    Opened {
        matter: numbered(Kind::Complaint, number),
        unit: None,
        name: name.to_owned(),
        town: Some("500112011".to_owned()),
        received: at("2026-11-03T01:30:00Z"),
        urgent,
        due: None,
        procedure: None,
        of: None,
        minutes: Some(90),
        departments: Vec::new(),
        remark: Some(format!("反映{name}堵塞安全出口")),
    }
}

fn made(matter: Matter) -> Act {
    Act::Visited(Visit {
        matter,
        day: day("2026-11-04"),
        code: None,
        present: seats("SL01", "SL02"),
        helpers: Vec::new(),
        delegated: None,
        items: Vec::new(),
        hazards: 0,
        rectified: 0,
        measures: Vec::new(),
        evidence: Vec::new(),
        remark: None,
    })
}

/// The visits as drawn, and what has happened since.
pub fn tasks() -> Vec<Task> {
    let mut ledger = Ledger::default();
    for task in [
        visit("91500112450533912J", "甲宾馆", "z1", ("SL01", "SL02"), Some("2026-11-09")),
        visit("9150011200000002XA", "乙商场，一店;二店", "z1", ("SL03", "SL02"), Some("2026-11-06")),
        visit("ab12", "丙<厂>&“库”", "z2", ("SL03", "SL04"), Some("2026-11-10")),
        visit("cd1234", "丁学校", "z2", ("SL04", "SL03"), None),
        visit("ef123456", "戊医院", "z1", ("SL01", "SL02"), Some("2026-11-05")),
        visit("gh12345678", "己仓库", "z1", ("SL01", "SL02"), Some("2026-11-12")),
    ] {
        ledger.add(task);
    }
    let complaint = |number| numbered(Kind::Complaint, number);
    let acts = vec![
        Act::Moved { matter: drawn("91500112450533912J"), day: day("2026-11-11"), reason: NEVER[1].into() },
        made(drawn("ef123456")),
        Act::Closed { matter: drawn("gh12345678"), reason: "撤销".into() },
        Act::Opened(opened(1, "庚餐馆", true)),
        Act::Assigned { matter: complaint(1), seats: seats("SL01", "SL03") },
        Act::Assigned { matter: complaint(1), seats: seats("SL01", "SL04") },
        Act::Moved { matter: complaint(1), day: day("2026-11-04"), reason: NEVER[2].into() },
        // Nobody has said when.
        Act::Opened(opened(2, "辛网吧", false)),
        Act::Assigned { matter: complaint(2), seats: seats("SL01", "SL02") },
        Act::Applied {
            matter: drawn("91500112450533912J"),
            about: "SL02".into(),
            applicant: yaohao::task::Applicant::Party,
            reason: NEVER[0].into(),
        },
    ];
    let entry = Entry { number: 1, after: None, at: at("2026-11-03T08:00:00Z"), by: "A01".into(), acts };
    ledger.enter(&entry);
    ledger.tasks.into_values().collect()
}

fn officer(certificate: &str, name: &str) -> (String, Officer) {
    let officer = Officer {
        certificate: certificate.to_owned(),
        name: name.to_owned(),
        department: "示例科".to_owned(),
        zone: "z1".to_owned(),
        lead: true,
        post: Post::InPost,
        validity: Period::default(),
    };
    (certificate.to_owned(), officer)
}

fn item(code: &str, name: &str, basis: &str) -> Item {
    Item {
        code: code.to_owned(),
        category: "消防监督检查".to_owned(),
        name: name.to_owned(),
        basis: basis.to_owned(),
        classes: Default::default(),
        tags: Default::default(),
        level: Level::General,
        ratio: None,
        frequency: None,
        method: None,
        staff: 2,
        skill: None,
        joint_lead: None,
        joint_partners: Default::default(),
    }
}

/// What the office knows besides.
pub struct Office {
    pub policy: Policy,
    pub people: BTreeMap<String, Officer>,
    pub items: Vec<Item>,
    pub last_days: BTreeMap<Matter, Date>,
    pub changes: BTreeMap<Matter, u32>,
    pub draw: DrawId,
    pub is_secret: bool,
}

pub fn office() -> Office {
    let text = std::fs::read_to_string("config/policy.toml").expect("the policy that is shipped");
    Office {
        policy: Policy::read("policy.toml", &text).expect("a policy"),
        people: [("SL01", "赵一"), ("SL02", "钱二"), ("SL03", "孙三"), ("SL04", "李四")]
            .map(|(number, name)| officer(number, name))
            .into(),
        items: vec![
            item("XF01", "单位履行消防安全职责情况", "《中华人民共和国消防法》第五十三条"),
            item("XF02", "疏散条件", "《消防监督检查规定》第十条"),
        ],
        last_days: BTreeMap::new(),
        changes: BTreeMap::new(),
        draw: draw(),
        is_secret: false,
    }
}

impl Office {
    pub fn book(&self) -> Book<'_> {
        Book {
            draw: &self.draw,
            mark: "示例消派",
            policy: &self.policy,
            people: &self.people,
            items: &self.items,
            last_days: &self.last_days,
            changes: &self.changes,
            is_secret: self.is_secret,
            at: at("2026-11-04T00:30:00Z"),
        }
    }

    pub fn orders(&self, tasks: &[Task], audience: Audience) -> Vec<Order> {
        orders(tasks, &self.book(), audience, Period::default())
    }

    pub fn inspector(&self, tasks: &[Task], number: &str) -> Order {
        let mut orders = self.orders(tasks, Audience::Inspectors).into_iter();
        orders.find(|order| order.reader == Reader::Inspector(number.to_owned())).expect("an order")
    }
}
