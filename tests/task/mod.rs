//! A drawn visit, the people around it, and a desk of paper: acts judged and added
//! without a file.
#![allow(dead_code, reason = "every test uses its own part")]

use std::collections::{BTreeMap, BTreeSet};
use yaohao::eligibility::Window;
use yaohao::policy::Role;
use yaohao::register::{Post, Recusal, Subject};
use yaohao::task::{
    Act, Delegated, Entry, Kind, Ledger, Matter, Officer, Opened, Outcome, Penalty, Refusal, Staff, Standing,
    State, Task, Visit, judge,
};
use yaohao::time::{Date, Moment, Period};

pub fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

pub fn moment(text: &str) -> Moment {
    text.parse().expect("a moment")
}

pub fn matter(text: &str) -> Matter {
    text.parse().expect("a matter")
}

pub const DRAWN: &str = "example/2026/001/91500112450533912J";
pub const COMPLAINT: &str = "2026/complaint/0001";
pub const PENALTY: &str = "2026/penalty/0001";

/// What has been entered so far.
pub struct Paper {
    pub ledger: Ledger,
    pub standing: Standing,
    pub now: Moment,
    entries: u32,
}

impl Paper {
    /// With one drawn visit: September 2026, items XF01 and XF02, SL1 leads, SL2 assists.
    pub fn new() -> Paper {
        let mut ledger = Ledger::default();
        ledger.add(Task {
            unit: Some("91500112450533912J".to_owned()),
            name: "示例单位".to_owned(),
            town: Some("500112011".to_owned()),
            items: vec!["XF01".to_owned(), "XF02".to_owned()],
            decided: Some(moment("2026-08-25T02:00:00Z")),
            window: Some(Window { first: date("2026-09-01"), last: date("2026-09-30") }),
            seats: team("SL1", "SL2"),
            minutes: vec![240, 180],
            ..Task::new(matter(DRAWN))
        });
        Paper { ledger, standing: standing(), now: moment("2026-09-20T08:00:00Z"), entries: 0 }
    }

    pub fn enter(&mut self, by: &str, acts: Vec<Act>) -> Result<(), Vec<Refusal>> {
        let entry = Entry { number: self.entries + 1, after: None, at: self.now, by: by.to_owned(), acts };
        judge(&entry, self.ledger.clone(), &self.standing)?;
        self.ledger.enter(&entry);
        self.entries += 1;
        Ok(())
    }

    pub fn good(&mut self, by: &str, act: Act) {
        self.enter(by, vec![act]).unwrap_or_else(|refused| panic!("{refused:?}"));
    }

    /// An act that is refused, saying `why`.
    pub fn bad(&mut self, by: &str, act: Act, why: &str) {
        let refused = self.enter(by, vec![act.clone()]).expect_err(why);
        let said = &refused[0].what;
        assert!(said.zh.contains(why), "not because of {why:?}: {} ({act:?})", said.zh);
        assert!(!said.en.is_empty() && !refused[0].remedy.zh.is_empty() && !refused[0].remedy.en.is_empty());
    }

    pub fn state(&self, of: &str) -> State {
        self.ledger.tasks[&matter(of)].state
    }

    pub fn task(&mut self, of: &str) -> &mut Task {
        self.ledger.tasks.get_mut(&matter(of)).expect("a task")
    }
}

/// SL1 to SL4 in post; SL5 a contract clerk, SL6 a town helper, SL7 with a certificate that
/// ended in August; N1 a clerk, R1 and SL3 reviewers, F1 the legal reviewer, H1 the head.
pub fn standing() -> Standing {
    let officer = |number: u32| {
        let until = if number == 7 { "2026-08-31" } else { "2028-12-31" };
        let post = match number {
            5 => Post::Contract,
            6 => Post::TownHelper,
            _ => Post::InPost,
        };
        let certificate = format!("SL{number}");
        let officer = Officer {
            certificate: certificate.clone(),
            name: format!("示例人员{number}"),
            department: "大队".to_owned(),
            zone: "z1".to_owned(),
            lead: number < 4,
            post,
            validity: Period { from: None, until: Some(date(until)) },
        };
        (certificate, officer)
    };
    let set = |who: &[&str]| who.iter().map(|who| (*who).to_owned()).collect::<BTreeSet<String>>();
    let listed = Recusal {
        certificate: "SL4".to_owned(),
        subject: Subject::Unit("91500112450533912J".to_owned()),
        period: Period::default(),
        reason: "原工作单位".to_owned(),
    };
    Standing {
        officers: (1..=7).map(officer).collect::<BTreeMap<_, _>>(),
        recusals: vec![listed],
        staff: Staff {
            clerks: set(&["N1"]),
            reviewers: set(&["R1", "SL3"]),
            legal_reviewers: set(&["F1"]),
            heads: set(&["H1"]),
        },
        delegated: vec![Delegated {
            town: "500112011".to_owned(),
            period: Period { from: Some(date("2026-09-10")), until: None },
        }],
        groups: BTreeMap::new(),
        items: set(&["XF01", "XF02", "XF03"]),
    }
}

pub fn team(lead: &str, assistant: &str) -> Vec<(Role, String)> {
    vec![(Role::Lead, lead.to_owned()), (Role::Assistant, assistant.to_owned())]
}

/// A visit of the drawn unit that found nothing.
pub fn visit() -> Visit {
    Visit {
        matter: matter(DRAWN),
        day: date("2026-09-15"),
        code: None,
        present: team("SL1", "SL2"),
        helpers: Vec::new(),
        delegated: None,
        items: vec![("XF01".to_owned(), Outcome::NoProblem), ("XF02".to_owned(), Outcome::NoProblem)],
        hazards: 0,
        rectified: 0,
        measures: Vec::new(),
        evidence: vec!["记录仪 3 号".to_owned()],
        remark: None,
    }
}

pub fn opened(number: &str) -> Opened {
    let matter = matter(number);
    Opened {
        unit: None,
        name: "示例单位".to_owned(),
        town: Some("500112011".to_owned()),
        received: moment("2026-09-14T01:00:00Z"),
        urgent: false,
        due: None,
        procedure: (matter.kind() == Kind::Fire).then_some(yaohao::task::Procedure::Minor),
        of: None,
        minutes: None,
        departments: Vec::new(),
        remark: None,
        matter,
    }
}

pub fn penalty(number: &str) -> Penalty {
    Penalty {
        matter: matter(number),
        of: None,
        unit: None,
        name: "个人".to_owned(),
        number: "示消行罚决字〔2026〕第0001号".to_owned(),
        day: date("2026-09-18"),
        yuan: 500,
        delegated: None,
    }
}
