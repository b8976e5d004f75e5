//! Dockets: for each role, the inspectors who may visit a unit. All rules are
//! merged, so that a docket shows who, never why not.

use super::{Past, Question, Seating, Unfit};
use crate::policy::Role;
use crate::register::{Item, Recusal, Subject, Unit};
use crate::vocabulary;
use std::collections::{BTreeMap, BTreeSet};

/// The eligible inspectors of one unit, as positions in order of certificate number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Docket {
    /// Who may lead, ascending.
    pub lead: Vec<u32>,
    /// Who may assist, ascending.
    pub assistant: Vec<u32>,
}

impl Docket {
    /// The inspectors eligible for `role`.
    pub fn of(&self, role: Role) -> &[u32] {
        match role {
            Role::Lead => &self.lead,
            Role::Assistant => &self.assistant,
        }
    }
}

vocabulary! {
    /// Which rule keeps an inspector away from a unit, in the order tried.
    Bar {
        /// See [`Unfit::Post`].
        Post = "post", "非在编执法人员";
        /// See [`Unfit::Certificate`].
        Certificate = "certificate", "执法证不在有效期";
        /// See [`Unfit::Leave`].
        Leave = "leave", "请假";
        /// See [`Unfit::NoCapacity`].
        NoCapacity = "no-capacity", "工时已满";
        /// Another zone.
        Zone = "zone", "不在本片区";
        /// The certificate does not cover an item of the visit.
        Scope = "scope", "执法范围不含抽查事项";
        /// A recusal names the unit or its owner group.
        Recusal = "recusal", "回避";
        /// The person made the last visit.
        Rotation = "rotation", "上次检查人员轮换";
        /// May not lead (no 主办资格).
        Role = "role", "无主办资格";
        /// Lacks a skill that the lead needs.
        Skill = "skill", "缺所需专业技能";
    }
}

impl From<Unfit> for Bar {
    fn from(unfit: Unfit) -> Bar {
        match unfit {
            Unfit::Post => Bar::Post,
            Unfit::Certificate => Bar::Certificate,
            Unfit::Leave => Bar::Leave,
            Unfit::NoCapacity => Bar::NoCapacity,
        }
    }
}

/// Makes the docket of any unit; recusals are indexed once.
#[derive(Debug)]
pub struct Dockets<'a> {
    question: &'a Question<'a>,
    seats: &'a [Seating<'a>],
    by_unit: BTreeMap<&'a str, Vec<&'a Recusal>>,
    by_group: BTreeMap<&'a str, Vec<&'a Recusal>>,
    /// Positions of everybody who is fit, by home zone.
    fit: BTreeMap<&'a str, Vec<u32>>,
}

