//! A synthetic year made to given totals: entries of a journal, the same for the same seed.
//! Nothing in it is anybody: units and people are those of the example.

use yaohao::policy::Role;
use yaohao::task::{Act, Entry, Kind, Matter, Measure, Opened, Ordered, Outcome, Penalty, Procedure, Visit};
use yaohao::time::{Date, Moment};

/// What the year has to come to.
#[derive(Debug, Clone)]
pub struct Totals {
    pub year: i32,
    pub drawn: usize,
    pub complaints: usize,
    pub licences: usize,
    pub reinspections: usize,
    pub referrals: usize,
    pub immediate: usize,
    pub joint: usize,
    pub hazards: u32,
    pub open: u32,
    pub faulty: usize,
    pub notices: usize,
    /// Notices by a day that nobody looked at again.
    pub waiting: usize,
    pub penalties: usize,
    pub stops: usize,
    pub seals: usize,
    pub transfers: usize,
    pub fires: [usize; 3],
    pub reconsiderations: usize,
    pub delegated: usize,
}

impl Totals {
    /// Those of the office's report on 2023; what it does not say is chosen so that it adds up.
    pub fn of_2023() -> Totals {
        Totals {
            year: 2023,
            drawn: 1436,
            complaints: 1125,
            licences: 372,
            reinspections: 640,
            referrals: 60,
            immediate: 40,
            joint: 530,
            hazards: 2437,
            open: 318,
            faulty: 1500,
            notices: 1676,
            waiting: 100,
            penalties: 446,
            stops: 21,
            seals: 8,
            transfers: 4,
            fires: [23, 148, 714],
            reconsiderations: 1,
            delegated: 3,
        }
    }

    /// A year in which every single entry can be tried.
    pub fn small() -> Totals {
        Totals {
            year: 2025,
            drawn: 6,
            complaints: 6,
            licences: 3,
            reinspections: 3,
            referrals: 2,
            immediate: 1,
            joint: 4,
            hazards: 11,
            open: 3,
            faulty: 7,
            notices: 8,
            waiting: 1,
            penalties: 3,
            stops: 1,
            seals: 1,
            transfers: 1,
            fires: [1, 1, 2],
            reconsiderations: 1,
            delegated: 1,
        }
    }

    pub fn inspections(&self) -> usize {
        self.drawn + self.complaints + self.licences + self.reinspections + self.referrals + self.immediate
    }
}

/// Whom the year is made of.
#[derive(Debug, Clone)]
pub struct Cast {
    /// Unit and town, different units.
    pub units: Vec<(String, String)>,
    /// Certificate numbers of those who may lead.
    pub leads: Vec<String>,
    /// Certificate numbers of the others.
    pub others: Vec<String>,
}

impl Cast {
    /// People and units of no register.
    pub fn unknown() -> Cast {
        let towns = ["500112011", "500112004", "500112002", "500112017"];
        let unit = |n: usize| (format!("A-{n:05}"), towns[n % towns.len()].to_owned());
        let people = |from: usize, to: usize| (from..to).map(|n| format!("SL{n:04}")).collect();
        Cast { units: (0..4000).map(unit).collect(), leads: people(1, 31), others: people(31, 61) }
    }
}

/// Numbers that follow from a seed (splitmix64).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance(seed)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    /// So many of `from`, without order.
    fn some(&mut self, from: &mut Vec<usize>, count: usize) -> Vec<usize> {
        (0..count).map(|_| from.swap_remove(self.below(from.len()))).collect()
    }
}

/// When acts of a day are entered, and by whom.
const PHASES: [(u32, &str); 5] =
    [(9, "desk-1"), (16, "desk-2"), (17, "reviewer-1"), (18, "legal-1"), (19, "desk-1")];

/// The visit of a matter that is being made.
struct Made {
    matter: Matter,
    kind: Kind,
    day: Date,
    at: (String, String),
    joint: bool,
    hazards: u32,
    rectified: u32,
    measures: Vec<Ordered>,
    of: Option<Matter>,
}

