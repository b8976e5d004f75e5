//! Why the teams of a kind of unit are as predictable as they are.

use super::kind::{Bound, KindOdds};
use crate::draw::Plan;
use crate::eligibility::{Bar, Candidate, Dockets, Reach};
use crate::policy::Role;
use std::collections::BTreeMap;

/// The slots for which fewest people are left, and what keeps everybody else away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// How many slots, and how many people may hold any of them, from whatever zone.
    pub bound: Bound,
    /// The roles of these slots, each once, in the order of the team.
    pub roles: Vec<Role>,
    /// How many inspectors each rule takes away; with the people left they are all
    /// that the register has.
    pub bars: Vec<(Bar, usize)>,
}

impl Cause {
    /// Why the teams of `kind` are predictable.
    pub fn of(plan: &Plan<'_>, kind: &KindOdds) -> Cause {
        let candidate = &plan.eligibility.candidates[kind.members[0]];
        let (bound, slots) = kind.bound();
        let mut roles: Vec<Role> = Vec::new();
        for role in slots.iter().map(|slot| &plan.roles_at(candidate)[*slot]) {
            if !roles.contains(role) {
                roles.push(role.clone());
            }
        }
        let mut bars: BTreeMap<Bar, usize> = BTreeMap::new();
        for bar in kept_away(plan, candidate, &roles).into_iter().flatten() {
            *bars.entry(bar).or_default() += 1;
        }
        Cause { bound, roles, bars: bars.into_iter().collect() }
    }
}

/// What keeps each inspector, by position, from all of `roles` at a unit, whether the
/// visit is made from its own zone or is exchanged. Of several rules it is the last in
/// the order tried: so far the inspector came on one of the ways.
fn kept_away(plan: &Plan<'_>, candidate: &Candidate<'_>, roles: &[Role]) -> Vec<Option<Bar>> {
    let dockets = Dockets::new(&plan.question, &plan.eligibility.seats);
    let away = plan.question.policy.team.exchange.map(|_| Reach::Away);
    let reaches = || [Some(Reach::Home), away].into_iter().flatten();
    let ways = roles.iter().flat_map(|role| reaches().map(move |reach| (role, reach)));
    let of_ways = ways.map(|way| dockets.bars(candidate.unit, candidate.zone, &candidate.past, way));
    // Whom nothing keeps from one of the ways, nothing keeps away.
    let both = |one: Option<Bar>, other: Option<Bar>| one.zip(other).map(|(one, other)| one.max(other));
    let join = |one: Vec<_>, other: Vec<_>| one.into_iter().zip(other).map(|(a, b)| both(a, b)).collect();
    of_ways.reduce(join).expect("a team has a slot")
}
