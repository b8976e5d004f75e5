//! Why a unit is not in the pool: one reason, the first that applies.

use super::{Question, Window};
use crate::policy::StratumRule;
use crate::register::{Status, Unit};
use crate::time::Date;
use crate::vocabulary;

vocabulary! {
    /// Reasons in the order in which they are tried. The keys stand in the
    /// public register as `excluded:<key>`.
    Exclusion {
        /// 经营状态 is not 在营.
        Inactive = "inactive", "已停业、注销、吊销、撤销或迁出";
        /// No version of the unit is in effect on the first day.
        NotInEffect = "not-in-effect", "名录记载不在生效期内";
        /// The town could not be told from the register.
        TownUnknown = "town-unknown", "所在镇街不明";
        /// The town does not belong to the office on the first day.
        OtherArea = "other-area", "不属本机关管辖的镇街";
        /// Left out by a decision named in the policy.
        Listed = "listed", "方案列明不参加抽取";
        /// None of the draw's items applies to the unit.
        NoItem = "no-item", "本次抽查事项不适用";
        /// No stratum of the policy takes the unit.
        NoStratum = "no-stratum", "不属于任何抽查分层";
        /// Inspected too recently.
        Cooldown = "cooldown", "距上次检查未满间隔期";
        /// Visited as often as a year allows.
        YearlyCap = "yearly-cap", "本年检查次数已达上限";
    }
}

/// The label of a stratum before strata are numbered: rule and zone.
pub(super) type Label<'a> = (usize, Option<&'a str>);

/// The stratum of a unit by the register alone, or the reason why it has none.
pub(super) fn place<'a>(
    question: &Question<'a>,
    unit: &Unit,
    zone: Option<&'a str>,
) -> Result<Label<'a>, Exclusion> {
    let (policy, window) = (question.policy, question.window);
    let refuse = |applies: bool, reason: Exclusion| if applies { Err(reason) } else { Ok(()) };
    refuse(unit.status != Status::Active, Exclusion::Inactive)?;
    refuse(!unit.period.contains(window.first), Exclusion::NotInEffect)?;
    refuse(unit.town.is_none(), Exclusion::TownUnknown)?;
    refuse(zone.is_none(), Exclusion::OtherArea)?;
    refuse(policy.excluded.contains_key(&unit.id), Exclusion::Listed)?;
    refuse(question.items_for(unit).next().is_none(), Exclusion::NoItem)?;
    let index = policy.strata.iter().position(|rule| takes(rule, unit)).ok_or(Exclusion::NoStratum)?;
    Ok((index, zone.filter(|_| policy.strata[index].by_zone)))
}

/// Why a unit of a stratum of `rule` is left out in `window` for what was done before: the
/// day of its last inspection, and its drawn inspections in the calendar year.
pub fn resting(
    rule: &StratumRule,
    window: Window,
    last: Option<Date>,
    visits_this_year: u32,
) -> Option<Exclusion> {
    let cooling = last.is_some_and(|last| last.plus_months(rule.cooldown_months) > window.first);
    match () {
        () if cooling && rule.cooldown_months > 0 => Some(Exclusion::Cooldown),
        () if visits_this_year >= rule.yearly_at_most => Some(Exclusion::YearlyCap),
        () => None,
    }
}

fn takes(rule: &StratumRule, unit: &Unit) -> bool {
    rule.classes.contains(&unit.class)
        && (rule.credit.is_empty() || rule.credit.contains(&unit.credit))
        && (rule.tags.is_empty() || !rule.tags.is_disjoint(&unit.tags))
}
