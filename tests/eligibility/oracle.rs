//! Random offices, and the rules as a plain list: slow, and nothing shared with
//! the program but the types.

use super::office::{Office, date, inspector, item, period, unit};
use std::collections::BTreeSet;
use yaohao::digest::Digest;
use yaohao::eligibility::{Bar, Exclusion, Past, judge};
use yaohao::policy::{Role, Rotation, Shape};
use yaohao::register::{Class, Credit, Inspector, Item, Post, Scope, Status, Subject, Unit};
use yaohao::stream::Stream;
use yaohao::time::{Date, Period};

// ---- random offices ----------------------------------------------------------------

struct Dice(Stream);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0.below(n as u64) as usize
    }

    /// True once in `n` times.
    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn of<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    fn some(&mut self, words: &[&str]) -> BTreeSet<String> {
        words.iter().filter(|_| self.one_in(3)).map(|word| (*word).to_owned()).collect()
    }

    /// A day within about a year of the window.
    fn day(&mut self) -> Date {
        date("2026-12-01").plus_days(self.below(500) as i64 - 400)
    }
}

pub fn random_office(seed: u64) -> Office {
    let mut dice = Dice(Stream::new(Digest::of(&[b"random office", &seed.to_be_bytes()])));
    let mut office = Office::new();
    let policy = &mut office.policy;
    policy.items = vec!["XF01".to_owned(), "XF02".to_owned()];
    policy.team.home_zone_only = !dice.one_in(3);
    policy.team.rotation = dice.of(Rotation::ALL);
    policy.team.exchange = dice.one_in(2).then(|| "1/10".parse().expect("a fraction"));
    policy.team.departments.insert("police".to_owned(), "公安".to_owned());
    let third = [Role::Expert, Role::Department("police".to_owned()), Role::Assistant];
    let slots = [vec![Role::Lead, Role::Assistant], vec![dice.of(&third)]].concat();
    policy.team.shapes.push(Shape { items: BTreeSet::from(["XF02".to_owned()]), slots });
    policy.towns[1].period = dice.of(&[period("", ""), period("2026-12-02", ""), period("", "2026-12-01")]);
    policy.strata = vec![policy.strata[0].clone(); 3];
    for (rule, id) in policy.strata.iter_mut().zip(["tall", "key", "rest"]) {
        rule.id = id.to_owned();
        rule.classes = Class::ALL.iter().copied().filter(|_| dice.one_in(2)).collect();
        rule.by_zone = dice.one_in(2);
        rule.cooldown_months = dice.below(4) as u32;
        rule.yearly_at_most = 1 + dice.below(3) as u32;
    }
    policy.strata[0].tags = dice.some(&["tower", "hotel"]);
    policy.strata[1].credit =
        [None, Some(Credit::A), Some(Credit::D)].into_iter().filter(|_| dice.one_in(2)).collect();
    for code in ["XF02", "XF09"] {
        let mut item = item(code);
        item.skill = dice.one_in(2).then(|| "高层建筑".to_owned());
        item.classes = Class::ALL.iter().copied().filter(|_| dice.one_in(3)).collect();
        item.tags = dice.some(&["tower", "shop"]);
        office.register.items.push(item);
    }
    office.register.items[0].classes = [Class::Key, Class::KeyCrowd, Class::General].into();
    office.register.inspectors = (0..8).map(|n| random_inspector(&mut dice, n)).collect();
    office.register.units = (0..40).flat_map(|n| random_unit(&mut dice, n)).collect();
    random_relations(&mut dice, &mut office);
    office
}

fn random_inspector(dice: &mut Dice, number: usize) -> Inspector {
    let mut inspector = inspector(number);
    inspector.lead = dice.one_in(2);
    inspector.expert = dice.one_in(3);
    if dice.one_in(4) {
        inspector.department = "公安".to_owned();
    }
    inspector.zone = dice.of(&["z1", "z1", "z2"]).to_owned();
    inspector.post = dice.of(&[Post::InPost, Post::InPost, Post::InPost, Post::Contract, Post::TownHelper]);
    inspector.skills = dice.some(&["高层建筑", "化工"]);
    if dice.one_in(3) {
        inspector.scope = Scope::Only(dice.some(&["XF01", "XF01x", "XF02"]));
    }
    if dice.one_in(4) {
        inspector.validity = dice.of(&[period("", "2026-12-30"), period("2026-12-01", "2026-12-31")]);
    }
    if dice.one_in(3) {
        let first = date("2026-11-20").plus_days(dice.below(40) as i64);
        let leave = Period { from: Some(first), until: Some(first.plus_days(dice.below(20) as i64)) };
        inspector.leave = vec![leave];
    }
    inspector.capacity_minutes = dice.of(&[None, Some(600), Some(2_400)]);
    inspector.carried_minutes = dice.of(&[0, 0, 100, 2_300]);
    inspector
}

