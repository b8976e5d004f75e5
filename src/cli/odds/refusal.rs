//! Why the odds keep a draw from being committed: which units, how predictable
//! they are, and what takes their people away.

use super::words::{first, kind_text, mend_staffing, month, never_staffed, why};
use crate::draw::Plan;
use crate::draw::odds::{KindOdds, Odds};
use crate::lang::{Said, counted};
use crate::policy::{Fraction, OddsRule};
use crate::problem::{Kind, Problem};
use crate::said;

/// Kinds of unit that a refusal names.
const NAMED: usize = 5;

/// Why the odds keep a draw from being committed, if so. Units that were never
/// staffed come first: before they are mended, what was measured says little.
pub fn obstacle(plan: &Plan<'_>, odds: &Odds, rule: &OddsRule) -> Option<Problem> {
    let unstaffed = odds.never_staffed();
    if !unstaffed.is_empty() {
        let what = never_staffed(plan, &unstaffed);
        return Some(Problem::new(Kind::Obstacle, what, mend_staffing(plan)));
    }
    let cap = rule.largest;
    let mut over = odds.ranked(Some(cap));
    over.retain(|kind| kind.breaks(cap));
    let worst = first(plan, over.first()?).unit;
    let named = over.iter().take(NAMED).map(|kind| one_kind(plan, kind, cap));
    let lines = named.chain(others(plan, &over));
    let what = lines.fold(headline(&over, cap), |what, line| {
        let (Said { zh, en }, Said { zh: zh_line, en: en_line }) = (what, line);
        said!("{zh}\n  {zh_line}", "{en}\n  {en_line}")
    });
    let (month, id) = (month(plan), &worst.id);
    let remedy = said!(
        "给这些单位增加有资格的人员（被减去的人数和规则见上），或放宽 odds.largest_pair_probability；一家单位每个人的概率：yaohao odds --month {month} {id}",
        "give these units more eligible inspectors (the rules that take them away stand above), or raise odds.largest_pair_probability; everybody's chance at one unit: yaohao odds --month {month} {id}"
    );
    Some(Problem::new(Kind::Obstacle, what, remedy))
}

/// The cap, and how many units are above it.
fn headline(over: &[&KindOdds], cap: Fraction) -> Said {
    let impossible: Vec<&KindOdds> = over.iter().copied().filter(|kind| kind.is_impossible(cap)).collect();
    let (all, never) = (units(over), units(&impossible));
    let en_all = counted(all, "unit");
    let Said { zh, en } = match never {
        0 => said!("{all} 家单位超过", "{en_all} above it"),
        _ if never == all => said!("{all} 家单位任何办法都做不到", "{en_all} above it by any method"),
        _ => said!(
            "{all} 家单位超过，其中 {never} 家任何办法都做不到",
            "{en_all} above it, {never} of them by any method"
        ),
    };
    said!(
        "方案要求任何人被派到中签单位的概率不超过 {cap}，{zh}：",
        "no inspector may be at a drawn unit with a chance above {cap}; {en}:"
    )
}

/// The units of a kind, the largest chance measured there, how low any method could
/// get if that is not low enough, and why.
fn one_kind(plan: &Plan<'_>, kind: &KindOdds, cap: Fraction) -> Said {
    let bound = kind.bound().0;
    let (slots, people) = (bound.slots, bound.people);
    let chance = kind.largest().map(|(_, met)| met.percent()).unwrap_or_default();
    let least = if kind.is_impossible(cap) {
        said!("，任何办法都不低于 {slots}/{people}", ", by any method not below {slots}/{people}")
    } else {
        said!("", "")
    };
    let Said { zh: zh_unit, en: en_unit } = kind_text(plan, kind);
    let (Said { zh: zh_why, en: en_why }, Said { zh, en }) = (why(plan, kind), least);
    said!("{zh_unit}：概率最大 {chance}{zh}；{zh_why}", "{en_unit}: largest chance {chance}{en}; {en_why}")
}

/// The units that are not named.
fn others(plan: &Plan<'_>, over: &[&KindOdds]) -> Option<Said> {
    let (more, month) = (units(&over[over.len().min(NAMED)..]), month(plan));
    let en_more = counted(more, "unit");
    let said = said!(
        "另有 {more} 家，见 yaohao odds --month {month}",
        "and {en_more} more, see yaohao odds --month {month}"
    );
    (more > 0).then_some(said)
}

fn units(kinds: &[&KindOdds]) -> usize {
    kinds.iter().map(|kind| kind.members.len()).sum()
}
