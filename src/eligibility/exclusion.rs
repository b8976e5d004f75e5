//! Why a unit is not in the pool: one reason, the first that applies.

use super::{Past, Question};
use crate::policy::StratumRule;
use crate::register::{Status, Unit};
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

/// The stratum of a unit, or the reason why it has none.
pub(super) fn standing<'a>(
    question: &Question<'a>,
    unit: &Unit,
    zone: Option<&'a str>,
    past: &Past,
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
    let rule = &policy.strata[index];
    let resting = past.last.is_some_and(|last| last.plus_months(rule.cooldown_months) > window.first);
    refuse(resting && rule.cooldown_months > 0, Exclusion::Cooldown)?;
    refuse(past.visits_this_year >= rule.yearly_at_most, Exclusion::YearlyCap)?;
    Ok((index, zone.filter(|_| rule.by_zone)))
}

fn takes(rule: &StratumRule, unit: &Unit) -> bool {
    rule.classes.contains(&unit.class)
        && (rule.credit.is_empty() || rule.credit.contains(&unit.credit))
        && (rule.tags.is_empty() || !rule.tags.is_disjoint(&unit.tags))
}
