//! Is a published roll right? The numbers and names of the checks are permanent, and the same in
//! docs/spec/roll.md.

use super::{Counted, Papers, RollCommit, RollDrawn, RollRecord};
use crate::log::Fetch;
use crate::record::{self, Beacons, Reveal, Sealed, Table, Void, id_of, read_items};
use crate::said;
use crate::text::{Read, TextError};
use crate::verify::{Check, Status, Stop, Verdict, Verified, ensure, is_announced};

impl Papers<'_> {
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
                record::ITEMS => read_items(bytes),
                record::COMMIT | record::POLICY | "tile/" | "drawn/" => Ok(()),
                _ => return Err(Stop::Fail(said!("多余的文件 {file}", "{file} does not belong here"))),
            };
            read.map_err(|error| fail(file, error))?;
            count += 1;
        }
        Ok(said!("{count} 份文件", "{count} files"))
    }

    /// R02: it is the commitment announced.
    fn commitment(&self) -> Verified {
        is_announced(self.committed()?.id(), self.announced)
    }

    /// R10: those drawn, and the reserves, are the smallest tickets of every stratum.
    fn selection(&self, counted: Option<&Counted>, chosen: Option<&[RollDrawn]>) -> Verified {
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

    /// All checks, with what the lines came to and whom they choose. `drawn` fetches what lies in
    /// the folder `drawn`.
    pub fn checks(
        &self,
        counted: Option<&Counted>,
        chosen: Option<&[RollDrawn]>,
        drawn: Fetch<'_>,
    ) -> (Vec<Check>, Verdict) {
        let case = Case { papers: self, counted, chosen, drawn };
        let check = |(id, name, zh, en, run): &(&'static str, &'static str, &str, &str, Run)| {
            let (status, evidence) = match run(&case) {
                Ok(evidence) => (Status::Pass, evidence),
                Err(Stop::Fail(evidence)) => (Status::Fail, evidence),
                Err(Stop::NotRun(evidence)) => (Status::NotRun, evidence),
            };
            Check { id, name, title: said!("{zh}", "{en}"), status, evidence }
        };
        let checks: Vec<Check> = CHECKS.iter().map(check).collect();
        let verdict = verdict(&checks, matches!(self.void(), Ok(Some(_))));
        (checks, verdict)
    }
}

/// Everything that a check can look at.
struct Case<'a> {
    papers: &'a Papers<'a>,
    counted: Option<&'a Counted>,
    chosen: Option<&'a [RollDrawn]>,
    drawn: Fetch<'a>,
}

type Run = fn(&Case<'_>) -> Verified;

/// Number, name, question in Chinese, question in English, and the check itself.
const CHECKS: &[(&str, &str, &str, &str, Run)] = &[
    ("R01", "texts", "文本格式唯一", "every text is in its one form", |case| case.papers.texts()),
    ("R02", "commitment", "与事先公布的承诺一致", "it is the commitment announced", |case| {
        case.papers.commitment()
    }),
    ("R03", "policy", "方案和事项未改动", "policy and items are those committed", |case| {
        case.papers.policy()
    }),
    ("R04", "lines", "名册未改动", "the roll is the one committed", |case| {
        case.papers.lines(case.counted)
    }),
    ("R05", "strata", "分层与排除计数一致", "strata and exclusions are counted right", |case| {
        case.papers.strata(case.counted)
    }),
    ("R06", "quotas", "抽取数量计算无误", "quotas follow from the pools", |case| {
        case.papers.quotas()
    }),
    ("R07", "order", "各文件先后相接、按时", "the documents follow each other in time", |case| {
        case.papers.order()
    }),
    ("R08", "beacons", "公开随机事件符合承诺", "the public events are those demanded", |case| {
        case.papers.beacons()
    }),
    ("R09", "nonces", "各方随机数与承诺相符", "the nonces open their commitments", |case| {
        case.papers.nonces()
    }),
    ("R10", "selection", "中签和候补重算一致", "who is listed follows from the seed", |case| {
        case.papers.selection(case.counted, case.chosen)
    }),
    ("R11", "record", "记录绑定以上结果", "the record binds these results", |case| {
        case.papers.binds()
    }),
    ("R12", "tiles", "瓦片文件与各行一致", "the tiles are those of the lines", |case| {
        case.papers.tiles(case.counted, case.drawn)
    }),
];

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
