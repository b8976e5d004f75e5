//! Is the slip true? Text and what the person at the door knows go in, a report of
//! numbered checks comes out. The numbers are permanent and the same in
//! docs/spec/slip.md and in every other implementation.

use super::logged;
use super::text::{Slip, Team};
use crate::digest::Digest;
use crate::ids::DrawId;
use crate::lang::Said;
use crate::note::LogPolicy;
use crate::record::{DrawnLine, InspectorLine, ReplaceFile, TableLine as _, leaf};
use crate::said;
use crate::time::Date;
use crate::verify::{Check, Status, Stop, Verdict, Verified, ensure};
use std::collections::BTreeSet;

/// What whoever checks a slip knows from elsewhere.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The id of the unit that is visited; `None` to be told it.
    pub unit: Option<&'a str>,
    /// The day of the visit.
    pub on: Date,
    /// The numbers on the cards that were shown.
    pub certificates: &'a [String],
    /// The hash of record.txt as the office announced it.
    pub record: Option<Digest>,
    /// The hash of the late change as the office published it.
    pub change: Option<Digest>,
    /// The log, its witnesses, and how many of them are enough, as the office
    /// published them.
    pub policy: Option<&'a LogPolicy>,
}

/// What a slip says, and whether it is true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipReport {
    /// The draw.
    pub draw: DrawId,
    /// The unit.
    pub unit: String,
    /// Certificate numbers of the team, slot by slot.
    pub certificates: Vec<String>,
    /// The hash of the record in it.
    pub record: Digest,
    /// The hash of the late change in it.
    pub change: Option<Digest>,
    /// All checks, in order.
    pub checks: Vec<Check>,
    /// The verdict.
    pub verdict: Verdict,
}

