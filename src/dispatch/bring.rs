//! What people bring to a visit: certificates are shown (行政处罚法 Art 42, 消防监督检查规定
//! Art 14), everything is recorded (执法全过程记录), and a drawn unit is given its slip.

use crate::task::Kind;

/// What they bring, in the order in which it is needed.
pub fn bring(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Drawn => &["执法证件", "“双随机”抽查告知单", "消防监督检查记录", "执法记录仪"],
        Kind::Complaint => &["执法证件", "举报投诉登记表", "消防监督检查记录", "执法记录仪"],
        Kind::Licence => &["执法证件", "申请材料或告知承诺书", "消防安全检查记录", "执法记录仪"],
        Kind::Reinspection => &["执法证件", "原责令改正通知书", "消防监督检查记录", "执法记录仪"],
        Kind::Referral | Kind::Immediate => &["执法证件", "消防监督检查记录", "执法记录仪"],
        Kind::Fire => &["执法证件", "火灾现场勘验器材", "询问笔录", "执法记录仪"],
        // A penalty is no visit.
        Kind::Penalty => &[],
    }
}
