//! A draw that cannot be staffed, in words of the office: which units, how few
//! people are left for them, and which rules take the others away.

use super::Plan;
use crate::eligibility::{Bar, Candidate, Dockets, Reach};
use crate::lang::{Lang, Said, counted};
use crate::pairing::instance::{Instance, Visit};
use crate::pairing::shortage::Shortage;
use crate::policy::Role;
use crate::said;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The smallest shortage found, and what it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Candidates of the plan whose slots these are, in the order of the draw.
    pub units: Vec<usize>,
    /// Those of them that are to be visited from other zones.
    pub exchanged: Vec<usize>,
    /// Name of the town that all of them share, or else of the zone.
    pub place: Option<String>,
    /// The role of all these slots; `None` if they are of several.
    pub role: Option<Role>,
    /// Slots that have to be filled.
    pub slots: usize,
    /// Positions of the people who are left for them; others may come to single
    /// units, as `others` says.
    pub people: Vec<usize>,
    /// Minutes that these people have left.
    pub minutes_left: u64,
    /// Visits that they can still make.
    pub capacity: u64,
    /// Slots that other people could take at most.
    pub others: usize,
    /// Slots that stay empty in any case.
    pub short: u64,
    /// How many other people each rule keeps away: everybody is counted once,
    /// under the rule that keeps them from most of the units.
    pub bars: Vec<(Bar, usize)>,
}

impl Certificate {
    /// Makes the shortage of `instance` as small as is useful and says what it is
    /// about; `candidate` tells the candidate of a visit, `position` that of a rank.
    pub fn new(
        plan: &Plan<'_>,
        (instance, shortage): (&Instance, &Shortage),
        candidate: impl Fn(usize) -> usize,
        position: impl Fn(u32) -> usize,
    ) -> Certificate {
        let of = |visit: usize| &plan.eligibility.candidates[candidate(visit)];
        let shortage = shortage.shrunk(instance, |visit| town(plan, of(visit)).unwrap_or_default());
        let confined = |visit: usize| ShortUnit::new(plan, of(visit), &instance.visits[visit], &position);
        let visits: Vec<ShortUnit<'_>> = shortage.units.iter().map(|unit| confined(unit.visit)).collect();
        let place = shared(visits.iter().map(|visit| town(plan, visit.unit)))
            .or_else(|| shared(visits.iter().map(|visit| zone(plan, visit.unit))));
        let roles = shortage.units.iter().flat_map(|unit| {
            let roles = plan.roles_at(of(unit.visit));
            unit.slots.iter().map(|slot| roles.get(*slot).cloned())
        });
        let role = shared(roles);
        let people: Vec<usize> = shortage.inspectors.iter().map(|rank| position(*rank)).collect();
        let left = people.iter().map(|position| u64::from(plan.eligibility.seats[*position].minutes_left));
        let units: Vec<usize> = shortage.units.iter().map(|unit| candidate(unit.visit)).collect();
        let away = units.iter().zip(&visits).filter(|(_, visit)| visit.reach == Reach::Away);
        Certificate {
            exchanged: away.map(|(unit, _)| *unit).collect(),
            units,
            place: place.map(str::to_owned),
            bars: bars(plan, &visits, &people, role.as_ref().unwrap_or(&Role::Assistant)),
            role,
            slots: shortage.slots(),
            minutes_left: left.sum(),
            capacity: shortage.capacity(instance),
            others: shortage.others(),
            short: shortage.short_by(instance),
            people,
        }
    }

    /// The sentence, without names of people.
    pub fn said(&self, plan: &Plan<'_>) -> Said {
        let name = |unit: &usize| plan.eligibility.candidates[*unit].unit.name.clone();
        let names: Vec<String> = self.units.iter().map(name).collect();
        let (units, slots, people, short) = (names.len(), self.slots, self.people.len(), self.short);
        let (zh_list, en_list) = (list(&names, Lang::Zh), list(&names, Lang::En));
        let (zh_place, en_place) = match &self.place {
            Some(place) => (format!("{place}的"), format!(" in {place}")),
            None => ("这 ".to_owned(), String::new()),
        };
        let zh_place = if self.place.is_some() { zh_place + " " } else { zh_place };
        let any = || said!("检查", "inspector");
        let Said { zh: zh_role, en: en_role } =
            self.role.as_ref().map_or_else(any, |role| plan.question.policy.team.called(role));
        let Said { zh: zh_bars, en: en_bars } = self.kept_away();
        let (zh_away, en_away) = self.visited_from_elsewhere();
        let (zh_units, en_units) =
            (format!("{units} 家单位{zh_away}"), counted(units as u64, "unit") + &en_away);
        if people == 0 {
            return said!(
                "{zh_place}{zh_units}可派的{zh_role}人员不够组成一组，至少缺 {short} 人次{zh_bars}。单位：{zh_list}",
                "{en_units}{en_place}: too few people who can be {en_role} at all, at least {short} short{en_bars}. Units: {en_list}"
            );
        }
        let (zh_hours, en_hours) = hours(self.minutes_left);
        let (capacity, en_people) = (self.capacity, counted(people as u64, &en_role));
        let (zh_others, en_others) = match self.others {
            0 => (String::new(), String::new()),
            n => (format!("（另有人员至多可任 {n} 个）"), format!(" (others may take {n} at most)")),
        };
        said!(
            "{zh_place}{zh_units}只剩 {people} 名{zh_role}人员，尚余 {zh_hours}，\
             可任 {capacity} 个岗位{zh_others}，需要 {slots} 个，至少缺 {short} 个{zh_bars}。单位：{zh_list}",
            "{en_units}{en_place}: only {en_people} left with {en_hours}, good for {capacity} \
             of {slots} slots{en_others}, at least {short} short{en_bars}. Units: {en_list}"
        )
    }

