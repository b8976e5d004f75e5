//! Is the slip of a unit of a roll true? The slip and the small documents go in, a report of
//! numbered checks comes out. Neither the roll nor a tile is needed.

use super::RollTold;
use crate::digest::Digest;
use crate::ids::DrawId;
use crate::record::id_of;
use crate::roll::{
    Listed, Papers, Placed, RollAnswer, RollCommit, RollDrawn, RollPlace, RollRecord, RollResult, RollSlip,
    RollUnit,
};
use crate::said;
use crate::sampling::Ticketer;
use crate::seed::Seed;
use crate::verify::{Check, Status, Stop, Verdict, Verified, ensure};

/// What whoever checks a slip knows from elsewhere.
#[derive(Debug, Clone, Copy, Default)]
pub struct RollAsked<'a> {
    /// The id of the unit that is asked for; `None` to be told it.
    pub unit: Option<&'a str>,
    /// The hash of commit.txt as it was announced before the draw.
    pub commit: Option<Digest>,
    /// The hash of record.txt as it was announced.
    pub record: Option<Digest>,
}

/// What a slip says, and whether it is true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollSlipReport {
    /// The draw.
    pub draw: DrawId,
    /// The unit.
    pub unit: String,
    /// What became of it.
    pub told: RollTold,
    /// The hash of commit.txt, to compare with what was announced.
    pub commitment: Digest,
    /// All checks, in order.
    pub checks: Vec<Check>,
    /// The verdict.
    pub verdict: Verdict,
}

/// Slip, documents, and what is known from elsewhere.
struct Case<'a> {
    slip: &'a RollSlip,
    papers: &'a Papers<'a>,
    commit: &'a RollCommit,
    asked: &'a RollAsked<'a>,
}

impl Case<'_> {
    fn seed(&self) -> Result<Seed, Stop> {
        let none = || {
            Stop::NotRun(said!("还没有种子，或各文件有误", "there is no seed, or the documents are wrong"))
        };
        self.papers.seed().ok_or_else(none)
    }
}