/// The year in the making.
struct Maker<'a> {
    totals: &'a Totals,
    cast: &'a Cast,
    chance: Chance,
    numbers: std::collections::BTreeMap<(i32, Kind), u32>,
    acts: std::collections::BTreeMap<(Date, usize), Vec<Act>>,
    lists: u32,
}

/// The entries of the year's journal.
pub fn entries(totals: &Totals, cast: &Cast, seed: u64) -> Vec<Entry> {
    let mut maker = Maker {
        totals,
        cast,
        chance: Chance::new(seed),
        numbers: Default::default(),
        acts: Default::default(),
        lists: 0,
    };
    let visits = maker.inspections();
    maker.penalties(&visits);
    maker.fires();
    maker.around();
    maker.finish()
}

fn date(year: i32, month: u32, day: u32) -> Date {
    Date::new(year, month, day).expect("a day")
}

impl Maker<'_> {
    fn number(&mut self, year: i32, kind: Kind) -> Matter {
        let number = self.numbers.entry((year, kind)).or_default();
        *number += 1;
        Matter::Numbered { year: year as u16, kind, number: *number }
    }

    /// A weekday of the year, not before `first` days have passed nor within `last` of its end.
    fn weekday(&mut self, first: usize, last: usize) -> Date {
        let start = date(self.totals.year, 1, 1).plus_days(first as i64);
        let length = 364 - first - last;
        loop {
            let day = start.plus_days(self.chance.below(length) as i64);
            if day.weekday() < 5 {
                return day;
            }
        }
    }

    fn enter(&mut self, day: Date, phase: usize, act: Act) {
        self.acts.entry((day, phase)).or_default().push(act);
    }

    fn inspections(&mut self) -> Vec<Made> {
        let totals = self.totals.clone();
        let first = [
            (Kind::Drawn, totals.drawn),
            (Kind::Complaint, totals.complaints),
            (Kind::Licence, totals.licences),
            (Kind::Referral, totals.referrals),
            (Kind::Immediate, totals.immediate),
        ];
        let mut made: Vec<Made> = Vec::new();
        for (kind, count) in first {
            for _ in 0..count {
                let visit = self.first_visit(kind, made.len());
                made.push(visit);
            }
        }
        self.find(&mut made);
        let mut all: Vec<usize> = (0..made.len()).collect();
        for at in self.chance.some(&mut all, totals.joint) {
            made[at].joint = true;
        }
        for visit in &made {
            self.tell(visit);
        }
        self.look_again(&made);
        made
    }

    fn first_visit(&mut self, kind: Kind, at: usize) -> Made {
        // Half of the days leave time for a second look in the year.
        let day = self.weekday(4, if at.is_multiple_of(2) { 60 } else { 1 });
        let unit = self.cast.units[at % self.cast.units.len()].clone();
        let matter = match kind {
            Kind::Drawn => {
                let draw = format!("example/{}/{:03}", self.totals.year, day.month());
                Matter::Drawn { draw: draw.parse().expect("a draw"), unit: unit.0.clone() }
            }
            _ => self.number(self.totals.year, kind),
        };
        let (joint, hazards, rectified) = (false, 0, 0);
        Made { matter, kind, day, at: unit, joint, hazards, rectified, measures: Vec::new(), of: None }
    }

    /// Lets some of the visits find something, and orders what follows.
    fn find(&mut self, made: &mut [Made]) {
        let totals = self.totals.clone();
        let early = date(totals.year, 11, 1);
        let mut soon: Vec<usize> = (0..made.len()).filter(|at| made[*at].day <= early).collect();
        let again = self.chance.some(&mut soon, totals.reinspections);
        let mut rest: Vec<usize> = (0..made.len()).filter(|at| !again.contains(at)).collect();
        let waiting = self.chance.some(&mut rest, totals.waiting);
        let at_once = self.chance.some(&mut rest, totals.faulty - totals.reinspections - totals.waiting);
        let by_date: Vec<usize> = [again.clone(), waiting.clone()].concat();
        let faulty = [by_date.clone(), at_once.clone()].concat();
        faulty.iter().for_each(|at| made[*at].hazards = 1);
        for _ in totals.faulty as u32..totals.hazards {
            let at = faulty[self.chance.below(faulty.len())];
            made[at].hazards += 1;
        }
        // Put right on the spot, but for those of a notice by a day.
        let mut open: std::collections::BTreeMap<usize, u32> = Default::default();
        let mut left = totals.open;
        while left > 0 {
            let at = by_date[self.chance.below(by_date.len())];
            let count = open.entry(at).or_default();
            if *count < made[at].hazards {
                *count += 1;
                left -= 1;
            }
        }
        for at in &faulty {
            let stays = open.get(at).copied().unwrap_or_default();
            let right = made[*at].hazards - stays;
            // Of what is put right, a second look sees some.
            let seen_later =
                if again.contains(at) { self.chance.below(right as usize + 1) as u32 } else { 0 };
            made[*at].rectified = right - seen_later;
            // Kept for the second look.
            if again.contains(at) {
                made[*at].of = Some(later(seen_later));
            }
        }
        let mut both = by_date.clone();
        let both = self.chance.some(&mut both, totals.notices - totals.faulty);
        for at in faulty {
            let by = by_date.contains(&at).then(|| made[at].day.plus_days(10));
            if let Some(by) = by {
                made[at].measures.push(ordered(Measure::ByDate, Some(by)));
            }
            if by.is_none() || both.contains(&at) {
                made[at].measures.push(ordered(Measure::AtOnce, None));
            }
        }
        let mut found: Vec<usize> = (0..made.len()).filter(|at| made[*at].hazards > 0).collect();
        for (measure, count) in [
            (Measure::Stop, totals.stops),
            (Measure::Seal, totals.seals),
            (Measure::Transfer, totals.transfers),
        ] {
            for at in self.chance.some(&mut found, count) {
                made[at].measures.push(ordered(measure, None));
            }
        }
    }

    fn look_again(&mut self, made: &[Made]) {
        for visit in made {
            let Some(seen) = &visit.of else { continue };
            let Matter::Numbered { number, .. } = seen else { continue };
            let mut day = visit.day.plus_days(12);
            while day.weekday() > 4 {
                day = day.plus_days(1);
            }
            let matter = self.number(self.totals.year, Kind::Reinspection);
            let again = Made {
                matter,
                kind: Kind::Reinspection,
                day,
                at: visit.at.clone(),
                joint: false,
                hazards: 0,
                rectified: number - 1,
                measures: Vec::new(),
                of: Some(visit.matter.clone()),
            };
            self.tell(&again);
        }
    }

    fn team(&mut self) -> Vec<(Role, String)> {
        let (leads, others) = (&self.cast.leads, &self.cast.others);
        let lead = leads[self.chance.below(leads.len())].clone();
        vec![(Role::Lead, lead), (Role::Assistant, others[self.chance.below(others.len())].clone())]
    }

    /// Writes down everything about a visit.
    fn tell(&mut self, made: &Made) {
        let (matter, day) = (made.matter.clone(), made.day);
        let mut team = self.team();
        let is_drawn = made.kind == Kind::Drawn;
        if !is_drawn {
            let came = if made.kind == Kind::Complaint { day.plus_days(-1) } else { day };
            let departments = if made.joint { vec!["police".to_owned()] } else { Vec::new() };
            let of = made.of.clone().filter(|_| made.kind == Kind::Reinspection);
            let opened = opened(&matter, &made.at, came, (of, departments));
            self.enter(came, 0, Act::Opened(opened));
            self.enter(came, 0, Act::Assigned { matter: matter.clone(), seats: team.clone() });
        } else if made.joint {
            team.push((Role::Department("police".to_owned()), "JC01".to_owned()));
        }
        let visit = visit(made, team);
        // Now and then the first entry is wrong, and is mended after a return.
        if self.chance.below(40) == 0 {
            let wrong = Visit { hazards: visit.hazards + 5, ..visit.clone() };
            self.enter(day, 1, Act::Visited(wrong));
            self.enter(day, 1, Act::Submitted { matter: matter.clone() });
            self.enter(day, 2, Act::Returned { matter: matter.clone(), reason: "隐患数有误".to_owned() });
            let next = day.plus_days(1);
            self.enter(next, 1, Act::Visited(visit));
            self.pass(next, 2, matter);
        } else {
            self.enter(day, 1, Act::Visited(visit));
            self.pass(day, 2, matter);
        }
    }

    /// Submitted and approved on the day, published a week later.
    fn pass(&mut self, day: Date, phase: usize, matter: Matter) {
        self.enter(day, 1, Act::Submitted { matter: matter.clone() });
        self.enter(day, phase, Act::Approved { matter: matter.clone() });
        self.lists += 1;
        let list = self.lists;
        self.enter(day.plus_days(7), 4, Act::Published { matter, list });
    }

    fn penalties(&mut self, visits: &[Made]) {
        let year = self.totals.year;
        let early = |made: &&Made| made.hazards > 0 && made.day.day_of_year() < 330;
        let found: Vec<&Made> = visits.iter().filter(early).collect();
        for count in 0..self.totals.penalties {
            let from = found[self.chance.below(found.len())];
            let day = from.day.plus_days(20);
            let matter = self.number(year, Kind::Penalty);
            let yuan = 500 * self.chance.below(60) as u64;
            let penalty = penalty(&matter, day, (Some(from.matter.clone()), from.at.0.clone()), (yuan, None));
            self.enter(day, 1, Act::Penalised(penalty));
            if count == 0 {
                // The last one waits for review.
                continue;
            }
            self.pass(day, 3, matter.clone());
            if count <= self.totals.reconsiderations {
                let later = day.plus_days(5);
                self.enter(later, 4, Act::Contested { matter, day: later });
            }
        }
        for _ in 0..self.totals.delegated {
            let matter = self.number(year, Kind::Penalty);
            let unit = self.cast.units[7].0.clone();
            let day = date(year, 12, 4);
            let penalty = penalty(&matter, day, (None, unit), (200, Some("500112023".to_owned())));
            self.enter(day, 1, Act::Penalised(penalty));
            self.pass(day, 3, matter);
        }
    }

    fn fires(&mut self) {
        let procedures = [Procedure::General, Procedure::Simplified, Procedure::Minor];
        for (procedure, count) in procedures.into_iter().zip(self.totals.fires) {
            for _ in 0..count {
                let day = self.weekday(0, 10);
                let matter = self.number(self.totals.year, Kind::Fire);
                let unit = self.cast.units[self.chance.below(self.cast.units.len())].clone();
                let fire =
                    Opened { procedure: Some(procedure), ..opened(&matter, &unit, day, (None, vec![])) };
                self.enter(day, 0, Act::Opened(fire));
                if procedure == Procedure::Minor {
                    continue;
                }
                let team = self.team();
                self.enter(day, 0, Act::Assigned { matter: matter.clone(), seats: team.clone() });
                let made = Made {
                    matter: matter.clone(),
                    kind: Kind::Fire,
                    day: day.plus_days(1),
                    at: unit,
                    joint: false,
                    hazards: 0,
                    rectified: 0,
                    measures: Vec::new(),
                    of: None,
                };
                self.enter(made.day, 1, Act::Visited(visit(&made, team)));
                self.pass(made.day, 2, matter);
            }
        }
    }

    /// What lies around the year and must not count in it.
    fn around(&mut self) {
        let year = self.totals.year;
        let unit = self.cast.units[3].clone();
        // Received in the year, looked into after it.
        let late = self.number(year, Kind::Complaint);
        let team = self.team();
        let day = date(year, 12, 29);
        self.enter(day, 0, Act::Opened(opened(&late, &unit, day, (None, vec![]))));
        self.enter(day, 0, Act::Assigned { matter: late.clone(), seats: team.clone() });
        let made = Made {
            matter: late,
            kind: Kind::Complaint,
            day: date(year + 1, 1, 2),
            at: unit.clone(),
            joint: true,
            hazards: 4,
            rectified: 1,
            measures: vec![ordered(Measure::Stop, None)],
            of: None,
        };
        self.enter(made.day, 1, Act::Visited(visit(&made, team)));
        // Received in the year, and withdrawn.
        let withdrawn = self.number(year, Kind::Complaint);
        self.enter(day, 0, Act::Opened(opened(&withdrawn, &unit, day, (None, vec![]))));
        self.enter(day, 2, Act::Closed { matter: withdrawn, reason: "举报人撤回".to_owned() });
        // A fire of the last evening before the year, and a penalty after it.
        let before = date(year - 1, 12, 31);
        let fire = self.number(year - 1, Kind::Fire);
        let opened = Opened {
            procedure: Some(Procedure::Minor),
            received: Moment::in_china_at(before, (23, 50, 0)).expect("a time"),
            ..opened(&fire, &unit, before, (None, vec![]))
        };
        self.enter(date(year, 1, 1), 0, Act::Opened(opened));
        let decided = date(year + 1, 1, 5);
        let matter = self.number(year + 1, Kind::Penalty);
        self.enter(decided, 1, Act::Penalised(penalty(&matter, decided, (None, unit.0), (90_000, None))));
    }

    fn finish(self) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        for ((day, phase), acts) in self.acts {
            let (hour, by) = PHASES[phase];
            let at = Moment::in_china_at(day, (hour, 30, 0)).expect("a time");
            let number = entries.len() as u32 + 1;
            entries.push(Entry { number, after: entries.last().map(Entry::id), at, by: by.to_owned(), acts });
        }
        entries
    }
}

