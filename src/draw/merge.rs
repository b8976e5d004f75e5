//! A unit drawn for several items is visited once (综合查一次): whether there is a
//! team that all of them accept.

use super::Plan;
use crate::lang::Said;
use crate::pairing::instance::MAX_TEAM;
use crate::policy::Role;
use crate::problem::{Kind, Problem};
use crate::said;
use std::collections::BTreeMap;

/// Units of the pool whose items ask for teams that no team of the policy joins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet {
    /// Codes of the items.
    pub items: Vec<String>,
    /// How many units.
    pub units: u64,
    /// Id of the first of them.
    pub first: String,
    /// The slots that their team would need.
    pub slots: Vec<Role>,
}

/// All of them, by their items.
pub fn unmet(plan: &Plan<'_>) -> Vec<Unmet> {
    let (question, team) = (&plan.question, &plan.question.policy.team);
    let mut found: BTreeMap<Vec<String>, Unmet> = BTreeMap::new();
    // With one special team at most there is nothing to join.
    let pool = plan.eligibility.pool().filter(|_| team.shapes.len() > 2);
    for (_, _, candidate, _) in pool {
        let items: Vec<String> = question.items_for(candidate.unit).map(|item| item.code.clone()).collect();
        let Some(slots) = team.unmet(items.iter().map(String::as_str)) else { continue };
        let first = candidate.unit.id.clone();
        found.entry(items.clone()).or_insert(Unmet { items, units: 0, first, slots }).units += 1;
    }
    found.into_values().collect()
}

impl Unmet {
    /// Why nothing can be committed, and what to write into the policy.
    pub fn problem(&self, plan: &Plan<'_>) -> Problem {
        let team = &plan.question.policy.team;
        let called = self.slots.iter().map(|role| team.called(role));
        let (zh_slots, en_slots): (Vec<String>, Vec<String>) = called.map(|said| (said.zh, said.en)).unzip();
        let (zh_slots, en_slots) = (zh_slots.join("、"), en_slots.join(", "));
        let (Said { zh, en }, units) = (Said::list(self.items.iter()), self.units);
        let quoted = |words: Vec<&str>| {
            let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
            words.join(", ")
        };
        let items = quoted(self.items.iter().map(String::as_str).collect());
        let slots = quoted(self.slots.iter().map(Role::key).collect());
        let remedy = if self.slots.len() <= MAX_TEAM {
            said!(
                "在方案里加一个 [[team.shape]]：items = [{items}]，slots = [{slots}]",
                "add a [[team.shape]] to the policy: items = [{items}], slots = [{slots}]"
            )
        } else {
            said!(
                "一组至多 {MAX_TEAM} 人：减少其中一项要的岗位，或把这些事项分到两次抽取",
                "a team has {MAX_TEAM} people at most: ask for fewer slots, or draw these items apart"
            )
        };
        let what = said!(
            "{units} 家单位同时适用 {zh}，一次查完要有{zh_slots}，方案里没有这样的检查组",
            "{units} units are due for {en} at once, which takes {en_slots}; the policy has no such team"
        );
        Problem::new(Kind::Obstacle, what, remedy).at(self.first.clone())
    }
}