type Run = fn(&Case<'_>) -> Verified;

/// Number, name, question in Chinese, question in English, and the check itself.
const CHECKS: &[(&str, &str, &str, &str, Run)] = &[
    ("L01", "commitment", "与事先公布的承诺一致", "it is of the commitment announced", commitment),
    ("L02", "line", "名册里确是这样写的", "the roll says so", line),
    ("L03", "ticket", "票号由种子算得", "the tickets follow from the seed", ticket),
    ("L04", "result", "结果与票号相符", "the result follows from the tickets", result),
    ("L05", "record", "各文件先后相接，记录绑定结果", "the documents follow each other", record),
    ("L06", "sources", "随机事件和随机数符合承诺", "events and nonces are those committed", sources),
];

/// Runs every check on a slip; nothing if there is no commitment among `papers`.
pub fn check_roll(slip: &RollSlip, papers: &Papers<'_>, asked: &RollAsked<'_>) -> Option<RollSlipReport> {
    let commit = papers.commit()?;
    let case = Case { slip, papers, commit, asked };
    let checks: Vec<Check> = CHECKS
        .iter()
        .map(|(id, name, zh, en, run)| {
            let (status, evidence) = match run(&case) {
                Ok(evidence) => (Status::Pass, evidence),
                Err(Stop::Fail(evidence)) => (Status::Fail, evidence),
                Err(Stop::NotRun(evidence)) => (Status::NotRun, evidence),
            };
            Check { id, name, title: said!("{zh}", "{en}"), status, evidence }
        })
        .collect();
    let told = RollTold::new(slip, commit, papers.seed().as_ref());
    Some(RollSlipReport {
        draw: slip.draw.clone(),
        unit: slip.unit().to_owned(),
        commitment: commit.id(),
        verdict: verdict(&checks, told.answer),
        told,
        checks,
    })
}

/// What a slip proves of a unit that takes no part, whatever is drawn.
const OF_THE_ROLL: [&str; 3] = ["L01", "L02", "L04"];

fn verdict(checks: &[Check], answer: RollAnswer) -> Verdict {
    let no_part = matches!(answer, RollAnswer::Excluded | RollAnswer::Absent);
    let needed = |check: &&Check| !no_part || OF_THE_ROLL.contains(&check.id);
    if checks.iter().any(|check| check.status == Status::Fail) {
        Verdict::Failed
    } else if checks.iter().filter(needed).all(|check| check.status == Status::Pass) {
        Verdict::Verified
    } else {
        Verdict::Incomplete
    }
}

/// L01: the slip is of this commitment, which is the one announced.
fn commitment(case: &Case<'_>) -> Verified {
    let (slip, found) = (case.slip, case.commit.id());
    let draw = &case.commit.draw;
    ensure(slip.draw == *draw && slip.commit == found, || {
        let (other, id) = (&slip.draw, slip.commit);
        said!(
            "证明属于 {other}、承诺 {id}，给出的是 {draw}、{found}",
            "the slip is of {other}, commitment {id}; given was {draw}, {found}"
        )
    })?;
    match case.asked.commit {
        None => Err(Stop::NotRun(said!(
            "未给出公布的承诺值；本承诺为 {found}",
            "no announced hash was given; this commitment is {found}"
        ))),
        Some(announced) if announced != found => Err(Stop::Fail(said!(
            "公布的是 {announced}，这里是 {found}",
            "announced was {announced}, this is {found}"
        ))),
        Some(_) => Ok(said!("承诺值 {found}", "commitment {found}")),
    }
}

/// L02: the unit's line leads to the root of the roll; or its neighbours do, and nothing is
/// between them.
fn line(case: &Case<'_>) -> Verified {
    let commit = case.commit;
    let unit = case.slip.unit();
    ensure(case.asked.unit.is_none_or(|asked| asked == unit), || {
        said!("这是 {unit} 的证明，不是本单位的", "this is the slip of {unit}, not of this unit")
    })?;
    let leads = |placed: &Placed<RollUnit>| {
        ensure(placed.leads(commit.suite, &commit.units), || {
            let id = &placed.line.id;
            said!("{id} 的这一行不在承诺的名册里", "this line of {id} is not in the roll committed")
        })
    };
    match &case.slip.place {
        RollPlace::There(placed) => {
            leads(placed)?;
            let known = case.slip.stratum().is_none_or(|label| commit.stratum(label).is_some());
            ensure(known, || said!("承诺里没有它的分层", "the commitment has no such stratum"))?;
            let (number, count) = (placed.path.index + 1, commit.units.count);
            Ok(said!("名册 {count} 行的第 {number} 行", "line {number} of {count} in the roll"))
        }
        RollPlace::Absent { before, after, .. } => {
            before.iter().chain(after).try_for_each(leads)?;
            absent(unit, before.as_ref(), after.as_ref(), commit.units.count)
        }
    }
}

/// Whether these two lines are neighbours in a roll of `count`, and `unit` would be between them.
fn absent(
    unit: &str,
    before: Option<&Placed<RollUnit>>,
    after: Option<&Placed<RollUnit>>,
    count: u64,
) -> Verified {
    let start = before.map_or(0, |placed| placed.path.index + 1);
    let end = after.map_or(count, |placed| placed.path.index);
    ensure(start == end, || said!("给出的不是相邻的两行", "the two lines are not neighbours"))?;
    let between = before.is_none_or(|placed| placed.line.id.as_str() < unit)
        && after.is_none_or(|placed| unit < placed.line.id.as_str());
    ensure(between, || said!("{unit} 不在给出的两行之间", "{unit} does not come between the two lines"))?;
    Ok(said!("名册 {count} 行，第 {start} 行之后没有它", "not behind line {start} of {count}"))
}

/// The record's line for a unit in a pool, with the label of the pool.
fn told<'a>(case: &'a Case<'_>) -> Result<(&'a str, &'a RollResult, RollRecord), Stop> {
    let Some(label) = case.slip.stratum() else {
        return Err(Stop::NotRun(said!("它不参加抽取，不需要", "not needed: it takes no part in the draw")));
    };
    let Some(result) = &case.slip.result else {
        return Err(Stop::NotRun(said!("出具证明时还没有抽取", "the slip was made before the draw")));
    };
    Ok((label, result, case.papers.record()?))
}