    fn visited_from_elsewhere(&self) -> (String, String) {
        match self.exchanged.len() {
            0 => (String::new(), String::new()),
            all if all == self.units.len() => {
                ("（由外片区互查）".to_owned(), " (visited from other zones)".to_owned())
            }
            some => (
                format!("（其中 {some} 家由外片区互查）"),
                format!(" ({some} of them visited from other zones)"),
            ),
        }
    }

    fn kept_away(&self) -> Said {
        if self.bars.is_empty() {
            return said!("", "");
        }
        let Said { zh, en } = bars_said(&self.bars);
        said!("；其余人员：{zh}", "; the others: {en}")
    }
}

/// How many people each rule takes away.
pub fn bars_said(bars: &[(Bar, usize)]) -> Said {
    let one = |(bar, count): &(Bar, usize)| {
        let (zh, en) = (bar.zh(), bar.key());
        said!("{zh} {count} 人", "{en} {count}")
    };
    Said::join(bars.iter().map(one))
}

/// What all of these have in common, if it is known.
fn shared<T: PartialEq>(mut values: impl Iterator<Item = Option<T>>) -> Option<T> {
    let first = values.next()??;
    values.all(|value| value.as_ref() == Some(&first)).then_some(first)
}

fn town<'a>(plan: &'a Plan<'_>, candidate: &Candidate<'_>) -> Option<&'a str> {
    let (policy, day) = (plan.question.policy, plan.question.window.first);
    let town = policy.town_on(candidate.unit.town.as_deref()?, day)?;
    Some(&town.name)
}

fn zone<'a>(plan: &'a Plan<'_>, candidate: &Candidate<'_>) -> Option<&'a str> {
    plan.question.policy.zones.get(candidate.zone?).map(String::as_str)
}

/// From where the people of `visit` at `unit` come, as nobody may lead a visit both
/// from the unit's own zone and from another; `position` tells the position of a rank.
pub(super) fn reach(
    plan: &Plan<'_>,
    unit: &Candidate<'_>,
    visit: &Visit,
    position: impl Fn(u32) -> usize,
) -> Reach {
    let away = plan.eligibility.docket(unit).and_then(|docket| docket.away.first());
    let lead = visit.slots.first().and_then(|leads| leads.first()).map(|rank| position(*rank) as u32);
    match (away, lead) {
        (Some(away), Some(lead)) if away.binary_search(&lead).is_ok() => Reach::Away,
        _ => Reach::Home,
    }
}

/// A unit of a shortage.
struct ShortUnit<'a> {
    unit: &'a Candidate<'a>,
    reach: Reach,
    /// Positions, ascending, of everybody who may come once the seed has struck.
    may_come: Vec<usize>,
}

impl<'a> ShortUnit<'a> {
    fn new(plan: &Plan<'_>, unit: &'a Candidate<'_>, visit: &Visit, position: impl Fn(u32) -> usize) -> Self {
        let mut may_come: Vec<usize> = visit.docket().into_iter().map(&position).collect();
        may_come.sort_unstable();
        ShortUnit { unit, reach: reach(plan, unit, visit, position), may_come }
    }

    /// What keeps each inspector from taking `role` here, by position.
    fn bars(&self, dockets: &Dockets<'_>, role: &Role) -> Vec<Option<Bar>> {
        let Candidate { unit, zone, past, .. } = self.unit;
        let mut bars = dockets.bars(unit, *zone, past, (role, self.reach));
        for (person, bar) in bars.iter_mut().enumerate().filter(|(_, bar)| bar.is_none()) {
            // No rule about the unit keeps them away: then it is somebody else there.
            *bar = self.may_come.binary_search(&person).is_err().then_some(Bar::Apart);
        }
        bars
    }
}

fn bars(plan: &Plan<'_>, units: &[ShortUnit<'_>], people: &[usize], role: &Role) -> Vec<(Bar, usize)> {
    let dockets = Dockets::new(&plan.question, &plan.eligibility.seats);
    let mut by_person: Vec<BTreeMap<Bar, usize>> = vec![BTreeMap::new(); plan.eligibility.seats.len()];
    for unit in units {
        let bars = unit.bars(&dockets, role).into_iter().enumerate();
        for (person, bar) in bars.filter(|(person, _)| !people.contains(person)) {
            bar.into_iter().for_each(|bar| *by_person[person].entry(bar).or_default() += 1);
        }
    }
    let mut bars: BTreeMap<Bar, usize> = BTreeMap::new();
    for person in by_person {
        let main = person.into_iter().max_by_key(|(bar, units)| (*units, Reverse(*bar)));
        main.into_iter().for_each(|(bar, _)| *bars.entry(bar).or_default() += 1);
    }
    bars.into_iter().collect()
}

/// Names in a row, at most ten of them.
pub fn list(names: &[String], lang: Lang) -> String {
    let shown = &names[..names.len().min(10)];
    let (comma, more) = match lang {
        Lang::Zh => ("、", " 等"),
        Lang::En => (", ", ", …"),
    };
    shown.join(comma) + if shown.len() < names.len() { more } else { "" }
}

/// Whole hours, and minutes where some are left over, in both languages.
pub fn hours(minutes: u64) -> (String, String) {
    let (hours, rest) = (minutes / 60, minutes % 60);
    let zh = if rest == 0 { format!("{hours} 小时") } else { format!("{hours} 小时 {rest} 分钟") };
    let en_hours = counted(hours, "hour");
    let en = if rest == 0 { en_hours } else { format!("{en_hours} {rest} min") };
    (zh, en)
}
