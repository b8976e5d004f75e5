//! An inspector (执法检查人员). Identity-card numbers and ages are never imported.

use crate::time::Period;
use crate::vocabulary;
use std::collections::BTreeSet;

/// One person who may be paired with units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspector {
    /// 执法证号, the person's key.
    pub certificate: String,
    /// 姓名; never leaves the office.
    pub name: String,
    /// 所在部门.
    pub department: String,
    /// Key of the home zone (片区).
    pub zone: String,
    /// Whether the person may lead a visit (主办); everybody may assist (协办).
    pub lead: bool,
    /// In post, or somebody who never counts as one of the two.
    pub post: Post,
    /// Items the certificate covers.
    pub scope: Scope,
    /// 专业技能, such as 高层建筑.
    pub skills: BTreeSet<String>,
    /// Whether the person is on the expert list (专家库).
    pub expert: bool,
    /// When the certificate is valid.
    pub validity: Period,
    /// Days of leave.
    pub leave: Vec<Period>,
    /// Minutes for drawn visits in a month, if not the policy's figure.
    pub capacity_minutes: Option<u32>,
    /// Minutes already taken in the month by work that is not drawn.
    pub carried_minutes: u32,
}

vocabulary! {
    /// Whether somebody counts as an inspector (行政处罚法 Art 42).
    Post {
        /// 在编在岗.
        InPost = "in-post", "在编";
        /// Contract clerk (合同制文员); never one of the two.
        Contract = "contract", "合同制";
        /// Town helper (镇街协助人员); never one of the two.
        TownHelper = "town-helper", "镇街协助";
    }
}

/// The items a certificate covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Every item.
    All,
    /// Only the items with these codes.
    Only(BTreeSet<String>),
}

impl Scope {
    /// Whether the item `code` is covered.
    pub fn covers(&self, code: &str) -> bool {
        match self {
            Scope::All => true,
            Scope::Only(codes) => codes.contains(code),
        }
    }
}
