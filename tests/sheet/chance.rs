//! Random ledgers that could have been entered: every act of them has passed its judgement.

use crate::task::{Paper, date};
use yaohao::eligibility::Window;
use yaohao::ids::DrawId;
use yaohao::policy::Role;
use yaohao::task::{
    Act, Kind, Matter, Measure, Opened, Ordered, Outcome, Penalty, Procedure, State, Task, Visit,
};
use yaohao::time::{Date, Moment};

/// Numbers that follow from a seed (SplitMix64).
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) >> 33).expect("31 bits") % n
    }

    fn is(&mut self) -> bool {
        self.below(2) == 0
    }

    fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.is().then(|| make(self))
    }

    /// What people write, and what tables are afraid of.
    fn text(&mut self) -> String {
        let words = [
            "占用疏散通道",
            "=SUM(A1:A9)",
            "\"引号\"，逗号",
            "、顿号|竖线",
            "'00123",
            "9.15E+17",
            "#N/A",
            "TRUE",
            "２０２６",
            "a  b",
            "🔥",
            "2026-06-01",
            "-",
            "𠮷野家",
            "单位\u{3000}一",
        ];
        let count = 1 + self.below(3);
        (0..count).map(|_| self.pick(&words)).collect::<Vec<_>>().join("/")
    }

    fn number(&mut self) -> String {
        format!("渝消限字〔2026〕第{}号", self.below(1000))
    }

    fn day(&mut self) -> Date {
        date("2026-09-01").plus_days(i64::try_from(self.below(20)).expect("a day"))
    }

    fn moment(&mut self) -> Moment {
        let time =
            (u32::try_from(self.below(8)).expect("an hour"), 30, u32::try_from(self.below(3)).expect("0"));
        Moment::in_china_at(self.day(), time).expect("a time")
    }

    fn seats(&mut self) -> Vec<(Role, String)> {
        let lead = 1 + self.below(3);
        let mut seats = vec![(Role::Lead, format!("SL{lead}")), (Role::Assistant, "SL4".to_owned())];
        if self.is() {
            let role = self.pick(&[Role::Expert, Role::Department("market".to_owned()), Role::Assistant]);
            seats.push((role, format!("SL{}", lead % 3 + 1)));
        }
        seats
    }
}

/// Drawn visits as a draw left them: nothing has happened yet.
pub fn drawn(chance: &mut Chance) -> Paper {
    let mut paper = Paper::new();
    paper.ledger.tasks.clear();
    paper.standing.items.extend((4..8).map(|number| format!("XF{number:02}")));
    paper.standing.items.clear();
    for number in 0..1 + chance.below(4) {
        let unit = format!("UNIT-{number:03}");
        let draw: DrawId = "example/2026/001".parse().expect("a draw");
        let planned = chance.maybe(Chance::day);
        let items = (1..=1 + chance.below(6)).map(|item| format!("XF{item:02}")).collect();
        paper.ledger.add(Task {
            unit: Some(unit.clone()),
            name: format!("示例单位{number}"),
            address: chance.maybe(Chance::text),
            town: chance.maybe(|_| "500112011".to_owned()),
            zone: chance.maybe(|_| "z1".to_owned()),
            items,
            decided: Some(Moment::in_china_at(date("2026-08-25"), (10, 0, 0)).expect("a time")),
            window: Some(Window { first: date("2026-09-01"), last: date("2026-09-30") }),
            seats: chance.seats(),
            minutes: vec![240, 180],
            scheduled: planned,
            planned,
            ..Task::new(Matter::Drawn { draw, unit })
        });
    }
    paper
}

/// Lets things happen; whatever would be refused does not.
pub fn live(paper: &mut Paper, chance: &mut Chance) -> usize {
    let mut entered = 0;
    for _ in 0..60 {
        let act = match chance.below(8) {
            0 | 1 => opened(paper, chance),
            2 => on(paper, chance, |chance, task| Act::Assigned {
                matter: task.matter.clone(),
                seats: chance.seats(),
            }),
            3 => on(paper, chance, |chance, task| Act::Moved {
                matter: task.matter.clone(),
                day: chance.day(),
                reason: chance.text(),
            }),
            4 | 5 => on(paper, chance, visited),
            6 => Some(penalised(paper, chance)),
            _ => on(paper, chance, |chance, task| match task.kind() {
                Kind::Penalty => Act::Contested { matter: task.matter.clone(), day: date("2026-09-20") },
                _ => Act::Closed { matter: task.matter.clone(), reason: chance.text() },
            }),
        };
        entered += usize::from(act.is_some_and(|act| paper.enter("H1", vec![act]).is_ok()));
    }
    entered
}

