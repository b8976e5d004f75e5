//! A draw that is committed and not closed: what was fixed, and how it will be drawn.

use super::facts::{Facts, Known};
use super::frame::At;
use super::part;
use crate::audit::State;
use crate::lang::Said;
use crate::markup::Markup;
use crate::said;

/// The draws that are to be made, each with its commitment.
pub fn draws(at: &At<'_>, m: &mut Markup, facts: &[Facts]) {
    let open = |facts: &Facts| facts.known.as_ref().is_ok_and(|known| known.life == State::Open);
    let mut coming = facts.iter().filter(|facts| open(facts)).peekable();
    if coming.peek().is_none() {
        return;
    }
    at.section(m, "next", said!("下一次抽取", "The next draw"), |m| {
        for facts in coming {
            if let Ok(known) = &facts.known {
                one(at, m, facts, known);
            }
        }
    });
}

fn one(at: &At<'_>, m: &mut Markup, facts: &Facts, known: &Known) {
    let draw = known.commit.draw.to_string();
    m.element("div", &[("class", "panel")], |m| {
        m.element("h3", &[], |m| {
            m.leaf("a", &[("href", &at.draw(&facts.stem, ""))], &draw);
            m.text(" ");
            part::tags(at, m, known);
        });
        m.leaf("p", &[], at.t(part::standing(known)));
        at.paragraph(
            m,
            said!(
                "下面的承诺值在抽取之前锁定了名录、方案、名额和人员。请现在就记下它（拍照、抄写、转发都行），抽取之后用它核验：",
                "The commitment fixes the register, the policy, the quotas and the inspectors before anything is drawn. Write it down now (a photograph will do); afterwards you verify the draw with it:"
            ),
        );
        part::value(m, "commitment", &known.commitment.to_string());
        m.element("dl", &[], |m| plan(at, m, known));
    });
}

/// When and how a draw is made, as its commitment says.
pub fn plan(at: &At<'_>, m: &mut Markup, known: &Known) {
    let commit = &known.commit;
    part::pair(at, m, said!("承诺时间", "Committed"), |m| at.moment(m, commit.committed));
    part::pair(at, m, said!("怎样抽取", "Drawn by"), |m| {
        let events = commit.beacons.iter().map(|beacon| {
            let Said { zh, en } = beacon.said();
            let when = beacon.moment().map(crate::time::Moment::by_clocks_of_china);
            match when {
                Some(when) => said!("{zh}（北京时间 {when}）", "{en} ({when}, UTC+8)"),
                None => said!("{zh}（当众进行）", "{en} (in public)"),
            }
        });
        at.say(m, Said::join(events));
    });
    part::pair(at, m, said!("秘密随机数", "Secret nonces"), |m| {
        let Said { zh, en } = Said::list(commit.parties.iter().map(|(party, _)| party));
        let (count, margin) = (commit.parties.len(), commit.margin);
        let waits = match margin {
            0 => said!("", ""),
            _ => said!("；承诺之后至少隔 {margin} 分钟", "; at least {margin} minutes after the commitment"),
        };
        let Said { zh: after_zh, en: after_en } = waits;
        at.say(
            m,
            said!(
                "{count} 方各出一份，事先只公布承诺：{zh}{after_zh}",
                "one of each of {count} parties, committed to beforehand: {en}{after_en}"
            ),
        );
    });
    part::pair(at, m, said!("检查期", "Visits"), |m| {
        let (first, last) = (commit.window.first, commit.window.last);
        at.say(m, said!("{first} 至 {last}", "{first} to {last}"));
    });
    part::pair(at, m, said!("名录和名额", "Register and places"), |m| {
        let (register, pool) = (known.register, known.pool);
        let quota = quota(known);
        at.say(
            m,
            said!(
                "名录 {register} 家，参加抽取 {pool} 家，抽 {quota} 家",
                "{register} units in the register, {pool} in the pool, {quota} to be drawn"
            ),
        );
    });
}

/// All places of a draw.
pub fn quota(known: &Known) -> u64 {
    known.commit.strata.iter().fold(0, |sum, stratum| stratum.quota.saturating_add(sum))
}
