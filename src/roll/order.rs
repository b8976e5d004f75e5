//! R07: documents in order, at their times; and where a roll may be given up.

use super::Papers;
use crate::lang::Said;
use crate::record::{self, Beacons, Demand, Link, Void, VoidReason};
use crate::said;
use crate::verify::{Folder, Stop, Verified, demanded, ensure};

/// What is never there beside a void.
const RESULT: [&str; 3] = [record::RECORD, record::DRAWN, "drawn/"];

impl Papers<'_> {
    /// R07: each document names the one before it; times do not go back, events come at their
    /// times; the record is in time; the roll follows the one before.
    pub(crate) fn order(&self) -> Verified {
        let commit = self.committed()?;
        self.follows()?;
        let demand = commit.demand();
        let mut documents: Vec<(&str, Link)> = Vec::new();
        let void = self.void()?.is_some();
        let wanted = [
            (record::CEREMONY, demand.has_ceremony()),
            (record::REVEAL, true),
            (record::BEACON, demand.has_external_beacon()),
            (if void { record::VOID } else { record::RECORD }, true),
        ];
        let (mut before, mut at, mut name) = (demand.commit, commit.committed, record::COMMIT);
        let mut missing = None;
        for (file, applies) in wanted {
            let Some(bytes) = self.files.get(file) else {
                missing = missing.or(applies.then_some(file));
                continue;
            };
            ensure(applies, || said!("承诺没有要求 {file}", "the commitment does not ask for {file}"))?;
            if let Some(missing) = missing.filter(|_| file != record::VOID) {
                return Err(Stop::Fail(said!(
                    "有 {file} 而没有 {missing}",
                    "there is {file}, but no {missing}"
                )));
            }
            let link = self.link(file)?;
            ensure(link.draw == commit.draw, || {
                said!("{file} 属于另一次抽取", "{file} belongs to another draw")
            })?;
            ensure(link.after == before, || {
                said!("{file} 没有接在 {name} 之后", "{file} does not name {name} as the document before it")
            })?;
            ensure(link.at >= at, || said!("{file} 的时间早于 {name}", "{file} is earlier than {name}"))?;
            (before, at, name) = (commit.suite.digest(&[bytes]), link.at, file);
            documents.push((file, link));
        }
        self.timely(&documents)?;
        match missing.filter(|_| !void) {
            None if void => {
                Ok(said!("已作废，当时谁都算不出结果", "void, when nobody could know the outcome"))
            }
            None => Ok(said!(
                "{} 份文件依次相接，按时完成",
                "{} documents follow each other in time",
                documents.len()
            )),
            Some(file) => Err(Stop::NotRun(said!("还没有 {file}", "there is no {file} yet"))),
        }
    }

    /// Whether the roll was given up, and where it may be.
    pub(super) fn void(&self) -> Result<Option<Void>, Stop> {
        if self.files.get(record::VOID).is_none() {
            return Ok(None);
        }
        let void = self.document(record::VOID, Void::read)?;
        if let Some(file) = RESULT.iter().find(|file| self.files.0.contains_key(**file)) {
            return Err(Stop::Fail(said!("既作废，又有 {file}", "there is both a void and {file}")));
        }
        ensure(void.nonce.is_none() && void.drawn.is_none(), || {
            said!("大名册的作废不带走单位", "the void of a roll hands nothing on")
        })?;
        may_void(&self.committed()?.demand(), self.files, void.reason).map_err(Stop::Fail)?;
        Ok(Some(void))
    }

    /// What a document after the commitment starts with, if it is in its form.
    fn link(&self, file: &str) -> Result<Link, Stop> {
        match file {
            record::REVEAL => self.reveal().map(|reveal| reveal.link),
            record::RECORD => self.record().map(|record| record.link),
            record::VOID => self.document(file, Void::read).map(|void| void.link),
            _ => {
                let external = file == record::BEACON;
                self.document(file, |bytes| Beacons::read(bytes, external)).map(|events| events.link)
            }
        }
    }

    /// Whether the roll names the record before it, if that is known.
    fn follows(&self) -> Result<(), Stop> {
        let commit = self.committed()?;
        let Some(bytes) = self.previous else { return Ok(()) };
        let found = commit.suite.digest(&[bytes]);
        ensure(commit.previous == Some(found), || {
            said!("没有承接上一次（{found}）", "it does not follow the record before ({found})")
        })
    }

    fn timely(&self, documents: &[(&str, Link)]) -> Result<(), Stop> {
        let commit = self.committed()?;
        let at = |wanted: &str| documents.iter().find(|(file, _)| *file == wanted).map(|(_, link)| link.at);
        let demand = commit.demand();
        let margin = |what: &str, moment| {
            ensure(commit.committed.precedes(commit.margin, moment), || {
                let margin = commit.margin;
                said!(
                    "{what} 离承诺不到 {margin} 分钟",
                    "{what} is less than {margin} minutes after the commitment"
                )
            })
        };
        for moment in demand.external_moments() {
            margin(record::BEACON, moment)?;
        }
        at(record::CEREMONY).map_or(Ok(()), |moment| margin(record::CEREMONY, moment))?;
        if let (Some(revealed), Some(first)) = (at(record::REVEAL), demand.external_moments().min()) {
            ensure(revealed < first, || {
                said!("随机数在事件之后才公开", "the nonces were revealed after the event")
            })?;
        }
        if let (Some(written), Some(last)) = (at(record::BEACON), demand.external_moments().max()) {
            ensure(written >= last, || said!("beacon.txt 早于事件", "beacon.txt is before the event"))?;
        }
        let due = commit.close_by;
        for file in [record::RECORD, record::VOID] {
            ensure(at(file).is_none_or(|done| done <= due), || {
                said!("{file} 逾期（{due}）", "{file} is late, it was due by {due}")
            })?;
        }
        Ok(())
    }
}

/// Whether a roll with these documents may be given up for this reason: not once its outcome can
/// be computed, for then giving up would be choosing.
///
/// # Errors
/// Why not.
pub fn may_void(demand: &Demand<'_>, files: &Folder, reason: VoidReason) -> Result<(), Said> {
    let has = |file: &str| files.get(file).is_some();
    let computable = (has(record::CEREMONY) || !demand.has_ceremony())
        && has(record::REVEAL)
        && (has(record::BEACON) || !demand.has_external_beacon());
    if computable || has(record::RECORD) {
        return Err(said!("结果已经可以算出", "its outcome can be computed"));
    }
    match demanded(demand, has(record::CEREMONY), has(record::REVEAL), false) {
        Some(wanted) if wanted != reason => {
            let (zh, key) = (wanted.zh(), wanted.key());
            Err(said!("这时的原因只能是“{zh}”", "at this step the reason can only be `{key}`"))
        }
        _ => Ok(()),
    }
}
