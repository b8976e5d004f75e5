//! What the shell knows and acts are judged on: who is who, which towns enforce by
//! themselves, and which items there are.

use super::officer::Officer;
use crate::register::Recusal;
use crate::time::{Date, Period};
use std::collections::{BTreeMap, BTreeSet};

/// What acts are judged on, besides the tasks themselves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// Officers by certificate number: of the newest register, and those of earlier
    /// draws whom it has no more.
    pub officers: BTreeMap<String, Officer>,
    /// Recusals of the newest register.
    pub recusals: Vec<Recusal>,
    /// The owner groups (所属集团) of units that have one, by the unit's id, as the newest
    /// register has them; empty where no recusal is from a group.
    pub groups: BTreeMap<String, String>,
    /// Who may do what in the office.
    pub staff: Staff,
    /// Towns with delegated enforcement (赋权执法).
    pub delegated: Vec<Delegated>,
    /// Codes of the items of the newest list; empty if there is none.
    pub items: BTreeSet<String>,
}

/// People of the office by what they may do: certificate or staff numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Staff {
    /// Who may enter acts without a certificate (内勤).
    pub clerks: BTreeSet<String>,
    /// Who reviews results (审核人).
    pub reviewers: BTreeSet<String>,
    /// Who reviews penalties (法制员).
    pub legal_reviewers: BTreeSet<String>,
    /// Who decides on recusals (负责人).
    pub heads: BTreeSet<String>,
}

impl Staff {
    /// Whether somebody of this number is listed at all.
    pub fn knows(&self, who: &str) -> bool {
        [&self.clerks, &self.reviewers, &self.legal_reviewers, &self.heads]
            .iter()
            .any(|list| list.contains(who))
    }
}

/// A town that enforces by itself, and since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegated {
    /// Statistical code.
    pub town: String,
    /// First and last day.
    pub period: Period,
}

impl Standing {
    /// Whether `town` enforces by itself on `day`.
    pub fn is_delegated(&self, town: &str, day: Date) -> bool {
        self.delegated.iter().any(|known| known.town == town && known.period.contains(day))
    }
}
