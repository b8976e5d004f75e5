//! A roll in memory, and what is asked of it.

use crate::rolled;
use std::collections::BTreeMap;
use yaohao::digest::Suite;
use yaohao::roll::{Papers, Prover, RollCommit, RollSlip, Unprovable};
use yaohao::seed::Seed;
use yaohao::slip::{RollAsked, RollSlipReport, check_roll};
use yaohao::verify::{Folder, Status};

/// A roll in memory.
#[derive(Clone)]
pub struct Roll {
    pub files: BTreeMap<String, Vec<u8>>,
    /// The documents alone.
    pub documents: Folder,
    pub commit: RollCommit,
    pub seed: Seed,
}

impl Roll {
    /// A roll of `size` lines, drawn.
    pub fn new(suite: Suite, sequence: u32, size: u64) -> Roll {
        let mut files = BTreeMap::new();
        let mut put = |path: &str, bytes: &[u8]| {
            files.insert(path.to_owned(), bytes.to_vec());
        };
        let commit = rolled::committed(suite, sequence, size, &mut put);
        let seed = rolled::drawn(&commit, &mut put);
        let documents = rolled::DOCUMENTS.map(|name| (name.to_owned(), files[name].clone()));
        Roll { files, documents: Folder(documents.into()), commit, seed }
    }

    pub fn with<T>(&self, look: impl FnOnce(&Prover<'_>) -> T) -> Result<T, Unprovable> {
        let units = |path: &str| self.files.get(path).cloned();
        let drawn = |path: &str| self.files.get(&format!("drawn/{path}")).cloned();
        let papers = Papers::new(&self.documents, None, None);
        Ok(look(&Prover::open(&papers, &units, &drawn)?))
    }

    pub fn prove(&self, unit: &str) -> Result<RollSlip, Unprovable> {
        self.with(|prover| prover.prove(unit))?
    }

    pub fn check(&self, slip: &RollSlip) -> RollSlipReport {
        self.check_as(slip, &self.asked())
    }

    pub fn check_as(&self, slip: &RollSlip, asked: &RollAsked<'_>) -> RollSlipReport {
        check_roll(slip, &Papers::new(&self.documents, None, None), asked).expect("a commitment")
    }

    pub fn asked(&self) -> RollAsked<'static> {
        RollAsked { commit: Some(self.commit.id()), ..RollAsked::default() }
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
