//! Is a published roll right? The numbers and names of the checks are permanent, and the same in
//! docs/spec/roll.md.

use super::{Chooser, Labels, RollCommit, RollRecord};
use crate::digest::Digest;
use crate::lang::Said;
use crate::log::Growing;
use crate::record::{
    self, Beacons, Demand, Link, PublishedQuota, Reveal, Sealed, Table, Void, VoidReason, id_of,
};
use crate::roll::{Batch, Disorder, RollDrawn, RollStratum};
use crate::said;
use crate::sampling::allocate;
use crate::seed::{Ingredients, Nonce, Outcome, Seed};
use crate::text::{Read, TextError};
use crate::verify::{Check, Folder, Status, Stop, Verdict, Verified, demanded, ensure};
use std::cell::OnceCell;

/// The documents of a roll, as far as they are there, and what is known from elsewhere.
#[derive(Debug)]
pub struct Papers<'a> {
    files: &'a Folder,
    announced: Option<Digest>,
    previous: Option<&'a [u8]>,
    commit: Result<RollCommit, TextError>,
    seed: OnceCell<Option<Seed>>,
}

/// What the lines of the roll came to, if all of them could be read.
#[derive(Debug, Clone)]
pub struct Counted {
    /// Units with each standing.
    pub counts: Vec<u64>,
    /// The tree over all lines.
    pub tree: Growing,
    /// What stood in the way: lines out of order, or not in their form.
    pub fault: Option<Said>,
}

impl Counted {
    /// No line yet.
    pub fn new(commit: &RollCommit, labels: &Labels) -> Counted {
        Counted { counts: vec![0; labels.standings()], tree: Growing::new(commit.suite), fault: None }
    }

    /// Takes in the next lines; `last` is the last id before them.
    pub fn take(&mut self, batch: Result<Batch, Disorder>, last: &mut Option<String>) -> Option<Vec<u8>> {
        let batch = match batch {
            Ok(batch) => batch,
            Err(disorder) => {
                self.fault.get_or_insert(fault(&disorder));
                return None;
            }
        };
        let (first, end) = batch.ends?;
        if let Some(before) = last.as_ref().filter(|before| **before >= first) {
            self.fault.get_or_insert(fault(&Disorder::NotAfter(before.clone(), first)));
            return None;
        }
        *last = Some(end);
        self.counts.iter_mut().zip(&batch.counts).for_each(|(all, n)| *all += n);
        self.tree.push(&batch.leaves, &mut |_, _| {});
        Some(batch.pool)
    }
}

fn fault(disorder: &Disorder) -> Said {
    match disorder {
        Disorder::NotAfter(before, id) => {
            said!(
                "{before} 之后是 {id}，重复或次序不对",
                "{id} follows {before}: there twice, or out of order"
            )
        }
        Disorder::Standing(line) => {
            said!("分层不在承诺里：{line}", "not a stratum of the commitment: {line}")
        }
    }
}

impl<'a> Papers<'a> {
    /// The documents among `files`; the commitment that was announced, and the record before, if
    /// they are known.
    pub fn new(files: &'a Folder, announced: Option<Digest>, previous: Option<&'a [u8]>) -> Papers<'a> {
        let commit = RollCommit::read(files.get(record::COMMIT).unwrap_or_default());
        Papers { files, announced, previous, commit, seed: OnceCell::new() }
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

    fn committed(&self) -> Result<&RollCommit, Stop> {
        self.commit.as_ref().map_err(|error| {
            Stop::NotRun(said!("承诺读不懂：{}", "the commitment cannot be read: {}", error.said().zh))
        })
    }

    /// A document that is there; it is no fault here that it is not in its form: R01 says so.
    fn document<T>(&self, file: &str, read: impl FnOnce(&[u8]) -> Read<T>) -> Result<T, Stop> {
        let bytes = self
            .files
            .get(file)
            .ok_or_else(|| Stop::NotRun(said!("还没有 {file}", "there is no {file} yet")))?;
        read(bytes).map_err(|_| Stop::NotRun(said!("{file} 读不懂", "{file} cannot be read")))
    }

