//! A unit subject to inspection (检查对象).

use crate::time::{Date, Period};
use crate::vocabulary;
use std::collections::BTreeSet;

/// One version of a unit; a unit that moved or changed class has several, whose
/// periods do not overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// 统一社会信用代码, an old 15- or 13-digit number, or the office's own number.
    pub id: String,
    /// 单位名称; public.
    pub name: String,
    /// Statistical code of the town or street (镇街), 9 digits; `None` if unknown.
    pub town: Option<String>,
    /// 地址.
    pub address: Option<String>,
    /// 单位类别.
    pub class: Class,
    /// 信用风险等级; `None` if not graded.
    pub credit: Option<Credit>,
    /// 行业标签; without spaces, commas or `=`.
    pub tags: BTreeSet<String>,
    /// Owner group (所属集团), the second thing a recusal can name.
    pub group: Option<String>,
    /// 经营状态.
    pub status: Status,
    /// When this version is in effect.
    pub period: Period,
    /// 上次检查日期.
    pub last_inspection: Option<Date>,
    /// Certificate numbers of the last team, for rotation.
    pub last_team: BTreeSet<String>,
    /// Drawn inspections so far in the calendar year.
    pub visits_this_year: u32,
    /// Estimated length of a visit in minutes, if the office knows better than the policy.
    pub minutes: Option<u32>,
    /// Number of penalties on file.
    pub penalties: u32,
    /// 许可证号.
    pub licence: Option<String>,
}

vocabulary! {
    /// The class of a unit (消防监督检查规定; 重庆市消防条例).
    Class {
        /// 火灾高危单位.
        HighRisk = "high-risk", "火灾高危单位";
        /// 消防安全重点单位 where many people gather.
        KeyCrowd = "key-crowd", "重点单位（人员密集场所）";
        /// Other 消防安全重点单位.
        Key = "key", "重点单位（其他）";
        /// 一般单位.
        General = "general", "一般单位";
        /// 九小场所.
        Small = "small", "九小场所";
    }
}

vocabulary! {
    /// Credit risk grade (信用风险分类), A the lowest risk.
    Credit {
        /// Low risk.
        A = "A", "低风险";
        /// Fairly low risk.
        B = "B", "较低风险";
        /// Fairly high risk.
        C = "C", "较高风险";
        /// High risk.
        D = "D", "高风险";
    }
}

vocabulary! {
    /// Whether a unit is in business (经营状态).
    Status {
        /// In business.
        Active = "active", "在营";
        /// Closed or being wound up.
        Closed = "closed", "停业";
        /// Struck off at its own request.
        Deregistered = "deregistered", "注销";
        /// Licence revoked as a penalty.
        Revoked = "revoked", "吊销";
        /// Registration withdrawn.
        Withdrawn = "withdrawn", "撤销";
        /// Moved out of the office's area.
        MovedOut = "moved-out", "迁出";
    }
}