/// One check of a slip.
type Run = fn(&Slip, &Asked<'_>) -> Verified;

/// Number, name, question in Chinese, question in English, and the check itself.
const CHECKS: &[(&str, &str, &str, &str, Run)] = &[
    ("S01", "unit", "这家单位确由抽取产生", "the unit was drawn", unit),
    ("S02", "day", "日期在检查期内", "the day is one of the window", day),
    ("S03", "certificates", "证号与告知单一致", "the cards are those of the slip", certificates),
    ("S04", "team", "检查组就是抽中的一组", "the team is the one drawn", team),
    ("S05", "inspectors", "人员都在锁定的名录里", "the people are of the committed list", inspectors),
    ("S06", "record", "记录就是已公布的那一份", "the record is the one announced", record),
    ("S07", "log-inclusion", "记录已入公开日志", "the record is in the log", logged::inclusion),
    ("S08", "log-signature", "日志由抽查机关签名", "the log has signed", logged::signature),
    ("S09", "witnesses", "见证方足数", "enough witnesses have cosigned", logged::witnesses),
];

/// Runs every check on a slip.
pub fn check(slip: &Slip, asked: &Asked<'_>) -> SlipReport {
    let checks: Vec<Check> = CHECKS
        .iter()
        .map(|(id, name, zh, en, run)| {
            let (status, evidence) = match run(slip, asked) {
                Ok(evidence) => (Status::Pass, evidence),
                Err(Stop::Fail(evidence)) => (Status::Fail, evidence),
                Err(Stop::NotRun(evidence)) => (Status::NotRun, evidence),
            };
            Check { id, name, title: said!("{zh}", "{en}"), status, evidence }
        })
        .collect();
    SlipReport {
        draw: slip.record.link.draw.clone(),
        unit: slip.drawn.unit.clone(),
        certificates: slip.members.iter().map(|member| member.card.certificate.clone()).collect(),
        record: slip.record_id(),
        change: slip.change(),
        verdict: verdict(&checks),
        checks,
    }
}

/// What ties the record to the public: its announced hash, or a log.
const ANNOUNCED: [&str; 1] = ["S06"];
const LOGGED: [&str; 3] = ["S07", "S08", "S09"];

fn verdict(checks: &[Check]) -> Verdict {
    if checks.iter().any(|check| check.status == Status::Fail) {
        return Verdict::Failed;
    }
    let passes = |id: &&str| checks.iter().any(|check| check.id == *id && check.status == Status::Pass);
    let own = ["S01", "S02", "S03", "S04", "S05"].iter().all(passes);
    let known = ANNOUNCED.iter().all(passes) || LOGGED.iter().all(passes);
    if own && known { Verdict::Verified } else { Verdict::Incomplete }
}

/// S01: the unit's line leads to the root of the drawn units in the record.
fn unit(slip: &Slip, asked: &Asked<'_>) -> Verified {
    let (found, record) = (&slip.drawn.unit, &slip.record);
    let from = leaf::<DrawnLine>(slip.suite, &slip.drawn.line());
    ensure(slip.path.leads(slip.suite, from, &record.drawn), || {
        said!("{found} 不在记录锁定的中签单位里", "{found} is not among the drawn units of the record")
    })?;
    let right = asked.unit.is_none_or(|asked| asked == found);
    ensure(right, || {
        said!("这是 {found} 的告知单，不是本单位的", "this is the slip of {found}, not of this unit")
    })?;
    let (draw, count) = (&record.link.draw, record.drawn.count);
    Ok(said!("{found}，{draw} 抽中的 {count} 家之一", "{found}, one of {count} drawn in {draw}"))
}

/// S02: the day lies in the window of the record.
fn day(slip: &Slip, asked: &Asked<'_>) -> Verified {
    let (on, first, last) = (asked.on, slip.record.window.first, slip.record.window.last);
    ensure(first <= on && on <= last, || {
        said!("{on} 不在检查期 {first} 至 {last} 内", "{on} is not within {first} to {last}")
    })?;
    Ok(said!("{on}，检查期 {first} 至 {last}", "{on}, within {first} to {last}"))
}

/// S03: the certificate numbers open, and the cards shown are among them.
fn certificates(slip: &Slip, asked: &Asked<'_>) -> Verified {
    let draw = slip.record.link.draw.to_string();
    for member in &slip.members {
        let (name, number) = (&member.line.name, &member.card.certificate);
        ensure(member.card.attributes(slip.suite, &draw, name) == member.line.attributes, || {
            said!("证号 {number} 与锁定的名录不符", "number {number} is not the one committed for {name}")
        })?;
    }
    let known = Said::list(slip.members.iter().map(|member| &member.card.certificate));
    let (zh, en) = (&known.zh, &known.en);
    let shown: BTreeSet<&str> = asked.certificates.iter().map(|number| number.trim()).collect();
    let stranger = shown.iter().find(|number| !slip.members.iter().any(|m| m.card.certificate == **number));
    if let Some(number) = stranger {
        return Err(Stop::Fail(said!(
            "来人证号 {number} 不在告知单上，应为 {zh}",
            "card {number} is not on the slip, which names {en}"
        )));
    }
    if shown.len() < 2 {
        return Err(Stop::NotRun(said!(
            "须核对至少两人的证号，告知单上是 {zh}",
            "at least two cards are to be compared; the slip names {en}"
        )));
    }
    Ok(said!("{zh}", "{en}"))
}

/// S04: the team opens the commitment of the unit's line, or is that of a late change.
fn team(slip: &Slip, _: &Asked<'_>) -> Verified {
    let (unit, draw) = (&slip.drawn.unit, &slip.record.link.draw);
    ensure(slip.team.line().unit == *unit, || {
        let other = &slip.team.line().unit;
        said!("检查组是 {other} 的", "the team is that of {other}")
    })?;
    match &slip.team {
        Team::Drawn(line) => {
            ensure(line.commitment(slip.suite, &draw.to_string()) == slip.drawn.team, || {
                said!("检查组与抽取结果不符", "the team is not the one drawn")
            })?;
            Ok(said!("与抽取结果同时锁定", "fixed together with the result"))
        }
        Team::Replaced(number, change) => {
            ensure(change.link.draw == *draw, || {
                let other = &change.link.draw;
                said!("换人文件是 {other} 的", "the late change is of {other}")
            })?;
            let at = change.link.at.by_clocks_of_china();
            Ok(said!("{at} 第 {number} 次换人之后的检查组", "the team after late change {number} of {at}"))
        }
    }
}

/// S05: the people are those of the team, each with a line of the committed list.
fn inspectors(slip: &Slip, _: &Asked<'_>) -> Verified {
    let named = slip.members.iter().map(|member| &member.line.name);
    ensure(named.eq(slip.team.line().members.iter().map(|(_, name)| name)), || {
        said!("人员与检查组不符", "the people are not those of the team")
    })?;
    let list = &slip.record.inspectors;
    for member in &slip.members {
        let from = leaf::<InspectorLine>(slip.suite, &member.line.line());
        ensure(member.path.leads(slip.suite, from, list), || {
            let name = &member.line.name;
            said!("{name} 不在锁定的人员名录里", "{name} is not on the committed list")
        })?;
    }
    let (people, count) = (slip.members.len(), list.count);
    Ok(said!("{people} 人，名录共 {count} 人", "{people} of the {count} on the list"))
}

/// S06: the record (and the late change) is the one whose hash was announced.
fn record(slip: &Slip, asked: &Asked<'_>) -> Verified {
    let id = slip.record_id();
    let Some(announced) = asked.record else {
        return Err(Stop::NotRun(said!(
            "未给出公布的记录值；本记录为 {id}",
            "no announced hash was given; this record is {id}"
        )));
    };
    ensure(announced == id, || {
        said!("公布的是 {announced}，这里是 {id}", "announced was {announced}, this is {id}")
    })?;
    let (Team::Replaced(number, _), Some(id)) = (&slip.team, slip.change()) else {
        return Ok(said!("记录值 {id}", "record {id}"));
    };
    let file = ReplaceFile::Result.name(*number);
    match asked.change {
        None => Err(Stop::NotRun(said!(
            "未给出 {file} 公布的值；这里是 {id}",
            "no published hash of {file} was given; here it is {id}"
        ))),
        Some(announced) => {
            ensure(announced == id, || {
                said!(
                    "{file} 公布的是 {announced}，这里是 {id}",
                    "of {file} was published {announced}, this is {id}"
                )
            })?;
            Ok(said!("记录和换人文件与公布的一致", "record and late change are those published"))
        }
    }
}
