//! Somebody with an enforcement certificate (执法人员), as far as tasks are concerned.

use crate::register::{Inspector, Post};
use crate::time::{Date, Period};

/// An officer; the newest that the office knows of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// 执法证号, the person's key.
    pub certificate: String,
    /// 姓名; never leaves the office.
    pub name: String,
    /// 所在部门.
    pub department: String,
    /// Key of the home zone (片区).
    pub zone: String,
    /// Whether the person may lead a visit (主办).
    pub lead: bool,
    /// In post, or somebody who never counts as one of the two.
    pub post: Post,
    /// When the certificate is valid.
    pub validity: Period,
}

impl Officer {
    /// Whether the person counts as one of the two on `day` (行政处罚法 Art 42).
    pub fn counts_on(&self, day: Date) -> bool {
        self.post == Post::InPost && self.validity.contains(day)
    }
}

impl From<&Inspector> for Officer {
    fn from(inspector: &Inspector) -> Officer {
        Officer {
            certificate: inspector.certificate.clone(),
            name: inspector.name.clone(),
            department: inspector.department.clone(),
            zone: inspector.zone.clone(),
            lead: inspector.lead,
            post: inspector.post,
            validity: inspector.validity,
        }
    }
}
