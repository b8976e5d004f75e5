//! Recusals (回避): who must not inspect whom. The reason never leaves the office.

use crate::time::Period;

/// One recusal (行政处罚法 Art 43).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recusal {
    /// Certificate number of the inspector.
    pub certificate: String,
    /// What the inspector must keep away from.
    pub subject: Subject,
    /// When the recusal is in effect.
    pub period: Period,
    /// Why: 直接利害关系, 原工作单位, 亲属任职 …
    pub reason: String,
}

/// The other side of a recusal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// One unit, by id.
    Unit(String),
    /// All units of an owner group.
    Group(String),
    /// Another inspector, by certificate number: the two must not meet in a team.
    Inspector(String),
}