/// One or two versions of a unit, by first day.
fn random_unit(dice: &mut Dice, number: usize) -> Vec<Unit> {
    let mut unit = unit(number);
    unit.class = dice.of(Class::ALL);
    unit.credit = dice.of(&[None, Some(Credit::A), Some(Credit::B), Some(Credit::D)]);
    unit.tags = dice.some(&["tower", "hotel", "shop"]);
    unit.group = dice.of(&[None, None, Some("某集团".to_owned()), Some("另一集团".to_owned())]);
    unit.town = dice.of(&["500112011", "500112011", "500112133", "500109001", ""]
        .map(|code| (!code.is_empty()).then(|| code.to_owned())));
    unit.status = if dice.one_in(12) { dice.of(Status::ALL) } else { Status::Active };
    unit.last_inspection = dice.one_in(2).then(|| dice.day());
    unit.last_team =
        if unit.last_inspection.is_some() { dice.some(&["C00", "C03", "C05"]) } else { BTreeSet::new() };
    unit.visits_this_year = dice.of(&[0, 0, 0, 1, 2]);
    if dice.one_in(12) {
        unit.period =
            dice.of(&[period("2026-12-01", ""), period("2026-12-02", ""), period("", "2026-11-30")]);
    }
    if !dice.one_in(8) {
        return vec![unit];
    }
    let mut later = unit.clone();
    let turn = date("2026-11-25").plus_days(dice.below(12) as i64);
    unit.period = Period { from: None, until: Some(turn.plus_days(-1)) };
    later.period = Period { from: Some(turn), until: None };
    later.class = dice.of(Class::ALL);
    vec![unit, later]
}

fn random_relations(dice: &mut Dice, office: &mut Office) {
    let days = [period("", ""), period("", "2026-11-30"), period("2026-12-31", ""), period("2027-01-01", "")];
    let mut relations = BTreeSet::new();
    for _ in 0..12 {
        let certificate = format!("C{:02}", dice.below(8));
        let subject = match dice.below(3) {
            0 => Subject::Group(dice.of(&["某集团", "另一集团"]).to_owned()),
            _ => Subject::Unit(super::office::unit_id(dice.below(40))),
        };
        relations.insert((certificate, subject, dice.of(&days)));
    }
    for (certificate, subject, period) in relations {
        office.recuse(&certificate, subject, period);
    }
    for number in 0..3 {
        office.list(&super::office::unit_id(number * 13));
    }
    for _ in 0..10 {
        let (number, last) = (dice.below(40), dice.day());
        let team = dice.some(&["C01", "C02", "C03"]);
        office.history.add(&super::office::unit_id(number), last, team, dice.one_in(2));
    }
}

// ---- the list of rules -------------------------------------------------------------

/// What the program answers, as a text to compare.
pub fn answer(office: &Office) -> String {
    let question = office.question();
    let eligibility = judge(&question);
    let candidate =
        |c: &yaohao::eligibility::Candidate<'_>| format!("{} {:?} {:?}\n", c.unit.id, c.standing, c.past);
    let candidates: String = eligibility.candidates.iter().map(candidate).collect();
    let seats: Vec<_> =
        eligibility.seats.iter().map(|s| (s.unfit, s.capacity, s.carried, s.minutes_left)).collect();
    format!("{candidates}{:?}\n{:?}\n{seats:?}", eligibility.strata, eligibility.dockets)
}

fn zone<'a>(office: &'a Office, unit: &Unit) -> Option<&'a str> {
    let code = unit.town.as_ref()?;
    let day = office.window.first;
    let there = |town: &&yaohao::policy::Town| {
        town.code == *code
            && town.period.from.is_none_or(|from| from <= day)
            && town.period.until.is_none_or(|until| until >= day)
    };
    office.policy.towns.iter().find(there).map(|town| town.zone.as_str())
}

fn items<'a>(office: &'a Office, unit: &Unit) -> Vec<&'a Item> {
    let applies = |item: &&Item| {
        office.policy.items.contains(&item.code)
            && (item.classes.is_empty() || item.classes.contains(&unit.class))
            && (item.tags.is_empty() || item.tags.iter().any(|tag| unit.tags.contains(tag)))
    };
    office.register.items.iter().filter(applies).collect()
}