    fn reveal(&self) -> Result<Reveal, Stop> {
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

    fn drawn(&self) -> Result<Table<RollDrawn>, Stop> {
        self.document(record::DRAWN, Table::read)
    }

    fn outcomes(&self) -> Result<Vec<Outcome>, Stop> {
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

    /// R01: every text is in its one form, and nothing is there that does not belong.
    fn texts(&self) -> Verified {
        let fail = |file: &str, error: TextError| {
            let (zh, en) = (error.said().zh, error.said().en);
            Stop::Fail(said!("{file} 不是唯一的格式：{zh}", "{file} is not in its one form: {en}"))
        };
        let bytes = self.files.get(record::COMMIT);
        let bytes = bytes.ok_or_else(|| Stop::Fail(said!("没有 commit.txt", "there is no commit.txt")))?;
        RollCommit::read(bytes).map_err(|error| fail(record::COMMIT, error))?;
        let mut count = 1;
        for (file, bytes) in &self.files.0 {
            let read: Read<()> = match file.as_str() {
                record::CEREMONY => Beacons::read(bytes, false).map(drop),
                record::BEACON => Beacons::read(bytes, true).map(drop),
                record::REVEAL => Reveal::read(bytes).map(drop),
                record::RECORD => RollRecord::read(bytes).map(drop),
                record::VOID => Void::read(bytes).map(drop),
                record::DRAWN => Table::<RollDrawn>::read(bytes).map(drop),
                record::COMMIT | record::POLICY | record::ITEMS | "tile/" | "drawn/" => Ok(()),
                _ => return Err(Stop::Fail(said!("多余的文件 {file}", "{file} does not belong here"))),
            };
            read.map_err(|error| fail(file, error))?;
            count += 1;
        }
        Ok(said!("{count} 份文件", "{count} files"))
    }

    /// R02: it is the commitment announced.
    fn commitment(&self) -> Verified {
        let id = self.committed()?.id();
        match self.announced {
            None => Err(Stop::NotRun(said!(
                "未给出事先公布的承诺；本承诺为 {id}",
                "no announced commitment was given; this one is {id}"
            ))),
            Some(announced) => {
                ensure(announced == id, || {
                    said!("公布的是 {announced}，这里是 {id}", "announced was {announced}, this is {id}")
                })?;
                Ok(said!("承诺 {id}", "commitment {id}"))
            }
        }
    }

    /// R03: policy.toml and items.txt are those committed, and the policy's quota rules too.
    fn policy(&self) -> Verified {
        let commit = self.committed()?;
        for (file, hash) in [(record::POLICY, commit.policy), (record::ITEMS, commit.items)] {
            let bytes = self
                .files
                .get(file)
                .ok_or_else(|| Stop::NotRun(said!("没有 {file}", "there is no {file}")))?;
            let found = commit.suite.digest(&[bytes]);
            ensure(found == hash, || {
                said!("{file} 是 {found}，承诺的是 {hash}", "{file} is {found}, committed was {hash}")
            })?;
        }
        Ok(said!("方案和事项未改动", "policy and items are unchanged"))
    }

    /// R04: the lines have the committed root and number; ids rise.
    fn lines(&self, counted: Option<&Counted>) -> Verified {
        let commit = self.committed()?;
        let Some(counted) = counted else {
            return Err(Stop::NotRun(said!(
                "名册的公开文件不在（tile/）",
                "the lines of the roll are not there (tile/)"
            )));
        };
        if let Some(fault) = &counted.fault {
            return Err(Stop::Fail(fault.clone()));
        }
        let found = Sealed { root: counted.tree.root(), count: counted.tree.size() };
        ensure(found == commit.units, || {
            said!(
                "名册的树根和行数是 {found}，承诺的是 {}",
                "root and number of the lines are {found}, committed was {}",
                commit.units
            )
        })?;
        Ok(said!("{} 行，树根 {}", "{} lines, root {}", found.count, found.root))
    }

    /// R05: pools and exclusions are counted right.
    fn strata(&self, counted: Option<&Counted>) -> Verified {
        let commit = self.committed()?;
        let Some(counted) = counted.filter(|counted| counted.fault.is_none()) else {
            return Err(Stop::NotRun(said!("名册没有读全", "not all lines could be read")));
        };
        let labels = self.labels();
        let (pools, excluded) = labels.counted(&counted.counts);
        let same = pools.iter().copied().eq(commit.strata.iter().map(|s| (s.label.as_str(), s.pool)));
        ensure(same, || said!("分层单位数与名册不符", "the pools are not those of the roll"))?;
        ensure(excluded == commit.excluded, || {
            said!("排除单位数与名册不符", "the exclusions are not those of the roll")
        })?;
        let (strata, pool) = (pools.len(), pools.iter().map(|(_, n)| n).sum::<u64>());
        let out: u64 = excluded.iter().map(|(_, n)| n).sum();
        Ok(said!("{strata} 层共 {pool} 家，排除 {out} 家", "{pool} units in {strata} strata, {out} excluded"))
    }

    /// R06: every quota follows from the rule and the pools.
    fn quotas(&self) -> Verified {
        let commit = self.committed()?;
        ensure(!commit.quotas.is_empty(), || {
            said!("承诺里没有抽取规则", "the commitment has no quota rule")
        })?;
        for PublishedQuota { id, rule } in &commit.quotas {
            let members: Vec<&RollStratum> = commit.strata.iter().filter(|s| s.rule() == id).collect();
            let pools: Vec<u64> = members.iter().map(|stratum| stratum.pool).collect();
            for (stratum, expected) in members.iter().zip(allocate(rule, &pools)) {
                let (label, found) = (&stratum.label, stratum.quota);
                ensure(found == expected, || {
                    said!(
                        "{label} 应抽 {expected} 家，写的是 {found} 家",
                        "{label} should draw {expected}, not {found}"
                    )
                })?;
            }
        }
        let stray = commit.strata.iter().find(|s| !commit.quotas.iter().any(|quota| quota.id == s.rule()));
        if let Some(RollStratum { label, .. }) = stray {
            return Err(Stop::Fail(said!("{label} 没有抽取规则", "{label} has no quota rule")));
        }
        let (drawn, listed) = (commit.strata.iter().map(|s| s.quota).sum::<u64>(), commit.listed());
        let reserves = listed - drawn;
        Ok(said!("共抽 {drawn} 家，候补 {reserves} 家", "{drawn} units to draw, {reserves} in reserve"))
    }

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
    fn void(&self) -> Result<Option<Void>, Stop> {
        if self.files.get(record::VOID).is_none() {
            return Ok(None);
        }
        let void = self.document(record::VOID, Void::read)?;
        ensure(self.files.get(record::RECORD).is_none(), || {
            said!("既有记录又作废", "there is both a record and a void")
        })?;
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
        at(record::RECORD).map_or(Ok(()), |done| {
            ensure(done <= due, || {
                said!("record.txt 逾期（{due}）", "record.txt is late, it was due by {due}")
            })
        })
    }

    /// R08: every event demanded has an outcome that it can have.
    pub(crate) fn beacons(&self) -> Verified {
        let commit = self.committed()?;
        let outcomes = self.outcomes()?;
        let same = outcomes.iter().map(|outcome| &outcome.beacon).eq(&commit.beacons);
        ensure(same, || said!("结果不是承诺要求的事件的", "the outcomes are not of the events demanded"))?;
        for outcome in &outcomes {
            let refused = outcome.beacon.can_take_place().and_then(|()| outcome.check());
            refused.map_err(|refusal| Stop::Fail(refusal.0))?;
        }
        let bits: u64 = commit.beacons.iter().map(|beacon| u64::from(beacon.bits())).sum();
        ensure(bits >= 16, || said!("只有 {bits} 比特", "only {bits} bits"))?;
        let shown: Vec<String> = outcomes.iter().map(ToString::to_string).collect();
        let shown = shown.join("; ");
        Ok(said!("{shown}（{bits} 比特）", "{shown} ({bits} bits)"))
    }

    /// R09: every party's nonce opens its commitment.
    pub(crate) fn nonces(&self) -> Verified {
        let (commit, reveal) = (self.committed()?, self.reveal()?);
        let count = commit.parties.len();
        ensure(count >= 2, || said!("少于两方", "fewer than two parties"))?;
        let names = reveal.nonces.iter().map(|(name, _)| name);
        ensure(commit.parties.iter().map(|(name, _)| name).eq(names), || {
            said!("公开的随机数不是各方的", "the nonces are not those of the parties")
        })?;
        let opens = |(place, (_, nonce)): (usize, &(String, Nonce))| {
            commit.demand().commitment_to(place, nonce) == Some(commit.parties[place].1)
        };
        let wrong = reveal.nonces.iter().enumerate().find(|nonce| !opens(*nonce));
        match wrong.map(|(_, (party, _))| party) {
            None => {
                Ok(said!("{count} 方的随机数与承诺相符", "nonces of {count} parties open their commitments"))
            }
            Some(party) => Err(Stop::Fail(said!(
                "{party} 的随机数与其承诺不符",
                "the nonce of {party} does not open its commitment"
            ))),
        }
    }

    /// R10: those drawn, and the reserves, are the smallest tickets of every stratum.
    fn selection(&self, chosen: Option<&[RollDrawn]>, counted: Option<&Counted>) -> Verified {
        self.lines(counted)
            .map_err(|_| Stop::NotRun(said!("名册没有读全", "the lines of the roll are not as committed")))?;
        let drawn = self.drawn()?;
        let Some(chosen) = chosen else {
            return Err(Stop::NotRun(said!("还没有种子", "there is no seed yet")));
        };
        let place = chosen.iter().zip(&drawn.lines).position(|(a, b)| a != b);
        if let Some(place) =
            place.or((chosen.len() != drawn.lines.len()).then_some(chosen.len().min(drawn.lines.len())))
        {
            let expected = chosen.get(place).map_or("-", |line| line.unit.as_str());
            let line = place + 2;
            return Err(Stop::Fail(said!(
                "drawn.txt 第 {line} 行应为 {expected}",
                "line {line} of drawn.txt should be {expected}"
            )));
        }
        let (seed, count) = (self.seed().map(|seed| seed.to_string()).unwrap_or_default(), chosen.len());
        Ok(said!("种子 {seed}，{count} 家重算一致", "seed {seed}, {count} units recomputed"))
    }

    /// R11: the record binds drawn.txt.
    fn binds(&self) -> Verified {
        let (commit, record, drawn) = (self.committed()?, self.record()?, self.drawn()?);
        let found = Sealed { root: drawn.root(commit.suite), count: drawn.lines.len() as u64 };
        ensure(found == record.drawn, || {
            said!("drawn.txt 与记录不符", "drawn.txt is not what the record binds")
        })?;
        let id = id_of(commit.suite, &record.text());
        Ok(said!("记录 {id}", "record {id}"))
    }

    /// All checks, with what the lines came to and whom they choose.
    pub fn checks(&self, counted: Option<&Counted>, chosen: Option<&[RollDrawn]>) -> (Vec<Check>, Verdict) {
        let results = [
            ("R01", "texts", said!("文本格式唯一", "every text is in its one form"), self.texts()),
            (
                "R02",
                "commitment",
                said!("与事先公布的承诺一致", "it is the commitment announced"),
                self.commitment(),
            ),
            (
                "R03",
                "policy",
                said!("方案和事项未改动", "policy and items are those committed"),
                self.policy(),
            ),
            ("R04", "lines", said!("名册未改动", "the roll is the one committed"), self.lines(counted)),
            (
                "R05",
                "strata",
                said!("分层与排除计数一致", "strata and exclusions are counted right"),
                self.strata(counted),
            ),
            ("R06", "quotas", said!("抽取数量计算无误", "quotas follow from the pools"), self.quotas()),
            (
                "R07",
                "order",
                said!("各文件先后相接、按时", "the documents follow each other in time"),
                self.order(),
            ),
            (
                "R08",
                "beacons",
                said!("公开随机事件符合承诺", "the public events are those demanded"),
                self.beacons(),
            ),
            (
                "R09",
                "nonces",
                said!("各方随机数与承诺相符", "the nonces open their commitments"),
                self.nonces(),
            ),
            (
                "R10",
                "selection",
                said!("中签和候补重算一致", "who is listed follows from the seed"),
                self.selection(chosen, counted),
            ),
            ("R11", "record", said!("记录绑定以上结果", "the record binds these results"), self.binds()),
        ];
        let check = |(id, name, title, result): (&'static str, &'static str, Said, Verified)| {
            let (status, evidence) = match result {
                Ok(evidence) => (Status::Pass, evidence),
                Err(Stop::Fail(evidence)) => (Status::Fail, evidence),
                Err(Stop::NotRun(evidence)) => (Status::NotRun, evidence),
            };
            Check { id, name, title, status, evidence }
        };
        let checks: Vec<Check> = results.into_iter().map(check).collect();
        let verdict = verdict(&checks, matches!(self.void(), Ok(Some(_))));
        (checks, verdict)
    }
}

/// A commitment that nobody announced to the verifier is no fault; a void has no result.
fn verdict(checks: &[Check], void: bool) -> Verdict {
    let excused = |id: &str| id == "R02" || (void && ["R08", "R09", "R10", "R11"].contains(&id));
    let open = |check: &Check| check.status == Status::NotRun && !excused(check.id);
    match () {
        () if checks.iter().any(|check| check.status == Status::Fail) => Verdict::Failed,
        () if checks.iter().any(open) => Verdict::Incomplete,
        () => Verdict::Verified,
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