/// L03: the ticket of the line in drawn.txt is the one that its unit has under the seed.
fn ticket(case: &Case<'_>) -> Verified {
    let (label, result, _) = told(case)?;
    let seed = case.seed()?;
    let (Listed::Own(Placed { line, .. }) | Listed::Last(Placed { line, .. })) = &result.line else {
        return Ok(said!("种子 {seed}", "seed {seed}"));
    };
    let RollDrawn { unit, stratum, ticket, .. } = line;
    let own = matches!(result.line, Listed::Own(_));
    ensure(stratum == label && (unit == case.slip.unit()) == own, || {
        said!("{unit} {stratum} 不是该给出的一行", "{unit} {stratum} is not the line that belongs here")
    })?;
    let found = Ticketer::new(&seed, label).ticket(unit);
    ensure(found == *ticket, || {
        said!("{unit} 的票号应为 {found}", "the ticket of {unit} should be {found}")
    })?;
    Ok(said!("种子 {seed}", "seed {seed}"))
}

/// L04: the unit stands in drawn.txt at its place; or the last of its stratum does, and has a
/// smaller ticket; or it could not be drawn.
fn result(case: &Case<'_>) -> Verified {
    if case.slip.stratum().is_none() {
        return Ok(said!("它不在任何抽取池里，不会被抽中", "it is in no pool, so it cannot be drawn"));
    }
    let (label, result, record) = told(case)?;
    let (commit, unit) = (case.commit, case.slip.unit());
    let Some(within) = commit.lines_of(label) else {
        return Err(Stop::Fail(said!("承诺里没有分层 {label}", "the commitment has no stratum {label}")));
    };
    let listed = within.end - within.start;
    let (placed, place) = match &result.line {
        Listed::Own(placed) => (placed, placed.line.rank),
        Listed::Last(placed) => (placed, listed),
        Listed::Nobody => {
            ensure(listed == 0, || {
                said!(
                    "这个分层列出 {listed} 家，证明里没有",
                    "{listed} are listed of this stratum, none in the slip"
                )
            })?;
            return Ok(said!("这个抽取池不抽取", "nobody is drawn from this pool"));
        }
    };
    let RollDrawn { unit: other, rank, ticket, .. } = &placed.line;
    let fits = record.drawn.count == commit.listed()
        && (1..=listed).contains(&place)
        && *rank == place
        && placed.path.index == within.start + place - 1;
    ensure(fits, || {
        said!("{other} 的名次或位置与承诺不符", "rank or place of {other} are not as committed")
    })?;
    ensure(placed.leads(commit.suite, &record.drawn), || {
        said!("{other} 的这一行不在记录绑定的结果里", "this line of {other} is not in the result recorded")
    })?;
    if let Listed::Own(_) = result.line {
        return Ok(said!("{label} 第 {rank} 位，共 {listed} 位", "number {rank} of {listed} in {label}"));
    }
    let seed = case.seed()?;
    let own = Ticketer::new(&seed, label).ticket(unit);
    ensure((*ticket, other.as_str()) < (own, unit), || {
        said!("{unit} 的票号 {own} 不大于 {ticket}", "the ticket {own} of {unit} is not larger than {ticket}")
    })?;
    Ok(said!("{own} 大于 {ticket}", "{own} is larger than {ticket}"))
}

/// L05: the documents follow each other, and the record is that of the slip, and the one
/// announced.
fn record(case: &Case<'_>) -> Verified {
    let (_, result, record) = told(case)?;
    case.papers.order()?;
    let (named, found) = (result.record, id_of(case.commit.suite, &record.text()));
    ensure(named == found, || {
        said!("证明属于记录 {named}，给出的是 {found}", "the slip is of record {named}; given was {found}")
    })?;
    let announced = case.asked.record.unwrap_or(found);
    ensure(announced == found, || {
        said!("公布的是 {announced}，这里是 {found}", "announced was {announced}, this is {found}")
    })?;
    Ok(said!("记录值 {found}", "record {found}"))
}

/// L06: what the seed is made of is what the commitment demands.
fn sources(case: &Case<'_>) -> Verified {
    told(case)?;
    case.papers.beacons()?;
    case.papers.nonces()
}
