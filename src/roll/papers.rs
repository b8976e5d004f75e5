//! The documents of a roll as they are there, and the seed that follows from them.

use super::{Chooser, Labels, RollCommit, RollDrawn, RollRecord};
use crate::digest::Digest;
use crate::lang::Said;
use crate::record::{self, Beacons, Reveal, Rules, Table};
use crate::said;
use crate::seed::{Ingredients, Outcome, Seed};
use crate::text::{Read, TextError};
use crate::verify::{Folder, Stop};
use std::cell::OnceCell;

/// The documents of a roll, as far as they are there, and what is known from elsewhere.
#[derive(Debug)]
pub struct Papers<'a> {
    pub(super) files: &'a Folder,
    pub(super) announced: Option<Digest>,
    pub(super) previous: Option<&'a [u8]>,
    commit: Result<RollCommit, TextError>,
    rules: Option<Result<Rules, Said>>,
    seed: OnceCell<Option<Seed>>,
}

impl<'a> Papers<'a> {
    /// The documents among `files`; the commitment that was announced, and the record before, if
    /// they are known.
    pub fn new(files: &'a Folder, announced: Option<Digest>, previous: Option<&'a [u8]>) -> Papers<'a> {
        let commit = RollCommit::read(files.get(record::COMMIT).unwrap_or_default());
        let rules = files.get(record::POLICY).map(Rules::read);
        Papers { files, announced, previous, commit, rules, seed: OnceCell::new() }
    }

    /// The commitment, if it is one.
    pub fn commit(&self) -> Option<&RollCommit> {
        self.commit.as_ref().ok()
    }

    /// The labels by which lines are counted.
    pub fn labels(&self) -> Labels {
        let strata = self.commit().map_or(&[][..], |commit| &commit.strata);
        Labels::new(strata.iter().map(|stratum| stratum.label.clone()).collect())
    }

    /// The seed, once everything that it is made of is there and right.
    pub fn seed(&self) -> Option<Seed> {
        *self.seed.get_or_init(|| {
            let commit = self.commit()?;
            let ready = [self.order(), self.beacons(), self.nonces()];
            if ready.iter().any(|check| matches!(check, Err(Stop::Fail(_)))) {
                return None;
            }
            let (outcomes, nonces) = (self.outcomes().ok()?, self.reveal().ok()?.nonces);
            let (suite, id) = (commit.suite, commit.id());
            Some(Ingredients { suite, commit: id, outcomes: &outcomes, nonces: &nonces }.seed())
        })
    }

    /// What chooses the units of the draw, if there is a seed.
    pub fn chooser(&self) -> Option<Chooser> {
        let strata = &self.commit()?.strata;
        let listed = strata.iter().map(|s| (s.label.clone(), (s.quota + s.reserves) as usize));
        self.seed().map(|seed| Chooser::new(&seed, listed))
    }

    pub(super) fn committed(&self) -> Result<&RollCommit, Stop> {
        self.commit.as_ref().map_err(|error| {
            let Said { zh, en } = error.said();
            Stop::NotRun(said!("承诺读不懂：{zh}", "the commitment cannot be read: {en}"))
        })
    }

    /// What policy.toml says.
    pub(super) fn rules(&self) -> Result<&Rules, Stop> {
        match &self.rules {
            Some(Ok(rules)) => Ok(rules),
            Some(Err(Said { zh, en })) => {
                Err(Stop::Fail(said!("policy.toml 读不懂：{zh}", "policy.toml cannot be read: {en}")))
            }
            None => Err(Stop::NotRun(said!("没有 policy.toml", "there is no policy.toml"))),
        }
    }

    /// The same, if it is the one committed; it is for R03 to say that it is not.
    pub(super) fn committed_rules(&self) -> Result<&Rules, Stop> {
        let commit = self.committed()?;
        let found = self.files.get(record::POLICY).map(|bytes| commit.suite.digest(&[bytes]));
        match self.rules() {
            Ok(rules) if found == Some(commit.policy) => Ok(rules),
            _ => Err(Stop::NotRun(said!(
                "没有承诺的那份 policy.toml，见 R03",
                "policy.toml is not there as it was committed, see R03"
            ))),
        }
    }

    /// A document that is there; it is no fault here that it is not in its form: R01 says so.
    pub(super) fn document<T>(&self, file: &str, read: impl FnOnce(&[u8]) -> Read<T>) -> Result<T, Stop> {
        let bytes = self
            .files
            .get(file)
            .ok_or_else(|| Stop::NotRun(said!("还没有 {file}", "there is no {file} yet")))?;
        read(bytes).map_err(|_| Stop::NotRun(said!("{file} 读不懂", "{file} cannot be read")))
    }

    pub(super) fn reveal(&self) -> Result<Reveal, Stop> {
        self.document(record::REVEAL, Reveal::read)
    }

    /// record.txt, if it is there.
    pub(crate) fn record(&self) -> Result<RollRecord, Stop> {
        self.document(record::RECORD, RollRecord::read)
    }

    /// record.txt, if there is one.
    ///
    /// # Errors
    /// What is wrong with it, if it is not in its form.
    pub fn recorded(&self) -> Result<Option<RollRecord>, Said> {
        self.files.get(record::RECORD).map(RollRecord::read).transpose().map_err(|error| {
            let (file, Said { zh, en }) = (record::RECORD, error.said());
            said!("{file} 不是唯一的格式：{zh}", "{file} is not in its one form: {en}")
        })
    }

    pub(super) fn drawn(&self) -> Result<Table<RollDrawn>, Stop> {
        self.document(record::DRAWN, Table::read)
    }

    pub(super) fn outcomes(&self) -> Result<Vec<Outcome>, Stop> {
        let commit = self.committed()?;
        let mut outcomes = Vec::new();
        for (external, file) in [(false, record::CEREMONY), (true, record::BEACON)] {
            if commit.beacons.iter().any(|beacon| beacon.is_external() == external) {
                outcomes.extend(self.document(file, |bytes| Beacons::read(bytes, external))?.outcomes);
            }
        }
        outcomes.sort_by_key(|outcome| commit.beacons.iter().position(|beacon| *beacon == outcome.beacon));
        Ok(outcomes)
    }
}