impl<'a> Dockets<'a> {
    /// Indexes the recusals in effect within the window.
    pub fn new(question: &'a Question<'a>, seats: &'a [Seating<'a>]) -> Self {
        let (mut by_unit, mut by_group) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new());
        let in_effect = |recusal: &&Recusal| recusal.period.overlaps(&question.window.period());
        for recusal in question.register.recusals.iter().filter(in_effect) {
            match &recusal.subject {
                Subject::Unit(id) => by_unit.entry(id.as_str()).or_default().push(recusal),
                Subject::Group(name) => by_group.entry(name.as_str()).or_default().push(recusal),
            }
        }
        let mut fit = BTreeMap::<_, Vec<_>>::new();
        for (position, seat) in (0..).zip(seats).filter(|(_, seat)| seat.unfit.is_none()) {
            fit.entry(seat.inspector.zone.as_str()).or_default().push(position);
        }
        Dockets { question, seats, by_unit, by_group, fit }
    }

    /// Who may visit `unit`.
    pub fn docket(&self, unit: &Unit, zone: Option<&str>, past: &Past) -> Docket {
        let facts = self.facts(unit, zone, past);
        let (mut lead, mut assistant) = (Vec::new(), Vec::new());
        let mut consider = |position: u32| {
            let seat = &self.seats[position as usize];
            if self.bar(seat, &facts).is_none() {
                assistant.push(position);
                if lead_bar(seat, &facts).is_none() {
                    lead.push(position);
                }
            }
        };
        // Where only the home zone counts, nobody else need be looked at.
        match zone.filter(|_| self.question.policy.team.home_zone_only) {
            Some(zone) => self.fit.get(zone).into_iter().flatten().copied().for_each(&mut consider),
            None => (0..self.seats.len() as u32).for_each(&mut consider),
        }
        Docket { lead, assistant }
    }

    /// Which rule keeps each inspector from taking `role` at `unit`, by position.
    pub fn bars(&self, unit: &Unit, zone: Option<&str>, past: &Past, role: Role) -> Vec<Option<Bar>> {
        let facts = self.facts(unit, zone, past);
        let bar = |seat: &Seating<'_>| {
            let leading = if role == Role::Lead { lead_bar(seat, &facts) } else { None };
            self.bar(seat, &facts).or(leading)
        };
        self.seats.iter().map(bar).collect()
    }

    fn facts<'b>(&'b self, unit: &'b Unit, zone: Option<&'b str>, past: &'b Past) -> Facts<'b> {
        let named = self.by_unit.get(unit.id.as_str()).into_iter().flatten();
        let group = unit.group.as_deref().and_then(|group| self.by_group.get(group));
        let recused = named.chain(group.into_iter().flatten()).map(|r| r.certificate.as_str()).collect();
        Facts { zone, items: self.question.items_for(unit).collect(), recused, past }
    }

    /// The rule that keeps an inspector away in any role.
    fn bar(&self, seat: &Seating<'_>, facts: &Facts<'_>) -> Option<Bar> {
        let (inspector, team) = (seat.inspector, &self.question.policy.team);
        if let Some(unfit) = seat.unfit {
            return Some(unfit.into());
        }
        if team.home_zone_only && facts.zone != Some(inspector.zone.as_str()) {
            return Some(Bar::Zone);
        }
        if !facts.items.iter().all(|item| inspector.scope.covers(&item.code)) {
            return Some(Bar::Scope);
        }
        if facts.recused.contains(inspector.certificate.as_str()) {
            return Some(Bar::Recusal);
        }
        if team.rotate && facts.past.team.contains(&inspector.certificate) {
            return Some(Bar::Rotation);
        }
        None
    }
}

/// What the rules ask of one unit.
struct Facts<'a> {
    zone: Option<&'a str>,
    items: Vec<&'a Item>,
    recused: BTreeSet<&'a str>,
    past: &'a Past,
}

/// The further rule that keeps an inspector from leading.
fn lead_bar(seat: &Seating<'_>, facts: &Facts<'_>) -> Option<Bar> {
    if !seat.inspector.lead {
        return Some(Bar::Role);
    }
    let skilled =
        |item: &&Item| item.skill.as_ref().is_none_or(|skill| seat.inspector.skills.contains(skill));
    if facts.items.iter().all(skilled) { None } else { Some(Bar::Skill) }
}

impl<'a> Question<'a> {
    /// The items of this draw that apply to `unit`, by code.
    pub fn items_for<'b>(&'b self, unit: &'b Unit) -> impl Iterator<Item = &'b Item> + use<'a, 'b> {
        let drawn = |item: &&Item| self.policy.items.contains(&item.code);
        self.register.items.iter().filter(drawn).filter(|item| item.applies_to(unit.class, &unit.tags))
    }
}

/// Gives equal dockets the same number.
#[derive(Default)]
pub(super) struct Interner {
    numbers: BTreeMap<Docket, usize>,
}

impl Interner {
    pub(super) fn intern(&mut self, docket: Docket) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry(docket).or_insert(next)
    }

    pub(super) fn finish(self) -> Vec<Docket> {
        let mut numbered: Vec<_> = self.numbers.into_iter().collect();
        numbered.sort_by_key(|(_, number)| *number);
        numbered.into_iter().map(|(docket, _)| docket).collect()
    }
}
