//! Dockets: slot by slot, the inspectors who may visit a unit. All rules are
//! merged, so that a docket shows who, never why not.

use super::{Past, Question, Seating, Unfit};
use crate::policy::{Role, Rotation, Shape};
use crate::register::{Item, Recusal, Subject, Unit};
use crate::vocabulary;
use std::collections::{BTreeMap, BTreeSet};

/// The eligible inspectors of one unit, as positions in order of certificate number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Docket {
    /// The unit's team: an index into the policy's shapes.
    pub shape: usize,
    /// Slot by slot, who may take it, ascending.
    pub slots: Vec<Vec<u32>>,
    /// The same if the unit is visited from other zones; empty where the policy
    /// knows no exchange.
    pub away: Vec<Vec<u32>>,
    /// Those of them who made the last visit and come only at a surcharge, ascending.
    pub again: Vec<u32>,
    /// The band of duration of the visit.
    pub band: usize,
}

impl Docket {
    /// Whether the inspector at `position` may come at all.
    pub fn names(&self, position: u32) -> bool {
        self.slots.iter().chain(&self.away).any(|slot| slot.binary_search(&position).is_ok())
    }
}

vocabulary! {
    /// Which rule keeps an inspector away from a unit, in the order tried: what nobody
    /// would mend for this unit comes first.
    Bar {
        /// Of a partner department; or not of it, where the slot is the department's.
        Department = "department", "不属该部门";
        /// Of the unit's own zone, where the visit is made from other zones.
        Exchange = "exchange", "互查不派本片区";
        /// Of another zone, where it is not.
        Zone = "zone", "不在本片区";
        /// See [`Unfit::Post`].
        Post = "post", "非在编执法人员";
        /// See [`Unfit::Certificate`].
        Certificate = "certificate", "执法证不在有效期";
        /// See [`Unfit::Leave`].
        Leave = "leave", "请假";
        /// See [`Unfit::NoCapacity`].
        NoCapacity = "no-capacity", "工时已满";
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
        /// Not on the expert list.
        Expert = "expert", "非专家";
        /// Struck by the seed, because somebody whom they must not meet may come; no
        /// docket knows it.
        Apart = "apart", "不得同组";
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
                // A matter of the team, not of the unit: see Question::apart.
                Subject::Inspector(_) => {}
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
        let team = &self.question.policy.team;
        let facts = self.facts(unit, zone, past);
        let shape = self.question.shape_for(unit);
        let slots = self.lists(&facts, &team.shapes[shape], Reach::Home);
        let exchanged = || self.lists(&facts, &team.shapes[shape], Reach::Away);
        let away = if team.exchange.is_some() { exchanged() } else { Vec::new() };
        let band = self.question.band_for(unit, &team.shapes[shape]);
        let mut docket = Docket { shape, slots, away, again: Vec::new(), band };
        if team.rotation == Rotation::Soft && !past.team.is_empty() {
            let before = |i: &u32| past.team.contains(&self.seats[*i as usize].inspector.certificate);
            docket.again = (0..self.seats.len() as u32).filter(before).filter(|i| docket.names(*i)).collect();
        }
        docket
    }

    /// Slot by slot, the positions of those whom nothing keeps away.
    fn lists(&self, facts: &Facts<'_>, shape: &Shape, reach: Reach) -> Vec<Vec<u32>> {
        let list = |role: &Role| -> Vec<u32> {
            let may =
                |position: &u32| self.bar(&self.seats[*position as usize], facts, role, reach).is_none();
            let near = self.nearby(facts, role, reach);
            // One piece of memory for each list: there is one a unit and role.
            let mut list = Vec::with_capacity(near.map_or(self.seats.len(), <[u32]>::len));
            match near {
                Some(zone) => list.extend(zone.iter().copied().filter(may)),
                None => list.extend((0..self.seats.len() as u32).filter(may)),
            }
            list
        };
        let mut lists: Vec<Vec<u32>> = Vec::with_capacity(shape.slots.len());
        for (slot, role) in shape.slots.iter().enumerate() {
            let same = shape.slots[..slot].iter().position(|other| other == role);
            lists.push(same.map_or_else(|| list(role), |same| lists[same].clone()));
        }
        lists
    }

    /// Everybody fit of the home zone, where nobody else need be looked at.
    fn nearby(&self, facts: &Facts<'_>, role: &Role, reach: Reach) -> Option<&[u32]> {
        let home = self.question.policy.team.home_zone_only && role.is_own() && reach == Reach::Home;
        let zone = facts.zone.filter(|_| home)?;
        Some(self.fit.get(zone).map_or(&[], Vec::as_slice))
    }

    /// Which rule keeps each inspector from taking `role` at `unit`, by position,
    /// if people come from `reach`.
    pub fn bars(
        &self,
        unit: &Unit,
        zone: Option<&str>,
        past: &Past,
        (role, reach): (&Role, Reach),
    ) -> Vec<Option<Bar>> {
        let facts = self.facts(unit, zone, past);
        self.seats.iter().map(|seat| self.bar(seat, &facts, role, reach)).collect()
    }

    fn facts<'b>(&'b self, unit: &'b Unit, zone: Option<&'b str>, past: &'b Past) -> Facts<'b> {
        let named = self.by_unit.get(unit.id.as_str()).into_iter().flatten();
        let group = unit.group.as_deref().and_then(|group| self.by_group.get(group));
        let recused = named.chain(group.into_iter().flatten()).map(|r| r.certificate.as_str()).collect();
        Facts { zone, items: self.question.items_for(unit).collect(), recused, past }
    }

    /// The rule that keeps an inspector from taking `role`.
    fn bar(&self, seat: &Seating<'_>, facts: &Facts<'_>, role: &Role, reach: Reach) -> Option<Bar> {
        let (inspector, team) = (seat.inspector, &self.question.policy.team);
        let department = team.department(&inspector.department);
        let belongs = match role {
            Role::Lead | Role::Assistant => department.is_none(),
            Role::Expert => true,
            Role::Department(key) => department == Some(key),
        };
        if !belongs {
            return Some(Bar::Department);
        }
        let at_home = facts.zone == Some(inspector.zone.as_str());
        if role.is_own() && team.home_zone_only && at_home != (reach == Reach::Home) {
            return Some(if at_home { Bar::Exchange } else { Bar::Zone });
        }
        if let Some(unfit) = seat.unfit {
            return Some(unfit.into());
        }
        if role.is_own() && !facts.items.iter().all(|item| inspector.scope.covers(&item.code)) {
            return Some(Bar::Scope);
        }
        if facts.recused.contains(inspector.certificate.as_str()) {
            return Some(Bar::Recusal);
        }
        if team.rotation == Rotation::Hard && facts.past.team.contains(&inspector.certificate) {
            return Some(Bar::Rotation);
        }
        match role {
            Role::Lead => lead_bar(seat, facts),
            Role::Expert if !inspector.expert => Some(Bar::Expert),
            _ => None,
        }
    }
}

