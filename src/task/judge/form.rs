//! Whether what an act says can be written down and read back.

use super::{Ruling, ensure};
use crate::ids::{is_key, is_token};
use crate::lang::Said;
use crate::policy::Role;
use crate::said;
use crate::task::act::{Act, Opened, Penalty, Visit};
use crate::task::wording::unfit;

pub(super) fn check(act: &Act) -> Ruling {
    match act {
        Act::Opened(opened) => check_opened(opened),
        Act::Assigned { seats, .. } => numbers(seats),
        Act::Visited(visit) => check_visit(visit),
        Act::Penalised(penalty) => check_penalty(penalty),
        Act::Moved { reason, .. } | Act::Returned { reason, .. } | Act::Closed { reason, .. } => {
            text(said!("理由", "the reason"), reason)
        }
        Act::Applied { about, reason, .. } | Act::Decided { about, reason, .. } => {
            number(about)?;
            text(said!("理由", "the reason"), reason)
        }
        Act::Submitted { .. } | Act::Approved { .. } | Act::Published { .. } | Act::Contested { .. } => {
            Ok(())
        }
    }
}

fn check_opened(opened: &Opened) -> Ruling {
    text(said!("名称", "the name"), &opened.name)?;
    opened.unit.iter().chain(&opened.town).try_for_each(|id| number(id))?;
    opened
        .departments
        .iter()
        .try_for_each(|key| ensure(is_key(key), || not(said!("部门代号 {key}", "the department {key}"))))?;
    opened.remark.iter().try_for_each(|remark| text(said!("备注", "the remark"), remark))
}

fn check_visit(visit: &Visit) -> Ruling {
    numbers(&visit.present)?;
    visit.items.iter().try_for_each(|(item, _)| number(item))?;
    visit.delegated.iter().try_for_each(|town| number(town))?;
    visit.code.iter().try_for_each(|code| text(said!("执法码", "the code of the check"), code))?;
    visit.helpers.iter().try_for_each(|who| text(said!("协助人员", "a helper"), who))?;
    visit.evidence.iter().try_for_each(|kept| text(said!("记录存放处", "where it is recorded"), kept))?;
    visit.remark.iter().try_for_each(|remark| text(said!("备注", "the remark"), remark))?;
    visit.measures.iter().filter_map(|ordered| ordered.number.as_ref()).try_for_each(document)
}

fn check_penalty(penalty: &Penalty) -> Ruling {
    text(said!("当事人", "the party"), &penalty.name)?;
    penalty.unit.iter().chain(&penalty.delegated).try_for_each(|id| number(id))?;
    document(&penalty.number)
}

/// The number of a document; a dash stands for none.
fn document(given: &String) -> Ruling {
    text(said!("文号", "the document's number"), given)?;
    ensure(given != "-", || not(said!("文号 -", "the document's number -")))
}

fn numbers(seats: &[(Role, String)]) -> Ruling {
    seats.iter().try_for_each(|(_, certificate)| number(certificate))
}

fn number(id: &str) -> Ruling {
    ensure(is_token(id), || not(said!("编号“{id}”", "the number \"{id}\"")))
}

fn text(field: Said, given: &str) -> Ruling {
    match unfit(given) {
        None => Ok(()),
        Some(why) => {
            let (zh, en, zh_why, en_why) = (field.zh, field.en, why.zh, why.en);
            super::refuse(
                said!("{zh}：{zh_why}", "{en}: {en_why}"),
                said!("改好再录入", "mend it and enter it again"),
            )
        }
    }
}

fn not(what: Said) -> (Said, Said) {
    let Said { zh, en } = what;
    (
        said!("{zh}写得不对", "{en} is not written as it should be"),
        said!("编号只有字母、数字和 - _ . /", "numbers have letters, digits and - _ . / only"),
    )
}
