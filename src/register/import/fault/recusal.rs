//! What can be wrong with a recusal.

use super::{Fault, fault};
use crate::register::import::rule::Rule;
use crate::said;

pub(in super::super) fn unknown_certificate() -> Fault {
    fault(
        Rule::UnknownCertificate,
        said!("执法人员名录里没有这个证号", "the register of inspectors has no such certificate"),
        said!(
            "核对证号，或先导入该人员；不改正则此项回避不起作用",
            "correct the number or import the person first; as it stands the recusal has no effect"
        ),
    )
}

pub(in super::super) fn subject_is_a_name(id: &str) -> Fault {
    fault(
        Rule::SubjectIsAName,
        said!(
            "这里写的是单位名称，应写编号或集团名称",
            "this is a unit's name; its id or a group belongs here"
        ),
        said!("改写为该单位的编号 {id}", "write the unit's id, {id}"),
    )
}

pub(in super::super) fn subject_is_a_persons_name(certificates: &[&str]) -> Fault {
    let (zh, en) = (certificates.join(" 或 "), certificates.join(" or "));
    fault(
        Rule::SubjectIsAName,
        said!(
            "这里写的是检查人员的姓名，应写此人的执法证号",
            "this is an inspector's name; the certificate number belongs here"
        ),
        said!(
            "两人不编入同一检查组的，改写为此人的执法证号 {zh}",
            "to keep the two out of one team, write the certificate number, {en}"
        ),
    )
}

pub(in super::super) fn unknown_unit() -> Fault {
    fault(
        Rule::UnknownUnit,
        said!("检查对象名录里没有这个单位", "the register of units has no such unit"),
        said!(
            "核对编号；单位确实不在名录里的可以保留",
            "compare the id; it may stay if the unit is outside the register"
        ),
    )
}

pub(in super::super) fn unknown_group() -> Fault {
    fault(
        Rule::UnknownGroup,
        said!(
            "检查对象名录里没有属于这个集团的单位，此项回避目前不起作用",
            "no unit of the register belongs to this group; the recusal has no effect now"
        ),
        said!(
            "与名录里的“所属集团”写法核对一致；要回避的是检查人员的，写其执法证号",
            "spell it as the register of units does; for an inspector write the certificate number"
        ),
    )
}

pub(in super::super) fn subject_is_self() -> Fault {
    fault(
        Rule::SubjectIsSelf,
        said!("回避对象是本人", "the person is to keep away from themselves"),
        said!(
            "写另一人的执法证号；两人不编入同一检查组",
            "write the certificate of the other person of the pair"
        ),
    )
}
