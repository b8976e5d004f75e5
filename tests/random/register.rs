//! A random register: a few units, a few inspectors, who must not meet whom.

use super::chance::Random;
use super::district::date;
use super::rules::{ITEMS, Rules, TAGS};
use std::collections::BTreeSet;
use yaohao::register::{
    Class, Credit, Inspector, Item, Level, Post, Recusal, Register, Scope, Status, Subject, Unit,
};
use yaohao::time::Period;

/// The policy's towns, and one that is not the office's.
pub const TOWNS: [&str; 3] = ["500112011", "500112133", "500112002"];
const ELSEWHERE: &str = "500101001";

/// Names that people have, and names that trip programs.
const NAMES: [&str; 10] = [
    "示例单位",
    "A B",
    "双  空格",
    "𠮷野家",
    "e\u{301}tage",
    "行\u{2028}分隔",
    "不\u{a0}断",
    "全角\u{3000}",
    "-",
    "key=value,a",
];

/// Ids rise with the number, in many forms.
pub fn unit_id(number: usize) -> String {
    match number % 5 {
        0 => format!("9150{number:02}MA5K"),
        1 => format!("A{number:02}/b.c-_1"),
        2 => format!("a{number:02}"),
        3 => format!("Z{number:02}{}", "z".repeat(61)),
        _ => format!("{number}"),
    }
}

pub fn register(random: &mut Random, rules: &Rules) -> Register {
    let (count, people) = (random.within(1, 25), random.within(2, 8));
    let mut units: Vec<Unit> = (0..count).map(|number| unit(random, number)).collect();
    units.sort_by(|a, b| a.id.cmp(&b.id));
    let inspectors = (0..people).map(|number| inspector(random, rules, number)).collect();
    let items = ITEMS.iter().map(|code| item(random, code)).collect();
    let recusals = (0..random.below(4)).map(|_| recusal(random, count, people)).collect();
    Register { units, inspectors, items, recusals }
}

fn unit(random: &mut Random, number: usize) -> Unit {
    let town = match random.below(12) {
        0 => None,
        1 => Some(ELSEWHERE),
        n => Some(TOWNS[[0, 1, 0, 1, 2][n % 5]]),
    };
    let rested = ["2026-11-20", "2026-10-05", "2025-01-01"];
    Unit {
        id: unit_id(number),
        name: format!("{}{number}", NAMES[random.below(NAMES.len())]),
        town: town.map(str::to_owned),
        address: random.one_in(2).then(|| "某路1号".to_owned()),
        class: Class::ALL[random.below(5)],
        credit: random.one_in(2).then(|| Credit::ALL[random.below(4)]),
        tags: random.some(&TAGS).into_iter().map(str::to_owned).collect(),
        group: random.one_in(4).then(|| "集团".to_owned()),
        status: if random.one_in(12) { Status::ALL[random.below(6)] } else { Status::Active },
        period: Period { from: random.one_in(20).then(|| date("2026-12-20")), until: None },
        last_inspection: random.one_in(6).then(|| date(random.pick(&rested))),
        last_team: if random.one_in(3) {
            BTreeSet::from([certificate(random.below(4))])
        } else {
            BTreeSet::new()
        },
        visits_this_year: if random.one_in(6) { random.below(4) as u32 } else { 0 },
        minutes: random.one_in(2).then(|| [60, 150, 151, 200, 240, 330][random.below(6)]),
        penalties: 0,
        licence: None,
    }
}

fn certificate(number: usize) -> String {
    format!("SL{number:03}")
}

fn inspector(random: &mut Random, rules: &Rules, number: usize) -> Inspector {
    // Where a team needs them there are some; elsewhere now and then one.
    let police = (rules.wants("police") && number % 4 == 3) || random.one_in(40);
    let expert = (rules.wants("expert") && number % 4 == 2) || random.one_in(40);
    let leave = Period { from: Some(date("2026-12-03")), until: Some(date("2026-12-10")) };
    Inspector {
        certificate: certificate(number),
        name: format!("人员{number}"),
        department: if police { "公安分局" } else { "支队" }.to_owned(),
        zone: format!("z{}", number % rules.zones + 1),
        lead: !police && (number < rules.zones || random.one_in(2)),
        post: if random.one_in(20) { Post::Contract } else { Post::InPost },
        scope: if random.one_in(10) { Scope::Only(BTreeSet::from(["XF01".to_owned()])) } else { Scope::All },
        skills: BTreeSet::new(),
        expert,
        validity: Period { from: None, until: random.one_in(20).then(|| date("2026-12-15")) },
        leave: if random.one_in(10) { vec![leave] } else { Vec::new() },
        capacity_minutes: random.one_in(4).then(|| 60 * random.within(4, 40) as u32),
        carried_minutes: if random.one_in(3) { 240 * random.below(4) as u32 } else { 0 },
    }
}

fn item(random: &mut Random, code: &str) -> Item {
    let classes = if random.one_in(3) { random.some(Class::ALL) } else { Vec::new() };
    Item {
        code: code.to_owned(),
        category: "消防监督检查".to_owned(),
        name: "使用、营业情况 检查".to_owned(),
        basis: "《中华人民共和国消防法》第五十三条".to_owned(),
        classes: classes.into_iter().collect(),
        tags: if random.one_in(6) { BTreeSet::from(["hotel".to_owned()]) } else { BTreeSet::new() },
        level: Level::ALL[random.below(2)],
        ratio: None,
        frequency: None,
        method: random.one_in(2).then(|| "现场检查".to_owned()),
        staff: 2,
        skill: None,
        joint_lead: None,
        joint_partners: BTreeSet::new(),
    }
}

fn recusal(random: &mut Random, units: usize, people: usize) -> Recusal {
    let who = random.below(people);
    let subject = match random.below(3) {
        0 => Subject::Unit(unit_id(random.below(units))),
        1 => Subject::Group("集团".to_owned()),
        _ => Subject::Inspector(certificate((who + random.within(1, people - 1)) % people)),
    };
    Recusal { certificate: certificate(who), subject, period: Period::default(), reason: "亲属".to_owned() }
}
