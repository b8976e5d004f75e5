//! Acts in words, for people of the office.

use crate::lang::Said;
use crate::policy::Role;
use crate::said;
use crate::task::{Act, Opened, Ordered, Penalty, Visit};

/// What happened.
pub fn act(act: &Act) -> Said {
    match act {
        Act::Opened(opened) => came_in(opened),
        Act::Assigned { seats: who, .. } => {
            let Said { zh, en } = seats(who);
            said!("派人：{zh}", "assigned: {en}")
        }
        Act::Moved { day, reason, .. } => said!("改期到 {day}：{reason}", "moved to {day}: {reason}"),
        Act::Visited(visit) => visited(visit),
        Act::Penalised(penalty) => decided(penalty),
        Act::Submitted { .. } => said!("送审", "submitted for review"),
        Act::Approved { .. } => said!("审核通过", "approved"),
        Act::Returned { reason, .. } => said!("退回：{reason}", "returned: {reason}"),
        Act::Published { list, .. } => said!("第 {list} 号结果清单公示", "published in list {list}"),
        Act::Closed { reason, .. } => said!("终结：{reason}", "closed: {reason}"),
        Act::Applied { about, applicant, reason, .. } => {
            let (zh, en) = (applicant.zh(), applicant.key());
            said!("{zh} {about} 回避：{reason}", "{about} should stand back, says the {en}: {reason}")
        }
        Act::Decided { about, granted, reason, .. } => {
            let (zh, en) =
                if *granted { ("同意", "stands back") } else { ("不同意", "need not stand back") };
            said!("{zh} {about} 回避：{reason}", "{about} {en}: {reason}")
        }
        Act::Contested { day, .. } => said!("{day} 申请行政复议", "contested on {day}"),
    }
}

fn came_in(opened: &Opened) -> Said {
    let at = opened.received.by_clocks_of_china();
    let kind = opened.matter.kind();
    let (zh, key) = (kind.zh(), kind.key());
    let urgent = if opened.urgent { said!("，紧急", ", urgent") } else { said!("", "") };
    let of = match &opened.of {
        Some(of) => said!("，复查 {of}", ", after {of}"),
        None => said!("", ""),
    };
    let due = match opened.due {
        Some(due) => said!("，期限 {due}", ", by {due}"),
        None => said!("", ""),
    };
    let (zh_more, en_more) = (urgent.zh + &of.zh + &due.zh, urgent.en + &of.en + &due.en);
    said!("登记{zh}，受理 {at}{zh_more}", "opened: {key}, received {at}{en_more}")
}

fn visited(visit: &Visit) -> Said {
    let (day, hazards, rectified) = (visit.day, visit.hazards, visit.rectified);
    let zh: Vec<String> = visit.items.iter().map(|(item, found)| format!("{item} {}", found.zh())).collect();
    let en: Vec<String> = visit.items.iter().map(|(item, found)| format!("{item} {}", found.key())).collect();
    let (zh, en) = (Said::list(zh).zh, Said::list(en).en);
    let who = seats(&visit.present);
    let (zh_who, en_who) = (who.zh, who.en);
    let ordered = Said::join(visit.measures.iter().map(measure));
    let (zh_done, en_done) = if visit.measures.is_empty() {
        (String::new(), String::new())
    } else {
        (format!("；{}", ordered.zh), format!("; {}", ordered.en))
    };
    said!(
        "{day} 检查（{zh_who}）：{zh}；火灾隐患 {hazards} 处，已整改 {rectified} 处{zh_done}",
        "visited on {day} ({en_who}): {en}; hazards {hazards}, put right {rectified}{en_done}"
    )
}

/// A measure with its number and its last day.
pub fn measure(ordered: &Ordered) -> Said {
    let (zh, en) = (ordered.measure.zh(), ordered.measure.key());
    let number = ordered.number.as_ref().map(|number| format!(" {number}")).unwrap_or_default();
    match ordered.by {
        Some(by) => said!("{zh}{number}（{by} 前）", "{en}{number} (by {by})"),
        None => said!("{zh}{number}", "{en}{number}"),
    }
}

fn decided(penalty: &Penalty) -> Said {
    let Penalty { number, day, yuan, .. } = penalty;
    said!("{day} 处罚决定 {number}，罚款 {yuan} 元", "penalty {number} of {day}: {yuan} yuan")
}

/// Who plays which part, by certificate numbers.
pub fn seats(seats: &[(Role, String)]) -> Said {
    let zh = Said::list(seats.iter().map(|(role, who)| format!("{} {who}", role.zh()))).zh;
    let en = Said::list(seats.iter().map(|(role, who)| format!("{} {who}", role.key()))).en;
    Said { zh, en }
}