/// From where the people of a visit come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The unit's own zone.
    Home,
    /// Any other zone.
    Away,
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

    /// The team that visits `unit`: an index into the policy's shapes.
    pub fn shape_for(&self, unit: &Unit) -> usize {
        let team = &self.policy.team;
        if team.shapes.len() == 1 {
            return 0;
        }
        let codes: Vec<&str> = self.items_for(unit).map(|item| item.code.as_str()).collect();
        team.shape_for(codes.into_iter())
    }

    /// The band of duration of a visit to `unit` by a team of this `shape`: by the
    /// unit's own estimate, else by the longest standard of its roles.
    fn band_for(&self, unit: &Unit, shape: &Shape) -> usize {
        let workload = &self.policy.workload;
        let standard = || shape.slots.iter().map(|role| workload.visit_minutes.of(role)).max();
        workload.band(unit.minutes.or_else(standard).unwrap_or_default())
    }

    /// Inspectors who must not meet in a team during the window: pairs of
    /// positions, the smaller first, ascending.
    pub fn apart(&self) -> Vec<(u32, u32)> {
        let position = |certificate: &str| {
            let found =
                self.register.inspectors.binary_search_by(|i| i.certificate.as_str().cmp(certificate));
            found.ok().map(|position| position as u32)
        };
        let in_effect = |recusal: &&Recusal| recusal.period.overlaps(&self.window.period());
        let pair = |recusal: &Recusal| match &recusal.subject {
            Subject::Inspector(other) => Some((position(&recusal.certificate)?, position(other)?)),
            Subject::Unit(_) | Subject::Group(_) => None,
        };
        let pairs = self.register.recusals.iter().filter(in_effect).filter_map(pair);
        let pairs: BTreeSet<(u32, u32)> = pairs.map(|(a, b)| (a.min(b), a.max(b))).collect();
        pairs.into_iter().collect()
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
