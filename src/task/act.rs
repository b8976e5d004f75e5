//! Acts: everything that happens to a matter after it exists. An act is never changed;
//! what turns out wrong is followed by another act (执法全过程记录).

use super::matter::Matter;
use super::words::{Applicant, Measure, Outcome, Procedure};
use crate::policy::Role;
use crate::time::{Date, Moment};

/// One act. How it is written down: `write` and `read` in the file beside this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// A matter that no draw decided has come in.
    Opened(Opened),
    /// Who goes, for a matter that no draw decided; replaces who was to go before.
    Assigned {
        /// The matter.
        matter: Matter,
        /// Role and certificate number: a lead and at least one other.
        seats: Vec<(Role, String)>,
    },
    /// The visit is made on another day than planned.
    Moved {
        /// The matter.
        matter: Matter,
        /// The new day.
        day: Date,
        /// Why.
        reason: String,
    },
    /// Somebody was there: the result, or after a return the mended result. The last counts.
    Visited(Visit),
    /// A penalty was decided.
    Penalised(Penalty),
    /// The result, or the penalty, is laid before the reviewer.
    Submitted {
        /// The matter.
        matter: Matter,
    },
    /// The reviewer (for penalties the legal reviewer, 法制员) lets it pass.
    Approved {
        /// The matter.
        matter: Matter,
    },
    /// The reviewer sends it back.
    Returned {
        /// The matter.
        matter: Matter,
        /// Why.
        reason: String,
    },
    /// It stands in a published list of results.
    Published {
        /// The matter.
        matter: Matter,
        /// Number of the list.
        list: u32,
    },
    /// It ends without a visit.
    Closed {
        /// The matter.
        matter: Matter,
        /// Why.
        reason: String,
    },
    /// Somebody of the team should stand back.
    Applied {
        /// The matter.
        matter: Matter,
        /// Certificate number.
        about: String,
        /// Who says so.
        applicant: Applicant,
        /// Why.
        reason: String,
    },
    /// The head of the office decides on it. Until then work goes on (行政处罚法 Art 43).
    Decided {
        /// The matter.
        matter: Matter,
        /// Certificate number.
        about: String,
        /// Whether the person stands back.
        granted: bool,
        /// Why.
        reason: String,
    },
    /// A penalty is contested before the authority above (行政复议).
    Contested {
        /// The penalty.
        matter: Matter,
        /// Day of the application.
        day: Date,
    },
}

/// A matter that came in by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Its number.
    pub matter: Matter,
    /// The unit, if it is in the register.
    pub unit: Option<String>,
    /// Name of the unit or place.
    pub name: String,
    /// Town, if known.
    pub town: Option<String>,
    /// When it came in; clocks start here.
    pub received: Moment,
    /// Blocked exits or disabled systems: 24 hours instead of 3 working days (令120 Art 18).
    pub urgent: bool,
    /// Last day, where something else than a rule sets it: of a re-inspection the day
    /// by which the notice wants things put right.
    pub due: Option<Date>,
    /// Procedure of a fire investigation, there exactly for those.
    pub procedure: Option<Procedure>,
    /// What is looked at again: there exactly for re-inspections.
    pub of: Option<Matter>,
    /// Minutes that it takes each of the team.
    pub minutes: Option<u32>,
    /// Partner departments, by key (联合检查).
    pub departments: Vec<String>,
    /// What it is about.
    pub remark: Option<String>,
}

/// What a visit found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The matter.
    pub matter: Matter,
    /// Day of the visit.
    pub day: Date,
    /// 执法码, where the city's application gives one (重庆市政府令375号 Art 18).
    pub code: Option<String>,
    /// Who was there of those who count: role and certificate number.
    pub present: Vec<(Role, String)>,
    /// Town helpers and clerks, who never count as one of the two.
    pub helpers: Vec<String>,
    /// Of a delegated town (赋权执法): its code, if the town made the check.
    pub delegated: Option<String>,
    /// What was found, item by item.
    pub items: Vec<(String, Outcome)>,
    /// Hazards (火灾隐患) found.
    pub hazards: u32,
    /// Of these, put right; of a re-inspection, of those that were still open.
    pub rectified: u32,
    /// What was ordered.
    pub measures: Vec<Ordered>,
    /// Where recordings and papers are kept (全过程记录).
    pub evidence: Vec<String>,
    /// In words.
    pub remark: Option<String>,
}

/// One measure of a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ordered {
    /// What.
    pub measure: Measure,
    /// Number of the document (文号).
    pub number: Option<String>,
    /// Last day, exactly for a notice by date.
    pub by: Option<Date>,
}

/// A penalty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Penalty {
    /// Its number here.
    pub matter: Matter,
    /// The visit that it comes from, if one is in the store.
    pub of: Option<Matter>,
    /// The unit, if it is in the register; `None` for persons.
    pub unit: Option<String>,
    /// Who is penalised. Persons are not named: 个人.
    pub name: String,
    /// Number of the decision (文号).
    pub number: String,
    /// Day of the decision; 7 working days run from here.
    pub day: Date,
    /// Fine in yuan; 0 for a warning.
    pub yuan: u64,
    /// Code of the delegated town that decided it (赋权执法), if one did.
    pub delegated: Option<String>,
}

impl Act {
    /// What it is about.
    pub fn matter(&self) -> &Matter {
        match self {
            Act::Opened(Opened { matter, .. })
            | Act::Visited(Visit { matter, .. })
            | Act::Penalised(Penalty { matter, .. })
            | Act::Assigned { matter, .. }
            | Act::Moved { matter, .. }
            | Act::Submitted { matter }
            | Act::Approved { matter }
            | Act::Returned { matter, .. }
            | Act::Published { matter, .. }
            | Act::Closed { matter, .. }
            | Act::Applied { matter, .. }
            | Act::Decided { matter, .. }
            | Act::Contested { matter, .. } => matter,
        }
    }

    /// The word for it in the journal.
    pub fn key(&self) -> &'static str {
        match self {
            Act::Opened(_) => "opened",
            Act::Assigned { .. } => "assigned",
            Act::Moved { .. } => "moved",
            Act::Visited(_) => "visited",
            Act::Penalised(_) => "penalised",
            Act::Submitted { .. } => "submitted",
            Act::Approved { .. } => "approved",
            Act::Returned { .. } => "returned",
            Act::Published { .. } => "published",
            Act::Closed { .. } => "closed",
            Act::Applied { .. } => "applied",
            Act::Decided { .. } => "decided",
            Act::Contested { .. } => "contested",
        }
    }

    /// The same for people.
    pub fn zh(&self) -> &'static str {
        match self {
            Act::Opened(_) => "立项",
            Act::Assigned { .. } => "派员",
            Act::Moved { .. } => "改期",
            Act::Visited(_) => "检查结果",
            Act::Penalised(_) => "处罚决定",
            Act::Submitted { .. } => "送审",
            Act::Approved { .. } => "审核通过",
            Act::Returned { .. } => "退回",
            Act::Published { .. } => "公示",
            Act::Closed { .. } => "终结",
            Act::Applied { .. } => "回避申请",
            Act::Decided { .. } => "回避决定",
            Act::Contested { .. } => "行政复议",
        }
    }
}