/// An act on a matter of which nothing else depends yet.
fn on(paper: &Paper, chance: &mut Chance, make: impl Fn(&mut Chance, &Task) -> Act) -> Option<Act> {
    let tasks: Vec<&Task> = paper.ledger.tasks.values().collect();
    let task = (!tasks.is_empty()).then(|| chance.pick(&tasks))?;
    let named = |other: &&&Task| {
        let opened = other.opened.as_ref().and_then(|opened| opened.of.as_ref());
        let penalty = other.penalty.as_ref().and_then(|penalty| penalty.of.as_ref());
        opened.or(penalty) == Some(&task.matter)
    };
    let settled = tasks.iter().any(|other| named(&other));
    let act = make(chance, task);
    // After its result a visit is not moved.
    let late = matches!(act, Act::Moved { .. }) && task.state != State::Pending;
    (!settled && !late).then_some(act)
}

fn next(paper: &Paper, kind: Kind) -> Matter {
    let same = paper.ledger.tasks.keys().filter(|m| m.kind() == kind && !matches!(m, Matter::Drawn { .. }));
    Matter::Numbered { year: 2026, kind, number: u32::try_from(same.count()).expect("few") + 1 }
}

fn opened(paper: &Paper, chance: &mut Chance) -> Option<Act> {
    let kinds =
        [Kind::Complaint, Kind::Licence, Kind::Reinspection, Kind::Referral, Kind::Immediate, Kind::Fire];
    let kind = chance.pick(&kinds);
    let visited: Vec<&Task> = paper.ledger.tasks.values().filter(|task| task.result().is_some()).collect();
    let of = match kind {
        Kind::Reinspection if visited.is_empty() => return None,
        Kind::Reinspection => Some(chance.pick(&visited)),
        _ => None,
    };
    Some(Act::Opened(Opened {
        matter: next(paper, kind),
        unit: match of {
            Some(task) => task.unit.clone(),
            None => chance.maybe(|_| "UNIT-000".to_owned()),
        },
        name: chance.text(),
        town: chance.maybe(|_| "500112011".to_owned()),
        received: chance.moment(),
        urgent: kind == Kind::Complaint && chance.is(),
        due: chance.maybe(|_| date("2026-09-28")),
        procedure: (kind == Kind::Fire).then(|| chance.pick(Procedure::ALL)),
        of: of.map(|task| task.matter.clone()),
        minutes: chance.maybe(|_| 90),
        departments: (0..chance.below(3)).map(|number| format!("dept-{number}")).collect(),
        remark: chance.maybe(Chance::text),
    }))
}

fn visited(chance: &mut Chance, task: &Task) -> Act {
    let fault = chance.pick(&[None, Some(Outcome::Corrected), Some(Outcome::Open)]);
    let harmless = [Outcome::NoProblem, Outcome::NotApplicable, Outcome::MovedOut, Outcome::Unreachable];
    let mut items: Vec<String> = task.items.clone();
    if items.is_empty() && task.kind() != Kind::Fire {
        items = (1..=1 + chance.below(6)).map(|item| format!("XF{item:02}")).collect();
    }
    let outcome = |(number, item): (usize, String)| {
        let outcome = fault.filter(|_| number == 0).unwrap_or_else(|| chance.pick(&harmless));
        (item, outcome)
    };
    let items: Vec<(String, Outcome)> = items.into_iter().enumerate().map(outcome).collect();
    let faulty = fault.is_some() && !items.is_empty();
    let mut measures = Vec::new();
    for measure in Measure::ALL.iter().filter(|_| faulty) {
        for _ in 0..chance.below(3) {
            let by = (*measure == Measure::ByDate).then(|| date("2026-09-25"));
            measures.push(Ordered { measure: *measure, number: chance.maybe(Chance::number), by });
        }
    }
    let (hazards, rectified) = match fault.filter(|_| faulty) {
        Some(Outcome::Corrected) => (2, 2),
        Some(_) => (3, 1),
        None => (0, 0),
    };
    Act::Visited(Visit {
        matter: task.matter.clone(),
        day: task.planned.unwrap_or_else(|| chance.day()),
        code: chance.maybe(|chance| format!("ZF{}", chance.below(1_000_000))),
        present: if task.seats.is_empty() { chance.seats() } else { task.seats.clone() },
        helpers: (0..chance.below(3)).map(|_| chance.text()).collect(),
        delegated: chance.maybe(|_| "500112011".to_owned()).filter(|_| task.window.is_none()),
        items,
        hazards,
        rectified,
        measures,
        evidence: (0..chance.below(3)).map(|_| chance.text()).collect(),
        remark: chance.maybe(Chance::text),
    })
}

fn penalised(paper: &Paper, chance: &mut Chance) -> Act {
    let visited: Vec<&Task> = paper.ledger.tasks.values().filter(|task| task.result().is_some()).collect();
    let of = (!visited.is_empty() && chance.is()).then(|| chance.pick(&visited));
    Act::Penalised(Penalty {
        matter: next(paper, Kind::Penalty),
        of: of.map(|task| task.matter.clone()),
        unit: of.and_then(|task| task.unit.clone()),
        name: chance.text(),
        number: chance.number(),
        day: date("2026-09-20"),
        yuan: u64::try_from(chance.below(1_000_000_000)).expect("a sum") * 1_000_000,
        delegated: chance.maybe(|_| "500112011".to_owned()),
    })
}