/// The label of the unit's stratum, or the first reason against it.
pub fn standing(office: &Office, id: &str) -> Result<String, Exclusion> {
    let first = office.window.first;
    let in_effect = |unit: &Unit| {
        unit.period.from.is_none_or(|from| from <= first)
            && unit.period.until.is_none_or(|until| until >= first)
    };
    let versions: Vec<&Unit> = office.register.units.iter().filter(|unit| unit.id == id).collect();
    let unit = versions.iter().find(|unit| in_effect(unit)).or(versions.last()).expect("registered");
    let zone = zone(office, unit);
    let takes = |rule: &&yaohao::policy::StratumRule| {
        rule.classes.contains(&unit.class)
            && (rule.credit.is_empty() || rule.credit.contains(&unit.credit))
            && (rule.tags.is_empty() || rule.tags.iter().any(|tag| unit.tags.contains(tag)))
    };
    let rule = office.policy.strata.iter().find(takes);
    let drawn = office.history.0.get(id);
    let last = unit.last_inspection.max(drawn.and_then(|past| past.last));
    let visits = unit.visits_this_year.max(drawn.map_or(0, |past| past.visits_this_year));
    let rests = |months: u32| months > 0 && last.is_some_and(|last| last.plus_months(months) > first);
    let against = [
        (Exclusion::Inactive, unit.status != Status::Active),
        (Exclusion::NotInEffect, !in_effect(unit)),
        (Exclusion::TownUnknown, unit.town.is_none()),
        (Exclusion::OtherArea, zone.is_none()),
        (Exclusion::Listed, office.policy.excluded.contains_key(id)),
        (Exclusion::NoItem, items(office, unit).is_empty()),
        (Exclusion::NoStratum, rule.is_none()),
        (Exclusion::Cooldown, rule.is_some_and(|rule| rests(rule.cooldown_months))),
        (Exclusion::YearlyCap, rule.is_some_and(|rule| visits >= rule.yearly_at_most)),
    ];
    match against.iter().find(|(_, holds)| *holds) {
        Some((reason, _)) => Err(*reason),
        None => {
            let rule = rule.expect("some stratum takes it");
            let by_zone = || format!("{}/{}", rule.id, zone.expect("some zone has it"));
            Ok(if rule.by_zone { by_zone() } else { rule.id.clone() })
        }
    }
}

/// For every inspector, the first rule that keeps them from `role` at `unit`.
/// With `away`, at a visit from other zones.
pub fn bars(office: &Office, unit: &Unit, past: &Past, role: &Role, away: bool) -> Vec<Option<Bar>> {
    let of = |inspector| bar(office, unit, past, role, away, inspector);
    office.register.inspectors.iter().map(of).collect()
}

/// The roles of the unit's team.
pub fn roles(office: &Office, unit: &Unit) -> Vec<Role> {
    let special = items(office, unit).iter().any(|item| item.code == "XF02");
    office.policy.team.shapes[usize::from(special)].slots.clone()
}

fn bar(
    office: &Office,
    unit: &Unit,
    past: &Past,
    role: &Role,
    exchanged: bool,
    inspector: &Inspector,
) -> Option<Bar> {
    let (policy, window) = (&office.policy, office.window);
    let days: Vec<Date> =
        (0..31).map(|n| window.first.plus_days(n)).filter(|day| *day <= window.last).collect();
    let on = |period: &Period, day: &Date| {
        period.from.is_none_or(|from| from <= *day) && period.until.is_none_or(|until| until >= *day)
    };
    let away = days.iter().filter(|day| inspector.leave.iter().any(|leave| on(leave, day))).count();
    let of_role = |pair: yaohao::policy::PerRole| if inspector.lead { pair.lead } else { pair.assistant };
    let month = u64::from(inspector.capacity_minutes.unwrap_or(of_role(policy.workload.capacity_minutes)));
    let present = month * (days.len() - away) as u64 / days.len() as u64;
    let visit = policy.workload.visit_minutes;
    let longest = if inspector.lead { visit.lead.max(visit.assistant) } else { visit.assistant };
    let left = present.saturating_sub(u64::from(inspector.carried_minutes));
    let items = items(office, unit);
    let covered = |item: &&Item| match &inspector.scope {
        Scope::All => true,
        Scope::Only(codes) => codes.contains(&item.code),
    };
    let recused = office.register.recusals.iter().any(|recusal| {
        recusal.certificate == inspector.certificate
            && days.iter().any(|day| on(&recusal.period, day))
            && match &recusal.subject {
                Subject::Unit(id) => *id == unit.id,
                Subject::Group(name) => unit.group.as_ref() == Some(name),
                Subject::Inspector(_) => false,
            }
    });
    let lacks = |item: &&Item| item.skill.as_ref().is_some_and(|skill| !inspector.skills.contains(skill));
    let (leading, own) = (*role == Role::Lead, matches!(role, Role::Lead | Role::Assistant));
    let police = inspector.department == "公安";
    let at_home = zone(office, unit) == Some(inspector.zone.as_str());
    let other_department = match role {
        Role::Expert => false,
        Role::Department(_) => !police,
        Role::Lead | Role::Assistant => police,
    };
    let against = [
        (Bar::Department, other_department),
        (Bar::Zone, own && policy.team.home_zone_only && !exchanged && !at_home),
        (Bar::Exchange, own && policy.team.home_zone_only && exchanged && at_home),
        (Bar::Post, inspector.post != Post::InPost),
        (Bar::Certificate, !days.iter().all(|day| on(&inspector.validity, day))),
        (Bar::Leave, away >= policy.workload.leave_excludes_from_days as usize || away == days.len()),
        (Bar::NoCapacity, left < u64::from(longest)),
        (Bar::Scope, own && !items.iter().all(covered)),
        (Bar::Recusal, recused),
        (Bar::Rotation, policy.team.rotation == Rotation::Hard && past.team.contains(&inspector.certificate)),
        (Bar::Role, leading && !inspector.lead),
        (Bar::Skill, leading && items.iter().any(lacks)),
        (Bar::Expert, *role == Role::Expert && !inspector.expert),
    ];
    against.iter().find(|(_, holds)| *holds).map(|(bar, _)| *bar)
}