/// Remembers how many a second look will see put right.
fn later(count: u32) -> Matter {
    Matter::Numbered { year: 1, kind: Kind::Reinspection, number: count + 1 }
}

fn ordered(measure: Measure, by: Option<Date>) -> Ordered {
    Ordered { measure, number: None, by }
}

fn opened(
    matter: &Matter,
    (unit, town): &(String, String),
    day: Date,
    (of, departments): (Option<Matter>, Vec<String>),
) -> Opened {
    Opened {
        matter: matter.clone(),
        unit: Some(unit.clone()),
        name: "示例单位".to_owned(),
        town: Some(town.clone()),
        received: Moment::in_china_at(day, (9, 0, 0)).expect("a time"),
        urgent: false,
        due: None,
        procedure: None,
        of,
        minutes: Some(90),
        departments,
        remark: None,
    }
}

fn visit(made: &Made, present: Vec<(Role, String)>) -> Visit {
    let outcome = match (made.hazards, made.rectified) {
        (0, _) => Outcome::NoProblem,
        (found, right) if right >= found => Outcome::Corrected,
        _ => Outcome::Open,
    };
    Visit {
        matter: made.matter.clone(),
        day: made.day,
        code: None,
        present,
        helpers: vec!["H001".to_owned()],
        delegated: None,
        items: vec![("XF01".to_owned(), outcome)],
        hazards: made.hazards,
        rectified: made.rectified,
        measures: made.measures.clone(),
        evidence: vec!["案卷一".to_owned()],
        remark: None,
    }
}

fn penalty(
    matter: &Matter,
    day: Date,
    (of, unit): (Option<Matter>, String),
    (yuan, delegated): (u64, Option<String>),
) -> Penalty {
    let Matter::Numbered { year, number, .. } = matter else { unreachable!("penalties are numbered") };
    Penalty {
        matter: matter.clone(),
        of,
        unit: Some(unit),
        name: "示例单位".to_owned(),
        number: format!("示消行罚决字〔{year}〕第{number:04}号"),
        day,
        yuan,
        delegated,
    }
}
