//! The words of the field for tasks: where they come from, what was found, what was done about it.

use crate::vocabulary;

vocabulary! {
    /// What kind of matter (事项) this is. All but drawn visits come in by themselves: they
    /// stand outside draws and their caps (令120 Art 18; 重庆市政府令375号 Art 29–30), but use
    /// the same people.
    Kind {
        /// A visit that a draw decided.
        Drawn = "drawn", "双随机抽查";
        /// A complaint to be looked into (24 hours or 3 working days).
        Complaint = "complaint", "举报投诉核查";
        /// A check before a licence (公众聚集场所投入使用、营业前消防安全检查).
        Licence = "licence", "行政许可检查";
        /// A second look at what had to be put right.
        Reinspection = "reinspection", "复查";
        /// A clue handed over by others.
        Referral = "referral", "线索核查";
        /// A check on the spot of a danger just seen.
        Immediate = "immediate", "即时检查";
        /// A fire to be investigated; no inspection.
        Fire = "fire", "火灾事故调查";
        /// A penalty; no visit, but reviewed and published like one.
        Penalty = "penalty", "行政处罚";
    }
}

impl Kind {
    /// Whether a visit of this kind is an inspection (监督检查) in the yearly report.
    pub fn is_inspection(self) -> bool {
        !matches!(self, Kind::Fire | Kind::Penalty)
    }
}

vocabulary! {
    /// How far a matter has come (任务状态).
    State {
        /// Nobody has been there.
        Pending = "pending", "待检查";
        /// There is a result that nobody has reviewed.
        Visited = "visited", "已检查";
        /// The result lies with the reviewer.
        InReview = "in-review", "待审核";
        /// The reviewer sent it back, with a reason.
        Returned = "returned", "退回";
        /// The reviewer let it pass; it waits for the next publication.
        Approved = "approved", "审核通过，待公示";
        /// It stands in a published list of results.
        Published = "published", "已公示";
        /// Ended without a visit (withdrawn, handed to another office), with a reason.
        Closed = "closed", "已终结";
    }
}

vocabulary! {
    /// What an item's check found (抽查结果); the texts are the keys, platforms number them
    /// differently. There is no default.
    Outcome {
        /// Nothing wrong.
        NoProblem = "no-problem", "未发现问题";
        /// Cannot be reached at its registered place.
        Unreachable = "unreachable", "通过登记的住所（经营场所）无法联系";
        /// Closed, or being wound up.
        ClosedDown = "closed-down", "已关闭停业或正在组织清算";
        /// Does not co-operate, gravely.
        Uncooperative = "uncooperative", "不配合检查情节严重";
        /// Deregistered.
        Deregistered = "deregistered", "注销";
        /// Its licence was revoked.
        Revoked = "revoked", "被吊销";
        /// Its registration was withdrawn.
        Withdrawn = "withdrawn", "被撤销";
        /// Moved away.
        MovedOut = "moved-out", "迁出";
        /// Something wrong, put right on order.
        Corrected = "corrected", "发现问题经责令已改正";
        /// Something wrong, still to be dealt with.
        Open = "open", "发现问题待后续处理";
        /// Does not do what the item is about.
        NotApplicable = "not-applicable", "未发现开展本次抽查涉及的经营活动";
    }
}

impl Outcome {
    /// Whether somebody looked at the item and could judge it.
    pub fn is_seen(self) -> bool {
        matches!(self, Outcome::NoProblem | Outcome::Corrected | Outcome::Open | Outcome::NotApplicable)
    }

    /// Whether something was found wrong.
    pub fn is_fault(self) -> bool {
        matches!(self, Outcome::Corrected | Outcome::Open)
    }
}

vocabulary! {
    /// What was ordered at a visit (处置措施; 消防法 Art 54, 60, 70; 令120 Art 22–24).
    Measure {
        /// A notice to put it right at once.
        AtOnce = "at-once", "责令立即改正";
        /// A notice to put it right by a day, and a second look after it.
        ByDate = "by-date", "责令限期改正";
        /// Sealed provisionally.
        Seal = "seal", "临时查封";
        /// Ordered to stop work, use or business (三停).
        Stop = "stop", "责令三停";
        /// Put forward for a penalty.
        Fine = "fine", "罚款";
        /// Handed over to another authority.
        Transfer = "transfer", "移送";
    }
}

impl Measure {
    /// Whether it is a notice to put something right (责令改正通知书).
    pub fn is_notice(self) -> bool {
        matches!(self, Measure::AtOnce | Measure::ByDate)
    }
}

vocabulary! {
    /// The procedure of a fire investigation (火灾事故调查规定).
    Procedure {
        /// General procedure.
        General = "general", "一般程序";
        /// Simplified procedure.
        Simplified = "simplified", "简易程序";
        /// A minor fire, recorded only.
        Minor = "minor", "轻微火灾登记";
    }
}

vocabulary! {
    /// Who says that somebody must stand back (行政处罚法 Art 43).
    Applicant {
        /// The inspector.
        Inspector = "inspector", "检查人员自行申请";
        /// The unit.
        Party = "party", "当事人申请";
        /// The office.
        Office = "office", "本机关提出";
    }
}
