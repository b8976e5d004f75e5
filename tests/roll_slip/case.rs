//! A roll in memory, and what is asked of it.

use crate::rolled;
use std::collections::BTreeMap;
use yaohao::digest::Suite;
use yaohao::roll::{Prover, RollDocuments, RollSlip, Unprovable};
use yaohao::slip::{RollAsked, RollSlipReport, check_roll};
use yaohao::verify::Status;

/// A roll in memory.
pub struct Roll {
    pub files: BTreeMap<String, Vec<u8>>,
    pub documents: RollDocuments,
}

impl Roll {
    /// A roll of `size` lines, drawn.
    pub fn new(suite: Suite, sequence: u32, size: u64) -> Roll {
        let mut files = BTreeMap::new();
        let mut put = |path: &str, bytes: &[u8]| {
            files.insert(path.to_owned(), bytes.to_vec());
        };
        let commit = rolled::committed(suite, sequence, size, &mut put);
        let documents = rolled::drawn(&commit, &mut put);
        Roll { files, documents }
    }

    pub fn with<T>(&self, look: impl FnOnce(&Prover<'_>) -> T) -> Result<T, Unprovable> {
        let units = |path: &str| self.files.get(path).cloned();
        let drawn = |path: &str| self.files.get(&format!("drawn/{path}")).cloned();
        Ok(look(&Prover::open(&self.documents, &units, &drawn)?))
    }

    pub fn prove(&self, unit: &str) -> Result<RollSlip, Unprovable> {
        self.with(|prover| prover.prove(unit))?
    }

    pub fn check(&self, slip: &RollSlip) -> RollSlipReport {
        check_roll(slip, &self.documents, &self.asked())
    }

    pub fn asked(&self) -> RollAsked<'static> {
        RollAsked { commit: Some(self.documents.commit_id()), ..RollAsked::default() }
    }
}

/// Statuses by number, for a glance.
pub fn statuses(report: &RollSlipReport) -> String {
    let letter = |status| match status {
        Status::Pass => '+',
        Status::Fail => '!',
        Status::NotRun => '-',
    };
    report.checks.iter().map(|check| letter(check.status)).collect()
}
